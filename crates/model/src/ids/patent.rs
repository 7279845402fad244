//! Patent and patent application numbers (ZC 0006-2003 of the patent office).

use std::fmt;

use super::{digits, folded};

/// What a patent protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PatentKind {
    /// 发明
    Invention,
    /// 实用新型
    UtilityModel,
    /// 外观设计
    Design,
}

impl PatentKind {
    /// The identifier.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invention => "invention",
            Self::UtilityModel => "utility_model",
            Self::Design => "design",
        }
    }

    /// The Chinese term.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Invention => "发明",
            Self::UtilityModel => "实用新型",
            Self::Design => "外观设计",
        }
    }

    /// The English term.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Invention => "invention",
            Self::UtilityModel => "utility model",
            Self::Design => "design",
        }
    }

    /// Reads the identifier or the Chinese term, which may end in 专利.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix("专利").unwrap_or(text);
        [Self::Invention, Self::UtilityModel, Self::Design]
            .into_iter()
            .find(|kind| text == kind.zh() || text == kind.en() || text == kind.as_str())
    }
}

/// A patent application number whose check character holds, with or without the `ZL` of a granted
/// patent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PatentNumber {
    /// 12 digits, or 8 before October 2003.
    body: String,
    check: char,
    granted: bool,
    kind: PatentKind,
    year: u16,
    pct: bool,
}

/// Why a text is not a patent number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PatentError {
    /// Not 12 digits (8 before October 2003), a point and a check character.
    #[error("a patent number has 12 digits (8 before October 2003), a point and a check character")]
    Form,
    /// The digits are there, the check character is not.
    #[error("the check character after the point is missing")]
    CheckMissing,
    /// The check character does not fit the digits.
    #[error("the check character should be {expected}")]
    Check {
        /// The character that would fit.
        expected: char,
    },
    /// The digit for the kind is none of 1, 2, 3, 8, 9.
    #[error("the digit for the kind of patent is none of 1, 2, 3, 8 and 9")]
    Kind,
    /// A year in which no such number was given.
    #[error("no such number was given in that year")]
    Year,
}

impl PatentError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Form => "number_form",
            Self::CheckMissing => "check_character_missing",
            Self::Check { .. } => "check_character",
            Self::Kind => "patent_kind_digit",
            Self::Year => "number_year",
        }
    }
}

impl PatentNumber {
    /// Reads a number; white space inside, full-width and lower-case characters are accepted, as are a
    /// missing point and the country code `CN`.
    ///
    /// # Errors
    /// [`PatentError`]. Patents lapse when a fee is unpaid; that cannot be known from the number.
    pub fn parse(text: &str) -> Result<Self, PatentError> {
        let text = folded(text);
        let (granted, rest) = match text.strip_prefix("ZL") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("CN").unwrap_or(&text)),
        };
        let (body, check) = split(rest)?;
        let (year, kind_digit) = if body.len() == 12 {
            (number(body, 0..4)?, body.as_bytes().get(4))
        } else {
            let short = number(body, 0..2)?;
            // The patent office opened in 1985.
            (if short >= 85 { 1900 + short } else { 2000 + short }, body.as_bytes().get(2))
        };
        let (kind, pct) = match kind_digit {
            Some(b'1') => (PatentKind::Invention, false),
            Some(b'2') => (PatentKind::UtilityModel, false),
            Some(b'3') => (PatentKind::Design, false),
            Some(b'8') => (PatentKind::Invention, true),
            Some(b'9') => (PatentKind::UtilityModel, true),
            _ => return Err(PatentError::Kind),
        };
        // ZC 0006-2003: twelve digits from 1 October 2003, eight before.
        let in_use = if body.len() == 12 { 2003..=9999 } else { 1985..=2003 };
        if !in_use.contains(&year) {
            return Err(PatentError::Year);
        }
        let expected = check_character(body);
        if check != expected {
            return Err(PatentError::Check { expected });
        }
        Ok(Self { body: body.to_owned(), check, granted, kind, year, pct })
    }

    /// What was applied for, as the number says.
    #[must_use]
    pub const fn kind(&self) -> PatentKind {
        self.kind
    }

    /// The year of filing.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// Whether the number is written as that of a granted patent, with `ZL`.
    #[must_use]
    pub const fn is_granted(&self) -> bool {
        self.granted
    }

    /// Whether the application came by way of the PCT.
    #[must_use]
    pub const fn is_pct(&self) -> bool {
        self.pct
    }
}

impl fmt::Display for PatentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}.{}", if self.granted { "ZL" } else { "" }, self.body, self.check)
    }
}

/// The digits and the check character.
fn split(text: &str) -> Result<(&str, char), PatentError> {
    let (body, check) = match text.split_once('.') {
        Some(parts) => parts,
        None if matches!(text.len(), 9 | 13) => {
            text.split_at_checked(text.len() - 1).ok_or(PatentError::Form)?
        }
        None => (text, ""),
    };
    if !matches!(body.len(), 8 | 12) || digits(body).is_none() {
        return Err(PatentError::Form);
    }
    let mut characters = check.chars();
    match (characters.next(), characters.next()) {
        (None, _) => Err(PatentError::CheckMissing),
        (Some(check), None) if check.is_ascii_digit() || check == 'X' => Ok((body, check)),
        _ => Err(PatentError::Form),
    }
}

fn number(body: &str, range: std::ops::Range<usize>) -> Result<u16, PatentError> {
    let value = body.get(range).and_then(digits).ok_or(PatentError::Form)?;
    u16::try_from(value).map_err(|_| PatentError::Form)
}

/// Weights 2 to 9 and again from 2, the sum modulo 11, 10 written X.
fn check_character(body: &str) -> char {
    let weights = (2..=9).cycle();
    let sum: u32 = body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
    match sum % 11 {
        10 => 'X',
        rest => char::from_digit(rest, 10).unwrap_or('0'),
    }
}
