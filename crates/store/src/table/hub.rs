//! The hub that this device has joined (docs/hub.md §4), and how far its mailbox was read: one row.

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::row;
use crate::{Reader, Writer};

row::row! {
    /// The hub of this device.
    Hub in "hub" {
        /// The hub's id.
        id: String,
        /// Scheme, host and port, without a slash at the end.
        url: String,
        /// Its card as it was first seen, a JWS: its key is in it.
        card: String,
        /// What the organisation is to the hub.
        role: String,
        /// The thumbprint of this device's key.
        device_kid: String,
        /// The private half of this device's key, encrypted.
        sealed: Vec<u8>,
        /// When the hub confirmed that the device has joined; nothing before.
        joined: Option<DateTime<Utc>>,
        /// The newest epoch of the hub that was seen.
        epoch: u64,
        /// The last message of the mailbox that is stored here, in that epoch.
        cursor: u64,
        /// The `ETag` of the public timestamp that was taken in last.
        public_etag: Option<String>,
        /// The hub's time less this machine's, in seconds, where they were too far apart.
        clock_offset: i64,
        /// When the last round went through.
        synced: Option<DateTime<Utc>>,
        /// Why the last round did not, if it did not.
        code: Option<String>,
        /// How long the last wait was, in milliseconds.
        wait_ms: u64,
        /// Before this time nobody asks by themselves.
        retry_at: Option<DateTime<Utc>>,
        /// Certificates (PEM) of those who may vouch for the server, in the place of the public ones.
        ca: Option<Vec<u8>>,
    }
}

impl Reader<'_> {
    /// The hub, if this device has joined one.
    ///
    /// # Errors
    /// As every read.
    pub fn hub(&self) -> Result<Option<Hub>> {
        row::one(self.sql(), "only = 1", [])
    }
}

impl Writer<'_> {
    /// Sets the hub. The cursor belongs into the transaction that stores the messages up to it.
    ///
    /// # Errors
    /// As every write.
    pub fn put_hub(&self, hub: &Hub) -> Result<()> {
        self.sql().execute("DELETE FROM hub", [])?;
        row::insert(self.sql(), hub).map(drop)
    }

    /// Lets go of a hub that did not take this device in.
    ///
    /// # Errors
    /// As every write.
    pub fn remove_hub(&self) -> Result<()> {
        self.sql().execute("DELETE FROM hub", [])?;
        Ok(())
    }
}
