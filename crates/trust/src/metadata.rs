//! TUF metadata as it is written: the envelope, the keys, and the four kinds of role (TUF 1.0 §4).
//!
//! Reading checks form and signatures, and nothing about time, versions or what was trusted before;
//! that is the workflow of [`crate::client`].

mod envelope;
mod keys;
mod pairs;
mod root;
mod snapshot;
mod targets;

pub use envelope::{Envelope, Head};
pub use keys::{KeyRing, RoleKeys};
pub use root::Root;
pub use snapshot::{Hashes, MetaFile, Snapshot, Timestamp};
pub use targets::{Delegation, Delegations, TargetInfo, Targets};
