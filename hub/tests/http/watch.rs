//! What an operator sees: health, metrics, the folder.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use zizhi_hub::data::{Data, DataError};
use zizhi_sync::HubId;
use zizhi_sync::invitation::Role;

use crate::mail::{message, sync};
use crate::world::{ask, new_id, world};

#[tokio::test]
async fn answers_whether_it_lives_and_whether_it_can_write() {
    let world = world();
    world.send(&ask("GET", "/health")).await.is(204);
    world.send(&ask("GET", "/ready")).await.is(204);
}

#[tokio::test]
async fn counts_by_route_and_names_nobody() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    world.from(&firm, message(new_id(), firm.org, b"sealed")).await.is(201);
    sync(&world, &firm, None, Vec::new()).await;
    let path = format!("/v1/organisations/{}", firm.org.uscc());
    world.from(&firm, ask("GET", path)).await.is(200);
    let text = world.send(&ask("GET", "/metrics")).await.text();
    for line in [
        "zizhi_hub_requests_total{route=\"/v1/sync\",status=\"200\"} 1",
        "zizhi_hub_requests_total{route=\"/v1/organisations/{uscc}\",status=\"200\"} 1",
        "zizhi_hub_request_seconds_count{route=\"/v1/messages\"} 1",
        "zizhi_hub_outcomes_total{what=\"message\",became=\"new\"} 1",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert!(!text.contains(firm.org.uscc().as_str()), "no organisation is named");
}

#[test]
fn makes_a_key_that_only_its_owner_reads_and_keeps_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (id, other) = (HubId::parse("31-main").expect("an id"), HubId::parse("33-main").expect("an id"));
    assert!(matches!(Data::open(folder.path(), None), Err(DataError::NoId(_))), "a new hub needs an id");
    let first = Data::open(folder.path(), Some(&id)).expect("a new folder");
    let key = folder.path().join("hub.key");
    let mode = fs::metadata(&key).expect("a key").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "nobody else reads it");
    let again = Data::open(folder.path(), None).expect("it opens");
    assert_eq!(first.key.public(), again.key.public(), "the same key");
    assert!(
        matches!(Data::open(folder.path(), Some(&other)), Err(DataError::OtherHub { .. })),
        "one hub's folder"
    );
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("set");
    assert!(
        matches!(Data::open(folder.path(), None), Err(DataError::Open(_))),
        "a key that others read is refused"
    );
}
