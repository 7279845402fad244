//! What can be wrong with a dossier, in the terms of the check catalogue.

use zizhi_crypto::KeyError;
use zizhi_crypto::jws::JwsError;
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
    /// What was found.
    pub facts: Facts,
}

impl Problem {
    pub(crate) fn new(code: CheckCode, subject: impl Into<String>) -> Self {
        Self { code, subject: subject.into(), facts: Facts::new() }
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
    /// Not a JWS of this kind, or its signature does not verify.
    #[error(transparent)]
    Jws(#[from] JwsError),
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
            Self::Json(JsonError::Depth(_)) => CheckCode::LimitDepth,
            Self::Json(_) => CheckCode::FmtJson,
            Self::Member(error) => error.code,
            Self::Key(error) => error.code().unwrap_or(CheckCode::FmtJson),
        }
    }

    /// What a report says beside the code: `detail`, and `member` or `limit` where there is one.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts: Facts = vec![("detail", self.to_string().into())];
        match self {
            Self::Size(limit) => facts.push(("limit", bytes(*limit))),
            Self::Member(error) => facts.push(("member", error.member.clone().into())),
            Self::Key(_) => facts.push(("member", "cnf.jwk".into())),
            Self::Jws(_) | Self::Json(_) => {}
        }
        facts
    }
}
