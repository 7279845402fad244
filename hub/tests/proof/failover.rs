//! The primary dies in the middle of redemptions and its standby takes over: nothing that was acknowledged is gone,
//! and nothing is there twice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use zizhi_hub::store::{NewRedemption, Postgres, Redeemed, Store};

use crate::engine::{TERM, redemption, voucher};
use crate::pair::Pair;
use crate::rounds;

/// Vouchers that are redeemed at the same time.
const VOUCHERS: u32 = 4;
/// Desks that ask under the same key, each until it has an answer.
const DESKS: u32 = 2;
/// More than is ever redeemed, in fen.
const PLENTY: i64 = 1 << 40;

/// What a desk was told: the receipt's id for each key of a voucher.
type Told = BTreeMap<(u32, u32), String>;

/// Redeems one fen after the other of one voucher until it is told to stop; what was acknowledged.
async fn redeem(store: Arc<Postgres>, (v, desk): (u32, u32), stop: Arc<AtomicBool>) -> Told {
    let mut told = Told::new();
    for n in 0_u32.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let asked = NewRedemption {
            // Two desks of one organisation make different receipts under one key: one of them stands.
            id: format!("receipt {v} {n} {desk}"),
            ..redemption(&format!("v{v}"), 3, &format!("{v}.{n}"), 1)
        };
        // Nobody gives up: the same key, until an answer is here.
        loop {
            match store.redeem(&asked, TERM).await {
                Ok(Redeemed::New(redemption) | Redeemed::Same(redemption)) => {
                    told.insert((v, n), redemption.asked.id);
                    break;
                }
                Ok(other) => panic!("there is plenty: {other:?}"),
                Err(_) if stop.load(Ordering::SeqCst) => return told,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
    told
}

async fn opened(pair: &Pair) -> Arc<Postgres> {
    pair.make_database().await;
    Arc::new(Postgres::open(&pair.address(), 10).await.expect("it opens"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_or_doubled_when_the_primary_dies() {
    let (times, began) = (rounds(2, 100), Instant::now());
    let mut pair = tokio::task::spawn_blocking(|| Pair::start(true)).await.expect("servers");
    // Without a standby nothing commits: the database is made before, the tables after.
    pair.make_database().await;
    let mut pair = tokio::task::spawn_blocking(move || {
        pair.add_standby();
        pair
    })
    .await
    .expect("a standby");
    let store = Arc::new(Postgres::open(&pair.address(), 10).await.expect("it opens"));
    for v in 0..VOUCHERS {
        voucher(&*store, &format!("v{v}"), PLENTY).await;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let mut desks = JoinSet::new();
    for v in 0..VOUCHERS {
        for desk in 0..DESKS {
            desks.spawn(redeem(Arc::clone(&store), (v, desk), Arc::clone(&stop)));
        }
    }
    for time in 0..times {
        // Never at the same place of the work.
        tokio::time::sleep(Duration::from_millis(150 + (time as u64 * 97) % 350)).await;
        pair = tokio::task::spawn_blocking(move || {
            pair.fail_over();
            pair.add_standby();
            pair
        })
        .await
        .expect("a failover");
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.store(true, Ordering::SeqCst);
    let mut told: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    while let Some(desk) = desks.join_next().await {
        for (key, id) in desk.expect("a desk ends") {
            told.entry(key).or_default().push(id);
        }
    }
    let mut redeemed = 0;
    for v in 0..VOUCHERS {
        let lines = store.voucher_lines(&format!("v{v}")).await.expect("an answer").expect("it is there");
        let sum = i64::try_from(lines.redemptions.len()).expect("few");
        assert_eq!(lines.voucher.spent, sum, "voucher {v}: spent is the sum of its lines");
        let by_key: BTreeMap<&str, &str> =
            lines.redemptions.iter().map(|line| (line.asked.key.as_str(), line.asked.id.as_str())).collect();
        assert_eq!(by_key.len(), lines.redemptions.len(), "voucher {v}: one line for each key");
        for ((of, n), ids) in told.iter().filter(|((of, _), _)| *of == v) {
            let kept = by_key.get(format!("{of}.{n}").as_str()).copied();
            assert!(
                ids.iter().all(|id| Some(id.as_str()) == kept),
                "{of}.{n}: {ids:?} were told, {kept:?} is kept"
            );
        }
        redeemed += lines.redemptions.len();
    }
    assert!(told.len() >= times, "work went on between the failovers: {}", told.len());
    println!(
        "{times} failovers, {} keys acknowledged to {DESKS} desks each, {redeemed} in the ledger, none lost, none twice, {:.0?}",
        told.len(),
        began.elapsed()
    );
}

/// The control: where a commit does not wait for the standby, what was acknowledged is gone with the primary.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_waiting_for_the_standby_acknowledged_redemptions_are_lost() {
    let pair = tokio::task::spawn_blocking(|| Pair::start(false)).await.expect("servers");
    let store = opened(&pair).await;
    voucher(&*store, "v", PLENTY).await;
    let pair = tokio::task::spawn_blocking(move || {
        let mut pair = pair;
        pair.add_standby();
        // The standby lags, as over a slow line.
        pair.receiver("STOP");
        pair
    })
    .await
    .expect("a standby");
    for n in 0..5 {
        let answer =
            store.redeem(&redemption("v", 3, &format!("k{n}"), 1), TERM).await.expect("acknowledged");
        assert!(matches!(answer, Redeemed::New(_)), "{answer:?}");
    }
    let _pair = tokio::task::spawn_blocking(move || {
        let mut pair = pair;
        pair.fail_over_behind();
        pair
    })
    .await
    .expect("a failover");
    let left = loop {
        match store.voucher_lines("v").await {
            Ok(lines) => break lines.map_or(0, |lines| lines.redemptions.len()),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    };
    println!("without a synchronous standby: {} of 5 acknowledged redemptions are gone", 5 - left);
    assert!(left < 5, "otherwise the test beside this one proves nothing");
}
