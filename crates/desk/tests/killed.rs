//! A program that is killed in the middle of the day loses nothing that it told a person.
//!
//! A child imports rosters, issues, revokes, takes dossiers in and decides, and says what it was answered (a firm's, in
//! a file beside this one, saves and signs); it is killed in the middle of what comes next; the database is opened and held to what was said.
//! `ZIZHI_ROUNDS` sets how often, 20 times if it does not.
#![cfg(test)]

#[expect(dead_code, reason = "a kill needs no file system of its own")]
#[path = "../../store/tests/store/child.rs"]
mod child;
#[expect(dead_code, reason = "nothing of it is imported")]
#[path = "desk/demonstration.rs"]
mod demonstration;
#[expect(dead_code, reason = "a killed day needs a part of it")]
#[path = "desk/firm.rs"]
mod firm;
#[path = "killed/firm_day.rs"]
mod firm_day;
#[expect(dead_code, reason = "a killed day needs a part of it")]
#[path = "desk/incubator.rs"]
mod incubator;
#[path = "desk/roster.rs"]
mod roster;
#[expect(dead_code, reason = "a killed day needs a part of it")]
#[path = "desk/world.rs"]
mod world;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use child::{child_folder, moments, rounds, said_until_killed, say};
use incubator::{Province, credentials, incubator, jwk};
use roster::{firm_id, roster};
use serde_json::{Value, json};
use world::{PASSPHRASE, World};

const NAME: &str = "nothing_told_is_lost_when_the_program_is_killed";
const CONTROL: &str = "what_is_told_before_it_is_done_is_lost_when_the_program_is_killed";
/// What must have been told for a run to prove anything.
const TOLD: [&str; 4] = ["imported", "issued", "revoked", "decided"];
/// Firms in one roster, and how many of them are issued to: more than are signed and stored at once.
const ROWS: usize = 50;
const ISSUED: usize = 40;

#[test]
fn nothing_told_is_lost_when_the_program_is_killed() {
    if let Some(folder) = child_folder() {
        work_until_killed(&folder);
    }
    let world = incubator();
    Province::registers(&world);
    fs::copy(
        demonstration::file("1-hefei-songjiang/dossier.zzdossier"),
        world.outside().join("star.zzdossier"),
    )
    .expect("a dossier");
    fs::write(world.outside().join("key.jwk"), jwk()).expect("a key");
    world.ask("session.lock", json!({}));
    kept_through(NAME, &world, ("a clerk's day", rounds(20), 397), &TOLD, holds);
    // A batch that was killed leaves the folder in which it was being written; nobody was told of it.
    let files = credentials(&out(&world)).into_iter().filter(|path| path.is_file());
    let places: Vec<u64> = files.map(|file| incubator::place(&file)).collect();
    assert_eq!(places.iter().collect::<HashSet<_>>().len(), places.len(), "no place was given away twice");
}

/// Kills the child of a test again and again, each time within so many milliseconds after it said some things, and holds
/// the database to all that it said; each of `wanted` has to be told.
fn kept_through(
    test: &str,
    world: &World,
    (day, rounds, patience): (&str, u32, u64),
    wanted: &[&str],
    holds: impl Fn(&World, &str, &str) -> Result<(), String>,
) {
    let mut told = BTreeMap::<String, usize>::new();
    for (round, random) in (0..rounds * 5).zip(moments()) {
        // As often as was asked, and on until everything was told at least once.
        if round >= rounds && wanted.iter().all(|what| told.contains_key(*what)) {
            break;
        }
        let things = 1 + (random % 6) as usize;
        let said = said_until_killed(test, world.outside(), things, Duration::from_millis(random % patience));
        world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        for line in &said {
            let (what, which) = line.split_once(' ').expect("what and which");
            holds(world, what, which).unwrap_or_else(|lost| panic!("round {round}: {line}: {lost}"));
            *told.entry(what.to_owned()).or_default() += 1;
        }
        let checked = world.ask("upkeep.check", json!({}));
        assert_eq!(checked["whole"], true, "round {round}: {checked}");
        world.ask("session.lock", json!({}));
    }
    println!("at least {rounds} kills of {day}, told and kept: {told:?}");
    for what in wanted {
        assert!(told.contains_key(*what), "{what} was never told: {told:?}");
    }
}

/// The control: a child that tells of a roster before it is imported is found out.
#[test]
fn what_is_told_before_it_is_done_is_lost_when_the_program_is_killed() {
    if let Some(folder) = child_folder() {
        let (world, key, first) = begun(&folder);
        for first in (first..).step_by(ROWS) {
            tell("imported", &first.to_string());
            import(&world, first, &key);
        }
    }
    let world = incubator();
    fs::write(world.outside().join("key.jwk"), jwk()).expect("a key");
    world.ask("session.lock", json!({}));
    let lost = moments().take(40).any(|random| {
        let things = 2 + (random % 3) as usize;
        let said = said_until_killed(CONTROL, world.outside(), things, Duration::from_millis(random % 50));
        world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        let kept = said.iter().all(|line| {
            let (what, which) = line.split_once(' ').expect("what and which");
            holds(&world, what, which).is_ok()
        });
        world.ask("session.lock", json!({}));
        !kept
    });
    assert!(lost, "one of forty kills fell between the word and the deed");
}

fn tell(what: &str, which: &str) {
    say(&format!("{what} {which}"));
}

