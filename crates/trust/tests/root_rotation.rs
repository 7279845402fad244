//! Root keys change hands; attack: a root that the old keys did not agree to, or an old root again.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::sync::Arc;

use common::{HEFEI, Memory, World, forge, key, key_id, terms, tuf_key, uscc};
use zizhi_crypto::SigningKey;
use zizhi_model::CheckCode;
use zizhi_trust::authoring::AuthoringError;
use zizhi_trust::{RoleDefect, Trust, TrustError};

/// A second root in which the key of province 34 is `new`, signed by `signers`.
fn with_second_root(world: &World, new: &SigningKey, signers: &[&SigningKey]) -> Memory {
    let mut memory = world.memory();
    let old_id = key_id(world.root_keys()[3].public());
    let second = forge(&memory.bytes("root"), signers, |signed| {
        signed["version"] = 2.into();
        signed["keys"].as_object_mut().unwrap().remove(&old_id);
        signed["keys"][&key_id(new.public())] = tuf_key(new.public());
        for role in ["root", "targets"] {
            for id in signed["roles"][role]["keyids"].as_array_mut().unwrap() {
                if *id == old_id.as_str() {
                    *id = key_id(new.public()).into();
                }
            }
        }
    });
    memory.0.insert("metadata/2.root.json".to_owned(), second);
    memory
}

#[test]
fn a_new_root_needs_a_threshold_of_the_old_keys_and_of_the_new() {
    let world = World::new();
    let new = key(50);
    let old = world.root_keys();
    let cases: [(&[&SigningKey], Option<usize>); 5] = [
        // Three that both roots list.
        (&[old[0], old[1], old[2]], None),
        // Three of the old; only two of them are in the new.
        (&[old[0], old[1], old[3]], Some(2)),
        // Three of the new; only two of them were in the old.
        (&[old[0], old[1], &new], Some(2)),
        // Three of each.
        (&[old[0], old[1], old[3], &new], None),
        (&[&new], Some(0)),
    ];
    for (index, (signers, refused)) in cases.into_iter().enumerate() {
        let opened = with_second_root(&world, &new, signers).open(None);
        match refused {
            None => assert_eq!(opened.unwrap().basis().root_version, 2, "case {index}"),
            Some(valid) => {
                let defect = RoleDefect::Threshold { valid, needed: 3 };
                assert_eq!(opened.unwrap_err(), TrustError::Invalid { role: "root", defect }, "case {index}");
            }
        }
    }
}

#[test]
fn a_root_cannot_skip_or_repeat_a_version() {
    let world = World::new();
    for version in [1, 3, 0] {
        let mut memory = world.memory();
        let second = forge(&memory.bytes("root"), &world.root_keys(), |signed| {
            signed["version"] = version.into();
        });
        memory.0.insert("metadata/2.root.json".to_owned(), second);
        let error = memory.open(None).unwrap_err();
        assert_eq!((error.code(), error.role()), (CheckCode::TrustInvalid, "root"), "{version}: {error}");
    }
}

#[test]
fn a_chain_of_roots_is_walked_to_its_end() {
    let mut world = World::new();
    let mut signers: Vec<SigningKey> = Vec::new();
    for seed in 0..5 {
        let new = key(60 + seed);
        let old = signers.last().map_or(world.root_keys()[0].public(), |last| last.public()).clone();
        world.repository.replace_root_key(&old, new.public()).unwrap();
        signers.push(new);
        let mut keys = world.keys.all();
        keys.extend(&signers);
        world.repository.publish(&keys, &terms()).unwrap();
    }
    let trust = world.memory().open(None).unwrap();
    let basis = trust.basis();
    assert_eq!(basis.root_version, 6);
    assert_eq!(basis.pinned.as_ref().unwrap().version, 1, "the report says where the chain starts");
    assert_ne!(basis.pinned.as_ref().unwrap().sha256, basis.root_sha256);
    assert!(trust.issuer(&uscc(HEFEI)).unwrap().is_some());
}

#[test]
fn a_missing_link_stops_the_chain_and_what_the_later_keys_signed_is_refused() {
    let mut world = World::new();
    let (one, two) = (key(70), key(71));
    let distributor = world.keys.distributor.public().clone();
    world.repository.replace_distributor_key(&distributor, one.public()).unwrap();
    let mut keys = world.root_keys();
    keys.extend([&one]);
    world.repository.publish(&keys, &terms()).unwrap();
    world.repository.replace_distributor_key(one.public(), two.public()).unwrap();
    let mut keys = world.root_keys();
    keys.extend([&two]);
    world.repository.publish(&keys, &terms()).unwrap();

    let whole = world.memory();
    assert_eq!(whole.open(None).unwrap().basis().root_version, 3);
    let mut torn = whole;
    torn.0.remove("metadata/2.root.json");
    let error = torn.open(None).unwrap_err();
    assert_eq!(error.role(), "timestamp", "{error}");
}

