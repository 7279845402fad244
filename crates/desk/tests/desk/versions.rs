//! 受理 → 补正 → 决定, with the dossier that the firm sends in between: proposed, taken in for its case, looked at
//! beside the one before; and the way back from paper.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use zizhi_wire::commands::dispatch;
use zizhi_wire::{CaseDocument, CaseEventKind, CasePage, CaseState, ComparedVersions, DemandState, Verified};

use crate::demonstration::{file, import};
use crate::world::{PASSPHRASE, World};

const SONGJIANG: &str = "91310117DEM000030B";
const STAR: &str = "1-hefei-songjiang/dossier.zzdossier";
const AGAIN: &str = "1-hefei-songjiang/not-requested.zzdossier";

fn incubator() -> World {
    let world = World::new();
    let profile =
        json!({"uscc": SONGJIANG, "name": "松江科创孵化器【演示】", "role": "incubator", "region": "310117"});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    import(&world, "demo.zztrust");
    world
}

fn page(answer: Value) -> CasePage {
    serde_json::from_value(answer).expect("a case")
}

fn receive(world: &World, name: &str) -> CasePage {
    page(world.ask("cases.receive", json!({"path": file(name), "operator": "王某"})))
}

fn hands() -> Value {
    json!({"operator": "王某", "reviewer": null})
}

/// A case of the firm that waits for another dossier.
fn waiting(world: &World) -> CasePage {
    let case = receive(world, STAR);
    let wanted = json!([{"item_id": "quality", "text": "有效的认证证书", "due": "2026-12-10"}]);
    page(world.ask(
        "cases.request_supplement",
        json!({"id": case.line.id, "hands": hands(), "supplements": wanted, "notice": null}),
    ))
}

fn seen(world: &World, name: &str) -> Verified {
    let answer = world.ask("verify.file", json!({"path": file(name), "identity": null}));
    serde_json::from_value(answer).expect("a verdict")
}

#[test]
fn a_dossier_that_comes_is_proposed_and_taken_in_for_the_case_that_waits() {
    let world = incubator();
    assert!(seen(&world, AGAIN).waiting.is_empty(), "no case waits yet");
    let case = waiting(&world);
    let proposed = seen(&world, AGAIN).waiting;
    assert_eq!(proposed.first().map(|one| &one.number), Some(&case.line.number));
    assert!(seen(&world, STAR).waiting.is_empty(), "what has a case is proposed for none here");

    let taken = json!({"path": file(AGAIN), "operator": "王某", "continues": case.line.id});
    let page = page(world.ask("cases.receive", taken));
    assert_eq!((&page.line.id, page.line.state), (&case.line.id, CaseState::Supplement));
    assert_eq!(page.versions.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(page.timeline.last().map(|event| event.kind), Some(CaseEventKind::Supplied));
    assert_eq!(
        page.demands.first().map(|demand| demand.state),
        Some(DemandState::Open),
        "it has ended here too"
    );
    let compared = world.ask("cases.compare", json!({"id": case.line.id, "older": 1, "newer": 2}));
    let compared: ComparedVersions = serde_json::from_value(compared).expect("compared");
    assert_eq!((compared.older.version, compared.newer.version), (1, 2));
    assert!(compared.same_credentials > 5, "the firm shows the same papers: {compared:?}");
    assert_eq!(seen(&world, STAR).case_id, Some(case.line.id.clone()), "the older file leads to its case");

    // It goes on from there as any case does.
    let resume = |note: Value| json!({"id": case.line.id, "hands": hands(), "note": note});
    assert_eq!(world.refused("cases.accept", resume(Value::Null)).code, "CASE-NOTE", "something is open");
    let resumed = self::page(world.ask("cases.accept", resume(json!("另行说明"))));
    assert_eq!(resumed.line.state, CaseState::Accepted);
    assert_eq!(resumed.timeline.last().map(|event| event.kind), Some(CaseEventKind::Resumed));
    let of = |document: CaseDocument| {
        let lines = resumed.documents.iter().filter(move |line| line.document == document);
        lines.map(|line| line.number.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(CaseDocument::Receipt), ["收〔2026〕0001-2", "收〔2026〕0001"], "the newest first");
    let first = world.outside().join("first.pdf");
    world.ask(
        "cases.save_document",
        json!({"id": case.line.id, "document": "receipt", "nth": 1, "path": first, "language": "zh"}),
    );
    assert!(std::fs::read(&first).expect("written").starts_with(b"%PDF-"));
    assert_eq!(
        world
            .refused("cases.join", json!({"id": case.line.id, "newer": case.line.id, "hands": hands()}))
            .code,
        "CASE-OTHER"
    );
    assert_eq!(world.ask("upkeep.check", json!({}))["whole"], json!(true));
}

#[test]
fn a_case_of_its_own_is_joined_to_the_one_that_waits() {
    let world = incubator();
    let (older, newer) = (waiting(&world), receive(&world, AGAIN));
    assert_eq!(newer.verified.waiting.first().map(|one| &one.id), Some(&older.line.id));
    let joining = json!({"id": older.line.id, "newer": newer.line.id, "hands": hands()});
    let joined = page(world.ask("cases.join", joining.clone()));
    assert_eq!((&joined.line.id, joined.versions.len()), (&older.line.id, 2));
    let closed = page(world.ask("cases.get", json!({"id": newer.line.id})));
    assert_eq!(closed.line.state, CaseState::Closed);
    assert_eq!(closed.timeline.last().map(|event| event.kind), Some(CaseEventKind::Joined));
    assert_eq!(world.refused("cases.join", joining).code, "CASE-STEP");
}

#[test]
fn the_code_on_a_printed_report_leads_back_to_its_case() {
    let world = incubator();
    let case = receive(&world, STAR);
    let report = world.outside().join("report.pdf");
    let saving = json!({"id": case.line.id, "document": "report", "path": report, "language": "zh"});
    world.ask("cases.save_document", saving);
    let picture = world.outside().join("page");
    let painted = Command::new("pdftoppm").args(["-r", "200", "-png"]).arg(&report).arg(&picture).status();
    assert!(painted.expect("pdftoppm, of poppler-utils").success());
    let pages = std::fs::read_dir(world.outside()).expect("a folder");
    let mut pages: Vec<_> = pages.map(|entry| entry.expect("an entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "png"));
    // Which of its pages has the code, the paper decides; no page leads elsewhere.
    let looked_up = |path: &PathBuf| {
        let found = dispatch(&world.desk, "cases.on_paper", json!({"path": path}));
        found.map(|found| found["number"].clone()).map_err(|refusal| refusal.code)
    };
    let (found, without): (Vec<_>, Vec<_>) = pages.iter().map(looked_up).partition(Result::is_ok);
    assert_eq!(found, [Ok(json!(case.line.number))], "one page has it: {without:?}");
    assert!(without.iter().all(|answer| answer.as_ref().is_err_and(|code| code == "PICTURE-NO-CODE")));
}
