//! The hub card (docs/hub.md §1): who a hub is, and in which epoch.

use serde::{Deserialize, Serialize};
use zizhi_crypto::PublicKey;
use zizhi_model::Limits;

use crate::HubId;
use crate::devices::Jwk;
use crate::object::{Fault, ObjectError, Payload, Unverified, Verified, time};

/// The version of docs/hub.md that this crate speaks.
pub const API: u32 = 1;

/// What a hub says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubCard {
    /// Its id.
    pub hub: HubId,
    /// The key that signs its receipts.
    pub key: PublicKey,
    /// A number that only grows, raised when the hub was restored.
    pub epoch: u64,
    /// Its time, in seconds since 1970.
    pub time: i64,
    /// The version of what it speaks. This crate speaks [`API`].
    pub api: u32,
}

/// The payload of a hub card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubCardWire {
    /// The hub's id.
    pub hub: HubId,
    /// Its key.
    pub jwk: Jwk,
    /// Its epoch.
    pub epoch: u64,
    /// Seconds since 1970.
    pub time: i64,
    /// The version.
    pub api: u32,
}

impl Payload for HubCard {
    const TYP: &'static str = "hub+jwt";

    type Wire = HubCardWire;

    fn read(wire: HubCardWire) -> Result<Self, Fault> {
        time("time", wire.time)?;
        if wire.epoch > i64::MAX as u64 {
            return Err(Fault::Number("epoch"));
        }
        if wire.api != API {
            return Err(Fault::Number("api"));
        }
        let key = PublicKey::try_from(&zizhi_crypto::Jwk::from(wire.jwk))?;
        Ok(Self { hub: wire.hub, key, epoch: wire.epoch, time: wire.time, api: wire.api })
    }

    fn wire(&self) -> HubCardWire {
        HubCardWire {
            hub: self.hub.clone(),
            jwk: self.key.to_jwk().into(),
            epoch: self.epoch,
            time: self.time,
            api: self.api,
        }
    }
}

/// Why a hub card is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum HubCardError {
    /// It is not a signed hub card.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// It is of another hub than the one that is known, or shows another key than the one that signed it.
    #[error("the card is of another hub or key")]
    Hub,
    /// Its epoch is lower than one that was seen.
    #[error("the hub is in epoch {found} after {seen}")]
    Epoch {
        /// The epoch that was seen.
        seen: u64,
        /// The epoch of the card.
        found: u64,
    },
}

/// Reads the card of a hub that nobody here knows yet, signed by the key that it shows. It proves that the
/// hub has that key, and nothing about whose hub it is: a person compares the key, or a trust list has it.
///
/// # Errors
/// [`HubCardError::Object`].
pub fn introduce(text: &str, limits: &Limits) -> Result<Verified<HubCard>, HubCardError> {
    let card = Unverified::<HubCard>::parse(text, limits)?;
    let key = card.peek().key.clone();
    Ok(card.verify(&key)?)
}

/// Reads the card of the hub whose card was `known`.
///
/// # Errors
/// [`HubCardError`].
pub fn renew(known: &HubCard, text: &str, limits: &Limits) -> Result<Verified<HubCard>, HubCardError> {
    let card = Unverified::<HubCard>::parse(text, limits)?.verify(&known.key)?;
    let found = card.payload();
    if found.hub != known.hub || found.key != known.key {
        return Err(HubCardError::Hub);
    }
    // docs/hub.md §1: the epoch only grows. A hub that was set back would lose mail unseen.
    if found.epoch < known.epoch {
        return Err(HubCardError::Epoch { seen: known.epoch, found: found.epoch });
    }
    Ok(card)
}
