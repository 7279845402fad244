//! The invitation to a hub (docs/hub.md §1): who may join, as what, and until when.
//!
//! The module refuses to know whether an invitation was used, and whether an organisation that invites is
//! an incubator: the hub's own records say so.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zizhi_model::OrgId;

use crate::api::Code;
use crate::object::{Fault, Payload, name, time};
use crate::{HubId, Id};

/// The longest that an invitation may be open, in seconds.
pub const WINDOW: i64 = 30 * 24 * 3600;
/// How far the clocks of who invites and of the hub may be apart, in seconds.
pub const SKEW: i64 = 300;
/// The longest name of an organisation, in characters.
const NAME_MOST: usize = 200;

/// What an organisation is to a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A firm.
    Firm,
    /// An incubator.
    Incubator,
    /// A manager of innovation vouchers.
    VoucherFund,
    /// A provider of services that redeems vouchers.
    ServiceProvider,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Firm, Self::Incubator, Self::VoucherFund, Self::ServiceProvider];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Incubator => "incubator",
            Self::VoucherFund => "voucher_fund",
            Self::ServiceProvider => "service_provider",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Who invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inviter {
    /// The hub, by its operator.
    Hub(HubId),
    /// An incubator.
    Incubator(OrgId),
}

impl Serialize for Inviter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Hub(hub) => hub.serialize(serializer),
            Self::Incubator(organisation) => organisation.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Inviter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Ok(hub) = HubId::parse(&text) {
            return Ok(Self::Hub(hub));
        }
        OrgId::parse(&text).map(Self::Incubator).map_err(serde::de::Error::custom)
    }
}

/// What an invitation says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// Its id.
    pub jti: Id,
    /// Who invites and signs.
    pub iss: Inviter,
    /// Who is invited.
    pub sub: OrgId,
    /// The name of who is invited.
    pub name: String,
    /// What it is to be.
    pub role: Role,
    /// The hub.
    pub hub: HubId,
    /// From when it may be used, in seconds since 1970.
    pub iat: i64,
    /// From when it may not, in seconds since 1970; at most [`WINDOW`] later.
    pub exp: i64,
}

impl Payload for Invitation {
    const TYP: &'static str = "invitation+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        time("exp", wire.exp)?;
        if !(1..=WINDOW).contains(&(wire.exp - wire.iat)) {
            return Err(Fault::Time("exp"));
        }
        name("name", &wire.name, NAME_MOST)?;
        match &wire.iss {
            // docs/hub.md §1: an incubator invites firms only.
            Inviter::Incubator(_) if wire.role != Role::Firm => Err(Fault::Role),
            // A hub invites to itself.
            Inviter::Hub(hub) if *hub != wire.hub => Err(Fault::Role),
            _ => Ok(wire),
        }
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

/// Why an invitation cannot be used here and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationRefusal {
    /// It is to another hub.
    #[error("the invitation is to another hub")]
    Hub,
    /// It is for another organisation.
    #[error("the invitation is for another organisation")]
    Organisation,
    /// It is dated later than now.
    #[error("the invitation is not valid yet")]
    Early,
    /// It is over.
    #[error("the invitation has expired")]
    Expired,
}

impl InvitationRefusal {
    /// The code of docs/hub.md §4.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Hub | Self::Organisation | Self::Early => Code::InviteInvalid,
            Self::Expired => Code::InviteExpired,
        }
    }
}

impl Invitation {
    /// Whether `organisation` may use it at `hub` at the time `now`, in seconds since 1970. That it was
    /// not used before is for the caller to know.
    ///
    /// # Errors
    /// [`InvitationRefusal`].
    pub fn admits(&self, hub: &HubId, organisation: &OrgId, now: i64) -> Result<(), InvitationRefusal> {
        if self.hub != *hub {
            return Err(InvitationRefusal::Hub);
        }
        if self.sub != *organisation {
            return Err(InvitationRefusal::Organisation);
        }
        if self.iat > now.saturating_add(SKEW) {
            return Err(InvitationRefusal::Early);
        }
        // RFC 7519 §4.1.4: not on or after `exp`.
        if now >= self.exp { Err(InvitationRefusal::Expired) } else { Ok(()) }
    }
}
