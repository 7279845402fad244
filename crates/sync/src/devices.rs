//! The device list of an organisation (docs/hub.md §1), and how one list follows another.
//!
//! A list is a link of a chain: each is signed by a device of the one before. [`first`] and [`follow`] are
//! the ways in. Who an organisation is does not follow from its first list, which signs itself; an
//! invitation says so.

mod chain;
pub mod pairing;
mod wire;

use zizhi_crypto::{PublicKey, sealed};
use zizhi_model::OrgId;

use crate::Digest;
use crate::object::{Fault, Payload, distinct, name, time};

pub use chain::{DevicesError, Standing, first, follow};
pub use wire::{DeviceWire, DevicesWire, Jwk};

/// The most devices of one organisation.
pub const DEVICES_MOST: usize = 32;
/// The most inbox recipients of one organisation.
pub const INBOX_MOST: usize = 4;
/// The longest name of a device, in characters.
const NAME_MOST: usize = 64;

/// One device.
#[derive(Debug, Clone, PartialEq)]
pub struct Device {
    /// The key that it signs with; its thumbprint is the `kid`.
    pub key: PublicKey,
    /// What people call it.
    pub name: String,
    /// When it was added, in seconds since 1970.
    pub added: i64,
}

/// The devices of an organisation, and where to seal what is meant for it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceList {
    /// The organisation.
    pub iss: OrgId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// From 1, each list one more than the one before.
    pub seq: u64,
    /// 1 to [`DEVICES_MOST`].
    pub devices: Vec<Device>,
    /// `age1…` recipients, 1 to [`INBOX_MOST`], the newest first. Messages are sealed to the first.
    pub inbox: Vec<String>,
    /// The digest of the list before; none in the first.
    pub previous: Option<Digest>,
}

impl DeviceList {
    /// The first list of an organisation, to be signed by its one device.
    #[must_use]
    pub fn begin(organisation: OrgId, device: Device, inbox: String) -> Self {
        let iat = device.added;
        Self { iss: organisation, iat, seq: 1, devices: vec![device], inbox: vec![inbox], previous: None }
    }

    /// The list that follows `standing` with one more device.
    #[must_use]
    pub fn adding(standing: &Standing, device: Device) -> Self {
        let mut list = Self::after(standing, device.added);
        list.devices.push(device);
        list
    }

    /// The list that follows `standing` without the device `kid`. That device knows the inbox key, so
    /// there has to be a new one; older ones are dropped where they are too many.
    #[must_use]
    pub fn removing(standing: &Standing, kid: &str, inbox: String, iat: i64) -> Self {
        let mut list = Self::renewing(standing, inbox, iat);
        list.devices.retain(|device| device.key.key_id() != kid);
        list
    }

    /// The list that follows `standing` with a new inbox.
    #[must_use]
    pub fn renewing(standing: &Standing, inbox: String, iat: i64) -> Self {
        let mut list = Self::after(standing, iat);
        list.inbox.insert(0, inbox);
        list.inbox.truncate(INBOX_MOST);
        list
    }

    fn after(standing: &Standing, iat: i64) -> Self {
        let before = standing.list();
        let seq = before.seq.saturating_add(1);
        Self { iat, seq, previous: Some(standing.digest()), ..before.clone() }
    }

    /// The device whose key has the thumbprint `kid`.
    #[must_use]
    pub fn device(&self, kid: &str) -> Option<&Device> {
        self.devices.iter().find(|device| device.key.key_id() == kid)
    }

    /// Where to seal what is meant for the organisation.
    #[must_use]
    pub fn newest_inbox(&self) -> &str {
        // A list that was read has one.
        self.inbox.first().map_or("", String::as_str)
    }
}

impl Payload for DeviceList {
    const TYP: &'static str = "device-list+jwt";

    type Wire = DevicesWire;

    fn read(wire: DevicesWire) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        if !(1..=i64::MAX as u64).contains(&wire.seq) {
            return Err(Fault::Number("seq"));
        }
        if (wire.seq == 1) != wire.previous.is_none() {
            return Err(Fault::Previous);
        }
        if !(1..=DEVICES_MOST).contains(&wire.devices.len()) {
            return Err(Fault::Count("devices"));
        }
        if !(1..=INBOX_MOST).contains(&wire.inbox.len()) {
            return Err(Fault::Count("inbox"));
        }
        if !wire.inbox.iter().all(|recipient| sealed::is_recipient(recipient)) {
            return Err(Fault::Recipient);
        }
        distinct("inbox", &wire.inbox)?;
        let devices = wire.devices.into_iter().map(DeviceWire::read).collect::<Result<Vec<_>, _>>()?;
        let kids: Vec<_> = devices.iter().map(|device| device.key.key_id()).collect();
        distinct("devices", &kids)?;
        let (iss, iat, seq) = (wire.iss, wire.iat, wire.seq);
        Ok(Self { iss, iat, seq, devices, inbox: wire.inbox, previous: wire.previous })
    }

    fn wire(&self) -> DevicesWire {
        DevicesWire {
            iss: self.iss,
            iat: self.iat,
            seq: self.seq,
            devices: self.devices.iter().map(DeviceWire::of).collect(),
            inbox: self.inbox.clone(),
            previous: self.previous,
        }
    }
}

impl DeviceWire {
    fn read(self) -> Result<Device, Fault> {
        name("name", &self.name, NAME_MOST)?;
        time("added", self.added)?;
        let key = PublicKey::try_from(&zizhi_crypto::Jwk::from(self.jwk))?;
        // docs/hub.md, second paragraph: a key has one name.
        if *key.key_id() != *self.kid {
            Err(Fault::Thumbprint)
        } else {
            Ok(Device { key, name: self.name, added: self.added })
        }
    }

    fn of(device: &Device) -> Self {
        Self {
            kid: device.key.key_id().to_string(),
            jwk: device.key.to_jwk().into(),
            name: device.name.clone(),
            added: device.added,
        }
    }
}
