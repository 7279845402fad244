//! Requests under the signature of a device: the profile of RFC 9421 in docs/hub.md §2.
//!
//! One label, two algorithms, a fixed set of parameters and of what is covered: whatever else RFC 9421
//! allows is refused, since every choice would be the attacker's. The algorithm comes from the key.
//!
//! The module refuses to remember nonces and to find keys. [`Unverified`] names the key to look up;
//! [`Verified`] has the nonce, and until when it has to be remembered.

mod base;
mod sign;
mod verify;

use zizhi_crypto::digest::Sha256;

use crate::Digest;
use crate::api::Code;

pub use base::{content_digest, signature_base};
pub use sign::{Stamp, sign};
pub use verify::{Unverified, Verified};

/// The label under which the signature stands in both fields.
pub const LABEL: &str = "zizhi";
/// The parameter `tag`.
pub const TAG: &str = "zizhi-hub-1";
/// The longest that a signature may live, from `created` to `expires`, in seconds.
pub const LIFETIME: i64 = 300;
/// How far a device's clock may be off, in seconds.
pub const SKEW: i64 = 300;
/// The longest value of a field that is looked at, in bytes.
pub const FIELD_BYTES: usize = 4 * 1024;

/// Fields that are covered wherever they are there.
const COVERED_IF_THERE: [&str; 4] = ["idempotency-key", "zizhi-to", "zizhi-from", "upload-offset"];
/// Fields that are covered wherever there is a body.
const COVERED_WITH_BODY: [&str; 2] = ["content-digest", "content-type"];

/// A request as far as a signature is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The absolute URI with its query (RFC 9421 §2.2.2), as the client wrote it. A hub puts its own
    /// address before the path that it was asked for, never the `Host` of the request.
    pub target_uri: &'a str,
    /// Every field: name in any case, value; repeated ones repeatedly.
    pub fields: &'a [(&'a str, &'a str)],
    /// The digest of the body; `None` where there is none. A body of no bytes is none.
    pub body: Option<Digest>,
}

impl<'a> Request<'a> {
    /// The value of a field; `None` where it is not there.
    fn field(&self, name: &'static str) -> Result<Option<&'a str>, AuthError> {
        let mut values =
            self.fields.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        let Some(value) = values.next() else { return Ok(None) };
        // RFC 9421 §2.1 joins repeated fields. None of ours has a meaning when repeated, and programs on
        // the way differ in which one they take.
        if values.next().is_some() {
            return Err(AuthError::Repeated(name));
        }
        let value = value.trim_matches([' ', '\t']);
        let clean = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if clean && value.len() <= FIELD_BYTES { Ok(Some(value)) } else { Err(AuthError::Form(name)) }
    }

    /// Everything that a signature of this request has to cover.
    fn must_cover(&self) -> Result<Vec<&'static str>, AuthError> {
        let mut names = vec!["@method", "@target-uri"];
        if self.body.is_some() {
            names.extend(COVERED_WITH_BODY);
        }
        for name in COVERED_IF_THERE {
            if self.field(name)?.is_some() {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// The value of a covered component (RFC 9421 §2).
    fn component(&self, name: &'static str) -> Result<&'a str, AuthError> {
        match name {
            "@method" => Ok(self.method),
            "@target-uri" => Ok(self.target_uri),
            name => self.field(name)?.ok_or(AuthError::Missing(name)),
        }
    }
}

/// The digest of a body that is at hand; `None` for no bytes.
#[must_use]
pub fn body(bytes: &[u8]) -> Option<Digest> {
    if bytes.is_empty() { None } else { Some(Digest::of(bytes)) }
}

/// The digest of a body that arrives in pieces; `None` for no bytes.
#[derive(Clone, Default)]
pub struct BodyDigest {
    state: Sha256,
    size: u64,
}

impl std::fmt::Debug for BodyDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BodyDigest").field("size", &self.size).finish_non_exhaustive()
    }
}

impl BodyDigest {
    /// How many bytes there were.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.state.update(piece);
        self.size = self.size.saturating_add(piece.len() as u64);
    }

    /// The digest of all pieces, and their length in bytes.
    #[must_use]
    pub fn finish(self) -> (Option<Digest>, u64) {
        let digest = Digest(self.state.finish());
        (Some(digest).filter(|_| self.size > 0), self.size)
    }
}

/// Why a request is not signed or not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// A field that has to be there is not.
    #[error("the field {0} is missing")]
    Missing(&'static str),
    /// A field that may be there once is there again.
    #[error("the field {0} is there more than once")]
    Repeated(&'static str),
    /// A field, a parameter or a part of the request is not written as this profile demands.
    #[error("{0} is not written as it has to be")]
    Form(&'static str),
    /// Neither field has a signature with our label.
    #[error("there is no signature labelled {LABEL}")]
    Label,
    /// Something that has to be covered is not.
    #[error("the signature does not cover {0}")]
    Uncovered(&'static str),
    /// Something is covered that this profile does not know, or the same twice.
    #[error("the signature covers something unknown, or something twice")]
    Covers,
    /// A parameter that this profile does not know, `alg` among them.
    #[error("the signature has a parameter that is not allowed")]
    Parameter,
    /// `created` or `expires` is outside what is allowed.
    #[error("the signature was made for another time")]
    Time,
    /// The key is not the one that the signature names, or cannot sign requests.
    #[error("not a key for this signature")]
    Key,
    /// The body is not the one that was signed.
    #[error("the body has not the digest that was signed")]
    Digest,
    /// The signature does not verify.
    #[error("the signature does not verify")]
    Signature,
}

impl AuthError {
    /// The code of docs/hub.md §2.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Missing(_)
            | Self::Repeated(_)
            | Self::Form(_)
            | Self::Label
            | Self::Uncovered(_)
            | Self::Covers
            | Self::Parameter => Code::AuthMissing,
            Self::Time => Code::AuthTime,
            Self::Key => Code::AuthKey,
            Self::Digest | Self::Signature => Code::AuthSignature,
        }
    }
}
