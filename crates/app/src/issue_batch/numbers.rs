//! Numbers of credentials: given as they are, or counted on after a pattern.

use serde_json::Value;
use zizhi_model::{Provenance, Text, Uscc};
use zizhi_store::{Credential, CredentialState, Reader, Writer};

use crate::after_restore::{NEXT_NUMBER, look_at_number};
use crate::failure::{Failure, told};

/// Characters of the longest number of any qualification, with room.
const LONGEST: usize = 80;
/// Digits that a counter may have: more than a billion credentials.
const MOST_DIGITS: usize = 9;

/// How many numbers a credential that is entered again can be ahead of its series.
const FAR_AHEAD: u64 = 100_000;

/// A number, or what makes numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// The number itself.
    Fixed(String),
    /// What stands before and after the counter, how many digits it has at least, and where it begins.
    Counting { before: String, after: String, width: usize, from: u64 },
}

/// The numbers that were taken, in order.
pub(super) enum Numbers {
    /// The type has none, or none was wanted.
    None,
    /// These.
    Taken(std::vec::IntoIter<String>),
}

impl Pattern {
    /// Reads a pattern for `count` credentials.
    pub(super) fn parse(text: &str, count: usize) -> Result<Self, Failure> {
        let text = crate::register_fields::line(text).map_err(|flaw| unfit(text, &flaw))?;
        if text.chars().count() > LONGEST {
            let flaw = told(format!("超过{LONGEST}个字符"), format!("more than {LONGEST} characters"));
            return Err(unfit(&text, &flaw));
        }
        let Some((before, rest)) = text.split_once('{') else {
            if text.contains('}') {
                return Err(unfit(&text, &braces()));
            }
            return if count == 1 { Ok(Self::Fixed(text)) } else { Err(unfit(&text, &one_for_all())) };
        };
        let (digits, after) = rest.split_once('}').ok_or_else(|| unfit(&text, &braces()))?;
        let fits =
            (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        match digits.parse() {
            Ok(from) if fits && !after.contains(['{', '}']) => {
                let (before, after) = (before.to_owned(), after.to_owned());
                Ok(Self::Counting { before, after, width: digits.len(), from })
            }
            _ => Err(unfit(&text, &braces())),
        }
    }

    /// One number as it will look, to be judged before any is taken.
    pub(super) fn example(&self) -> String {
        match self {
            Self::Fixed(number) => number.clone(),
            Self::Counting { before, after, width, from } => format!("{before}{from:0width$}{after}"),
        }
    }

    /// Refuses a number given by hand that another credential has: of what this organisation issues itself
    /// any other, of what it attests one of another firm.
    pub(super) fn check_free(
        &self,
        reader: &Reader<'_>,
        kind: &str,
        provenance: Provenance,
        firm: &Uscc,
    ) -> Result<(), Failure> {
        let Self::Fixed(number) = self else { return Ok(()) };
        let alike = reader.issued_with_number(number)?;
        let stands = |other: &Credential| {
            matches!(other.state, CredentialState::Valid | CredentialState::Suspended)
                && other.credential_type == kind
                && (provenance == Provenance::Direct || other.subject_uscc != *firm)
        };
        alike.iter().find(|other| stands(other)).map_or(Ok(()), |other| Err(taken(number, other)))
    }
}

impl Numbers {
    /// The `count` numbers that would be taken now for credentials of this type, and what is behind them in a series. A
    /// number that a credential of the type has is passed over, whatever the series knows of it.
    pub(super) fn peek(
        reader: &Reader<'_>,
        pattern: Option<&Pattern>,
        kind: &str,
        count: usize,
    ) -> Result<(Self, u64), Failure> {
        Ok(match pattern {
            None => (Self::None, 0),
            Some(Pattern::Fixed(number)) => (Self::Taken(vec![number.clone()].into_iter()), 0),
            Some(Pattern::Counting { before, after, width, from }) => {
                let kept = reader.setting(&series(before, after))?;
                let mut next = kept.as_ref().and_then(Value::as_u64).unwrap_or_default().max(*from);
                let number = |counted: u64| format!("{before}{counted:0width$}{after}");
                let mut free = Vec::with_capacity(count);
                while free.len() < count {
                    // As many as are wanted are looked up together, as long as they are equally long.
                    let wanted = u64::try_from(count - free.len()).unwrap_or(u64::MAX);
                    let last = next.saturating_add(wanted - 1).min(longest(next, *width));
                    let taken = reader.issued_numbers(kind, &number(next), &number(last))?;
                    free.extend((next..=last).map(number).filter(|number| !taken.contains(number)));
                    next = last.saturating_add(1);
                }
                (Self::Taken(free.into_iter()), next)
            }
        })
    }

