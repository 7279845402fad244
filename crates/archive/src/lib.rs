//! A strict ZIP reader and a deterministic writer for `.zzdossier` and `.zztrust`.
//!
//! ZIP says most things twice (in a record before each file and in a directory at the end), allows
//! bytes that belong to nothing, and leaves it to each reader which copy to believe. Two programs can
//! therefore see two different dossiers in one file. This reader accepts only files that can be read
//! in one way: every byte belongs to exactly one record, and both copies agree.
//!
//! It refuses, on purpose: archive and entry comments, bytes before, between and after the records,
//! ZIP64 (nothing within our limits needs it), several disks, encryption, every method but *stored*
//! and *deflate*, links, and names that mean something else on another system.
//!
//! Memory does not grow with the size of the entries. Each limit of [`Bounds`] is met before the work
//! it bounds, and again while inflating, because headers can lie.
//!
//! Start with [`Archive::open`] (the first problem is the answer) or [`Archive::examine`] (all
//! problems are collected, as a report wants them).

#![forbid(unsafe_code)]

mod directory;
mod extract;
mod layout;
mod meta;
mod pass;
mod path;
mod problem;
mod reader;
mod record;
mod tail;
mod window;
mod writer;

pub use pass::Visit;
pub use path::is_safe as is_safe_path;
pub use problem::{ArchiveError, CHECKSUM, Code, Problem};
pub use reader::{Archive, Entry, Method};
pub use writer::{WriteError, Writer, Written};

/// Bounds on one archive. A host builds them from its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of the whole file. All entries together may inflate to eight times as much, so that the
    /// work is bounded even where every single entry keeps to its own limit.
    pub file_bytes: u64,
    /// Bytes of one entry after inflation.
    pub entry_bytes: u64,
    /// Entries, directories included.
    pub entries: usize,
    /// Inflated bytes per compressed byte of one entry.
    pub ratio: u64,
}

/// What kind of file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A dossier: files only, a directory entry is one too many.
    Dossier,
    /// A trust package: empty directory entries are tolerated, since packing tools make them.
    Package,
}
