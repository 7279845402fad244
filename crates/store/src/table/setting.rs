//! Settings: what a person chose, by name. The names and meanings are the caller's.

use rusqlite::OptionalExtension as _;
use serde_json::Value;

use crate::error::Result;
use crate::row::{As, get};
use crate::{Reader, Writer};

impl Reader<'_> {
    /// One setting, if it was ever chosen.
    ///
    /// # Errors
    /// As every read.
    pub fn setting(&self, key: &str) -> Result<Option<Value>> {
        let mut statement = self.sql().prepare_cached("SELECT value FROM setting WHERE key = ?")?;
        Ok(statement.query_row([key], |row| get(row, 0)).optional()?)
    }

    /// All settings, by name.
    ///
    /// # Errors
    /// As every read.
    pub fn settings(&self) -> Result<Vec<(String, Value)>> {
        let mut statement = self.sql().prepare_cached("SELECT key, value FROM setting ORDER BY key")?;
        let rows = statement.query_map([], |row| Ok((get(row, 0)?, get(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writer<'_> {
    /// Chooses a setting.
    ///
    /// # Errors
    /// As every write.
    pub fn put_setting(&self, key: &str, value: &Value) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)";
        self.sql().prepare_cached(sql)?.execute((key, As(value)))?;
        Ok(())
    }

    /// Forgets a setting, so that its default holds again.
    ///
    /// # Errors
    /// As every write.
    pub fn remove_setting(&self, key: &str) -> Result<()> {
        self.sql().execute("DELETE FROM setting WHERE key = ?", [key])?;
        Ok(())
    }
}
