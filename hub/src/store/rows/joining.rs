//! Organisations and their devices.

use zizhi_model::OrgId;

/// A device that may sign for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The organisation.
    pub org: OrgId,
    /// Its role, as in the invitation.
    pub role: String,
    /// The key's thumbprint.
    pub kid: String,
    /// The key itself, a JWK.
    pub jwk: String,
    /// Whether the organisation's mailbox is here.
    pub mailbox: bool,
}

/// A device list that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceList {
    /// Its number, from 1.
    pub seq: i64,
    /// The JWS.
    pub jws: String,
    /// The digest of the JWS, which its successor names.
    pub sha256: String,
    /// The digest that it names as its predecessor's.
    pub previous: Option<String>,
    /// Thumbprint and JWK of each device.
    pub devices: Vec<(String, String)>,
}

/// An organisation that wants to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// `firm`, `incubator`, `voucher_fund` or `service_provider`.
    pub role: String,
    /// The invitation's `jti`.
    pub invitation: String,
    /// The first device list.
    pub list: DeviceList,
    /// Whether it gets a mailbox here; else it is here for the ledger, and its mail is at another hub.
    pub mailbox: bool,
    /// When.
    pub at: i64,
}

/// A provider of services that has joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The organisation.
    pub org: OrgId,
    /// Whether its mailbox is here; else it is here for the ledger alone.
    pub mailbox: bool,
    /// The peer that told of its devices last.
    pub hub: Option<String>,
}

/// What became of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enrolled {
    /// It joined.
    New,
    /// It had joined with this list before.
    Same,
    /// The invitation was used with another list.
    InvitationUsed,
    /// The organisation is here with another list.
    Stale,
    /// A key of the list belongs to another organisation.
    KeyTaken,
}

/// What became of a new device list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// It stands now.
    New,
    /// It stood before.
    Same,
    /// It does not follow the one that stands.
    Stale,
    /// A key of the list belongs to another organisation.
    KeyTaken,
}

/// An organisation with what one needs to seal something to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: String,
    /// The JWS of the device list that stands.
    pub list: String,
    /// Whether its mailbox is here.
    pub mailbox: bool,
}
