//! The keys by which sealed dossiers are opened. They are sealed; this crate cannot open them.

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::row::{self, changed};
use crate::{Reader, Writer};

row::row! {
    /// An inbox key.
    InboxIdentity in "inbox_identity" {
        /// The public half, `age1…`.
        recipient: String,
        /// The private half, encrypted.
        sealed: Vec<u8>,
        /// When it was made.
        created: DateTime<Utc>,
    }
}

impl Reader<'_> {
    /// All inbox keys, the newest first. Old ones stay, since old dossiers are sealed to them.
    ///
    /// # Errors
    /// As every read.
    pub fn inbox_identities(&self) -> Result<Vec<InboxIdentity>> {
        row::all(self.sql(), "true ORDER BY created DESC, recipient", [])
    }
}

impl Writer<'_> {
    /// Adds an inbox key.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if it is there already.
    pub fn add_inbox_identity(&self, identity: &InboxIdentity) -> Result<()> {
        row::insert(self.sql(), identity).map(drop)
    }

    /// Replaces the sealed half, after its passphrase was changed.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn reseal_inbox_identity(&self, recipient: &str, sealed: &[u8]) -> Result<()> {
        let sql = "UPDATE inbox_identity SET sealed = ? WHERE recipient = ?";
        changed::<InboxIdentity>(self.sql().execute(sql, (sealed, recipient))?)
    }
}
