//! Other hubs, their organisations, and what is on its way to them.

use zizhi_model::OrgId;

use super::Message;

/// Another hub that mail is exchanged with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its id.
    pub hub: String,
    /// The thumbprint of its key.
    pub kid: String,
    /// The key itself, a JWK.
    pub jwk: String,
    /// Scheme, host and port under which it is reached, without a slash at the end.
    pub origin: String,
    /// The provinces whose organisations it speaks for, two digits each.
    pub provinces: Vec<String>,
    /// Organisations that it speaks for whatever their province.
    pub organisations: Vec<OrgId>,
    /// When it was added.
    pub added: i64,
}

/// What became of a peer that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerAdded {
    /// It is new.
    New,
    /// It was there with this key, and is now as given.
    Changed,
    /// It is there with another key, or the key is another peer's.
    OtherKey,
    /// One of the organisations is named for this other peer.
    OrganisationOf(String),
}

/// An organisation of another hub, as that hub told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// The organisation.
    pub org: OrgId,
    /// Its hub.
    pub hub: String,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: String,
    /// The number of its device list.
    pub seq: i64,
    /// The JWS of its device list.
    pub list: String,
    /// When its hub told.
    pub seen: i64,
}

/// Which way a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// From one organisation of this hub to another.
    Here,
    /// From an organisation of another hub to one of this.
    From {
        /// The peer that brings it.
        hub: String,
        /// Bytes that may wait here of all that this peer brought.
        quota: i64,
    },
    /// From an organisation of this hub to one of another.
    To {
        /// The peer that it goes to.
        hub: String,
    },
}

/// A message that was taken out of the outbox for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The message with the place of its body.
    pub message: Message,
    /// How long it waited last, in milliseconds; 0 before the first time.
    pub wait: i64,
}

/// What became of a message that was taken out of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The other hub has it.
    Delivered,
    /// It is still under way, and nobody else takes it before then (milliseconds since 1970).
    Kept(i64),
    /// It did not go.
    Later {
        /// When it is tried again, in milliseconds since 1970.
        due: i64,
        /// The wait until then, in milliseconds.
        wait: i64,
        /// Why, a code.
        code: String,
    },
}

/// What waits for one peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The peer.
    pub hub: String,
    /// How many messages.
    pub messages: i64,
    /// When the oldest came in, in seconds since 1970.
    pub oldest: i64,
    /// Why one of them has not gone, a code.
    pub code: Option<String>,
}
