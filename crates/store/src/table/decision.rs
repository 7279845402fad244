//! Decisions: those that an incubator made, and those that a firm received.

use chrono::NaiveDate;

use crate::error::Result;
use crate::row::{self, words};
use crate::table::request::Direction;
use crate::{Reader, Writer};

words! {
    /// What was decided (formats.md §6).
    DecisionOutcome {
        /// 认可
        Accepted = "accepted",
        /// 有条件认可
        AcceptedWithConditions = "accepted_with_conditions",
        /// 需补正
        SupplementRequired = "supplement_required",
        /// 不予认可
        Rejected = "rejected",
    }
}

row::row! {
    /// A signed decision.
    Decision in "decision" {
        /// Its id.
        id: String,
        /// Who made it.
        direction: Direction,
        /// The case that it decides, where it was made here.
        case_id: Option<String>,
        /// The dossier that it decides.
        dossier_id: String,
        /// What was decided.
        outcome: DecisionOutcome,
        /// When.
        decided_on: NaiveDate,
        /// The signed decision.
        bytes: Vec<u8>,
    }
}

impl Reader<'_> {
    /// One decision.
    ///
    /// # Errors
    /// As every read.
    pub fn decision(&self, id: &str) -> Result<Option<Decision>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// The decisions of a case, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn decisions_of_case(&self, case_id: &str) -> Result<Vec<Decision>> {
        row::all(self.sql(), "case_id = ? ORDER BY seq", [case_id])
    }

    /// The decisions about a dossier, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn decisions_of_dossier(&self, dossier_id: &str) -> Result<Vec<Decision>> {
        row::all(self.sql(), "dossier_id = ? ORDER BY seq", [dossier_id])
    }
}

impl Writer<'_> {
    /// Adds a decision.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if it is there already, or its case is not.
    pub fn add_decision(&self, decision: &Decision) -> Result<()> {
        row::insert(self.sql(), decision).map(drop)
    }
}
