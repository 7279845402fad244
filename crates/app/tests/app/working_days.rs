//! Working days: the holidays of 2026 as they were announced, the weekends that are worked, and years that
//! nobody announced.

use std::fs;

use chrono::{Datelike as _, NaiveDate};
use zizhi_app::working_days::{FILE, WorkingDays};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_days_off_of_2026_are_those_of_the_notice() {
    let days = WorkingDays::built_in();
    assert!(days.notice(2026).unwrap().contains("国办发明电〔2025〕7号"), "the source is named");
    // Every Monday to Friday off, written out, so that a range that is wrong by a day shows.
    let off = [
        "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01", "05-04",
        "05-05", "06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07",
    ];
    let worked = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"];
    for date in day("2026-01-01").iter_days().take_while(|date| date.year() == 2026) {
        let name = date.format("%m-%d").to_string();
        let weekend = date.weekday().number_from_monday() > 5;
        let expected = worked.contains(&name.as_str()) || (!weekend && !off.contains(&name.as_str()));
        assert_eq!(days.is_working(date), expected, "{date}");
    }
}

#[test]
fn what_is_left_is_counted_in_working_days_and_turns_negative() {
    let days = WorkingDays::built_in();
    for (today, until, expected) in [
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2026-11-24", 1),
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-23", "2026-12-10", 13),
        ("2026-09-30", "2026-10-08", 1),
        ("2026-10-08", "2026-10-12", 3),
        ("2026-11-24", "2026-11-23", -1),
        ("2026-11-23", "2026-11-20", -1),
        ("2026-11-23", "2026-11-21", -1),
    ] {
        assert_eq!(days.left(day(today), day(until)), expected, "from {today} to {until}");
    }
    assert_eq!(days.after(day("2026-09-30"), 1), day("2026-10-08"), "over the national holiday");
    assert_eq!(days.after(day("2026-11-23"), 0), day("2026-11-23"));
    assert!(days.left(day("2026-01-01"), NaiveDate::MAX) > 0, "the end of the calendar ends the count");
}

#[test]
fn a_year_that_nobody_announced_has_its_weekends_only() {
    let days = WorkingDays::built_in();
    assert_eq!(days.notice(2031), None);
    assert!(days.is_working(day("2031-10-01")), "a Wednesday");
    assert!(!days.is_working(day("2031-10-04")), "a Saturday");
}

#[test]
fn years_in_the_data_folder_replace_those_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"years": [{"year": 2031, "notice": "某号通知", "holidays":
        [{"name": "国庆节", "from": "2031-10-01", "to": "2031-10-07"}], "working": ["2031-10-11"]}]}"#;
    fs::write(folder.path().join(FILE), text).unwrap();
    let days = WorkingDays::at(folder.path());
    assert_eq!((days.notice(2031), days.notice(2026).is_some()), (Some("某号通知"), true), "both years");
    assert!(!days.is_working(day("2031-10-01")) && days.is_working(day("2031-10-11")));

    for broken in [
        "",
        "{}",
        r#"{"years": [{"year": 2031, "notice": "", "holidays":
        [{"name": "x", "from": "2031-10-07", "to": "2031-10-01"}], "working": []}]}"#,
    ] {
        fs::write(folder.path().join(FILE), broken).unwrap();
        assert_eq!(WorkingDays::at(folder.path()), WorkingDays::built_in(), "{broken:?} counts as absent");
    }
}
