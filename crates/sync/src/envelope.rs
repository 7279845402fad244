//! The message `.zzmsg` (docs/hub.md §1): an age file around a signed line, a body, and zeros.
//!
//! The hub that carries it sees sender, recipient, time and a size class. Nothing that comes out of a
//! message counts before its end was seen and its line verified: the sink with the body is handed out by
//! [`Verified`] alone.

mod kind;
mod open;
mod seal;

use serde::{Deserialize, Serialize};
use zizhi_crypto::sealed::SealedError;
use zizhi_model::OrgId;

use crate::object::{Fault, ObjectError, Payload, time};
use crate::{Digest, Id};

pub use kind::Kind;
pub use open::{Unverified, Verified, open, open_bytes};
pub use seal::{seal, seal_bytes};

/// The longest first line, in bytes. Ours have about 700.
pub const LINE_BYTES: usize = 4 * 1024;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// What the first line of a message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The message id.
    pub jti: Id,
    /// The sender.
    pub iss: OrgId,
    /// The recipient.
    pub aud: OrgId,
    /// What the body is.
    pub kind: Kind,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// The digest of the body.
    pub body_sha256: Digest,
    /// The length of the body in bytes.
    pub body_len: u64,
}

impl Payload for Envelope {
    const TYP: &'static str = "envelope+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        if wire.body_len == 0 { Err(Fault::Number("body_len")) } else { Ok(wire) }
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

/// Why a message is not sealed or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Not an age file, truncated, altered, or sealed to somebody else.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// Unsealed it is longer than so many bytes.
    #[error("the message is longer than {0} bytes")]
    Size(u64),
    /// It does not begin with a line of at most [`LINE_BYTES`] bytes.
    #[error("the message does not begin with a signed line")]
    Line,
    /// The line is not a signed envelope.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// It was written for another organisation.
    #[error("the message is addressed to {0}")]
    Audience(OrgId),
    /// The body is shorter or longer than the line says.
    #[error("the body has not the length that was signed")]
    Length,
    /// The body is not the one that was signed.
    #[error("the body has not the digest that was signed")]
    Digest,
    /// What follows the body is not zeros up to the size class.
    #[error("something else than zeros follows the body")]
    Padding,
}

/// The size in bytes that a message of `length` bytes is filled up to: 1, 2, 4, … KiB up to 1 MiB, then
/// whole MiB.
#[must_use]
pub fn size_class(length: u64) -> u64 {
    if length <= MIB {
        length.max(KIB).checked_next_power_of_two().unwrap_or(MIB)
    } else {
        length.div_ceil(MIB).saturating_mul(MIB)
    }
}
