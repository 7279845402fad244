//! A transaction that does not begin on a line that goes on: nothing of it is done.
//!
//! The first statement of a transaction is sent behind its BEGIN without waiting (`store/postgres/tx.rs`).

use zizhi_hub::store::{Postgres, Store, StoreError};

use crate::common::server::{connect, shared};
use crate::proxy::Proxy;

/// What holds a statement that runs alone to reading, and the same without effect.
const FENCE: (&str, &str) = ("default_transaction_read_only = 'on'", "default_transaction_read_only = 'no'");
/// A BEGIN, and what the server refuses.
const BEGIN: (&str, &str) = ("BEGIN READ WRITE", "BEGUN READ WRITE");

/// The epoch after a transaction that raised it from 1, and another whose BEGIN was refused.
async fn epoch_after_a_refused_begin(fenced: bool) -> i64 {
    let address = shared().await.database().await;
    let proxy = Proxy::default();
    if !fenced {
        proxy.alter(FENCE.0, FENCE.1);
    }
    let store = Postgres::open(&proxy.stand(&address).await, 1).await.expect("it opens");
    // The first time, a statement waits until it is prepared. From then on it goes right behind the BEGIN.
    assert_eq!(store.raise_epoch().await.expect("an answer"), 2, "a transaction as always");
    proxy.alter(BEGIN.0, BEGIN.1);
    let answer = store.raise_epoch().await;
    assert!(matches!(answer, Err(StoreError::Unavailable(_))), "it did not begin: {answer:?}");
    proxy.stop();
    let row = connect(&address).await.query_one("SELECT epoch FROM hub", &[]).await.expect("a row");
    let epoch: i64 = row.get(0);
    let next = store.raise_epoch().await.expect("an answer");
    if fenced {
        assert_eq!(next, epoch + 1, "the next goes on from there");
    }
    // A statement that runs alone may come to the server after the row was read, and before the next transaction.
    next - 1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn does_nothing_of_a_transaction_that_does_not_begin() {
    assert_eq!(epoch_after_a_refused_begin(true).await, 2, "the statement behind the BEGIN wrote nothing");
}

/// The control: without the fence the statement runs alone, and stays. On a busy machine the refusal may be back before
/// the statement is sent, which then never is: one of twenty has to get through.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_its_fence_the_first_statement_is_done_alone() {
    let mut epochs = Vec::new();
    while epochs.last() != Some(&3) {
        assert!(epochs.len() < 20, "it writes, and the hub is told that nothing happened: {epochs:?}");
        epochs.push(epoch_after_a_refused_begin(false).await);
    }
}
