//! The number of a 高新技术企业证书: `GR`, year, province, serial (domain.md §2.1).

use std::fmt;

use super::{digits, folded};

/// A high-tech enterprise certificate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HighTechNumber {
    year: u16,
    province: u8,
    serial: u32,
}

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HighTechError {
    /// Not `GR` and 12 digits.
    #[error("a high-tech enterprise number is GR and 12 digits")]
    Form,
    /// Before 2008, when these numbers began.
    #[error("no such number was given in that year")]
    Year,
    /// Digits 5 and 6 are not those of a province.
    #[error("digits 5 and 6 do not name a province")]
    Province,
}

impl HighTechError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Form => "number_form",
            Self::Year => "number_year",
            Self::Province => "number_region",
        }
    }
}

impl HighTechNumber {
    /// Reads a number; white space, full-width and lower-case characters are accepted.
    ///
    /// # Errors
    /// [`HighTechError`].
    pub fn parse(text: &str) -> Result<Self, HighTechError> {
        let text = folded(text);
        let rest = text.strip_prefix("GR").filter(|rest| rest.len() == 12).ok_or(HighTechError::Form)?;
        let number = digits(rest).ok_or(HighTechError::Form)?;
        // Twelve digits: the parts fit their types.
        let year = u16::try_from(number / 100_000_000).map_err(|_| HighTechError::Form)?;
        let province = u8::try_from(number / 1_000_000 % 100).map_err(|_| HighTechError::Form)?;
        let serial = u32::try_from(number % 1_000_000).map_err(|_| HighTechError::Form)?;
        if year < 2008 {
            return Err(HighTechError::Year);
        }
        // GB/T 2260 numbers provinces from 11 to 82.
        if !(11..=82).contains(&province) {
            return Err(HighTechError::Province);
        }
        Ok(Self { year, province, serial })
    }

    /// The year of recognition.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The two digits of the province. They do not tell the 认定机构: Ningbo has its own and writes
    /// Zhejiang's digits.
    #[must_use]
    pub const fn province(self) -> u8 {
        self.province
    }
}

impl fmt::Display for HighTechNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GR{:04}{:02}{:06}", self.year, self.province, self.serial)
    }
}
