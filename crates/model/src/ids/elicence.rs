//! 电子证照标识, the identifier inside an electronic licence (GB/T 36904-2018).
//!
//! Attached licences carry one, and it is read here. This program never makes one: the numbers under
//! `1.2.156.3005.2` are given out by the state.

use std::fmt;

use super::folded;
use crate::uscc::Uscc;

const ROOT: &str = "1.2.156.3005.2.";
/// A serial number longer than this is not one.
const LONGEST_SERIAL: usize = 64;

/// An e-licence identifier whose check character holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ELicenceId {
    licence_type: String,
    issuer: String,
    serial: String,
    version: String,
    check: char,
}

/// Why a text is not such an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ELicenceError {
    /// Not five parts after `1.2.156.3005.2`.
    #[error("the identifier is 1.2.156.3005.2 and five parts: type, issuer, serial, version, check")]
    Form,
    /// The type is not an 18-character code and three digits.
    #[error("the licence type is a code of 18 characters and 3 digits")]
    Type,
    /// The issuer is not a code of 18 characters.
    #[error("the issuer is a code of 18 characters")]
    Issuer,
    /// The version is not three digits, or the serial number is empty, too long or oddly written.
    #[error("the serial number or the version is not written as the standard says")]
    Serial,
    /// The check character does not fit (ISO 7064, MOD 37,36).
    #[error("the check character should be {expected}")]
    Check {
        /// The character that would fit.
        expected: char,
    },
}

impl ELicenceError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Form => "number_form",
            Self::Type => "elicence_type",
            Self::Issuer => "elicence_issuer",
            Self::Serial => "elicence_serial",
            Self::Check { .. } => "check_character",
        }
    }
}

impl ELicenceId {
    /// Reads an identifier, also a file name's stem; white space, full-width and lower-case characters
    /// are accepted.
    ///
    /// # Errors
    /// [`ELicenceError`].
    pub fn parse(text: &str) -> Result<Self, ELicenceError> {
        let text = folded(text);
        let mut parts = text.strip_prefix(ROOT).ok_or(ELicenceError::Form)?.split('.');
        let (Some(licence_type), Some(issuer), Some(serial), Some(version), Some(check), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ELicenceError::Form);
        };
        let type_number = licence_type.get(18..).unwrap_or_default();
        if licence_type.len() != 21 || !alphanumeric(licence_type) || !all_digits(type_number) {
            return Err(ELicenceError::Type);
        }
        if issuer.len() != 18 || !alphanumeric(issuer) {
            return Err(ELicenceError::Issuer);
        }
        let serial_formed = (1..=LONGEST_SERIAL).contains(&serial.len()) && alphanumeric(serial);
        if !serial_formed || version.len() != 3 || !all_digits(version) {
            return Err(ELicenceError::Serial);
        }
        let expected = check_character(&[licence_type, issuer, serial, version]);
        if check.len() != 1 || !check.starts_with(expected) {
            return Err(ELicenceError::Check { expected });
        }
        Ok(Self {
            licence_type: licence_type.to_owned(),
            issuer: issuer.to_owned(),
            serial: serial.to_owned(),
            version: version.to_owned(),
            check: expected,
        })
    }

    /// The type of licence: the code of the ministry that defines it, and three digits.
    #[must_use]
    pub fn licence_type(&self) -> &str {
        &self.licence_type
    }

    /// The issuing office, if its code holds.
    #[must_use]
    pub fn issuer(&self) -> Option<Uscc> {
        Uscc::parse(&self.issuer).ok()
    }

    /// The serial number.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The version: three digits, counted up at each change of the licence.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl fmt::Display for ELicenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { licence_type, issuer, serial, version, check } = self;
        write!(f, "{ROOT}{licence_type}.{issuer}.{serial}.{version}.{check}")
    }
}

fn alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// ISO 7064 hybrid system MOD 37,36 over the four parts without their points.
fn check_character(parts: &[&str]) -> char {
    let mut product = 36;
    for value in parts.iter().flat_map(|part| part.chars()).filter_map(|c| c.to_digit(36)) {
        let sum = (product + value) % 36;
        product = if sum == 0 { 36 } else { sum } * 2 % 37;
    }
    char::from_digit((37 - product) % 36, 36).unwrap_or('0').to_ascii_uppercase()
}
