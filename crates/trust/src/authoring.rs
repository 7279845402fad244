//! Writing a trust package: what the provinces and the distributor publish with.
//!
//! A [`Repository`] is changed in memory, published (signed anew where it changed), and written to a
//! folder or packed into a `.zztrust`. Nothing here stores a private key; the caller does.
//!
//! ```
//! use chrono::{TimeZone, Utc};
//! use zizhi_crypto::SystemRandom;
//! use zizhi_trust::authoring::{Keys, Repository, Terms};
//!
//! let keys = Keys::generate(&["31", "32", "33", "34"], &mut SystemRandom)?;
//! let terms = Terms::issued(Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap());
//! let mut repository = Repository::init(&keys, &terms)?;
//! repository.put_rule_pack("31", "sh-songjiang", b"{}")?;
//! repository.publish(&keys.all(), &terms)?;
//! # Ok::<(), zizhi_trust::authoring::AuthoringError>(())
//! ```

mod document;
mod files;
mod keys;
mod publish;
mod record;
mod repository;

use chrono::{DateTime, TimeDelta, Utc};

pub use keys::{Keys, ProvinceKeys};
pub use repository::Repository;

use crate::error::RecordError;

/// When what is signed was issued, and for how many days each role then holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The time of issue, which the timestamp carries as `issued`.
    pub issued: DateTime<Utc>,
    /// Days of a root.
    pub root_days: u32,
    /// Days of the top-level targets.
    pub targets_days: u32,
    /// Days of a province's role.
    pub province_days: u32,
    /// Days of the snapshot.
    pub snapshot_days: u32,
    /// Days of the timestamp. Too short, and whoever works offline is always stale; too long, and a
    /// revocation can be hidden for as long.
    pub timestamp_days: u32,
}

impl Terms {
    /// The usual terms: two years for the root, one for the top-level targets, half a year for a
    /// province, 30 days for snapshot and timestamp.
    #[must_use]
    pub fn issued(issued: DateTime<Utc>) -> Self {
        Self {
            issued,
            root_days: 730,
            targets_days: 365,
            province_days: 180,
            snapshot_days: 30,
            timestamp_days: 30,
        }
    }

    fn after(&self, days: u32) -> String {
        document::time(self.issued + TimeDelta::days(i64::from(days)))
    }
}

/// Why a trust package could not be changed, signed, read or written.
#[derive(Debug, thiserror::Error)]
pub enum AuthoringError {
    /// Only Ed25519 keys sign trust metadata.
    #[error("only Ed25519 keys sign trust metadata")]
    Algorithm,
    /// The keys at hand are too few for a role.
    #[error("{role} needs {need} of its keys to sign, {have} are at hand")]
    Threshold {
        /// The role.
        role: String,
        /// Keys at hand.
        have: usize,
        /// Keys needed.
        need: u64,
    },
    /// The repository does not delegate to this province.
    #[error("there is no province {0}")]
    Province(String),
    /// The province does not register this issuer.
    #[error("{0} is not registered there")]
    Issuer(String),
    /// There is no such key, or it is there already.
    #[error("the key {0} is not there, or is there already")]
    Key(String),
    /// Readers would refuse the record.
    #[error("the record would be refused: {0}")]
    Record(#[from] RecordError),
    /// A name that is no safe file name, or a text that is no JSON.
    #[error("{0:?} cannot be published")]
    Content(String),
    /// A file of the repository is missing, or has members that this program does not know and would
    /// lose.
    #[error("{0} is missing or was written by another program")]
    File(String),
    /// The key could not be made or did not sign.
    #[error("a key could not be made or did not sign")]
    Sign,
    /// The package could not be packed.
    #[error(transparent)]
    Pack(#[from] zizhi_archive::WriteError),
    /// The folder could not be read or written.
    #[error("the folder could not be read or written")]
    Io(#[from] std::io::Error),
}
