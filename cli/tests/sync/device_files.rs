//! The two files that people carry between two computers of one organisation: swapped, forged, damaged, replayed.

use serde_json::json;
use zizhi_app::{Algorithm, Host as _, SigningKey, SystemHost};
use zizhi_crypto::{SystemRandom, sealed};
use zizhi_model::{Limits, OrgId, Uscc};
use zizhi_store::{DeviceList as Row, Entry};
use zizhi_sync::devices::pairing::{self, DeviceAnswer};
use zizhi_sync::devices::{DEVICES_MOST, Device, DeviceList, Standing, first};
use zizhi_sync::invitation::Role;
use zizhi_sync::object;

use crate::devices::{accept, add, kid_of, listed, second, third};
use crate::world::{INCUBATOR_NAME, Office, SONGJIANG, World};

const ASK: [&str; 8] = ["sync", "device", "request", "--name", "二楼电脑", "-o", "../ask.jwt", "--force"];
const ADD: [&str; 7] = ["sync", "device", "add", "../ask.jwt", "-o", "../answer.age", "--force"];
const ACCEPT: [&str; 4] = ["sync", "device", "accept", "../answer.age"];

fn made() -> (SigningKey, Device) {
    let key = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap();
    let added = SystemHost.now().timestamp();
    let device = Device { key: key.public().clone(), name: "前台电脑".to_owned(), added };
    (key, device)
}

fn accept_as(compared: &str) -> Vec<&str> {
    [&ACCEPT[..], &["--compared", compared]].concat()
}

#[test]
fn an_answer_is_kept_once_it_was_compared_and_not_before() {
    let world = World::joined();
    let second = second(&world);
    second.ends(&ASK, 0);
    world.incubator.ends(&ADD, 0);
    let shown = second.json(&ACCEPT, 0);
    let compared = listed(&world.incubator)[0]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!((&shown["accepted"], &shown["by_fingerprint"]), (&json!(false), &json!(compared)), "{shown}");
    assert_eq!(shown["hub_key"], world.incubator.json(&["sync", "status"], 0)["hub_key"], "and the hub's");
    second.refused(&["sync"], "HUB-NONE");
    second.refused(&accept_as(shown["hub_key"].as_str().unwrap()), "DEVICE-COMPARED");
    second.refused(&["sync"], "HUB-NONE");
    let written_down = compared.replace(' ', "").to_uppercase();
    second.ends(&accept_as(&written_down), 0);
    second.sync();
}

#[test]
fn an_answer_of_somebody_else_shows_another_fingerprint() {
    let world = World::joined();
    let second = second(&world);
    second.ends(&ASK, 0);
    world.incubator.ends(&ADD, 0);
    let text = std::fs::read_to_string(world.path("ask.jwt")).unwrap();
    let asked = pairing::introduce(text.trim(), &Limits::default()).unwrap();
    let hub = world.incubator.unlocked().database.reader().unwrap().hub().unwrap().unwrap();

    // Whoever finds the request answers it with a list and an inbox of their own, and with the real hub.
    let ((key, device), (secret, recipient)) = (made(), sealed::generate_identity());
    let own = OrgId::from(Uscc::parse(SONGJIANG).unwrap());
    let begun = object::sign(&key, &DeviceList::begin(own, device, recipient)).unwrap();
    let begun = first(&begun, &Limits::default()).unwrap();
    let list = object::sign(&key, &DeviceList::adding(&begun, asked.device.clone())).unwrap();
    let answer = DeviceAnswer {
        iss: own,
        iat: SystemHost.now().timestamp(),
        device: asked.device.key.key_id().to_string(),
        url: hub.url,
        card: hub.card,
        role: Role::Incubator,
        name: INCUBATOR_NAME.to_owned(),
        devices: list,
    };
    let signed = object::sign(&key, &answer).unwrap();
    let mut forged = Vec::new();
    let plain = format!("{signed}\n{}\n", secret.as_str());
    sealed::encrypt(&[&asked.inbox], plain.as_bytes(), &mut forged).unwrap();
    world.write("answer.age", &forged);

    let real = listed(&world.incubator)[0]["fingerprint"].as_str().unwrap().to_owned();
    let shown = second.json(&ACCEPT, 0);
    assert_ne!(shown["by_fingerprint"], json!(real), "what two people compare");
    second.refused(&accept_as(&real), "DEVICE-COMPARED");
    second.refused(&["sync"], "HUB-NONE");
}

