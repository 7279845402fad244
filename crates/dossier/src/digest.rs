//! SHA-256 digests as the formats write them.

use std::fmt;
use std::io::{self, Read};

use serde::{Serialize, Serializer};
use zizhi_crypto::{b64, digest};

/// A SHA-256 digest.
///
/// JSON of ours has it in base64url without padding (formats.md §0), and that is how it is written.
/// It is also read as 64 hexadecimal digits, since the names of attachments are in that form and a
/// writer may well use one form throughout. Their lengths, 43 and 64, tell the two apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(digest::sha256(bytes))
    }

    /// The digest of all that `reader` gives, and its length in bytes.
    ///
    /// # Errors
    /// If reading fails.
    pub fn of_reader(mut reader: impl Read) -> io::Result<(Self, u64)> {
        let mut state = digest::Sha256::new();
        let mut buffer = vec![0; 256 * 1024];
        let mut size = 0;
        loop {
            let read = match reader.read(&mut buffer) {
                Ok(0) => return Ok((Self(state.finish()), size)),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            state.update(buffer.get(..read).unwrap_or_default());
            size += read as u64;
        }
    }

    /// Reads either form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.len() {
            43 => b64::decode_array(text).ok().map(Self),
            64 => Some(Self(digest::from_hex(&text.to_ascii_lowercase())?.try_into().ok()?)),
            _ => None,
        }
    }

    /// 64 hexadecimal digits in lower case.
    #[must_use]
    pub fn hex(&self) -> String {
        digest::hex(&self.0)
    }

    /// 43 characters of base64url.
    #[must_use]
    pub fn base64url(&self) -> String {
        b64::encode(&self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.base64url())
    }
}
