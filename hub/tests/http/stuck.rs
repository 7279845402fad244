//! Messages that the way to another hub refuses, and those behind them (docs/hub.md §7).

use std::sync::Arc;
use std::time::Duration;

use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::store::{Body, NewMessage, Remote, Route, Settled};
use zizhi_model::civil;
use zizhi_sync::invitation::Role;
use zizhi_sync::{Digest, Id, Token, api};

use crate::mail::{message, sync, walk};
use crate::pair::{Engine, Proxy, Side, pair};
use crate::relay::{parties, sent};
use crate::world::{NOW, Party, ask, new_id, party_of};

crate::on_both! {
    keeps_nobody_back_that_a_proxy_refuses_one_message
    keeps_nobody_back_for_long_that_two_are_refused_in_a_row
    keeps_no_small_one_back_that_a_large_one_is_under_way
    parks_what_is_refused_for_good_and_brings_it_once_that_is_mended
    answers_a_round_although_a_refusal_cannot_be_read
    gives_up_nothing_but_what_an_operator_gives_up
}

/// An id before all others.
fn early_id(n: i64) -> Id {
    let mut random = [0; 10];
    SystemRandom.fill(&mut random);
    Id::new(NOW * 1000 - 10_000 + n, random)
}

async fn there(side: &Side, party: &Party) -> Vec<Id> {
    sync(&side.world, party, None, Vec::new()).await.items.iter().map(|item| item.id).collect()
}

async fn keeps_nobody_back_that_a_proxy_refuses_one_message(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let refused = early_id(0);
    b.wire.stop(refused.to_string(), Proxy::Answers);
    sent(&a, &firm, &incubator, refused, b"refused").await;
    assert_eq!(a.drain_at(&b, NOW).await, 0, "it does not go");
    for n in 0..3_u8 {
        sent(&a, &firm, &incubator, new_id(), &[n]).await;
    }
    assert_eq!(a.drain_at(&b, NOW + 4).await, 3, "the others do");
    let mut at = NOW + 4;
    for n in 0..40_u8 {
        at += 200;
        a.world.clock.set(at);
        sent(&a, &firm, &incubator, new_id(), &[n, n]).await;
        assert_eq!(a.drain_at(&b, at).await, 1, "nor does it hold up what comes later, {n}");
    }
    let queues = a.store.queues().await.expect("an answer");
    assert_eq!((queues[0].messages, queues[0].code.as_deref()), (1, Some("PEER-ANSWER")), "it is seen");
    b.wire.let_through();
    assert_eq!(a.drain_at(&b, at + 901).await, 1, "and goes once it may");
    assert!(there(&b, &incubator).await.contains(&refused), "it is there");
}

async fn keeps_nobody_back_for_long_that_two_are_refused_in_a_row(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    for n in 0..2 {
        let refused = early_id(n);
        b.wire.stop(refused.to_string(), Proxy::Answers);
        sent(&a, &firm, &incubator, refused, b"refused").await;
    }
    let mut at = NOW;
    for _ in 0..50 {
        at += 60;
        assert_eq!(a.drain_at(&b, at).await, 0, "neither goes");
    }
    sent(&a, &firm, &incubator, new_id(), b"first").await;
    let carried = b.wire.carried();
    assert_eq!(
        a.drain_at(&b, at + 901).await,
        1,
        "one of a line that looked down waits its time, and no longer"
    );
    assert!(b.wire.carried() > carried, "over the line");
    at += 901;
    for n in 0..20_u8 {
        at += 200;
        a.world.clock.set(at);
        sent(&a, &firm, &incubator, new_id(), &[n, n]).await;
        assert_eq!(a.drain_at(&b, at).await, 1, "those after it do not wait at all, {n}");
    }
    assert_eq!(a.store.queues().await.expect("an answer")[0].messages, 2, "the two still wait");
}

