//! When a device list is accepted.

use zizhi_model::Limits;

use super::DeviceList;
use crate::Digest;
use crate::object::{ObjectError, Unverified, Verified};

/// Why a device list is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum DevicesError {
    /// It is not a signed device list, or breaks a rule by itself.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// It is of another organisation than the list before.
    #[error("the list is of another organisation")]
    Organisation,
    /// Its `seq` is not one more than that of the list before, or not 1 in the first.
    #[error("the list has the number {found} and not {expected}")]
    Sequence {
        /// The number that it would have to have.
        expected: u64,
        /// The number that it has.
        found: u64,
    },
    /// It follows another list than the one that stands.
    #[error("the list follows another one than the one that stands")]
    Previous,
    /// No device of the list before signed it.
    #[error("no device of the list before signed it")]
    Signer,
    /// A device was removed, and the inbox key that it knows is still the first.
    #[error("a device was removed without a new inbox")]
    Inbox,
}

impl DevicesError {
    /// Whether the list was made without knowing the one that stands (`DEVICES-STALE`), rather than
    /// against the rules (`DEVICES-INVALID`).
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        matches!(self, Self::Sequence { .. } | Self::Previous)
    }
}

/// The device list of an organisation that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    list: DeviceList,
    digest: Digest,
}

impl Standing {
    /// A list that was accepted before and has since been in the caller's own keeping, where nobody else
    /// writes. Its signature is not verified again: the device that signed it may have gone since.
    ///
    /// # Errors
    /// [`ObjectError`].
    pub fn kept(text: &str, limits: &Limits) -> Result<Self, ObjectError> {
        let kept = Unverified::<DeviceList>::parse(text, limits)?;
        Ok(Self { list: kept.peek().clone(), digest: Digest::of(text.as_bytes()) })
    }

    /// The list.
    #[must_use]
    pub fn list(&self) -> &DeviceList {
        &self.list
    }

    /// The SHA-256 of its text.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl From<Verified<DeviceList>> for Standing {
    fn from(verified: Verified<DeviceList>) -> Self {
        let digest = verified.digest();
        Self { list: verified.into_payload(), digest }
    }
}

/// Accepts the first list of an organisation: number 1, signed by one of its own devices.
///
/// Anybody can make one for any organisation. Only together with an invitation to that organisation does
/// it say anything.
///
/// # Errors
/// [`DevicesError`].
pub fn first(text: &str, limits: &Limits) -> Result<Standing, DevicesError> {
    let list = Unverified::<DeviceList>::parse(text, limits)?;
    let found = list.peek().seq;
    if found != 1 {
        return Err(DevicesError::Sequence { expected: 1, found });
    }
    let key = list.kid().and_then(|kid| list.peek().device(kid)).map(|device| device.key.clone());
    Ok(list.verify(&key.ok_or(DevicesError::Signer)?)?.into())
}

/// Accepts the list that follows the one that stands.
///
/// # Errors
/// [`DevicesError`].
pub fn follow(standing: &Standing, text: &str, limits: &Limits) -> Result<Standing, DevicesError> {
    let (before, list) = (&standing.list, Unverified::<DeviceList>::parse(text, limits)?);
    if list.peek().iss != before.iss {
        return Err(DevicesError::Organisation);
    }
    let (expected, found) = (before.seq.saturating_add(1), list.peek().seq);
    if found != expected {
        return Err(DevicesError::Sequence { expected, found });
    }
    if list.peek().previous != Some(standing.digest) {
        return Err(DevicesError::Previous);
    }
    // docs/hub.md §1: a device of the list before, so that a new device cannot add itself.
    let signer = list.kid().and_then(|kid| before.device(kid)).ok_or(DevicesError::Signer)?;
    let accepted = list.verify(&signer.key)?;
    let now = accepted.payload();
    // docs/hub.md §1: whoever had a removed device could go on reading.
    let removed = before.devices.iter().any(|device| now.device(device.key.key_id().as_str()).is_none());
    if removed && before.inbox.iter().any(|recipient| recipient == now.newest_inbox()) {
        return Err(DevicesError::Inbox);
    }
    Ok(accepted.into())
}
