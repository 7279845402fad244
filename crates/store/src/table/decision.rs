//! Decisions: those that an incubator made, and those that a firm received.

use chrono::NaiveDate;

use crate::error::Result;
use crate::row::{self, As, words};
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

impl Reader<'_> {
    /// The decisions that came about what was signed from drafts that are still there, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn decisions_on_drafts(&self) -> Result<Vec<Decision>> {
        let about = "SELECT dossier_id FROM sent WHERE draft IS NOT NULL";
        row::all(self.sql(), &format!("direction = 'received' AND dossier_id IN ({about}) ORDER BY seq"), [])
    }

    /// The decisions that were made here from one day to another, both included, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn decisions_made(&self, from: NaiveDate, until: NaiveDate) -> Result<Vec<Decision>> {
        let condition = "direction = 'issued' AND decided_on BETWEEN ? AND ? ORDER BY seq";
        row::all(self.sql(), condition, (As(&from), As(&until)))
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