/// In the child: the open desk, the key of the firms and the first roster that is not imported yet.
fn begun(folder: &Path) -> (World, String, usize) {
    let world = World::over(folder);
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    tell("opened", "");
    let key = fs::read_to_string(folder.join("key.jwk")).expect("a key");
    let first = (0..).map(|n| n * ROWS + 1).find(|first| firm_id(&world, *first).is_none());
    (world, key, first.expect("a number"))
}

/// The child: a day that does not end.
fn work_until_killed(folder: &Path) -> ! {
    let (world, key, first) = begun(folder);
    for first in (first..).step_by(ROWS) {
        import(&world, first, &key);
        tell("imported", &first.to_string());
        // In turn, so that each is met by as many kills as the others.
        match first / ROWS % 3 {
            0 => {
                issue(&world, first);
                tell("issued", &number(first));
            }
            1 if revoke(&world, first - ROWS) => tell("revoked", &number(first - ROWS)),
            _ => {
                if let Some(case) = decide(&world, first) {
                    tell("decided", &case);
                }
            }
        }
    }
    unreachable!("numbers do not end")
}

fn import(world: &World, first: usize, key: &str) {
    let path = incubator::file(world, "roster.csv", roster(first..first + ROWS, key).as_bytes());
    let shown = world.ask("register.preview", json!({"path": path, "mapping": null}));
    assert_eq!(shown["new"], ROWS, "all or nothing was imported before: {shown}");
    world.ask("register.import", json!({"id": shown["id"]}));
}

/// Issues to the first of a roster.
fn issue(world: &World, first: usize) {
    let firms: Vec<String> = (first..first + ISSUED).filter_map(|n| firm_id(world, n)).collect();
    let batch = world.ask(
        "issue.issue",
        json!({
            "kind": "incubatee-certificate", "provenance": "direct", "firms": firms, "claims": [],
            "number": format!("{}-{{0001}}", number(first)), "valid_until": null, "attested": null,
            "passphrase": PASSPHRASE, "folder": out(world),
        }),
    );
    assert_eq!((&batch["issued"], &batch["refused"]), (&json!(ISSUED), &json!([])));
}

/// Revokes what was issued to a roster, if it was.
fn revoke(world: &World, first: usize) -> bool {
    let lines = issued(world, &number(first));
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    !ids.is_empty() && {
        world.ask(
            "issue.set_status",
            json!({"ids": ids, "status": "revoked", "reason": "已迁出", "passphrase": PASSPHRASE}),
        );
        true
    }
}

/// Takes in the dossier with another byte of an attachment changed, which makes it another one, and rejects
/// it. `None` if that very one was taken in before the last kill.
fn decide(world: &World, n: usize) -> Option<String> {
    let mut bytes = fs::read(world.outside().join("star.zzdossier")).expect("a dossier");
    let scan = bytes.windows(5).position(|window| window == b"%PDF-").expect("a scan in it");
    let [low, high] = u16::try_from(n).expect("few").to_le_bytes();
    bytes[scan + 8] = low;
    bytes[scan + 9] = high;
    let path = incubator::file(world, "changed.zzdossier", &bytes);
    let received = world.ask("cases.receive", json!({"path": path, "operator": "王某"}));
    let id = received["line"]["id"].as_str().expect("an id").to_owned();
    if received["line"]["state"] != "received" {
        return None;
    }
    let hands = json!({"operator": "王某", "reviewer": "李某"});
    world.ask("cases.accept", json!({"id": id, "hands": hands, "note": null}));
    let draft = world.ask("cases.decision_draft", json!({"id": id}));
    world.ask(
        "cases.decide",
        json!({"id": id, "judgement": draft["judgement"], "outcome": "rejected", "reasons": draft["reasons"], "supplements": [],
            "hands": hands, "passphrase": PASSPHRASE, "path": decision(world, &id)}),
    );
    Some(id)
}

/// Holds the database and the files to one thing that was told; what is not so is lost.
fn holds(world: &World, what: &str, which: &str) -> Result<(), String> {
    let every_line = |states: &[&str]| {
        let lines = issued(world, which);
        let all = lines.len() == ISSUED
            && lines
                .iter()
                .all(|line| line["status"].as_str().is_some_and(|status| states.contains(&status)));
        if all { Ok(()) } else { Err(format!("{lines:?}")) }
    };
    match what {
        "opened" => Ok(()),
        "imported" => {
            let first: usize = which.parse().expect("a number");
            (first..first + ROWS).try_for_each(|n| firm_id(world, n).map(drop).ok_or(format!("no firm {n}")))
        }
        // They may have been revoked since, which nobody was told.
        "issued" => every_line(&["valid", "revoked"]),
        "revoked" => every_line(&["revoked"]),
        "decided" => {
            let case = world.ask("cases.get", json!({"id": which}));
            let file = fs::read(decision(world, which)).map_err(|error| error.to_string())?;
            let kept = case["line"]["state"] == "decided" && file.len() > 100;
            if kept { Ok(()) } else { Err(case["line"].to_string()) }
        }
        other => Err(format!("{other} is nothing that is told")),
    }
}

fn number(first: usize) -> String {
    format!("SJ-{first:06}")
}

fn out(world: &World) -> PathBuf {
    world.outside().join("签发")
}

fn decision(world: &World, id: &str) -> PathBuf {
    world.outside().join(format!("{id}.zzdecision"))
}

/// What was issued under numbers that begin so.
fn issued(world: &World, number: &str) -> Vec<Value> {
    let find =
        json!({"text": number, "kind": null, "status": null, "firm": null, "after": null, "limit": 50});
    world.ask("issue.list", find)["credentials"].as_array().expect("lines").clone()
}
