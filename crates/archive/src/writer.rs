//! A writer whose output depends on nothing but what it is given.
//!
//! No time, no system, no permissions, no records behind the data: each entry is written with its size
//! and checksum left open, and these are filled in once they are known. Stored entries give the same
//! bytes for ever; what deflate makes of an entry is up to the compressor that was built in.

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::path;
use crate::reader::{BLOCK, Method};
use crate::record;

/// Version 2.0 on DOS: the least that any reader knows.
const VERSION: u16 = 20;
/// 1 January 1980, 00:00, the zero of DOS time: date in the upper half.
const STAMP: u32 = 0x0021_0000;
/// Beyond this, compressors work much longer for little.
const EFFORT: u32 = 6;

/// What was written for one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Bytes of its content.
    pub size: u64,
    /// Bytes that the content takes in the file.
    pub compressed: u64,
    /// CRC-32 of its content.
    pub crc: u32,
}

/// Why an entry cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The content could not be read, or the archive not be written.
    #[error("the archive could not be written")]
    Io(#[from] io::Error),
    /// A reader of ours would refuse the name.
    #[error("{name:?} cannot be the name of an entry: {reason}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The name is there already, letter case aside.
    #[error("{0:?} is in the archive already")]
    Duplicate(String),
    /// More than 65 534 entries, or 4 GiB.
    #[error("the archive would need ZIP64")]
    TooLarge,
}

/// An archive being written. Nothing is complete before [`Writer::finish`].
#[derive(Debug)]
pub struct Writer<W> {
    inner: W,
    start: u64,
    at: u64,
    directory: Vec<u8>,
    count: u16,
    names: HashSet<String>,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins an archive at the current position of `inner`.
    ///
    /// # Errors
    /// If the position cannot be told.
    pub fn new(mut inner: W) -> Result<Self, WriteError> {
        let start = inner.stream_position()?;
        Ok(Self { inner, start, at: 0, directory: Vec::new(), count: 0, names: HashSet::new() })
    }

    /// Writes the entry `name` with all that `content` gives.
    ///
    /// # Errors
    /// [`WriteError`]. After an error the archive is of no use.
    pub fn add(
        &mut self,
        name: &str,
        method: Method,
        content: &mut impl Read,
    ) -> Result<Written, WriteError> {
        self.claim(name)?;
        let header = self.at;
        let open = Written { size: 0, compressed: 0, crc: 0 };
        self.put(&head(name, method, &open)?)?;
        let body = self.at;
        let mut crc = crc32fast::Hasher::new();
        let mut size = 0;
        match method {
            Method::Stored => {
                copy(content, &mut Counted { inner: &mut self.inner, at: &mut self.at }, &mut crc, &mut size)?
            }
            Method::Deflate => {
                let counted = Counted { inner: &mut self.inner, at: &mut self.at };
                let mut encoder = DeflateEncoder::new(counted, Compression::new(EFFORT));
                copy(content, &mut encoder, &mut crc, &mut size)?;
                encoder.finish()?;
            }
        }
        let written = Written { size, compressed: self.at - body, crc: crc.finalize() };
        let closed = head(name, method, &written)?;
        self.inner.seek(SeekFrom::Start(self.start + header))?;
        self.inner.write_all(&closed)?;
        self.inner.seek(SeekFrom::Start(self.start + self.at))?;
        self.list(name, method, &written, header)?;
        Ok(written)
    }

