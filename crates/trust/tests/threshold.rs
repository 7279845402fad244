//! Attack: too few keys, counted as enough.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod common;

use common::{Memory, World, assemble, canonical_value, key, key_id, problems, signature, signed, tuf_key};
use serde_json::{Value, json};
use zizhi_crypto::{SigningKey, digest};
use zizhi_model::CheckCode;
use zizhi_trust::{RoleDefect, TrustError};

fn below(memory: &Memory, role: &str, valid: usize) {
    let error = memory.open(None).unwrap_err();
    assert_eq!((error.code(), error.role()), (CheckCode::TrustInvalid, role), "{error}");
    let TrustError::Invalid { defect, .. } = &error else { panic!("{error}") };
    assert_eq!(*defect, RoleDefect::Threshold { valid, needed: 3 }, "{error}");
}

/// Signs `role` as it stands with whatever signatures are given for its canonical form.
fn sign_with(memory: &mut Memory, role: &str, signatures: impl Fn(&[u8]) -> Vec<Value>) {
    let path = memory.path(role);
    let body = canonical_value(&signed(&memory.0[&path]));
    let file = assemble(&signatures(&body), &body);
    memory.0.insert(path, file);
}

#[test]
fn three_of_four_provinces_suffice_for_root_and_targets() {
    let world = World::new();
    let mut memory = world.memory();
    memory.forge("root", &world.root_keys()[1..], |_| {});
    memory.forge("targets", &world.root_keys()[..3], |_| {});
    assert!(memory.open(None).is_ok());
}

#[test]
fn two_of_four_provinces_do_not() {
    let world = World::new();
    for role in ["root", "targets"] {
        let mut memory = world.memory();
        memory.forge(role, &world.root_keys()[..2], |_| {});
        below(&memory, role, 2);
    }
}

#[test]
fn no_signature_at_all_is_below_every_threshold() {
    let world = World::new();
    let mut memory = world.memory();
    memory.forge("targets", &[], |_| {});
    below(&memory, "targets", 0);
}

#[test]
fn keys_of_another_role_do_not_count() {
    let world = World::new();
    let mut memory = world.memory();
    let mut keys = world.root_keys()[..2].to_vec();
    keys.push(&world.keys.distributor);
    keys.push(world.province_key("31"));
    memory.forge("targets", &keys, |_| {});
    below(&memory, "targets", 2);
}

#[test]
fn one_key_signing_twice_under_its_id_is_refused() {
    let world = World::new();
    let mut memory = world.memory();
    let [one, two, ..] = world.root_keys()[..] else { panic!() };
    sign_with(&mut memory, "targets", |body| {
        let of = |key: &SigningKey| signature(&key_id(key.public()), key, body);
        vec![of(one), of(two), of(two)]
    });
    let error = memory.open(None).unwrap_err();
    let TrustError::Invalid { defect: RoleDefect::Malformed(reason), .. } = error else { panic!("{error}") };
    assert_eq!(reason, "two signatures with one key id");
}

#[test]
fn one_key_under_two_ids_counts_once() {
    let world = World::new();
    let mut memory = world.memory();
    let [one, two, ..] = world.root_keys()[..] else { panic!() };
    // A member that means nothing gives the same key another, correct id.
    let mut twin = tuf_key(two.public());
    twin["note"] = "twin".into();
    let twin_id = digest::hex(&digest::sha256(&canonical_value(&twin)));
    memory.forge("root", &world.root_keys(), |signed| {
        signed["keys"][&twin_id] = twin;
        signed["roles"]["targets"]["keyids"].as_array_mut().unwrap().push(twin_id.clone().into());
    });
    sign_with(&mut memory, "targets", |body| {
        let of = |key: &SigningKey| signature(&key_id(key.public()), key, body);
        vec![of(one), of(two), signature(&twin_id, two, body)]
    });
    below(&memory, "targets", 2);
}

#[test]
fn a_key_counts_under_whatever_id_the_root_gives_it_and_once() {
    let world = World::new();
    let [one, two, ..] = world.root_keys()[..] else { panic!() };
    let extra = key(777);
    for (second, enough) in [(&extra, true), (two, false)] {
        let mut memory = world.memory();
        memory.forge("root", &world.root_keys(), |signed| {
            signed["keys"]["zhejiang"] = tuf_key(second.public());
            signed["roles"]["targets"]["keyids"].as_array_mut().unwrap().push("zhejiang".into());
        });
        sign_with(&mut memory, "targets", |body| {
            let of = |key: &SigningKey| signature(&key_id(key.public()), key, body);
            vec![of(one), of(two), signature("zhejiang", second, body)]
        });
        if enough {
            assert!(memory.open(None).is_ok(), "three keys, one of them under a name of its own");
        } else {
            below(&memory, "targets", 2);
        }
    }
}

