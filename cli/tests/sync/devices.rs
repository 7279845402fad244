//! Two computers of one incubator at one hub, each with a database of its own.

use serde_json::{Value, json};
use zizhi_app::create_database::Role;
use zizhi_app::export_own_record::export_own_record;
use zizhi_app::incubator::Incubator;
use zizhi_app::{SystemHost, no_trust};
use zizhi_crypto::sealed;
use zizhi_verify::Library;

use crate::line::Lost;
use crate::world::{FIRM, INCUBATOR_NAME, Office, SONGJIANG, World};

/// A second computer of the incubator that has joined nothing.
pub fn second(world: &World) -> Office {
    Office::open(world.path("second"), SONGJIANG, INCUBATOR_NAME, Role::Incubator, "310117")
}

/// The fingerprint that a command shows.
fn fingerprint(said: &str) -> &str {
    said.lines().find_map(|line| line.strip_prefix("fingerprint: ")).unwrap()
}

/// Has `new` asked for and added by `office`, and take the answer.
pub fn add(office: &Office, new: &Office, name: &str) -> Value {
    let (asked, _) =
        new.ends(&["sync", "device", "request", "--name", name, "-o", "../ask.jwt", "--force"], 0);
    let (added, _) =
        office.ends(&["sync", "device", "add", "../ask.jwt", "-o", "../answer.age", "--force"], 0);
    assert_eq!(fingerprint(&asked), fingerprint(&added), "what two people compare");
    accept(office, new)
}

/// Has `new` take the answer of `office`, whose fingerprint a person has read there.
pub fn accept(office: &Office, new: &Office) -> Value {
    let own = listed(office).into_iter().find(|device| device["own"] == true).unwrap();
    let compared = own["fingerprint"].as_str().unwrap();
    new.json(&["sync", "device", "accept", "../answer.age", "--compared", compared], 0)
}

pub fn listed(office: &Office) -> Vec<Value> {
    office.json(&["sync", "device", "list"], 0)["devices"].as_array().unwrap().clone()
}

pub fn kid_of(office: &Office, name: &str) -> String {
    let found = listed(office).into_iter().find(|device| device["name"] == name).unwrap();
    found["kid"].as_str().unwrap().to_owned()
}

pub fn sends(world: &World) {
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    assert_eq!(world.firm.sync()["sent"], 1, "the hub has it");
}

