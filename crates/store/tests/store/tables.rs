//! What is written is read back whole, and what contradicts the tables is refused.

use std::collections::BTreeSet;

use crate::common::{
    assert_filled, at, case, credential, day, entry, fill, firm, fresh, inputs, judgement, uscc, world,
};
use chrono::Datelike as _;
use serde_json::json;
use zizhi_model::Verdict;
use zizhi_store::{
    Case, CaseFigure, CaseFilter, CaseState, CaseVersion, Credential, CredentialDirection, CredentialState,
    DecisionOutcome, Direction, FirmState, InputKind, SentState, Standing, StoreError, Writer,
};

#[test]
fn everything_is_read_as_it_was_written() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    assert_filled(&database, &world);
    assert!(database.check().unwrap().is_whole(), "and nothing is wrong with the file");
}

#[test]
fn what_contradicts_the_tables_is_refused_and_leaves_no_trace() {
    let (_folder, database) = fresh();
    let filled = fill(&database);
    let before = database.reader().unwrap().log_end().unwrap();
    type Write = fn(&Writer<'_>) -> zizhi_store::Result<()>;
    let conflicts: [(&str, Write); 12] = [
        ("a second firm with the same code", |w| {
            w.put_firm(&zizhi_store::Firm { id: "x".into(), ..firm(1, "甲") })
        }),
        ("the same credential again", |w| w.add_credential(&credential(1, "乙"), b"")),
        ("a status place without a list", |w| {
            w.add_credential(&Credential { status_uri: None, ..credential(2, "丙") }, b"")
        }),
        ("a case without its original", |w| w.add_case(&case(9, "收〔2026〕0009", [9; 32], "丁"))),
        ("a number that is taken", |w| w.add_case(&Case { id: "x".into(), ..world().case })),
        ("an event of no case", |w| {
            w.add_case_event(&zizhi_store::CaseEvent { case_id: "none".into(), ..world().event }).map(drop)
        }),
        ("a notice about no case", |w| {
            w.add_change_notice(&zizhi_store::ChangeNotice {
                case_id: "none".into(),
                id: "x".into(),
                ..world().notice
            })
        }),
        ("a file of no draft", |w| {
            w.put_draft_file(&zizhi_store::DraftFile { draft: "none".into(), ..world().draft_file })
        }),
        ("a draft file without its original", |w| {
            w.put_draft_file(&zizhi_store::DraftFile { sha256: [1; 32], ..world().draft_file })
        }),
        ("the same dossier sent twice", |w| w.add_sent(&world().sent)),
        ("the same decision twice", |w| w.add_decision(&world().decision)),
        ("the same request twice", |w| w.add_request(&world().request)),
    ];
    for (what, write) in conflicts {
        let writer = database.writer().unwrap();
        let refused = write(&writer);
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{what}: {refused:?}");
    }
    assert_filled(&database, &filled);
    assert_eq!(database.reader().unwrap().log_end().unwrap(), before, "nothing was logged");
}

#[test]
fn what_is_not_there_cannot_be_changed() {
    let (_folder, database) = fresh();
    type Write = fn(&Writer<'_>) -> zizhi_store::Result<()>;
    let absent: [(&str, Write); 13] = [
        ("firm", |w| w.remove_firm("x")),
        ("credential", |w| w.set_credential_state("x", CredentialState::Ended, None, at(0))),
        ("credential", |w| w.remove_credential("x")),
        ("dossier_case", |w| w.update_case(&world().case)),
        ("dossier_case", |w| w.add_judgement(&judgement("x", Verdict::Passed), b"", &[]).map(drop)),
        ("change_notice", |w| w.mark_notice_seen("x", at(0))),
        ("request", |w| w.answer_request(Direction::Issued, "x", "y")),
        ("draft", |w| w.remove_draft("x")),
        ("draft_file", |w| w.remove_draft_file("x", &[0; 32])),
        ("sent", |w| w.set_sent_state("x", SentState::Sent, None)),
        ("signing_key", |w| w.reseal_signing_key("x", b"")),
        ("signing_key", |w| w.retire_signing_key("x", at(0))),
        ("inbox_identity", |w| w.reseal_inbox_identity("x", b"")),
    ];
    for (table, write) in absent {
        let refused = write(&database.writer().unwrap());
        assert!(matches!(refused, Err(StoreError::Absent(name)) if name == table), "{table}: {refused:?}");
    }
}

#[test]
fn a_credential_that_changes_state_is_found_by_the_new_state_only() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let id = credential(1, "").id;
    writer.set_credential_state(&id, CredentialState::Revoked, Some("已毕业"), at(9)).unwrap();
    writer.commit(&entry("credential.revoked")).unwrap();

    let reader = database.reader().unwrap();
    let count = |state| {
        let filter = zizhi_store::CredentialFilter {
            direction: CredentialDirection::Issued,
            state: Some(state),
            ..Default::default()
        };
        reader.count_credentials(&filter, 10).unwrap()
    };
    assert_eq!((count(CredentialState::Valid), count(CredentialState::Revoked)), (0, 1));
    let read = reader.credential(&id).unwrap().unwrap();
    assert_eq!((read.reason.as_deref(), read.changed), (Some("已毕业"), Some(at(9))));
    let ending = reader
        .credentials_ending(CredentialDirection::Issued, day("2028-12-01"), day("2028-12-31"), 10)
        .unwrap();
    assert!(ending.is_empty(), "what was revoked needs no reminder");
}

#[test]
fn credentials_are_found_by_their_subject_their_digest_their_place_and_their_last_day() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for number in 1..=5 {
        let mut written = credential(number, "合肥某公司【演示】");
        written.valid_until = day("2026-12-01").with_day(number);
        written.subject_uscc = uscc(100 + number % 2);
        writer.add_credential(&written, &[number as u8]).unwrap();
    }
    writer.commit(&entry("credentials.issued")).unwrap();
    let reader = database.reader().unwrap();
    let issued = CredentialDirection::Issued;
    let numbers = |rows: &[Credential]| -> Vec<String> {
        rows.iter().map(|row| row.id.trim_start_matches("credential-00000").to_owned()).collect()
    };
    let page = reader.credentials_about(issued, &uscc(101), None, 2).unwrap();
    assert_eq!(numbers(&page.rows), ["5", "3"], "the newest first");
    let rest = reader.credentials_about(issued, &uscc(101), page.next, 2).unwrap();
    assert_eq!((numbers(&rest.rows), rest.next), (vec!["1".to_owned()], None), "and then the rest");
    let ending = reader.credentials_ending(issued, day("2026-12-02"), day("2026-12-04"), 2).unwrap();
    assert_eq!(numbers(&ending), ["2", "3"], "the most urgent first, and no more than asked for");
    let third = reader.credential_at("https://status.example/1", 3).unwrap().unwrap();
    assert_eq!(reader.credential_by_digest(issued, &third.sha256).unwrap(), Some(third.clone()));
    assert_eq!(reader.credential_by_digest(CredentialDirection::Held, &third.sha256).unwrap(), None);
    assert_eq!(reader.credential_bytes(&third.id).unwrap(), Some(vec![3]));
}

