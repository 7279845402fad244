//! Positioned reads through one small buffer, so that a file of a few records costs a few reads.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes fetched at once where records lie close together. A typical dossier without scans fits whole.
pub(crate) const NEAR: usize = 64 * 1024;
/// Bytes fetched at once where a large file separates two records.
pub(crate) const FAR: usize = 1024;

pub(crate) struct Window<R> {
    inner: R,
    length: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl<R: Read + Seek> Window<R> {
    pub(crate) fn new(mut inner: R) -> io::Result<Self> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Self { inner, length, start: 0, bytes: Vec::new() })
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
            let stop = self.length.min(offset.saturating_add(length.max(fetch) as u64));
            self.load(offset, stop)?;
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        let to = usize::try_from(end - self.start).unwrap_or(usize::MAX);
        Ok(self.bytes.get(from..to).unwrap_or_default())
    }

    fn load(&mut self, start: u64, stop: u64) -> io::Result<()> {
        self.bytes.clear();
        self.start = start;
        self.inner.seek(SeekFrom::Start(start))?;
        let wanted = stop - start;
        (&mut self.inner).take(wanted).read_to_end(&mut self.bytes)?;
        // The length was measured before; a file that shrinks under the reader is not a verdict.
        if (self.bytes.len() as u64) < wanted { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
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
