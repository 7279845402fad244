//! The newest signed time ever seen. A clock that is earlier than this by more than a few minutes is
//! wrong, and no verdict may rest on it.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension as _;

use crate::error::Result;
use crate::row::{As, get};
use crate::{Reader, Writer};

impl Reader<'_> {
    /// The newest signed time ever seen.
    ///
    /// # Errors
    /// As every read.
    pub fn newest_signed_time(&self) -> Result<Option<DateTime<Utc>>> {
        let mut statement = self.sql().prepare_cached("SELECT newest FROM trust_seen WHERE only = 1")?;
        Ok(statement.query_row([], |row| get(row, 0)).optional()?)
    }
}

impl Writer<'_> {
    /// Notes a signed time; an older one than is known changes nothing. Whether something changed is
    /// returned, as a writer that changed nothing need not be committed.
    ///
    /// # Errors
    /// As every write.
    pub fn note_signed_time(&self, time: DateTime<Utc>) -> Result<bool> {
        let sql = "INSERT INTO trust_seen (only, newest) VALUES (1, ?)
                   ON CONFLICT (only) DO UPDATE SET newest = excluded.newest WHERE excluded.newest > newest";
        Ok(self.sql().prepare_cached(sql)?.execute([As(&time)])? > 0)
    }
}
