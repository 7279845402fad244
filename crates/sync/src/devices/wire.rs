//! How a device list is written.

use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;

use crate::Digest;

/// The payload of a device list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DevicesWire {
    /// The organisation.
    pub iss: OrgId,
    /// Seconds since 1970.
    pub iat: i64,
    /// From 1.
    pub seq: u64,
    /// The devices.
    pub devices: Vec<DeviceWire>,
    /// `age1…` recipients, the newest first.
    pub inbox: Vec<String>,
    /// The digest of the list before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Digest>,
}

/// One device of the payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceWire {
    /// The thumbprint of the key.
    pub kid: String,
    /// The key.
    pub jwk: Jwk,
    /// What people call it.
    pub name: String,
    /// Seconds since 1970.
    pub added: i64,
}

/// A public key with the members that make it and no other: a private member is refused, not passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwk {
    /// `EC` or `OKP`.
    pub kty: String,
    /// `P-256`, `SM2` or `Ed25519`.
    pub crv: String,
    /// base64url of 32 bytes.
    pub x: String,
    /// base64url of 32 bytes, of an `EC` key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

impl From<zizhi_crypto::Jwk> for Jwk {
    fn from(jwk: zizhi_crypto::Jwk) -> Self {
        Self { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }
    }
}

impl From<Jwk> for zizhi_crypto::Jwk {
    fn from(jwk: Jwk) -> Self {
        Self { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }
    }
}
