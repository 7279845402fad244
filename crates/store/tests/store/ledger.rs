//! The ledger is found by what a clerk filters by, and what changed names the cases that rest on it.

use std::collections::BTreeSet;

use crate::common::{at, case, day, entry, fresh, judgement, uscc};
use chrono::TimeDelta;
use zizhi_model::{Scenario, Verdict};
use zizhi_store::{Case, CaseFilter, CaseState, Database, Direction, Input, InputKind, Request};

/// Six cases, one a day from 2026-11-18 on, in turn received, accepted and decided, passed and failed.
fn ledger() -> (tempfile::TempDir, Database) {
    let (folder, database) = fresh();
    let writer = database.writer().unwrap();
    let original = writer.add_original(&mut &b"a dossier"[..], "application/zip", at(0)).unwrap();
    for number in 1..=6_u32 {
        let state = [CaseState::Received, CaseState::Accepted, CaseState::Decided][number as usize % 3];
        let verdict = [Verdict::Passed, Verdict::Failed][number as usize % 2];
        let received = at(0) + TimeDelta::days(i64::from(number) - 1);
        let number = case(
            number,
            &format!("收〔2026〕{number:04}"),
            original.sha256,
            "苏州云栈机器人科技有限公司【演示】",
        );
        writer.add_case(&Case { received, state, verdict: Some(verdict), ..number }).unwrap();
    }
    writer.commit(&entry("ledger.filled")).unwrap();
    (folder, database)
}

fn found(database: &Database, filter: &CaseFilter) -> Vec<String> {
    let page = database.reader().unwrap().cases(filter, None, 99).unwrap();
    page.rows.iter().map(|case| case.number.chars().filter(char::is_ascii_digit).skip(4).collect()).collect()
}

#[test]
fn several_states_and_verdicts_are_found_together() {
    let (_folder, database) = ledger();
    let filter = CaseFilter { states: vec![CaseState::Received, CaseState::Decided], ..Default::default() };
    assert_eq!(found(&database, &filter), ["0006", "0005", "0003", "0002"], "either state");
    let both = CaseFilter { verdicts: vec![Verdict::Failed], text: "yzjqr".into(), ..filter };
    assert_eq!(found(&database, &both), ["0005", "0003"], "and the verdict, and what was typed");
    let all = CaseFilter { verdicts: Verdict::ALL.to_vec(), ..Default::default() };
    assert_eq!(found(&database, &all).len(), 6, "every verdict is no filter");
}

#[test]
fn days_count_from_their_first_to_their_last_second_in_shanghai() {
    let (_folder, database) = ledger();
    let days = |from: Option<&str>, until: Option<&str>| CaseFilter {
        from: from.map(day),
        until: until.map(day),
        ..Default::default()
    };
    let first = zizhi_model::civil::date_in_shanghai(at(0)).to_string();
    assert_eq!(first, "2026-11-18", "the first case came on this day");
    for (from, until, expected) in [
        (Some("2026-11-20"), Some("2026-11-21"), vec!["0004", "0003"]),
        (Some("2026-11-23"), None, vec!["0006"]),
        (None, Some("2026-11-18"), vec!["0001"]),
        (Some("2027-01-01"), None, vec![]),
        (None, Some("2025-01-01"), vec![]),
        (Some("2026-11-22"), Some("2026-11-19"), vec![]),
    ] {
        assert_eq!(found(&database, &days(from, until)), expected, "{from:?} to {until:?}");
    }
    let reader = database.reader().unwrap();
    let filter = days(Some("2026-11-19"), Some("2026-11-22"));
    let page = reader.cases(&filter, None, 3).unwrap();
    assert_eq!(page.rows.len(), 3);
    let rest = reader.cases(&filter, page.next, 3).unwrap();
    assert_eq!((rest.rows.len(), rest.next), (1, None), "pages go on within the days");
    assert_eq!(reader.count_cases(&filter, 99).unwrap(), 4, "and are counted");
}

#[test]
fn a_change_names_the_cases_that_rest_on_it_and_those_that_wait() {
    let (_folder, database) = ledger();
    let input = |kind, key: &str, idx| Input { kind, key: key.to_owned(), idx };
    let writer = database.writer().unwrap();
    let inputs = [
        vec![input(InputKind::Status, "list-a", Some(3)), input(InputKind::Pack, "pack", None)],
        vec![input(InputKind::Status, "list-a", Some(4)), input(InputKind::Status, "list-a", None)],
        vec![input(InputKind::Status, "list-b", Some(3)), input(InputKind::Issuer, "issuer", None)],
    ];
    for (number, inputs) in (1..).zip(&inputs) {
        let judgement = judgement(&format!("case-{number:06}"), Verdict::Pending);
        writer.add_judgement(&judgement, b"{}", inputs).unwrap();
    }
    writer.commit(&entry("judged")).unwrap();
    let one = |number: u32| BTreeSet::from([format!("case-{number:06}")]);
    let reader = database.reader().unwrap();
    assert_eq!(reader.rested_on(InputKind::Status).unwrap(), ["list-a", "list-b"], "each list once");
    assert_eq!(reader.cases_waiting_for_list("list-a").unwrap(), one(2), "only the one that waits");
    assert_eq!(reader.cases_on_status_entries("list-a", [3]).unwrap(), one(1), "only that entry");
    drop(reader);

    let writer = database.writer().unwrap();
    writer.remove_judgement_inputs("case-000003").unwrap();
    writer.commit(&entry("case.decided")).unwrap();
    let reader = database.reader().unwrap();
    assert_eq!(reader.rested_on(InputKind::Status).unwrap(), ["list-a"], "nothing touches it any more");
    assert!(reader.cases_resting_on(InputKind::Issuer, "issuer").unwrap().is_empty());
}

#[test]
fn a_request_that_was_opened_again_takes_another_dossier() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let request = Request {
        direction: Direction::Issued,
        id: "request-1".to_owned(),
        counterparty: uscc(1),
        firm: Some(uscc(1)),
        scenario: Scenario::BranchOperation,
        checklist_id: "SJ-BRANCH".to_owned(),
        exp: at(86_400),
        answered_by: None,
        bytes: b"eyJ".to_vec(),
    };
    writer.add_request(&request).unwrap();
    writer.answer_request(Direction::Issued, "request-1", "first").unwrap();
    assert!(writer.answer_request(Direction::Issued, "request-1", "second").is_err(), "answered once");
    writer.reopen_request(Direction::Issued, "request-1").unwrap();
    writer.answer_request(Direction::Issued, "request-1", "second").unwrap();
    writer.commit(&entry("request.answered")).unwrap();
    let request = database.reader().unwrap().request(Direction::Issued, "request-1").unwrap().unwrap();
    assert_eq!(request.answered_by.as_deref(), Some("second"));
}