#[test]
fn an_id_that_the_root_does_not_list_counts_for_nothing() {
    let world = World::new();
    let mut memory = world.memory();
    let [one, two, three, ..] = world.root_keys()[..] else { panic!() };
    sign_with(&mut memory, "targets", |body| {
        let of = |key: &SigningKey| signature(&key_id(key.public()), key, body);
        vec![of(one), of(two), signature("zhejiang", three, body)]
    });
    below(&memory, "targets", 2);
}

#[test]
fn a_small_order_key_signs_for_nobody() {
    let world = World::new();
    let mut memory = world.memory();
    // The identity point: under it one signature verifies for many messages.
    let weak = json!({ "keytype": "ed25519", "scheme": "ed25519",
        "keyval": { "public": format!("01{}", "00".repeat(31)) } });
    let weak_id = digest::hex(&digest::sha256(&canonical_value(&weak)));
    memory.forge("root", &world.root_keys(), |signed| {
        signed["keys"][&weak_id] = weak;
        signed["roles"]["targets"]["keyids"].as_array_mut().unwrap().push(weak_id.clone().into());
    });
    let [one, two, ..] = world.root_keys()[..] else { panic!() };
    sign_with(&mut memory, "targets", |body| {
        let of = |key: &SigningKey| signature(&key_id(key.public()), key, body);
        let forged = json!({ "keyid": weak_id, "sig": format!("01{}", "00".repeat(63)) });
        vec![of(one), of(two), forged]
    });
    below(&memory, "targets", 2);
}

#[test]
fn a_wrong_signature_spoils_nothing_where_enough_are_right() {
    let world = World::new();
    let mut memory = world.memory();
    let keys = world.root_keys();
    for wrong in ["", "no hexadecimal", "00", &"11".repeat(64)] {
        sign_with(&mut memory, "targets", |body| {
            let mut all = vec![json!({ "keyid": key_id(keys[0].public()), "sig": wrong })];
            all.extend(keys[1..].iter().map(|key| signature(&key_id(key.public()), key, body)));
            all
        });
        assert!(memory.open(None).is_ok(), "{wrong:?}");
    }
}

#[test]
fn a_signature_over_other_bytes_does_not_count() {
    let world = World::new();
    let mut memory = world.memory();
    let path = memory.path("targets");
    let text = String::from_utf8(memory.0[&path].clone()).unwrap();
    memory.0.insert(path, text.replace("\"terminating\":true", "\"terminating\":false").into_bytes());
    below(&memory, "targets", 0);
}

#[test]
fn a_threshold_of_zero_or_one_that_nobody_can_reach_lets_nothing_in() {
    let world = World::new();
    for (threshold, verdict) in [(0, "malformed: a threshold of 0"), (5, "signed by 4 of 5 keys")] {
        let mut memory = world.memory();
        memory.forge("root", &world.root_keys(), |signed| {
            signed["roles"]["root"]["threshold"] = threshold.into();
        });
        let TrustError::Invalid { defect, .. } = memory.open(None).unwrap_err() else { panic!() };
        assert_eq!(defect.to_string(), verdict);
    }
}

#[test]
fn a_province_needs_its_own_key() {
    let world = World::new();
    for signer in [world.province_key("31"), world.root_keys()[3], &world.keys.distributor] {
        let mut memory = world.memory();
        memory.forge("34", &[signer], |_| {});
        assert_eq!(problems(&memory.open(None).unwrap()), [(CheckCode::TrustRole, "34")]);
    }
}

#[test]
fn metadata_with_members_nobody_knows_is_signed_with_them() {
    let world = World::new();
    let mut memory = world.memory();
    memory.forge("root", &world.root_keys(), |signed| {
        signed["x-note"] = json!({ "多": ["成员", 1, null, true] });
        signed["roles"]["root"]["x-note"] = "…".into();
    });
    assert!(memory.open(None).is_ok());
    let path = memory.path("root");
    let text = String::from_utf8(memory.0[&path].clone()).unwrap();
    memory.0.insert(path, text.replace("成员", "成").into_bytes());
    below(&memory, "root", 0);
}

#[test]
fn metadata_that_two_readers_could_read_differently_is_refused() {
    let world = World::new();
    for (from, to) in [
        ("\"version\":2", "\"version\":2,\"version\":3"),
        ("\"version\":2", "\"version\":2.0"),
        ("\"version\":2", "\"version\":2e0"),
        ("\"_type\":\"targets\"", "\"_type\":\"targets\",\"\u{41}\u{30a}\":1"),
    ] {
        let mut memory = world.memory();
        let path = memory.path("targets");
        let text = String::from_utf8(memory.0[&path].clone()).unwrap();
        assert!(text.contains(from));
        memory.0.insert(path, text.replacen(from, to, 1).into_bytes());
        let TrustError::Invalid { defect, .. } = memory.open(None).unwrap_err() else { panic!() };
        assert!(matches!(defect, RoleDefect::Json(_)), "{to}: {defect}");
    }
}
