//! The bytes of what was received or sent, exactly as they were, by their digest.
//!
//! They are kept in pieces, so that reading and writing a dossier of 500 MB takes no more memory than one
//! of 1 MB.

use std::io::{self, Read, Seek, SeekFrom};

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension as _;
use zizhi_crypto::digest::Sha256;

use crate::error::Result;
use crate::row::{self, As, Digest, get};
use crate::{Reader, StoreError, Writer};

/// The length of every piece but the last. It is part of the stored form.
const PIECE: usize = 1024 * 1024;

row::row! {
    /// What is known about some bytes.
    Original in "original" {
        /// Their digest.
        sha256: Digest,
        /// How many there are.
        size: u64,
        /// Their media type, as it was told when they came.
        media: String,
        /// When they came.
        received: DateTime<Utc>,
    }
}

impl Reader<'_> {
    /// What is known about some bytes, if they are here.
    ///
    /// # Errors
    /// As every read.
    pub fn original(&self, sha256: &Digest) -> Result<Option<Original>> {
        row::one(self.sql(), "sha256 = ?", [As(sha256)])
    }

    /// Reads original bytes, from any position on.
    ///
    /// # Errors
    /// As every read.
    pub fn open_original(&self, sha256: &Digest) -> Result<Option<OriginalReader<'_>>> {
        let sql = "SELECT seq, size FROM original WHERE sha256 = ?";
        let found = self
            .sql()
            .prepare_cached(sql)?
            .query_row([As(sha256)], |row| Ok((row.get(0)?, get(row, 1)?)))
            .optional()?;
        Ok(found.map(|(seq, size)| OriginalReader {
            reader: self,
            seq,
            size,
            position: 0,
            piece: Vec::new(),
            piece_at: None,
        }))
    }
}

impl Writer<'_> {
    /// Reads `bytes` to their end and keeps them. If the same bytes are here already, nothing is added
    /// and what is known about them is returned.
    ///
    /// # Errors
    /// [`StoreError::Io`] with an empty path if `bytes` cannot be read.
    pub fn add_original(
        &self,
        bytes: &mut dyn Read,
        media: &str,
        received: DateTime<Utc>,
    ) -> Result<Original> {
        // The digest is known at the end only; until then the row has one that nothing has.
        let mut original = Original { sha256: [0; 32], size: 0, media: media.to_owned(), received };
        let seq = row::insert(self.sql(), &original)?;
        let sql = "INSERT INTO original_chunk (original, part, bytes) VALUES (?, ?, ?)";
        let mut statement = self.sql().prepare_cached(sql)?;
        let mut hash = Sha256::new();
        let mut piece = Vec::with_capacity(PIECE);
        for part in 0_i64.. {
            piece.clear();
            bytes.take(PIECE as u64).read_to_end(&mut piece).map_err(StoreError::io("".as_ref()))?;
            if piece.is_empty() {
                break;
            }
            hash.update(&piece);
            original.size += piece.len() as u64;
            statement.execute((seq, part, &piece))?;
        }
        original.sha256 = hash.finish();

        if let Some(known) = self.original(&original.sha256)? {
            self.sql().execute("DELETE FROM original WHERE seq = ?", [seq])?;
            return Ok(known);
        }
        let sql = "UPDATE original SET sha256 = ?, size = ? WHERE seq = ?";
        self.sql().execute(sql, (As(&original.sha256), As(&original.size), seq))?;
        Ok(original)
    }

    /// Lets go of bytes that nothing refers to any more, and tells whether they went.
    ///
    /// # Errors
    /// As every write; that something refers to them is none.
    pub fn forget_original(&self, sha256: &Digest) -> Result<bool> {
        let deleted = self.sql().execute("DELETE FROM original WHERE sha256 = ?", [As(sha256)]);
        match deleted.map_err(StoreError::from) {
            Ok(rows) => Ok(rows > 0),
            Err(StoreError::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Reads original bytes. It holds one piece of them at a time.
pub struct OriginalReader<'r> {
    reader: &'r Reader<'r>,
    seq: i64,
    size: u64,
    position: u64,
    piece: Vec<u8>,
    /// Which piece it is.
    piece_at: Option<u64>,
}

impl OriginalReader<'_> {
    /// How many bytes there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    fn load(&mut self, at: u64) -> io::Result<()> {
        let sql = "SELECT bytes FROM original_chunk WHERE original = ? AND part = ?";
        self.piece_at = None;
        self.piece = self
            .reader
            .sql()
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row((self.seq, As(&at)), |row| get(row, 0)))
            .map_err(io::Error::other)?;
        self.piece_at = Some(at);
        Ok(())
    }
}

impl Read for OriginalReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        let at = self.position / PIECE as u64;
        if self.piece_at != Some(at) {
            self.load(at)?;
        }
        let within = usize::try_from(self.position % PIECE as u64).map_err(io::Error::other)?;
        let mut rest = self.piece.get(within..).unwrap_or_default();
        let read = rest.read(buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for OriginalReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
