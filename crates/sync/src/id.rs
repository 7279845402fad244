//! Names of things that travel: messages, hubs, vouchers, keys of requests. Each has one spelling.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zizhi_crypto::digest::{from_hex, hex};

/// Why a text names nothing of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a UUID of version 7 in lower case with hyphens.
    #[error("an id is a UUID of version 7 in lower case")]
    Id,
    /// Not a hub's id.
    #[error("a hub is named by two digits of its province, a hyphen and 1 to 20 of a-z and 0-9")]
    Hub,
    /// Not a token.
    #[error("1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-' are expected, the first a letter or digit")]
    Token,
}

/// A UUID of version 7 (RFC 9562 §5.7). Later ones sort behind earlier ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 16]);

/// Where the hyphens of a UUID stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Id {
    /// The id of something made at `milliseconds` since 1970, told apart by 74 bits of `random`.
    #[must_use]
    pub fn new(milliseconds: i64, random: [u8; 10]) -> Self {
        let [_, _, t0, t1, t2, t3, t4, t5] = u64::try_from(milliseconds).unwrap_or(0).to_be_bytes();
        let [a, b, c, d, e, f, g, h, i, j] = random;
        // RFC 9562 §5.7: four bits of version, two bits of variant.
        Self([t0, t1, t2, t3, t4, t5, 0x70 | a & 0x0f, b, 0x80 | c & 0x3f, d, e, f, g, h, i, j])
    }

    /// Reads 36 characters in lower case.
    ///
    /// # Errors
    /// [`IdError::Id`].
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let hyphens = text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == HYPHENS.contains(&at));
        if text.len() != 36 || !hyphens {
            return Err(IdError::Id);
        }
        let bytes = from_hex(&text.replace('-', "")).ok_or(IdError::Id)?;
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| IdError::Id)?;
        let [_, _, _, _, _, _, version, _, variant, ..] = bytes;
        if version >> 4 == 7 && variant >> 6 == 0b10 { Ok(Self(bytes)) } else { Err(IdError::Id) }
    }

    /// When it was made, in milliseconds since 1970, as its maker says.
    #[must_use]
    pub fn milliseconds(&self) -> i64 {
        self.0.iter().take(6).fold(0, |time, byte| time << 8 | i64::from(*byte))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = hex(&self.0);
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        write!(f, "{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

/// A hub: the two digits of its province, a hyphen, and a name of 1 to 20 of `[a-z0-9]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HubId(String);

impl HubId {
    /// Reads `31-main`.
    ///
    /// # Errors
    /// [`IdError::Hub`].
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let (province, name) = text.split_once('-').ok_or(IdError::Hub)?;
        let formed = province.len() == 2
            && province.bytes().all(|byte| byte.is_ascii_digit())
            && (1..=20).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
        if formed { Ok(Self(text.to_owned())) } else { Err(IdError::Hub) }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two digits of its province.
    #[must_use]
    pub fn province(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl fmt::Display for HubId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name that somebody else gave: a voucher, the key of a redemption. 1 to 64 of `[A-Za-z0-9._-]`, the
/// first a letter or digit, so that it is one segment of a path and one value of a header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(String);

impl Token {
    /// Reads one.
    ///
    /// # Errors
    /// [`IdError::Token`].
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let formed = (1..=64).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
        if formed { Ok(Self(text.to_owned())) } else { Err(IdError::Token) }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! written_as_text {
    ($($name:ident)+) => { $(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }
    )+ };
}

written_as_text!(Id HubId Token);