#[test]
fn an_issued_credential_is_found_by_its_very_number_however_many_begin_like_it() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for number in 1..=300 {
        let mut written = credential(number, "合肥某公司【演示】");
        written.number = Some(if number == 300 { "SJ-1".to_owned() } else { format!("SJ-1{number:03}") });
        writer.add_credential(&written, &number.to_be_bytes()).unwrap();
    }
    writer.commit(&entry("credentials.issued")).unwrap();
    let reader = database.reader().unwrap();
    let found = reader.issued_with_number("SJ-1").unwrap();
    assert_eq!(found.iter().map(|row| row.id.clone()).collect::<Vec<_>>(), [credential(300, "").id]);
    assert!(reader.issued_with_number("SJ1").unwrap().is_empty(), "written otherwise it is another one");
    assert_eq!(reader.newest_in("https://status.example/none").unwrap(), None);
}

#[test]
fn a_removed_credential_takes_its_bytes_and_its_words_along() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let id = credential(1, "").id;
    writer.remove_credential(&id).unwrap();
    writer.remove_firm(&firm(1, "").id).unwrap();
    writer.commit(&entry("removed")).unwrap();
    let reader = database.reader().unwrap();
    assert_eq!(reader.credential_bytes(&id).unwrap(), None);
    assert_eq!(reader.count_firms(&Default::default(), 10).unwrap(), 0);
    drop(reader);
    assert!(database.check().unwrap().is_whole(), "no search line without its row");
}

