//! What can be wrong with an archive, under the check codes that reports use.

use std::{fmt, io};

/// The detail of a content that can be read and does not fit the checksum of its record.
pub const CHECKSUM: &str = "the content does not fit its checksum";

/// The kind of a problem. [`Code::as_str`] gives the check code of the file-format specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Truncated, unreadable, or something no honest writer makes.
    Corrupt,
    /// Bytes or entries that do not belong.
    Extra,
    /// A name that is unsafe as a path on some system.
    Path,
    /// One name twice, letter case aside.
    Dup,
    /// A symbolic link, device, pipe or socket.
    Symlink,
    /// An encrypted entry.
    Encrypted,
    /// Bytes before the first record.
    Prepended,
    /// Bytes after the last record; an archive comment is that too.
    Trailing,
    /// The record before a file and the one in the directory differ.
    Mismatch,
    /// The file, an entry or all entries together are larger than allowed.
    Size,
    /// More entries than allowed.
    Count,
    /// An entry inflates to more than the allowed multiple.
    Ratio,
}

impl Code {
    /// Every code.
    pub const ALL: &'static [Self] = &[
        Self::Corrupt,
        Self::Extra,
        Self::Path,
        Self::Dup,
        Self::Symlink,
        Self::Encrypted,
        Self::Prepended,
        Self::Trailing,
        Self::Mismatch,
        Self::Size,
        Self::Count,
        Self::Ratio,
    ];

    /// The check code as reports write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Corrupt => "ZIP-CORRUPT",
            Self::Extra => "ZIP-EXTRA",
            Self::Path => "ZIP-PATH",
            Self::Dup => "ZIP-DUP",
            Self::Symlink => "ZIP-SYMLINK",
            Self::Encrypted => "ZIP-ENCRYPTED",
            Self::Prepended => "ZIP-PREPENDED",
            Self::Trailing => "ZIP-TRAILING",
            Self::Mismatch => "ZIP-MISMATCH",
            Self::Size => "LIMIT-SIZE",
            Self::Count => "LIMIT-COUNT",
            Self::Ratio => "LIMIT-RATIO",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// The entry concerned; none where the archive as a whole is. Hostile text, cut to 255 characters.
    pub entry: Option<String>,
    /// What was found, for a developer. Reports have their own texts by code.
    pub detail: &'static str,
    /// The number that was found, where it counts: bytes that are too many, entries, or a ratio.
    pub actual: Option<u64>,
    /// The limit that it breaks.
    pub limit: Option<u64>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entry {
            Some(entry) => write!(f, "{}: {:?}: {}", self.code, entry, self.detail),
            None => write!(f, "{}: {}", self.code, self.detail),
        }
    }
}

/// Why an archive or an entry cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The bytes could not be fetched. This says nothing about the archive.
    #[error("the archive could not be read")]
    Io(#[from] io::Error),
    /// The archive, or this entry of it, is refused.
    #[error("{0}")]
    Refused(Problem),
}

impl ArchiveError {
    /// The check code, or `IO` where the bytes could not be fetched and nothing was checked.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "IO",
            Self::Refused(problem) => problem.code.as_str(),
        }
    }
}

/// A problem that is not yet tied to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    code: Code,
    detail: &'static str,
    actual: Option<u64>,
    limit: Option<u64>,
}

impl Fault {
    pub(crate) fn new(code: Code, detail: &'static str) -> Self {
        Self { code, detail, actual: None, limit: None }
    }

    /// With the number that was found.
    pub(crate) fn found(self, actual: u64) -> Self {
        Self { actual: Some(actual), ..self }
    }

    /// With the limit that it breaks.
    pub(crate) fn over(self, limit: u64) -> Self {
        Self { limit: Some(limit), ..self }
    }

    pub(crate) fn at(self, entry: &str) -> Problem {
        Problem { entry: Some(entry.to_owned()), ..self.overall() }
    }

    pub(crate) fn overall(self) -> Problem {
        Problem { code: self.code, entry: None, detail: self.detail, actual: self.actual, limit: self.limit }
    }
}
