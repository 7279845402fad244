//! The keys of hubs in the register: who may name them, and how they change.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{HEFEI, SONGJIANG, SUZHOU, World, days, key, now, record, terms, uscc};
use zizhi_trust::{IssuerKey, IssuerRecord, KeyUse, Material};

const HUB: (&[KeyUse], Option<&str>) = (&[KeyUse::Hub], Some("31-main"));

fn kid(seed: u64) -> String {
    key(seed).public().key_id().as_str().to_owned()
}

/// The register with the hub's key from 100 days ago, and another since a day ago.
fn changed() -> World {
    let mut world = World::new();
    for (seed, at) in [(1, now() - days(100)), (2, now() - days(1))] {
        let new = key(seed).public().clone();
        world.repository.rotate_issuer_key("31", &uscc(SONGJIANG), new, HUB, at).unwrap();
    }
    world.repository.publish(&world.keys.all(), &terms()).unwrap();
    world
}

#[test]
fn the_register_names_a_hubs_keys_with_their_times() {
    let world = changed();
    let trust = world.memory().open(None).unwrap();
    let found = trust.hub_keys("31-main").unwrap();
    let shown: Vec<_> = found.iter().map(|key| (key.kid.clone(), key.valid_until)).collect();
    let ended = now() - days(1) - chrono::TimeDelta::seconds(1);
    assert_eq!(shown, [(kid(1), Some(ended)), (kid(2), None)], "the old one ended as the new one began");
    assert!(found.iter().all(|key| matches!(key.material, Material::Usable(_))), "both can be used");
    let register = trust.issuer(&uscc(SONGJIANG)).unwrap().unwrap();
    assert_eq!(register.keys[0].valid_until, None, "the organisation's own key goes on");
    for other in ["31-other", "33-main", "31", ""] {
        assert_eq!(trust.hub_keys(other), Ok(Vec::new()), "{other}: none is named");
    }
}

#[test]
fn only_its_own_province_names_a_hubs_keys() {
    let mut world = World::new();
    let foreign = (&[KeyUse::Hub][..], Some("31-main"));
    for (province, code) in [("34", HEFEI), ("32", SUZHOU)] {
        let new = key(7).public().clone();
        world.repository.rotate_issuer_key(province, &uscc(code), new, foreign, now() - days(9)).unwrap();
    }
    world.repository.publish(&world.keys.all(), &terms()).unwrap();
    let trust = world.memory().open(None).unwrap();
    assert_eq!(trust.hub_keys("31-main"), Ok(Vec::new()), "another province has no say");
}

#[test]
fn a_key_for_something_else_is_no_key_of_a_hub() {
    let mut world = World::new();
    let mut record = record(SONGJIANG, "310117", &key(100));
    let from = now() - days(9);
    record.keys.push(IssuerKey {
        hub: Some("31-main".to_owned()),
        ..IssuerKey::new(key(8).public().clone(), vec![KeyUse::Decision], from)
    });
    record.keys.push(IssuerKey::new(key(9).public().clone(), vec![KeyUse::Hub], from));
    world.repository.put_issuer("31", &record).unwrap();
    world.repository.publish(&world.keys.all(), &terms()).unwrap();
    let trust = world.memory().open(None).unwrap();
    assert_eq!(trust.hub_keys("31-main"), Ok(Vec::new()), "the use and the id are wanted both");
}

#[test]
fn a_record_keeps_the_hub_of_a_key_and_says_nothing_of_one_where_there_is_none() {
    let world = changed();
    let trust = world.memory().open(None).unwrap();
    let record = trust.issuer(&uscc(SONGJIANG)).unwrap().unwrap();
    let written = record.to_json().unwrap();
    assert_eq!(IssuerRecord::read(&written, "31", &uscc(SONGJIANG), 16).unwrap(), *record, "read as written");
    let text = String::from_utf8(common::record(HEFEI, "340104", &key(3)).to_json().unwrap()).unwrap();
    assert!(!text.contains("\"hub\""), "records of before stay as they were: {text}");
}
