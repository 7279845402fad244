//! Mail between two hubs (docs/hub.md §7), with the line cut and restored.

use zizhi_hub::clock::Clock as _;
use zizhi_hub::serve::Settings;
use zizhi_sync::api::{self, Code, MESSAGE_BYTES};
use zizhi_sync::invitation::Role;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id};

use crate::mail::{message, sync, walk};
use crate::pair::{Engine, Side, pair, pair_with};
use crate::world::{NOW, Party, ask, new_id, party_of, settings};

crate::on_both! {
    brings_a_message_to_an_organisation_of_another_hub
    only_waits_while_the_line_is_cut
    goes_on_with_a_large_message_where_the_line_was_cut
    delivers_once_what_is_sent_twice
    waits_for_room_at_the_other_hub
    keeps_a_copy_that_drains_at_the_same_time_off
    lets_mail_stay_for_one_that_joins_here_meanwhile
}

/// A firm of Shanghai at one hub, an incubator of Zhejiang at the other.
pub async fn parties(a: &Side, b: &Side) -> (Party, Party) {
    let firm = a.world.joined(1, Role::Firm).await;
    (firm, b.world.joins(party_of("33", 2), Role::Incubator).await)
}

pub async fn sent(side: &Side, from: &Party, to: &Party, id: Id, body: &[u8]) -> String {
    let sent: api::MailAnswer = side.world.from(from, message(id, to.org, body)).await.json(201);
    sent.receipt
}

async fn waiting(side: &Side) -> i64 {
    let queues = side.store.queues().await.expect("an answer");
    queues.iter().map(|queue| queue.messages).sum()
}

async fn brings_a_message_to_an_organisation_of_another_hub(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let path = format!("/v1/organisations/{}", incubator.org.uscc());
    let shown = a.world.from(&firm, ask("GET", &path)).await;
    assert_eq!(shown.headers["age"], "0", "asked for now");
    let shown: api::Organisation = shown.json(200);
    assert_eq!(shown.devices, incubator.list_jws, "the signed list, unchanged");
    assert_eq!(shown.role, Role::Incubator, "what it is there");

    let id = new_id();
    let receipt: MailReceipt = a.world.read(&sent(&a, &firm, &incubator, id, b"sealed").await);
    assert!(receipt.is_for(id, &firm.org, &incubator.org, Digest::of(b"sealed"), 6), "taken in by its hub");
    assert!(sync(&b.world, &incubator, None, Vec::new()).await.items.is_empty(), "and not there yet");
    assert_eq!(a.world.hub.drain().await.expect("an answer"), 1, "it goes");
    let round = sync(&b.world, &incubator, None, Vec::new()).await;
    assert_eq!((round.items.len(), round.items[0].id, round.items[0].from), (1, id, firm.org), "whose it is");
    assert_eq!(waiting(&a).await, 0, "nothing waits any more");
    let again: api::MailAnswer = a.world.from(&firm, message(id, incubator.org, b"sealed")).await.json(200);
    assert_eq!(a.world.read::<MailReceipt>(&again.receipt), receipt, "the receipt stays");

    let path = format!("/v1/organisations/{}", firm.org.uscc());
    let shown: api::Organisation = b.world.from(&incubator, ask("GET", &path)).await.json(200);
    assert_eq!(shown.devices, firm.list_jws, "and the recipient learns whose keys may have signed it");
    sync(&b.world, &incubator, None, vec![id]).await;
    assert!(sync(&b.world, &incubator, None, Vec::new()).await.items.is_empty(), "acknowledged");
}

async fn only_waits_while_the_line_is_cut(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let first = new_id();
    sent(&a, &firm, &incubator, first, b"one").await;
    b.wire.cut();
    assert_eq!(a.drain_at(&b, NOW).await, 0, "nothing goes");
    let (second, third) = (new_id(), new_id());
    sent(&a, &firm, &incubator, second, b"two").await;
    sent(&a, &firm, &incubator, third, b"three").await;
    let carried = b.wire.carried();
    assert_eq!(a.drain_at(&b, NOW).await, 0, "the line is left alone for a while");
    b.wire.restore();
    assert_eq!((a.drain_at(&b, NOW).await, b.wire.carried()), (0, carried), "even if it is back by then");
    assert_eq!(a.drain_at(&b, NOW + 4).await, 3, "three seconds are the longest first wait");
    let items = sync(&b.world, &incubator, None, Vec::new()).await.items;
    let mut ids: Vec<Id> = items.iter().map(|item| item.id).collect();
    ids.sort();
    let mut all = vec![first, second, third];
    all.sort();
    assert_eq!(ids, all, "each once");
}

