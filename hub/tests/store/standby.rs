//! What is answered when nobody knows whether the standby has it, and how copies open one database.

use std::time::Duration;

use zizhi_hub::store::{Postgres, Redeemed, Store, StoreError};

use crate::common::server::{Server, connect, shared};
use crate::engine::{TERM, redemption, voucher};

/// Cancels the one backend that waits for a standby; false if there is none yet.
async fn cancel_the_wait(admin: &tokio_postgres::Client) -> bool {
    let cancelled = admin
        .query("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", &[])
        .await
        .expect("an answer");
    !cancelled.is_empty()
}

/// A cancelled wait for the standby makes COMMIT succeed with a warning. The row is there and may be lost with
/// this server: that is no redemption that a receipt may be signed for.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn does_not_take_a_cancelled_wait_for_a_commit() {
    let server = tokio::task::spawn_blocking(Server::start).await.expect("a server of its own");
    let store = Postgres::open(&server.database().await, 4).await.expect("it opens");
    voucher(&store, "v", 100).await;
    let admin = server.admin().await;
    let set = |value: &'static str| {
        let admin = &admin;
        async move {
            let name = format!("ALTER SYSTEM SET synchronous_standby_names = '{value}'");
            admin.batch_execute("SET synchronous_commit = 'local'").await.expect("set");
            admin.batch_execute(&name).await.expect("set");
            admin.batch_execute("SELECT pg_reload_conf()").await.expect("reloaded");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    set("a_standby_that_is_away").await;
    let cancelling = || async {
        while !cancel_the_wait(&admin).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let plain = server.admin().await;
    let (answer, ()) = tokio::join!(plain.batch_execute("CREATE TABLE control ()"), cancelling());
    assert!(answer.is_ok(), "the control: the driver alone takes it for a commit");
    for attempt in ["the first time", "and again, though the row is here by now"] {
        let asked = redemption("v", 3, "k", 60);
        let (answer, ()) = tokio::join!(store.redeem(&asked, TERM), cancelling());
        assert!(matches!(answer, Err(StoreError::OutcomeUnknown)), "{attempt}: {answer:?}");
    }
    set("").await;
    let answer = store.redeem(&redemption("v", 3, "k", 60), TERM).await.expect("an answer");
    assert!(matches!(answer, Redeemed::Same(_)), "asking the same again tells: {answer:?}");
    let spent = store.voucher("v").await.expect("an answer").expect("it is here").spent;
    assert_eq!(spent, 60, "and it counted once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_copies_that_start_at_once_bring_the_database_up_once() {
    let address = shared().await.database().await;
    let opened = futures_util::future::join_all((0..4).map(|_| Postgres::open(&address, 1))).await;
    for store in opened {
        assert_eq!(store.expect("it opens").epoch().await.expect("an answer"), 1, "one first step");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn refuses_a_database_of_a_later_version() {
    let address = shared().await.database().await;
    drop(Postgres::open(&address, 1).await.expect("it opens"));
    let client = connect(&address).await;
    client.batch_execute("INSERT INTO migrations (step) VALUES (99)").await.expect("a step");
    let refused = Postgres::open(&address, 1).await;
    assert!(matches!(refused, Err(StoreError::Newer { found: 99, known: 9 })), "it says so: {refused:?}");
}

/// Whoever stops waiting leaves a transaction open. Its connection is not handed to anybody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hands_no_connection_on_in_the_middle_of_a_transaction() {
    let address = shared().await.database().await;
    let store = Postgres::open(&address, 1).await.expect("it opens");
    voucher(&store, "v", 100).await;
    let other = connect(&address).await;
    other
        .batch_execute("BEGIN; SET LOCAL app.org = '*'; SELECT 1 FROM vouchers FOR UPDATE")
        .await
        .expect("a lock");
    let asked = redemption("v", 3, "a", 60);
    let given_up = tokio::time::timeout(Duration::from_millis(300), store.redeem(&asked, TERM)).await;
    assert!(given_up.is_err(), "it waits for the lock");
    other.batch_execute("ROLLBACK").await.expect("no lock");
    let answer = store.redeem(&redemption("v", 4, "b", 100), TERM).await.expect("an answer");
    assert!(
        matches!(answer, Redeemed::New(ref new) if new.spent == 100),
        "nothing was half done: {answer:?}"
    );
}

#[tokio::test]
async fn reaches_another_machine_in_the_clear_only_if_it_is_told_to() {
    for address in [
        "host=db.example user=hub",
        "postgres://hub@192.0.2.1/hub",
        "host=localhost,db.example user=hub",
        "hostaddr=192.0.2.1 user=hub",
        "host=localhost hostaddr=192.0.2.1 user=hub",
    ] {
        let refused = Postgres::open(address, 1).await;
        assert!(matches!(refused, Err(StoreError::Plain)), "{address}: {refused:?}");
    }
}
