//! Dates and date-times of CertLogic: strict reading, and arithmetic that overflows into the next
//! month as the specification has it (31 January + 1 month is 3 March, 2 March in a leap year).

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime};

/// What `plusTime` counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Hour,
}

impl Unit {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "year" => Self::Year,
            "month" => Self::Month,
            "day" => Self::Day,
            "hour" => Self::Hour,
            _ => return None,
        })
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }
}

/// Reads a full or partial date or a date-time; a partial date means its last day, a missing offset
/// UTC, and digits after the millisecond are dropped.
pub(super) fn parse(text: &str) -> Option<NaiveDateTime> {
    if let Some(day) = parse_day(text) {
        return Some(midnight(day));
    }
    let mut input = Input(text.as_bytes());
    let day = input.day()?;
    input.one(b'T')?;
    let hour = input.digits(2)?;
    input.one(b':')?;
    let minute = input.digits(2)?;
    input.one(b':')?;
    let second = input.digits(2)?;
    let millisecond = input.fraction()?;
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second, millisecond)?;
    let offset = input.offset()?;
    in_range(day.and_time(time).checked_sub_signed(Duration::minutes(offset))?)
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a partial date means its last day.
pub(super) fn parse_day(text: &str) -> Option<NaiveDate> {
    let mut input = Input(text.as_bytes());
    let year = input.digits(4)?;
    let year = i32::try_from(year).ok()?;
    if input.0.is_empty() {
        return NaiveDate::from_ymd_opt(year, 12, 31);
    }
    input.one(b'-')?;
    let month = input.digits(2)?;
    if input.0.is_empty() {
        return NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt();
    }
    input.one(b'-')?;
    let day = input.digits(2)?;
    if input.0.is_empty() { NaiveDate::from_ymd_opt(year, month, day) } else { None }
}

/// Midnight UTC of a day.
pub(super) fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// Adds `amount` units. `None` if the result is outside the years 0000 to 9999.
pub(super) fn plus(time: NaiveDateTime, amount: i64, unit: Unit) -> Option<NaiveDateTime> {
    let sum = match unit {
        Unit::Hour => time.checked_add_signed(Duration::try_hours(amount)?)?,
        Unit::Day => time.checked_add_signed(Duration::try_days(amount)?)?,
        Unit::Month => months_later(time, amount)?,
        Unit::Year => months_later(time, amount.checked_mul(12)?)?,
    };
    in_range(sum)
}

/// The same day of the month, counted on from the first: days that the month does not have run over
/// into the next.
fn months_later(time: NaiveDateTime, amount: i64) -> Option<NaiveDateTime> {
    let months = (i64::from(time.year()) * 12 + i64::from(time.month0())).checked_add(amount)?;
    let year = i32::try_from(months.div_euclid(12)).ok()?;
    let month = u32::try_from(months.rem_euclid(12)).ok()? + 1;
    let day = NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_days(Days::new(u64::from(time.day0())))?;
    Some(day.and_time(time.time()))
}

fn in_range(time: NaiveDateTime) -> Option<NaiveDateTime> {
    (0..=9999).contains(&time.year()).then_some(time)
}

/// RFC 3339 with milliseconds, in UTC.
pub(super) fn format(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

struct Input<'t>(&'t [u8]);

impl Input<'_> {
    fn day(&mut self) -> Option<NaiveDate> {
        let year = i32::try_from(self.digits(4)?).ok()?;
        self.one(b'-')?;
        let month = self.digits(2)?;
        self.one(b'-')?;
        NaiveDate::from_ymd_opt(year, month, self.digits(2)?)
    }

    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    fn one(&mut self, expected: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        (*first == expected).then_some(())
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits
            .iter()
            .try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    }

    fn fraction(&mut self) -> Option<u32> {
        if self.peek() != Some(b'.') {
            return Some(0);
        }
        self.one(b'.')?;
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return None;
        }
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(
            (0..3).fold(0, |sum, place| {
                sum * 10 + digits.get(place).map_or(0, |digit| u32::from(digit - b'0'))
            }),
        )
    }

    /// Minutes east of UTC; the rest of the input must be the offset.
    fn offset(&mut self) -> Option<i64> {
        let east = match self.peek() {
            None => return Some(0),
            Some(b'Z') => {
                self.one(b'Z')?;
                return self.0.is_empty().then_some(0);
            }
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        let (_, rest) = self.0.split_first()?;
        // h, hh, hmm, hhmm, h:mm and hh:mm: the minutes are the last two of three or more digits.
        let (hours, minutes) = match rest {
            [h] => ([b'0', *h], [b'0', b'0']),
            [h, hh] => ([*h, *hh], [b'0', b'0']),
            [h, m, mm] | [h, b':', m, mm] => ([b'0', *h], [*m, *mm]),
            [h, hh, m, mm] | [h, hh, b':', m, mm] => ([*h, *hh], [*m, *mm]),
            _ => return None,
        };
        let hours = Input(&hours).digits(2)?;
        let minutes = Input(&minutes).digits(2)?;
        (hours < 24 && minutes < 60).then(|| east * i64::from(hours * 60 + minutes))
    }
}
