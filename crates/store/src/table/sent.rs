//! Dossiers that the firm signed, and how far they got.

use chrono::{DateTime, Utc};
use zizhi_model::Uscc;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, Digest, changed, words};
use crate::{Reader, Writer};

words! {
    /// How far a signed dossier got.
    SentState {
        /// Signed, and still here.
        Prepared = "prepared",
        /// Handed over, by whatever way.
        Sent = "sent",
        /// The other side has it.
        Received = "received",
        /// 受理: the other side examines it.
        Accepted = "accepted",
        /// 补正: the other side wants more.
        Supplement = "supplement",
        /// Decided.
        Decided = "decided",
    }
}

row::row! {
    /// A signed dossier.
    Sent in "sent" {
        /// The signed `jti`.
        dossier_id: String,
        /// The draft that it was made from, while that exists.
        draft: Option<String>,
        /// Its bytes, among the originals.
        sha256: Digest,
        /// For whom.
        aud: Uscc,
        /// When it was signed.
        signed_at: DateTime<Utc>,
        /// How far it got.
        state: SentState,
        /// The decision's bytes, among the originals.
        decision: Option<Digest>,
    }
}

impl Reader<'_> {
    /// One signed dossier.
    ///
    /// # Errors
    /// As every read.
    pub fn sent(&self, dossier_id: &str) -> Result<Option<Sent>> {
        row::one(self.sql(), "dossier_id = ?", [dossier_id])
    }

    /// What was signed from one draft, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn sent_of_draft(&self, draft: &str) -> Result<Vec<Sent>> {
        row::all(self.sql(), "draft = ? ORDER BY seq", [draft])
    }

    /// What was signed from drafts that are still there, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn sent_of_drafts(&self) -> Result<Vec<Sent>> {
        row::all(self.sql(), "draft IS NOT NULL ORDER BY seq", [])
    }

    /// Signed dossiers, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn all_sent(&self, after: Option<After>, limit: usize) -> Result<Page<Sent>> {
        row::page(self.sql(), "true", &[], after, limit)
    }
}

impl Writer<'_> {
    /// Adds a signed dossier whose bytes are among the originals.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if it is there already, or its original is not.
    pub fn add_sent(&self, sent: &Sent) -> Result<()> {
        row::insert(self.sql(), sent).map(drop)
    }

    /// Notes how far a signed dossier got, and its decision once there is one.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`]; [`crate::StoreError::Conflict`] if the decision is no original.
    pub fn set_sent_state(
        &self,
        dossier_id: &str,
        state: SentState,
        decision: Option<&Digest>,
    ) -> Result<()> {
        let sql = "UPDATE sent SET state = ?, decision = coalesce(?, decision) WHERE dossier_id = ?";
        changed::<Sent>(self.sql().execute(sql, (As(&state), decision.map(As), dossier_id))?)
    }
}
