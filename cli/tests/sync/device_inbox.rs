//! A computer that has not the newest inbox key: the hub keeps its mail, what came waits, and there is a way out.

use std::path::Path;

use chrono::DateTime;
use serde_json::{Value, json};
use zizhi_app::{Host as _, SystemHost};
use zizhi_store::{Entry, Ledger};

use crate::devices::{accept, add, kid_of, listed, newest_inbox, second, sends, third};
use crate::world::{Office, World};

/// The second computer removes the third, so that there is an inbox key that the first has not got.
fn renewed_elsewhere(world: &World) -> Office {
    let (second, third) = (second(world), third(world));
    add(&world.incubator, &second, "二楼电脑");
    add(&world.incubator, &third, "三楼电脑");
    second.sync();
    second.ends(&["sync", "device", "remove", &kid_of(&second, "三楼电脑")], 0);
    second
}

/// The first computer asks the second for the key.
fn asks_once_more(first: &Office, second: &Office) {
    first.ends(&["sync", "device", "request", "--name", "第一台设备", "-o", "../ask.jwt", "--force"], 0);
    second.ends(&["sync", "device", "add", "../ask.jwt", "-o", "../answer.age", "--force"], 0);
    accept(second, first);
}

fn waiting(office: &Office) -> Value {
    let listed = office.json(&["sync", "inbox"], 0);
    json!([listed[0]["state"], listed[0]["code"]])
}

#[test]
fn the_hub_keeps_the_mail_of_a_computer_that_cannot_open_it() {
    let world = World::joined();
    let second = renewed_elsewhere(&world);
    let first = &world.incubator;
    assert_eq!(first.sync()["remarks"], json!(["DEVICE-INBOX"]), "a round tells it");
    world.dossier(0);
    sends(&world);
    let round = first.sync();
    assert_eq!((&round["received"], &round["remarks"]), (&json!(0), &json!(["DEVICE-INBOX"])), "{round}");
    assert_eq!(first.json(&["sync", "inbox"], 0), json!([]), "nothing is parked");
    asks_once_more(first, &second);
    let round = first.sync();
    assert_eq!((&round["received"], &round["remarks"]), (&json!(1), &json!([])), "{round}");
    assert_eq!(round["applied"][0]["became"], "case", "what the hub has kept: {round}");
}

#[test]
fn mail_that_came_before_its_key_waits_for_it() {
    let world = World::joined();
    let second = renewed_elsewhere(&world);
    let first = &world.incubator;
    world.dossier(0);
    sends(&world);
    let round = first.sync();
    assert_eq!((&round["received"], &round["applied"]), (&json!(1), &json!([])), "it came: {round}");
    assert_eq!(round["remarks"], json!(["DEVICE-INBOX"]), "{round}");
    assert_eq!(waiting(first), json!(["stored", "DEVICE-INBOX"]), "and waits");
    assert!(first.is_idle(), "and is not noted again and again");
    asks_once_more(first, &second);
    assert_eq!(first.sync()["applied"][0]["became"], "case", "until its key is here");
}

#[test]
fn a_computer_restored_from_before_another_was_added_hears_of_it() {
    let world = World::joined();
    let backup = backed_up(&world.incubator);
    let second = second(&world);
    add(&world.incubator, &second, "二楼电脑");
    world.incubator.ends(&["db", "restore", &backup], 0);
    assert_eq!(listed(&world.incubator).len(), 1, "the backup knows nobody else");
    world.incubator.sync();
    assert_eq!(listed(&world.incubator).len(), 2, "the first round does");
    assert!(world.incubator.is_idle(), "and it is noted once");
}

#[test]
fn a_restore_takes_over_the_inbox_keys_of_the_database_that_it_replaces() {
    let world = World::joined();
    let backup = backed_up(&world.incubator);
    let second = second(&world);
    add(&world.incubator, &second, "二楼电脑");
    world.incubator.ends(&["sync", "device", "remove", &kid_of(&world.incubator, "二楼电脑")], 0);
    let newest = newest_inbox(&world.incubator);
    world.incubator.ends(&["db", "restore", &backup], 0);
    assert_eq!(newest_inbox(&world.incubator), newest, "the backup has not got it");
    world.dossier(0);
    sends(&world);
    let round = world.incubator.sync();
    assert_eq!((&round["applied"][0]["became"], &round["remarks"]), (&json!("case"), &json!([])), "{round}");
}

