//! The keychain of the system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.

use keyring::Entry;
use zizhi_app::keychain::{Key, Keychain, KeychainError, key_in};

/// The service under which the entries of this program stand.
const SERVICE: &str = "zizhitong";

/// The keychain of whoever is logged in. It is not asked for anything before something is wanted of it.
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn get(&self, name: &str) -> Result<Option<Key>, KeychainError> {
        match entry(name)?.get_secret() {
            Ok(bytes) => Ok(key_in(bytes)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    fn put(&self, name: &str, key: &Key) -> Result<(), KeychainError> {
        entry(name)?.set_secret(key.as_slice()).map_err(refused)
    }

    fn remove(&self, name: &str) -> Result<(), KeychainError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }
}

fn entry(name: &str) -> Result<Entry, KeychainError> {
    if let Err(error) = Entry::store_status() {
        // The system says so once, for as long as the program runs.
        return Err(KeychainError::Absent(Some(error.to_string().into())));
    }
    Entry::new(SERVICE, name).map_err(refused)
}

fn refused(error: keyring::Error) -> KeychainError {
    KeychainError::Refused(Some(error.into()))
}

#[cfg(test)]
mod tests;
