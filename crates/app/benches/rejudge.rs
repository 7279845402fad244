//! What judging again after a status list costs: it is to grow with the entries that changed, and not with the database.
//!
//! Every case is a dossier that was taken in, with a credential and an entry of its own, and all of them are open. The
//! same numbers of entries change in a small, a middling and a large database; `ZIZHI_CASES` sets the largest.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/cases/world.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the tests' world, of which a benchmark needs a part")]
mod world;

use std::ops::Range;
use std::time::{Duration, Instant};

use world::{Dossier, HEFEI, World};
use zizhi_app::receive_dossier::{Receiving, receive_dossier};
use zizhi_app::rejudge::after_trust_change;
use zizhi_credential::status::Status;
use zizhi_store::{Database, Role};

/// The allocator of the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many entries change at once.
const CHANGED: [u64; 4] = [5, 20, 80, 320];

fn main() {
    let most = std::env::var("ZIZHI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8_000);
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let (mut held, mut marked) = (0, 0);
    let mut curves: Vec<(u64, Vec<Duration>)> = Vec::new();
    for size in [most / 16, most / 4, most] {
        let begun = Instant::now();
        take_in(&world, &database, held..size);
        println!("{size} cases, the last {} taken in within {:.1?}", size - held, begun.elapsed());
        held = size;
        let mut curve = Vec::new();
        for changed in CHANGED {
            // What changed once stays so, and the next ones are others.
            let changed = changed.min(size / 10);
            let took = change(&mut world, &database, marked..marked + changed);
            marked += changed;
            curve.push(took);
            println!(
                "{size:>6} cases, {changed:>4} entries changed: {took:>8.1?}, {:.2?} each",
                took / changed.max(1) as u32
            );
        }
        curves.push((size, curve));
    }
    let [(small, first), .., (large, last)] = curves.as_slice() else { return };
    for (changed, (few, many)) in CHANGED.iter().zip(first.iter().zip(last)).take(2) {
        println!(
            "{changed} entries in {large} cases beside {small}: ratio {:.2} (a cost that followed the database: {:.0})",
            many.as_secs_f64() / few.as_secs_f64(),
            *large as f64 / *small as f64
        );
    }
}

/// Takes in a dossier for each of these entries.
fn take_in(world: &World, database: &Database, entries: Range<u64>) {
    let (library, host) = (world.library(), world.host());
    for idx in entries {
        let path = world.write("a.zzdossier", &world.dossier(&Dossier { idx, ..Dossier::default() }));
        let receiving = Receiving { path: &path, operator: "王某", identities: &[], library: &library };
        assert!(
            receive_dossier(database, &receiving, &host).is_ok_and(|received| !received.known),
            "a new case"
        );
    }
}

/// Suspends these entries, publishes the list, and judges again; gives how long that took.
fn change(world: &mut World, database: &Database, entries: Range<u64>) -> Duration {
    let (before, wanted) = (world.library(), (entries.end - entries.start) as usize);
    for idx in entries {
        world.mark(HEFEI, idx, Status::Suspended);
    }
    world.put_lists(0);
    // A minute later than the one before, and not ahead of the clock.
    world.publish(1);
    let (after, host) = (world.library(), world.host());
    let begun = Instant::now();
    let done = after_trust_change(database, &after, Some(before.trust()), &host);
    let took = begun.elapsed();
    assert_eq!(
        done.map(|done| done.rejudged).ok(),
        Some(wanted),
        "what changed is judged again, and nothing else"
    );
    took
}
