//! A power cut takes nothing from a hub that it answered for, and leaves each answer whole or not at all.
//!
//! The hub's own SQLite works through the shim of the desktop's test (`crates/store/tests/power`, where the disk is
//! explained): mail, redemptions, and between them nonces, which wait for nothing. A round cuts the power at some moment,
//! opens what a disk may keep then, and holds it to what had been answered. The controls are the desktop's as well: with
//! `synchronous=NORMAL` answers must be lost, and a disk that ignores syncs must break databases.
//!
//! `ZIZHI_ROUNDS` sets how many cuts there are, 250 if it does not, and `ZIZHI_SEED` plays one of them alone.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first surprise"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../../../crates/store/tests/power/disk.rs"]
mod disk;
#[expect(dead_code, reason = "mail and vouchers are enough here")]
#[path = "../store/engine.rs"]
mod engine;
#[expect(dead_code, reason = "a hub has no lock")]
#[path = "../../../crates/store/tests/power/record.rs"]
mod record;
#[path = "../../../crates/store/tests/power/shim.rs"]
mod shim;

use std::path::Path;
use std::sync::LazyLock;
use std::{fmt, fs};

use tempfile::TempDir;
use tokio::runtime::Runtime;
use zizhi_hub::store::{Delivered, Redeemed, Route, Sqlite, Store, StoreError};
use zizhi_testkit::dice::Dice;

use common::org;
use disk::{Disk, Syncs};
use engine::{ROOM, TERM, enrol, message, redemption, voucher};
use record::{Event, LOCK_FILE, Synchronous, note, record};

const DATABASE: &str = "hub.sqlite";
const VOUCHER: &str = "SH-2026-0001";
/// Answers of one start of the hub, which end with its database closed.
const ANSWERS: u32 = 70;
/// Starts in a day.
const STARTS: u32 = 3;
/// Cuts in a control; the first ones already show it.
const CONTROL: u64 = 40;

struct Day {
    before: Vec<u8>,
    events: Vec<Event>,
}

/// What is found after a cut that must not be.
#[derive(Debug)]
enum Harm {
    Lost { told: u32, found: u32 },
    Broken(String),
}

impl fmt::Display for Harm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { told, found } => write!(f, "{told} were answered for, {found} are there"),
            Self::Broken(how) => f.write_str(how),
        }
    }
}

impl From<StoreError> for Harm {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.to_string())
    }
}

static DAY: LazyLock<Day> = LazyLock::new(|| recorded_day(Synchronous::Full));

#[test]
fn nothing_that_a_hub_answered_for_is_lost_when_the_power_is_cut() {
    let seeds = match std::env::var("ZIZHI_SEED") {
        Ok(seed) => {
            let seed = seed.parse().unwrap();
            seed..seed + 1
        }
        Err(_) => 0..std::env::var("ZIZHI_ROUNDS").map_or(250, |rounds| rounds.parse().unwrap()),
    };
    for seed in seeds.clone() {
        if let Err(harm) = cut(&DAY, Syncs::Done, seed) {
            panic!("{harm}; ZIZHI_SEED={seed} plays it again");
        }
    }
    let (events, answers) = (DAY.events.len(), ANSWERS * STARTS);
    println!(
        "{} power cuts of a hub among {events} events and {answers} answers, nothing lost",
        seeds.count()
    );
}

#[test]
fn answers_that_do_not_wait_for_the_disk_are_lost_and_nothing_breaks() {
    let day = recorded_day(Synchronous::Normal);
    let harms = harms(&day, Syncs::Done);
    for harm in &harms {
        assert!(matches!(harm, Harm::Lost { told, found } if found < told), "no more than lost: {harm}");
    }
    assert!(!harms.is_empty(), "the rounds find what is lost");
    println!("{CONTROL} power cuts of a hub with synchronous=NORMAL: {} lost answers", harms.len());
}

#[test]
fn a_disk_that_ignores_syncs_breaks_the_hub() {
    let broken = harms(&DAY, Syncs::Ignored).iter().filter(|harm| matches!(harm, Harm::Broken(_))).count();
    assert!(broken > 0, "the rounds find what is broken");
    println!("{CONTROL} power cuts of a hub with a disk that ignores syncs: {broken} broke it");
}

