//! Recovery: somebody with a stolen key pushed version numbers up; after the key was replaced the
//! true, lower numbers must count again.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{HEFEI, World, key, terms, uscc};
use zizhi_crypto::SigningKey;
use zizhi_trust::client::State;

const PUSHED: u64 = 1_000_000;

/// What a victim remembers after seeing pushed numbers, signed with the true keys.
fn victim(world: &World) -> State {
    let distributor = [&world.keys.distributor];
    let mut memory = world.memory();
    let snapshot = common::forge(&memory.bytes("snapshot"), &distributor, |signed| {
        signed["version"] = PUSHED.into();
    });
    memory.0.insert(format!("metadata/{PUSHED}.snapshot.json"), snapshot);
    memory.forge("timestamp", &distributor, |signed| {
        signed["version"] = PUSHED.into();
        signed["meta"]["snapshot.json"]["version"] = PUSHED.into();
    });
    let trust = memory.open(None).unwrap();
    assert_eq!(trust.basis().snapshot_version, PUSHED);
    trust.state().unwrap().clone()
}

#[test]
fn pushed_versions_shut_the_victim_out_until_the_key_is_replaced() {
    let mut world = World::new();
    let state = victim(&world);
    assert!(world.memory().open(Some(state.clone())).is_err(), "the true package looks like a rollback");

    let old = world.keys.distributor.public().clone();
    let new: SigningKey = key(33);
    world.repository.replace_distributor_key(&old, new.public()).unwrap();
    let mut keys = world.root_keys();
    keys.push(&new);
    world.repository.publish(&keys, &terms()).unwrap();

    let trust = world.memory().open(Some(state)).unwrap();
    assert!(trust.basis().timestamp_version < PUSHED);
    assert!(trust.basis().snapshot_version < PUSHED);
    assert!(trust.issuer(&uscc(HEFEI)).unwrap().is_some());
}

#[test]
fn a_rotation_of_other_keys_forgets_nothing() {
    let mut world = World::new();
    let state = victim(&world);
    let old = world.root_keys()[0].public().clone();
    let new = key(34);
    world.repository.replace_root_key(&old, new.public()).unwrap();
    let mut keys = world.keys.all();
    keys.push(&new);
    world.repository.publish(&keys, &terms()).unwrap();
    assert!(world.memory().open(Some(state)).is_err());
}

#[test]
fn a_pushed_targets_version_is_forgotten_with_the_snapshot_key() {
    let mut world = World::new();
    let mut memory = world.memory();
    let distributor = [&world.keys.distributor];
    // The distributor's thief cannot sign targets, but can claim any version of them, once the
    // provinces' thief has signed one.
    let targets = common::forge(&memory.bytes("targets"), &world.root_keys(), |signed| {
        signed["version"] = PUSHED.into();
    });
    memory.0.insert(format!("metadata/{PUSHED}.targets.json"), targets);
    memory
        .forge("snapshot", &distributor, |signed| signed["meta"]["targets.json"]["version"] = PUSHED.into());
    let state = memory.open(None).unwrap().state().unwrap().clone();

    let old = world.keys.distributor.public().clone();
    let new = key(35);
    world.repository.replace_distributor_key(&old, new.public()).unwrap();
    let mut keys = world.root_keys();
    keys.push(&new);
    world.repository.publish(&keys, &terms()).unwrap();
    let trust = world.memory().open(Some(state)).unwrap();
    assert!(trust.basis().targets_version < PUSHED);
}
