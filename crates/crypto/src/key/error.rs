//! What can be wrong with a key or a signature.

use zizhi_model::{CheckCode, JsonError};

use crate::Algorithm;

/// A signature that does not verify. There is deliberately no more to know about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not verify")]
pub struct SignatureInvalid;

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The JWK is not JSON, or ambiguous JSON.
    #[error("the key is not readable JSON: {0}")]
    Json(#[from] JsonError),
    /// A member of the JWK is absent or of the wrong form.
    #[error("the member {0:?} of the key is missing or malformed")]
    Member(&'static str),
    /// A kind of key that formats.md §0 does not know, or one that this build leaves out.
    #[error("a kind of key that is not supported: {0}")]
    Unsupported(String),
    /// The key would make forging easy, or is no key at all.
    #[error("a weak key: {0}")]
    Weak(Weakness),
    /// The JWK names an algorithm that its own key does not have.
    #[error("the key says {said:?} but is a key for {is}")]
    Algorithm {
        /// The `alg` member.
        said: String,
        /// What the key is for.
        is: Algorithm,
    },
    /// The JWK says that it is for something else than signatures (RFC 7517 §4.2, §4.3).
    #[error("the key is not for signatures")]
    Use,
    /// The public part does not belong to the private one.
    #[error("the public part of the key does not belong to its private part")]
    Mismatch,
    /// Not one PEM block of the expected kind.
    #[error("not a PEM block {0:?}")]
    Pem(&'static str),
    /// The PEM block is not the DER of a key.
    #[error("the key is not valid DER")]
    Der,
    /// The source of randomness gave no usable secret.
    #[error("the source of randomness gave no usable secret")]
    Random,
}

impl KeyError {
    /// The code for reports, where a report has one for this.
    #[must_use]
    pub fn code(&self) -> Option<CheckCode> {
        match self {
            Self::Weak(_) => Some(CheckCode::KeyWeak),
            Self::Unsupported(_) | Self::Algorithm { .. } => Some(CheckCode::SigAlg),
            Self::Use => Some(CheckCode::SigUse),
            Self::Json(JsonError::Depth(_)) => Some(CheckCode::LimitDepth),
            Self::Json(_) => Some(CheckCode::FmtJson),
            Self::Member(_) | Self::Mismatch | Self::Pem(_) | Self::Der | Self::Random => None,
        }
    }
}

/// What makes a key weak (`KEY-WEAK`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// An Ed25519 point of small order: one signature under it verifies for many messages.
    #[error("a point of small order")]
    SmallOrder,
    /// An Ed25519 y that is not below the field prime: a second spelling of another key.
    #[error("a coordinate that is not reduced")]
    NonCanonical,
    /// A coordinate or key of the wrong length.
    #[error("a coordinate of the wrong length")]
    Length,
    /// No point of the curve.
    #[error("a point that is not on the curve")]
    NotOnCurve,
    /// The point at infinity.
    #[error("the point at infinity")]
    Infinity,
    /// A secret outside the range that the curve allows.
    #[error("a secret outside its range")]
    Secret,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// What should be signed cannot be written as JSON.
    #[error("the content cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The library refused to sign; a correct key never meets this.
    #[error("the key cannot sign")]
    Refused,
}
