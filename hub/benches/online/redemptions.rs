//! What a redemption costs on PostgreSQL with a synchronous standby, beside the bare transaction in SQL.
//!
//! The limit is what nobody can leave out: with as many connections as the hub has, each desk takes an amount from a
//! voucher of its own and writes the line for it, in one transaction that waits for the disks of primary and standby.
//! Measured are the store's transaction, and the whole request: its signature, its nonce, the entry of the voucher, the
//! transaction, the receipt. The goal is 0.5 for the whole request.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio_postgres::{Client, Statement};
use zizhi_hub::store::{NewRedemption, Postgres, Redeemed, Store as _};
use zizhi_sync::invitation::Role;

use crate::client::{bytes, volley};
use crate::compare::{in_turns, load};
use crate::goal::kept;
use crate::pair::Pair;
use crate::world::{NOW, ORIGIN, Party, World, party};
use crate::{common, durable, engine, serving, vouchers};

/// Desks at once, each with a connection and a voucher, and what each redeems in one round.
const DESKS: usize = 16;
const EACH: usize = 30;
const ROUNDS: usize = 11;
const GOAL: f64 = 0.5;

const SPEND: &str = "UPDATE vouchers SET spent = spent + 1, last_seq = last_seq + 1 \
    WHERE id = $1 AND revoked IS NULL AND spent + 1 <= amount RETURNING last_seq, spent";
const LINE: &str = "INSERT INTO redemptions (id, voucher, redeemer, key, request, amount, kind, day, region, document, \
    made, at, seq, spent, epoch) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $13, 1)";

/// Measures it.
pub fn measure() {
    let runtime = Runtime::new().expect("a runtime");
    let pair = runtime.block_on(durable::pair());
    let store = Arc::new(runtime.block_on(durable::store(&pair)));
    let world = serving::hub(Some(Arc::clone(&store) as _));
    let parties = runtime.block_on(cast(&world));
    let address = serving::serve(&runtime, &world.hub);
    let bare = runtime.block_on(bare_desks(&pair));

    let mut by_request = |round: usize| {
        let line = |desk: usize| {
            let redeem = |n| vouchers::redeem(&voucher(desk), &format!("request-{round}-{n}"));
            (0..EACH).map(|n| bytes(&redeem(n).signed(&parties[desk].key, ORIGIN, NOW))).collect()
        };
        volley(address, &(0..DESKS).map(line).collect::<Vec<_>>(), 201)
    };
    let mut by_store = |round| runtime.block_on(timed(|desk| in_the_store(Arc::clone(&store), desk, round)));
    let limit = |round| runtime.block_on(timed(|desk| by_hand(Arc::clone(&bare[desk]), desk, round)));
    let compared = in_turns(ROUNDS, limit, &mut [&mut by_store, &mut by_request]);
    for (it, what) in compared.iter().zip(["the store's transaction", "the whole request"]) {
        let rate = |took: Duration| (DESKS * EACH) as f64 / took.as_secs_f64();
        println!(
            "redemption, {what}: {:.0} a second, the bare transaction {:.0}, ratio {:.3}, median of rounds {:.3} (goal {GOAL}) {}; {}",
            rate(it.ours),
            rate(it.limit),
            it.best,
            it.median,
            kept(it.median >= GOAL),
            load(),
        );
    }
}

fn voucher(desk: usize) -> String {
    format!("V-{desk}")
}

/// The desks, with a voucher entered for each.
async fn cast(world: &World) -> Vec<Party> {
    let mut parties = Vec::new();
    let fund = world.joins(party(1000), Role::VoucherFund).await;
    for desk in 0..DESKS {
        let desk_party = party(u32::try_from(desk).expect("few"));
        parties.push(world.joins(desk_party, Role::ServiceProvider).await);
        vouchers::enter(world, &fund, &parties[0], &voucher(desk)).await;
    }
    parties
}

/// Runs the work of every desk at once; how long until the last was done.
async fn timed<F: Future<Output = ()> + Send + 'static>(work: impl Fn(usize) -> F) -> Duration {
    let begun = Instant::now();
    let mut desks = JoinSet::new();
    for desk in 0..DESKS {
        desks.spawn(work(desk));
    }
    while let Some(done) = desks.join_next().await {
        done.expect("it redeems");
    }
    begun.elapsed()
}

/// What a desk asks for, under a key of its own.
fn asked(work: &str, desk: usize, round: usize, n: usize) -> NewRedemption {
    let redeemer = u32::try_from(desk).expect("few");
    engine::redemption(&voucher(desk), redeemer, &format!("{work}-{round}-{n}"), 1)
}

async fn in_the_store(store: Arc<Postgres>, desk: usize, round: usize) {
    for n in 0..EACH {
        let redeemed = store.redeem(&asked("store", desk, round, n), engine::TERM).await.expect("an answer");
        assert!(matches!(redeemed, Redeemed::New(_)), "{redeemed:?}");
    }
}

/// A connection with the two statements prepared.
struct Bare {
    client: Client,
    spend: Statement,
    line: Statement,
}

async fn bare_desks(pair: &Pair) -> Vec<Arc<Bare>> {
    let mut all = Vec::new();
    for _ in 0..DESKS {
        let client = common::server::connect(&pair.address()).await;
        // Row-level security stands in front of the bare transaction too.
        client.batch_execute("SET app.org = '*'").await.expect("set");
        let spend = client.prepare(SPEND).await.expect("prepared");
        let line = client.prepare(LINE).await.expect("prepared");
        all.push(Arc::new(Bare { client, spend, line }));
    }
    all
}

async fn by_hand(desk: Arc<Bare>, number: usize, round: usize) {
    let Bare { client, spend, line } = &*desk;
    for n in 0..EACH {
        let new = asked("bare", number, round, n);
        client.batch_execute("BEGIN").await.expect("begun");
        let row = client.query_one(spend, &[&new.voucher]).await.expect("enough is left");
        let (seq, spent): (i64, i64) = (row.get(0), row.get(1));
        let redeemer = new.redeemer.to_string();
        client
            .execute(
                line,
                &[
                    &new.id,
                    &new.voucher,
                    &redeemer,
                    &new.key,
                    &new.request,
                    &new.kind,
                    &new.day,
                    &new.region,
                    &new.document,
                    &new.made,
                    &new.at,
                    &seq,
                    &spent,
                ],
            )
            .await
            .expect("written");
        client.batch_execute("COMMIT").await.expect("on the standby");
    }
}