async fn keeps_no_small_one_back_that_a_large_one_is_under_way(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let (large, body) = (early_id(0), vec![7; 300_000]);
    let new = api::NewUpload { id: large, to: incubator.org, len: 300_000, sha256: Digest::of(&body) };
    let upload: api::Upload = a.world.from(&firm, ask("POST", "/v1/uploads").json(&new)).await.json(201);
    let piece = ask("PATCH", format!("/v1/uploads/{}", upload.upload)).field("upload-offset", "0");
    a.world.from(&firm, piece.bytes("application/octet-stream", &body)).await.is(201);
    let small = new_id();
    sent(&a, &firm, &incubator, small, b"small").await;
    b.wire.stop("PATCH /v1/uploads", Proxy::Holds);
    let hub = Arc::clone(&a.world.hub);
    let draining = tokio::spawn(async move { hub.drain().await.expect("an answer") });
    let mut waited = 0;
    while there(&b, &incubator).await != [small] {
        waited += 1;
        assert!(waited < 200, "the small one has not come in ten seconds");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!draining.is_finished(), "while the large one is still under way");
    b.wire.let_through();
    draining.await.expect("its end");
    a.drain_at(&b, NOW + 4).await;
    assert!(there(&b, &incubator).await.contains(&large), "which comes in the end");
}

/// An organisation that hub A believes to be at hub B, and that is not there.
async fn missing(a: &Side) -> Party {
    let party = party_of("33", 7);
    let remote = Remote {
        org: party.org,
        hub: "33-main".to_owned(),
        name: "示例公司".to_owned(),
        role: "incubator".to_owned(),
        seq: 1,
        list: party.list_jws.clone(),
        seen: NOW,
    };
    assert!(a.store.keep_remote(&remote).await.expect("an answer"), "believed");
    party
}

async fn parks_what_is_refused_for_good_and_brings_it_once_that_is_mended(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let gone = missing(&a).await;
    let parked = early_id(0);
    sent(&a, &firm, &gone, parked, b"to nobody").await;
    sent(&a, &firm, &incubator, new_id(), b"one").await;
    assert_eq!(a.drain_at(&b, NOW).await, 1, "the other goes in the same pass");
    let stuck = a.store.stuck("33-main").await.expect("an answer");
    assert_eq!((stuck.len(), stuck[0].id.as_str()), (1, parked.to_string().as_str()), "it is shown");
    assert_eq!((&stuck[0].from, stuck[0].len), (&firm.org.to_string(), 9), "whose it is");
    assert_eq!(stuck[0].to, gone.org.to_string(), "and for whom");
    assert_eq!((stuck[0].code.as_deref(), stuck[0].parked), (Some("ORG-UNKNOWN"), Some(NOW)), "and why");
    let metrics = a.world.send(&ask("GET", "/metrics")).await.text();
    for line in [
        "zizhi_hub_outbox_messages{peer=\"33-main\",state=\"waiting\"} 0",
        "zizhi_hub_outbox_messages{peer=\"33-main\",state=\"parked\"} 1",
        "zizhi_hub_outcomes_total{what=\"relay\",became=\"parked\"} 1",
    ] {
        assert!(metrics.contains(line), "{line} is missing in\n{metrics}");
    }
    let told = sync(&a.world, &firm, None, Vec::new()).await.refused;
    let day = civil::date_in_shanghai(civil::from_numeric_date(NOW).expect("a time"));
    let code = Token::parse("ORG-UNKNOWN").expect("a code");
    assert_eq!(told, [api::Refused { id: parked, code, day }], "its sender is told");
    b.wire.cut();
    assert_eq!(a.drain_at(&b, NOW + 25 * 3600).await, 0, "it is tried again, and the line breaks");
    b.wire.restore();
    a.world.clock.set(NOW);
    assert_eq!(sync(&a.world, &firm, None, Vec::new()).await.refused, told, "which takes nothing back");
    assert!(sync(&b.world, &incubator, None, Vec::new()).await.refused.is_empty(), "and nobody else");
    let (mut at, mut tries) = (NOW, 1);
    for _ in 0..10 * 24 {
        at += 3600;
        assert_eq!(a.drain_at(&b, at).await, 0, "nothing goes");
        let stuck = a.store.stuck("33-main").await.expect("an answer");
        assert_eq!(stuck[0].parked, Some(NOW), "it stays parked since then");
        tries = stuck[0].tries;
    }
    assert!((10..25).contains(&tries), "it is tried about daily in ten days: {tries}");
    b.world.clock.set(at);
    let invitation = b.world.invitation(gone.org, Role::Incubator);
    b.world.enrol(&gone, &invitation).await.is(201);
    assert_eq!(a.store.retry("33-main", None, at * 1000).await.expect("an answer"), 1, "an operator says so");
    assert_eq!(a.drain_at(&b, at).await, 1, "and it goes at once");
    assert_eq!(there(&b, &gone).await, [parked], "it is there");
    assert!(a.store.queues().await.expect("an answer").is_empty(), "nothing waits any more");
    assert!(sync(&a.world, &firm, None, Vec::new()).await.refused.is_empty(), "and nothing is refused");
}

