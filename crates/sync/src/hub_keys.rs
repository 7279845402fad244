//! The keys of a hub over time (docs/hub.md §1).
//!
//! A hub that nobody has registered has one key: that of its card, as people compared it. One that its province has
//! registered has the keys of that record: what an ended key signed until its end stays good, and of a revoked one
//! nothing that is dated at or after its revocation.

use zizhi_crypto::PublicKey;

use crate::ledger::{Hold, RedemptionReceipt};
use crate::object::{ObjectError, Payload, Unverified, Verified};
use crate::receipt::MailReceipt;

/// A key of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubKey {
    /// The key.
    pub key: PublicKey,
    /// The last second of what it may have signed, since 1970; open while it is in use.
    pub until: Option<i64>,
    /// From when it is not believed, since 1970.
    pub revoked: Option<i64>,
}

impl HubKey {
    /// Whether it may have signed something of this time.
    ///
    /// There is no beginning: a hub signs with the key that it has now what it booked before.
    #[must_use]
    pub fn covers(&self, at: i64) -> bool {
        self.until.is_none_or(|until| at <= until) && self.revoked.is_none_or(|revoked| at < revoked)
    }
}

/// All keys of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubKeys(Vec<HubKey>);

impl HubKeys {
    /// These keys.
    #[must_use]
    pub const fn new(keys: Vec<HubKey>) -> Self {
        Self(keys)
    }

    /// The keys, in the order in which they were given.
    #[must_use]
    pub fn all(&self) -> &[HubKey] {
        &self.0
    }

    /// The key that this id names, if it may have signed something of this time.
    #[must_use]
    pub fn at(&self, kid: &str, at: i64) -> Option<&PublicKey> {
        let named = self.0.iter().find(|one| one.key.key_id().as_str() == kid)?;
        named.covers(at).then_some(&named.key)
    }

    /// Whether the key that this id names was revoked, whenever.
    #[must_use]
    pub fn is_revoked(&self, kid: &str) -> bool {
        self.0.iter().any(|one| one.revoked.is_some() && one.key.key_id().as_str() == kid)
    }

    /// Verifies what the hub is said to have signed.
    ///
    /// # Errors
    /// [`ObjectError::Kid`] where the header names none of the keys, or one that cannot have signed something of that
    /// time; [`ObjectError::Jws`].
    pub fn verify<P: OfHub>(&self, unverified: Unverified<'_, P>) -> Result<Verified<P>, ObjectError> {
        let at = unverified.peek().at();
        let key = unverified.kid().and_then(|kid| self.at(kid, at)).ok_or(ObjectError::Kid)?;
        unverified.verify(key)
    }
}

impl From<PublicKey> for HubKeys {
    fn from(key: PublicKey) -> Self {
        Self(vec![HubKey { key, until: None, revoked: None }])
    }
}

/// What a hub signs about a moment.
pub trait OfHub: Payload {
    /// The moment, in seconds since 1970.
    fn at(&self) -> i64;
}

impl OfHub for MailReceipt {
    fn at(&self) -> i64 {
        self.at
    }
}

impl OfHub for RedemptionReceipt {
    fn at(&self) -> i64 {
        self.at
    }
}

impl OfHub for Hold {
    fn at(&self) -> i64 {
        self.at
    }
}
