//! Mail in pieces (docs/hub.md §5).

use zizhi_hub::blobs::{Blobs as _, Directory};
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::serve::Settings;
use zizhi_sync::api::{self, Code};
use zizhi_sync::invitation::Role;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id};

use crate::mail::{sync, walk};
use crate::world::{Ask, Party, World, ask, new_id, settings, world, world_with};

fn body() -> Vec<u8> {
    (0..1_000_000_u32).map(|n| n.to_le_bytes()[1] ^ n.to_le_bytes()[0]).collect()
}

async fn open(world: &World, from: &Party, to: &Party, id: Id, body: &[u8], status: u16) -> api::Upload {
    let len = body.len() as u64;
    let new = api::NewUpload { id, to: to.org, len, sha256: Digest::of(body) };
    world.from(from, ask("POST", "/v1/uploads").json(&new)).await.json(status)
}

fn piece(upload: Id, offset: usize, bytes: &[u8]) -> Ask {
    let request = ask("PATCH", format!("/v1/uploads/{upload}")).field("upload-offset", offset.to_string());
    if bytes.is_empty() { request } else { request.bytes("application/octet-stream", bytes) }
}

#[tokio::test]
async fn takes_a_message_in_pieces_and_goes_on_after_an_interruption() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let (id, body) = (new_id(), body());
    let upload = open(&world, &firm, &incubator, id, &body, 201).await.upload;
    let offset: api::Offset = world.from(&firm, piece(upload, 0, &body[..400_000])).await.json(200);
    assert_eq!(offset.offset, 400_000, "so much is here");
    assert_eq!(open(&world, &firm, &incubator, id, &body, 200).await.offset, 400_000, "announced again");
    let head = world.from(&firm, ask("HEAD", format!("/v1/uploads/{upload}"))).await;
    assert_eq!(head.headers["upload-offset"], "400000", "asked for");
    let wrong = world.from(&firm, piece(upload, 0, &body[..400_000])).await.refuses(Code::UploadOffset);
    assert_eq!(wrong.offset, Some(400_000), "with the right one");
    let done: api::MailAnswer = world.from(&firm, piece(upload, 400_000, &body[400_000..])).await.json(201);
    let receipt: MailReceipt = world.read(&done.receipt);
    assert!(receipt.is_for(id, &firm.org, &incubator.org, Digest::of(&body), 1_000_000), "a receipt for it");
    world.from(&firm, piece(upload, 400_000, &body[400_000..])).await.refuses(Code::UploadUnknown);
    let new = api::NewUpload { id, to: incubator.org, len: 1_000_000, sha256: Digest::of(&body) };
    let again: api::MailAnswer = world.from(&firm, ask("POST", "/v1/uploads").json(&new)).await.json(200);
    assert_eq!(again, done, "who lost the answer announces again and has the receipt");
    let path = format!("/v1/messages/{id}");
    let fetched = world.from(&incubator, ask("GET", &path).field("range", "bytes=399998-400001")).await;
    fetched.is(206);
    assert_eq!(fetched.bytes, body[399_998..400_002], "across the pieces");
    assert_eq!(world.from(&incubator, ask("GET", &path)).await.bytes, body, "and whole");
    sync(&world, &incubator, None, vec![id]).await;
    assert_eq!(walk(&world.data.blobs()), 0, "acknowledged, no piece stays");
}

#[tokio::test]
async fn throws_away_what_is_not_what_was_announced() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let upload = open(&world, &firm, &incubator, new_id(), b"announced", 201).await.upload;
    world.from(&firm, piece(upload, 0, b"different")).await.refuses(Code::UploadDigest);
    world.from(&firm, piece(upload, 0, b"announced")).await.refuses(Code::UploadUnknown);
    let upload = open(&world, &firm, &incubator, new_id(), b"announced", 201).await.upload;
    world.from(&firm, piece(upload, 0, b"announced and more")).await.refuses(Code::UploadDigest);
    assert_eq!(walk(&world.data.blobs()), 0, "nothing stays");
}

#[tokio::test]
async fn waits_with_a_finished_upload_until_the_mailbox_has_room() {
    let world = world_with(Settings { mailbox_bytes: 10, ..settings() });
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let upload = open(&world, &firm, &incubator, new_id(), b"123456", 201).await.upload;
    let filler = new_id();
    world.from(&firm, crate::mail::message(filler, incubator.org, b"12345678")).await.is(201);
    world.from(&firm, piece(upload, 0, b"123456")).await.refuses(Code::MailQuota);
    world.from(&firm, piece(upload, 6, b"")).await.refuses(Code::MailQuota);
    sync(&world, &incubator, None, vec![filler]).await;
    world.from(&firm, piece(upload, 6, b"")).await.is(201);
}

#[tokio::test]
async fn belongs_to_its_sender_and_has_a_largest_size() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let upload = open(&world, &firm, &incubator, new_id(), b"announced", 201).await.upload;
    world.from(&incubator, piece(upload, 0, b"announced")).await.refuses(Code::UploadUnknown);
    let largest = settings().message_bytes;
    let new = api::NewUpload { id: new_id(), to: incubator.org, len: largest + 1, sha256: Digest::of(b"") };
    world.from(&firm, ask("POST", "/v1/uploads").json(&new)).await.refuses(Code::RequestSize);
    let none = api::NewUpload { len: 0, ..new };
    world.from(&firm, ask("POST", "/v1/uploads").json(&none)).await.refuses(Code::RequestInvalid);
}

#[tokio::test]
async fn removes_an_upload_that_was_not_finished_in_72_hours() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let upload = open(&world, &firm, &incubator, new_id(), b"announced", 201).await.upload;
    world.from(&firm, piece(upload, 0, b"ann")).await.is(200);
    world.clock.set(crate::world::NOW + 72 * 3600 + 1);
    world.hub.sweep().await.expect("swept");
    world.from(&firm, piece(upload, 3, b"ounced")).await.refuses(Code::UploadUnknown);
    assert_eq!(walk(&world.data.blobs()), 0, "with its pieces");
}

#[tokio::test]
async fn removes_blobs_that_no_row_names_after_72_hours() {
    let world = world();
    let (firm, incubator) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Incubator).await);
    let id = new_id();
    world.from(&firm, crate::mail::message(id, incubator.org, &vec![1; 100_000])).await.is(201);
    let upload = open(&world, &firm, &incubator, new_id(), b"announced", 201).await.upload;
    world.from(&firm, piece(upload, 0, b"ann")).await.is(200);
    let blobs = Directory::open(&world.data.blobs()).expect("a folder");
    let orphan = new_id().to_string();
    blobs.put(&orphan, b"nobody's".to_vec()).await.expect("written");
    std::fs::write(world.data.blobs().join("notes.txt"), "an operator's").expect("written");
    let written = SystemClock.seconds();
    world.clock.set(written + 72 * 3600 - 60);
    assert_eq!(world.hub.sweep_orphans().await.expect("an answer"), 0, "a row may still come");
    world.clock.set(written + 72 * 3600 + 60);
    assert_eq!(world.hub.sweep_orphans().await.expect("an answer"), 1, "none came");
    blobs.get(&orphan, 0, 1).await.expect_err("it is gone");
    assert_eq!(walk(&world.data.blobs()), 3, "what rows name stays, and what is no blob");
    let whole = world.from(&incubator, ask("GET", format!("/v1/messages/{id}"))).await;
    assert_eq!(whole.bytes.len(), 100_000, "and is given out");
}