async fn answers_a_round_although_a_refusal_cannot_be_read(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, _) = parties(&a, &b).await;
    let gone = missing(&a).await;
    let parked = new_id();
    sent(&a, &firm, &gone, parked, b"to nobody").await;
    assert_eq!(a.drain_at(&b, NOW).await, 0, "refused");
    let refused_as = |id: String, code: &str| {
        let (store, code) = (Arc::clone(&a.store), code.to_owned());
        let body = Body::Inline(b"other".to_vec());
        let (sha256, receipt) = (Digest::of(b"other").to_string(), new_id().to_string());
        let (from, to, at) = (firm.org, gone.org, NOW);
        let other = NewMessage { id: id.clone(), from, to, len: 5, sha256, body, receipt, at };
        async move {
            let route = Route::To { hub: "33-main".to_owned() };
            store.deliver(&other, &route, 1 << 30).await.expect("an answer");
            store.settle(&id, &Settled::Parked { due: 0, wait: 0, code, at }).await.expect("an answer");
        }
    };
    refused_as("not an id".to_owned(), "ORG-UNKNOWN").await;
    refused_as(new_id().to_string(), "no code").await;
    let told = sync(&a.world, &firm, None, Vec::new()).await.refused;
    assert_eq!(told.iter().map(|it| it.id).collect::<Vec<_>>(), [parked], "of what can be read");
}

async fn gives_up_nothing_but_what_an_operator_gives_up(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let gone = missing(&a).await;
    let (parked, waits) = (new_id(), new_id());
    let receipt = sent(&a, &firm, &gone, parked, &[7; 100_000]).await;
    assert_eq!(a.drain_at(&b, NOW).await, 0, "refused");
    sent(&a, &firm, &incubator, waits, b"waits").await;
    b.wire.cut();
    assert_eq!(a.drain_at(&b, NOW).await, 0, "silent");
    let discard = |id: Id| {
        let store = Arc::clone(&a.store);
        async move { store.discard(&id.to_string()).await.expect("an answer") }
    };
    assert_eq!(discard(waits).await, None, "what only waits is not given up");
    assert_eq!(discard(new_id()).await, None, "nor what is not there");
    let given_up = discard(parked).await.expect("it was parked");
    assert_eq!(given_up.from, firm.org.to_string(), "whom to tell");
    assert_eq!(discard(parked).await, None, "once");
    let told = sync(&a.world, &firm, None, Vec::new()).await.refused;
    assert_eq!(told.iter().map(|it| it.id).collect::<Vec<_>>(), [parked], "its sender is told as before");
    assert_eq!(a.store.queues().await.expect("an answer")[0].messages, 1, "the other one stays");
    // Files have the time of the machine.
    a.world.clock.set(SystemClock.seconds() + 80 * 3600);
    a.world.hub.sweep_orphans().await.expect("an answer");
    assert_eq!(walk(&a.world.data.blobs()), 0, "its bytes go");
    let again: api::MailAnswer =
        a.world.from(&firm, message(parked, gone.org, &[7; 100_000])).await.json(200);
    assert_eq!(again.receipt, receipt, "its receipt stays");
}
