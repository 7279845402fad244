//! The outbox: messages to others. A row is added in the transaction of the change that it tells, so that
//! neither is there without the other; the network side only reads rows and notes what became of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use zizhi_model::Uscc;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, Digest, changed, words};
use crate::{Reader, Writer};

words! {
    /// How far a message got.
    OutboxState {
        /// To be sent, now or at a later time.
        Waiting = "waiting",
        /// Its sending has begun and no receipt is here yet.
        Sending = "sending",
        /// The hub's receipt is here.
        Sent = "sent",
        /// It cannot be sent as it is; a person decides.
        Parked = "parked",
        /// A person gave it up, and said why.
        Discarded = "discarded",
    }
}

row::row! {
    /// A message to another organisation.
    Outgoing in "outbox" {
        /// The message id, a UUIDv7.
        id: String,
        /// For whom.
        recipient: Uscc,
        /// What the body is, as the envelope says it.
        kind: String,
        /// The kind of thing that it belongs to.
        about_kind: String,
        /// The id of that thing.
        about_id: String,
        /// The body, among the originals.
        body: Digest,
        /// The message itself among the originals, once it was sealed.
        message: Option<Digest>,
        /// When it was put here.
        created: DateTime<Utc>,
        /// How far it got.
        state: OutboxState,
        /// Why it is parked, or what the last attempt brought.
        code: Option<String>,
        /// The words for it: fact and advice in both languages.
        told: Option<Value>,
        /// Why a person gave it up.
        reason: Option<String>,
        /// Attempts so far.
        attempts: u32,
        /// How long the last wait was, in milliseconds.
        wait_ms: u64,
        /// Before this time it is not sent.
        next_at: Option<DateTime<Utc>>,
        /// Bytes of it that the hub has, where it goes up in pieces.
        uploaded: u64,
        /// The hub's receipt, a JWS.
        receipt: Option<String>,
        /// The hub's epoch in which it said that it has the message.
        epoch: Option<u64>,
        /// When it said so.
        sent: Option<DateTime<Utc>>,
        /// The day on which the recipient's hub refused it for good, as the own hub tells; `code` and `told` say why.
        refused: Option<NaiveDate>,
    }
}

/// Whether a message goes to the same recipient under a later id that nobody gave up.
const SENT_AGAIN: &str = "EXISTS (
    SELECT 1 FROM outbox later WHERE later.body = outbox.body
    AND later.recipient = outbox.recipient AND later.seq > outbox.seq
    AND later.state <> 'discarded' AND later.reason IS NULL)";

impl Reader<'_> {
    /// One message.
    ///
    /// # Errors
    /// As every read.
    pub fn outgoing(&self, id: &str) -> Result<Option<Outgoing>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// Messages in one state or in all, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn outbox(
        &self,
        state: Option<OutboxState>,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Outgoing>> {
        match state {
            Some(state) => row::page(self.sql(), "state = ?", &[&As(&state)], after, limit),
            None => row::page(self.sql(), "true", &[], after, limit),
        }
    }

    /// The messages that belong to one thing, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn outgoing_about(&self, kind: &str, id: &str) -> Result<Vec<Outgoing>> {
        row::all(self.sql(), "about_kind = ? AND about_id = ? ORDER BY seq", (kind, id))
    }

    /// Messages that the recipient's hub refused and that may still arrive, the newest first: put here after `since`,
    /// had by the hub in `epoch`, and not given up. Of the others the hub may know nothing any more.
    ///
    /// # Errors
    /// As every read.
    pub fn refused_and_held(&self, epoch: u64, since: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        let condition =
            "refused IS NOT NULL AND reason IS NULL AND epoch = ? AND created > ? ORDER BY seq DESC";
        row::all(self.sql(), condition, (As(&epoch), As(&since)))
    }

    /// Messages that the recipient's hub refused and about which nobody has done anything, the newest first: not given
    /// up, and not sent again under another id.
    ///
    /// # Errors
    /// As every read.
    pub fn refused_to_decide(&self) -> Result<Vec<Outgoing>> {
        let condition =
            format!("refused IS NOT NULL AND reason IS NULL AND NOT {SENT_AGAIN} ORDER BY seq DESC");
        row::all(self.sql(), &condition, [])
    }

    /// Messages that are due at `now`, the oldest first, at most `limit`.
    ///
    /// # Errors
    /// As every read.
    pub fn due_outgoing(&self, now: DateTime<Utc>, limit: usize) -> Result<Vec<Outgoing>> {
        let condition = "state IN ('waiting', 'sending') AND coalesce(next_at, 0) <= ? ORDER BY seq LIMIT ?";
        row::all(self.sql(), condition, (As(&now), i64::try_from(limit).unwrap_or(i64::MAX)))
    }
}

impl Writer<'_> {
    /// Adds a message whose body is among the originals.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if the id is taken, or the body is no original.
    pub fn add_outgoing(&self, outgoing: &Outgoing) -> Result<()> {
        row::insert(self.sql(), outgoing).map(drop)
    }

    /// Notes what became of a message.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`]; [`crate::StoreError::Conflict`] if it would be sent without a receipt.
    pub fn update_outgoing(&self, outgoing: &Outgoing) -> Result<()> {
        if self.outgoing(&outgoing.id)?.is_none() {
            return changed::<Outgoing>(0);
        }
        row::put(self.sql(), outgoing, "id")
    }

    /// Offers again what the hub said to have in another epoch than `epoch`, if it said so after `since`:
    /// a hub that was restored may have lost it. What was refused and then given up or sent again under another id
    /// stays as it is. Gives how many there are.
    ///
    /// # Errors
    /// As every write.
    pub fn offer_again(&self, epoch: u64, since: DateTime<Utc>) -> Result<usize> {
        let sql = format!(
            "UPDATE outbox SET state = 'waiting', receipt = NULL, epoch = NULL, sent = NULL, uploaded = 0,
                       attempts = 0, wait_ms = 0, next_at = NULL, refused = NULL, code = NULL, told = NULL
                   WHERE state = 'sent' AND epoch <> ? AND sent > ?
                   AND reason IS NULL AND NOT (refused IS NOT NULL AND {SENT_AGAIN})"
        );
        Ok(self.sql().execute(&sql, (As(&epoch), As(&since)))?)
    }

    /// Lets go of the sealed bytes of up to `limit` messages that the hub had before `before`, or that were
    /// given up then. The rows and the bodies stay. Gives how many there were.
    ///
    /// # Errors
    /// As every write.
    pub fn release_messages(&self, before: DateTime<Utc>, limit: usize) -> Result<usize> {
        let condition =
            "message IS NOT NULL AND state IN ('sent', 'discarded') AND coalesce(sent, created) < ?
                         ORDER BY seq LIMIT ?";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows: Vec<Outgoing> = row::all(self.sql(), condition, (As(&before), limit))?;
        for row in &rows {
            self.sql().execute("UPDATE outbox SET message = NULL WHERE id = ?", [&row.id])?;
            if let Some(message) = &row.message {
                self.forget_original(message)?;
            }
        }
        Ok(rows.len())
    }
}
