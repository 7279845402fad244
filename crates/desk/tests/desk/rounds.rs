//! 同步 through the window's commands, with a real hub: rounds in the background, a hub that is away, a lock in
//! the middle of a request, and the stick.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zizhi_app::keychain::{Key, Keychain, KeychainError};
use zizhi_app::{FixedTime, vault};
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::Scenario;
use zizhi_wire::{Changed, Event};

use crate::firm::*;
use crate::hub::{Hub, rested, until};
use crate::world::{PASSPHRASE, World};

const FIRM: &str = "合肥星河量子传感技术有限公司【演示】";
const INCUBATOR: &str = "松江科创孵化器【演示】";

/// A firm with a dossier that it signed; its draft.
fn firm() -> (World, Around, String) {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, XINGHE, FIRM, "340104");
    let (kind, claims) = ("business-licence", json!({"number": XINGHE, "established_on": "2024-03-18"}));
    let paper = Paper {
        issuer: HEFEI,
        kind,
        provenance: "attested",
        sub: XINGHE,
        name: FIRM,
        region: "340104",
        claims,
    };
    around.issue("licence.zzcred", &key, &paper);
    hold(&world, &around, &["licence.zzcred"]);
    let terms = (Scenario::BranchOperation, "310117", "SJ-BRANCH", ("sh-songjiang", 3));
    around.request("ask.zzrequest", SONGJIANG, terms, Some(XINGHE), "2026-11-20T09:00:00+08:00");
    let asked = world.ask("request.import", json!({"path": around.text("ask.zzrequest")}));
    let begin = json!({"request_id": asked["id"], "scenario": null, "destination_region": null, "aud": null,
        "checklist_id": null, "pack_id": null});
    let draft = world.ask("draft.begin", begin)["line"]["id"].as_str().expect("an id").to_owned();
    let path = around.text("signed.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": path, "seal": false}));
    (world, around, draft)
}

/// The incubator, with the key that the register lists, and the register.
fn incubator(around: &Around) -> World {
    let world = unregistered(around);
    import_trust(&world, &around.text("trust.zztrust"));
    world
}

/// The incubator before it has any trust data.
fn unregistered(around: &Around) -> World {
    let world = World::new();
    world.create("incubator");
    world.ask("session.lock", json!({}));
    let folder = world.data().join(vault::FOLDER);
    let database = vault::look(&folder, PASSPHRASE).expect("open").database;
    let key = (&around.issuer(SONGJIANG).key, &vault::INCUBATOR_USES[..], "");
    vault::adopt_signing_key(&database, &folder, PASSPHRASE, key, "", &FixedTime(now())).expect("taken in");
    database.close().expect("closed");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    world
}

fn kinds(page: &Value) -> Vec<&str> {
    page["timeline"].as_array().expect("a list").iter().filter_map(|it| it["kind"].as_str()).collect()
}

fn find() -> Value {
    json!({"text": "", "states": [], "verdicts": [], "scenario": null, "from": null, "to": null, "after": null,
        "limit": 9})
}

