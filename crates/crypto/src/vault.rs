//! One root key, the keys that come from it, and small secrets sealed under one of them.
//!
//! [`derive`] is HKDF-SHA256 (RFC 5869) with the purpose as its `info`: who has one derived key learns
//! nothing of the others or of the root. What a [`Vault`] seals is
//!
//! ```text
//! nonce, 12 bytes · ChaCha20-Poly1305 ciphertext · tag, 16 bytes
//! ```
//!
//! with the context as associated data, so that nothing sealed for one place opens in another.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use zeroize::Zeroizing;

use crate::Random;
use crate::keywrap::Key;

/// Separates these keys from whatever else might ever be derived from the same root.
const SALT: &[u8] = b"zizhi root key 1";
const CONTEXT: &str = "zizhi vault\0";

/// Why something sealed does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Another key, another context, or other bytes than were sealed; nothing tells these apart.
    #[error("it was sealed under another key, elsewhere, or is damaged")]
    Refused,
}

/// The key for `purpose` that comes from `root`. The same two give the same key for ever.
#[must_use]
pub fn derive(root: &Key, purpose: &str) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    let pseudorandom = Salt::new(HKDF_SHA256, SALT).extract(root.as_slice());
    let info = [purpose.as_bytes()];
    // 32 bytes are one block of the function and never too many.
    let filled = pseudorandom.expand(&info, HKDF_SHA256).and_then(|okm| okm.fill(key.as_mut_slice()));
    debug_assert!(filled.is_ok(), "HKDF-SHA256 gives 32 bytes");
    key
}

/// Seals small secrets. It has no `Debug` and is wiped when dropped.
pub struct Vault(Key);

impl Vault {
    /// The vault whose key is `key`.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self(key)
    }

    /// Seals `secret` for one place, which `context` names.
    ///
    /// # Errors
    /// [`VaultError::Refused`] if `secret` is longer than the cipher takes, 256 GiB.
    pub fn seal(&self, context: &str, secret: &[u8], random: &mut dyn Random) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE_LEN];
        random.fill(&mut nonce);
        let mut body = Zeroizing::new(Vec::with_capacity(secret.len() + CHACHA20_POLY1305.tag_len()));
        body.extend_from_slice(secret);
        self.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad(context), &mut *body)
            .map_err(|_| VaultError::Refused)?;
        Ok([nonce.as_slice(), body.as_slice()].concat())
    }

    /// Opens what [`Vault::seal`] made for the same place.
    ///
    /// # Errors
    /// [`VaultError::Refused`].
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(VaultError::Refused)?;
        let mut body = Zeroizing::new(body.to_vec());
        let length = self
            .cipher()?
            .open_in_place(Nonce::assume_unique_for_key(*nonce), aad(context), &mut body)
            .map_err(|_| VaultError::Refused)?
            .len();
        body.truncate(length);
        Ok(body)
    }

    fn cipher(&self) -> Result<LessSafeKey, VaultError> {
        UnboundKey::new(&CHACHA20_POLY1305, self.0.as_slice())
            .map(LessSafeKey::new)
            .map_err(|_| VaultError::Refused)
    }
}

fn aad(context: &str) -> Aad<Vec<u8>> {
    Aad::from([CONTEXT.as_bytes(), context.as_bytes()].concat())
}
