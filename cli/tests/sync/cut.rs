//! Lines that are cut, and a hub that was restored from a backup: delay, and nothing lost or doubled.

use std::path::Path;
use std::sync::atomic::Ordering;

use serde_json::json;

use crate::line::Lost;
use crate::world::World;

/// A dossier of three pieces.
const LARGE: usize = 9 * 1024 * 1024;
const PIECE: u64 = 4 * 1024 * 1024;

#[test]
fn an_upload_that_is_cut_off_goes_on_where_it_was() {
    for lost in [Lost::Request, Lost::Answer] {
        let (world, line) = World::joined_over_a_line();
        world.dossier(LARGE);
        world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
        line.cut_at("PATCH /v1/uploads/", 2, lost);
        world.firm.refused(&["sync"], "HUB-UNREACHABLE");
        assert!(line.was_cut(), "in its second piece");
        let listed = &world.firm.json(&["sync", "outbox"], 0)[0];
        assert_eq!((&listed["state"], &listed["uploaded"]), (&json!("sending"), &json!(PIECE)), "{listed}");
        assert_eq!(listed["code"], "HUB-UNREACHABLE", "and why: {listed}");

        world.firm.ends(&["sync", "outbox", "retry", listed["id"].as_str().unwrap()], 0);
        let before = line.sent.load(Ordering::SeqCst);
        assert_eq!(world.firm.sync()["sent"], 1, "it is there");
        let again = line.sent.load(Ordering::SeqCst) - before;
        let len = std::fs::metadata(world.path("a.zzdossier")).unwrap().len();
        // A message has up to a MiB of padding.
        let rest = len + 1024 * 1024 - PIECE;
        assert!(again < rest + 64 * 1024, "what was there is not sent again: {again} of {len}");
        let came = world.incubator.sync();
        assert_eq!(came["applied"][0]["became"], "case", "and whole: {came}");
    }
}

#[test]
fn a_download_that_is_cut_off_goes_on_where_it_was() {
    let (world, line) = World::joined_over_a_line();
    world.dossier(LARGE);
    let len = std::fs::metadata(world.path("a.zzdossier")).unwrap().len();
    let cut_and_fetched_again = |between: &dyn Fn()| {
        world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
        assert_eq!(world.firm.sync()["sent"], 1, "it is at the hub");
        line.cut_at("GET /v1/messages/", 3, Lost::Request);
        world.incubator.refused(&["sync"], "HUB-UNREACHABLE");
        assert!(line.was_cut(), "in its third piece");
        between();
        let before = line.came.load(Ordering::SeqCst);
        let round = world.incubator.sync();
        assert_eq!(round["received"], 1, "it is there, and whole: {round}");
        line.came.load(Ordering::SeqCst) - before
    };
    let folder = world.incubator.folder.join("data/database/arriving");
    // A message has up to a MiB of padding.
    let rest = len + 1024 * 1024 - 2 * PIECE;
    let again = cut_and_fetched_again(&|| ());
    assert!(again < rest + 64 * 1024, "what was there does not come again: {again} of {len}");
    assert!(!folder.exists(), "and nothing is left of it");
    let again = cut_and_fetched_again(&|| std::fs::remove_dir_all(&folder).unwrap());
    assert!(again > len, "a desktop that begins anew gets all of it again, the control: {again} of {len}");
    let altered = || {
        let piece = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        let mut bytes = std::fs::read(&piece).unwrap();
        assert_eq!(bytes.len() as u64, 2 * PIECE, "as far as it came");
        bytes[0] ^= 1;
        std::fs::write(&piece, bytes).unwrap();
    };
    let again = cut_and_fetched_again(&altered);
    assert!(again > len, "what does not fit its digest is thrown away: {again} of {len}");
}

#[test]
fn an_answer_that_is_lost_sends_nothing_twice_and_enrols_once() {
    let (mut world, line) = World::apart_over_a_line();
    let invited = world.invitation();
    line.cut_at("POST /v1/organisations", 1, Lost::Answer);
    world.incubator.refused(&["sync", "join", &invited, "--hub", &line.url], "HUB-UNREACHABLE");
    assert!(line.was_cut(), "the hub knew it already");
    world.incubator.refused(&["sync"], "HUB-NONE");
    world.incubator.ends(&["sync", "join", &invited, "--hub", &line.url], 0);
    world.join_firm(&line.url);

    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    line.cut_at("POST /v1/messages", 1, Lost::Answer);
    world.firm.refused(&["sync"], "HUB-UNREACHABLE");
    assert!(line.was_cut(), "the hub has the message");
    world.hub.kill();
    world.hub.go_on();
    let id = world.firm.json(&["sync", "outbox"], 0)[0]["id"].as_str().unwrap().to_owned();
    world.firm.ends(&["sync", "outbox", "retry", &id], 0);
    assert_eq!(world.firm.sync()["sent"], 1, "the same receipt");

    line.cut_at("POST /v1/sync", 2, Lost::Request);
    world.incubator.refused(&["sync"], "HUB-UNREACHABLE");
    assert!(line.was_cut(), "before the hub was told that the message is here");
    let status = world.incubator.json(&["sync", "status"], 0);
    assert_eq!((&status["code"], &status["stored"]), (&json!("HUB-UNREACHABLE"), &json!(1)), "{status}");
    let later = world.incubator.sync();
    assert_eq!(later["received"], 0, "it came once: {later}");
    assert_eq!(later["applied"][0]["became"], "case", "and now that its sender is known: {later}");
    let cases = world.incubator.unlocked().database;
    let cases = cases.reader().unwrap().inbox(None, None, 9).unwrap().rows;
    assert_eq!((cases.len(), cases[0].owed), (1, 0), "and the hub was told");

    let before = line.sent.load(Ordering::SeqCst);
    assert!(world.firm.is_idle(), "nothing is new");
    let asked = line.sent.load(Ordering::SeqCst) - before;
    assert!((1..1500).contains(&asked), "which is one small request: {asked} bytes");
}

#[test]
fn a_hub_that_was_restored_from_a_backup_gets_again_what_it_lost() {
    let mut world = World::joined();
    world.dossier(0);
    world.hub.kill();
    copy(&world.path("hub"), &world.path("backup"));
    world.hub.go_on();
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    assert_eq!(world.firm.sync()["sent"], 1, "the hub has it");
    world.hub.kill();
    std::fs::remove_dir_all(world.path("hub")).unwrap();
    copy(&world.path("backup"), &world.path("hub"));
    world.hub.raise_epoch();
    world.hub.go_on();

    let lost = world.incubator.sync();
    assert_eq!((&lost["received"], &lost["restored"]), (&json!(0), &json!(true)), "it is lost: {lost}");
    let offered = world.firm.sync();
    assert_eq!((&offered["restored"], &offered["sent"]), (&json!(true), &json!(1)), "once more: {offered}");
    assert_eq!(world.incubator.sync()["applied"][0]["became"], "case", "and is there");
    assert!(world.firm.is_idle() && world.incubator.is_idle(), "and that is all");

    world.hub.kill();
    world.hub.raise_epoch();
    world.hub.go_on();
    assert_eq!(world.firm.sync()["sent"], 1, "a hub may have lost it again");
    let known = world.incubator.sync();
    assert_eq!(known["applied"], json!([]), "what is here already is dropped by its id: {known}");
    assert!(world.firm.is_idle() && world.incubator.is_idle(), "and that is all");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => assert!(std::fs::copy(&path, &target).is_ok(), "{}", path.display()),
        }
    }
}
