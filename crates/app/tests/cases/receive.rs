//! Taking a dossier in keeps its bytes, judges it, and begins one case for one file.

use std::io::Read as _;

use chrono::TimeDelta;
use serde_json::Value;
use zizhi_app::receive_dossier::{Receiving, receive_dossier};
use zizhi_model::Verdict;
use zizhi_store::{CaseState, Database, Direction, InputKind, Role};

use crate::world::{Dossier, FIRM, HEFEI, NAME, World, status_uri};

fn refused(world: &World, database: &Database, path: &std::path::Path, operator: &str) -> &'static str {
    let library = world.library();
    let receiving = Receiving { path, operator, identities: &[], library: &library };
    receive_dossier(database, &receiving, &world.host()).unwrap_err().code
}

#[test]
fn the_bytes_the_judgement_and_what_it_rests_on_are_kept() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let bytes = world.dossier(&Dossier { idx: 5, ..Dossier::default() });
    let path = world.write("星河.zzdossier", &bytes);
    let received = world.take_in(&database, &path);
    let reader = database.reader().unwrap();
    let case = reader.case(&received.case_id).unwrap().unwrap();
    assert_eq!(case.number, "收〔2026〕0001");
    assert_eq!((case.state, case.verdict), (CaseState::Received, Some(Verdict::Passed)));
    assert_eq!(case.firm_uscc.unwrap().as_str(), FIRM);
    assert_eq!(case.firm_name.as_deref(), Some(NAME));
    assert_eq!(case.file_name, "星河.zzdossier");
    let mut kept = Vec::new();
    reader.open_original(&case.original).unwrap().unwrap().read_to_end(&mut kept).unwrap();
    assert!(kept == bytes, "byte by byte as it came");
    let judgement = reader.latest_judgement(&case.id).unwrap().unwrap();
    let report = reader.report(&case.id, judgement.seq).unwrap().unwrap();
    assert_eq!(
        zizhi_crypto::digest::sha256(&report),
        judgement.report_sha256,
        "the report is the one judged"
    );
    assert_eq!((judgement.pack_id.as_deref(), judgement.pack_version), (Some("sh-songjiang"), Some(3)));
    let uri = status_uri(HEFEI);
    assert!(reader.cases_on_status_entries(&uri, [5]).unwrap().contains(&case.id), "rests on that entry");
    assert!(reader.cases_resting_on(InputKind::Issuer, HEFEI).unwrap().contains(&case.id));
    assert!(reader.cases_resting_on(InputKind::Pack, "sh-songjiang").unwrap().contains(&case.id));
    assert!(reader.cases_waiting_for_list(&uri).unwrap().is_empty(), "the list is fresh");
}

/// The verdict on a dossier that is taken in now, and the outcome of one check of its certificate.
fn judged(world: &World, bytes: &[u8], code: &str) -> (Verdict, String) {
    let database = world.database("db", Role::Incubator);
    let case = world.take_in(&database, &world.write("a.zzdossier", bytes)).case_id;
    let reader = database.reader().unwrap();
    let latest = reader.latest_judgement(&case).unwrap().unwrap().seq;
    let report: Value = serde_json::from_slice(&reader.report(&case, latest).unwrap().unwrap()).unwrap();
    let checks = report.pointer("/credentials/0/checks").unwrap().as_array().unwrap();
    let check = checks.iter().find(|check| check["code"] == code).unwrap();
    let verdict = reader.case(&case).unwrap().unwrap().verdict.unwrap();
    (verdict, check["outcome"].as_str().unwrap().to_owned())
}

#[test]
fn a_compromised_key_says_nothing_from_its_day_on_and_nothing_certain_of_the_time_before() {
    for (seconds, outcome, verdict) in
        [(1, "pending", Verdict::Pending), (0, "fail", Verdict::Failed), (-1, "fail", Verdict::Failed)]
    {
        let mut world = World::fresh();
        let bytes = world.dossier(&Dossier::default());
        let signed = world.now - TimeDelta::days(30);
        world.compromise_hefei(signed + TimeDelta::seconds(seconds));
        world.publish(1);
        let found = judged(&world, &bytes, "SIG-KEY-REVOKED");
        assert_eq!(found, (verdict, outcome.to_owned()), "compromised {seconds} s after it signed");
    }
}

#[test]
fn a_name_that_only_looks_the_same_is_another_name() {
    for name in [
        "合肥星河量\u{2f26}传感技术有限公司【演示】",
        "合肥星河\u{200b}量子传感技术有限公司【演示】",
        "合肥星河量子传感技术有限公司\u{202c}【演示】",
        "合肥星河量子传感技术有限公司\u{ff3b}演示\u{ff3d}",
    ] {
        let mut world = World::fresh();
        world.publish(1);
        let bytes = world.dossier(&Dossier { name, ..Dossier::default() });
        let found = judged(&world, &bytes, "SUBJ-NAME");
        assert_eq!(found, (Verdict::PassedWithConditions, "warning".to_owned()), "{name:?}");
    }
}

