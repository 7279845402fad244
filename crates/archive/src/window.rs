//! Positioned reads through one buffer. A small file is read once and whole; of a large one, a few
//! records cost a few reads.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Bytes up to which a file is held whole. A typical dossier without scans is smaller.
pub(crate) const WHOLE: u64 = 256 * 1024;
/// Bytes fetched at once where records lie close together.
pub(crate) const NEAR: usize = 64 * 1024;
/// Bytes fetched at once where a large file separates two records.
pub(crate) const FAR: usize = 1024;

pub(crate) struct Window<R> {
    inner: R,
    length: u64,
    start: u64,
    bytes: Arc<Vec<u8>>,
}

impl<R: Read + Seek> Window<R> {
    pub(crate) fn new(mut inner: R) -> io::Result<Self> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Self { inner, length, start: 0, bytes: Arc::default() })
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// The bytes from `offset`, `length` of them or fewer at the end of the file. On a miss,
    /// `fetch` bytes are read if there are so many.
    pub(crate) fn at(&mut self, offset: u64, length: usize, fetch: usize) -> io::Result<&[u8]> {
        let end = self.length.min(offset.saturating_add(length as u64));
        let held = self.start..=self.start + self.bytes.len() as u64;
        if offset >= end {
            return Ok(&[]);
        }
        if !(held.contains(&offset) && held.contains(&end)) {
            let (from, to) = match self.length <= WHOLE {
                true => (0, self.length),
                false => (offset, self.length.min(offset.saturating_add(length.max(fetch) as u64))),
            };
            self.load(from, to)?;
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        let to = usize::try_from(end - self.start).unwrap_or(usize::MAX);
        Ok(self.bytes.get(from..to).unwrap_or_default())
    }

    fn load(&mut self, start: u64, stop: u64) -> io::Result<()> {
        // Nothing is held until the bytes are there.
        let mut bytes = std::mem::take(&mut self.bytes);
        let buffer = Arc::make_mut(&mut bytes);
        let length = stop - start;
        buffer.clear();
        buffer.reserve_exact(usize::try_from(length).unwrap_or_default());
        self.inner.seek(SeekFrom::Start(start))?;
        // The length was measured before; a file that shrinks under the reader is not a verdict.
        if self.inner.by_ref().take(length).read_to_end(buffer)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.start = start;
        self.bytes = bytes;
        Ok(())
    }

    /// The whole file, if it is held.
    pub(crate) fn whole(&self) -> Option<Arc<Vec<u8>>> {
        (self.start == 0 && self.bytes.len() as u64 == self.length).then(|| Arc::clone(&self.bytes))
    }

    /// Reads exactly `buffer.len()` bytes from `offset`, past the buffer of this window.
    pub(crate) fn read_into(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let end = offset + buffer.len() as u64;
        if offset >= self.start && end <= self.start + self.bytes.len() as u64 {
            let held = self.at(offset, buffer.len(), 0)?;
            if held.len() == buffer.len() {
                buffer.copy_from_slice(held);
                return Ok(());
            }
        }
        self.inner.seek(SeekFrom::Start(offset))?;
        self.inner.read_exact(buffer)
    }
}
