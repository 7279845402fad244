//! What needs no signature: the card, the published tree (docs/hub.md §3).

use std::fs;

use zizhi_hub::public::{is_path, publish};
use zizhi_sync::Digest;
use zizhi_sync::api::{Code, PublicChanges, SyncAnswer, SyncRequest};
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

async fn changes(world: &World, since: Digest) -> (Digest, Option<Vec<String>>) {
    let answer = world.send(&ask("GET", format!("/v1/public/changes/{since}"))).await;
    let PublicChanges { state, lists } = answer.json(200);
    (state, lists)
}

fn lists(names: &[&str]) -> Option<Vec<String>> {
    Some(names.iter().map(ToString::to_string).collect())
}

#[tokio::test]
async fn tells_which_lists_changed_since_a_state() {
    let world = world();
    let nothing = Digest::of(b"");
    world.send(&ask("GET", format!("/v1/public/changes/{nothing}"))).await.refuses(Code::NotFound);
    let timestamp = ("metadata/timestamp.json", "1");
    tree(&world, &[timestamp, ("status/a.jwt", "1"), ("status/b/c.jwt", "1")]).unwrap();
    let (first, told) = changes(&world, nothing).await;
    assert_eq!(told, lists(&["a.jwt", "b/c.jwt"]), "all are new");
    assert_eq!(changes(&world, first).await, (first, lists(&[])), "nothing is new");

    tree(&world, &[timestamp, ("status/a.jwt", "2"), ("status/b/c.jwt", "1")]).unwrap();
    let (second, told) = changes(&world, first).await;
    assert_eq!(told, lists(&["a.jwt"]));
    tree(&world, &[timestamp, ("status/a.jwt", "2"), ("status/d.jwt", "1")]).unwrap();
    let (third, told) = changes(&world, first).await;
    assert_eq!(told, lists(&["a.jwt", "d.jwt"]), "of both days, and nothing of what is gone");
    assert_eq!(changes(&world, second).await, (third, lists(&["d.jwt"])));
    // As it was before: the last time counts.
    tree(&world, &[timestamp, ("status/a.jwt", "2"), ("status/b/c.jwt", "1")]).unwrap();
    assert_eq!(changes(&world, third).await, (second, lists(&["b/c.jwt"])));
    assert_eq!(changes(&world, second).await, (second, lists(&[])));
    assert_eq!(
        changes(&world, Digest::of(b"other")).await,
        (second, lists(&["a.jwt", "b/c.jwt"])),
        "not known: any may have changed, and any may be new"
    );
    world.send(&ask("GET", "/v1/public/changes/x")).await.refuses(Code::RequestInvalid);
}

#[tokio::test]
async fn says_nothing_of_changes_that_it_cannot_know() {
    let world = world();
    let public = world.data.public();
    let timestamp = ("metadata/timestamp.json", "1");
    tree(&world, &[timestamp, ("status/a.jwt", "1")]).unwrap();
    let (first, _) = changes(&world, Digest::of(b"")).await;

    // A list came into the tree in another way, as when publishing was cut short.
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(public.join("status/b.jwt"), "1").unwrap();
    world.send(&ask("GET", format!("/v1/public/changes/{first}"))).await.refuses(Code::NotFound);
    // Published again, what came in between is in no state that anybody was told of.
    tree(&world, &[timestamp, ("status/a.jwt", "1"), ("status/b.jwt", "2")]).unwrap();
    let (second, told) = changes(&world, first).await;
    assert_eq!(told, lists(&["a.jwt", "b.jwt"]));
    assert_eq!(changes(&world, second).await, (second, lists(&[])));

    // A record that is damaged is begun anew by the next tree.
    fs::write(public.join(".changes"), "nonsense").unwrap();
    world.send(&ask("GET", format!("/v1/public/changes/{second}"))).await.refuses(Code::NotFound);
    tree(&world, &[timestamp, ("status/a.jwt", "1"), ("status/b.jwt", "2")]).unwrap();
    assert_eq!(changes(&world, second).await, (second, lists(&[])));
}
