//! By how much a firm was too old when it entered.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use zizhi_model::{CheckCode, Outcome, civil};
use zizhi_verify::Incubatee;

fn said(entered: &str) -> (Outcome, String) {
    let day = |text: &str| civil::parse_date(text).unwrap();
    let firm = Incubatee {
        established_on: Some(day("2022-12-15")),
        entered_on: Some(day(entered)),
        deadline: None,
        field: None,
    };
    let checks = firm.checks(day(entered), &Arc::from("a"));
    let check = checks.iter().find(|check| check.code == CheckCode::IncAge).unwrap();
    (check.outcome, check.text().zh.into_owned())
}

#[test]
fn a_limit_that_is_reached_is_kept_and_one_that_is_exceeded_is_told_by_how_much() {
    assert_eq!(said("2024-12-15").0, Outcome::Pass, "24 months and no day more");
    for (entered, beyond) in [
        ("2024-12-16", "超过上限24个月，超出1天，"),
        ("2025-01-14", "超过上限24个月，超出30天，"),
        ("2025-01-15", "超过上限24个月，超出1个月，"),
        ("2028-05-20", "超过上限24个月，超出41个月，"),
    ] {
        let (outcome, text) = said(entered);
        assert!(outcome == Outcome::Fail && text.contains(beyond), "{entered}: {text}");
    }
}
