//! Other hubs, their organisations, and what is on its way to them.

use zizhi_model::OrgId;
use zizhi_sync::api::{Code, MESSAGE_BYTES};

use super::{Message, NewMessage};

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

/// What became of the mail of an organisation whose mailbox went to another hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Messages that waited here and are on their way there.
    pub messages: i64,
    /// Those that another peer had brought: no hub passes them on, and nobody fetches them here.
    pub left: i64,
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
    /// It did not go, for a reason of its own that may pass.
    Later {
        /// When it is tried again, in milliseconds since 1970.
        due: i64,
        /// The wait until then, in milliseconds.
        wait: i64,
        /// Why, a code.
        code: String,
    },
    /// It did not go, and the other hub said nothing of it: where it was refused before, it still is.
    Unheard {
        /// When it is tried again, in milliseconds since 1970.
        due: i64,
        /// The wait until then, in milliseconds.
        wait: i64,
        /// Why, a code.
        code: String,
    },
    /// It was not tried, as the line is left alone. What it waited before for itself stays.
    Behind {
        /// Until when, in milliseconds since 1970.
        due: i64,
        /// Why, a code.
        code: String,
    },
    /// It was refused for good: it is parked until somebody has done something, and tried seldom meanwhile.
    Parked {
        /// When it is tried again, in milliseconds since 1970.
        due: i64,
        /// The wait until then, in milliseconds.
        wait: i64,
        /// Why, a code.
        code: String,
        /// Since when it is parked, unless it was before, in seconds since 1970.
        at: i64,
    },
}

/// A message that did not go to its hub by its own doing, and what an operator may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// Its id.
    pub id: String,
    /// The hub that it is for.
    pub hub: String,
    /// The sender, as it is written in the row: this may be what is wrong with it.
    pub from: String,
    /// The recipient.
    pub to: String,
    /// Its bytes.
    pub len: i64,
    /// When it came in, in seconds since 1970.
    pub at: i64,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried again, in milliseconds since 1970.
    pub due: i64,
    /// Why it has not gone, a code.
    pub code: Option<String>,
    /// Since when it is parked, if it is, in seconds since 1970.
    pub parked: Option<i64>,
}

/// A message that its recipient's hub refused for good: it is parked, or was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedMessage {
    /// Its id.
    pub id: String,
    /// Why, a code.
    pub code: String,
    /// When it was first refused, in seconds since 1970.
    pub at: i64,
}

/// What waits for one peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The peer.
    pub hub: String,
    /// How many messages.
    pub messages: i64,
    /// How many of them are parked.
    pub parked: i64,
    /// When the oldest came in, in seconds since 1970.
    pub oldest: i64,
    /// Why one of them has not gone, a code.
    pub code: Option<String>,
}

/// A day in milliseconds.
const DAY: i64 = 24 * 3600 * 1000;

/// Bytes of the largest message that goes to another hub in one piece.
pub(in crate::store) const WHOLE: i64 = MESSAGE_BYTES.cast_signed();

/// Whether a message goes to another hub in pieces.
pub(in crate::store) fn is_large(message: &NewMessage) -> bool {
    message.len > WHOLE
}

/// What becomes of a row of the outbox whose message cannot be read at the time `now` (milliseconds since 1970).
pub(in crate::store) fn unreadable(now: i64) -> Settled {
    let code = Code::HubFailed.as_str().to_owned();
    Settled::Parked { due: now.saturating_add(DAY), wait: DAY, code, at: now / 1000 }
}
