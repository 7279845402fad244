//! The steps of a case, one after another, and what does not fit.

use std::path::Path;

use chrono::TimeDelta;
use zizhi_app::Output;
use zizhi_app::case_decision::decision_draft;
use zizhi_app::case_documents::{Document, Paper, save_document};
use zizhi_app::case_ledger::{export_ledger, ledger};
use zizhi_app::case_page::case_page;
use zizhi_app::case_steps::{Asking, Hands, Step, accept, close, request_supplement};
use zizhi_app::decide::Wanted;
use zizhi_app::outbox::Step as Sent;
use zizhi_app::print_report::{Lang, fonts};
use zizhi_app::working_days::WorkingDays;
use zizhi_model::{Uscc, Verdict, civil};
use zizhi_store::{CaseFilter, CaseState, Database, DecisionOutcome, Entry, OutboxState, Outgoing, Role};

use crate::world::{Dossier, World};

fn hands() -> Hands {
    Hands { operator: "王某".to_owned(), reviewer: Some("李某".to_owned()) }
}

/// The text of a page without white space, as poppler reads it.
fn printed(path: &Path) -> String {
    let read = std::process::Command::new("pdftotext").arg("-raw").arg(path).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap().split_whitespace().collect()
}

fn state(database: &Database, id: &str) -> CaseState {
    database.reader().unwrap().case(id).unwrap().unwrap().state
}

#[test]
fn every_step_fits_where_it_belongs_and_nowhere_else() {
    use CaseState as S;
    let all = [S::Received, S::Accepted, S::Supplement, S::Decided, S::Closed];
    let rows: [(Step, [Option<CaseState>; 5]); 5] = [
        (Step::Accept, [Some(S::Accepted), None, Some(S::Accepted), None, None]),
        (
            Step::RequestSupplement,
            [Some(S::Supplement), Some(S::Supplement), Some(S::Supplement), None, None],
        ),
        (Step::Decide(DecisionOutcome::Accepted), [None, Some(S::Decided), Some(S::Decided), None, None]),
        (
            Step::Decide(DecisionOutcome::Rejected),
            [Some(S::Decided), Some(S::Decided), Some(S::Decided), None, None],
        ),
        (Step::Close, [Some(S::Closed), Some(S::Closed), Some(S::Closed), Some(S::Closed), None]),
    ];
    for (step, expected) in rows {
        let found = all.map(|state| step.from(state).ok());
        assert_eq!(found, expected, "{step:?}");
        for state in all {
            if let Err(failure) = step.from(state) {
                assert_eq!(failure.code, "CASE-STEP");
                assert!(
                    failure.fact.zh.contains("没有作任何改动")
                        && failure.fact.en().contains("nothing was changed")
                );
            }
        }
    }
}

