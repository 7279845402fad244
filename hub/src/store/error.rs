//! How a store fails.

use std::error::Error;
use std::io;
use std::path::PathBuf;

/// Why a transaction gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Committed here, but nobody knows whether the standby has it, or the line was cut during the commit.
    /// Asking the same again tells.
    #[error("it is not known whether the transaction was committed")]
    OutcomeUnknown,
    /// The database is on another machine, and nothing is said of the line to it.
    #[error(
        "the database is on another machine; say sslmode=verify-full, or sslmode=disable if the line to it is protected \
         otherwise"
    )]
    Plain,
    /// A mode that goes on without TLS or takes anybody's certificate.
    #[error(
        "sslmode={0} would take a line that somebody else reads; say sslmode=verify-full, or sslmode=disable if the line is \
         protected otherwise"
    )]
    SslMode(String),
    /// The authorities for the line to the database cannot be read.
    #[error(
        "{0}: no certificates of authorities for the line to the database; name a PEM file by sslrootcert"
    )]
    Roots(PathBuf, #[source] io::Error),
    /// A role that the second wall between organisations does not stop.
    #[error(
        "the database role `{0}` is a superuser or has BYPASSRLS: row-level security, the second wall between organisations, \
         does not hold for it, and the hub does not run; connect by a role that has neither, as docs/operating.md makes one \
         (STORE-ROLE)"
    )]
    Role(String),
    /// Others wrote to the same rows each time it was tried. Nothing happened.
    #[error("too many transactions at once on the same rows")]
    Busy,
    /// The engine cannot be reached. Nothing happened.
    #[error("the database does not answer")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// The database was written by a later version of this program.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// What the database says.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// A row that this program cannot have written.
    #[error("the database holds an invalid {0}")]
    Corrupt(&'static str),
    /// The task that held the connection ended early.
    #[error("a database task was stopped")]
    Stopped,
    /// SQLite refused a statement.
    #[error("SQLite")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL refused a statement. Nothing happened.
    #[error("PostgreSQL")]
    Postgres(#[from] tokio_postgres::Error),
}

/// How a transaction ends when nothing went wrong.
#[derive(Debug)]
pub(super) enum End<T> {
    /// Keep what was written.
    Commit(T),
    /// Forget it; the answer holds all the same.
    Rollback(T),
    /// Forget it and look again: somebody else was faster.
    Again,
}
