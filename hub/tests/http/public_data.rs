//! What needs no signature: the card, the published tree (docs/hub.md §3).

use std::fs;

use zizhi_hub::public::{is_path, publish};
use zizhi_sync::api::{Code, SyncAnswer, SyncRequest};
use zizhi_sync::hub_card::introduce;
use zizhi_sync::invitation::Role;

use crate::world::{NOW, World, ask, limits, world};

fn tree(world: &World, files: &[(&str, &str)]) -> std::io::Result<usize> {
    let folder = world.folder().join("tree");
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    publish(&folder, &world.data.public())
}

#[tokio::test]
async fn shows_a_card_that_the_hub_signed() {
    let world = world();
    let answer = world.send(&ask("GET", "/v1/hub")).await;
    answer.is(200);
    let card = introduce(&answer.text(), &limits()).expect("a card").into_payload();
    assert_eq!((card.hub.as_str(), card.epoch, card.time), ("31-main", 1, NOW), "who, in which epoch, when");
    assert_eq!(&card.key, world.data.key.public(), "with its key");
}

#[tokio::test]
async fn gives_files_with_their_digest_and_says_what_changes() {
    let world = world();
    tree(&world, &[("metadata/timestamp.json", "1"), ("metadata/3.root.json", "r"), ("status/a/b.jwt", "s")])
        .unwrap();
    let timestamp = world.send(&ask("GET", "/v1/public/metadata/timestamp.json")).await;
    timestamp.is(200);
    assert_eq!(timestamp.headers["cache-control"], "no-cache", "it changes");
    let etag = timestamp.headers["etag"].to_str().expect("text").to_owned();
    let again =
        world.send(&ask("GET", "/v1/public/metadata/timestamp.json").field("if-none-match", &etag)).await;
    again.is(304);
    assert!(again.bytes.is_empty(), "nothing but that");
    let root = world.send(&ask("GET", "/v1/public/metadata/3.root.json")).await;
    assert_eq!(root.headers["cache-control"], "max-age=31536000, immutable", "it never changes");
    let status = world.send(&ask("GET", "/v1/public/status/a/b.jwt")).await;
    assert_eq!(
        (status.text().as_str(), status.headers["cache-control"].to_str().unwrap()),
        ("s", "no-cache"),
        "it changes"
    );
    let firm = world.joined(1, Role::Firm).await;
    let round = |public: Option<String>| {
        ask("POST", "/v1/sync").json(&SyncRequest { cursor: None, acks: vec![], public })
    };
    let new: SyncAnswer = world.from(&firm, round(None)).await.json(200);
    assert_eq!(new.public.as_deref(), Some(etag.as_str()), "the round tells of it");
    let known: SyncAnswer = world.from(&firm, round(Some(etag))).await.json(200);
    assert_eq!(known.public, None, "and not again");
}

#[tokio::test]
async fn gives_nothing_outside_the_tree() {
    let world = world();
    tree(&world, &[("metadata/timestamp.json", "1")]).unwrap();
    for path in [
        "../hub.key",
        "metadata/../../hub.key",
        "metadata/%2e%2e/%2e%2e/hub.key",
        "metadata/..%2f..%2fhub.key",
        "/etc/passwd",
        "metadata",
        "metadata/",
        "metadata//timestamp.json",
        "other/x",
        "metadata/.hidden",
        "metadata/none.json",
    ] {
        world.send(&ask("GET", format!("/v1/public/{path}"))).await.refuses(Code::NotFound);
    }
    assert!(
        !is_path("metadata/a\\b") && !is_path("metadata/a\0b") && !is_path("metadata/名"),
        "nor other names"
    );
}

#[tokio::test]
async fn replaces_the_tree_and_removes_what_the_new_one_lacks() {
    let world = world();
    tree(&world, &[("metadata/timestamp.json", "1"), ("targets/old.json", "o")]).unwrap();
    let count = tree(&world, &[("metadata/timestamp.json", "2"), ("targets/new.json", "n")]).unwrap();
    assert_eq!(count, 2, "two files");
    assert_eq!(
        world.send(&ask("GET", "/v1/public/metadata/timestamp.json")).await.text(),
        "2",
        "the new one"
    );
    assert_eq!(world.send(&ask("GET", "/v1/public/targets/new.json")).await.text(), "n", "and what it names");
    world.send(&ask("GET", "/v1/public/targets/old.json")).await.refuses(Code::NotFound);
    assert!(tree(&world, &[("targets/new.json", "n")]).is_err(), "a tree without a timestamp is none");
    assert!(
        tree(&world, &[("metadata/timestamp.json", "3"), ("targets/名.json", "n")]).is_err(),
        "nor odd names"
    );
    assert_eq!(
        world.send(&ask("GET", "/v1/public/metadata/timestamp.json")).await.text(),
        "2",
        "what stood stands"
    );
}

#[tokio::test]
async fn has_nothing_below_a_file_nor_at_a_name_that_is_none() {
    let world = world();
    tree(&world, &[("metadata/timestamp.json", "1")]).unwrap();
    for path in ["metadata", "metadata/timestamp.json/x", &format!("metadata/{}", "x".repeat(300))] {
        world.send(&ask("GET", format!("/v1/public/{path}"))).await.refuses(Code::NotFound);
    }
    // Not UTF-8 once it is decoded.
    world.send(&ask("GET", "/v1/public/metadata/%ff")).await.refuses(Code::RequestInvalid);
}
