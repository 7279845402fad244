//! Blobs in a bucket, against a store that others wrote: moto, a server for testing what is written for S3.
//!
//! Run with the feature `interop` as `schemathesis.rs` is.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tempfile::tempdir;
use zizhi_hub::blobs::{Blobs, Bucket};
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::store::Postgres;
use zizhi_sync::api;
use zizhi_sync::invitation::Role;
use zizhi_sync::{Digest, HubId};

use crate::common::server::shared;
use crate::mail::{message, sync};
use crate::world::{ORIGIN, ask, new_id, settings, world_of};

/// A store of objects that ends with the test, however that ends.
struct Moto {
    process: Child,
    endpoint: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn hub_id(text: &str) -> HubId {
    HubId::parse(text).expect("a hub's id")
}

impl Moto {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let python = std::env::var("ZIZHI_INTEROP_PYTHON").expect("set by `cargo xtask test`");
        let mut command = Command::new(python);
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &address.port().to_string()]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let moto =
            Self { process: command.spawn().expect("it starts"), endpoint: format!("http://{address}") };
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let made = (0..600).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let made = agent.put(format!("{}/mail", moto.endpoint)).send_empty();
            made.is_ok_and(|answer| answer.status() == 200)
        });
        assert!(made, "it is there in time, with a bucket");
        moto
    }

    fn bucket(&self, place: &str, hub: &str) -> Bucket {
        Bucket::at(place, &hub_id(hub), &self.endpoint, "key", "secret").expect("an address")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_gives_lists_and_removes_blobs_in_a_bucket() {
    let moto = tokio::task::spawn_blocking(Moto::start).await.expect("a store");
    let (blobs, beside) = (moto.bucket("s3://mail/hub/31", "31-main"), moto.bucket("s3://mail", "31-main"));
    let name = new_id().to_string();
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    blobs.put(&name, bytes.clone()).await.expect("written");
    assert_eq!(blobs.get(&name, 0, 5_000_000).await.expect("bytes"), bytes, "whole");
    assert_eq!(blobs.get(&name, 4_999_998, 2).await.expect("bytes"), bytes[4_999_998..], "a part");
    blobs.get(&name, 4_999_999, 2).await.expect_err("beyond its end");
    let absent = blobs.get(&new_id().to_string(), 0, 1).await.expect_err("no such blob");
    assert_eq!(absent.kind(), ErrorKind::NotFound, "and it says so");
    let now = SystemClock.seconds();
    assert_eq!(blobs.written_before(now + 60).await.expect("a list"), vec![name.clone()], "listed");
    assert!(blobs.written_before(now - 3600).await.expect("a list").is_empty(), "but not as an old one");
    beside.get(&name, 0, 1).await.expect_err("another prefix");
    let other = moto.bucket("s3://mail/hub/31", "33-main");
    other.get(&name, 0, 1).await.expect_err("another hub");
    assert!(
        other.written_before(now + 60).await.expect("a list").is_empty(),
        "it removes nothing of this one's"
    );
    for wrong in ["../../etc", "a/b", "X"] {
        let refused = blobs.put(wrong, Vec::new()).await.expect_err("no name of a blob");
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{wrong}");
    }
    blobs.remove(&name).await.expect("removed");
    blobs.remove(&name).await.expect("removed already");
    let gone = blobs.get(&name, 0, 1).await.expect_err("gone");
    assert_eq!(gone.kind(), ErrorKind::NotFound, "and it says so");
    let elsewhere = moto.bucket("s3://absent/hub", "31-main").put(&name, vec![1]).await;
    elsewhere.expect_err("no such bucket");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn copies_of_a_hub_share_a_bucket_and_a_database() {
    let moto = tokio::task::spawn_blocking(Moto::start).await.expect("a store");
    let (address, folder) = (shared().await.database().await, tempdir().expect("a folder"));
    let root = folder.path().join("data");
    let mut copies = Vec::new();
    for _ in 0..2 {
        let store = Arc::new(Postgres::open(&address, 4).await.expect("a database"));
        let blobs: Arc<dyn Blobs> = Arc::new(moto.bucket("s3://mail/hub", "31-main"));
        let own = tempdir().expect("a folder");
        copies.push(world_of(own, &root, ("31-main", ORIGIN), (Some(store), Some(blobs)), settings()));
    }
    let (one, other) = (&copies[0], &copies[1]);
    let (firm, incubator) = (one.joined(1, Role::Firm).await, other.joined(2, Role::Incubator).await);
    let small = new_id();
    one.from(&firm, message(small, incubator.org, &vec![1; 100_000])).await.is(201);
    let fetched = other.from(&incubator, ask("GET", format!("/v1/messages/{small}"))).await;
    assert_eq!(fetched.bytes, vec![1; 100_000], "what one took in the other gives out");

    let body: Vec<u8> = (0..1_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let id = new_id();
    let new = api::NewUpload { id, to: incubator.org, len: 1_000_000, sha256: Digest::of(&body) };
    let upload: api::Upload = one.from(&firm, ask("POST", "/v1/uploads").json(&new)).await.json(201);
    for (copy, from, to, status) in [(one, 0, 400_000, 200), (other, 400_000, 1_000_000, 201)] {
        let piece = ask("PATCH", format!("/v1/uploads/{}", upload.upload))
            .field("upload-offset", from.to_string())
            .bytes("application/octet-stream", &body[from..to]);
        copy.from(&firm, piece).await.is(status);
    }
    let part = ask("GET", format!("/v1/messages/{id}")).field("range", "bytes=399990-400009");
    assert_eq!(one.from(&incubator, part).await.bytes, body[399_990..400_010], "across pieces of both");
    let listing = moto.bucket("s3://mail/hub", "31-main");
    let now = SystemClock.seconds() + 60;
    assert_eq!(listing.written_before(now).await.expect("a list").len(), 3, "three blobs");
    sync(one, &incubator, None, vec![small, id]).await;
    assert!(listing.written_before(now).await.expect("a list").is_empty(), "acknowledged, none stays");
}

#[test]
fn takes_no_other_address() {
    for place in ["mail", "s3://", "s3:///hub", "https://mail/hub", "s3://mail/a//b"] {
        let refused = Bucket::at(place, &hub_id("31-main"), "http://127.0.0.1:1", "key", "secret")
            .expect_err("no bucket");
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{place}");
    }
}
