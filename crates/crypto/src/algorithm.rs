//! The three signature algorithms of formats.md §0.

use std::fmt;

/// How a key signs. A property of the key, never of the text that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// ECDSA over P-256 with SHA-256, r‖s (RFC 7518 §3.4).
    Es256,
    /// Ed25519 (RFC 8037).
    EdDsa,
    /// SM2 with SM3 (GB/T 32918.2), identity `1234567812345678`, r‖s. Keys of this kind can be used
    /// only where the feature `gm` is on.
    Sm2Sm3,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 3] = [Self::Es256, Self::EdDsa, Self::Sm2Sm3];

    /// The name in a JWS header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
            Self::Sm2Sm3 => "SM2-SM3",
        }
    }

    /// Reads a name from a JWS header; `Ed25519` (RFC 9864) means the same as `EdDSA`.
    ///
    /// `none`, the HMAC family and everything else have no meaning here.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "SM2-SM3" => Some(Self::Sm2Sm3),
            _ => None,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
