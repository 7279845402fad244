//! The incubator's day through the window's commands: 收件、受理、补正、决定、台账, for the three stories of
//! domain.md §7 and what goes wrong in each.

mod ledger;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};
use zizhi_app::demo::Shown;
use zizhi_wire::{CaseDocument, CasePage, CaseState, Changed, DecisionOutcome, Event, Outcome, Verdict};

use crate::demonstration::{demonstration, file, import, take_registered_key};
use crate::world::{PASSPHRASE, World};

const SONGJIANG: &str = "91310117DEM000030B";
const YUHANG: &str = "91330110DEM000073U";
const STAR: &str = "1-hefei-songjiang/dossier.zzdossier";

/// The desk of an incubator with trust data.
fn incubator(uscc: &str, package: &str) -> World {
    let world = World::new();
    let profile =
        json!({"uscc": uscc, "name": "核验孵化器【演示】", "role": "incubator", "region": "310117"});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    import(&world, package);
    world
}

fn page(answer: Value) -> CasePage {
    serde_json::from_value(answer).expect("a case")
}

fn receive(world: &World, path: &Path) -> CasePage {
    page(world.ask("cases.receive", json!({"path": path, "operator": "王某"})))
}

/// What stands on a page, without white space.
fn on_paper(path: &Path) -> String {
    let read = std::process::Command::new("pdftotext").arg("-raw").arg(path).arg("-").output();
    let read = read.expect("pdftotext, of poppler-utils; cargo xtask setup installs it");
    String::from_utf8(read.stdout).expect("text").split_whitespace().collect()
}

fn word(verdict: Verdict) -> String {
    serde_json::to_value(verdict).expect("a word").as_str().expect("a word").to_owned()
}

#[test]
fn a_firm_is_named_by_its_code_after_a_dossier_of_it_passed() {
    let world = incubator(SONGJIANG, "demo.zztrust");
    let name = || world.ask("session.check_uscc", json!({"text": "91340100DEM000014D"}))["name"].clone();
    let mut bytes = std::fs::read(file(STAR)).expect("a dossier");
    let scan = bytes.windows(5).position(|window| window == b"%PDF-").expect("a scan in it");
    bytes[scan + 8] ^= 1;
    let changed = world.outside().join("changed.zzdossier");
    std::fs::write(&changed, bytes).expect("written");
    assert_eq!(receive(&world, &changed).line.verdict, Verdict::Failed);
    assert_eq!(name(), Value::Null, "anybody may have written it");
    receive(&world, &file(STAR));
    assert_eq!(name(), "合肥星河量子传感技术有限公司【演示】");
}

