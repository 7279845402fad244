//! SHA-256 digests: in JSON of a hub as base64url without padding, and no other spelling; of keys, as people compare them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zizhi_crypto::{PublicKey, b64, digest};

/// A key of a hub or a device as people compare it: the SHA-256 of its raw bytes, hex in groups of four.
#[must_use]
pub fn fingerprint(key: &PublicKey) -> String {
    digest::hex_groups(&digest::sha256(key.raw()))
}

/// A SHA-256 digest, 43 characters of base64url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(digest::sha256(bytes))
    }

    /// Reads 43 characters of base64url.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        b64::decode_array(text).ok().map(Self)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&b64::encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a SHA-256 digest in base64url is expected"))
    }
}
