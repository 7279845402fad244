//! A hub whose program is killed at any moment: what it answered for is there, once, and whoever reads by cursor misses
//! nothing. `ZIZHI_ROUNDS` sets how often it is killed, 20 times if it does not.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

#[expect(dead_code, reason = "no PostgreSQL takes part")]
#[path = "../common/mod.rs"]
mod common;
mod desks;
mod program;
#[expect(dead_code, reason = "the hub is a program here, and not in the test")]
#[path = "../http/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use zizhi_sync::api;
use zizhi_sync::ledger::RedemptionReceipt;
use zizhi_sync::receipt::MailReceipt;
use zizhi_testkit::dice::Dice;

use desks::{Cast, read_all};
use program::Program;

fn rounds() -> u32 {
    std::env::var("ZIZHI_ROUNDS").map_or(20, |rounds| rounds.parse().expect("a number"))
}

#[test]
fn nothing_that_a_hub_answered_for_is_lost_when_it_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut hub = Program::start(folder.path());
    let cast = Cast::joined(&hub);
    let line = hub.line();
    let (stop, dice) = (AtomicBool::new(false), Dice::new(7));
    let (sent, redeemed, heard) = thread::scope(|scope| {
        let mailers: Vec<_> = (0..2)
            .map(|n| {
                scope.spawn({
                    let (cast, line, stop) = (&cast, &line, &stop);
                    move || cast.mail(line, n, stop)
                })
            })
            .collect();
        let desks: Vec<_> = (0..2)
            .map(|n| {
                scope.spawn({
                    let (cast, line, stop) = (&cast, &line, &stop);
                    move || cast.redeem(line, n, stop)
                })
            })
            .collect();
        let reader = scope.spawn(|| cast.read(&line, &stop));
        for _ in 0..rounds() {
            thread::sleep(Duration::from_millis(40) + dice.time_below(300));
            hub.kill();
            hub.go_on();
        }
        thread::sleep(Duration::from_millis(300));
        stop.store(true, Ordering::SeqCst);
        let sent: Vec<desks::Sent> = mailers.into_iter().flat_map(|it| it.join().expect("it ends")).collect();
        let redeemed: BTreeMap<String, String> =
            desks.into_iter().flat_map(|it| it.join().expect("it ends")).collect();
        (sent, redeemed, reader.join().expect("it ends"))
    });
    hub.kill();
    hub.go_on();
    assert!(sent.len() > rounds() as usize && redeemed.len() > rounds() as usize, "work went on in between");
    let mail = mail_is_there(&hub, &cast, &sent, &heard);
    let booked = redemptions_are_there(&hub, &cast, &redeemed);
    println!(
        "killed {} times: {} messages and {} redemptions answered for, {mail} and {booked} there, none lost, none twice",
        rounds(),
        sent.len(),
        redeemed.len()
    );
}

/// The control: whoever takes a message for answered that was sent, as from a hub that answers before it has stored, is
/// found out.
#[test]
fn what_is_taken_for_answered_before_it_is_stored_is_lost_when_the_hub_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut hub = Program::start(folder.path());
    let cast = Cast::joined(&hub);
    let (line, dice) = (hub.line(), Dice::new(9));
    let lost = (0..60).any(|_| {
        let stop = AtomicBool::new(false);
        let sent = thread::scope(|scope| {
            let mailer = scope.spawn(|| cast.mail_in_good_faith(&line, &stop));
            thread::sleep(Duration::from_millis(40) + dice.time_below(100));
            hub.kill();
            stop.store(true, Ordering::SeqCst);
            mailer.join().expect("it ends")
        });
        hub.go_on();
        let there: BTreeSet<_> = read_all(&line, &cast.incubator).into_iter().map(|item| item.id).collect();
        sent.iter().any(|id| !there.contains(id))
    });
    assert!(lost, "one of sixty kills fell between the sending and the storing");
}

/// Each message that has a receipt is in the mailbox, once, at its place and whole; the reader saw what is there. How many
/// there are.
fn mail_is_there(hub: &Program, cast: &Cast, sent: &[desks::Sent], heard: &[api::Item]) -> usize {
    let line = hub.line();
    let all = read_all(&line, &cast.incubator);
    let places: Vec<u64> = all.iter().map(|item| item.seq).collect();
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "in order: {places:?}");
    assert_eq!(all.iter().map(|item| item.id).collect::<BTreeSet<_>>().len(), all.len(), "each once");
    let by_id: BTreeMap<String, &api::Item> = all.iter().map(|item| (item.id.to_string(), item)).collect();
    for message in sent {
        let receipt: MailReceipt = hub.read(&message.receipt);
        let there = by_id.get(&message.id.to_string()).expect("a message that was answered for");
        assert_eq!((there.seq, there.sha256), (receipt.seq, message.sha256), "at the place of its receipt");
        if there.body.is_none() {
            let body =
                line.insist(&cast.incubator, &world::ask("GET", format!("/v1/messages/{}", message.id)));
            assert_eq!(zizhi_sync::Digest::of(&body), message.sha256, "whole");
        }
    }
    let end = heard.last().map_or(0, |item| item.seq);
    let until: Vec<_> = all.iter().filter(|item| item.seq <= end).map(|item| (item.seq, item.id)).collect();
    let heard: Vec<_> = heard.iter().map(|item| (item.seq, item.id)).collect();
    assert_eq!(heard, until, "who read by cursor all along read the same");
    assert!(heard.len() * 2 > all.len(), "and most of it: {} of {}", heard.len(), all.len());
    all.len()
}

/// Each receipt is a line of the ledger, each key has one, and what was spent is their sum. How many there are.
fn redemptions_are_there(hub: &Program, cast: &Cast, redeemed: &BTreeMap<String, String>) -> usize {
    let view = cast.view(&hub.line());
    let lines: Vec<RedemptionReceipt> = view.redemptions.iter().map(|receipt| hub.read(receipt)).collect();
    let by_key: BTreeMap<String, &RedemptionReceipt> =
        lines.iter().map(|line| (line.key.as_str().to_owned(), line)).collect();
    assert_eq!(by_key.len(), lines.len(), "one line for each key");
    assert_eq!(view.spent.0, i64::try_from(lines.len()).expect("few"), "a fen each");
    for (key, receipt) in redeemed {
        let told: RedemptionReceipt = hub.read(receipt);
        assert_eq!(by_key.get(key).copied(), Some(&told), "{key} is in the ledger as it was told");
    }
    lines.len()
}