#[test]
fn a_case_is_taken_up_sent_back_and_put_away_with_a_timeline() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let host = world.host();
    accept(&database, &case.id, &hands(), Some("材料齐全"), &host).unwrap();
    assert_eq!(
        accept(&database, &case.id, &hands(), None, &host).unwrap_err().code,
        "CASE-STEP",
        "only once"
    );

    let wanted = |due: Option<&str>| Wanted {
        item_id: "incubatee".to_owned(),
        text: "补交孵化协议".to_owned(),
        due: due.map(|due| due.parse().unwrap()),
    };
    let ask = |supplements: &[Wanted], notice: Option<&Output<'_>>| {
        let fonts = fonts(None).unwrap();
        let asking = Asking {
            case_id: &case.id,
            hands: &hands(),
            supplements,
            notice: notice.map(|output| (output, &fonts)),
            drill: false,
        };
        request_supplement(&database, &asking, &host)
    };
    assert_eq!(ask(&[], None).unwrap_err().code, "CASE-SUPPLEMENT");
    assert_eq!(
        ask(&[Wanted { text: " ".to_owned(), ..wanted(None) }], None).unwrap_err().code,
        "CASE-SUPPLEMENT"
    );
    for due in [Some("2026-11-22"), None] {
        assert_eq!(
            ask(&[wanted(due)], None).unwrap_err().code,
            "CASE-DUE",
            "a day that can be kept: {due:?}"
        );
    }
    let taken = world.write("taken.pdf", b"mine");
    let output = Output { path: &taken, force: false };
    assert_eq!(ask(&[wanted(Some("2026-11-25"))], Some(&output)).unwrap_err().code, "IO-EXISTS");
    assert_eq!(state(&database, &case.id), CaseState::Accepted, "refused steps change nothing");
    assert_eq!(database.reader().unwrap().case_events(&case.id).unwrap().len(), 2);

    let path = world.folder.path().join("补正通知.pdf");
    let output = Output { path: &path, force: false };
    ask(&[wanted(Some("2026-11-25")), wanted(Some("2026-12-01"))], Some(&output)).unwrap();
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"), "the notice was written");
    let days = WorkingDays::built_in();
    let page = case_page(&database, &case.id, &world.library(), &days, world.now).unwrap();
    assert_eq!(page.case.due.unwrap().to_string(), "2026-11-25", "until the earliest day that was set");
    assert_eq!(page.working_days_left, Some(2));
    assert_eq!(page.asked.len(), 2, "both are waited for");

    assert_eq!(close(&database, &case.id, &hands(), None, &host).unwrap_err().code, "CASE-NOTE");
    close(&database, &case.id, &hands(), Some("企业撤回"), &host).unwrap();
    let page = case_page(&database, &case.id, &world.library(), &days, world.now).unwrap();
    let kinds: Vec<_> = page.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["received", "accepted", "supplement", "closed"]);
    assert_eq!(page.events[1].note, "材料齐全");
    assert_eq!((page.events[3].actor.as_str(), page.events[3].note.as_str()), ("王某", "企业撤回"));
    assert_eq!((page.case.reviewer.as_deref(), page.working_days_left), (Some("李某"), None));
    for refused in [
        accept(&database, &case.id, &hands(), None, &host),
        close(&database, &case.id, &hands(), Some("再次"), &host),
        ask(&[wanted(Some("2026-12-01"))], None),
        accept(&database, "no such case", &hands(), None, &host),
        accept(&database, &case.id, &Hands { operator: String::new(), reviewer: None }, None, &host),
    ] {
        let code = refused.unwrap_err().code;
        assert!(["CASE-STEP", "CASE-ABSENT", "CASE-OPERATOR"].contains(&code), "{code}");
    }
    let log = database.reader().unwrap().verify_log().unwrap();
    assert!(log.is_ok(), "and every step stands in an unbroken log");
}

#[test]
fn the_timeline_tells_that_a_decision_was_not_passed_on() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let sent = world.now - TimeDelta::days(3);
    let refused = civil::date_in_shanghai(world.now - TimeDelta::days(1));
    let writer = database.writer().unwrap();
    let row = Outgoing {
        id: "01900000-0000-7000-8000-000000000001".to_owned(),
        recipient: Uscc::parse("91340100DEM000014D").unwrap(),
        kind: "decision".to_owned(),
        about_kind: "decision".to_owned(),
        about_id: case.dossier_id.clone().unwrap(),
        body: case.original,
        message: None,
        created: sent,
        state: OutboxState::Sent,
        code: Some("ORG-UNKNOWN".to_owned()),
        told: None,
        reason: None,
        attempts: 0,
        wait_ms: 0,
        next_at: None,
        uploaded: 0,
        receipt: Some("eyJ...".to_owned()),
        epoch: Some(1),
        sent: Some(sent),
        refused: Some(refused),
    };
    writer.add_outgoing(&row).unwrap();
    writer.commit(&Entry::new(sent, "", "message.sent")).unwrap();
    let sendings = || {
        let page =
            case_page(&database, &case.id, &world.library(), &WorkingDays::built_in(), world.now).unwrap();
        page.sendings.into_iter().map(|it| (it.at, it.step, it.note)).collect::<Vec<_>>()
    };
    let code = row.code.clone();
    let told = [(sent, Sent::Queued, None), (sent, Sent::Delivered, None)];
    let not_passed_on = (civil::start_of_day_shanghai(refused), Sent::Refused, code.clone());
    assert_eq!(sendings(), [&told[..], &[not_passed_on]].concat());

    let writer = database.writer().unwrap();
    let today = Some(civil::date_in_shanghai(sent));
    writer.update_outgoing(&Outgoing { refused: today, ..row }).unwrap();
    writer.commit(&Entry::new(sent, "", "message.sent")).unwrap();
    assert_eq!(sendings()[2], (sent, Sent::Refused, code), "on the same day, behind the receipt");
}

