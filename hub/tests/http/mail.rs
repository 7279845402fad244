//! Mail in one piece, and the round (docs/hub.md §5).

use zizhi_crypto::b64;
use zizhi_model::OrgId;
use zizhi_sync::api::{self, Code, Cursor, SyncRequest};
use zizhi_sync::invitation::Role;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id};

use crate::common::org;
use crate::world::{Ask, NOW, Party, World, ask, new_id, party, world};

pub fn message(id: Id, to: OrgId, body: &[u8]) -> Ask {
    ask("POST", "/v1/messages")
        .field("idempotency-key", id.to_string())
        .field("zizhi-to", to.to_string())
        .bytes("application/age", body)
}

pub async fn sync(world: &World, party: &Party, cursor: Option<Cursor>, acks: Vec<Id>) -> api::SyncAnswer {
    let round = ask("POST", "/v1/sync").json(&SyncRequest { cursor, acks, public: None });
    world.from(party, round).await.json(200)
}

#[tokio::test]
async fn brings_a_message_from_one_to_the_other() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let id = new_id();
    let sent: api::MailAnswer = world.from(&firm, message(id, incubator.org, b"sealed")).await.json(201);
    let receipt: MailReceipt = world.read(&sent.receipt);
    assert!(receipt.is_for(id, &firm.org, &incubator.org, Digest::of(b"sealed"), 6), "a receipt for it");
    assert_eq!((receipt.seq, receipt.epoch, receipt.at), (1, 1, NOW), "with its place");
    let round = sync(&world, &incubator, None, Vec::new()).await;
    assert_eq!(round.cursor, Cursor { epoch: 1, seq: 1 }, "read up to here");
    assert!(!round.more, "and no more");
    let item = &round.items[0];
    assert_eq!((item.id, item.from, item.sha256), (id, firm.org, Digest::of(b"sealed")), "whose it is");
    assert_eq!(
        item.body.as_deref().map(|body| b64::decode(body).unwrap()),
        Some(b"sealed".to_vec()),
        "what it is"
    );
    assert!(sync(&world, &incubator, Some(round.cursor), Vec::new()).await.items.is_empty(), "nothing new");
    assert_eq!(
        sync(&world, &incubator, None, Vec::new()).await.items.len(),
        1,
        "still there without the cursor"
    );
    assert!(sync(&world, &incubator, None, vec![id]).await.items.is_empty(), "gone once it is acknowledged");
    assert!(sync(&world, &firm, None, Vec::new()).await.items.is_empty(), "nothing for the sender");
}

#[tokio::test]
async fn gives_the_same_receipt_again_and_refuses_another_message_under_its_id() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let id = new_id();
    let first: api::MailAnswer = world.from(&firm, message(id, incubator.org, b"sealed")).await.json(201);
    world.clock.set(NOW + 100);
    let again: api::MailAnswer = world.from(&firm, message(id, incubator.org, b"sealed")).await.json(200);
    assert_eq!(first, again, "byte for byte");
    world.from(&firm, message(id, incubator.org, b"other")).await.refuses(Code::MailOther);
    world.from(&firm, message(id, firm.org, b"sealed")).await.refuses(Code::MailOther);
    world.from(&incubator, message(id, incubator.org, b"sealed")).await.refuses(Code::MailOther);
    world.from(&firm, message(new_id(), org(9), b"sealed")).await.refuses(Code::OrgUnknown);
}

