//! Attack: files that were each signed, but never belonged together.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{HEFEI, Memory, World, problems, terms, uscc};
use zizhi_model::CheckCode;
use zizhi_trust::{ProvinceState, TargetError, TrustError};

fn invalid(memory: &Memory, role: &str) {
    let error = memory.open(None).unwrap_err();
    assert!(matches!(error, TrustError::Invalid { .. }), "{error}");
    assert_eq!((error.code(), error.role()), (CheckCode::TrustInvalid, role), "{error}");
}

/// A repository and its files one publishing earlier.
fn two() -> (World, Memory, Memory) {
    let mut world = World::new();
    let before = world.memory();
    world.renew(&terms());
    let after = world.memory();
    (world, before, after)
}

#[test]
fn an_older_snapshot_under_the_promised_name_is_refused() {
    let (_, before, mut after) = two();
    after.0.insert(after.path("snapshot"), before.bytes("snapshot"));
    invalid(&after, "snapshot");
}

#[test]
fn older_targets_under_the_promised_name_are_refused() {
    let (_, before, mut after) = two();
    after.0.insert(after.path("targets"), before.bytes("targets"));
    invalid(&after, "targets");
}

#[test]
fn an_older_province_under_the_promised_name_disables_it() {
    let (_, before, mut after) = two();
    after.0.insert(after.path("34"), before.bytes("34"));
    let trust = after.open(None).unwrap();
    assert_eq!(problems(&trust), [(CheckCode::TrustRole, "34")]);
    assert!(matches!(trust.province_state("34"), ProvinceState::Disabled { .. }));
}

#[test]
fn a_province_in_the_place_of_another_disables_that_one() {
    let (_, _, mut after) = two();
    after.0.insert(after.path("34"), after.bytes("33"));
    assert_eq!(problems(&after.open(None).unwrap()), [(CheckCode::TrustRole, "34")]);
}

#[test]
fn one_role_in_the_place_of_another_is_refused_although_one_key_signs_both() {
    let (world, _, mut after) = two();
    after.0.insert("metadata/timestamp.json".to_owned(), after.bytes("snapshot"));
    invalid(&after, "timestamp");
    // Even if it has everything that a timestamp has.
    let (_, _, mut after) = two();
    after.forge("timestamp", &[&world.keys.distributor], |signed| signed["_type"] = "snapshot".into());
    invalid(&after, "timestamp");
}

#[test]
fn digest_and_length_count_where_the_repository_gives_them() {
    let (world, _, mut after) = two();
    let bytes = after.bytes("snapshot");
    let sha256 = zizhi_crypto::digest::hex(&zizhi_crypto::digest::sha256(&bytes));
    let distributor = [&world.keys.distributor];
    after.forge("timestamp", &distributor, |signed| {
        let file = &mut signed["meta"]["snapshot.json"];
        file["length"] = bytes.len().into();
        file["hashes"] = serde_json::json!({ "sha256": sha256 });
    });
    assert!(after.open(None).is_ok());
    let mut shorter = after.clone();
    shorter.forge("timestamp", &distributor, |signed| {
        signed["meta"]["snapshot.json"]["length"] = (bytes.len() - 1).into();
    });
    invalid(&shorter, "snapshot");
    after.forge("timestamp", &distributor, |signed| {
        signed["meta"]["snapshot.json"]["hashes"]["sha256"] = "0".repeat(64).into();
    });
    invalid(&after, "snapshot");
}

#[test]
fn a_digest_that_cannot_be_checked_proves_nothing() {
    let (world, _, mut after) = two();
    after.forge("timestamp", &[&world.keys.distributor], |signed| {
        signed["meta"]["snapshot.json"]["hashes"] = serde_json::json!({ "whirlpool": "00" });
    });
    invalid(&after, "snapshot");
}

#[test]
fn a_record_with_other_bytes_is_refused_alone() {
    let (_, _, mut after) = two();
    let path = after.0.keys().find(|path| path.contains(HEFEI)).unwrap().clone();
    let text = String::from_utf8(after.0[&path].clone()).unwrap();
    after.0.insert(path, text.replace("国家", "囯家").into_bytes());
    let trust = after.open(None).unwrap();
    assert!(problems(&trust).is_empty(), "records are not read at opening");
    let error = trust.issuer(&uscc(HEFEI)).unwrap_err();
    assert!(matches!(error, TargetError::Mismatch { .. }), "{error}");
    assert!(trust.issuer(&uscc(common::SUZHOU)).unwrap().is_some());
}

#[test]
fn a_record_that_is_listed_and_not_there_is_not_an_unknown_issuer() {
    let (_, _, mut after) = two();
    after.0.retain(|path, _| !path.contains(HEFEI));
    let error = after.open(None).unwrap().issuer(&uscc(HEFEI)).unwrap_err();
    assert!(matches!(error, TargetError::Missing { .. }), "{error}");
}
