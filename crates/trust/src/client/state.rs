//! What was trusted, to be kept between runs.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use zizhi_crypto::{b64, digest};

use crate::error::{RoleDefect, TrustError};
use crate::limits::TrustLimits;
use crate::metadata::{Envelope, Root};
use crate::trust::PinnedRoot;

/// What was trusted: the bytes of the newest accepted metadata of each role, and the newest status
/// lists. Whoever keeps it keeps it whole, in one transaction; [`State::from_bytes`] refuses a part
/// of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The root that it all started from.
    pub pinned: PinnedRoot,
    /// The newest root.
    pub root: Vec<u8>,
    /// The newest timestamp.
    pub timestamp: Option<Vec<u8>>,
    /// The newest snapshot.
    pub snapshot: Option<Vec<u8>>,
    /// The newest top-level targets.
    pub targets: Option<Vec<u8>>,
    /// The newest metadata of each delegated role.
    pub delegated: BTreeMap<String, Vec<u8>>,
    /// The newest status list of each URI.
    pub status: BTreeMap<String, HeldStatus>,
    /// The newest time that anything trusted says it was signed at, as NumericDate.
    pub newest_signed: Option<i64>,
}

/// A status list that was verified and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldStatus {
    /// When it was signed, as NumericDate.
    pub iat: i64,
    /// The token.
    pub jwt: String,
    /// Whether it came by itself, as a message, and is newer than any that was published with trust data.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_itself: bool,
}

/// What became of a status list that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusMemory {
    /// It is the newest one now, or the one that was held.
    Kept,
    /// The one that is held came by itself and is newer than what is published. Nothing changed.
    Behind,
    /// `STAT-ROLLBACK`: the one that is held is newer. Nothing changed.
    Older {
        /// When the one that is held was signed, as NumericDate.
        held_iat: i64,
    },
}

/// The blob is this word, the digest of the rest in hexadecimal, a line break, and JSON.
const MAGIC: &str = "zizhi-trust-state/1 ";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StateText {
    pinned_version: u64,
    pinned_sha256: String,
    root: String,
    timestamp: Option<String>,
    snapshot: Option<String>,
    targets: Option<String>,
    delegated: BTreeMap<String, String>,
    status: BTreeMap<String, HeldStatus>,
    newest_signed: Option<i64>,
}

impl State {
    /// Nothing trusted yet but this root, which came by a way that is trusted.
    ///
    /// # Errors
    /// [`TrustError::Invalid`] if it is not a root signed by a threshold of its own keys.
    pub fn pinned(root: &[u8], limits: &TrustLimits) -> Result<Self, TrustError> {
        let version = read_root(root, limits)?.head.version;
        Ok(Self {
            pinned: PinnedRoot { version, sha256: digest::sha256(root) },
            root: root.to_vec(),
            timestamp: None,
            snapshot: None,
            targets: None,
            delegated: BTreeMap::new(),
            status: BTreeMap::new(),
            newest_signed: None,
        })
    }

