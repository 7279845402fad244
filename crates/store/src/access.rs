//! Reading and writing: a [`Reader`] sees one moment, a [`Writer`] is one transaction.
//!
//! What can be read and written is in the tables' modules, as methods of these two types.

use std::ops::Deref;
use std::sync::MutexGuard;

use rusqlite::Connection;

use crate::error::Result;
use crate::table::activity::{self, Entry, LogEnd};

/// Reads the database as it was when the reader was made, whatever is written meanwhile.
pub struct Reader<'db>(MutexGuard<'db, Connection>);

impl<'db> Reader<'db> {
    pub(crate) fn begin(connection: MutexGuard<'db, Connection>) -> Result<Self> {
        connection.execute_batch("BEGIN")?;
        Ok(Self(connection))
    }

    pub(crate) fn sql(&self) -> &Connection {
        &self.0
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        // A connection that is not in a transaction was committed, or rolled back by SQLite itself.
        if !self.0.is_autocommit() {
            drop(self.0.execute_batch("ROLLBACK"));
        }
    }
}

/// One transaction. It reads its own writes, keeps other writers out, and ends in [`Writer::commit`] or
/// leaves no trace.
///
/// There is no other way to write, and `commit` wants an entry for the activity log: nothing changes
/// without one, but for what is typed and not saved ([`crate::table::unsaved`]).
pub struct Writer<'db>(Reader<'db>);

impl<'db> Writer<'db> {
    pub(crate) fn begin(connection: MutexGuard<'db, Connection>) -> Result<Self> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Self(Reader(connection)))
    }

    /// Appends to the activity log. For a transaction that does several things worth telling; the last
    /// of them is told to [`Writer::commit`].
    ///
    /// # Errors
    /// As every write.
    pub fn log(&self, entry: &Entry) -> Result<LogEnd> {
        activity::append(self.sql(), entry)
    }

    /// Appends to the activity log and makes everything durable: when this returns, a power cut loses
    /// nothing of it.
    ///
    /// # Errors
    /// As every write; nothing of the transaction is stored then.
    pub fn commit(self, entry: &Entry) -> Result<LogEnd> {
        let end = self.log(entry)?;
        self.sql().execute_batch("COMMIT")?;
        Ok(end)
    }

    /// Makes durable what nobody has done yet. For [`crate::table::unsaved`] alone.
    pub(crate) fn commit_without_entry(self) -> Result<()> {
        self.sql().execute_batch("COMMIT")?;
        Ok(())
    }
}

impl<'db> Deref for Writer<'db> {
    type Target = Reader<'db>;

    fn deref(&self) -> &Reader<'db> {
        &self.0
    }
}
