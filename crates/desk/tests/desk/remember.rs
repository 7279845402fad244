//! 在这台电脑上记住: the keychain opens the database at the start of the program, and at no other time; without
//! it, or with half of it, the passphrase does.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use serde_json::{Value, json};
use zizhi_app::keychain::{Key, Keychain, KeychainError};
use zizhi_wire::Event;

use crate::firm::{Around, import_trust};
use crate::world::{PASSPHRASE, World};

const NEXT: &str = "另一句只有自己知道的话";

/// How a keychain is today.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Mood {
    #[default]
    Well,
    Absent,
    Refuses,
    /// It asks the person first.
    Asks,
}

/// A keychain in memory, which many starts of the program share.
#[derive(Default)]
struct Memory {
    entries: Mutex<HashMap<String, Key>>,
    mood: Mutex<Mood>,
    agreed: Condvar,
    asked: Condvar,
}

impl Memory {
    fn be(&self, mood: Mood) {
        *self.mood.lock().expect("whole") = mood;
        self.agreed.notify_all();
    }

    fn names(&self) -> Vec<String> {
        self.entries.lock().expect("whole").keys().cloned().collect()
    }

    fn answers(&self) -> Result<(), KeychainError> {
        let mut mood = self.mood.lock().expect("whole");
        if *mood == Mood::Asks {
            self.asked.notify_all();
            mood = self.agreed.wait_while(mood, |mood| *mood == Mood::Asks).expect("whole");
        }
        match *mood {
            Mood::Absent => Err(KeychainError::Absent(None)),
            Mood::Refuses => Err(KeychainError::Refused(Some("locked".into()))),
            Mood::Well | Mood::Asks => Ok(()),
        }
    }
}

impl Keychain for Memory {
    fn get(&self, name: &str) -> Result<Option<Key>, KeychainError> {
        self.answers()?;
        Ok(self.entries.lock().expect("whole").get(name).cloned())
    }