fn harms(day: &Day, syncs: Syncs) -> Vec<Harm> {
    (0..CONTROL).filter_map(|seed| cut(day, syncs, seed).err()).collect()
}

/// In memory where the system keeps such a folder, as the disk is made up here.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn recorded_day(synchronous: Synchronous) -> Day {
    let (folder, runtime) = (folder(), Runtime::new().unwrap());
    let path = folder.path().join(DATABASE);
    runtime.block_on(async {
        let store = Sqlite::open(&path).unwrap();
        enrol(&store, &[1, 2, 3]).await;
        voucher(&store, VOUCHER, 1 << 40).await;
    });
    let before = fs::read(&path).unwrap();
    assert!(!folder.path().join(format!("{DATABASE}-wal")).exists(), "everything stands in the file");
    // A hub has no lock; the record looks for the word in one.
    fs::write(folder.path().join(LOCK_FILE), "").unwrap();
    let events = record(folder.path(), synchronous, || {
        for start in 0..STARTS {
            let store = Sqlite::open(&path).unwrap();
            for number in start * ANSWERS..(start + 1) * ANSWERS {
                runtime.block_on(answer(&store, number)).unwrap();
                note(Event::Acknowledged);
            }
        }
    });
    Day { before, events }
}

/// What one request of mail or of the ledger leaves: its nonce, and what is answered for.
async fn answer(store: &Sqlite, number: u32) -> Result<(), StoreError> {
    store.remember_nonce("kid", &format!("nonce {number}"), 10_000).await?;
    if number.is_multiple_of(2) {
        let body = vec![b'a'; 1 + number as usize * 7919 % 20_000];
        let delivered = store.deliver(&message(&id(number), 2, 3, &body), &Route::Here, ROOM).await?;
        assert!(matches!(delivered, Delivered::New(_)), "{delivered:?}");
    } else {
        let redeemed = store.redeem(&redemption(VOUCHER, 3, &id(number), 1), TERM).await?;
        assert!(matches!(redeemed, Redeemed::New(_)), "{redeemed:?}");
    }
    Ok(())
}

fn id(number: u32) -> String {
    format!("answer {number:04}")
}

/// One round: the power is cut once, and the hub goes on.
fn cut(day: &Day, syncs: Syncs, seed: u64) -> Result<(), Harm> {
    let (dice, folder) = (Dice::new(seed), folder());
    let mut disk = Disk::new(syncs, DATABASE, &day.before);
    let mut told = 0;
    for event in &day.events[..dice.place(day.events.len() + 1)] {
        disk.after(event);
        told += u32::from(matches!(event, Event::Acknowledged));
    }
    for (name, bytes) in disk.cut(&dice) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    if dice.percent(50) {
        fs::write(folder.path().join(format!("{DATABASE}-shm")), dice.rubbish(32 * 1024)).unwrap();
    }
    Runtime::new().unwrap().block_on(examine(&folder.path().join(DATABASE), told))
}

/// Holds what is left to what was told.
async fn examine(path: &Path, told: u32) -> Result<(), Harm> {
    let store = Sqlite::open(path)?;
    let lines = store.voucher_lines(VOUCHER).await?.ok_or_else(|| Harm::Broken("no voucher".to_owned()))?;
    let mail = store.mail(org(3), 0, 1000, ROOM, ROOM).await?.messages;
    let mut there: Vec<&str> = lines.redemptions.iter().map(|line| line.asked.key.as_str()).collect();
    if lines.voucher.spent != i64::try_from(there.len()).unwrap() {
        return Err(Harm::Broken(format!("spent {} in {} lines", lines.voucher.spent, there.len())));
    }
    if let Some(gap) = mail.iter().zip(1..).find(|(message, place)| message.seq != *place) {
        return Err(Harm::Broken(format!("a gap in the mail: {gap:?}")));
    }
    there.extend(mail.iter().map(|message| message.id.as_str()));
    there.sort_unstable();
    let found = u32::try_from(there.len()).unwrap();
    if found < told {
        return Err(Harm::Lost { told, found });
    }
    // The one that was under way may have come through; it was not told yet.
    let expected: Vec<String> = (0..found).map(id).collect();
    if found > told + 1 || there != expected {
        return Err(Harm::Broken(format!("told {told}, found {there:?}")));
    }
    // Work goes on where it was cut off.
    answer(&store, found).await?;
    Ok(())
}