#[test]
fn every_dossier_of_the_demonstration_is_taken_in_with_the_verdict_it_must_get() {
    let shown = &demonstration().1.shown;
    // Who it is for stands in the dossier; what cannot be read so far went to Songjiang.
    let reader = World::new();
    let mut desks: BTreeMap<(String, &str), Vec<&Shown>> = BTreeMap::new();
    let mut unread = Vec::new();
    for one in shown.iter().filter(|one| one.story != "kit") {
        let seen = reader.ask("verify.file", json!({"path": file(&one.file), "identity": null}));
        if one.file.contains("cut-off") {
            // Nobody is to be answered: the verdict is there, and no case.
            assert_eq!(seen["report"]["verdict"], one.expected.as_str(), "{}", one.file);
            unread.push(one);
            continue;
        }
        let aud = seen["report"]["dossier"]["aud"].as_str().unwrap_or(SONGJIANG);
        // One is shown to somebody whom it is not for.
        let other = one.file.contains("for-another-recipient");
        let aud = if other { YUHANG } else { aud.trim_start_matches("urn:uscc:") }.to_owned();
        desks.entry((aud, one.trust)).or_default().push(one);
    }
    for ((uscc, package), dossiers) in desks {
        let world = incubator(&uscc, package);
        let mut numbers = BTreeSet::new();
        for one in dossiers {
            let case = receive(&world, &file(&one.file));
            assert_eq!(word(case.line.verdict), one.expected.as_str(), "{} at {uscc}", one.file);
            let found: BTreeSet<&str> =
                case.verified.report.checks.iter().map(|check| check.code.as_str()).collect();
            let missing: Vec<_> = one.expected_codes.iter().filter(|code| !found.contains(*code)).collect();
            assert!(missing.is_empty(), "{}: {missing:?} not found", one.file);
            assert!(numbers.insert(case.line.number.clone()), "{} has its own number", one.file);
            assert_eq!(case.line.state, CaseState::Received);
            let draft = world.ask("cases.decision_draft", json!({"id": case.line.id}));
            let found = &case.verified.report.checks;
            for reason in draft["reasons"].as_array().expect("reasons") {
                let against = found.iter().any(|check| {
                    reason["code"] == check.code.as_str()
                        && matches!(check.outcome, Outcome::Fail | Outcome::Pending | Outcome::Warning)
                });
                assert!(against, "{}: no finding for {reason}", one.file);
            }
            for line in draft["supplements"].as_array().expect("supplements") {
                let text = line["text"].as_str().expect("words");
                let coded =
                    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').any(|word| {
                        word.len() > 3
                            && (word.contains('-') || word.contains('_'))
                            && word.chars().any(|c| c.is_ascii_alphabetic())
                    });
                assert!(!coded, "{}: a paper has a name: {text}", one.file);
            }
            let again = receive(&world, &file(&one.file));
            assert_eq!(again.line.id, case.line.id, "{}: the same file is the same case", one.file);
        }
        let log = world.ask("upkeep.check", json!({}));
        assert_eq!(log["whole"], json!(true), "{log}");
    }
    let world = incubator(SONGJIANG, "demo.zztrust");
    assert!(!unread.is_empty(), "the stories have a file that was cut off");
    for one in unread {
        let taken = json!({"path": file(&one.file), "operator": "王某"});
        assert_eq!(world.refused("cases.receive", taken).code, "CASE-NOT-DOSSIER", "{}", one.file);
    }
}