    /// The blob to keep.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let text = |bytes: &Vec<u8>| b64::encode(bytes);
        let state = StateText {
            pinned_version: self.pinned.version,
            pinned_sha256: digest::hex(&self.pinned.sha256),
            root: text(&self.root),
            timestamp: self.timestamp.as_ref().map(text),
            snapshot: self.snapshot.as_ref().map(text),
            targets: self.targets.as_ref().map(text),
            delegated: self.delegated.iter().map(|(role, bytes)| (role.clone(), text(bytes))).collect(),
            status: self.status.clone(),
            newest_signed: self.newest_signed,
        };
        // Strings, numbers and maps of them: this form cannot fail to be written.
        let body = serde_json::to_vec(&state).unwrap_or_default();
        let mut blob = format!("{MAGIC}{}\n", digest::hex(&digest::sha256(&body))).into_bytes();
        blob.extend_from_slice(&body);
        blob
    }

    /// Reads a kept blob.
    ///
    /// # Errors
    /// [`TrustError::State`] if a single byte is missing or altered. The caller must not start
    /// afresh then without being told to by a person: a fresh start accepts a rollback.
    pub fn from_bytes(blob: &[u8]) -> Result<Self, TrustError> {
        Self::read(blob).ok_or(TrustError::State)
    }

    fn read(blob: &[u8]) -> Option<Self> {
        let rest = blob.strip_prefix(MAGIC.as_bytes())?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (sum, body) = (rest.get(..end)?, rest.get(end + 1..)?);
        if digest::hex(&digest::sha256(body)).as_bytes() != sum {
            return None;
        }
        let text: StateText = serde_json::from_slice(body).ok()?;
        let bytes = |text: String| b64::decode(&text).ok();
        let optional = |text: Option<String>| text.map_or(Some(None), |text| bytes(text).map(Some));
        let delegated = text.delegated.into_iter().map(|(role, text)| Some((role, bytes(text)?)));
        Some(Self {
            pinned: PinnedRoot {
                version: text.pinned_version,
                sha256: digest::from_hex(&text.pinned_sha256)?.try_into().ok()?,
            },
            root: bytes(text.root)?,
            timestamp: optional(text.timestamp)?,
            snapshot: optional(text.snapshot)?,
            targets: optional(text.targets)?,
            delegated: delegated.collect::<Option<_>>()?,
            status: text.status,
            newest_signed: text.newest_signed,
        })
    }

    /// Keeps a status list whose signature was verified, unless a newer one is held.
    pub fn keep_status(&mut self, uri: &str, iat: i64, jwt: &str) -> StatusMemory {
        match self.status.get(uri) {
            Some(held) if held.iat > iat && held.by_itself => StatusMemory::Behind,
            Some(held) if held.iat > iat => StatusMemory::Older { held_iat: held.iat },
            _ => self.hold_status(uri, iat, jwt, false),
        }
    }

    /// Keeps a status list that came by itself and whose signature was verified, if it is newer than the one that is held.
    /// The very list that is held changes nothing.
    pub fn hear_status(&mut self, uri: &str, iat: i64, jwt: &str) -> StatusMemory {
        match self.status.get(uri) {
            Some(held) if held.jwt == jwt => StatusMemory::Kept,
            Some(held) if held.iat >= iat => StatusMemory::Older { held_iat: held.iat },
            _ => self.hold_status(uri, iat, jwt, true),
        }
    }

    fn hold_status(&mut self, uri: &str, iat: i64, jwt: &str, by_itself: bool) -> StatusMemory {
        self.saw_signed_time(iat);
        self.status.insert(uri.to_owned(), HeldStatus { iat, jwt: jwt.to_owned(), by_itself });
        StatusMemory::Kept
    }

    /// Remembers a time that something trusted was signed at.
    pub fn saw_signed_time(&mut self, signed: i64) {
        self.newest_signed = self.newest_signed.max(Some(signed));
    }

    /// Whether a clock that shows `now` is earlier by ten minutes than the newest signed time
    /// (`CLOCK-BEHIND`). A clock that once ran ahead locks nobody out: only signed times count.
    #[must_use]
    pub fn clock_is_behind(&self, now: DateTime<Utc>) -> bool {
        const TOLERANCE: TimeDelta = TimeDelta::minutes(10);
        self.newest_signed.is_some_and(|signed| (now + TOLERANCE).timestamp() < signed)
    }
}

/// Reads a root that is trusted for where it comes from. It must still be signed by its own keys:
/// one that is not was damaged on the way.
pub(super) fn read_root(bytes: &[u8], limits: &TrustLimits) -> Result<Root, TrustError> {
    let read = || -> Result<Root, RoleDefect> {
        let envelope = Envelope::parse(bytes, limits.json_depth)?;
        let root = Root::read(&envelope)?;
        envelope.verify(&root.root, &root.keys)?;
        Ok(root)
    };
    read().map_err(|defect| TrustError::Invalid { role: "root", defect })
}
