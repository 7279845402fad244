//! Verdicts that moved since a person saw them.

use chrono::{DateTime, Utc};
use serde_json::Value;
use zizhi_model::Verdict;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, changed};
use crate::{Reader, Writer};

row::row! {
    /// A verdict that moved.
    ChangeNotice in "change_notice" {
        /// Its id.
        id: String,
        /// The case.
        case_id: String,
        /// The verdict as a person last saw it.
        from_verdict: Verdict,
        /// The verdict now.
        to_verdict: Verdict,
        /// What moved it.
        why: Value,
        /// When it was noticed.
        created: DateTime<Utc>,
        /// When a person saw it.
        seen: Option<DateTime<Utc>>,
    }
}

impl Reader<'_> {
    /// One notice.
    ///
    /// # Errors
    /// As every read.
    pub fn change_notice(&self, id: &str) -> Result<Option<ChangeNotice>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// Notices that no person has seen, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn unseen_notices(&self, after: Option<After>, limit: usize) -> Result<Page<ChangeNotice>> {
        row::page(self.sql(), "seen IS NULL", &[], after, limit)
    }

    /// Notices that a person has seen, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn seen_notices(&self, after: Option<After>, limit: usize) -> Result<Page<ChangeNotice>> {
        row::page(self.sql(), "seen IS NOT NULL", &[], after, limit)
    }

    /// The notices of one case, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn notices_of_case(&self, case_id: &str) -> Result<Vec<ChangeNotice>> {
        row::all(self.sql(), "case_id = ? ORDER BY seq", [case_id])
    }
}

impl Writer<'_> {
    /// Adds a notice.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if there is no such case, or the id is taken.
    pub fn add_change_notice(&self, notice: &ChangeNotice) -> Result<()> {
        row::insert(self.sql(), notice).map(drop)
    }

    /// Notes that a person saw a notice. The first time counts.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn mark_notice_seen(&self, id: &str, at: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE change_notice SET seen = coalesce(seen, ?) WHERE id = ?";
        changed::<ChangeNotice>(self.sql().execute(sql, (As(&at), id))?)
    }
}
