//! What a poll with nothing new costs the hub, beside the same server that answers with a constant; and whether the
//! hub holds the polls and redemptions of the whole country at once.
//!
//! A poll is `POST /v1/sync` as a desktop sends it: the hub verifies the signature, remembers the nonce, looks into the
//! mailbox and at the published timestamp. The limit gets the same bytes, reads them, and gives an answer as long.
//! Goals: 0.5 of it; 362 polls a second, 99 of 100 answered in 200 ms, while 51 redemptions a second run. Whoever asks
//! runs on the same cores as the hub, and for PostgreSQL so do primary and standby, which wait for the disk.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use tokio::runtime::Runtime;
use zizhi_sync::api::{JSON_TYPE, SyncRequest};
use zizhi_sync::http_signature::{Request, Unverified, body};
use zizhi_sync::invitation::Role;

use crate::client::{Client, bytes, volley};
use crate::compare::{in_turns, load};
use crate::goal::kept;
use crate::world::{Ask, NOW, ORIGIN, Party, World, ask, party};
use crate::{durable, serving, vouchers};

/// Organisations that poll.
const DESKS: u32 = 256;
/// Connections at once, and requests of each in one round.
const LINES: usize = 16;
const EACH: usize = 40;
const ROUNDS: usize = 11;
const GOAL: f64 = 0.5;

/// The load of the country: requests a second, how long it lasts here, and over how many connections it comes.
const POLLS: u32 = 362;
const REDEMPTIONS: u32 = 51;
const LASTS: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_millis(200);

/// Measures it.
pub fn measure() {
    let runtime = Runtime::new().expect("a runtime");
    let sqlite = Desks::at(serving::hub(None), &runtime);
    sqlite.beside_a_constant("SQLite", &runtime);
    let pair = runtime.block_on(durable::pair());
    let store = Arc::new(runtime.block_on(durable::store(&pair)));
    let postgres = Desks::at(serving::hub(Some(store)), &runtime);
    postgres.beside_a_constant("PostgreSQL with a synchronous standby", &runtime);
    signature_alone(&postgres);
    country(&postgres, &runtime);
}

/// A hub and the desks that poll it.
struct Desks {
    world: World,
    address: SocketAddr,
    parties: Vec<Party>,
    /// What each has of the public data.
    etag: String,
}

impl Desks {
    fn at(world: World, runtime: &Runtime) -> Self {
        let metadata = world.data.public().join("metadata");
        std::fs::create_dir_all(&metadata).expect("a folder");
        let timestamp = [b'0'; 600];
        std::fs::write(metadata.join("timestamp.json"), timestamp).expect("written");
        let etag = format!("\"{}\"", zizhi_sync::Digest::of(&timestamp));
        let parties = runtime.block_on(async {
            let mut parties = Vec::new();
            for n in 0..DESKS {
                parties.push(world.joins(party(n), Role::Incubator).await);
            }
            parties
        });
        let address = serving::serve(runtime, &world.hub);
        Self { world, address, parties, etag }
    }

    /// A poll of this desk, signed.
    fn poll(&self, desk: usize) -> Ask {
        let asked = SyncRequest { cursor: None, acks: Vec::new(), public: Some(self.etag.clone()) };
        let party = &self.parties[desk % self.parties.len()];
        ask("POST", "/v1/sync").json(&asked).signed(&party.key, ORIGIN, NOW)
    }

    /// Polls for one round. They are signed before it: a desktop does that on its own machine.
    fn polls(&self) -> Vec<Vec<Vec<u8>>> {
        let line = |line: usize| (0..EACH).map(|n| bytes(&self.poll(line * EACH + n))).collect();
        (0..LINES).map(line).collect()
    }

    fn beside_a_constant(&self, engine: &str, runtime: &Runtime) {
        let answer = Client::open(self.address).ask(&bytes(&self.poll(0)));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let said = Bytes::from(answer.body);
        let constant = post(move |_: Bytes| async move { ([(CONTENT_TYPE, JSON_TYPE)], said) });
        let constant = serving::serve_plain(runtime, Router::new().route("/v1/sync", constant));
        let volley = |address| volley(address, &self.polls(), 200);
        let compared = in_turns(ROUNDS, |_| volley(constant), &mut [&mut |_| volley(self.address)]);
        let each = |took: Duration| took / u32::try_from(LINES * EACH).expect("few");
        let it = &compared[0];
        println!(
            "poll, {engine}: {:.0?}, a constant {:.0?}, ratio {:.3}, median of rounds {:.3} (goal {GOAL}) {}; {}",
            each(it.ours),
            each(it.limit),
            it.best,
            it.median,
            kept(it.median >= GOAL),
            load(),
        );
    }
}