#[test]
fn a_second_computer_joins_sends_and_is_removed() {
    let world = World::joined();
    let second = second(&world);
    second.ends(&["trust", "import", "../world"], 0);
    second.refused(&["sync"], "HUB-NONE");
    // Whoever tries the invitation first has lost nothing by it.
    let join = ["sync", "join", "../incubator.jwt", "--hub", &world.hub.url];
    second.refused(&join, "INVITE-USED");
    let taken = add(&world.incubator, &second, "二楼电脑");
    assert_eq!((&taken["hub"], &taken["by"]), (&json!("31-main"), &json!("第一台设备")), "{taken}");
    let status = world.incubator.json(&["sync", "status"], 0);
    assert_eq!(taken["hub_key"], status["hub_key"], "what two people compare");
    assert_eq!(taken["by_fingerprint"], listed(&world.incubator)[0]["fingerprint"], "and this");
    for office in [&world.incubator, &second] {
        let names: Vec<_> =
            listed(office).iter().map(|it| (it["name"].clone(), it["mail"].clone())).collect();
        let expected = [(json!("第一台设备"), json!(true)), (json!("二楼电脑"), json!(false))];
        assert_eq!(names, expected, "both computers have the same list");
    }
    let own: Vec<_> = listed(&second).iter().map(|it| it["own"].clone()).collect();
    assert_eq!(own, [json!(false), json!(true)], "and each knows itself");

    // Mail goes to the first of the list, whoever asks first.
    world.dossier(0);
    sends(&world);
    let round = second.sync();
    assert_eq!((&round["received"], &round["remarks"]), (&json!(0), &json!([])), "not here: {round}");
    assert_eq!(world.incubator.sync()["applied"][0]["became"], "case", "but there");
    assert!(second.is_idle() && world.incubator.is_idle(), "and both have nothing more to do");

    // Both send, each with its own key.
    world.decision();
    second.ends(&["sync", "send", "../a.zzdecision"], 0);
    assert_eq!(second.sync()["sent"], 1, "the second computer sends");
    assert_eq!(world.firm.sync()["applied"][0]["became"], "decision", "and is believed");

    // Sealed before the removal, so that it goes on opening there.
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.ends(&["sync", "export", "../before"], 0);
    let kid = kid_of(&world.incubator, "二楼电脑");
    let removed = world.incubator.json(&["sync", "device", "remove", &kid], 0);
    assert_eq!(
        (&removed["removed"], &removed["to_ask_again"]),
        (&json!("二楼电脑"), &json!([])),
        "{removed}"
    );
    second.refused(&["sync"], "AUTH-KEY");
    assert_eq!(second.json(&["sync", "import", "../before"], 0)["received"], 1, "as a person was told");

    // A message that goes to the hub shows the firm the new list; the next one goes on a stick.
    world.firm.sync();
    assert_eq!(world.incubator.sync()["received"], 1, "mail of before is still read");
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    assert_eq!(world.incubator.sync()["received"], 1, "and new mail");
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.ends(&["sync", "export", "../after"], 0);
    let read = second.json(&["sync", "import", "../after"], 0);
    assert_eq!((&read["received"], &read["refused"]), (&json!(0), &json!([])), "sealed to others: {read}");
    assert_eq!(world.incubator.json(&["sync", "import", "../after"], 0)["received"], 1, "but not here");
}

#[test]
fn an_answer_that_is_lost_costs_nothing() {
    let (world, line) = World::joined_over_a_line();
    let second = second(&world);
    second.ends(&["sync", "device", "request", "--name", "二楼电脑", "-o", "../ask.jwt"], 0);
    let add = ["sync", "device", "add", "../ask.jwt", "-o", "../answer.age"];
    for lost in [Lost::Request, Lost::Answer] {
        line.cut_at("PUT /v1/devices", 1, lost);
        world.incubator.refused(&add, "HUB-UNREACHABLE");
        assert!(line.was_cut() && !world.path("answer.age").exists(), "nothing was written");
    }
    assert_eq!(listed(&world.incubator).len(), 1, "the hub has it, and it is not known here");
    world.incubator.ends(&add, 0);
    accept(&world.incubator, &second);
    second.sync();

    let kid = kid_of(&world.incubator, "二楼电脑");
    let remove = ["sync", "device", "remove", &kid];
    for lost in [Lost::Request, Lost::Answer] {
        line.cut_at("PUT /v1/devices", 1, lost);
        world.incubator.refused(&remove, "HUB-UNREACHABLE");
        assert!(line.was_cut(), "once");
    }
    second.refused(&["sync"], "AUTH-KEY");
    assert_eq!(listed(&world.incubator).len(), 2, "the hub has done it, and it is not known here");
    world.incubator.ends(&remove, 0);
    assert_eq!(listed(&world.incubator).len(), 1, "what was done is found out");
    world.dossier(0);
    sends(&world);
    assert_eq!(world.incubator.sync()["applied"][0]["became"], "case", "the key of the new inbox was kept");
}

