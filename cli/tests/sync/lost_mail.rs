//! A message that the hub cannot give, or that breaks off each time: it keeps no other one back, people are told, and it
//! can still come.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::line::Lost;
use crate::world::{FIRM, SONGJIANG, World};

/// A large dossier and a status list after it are at the hub, and the incubator has a request to send.
fn waiting(world: &World) {
    world.dossier(200_000);
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let list = ["status", "build", "--uri", "https://status.example/later", "--entries", "64", "--key", &key];
    world.on_files(&[&list[..], &["-o", "later.jwt"]].concat(), 0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.ends(&["sync", "send", "../later.jwt", "--to", SONGJIANG], 0);
    assert_eq!(world.firm.sync()["sent"], 2, "both are at the hub");
    world.request(&["--for", FIRM]);
    world.incubator.ends(&["sync", "send", "../ask.zzrequest"], 0);
}

/// The round that goes on without the dossier: the list is taken in, the request goes, and a person is told.
fn without_it(world: &World, code: &str) -> String {
    let round = world.incubator.json(&["sync"], 1);
    assert_eq!((&round["received"], &round["sent"]), (&json!(1), &json!(1)), "{round}");
    let applied = round["applied"].as_array().unwrap();
    let of = |member: &str, value: &str| applied.iter().find(|it| it[member] == value).cloned();
    let parked = of("code", code).unwrap_or_else(|| panic!("it is told: {round}"));
    assert!(parked["advice"]["zh"].as_str().unwrap().contains("再次发送"), "and what to do: {parked}");
    assert!(of("became", "status_list").is_some(), "what came later is taken in: {round}");
    assert!(world.incubator.is_idle(), "the mailbox is read on, and nothing is told twice");
    let listed = world.incubator.json(&["sync", "inbox"], 0);
    let row = listed.as_array().unwrap().iter().find(|it| it["code"] == code).cloned().unwrap();
    assert_eq!(
        (&row["state"], &row["from"]),
        (&json!("parked"), &json!(FIRM)),
        "it stays in the list: {row}"
    );
    row["id"].as_str().unwrap().to_owned()
}

/// What the incubator has of the dossier after all.
fn came(round: &Value) {
    assert_eq!((&round["received"], &round["applied"][0]["became"]), (&json!(1), &json!("case")), "{round}");
}

#[test]
fn a_message_whose_content_the_hub_has_lost_keeps_no_other_one_back() {
    let world = World::joined();
    waiting(&world);
    let blob = only_file(&world.path("hub/blobs"));
    fs::rename(&blob, world.path("restored later")).unwrap();
    let id = without_it(&world, "MAIL-LOST");

    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    came(&world.incubator.sync());

    world.incubator.ends(&["sync", "inbox", "retry", &id], 0);
    let round = world.incubator.json(&["sync"], 1);
    assert_eq!(round["applied"][0]["code"], "MAIL-LOST", "it is still gone: {round}");
    fs::rename(world.path("restored later"), &blob).unwrap();
    world.incubator.ends(&["sync", "inbox", "retry", &id], 0);
    let round = world.incubator.sync();
    assert_eq!(round["received"], 1, "the operator has put it back: {round}");
    let listed = world.incubator.json(&["sync", "inbox"], 0);
    let row = listed.as_array().unwrap().iter().find(|it| it["id"] == *id).cloned().unwrap();
    assert_eq!((&row["state"], &row["became"]), (&json!("applied"), &json!("case")), "{row}");
    assert!(world.incubator.is_idle(), "and that is all");
}

#[test]
fn a_message_that_breaks_off_again_and_again_keeps_no_other_one_back() {
    let (world, line) = World::joined_over_a_line();
    waiting(&world);
    for _ in 0..2 {
        line.cut_at("GET /v1/messages/", 1, Lost::Request);
        world.incubator.refused(&["sync"], "HUB-UNREACHABLE");
        assert!(line.was_cut(), "where it was cut before");
    }
    line.cut_at("GET /v1/messages/", 1, Lost::Request);
    let id = without_it(&world, "MAIL-BROKEN");
    assert!(line.was_cut(), "once more");
    world.incubator.ends(&["sync", "inbox", "retry", &id], 0);
    came(&world.incubator.sync());
    assert!(world.incubator.is_idle(), "and that is all");
}

/// The file below a folder.
fn only_file(folder: &Path) -> PathBuf {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    assert_eq!(files.len(), 1, "the dossier alone is no part of the page: {files:?}");
    files.remove(0)
}