    /// Takes `count` numbers. They stay taken if and only if the writer commits.
    ///
    /// # Errors
    /// `NUMBER-RESTORED` after a restore, for a series that nobody has `looked` at since.
    pub(super) fn take(
        writer: &Writer<'_>,
        pattern: Option<&Pattern>,
        kind: &str,
        count: usize,
        looked: bool,
    ) -> Result<Self, Failure> {
        let (numbers, next) = Self::peek(writer, pattern, kind, count)?;
        match pattern {
            None => {}
            Some(Pattern::Fixed(_)) => look_at_number(writer, None, looked)?,
            Some(Pattern::Counting { before, after, .. }) => {
                let setting = series(before, after);
                look_at_number(writer, Some(&setting), looked)?;
                writer.put_setting(&setting, &Value::from(next))?;
            }
        }
        Ok(numbers)
    }
}

impl Iterator for Numbers {
    type Item = Option<String>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::None => Some(None),
            Self::Taken(numbers) => numbers.next().map(Some),
        }
    }
}

/// The last number that is written with as many digits as this one.
fn longest(number: u64, width: usize) -> u64 {
    let digits =
        number.checked_ilog10().map_or(1, |log| log + 1).max(u32::try_from(width).unwrap_or(u32::MAX));
    10_u64.checked_pow(digits).map_or(u64::MAX, |first| first - 1)
}

/// Lets every series that a number belongs to go on behind it. What is too far ahead belongs to another series, such as
/// `SJ20260041` where `SJ0006` is next.
pub(crate) fn count_past(writer: &Writer<'_>, number: &str) -> Result<(), Failure> {
    for (setting, next) in writer.settings()? {
        let counted = setting.strip_prefix(NEXT_NUMBER).and_then(|series| {
            let (before, after) = series.split_once("{}")?;
            let digits = number.strip_prefix(before)?.strip_suffix(after)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok())?
        });
        let ahead = |counted: u64| counted.checked_sub(next.as_u64()?).filter(|by| *by <= FAR_AHEAD);
        if let Some(counted) = counted.filter(|counted| ahead(*counted).is_some()) {
            writer.put_setting(&setting, &Value::from(counted.saturating_add(1)))?;
        }
    }
    Ok(())
}

/// The setting that holds the next number of a series.
fn series(before: &str, after: &str) -> String {
    format!("{NEXT_NUMBER}{before}{{}}{after}")
}

fn unfit(text: &str, flaw: &Text) -> Failure {
    Failure::input(
        "ISSUE-NUMBER",
        told(
            format!("编号“{text}”不能使用：{}。没有签发。", flaw.zh.trim_end_matches('。')),
            format!("the number {text:?} cannot be used: {}; nothing was issued", flaw.en()),
        ),
        Text::fixed(
            "给一家企业签发时填写编号；给多家签发时把会变化的数字放在花括号里，如 FH-2026-{0001}。",
            "for one firm give the number; for several put the digits that count on into braces, such as FH-2026-{0001}",
        ),
    )
}

fn taken(number: &str, other: &Credential) -> Failure {
    Failure::refused(
        "DUP-NUMBER",
        format!("编号“{number}”已用于{}（{}）的凭证，没有签发。", other.subject_name, other.subject_uscc),
        format!(
            "the number {number:?} is on a credential of {} ({}); nothing was issued",
            other.subject_name, other.subject_uscc
        ),
        "请核对编号；要换发时，请先撤销或注销原来的那一份。",
        "compare the number; to replace that credential, revoke or end it first",
    )
}

fn braces() -> Text {
    Text::fixed(
        "花括号里应当只有一至九位数字，且只能有一处",
        "braces hold one to nine digits, and there is one pair of them",
    )
}

fn one_for_all() -> Text {
    Text::fixed("多家企业不能用同一个编号", "several firms cannot have the same number")
}
