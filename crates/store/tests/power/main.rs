//! A power cut loses nothing that was acknowledged, and leaves a commit whole or not at all.
//!
//! A day's work goes through a shim that records what SQLite asks of the disk ([`shim`], [`record`]). A round
//! cuts the power at some moment of the record, makes the files as a disk may leave them then ([`disk`]),
//! opens them as the program does after an unclean end, and holds them to what had been acknowledged ([`day`]).
//!
//! Two controls show that the rounds find what they are there to find: the same day with
//! `synchronous=NORMAL` must lose commits and break nothing, and a disk that ignores syncs must break databases.
//!
//! `ZIZHI_ROUNDS` sets how many cuts there are, 250 if it does not, and `ZIZHI_SEED` plays one of them alone. The
//! moment of the cut and what survives it repeat with the seed; the bytes themselves are encrypted anew in every
//! record, so the folder of a round that fails is kept. Every tenth round examines the whole database, page by
//! page, and every commit; the others do what the program does on opening, and look at the newest commits.
#![cfg(test)]

#[expect(dead_code, reason = "nothing here runs in a process of its own")]
#[path = "../store/child.rs"]
mod child;
#[expect(dead_code, reason = "a power cut needs a part of it")]
#[path = "../store/common.rs"]
mod common;
mod day;
mod disk;
mod record;
mod shim;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;
use zizhi_store::{DATABASE_FILE, KEYS_FILE};
use zizhi_testkit::dice::Dice;

use common::WRAPPED;
use day::{Day, Harm, examine, recorded_day};
use disk::{Disk, Syncs};
use record::{Event, LOCK_FILE, Synchronous};

/// Cuts in a control; the first ones already show it.
const CONTROL: u64 = 40;

static DAY: LazyLock<Day> = LazyLock::new(|| recorded_day(Synchronous::Full));

#[test]
fn nothing_acknowledged_is_lost_when_the_power_is_cut() {
    let seeds = match std::env::var("ZIZHI_SEED") {
        Ok(seed) => {
            let seed = seed.parse().unwrap();
            seed..seed + 1
        }
        Err(_) => 0..u64::from(child::rounds(250)),
    };
    assert!(syncs(&DAY) >= commits(&DAY), "every commit waits for the disk");
    for seed in seeds.clone() {
        let folder = folder();
        if let Err(harm) = cut(&DAY, Syncs::Done, seed, folder.path()) {
            let kept = folder.keep();
            panic!("{harm}\nZIZHI_SEED={seed} plays it again; its files are in {}", kept.display());
        }
    }
    let (events, commits) = (DAY.events.len(), commits(&DAY));
    println!("{} power cuts among {events} events and {commits} commits, nothing lost", seeds.count());
}

#[test]
fn commits_that_do_not_wait_for_the_disk_are_lost_and_nothing_breaks() {
    let day = recorded_day(Synchronous::Normal);
    assert!(syncs(&day) < commits(&day), "a commit does not wait for the disk");
    let harms = harms(&day, Syncs::Done);
    for harm in &harms {
        assert!(matches!(harm, Harm::Lost { .. }), "NORMAL loses commits and does nothing worse: {harm}");
    }
    let lost = harms.len();
    assert!(lost > 0, "the rounds find what is lost");
    println!("{CONTROL} power cuts with synchronous=NORMAL: {lost} lost commits");
}

#[test]
fn a_disk_that_ignores_syncs_breaks_databases() {
    let harms = harms(&DAY, Syncs::Ignored);
    let broken = harms.iter().filter(|harm| matches!(harm, Harm::Broken(_))).count();
    assert!(broken > 0, "the rounds find what is broken");
    println!("{CONTROL} power cuts with a disk that ignores syncs: {broken} broke the database");
}

fn harms(day: &Day, syncs: Syncs) -> Vec<Harm> {
    let harm = |seed| cut(day, syncs, seed, folder().path()).err();
    (0..CONTROL).filter_map(harm).collect()
}

/// In memory where the system keeps such a folder: what a disk keeps is made up here, and a real one would only
/// be waited for.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn commits(day: &Day) -> usize {
    day.events.iter().filter(|event| matches!(event, Event::Acknowledged)).count()
}

fn syncs(day: &Day) -> usize {
    day.events.iter().filter(|event| matches!(event, Event::Synced { .. })).count()
}

/// One round: the power is cut once, and the database is opened again in `folder`.
fn cut(day: &Day, syncs: Syncs, seed: u64, folder: &Path) -> Result<(), Harm> {
    let dice = Dice::new(seed);
    let mut disk = Disk::new(syncs, DATABASE_FILE, &day.before);
    let (mut told, mut word) = (0, "");
    let (before, after) = day.events.split_at(dice.place(day.events.len() + 1));
    for event in before {
        disk.after(event);
        match event {
            Event::Acknowledged => told += 1,
            Event::Locked { word: new } => word = new,
            _ => {}
        }
    }
    // A word that is about to be written may be there, or none: the file is emptied for it.
    if let Some(Event::Locked { word: new }) = after.first() {
        word = dice.one_of(&[word, "", new]);
    }
    for (name, bytes) in disk.cut(&dice) {
        fs::write(folder.join(name), bytes).unwrap();
    }
    // Nobody syncs the log's index, so anything may be left of it.
    if dice.percent(50) {
        fs::write(folder.join(format!("{DATABASE_FILE}-shm")), dice.rubbish(32 * 1024)).unwrap();
    }
    fs::write(folder.join(LOCK_FILE), word).unwrap();
    fs::write(folder.join(KEYS_FILE), WRAPPED).unwrap();
    examine(folder, &day.ends, told, word == "open\n", seed.is_multiple_of(10))
}
