//! Joining a hub (docs/hub.md §4).

use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;

#[cfg(feature = "openapi")]
use super::schema;
use crate::invitation::Role;

/// `POST /v1/organisations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The invitation, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub invitation: String,
    /// The first device list, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub devices: String,
}

/// The answer to [`Enrol`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// Who was enrolled.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::OrgUrn))]
    pub organisation: OrgId,
}

/// The answer to `GET /v1/organisations/<uscc>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organisation {
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::OrgUrn))]
    pub organisation: OrgId,
    /// Its name, from the invitation.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub name: String,
    /// What it is to the hub.
    pub role: Role,
    /// Its device list that stands, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub devices: String,
}

/// `PUT /v1/devices`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplaceDevices {
    /// The device list that follows the one that stands, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub devices: String,
}