#[test]
fn a_case_goes_from_receipt_to_a_signed_decision() {
    let world = incubator(SONGJIANG, "demo.zztrust");
    let case = receive(&world, &file(STAR));
    assert_eq!(case.line.number, "收〔2026〕0001");
    assert_eq!(case.line.route, "安徽省合肥市蜀山区 → 上海市松江区");
    assert_eq!(case.verified.case_id.as_deref(), Some(case.line.id.as_str()));
    let (id, hands) = (case.line.id.clone(), json!({"operator": "王某", "reviewer": "李某"}));
    let again = world.ask("verify.file", json!({"path": file(STAR), "identity": null}));
    assert_eq!(again["case_id"], json!(id), "opening the file finds its case");

    let step = |note: Option<&str>| json!({"id": id, "hands": hands, "note": note});
    let out = world.outside().join("决定.zzdecision");
    let draft = world.ask("cases.decision_draft", json!({"id": id}));
    assert_eq!(draft["suggested"], "accepted", "nothing has to be added: what was found are remarks");
    assert_eq!(draft["supplements"], json!([]));
    let codes: Vec<_> =
        draft["reasons"].as_array().expect("reasons").iter().map(|line| &line["code"]).collect();
    assert!(codes.contains(&&json!("DATE-EXPIRED")), "what failed is a reason: {codes:?}");
    assert!(!codes.contains(&&json!("DATE-SOON")), "what holds and ends soon is none: {codes:?}");
    let remarks: Vec<_> =
        draft["remarks"].as_array().expect("remarks").iter().map(|line| &line["code"]).collect();
    assert!(remarks.contains(&&json!("DATE-SOON")), "it may be what a condition rests on: {remarks:?}");
    let unregistered = draft["unregistered"]["zh"].as_str().expect("nobody registered the key of this desk");
    assert!(unregistered.contains("决定") && unregistered.contains("登记部门"), "{unregistered}");
    let wanted = |due: Value| json!([{"item_id": "quality", "text": "有效的认证证书", "due": due}]);
    let deciding = |outcome: &str, reasons: Value, supplements: Value, hands: &Value| {
        json!({"id": id, "judgement": 1, "outcome": outcome, "reasons": reasons, "supplements": supplements, "hands": hands,
            "passphrase": PASSPHRASE, "path": out})
    };
    let decide = |outcome: &str, reasons: Value, hands: &Value, passphrase: &str, path: &Path| {
        json!({"id": id, "judgement": 1, "outcome": outcome, "reasons": reasons, "supplements": wanted(json!("2026-12-10")),
            "hands": hands, "passphrase": passphrase, "path": path})
    };
    let conditions = "accepted_with_conditions";
    let good = decide(conditions, draft["reasons"].clone(), &hands, PASSPHRASE, &out);
    assert_eq!(world.refused("cases.decide", good.clone()).code, "CASE-STEP", "not taken up yet");
    let accepted = page(world.ask("cases.accept", step(Some("材料齐全"))));
    assert_eq!(accepted.line.state, CaseState::Accepted);

    let alone = json!({"operator": "王某", "reviewer": null});
    let twice = json!({"operator": "王某", "reviewer": " 王某 "});
    for (request, code) in [
        (decide(conditions, draft["reasons"].clone(), &hands, "a wrong passphrase", &out), "KEY-PASSPHRASE"),
        (decide(conditions, json!([]), &hands, PASSPHRASE, &out), "DECIDE-REASON"),
        (decide("rejected", json!([]), &hands, PASSPHRASE, &out), "DECIDE-REASON"),
        (deciding("supplement_required", draft["reasons"].clone(), json!([]), &hands), "DECIDE-SUPPLEMENT"),
        (deciding(conditions, draft["reasons"].clone(), json!([]), &hands), "DECIDE-SUPPLEMENT"),
        (deciding(conditions, draft["reasons"].clone(), wanted(Value::Null), &hands), "DECIDE-DUE"),
        (deciding(conditions, draft["reasons"].clone(), wanted(json!("2026-11-22")), &hands), "DECIDE-DUE"),
        (decide(conditions, draft["reasons"].clone(), &twice, PASSPHRASE, &out), "CASE-FOUR-EYES"),
        (decide(conditions, json!([{"code": "X", "text": ""}]), &hands, PASSPHRASE, &out), "DECIDE-REASON"),
        (
            decide(
                conditions,
                draft["reasons"].clone(),
                &json!({"operator": "", "reviewer": null}),
                PASSPHRASE,
                &out,
            ),
            "CASE-OPERATOR",
        ),
    ] {
        assert_eq!(world.refused("cases.decide", request).code, code);
        assert!(!out.exists(), "{code}: nothing was written");
    }
    let mut settings = world.ask("session.status", json!({}))["settings"].clone();
    settings["four_eyes"] = json!(true);
    world.ask("session.save_settings", settings);
    let single = decide(conditions, draft["reasons"].clone(), &alone, PASSPHRASE, &out);
    assert_eq!(world.refused("cases.decide", single).code, "CASE-FOUR-EYES", "the settings ask for two");
    let still = page(world.ask("cases.get", json!({"id": id})));
    assert!(still.line.state == CaseState::Accepted && still.decision.is_none(), "nothing half-done");

    assert_eq!(
        world.refused("cases.decide", good.clone()).code,
        "DECIDE-KEY",
        "the register has another key"
    );
    assert!(!out.exists(), "what nobody would take is not signed");
    take_registered_key(&world, SONGJIANG);
    world.ask("cases.rejudge", json!({"id": id}));
    let refused = world.refused("cases.decide", good.clone());
    assert_eq!(refused.code, "CASE-MOVED", "the verdict is the same, and its report is another one");
    assert!(!out.exists(), "what was not seen is not signed");
    let mut good = good;
    good["judgement"] = world.ask("cases.decision_draft", json!({"id": id}))["judgement"].clone();
    let save =
        |document: &str, path: &Path| json!({"id": id, "document": document, "path": path, "language": "zh"});
    let undecided = world.outside().join("undecided.pdf");
    let written = |nth: Option<u32>, document: &str| {
        let mut request = save(document, &undecided);
        request["nth"] = json!(nth);
        world.ask("cases.save_document", request);
        std::fs::read(&undecided).expect("written")
    };
    let before = written(Some(2), "report");
    let decided = page(world.ask("cases.decide", good));
    assert!(written(Some(2), "report") == before, "what was printed before stays what it was");
    let with = written(Some(3), "report");
    assert!(with == written(None, "report") && with != before, "with the decision it is another paper");
    let reports = decided.documents.iter().filter(|line| line.document == CaseDocument::Report);
    let numbers: Vec<_> = reports.map(|line| line.number.as_str()).collect();
    assert_eq!(numbers, ["核〔2026〕0001-3", "核〔2026〕0001-2", "核〔2026〕0001"]);
    for document in ["decision_notice", "signed_decision"] {
        let mut request = save(document, &undecided);
        request["nth"] = json!(2);
        assert_eq!(world.refused("cases.save_document", request).code, "CASE-NO-DECISION", "{document}");
    }
    assert_eq!(decided.line.state, CaseState::Decided);
    assert_eq!(decided.line.outcome, Some(DecisionOutcome::AcceptedWithConditions));
    let decision = decided.decision.expect("a decision");
    assert_eq!(
        (decision.decided_on.as_str(), decision.hands.reviewer.as_deref()),
        ("2026-11-23", Some("李某"))
    );
    let report = world.outside().join("report.json");
    let written = world.ask("cases.save_document", save("report_json", &report));
    assert_eq!(
        written["sha256"],
        json!(decision.report_sha256),
        "the decision rests on the very report on file"
    );
    for document in ["report", "receipt", "decision_notice"] {
        let path = world.outside().join(format!("{document}.pdf"));
        world.ask("cases.save_document", save(document, &path));
        assert!(std::fs::read(&path).expect("written").starts_with(b"%PDF-"), "{document}");
    }
    let notice = on_paper(&world.outside().join("decision_notice.pdf"));
    assert!(notice.contains("核〔2026〕0001-3"), "the report with the decision on it: {notice}");
    let again = world.outside().join("again.zzdecision");
    world.ask("cases.save_document", save("signed_decision", &again));
    let read = |path: &Path| std::fs::read_to_string(path).expect("written").trim().to_owned();
    assert_eq!(read(&again), read(&out), "the file for the firm, once more");
    let path = world.outside().join("none.pdf");
    assert_eq!(
        world.refused("cases.save_document", save("supplement_notice", &path)).code,
        "CASE-NO-SUPPLEMENT"
    );

    // The log says the same by names, with what was typed.
    let find = json!({"text": "收〔2026〕0001", "action": null, "from": null, "to": null, "before": null,
        "limit": 100});
    let log = world.ask("upkeep.activity", find)["entries"].clone();
    let said = |action: &str| {
        let entries = log.as_array().expect("entries");
        entries.iter().find(|entry| entry["action"] == action).expect("it is found by the number").clone()
    };
    let name = json!("收〔2026〕0001（合肥星河量子传感技术有限公司【演示】）");
    let taken = said("case.accepted");
    assert_eq!((&taken["about"]["zh"], &taken["reason"]), (&name, &json!("材料齐全")));
    let signed = said("case.decided");
    assert_eq!((&signed["done"]["zh"], &signed["about"]["zh"]), (&json!("签署决定：有条件认可"), &name));
    assert!(signed["reason"].as_str().is_some_and(|reason| reason.contains("过期")), "{signed}");
    assert_eq!(signed["object"], json!(format!("case {id}")), "the id stays");

    // What the firm gets is a credential about this dossier and this report.
    let text = std::fs::read_to_string(&out).expect("written");
    let payload: Value = {
        let jwt =
            text.trim().split('~').next().expect("a JWT").split('.').nth(1).expect("a payload").to_owned();
        serde_json::from_slice(&zizhi_crypto::b64::decode(jwt).expect("base64url")).expect("JSON")
    };
    assert_eq!(payload["vct"], "urn:zizhitong:credential:recognition-decision:1");
    assert_eq!(payload["sub"], "urn:uscc:91340100DEM000014D");
    assert_eq!(payload["iss"], json!(format!("urn:uscc:{SONGJIANG}")));
    assert!(
        payload["status"]["status_list"]["uri"].is_string() && payload["exp"].is_null(),
        "it does not end"
    );

    for word in ["cases.accept", "cases.rejudge"] {
        let request = if word == "cases.rejudge" { json!({"id": id}) } else { step(None) };
        assert_eq!(world.refused(word, request).code, "CASE-STEP", "{word}");
    }
    let closed = page(world.ask("cases.close", step(None)));
    assert_eq!(closed.line.state, CaseState::Closed);
    let kinds: Vec<_> =
        closed.timeline.iter().map(|event| serde_json::to_value(event.kind).expect("a word")).collect();
    assert_eq!(kinds, ["received", "accepted", "decided", "closed"]);
    assert!(
        world
            .events()
            .iter()
            .any(|event| matches!(event, Event::Changed { what } if what.contains(&Changed::Cases)))
    );
}

