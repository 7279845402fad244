//! What can go wrong with a trust package, and which check code it is.

use chrono::{DateTime, Utc};
use zizhi_model::CheckCode;
use zizhi_model::json::JsonError;
use zizhi_model::region::RegionError;
use zizhi_model::uscc::UsccError;

/// The place that the files come from did not give one that it has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The operating system or the network failed.
    #[error("{name} could not be read: {reason}")]
    Read {
        /// The file.
        name: String,
        /// What the system said.
        reason: String,
    },
    /// The file is larger than anything it may be.
    #[error("{name} is larger than {max} bytes")]
    TooLarge {
        /// The file.
        name: String,
        /// Bytes allowed.
        max: u64,
    },
    /// The package is not a sound ZIP.
    #[error("the package cannot be read ({code}): {reason}")]
    Package {
        /// The check code of the archive's defect, such as `ZIP-CORRUPT`.
        code: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A path that could leave the folder or mean something else on another system.
    #[error("{0:?} is not a safe path")]
    Path(String),
}

/// Why the metadata of one role is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleDefect {
    /// There is no such file.
    #[error("the file is missing")]
    Missing,
    /// The snapshot does not list the role.
    #[error("the snapshot does not list it")]
    NotInSnapshot,
    /// Not JSON as it may stand under a signature.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A member of the metadata is missing or of the wrong form.
    #[error("malformed: {0}")]
    Malformed(&'static str),
    /// Too few distinct keys of the role signed it.
    #[error("signed by {valid} of {needed} keys")]
    Threshold {
        /// Distinct keys with a valid signature.
        valid: usize,
        /// Keys needed.
        needed: u64,
    },
    /// Another version than the one that was promised.
    #[error("version {found} where {expected} was promised")]
    Version {
        /// The version promised by the file name or the snapshot.
        expected: u64,
        /// The version in the metadata.
        found: u64,
    },
    /// Its digest or length is not the one that was promised.
    #[error("digest or length differs")]
    Digest,
    /// Expired, and the caller asked to refuse what has expired.
    #[error("expired at {0}")]
    Expired(DateTime<Utc>),
    /// More delegated roles than anybody needs.
    #[error("more than {0} delegated roles")]
    TooMany(usize),
    /// It could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Why a trust package is not used at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// There is no root to start from.
    #[error("there is no root to start from")]
    Missing,
    /// A top-level role is missing, broken or below its threshold.
    #[error("the role {role} is not acceptable: {defect}")]
    Invalid {
        /// `root`, `timestamp`, `snapshot` or `targets`.
        role: &'static str,
        /// What is wrong.
        #[source]
        defect: RoleDefect,
    },
    /// Properly signed, and older than what was trusted before.
    #[error("{role} goes back from version {trusted} to {offered}")]
    Rollback {
        /// The role that goes back.
        role: String,
        /// The version trusted before.
        trusted: u64,
        /// The version offered; 0 if the role is no longer listed.
        offered: u64,
    },
    /// Expired, and the caller asked to refuse what has expired.
    #[error("the role {role} expired at {expired}")]
    Expired {
        /// The role.
        role: &'static str,
        /// When.
        expired: DateTime<Utc>,
    },
    /// The remembered state cannot be read: cut short or altered. It is not a fresh start.
    #[error("the remembered trust state is damaged")]
    State,
}

impl TrustError {
    /// The code of the catalogue.
    #[must_use]
    pub const fn code(&self) -> CheckCode {
        match self {
            Self::Missing => CheckCode::TrustMissing,
            Self::Invalid { .. } | Self::State => CheckCode::TrustInvalid,
            Self::Rollback { .. } => CheckCode::TrustRollback,
            Self::Expired { .. } => CheckCode::TrustStale,
        }
    }

    /// The role at fault: `root`, `timestamp`, `snapshot`, `targets`, a delegated role, or `state`.
    #[must_use]
    pub fn role(&self) -> &str {
        match self {
            Self::Missing => "root",
            Self::Invalid { role, .. } | Self::Expired { role, .. } => role,
            Self::Rollback { role, .. } => role,
            Self::State => "state",
        }
    }
}

/// Why an issuer record is refused although its province signed for its bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Not JSON as it may stand under a signature.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A required member is missing or of the wrong form.
    #[error("{0} is missing or of the wrong form")]
    Member(&'static str),
    /// The code does not hold.
    #[error(transparent)]
    Uscc(#[from] UsccError),
    /// The region is none.
    #[error(transparent)]
    Region(#[from] RegionError),
    /// The record is about another organisation than its file name.
    #[error("the file is named after another organisation")]
    OtherOrganisation,
    /// The record lies in another province's folder than its region.
    #[error("the region is not in the province that registered it")]
    OtherProvince,
    /// The same key is listed twice.
    #[error("the key {0} is listed twice")]
    RepeatedKey(String),
}

/// Why a target that is listed cannot be used, or why it cannot be told whether it is listed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Listed, but the file is not there.
    #[error("{path} is listed and missing")]
    Missing {
        /// The target.
        path: String,
    },
    /// The bytes are not those that were signed for.
    #[error("{path} differs from what was signed")]
    Mismatch {
        /// The target.
        path: String,
    },
    /// It could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The issuer record is refused.
    #[error("{path}: {defect}")]
    Record {
        /// The target.
        path: String,
        /// What is wrong.
        #[source]
        defect: RecordError,
    },
    /// It is nowhere, but it may be in a province that is disabled.
    #[error("not found; disabled: {}", provinces.join(", "))]
    Disabled {
        /// The provinces that cannot be asked.
        provinces: Vec<String>,
    },
}

impl TargetError {
    /// The code of the catalogue.
    #[must_use]
    pub const fn code(&self) -> CheckCode {
        CheckCode::TrustRole
    }
}
