//! How another computer of an organisation comes onto its device list: what it asks with, and what a device of the
//! list answers. Both are carried by hand, as files; the answer is sealed, with the inbox identities behind it.

use serde::{Deserialize, Serialize};
use zizhi_crypto::sealed;
use zizhi_model::{Limits, OrgId};

use super::{Device, DeviceList, DeviceWire, DevicesError, NAME_MOST, Standing};
use crate::invitation::Role;
use crate::object::{Fault, ObjectError, Payload, Unverified, name, text, time};

/// The longest address of a hub, in characters.
const URL_MOST: usize = 300;
/// The longest name of an organisation, in characters.
const ORGANISATION_MOST: usize = 200;

/// A computer asks to be a device of its organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceRequest {
    /// The organisation.
    pub iss: OrgId,
    /// Its key, its name, and when it asked.
    pub device: Device,
    /// Where the answer is sealed to, `age1…`.
    pub inbox: String,
}

/// The payload of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceRequestWire {
    /// The organisation.
    pub iss: OrgId,
    /// The device that asks.
    pub device: DeviceWire,
    /// An `age1…` recipient.
    pub inbox: String,
}

/// What a computer needs that is on the list now: its organisation's hub and device list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceAnswer {
    /// The organisation.
    pub iss: OrgId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// The thumbprint of the device that asked.
    pub device: String,
    /// The hub's address: scheme, host and port.
    pub url: String,
    /// The hub card, a JWS.
    pub card: String,
    /// What the organisation is to the hub.
    pub role: Role,
    /// What the hub calls the organisation.
    pub name: String,
    /// The device list, a JWS.
    pub devices: String,
}

/// The payload of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceAnswerWire {
    /// The organisation.
    pub iss: OrgId,
    /// Seconds since 1970.
    pub iat: i64,
    /// A thumbprint.
    pub device: String,
    /// Scheme, host and port.
    pub url: String,
    /// A JWS.
    pub card: String,
    /// The role at the hub.
    pub role: Role,
    /// A name.
    pub name: String,
    /// A JWS.
    pub devices: String,
}

impl Payload for DeviceRequest {
    const TYP: &'static str = "device-request+jwt";

    type Wire = DeviceRequestWire;

    fn read(wire: DeviceRequestWire) -> Result<Self, Fault> {
        if !sealed::is_recipient(&wire.inbox) {
            return Err(Fault::Recipient);
        }
        Ok(Self { iss: wire.iss, device: wire.device.read()?, inbox: wire.inbox })
    }

    fn wire(&self) -> DeviceRequestWire {
        DeviceRequestWire { iss: self.iss, device: DeviceWire::of(&self.device), inbox: self.inbox.clone() }
    }
}

impl Payload for DeviceAnswer {
    const TYP: &'static str = "device-answer+jwt";

    type Wire = DeviceAnswerWire;

    fn read(wire: DeviceAnswerWire) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        text("device", &wire.device, NAME_MOST)?;
        text("url", &wire.url, URL_MOST)?;
        name("name", &wire.name, ORGANISATION_MOST)?;
        let DeviceAnswerWire { iss, iat, device, url, card, role, name, devices } = wire;
        Ok(Self { iss, iat, device, url, card, role, name, devices })
    }

    fn wire(&self) -> DeviceAnswerWire {
        let Self { iss, iat, device, url, card, role, name, devices } = self.clone();
        DeviceAnswerWire { iss, iat, device, url, card, role, name, devices }
    }
}

/// Reads a request that its own device signed: so nobody has put another inbox beside the key that people compare.
/// Whose computer it is, the signature does not say.
///
/// # Errors
/// [`ObjectError`].
pub fn introduce(text: &str, limits: &Limits) -> Result<DeviceRequest, ObjectError> {
    let request = Unverified::<DeviceRequest>::parse(text, limits)?;
    let key = request.peek().device.key.clone();
    Ok(request.verify(&key)?.into_payload())
}

/// Reads an answer with the device list in it: a device of that list signed the answer, and one of it the list. Gives
/// that device too. Whether it is the organisation's own, the file does not say: nobody else could have opened what
/// was sealed to the recipient, but anybody may seal.
///
/// # Errors
/// [`DevicesError`].
pub fn answered(text: &str, limits: &Limits) -> Result<(DeviceAnswer, Standing, Device), DevicesError> {
    let answer = Unverified::<DeviceAnswer>::parse(text, limits)?;
    let devices = answer.peek().devices.clone();
    let list = Unverified::<DeviceList>::parse(&devices, limits)?;
    if list.peek().iss != answer.peek().iss {
        return Err(DevicesError::Organisation);
    }
    let of = |kid: Option<&str>| kid.and_then(|kid| list.peek().device(kid)).cloned();
    let signer = of(list.kid()).ok_or(DevicesError::Signer)?;
    let by = of(answer.kid()).ok_or(DevicesError::Signer)?;
    let standing = Standing::from(list.verify(&signer.key)?);
    Ok((answer.verify(&by.key)?.into_payload(), standing, by))
}