#[test]
fn the_root_that_was_shipped_does_not_undo_a_rotation() {
    let mut world = World::new();
    let before = world.memory();
    let shipped = before.bytes("root");
    let new = key(80);
    let old = world.keys.distributor.public().clone();
    world.repository.replace_distributor_key(&old, new.public()).unwrap();
    let mut keys = world.root_keys();
    keys.push(&new);
    world.repository.publish(&keys, &terms()).unwrap();
    let state = world.memory().open(None).unwrap().state().unwrap().clone();
    assert_eq!(state.pinned.version, 1);

    // The old package again, as whoever stole the old distributor key would sign it, beside the root
    // that came with the program.
    let mut stolen = before;
    stolen.forge("timestamp", &[&world.keys.distributor], |signed| signed["version"] = 99.into());
    let error = Trust::open(Arc::new(stolen), Some(&shipped), Some(state), common::now()).unwrap_err();
    assert_eq!(error.code(), CheckCode::TrustInvalid, "{error}");
    assert_eq!(error.role(), "timestamp", "the rotated key no longer counts: {error}");
}

#[test]
fn a_newer_program_may_ship_a_newer_root() {
    let mut world = World::new();
    let state = world.memory().open(None).unwrap().state().unwrap().clone();
    let new = key(81);
    let old = world.root_keys()[0].public().clone();
    world.repository.replace_root_key(&old, new.public()).unwrap();
    let mut keys = world.keys.all();
    keys.push(&new);
    world.repository.publish(&keys, &terms()).unwrap();
    let memory = world.memory();
    let shipped = memory.bytes("root");
    let trust = Trust::open(Arc::new(memory), Some(&shipped), Some(state), common::now()).unwrap();
    assert_eq!(trust.basis().pinned.as_ref().unwrap().version, 2);
}

#[test]
fn another_pin_refuses_the_whole_package() {
    let world = World::new();
    let mut other = common::World::new();
    let new = key(82);
    let old = other.root_keys()[0].public().clone();
    other.repository.replace_root_key(&old, new.public()).unwrap();
    let strangers =
        zizhi_trust::authoring::Keys::generate(&["31", "32", "33", "34"], &mut common::Fixed(9)).unwrap();
    let foreign = zizhi_trust::authoring::Repository::init(&strangers, &terms()).unwrap();
    let pin = Memory::of(&foreign).bytes("root");
    let error = Trust::open(Arc::new(world.memory()), Some(&pin), None, common::now()).unwrap_err();
    assert_eq!(error.code(), CheckCode::TrustInvalid, "{error}");
}

#[test]
fn without_a_pin_the_lowest_root_of_the_package_is_pinned_and_named() {
    let world = World::new();
    let memory = world.memory();
    let trust = memory.open(None).unwrap();
    let pinned = trust.basis().pinned.clone().unwrap();
    assert_eq!(pinned.version, 1);
    assert_eq!(pinned.sha256, zizhi_crypto::digest::sha256(&memory.0["metadata/1.root.json"]));
}

#[test]
fn without_any_root_trust_is_missing() {
    let mut memory = World::new().memory();
    memory.0.remove("metadata/1.root.json");
    let error = memory.open(None).unwrap_err();
    assert_eq!(error.code(), CheckCode::TrustMissing);
    let trust = Trust::unusable(&error);
    assert_eq!(common::problems(&trust), [(CheckCode::TrustMissing, "root")]);
    assert_eq!(trust.issuer(&uscc(HEFEI)), Ok(None));
}

#[test]
fn a_root_of_another_specification_is_refused() {
    let world = World::new();
    for (version, holds) in [("1.0.0", true), ("1.9", true), ("2.0.0", false), ("10.0", false), ("", false)] {
        let mut memory = world.memory();
        memory.forge("root", &world.root_keys(), |signed| signed["spec_version"] = version.into());
        assert_eq!(memory.open(None).is_ok(), holds, "{version:?}");
    }
}

#[test]
fn an_author_cannot_publish_a_root_without_the_old_keys() {
    let mut world = World::new();
    let new = [key(90), key(91)];
    for (index, new) in new.iter().enumerate() {
        let old = world.root_keys()[index].public().clone();
        world.repository.replace_root_key(&old, new.public()).unwrap();
    }
    let mut keys = world.root_keys();
    keys.drain(..2);
    keys.extend(&new);
    keys.push(&world.keys.distributor);
    let error = world.repository.clone().publish(&keys, &terms()).unwrap_err();
    assert!(matches!(error, AuthoringError::Threshold { have: 2, need: 3, .. }), "{error}");
}
