//! The key of the database, and the file beside it in which wrapped copies of the key are kept.
//!
//! The key is 32 random bytes that never change; what changes is who can unwrap it: a passphrase, the
//! printed recovery key. The wrapped copies are made and read elsewhere, and are plain
//! bytes here. They are not secret, but without them the database is lost: they are written before
//! the database exists, replaced in one step, and carried by every backup.

use std::path::Path;

use zeroize::Zeroizing;

use crate::error::Result;
use crate::files;

/// The wrapped copies of the key, in the database's folder.
pub const KEYS_FILE: &str = "keys.json";

/// The raw key that SQLCipher encrypts with. It has no `Debug` and is wiped when dropped.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// Takes 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The statement that gives the key to SQLCipher: a raw key in hexadecimal, so that SQLCipher
    /// derives nothing (a passphrase would cost 120 ms at every opening).
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let mut statement = Zeroizing::new(String::with_capacity(96));
        statement.push_str("PRAGMA key = \"x'");
        for nibble in self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            statement.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        statement.push_str("'\"");
        statement
    }
}

/// The wrapped keys in `folder`, or `None` if there are none.
///
/// # Errors
/// [`crate::StoreError::Io`].
pub fn read_wrapped_keys(folder: &Path) -> Result<Option<Vec<u8>>> {
    files::read_if_there(&folder.join(KEYS_FILE))
}

/// Replaces the wrapped keys in one step: after a crash there are the old or the new ones.
///
/// # Errors
/// [`crate::StoreError::Io`], [`crate::StoreError::Full`], [`crate::StoreError::ReadOnly`].
pub fn replace_wrapped_keys(folder: &Path, wrapped: &[u8]) -> Result<()> {
    files::replace(&folder.join(KEYS_FILE), wrapped)
}