#[test]
fn a_message_that_does_not_open_has_a_single_computer_ask_for_its_list() {
    let world = World::joined();
    let first = &world.incubator;
    let copy = world.path("copy");
    copy_folder(&first.folder, &copy);
    let second = renewed_elsewhere(&world);
    // The whole folder of before is put back, without a word to the program.
    put_back(first, &copy);
    assert_eq!(listed(first).len(), 1, "it takes itself for a single computer");
    world.dossier(0);
    sends(&world);
    let round = first.sync();
    assert_eq!((&round["received"], &round["applied"]), (&json!(1), &json!([])), "{round}");
    assert_eq!(waiting(first), json!(["stored", "DEVICE-LIST"]), "it may be another computer's key");
    // The lists that it missed are nowhere to be had, and who signed the last one it does not know.
    assert_eq!(first.sync()["remarks"], json!(["DEVICES-OTHER"]), "so a person is told");
    assert_eq!(waiting(first), json!(["stored", "DEVICE-LIST"]), "and the message waits");
    asks_once_more(first, &second);
    assert_eq!(first.sync()["applied"][0]["became"], "case", "nothing was lost");
    assert_eq!(listed(first).len(), 2, "people have compared the list");
}

#[test]
fn where_no_computer_has_the_newest_key_one_of_the_list_makes_a_new_one() {
    let world = World::joined();
    let first = &world.incubator;
    let copy = world.path("copy");
    copy_folder(&first.folder, &copy);
    let second = second(&world);
    add(first, &second, "二楼电脑");
    first.ends(&["sync", "device", "remove", &kid_of(first, "二楼电脑")], 0);
    put_back(first, &copy);
    world.dossier(0);
    sends(&world);
    first.sync();
    assert_eq!(first.sync()["remarks"], json!(["DEVICE-INBOX"]), "the key went with the folder");
    let removing = ["sync", "device", "remove", "nobody"];
    first.refused(&removing, "DEVICE-INBOX");
    let renewed = first.json(&["sync", "device", "renew"], 0);
    assert_eq!(renewed["to_ask_again"], json!([]), "there is no other computer: {renewed}");
    first.refused(&removing, "DEVICE-UNKNOWN");
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    let round = first.sync();
    assert_eq!((&round["applied"][0]["became"], &round["remarks"]), (&json!("case"), &json!([])), "{round}");
    // What was sealed to the lost key opens nowhere, and is told so in the end.
    let round = first.json(&["sync"], 1);
    assert_eq!(round["applied"][0]["code"], "MESSAGE-SEALED", "{round}");
}

#[test]
fn a_removal_names_the_ledgers_at_which_the_computer_stays_a_device() {
    let world = World::joined();
    let second = second(&world);
    add(&world.incubator, &second, "二楼电脑");
    for (hub, joined) in [("33-main", DateTime::from_timestamp(1_795_000_000, 0)), ("32-main", None)] {
        let database = world.incubator.unlocked().database;
        let writer = database.writer().unwrap();
        let (hub, role) = (hub.to_owned(), "incubator".to_owned());
        let (url, card) = ("https://hub.example".to_owned(), String::new());
        writer.put_ledger(&Ledger { hub, url, card, role, joined, clock_offset: 0, ca: None }).unwrap();
        writer.commit(&Entry::new(SystemHost.now(), "", "ledger.joined")).unwrap();
    }
    let before = world.incubator.json(&["sync", "device", "list"], 0);
    assert_eq!(before["ledgers"], json!(["33-main"]), "of those that were joined: {before}");
    let kid = kid_of(&world.incubator, "二楼电脑");
    let (_, talk) = world.incubator.ends(&["sync", "device", "remove", &kid], 0);
    assert!(talk.contains("the ledger of the hub 33-main hears of it"), "{talk}");
    assert!(!talk.contains("32-main"), "{talk}");
}

/// The path of a backup of today.
fn backed_up(office: &Office) -> String {
    office.ends(&["db", "backup"], 0).0.trim().to_owned()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn put_back(office: &Office, copy: &Path) {
    std::fs::remove_dir_all(&office.folder).unwrap();
    copy_folder(copy, &office.folder);
}
