//! Civil dates, which in this field are always days in China (formats.md §0).
//!
//! China has had one time zone without summer time since 1991, so the zone is a fixed offset here. No
//! function reads a clock.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Seconds that Asia/Shanghai is ahead of UTC.
const SHANGHAI_AHEAD: i32 = 8 * 3600;

/// Why a text is not a date or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CivilError {
    /// Not written `YYYY-MM-DD`.
    #[error("a date is written YYYY-MM-DD")]
    Form,
    /// Written so, but not in the calendar.
    #[error("there is no such day in the calendar")]
    Calendar,
    /// Not a time of RFC 3339 with an offset.
    #[error("a time is written as in RFC 3339, with an offset")]
    Time,
}

/// Reads `YYYY-MM-DD`, and nothing shorter or longer.
///
/// # Errors
/// [`CivilError::Form`] or [`CivilError::Calendar`].
pub fn parse_date(text: &str) -> Result<NaiveDate, CivilError> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return Err(CivilError::Form);
    };
    let mut parts = [0_u32; 3];
    for (part, digits) in parts.iter_mut().zip([&[y1, y2, y3, y4][..], &[m1, m2], &[d1, d2]]) {
        for byte in digits {
            let digit = char::from(*byte).to_digit(10).ok_or(CivilError::Form)?;
            *part = *part * 10 + digit;
        }
    }
    let [year, month, day] = parts;
    let year = i32::try_from(year).map_err(|_| CivilError::Form)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(CivilError::Calendar)
}

/// Reads a time of RFC 3339 with an offset.
///
/// # Errors
/// [`CivilError::Time`].
pub fn parse_time(text: &str) -> Result<DateTime<Utc>, CivilError> {
    DateTime::parse_from_rfc3339(text).map(|time| time.to_utc()).map_err(|_| CivilError::Time)
}

/// The moment a JWT's `NumericDate` names; `None` beyond chrono's calendar.
#[must_use]
pub fn from_numeric_date(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
}

/// 00:00:00 in China on that day.
#[must_use]
pub fn start_of_day_shanghai(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN).and_utc();
    let ahead = TimeDelta::seconds(i64::from(SHANGHAI_AHEAD));
    midnight.checked_sub_signed(ahead).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// 23:59:59 in China on that day: the last second in which a civil `valid_until` holds.
#[must_use]
pub fn end_of_day_shanghai(date: NaiveDate) -> DateTime<Utc> {
    let start = start_of_day_shanghai(date);
    start.checked_add_signed(TimeDelta::seconds(24 * 3600 - 1)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The day it is in China at that moment.
#[must_use]
pub fn date_in_shanghai(time: DateTime<Utc>) -> NaiveDate {
    in_shanghai(time).map_or_else(|| time.date_naive(), |(date, _)| date)
}

/// The same day of the month `months` later, or the last day of that month where it is shorter
/// (domain.md §2.3). Stays at chrono's first and last day instead of overflowing.
#[must_use]
pub fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let count = Months::new(months.unsigned_abs());
    if months < 0 {
        date.checked_sub_months(count).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_months(count).unwrap_or(NaiveDate::MAX)
    }
}

/// How many whole months lie between two days: the greatest `n` with `add_months(from, n) <= to`.
/// Negative where `to` is before `from`.
#[must_use]
pub fn full_months_between(from: NaiveDate, to: NaiveDate) -> i32 {
    if to < from {
        return -full_months_between(to, from);
    }
    let months = |date: NaiveDate| date.year() * 12 + date.month0().cast_signed();
    let apart = months(to) - months(from);
    if add_months(from, apart) > to { apart - 1 } else { apart }
}

/// Whether a firm was young enough when it entered: "入驻时成立时间不超过 N 个月" holds up to and
/// including the day N months after it was established (domain.md §2.3).
#[must_use]
pub fn within_months(established: NaiveDate, entered: NaiveDate, max_months: i32) -> bool {
    entered <= add_months(established, max_months)
}

/// The last day of a term of whole months that begins on `from`: N months later, less one day.
#[must_use]
pub fn last_day_of_term(from: NaiveDate, months: i32) -> NaiveDate {
    let after = add_months(from, months);
    after.checked_sub_days(Days::new(1)).unwrap_or(after)
}

/// Days from `today` to `until`; 0 on the last day, negative after it.
#[must_use]
pub fn days_left(today: NaiveDate, until: NaiveDate) -> i64 {
    until.signed_duration_since(today).num_days()
}

/// `2026年11月23日`, as running text writes a date.
#[must_use]
pub fn date_zh(date: NaiveDate) -> String {
    let mut out = String::with_capacity(20);
    let _ = write!(out, "{}年{}月{}日", date.year(), date.month(), date.day());
    out
}

/// `2026年11月23日14:05` in China, as running text writes a time.
#[must_use]
pub fn time_zh(time: DateTime<Utc>) -> String {
    let (date, clock) = in_shanghai(time).unwrap_or((time.date_naive(), time.time()));
    format!("{}{}", date_zh(date), clock.format("%H:%M"))
}

/// `2026-11-23 14:05 (UTC+8)`.
#[must_use]
pub fn time_en(time: DateTime<Utc>) -> String {
    let (date, clock) = in_shanghai(time).unwrap_or((time.date_naive(), time.time()));
    format!("{date} {} (UTC+8)", clock.format("%H:%M"))
}

/// Day and clock in China; `None` at the very ends of chrono's calendar.
fn in_shanghai(time: DateTime<Utc>) -> Option<(NaiveDate, NaiveTime)> {
    let zone = FixedOffset::east_opt(SHANGHAI_AHEAD)?;
    let local = time.naive_utc().checked_add_offset(zone)?;
    Some((local.date(), local.time()))
}

/// RFC 3339 to the second with the offset +08:00, the way people in Shanghai read a time.
#[must_use]
pub fn rfc3339(time: DateTime<Utc>) -> String {
    let seconds = chrono::SecondsFormat::Secs;
    chrono::FixedOffset::east_opt(8 * 3600).map_or_else(
        || time.to_rfc3339_opts(seconds, true),
        |offset| time.with_timezone(&offset).to_rfc3339_opts(seconds, false),
    )
}