#[test]
fn a_paper_is_asked_for_beyond_where_a_rule_says_so_and_not_where_none_tells_of_it() {
    let drafted = |equivalences: serde_json::Value| {
        let mut world = World::fresh();
        world.put_pack_with(3, |pack| pack["equivalences"] = equivalences);
        world.publish(1);
        let database = world.database("db", Role::Incubator);
        let case = world.receive(&database, "a.zzdossier", &Dossier::default());
        let (_, draft) = decision_draft(&database, &case.id).unwrap();
        let wanted: Vec<_> = draft.supplements.into_iter().map(|wanted| wanted.text).collect();
        (case.verdict, draft.suggested, wanted)
    };
    let mut rule = serde_json::json!([{"rule_id": "E-1", "type": "incubatee-certificate", "from_regions": ["yrd"],
        "to_regions": ["310117"], "scenarios": ["branch_operation"], "mode": "reference", "conditions": [],
        "basis": {"title": "双方互认协议"}, "valid_from": "2026-07-01", "valid_until": null, "demo": true}]);
    let conditions = Some(Verdict::PassedWithConditions);
    let beyond = "在孵企业证明：按互认规则只作参考，请另行证明".to_owned();
    assert_eq!(drafted(rule.clone()), (conditions, DecisionOutcome::AcceptedWithConditions, vec![beyond]));
    // The checklist asks for it, and it is there: nothing else could be brought.
    assert_eq!(drafted(serde_json::json!([])), (conditions, DecisionOutcome::Accepted, vec![]));

    // What a rule asks about and the firm did not tell is for the firm to bring.
    rule[0]["mode"] = serde_json::json!("equivalent");
    rule[0]["conditions"] = serde_json::json!([{"logic": {"===": [{"var": "facts.rd_share"}, 60]},
        "message": {"zh": "研发人员比例", "en": "share of staff"}, "severity": "error"}]);
    let (verdict, suggested, wanted) = drafted(rule);
    assert_eq!((verdict, suggested), (Some(Verdict::Pending), DecisionOutcome::SupplementRequired));
    let [untold] = &wanted[..] else { panic!("{wanted:?}") };
    assert!(untold.starts_with("请补齐在孵企业证明：") && untold.contains("没有提供"), "{untold}");
}

#[test]
fn documents_hold_what_was_kept() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let fonts = fonts(None).unwrap();
    let save = |document, name: &str, language| {
        let paper = Paper { case_id: &case.id, nth: None, language, fonts: &fonts, drill: false };
        let path = world.folder.path().join(name);
        save_document(&database, &paper, document, &Output { path: &path, force: true })
            .map(|file| (file, std::fs::read(&path).unwrap()))
    };
    let judgement = database.reader().unwrap().latest_judgement(&case.id).unwrap().unwrap();
    let (file, json) = save(Document::ReportJson, "r.json", Lang::Zh).unwrap();
    assert_eq!(zizhi_crypto::digest::sha256(&json), judgement.report_sha256, "the JSON is the kept report");
    assert_eq!(file.sha256, zizhi_crypto::digest::hex(&judgement.report_sha256));
    for (document, name) in [(Document::Report, "r.pdf"), (Document::Receipt, "s.pdf")] {
        for language in [Lang::Zh, Lang::En] {
            let (file, pdf) = save(document, name, language).unwrap();
            assert!(pdf.starts_with(b"%PDF-"), "{document:?}");
            assert_eq!(file.sha256, zizhi_crypto::digest::hex(&zizhi_crypto::digest::sha256(&pdf)));
            assert!(save(document, name, language).unwrap().1 == pdf, "the same every time");
            let cited = match language {
                Lang::Zh => "《双方互认协议》（规则 E-1）",
                Lang::En => "《双方互认协议》 (rule E-1)",
            };
            let text: String = printed(&world.folder.path().join(name)).split_whitespace().collect();
            let cited: String = cited.split_whitespace().collect();
            assert_eq!(text.contains(&cited), document == Document::Report, "{cited}: {text}");
        }
    }
    for (document, code) in
        [(Document::DecisionNotice, "CASE-NO-DECISION"), (Document::SupplementNotice, "CASE-NO-SUPPLEMENT")]
    {
        let path = world.folder.path().join("none.pdf");
        assert_eq!(save(document, "none.pdf", Lang::Zh).unwrap_err().code, code);
        assert!(!path.exists(), "nothing was written");
    }
}

