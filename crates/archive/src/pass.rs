//! One pass over the whole file that hands out the file's own bytes and the content of its entries.

use std::io::{Read, Seek};
use std::sync::Arc;

use crate::extract::Extract;
use crate::problem::{ArchiveError, Problem};
use crate::reader::{Archive, BLOCK};

/// What is done with the bytes of one pass.
pub trait Visit {
    /// The next bytes of the file, whatever they belong to. A visitor may keep the block to work on it
    /// elsewhere; a kept block costs its memory.
    fn raw(&mut self, block: &Arc<Vec<u8>>);

    /// The next bytes of the content of an entry. They are unchecked until [`Visit::end`].
    fn content(&mut self, index: usize, bytes: &[u8]);

    /// The entry is complete: its size in bytes, or what is wrong with its content. Not called for an
    /// entry that [`Archive::problems`] already bars from being read.
    fn end(&mut self, index: usize, outcome: Result<u64, Problem>);
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the file once from its first byte to its last.
    ///
    /// # Errors
    /// [`ArchiveError::Io`] only; what is wrong with an entry goes to the visitor.
    pub fn pass(&mut self, visitor: &mut impl Visit) -> Result<(), ArchiveError> {
        let mut order: Vec<usize> =
            (0..self.entries().len()).filter(|index| self.is_readable(*index)).collect();
        order.sort_by_key(|index| self.span(*index).0);
        let mut waiting = order.into_iter().peekable();
        let mut current: Option<(usize, u64, Extract)> = None;
        let mut pool: Vec<Arc<Vec<u8>>> = Vec::new();

        let length = self.length();
        let mut at = 0;
        loop {
            let whole = if at == 0 { self.whole() } else { None };
            let block = match whole {
                Some(whole) => whole,
                None => {
                    let wanted = usize::try_from(length - at).unwrap_or(BLOCK).min(BLOCK);
                    let mut block = take(&mut pool, wanted);
                    if let Some(buffer) = Arc::get_mut(&mut block) {
                        self.read_raw(at, buffer)?;
                    }
                    block
                }
            };
            let wanted = block.len();
            visitor.raw(&block);
            let stop = at + wanted as u64;
            // The entries that begin, go on or end within this block, in the order of their bytes.
            loop {
                if current.is_none() {
                    let Some(index) = waiting.next_if(|index| self.span(*index).0 <= stop) else { break };
                    current = Some((index, self.span(index).1, self.extract(index)));
                }
                let Some((index, end, extract)) = &mut current else { break };
                let start = self.span(*index).0;
                let from = usize::try_from(start.max(at) - at).unwrap_or(wanted);
                let to = usize::try_from((*end).min(stop).max(at) - at).unwrap_or(wanted);
                let (index, end) = (*index, *end);
                extract.push(block.get(from..to).unwrap_or_default(), &mut |bytes| {
                    visitor.content(index, bytes)
                });
                if end > stop {
                    break;
                }
                if let Some((_, _, extract)) = current.take() {
                    visitor.end(index, self.close(index, extract));
                }
            }
            pool.push(block);
            at = stop;
            if at >= length {
                return Ok(());
            }
        }
    }
}

/// A block that nobody else holds, or a new one.
fn take(pool: &mut Vec<Arc<Vec<u8>>>, wanted: usize) -> Arc<Vec<u8>> {
    let free = pool.iter().position(|block| Arc::strong_count(block) == 1);
    let mut block = free.map(|index| pool.swap_remove(index)).unwrap_or_default();
    match Arc::get_mut(&mut block) {
        Some(buffer) => {
            buffer.resize(wanted, 0);
            block
        }
        None => Arc::new(vec![0; wanted]),
    }
}