async fn goes_on_with_a_large_message_where_the_line_was_cut(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let body: Vec<u8> =
        (0..10_000_000_u32).map(|n| n.to_le_bytes()[1] ^ n.to_le_bytes()[2] ^ n.to_le_bytes()[0]).collect();
    let id = new_id();
    let new = api::NewUpload { id, to: incubator.org, len: body.len() as u64, sha256: Digest::of(&body) };
    let upload: api::Upload = a.world.from(&firm, ask("POST", "/v1/uploads").json(&new)).await.json(201);
    let mut done = None;
    for (n, piece) in body.chunks(4 << 20).enumerate() {
        let piece = ask("PATCH", format!("/v1/uploads/{}", upload.upload))
            .field("upload-offset", (n * (4 << 20)).to_string())
            .bytes("application/octet-stream", piece);
        done = Some(a.world.from(&firm, piece).await);
    }
    let receipt: api::MailAnswer = done.expect("pieces").json(201);
    let receipt: MailReceipt = a.world.read(&receipt.receipt);
    assert_eq!(receipt.sha256, Digest::of(&body), "taken in whole by its hub");
    assert_eq!(walk(&a.world.data.blobs()), 3, "three pieces wait");

    b.wire.cut_after(6_000_000);
    assert_eq!(a.drain_at(&b, NOW).await, 0, "cut in the second piece");
    assert!(b.wire.carried() > 4 << 20, "the first is there");
    b.wire.restore();
    let before = b.wire.carried();
    assert_eq!(a.drain_at(&b, NOW + 4).await, 1, "it goes on");
    let repeated = b.wire.carried() - before;
    assert!(repeated < 10_000_000 - (4 << 20) + 20_000, "without the first piece: {repeated} bytes");
    let round = sync(&b.world, &incubator, None, Vec::new()).await;
    assert_eq!((round.items[0].id, round.items[0].len), (id, 10_000_000), "it is there");
    let whole = b.world.from(&incubator, ask("GET", format!("/v1/messages/{id}"))).await;
    assert_eq!(Digest::of(&whole.bytes), Digest::of(&body), "every byte");
    assert_eq!(walk(&a.world.data.blobs()), 0, "nothing of it stays behind");
    assert!(body.len() as u64 > MESSAGE_BYTES, "otherwise it went in one piece");
}

async fn delivers_once_what_is_sent_twice(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    let id = new_id();
    sent(&a, &firm, &incubator, id, b"sealed").await;
    // The answer is lost: what B has stored, A does not know.
    let claimed = a.store.claim("33-main", false, NOW * 1000, NOW * 1000, 10).await.expect("an answer");
    assert_eq!(claimed.len(), 1, "taken out and never settled");
    assert_eq!(a.drain_at(&b, NOW).await, 1, "brought");
    let queued = a.store.queues().await.expect("an answer");
    assert!(queued.is_empty(), "and done: {queued:?}");
    let from_a = relayed(&a, &b, &firm, &incubator, id, b"sealed");
    b.world.send(&from_a).await.is(200);
    assert_eq!(sync(&b.world, &incubator, None, Vec::new()).await.items.len(), 1, "there once");
    let other = relayed(&a, &b, &firm, &incubator, id, b"other");
    b.world.send(&other).await.refuses(Code::MailOther);
}

/// A request as hub `a` makes it to hub `b`.
pub fn relayed(a: &Side, b: &Side, from: &Party, to: &Party, id: Id, body: &[u8]) -> crate::world::Ask {
    ask("POST", "/v1/relay")
        .field("idempotency-key", id.to_string())
        .field("zizhi-to", to.org.to_string())
        .field("zizhi-from", from.org.to_string())
        .bytes("application/age", body)
        .signed(&a.world.data.key, &b.world.origin, b.world.clock.seconds())
}

