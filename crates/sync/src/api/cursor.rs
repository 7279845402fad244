//! How far a mailbox has been read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place in a mailbox: `<epoch>.<seq>`. Everything up to `seq` was read while the hub was in `epoch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// The epoch of the hub.
    pub epoch: u64,
    /// The last message that was read; 0 before the first.
    pub seq: u64,
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a cursor is two whole numbers of at most 63 bits with a dot between them")]
pub struct CursorError;

impl Cursor {
    /// Where to read on in a hub that is in `epoch`: behind this place, or from the beginning where the
    /// hub was restored since (docs/hub.md §5).
    #[must_use]
    pub const fn after(self, epoch: u64) -> u64 {
        if self.epoch == epoch { self.seq } else { 0 }
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (epoch, seq) = text.split_once('.').ok_or(CursorError)?;
        Ok(Self { epoch: number(epoch)?, seq: number(seq)? })
    }
}

/// Digits without a leading zero, so that a place has one spelling.
fn number(text: &str) -> Result<u64, CursorError> {
    let canonical = text == "0" || !text.starts_with('0');
    if !canonical || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CursorError);
    }
    text.parse::<i64>().ok().and_then(|number| u64::try_from(number).ok()).ok_or(CursorError)
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.seq)
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
