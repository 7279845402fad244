use std::sync::Arc;

use zizhi_model::{CheckCode, Outcome, civil, json};

use super::*;

const SKEW: i64 = 300;

/// The codes that come out for `claims` at `now`, without those that pass.
#[track_caller]
fn check_at(now: &str, claims: &str, expected: &[CheckCode]) {
    let claims = json::strict(claims.as_bytes(), 8).unwrap();
    let now = civil::parse_time(now).unwrap();
    let found: Vec<CheckCode> = check(&claims, now, SKEW, &Arc::from("c"))
        .into_iter()
        .filter(|check| check.outcome > Outcome::Pass)
        .map(|check| check.code)
        .collect();
    assert_eq!(found, expected, "at {now}");
}

#[test]
fn a_civil_day_ends_at_midnight_in_shanghai() {
    let claims = r#"{"iat":1,"valid_until":"2028-02-29"}"#;
    check_at("2028-02-29T23:59:58+08:00", claims, &[CheckCode::DateSoon]);
    check_at("2028-02-29T23:59:59+08:00", claims, &[CheckCode::DateSoon]);
    check_at("2028-03-01T00:00:00+08:00", claims, &[CheckCode::DateExpired]);
    check_at("2028-02-29T16:00:00Z", claims, &[CheckCode::DateExpired]);
}

#[test]
fn exp_is_the_first_second_that_is_too_late() {
    let claims = r#"{"iat":1700000000,"exp":1800000000}"#;
    check_at("2027-01-15T07:59:59Z", claims, &[CheckCode::DateSoon]);
    check_at("2027-01-15T08:00:00Z", claims, &[CheckCode::DateExpired]);
}

#[test]
fn a_beginning_is_the_first_second_that_is_good() {
    let claims = r#"{"iat":1,"nbf":1800000000}"#;
    check_at("2027-01-15T07:59:59Z", claims, &[CheckCode::DateFuture]);
    check_at("2027-01-15T08:00:00Z", claims, &[]);
    let claims = r#"{"iat":1,"valid_from":"2026-07-01"}"#;
    check_at("2026-06-30T23:59:59+08:00", claims, &[CheckCode::DateFuture]);
    check_at("2026-07-01T00:00:00+08:00", claims, &[]);
}

#[test]
fn an_issue_in_the_future_is_allowed_within_the_skew_only() {
    let claims = r#"{"iat":1800000000}"#;
    check_at("2027-01-15T07:55:00Z", claims, &[]);
    check_at("2027-01-15T07:54:59Z", claims, &[CheckCode::DateFuture]);
}

#[test]
fn ninety_days_left_is_soon_and_ninety_one_is_not() {
    let claims = r#"{"iat":1,"valid_until":"2026-12-31"}"#;
    check_at("2026-10-01T12:00:00+08:00", claims, &[]);
    check_at("2026-10-02T00:00:00+08:00", claims, &[CheckCode::DateSoon]);
}

#[test]
fn a_statement_renewed_daily_does_not_warn_that_it_ends() {
    check_at("2027-01-15T08:00:00Z", r#"{"iat":1800000000,"exp":1800086400}"#, &[]);
    check_at("2027-01-15T08:00:00Z", r#"{"iat":1800000000,"exp":1800086401}"#, &[CheckCode::DateSoon]);
    let also_civil = r#"{"iat":1800000000,"exp":1800086400,"valid_until":"2027-02-01"}"#;
    check_at("2027-01-15T08:00:00Z", also_civil, &[CheckCode::DateSoon]);
}

#[test]
fn a_statement_of_the_firm_that_ended_is_signed_again_and_not_renewed() {
    let said = |claims: &str| {
        let claims = json::strict(claims.as_bytes(), 8).unwrap();
        let now = civil::parse_time("2027-01-17T08:00:00Z").unwrap();
        let checks = check(&claims, now, SKEW, &Arc::from("c"));
        checks.first().unwrap().text().zh.into_owned()
    };
    let declared = r#"{"iat":1800000000,"exp":1800086400,"provenance":"declared"}"#;
    assert!(said(declared).ends_with("不予采信：企业自述签名后只有效24小时，请企业重新签署。"));
    let direct = r#"{"iat":1800000000,"exp":1800086400,"provenance":"direct"}"#;
    assert!(said(direct).ends_with("不予采信。"), "an issuer signs that one");
}

#[test]
fn without_an_end_nothing_ends() {
    check_at("2099-01-01T00:00:00Z", r#"{"iat":1}"#, &[]);
}

#[test]
fn a_date_that_cannot_be_read_is_noticed() {
    let read = |text: &str| unreadable(&json::strict(text.as_bytes(), 4).unwrap());
    assert_eq!(read(r#"{"valid_until":"2026-02-30"}"#), Some("valid_until"), "no such day");
    assert_eq!(read(r#"{"valid_until":20260101}"#), Some("valid_until"), "a number is no date");
    assert_eq!(read(r#"{"valid_until":null}"#), None, "null says that there is no end");
    assert_eq!(read(r#"{"issued_on":"2026-02-28"}"#), None, "a day that exists");
}

#[test]
fn dates_must_have_happened_in_their_order() {
    let broken = |kind: &str, text: &str, established: Option<&str>| {
        let claims = json::strict(text.as_bytes(), 4).unwrap();
        let established = established.map(|day| civil::parse_date(day).unwrap());
        order(&claims, kind, established, &Arc::from("c")).is_some()
    };
    assert!(broken("any", r#"{"valid_from":"2026-02-02","valid_until":"2026-02-01"}"#, None));
    assert!(!broken("any", r#"{"valid_from":"2026-02-01","valid_until":"2026-02-01"}"#, None));
    assert!(broken(
        "incubatee-certificate",
        r#"{"established_on":"2024-03-18","entered_on":"2024-03-17"}"#,
        None
    ));
    // 认定管理办法 art. 11: registered for a year before the application.
    assert!(broken("high-tech-enterprise", r#"{"issued_on":"2025-03-17"}"#, Some("2024-03-18")));
    assert!(!broken("high-tech-enterprise", r#"{"issued_on":"2025-03-18"}"#, Some("2024-03-18")));
    assert!(!broken("tech-sme", r#"{"issued_on":"2024-04-01"}"#, Some("2024-03-18")));
}

#[test]
fn the_number_of_a_tech_sme_ends_with_its_year() {
    let claims = r#"{"iat":1,"vct":"urn:zizhitong:credential:tech-sme:1","number":"202634010408990001"}"#;
    check_at("2026-12-31T23:59:59+08:00", claims, &[CheckCode::DateSoon]);
    check_at("2027-01-01T00:00:00+08:00", claims, &[CheckCode::DateExpired]);
    let other = claims.replace("tech-sme", "patent");
    check_at("2027-01-01T00:00:00+08:00", &other, &[]);
}