#[test]
fn a_list_that_another_computer_changed_is_fetched_and_a_person_does_it_again() {
    let world = World::joined();
    let (second, third) = (second(&world), third(&world));
    add(&world.incubator, &second, "二楼电脑");
    // The second computer adds the third, of which the first has not heard.
    add(&second, &third, "三楼电脑");
    let fourth = Office::open(world.path("fourth"), SONGJIANG, INCUBATOR_NAME, Role::Incubator, "310117");
    fourth.ends(&["sync", "device", "request", "--name", "四楼电脑", "-o", "../ask.jwt", "--force"], 0);
    let again = ["sync", "device", "add", "../ask.jwt", "-o", "../answer.age", "--force"];
    world.incubator.refused(&again, "DEVICES-STALE");
    assert_eq!(listed(&world.incubator).len(), 3, "the newest list is here");
    world.incubator.ends(&again, 0);
    assert_eq!(listed(&world.incubator).len(), 4, "and the next attempt goes through");

    // Whoever is not the last to change the list hears of it in a round.
    second.sync();
    assert_eq!(listed(&second).len(), 4, "a round brings the newest list");

    // The first computer is gone: the next one takes its mail in, and the others ask for the new inbox key.
    let first = kid_of(&second, "第一台设备");
    let removed = second.json(&["sync", "device", "remove", &first], 0);
    assert_eq!(removed["to_ask_again"], json!(["三楼电脑", "四楼电脑"]), "{removed}");
    world.incubator.refused(&["sync"], "AUTH-KEY");
    let round = third.sync();
    assert_eq!(round["remarks"], json!(["DEVICE-INBOX"]), "the third is told: {round}");
    let kid = kid_of(&third, "四楼电脑");
    third.refused(&["sync", "device", "remove", &kid], "DEVICE-INBOX");
    add(&second, &third, "三楼电脑");
    assert_eq!(third.sync()["remarks"], json!([]), "it has the key now");
    assert_eq!(listed(&third).len(), 3, "and is on the list once");
    world.dossier(0);
    sends(&world);
    assert_eq!(third.sync()["received"], 0, "mail goes to one computer");
    assert_eq!(second.sync()["applied"][0]["became"], "case", "which is the first of the list now");
}

