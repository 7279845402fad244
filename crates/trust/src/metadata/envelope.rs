//! The signed part, its signatures, and what every role has in common (TUF 1.0 §4.2, §4.3).

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use zizhi_crypto::digest;

use super::keys::{KeyRing, RoleKeys};
use crate::canonical;
use crate::error::RoleDefect;

/// A metadata file whose form is right and whose signatures were not checked.
pub struct Envelope<'a> {
    /// The text of the signed part, free of duplicate keys and floats.
    signed: &'a str,
    canonical: Cow<'a, [u8]>,
    signatures: Vec<Signature<'a>>,
}

struct Signature<'a> {
    key_id: Cow<'a, str>,
    bytes: Option<Vec<u8>>,
}

#[derive(Deserialize)]
struct EnvelopeText<'a> {
    #[serde(borrow)]
    signed: &'a RawValue,
    #[serde(borrow)]
    signatures: Vec<SignatureText<'a>>,
}

#[derive(Deserialize)]
struct SignatureText<'a> {
    #[serde(borrow)]
    keyid: Cow<'a, str>,
    #[serde(borrow)]
    sig: Cow<'a, str>,
}

/// What every role has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// At least 1.
    pub version: u64,
    /// When the role ends.
    pub expires: DateTime<Utc>,
}

#[derive(Deserialize)]
struct HeadText<'a> {
    #[serde(borrow)]
    _type: Cow<'a, str>,
    #[serde(borrow)]
    spec_version: Cow<'a, str>,
    version: u64,
    #[serde(borrow)]
    expires: Cow<'a, str>,
}

impl<'a> Envelope<'a> {
    /// Reads the envelope and puts the signed part into canonical form.
    ///
    /// # Errors
    /// [`RoleDefect::Json`] or [`RoleDefect::Malformed`].
    pub fn parse(bytes: &'a [u8], max_depth: usize) -> Result<Self, RoleDefect> {
        let text: EnvelopeText<'a> =
            serde_json::from_slice(bytes).map_err(|_| RoleDefect::Malformed("not signed metadata"))?;
        let canonical = canonical::of(text.signed.get().as_bytes(), max_depth)?;
        // §4.2: "The KEYID must be unique in the signatures array: multiple signatures with the same
        // KEYID are not allowed."
        let mut seen = HashSet::new();
        if !text.signatures.iter().all(|signature| seen.insert(signature.keyid.as_ref())) {
            return Err(RoleDefect::Malformed("two signatures with one key id"));
        }
        let signatures = text
            .signatures
            .iter()
            .map(|signature| Signature {
                key_id: signature.keyid.clone(),
                // A signature that is not even hexadecimal counts for nothing and spoils nothing.
                bytes: digest::from_hex(&signature.sig.to_ascii_lowercase()),
            })
            .collect();
        Ok(Self { signed: text.signed.get(), canonical, signatures })
    }

    /// The signed part as it is written.
    #[must_use]
    pub fn signed(&self) -> &'a str {
        self.signed
    }

    /// The signed part as it is hashed and signed.
    #[must_use]
    pub fn canonical(&self) -> &[u8] {
        &self.canonical
    }

    /// Checks that at least `role.threshold` different keys of the role signed.
    ///
    /// # Errors
    /// [`RoleDefect::Threshold`].
    pub fn verify(&self, role: &RoleKeys, ring: &KeyRing) -> Result<(), RoleDefect> {
        // Keys are told apart by what they are, not by what they are called: one key under two ids
        // counts once.
        let mut counted = Vec::new();
        for signature in &self.signatures {
            if counted.len() as u64 >= role.threshold {
                break;
            }
            let Some(bytes) = &signature.bytes else { continue };
            if !role.key_ids.iter().any(|key_id| *key_id == signature.key_id) {
                continue;
            }
            let Some(key) = ring.get(&signature.key_id) else { continue };
            if !counted.contains(&key) && key.verify(&self.canonical, bytes) {
                counted.push(key);
            }
        }
        if counted.len() as u64 >= role.threshold {
            Ok(())
        } else {
            Err(RoleDefect::Threshold { valid: counted.len(), needed: role.threshold })
        }
    }

    /// Reads what every role has, and that the role is of this type.
    ///
    /// # Errors
    /// [`RoleDefect::Malformed`].
    pub(super) fn head(&self, expected_type: &'static str) -> Result<Head, RoleDefect> {
        let head: HeadText<'_> = serde_json::from_str(self.signed)
            .map_err(|_| RoleDefect::Malformed("a required member is missing"))?;
        if head._type != expected_type {
            return Err(RoleDefect::Malformed("_type is another role's"));
        }
        // §4.3: versions of the specification that differ in the first number do not interoperate.
        if head.spec_version.split('.').next() != Some("1") {
            return Err(RoleDefect::Malformed("spec_version is not 1"));
        }
        if head.version == 0 {
            return Err(RoleDefect::Malformed("version is 0"));
        }
        let expires = parse_time(&head.expires).ok_or(RoleDefect::Malformed("expires is not a UTC time"))?;
        Ok(Head { version: head.version, expires })
    }
}

/// §4.1: times are `YYYY-MM-DDTHH:MM:SSZ`.
pub(super) fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    const LENGTH: usize = "2026-01-01T00:00:00Z".len();
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok()?;
    (text.len() == LENGTH).then(|| time.and_utc())
}
