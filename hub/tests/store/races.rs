//! Many at once.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinSet;
use zizhi_hub::store::{Delivered, Held, NewHold, NewRedemption, Redeemed, Route, StoreError};

use crate::common::org;
use crate::common::server::connect;
use crate::engine::{self, Engine, ROOM, TERM, enrol, message, redemption, voucher};

const WRITERS: u32 = 8;
const EACH: u32 = 40;

/// Eight write, one reads by cursor to the end; what it did not see.
async fn missed(store: Engine) -> usize {
    let store = Arc::new(store);
    enrol(&**store, &(1..=WRITERS + 1).collect::<Vec<_>>()).await;
    let reader = org(WRITERS + 1);
    let done = Arc::new(AtomicBool::new(false));
    let reading = tokio::spawn({
        let (store, done) = (Arc::clone(&store), Arc::clone(&done));
        async move {
            let (mut seen, mut cursor) = (HashSet::new(), 0);
            loop {
                let last = done.load(Ordering::SeqCst);
                let page = store.mail(reader, cursor, 7, 1 << 20, 1 << 16).await.expect("a page");
                for message in &page.messages {
                    assert!(message.seq > cursor, "numbers grow");
                    cursor = message.seq;
                    assert!(seen.insert(message.id.clone()), "nothing comes twice");
                }
                if last && page.messages.is_empty() {
                    return seen;
                }
            }
        }
    });
    let mut writers = JoinSet::new();
    for writer in 1..=WRITERS {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            for n in 0..EACH {
                let new = message(&format!("{writer}.{n}"), writer, WRITERS + 1, b"hello");
                let stored = store.deliver(&new, &Route::Here, ROOM).await.expect("an answer");
                assert!(matches!(stored, Delivered::New(_)), "it is new");
            }
        });
    }
    while let Some(ended) = writers.join_next().await {
        ended.expect("a writer ends");
    }
    done.store(true, Ordering::SeqCst);
    let seen = reading.await.expect("the reader ends");
    (WRITERS * EACH) as usize - seen.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_by_cursor_misses_nothing_on_sqlite() {
    assert_eq!(missed(engine::sqlite()).await, 0, "one writer at a time");
}

/// The delay between insert and commit is a trigger of the test's own; `control.rs` shows that with a plain
/// sequence the same delay loses messages.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_by_cursor_misses_nothing_on_postgres() {
    let store = engine::postgres().await;
    let client = connect(store.address.as_deref().expect("an address")).await;
    client.batch_execute(&crate::control::delay("messages")).await.expect("a trigger");
    assert_eq!(missed(store).await, 0, "the counter's lock lasts to the end of the transaction");
}

crate::on_both! {
    redeems_no_more_than_the_amount_however_many_ask
    redeems_once_per_key_however_often_it_is_asked
    gives_a_hold_to_one
    stores_one_message_however_often_it_is_sent_at_once
    keeps_a_key_for_one_voucher_though_two_are_asked_at_once
}

/// Asks so often at once.
async fn each<F: Future>(count: u32, ask: impl Fn(u32) -> F) -> Vec<F::Output> {
    futures_util::future::join_all((0..count).map(ask)).await
}

async fn redeems_no_more_than_the_amount_however_many_ask(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let answers = each(40, |n| async move {
        store.redeem(&redemption("v", 3 + n % 5, &format!("k{n}"), 7), TERM).await.expect("an answer")
    })
    .await;
    let mut seqs: Vec<i64> = answers
        .iter()
        .filter_map(|answer| if let Redeemed::New(redemption) = answer { Some(redemption.seq) } else { None })
        .collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=14).collect::<Vec<_>>(), "fourteen times seven, numbered without a gap");
    let conflicts = answers.iter().filter(|answer| matches!(answer, Redeemed::Conflict(_))).count();
    assert_eq!(conflicts, 26, "everybody else is a conflict");
    let lines = store.voucher_lines("v").await.unwrap().expect("it is here");
    let sum: i64 = lines.redemptions.iter().map(|line| line.asked.amount).sum();
    assert_eq!((sum, lines.voucher.spent), (98, 98), "the sum of the lines is what was spent");
}

async fn redeems_once_per_key_however_often_it_is_asked(store: &Engine) {
    voucher(&**store, "v", 1000).await;
    let answers = each(30, |n| async move {
        let asked =
            NewRedemption { id: format!("receipt {n}"), ..redemption("v", 3, &format!("k{}", n % 3), 10) };
        store.redeem(&asked, TERM).await.expect("an answer")
    })
    .await;
    let new = answers.iter().filter(|answer| matches!(answer, Redeemed::New(_))).count();
    let same = answers.iter().filter(|answer| matches!(answer, Redeemed::Same(_))).count();
    assert_eq!((new, same), (3, 27), "one success for each key, and its repetitions");
    let ids: HashSet<String> = answers
        .into_iter()
        .filter_map(|answer| match answer {
            Redeemed::New(redemption) | Redeemed::Same(redemption) => Some(redemption.asked.id),
            _ => None,
        })
        .collect();
    assert_eq!(ids.len(), 3, "the same receipt for the same key");
    assert_eq!(store.voucher("v").await.unwrap().expect("it is here").spent, 30, "counted once each");
}

async fn gives_a_hold_to_one(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let answers = each(12, |n| async move {
        let asked = NewHold {
            id: format!("h{n}"),
            voucher: "v".to_owned(),
            redeemer: org(3 + n),
            key: "k".to_owned(),
            request: "60".to_owned(),
            amount: 60,
            until: 9_000,
            at: 4_000,
        };
        store.hold(&asked, TERM).await.expect("an answer")
    })
    .await;
    let given = answers.iter().filter(|answer| matches!(answer, Held::New(_))).count();
    assert_eq!(given, 1, "there is room for one");
}

async fn stores_one_message_however_often_it_is_sent_at_once(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    let answers = each(16, |_| async move {
        store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.expect("an answer")
    })
    .await;
    let new = answers.iter().filter(|answer| matches!(answer, Delivered::New(_))).count();
    let same = answers.iter().filter(|answer| matches!(answer, Delivered::Same(_))).count();
    assert_eq!((new, same), (1, 15), "one is new, the others learn of it");
    let next = store.deliver(&message("n", 1, 2, b"hello"), &Route::Here, 10).await.unwrap();
    assert!(
        matches!(next, Delivered::New(ref message) if message.seq == 2),
        "no number and no room was lost: {next:?}"
    );
}

async fn keeps_a_key_for_one_voucher_though_two_are_asked_at_once(store: &Engine) {
    voucher(&**store, "v", 100).await;
    voucher(&**store, "w", 100).await;
    let answers = each(10, |n| async move {
        let asked = NewRedemption {
            id: format!("receipt {n}"),
            ..redemption(if n % 2 == 0 { "v" } else { "w" }, 3, "k", 10)
        };
        let answer = store.redeem(&asked, TERM).await;
        assert!(!matches!(answer, Err(StoreError::OutcomeUnknown)), "the outcome is known");
        answer.expect("an answer")
    })
    .await;
    let new = answers.iter().filter(|answer| matches!(answer, Redeemed::New(_))).count();
    let other = answers.iter().filter(|answer| matches!(answer, Redeemed::KeyOther)).count();
    assert_eq!((new, other), (1, 5), "one voucher has the key, the other none");
}
