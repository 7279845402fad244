//! 工作日: which days are worked, by data that comes with the program or lies in the data folder.
//!
//! The State Council's office announces each year's holidays in the autumn before it. A year that nobody
//! entered has its weekends and nothing else.

use std::path::Path;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use serde::Deserialize;
use zizhi_model::civil;

use crate::files;

/// The name of a file in the data folder whose years replace those that are built in.
pub const FILE: &str = "working_days.json";

const BUILT_IN: &str = include_str!("../data/working_days.json");

/// Bytes of a file: a thousand years fit.
const LIMIT: u64 = 1024 * 1024;

/// Days that are counted at most, which is more than anybody waits for.
const LONGEST: usize = 4000;

/// The days of the years that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    years: Vec<Year>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    year: i32,
    notice: String,
    /// Both ends included.
    holidays: Vec<(NaiveDate, NaiveDate)>,
    /// Weekends that are worked.
    working: Vec<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    years: Vec<YearText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearText {
    year: i32,
    notice: String,
    holidays: Vec<HolidayText>,
    working: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayText {
    /// For people who read the file.
    #[serde(rename = "name")]
    _name: String,
    from: String,
    to: String,
}

impl WorkingDays {
    /// The years that come with the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self::read(BUILT_IN).unwrap_or(Self { years: Vec::new() })
    }

    /// The years that come with the program, and those of [`FILE`] in the data folder in their place. A
    /// file that cannot be read is as if it were not there: counting days must not keep anybody from work.
    #[must_use]
    pub fn at(data: &Path) -> Self {
        let own = files::read_text(&data.join(FILE), LIMIT).ok().and_then(|text| Self::read(&text));
        let mut days = Self::built_in();
        if let Some(own) = own {
            days.years.retain(|year| own.years.iter().all(|other| other.year != year.year));
            days.years.extend(own.years);
        }
        days
    }

    /// Reads a file of the form of `data/working_days.json`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let file: FileText = serde_json::from_str(text).ok()?;
        let day = |text: &String| civil::parse_date(text).ok();
        let years = file.years.into_iter().map(|year| {
            let holidays = year.holidays.iter().map(|holiday| {
                let (from, to) = (day(&holiday.from)?, day(&holiday.to)?);
                (from <= to).then_some((from, to))
            });
            Some(Year {
                year: year.year,
                notice: year.notice,
                holidays: holidays.collect::<Option<_>>()?,
                working: year.working.iter().map(day).collect::<Option<_>>()?,
            })
        });
        Some(Self { years: years.collect::<Option<_>>()? })
    }

    /// The notice that a year's days are from; nothing where only weekends are known.
    #[must_use]
    pub fn notice(&self, year: i32) -> Option<&str> {
        self.years.iter().find(|known| known.year == year).map(|known| known.notice.as_str())
    }

    /// Whether people work on that day. A notice may reach into the neighbouring year.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        if self.years.iter().any(|year| year.working.contains(&day)) {
            return true;
        }
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let within = |(from, to): &(NaiveDate, NaiveDate)| *from <= day && day <= *to;
        !weekend && !self.years.iter().any(|year| year.holidays.iter().any(within))
    }

    /// How many working days there are from `today` to `until`: 0 on that very day, 1 if it is the next
    /// working day, negative once it has passed.
    #[must_use]
    pub fn left(&self, today: NaiveDate, until: NaiveDate) -> i32 {
        if until < today {
            return -self.left(until, today);
        }
        let days = today.iter_days().skip(1).take_while(|day| *day <= until).take(LONGEST);
        i32::try_from(days.filter(|day| self.is_working(*day)).count()).unwrap_or(i32::MAX)
    }

    /// The day that is `count` working days after `day`.
    #[must_use]
    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut left = count;
        let mut at = day;
        for _ in 0..LONGEST {
            if left == 0 {
                break;
            }
            at = at.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
            left -= u32::from(self.is_working(at));
        }
        at
    }
}
