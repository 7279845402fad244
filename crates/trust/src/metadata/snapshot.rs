//! Timestamp and snapshot: which version of everything is the current one (TUF 1.0 §4.4, §4.6).

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use zizhi_crypto::digest;

use super::envelope::{Envelope, Head, parse_time};
use super::pairs::Pairs;
use crate::error::RoleDefect;

/// Digests of one file, of the kinds that can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashes {
    /// SHA-256, the one that our own files carry.
    pub sha256: Option<[u8; 32]>,
    /// SHA-512, which other programs write. Behind a pointer, since a province lists 400 000 files.
    pub sha512: Option<Box<[u8; 64]>>,
}

/// Version of one metadata file, and if the repository says so its length and digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaFile {
    /// At least 1.
    pub version: u64,
    /// Bytes.
    pub length: Option<u64>,
    /// Digests.
    pub hashes: Option<Hashes>,
}

/// A timestamp whose form is right.
#[derive(Debug, Clone)]
pub struct Timestamp {
    /// Version and end.
    pub head: Head,
    /// The current snapshot.
    pub snapshot: MetaFile,
    /// When it was signed: our own member `issued`, which TUF does not have.
    pub issued: Option<DateTime<Utc>>,
}

/// A snapshot whose form is right.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Version and end.
    pub head: Head,
    /// The current version of every targets role, by file name (`targets.json`, `31.json`).
    pub meta: BTreeMap<String, MetaFile>,
}

/// Hashes are `{name: hex}`; length and hashes may be left out.
#[derive(Deserialize)]
struct MetaFileText<'a> {
    version: u64,
    length: Option<u64>,
    #[serde(borrow)]
    hashes: Option<HashesText<'a>>,
}

pub(super) type HashesText<'a> = Pairs<Cow<'a, str>, HashText<'a>>;

#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct HashText<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct TimestampText<'a> {
    #[serde(borrow)]
    meta: Pairs<Cow<'a, str>, MetaFileText<'a>>,
    #[serde(borrow)]
    issued: Option<HashText<'a>>,
}

#[derive(Deserialize)]
struct SnapshotText<'a> {
    #[serde(borrow)]
    meta: Pairs<String, MetaFileText<'a>>,
}

impl Timestamp {
    /// Reads the signed part of `envelope`.
    ///
    /// # Errors
    /// [`RoleDefect::Malformed`].
    pub fn read(envelope: &Envelope<'_>) -> Result<Self, RoleDefect> {
        let head = envelope.head("timestamp")?;
        let text: TimestampText<'_> =
            serde_json::from_str(envelope.signed()).map_err(|_| RoleDefect::Malformed("not a timestamp"))?;
        // §4.6: METAFILES "contains the snapshot.json only".
        let mut meta = text.meta.0.into_iter();
        let snapshot = match (meta.next(), meta.next()) {
            (Some((name, file)), None) if name == "snapshot.json" => file.read()?,
            _ => return Err(RoleDefect::Malformed("a timestamp lists exactly the snapshot")),
        };
        let issued = match text.issued {
            None => None,
            Some(issued) => {
                Some(parse_time(&issued.0).ok_or(RoleDefect::Malformed("issued is not a UTC time"))?)
            }
        };
        Ok(Self { head, snapshot, issued })
    }
}

impl Snapshot {
    /// Reads the signed part of `envelope`.
    ///
    /// # Errors
    /// [`RoleDefect::Malformed`].
    pub fn read(envelope: &Envelope<'_>) -> Result<Self, RoleDefect> {
        let head = envelope.head("snapshot")?;
        let text: SnapshotText<'_> =
            serde_json::from_str(envelope.signed()).map_err(|_| RoleDefect::Malformed("not a snapshot"))?;
        let meta = text.meta.0.into_iter().map(|(name, file)| Ok((name, file.read()?)));
        Ok(Self { head, meta: meta.collect::<Result<_, RoleDefect>>()? })
    }
}

impl MetaFileText<'_> {
    fn read(self) -> Result<MetaFile, RoleDefect> {
        if self.version == 0 {
            return Err(RoleDefect::Malformed("a version of 0"));
        }
        let hashes = self.hashes.map(Hashes::read).transpose()?;
        Ok(MetaFile { version: self.version, length: self.length, hashes })
    }
}

impl MetaFile {
    /// Checks length and digests as far as they are given.
    ///
    /// # Errors
    /// [`RoleDefect::Digest`].
    pub fn check(&self, bytes: &[u8]) -> Result<(), RoleDefect> {
        let length = self.length.is_none_or(|length| length == bytes.len() as u64);
        let hashes = self.hashes.as_ref().is_none_or(|hashes| hashes.hold(bytes));
        if length && hashes { Ok(()) } else { Err(RoleDefect::Digest) }
    }
}

impl Hashes {
    pub(super) fn read(text: HashesText<'_>) -> Result<Self, RoleDefect> {
        let mut hashes = Self { sha256: None, sha512: None };
        for (name, value) in text.0 {
            match name.as_ref() {
                "sha256" => hashes.sha256 = Some(parse_digest(&value.0)?),
                "sha512" => hashes.sha512 = Some(Box::new(parse_digest(&value.0)?)),
                // Digests of other kinds prove nothing to us and take nothing away.
                _ => {}
            }
        }
        Ok(hashes)
    }

    /// Whether there is a digest that can be checked, and every such digest holds.
    #[must_use]
    pub fn hold(&self, bytes: &[u8]) -> bool {
        let sha256 = self.sha256.as_ref().map(|expected| digest::sha256(bytes) == *expected);
        let sha512 = self.sha512.as_ref().map(|expected| digest::sha512(bytes) == **expected);
        (sha256.is_some() || sha512.is_some()) && sha256.unwrap_or(true) && sha512.unwrap_or(true)
    }

    /// The digest that stands in the file name under consistent snapshots, in hexadecimal.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let sha256 = self.sha256.as_ref().map(|sha256| digest::hex(sha256));
        sha256.or_else(|| self.sha512.as_ref().map(|sha512| digest::hex(sha512.as_ref())))
    }
}

fn parse_digest<const N: usize>(text: &str) -> Result<[u8; N], RoleDefect> {
    const DEFECT: RoleDefect = RoleDefect::Malformed("a digest of the wrong form");
    digest::from_hex(text).ok_or(DEFECT)?.try_into().map_err(|_| DEFECT)
}