#[test]
fn what_rules_do_not_take_as_it_is_is_no_plain_acceptance() {
    let world = incubator(YUHANG, "demo.zztrust");
    let case = receive(&world, &file("2-suzhou-hangzhou/partial-move.zzdossier"));
    let draft = world.ask("cases.decision_draft", json!({"id": case.line.id}));
    assert_eq!(draft["suggested"], "accepted_with_conditions", "high-tech has to be certified again");
    let wanted = draft["supplements"].as_array().expect("supplements");
    let again = |line: &&Value| line["text"].as_str().is_some_and(|text| text.contains("重新认定"));
    assert_eq!(wanted.iter().filter(again).count(), 1, "{wanted:?}");
}

#[test]
fn what_is_missing_is_asked_for_with_a_notice() {
    let world = incubator(SONGJIANG, "demo.zztrust");
    let case = receive(&world, &file("1-hefei-songjiang/no-lease.zzdossier"));
    let id = case.line.id;
    let draft = world.ask("cases.decision_draft", json!({"id": id}));
    assert_eq!(draft["suggested"], "supplement_required", "only something is missing");
    let wanted = draft["supplements"].as_array().expect("supplements");
    assert!(wanted.iter().any(|line| line["text"].as_str().is_some_and(|text| text.starts_with("请提供："))));
    let notice = world.outside().join("补正通知.pdf");
    let mut supplements = wanted.clone();
    supplements[0]["due"] = json!("2026-12-10");
    supplements.push(json!({"item_id": "other", "text": "租赁合同", "due": "2026-12-31"}));
    let ask_for = |supplements: Value| {
        json!({"id": id, "hands": {"operator": "王某", "reviewer": null},
        "supplements": supplements, "notice": notice})
    };
    let mut wrong = supplements.clone();
    wrong[0]["due"] = json!("10 December");
    assert_eq!(world.refused("cases.request_supplement", ask_for(json!(wrong))).code, "DATE");
    assert_eq!(world.refused("cases.request_supplement", ask_for(json!([]))).code, "CASE-SUPPLEMENT");
    assert!(!notice.exists(), "refused steps write nothing");
    let sent = page(world.ask("cases.request_supplement", ask_for(json!(supplements))));
    assert_eq!((sent.line.state, sent.line.due.as_deref()), (CaseState::Supplement, Some("2026-12-10")));
    assert_eq!(sent.working_days_left, Some(13), "until the earliest of the days");
    let asked: Vec<_> = sent.asked.iter().map(|line| (line.text.as_str(), line.due.as_deref())).collect();
    assert_eq!(asked.last(), Some(&("租赁合同", Some("2026-12-31"))));
    assert_eq!(asked.len(), supplements.len(), "the case says all that was asked for");
    assert!(std::fs::read(&notice).expect("written").starts_with(b"%PDF-"));
    let path = world.outside().join("again.pdf");
    let save = json!({"id": id, "document": "supplement_notice", "path": path, "language": "en"});
    world.ask("cases.save_document", save);

    let out = world.outside().join("x.zzdecision");
    let accept = json!({"id": id, "judgement": 1, "outcome": "accepted", "reasons": [], "supplements": [],
        "hands": {"operator": "王某", "reviewer": null}, "passphrase": PASSPHRASE, "path": out});
    assert_eq!(world.refused("cases.decide", accept).code, "DECIDE-VERDICT", "what failed is not accepted");
    assert!(!out.exists());
}