#[test]
fn an_answer_is_taken_once_and_an_older_one_does_not_come_back() {
    let world = World::joined();
    let (second, third) = (second(&world), third(&world));
    second.ends(&ASK, 0);
    world.incubator.ends(&ADD, 0);
    let old = std::fs::read(world.path("answer.age")).unwrap();
    accept(&world.incubator, &second);
    add(&world.incubator, &third, "三楼电脑");
    second.sync();
    assert_eq!(listed(&second).len(), 3, "the newest list is here");
    world.write("answer.age", &old);
    let compared = listed(&world.incubator)[0]["fingerprint"].as_str().unwrap().to_owned();
    second.refused(&accept_as(&compared), "DEVICES-OTHER");
    assert_eq!(listed(&second).len(), 3, "an older list does not take its place");
}

#[test]
fn a_request_that_the_computer_keeps_damaged_joins_nothing() {
    let world = World::joined();
    let second = second(&world);
    second.ends(&ASK, 0);
    world.incubator.ends(&ADD, 0);
    let compared = listed(&world.incubator)[0]["fingerprint"].as_str().unwrap().to_owned();
    let accept = accept_as(&compared);
    let kept = second.unlocked().database.reader().unwrap().setting("device_request").unwrap().unwrap();
    for (sealed, code) in [("not base64!", "DEVICE-PENDING"), ("AAAA", "KEY-SEALED"), ("", "KEY-SEALED")] {
        let mut damaged = kept.clone();
        damaged["sealed"] = json!(sealed);
        put(&second, &damaged);
        second.refused(&accept, code);
        second.refused(&["sync"], "HUB-NONE");
    }
    put(&second, &json!({"kid": 1}));
    second.refused(&accept, "DEVICE-PENDING");
    put(&second, &kept);
    second.ends(&accept, 0);
    second.sync();
}

/// Changes what a computer keeps of its request.
fn put(office: &Office, pending: &serde_json::Value) {
    let database = office.unlocked().database;
    let writer = database.writer().unwrap();
    writer.put_setting("device_request", pending).unwrap();
    writer.commit(&Entry::new(SystemHost.now(), "", "devices.asked")).unwrap();
}

#[test]
fn a_name_that_is_on_the_list_or_cannot_be_seen_is_refused() {
    let world = World::joined();
    let (second, third) = (second(&world), third(&world));
    add(&world.incubator, &second, "二楼电脑 A");
    for name in ["二楼电脑\u{200b} A", "二楼\u{202e}A 脑电"] {
        let ask = ["sync", "device", "request", "--name", name, "-o", "../ask.jwt", "--force"];
        third.refused(&ask, "HUB-DEVICE");
    }
    for name in ["二楼电脑 A", "二楼电脑 a", "二楼电脑 Ａ"] {
        third.ends(&["sync", "device", "request", "--name", name, "-o", "../ask.jwt", "--force"], 0);
        world.incubator.refused(&ADD, "DEVICE-NAME");
    }
    // One that is on the list and asks again under its own name is no second one.
    add(&world.incubator, &second, "二楼电脑 A");
    assert_eq!(listed(&world.incubator).len(), 2, "once");
}

#[test]
fn a_full_list_is_told_before_anything_is_signed() {
    let world = World::joined();
    let second = second(&world);
    second.ends(&ASK, 0);
    let database = world.incubator.unlocked().database;
    let own = Uscc::parse(SONGJIANG).unwrap();
    let row = database.reader().unwrap().device_list(&own).unwrap().unwrap();
    let mut list = Standing::kept(&row.jws, &Limits::default()).unwrap().list().clone();
    let (key, _) = made();
    list.devices.extend((1..DEVICES_MOST).map(|place| Device { name: format!("{place}号"), ..made().1 }));
    let jws = object::sign(&key, &list).unwrap();
    let writer = database.writer().unwrap();
    writer.put_device_list(&Row { jws, ..row }).unwrap();
    writer.commit(&Entry::new(SystemHost.now(), "", "devices.accepted")).unwrap();
    drop(database);
    world.incubator.refused(&ADD, "DEVICE-FULL");
    assert!(!kid_of(&world.incubator, "31号").is_empty(), "the list is as it was");
}