#[test]
fn an_index_of_a_status_list_is_given_out_once() {
    let (_folder, database) = fresh();
    fill(&database);
    let uri = world().status_list.uri;
    let writer = database.writer().unwrap();
    assert_eq!(writer.take_status_indexes(&uri, 4000).unwrap(), Some(1));
    assert_eq!(writer.take_status_indexes(&uri, 96).unwrap(), None, "only 95 are left");
    assert_eq!(writer.take_status_indexes(&uri, 95).unwrap(), Some(4001));
    assert_eq!(writer.take_status_indexes(&uri, 1).unwrap(), None);
    assert_eq!(writer.take_status_indexes("unknown", 1).unwrap(), None);
    drop(writer);
    let writer = database.writer().unwrap();
    assert_eq!(writer.take_status_indexes(&uri, 1).unwrap(), Some(1), "without a commit nothing is taken");
}

#[test]
fn case_numbers_count_within_a_year() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let next = |year| writer.next_case_number(year).unwrap();
    assert_eq!(next(2026), "收〔2026〕0001");
    assert_eq!(next(2026), "收〔2026〕0002");
    assert_eq!(next(2027), "收〔2027〕0001");
    assert_eq!(next(2026), "收〔2026〕0003");
    writer.skip_case_numbers(2026, 1000).unwrap();
    writer.skip_case_numbers(2027, 0).unwrap();
    assert_eq!(next(2026), "收〔2026〕1001", "what was skipped is not given");
    assert_eq!(next(2027), "收〔2027〕0002", "and no number is given back");
    assert_eq!(writer.case_numbers().unwrap(), [(2026, 1001), (2027, 2)]);
}

#[test]
fn a_request_is_answered_once() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let answer = |dossier| writer.answer_request(Direction::Received, "request-1", dossier);
    answer("d1").unwrap();
    answer("d1").unwrap();
    assert!(matches!(answer("d2"), Err(StoreError::Conflict(_))), "REPLAY");
    let read = writer.request(Direction::Received, "request-1").unwrap().unwrap();
    assert_eq!(read.answered_by.as_deref(), Some("d1"));
}

#[test]
fn a_change_touches_only_the_cases_that_rest_on_it() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let id = world.case.id;
    let reader = database.reader().unwrap();
    let touched = |kind, key: &str| reader.cases_resting_on(kind, key).unwrap();
    let only: BTreeSet<String> = [id.clone()].into();
    for input in inputs() {
        assert_eq!(touched(input.kind, &input.key), only, "{input:?}");
        assert!(touched(input.kind, "other").is_empty(), "{input:?}");
    }
    assert!(touched(InputKind::Pack, "incubatee-certificate").is_empty(), "a key counts in its kind");
    let uri = "https://status.example/1";
    assert_eq!(reader.cases_on_status_entries(uri, [9]).unwrap(), only);
    assert!(reader.cases_on_status_entries(uri, (0..7).chain([8])).unwrap().is_empty());
    drop(reader);

    let writer = database.writer().unwrap();
    let again = judgement(&id, Verdict::Passed);
    assert_eq!(writer.add_judgement(&again, b"{}", &inputs()[..1]).unwrap(), 2, "the second judgement");
    writer.commit(&entry("case.judged")).unwrap();
    let reader = database.reader().unwrap();
    assert!(reader.cases_on_status_entries(uri, [7, 9]).unwrap().is_empty(), "the latest judgement counts");
    assert_eq!(reader.case(&id).unwrap().unwrap().verdict, Some(Verdict::Passed), "and gives the verdict");
    assert_eq!(reader.report(&id, 1).unwrap(), Some(world.report), "the earlier report stays");
}

#[test]
fn a_notice_is_unseen_until_somebody_sees_it_first() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    assert_eq!(writer.unseen_notices(None, 10).unwrap().rows.len(), 1);
    writer.mark_notice_seen("notice-1", at(50)).unwrap();
    writer.mark_notice_seen("notice-1", at(60)).unwrap();
    assert!(writer.unseen_notices(None, 10).unwrap().rows.is_empty());
    assert_eq!(writer.notices_of_case("case-000001").unwrap()[0].seen, Some(at(50)), "the first time counts");
}

