//! What can be wrong with a dossier, in the terms of the check catalogue.

use zizhi_crypto::jws::{self, JwsError};
use zizhi_crypto::{Algorithm, KeyError, PublicKey};
use zizhi_model::check::{Fact, Facts};
use zizhi_model::{CheckCode, JsonError};

use crate::members::MemberError;

/// One broken rule of the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which rule.
    pub code: CheckCode,
    /// The entry concerned, or [`crate::WHOLE`]. Hostile text.
    pub subject: String,
    /// What was found. `path` repeats the subject where it is an entry; `detail` is for developers.
    pub facts: Facts,
}

impl Problem {
    pub(crate) fn new(code: CheckCode, subject: impl Into<String>) -> Self {
        let subject = subject.into();
        let facts =
            if subject == crate::WHOLE { Facts::new() } else { vec![("path", subject.clone().into())] };
        Self { code, subject, facts }
    }

    pub(crate) fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }
}

/// A number of bytes as a fact.
pub(crate) fn bytes(size: u64) -> Fact {
    Fact::Int(i64::try_from(size).unwrap_or(i64::MAX))
}

/// Why a request or a manifest cannot be relied on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Longer than its limit in bytes.
    #[error("longer than {0} bytes")]
    Size(u64),
    /// Not a JWS, or its signature does not verify.
    #[error(transparent)]
    Jws(#[from] JwsError),
    /// A JWS of another kind.
    #[error("the type is not {expected}")]
    Typ {
        /// The type that this kind of object has.
        expected: &'static str,
        /// The type in the header. Hostile text.
        found: Option<String>,
    },
    /// Signed with another algorithm than the key is for.
    #[error("the algorithm is not the {expected} of the key")]
    Alg {
        /// The key's algorithm.
        expected: Algorithm,
        /// The algorithm in the header.
        found: String,
    },
    /// The payload is not JSON as it may be signed.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A member is missing or is not what it should be.
    #[error(transparent)]
    Member(#[from] MemberError),
    /// The key in `cnf.jwk` cannot be used.
    #[error("the key in cnf.jwk cannot be used: {0}")]
    Key(#[from] KeyError),
}

impl ReadError {
    /// The check code.
    #[must_use]
    pub fn code(&self) -> CheckCode {
        match self {
            Self::Size(_) => CheckCode::LimitSize,
            Self::Jws(error) => error.code(),
            Self::Typ { .. } => CheckCode::SigTyp,
            Self::Alg { .. } => CheckCode::SigAlg,
            Self::Json(JsonError::Depth(_)) => CheckCode::LimitDepth,
            Self::Json(_) => CheckCode::FmtJson,
            Self::Member(error) => error.code(),
            Self::Key(error) => error.code().unwrap_or(CheckCode::FmtJson),
        }
    }

    /// What a report says beside the code: the facts that the catalogue's texts ask for, and `detail`
    /// for developers.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts: Facts = vec![("detail", self.to_string().into())];
        let mut add = |name, fact: Fact| facts.push((name, fact));
        match self {
            Self::Size(limit) => add("limit", bytes(*limit)),
            Self::Typ { expected, found } => {
                add("expected", (*expected).into());
                found.iter().for_each(|found| add("found", found.clone().into()));
            }
            Self::Alg { expected, found } => {
                add("expected", expected.as_str().into());
                add("found", found.clone().into());
            }
            Self::Json(JsonError::Depth(limit)) | Self::Jws(JwsError::Json(JsonError::Depth(limit))) => {
                add("limit", bytes(*limit as u64));
            }
            Self::Member(error) => {
                add("member", error.member.clone().into());
                error.rule().into_iter().for_each(|rule| add("rule", rule.into()));
                error.found().into_iter().for_each(|found| add("found", found.to_owned().into()));
            }
            Self::Key(_) => {
                add("member", "cnf.jwk".into());
                add("rule", "holder-key".into());
            }
            Self::Jws(_) | Self::Json(_) => {}
        }
        facts
    }
}

/// Verifies a JWS of ours and says what was expected where it is another.
pub(crate) fn check(jws: &jws::Unverified<'_>, key: &PublicKey, typ: &'static str) -> Result<(), ReadError> {
    jws.check(key, &[typ]).map_err(|error| match error {
        JwsError::Typ => ReadError::Typ { expected: typ, found: jws.header().typ.clone() },
        JwsError::Alg => ReadError::Alg { expected: key.algorithm(), found: jws.header().alg.clone() },
        error => ReadError::Jws(error),
    })
}
