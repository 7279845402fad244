//! The status lists that the incubator publishes: the entries as they stand, and the list as last
//! signed.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension as _;

use crate::error::Result;
use crate::row::{self, get};
use crate::{Reader, Writer};

row::row! {
    /// A status list.
    StatusList in "status_list" {
        /// Its address, by which credentials name it.
        uri: String,
        /// Bits to an entry: 1, 2, 4 or 8.
        bits: u8,
        /// The first index that no credential has.
        next_idx: u64,
        /// How many entries there are room for.
        size: u64,
        /// When it was last signed.
        iat: Option<DateTime<Utc>>,
        /// The entries, packed; in what way is the caller's.
        entries: Vec<u8>,
        /// The token as last signed.
        published: Option<Vec<u8>>,
    }
}

impl Reader<'_> {
    /// One list.
    ///
    /// # Errors
    /// As every read.
    pub fn status_list(&self, uri: &str) -> Result<Option<StatusList>> {
        row::one(self.sql(), "uri = ?", [uri])
    }

    /// The addresses of all lists.
    ///
    /// # Errors
    /// As every read.
    pub fn status_list_uris(&self) -> Result<Vec<String>> {
        let mut statement = self.sql().prepare_cached("SELECT uri FROM status_list ORDER BY uri")?;
        let rows = statement.query_map([], |row| get(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writer<'_> {
    /// Adds a list, or replaces it after entries changed or it was signed.
    ///
    /// # Errors
    /// As every write.
    pub fn put_status_list(&self, list: &StatusList) -> Result<()> {
        row::put(self.sql(), list, "uri")
    }

    /// Takes `count` indexes that no credential has and gives the first of them; `None` if the list has
    /// no room for so many, or does not exist. They stay taken if and only if the writer commits.
    ///
    /// # Errors
    /// As every write.
    pub fn take_status_indexes(&self, uri: &str, count: u64) -> Result<Option<u64>> {
        let sql = "UPDATE status_list SET next_idx = next_idx + ?2
                   WHERE uri = ?1 AND size - next_idx >= ?2 RETURNING next_idx - ?2";
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let mut statement = self.sql().prepare_cached(sql)?;
        Ok(statement.query_row((uri, count), |row| get(row, 0)).optional()?)
    }
}
