//! Why the database could not do what was asked, as far as a caller can act on it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ffi::ErrorCode;

use crate::backup::BackupDefect;
use crate::place::Unfit;

/// The result of this crate.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the database did not do what was asked. Nothing of the failed transaction is stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be used. The path and the system's reason say which and why; a
    /// database that is not there is `NotFound`.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk is full. Make room and do it again: work goes on after.
    #[error("the disk is full")]
    Full,
    /// The file or its folder cannot be written. Correct its permissions or put it elsewhere.
    #[error("the database cannot be written")]
    ReadOnly,
    /// A live database does not belong on a file system that is shared or synchronised. Put it on a
    /// local disk and copy backups there instead.
    #[error("{}: {unfit}", path.display())]
    Place {
        /// The folder.
        path: PathBuf,
        /// What kind of place it is.
        unfit: Unfit,
    },
    /// Another program, or a second window of this one, has the database open. Use that one.
    #[error("the database is open in another program")]
    AlreadyOpen,
    /// The key does not open the file: it is another database's, or the first page is damaged.
    /// Nothing tells the two apart.
    #[error("the key does not open the database")]
    WrongKey,
    /// A newer program wrote the database. It was left as it is; update this program.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    Newer {
        /// The file's version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// What is stored is not what was stored. Restore a backup, and keep the file for examination.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The row that should be changed is not there.
    #[error("there is no such row in {0}")]
    Absent(&'static str),
    /// The row is already there, or a rule of the tables forbids it. What was there stays.
    #[error("the row contradicts what is stored: {0}")]
    Conflict(String),
    /// The backup cannot be used; the database was left as it is.
    #[error("the backup cannot be used: {0}")]
    Backup(BackupDefect),
    /// Whoever asked for it stopped it. Nothing was changed.
    #[error("it was stopped")]
    Stopped,
    /// Anything else of SQLite: a fault of this program.
    #[error("SQLite: {0}")]
    Engine(rusqlite::Error),
}

impl StoreError {
    /// For `map_err` where a file was used.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io { path: path.to_owned(), source },
        }
    }
}

/// SQLite's words for a search index that cannot be opened.
const NO_INDEX: &str = "vtable constructor failed";
/// What SQLite says where SQLCipher refuses a page whose authentication code does not hold. A mistake in a
/// statement has words of its own.
const NO_PAGE: &str = "SQL logic error";

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, message) => match failure.code {
                ErrorCode::DiskFull => Self::Full,
                // Nothing but a progress handler interrupts.
                ErrorCode::OperationInterrupted => Self::Stopped,
                ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::ReadOnly,
                ErrorCode::DatabaseCorrupt => Self::Damaged(error.to_string()),
                // A search index whose first page cannot be read is reported without the reason.
                ErrorCode::Unknown
                    if message.as_ref().is_some_and(|text| text.starts_with(NO_INDEX) || text == NO_PAGE) =>
                {
                    Self::Damaged(error.to_string())
                }
                ErrorCode::NotADatabase => Self::WrongKey,
                // The system refused to read or write, for a reason that SQLite does not pass on.
                ErrorCode::SystemIoFailure => {
                    Self::Io { path: crate::DATABASE_FILE.into(), source: io::Error::other(error) }
                }
                ErrorCode::ConstraintViolation => Self::Conflict(message.clone().unwrap_or_default()),
                _ => Self::Engine(error),
            },
            // A value that the program itself would not have written.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => Self::Damaged(error.to_string()),
            _ => Self::Engine(error),
        }
    }
}