#[test]
fn files_for_others_are_refused_in_words() {
    let world = World::joined();
    let second = second(&world);
    let ask = ["sync", "device", "request", "--name", "二楼电脑", "-o", "../ask.jwt", "--force"];
    let add = ["sync", "device", "add", "../ask.jwt", "-o", "../answer.age", "--force"];
    second.ends(&ask, 0);
    world.firm.refused(&add, "DEVICE-ORG");
    world
        .incubator
        .refused(&["sync", "device", "add", "../incubator.jwt", "-o", "../x.age"], "DEVICE-REQUEST");
    let text = std::fs::read_to_string(world.path("ask.jwt")).unwrap();
    world.write("changed.jwt", text.replacen("ey", "eZ", 2).as_bytes());
    world.incubator.refused(&["sync", "device", "add", "../changed.jwt", "-o", "../x.age"], "DEVICE-REQUEST");
    second.refused(&["sync", "device", "add", "../ask.jwt", "-o", "../x.age"], "HUB-NONE");
    second.refused(&["sync", "device", "accept", "../ask.jwt"], "DEVICE-ANSWER");

    world.incubator.ends(&add, 0);
    world.firm.refused(&["sync", "device", "accept", "../answer.age"], "DEVICE-ANSWER");
    let mut bytes = std::fs::read(world.path("answer.age")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    world.write("cut.age", &bytes);
    second.refused(&["sync", "device", "accept", "../cut.age"], "DEVICE-ANSWER");
    second.ends(&ask, 0);
    second.refused(&["sync", "device", "accept", "../answer.age"], "DEVICE-ASKED");
    second.refused(&["sync"], "HUB-NONE");
    // The key of the first request is on the list under that name.
    world.incubator.refused(&add, "DEVICE-NAME");
    let anew = ["sync", "device", "request", "--name", "二楼新电脑", "-o", "../ask.jwt", "--force"];
    second.ends(&anew, 0);
    world.incubator.ends(&add, 0);
    accept(&world.incubator, &second);
    second.sync();
    let own = kid_of(&world.incubator, "第一台设备");
    world.incubator.refused(&["sync", "device", "remove", &own], "DEVICE-OWN");
    // An id is base64url, and one of 64 begins like an option.
    for kid in ["nobody", "-O4y88c4tXL0wQBWh1JhlIh9cZnie_4J-0w9aEQT57w"] {
        world.incubator.refused(&["sync", "device", "remove", kid], "DEVICE-UNKNOWN");
    }
}

#[test]
fn a_list_with_another_inbox_than_the_register_has_is_told() {
    let world = World::joined();
    world.request(&["--for", FIRM]);
    world.incubator.ends(&["sync", "send", "../ask.zzrequest", "--to", FIRM], 0);
    let round = world.incubator.sync();
    assert_eq!((&round["sent"], &round["remarks"]), (&json!(1), &json!([])), "no issuer, no record: {round}");
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let round = world.firm.sync();
    // The register of the demonstration has a key of its own for this incubator.
    assert_eq!((&round["sent"], &round["remarks"]), (&json!(1), &json!(["PEER-INBOX"])), "{round}");

    register(&world, &json!([newest_inbox(&world.incubator)]));
    world.firm.ends(&["trust", "import", "../world"], 0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let round = world.firm.sync();
    assert_eq!((&round["sent"], &round["remarks"]), (&json!(1), &json!([])), "now they agree: {round}");
}

#[test]
fn a_removed_computer_does_not_open_what_is_sealed_by_a_register_that_was_brought_up_to_date() {
    let world = World::joined();
    let second = second(&world);
    add(&world.incubator, &second, "二楼电脑");
    let sealed = |name: &str| {
        let order = ["dossier", "seal", "a.zzdossier", "--trust", "world", "-o", name];
        world.on_files(&order, 0);
        std::fs::read(world.path(name)).unwrap()
    };
    world.dossier(0);
    register(&world, &exported(&world)["seal_to"]);
    let before = sealed("before.age");
    assert!(opens(&second, &before) && opens(&world.incubator, &before), "as any computer of the list");

    let kid = kid_of(&world.incubator, "二楼电脑");
    world.incubator.ends(&["sync", "device", "remove", &kid], 0);
    register(&world, &exported(&world)["seal_to"]);
    let after = sealed("after.age");
    assert!(opens(&world.incubator, &after), "who it is sealed to");
    assert!(!opens(&second, &after), "and nobody else");
    assert!(opens(&second, &before), "there is no forward secrecy");
}

#[test]
fn a_key_of_a_removal_that_failed_is_told_to_nobody() {
    let (world, line) = World::joined_over_a_line();
    let (second, third) = (second(&world), third(&world));
    add(&world.incubator, &second, "二楼电脑");
    add(&world.incubator, &third, "三楼电脑");
    let (kid_2, kid_3) = (kid_of(&world.incubator, "二楼电脑"), kid_of(&world.incubator, "三楼电脑"));
    line.cut_at("PUT /v1/devices", 1, Lost::Request);
    world.incubator.refused(&["sync", "device", "remove", &kid_2], "HUB-UNREACHABLE");
    let made = newest_inbox(&world.incubator);

    // The third computer asks once more, and is told the keys of the organisation.
    add(&world.incubator, &third, "三楼电脑");
    assert!(!holds(&third, &made), "a key that no list has named is not one of them");
    world.incubator.ends(&["sync", "device", "remove", &kid_3], 0);
    let named = newest_inbox(&world.incubator);
    assert_ne!(named, made, "a key that was made for another removal");
    assert!(!holds(&third, &named), "new mail does not open there");
    world.incubator.ends(&["sync", "device", "remove", &kid_2], 0);
    world.dossier(0);
    sends(&world);
    assert_eq!(world.incubator.sync()["applied"][0]["became"], "case", "the key of the second attempt");
}

#[test]
fn an_answer_to_who_asks_once_more_opens_there_alone() {
    let world = World::joined();
    let (second, third) = (second(&world), third(&world));
    add(&world.incubator, &second, "二楼电脑");
    add(&world.incubator, &third, "三楼电脑");
    world.incubator.ends(&["sync", "device", "remove", &kid_of(&world.incubator, "二楼电脑")], 0);
    // Both have the key of before; only one of them gets the new one.
    add(&world.incubator, &third, "三楼电脑");
    let answer = std::fs::read(world.path("answer.age")).unwrap();
    assert!(!opens(&second, &answer), "a removed computer that finds the file");
    assert!(opens(&third, &answer), "whoever asked");
}

#[test]
fn a_removal_that_a_round_has_found_out_is_told_as_done() {
    let (world, line) = World::joined_over_a_line();
    let (second, third) = (second(&world), third(&world));
    add(&world.incubator, &second, "二楼电脑");
    add(&world.incubator, &third, "三楼电脑");
    let remove = ["sync", "device", "remove", &kid_of(&world.incubator, "二楼电脑")];
    line.cut_at("PUT /v1/devices", 1, Lost::Answer);
    world.incubator.refused(&remove, "HUB-UNREACHABLE");
    world.incubator.sync();
    assert_eq!(listed(&world.incubator).len(), 2, "the list has come by a round");
    let removed = world.incubator.json(&remove, 0);
    assert_eq!(
        (&removed["removed"], &removed["to_ask_again"]),
        (&json!("二楼电脑"), &json!(["三楼电脑"])),
        "whoever removed it hears who has to ask again: {removed}"
    );
}

/// A third computer of the incubator.
pub fn third(world: &World) -> Office {
    Office::open(world.path("third"), SONGJIANG, INCUBATOR_NAME, Role::Incubator, "310117")
}

/// The record of the incubator's public keys as it hands it in.
fn exported(world: &World) -> Value {
    let (unlocked, library) = (world.incubator.unlocked(), Library::new(no_trust()));
    let incubator = Incubator { database: &unlocked.database, library: &library, host: &SystemHost };
    let path = world.path("own.json");
    export_own_record(&incubator, &path).unwrap();
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Whether a sealed file opens with what a computer has.
pub fn opens(office: &Office, sealed: &[u8]) -> bool {
    sealed::decrypt(office.unlocked().inbox.identities(), sealed, &mut std::io::sink()).is_ok()
}

/// The newest inbox key of a database.
pub fn newest_inbox(office: &Office) -> String {
    let database = office.unlocked().database;
    database.reader().unwrap().inbox_identities().unwrap().remove(0).recipient
}

fn holds(office: &Office, recipient: &str) -> bool {
    let database = office.unlocked().database;
    let identities = database.reader().unwrap().inbox_identities().unwrap();
    identities.iter().any(|identity| identity.recipient == recipient)
}

/// Has the register list these inboxes of the incubator.
fn register(world: &World, inboxes: &Value) {
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let mut jwk: Value = serde_json::from_slice(&std::fs::read(world.path(&key)).unwrap()).unwrap();
    jwk.as_object_mut().unwrap().remove("d");
    let record = json!({
        "uscc": SONGJIANG, "name": INCUBATOR_NAME, "former_names": [], "roles": ["incubator"],
        "level": "provincial", "region": "310117",
        "keys": [{ "jwk": jwk, "use": ["status", "decision", "request"], "valid_from": "2026-01-01T00:00:00+08:00",
                   "valid_until": null, "revoked_at": null, "revoked_reason": null }],
        "seal_to": inboxes, "may_issue": []
    });
    world.write("record.json", record.to_string().as_bytes());
    let keys = ["--key", "world/keys/31-province.jwk", "--key", "world/keys/distributor.jwk"];
    world.on_files(&[&["trust", "add-issuer", "world", "record.json"][..], &keys].concat(), 0);
}