#[test]
fn a_fresh_list_and_a_revocation_move_verdicts_and_somebody_is_told() {
    let world = incubator(SONGJIANG, "demo-lists-9-days-old.zztrust");
    let current = receive(&world, &file(STAR));
    assert_eq!(word(current.line.verdict), "pending", "the lists are nine days old");
    let revoked = demonstration().1.shown.iter().find(|one| one.expected_codes.contains(&"STAT-REVOKED"));
    let revoked =
        revoked.filter(|one| one.story.starts_with('1')).map(|one| receive(&world, &file(&one.file)));

    let (done, _) = import(&world, "demo.zztrust");
    let expected = 1 + u32::from(revoked.is_some());
    assert_eq!((&done["rejudged"], &done["moved"]), (&json!(expected), &json!(expected)), "{done}");
    let after = page(world.ask("cases.get", json!({"id": current.line.id})));
    assert_eq!(word(after.line.verdict), "passed_with_conditions");
    assert!(after.line.moved, "nobody has looked yet");
    assert_eq!(after.judgements.len(), 2, "both judgements are on file");
    assert_eq!(word(after.judgements[1].verdict), "pending");
    if let Some(revoked) = &revoked {
        let after = page(world.ask("cases.get", json!({"id": revoked.line.id})));
        assert_eq!(word(after.line.verdict), "failed", "revoked since");
    }
    let waiting = world.ask("session.status", json!({}))["waiting"]["notices"].clone();
    assert_eq!(waiting, json!(expected), "the badge counts them");
    let notices = world.ask("cases.notices", json!({}))["notices"].as_array().expect("notices").clone();
    assert_eq!(notices.len(), expected as usize);
    let notice = notices.iter().find(|notice| notice["case_id"] == json!(current.line.id)).expect("it");
    assert_eq!((&notice["from"], &notice["to"]), (&json!("pending"), &json!("passed_with_conditions")));
    let told = notice["told"]["zh"].as_str().expect("words");
    assert!(told.contains("的办件 收〔2026〕0001，核验结论由“待联网复核”变为“有条件通过”"), "{told}");
    assert!(told.contains("吊销名单更新后，原来的这些情况已不存在："), "{told}");
    assert_eq!(notice["number"], "收〔2026〕0001");
    world.ask("cases.notice_seen", json!({"id": notice["id"]}));
    assert!(!page(world.ask("cases.get", json!({"id": current.line.id}))).line.moved, "somebody has looked");
    assert_eq!(world.refused("cases.notice_seen", json!({"id": "none"})).code, "NOTICE-ABSENT");

    let again = page(world.ask("cases.rejudge", json!({"id": current.line.id})));
    assert_eq!(again.judgements[0].why.zh, "人工要求");
    assert_eq!(again.judgements.len(), 3);
}