/// What of a poll nobody can leave out: reading and verifying its signature.
fn signature_alone(desks: &Desks) {
    const TIMES: u32 = 2000;
    let poll = desks.poll(0);
    let target = format!("{ORIGIN}{}", poll.path);
    let fields: Vec<(&str, &str)> = poll.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let begun = Instant::now();
    for _ in 0..TIMES {
        let request =
            Request { method: "POST", target_uri: &target, fields: &fields, body: body(&poll.body) };
        let read = Unverified::read(std::hint::black_box(&request)).expect("a signature");
        read.verify(desks.parties[0].key.public(), NOW).expect("it holds");
    }
    println!("poll, its signature alone: {:.0?} on one core", begun.elapsed() / TIMES);
}

/// All polls and redemptions of the country, each at its time, whether those before were answered or not.
fn country(desks: &Desks, runtime: &Runtime) {
    let vouchers: Vec<String> = (0..64).map(|n| format!("V-{n}")).collect();
    runtime.block_on(async {
        let fund = desks.world.joins(party(DESKS), Role::VoucherFund).await;
        for voucher in &vouchers {
            vouchers::enter(&desks.world, &fund, &desks.parties[0], voucher).await;
        }
    });
    let seconds = LASTS.as_secs_f64();
    let count = |rate: u32| (f64::from(rate) * seconds) as usize;
    let polls: Vec<_> = (0..count(POLLS)).map(|n| bytes(&desks.poll(n))).collect();
    let redemptions: Vec<_> = (0..count(REDEMPTIONS))
        .map(|n| {
            let asked = vouchers::redeem(&vouchers[n % vouchers.len()], &format!("country-{n}"));
            bytes(&asked.signed(&desks.parties[n % desks.parties.len()].key, ORIGIN, NOW))
        })
        .collect();
    let begin = Instant::now() + Duration::from_millis(100);
    let (polled, redeemed) = std::thread::scope(|scope| {
        let polled = scope.spawn(|| stream(desks.address, &polls, (POLLS, 200), begin));
        let redeemed = stream(desks.address, &redemptions, (REDEMPTIONS, 201), begin);
        (polled.join().expect("every poll is answered"), redeemed)
    });
    for (what, rate, (took, whole)) in [("polls", POLLS, polled), ("redemptions", REDEMPTIONS, redeemed)] {
        let of_hundred = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)];
        let done = took.len() as f64 / whole.as_secs_f64();
        let (p50, p99) = (of_hundred(50), of_hundred(99));
        let held = p99 < PATIENCE && done > 0.99 * f64::from(rate);
        println!(
            "country, {what}: {done:.0} a second of {rate}, p50 {p50:.1?}, p99 {p99:.1?}, slowest {:.1?} (goal {PATIENCE:?}) {}; {}",
            of_hundred(100),
            kept(held),
            load(),
        );
    }
}

/// Sends request after request at this rate, each counted from the moment at which it was due; how long each took,
/// sorted, and the whole.
fn stream(
    address: SocketAddr,
    requests: &[Vec<u8>],
    (rate, status): (u32, u16),
    begin: Instant,
) -> (Vec<Duration>, Duration) {
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(requests.len())));
    std::thread::scope(|scope| {
        for _ in 0..LINES {
            scope.spawn(|| {
                let mut client = Client::open(address);
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    let Some(request) = requests.get(n) else { break };
                    let due = begin + Duration::from_secs_f64(n as f64 / f64::from(rate));
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let reply = client.ask(request);
                    assert_eq!(reply.status, status, "{}", String::from_utf8_lossy(&reply.body));
                    all.lock().expect("nobody panicked").push(due.elapsed());
                }
            });
        }
    });
    let whole = begin.elapsed();
    let mut all = all.into_inner().expect("nobody panicked");
    all.sort_unstable();
    (all, whole)
}
