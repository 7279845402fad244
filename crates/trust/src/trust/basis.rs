//! What an answer rests on, and what is wrong with it.

use chrono::{DateTime, Utc};
use zizhi_model::CheckCode;
use zizhi_model::check::Facts;

/// The root that everything was checked from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedRoot {
    /// Its version.
    pub version: u64,
    /// SHA-256 of its file, as `sha256sum` gives it. People compare it with the stamped paper.
    pub sha256: [u8; 32],
}

/// When one role ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleExpiry {
    /// `root`, `timestamp`, `snapshot`, `targets`, or a province.
    pub role: String,
    /// Its version.
    pub version: u64,
    /// When it ends.
    pub expires: DateTime<Utc>,
    /// Whether that has passed.
    pub expired: bool,
}

/// What every answer rests on. All zero and empty if nothing of a package may be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basis {
    /// Version of the newest root.
    pub root_version: u64,
    /// SHA-256 of the newest root's file.
    pub root_sha256: [u8; 32],
    /// The root that was pinned, where the chain to the newest one starts.
    pub pinned: Option<PinnedRoot>,
    /// Version of the top-level targets.
    pub targets_version: u64,
    /// Version of the snapshot.
    pub snapshot_version: u64,
    /// Version of the timestamp.
    pub timestamp_version: u64,
    /// When the timestamp was signed, if its signed part says so in our member `issued`. TUF has no
    /// such member of its own.
    pub timestamp: Option<DateTime<Utc>>,
    /// Seconds since [`Basis::timestamp`], never negative; `None` without it.
    pub age_seconds: Option<i64>,
    /// Every accepted role: the four top-level ones, then the provinces.
    pub expires: Vec<RoleExpiry>,
    /// Whether a top-level role has expired: then every result is pending `TRUST-STALE`. A province
    /// that expired alone touches only its own ([`ProvinceState::Stale`]).
    pub stale: bool,
}

impl Basis {
    /// The roles that have expired, provinces included.
    pub fn stale_roles(&self) -> impl Iterator<Item = &RoleExpiry> {
        self.expires.iter().filter(|role| role.expired)
    }

    /// The first expired role that whatever rests on this province rests on: a top-level one, or the province's own.
    #[must_use]
    pub fn stale_role(&self, province: &str) -> Option<&RoleExpiry> {
        self.stale_roles().find(|role| !is_province(&role.role) || role.role == province)
    }
}

/// Whether a role is a province's: its name is two digits.
pub(super) fn is_province(role: &str) -> bool {
    role.len() == 2 && role.bytes().all(|byte| byte.is_ascii_digit())
}

/// Something wrong with the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `TRUST-INVALID`, `TRUST-ROLLBACK`, `TRUST-MISSING`, `TRUST-STALE` or `TRUST-ROLE`.
    pub code: CheckCode,
    /// The role it is about.
    pub role: String,
    /// The province it is about; `None` if it concerns everything.
    pub province: Option<String>,
    /// `role`, and as they apply `reason`, `expired`, `days`, `trusted`, `offered`.
    pub facts: Facts,
}

/// How the role of one province stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProvinceState {
    /// Checked and in force.
    Ok,
    /// Checked and expired: it serves, and every result that rests on it is `TRUST-STALE`.
    Stale {
        /// When it expired.
        expired: DateTime<Utc>,
    },
    /// Broken, missing or mis-signed: `TRUST-ROLE`. Nothing of it is used.
    Disabled {
        /// What is wrong, in one English clause.
        reason: String,
    },
    /// The package does not delegate to it.
    Absent,
}