#[test]
fn the_same_file_again_is_the_same_case() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let bytes = world.dossier(&Dossier::default());
    let first = world.take_in(&database, &world.write("a.zzdossier", &bytes));
    let log = database.reader().unwrap().log_end().unwrap();
    let again = world.take_in(&database, &world.write("another name.zzdossier", &bytes));
    assert_eq!((again.case_id, again.known), (first.case_id.clone(), true));
    assert_eq!(database.reader().unwrap().log_end().unwrap(), log, "nothing was written");

    // Sealed on its way, it is the same dossier.
    let (received, path) = world.take_in_sealed(&database, &bytes);
    assert_eq!((received.case_id, received.known), (first.case_id, true));
    assert_eq!(refused(&world, &database, &path, "王某"), "SEAL-IDENTITY", "without the key it stays shut");
}

#[test]
fn a_sealed_dossier_is_kept_open_for_later_and_as_it_came() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let bytes = world.dossier(&Dossier::default());
    let (received, path) = world.take_in_sealed(&database, &bytes);
    let reader = database.reader().unwrap();
    let case = reader.case(&received.case_id).unwrap().unwrap();
    assert_eq!(case.original, zizhi_crypto::digest::sha256(&bytes), "what was sealed can be judged again");
    let sealed_form = zizhi_crypto::digest::sha256(&std::fs::read(&path).unwrap());
    assert_eq!(
        reader.original(&sealed_form).unwrap().unwrap().media,
        "application/age",
        "and what came is kept"
    );
    let event = &reader.case_events(&case.id).unwrap()[0];
    assert_eq!(event.details["sealed"], zizhi_crypto::digest::hex(&sealed_form));
}

#[test]
fn a_request_is_answered_once_unless_something_has_to_be_added() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let asked = Some(world.ask());
    let id = asked.as_ref().unwrap().0.jti.clone();
    let answer = |idx| Dossier { idx, request: asked.clone(), ..Dossier::default() };
    let first = world.receive(&database, "a.zzdossier", &answer(0));
    assert_eq!(first.verdict, Some(Verdict::Passed));
    let known = database.reader().unwrap().request(Direction::Issued, &id).unwrap().unwrap();
    assert_eq!(known.answered_by, first.dossier_id, "made elsewhere, known from now on");

    let second = world.receive(&database, "b.zzdossier", &answer(1));
    assert_eq!(second.verdict, Some(Verdict::Failed), "answered before");
    let judgement = database.reader().unwrap().latest_judgement(&second.id).unwrap().unwrap();
    let report = database.reader().unwrap().report(&second.id, judgement.seq).unwrap().unwrap();
    assert!(String::from_utf8(report).unwrap().contains("\"REPLAY\""), "the report says so");

    let hands = zizhi_app::case_steps::Hands { operator: "王某".to_owned(), reviewer: None };
    let wanted = [zizhi_app::decide::Wanted {
        item_id: "lease".into(),
        text: "租赁合同".into(),
        due: "2026-12-10".parse().ok(),
    }];
    let asking = zizhi_app::case_steps::Asking {
        case_id: &first.id,
        hands: &hands,
        supplements: &wanted,
        notice: None,
        drill: false,
    };
    zizhi_app::case_steps::request_supplement(&database, &asking, &world.host()).unwrap();
    let third = world.receive(&database, "c.zzdossier", &answer(2));
    assert_eq!(third.verdict, Some(Verdict::Passed), "the answer that was asked for once more");
}

#[test]
fn an_answer_that_failed_leaves_the_request_open() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let asked = Some(world.ask());
    let expired = Dossier { request: asked.clone(), valid_until: "2026-10-01", ..Dossier::default() };
    let first = world.receive(&database, "a.zzdossier", &expired);
    assert_eq!(first.verdict, Some(Verdict::Failed), "the certificate ended");
    let second = world.receive(&database, "b.zzdossier", &Dossier { request: asked, ..Dossier::default() });
    assert_eq!(second.verdict, Some(Verdict::Passed), "the firm's next attempt counts");
}

#[test]
fn what_is_no_dossier_or_nobody_s_to_take_in_is_refused_and_leaves_no_trace() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let dossier = world.write("a.zzdossier", &world.dossier(&Dossier::default()));
    let before = database.reader().unwrap().log_end().unwrap();
    let junk = world.write("junk.zzdossier", b"this is no archive");
    let empty = world.write("empty.zzdossier", b"");
    let absent = world.folder.path().join("absent.zzdossier");
    for (path, operator, code) in [
        (&junk, "王某", "CASE-NOT-DOSSIER"),
        (&empty, "王某", "CASE-NOT-DOSSIER"),
        (&absent, "王某", "IO-READ"),
        (&dossier, "  ", "CASE-OPERATOR"),
    ] {
        assert_eq!(refused(&world, &database, path, operator), code, "{}", path.display());
    }
    assert_eq!(database.reader().unwrap().log_end().unwrap(), before, "nothing was written");
    let firm = world.database("firm", Role::Firm);
    assert_eq!(refused(&world, &firm, &dossier, "王某"), "CASE-ROLE", "a firm takes nothing in");
}

#[test]
fn a_dossier_that_was_altered_is_taken_in_with_its_verdict() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let mut bytes = world.dossier(&Dossier::default());
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let received = world.take_in(&database, &world.write("altered.zzdossier", &bytes));
    let case = database.reader().unwrap().case(&received.case_id).unwrap().unwrap();
    assert_eq!(case.verdict, Some(Verdict::Failed), "it failed, and stays on the books");
}