#[test]
fn new_data_is_held_against_what_was_accepted_and_not_against_what_was_refused() {
    let world = incubator(SONGJIANG, "demo-lists-9-days-old.zztrust");
    take_registered_key(&world, SONGJIANG);
    let decide = |path: &str, outcome: &str| {
        let case = receive(&world, &file(path));
        let hands = json!({"operator": "王某", "reviewer": null});
        let out = world.outside().join(format!("{}.zzdecision", case.line.id));
        let decided = json!({"id": case.line.id, "judgement": 1, "outcome": outcome,
            "reasons": [{"code": "", "text": "已向迁出地电话核实"}], "supplements": [], "hands": hands,
            "passphrase": PASSPHRASE, "path": out});
        world.ask("cases.accept", json!({"id": case.line.id, "hands": hands, "note": null}));
        page(world.ask("cases.decide", decided))
    };
    let revoked = |one: &&Shown| one.story.starts_with('1') && one.expected_codes.contains(&"STAT-REVOKED");
    let revoked = demonstration().1.shown.iter().find(revoked).expect("one that is revoked since");
    let accepted = decide(&revoked.file, "accepted");
    let other = decide(STAR, "accepted");
    let refused = decide("1-hefei-songjiang/no-lease.zzdossier", "rejected");
    assert!(accepted.moved_since.is_none());

    let (done, _) = import(&world, "demo.zztrust");
    assert_eq!((&done["rejudged"], &done["moved"]), (&json!(2), &json!(1)), "{done}");
    let after = page(world.ask("cases.get", json!({"id": accepted.line.id})));
    assert_eq!(
        (word(after.line.verdict).as_str(), after.judgements.len()),
        ("pending", 1),
        "as it was decided on"
    );
    let moved = after.timeline.last().expect("events");
    let words = moved.told.as_ref().map(|told| (told.zh.as_str(), told.en.as_str()));
    assert_eq!(words, Some(("待联网复核 → 不通过", "pending online check → failed")), "in both languages");
    assert_eq!(moved.note, None, "and once");
    let told = after.moved_since.expect("it is told").zh;
    assert!(
        told.contains("由“待联网复核”变为“不通过”")
            && told.contains("撤销")
            && told.contains("此前已决定“认可”"),
        "{told}"
    );
    for case in [refused, other] {
        let case = page(world.ask("cases.get", json!({"id": case.line.id})));
        assert!(
            case.moved_since.is_none() && !case.line.moved,
            "{}: nothing was withdrawn",
            case.line.number
        );
    }
}

