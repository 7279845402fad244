//! The device lists that stand (docs/hub.md §1): the organisation's own and those of its peers.

use chrono::{DateTime, Utc};
use zizhi_model::Uscc;

use crate::error::Result;
use crate::row::{self, As};
use crate::{Reader, Writer};

row::row! {
    /// A device list that was accepted.
    DeviceList in "device_list" {
        /// Whose devices they are.
        org: Uscc,
        /// What the hub calls the organisation.
        name: String,
        /// The number of the list.
        seq: u64,
        /// The list itself.
        jws: String,
        /// When it was accepted.
        updated: DateTime<Utc>,
    }
}

impl Reader<'_> {
    /// The device list of an organisation that stands.
    ///
    /// # Errors
    /// As every read.
    pub fn device_list(&self, org: &Uscc) -> Result<Option<DeviceList>> {
        row::one(self.sql(), "org = ?", [As(org)])
    }
}

impl Writer<'_> {
    /// Puts an accepted list in the place of the one before. That it follows that one is the caller's to see.
    ///
    /// # Errors
    /// As every write.
    pub fn put_device_list(&self, list: &DeviceList) -> Result<()> {
        row::put(self.sql(), list, "org")
    }
}
