//! 科技型中小企业入库登记编号, good for the calendar year in it (国科火字〔2019〕87号).

use std::fmt;

use chrono::NaiveDate;

use super::{digits, folded};
use crate::region::Region;

/// A registration number of a technology-based small or medium enterprise: 18 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TechSmeNumber(String);

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TechSmeError {
    /// Not 18 characters: year, region, two flags, serial.
    #[error("the number has 18 characters: year, region, two flags and a serial of 6 digits")]
    Form,
    /// Before 2017, when the register was opened.
    #[error("no such number was given in that year")]
    Year,
}

impl TechSmeError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Form => "number_form",
            Self::Year => "number_year",
        }
    }
}

impl TechSmeNumber {
    /// Reads a number; white space, full-width and lower-case characters are accepted.
    ///
    /// # Errors
    /// [`TechSmeError`].
    pub fn parse(text: &str) -> Result<Self, TechSmeError> {
        let text = folded(text);
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let flags = part(10..12);
        let formed = text.len() == 18
            && digits(part(0..10)).is_some()
            && flags.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
            && digits(part(12..18)).is_some();
        if !formed {
            return Err(TechSmeError::Form);
        }
        let number = Self(text);
        if number.year() < 2017 { Err(TechSmeError::Year) } else { Ok(number) }
    }

    /// The year of registration.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.0.get(..4).and_then(digits).and_then(|year| u16::try_from(year).ok()).unwrap_or(0)
    }

    /// The county.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.0.get(4..10).and_then(|code| Region::parse(code).ok())
    }

    /// Whether the firm was established in the year of registration: `A` yes, `0` before it. It matters
    /// for the deduction of the previous year's R&D. `None` for other flags.
    #[must_use]
    pub fn established_in_year(&self) -> Option<bool> {
        match self.0.as_bytes().get(10) {
            Some(b'A') => Some(true),
            Some(b'0') => Some(false),
            _ => None,
        }
    }

    /// The last day: "登记编号当年有效".
    #[must_use]
    pub fn valid_until(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::from(self.year()), 12, 31)
    }
}

impl fmt::Display for TechSmeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