fn find(text: &str) -> Value {
    json!({"text": text, "states": [], "verdicts": [], "scenario": null, "from": null, "to": null,
        "after": null, "limit": 50})
}

#[test]
fn without_an_open_database_there_are_no_cases_and_a_firm_takes_nothing_in() {
    let world = World::new();
    for (word, payload) in [
        ("cases.list", find("")),
        ("cases.get", json!({"id": "x"})),
        ("cases.receive", json!({"path": file(STAR), "operator": "王某"})),
        ("cases.notices", json!({})),
        ("cases.month", json!({"month": "2026-11"})),
        ("cases.export_month", json!({"month": "2026-11", "path": "/月报.xlsx", "language": "zh"})),
    ] {
        assert_eq!(world.refused(word, payload).code, "SESSION-LOCKED", "{word}");
    }
    let profile = json!({"uscc": "91340100DEM000014D", "name": "合肥星河量子传感技术有限公司【演示】",
        "role": "firm", "region": "340104"});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    let refusal = world.refused("cases.receive", json!({"path": file(STAR), "operator": "王某"}));
    assert_eq!(refusal.code, "CASE-ROLE");
    assert_eq!(world.refused("cases.get", json!({"id": "x"})).code, "CASE-ABSENT");
    import(&world, "demo.zztrust");
    let seen = world.ask("verify.file", json!({"path": file(STAR), "identity": null}));
    assert_eq!(
        seen["report"]["verdict"], "passed_with_conditions",
        "a firm may look at what it sends to others"
    );
}
