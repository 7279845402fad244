//! Attack: an old package, properly signed, is offered to somebody who has seen a newer one.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{HEFEI, Memory, World, now, terms, uscc};
use zizhi_model::CheckCode;
use zizhi_trust::TrustError;
use zizhi_trust::client::State;

/// A package, and the state of somebody who has already opened the next one.
fn old_and_state() -> (World, Memory, State) {
    let mut world = World::new();
    let old = world.memory();
    world.renew(&terms());
    let state = world.memory().open(None).unwrap().state().unwrap().clone();
    (world, old, state)
}

fn refused(memory: &Memory, state: &State, role: &str) {
    let error = memory.open(Some(state.clone())).unwrap_err();
    assert_eq!(error.code(), CheckCode::TrustRollback, "{error}");
    assert_eq!(error.role(), role, "{error}");
}

#[test]
fn an_older_package_is_refused_as_a_rollback() {
    let (_, old, state) = old_and_state();
    refused(&old, &state, "timestamp");
}

#[test]
fn the_same_package_again_is_no_rollback() {
    let (world, _, state) = old_and_state();
    let again = world.memory().open(Some(state.clone())).unwrap();
    assert_eq!(again.state(), Some(&state), "nothing new was learnt");
}

#[test]
fn a_refused_package_leaves_what_was_trusted_in_use() {
    let (world, old, state) = old_and_state();
    refused(&old, &state, "timestamp");
    let trust = world.memory().open(Some(state)).unwrap();
    assert!(trust.issuer(&uscc(HEFEI)).unwrap().is_some());
}

#[test]
fn a_new_timestamp_cannot_point_to_an_older_snapshot() {
    let (world, old, state) = old_and_state();
    let mut memory = world.memory();
    memory.0.insert(old.path("snapshot"), old.bytes("snapshot"));
    let older = common::signed(&old.bytes("snapshot"))["version"].clone();
    memory.forge("timestamp", &[&world.keys.distributor], |signed| {
        signed["version"] = 99.into();
        signed["meta"]["snapshot.json"]["version"] = older;
    });
    refused(&memory, &state, "snapshot");
}

/// A newer timestamp and snapshot, which only the distributor signs, with older data underneath.
fn snapshot_with(role: &str, version: Option<u64>) {
    let (world, old, state) = old_and_state();
    let mut memory = world.memory();
    memory.0.insert(old.path(role), old.bytes(role));
    let forged = common::forge(&memory.bytes("snapshot"), &[&world.keys.distributor], |signed| {
        signed["version"] = 99.into();
        let meta = signed["meta"].as_object_mut().unwrap();
        match version {
            Some(version) => meta[&format!("{role}.json")]["version"] = version.into(),
            None => drop(meta.remove(&format!("{role}.json"))),
        }
    });
    memory.0.insert("metadata/99.snapshot.json".to_owned(), forged);
    memory.forge("timestamp", &[&world.keys.distributor], |signed| {
        signed["version"] = 99.into();
        signed["meta"]["snapshot.json"]["version"] = 99.into();
    });
    refused(&memory, &state, role);
}

#[test]
fn a_new_snapshot_cannot_list_older_targets() {
    snapshot_with("targets", Some(1));
}

#[test]
fn a_new_snapshot_cannot_list_an_older_province() {
    snapshot_with("34", Some(1));
}

#[test]
fn a_new_snapshot_cannot_drop_a_province() {
    snapshot_with("34", None);
}

#[test]
fn the_first_package_of_all_cannot_be_a_rollback() {
    let (_, old, _) = old_and_state();
    assert!(old.open(None).is_ok());
}

#[test]
fn a_timestamp_of_the_same_version_with_other_content_is_passed_over() {
    let (world, _, state) = old_and_state();
    let mut memory = world.memory();
    memory.forge("timestamp", &[&world.keys.distributor], |signed| {
        signed["meta"]["snapshot.json"]["version"] = 100.into();
    });
    let trust = memory.open(Some(state.clone())).unwrap();
    assert_eq!(trust.state(), Some(&state), "the timestamp that was trusted goes on counting");
}

#[test]
fn what_has_expired_still_protects_against_rollback() {
    let (_, old, state) = old_and_state();
    let much_later = now() + common::days(400);
    let error = old.open_at(Some(state), much_later).unwrap_err();
    assert!(matches!(error, TrustError::Rollback { .. }), "{error}");
}
