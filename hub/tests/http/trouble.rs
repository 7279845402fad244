//! A hub in trouble: its database does not answer, a client is slow, it is told to stop in the middle, its disk is full.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum_server::Handle;
use rusqlite::Connection;
use tokio::task::spawn_blocking;
use zizhi_hub::clock::Clock as _;
use zizhi_hub::run;
use zizhi_hub::serve::Settings;
use zizhi_sync::Digest;
use zizhi_sync::api::{self, Code, Problem};
use zizhi_sync::invitation::Role;

use crate::mail::{message, sync};
use crate::peer_program::Program;
use crate::vouchers::{Cast, redeem, redemption, with_voucher_at};
use crate::world::{ORIGIN, World, ask, new_id, party, settings, world, world_with};

/// Another program writes to the hub's database and does not come to an end, until this is dropped.
fn locked(world: &World) -> Connection {
    let connection = Connection::open(world.data.database()).expect("the database");
    connection.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    connection
}

fn hasty() -> World {
    world_with(Settings { patience: Duration::from_millis(300), ..settings() })
}

#[tokio::test]
async fn says_that_it_is_busy_and_takes_the_same_message_once_afterwards() {
    let world = hasty();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    world.send(&ask("GET", "/ready")).await.is(204);
    let id = new_id();
    let lock = locked(&world);
    world.send(&ask("GET", "/ready")).await.refuses(Code::HubBusy);
    world.send(&ask("GET", "/health")).await.is(204);
    let problem = world.from(&firm, message(id, incubator.org, b"sealed")).await.refuses(Code::HubBusy);
    assert!(problem.retry, "the desktop asks again by itself");
    drop(lock);
    for _ in 0..2 {
        let answer = world.from(&firm, message(id, incubator.org, b"sealed")).await;
        assert!([200, 201].contains(&answer.status.as_u16()), "{}", answer.text());
    }
    world.send(&ask("GET", "/ready")).await.is(204);
    assert_eq!(sync(&world, &incubator, None, Vec::new()).await.items.len(), 1, "it is there once");
}

#[tokio::test]
async fn does_not_know_what_became_of_a_redemption_and_the_same_one_asks() {
    let Cast { world, desk, .. } = with_voucher_at(hasty()).await;
    let lock = locked(&world);
    let problem = world.from(&desk, redeem("k1", &redemption(6_000))).await.refuses(Code::OutcomeUnknown);
    assert!(problem.retry, "asking the same again tells");
    drop(lock);
    let mut receipts = Vec::new();
    for _ in 0..2 {
        let answer: api::ReceiptAnswer = world.from(&desk, redeem("k1", &redemption(6_000))).await.json(201);
        receipts.push(answer.receipt);
    }
    assert_eq!(receipts[0], receipts[1], "one redemption");
    world.from(&desk, redeem("k2", &redemption(6_000))).await.refuses(Code::VoucherOverdrawn);
}

/// Serves on a port of its own until the handle says stop.
fn serving(world: &World) -> (u16, Handle<std::net::SocketAddr>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (handle, hub) = (Handle::new(), Arc::clone(&world.hub));
    let given = handle.clone();
    let task = tokio::spawn(async move { run::answer(hub, listener, None, given).await.expect("it serves") });
    (port, handle, task)
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hangs_up_on_whoever_does_not_finish_the_head_of_a_request() {
    let world = world();
    let (port, ..) = serving(&world);
    let slow = spawn_blocking(move || {
        let mut slow = connect(port);
        let begun = Instant::now();
        slow.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\nx-never: ").expect("sent");
        let mut answer = Vec::new();
        slow.read_to_end(&mut answer).expect("the hub ends it");
        (begun.elapsed(), answer)
    });
    let quick = spawn_blocking(move || asked(&mut connect(port))).await.expect("the client ends");
    assert!(quick.starts_with("HTTP/1.1 204"), "others are answered meanwhile: {quick}");
    let (took, answer) = slow.await.expect("the client ends");
    assert!((14..25).contains(&took.as_secs()), "after fifteen seconds: {took:?}");
    assert!(!String::from_utf8_lossy(&answer).contains(" 204 "), "it got no answer to what it did not ask");
}

/// Asks whether the process answers, and ends the line.
fn asked(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_what_is_under_way_before_it_stops() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let (port, handle, task) = serving(&world);
    let body = vec![7; 40_000];
    let signed = message(new_id(), incubator.org, &body).signed(&firm.key, ORIGIN, world.clock.seconds());
    let head: String = signed.fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head =
        format!("POST /v1/messages HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n{head}\r\n", body.len());
    let under_way = spawn_blocking(move || {
        let mut stream = connect(port);
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body[..10_000])).expect("sent");
        (stream, body)
    });
    let (mut stream, body) = under_way.await.expect("half of it is sent");
    // The head has arrived before the hub is told to stop.
    tokio::time::sleep(Duration::from_millis(300)).await;
    handle.control().graceful_shutdown(Some(Duration::from_secs(20)));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!task.is_finished(), "it waits for the rest");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "and takes no new ones");
    let answer = spawn_blocking(move || {
        stream.write_all(&body[10_000..]).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    });
    let answer = answer.await.expect("the client ends");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    tokio::time::timeout(Duration::from_secs(10), task).await.expect("then it stops").expect("in order");
    assert_eq!(sync(&world, &incubator, None, Vec::new()).await.items.len(), 1, "and the message is kept");
}

/// No file of this hub may grow past a size, as on a disk that is full: SQLite is told of an error when it writes. What
/// was acknowledged before stays, what is not is refused under one code, and with room it is taken in.
#[test]
fn on_a_full_disk_it_refuses_and_keeps_what_it_acknowledged() {
    let mut hub = Program::start("31-main");
    let (firm, incubator) = (party(1), party(2));
    hub.join(&firm, "firm");
    hub.join(&incubator, "incubator");
    hub.kill();

    hub.restart_within("600");
    let body = [7; 30_000];
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for _ in 0..60 {
        let id = new_id();
        let (status, answer) = hub.send(&firm, message(id, incubator.org, &body));
        if status == 201 {
            kept.push(id);
            continue;
        }
        let problem: Problem = serde_json::from_slice(&answer).expect("a problem");
        assert_eq!(
            (status, problem),
            (500, Problem::from(Code::HubFailed)),
            "the desktop asks again by itself"
        );
        refused.push(id);
    }
    assert!(kept.len() > 1 && refused.len() > 1, "{} kept, {} refused", kept.len(), refused.len());
    assert_eq!(hub.send(&firm, ask("GET", "/health")).0, 204, "it answers");
    hub.kill();

    hub.restart();
    for id in refused {
        assert_eq!(
            hub.send(&firm, message(id, incubator.org, &body)).0,
            201,
            "there is room, and it was not kept"
        );
        kept.push(id);
    }
    let mut cursor = None;
    let mut there = Vec::new();
    loop {
        let round =
            ask("POST", "/v1/sync").json(&api::SyncRequest { cursor, acks: Vec::new(), public: None });
        let (status, answer) = hub.send(&incubator, round);
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
        let round: api::SyncAnswer = serde_json::from_slice(&answer).expect("an answer");
        assert!(round.items.iter().all(|item| item.sha256 == Digest::of(&body)), "each as it was sent");
        there.extend(round.items.iter().map(|item| item.id));
        cursor = Some(round.cursor);
        if !round.more {
            break;
        }
    }
    assert_eq!(there, kept, "what was acknowledged, in order, and nothing else");
}
