//! How files name an organisation: `urn:uscc:<18 characters>` (formats.md §0).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::uscc::{Uscc, UsccError};

const PREFIX: &str = "urn:uscc:";

/// An organisation, named by its unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgId(pub Uscc);

/// Why a text does not name an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrgIdError {
    /// The prefix `urn:uscc:` is missing.
    #[error("an organisation is written urn:uscc: and its 18 characters")]
    Prefix,
    /// The code itself is wrong.
    #[error(transparent)]
    Uscc(#[from] UsccError),
}

impl OrgId {
    /// Parses `urn:uscc:<code>`.
    ///
    /// # Errors
    /// [`OrgIdError`] if the prefix is missing or the code's check character does not hold.
    pub fn parse(text: &str) -> Result<Self, OrgIdError> {
        let code = text.strip_prefix(PREFIX).ok_or(OrgIdError::Prefix)?;
        Ok(Self(Uscc::parse(code)?))
    }

    /// The code.
    #[must_use]
    pub fn uscc(&self) -> &Uscc {
        &self.0
    }
}

impl From<Uscc> for OrgId {
    fn from(uscc: Uscc) -> Self {
        Self(uscc)
    }
}

impl fmt::Display for OrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.0)
    }
}

impl Serialize for OrgId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OrgId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