#[tokio::test]
async fn gives_a_large_message_whole_or_in_part_to_its_recipient() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let body: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let id = new_id();
    world.from(&firm, message(id, incubator.org, &body)).await.is(201);
    let round = sync(&world, &incubator, None, Vec::new()).await;
    assert_eq!((round.items[0].len, &round.items[0].body), (200_000, &None), "too large for the round");
    let path = format!("/v1/messages/{id}");
    let whole = world.from(&incubator, ask("GET", &path)).await;
    whole.is(200);
    assert_eq!(whole.bytes, body, "every byte");
    let part = world.from(&incubator, ask("GET", &path).field("range", "bytes=199990-")).await;
    part.is(206);
    assert_eq!(part.headers["content-range"], "bytes 199990-199999/200000", "which part");
    assert_eq!(part.bytes, body[199_990..], "the last ten");
    let beyond = world.from(&incubator, ask("GET", &path).field("range", "bytes=200000-")).await;
    beyond.refuses(Code::RequestRange);
    assert_eq!(beyond.headers["content-range"], "bytes */200000", "how much there is");
    world.from(&firm, ask("GET", &path)).await.refuses(Code::NotFound);
    let blobs = || walk(&world.data.blobs());
    assert_eq!(blobs(), 1, "one blob");
    sync(&world, &incubator, None, vec![id]).await;
    assert_eq!(blobs(), 0, "and none once it is acknowledged");
    world.from(&incubator, ask("GET", &path)).await.refuses(Code::NotFound);
}

#[tokio::test]
async fn says_so_where_the_content_of_a_message_is_gone_and_gives_the_others() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let (lost, cut, whole) = (new_id(), new_id(), new_id());
    let body = vec![1; 100_000];
    let mut blobs = Vec::new();
    for id in [lost, cut, whole] {
        world.from(&firm, message(id, incubator.org, &body)).await.is(201);
        let mut now = Vec::new();
        files(&world.data.blobs(), &mut now);
        blobs.push(now.into_iter().find(|file| !blobs.contains(file)).expect("its file"));
    }
    std::fs::remove_file(&blobs[0]).expect("gone");
    std::fs::write(&blobs[1], &body[..50_000]).expect("cut");
    for id in [lost, cut] {
        world.from(&incubator, ask("GET", format!("/v1/messages/{id}"))).await.refuses(Code::MailLost);
    }
    let part = ask("GET", format!("/v1/messages/{lost}")).field("range", "bytes=0-9");
    world.from(&incubator, part).await.refuses(Code::MailLost);
    let fetched = world.from(&incubator, ask("GET", format!("/v1/messages/{whole}"))).await;
    fetched.is(200);
    assert_eq!(fetched.bytes, body, "every byte of another one");
    let known = sync(&world, &incubator, None, Vec::new()).await.items;
    assert_eq!(known.len(), 3, "none is taken out of the mailbox by that");
}

/// The files below a folder.
fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// How many files lie below a folder.
pub fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn leaves_no_blob_behind_when_a_message_is_refused() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    world.from(&firm, message(new_id(), org(9), &vec![1; 100_000])).await.refuses(Code::OrgUnknown);
    assert_eq!(walk(&world.data.blobs()), 0, "nothing");
}

#[tokio::test]
async fn starts_from_the_beginning_after_the_hub_was_restored() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    world.from(&firm, message(new_id(), incubator.org, b"sealed")).await.is(201);
    let other_epoch = Some(Cursor { epoch: 7, seq: 99 });
    let round = sync(&world, &incubator, other_epoch, Vec::new()).await;
    assert_eq!(round.items.len(), 1, "a cursor of another epoch counts for nothing");
    assert_eq!(round.cursor, Cursor { epoch: 1, seq: 1 }, "and is replaced");
}

#[tokio::test]
async fn refuses_what_is_no_message() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let cases = [
        message(new_id(), firm.org, b""),
        ask("POST", "/v1/messages").field("zizhi-to", firm.org.to_string()).bytes("application/age", b"x"),
        ask("POST", "/v1/messages")
            .field("idempotency-key", new_id().to_string())
            .bytes("application/age", b"x"),
        ask("POST", "/v1/messages")
            .field("idempotency-key", "7")
            .field("zizhi-to", firm.org.to_string())
            .bytes("application/age", b"x"),
        ask("POST", "/v1/messages")
            .field("idempotency-key", new_id().to_string())
            .field("zizhi-to", firm.org.to_string())
            .bytes("text/plain", b"x"),
    ];
    for case in cases {
        world.from(&firm, case).await.refuses(Code::RequestInvalid);
    }
    world.from(&party(5), message(new_id(), firm.org, b"x")).await.refuses(Code::AuthKey);
}
