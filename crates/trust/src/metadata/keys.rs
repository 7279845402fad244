//! The keys of a delegator and which of them may sign for a role (TUF 1.0 §4.2, §4.3).

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use zizhi_crypto::{PublicKey, digest};

use super::pairs::Pairs;
use crate::error::RoleDefect;

/// The keys that a delegator lists, by id. A key that cannot be used is not in it: one of another
/// kind, or a weak one. Its signatures count for nothing.
///
/// An id is what the delegator calls the key, and nothing rests on how it was made (TAP 12;
/// docs/decisions/0011): a threshold counts keys, not ids.
#[derive(Debug, Clone, Default)]
pub struct KeyRing(HashMap<String, TufKey>);

/// Which keys may sign for a role, and how many must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleKeys {
    /// Key ids.
    pub key_ids: Vec<String>,
    /// At least 1.
    pub threshold: u64,
}

/// One key with the form of its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TufKey {
    key: PublicKey,
    scheme: Scheme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    /// `ed25519`: 64 bytes.
    Ed25519,
    /// `ecdsa-sha2-nistp256`: two numbers in DER.
    EcdsaP256,
}

#[derive(Deserialize)]
struct KeyText<'a> {
    #[serde(borrow)]
    keytype: Cow<'a, str>,
    #[serde(borrow)]
    scheme: Cow<'a, str>,
    #[serde(borrow)]
    keyval: KeyValue<'a>,
}

#[derive(Deserialize)]
struct KeyValue<'a> {
    #[serde(borrow)]
    public: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct RoleKeysText {
    keyids: Vec<String>,
    threshold: u64,
}

impl RoleKeysText {
    pub(super) fn read(self) -> Result<RoleKeys, RoleDefect> {
        if self.threshold == 0 {
            return Err(RoleDefect::Malformed("a threshold of 0"));
        }
        Ok(RoleKeys { key_ids: self.keyids, threshold: self.threshold })
    }
}

impl KeyRing {
    pub(super) fn read(keys: Pairs<String, &RawValue>) -> Result<Self, RoleDefect> {
        let mut ring = HashMap::new();
        for (key_id, text) in keys.0 {
            let parsed: KeyText<'_> = serde_json::from_str(text.get())
                .map_err(|_| RoleDefect::Malformed("a key without its members"))?;
            if let Some(key) = usable(&parsed) {
                ring.insert(key_id, key);
            }
        }
        Ok(Self(ring))
    }

    pub(super) fn get(&self, key_id: &str) -> Option<&TufKey> {
        self.0.get(key_id)
    }

    /// The public key called `key_id`, if it can be used.
    #[must_use]
    pub fn public_key(&self, key_id: &str) -> Option<&PublicKey> {
        self.0.get(key_id).map(|key| &key.key)
    }
}

impl TufKey {
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self.scheme {
            Scheme::Ed25519 => self.key.verify(message, signature).is_ok(),
            Scheme::EcdsaP256 => self.key.verify_asn1(message, signature).is_ok(),
        }
    }
}

fn usable(text: &KeyText<'_>) -> Option<TufKey> {
    match (text.keytype.as_ref(), text.scheme.as_ref()) {
        ("ed25519", "ed25519") => {
            let bytes: [u8; 32] = digest::from_hex(&text.keyval.public)?.try_into().ok()?;
            let key = PublicKey::from_ed25519_bytes(&bytes).ok()?;
            Some(TufKey { key, scheme: Scheme::Ed25519 })
        }
        // The key type was named like the scheme until version 1.0.23 of the specification.
        ("ecdsa" | "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") => {
            let key = PublicKey::from_pem(&text.keyval.public).ok()?;
            (key.algorithm() == zizhi_crypto::Algorithm::Es256)
                .then_some(TufKey { key, scheme: Scheme::EcdsaP256 })
        }
        _ => None,
    }
}
