//! Joining a hub (docs/hub.md §4).

use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;

use crate::invitation::Role;

/// `POST /v1/organisations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The invitation, a JWS.
    pub invitation: String,
    /// The first device list, a JWS.
    pub devices: String,
}

/// The answer to [`Enrol`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolled {
    /// Who was enrolled.
    pub organisation: OrgId,
}

/// The answer to `GET /v1/organisations/<uscc>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Who it is.
    pub organisation: OrgId,
    /// Its name, from the invitation.
    pub name: String,
    /// What it is to the hub.
    pub role: Role,
    /// Its device list that stands, a JWS.
    pub devices: String,
}

/// `PUT /v1/devices`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplaceDevices {
    /// The device list that follows the one that stands, a JWS.
    pub devices: String,
}
