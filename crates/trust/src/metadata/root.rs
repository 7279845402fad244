//! The root: whose keys sign for which role (TUF 1.0 §4.3).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::envelope::{Envelope, Head};
use super::keys::{KeyRing, RoleKeys, RoleKeysText};
use super::pairs::Pairs;
use crate::error::RoleDefect;

/// A root whose form is right.
#[derive(Debug, Clone)]
pub struct Root {
    /// Version and end.
    pub head: Head,
    /// Whether metadata and targets carry versions and digests in their file names.
    pub consistent_snapshot: bool,
    /// All keys.
    pub keys: KeyRing,
    /// Who signs the next root.
    pub root: RoleKeys,
    /// Who signs the timestamp.
    pub timestamp: RoleKeys,
    /// Who signs the snapshot.
    pub snapshot: RoleKeys,
    /// Who signs the top-level targets.
    pub targets: RoleKeys,
}

#[derive(Deserialize)]
struct RootText<'a> {
    #[serde(default)]
    consistent_snapshot: bool,
    #[serde(borrow)]
    keys: Pairs<String, &'a RawValue>,
    roles: RolesText,
}

#[derive(Deserialize)]
struct RolesText {
    root: RoleKeysText,
    timestamp: RoleKeysText,
    snapshot: RoleKeysText,
    targets: RoleKeysText,
}

impl Root {
    /// Reads the signed part of `envelope`.
    ///
    /// # Errors
    /// [`RoleDefect::Malformed`] or [`RoleDefect::Json`].
    pub fn read(envelope: &Envelope<'_>) -> Result<Self, RoleDefect> {
        let head = envelope.head("root")?;
        let text: RootText<'_> =
            serde_json::from_str(envelope.signed()).map_err(|_| RoleDefect::Malformed("not a root"))?;
        Ok(Self {
            head,
            consistent_snapshot: text.consistent_snapshot,
            keys: KeyRing::read(text.keys)?,
            root: text.roles.root.read()?,
            timestamp: text.roles.timestamp.read()?,
            snapshot: text.roles.snapshot.read()?,
            targets: text.roles.targets.read()?,
        })
    }
}
