//! Days, months and deadlines as the field counts them.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise")]

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use zizhi_model::civil::{self, CivilError};

fn day(text: &str) -> NaiveDate {
    civil::parse_date(text).unwrap()
}

fn time(text: &str) -> DateTime<Utc> {
    civil::parse_time(text).unwrap()
}

#[test]
fn dates_have_one_form() {
    assert_eq!(day("2026-11-23"), NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
    for text in [
        "",
        "2026-1-3",
        "2026-11-23 ",
        " 2026-11-23",
        "20261123",
        "2026/11/23",
        "+026-11-23",
        "2026-11-2३",
        "26-11-23",
        "2026-11-23T00:00:00Z",
        "2026年11月23日",
        "2026-11--3",
        "-026-11-23",
    ] {
        assert_eq!(civil::parse_date(text), Err(CivilError::Form), "{text:?}");
    }
    for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00"] {
        assert_eq!(civil::parse_date(text), Err(CivilError::Calendar), "{text:?}");
    }
    assert_eq!(day("2028-02-29").to_string(), "2028-02-29");
}

#[test]
fn a_day_in_china_runs_from_16_to_16_utc() {
    assert_eq!(civil::start_of_day_shanghai(day("2026-11-23")), time("2026-11-23T00:00:00+08:00"));
    assert_eq!(civil::end_of_day_shanghai(day("2026-11-23")), time("2026-11-23T15:59:59Z"));
    assert_eq!(civil::end_of_day_shanghai(day("2026-12-31")), time("2026-12-31T23:59:59+08:00"));
    for (moment, date) in [
        ("2026-11-23T15:59:59Z", "2026-11-23"),
        ("2026-11-23T16:00:00Z", "2026-11-24"),
        ("2026-12-31T16:00:00Z", "2027-01-01"),
        ("2026-11-23T23:30:00-05:00", "2026-11-24"),
    ] {
        assert_eq!(civil::date_in_shanghai(time(moment)), day(date), "{moment}");
    }
}

#[test]
fn months_end_on_the_same_day_or_the_last() {
    for (from, months, to) in [
        ("2024-03-18", 24, "2026-03-18"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-09-10", 3, "2026-12-10"),
        ("2026-11-23", 0, "2026-11-23"),
    ] {
        assert_eq!(civil::add_months(day(from), months), day(to), "{from} {months:+}");
    }
}

#[test]
fn whole_months_are_counted_with_the_same_clamp() {
    for (from, to, months) in [
        ("2024-03-18", "2024-12-16", 8),
        ("2021-06-08", "2026-11-23", 65),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2025-01-31", "2025-02-28", 1),
        ("2024-03-18", "2026-03-17", 23),
        ("2024-03-18", "2026-03-18", 24),
        ("2026-03-18", "2024-03-18", -24),
        ("2026-03-18", "2026-03-18", 0),
    ] {
        assert_eq!(civil::full_months_between(day(from), day(to)), months, "{from} {to}");
    }
}

#[test]
fn a_firm_may_enter_on_the_last_day_of_its_24th_month_and_not_later() {
    let established = day("2024-03-18");
    assert!(civil::within_months(established, day("2026-03-18"), 24));
    assert!(!civil::within_months(established, day("2026-03-19"), 24));
    assert!(!civil::within_months(day("2021-06-08"), day("2026-11-23"), 24));
}

#[test]
fn incubation_ends_the_day_before_its_anniversary() {
    assert_eq!(civil::last_day_of_term(day("2024-12-16"), 48), day("2028-12-15"));
    assert_eq!(civil::last_day_of_term(day("2024-12-16"), 60), day("2029-12-15"));
    assert_eq!(civil::last_day_of_term(day("2024-02-29"), 12), day("2025-02-27"));
}

#[test]
fn a_move_is_reported_within_three_months() {
    let deadline = civil::add_months(day("2026-09-10"), 3);
    assert_eq!(civil::days_left(day("2026-11-23"), deadline), 17);
    assert_eq!(civil::days_left(deadline, deadline), 0);
    assert_eq!(civil::days_left(day("2026-12-11"), deadline), -1);
    assert_eq!(civil::days_left(day("2026-11-23"), day("2026-12-31")), 38);
}

#[test]
fn prose_writes_dates_without_leading_zeros() {
    assert_eq!(civil::date_zh(day("2026-03-05")), "2026年3月5日");
    assert_eq!(civil::time_zh(time("2026-11-14T10:00:00Z")), "2026年11月14日18:00");
    assert_eq!(civil::time_en(time("2026-11-14T10:00:00Z")), "2026-11-14 18:00 (UTC+8)");
}

#[test]
fn the_ends_of_the_calendar_do_not_overflow() {
    let (first, last) = (NaiveDate::MIN, NaiveDate::MAX);
    assert!(civil::start_of_day_shanghai(first) <= civil::end_of_day_shanghai(first));
    assert!(civil::start_of_day_shanghai(last) <= civil::end_of_day_shanghai(last));
    assert_eq!(civil::add_months(last, i32::MAX), last);
    assert_eq!(civil::add_months(first, i32::MIN), first);
    assert_eq!(civil::last_day_of_term(first, 0), first);
    assert!(civil::full_months_between(first, last) > 6_000_000);
    assert!(civil::full_months_between(last, first) < -6_000_000);
    let _ = (civil::date_in_shanghai(DateTime::<Utc>::MAX_UTC), civil::time_zh(DateTime::<Utc>::MIN_UTC));
    assert_eq!(civil::from_numeric_date(i64::MAX), None);
    assert_eq!(civil::from_numeric_date(0), Some(DateTime::UNIX_EPOCH));
}

proptest! {
    #[test]
    fn counting_and_adding_months_agree(from in 0_i32..60_000, apart in 0_i32..20_000) {
        let from = NaiveDate::from_num_days_from_ce_opt(700_000 + from).unwrap();
        let to = from.checked_add_signed(chrono::TimeDelta::days(i64::from(apart))).unwrap();
        let months = civil::full_months_between(from, to);
        prop_assert!(civil::add_months(from, months) <= to);
        prop_assert!(civil::add_months(from, months + 1) > to);
        prop_assert_eq!(civil::within_months(from, to, months), civil::add_months(from, months) == to);
    }

    #[test]
    fn every_second_of_a_day_is_that_day(date in 0_i32..60_000, second in 0_i64..86_400) {
        let date = NaiveDate::from_num_days_from_ce_opt(700_000 + date).unwrap();
        let start = civil::start_of_day_shanghai(date);
        prop_assert_eq!(civil::date_in_shanghai(start + chrono::TimeDelta::seconds(second)), date);
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = (civil::parse_date(&text), civil::parse_time(&text));
    }
}
