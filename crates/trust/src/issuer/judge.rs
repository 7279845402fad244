//! Whether a key may have signed what it signed, when it signed it (formats.md §3).

use chrono::{DateTime, Utc};
use zizhi_crypto::PublicKey;
use zizhi_model::{CheckCode, Outcome};

use super::{IssuerKey, IssuerRecord, KeyUse, Material};

/// What the register says about a signature: by key id, use and the time the signer states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyJudgement<'a> {
    /// The key may sign this, and could today.
    Good(&'a PublicKey),
    /// `SIG-KEY-HISTORICAL`: the key has ended since; the signature lies inside its validity.
    Historical {
        /// The key.
        key: &'a PublicKey,
        /// When it ended.
        ended: DateTime<Utc>,
    },
    /// `SIG-KEY-REVOKED`, pending: signed before the revocation, but only by the signer's own clock.
    RevokedSince {
        /// The key.
        key: &'a PublicKey,
        /// When it was revoked.
        revoked_at: DateTime<Utc>,
        /// Why, if the register says.
        reason: Option<&'a str>,
    },
    /// `SIG-KEY-REVOKED`, fail: signed at or after the revocation.
    Revoked {
        /// The key.
        key: &'a PublicKey,
        /// When it was revoked.
        revoked_at: DateTime<Utc>,
        /// Why, if the register says.
        reason: Option<&'a str>,
    },
    /// `SIG-KEY-NOT-YET`: signed before the key's life began.
    NotYet {
        /// The key.
        key: &'a PublicKey,
        /// When its life began.
        valid_from: DateTime<Utc>,
    },
    /// `SIG-KEY-EXPIRED`: signed after the key's life ended.
    Expired {
        /// The key.
        key: &'a PublicKey,
        /// When its life ended.
        valid_until: DateTime<Utc>,
    },
    /// `SIG-USE`: the key is not for this.
    WrongUse {
        /// The key.
        key: &'a PublicKey,
    },
    /// `KEY-WEAK`, or `SIG-ALG` for a key that is none of ours.
    Refused {
        /// Which of the two.
        code: CheckCode,
    },
    /// `SIG-UNKNOWN-KEY`: the issuer never listed such a key. Pending while the trust data is not
    /// current, which only the caller knows.
    Unknown,
}

impl<'a> KeyJudgement<'a> {
    /// The check code, or `None` if there is nothing to say.
    #[must_use]
    pub const fn code(&self) -> Option<CheckCode> {
        match self {
            Self::Good(_) => None,
            Self::Historical { .. } => Some(CheckCode::SigKeyHistorical),
            Self::RevokedSince { .. } | Self::Revoked { .. } => Some(CheckCode::SigKeyRevoked),
            Self::NotYet { .. } => Some(CheckCode::SigKeyNotYet),
            Self::Expired { .. } => Some(CheckCode::SigKeyExpired),
            Self::WrongUse { .. } => Some(CheckCode::SigUse),
            Self::Refused { code } => Some(*code),
            Self::Unknown => Some(CheckCode::SigUnknownKey),
        }
    }

    /// The outcome of that check on current trust data (formats.md §6).
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Good(_) => Outcome::Pass,
            Self::Historical { .. } => Outcome::Info,
            Self::RevokedSince { .. } => Outcome::Pending,
            _ => Outcome::Fail,
        }
    }

    /// The key to check the signature with, whatever the judgement; `None` if there is no usable one.
    #[must_use]
    pub const fn key(&self) -> Option<&'a PublicKey> {
        match self {
            Self::Good(key)
            | Self::Historical { key, .. }
            | Self::RevokedSince { key, .. }
            | Self::Revoked { key, .. }
            | Self::NotYet { key, .. }
            | Self::Expired { key, .. }
            | Self::WrongUse { key } => Some(key),
            Self::Refused { .. } | Self::Unknown => None,
        }
    }
}

impl IssuerRecord {
    /// Judges a signature that names the key `kid`, was made for `wanted`, and states the time
    /// `iat` (NumericDate). It does not check the signature.
    ///
    /// What fails comes before what is pending, and that before what is only told.
    #[must_use]
    pub fn judge_key(&self, kid: &str, wanted: KeyUse, iat: i64, now: DateTime<Utc>) -> KeyJudgement<'_> {
        self.key(kid).map_or(KeyJudgement::Unknown, |entry| entry.judge(wanted, iat, now))
    }
}

impl IssuerKey {
    /// As [`IssuerRecord::judge_key`], for this key.
    #[must_use]
    pub fn judge(&self, wanted: KeyUse, iat: i64, now: DateTime<Utc>) -> KeyJudgement<'_> {
        let key = match &self.material {
            Material::Usable(key) => key,
            Material::Refused(code) => return KeyJudgement::Refused { code: *code },
        };
        if !self.uses.contains(&wanted) {
            return KeyJudgement::WrongUse { key };
        }
        let reason = self.revoked_reason.as_deref();
        // "iat at or after revoked_at fails."
        if let Some(revoked_at) = self.revoked_at.filter(|at| iat >= at.timestamp()) {
            return KeyJudgement::Revoked { key, revoked_at, reason };
        }
        // "A key verifies what was signed inside its validity."
        if iat < self.valid_from.timestamp() {
            return KeyJudgement::NotYet { key, valid_from: self.valid_from };
        }
        if let Some(valid_until) = self.valid_until.filter(|until| iat > until.timestamp()) {
            return KeyJudgement::Expired { key, valid_until };
        }
        // "After revoked_at, and for a signature whose iat is before it but which is backed by
        // nothing but the signer's own clock, the result is pending." A revocation announced for a
        // later day has not happened yet.
        if let Some(revoked_at) = self.revoked_at.filter(|at| now >= *at) {
            return KeyJudgement::RevokedSince { key, revoked_at, reason };
        }
        // "Historical keys stay listed."
        match self.valid_until.filter(|until| now > *until) {
            Some(ended) => KeyJudgement::Historical { key, ended },
            None => KeyJudgement::Good(key),
        }
    }
}
