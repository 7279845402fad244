//! Money as whole 分 (formats.md §0), and the ways people write it.

mod capitals;

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

const FEN_PER_YUAN: i64 = 100;
const FEN_PER_WAN: i64 = 1_000_000;

/// An amount in 分. Negative amounts occur in corrections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not digits with at most one decimal point.
    #[error("an amount is written like 28,800.00 or 120.00万元")]
    Form,
    /// Commas that do not stand before every third digit.
    #[error("the commas do not stand before every third digit")]
    Grouping,
    /// Finer than one 分.
    #[error("an amount finer than one fen")]
    TooFine,
    /// Beyond what 64 bits of 分 hold.
    #[error("an amount too large to be meant")]
    TooLarge,
}

impl Fen {
    /// Reads `14400`, `28,800.00`, `¥14,400.00`, `14400.5元`, `120.00 万元`; without a unit it is 元.
    /// Full-width characters are accepted.
    ///
    /// # Errors
    /// [`MoneyError`]; nothing is rounded.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let folded: String = text.trim().nfkc().collect();
        let (negative, rest) = match folded.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, folded.as_str()),
        };
        let rest = rest.strip_prefix(['¥', '￥']).unwrap_or(rest).trim_start();
        let (number, unit) = if let Some(number) = rest.strip_suffix("万元") {
            (number, FEN_PER_WAN)
        } else {
            (rest.strip_suffix('元').unwrap_or(rest), FEN_PER_YUAN)
        };
        let fen = scaled(number.trim_end(), unit)?;
        Ok(Self(if negative { -fen } else { fen }))
    }

    /// An amount of whole 元; `None` on overflow.
    #[must_use]
    pub fn from_yuan(yuan: i64) -> Option<Self> {
        yuan.checked_mul(FEN_PER_YUAN).map(Self)
    }

    /// The sum; `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `¥14,400.00`, as vouchers and invoices write it.
    #[must_use]
    pub fn yuan(self) -> String {
        let (whole, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        format!("{}¥{}.{cents:02}", self.sign(), grouped(whole))
    }

    /// `1.44`, in 万元 with two decimals and no unit, as tables under "金额（万元）" write it. Half a
    /// hundredth is rounded away from zero.
    #[must_use]
    pub fn wan_yuan(self) -> String {
        const PER_HUNDREDTH: u64 = FEN_PER_WAN.unsigned_abs() / 100;
        let hundredths = self.0.unsigned_abs().saturating_add(PER_HUNDREDTH / 2) / PER_HUNDREDTH;
        let sign = if hundredths == 0 { "" } else { self.sign() };
        format!("{sign}{}.{:02}", grouped(hundredths / 100), hundredths % 100)
    }

    /// `人民币壹万肆仟肆佰元整`, the form that cannot be altered with a pen.
    #[must_use]
    pub fn capitals(self) -> String {
        capitals::write(self.0)
    }

    fn sign(self) -> &'static str {
        if self.0 < 0 { "-" } else { "" }
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.yuan())
    }
}

/// A decimal number times `unit` 分, exactly.
fn scaled(number: &str, unit: i64) -> Result<i64, MoneyError> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || (number.ends_with('.')) {
        return Err(MoneyError::Form);
    }
    check_grouping(whole)?;
    let mut value = 0_i64;
    for byte in whole.bytes().filter(|byte| *byte != b',') {
        let digit = i64::from(byte.wrapping_sub(b'0'));
        value = value.checked_mul(10).and_then(|v| v.checked_add(digit)).ok_or(MoneyError::TooLarge)?;
    }
    let mut total = value.checked_mul(unit).ok_or(MoneyError::TooLarge)?;
    let mut place = unit;
    for byte in fraction.bytes() {
        let digit =
            if byte.is_ascii_digit() { i64::from(byte - b'0') } else { return Err(MoneyError::Form) };
        place /= 10;
        if place == 0 && digit != 0 {
            return Err(MoneyError::TooFine);
        }
        total = total.checked_add(digit * place).ok_or(MoneyError::TooLarge)?;
    }
    Ok(total)
}

/// Either no comma, or one before every third digit from the right.
fn check_grouping(whole: &str) -> Result<(), MoneyError> {
    if !whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') {
        return Err(MoneyError::Form);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return Ok(());
    }
    if (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3) {
        Ok(())
    } else {
        Err(MoneyError::Grouping)
    }
}

/// The digits with a comma before every third from the right.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
