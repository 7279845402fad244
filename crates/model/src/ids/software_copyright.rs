//! 计算机软件著作权: the registration number (登记号) and the certificate's own number (证书号).

use std::fmt;

use super::{digits, folded};

/// One of the two numbers on a software copyright certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SoftwareCopyright {
    /// 登记号, as `2025SR9900001`.
    Registration {
        /// The year of registration.
        year: u16,
        /// Six to eight digits.
        serial: u32,
        /// How many digits the serial is written with.
        width: u8,
    },
    /// 证书号, as `软著登字第19900001号`.
    Certificate {
        /// The number.
        serial: u64,
        /// How many digits it is written with.
        width: u8,
    },
}

/// Why a text is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SoftwareCopyrightError {
    /// Neither `YYYYSR` with six to eight digits nor `软著登字第…号`.
    #[error("a software registration is like 2025SR9900001 or 软著登字第19900001号")]
    Form,
    /// Before 1991, when registration began.
    #[error("no such number was given in that year")]
    Year,
}

impl SoftwareCopyrightError {
    /// The rule's name, for the fact `rule`.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Form => "number_form",
            Self::Year => "number_year",
        }
    }
}

impl SoftwareCopyright {
    /// Reads either number; white space, full-width and lower-case characters are accepted.
    ///
    /// # Errors
    /// [`SoftwareCopyrightError`].
    pub fn parse(text: &str) -> Result<Self, SoftwareCopyrightError> {
        use SoftwareCopyrightError::{Form, Year};

        let text = folded(text);
        if let Some(rest) = text.strip_prefix("软著登字第") {
            let number = rest.strip_suffix('号').filter(|number| number.len() <= 12).ok_or(Form)?;
            let width = u8::try_from(number.len()).map_err(|_| Form)?;
            return Ok(Self::Certificate { serial: digits(number).ok_or(Form)?, width });
        }
        let (year, serial) = text.split_once("SR").ok_or(Form)?;
        if year.len() != 4 || !(6..=8).contains(&serial.len()) {
            return Err(Form);
        }
        let width = u8::try_from(serial.len()).map_err(|_| Form)?;
        let year = digits(year).and_then(|year| u16::try_from(year).ok()).ok_or(Form)?;
        let serial = digits(serial).and_then(|serial| u32::try_from(serial).ok()).ok_or(Form)?;
        if year < 1991 { Err(Year) } else { Ok(Self::Registration { year, serial, width }) }
    }
}

impl fmt::Display for SoftwareCopyright {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Registration { year, serial, width } => {
                write!(f, "{year:04}SR{serial:0width$}", width = usize::from(width))
            }
            Self::Certificate { serial, width } => {
                write!(f, "软著登字第{serial:0width$}号", width = usize::from(width))
            }
        }
    }
}
