//! 统一社会信用代码, the number of every legal person (GB 32100-2015).

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const OUTER_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code whose outer check character holds. 18 ASCII characters, upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc([u8; 18]);

/// Why a text is not a unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    /// Not 18 characters.
    #[error("a unified social credit code has 18 characters, this has {0}")]
    Length(usize),
    /// A character outside the alphabet, which leaves out I, O, S, V and Z.
    #[error("character {position} cannot occur in a unified social credit code")]
    Character {
        /// 1-based position.
        position: usize,
    },
    /// Digits 3–8 are not digits.
    #[error("characters 3 to 8 are the registrar's region and must be digits")]
    Region,
    /// The last character does not fit the other 17 (GB 32100-2015 §4.6).
    #[error("the check character should be {expected}")]
    Check {
        /// The character that would fit.
        expected: char,
    },
}

impl UsccError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Length(_) => "uscc_length",
            Self::Character { .. } => "uscc_character",
            Self::Region => "uscc_region",
            Self::Check { .. } => "check_character",
        }
    }
}

impl Uscc {
    /// Parses the exact form: 18 characters, upper case, no white space.
    ///
    /// # Errors
    /// [`UsccError`] says which rule of GB 32100-2015 is broken.
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        let bytes: [u8; 18] =
            text.as_bytes().try_into().ok().filter(|_| text.is_ascii()).ok_or_else(|| wrong_length(text))?;
        let mut sum = 0;
        for (index, byte) in bytes.iter().enumerate() {
            let value = value_of(*byte).ok_or(UsccError::Character { position: index + 1 })?;
            if (2..8).contains(&index) && !byte.is_ascii_digit() {
                return Err(UsccError::Region);
            }
            if let Some(weight) = OUTER_WEIGHTS.get(index) {
                sum += value * weight;
            }
        }
        // (31 - s mod 31) mod 31: a sum divisible by 31 gives the check character 0.
        let expected = ALPHABET.get(((31 - sum % 31) % 31) as usize).copied().unwrap_or(b'0');
        if bytes.last() != Some(&expected) {
            return Err(UsccError::Check { expected: char::from(expected) });
        }
        Ok(Self(bytes))
    }

    /// Parses what a person typed or pasted: white space around it, full-width and lower-case
    /// characters are accepted.
    ///
    /// # Errors
    /// As [`Uscc::parse`].
    pub fn parse_lenient(text: &str) -> Result<Self, UsccError> {
        let folded: String = text.trim().nfkc().collect();
        Self::parse(&folded.trim().to_uppercase())
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Every byte was found in ALPHABET, which is ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The region of the *first* registrar, digits 3–8. It says nothing about where the firm is now
    /// and need not be in GB/T 2260 (苏州工业园区 firms carry 320594).
    #[must_use]
    pub fn first_registrar(&self) -> &str {
        self.as_str().get(2..8).unwrap_or_default()
    }

    /// Whether the inner check character of the organisation code holds (GB 11714-1997). A failure
    /// is a warning (`FMT-ORG`), since old registers hold a few such codes.
    #[must_use]
    pub fn inner_check_holds(&self) -> bool {
        let digit = |byte: &u8| char::from(*byte).to_digit(36).unwrap_or(0);
        let body = self.0.iter().skip(8).take(8);
        let sum: u32 = body.zip(INNER_WEIGHTS).map(|(byte, weight)| digit(byte) * weight).sum();
        let expected = match 11 - sum % 11 {
            10 => b'X',
            11 => b'0',
            digit => b'0' + u8::try_from(digit).unwrap_or(0),
        };
        self.0.get(16) == Some(&expected)
    }
}

/// Eighteen full-width characters have the right length and the wrong characters; say so.
fn wrong_length(text: &str) -> UsccError {
    match text.chars().position(|c| !c.is_ascii()) {
        Some(at) if text.chars().count() == 18 => UsccError::Character { position: at + 1 },
        _ => UsccError::Length(text.chars().count()),
    }
}

fn value_of(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|candidate| *candidate == byte).and_then(|at| u32::try_from(at).ok())
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uscc({})", self.as_str())
    }
}

impl Serialize for Uscc {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Uscc {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
