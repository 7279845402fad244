//! SHA-256 and SM3, whole and streaming, SHA-512 of others, and the way people read a digest.

use ring::digest::{Context, SHA256, SHA512};

/// The hash functions that a digest in our files can be made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    /// `sha-256`
    Sha256,
    /// `sm3`, beside `SM2-SM3` only.
    #[cfg(feature = "gm")]
    Sm3,
}

impl HashAlgorithm {
    /// The name of `_sd_alg`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            #[cfg(feature = "gm")]
            Self::Sm3 => "sm3",
        }
    }

    /// Reads a name; without the feature `gm` there is no `sm3`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "sha-256" => Some(Self::Sha256),
            #[cfg(feature = "gm")]
            "sm3" => Some(Self::Sm3),
            _ => None,
        }
    }

    /// The digest of `bytes`.
    #[must_use]
    pub fn digest(self, bytes: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => sha256(bytes),
            #[cfg(feature = "gm")]
            Self::Sm3 => sm3(bytes),
        }
    }
}

/// SHA-256 (FIPS 180-4).
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    array(ring::digest::digest(&SHA256, bytes).as_ref())
}

/// SHA-512 (FIPS 180-4), for trust data that others list by it. Nothing of ours is made with it.
#[must_use]
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    array(ring::digest::digest(&SHA512, bytes).as_ref())
}

/// SM3 (GB/T 32905).
#[cfg(feature = "gm")]
#[must_use]
pub fn sm3(bytes: &[u8]) -> [u8; 32] {
    use sm3::Digest as _;
    sm3::Sm3::digest(bytes).into()
}

/// SHA-256 over bytes that arrive in pieces.
#[derive(Clone)]
pub struct Sha256(Context);

impl Sha256 {
    /// Nothing hashed yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Hashes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        array(self.0.finish().as_ref())
    }
}

impl Default for Sha256 {
    fn default() -> Self {
        Self::new()
    }
}

/// SM3 over bytes that arrive in pieces.
#[cfg(feature = "gm")]
#[derive(Clone, Default)]
pub struct Sm3(sm3::Sm3);

#[cfg(feature = "gm")]
impl Sm3 {
    /// Nothing hashed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hashes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        sm3::Digest::update(&mut self.0, bytes);
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        sm3::Digest::finalize(self.0).into()
    }
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Reads lower-case hexadecimal; anything else is `None`, so that a digest has one spelling.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok()
}

/// Hexadecimal in groups of four, as people compare fingerprints: `66c7 f0f4 62ee …`.
#[must_use]
pub fn hex_groups(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 2);
    for (index, pair) in bytes.chunks(2).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        data_encoding::HEXLOWER.encode_append(pair, &mut text);
    }
    text
}

fn array<const N: usize>(digest: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = *from;
    }
    bytes
}
