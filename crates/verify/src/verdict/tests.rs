use std::sync::Arc;

use zizhi_model::{CheckCode, Text};

use super::*;

fn check(code: CheckCode, outcome: Outcome) -> Check {
    Check::new(code, outcome, &Arc::from("x"))
}

fn credential(checks: Vec<Check>) -> CredentialReport {
    CredentialReport {
        path: "credentials/001.sdjwt".to_owned(),
        credential_type: "patent".to_owned(),
        number: None,
        valid_until: None,
        issuer: None,
        provenance: None,
        verdict: Verdict::Pending,
        mode: RecognitionMode::Direct,
        rule_id: None,
        maps_to: None,
        supplements: Vec::new(),
        checks,
    }
}

fn item(required: bool, checks: Vec<Check>) -> ItemReport {
    ItemReport {
        item_id: "i".to_owned(),
        title: Text::fixed("项", "item"),
        required,
        state: ItemState::Met,
        by: Vec::new(),
        checks,
    }
}

#[track_caller]
fn with_credential(code: CheckCode, outcome: Outcome, weight: Weight, expected: Verdict) {
    let whole = [check(CheckCode::ZipCorrupt, Outcome::Pass)];
    let credentials = [credential(vec![check(code, outcome)])];
    assert_eq!(
        overall(&whole, &credentials, &[weight], &[], false).0,
        expected,
        "{code} {outcome:?} {weight:?}"
    );
}

#[test]
fn over_no_checks_nothing_is_passed() {
    let (verdict, questions) = overall(&[], &[], &[], &[], false);
    assert_eq!(verdict, Verdict::Pending);
    assert_eq!(questions, no_answers());
    assert_eq!(of_credential(&[], RecognitionMode::Direct, 0), Verdict::Pending);
}

#[test]
fn a_failure_behind_a_required_item_fails_the_whole() {
    with_credential(CheckCode::StatRevoked, Outcome::Fail, Weight::Required, Verdict::Failed);
    with_credential(CheckCode::StatRevoked, Outcome::Fail, Weight::Optional, Verdict::PassedWithConditions);
    with_credential(CheckCode::StatStale, Outcome::Pending, Weight::Required, Verdict::Pending);
    with_credential(CheckCode::StatStale, Outcome::Pending, Weight::Optional, Verdict::PassedWithConditions);
}

#[test]
fn without_a_checklist_nobody_knows_whether_a_failure_matters() {
    with_credential(CheckCode::StatRevoked, Outcome::Fail, Weight::Unknown, Verdict::Pending);
    with_credential(CheckCode::StatMissing, Outcome::Pending, Weight::Unknown, Verdict::Pending);
    with_credential(CheckCode::SigInvalid, Outcome::Fail, Weight::Unknown, Verdict::Failed);
}

#[test]
fn tampering_fails_the_whole_wherever_it_stands() {
    for code in CheckCode::ALL.iter().filter(|code| code.shows_tampering()) {
        with_credential(*code, Outcome::Fail, Weight::Optional, Verdict::Failed);
    }
    let named = CheckCode::ALL.iter().filter(|code| code.shows_tampering()).count();
    assert_eq!(named, 22, "10 SIG, 5 KB, 2 HASH and the five named in formats.md §6, last paragraph but one");
}

#[test]
fn a_key_revoked_later_leaves_an_optional_credential_shown() {
    with_credential(
        CheckCode::SigKeyRevoked,
        Outcome::Pending,
        Weight::Optional,
        Verdict::PassedWithConditions,
    );
}

#[test]
fn an_optional_item_never_fails_the_whole() {
    let whole = [check(CheckCode::ZipCorrupt, Outcome::Pass)];
    let verdict = |required, outcome| {
        overall(&whole, &[], &[], &[item(required, vec![check(CheckCode::RuleFalse, outcome)])], false).0
    };
    assert_eq!(verdict(true, Outcome::Fail), Verdict::Failed);
    assert_eq!(verdict(false, Outcome::Fail), Verdict::PassedWithConditions);
    assert_eq!(verdict(true, Outcome::Pending), Verdict::Pending);
    assert_eq!(verdict(false, Outcome::Pending), Verdict::PassedWithConditions);
}

#[test]
fn a_failure_outweighs_what_is_pending() {
    let whole = [check(CheckCode::TrustStale, Outcome::Pending), check(CheckCode::HashAttach, Outcome::Fail)];
    assert_eq!(overall(&whole, &[], &[], &[], false).0, Verdict::Failed);
}

#[test]
fn a_lesser_mode_on_a_required_item_is_a_condition() {
    let whole = [check(CheckCode::ZipCorrupt, Outcome::Pass), check(CheckCode::Unsolicited, Outcome::Info)];
    assert_eq!(overall(&whole, &[], &[], &[], true).0, Verdict::PassedWithConditions);
    assert_eq!(overall(&whole, &[], &[], &[], false).0, Verdict::Passed);
}

#[test]
fn what_a_required_item_rests_on_has_to_hold_for_the_fourth_question() {
    let altered = |required| {
        let item = ItemReport {
            state: ItemState::Insufficient,
            by: vec!["x".to_owned()],
            ..item(required, Vec::new())
        };
        let whole =
            [check(CheckCode::HashAttach, Outcome::Fail), check(CheckCode::RuleExpired, Outcome::Pass)];
        overall(&whole, &[], &[], &[item], false).1.recognition
    };
    assert_eq!(altered(true), Answer::Fail);
    assert_eq!(altered(false), Answer::Pass, "an optional paper is not missed");
}
