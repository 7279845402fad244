//! The operating system's keychain, which keeps small secrets for whoever is logged in: a convenience that a
//! machine may lack. Nothing depends on it: what it cannot give, a passphrase gives.

use std::error::Error;

use zeroize::Zeroize as _;
pub use zizhi_crypto::keywrap::Key;

/// The keychain as a use case sees it. A call may wait for the person, whom the system asks to agree.
pub trait Keychain: Send + Sync {
    /// The key under a name, or nothing if there is none.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn get(&self, name: &str) -> Result<Option<Key>, KeychainError>;

    /// Keeps a key under a name.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn put(&self, name: &str, key: &Key) -> Result<(), KeychainError>;

    /// Removes what is under a name, if there is something.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn remove(&self, name: &str) -> Result<(), KeychainError>;
}

/// Why a keychain did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// There is none, or this login cannot reach it.
    #[error("there is no keychain")]
    Absent(#[source] Option<Box<dyn Error + Send + Sync>>),
    /// It is locked, or the person or the system said no.
    #[error("the keychain refused")]
    Refused(#[source] Option<Box<dyn Error + Send + Sync>>),
}

/// A machine without a keychain.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeychain;

impl Keychain for NoKeychain {
    fn get(&self, _: &str) -> Result<Option<Key>, KeychainError> {
        Err(KeychainError::Absent(None))
    }

    fn put(&self, _: &str, _: &Key) -> Result<(), KeychainError> {
        Err(KeychainError::Absent(None))
    }

    fn remove(&self, _: &str) -> Result<(), KeychainError> {
        Err(KeychainError::Absent(None))
    }
}

/// The key in the bytes that a keychain gave, which are wiped. Bytes of another length are no key of ours.
#[must_use]
pub fn key_in(mut bytes: Vec<u8>) -> Option<Key> {
    let key = bytes.as_slice().try_into().ok().map(Key::new);
    bytes.zeroize();
    key
}