    fn put(&self, name: &str, key: &Key) -> Result<(), KeychainError> {
        self.answers()?;
        self.entries.lock().expect("whole").insert(name.to_owned(), key.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeychainError> {
        self.answers()?;
        self.entries.lock().expect("whole").remove(name);
        Ok(())
    }
}

/// A locked database that this computer remembers, and its keychain; the program has ended.
fn remembered(role: &str) -> (World, Arc<Memory>) {
    let keychain = Arc::<Memory>::default();
    let world = World::new().with_keychain(keychain.clone());
    world.create(role);
    world.ask("session.lock", json!({}));
    let status = world.ask("session.unlock", unlocking(PASSPHRASE, true));
    assert_eq!(status["remembered"], json!({"on": true, "asking": false, "why_not": null}));
    world.ask("session.lock", json!({}));
    (world, keychain)
}

/// The next start of the program.
fn start(world: &World, keychain: &Arc<Memory>) -> World {
    let next = world.again().with_keychain(keychain.clone());
    next.desk.open_remembered();
    next
}

fn unlocking(secret: &str, remember: bool) -> Value {
    json!({"secret": secret, "remember": remember})
}

fn status(world: &World) -> Value {
    world.ask("session.status", json!({}))
}

/// The code of why the keychain did not open the database, or did not remember it, with an advice.
fn why_not(status: &Value) -> String {
    let why = &status["remembered"]["why_not"];
    for text in [&why["fact"], &why["advice"]] {
        assert!(text["zh"].as_str().is_some_and(|zh| zh.ends_with('。')), "a sentence: {why}");
        assert!(text["en"].as_str().is_some_and(|en| !en.is_empty()), "in both languages: {why}");
    }
    why["code"].as_str().expect("a code").to_owned()
}

fn half(world: &World) -> PathBuf {
    world.data().join("database/keychain.json")
}

fn actions(world: &World) -> Vec<String> {
    let log = world.ask(
        "upkeep.activity",
        json!({"text": "", "action": null, "from": null, "to": null, "before": null, "limit": 10}),
    );
    let entries = log["entries"].as_array().expect("entries").iter();
    entries.map(|entry| entry["action"].as_str().expect("a word").to_owned()).collect()
}

#[test]
fn a_remembered_database_opens_when_the_program_starts() {
    let (world, keychain) = remembered("incubator");
    let next = start(&world, &keychain);
    let status = status(&next);
    assert_eq!((&status["database"], &status["remembered"]["on"]), (&json!("open"), &json!(true)));
    assert_eq!(status["profile"]["name"], "松江科创孵化器【演示】");
    assert!(next.events().iter().any(|event| matches!(event, Event::Changed { .. })), "the window is told");
    assert!(actions(&next).contains(&"session.remembered".to_owned()), "and the log knows since when");
}

#[test]
fn nothing_is_remembered_that_nobody_asked_for() {
    let keychain = Arc::<Memory>::default();
    let world = World::new().with_keychain(keychain.clone());
    world.create("firm");
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", unlocking(PASSPHRASE, false));
    world.ask("session.lock", json!({}));
    assert!(keychain.names().is_empty() && !half(&world).exists());
    assert_eq!(status(&start(&world, &keychain))["database"], "locked");
}

#[test]
fn signing_asks_for_the_passphrase_all_the_same() {
    let keychain = Arc::<Memory>::default();
    let world = World::new().with_keychain(keychain.clone());
    let around = Around::new(world.outside());
    world.create("incubator");
    import_trust(&world, &around.text("trust.zztrust"));
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", unlocking(PASSPHRASE, true));
    world.ask("session.lock", json!({}));
    let next = start(&world, &keychain);
    let request = |passphrase: &str| json!({"scenario": "branch_operation", "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang", "destination_region": "310117", "firm": null, "days": 30, "passphrase": passphrase, "path": around.text("made.zzrequest")});
    for wrong in ["", "不是这一句话"] {
        assert_eq!(next.refused("request.new", request(wrong)).code, "KEY-PASSPHRASE", "{wrong:?}");
    }
    let change = json!({"present": "不是这一句话", "next": NEXT});
    assert_eq!(next.refused("session.change_passphrase", change).code, "KEY-PASSPHRASE");
    next.ask("request.new", request(PASSPHRASE));
}

#[test]
fn a_lock_asks_for_the_passphrase() {
    let (world, keychain) = remembered("firm");
    let next = start(&world, &keychain);
    next.ask("session.lock", json!({}));
    next.desk.open_remembered();
    let locked = status(&next);
    assert_eq!((&locked["database"], &locked["remembered"]["on"]), (&json!("locked"), &json!(true)));
    assert_eq!(next.refused("session.unlock", unlocking("不是这一句话", true)).code, "KEY-PASSPHRASE");
    next.ask("session.unlock", unlocking(PASSPHRASE, true));
    next.ask("session.lock", json!({}));
    assert_eq!(status(&start(&world, &keychain))["database"], "open", "the next start spares it again");
}

#[test]
fn a_lost_keychain_costs_one_typing_of_the_passphrase() {
    let (world, keychain) = remembered("incubator");
    keychain.entries.lock().expect("whole").clear();
    let next = start(&world, &keychain);
    let locked = status(&next);
    assert_eq!(locked["database"], "locked");
    assert_eq!(why_not(&locked), "KEYCHAIN-LOST");
    assert!(locked["remembered"]["why_not"]["advice"]["zh"].as_str().is_some_and(|zh| zh.contains("口令")));

    let open = next.ask("session.unlock", unlocking(PASSPHRASE, true));
    assert_eq!(open["remembered"], json!({"on": true, "asking": false, "why_not": null}));
    assert_eq!(next.ask("upkeep.check", json!({}))["whole"], true, "nothing was lost");
    next.ask("session.lock", json!({}));
    assert_eq!(status(&start(&world, &keychain))["database"], "open", "it was remembered anew");
    assert_eq!(keychain.names().len(), 1, "and one entry is enough");
}

#[test]
fn two_halves_that_do_not_fit_open_nothing() {
    let (world, keychain) = remembered("firm");
    for (what, damage) in [
        ("another key in the entry", None),
        ("a file cut short", Some("{\"version\": 1")),
        ("a file of a newer program", Some("{\"version\": 2, \"more\": true}")),
        ("a file with other bytes", Some("{\"version\": 1, \"id\": \"00\", \"sealed\": \"AAAA\"}")),
    ] {
        match damage {
            Some(text) => fs::write(half(&world), text).expect("written"),
            None => keychain.entries.lock().expect("whole").values_mut().for_each(|key| key[0] ^= 1),
        }
        let next = start(&world, &keychain);
        assert_eq!(why_not(&status(&next)), "KEYCHAIN-LOST", "{what}");
        next.ask("session.unlock", unlocking(PASSPHRASE, true));
        next.ask("session.lock", json!({}));
        let made_good = start(&world, &keychain);
        assert_eq!(status(&made_good)["database"], "open", "{what}");
    }
}

#[test]
fn the_half_of_another_database_opens_nothing() {
    let (world, keychain) = remembered("firm");
    let (other, entries) = remembered("firm");
    fs::copy(half(&other), half(&world)).expect("copied");
    keychain.entries.lock().expect("whole").extend(entries.entries.lock().expect("whole").clone());
    assert_eq!(why_not(&status(&start(&world, &keychain))), "KEYCHAIN-LOST");
}

#[test]
fn a_keychain_that_is_not_there_today_is_there_again_tomorrow() {
    let (world, keychain) = remembered("firm");
    for (mood, code) in [(Mood::Absent, "KEYCHAIN-NONE"), (Mood::Refuses, "KEYCHAIN-REFUSED")] {
        keychain.be(mood);
        let next = start(&world, &keychain);
        assert_eq!(why_not(&status(&next)), code);
        let open = next.ask("session.unlock", unlocking(PASSPHRASE, true));
        assert_eq!(open["remembered"], json!({"on": true, "asking": false, "why_not": null}), "{code}");
        next.ask("session.lock", json!({}));
    }
    keychain.be(Mood::Well);
    assert_eq!(status(&start(&world, &keychain))["database"], "open");
}

#[test]
fn a_keychain_that_cannot_keep_anything_keeps_nobody_out() {
    for (mood, code) in [(Mood::Absent, "KEYCHAIN-NONE"), (Mood::Refuses, "KEYCHAIN-REFUSED")] {
        let keychain = Arc::<Memory>::default();
        keychain.be(mood);
        let world = World::new().with_keychain(keychain.clone());
        world.create("firm");
        world.ask("session.lock", json!({}));
        let open = world.ask("session.unlock", unlocking(PASSPHRASE, true));
        assert_eq!((&open["database"], &open["remembered"]["on"]), (&json!("open"), &json!(false)));
        assert_eq!(why_not(&open), code);
        assert!(!half(&world).exists(), "nothing half-made");
        world.ask("session.lock", json!({}));
        assert_eq!(status(&world)["remembered"]["why_not"], Value::Null, "it was told");
    }
}

#[test]
fn a_machine_without_a_keychain_says_so() {
    let world = World::new();
    world.create("firm");
    world.ask("session.lock", json!({}));
    assert_eq!(why_not(&world.ask("session.unlock", unlocking(PASSPHRASE, true))), "KEYCHAIN-NONE");
}

#[test]
fn a_new_passphrase_signs_and_the_computer_remembers_on() {
    let (world, keychain) = remembered("firm");
    let next = start(&world, &keychain);
    next.ask("session.change_passphrase", json!({"present": PASSPHRASE, "next": NEXT}));
    next.ask("session.lock", json!({}));
    let again = start(&world, &keychain);
    assert_eq!(status(&again)["database"], "open", "the key of the database is the same");
    let change = json!({"present": PASSPHRASE, "next": NEXT});
    assert_eq!(
        again.refused("session.change_passphrase", change).code,
        "KEY-PASSPHRASE",
        "the old one is over"
    );
}

#[test]
fn the_recovery_key_can_have_it_remembered_too() {
    let keychain = Arc::<Memory>::default();
    let world = World::new().with_keychain(keychain.clone());
    let recovery = world.create("firm")["recovery_key"].as_str().expect("a key").to_owned();
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", unlocking(&recovery, true));
    world.ask("session.lock", json!({}));
    assert_eq!(status(&start(&world, &keychain))["database"], "open");
}

#[test]
fn a_database_whose_key_file_is_lost_is_not_opened_as_if_it_were_there() {
    let (world, keychain) = remembered("firm");
    fs::remove_file(world.data().join("database/keys.json")).expect("removed");
    let next = start(&world, &keychain);
    assert_eq!(status(&next)["database"], "locked", "no passphrase would sign on it");
    assert_eq!(why_not(&status(&next)), "KEYS-LOST");
}

#[test]
fn forgetting_removes_both_halves() {
    let (world, keychain) = remembered("firm");
    let next = start(&world, &keychain);
    assert_eq!(next.ask("session.forget", json!({}))["remembered"]["on"], false);
    assert!(keychain.names().is_empty() && !half(&world).exists());
    assert_eq!(actions(&next)[0], "session.forgotten");
    next.ask("session.forget", json!({}));
    assert_eq!(actions(&next).iter().filter(|action| *action == "session.forgotten").count(), 1, "once");
    next.ask("session.lock", json!({}));
    assert_eq!(next.refused("session.forget", json!({})).code, "SESSION-LOCKED");
    assert_eq!(status(&start(&world, &keychain))["database"], "locked");
}

#[test]
fn a_box_that_is_not_ticked_any_more_forgets() {
    let (world, keychain) = remembered("firm");
    world.ask("session.unlock", unlocking(PASSPHRASE, false));
    assert!(keychain.names().is_empty() && !half(&world).exists());
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", unlocking(PASSPHRASE, true));
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert!(half(&world).exists(), "who says nothing leaves it as it is");
}

#[test]
fn an_entry_that_stays_behind_is_named_and_opens_nothing() {
    let (world, keychain) = remembered("firm");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    keychain.be(Mood::Refuses);
    let after = world.ask("session.forget", json!({}));
    assert_eq!(why_not(&after), "KEYCHAIN-LEFT");
    let fact = after["remembered"]["why_not"]["fact"]["zh"].as_str().expect("a text");
    assert!(fact.contains(&keychain.names()[0]), "{fact}");
    world.ask("session.lock", json!({}));
    keychain.be(Mood::Well);
    assert_eq!(status(&start(&world, &keychain))["database"], "locked");
}

#[test]
fn a_backup_carries_nothing_of_it_and_a_restored_database_asks() {
    let (world, keychain) = remembered("incubator");
    let next = start(&world, &keychain);
    let made = next.ask("upkeep.backup", json!({"path": ""}));
    let path = made["made"]["path"].as_str().expect("a path").to_owned();
    let restored = next.ask("upkeep.restore", json!({"path": path, "secret": PASSPHRASE}));
    assert_eq!((&restored["database"], &restored["remembered"]["on"]), (&json!("open"), &json!(false)));
    assert!(!half(&world).exists(), "whose it is now is not known");
    // Nobody waits for the entry to go.
    while !keychain.names().is_empty() {
        thread::yield_now();
    }
    next.ask("session.lock", json!({}));
    assert_eq!(status(&start(&world, &keychain))["database"], "locked");

    let elsewhere = World::new().with_keychain(keychain.clone());
    elsewhere.ask("upkeep.restore", json!({"path": path, "secret": PASSPHRASE}));
    assert!(!half(&elsewhere).exists(), "a new computer remembers nothing");
}

#[test]
fn a_drill_is_not_remembered_and_its_end_asks() {
    let (world, keychain) = remembered("firm");
    let next = world.again().with_keychain(keychain.clone());
    next.ask("session.drill", json!({"role": "firm", "story": "branch_operation"}));
    next.desk.open_remembered();
    assert_eq!(status(&next)["drill"], true, "the drill goes on");
    next.ask("session.lock", json!({}));
    next.ask("session.unlock", unlocking("演练口令", true));
    assert_eq!(keychain.names().len(), 1, "the real database's alone");
    next.ask("session.end_drill", json!({}));
    next.desk.open_remembered();
    assert_eq!(status(&next)["database"], "locked");
}

/// A start whose keychain asks the person, and has asked already.
fn asking(world: &World, keychain: &Arc<Memory>) -> (Arc<World>, thread::JoinHandle<()>) {
    keychain.be(Mood::Asks);
    let next = Arc::new(world.again().with_keychain(keychain.clone()));
    let mood = keychain.mood.lock().expect("whole");
    let desk = Arc::clone(&next);
    let opening = thread::spawn(move || desk.desk.open_remembered());
    drop(keychain.asked.wait(mood).expect("whole"));
    (next, opening)
}

#[test]
fn while_the_keychain_asks_the_window_works_and_says_so() {
    let (world, keychain) = remembered("firm");
    let (next, opening) = asking(&world, &keychain);
    let waiting = status(&next);
    assert_eq!((&waiting["database"], &waiting["remembered"]["asking"]), (&json!("locked"), &json!(true)));
    keychain.be(Mood::Well);
    opening.join().expect("it ends");
    assert_eq!(status(&next)["database"], "open");
}

#[test]
fn a_passphrase_may_be_faster_and_a_lock_after_it_holds() {
    let (world, keychain) = remembered("firm");
    let (next, opening) = asking(&world, &keychain);
    next.ask("session.unlock", json!({"secret": PASSPHRASE}));
    next.ask("session.lock", json!({}));
    keychain.be(Mood::Well);
    opening.join().expect("it ends");
    assert_eq!(status(&next)["database"], "locked", "an answer that comes too late opens nothing");
}

#[test]
fn a_keychain_that_answers_behind_a_locked_screen_opens_nothing() {
    let (world, keychain) = remembered("firm");
    let (next, opening) = asking(&world, &keychain);
    next.desk.lock_when_away().expect("done");
    keychain.be(Mood::Well);
    opening.join().expect("it ends");
    assert_eq!(status(&next)["database"], "locked");
}

#[test]
fn a_keychain_that_never_answers_holds_up_no_lock() {
    let keychain = Arc::<Memory>::default();
    let world = Arc::new(World::new().with_keychain(keychain.clone()));
    world.create("firm");
    world.ask("session.lock", json!({}));
    keychain.be(Mood::Asks);
    let mood = keychain.mood.lock().expect("whole");
    let desk = Arc::clone(&world);
    let unlocking = thread::spawn(move || desk.ask("session.unlock", unlocking(PASSPHRASE, true)));
    drop(keychain.asked.wait(mood).expect("whole"));
    assert_eq!(status(&world)["database"], "open", "while it asks the work goes on");
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    keychain.be(Mood::Well);
    let late = unlocking.join().expect("it ends");
    assert_eq!(late["remembered"]["on"], false, "what was locked meanwhile is not remembered");
    assert!(keychain.names().is_empty() && !half(&world).exists(), "and nothing of it stays");
}

#[test]
fn who_has_the_folder_alone_has_nothing() {
    let (world, keychain) = remembered("firm");
    let kept = keychain.entries.lock().expect("whole").values().next().expect("an entry").clone();
    for file in files(&world.data()) {
        let bytes = fs::read(&file).expect("a file");
        assert!(!bytes.windows(32).any(|window| window == kept.as_slice()), "{}", file.display());
    }
    assert_eq!(why_not(&status(&start(&world, &Arc::default()))), "KEYCHAIN-LOST", "on another computer");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
