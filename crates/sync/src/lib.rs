//! What travels between desktops and hubs (docs/hub.md): sealed messages, signed objects, signed requests.
//!
//! Everything that travels is an immutable signed object. [`object`] is the one way in for each of them:
//! what anybody may have written is [`object::Unverified`], what a known key signed is
//! [`object::Verified`]. [`envelope`] is a message around such a signature, [`http_signature`] a request
//! under one, and [`api`] the words that a request and its answer are made of. [`round`] says in which order
//! a desktop asks them.
//!
//! The crate refuses to open a socket or a file, to read a clock, to make randomness, and to remember
//! anything: keys, times, identifiers and what stood before are arguments. Whether the holder of a key may
//! say what it says is asked by the caller, with what this crate hands back.

#![forbid(unsafe_code)]

pub mod api;
pub mod backoff;
pub mod devices;
pub mod digest;
pub mod envelope;
pub mod http_signature;
pub mod hub_card;
pub mod hub_keys;
pub mod id;
pub mod invitation;
pub mod ledger;
pub mod object;
pub mod receipt;
pub mod round;

pub use digest::Digest;
pub use id::{HubId, Id, Token};
pub use object::{Fault, ObjectError, Payload, Unverified, Verified};

/// The longest run of bytes that a signed object of this crate may have as text, in bytes. A device list
/// of 32 devices has about 10 000.
pub const OBJECT_BYTES: usize = 64 * 1024;
