//! Request, manifest and container of a dossier: assemble, seal, open.
//!
//! A dossier is a ZIP whose manifest, signed by the firm, lists every credential and attachment with
//! its digest. This crate makes such files and says what is in one:
//!
//! 1. [`container::open`] reads the bytes once, trusts nothing, and notes every broken rule;
//! 2. [`manifest::Unverified`] → [`manifest::Verified`] finds out what the firm signed;
//! 3. [`container::compare`] holds the two against each other.
//!
//! A request ([`request`]) is what a destination signs to ask for a dossier.
//!
//! The crate refuses to judge: whether the key may sign, whether the request is still open and whether
//! the credentials are worth anything is decided elsewhere. It reads no clock and no disk of its own.

#![forbid(unsafe_code)]

pub mod assemble;
pub mod container;
pub mod digest;
pub mod ids;
pub mod manifest;
mod members;
pub mod problem;
pub mod request;
pub mod seal;

pub use assemble::{AssembleError, Assembled, Attached, Presented, assemble};
pub use container::{Opened, compare, looks, open};
pub use digest::Digest;
pub use manifest::Manifest;
pub use members::{MemberError, MemberFault};
pub use problem::{Problem, ReadError};
pub use request::Request;
pub use seal::{UnsealError, seal, unseal};

/// What the entry `mimetype` holds, byte for byte.
pub const MIMETYPE: &str = "application/vnd.zizhitong.dossier+zip";
/// The entry with the manifest.
pub const MANIFEST: &str = "manifest.jwt";
/// The subject of problems that concern the container as a whole.
pub const WHOLE: &str = "dossier";