#[test]
fn the_receipt_of_a_sealed_dossier_names_the_file_that_came() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let bytes = world.dossier(&Dossier::default());
    let (received, sealed) = world.take_in_sealed(&database, &bytes);
    let fonts = fonts(None).unwrap();
    let paper =
        Paper { case_id: &received.case_id, nth: None, language: Lang::Zh, fonts: &fonts, drill: false };
    let path = world.folder.path().join("receipt.pdf");
    let output = Output { path: &path, force: false };
    save_document(&database, &paper, Document::Receipt, &output).unwrap();
    let text = printed(&path);
    let came = std::fs::read(&sealed).unwrap();
    let digest = |bytes: &[u8]| zizhi_crypto::digest::hex(&zizhi_crypto::digest::sha256(bytes));
    let size = |bytes: &[u8]| format!("{}字节", bytes.len());
    for told in [digest(&came), size(&came), digest(&bytes), size(&bytes)] {
        assert!(text.contains(&told), "{told} is missing in {text}");
    }
}

#[test]
fn the_ledger_is_paged_and_written_as_a_table() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    for idx in 0..5 {
        world.receive(&database, &format!("{idx}.zzdossier"), &Dossier { idx, ..Dossier::default() });
    }
    let all = CaseFilter::default();
    let today = civil::date_in_shanghai(world.now);
    let first = ledger(&database, &all, None, 2, today).unwrap();
    let second = ledger(&database, &all, first.next, 2, today).unwrap();
    let numbers: Vec<_> =
        first.lines.iter().chain(&second.lines).map(|line| line.case.number.clone()).collect();
    assert_eq!(numbers, ["收〔2026〕0005", "收〔2026〕0004", "收〔2026〕0003", "收〔2026〕0002"]);
    assert_eq!(first.lines[0].route, "安徽省合肥市蜀山区 → 上海市松江区");
    let found =
        ledger(&database, &CaseFilter { text: "lzcg".into(), ..all.clone() }, None, 9, today).unwrap();
    assert_eq!(found.lines.len(), 5, "by the initials of 量子传感");
    for (name, begins) in [("台账.xlsx", &b"PK"[..]), ("台账.csv", "\u{feff}编号,收件日期".as_bytes())]
    {
        let path = world.folder.path().join(name);
        let output = Output { path: &path, force: false };
        assert_eq!(export_ledger(&database, &all, &output, world.now).unwrap(), 5, "{name}");
        assert!(std::fs::read(&path).unwrap().starts_with(begins), "{name}");
        assert_eq!(export_ledger(&database, &all, &output, world.now).unwrap_err().code, "IO-EXISTS");
    }
    let odd = world.folder.path().join("台账.doc");
    let output = Output { path: &odd, force: false };
    assert_eq!(export_ledger(&database, &all, &output, world.now).unwrap_err().code, "TABLE-ENDING");
}

#[test]
fn a_report_shows_sm3_of_the_very_bytes_of_the_dossier() {
    use zizhi_app::dossier_sm3::sm3_of_file;
    use zizhi_crypto::{b64, digest};
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let bytes = world.dossier(&Dossier::default());
    let path = world.write("a.zzdossier", &bytes);
    let received = world.take_in(&database, &path);
    let fonts = fonts(None).unwrap();
    let paper =
        Paper { case_id: &received.case_id, nth: None, language: Lang::Zh, fonts: &fonts, drill: false };
    let page = world.folder.path().join("report.pdf");
    save_document(&database, &paper, Document::Report, &Output { path: &page, force: false }).unwrap();
    let sm3 = digest::sm3(&bytes);
    let text = printed(&page);
    assert!(text.contains(&format!("档案SM3摘要{}", digest::hex(&sm3))), "{text}");

    let limits = zizhi_model::Limits::default();
    let sha256 = b64::encode(&digest::sha256(&bytes));
    assert_eq!(sm3_of_file(&path, &[], &limits, &sha256), Some(sm3), "of a file that is no case");
    let (_, sealed) = world.take_in_sealed(&database, &bytes);
    assert_eq!(sm3_of_file(&sealed, &[], &limits, &sha256), None, "without a key that opens it");
    std::fs::write(&path, b"another").unwrap();
    assert_eq!(sm3_of_file(&path, &[], &limits, &sha256), None, "what was changed since is another file");
}