#[test]
fn a_dossier_goes_from_desk_to_desk_and_the_decision_comes_back_by_itself() {
    let hub = Hub::start();
    let (firm, around, draft) = firm();
    let incubator = incubator(&around);
    assert_eq!(firm.ask("sync.status", json!({}))["state"], "none", "nobody has joined");
    hub.takes_in(&incubator, SONGJIANG, INCUBATOR, "incubator");
    hub.takes_in(&firm, XINGHE, FIRM, "firm");
    assert_eq!(rested(&firm)["state"], "synced", "the first round goes by itself");

    firm.ask("sync.send", json!({"document": "dossier", "ids": [draft], "again": false}));
    let status = until(&firm, "sync.status", &json!({}), |status| {
        status["state"] == "synced" && status["waiting"] == 0
    });
    assert_eq!(status["refused"], Value::Null, "{status}");
    let outbox = firm.ask("sync.outbox", json!({}));
    let message = &outbox["messages"][0];
    assert_eq!((&message["state"], &message["kind"]), (&json!("sent"), &json!("dossier")), "{outbox}");
    assert_eq!(message["to_name"], INCUBATOR, "by the name that the hub knows");
    let page = firm.ask("draft.get", json!({ "id": draft }));
    assert!(kinds(&page).ends_with(&["queued", "delivered"]), "the timeline tells: {page}");
    let told = firm.events();
    let tells = |kind| told.iter().any(|it| matches!(it, Event::Changed { what } if what.contains(&kind)));
    assert!(tells(Changed::Sync) && tells(Changed::Drafts), "and the window hears of it");

    incubator.ask("sync.now", json!({"passphrase": null}));
    let cases = until(&incubator, "cases.list", &find(), |cases| cases["cases"][0]["id"].is_string());
    let case = cases["cases"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(cases["cases"][0]["firm_uscc"], XINGHE, "the case is the firm's");
    let hands = json!({"operator": "王某", "reviewer": null});
    incubator.ask("cases.accept", json!({"id": case, "hands": hands, "note": null}));
    let early =
        incubator.refused("sync.send", json!({"document": "decision", "ids": [case], "again": false}));
    assert_eq!(early.code, "SEND-ABSENT", "there is no decision yet");
    let reasons = json!([{"code": "CHK-MISSING", "text": "缺租赁合同"}]);
    let wanted = json!([{"item_id": "lease", "text": "请附租赁合同", "due": "2099-12-31"}]);
    let decide = json!({"id": case, "judgement": 1, "outcome": "supplement_required", "reasons": reasons, "supplements": wanted,
        "hands": hands, "passphrase": PASSPHRASE, "path": around.text("answer.zzdecision")});
    incubator.ask("cases.decide", decide);
    incubator.ask("sync.send", json!({"document": "decision", "ids": [case], "again": false}));
    let delivered = |page: &Value| kinds(page).contains(&"delivered");
    until(&incubator, "cases.get", &json!({ "id": case }), delivered);

    firm.ask("sync.now", json!({"passphrase": null}));
    let moved = |page: &Value| page["decision"]["outcome"] == "supplement_required";
    let page = until(&firm, "draft.get", &json!({ "id": draft }), moved);
    assert!(kinds(&page).contains(&"supplement"), "and moves the timeline: {page}");

    let asks = json!({"scenario": "branch_operation", "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang",
        "destination_region": "310117", "firm": XINGHE, "days": 30, "passphrase": PASSPHRASE,
        "path": around.text("again.zzrequest")});
    incubator.ask("request.new", asks);
    let made = incubator.ask("request.list", json!({}))["requests"][0]["id"].clone();
    let several = json!({"document": "request", "ids": [made, "none"], "again": false});
    assert_eq!(incubator.refused("sync.send", several).code, "SEND-ABSENT", "all of them, or none");
    assert_eq!(incubator.ask("sync.status", json!({}))["waiting"], 0);
    assert_eq!(incubator.ask("request.list", json!({}))["requests"][0]["queued"], false);
    let request = |again: bool| json!({"document": "request", "ids": [made], "again": again});
    let put = |told: Value| (told["queued"].as_u64(), told["before"].as_u64());
    assert_eq!(put(incubator.ask("sync.send", request(false))), (Some(1), Some(0)));
    assert_eq!(put(incubator.ask("sync.send", request(false))), (Some(0), Some(1)), "not twice by itself");
    assert_eq!(incubator.ask("request.list", json!({}))["requests"][0]["queued"], true, "the list tells");
    until(&incubator, "sync.status", &json!({}), |status| {
        status["state"] == "synced" && status["waiting"] == 0
    });
    firm.ask("sync.now", json!({"passphrase": null}));
    let came = |list: &Value| list["requests"][0]["id"] == made;
    let list = until(&firm, "request.list", &json!({}), came);
    assert_eq!(list["requests"][0]["ours"], false, "a request comes without a file: {list}");
}

#[test]
fn a_hub_that_is_away_is_no_error_and_what_waits_goes_out_when_it_is_back() {
    let mut hub = Hub::start();
    let (firm, around, draft) = firm();
    let incubator = incubator(&around);
    hub.takes_in(&incubator, SONGJIANG, INCUBATOR, "incubator");
    hub.takes_in(&firm, XINGHE, FIRM, "firm");
    rested(&firm);
    hub.kill();
    firm.ask("sync.send", json!({"document": "dossier", "ids": [draft], "again": false}));
    let away = until(&firm, "sync.status", &json!({}), |status| status["state"] == "offline");
    assert_eq!((&away["waiting"], &away["outbox_parked"]), (&json!(1), &json!(0)), "{away}");
    assert!(away["next"].is_string(), "it is tried again by itself: {away}");
    // What is known of the hub outlives the program; the next opening asks at once.
    firm.ask("session.lock", json!({}));
    hub.go_on();
    firm.ask("session.unlock", json!({"secret": PASSPHRASE}));
    until(&firm, "sync.status", &json!({}), |status| status["state"] == "synced" && status["waiting"] == 0);
}

#[test]
fn a_lock_does_not_wait_for_a_hub_that_does_not_answer() {
    let mut hub = Hub::start();
    let (firm, ..) = firm();
    hub.takes_in(&firm, XINGHE, FIRM, "firm");
    rested(&firm);
    hub.kill();
    let mute = TcpListener::bind(&hub.listen).expect("its port is free");
    firm.ask("sync.now", json!({"passphrase": null}));
    let (asked, _) = mute.accept().expect("it is asked");
    let began = Instant::now();
    firm.ask("session.lock", json!({}));
    assert!(began.elapsed() < Duration::from_secs(5), "the request is left behind");
    drop((asked, mute));
    hub.go_on();
    firm.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(rested(&firm)["state"], "synced", "and nothing is noted against the hub");
}

#[test]
fn a_stick_carries_what_a_hub_would_and_twice_is_once() {
    let mut hub = Hub::start();
    let (firm, around, draft) = firm();
    let incubator = incubator(&around);
    hub.takes_in(&incubator, SONGJIANG, INCUBATOR, "incubator");
    hub.takes_in(&firm, XINGHE, FIRM, "firm");
    let send = |again: bool| json!({"document": "dossier", "ids": [draft], "again": again});
    firm.ask("sync.send", send(false));
    until(&firm, "sync.status", &json!({}), |status| status["state"] == "synced" && status["waiting"] == 0);
    let sent = firm.ask("sync.outbox", json!({}))["messages"][0]["id"].clone();
    assert_eq!(firm.refused("sync.retry", json!({"id": sent})).code, "OUTBOX-STATE", "it is at the hub");
    incubator.ask("sync.now", json!({"passphrase": null}));
    until(&incubator, "cases.list", &find(), |cases| cases["cases"][0]["id"].is_string());
    rested(&incubator);

    // Both sides know each other's devices now, and the line is cut.
    hub.kill();
    firm.ask("sync.send", send(true));
    until(&firm, "sync.status", &json!({}), |status| status["state"] == "offline");
    let stick = around.text("stick");
    let written = firm.ask("sync.export", json!({"path": stick}));
    assert_eq!((&written["messages"], &written["left_out"]), (&json!(1), &json!(0)), "{written}");
    assert!(written["public_files"].as_u64() > Some(0), "the trust data goes along: {written}");
    assert_eq!(firm.ask("sync.status", json!({}))["waiting"], 1, "and the message waits all the same");
    let read = incubator.ask("sync.import", json!({"path": stick}));
    assert_eq!(
        (&read["received"], &read["taken"], &read["refused"]),
        (&json!(1), &json!(1), &json!([])),
        "{read}"
    );
    let again = incubator.ask("sync.import", json!({"path": stick}));
    assert_eq!((&again["received"], &again["taken"]), (&json!(0), &json!(0)), "twice is once: {again}");
    assert_eq!(firm.refused("sync.import", json!({"path": around.text("none")})).code, "IO-READ");
}

#[test]
fn a_message_is_given_up_with_a_reason_and_stays_in_the_list() {
    let mut hub = Hub::start();
    let (firm, _around, draft) = firm();
    hub.takes_in(&firm, XINGHE, FIRM, "firm");
    rested(&firm);
    hub.kill();
    firm.ask("sync.send", json!({"document": "dossier", "ids": [draft], "again": false}));
    let id = firm.ask("sync.outbox", json!({}))["messages"][0]["id"].clone();
    let empty = firm.refused("sync.discard", json!({"id": id, "reason": " "}));
    assert_eq!(empty.code, "OUTBOX-REASON", "not without a word");
    rested(&firm);
    let left = firm.ask("sync.discard", json!({"id": id, "reason": "已当面递交"}));
    assert_eq!(
        (&left["messages"][0]["state"], &left["messages"][0]["reason"]),
        (&json!("discarded"), &json!("已当面递交"))
    );
    assert_eq!(firm.ask("sync.status", json!({}))["waiting"], 0);
    assert_eq!(firm.refused("sync.inbox_retry", json!({"id": "none"})).code, "INBOX-ABSENT");
}

#[test]
fn an_incubator_invites_a_firm_and_a_firm_does_not() {
    let hub = Hub::start();
    let (firm, around, _) = firm();
    let incubator = incubator(&around);
    let path = around.text("invited.jwt");
    let invite =
        |days| json!({"uscc": XINGHE, "name": FIRM, "days": days, "passphrase": PASSPHRASE, "path": path});
    assert_eq!(incubator.refused("sync.invite", invite(7)).code, "HUB-NONE", "it has joined none");
    hub.takes_in(&incubator, SONGJIANG, INCUBATOR, "incubator");
    assert_eq!(rested(&incubator)["hub"]["invites"], true);
    assert_eq!(incubator.refused("sync.invite", invite(31)).code, "INVITE-FORM");
    assert_eq!(incubator.ask("sync.invite", invite(7))["path"], path.as_str());
    assert_eq!(std::fs::read_to_string(&path).expect("written").matches('.').count(), 2, "a JWS");
    hub.takes_in(&firm, XINGHE, FIRM, "firm");
    assert_eq!(rested(&firm)["hub"]["invites"], false);
    assert_eq!(firm.refused("sync.invite", invite(7)).code, "CASE-ROLE", "a firm invites nobody");
}

/// A keychain that always answers.
#[derive(Default)]
struct Memory(Mutex<HashMap<String, Key>>);

impl Keychain for Memory {
    fn get(&self, name: &str) -> Result<Option<Key>, KeychainError> {
        Ok(self.0.lock().expect("whole").get(name).cloned())
    }

    fn put(&self, name: &str, key: &Key) -> Result<(), KeychainError> {
        self.0.lock().expect("whole").insert(name.to_owned(), key.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeychainError> {
        self.0.lock().expect("whole").remove(name);
        Ok(())
    }
}

#[test]
fn where_the_keychain_opened_the_database_one_passphrase_begins_the_rounds() {
    let hub = Hub::start();
    let keychain = Arc::<Memory>::default();
    let before = World::new().with_keychain(keychain.clone());
    before.create("firm");
    hub.takes_in(&before, XINGHE, FIRM, "firm");
    before.ask("session.lock", json!({}));
    before.ask("session.unlock", json!({"secret": PASSPHRASE, "remember": true}));
    rested(&before);
    before.ask("session.lock", json!({}));
    let world = before.again().with_keychain(keychain);
    world.desk.open_remembered();
    let status = world.ask("sync.status", json!({}));
    assert_eq!((&status["state"], &status["next"]), (&json!("passphrase"), &Value::Null), "{status}");
    assert_eq!(world.refused("sync.now", json!({"passphrase": null})).code, "SYNC-PASSPHRASE");
    assert_eq!(world.refused("sync.export", json!({"path": "."})).code, "SYNC-PASSPHRASE");
    assert_eq!(world.refused("sync.now", json!({"passphrase": "a wrong one"})).code, "KEY-PASSPHRASE");
    world.ask("sync.now", json!({"passphrase": PASSPHRASE}));
    assert!(rested(&world)["next"].is_string(), "and they go on by themselves");
}

#[test]
fn a_drill_has_no_hub() {
    let world = World::new();
    world.ask("session.drill", json!({"role": "firm", "story": "branch_operation"}));
    assert_eq!(world.ask("sync.status", json!({}))["state"], "none");
    assert_eq!(world.refused("sync.now", json!({"passphrase": null})).code, "SYNC-DRILL");
    assert_eq!(world.refused("sync.import", json!({"path": "."})).code, "SYNC-DRILL");
    let draft = json!({"document": "dossier", "ids": ["any"], "again": false});
    assert_eq!(world.refused("sync.send", draft).code, "SYNC-DRILL");
}

#[test]
fn a_hubs_key_that_came_with_trust_data_by_hand_counts_at_once() {
    let hub = Hub::start();
    let outside = tempfile::tempdir().expect("a folder");
    let mut around = Around::unpublished(outside.path());
    let world = unregistered(&around);
    hub.takes_in(&world, SONGJIANG, INCUBATOR, "incubator");
    let of_card = rested(&world)["hub"]["key"].clone();
    let registered = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
    around.hub = Some(registered.public().clone());
    around.publish("trust.zztrust", 1, &[]);
    import_trust(&world, &around.text("trust.zztrust"));
    let shown = world.ask("sync.status", json!({}))["hub"]["key"].clone();
    assert_ne!(shown, of_card, "the register's word counts, not the card's");
    let log = json!({"text": "", "action": "hub.keys", "from": null, "to": null, "before": null, "limit": 9});
    let told = world.ask("upkeep.activity", log)["entries"].as_array().map(Vec::len);
    assert_eq!(told, Some(1), "and the log says so");
}
