//! 技术合同登记编号: year, city, registration office, serial (domain.md §2.1).

use std::fmt;

use super::{digits, folded};
use crate::region::Region;

/// A technology contract registration number: 16 digits, or 14 with a year of two digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TechContractNumber(String);

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TechContractError {
    /// Neither 14 nor 16 digits. Some provinces append letters, so this is worth a warning only.
    #[error("the number has 16 digits, in its older form 14")]
    Form,
}

impl TechContractError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Form => "number_form",
        }
    }
}

impl TechContractNumber {
    /// Reads a number; white space and full-width characters are accepted.
    ///
    /// # Errors
    /// [`TechContractError`].
    pub fn parse(text: &str) -> Result<Self, TechContractError> {
        let text = folded(text);
        if matches!(text.len(), 14 | 16) && digits(&text).is_some() {
            Ok(Self(text))
        } else {
            Err(TechContractError::Form)
        }
    }

    /// The year of registration; two digits are meant in this century.
    #[must_use]
    pub fn year(&self) -> u16 {
        let (text, century) = if self.0.len() == 16 { (self.0.get(..4), 0) } else { (self.0.get(..2), 2000) };
        let year = text.and_then(digits).and_then(|year| u16::try_from(year).ok()).unwrap_or(0);
        century + year
    }

    /// The city of the office. Shanghai is written `3100` there, which is 310000.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        let from = if self.0.len() == 16 { 4 } else { 2 };
        let city = self.0.get(from..from + 4)?;
        Region::parse(&format!("{city}00")).ok()
    }
}

impl fmt::Display for TechContractNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
