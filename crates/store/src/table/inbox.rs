//! The inbox: messages from others, as they came, by hub or by stick. A message is here once, by its id.

use chrono::{DateTime, Utc};
use serde_json::Value;
use zizhi_model::Uscc;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, Digest, changed, words};
use crate::{Reader, Writer};

words! {
    /// What became of a message.
    InboxState {
        /// It is here and nothing was done with it yet.
        Stored = "stored",
        /// What it brought was taken in.
        Applied = "applied",
        /// It could not be taken in; a person decides.
        Parked = "parked",
    }
}

row::row! {
    /// A message from another organisation.
    Incoming in "inbox" {
        /// The message id, a UUIDv7.
        id: String,
        /// From whom, as the hub says, or the file.
        sender: Uscc,
        /// What the body is, once it was opened.
        kind: Option<String>,
        /// The message as it came, among the originals.
        message: Digest,
        /// When it came.
        received: DateTime<Utc>,
        /// What became of it.
        state: InboxState,
        /// Why it is parked, or not taken in yet.
        code: Option<String>,
        /// The words for it: fact and advice in both languages.
        told: Option<Value>,
        /// The kind of thing that it became.
        about_kind: Option<String>,
        /// The id of that thing.
        about_id: Option<String>,
        /// 1 where the hub still has to be told that it is here, else 0.
        owed: u8,
    }
}

impl Reader<'_> {
    /// One message.
    ///
    /// # Errors
    /// As every read.
    pub fn incoming(&self, id: &str) -> Result<Option<Incoming>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// Messages in one state or in all, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn inbox(
        &self,
        state: Option<InboxState>,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Incoming>> {
        match state {
            Some(state) => row::page(self.sql(), "state = ?", &[&As(&state)], after, limit),
            None => row::page(self.sql(), "true", &[], after, limit),
        }
    }

    /// Messages that nothing was done with yet, at most `limit`: those that wait for something behind the
    /// others, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn stored_incoming(&self, limit: usize) -> Result<Vec<Incoming>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        row::all(self.sql(), "state = 'stored' ORDER BY code IS NOT NULL, seq LIMIT ?", [limit])
    }

    /// Messages of which the hub was not told that they are here, the oldest first, at most `limit`.
    ///
    /// # Errors
    /// As every read.
    pub fn owed_acknowledgements(&self, limit: usize) -> Result<Vec<String>> {
        let sql = "SELECT id FROM inbox WHERE owed = 1 ORDER BY seq LIMIT ?";
        let mut statement = self.sql().prepare_cached(sql)?;
        let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writer<'_> {
    /// Adds a message whose bytes are among the originals, and tells whether it is new. One that is here
    /// already stays as it is, but for the acknowledgement: whoever brings it again was not told.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if its bytes are no original.
    pub fn add_incoming(&self, incoming: &Incoming) -> Result<bool> {
        if self.incoming(&incoming.id)?.is_none() {
            row::insert(self.sql(), incoming)?;
            return Ok(true);
        }
        if incoming.owed == 1 {
            self.sql().execute("UPDATE inbox SET owed = 1 WHERE id = ?", [&incoming.id])?;
        }
        Ok(false)
    }

    /// Notes what became of a message.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn update_incoming(&self, incoming: &Incoming) -> Result<()> {
        if self.incoming(&incoming.id)?.is_none() {
            return changed::<Incoming>(0);
        }
        row::put(self.sql(), incoming, "id")
    }

    /// Notes that the hub was told that these messages are here.
    ///
    /// # Errors
    /// As every write.
    pub fn acknowledged(&self, ids: &[String]) -> Result<()> {
        let mut statement = self.sql().prepare_cached("UPDATE inbox SET owed = 0 WHERE id = ?")?;
        for id in ids {
            statement.execute([As(id)])?;
        }
        Ok(())
    }
}
