//! 补正期限: until when a destination waits for what it asked for, in the ledger, on the first page and in the table;
//! and when it waits no more.

use serde_json::{Value, json};

use crate::demonstration::{file, import, take_registered_key};
use crate::world::{PASSPHRASE, World};

const SONGJIANG: &str = "91310117DEM000030B";
const ALL: [&str; 0] = [];

/// The desk of Songjiang, where the dossier without a lease was taken in, and its case.
fn taken_in() -> (World, String) {
    let world = World::new();
    world.create("incubator");
    import(&world, "demo.zztrust");
    take_registered_key(&world, SONGJIANG);
    let id = receive(&world, "no-lease");
    (world, id)
}

fn receive(world: &World, name: &str) -> String {
    let path = file(&format!("1-hefei-songjiang/{name}.zzdossier"));
    let case = world.ask("cases.receive", json!({"path": path, "operator": "王某"}));
    case["line"]["id"].as_str().expect("an id").to_owned()
}

fn asked() -> Value {
    json!([{"item_id": "lease", "text": "租赁合同", "due": "2026-12-10"}, {"item_id": "other", "text": "章程", "due": "2026-12-31"}])
}

fn decide(world: &World, id: &str) {
    let path = world.outside().join("决定.zzdecision");
    world.ask(
        "cases.accept",
        json!({"id": id, "hands": {"operator": "王某", "reviewer": null}, "note": null}),
    );
    world.ask("cases.decide", json!({"id": id, "judgement": 1, "outcome": "supplement_required", "reasons": [{"code": "CHK-MISSING", "text": "缺少租赁合同"}], "supplements": asked(), "hands": {"operator": "王某", "reviewer": "李某"}, "passphrase": PASSPHRASE, "path": path}));
}

/// The same desk on another day.
fn on(world: &World, day: &str) -> World {
    world.ask("session.lock", json!({}));
    let world = world.later(&format!("{day}T10:00:00+08:00"));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    world
}

fn find(overdue: bool) -> Value {
    json!({"text": "", "states": ALL, "verdicts": ALL, "scenario": null, "from": null, "to": null, "overdue": overdue, "after": null, "limit": 50})
}

/// Of every case whether it is overdue, and until when it waits.
fn lines(world: &World, overdue: bool) -> Vec<(Value, Value)> {
    let found = world.ask("cases.list", find(overdue));
    let cases = found["cases"].as_array().expect("cases");
    cases.iter().map(|line| (line["overdue"].clone(), line["due"].clone())).collect()
}

fn waiting(world: &World) -> Value {
    world.ask("session.status", json!({}))["waiting"]["overdue"].clone()
}

#[test]
fn what_a_decision_asks_for_is_waited_for_in_the_ledger_and_is_overdue_on_the_day_after() {
    let (world, id) = taken_in();
    decide(&world, &id);
    let until = json!("2026-12-10");
    assert_eq!(lines(&world, false), [(json!(false), until.clone())], "the earliest of the days");
    assert_eq!(lines(&world, true), []);
    let world = on(&world, "2026-12-10");
    assert_eq!((lines(&world, true), waiting(&world)), (vec![], json!(0)), "the day itself is in time");

    let world = on(&world, "2026-12-11");
    assert_eq!(lines(&world, true), [(json!(true), until)]);
    assert_eq!(waiting(&world), json!(1));
    let case = world.ask("cases.get", json!({"id": id}));
    assert_eq!(case["line"]["overdue"], json!(true));
    let path = world.outside().join("台账.csv");
    world.ask("cases.export", json!({"filter": find(true), "path": path}));
    let table = std::fs::read_to_string(&path).expect("a table");
    assert!(table.contains("补正期限,是否逾期") && table.contains("2026-12-10,逾期"), "{table}");

    // Whoever waits no longer puts it away.
    world
        .ask("cases.close", json!({"id": id, "hands": {"operator": "王某", "reviewer": null}, "note": null}));
    assert_eq!((lines(&world, false), waiting(&world)), (vec![(json!(false), Value::Null)], json!(0)));
}

#[test]
fn a_dossier_of_the_firm_for_the_same_purpose_is_what_was_waited_for_unless_it_failed() {
    let (world, id) = taken_in();
    decide(&world, &id);
    let world = on(&world, "2026-12-11");
    assert_eq!(waiting(&world), json!(1));
    receive(&world, "nothing-signed-by-the-firm");
    assert_eq!(waiting(&world), json!(1), "anybody could have sent that in the firm's name");
    receive(&world, "dossier");
    assert_eq!(waiting(&world), json!(0));
    let case = world.ask("cases.get", json!({"id": id}));
    assert_eq!(case["line"]["due"], Value::Null);
    let events = case["timeline"].as_array().expect("a list");
    let came = events.iter().find(|event| event["kind"] == "came").expect("it is told");
    assert_eq!(came["note"], "收〔2026〕0003", "under which number it came");
    let newest = world.ask("cases.list", find(false))["cases"][0]["id"].clone();
    let next = world.ask("cases.get", json!({"id": newest}))["timeline"].clone();
    let follows: Vec<_> = next.as_array().expect("a list").iter().map(|event| &event["kind"]).collect();
    assert_eq!(follows, ["received", "follows"], "the new case goes on where the decision asked for more");
    assert_eq!(next[1]["note"], "收〔2026〕0001", "and says of which case");
}

#[test]
fn so_it_is_with_what_a_notice_asks_for() {
    let (world, id) = taken_in();
    world.ask("cases.request_supplement", json!({"id": id, "hands": {"operator": "王某", "reviewer": null}, "supplements": asked(), "notice": null}));
    let world = on(&world, "2026-12-11");
    assert_eq!((lines(&world, true).len(), waiting(&world)), (1, json!(1)));
    receive(&world, "dossier");
    assert_eq!(waiting(&world), json!(0));
    let case = world.ask("cases.get", json!({"id": id}));
    assert_eq!(case["line"]["state"], "supplement", "a person takes it up again");
}
