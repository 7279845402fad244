//! Whether the database is what was stored: pages, rows, references, search, the activity log.

use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use crate::access::{Reader, Writer};
use crate::connection::{self, Access};
use crate::database::{BETWEEN_STOPS, Database};
use crate::error::{Result, StoreError};
use crate::lock::Last;
use crate::search::{self, Searchable};
use crate::table::activity::LogEnd;
use crate::table::subject::{self, Subject};
use crate::table::{case::Case, credential_search, firm::Firm};

/// The first thing that is wrong in the activity log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// A row is missing.
    #[error("row {0} is missing")]
    Missing(u64),
    /// A row, or the one before it, is not what was written.
    #[error("row {0} was changed")]
    Changed(u64),
    /// A signed head has another hash than the log at this place, or the log ends before it.
    #[error("the signed head at {0} does not fit the log")]
    Head(u64),
}

/// What an examination of the whole database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// Damage to pages, rows and indexes, in SQLite's and SQLCipher's words.
    pub structure: Vec<String>,
    /// Rows that refer to rows which are not there: `table row -> table`.
    pub references: Vec<String>,
    /// Search indexes that do not have a line for every row.
    pub search: Vec<&'static str>,
    /// The end of the activity log, or what is wrong with it.
    pub log: std::result::Result<LogEnd, LogFault>,
}

impl Findings {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.structure.is_empty() && self.references.is_empty() && self.search.is_empty() && self.log.is_ok()
    }
}

impl Database {
    /// Examines the whole database, which takes as long as reading all of it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the damage keeps the examination itself from going on.
    pub fn check(&self) -> Result<Findings> {
        self.check_until(|| false)
    }

    /// The same, until `stop` says so.
    ///
    /// # Errors
    /// As [`Self::check`]; [`StoreError::Stopped`].
    pub fn check_until(&self, stop: impl FnMut() -> bool + Send + 'static) -> Result<Findings> {
        // On a connection of its own: the search indexes' part of `integrity_check` believes what its
        // connection remembers of an index, and calls one corrupt that others have written to since.
        let connection = connection::open(&self.path(), self.key(), Access::Write)?;
        connection::make_durable(&connection)?;
        if self.was_interrupted() {
            // `cipher_integrity_check` reads the file past its log. A power cut while the log is moved into
            // the file leaves halves of pages there; the log has them whole until it is moved again.
            connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        }
        connection.progress_handler(BETWEEN_STOPS, Some(stop))?;
        let connection = Mutex::new(connection);
        let reader = Reader::begin(connection.lock().unwrap_or_else(PoisonError::into_inner))?;
        let sql = reader.sql();
        let mut structure = lines(sql, "PRAGMA cipher_integrity_check")?;
        structure.extend(lines(sql, "PRAGMA integrity_check")?.into_iter().filter(|line| line != "ok"));
        let found = Findings {
            structure,
            references: references(sql)?,
            search: incomplete(&reader)?,
            log: reader.verify_log()?,
        };
        if found.structure.is_empty() {
            *self.last() = Last::Closed;
        }
        Ok(found)
    }
}

impl Writer<'_> {
    /// Makes the search indexes again from the tables, which is what mends [`Findings::search`].
    ///
    /// # Errors
    /// As every write.
    pub fn rebuild_search(&self) -> Result<()> {
        search::rebuild::<Firm>(self.sql())?;
        credential_search::rebuild(self.sql())?;
        search::rebuild::<Case>(self.sql())
    }
}

/// Makes the lines of the search indexes again, with the tokens of this version.
pub(crate) fn index_again(connection: &Connection) -> rusqlite::Result<()> {
    search::again::<Firm>(connection)?;
    search::again::<Subject>(connection)?;
    search::again::<Case>(connection)
}

/// The quick examination: every page and row, but not every index.
pub(crate) fn quick(connection: &Connection) -> Result<()> {
    match lines(connection, "PRAGMA quick_check(1)")?.into_iter().find(|line| line != "ok") {
        Some(first) => Err(StoreError::Damaged(first)),
        None => Ok(()),
    }
}

fn lines(connection: &Connection, pragma: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(pragma)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn references(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        let (table, row, other): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(match row {
            Some(row) => format!("{table} {row} -> {other}"),
            None => format!("{table} -> {other}"),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn incomplete(reader: &Reader<'_>) -> Result<Vec<&'static str>> {
    let mut wrong = Vec::new();
    for (complete, index) in [
        (is_indexed::<Firm>(reader)?, Firm::INDEX),
        (is_indexed::<Subject>(reader)? && subject::has_states(reader.sql())?, Subject::INDEX),
        (credential_search::is_whole(reader.sql())?, credential_search::NUMBERS),
        (is_indexed::<Case>(reader)?, Case::INDEX),
    ] {
        if !complete {
            wrong.push(index);
        }
    }
    Ok(wrong)
}

/// Whether the index has a line for every row and no other.
fn is_indexed<R: Searchable>(reader: &Reader<'_>) -> Result<bool> {
    let (table, index) = (R::TABLE, R::INDEX);
    let sql = format!(
        "SELECT (SELECT count(*) FROM {table}) = (SELECT count(*) FROM {index}_docsize)
            AND NOT EXISTS (SELECT 1 FROM {table} WHERE seq NOT IN (SELECT id FROM {index}_docsize))"
    );
    Ok(reader.sql().query_row(&sql, [], |row| row.get(0))?)
}