#[test]
fn figures_count_the_cases_of_a_time_by_how_they_ended() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let writer = database.writer().unwrap();
    for number in 2..=4 {
        let mut other = case(number, &writer.next_case_number(2026).unwrap(), world.case.original, "某公司");
        other.state = CaseState::Decided;
        other.outcome = Some(DecisionOutcome::Rejected);
        writer.add_case(&other).unwrap();
    }
    writer.commit(&entry("cases.added")).unwrap();
    let figures = database.reader().unwrap().case_figures(at(0), at(4)).unwrap();
    let decided = CaseFigure {
        state: CaseState::Decided,
        verdict: None,
        outcome: Some(DecisionOutcome::Rejected),
        cases: 2,
    };
    assert!(figures.contains(&decided), "the fourth came at the end, which is not counted: {figures:?}");
    assert_eq!(figures.iter().map(|figure| figure.cases).sum::<u64>(), 3);
}

#[test]
fn due_cases_are_the_open_ones_by_urgency() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let writer = database.writer().unwrap();
    for (number, due, state) in [
        (2, "2026-12-01", CaseState::Accepted),
        (3, "2026-11-30", CaseState::Closed),
        (4, "2026-12-31", CaseState::Accepted),
    ] {
        let mut other = case(number, &writer.next_case_number(2026).unwrap(), world.case.original, "某公司");
        (other.due, other.state) = (Some(day(due)), state);
        writer.add_case(&other).unwrap();
    }
    let overdue = CaseFilter { due_before: Some(day("2026-12-11")), ..CaseFilter::default() };
    let due = writer.cases(&overdue, None, 10).unwrap().rows;
    assert_eq!(writer.count_cases(&overdue, 10).unwrap(), 2);
    let ids: Vec<&str> = due.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids, ["case-000002", "case-000001"]);
}

#[test]
fn removing_a_draft_keeps_what_was_signed_from_it() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let writer = database.writer().unwrap();
    writer.remove_draft("draft-1").unwrap();
    writer.set_sent_state("dossier-sent", SentState::Decided, Some(&world.case.original)).unwrap();
    writer.set_sent_state("dossier-sent", SentState::Decided, None).unwrap();
    let sent = writer.sent("dossier-sent").unwrap().unwrap();
    assert_eq!((sent.draft, sent.decision), (None, Some(world.case.original)), "the decision stays");
    assert!(writer.draft_files("draft-1").unwrap().is_empty());
}

#[test]
fn the_newest_signed_time_never_goes_back() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    assert!(writer.note_signed_time(at(100)).unwrap());
    assert!(!writer.note_signed_time(at(50)).unwrap(), "older than what is known");
    assert!(!writer.note_signed_time(at(100)).unwrap(), "the same");
    assert_eq!(writer.newest_signed_time().unwrap(), Some(at(100)));
}

#[test]
fn keys_are_resealed_and_retired() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    writer.reseal_signing_key("thumbprint", b"new").unwrap();
    writer.retire_signing_key("thumbprint", at(7)).unwrap();
    writer.reseal_inbox_identity("age1example", b"new").unwrap();
    let key = writer.signing_key("thumbprint").unwrap().unwrap();
    assert_eq!((key.sealed.as_slice(), key.retired), (b"new".as_slice(), Some(at(7))));
    assert_eq!(writer.inbox_identities().unwrap()[0].sealed, b"new");
}

#[test]
fn a_setting_is_chosen_changed_and_forgotten() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    writer.put_setting("a", &json!({"x": [1, null]})).unwrap();
    writer.put_setting("b", &json!("旧")).unwrap();
    writer.put_setting("b", &json!("新")).unwrap();
    let both = [("a".to_owned(), json!({"x": [1, null]})), ("b".to_owned(), json!("新"))];
    assert_eq!(writer.settings().unwrap(), both);
    writer.remove_setting("b").unwrap();
    assert_eq!(writer.setting("b").unwrap(), None);
}

