//! Many desks ask for the same money at once: one gets it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use zizhi_hub::store::Redeemed;

use crate::engine::{self, Engine, redemption, voucher};
use crate::rounds;

/// Desks that ask for each voucher.
const DESKS: u32 = 64;
/// Vouchers that are asked for at the same time.
const ABREAST: usize = 8;
/// What a voucher is worth, and what each desk asks for, in fen.
const ALL: i64 = 100;

/// Has every desk ask for the whole of each of so many vouchers; how often it was given, voucher by voucher.
async fn race(store: Engine, vouchers: usize) -> Vec<usize> {
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
                    let answer = store.redeem(&asked).await.expect("an answer");
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

/// The control: a ledger that looks and then writes gives the same money away more than once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_ledger_that_looks_before_it_writes_gives_it_twice() {
    let address = crate::common::server::shared().await.database().await;
    let first = crate::common::server::connect(&address).await;
    first.batch_execute("CREATE TABLE naive (id INT PRIMARY KEY, spent BIGINT)").await.expect("a table");
    let mut twice = 0;
    for number in 0..20_i32 {
        first.execute("INSERT INTO naive VALUES ($1, 0)", &[&number]).await.expect("a voucher");
        let mut asking = JoinSet::new();
        for _ in 0..8 {
            let client = crate::common::server::connect(&address).await;
            asking.spawn(async move {
                let row = client.query_one("SELECT spent FROM naive WHERE id = $1", &[&number]).await;
                let spent: i64 = row.expect("a voucher").get(0);
                if spent > 0 {
                    return false;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
                let sql = "UPDATE naive SET spent = spent + 100 WHERE id = $1";
                client.execute(sql, &[&number]).await.expect("a change") == 1
            });
        }
        let mut given = 0;
        while let Some(answer) = asking.join_next().await {
            given += usize::from(answer.expect("it ends"));
        }
        twice += usize::from(given > 1);
    }
    println!("looking first: {twice} of 20 vouchers were given more than once");
    assert!(twice > 0, "otherwise the tests beside this one prove nothing");
}