    /// Writes the entry `name` with the given content.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn add_bytes(&mut self, name: &str, method: Method, content: &[u8]) -> Result<Written, WriteError> {
        self.claim(name)?;
        let mut packed = Vec::new();
        let body = match method {
            Method::Stored => content,
            Method::Deflate => {
                let mut encoder = DeflateEncoder::new(&mut packed, Compression::new(EFFORT));
                encoder.write_all(content)?;
                encoder.finish()?.as_slice()
            }
        };
        let written = Written {
            size: content.len() as u64,
            compressed: body.len() as u64,
            crc: crc32fast::hash(content),
        };
        let header = self.at;
        self.put(&head(name, method, &written)?)?;
        self.put(body)?;
        self.list(name, method, &written, header)?;
        Ok(written)
    }

    /// Writes the directory and gives back what was written to, positioned at the end.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<W, WriteError> {
        let offset = narrow(self.at)?;
        let directory = std::mem::take(&mut self.directory);
        let mut end = Vec::with_capacity(record::END);
        end.extend(record::END_SIGNATURE.to_le_bytes());
        end.extend([0; 4]);
        end.extend(self.count.to_le_bytes());
        end.extend(self.count.to_le_bytes());
        end.extend(narrow(directory.len() as u64)?.to_le_bytes());
        end.extend(offset.to_le_bytes());
        end.extend([0; 2]);
        self.put(&directory)?;
        self.put(&end)?;
        self.inner.flush()?;
        Ok(self.inner)
    }

    fn claim(&mut self, name: &str) -> Result<(), WriteError> {
        let reason = path::fault(name).or(name.ends_with('/').then_some("it names a directory"));
        if let Some(reason) = reason {
            return Err(WriteError::Name { name: name.to_owned(), reason });
        }
        if !self.names.insert(name.to_lowercase()) {
            return Err(WriteError::Duplicate(name.to_owned()));
        }
        if self.count >= u16::MAX - 1 { Err(WriteError::TooLarge) } else { Ok(()) }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.inner.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn list(&mut self, name: &str, method: Method, written: &Written, header: u64) -> Result<(), WriteError> {
        let out = &mut self.directory;
        out.extend(record::CENTRAL_SIGNATURE.to_le_bytes());
        out.extend(VERSION.to_le_bytes());
        common(out, name, method, written)?;
        // No comment, the first disk, no attributes.
        out.extend([0; 2 + 2 + 2 + 4]);
        out.extend(narrow(header)?.to_le_bytes());
        out.extend(name.as_bytes());
        self.count += 1;
        Ok(())
    }
}

fn head(name: &str, method: Method, written: &Written) -> Result<Vec<u8>, WriteError> {
    let mut out = Vec::with_capacity(record::LOCAL + name.len());
    out.extend(record::LOCAL_SIGNATURE.to_le_bytes());
    common(&mut out, name, method, written)?;
    out.extend(name.as_bytes());
    Ok(out)
}

/// The fields that stand in both records.
fn common(out: &mut Vec<u8>, name: &str, method: Method, written: &Written) -> Result<(), WriteError> {
    let flags = if name.is_ascii() { 0 } else { record::FLAG_UTF8 };
    let method = match method {
        Method::Stored => record::METHOD_STORED,
        Method::Deflate => record::METHOD_DEFLATE,
    };
    let length = u16::try_from(name.len()).map_err(|_| WriteError::TooLarge)?;
    out.extend(VERSION.to_le_bytes());
    out.extend(flags.to_le_bytes());
    out.extend(method.to_le_bytes());
    out.extend(STAMP.to_le_bytes());
    out.extend(written.crc.to_le_bytes());
    out.extend(narrow(written.compressed)?.to_le_bytes());
    out.extend(narrow(written.size)?.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend([0; 2]);
    Ok(())
}

/// A 32-bit field. Its largest value means ZIP64.
fn narrow(number: u64) -> Result<u32, WriteError> {
    u32::try_from(number).ok().filter(|number| *number != u32::MAX).ok_or(WriteError::TooLarge)
}

struct Counted<'a, W> {
    inner: &'a mut W,
    at: &'a mut u64,
}

impl<W: Write> Write for Counted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        *self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    crc: &mut crc32fast::Hasher,
    size: &mut u64,
) -> io::Result<()> {
    let mut buffer = vec![0; BLOCK];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = buffer.get(..read).unwrap_or_default();
        crc.update(piece);
        *size += read as u64;
        to.write_all(piece)?;
    }
}
