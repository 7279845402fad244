//! What happened to a case, in order: 收件, 受理, 补正, 决定.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::error::Result;
use crate::row::{self, As, Stored as _};
use crate::{Reader, Writer};

row::row! {
    /// One step of a case.
    CaseEvent in "case_event" {
        /// The case.
        case_id: String,
        /// Its place in the case, from 1; given by the store.
        seq: u32,
        /// When it happened.
        at: DateTime<Utc>,
        /// What happened, as a word of the caller's.
        kind: String,
        /// Who did it.
        actor: String,
        /// What that person wrote about it.
        note: String,
        /// Anything else.
        details: Value,
    }
}

impl Reader<'_> {
    /// The steps of a case, in order.
    ///
    /// # Errors
    /// As every read.
    pub fn case_events(&self, case_id: &str) -> Result<Vec<CaseEvent>> {
        row::all(self.sql(), "case_id = ? ORDER BY seq", [case_id])
    }
}

impl Writer<'_> {
    /// Adds a step at the end of its case and returns its place; `event.seq` is not read.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if there is no such case.
    pub fn add_case_event(&self, event: &CaseEvent) -> Result<u32> {
        let sql = "INSERT INTO case_event (case_id, seq, at, kind, actor, note, details)
                   VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM case_event WHERE case_id = ?1),
                           ?2, ?3, ?4, ?5, ?6) RETURNING seq";
        let CaseEvent { case_id, at, kind, actor, note, details, .. } = event;
        let mut statement = self.sql().prepare_cached(sql)?;
        Ok(statement
            .query_row((case_id, As(at), kind, actor, note, details.stored()), |row| row::get(row, 0))?)
    }
}