#[test]
fn a_file_is_found_in_the_case_that_it_was_a_version_of() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let writer = database.writer().unwrap();
    let bytes = b"a better dossier";
    let original = writer.add_original(&mut bytes.as_slice(), "application/zip", at(9)).unwrap();
    let judged = writer.latest_judgement(&world.case.id).unwrap().unwrap();
    let earlier = CaseVersion {
        case_id: world.case.id.clone(),
        version: 1,
        received: at(1),
        file_name: world.case.file_name.clone(),
        original: world.case.original,
        dossier_id: world.case.dossier_id.clone(),
        judgement: judged.seq,
    };
    writer.add_case_version(&earlier).unwrap();
    let newest = Case {
        original: original.sha256,
        dossier_id: Some("newer".into()),
        ..writer.case(&world.case.id).unwrap().unwrap()
    };
    writer.update_case(&newest).unwrap();
    assert!(matches!(writer.add_case_version(&earlier), Err(StoreError::Conflict(_))), "a version once");
    let no_judgement = CaseVersion { version: 2, judgement: 99, ..earlier.clone() };
    assert!(matches!(writer.add_case_version(&no_judgement), Err(StoreError::Conflict(_))), "and judged");
    writer.commit(&entry("case.continued")).unwrap();
    let reader = database.reader().unwrap();
    assert_eq!(reader.case_versions(&world.case.id).unwrap(), [earlier]);
    for sha256 in [world.case.original, original.sha256] {
        assert_eq!(reader.cases_of_original(&sha256).unwrap()[0].id, world.case.id);
    }
    for dossier in [world.case.dossier_id.as_deref().unwrap(), "newer"] {
        assert_eq!(reader.cases_of_dossier(dossier).unwrap()[0].id, world.case.id);
    }
    let found = reader.cases_of_report(&judged.report_sha256).unwrap();
    assert_eq!(found.first().unwrap().id, world.case.id, "the digest of its report leads to the case");
    drop(reader);
    let writer = database.writer().unwrap();
    assert!(!writer.forget_original(&world.case.original).unwrap(), "what a version has is kept");
}

#[test]
fn firms_in_incubation_are_counted_by_what_they_have_on_a_day() {
    let (_folder, database) = fresh();
    let none = database.reader().unwrap().standing("high-tech-enterprise", day("2026-11-30")).unwrap();
    assert_eq!(none, Standing::default(), "no firm, and nothing is divided by");
    let writer = database.writer().unwrap();
    for number in 1..=8 {
        let mut written = firm(number, "合肥某公司【演示】");
        written.uscc = uscc(100 + number);
        match number {
            6 => written.state = FirmState::Graduated,
            7 => written.entered_on = Some(day("2026-12-01")),
            8 => written.entered_on = None,
            _ => {}
        }
        writer.add_firm(&written).unwrap();
    }
    let add = |number: u32, firm: u32, change: &dyn Fn(&mut Credential)| {
        let mut written = credential(number, "合肥某公司【演示】");
        written.subject_uscc = uscc(100 + firm);
        written.credential_type = "high-tech-enterprise".to_owned();
        change(&mut written);
        writer.add_credential(&written, &[number as u8]).unwrap();
    };
    // The first has an expired one and its successor; it is one firm all the same.
    add(1, 1, &|row| row.valid_until = Some(day("2026-03-31")));
    add(2, 1, &|_| {});
    add(3, 2, &|row| row.valid_until = Some(day("2026-11-29")));
    add(4, 3, &|row| row.state = CredentialState::Revoked);
    add(5, 4, &|row| row.issued_on = Some(day("2026-12-01")));
    add(6, 5, &|row| row.credential_type = "patent".to_owned());
    add(7, 6, &|_| {});
    add(8, 8, &|row| row.valid_until = None);
    add(9, 5, &|row| row.direction = CredentialDirection::Held);
    writer.commit(&entry("credentials.issued")).unwrap();
    let reader = database.reader().unwrap();
    let on = |text| reader.standing("high-tech-enterprise", day(text)).unwrap();
    assert_eq!(on("2026-11-30"), Standing { firms: 6, valid: 2, recorded: 5 }, "1 and 8 are valid");
    assert_eq!(on("2026-11-29").valid, 3, "the last day counts");
    assert_eq!(on("2026-12-01"), Standing { firms: 7, valid: 3, recorded: 5 }, "7 entered, 4 was issued");
    assert_eq!(reader.standing("financing-event", day("2026-11-30")).unwrap().recorded, 0);
}