async fn waits_for_room_at_the_other_hub(engine: Engine) {
    let small = Settings { mailbox_bytes: 10, ..settings() };
    let (a, b) =
        (Side::start("31-main", engine, settings()).await, Side::start("33-main", engine, small).await);
    a.knows(&b).await;
    b.knows(&a).await;
    let (firm, incubator) = parties(&a, &b).await;
    for _ in 0..2 {
        sent(&a, &firm, &incubator, new_id(), b"12345678").await;
    }
    assert_eq!(a.drain_at(&b, NOW).await, 1, "the mailbox has room for one");
    let queues = a.store.queues().await.expect("an answer");
    assert_eq!(queues[0].code.as_deref(), Some("MAIL-QUOTA"), "the operator sees why");
    let there = sync(&b.world, &incubator, None, Vec::new()).await.items[0].id;
    sync(&b.world, &incubator, None, vec![there]).await;
    assert_eq!(a.drain_at(&b, NOW + 4).await, 1, "then for the other");
}

async fn keeps_a_copy_that_drains_at_the_same_time_off(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    for n in 0..20_u8 {
        sent(&a, &firm, &incubator, new_id(), &[n, 1]).await;
    }
    let now = NOW * 1000;
    let (one, other) = tokio::join!(
        a.store.claim("33-main", false, now, now + 90_000, 15),
        a.store.claim("33-main", false, now, now + 90_000, 15),
    );
    let mut ids: Vec<String> = one.expect("an answer").into_iter().map(|it| it.message.id).collect();
    ids.extend(other.expect("an answer").into_iter().map(|it| it.message.id));
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((all, ids.len()), (20, 20), "no message is claimed twice");
    assert_eq!(a.drain_at(&b, NOW + 89).await, 0, "they are somebody's");
    assert_eq!(a.drain_at(&b, NOW + 90).await, 20, "who has gone, as it seems");
}

async fn lets_mail_stay_for_one_that_joins_here_meanwhile(engine: Engine) {
    let (a, b) = pair(engine).await;
    let (firm, incubator) = parties(&a, &b).await;
    sent(&a, &firm, &incubator, new_id(), b"one").await;
    a.drain_at(&b, NOW).await;
    let waits = new_id();
    sent(&a, &firm, &incubator, waits, b"two").await;
    let moved = a.world.joins(party_of("33", 2), Role::Incubator).await;
    sent(&a, &firm, &moved, new_id(), b"three").await;
    assert_eq!(a.drain_at(&b, NOW + 4).await, 0, "nothing goes to the other hub");
    let items = sync(&a.world, &moved, None, Vec::new()).await.items;
    assert_eq!((items.len(), items[0].id), (2, waits), "what waited lies here");
    assert!(items[0].seq < items[1].seq, "under numbers that go on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn holds_what_one_organisation_may_queue_to_another_to_a_quota() {
    let (a, b) = pair_with(Engine::Sqlite, Settings { mailbox_bytes: 10, ..settings() }).await;
    let (firm, incubator) = parties(&a, &b).await;
    sent(&a, &firm, &incubator, new_id(), b"12345678").await;
    a.world.from(&firm, message(new_id(), incubator.org, b"12345678")).await.refuses(Code::MailQuota);
    a.drain_at(&b, NOW).await;
    sent(&a, &firm, &incubator, new_id(), b"12345678").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tells_of_an_organisation_what_its_hub_told_while_that_is_away() {
    let (a, b) = pair(Engine::Sqlite).await;
    let (firm, incubator) = parties(&a, &b).await;
    let path = format!("/v1/organisations/{}", incubator.org.uscc());
    a.world.from(&firm, ask("GET", &path)).await.is(200);
    b.wire.cut();
    for (later, asked) in [(300, "without asking"), (5_000, "because nobody answers")] {
        a.world.clock.set(NOW + later);
        let shown = a.world.from(&firm, ask("GET", &path)).await;
        assert_eq!(shown.headers["age"], later.to_string(), "{asked}");
    }
    let other = format!("/v1/organisations/{}", party_of("33", 9).org.uscc());
    a.world.from(&firm, ask("GET", &other)).await.refuses(Code::HubBusy);
    b.wire.restore();
    b.world.clock.set(NOW + 5_000);
    a.world.from(&firm, ask("GET", &other)).await.refuses(Code::OrgUnknown);
    let abroad = format!("/v1/organisations/{}", party_of("32", 9).org.uscc());
    let carried = b.wire.carried();
    a.world.from(&firm, ask("GET", &abroad)).await.refuses(Code::OrgUnknown);
    a.world.from(&firm, ask("GET", &other)).await.refuses(Code::OrgUnknown);
    assert_eq!(b.wire.carried(), carried, "nobody is asked of another province, nor again so soon");
}
