//! Status lists that come by themselves, before they are published: believed for their issuer, whoever brings them.

use std::fs;

use serde_json::{Value, json};
use zizhi_crypto::digest;
use zizhi_model::Verdict;
use zizhi_store::Database;

use crate::world::{HEFEI, LIST, SONGJIANG, World};

/// The file of the list, from the folder of the world.
fn list() -> String {
    format!("world/status/{}.jwt", digest::hex(&digest::sha256(LIST.as_bytes())))
}

/// Has its issuer mark a place of the list.
fn mark(world: &World, idx: &str, value: &str) {
    let key = format!("world/keys/{HEFEI}.jwk");
    world.on_files(&["status", "set", &list(), "--idx", idx, "--value", value, "--key", &key], 0);
}

/// A world in which the incubator has a dossier of the firm, and the list of its credentials as it was then.
fn taken_in() -> (World, Vec<u8>) {
    let world = World::joined();
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    assert_eq!(world.incubator.sync()["applied"][0]["became"], "case", "it is there");
    let before = fs::read(world.path(&list())).unwrap();
    (world, before)
}

/// The firm sends a file as a status list for the incubator; what became of it there.
fn brought(world: &World, file: &str, code: i32) -> Value {
    world.firm.ends(&["sync", "send", &format!("../{file}"), "--to", SONGJIANG], 0);
    assert_eq!(world.firm.sync()["sent"], 1, "it is at the hub");
    world.incubator.json(&["sync"], code)["applied"][0].clone()
}

fn notices(database: &Database) -> Vec<zizhi_store::ChangeNotice> {
    database.reader().unwrap().unseen_notices(None, 9).unwrap().rows
}

#[test]
fn a_list_that_comes_as_a_message_moves_the_verdicts_that_it_touches_and_raises_a_notice_once() {
    let (world, before) = taken_in();
    mark(&world, "2", "revoked");
    let came = brought(&world, &list(), 0);
    assert_eq!((&came["became"], &came["as"]), (&json!("status_list"), &json!(LIST)), "{came}");
    let database = world.incubator.unlocked().database;
    let told = notices(&database);
    assert_eq!(told.len(), 1, "a person is told once");
    assert_eq!(told[0].from_verdict, Verdict::PassedWithConditions, "from what it was");
    assert!(told[0].why["came"].as_array().unwrap().contains(&json!("STAT-REVOKED")), "and why");
    drop(database);

    let again = brought(&world, &list(), 0);
    assert_eq!(again["became"], "status_list", "the very same changes nothing: {again}");
    // What is published is behind for a while; that is no rollback, and what the issuer sent goes on counting.
    fs::write(world.path(&list()), &before).unwrap();
    let shown = world.incubator.json(&["trust", "import", "../world"], 0).to_string();
    assert!(!shown.contains("STAT-ROLLBACK"), "{shown}");
    let (report, _) = world.incubator.ends(&["verify", "../a.zzdossier", "--json"], 1);
    assert!(report.contains("STAT-REVOKED") && !report.contains("STAT-ROLLBACK"), "{report}");
    let database = world.incubator.unlocked().database;
    assert_eq!(notices(&database).len(), 1, "nothing moved again");
}

#[test]
fn a_list_that_is_older_forged_or_of_nobody_known_is_parked_with_the_reason() {
    let (world, before) = taken_in();
    mark(&world, "2", "revoked");
    brought(&world, &list(), 0);
    world.write("older.jwt", &before);
    let parked = brought(&world, "older.jwt", 1);
    assert_eq!((&parked["code"], &parked["kind"]), (&json!("LIST-OLDER"), &json!("status_list")), "{parked}");

    // Newer, and altered under the signature that it had.
    mark(&world, "2", "valid");
    let newer = fs::read_to_string(world.path(&list())).unwrap();
    let (said, _) = newer.trim().rsplit_once('.').unwrap();
    let (_, signature) = std::str::from_utf8(&before).unwrap().trim().rsplit_once('.').unwrap();
    world.write("forged.jwt", format!("{said}.{signature}").as_bytes());
    assert_eq!(brought(&world, "forged.jwt", 1)["code"], "LIST-SIGNATURE");

    let secret = ["--passphrase-file", "pass.txt"];
    world.on_files(&[&["key", "new", "-o", "stranger.zzkey"][..], &secret].concat(), 0);
    let build = ["status", "build", "--uri", LIST, "--entries", "64", "--key", "stranger.zzkey"];
    world.on_files(&[&build[..], &["-o", "stranger.jwt"], &secret].concat(), 0);
    let parked = brought(&world, "stranger.jwt", 1);
    assert_eq!(parked["code"], "LIST-ISSUER", "{parked}");
    assert!(
        parked["advice"]["en"].as_str().unwrap().contains("newest trust data"),
        "and what to do: {parked}"
    );
    let database = world.incubator.unlocked().database;
    assert_eq!(notices(&database).len(), 1, "only the first one counted");
}

#[test]
fn a_list_that_came_under_anothers_name_gives_way_to_the_one_that_is_published() {
    const NEXT: &str = "https://status.example/next";
    let (world, _) = taken_in();
    for (of, file) in [(SONGJIANG, "taken.jwt"), (HEFEI, "theirs.jwt")] {
        let key = format!("world/keys/{of}.jwk");
        world.on_files(&["status", "build", "--uri", NEXT, "--entries", "64", "--key", &key, "-o", file], 0);
    }
    assert_eq!(brought(&world, "taken.jwt", 0)["became"], "status_list", "nobody else's is known yet");
    world.on_files(&["trust", "add-status", "world", "theirs.jwt"], 0);
    let shown = world.incubator.json(&["trust", "import", "../world"], 0).to_string();
    assert!(!shown.contains("STAT-CORRUPT"), "the published one is taken: {shown}");
    let parked = brought(&world, "taken.jwt", 1);
    assert_eq!(parked["code"], "LIST-NAME", "and the name is that issuer's from now on: {parked}");
}

#[test]
fn without_trust_data_a_list_is_parked_and_taken_in_once_there_are() {
    let (world, _) = taken_in();
    mark(&world, "2", "revoked");
    world.incubator.ends(&["sync", "send", &format!("../{}", list()), "--to", crate::world::FIRM], 0);
    world.incubator.sync();
    fs::remove_file(world.firm.folder.join("data/trust.state")).unwrap();
    let parked = world.firm.json(&["sync"], 1)["applied"][0].clone();
    assert_eq!(parked["code"], "LIST-TRUST", "{parked}");
    world.firm.ends(&["trust", "import", "../world"], 0);
    world.firm.ends(&["sync", "inbox", "retry", parked["id"].as_str().unwrap()], 0);
    assert_eq!(world.firm.sync()["applied"][0]["became"], "status_list", "now it is verified");
}

#[test]
fn a_stick_brings_a_list_as_well() {
    let (mut world, _) = taken_in();
    // The firm has seen the incubator's device list, so that it can seal without the hub.
    world.decision();
    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    world.incubator.sync();
    world.firm.sync();
    world.hub.kill();
    mark(&world, "2", "revoked");
    world.firm.ends(&["sync", "send", &format!("../{}", list()), "--to", SONGJIANG], 0);
    assert_eq!(world.firm.json(&["sync", "export", "../stick"], 0)["messages"], 1);
    let read = world.incubator.json(&["sync", "import", "../stick"], 0);
    assert_eq!(read["applied"][0]["became"], "status_list", "{read}");
    let database = world.incubator.unlocked().database;
    assert_eq!(notices(&database).len(), 1, "and a verdict moved");
}
