//! Many desks ask for the same money at once: one gets it.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;
use zizhi_hub::store::{Postgres, Redeemed, Store};

use crate::common::server::{connect, shared};
use crate::engine::{self, Engine, TERM, redemption, voucher};
use crate::proxy::Proxy;
use crate::rounds;

/// Desks that ask for each voucher.
const DESKS: u32 = 64;
/// Vouchers that are asked for at the same time.
const ABREAST: usize = 8;
/// What a voucher is worth, and what each desk asks for, in fen.
const ALL: i64 = 100;

/// Has every desk ask for the whole of each of so many vouchers; how often it was given, voucher by voucher.
async fn race(store: impl Deref<Target = dyn Store> + Send + Sync + 'static, vouchers: usize) -> Vec<usize> {
    let store = Arc::new(store);
    let mut given = vec![0; vouchers];
    let mut numbers = 0..vouchers;
    loop {
        let abreast: Vec<usize> = numbers.by_ref().take(ABREAST).collect();
        if abreast.is_empty() {
            return given;
        }
        let mut asking = JoinSet::new();
        for number in abreast {
            let id = format!("v{number}");
            voucher(&**store, &id, ALL).await;
            for desk in 0..DESKS {
                let (store, id) = (Arc::clone(&store), id.clone());
                asking.spawn(async move {
                    // A key is one redeemer's for one voucher.
                    let asked = redemption(&id, 3 + desk, &format!("k{number}"), ALL);
                    let answer = store.redeem(&asked, TERM).await.expect("an answer");
                    (number, matches!(answer, Redeemed::New(_)))
                });
            }
        }
        while let Some(answer) = asking.join_next().await {
            let (number, got) = answer.expect("it ends");
            given[number] += usize::from(got);
        }
    }
}

async fn one_each(store: Engine, engine: &str) {
    let vouchers = rounds(50, 5_000);
    let began = Instant::now();
    let given = race(store, vouchers).await;
    assert!(given.iter().all(|times| *times == 1), "each is given once: {given:?}");
    let attempts = vouchers * DESKS as usize;
    println!(
        "{engine}: {attempts} attempts on {vouchers} vouchers, one success each, {:.1?}",
        began.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_desk_of_sixty_four_gets_it_on_sqlite() {
    one_each(engine::sqlite(), "SQLite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_desk_of_sixty_four_gets_it_on_postgres() {
    one_each(engine::postgres().await, "PostgreSQL").await;
}

/// The control: the same ledger over the same tables gives the same money away more than once, if it looks without the
/// lock on the voucher and the table does not hold the sum.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_ledger_that_looks_without_a_lock_gives_it_twice() {
    let address = shared().await.database().await;
    let proxy = Proxy::default();
    proxy.alter("vouchers WHERE id = $1 FOR UPDATE", "vouchers WHERE id = $1           ");
    let store = Postgres::open(&proxy.stand(&address).await, 10).await.expect("it opens");
    let unchecked = "ALTER TABLE vouchers DROP CONSTRAINT vouchers_check";
    connect(&address).await.batch_execute(unchecked).await.expect("the sum may be anything");
    let vouchers = 20;
    let given = race(Box::new(store) as Box<dyn Store>, vouchers).await;
    let twice = given.iter().filter(|times| **times > 1).count();
    println!("without a lock: {twice} of {vouchers} vouchers were given more than once: {given:?}");
    assert!(twice > 0, "otherwise the tests beside this one prove nothing");
}
