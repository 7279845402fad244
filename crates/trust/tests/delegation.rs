//! What one province may say, and what its failure may cost the others.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod common;

use common::{HEFEI, Memory, SONGJIANG, SUZHOU, World, YUHANG, key, key_id, problems, record, tuf_key, uscc};
use serde_json::json;
use zizhi_crypto::digest;
use zizhi_model::CheckCode;
use zizhi_trust::client::{Options, Round, Search, State, refresh};
use zizhi_trust::{ProvinceState, RecordError, TargetError, TrustLimits};

/// Lists `path` with `bytes` in the role of a province, signed by that province.
fn list(memory: &mut Memory, world: &World, province: &str, path: &str, bytes: &[u8]) {
    let hash = digest::hex(&digest::sha256(bytes));
    memory.forge(province, &[world.province_key(province)], |signed| {
        signed["targets"][path] = json!({ "length": bytes.len(), "hashes": { "sha256": hash } });
    });
    let (folder, file) = path.rsplit_once('/').unwrap();
    memory.0.insert(format!("targets/{folder}/{hash}.{file}"), bytes.to_vec());
}

#[test]
fn a_province_cannot_speak_for_another() {
    let world = World::new();
    let mut memory = world.memory();
    let forged = record(HEFEI, "340104", &key(666)).to_json().unwrap();
    list(&mut memory, &world, "31", &format!("issuers/34/{HEFEI}.json"), &forged);
    list(&mut memory, &world, "31", "rules/33/zj-yuhang.json", b"{\"forged\":true}");
    let trust = memory.open(None).unwrap();
    assert!(problems(&trust).is_empty(), "a file outside its paths is as good as not there");
    assert_eq!(trust.issuer_count(), 4);
    let found = trust.issuer(&uscc(HEFEI)).unwrap().unwrap();
    assert_eq!(found.keys[0].kid, key(103).public().key_id().as_str(), "the key that Anhui listed");
    assert_eq!(trust.rule_pack("zj-yuhang").unwrap().unwrap().bytes, br#"{"pack_id":"zj-yuhang"}"#);
    assert_eq!(trust.rule_packs().len(), 2);
}

#[test]
fn a_province_cannot_register_an_issuer_that_only_another_lacks() {
    let world = World::new();
    let mut memory = world.memory();
    let other = "91310117DEM0000498";
    let forged = record(other, "340104", &key(666)).to_json().unwrap();
    list(&mut memory, &world, "31", &format!("issuers/34/{other}.json"), &forged);
    assert_eq!(memory.open(None).unwrap().issuer(&uscc(other)), Ok(None));
}

#[test]
fn a_record_must_be_about_whom_its_file_is_named_after() {
    let world = World::new();
    let mut memory = world.memory();
    let of_suzhou = record(SUZHOU, "310117", &key(1)).to_json().unwrap();
    list(&mut memory, &world, "31", &format!("issuers/31/{SONGJIANG}.json"), &of_suzhou);
    let error = memory.open(None).unwrap().issuer(&uscc(SONGJIANG)).unwrap_err();
    let TargetError::Record { defect, .. } = &error else { panic!("{error}") };
    assert_eq!(*defect, RecordError::OtherOrganisation);
    assert_eq!(error.code(), CheckCode::TrustRole);
}

#[test]
fn a_record_must_be_about_the_province_that_signs_it() {
    let world = World::new();
    let mut memory = world.memory();
    let in_anhui = record(SONGJIANG, "340104", &key(1)).to_json().unwrap();
    list(&mut memory, &world, "31", &format!("issuers/31/{SONGJIANG}.json"), &in_anhui);
    let error = memory.open(None).unwrap().issuer(&uscc(SONGJIANG)).unwrap_err();
    let TargetError::Record { defect, .. } = &error else { panic!("{error}") };
    assert_eq!(*defect, RecordError::OtherProvince);
}

#[test]
fn an_issuers_own_province_counts_where_two_register_it() {
    let world = World::new();
    let mut memory = world.memory();
    // Shanghai also registers the incubator of Hefei, with a region of its own and another key.
    let rival = record(HEFEI, "310117", &key(666)).to_json().unwrap();
    list(&mut memory, &world, "31", &format!("issuers/31/{HEFEI}.json"), &rival);
    let found = memory.open(None).unwrap().issuer(&uscc(HEFEI)).unwrap().unwrap();
    assert_eq!(found.region.as_str(), "340104");

    // And while its own province cannot be asked, nobody else answers for it.
    let path = memory.path("34");
    memory.0.remove(&path);
    let error = memory.open(None).unwrap().issuer(&uscc(HEFEI)).unwrap_err();
    assert_eq!(error, TargetError::Disabled { provinces: vec!["34".to_owned()] });
}

#[test]
fn an_issuer_that_moved_is_found_in_its_new_province() {
    let world = World::new();
    let mut memory = world.memory();
    let moved = "91320594DEM000057C";
    let now_in_hangzhou = record(moved, "330110", &key(5)).to_json().unwrap();
    list(&mut memory, &world, "33", &format!("issuers/33/{moved}.json"), &now_in_hangzhou);
    assert!(memory.open(None).unwrap().issuer(&uscc(moved)).unwrap().is_some());
}

/// Every way to break one province leaves the other three as they were.
#[test]
fn a_broken_province_disables_itself_only() {
    type Damage = fn(&mut Memory, &World);
    let damages: [(&str, Damage); 7] = [
        ("missing", |memory, _| drop(memory.0.remove(&memory.path("34")))),
        ("empty", |memory, _| drop(memory.0.insert(memory.path("34"), Vec::new()))),
        ("cut", |memory, _| {
            let bytes = memory.bytes("34");
            memory.0.insert(memory.path("34"), bytes[..bytes.len() / 2].to_vec());
        }),
        ("unsigned", |memory, _| memory.forge("34", &[], |_| {})),
        ("not targets", |memory, world| {
            memory.forge("34", &[world.province_key("34")], |signed| signed["_type"] = "root".into());
        }),
        ("other version", |memory, world| {
            memory.forge("34", &[world.province_key("34")], |signed| signed["version"] = 77.into());
        }),
        ("not in the snapshot", |memory, world| {
            memory.forge("snapshot", &[&world.keys.distributor], |signed| {
                signed["meta"].as_object_mut().unwrap().remove("34.json");
            });
        }),
    ];
    for (name, damage) in damages {
        let world = World::new();
        let mut memory = world.memory();
        damage(&mut memory, &world);
        let trust = memory.open(None).unwrap();
        assert_eq!(problems(&trust), [(CheckCode::TrustRole, "34")], "{name}");
        assert!(matches!(trust.province_state("34"), ProvinceState::Disabled { .. }), "{name}");
        assert_eq!(trust.province_state("33"), ProvinceState::Ok, "{name}");
        assert_eq!(trust.issuer_count(), 3, "{name}");
        for code in [SONGJIANG, SUZHOU, YUHANG] {
            assert!(trust.issuer(&uscc(code)).unwrap().is_some(), "{name}: {code}");
        }
        let error = trust.issuer(&uscc(HEFEI)).unwrap_err();
        assert_eq!(error, TargetError::Disabled { provinces: vec!["34".to_owned()] }, "{name}");
        assert!(trust.rule_pack("sh-songjiang").unwrap().is_some(), "{name}");
    }
}

#[test]
fn a_province_without_delegation_is_absent_and_its_issuers_are_unknown() {
    let trust = World::new().memory().open(None).unwrap();
    assert_eq!(trust.province_state("51"), ProvinceState::Absent);
    assert_eq!(trust.issuer(&uscc("91310117DEM0000498")), Ok(None));
}

#[test]
fn a_disabled_province_stays_trusted_as_far_as_it_was() {
    let world = World::new();
    let state = world.memory().open(None).unwrap().state().unwrap().clone();
    let mut memory = world.memory();
    let path = memory.path("34");
    memory.0.remove(&path);
    // The role is remembered; only its files are asked of the package.
    let trust = memory.open(Some(state)).unwrap();
    assert_eq!(trust.province_state("34"), ProvinceState::Ok);
}

/// Adds delegations below the top-level targets: name, delegator, paths, terminating.
fn graph(edges: &[(&str, &str, &str, bool)], files: &[(&str, &str)]) -> (World, Memory) {
    let world = World::new();
    let mut memory = world.memory();
    let own = key(40);
    let mut names: Vec<&str> = edges.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    let below = |delegator: &str| {
        let roles: Vec<_> = edges
            .iter()
            .filter(|(_, from, ..)| *from == delegator)
            .map(|(name, _, path, terminating)| {
                json!({ "name": name, "keyids": [key_id(own.public())], "threshold": 1,
                        "terminating": terminating, "paths": [path] })
            })
            .collect();
        json!({ "keys": { key_id(own.public()): tuf_key(own.public()) }, "roles": roles })
    };
    for name in &names {
        let mut targets = serde_json::Map::new();
        for (_, path) in files.iter().filter(|(role, _)| role == name) {
            targets
                .insert((*path).to_owned(), json!({ "length": 0, "hashes": { "sha256": "00".repeat(32) } }));
        }
        let file = common::forge(&memory.bytes("34"), &[&own], |signed| {
            signed["version"] = 1.into();
            signed["targets"] = targets.into();
            signed["delegations"] = below(name);
        });
        memory.0.insert(format!("metadata/1.{name}.json"), file);
    }
    memory.forge("targets", &world.root_keys(), |signed| signed["delegations"] = below("targets"));
    memory.forge("snapshot", &[&world.keys.distributor], |signed| {
        for name in &names {
            signed["meta"][format!("{name}.json")] = json!({ "version": 1 });
        }
    });
    (world, memory)
}

/// Which role vouches for `path`.
fn who(memory: &Memory, path: &str) -> Option<String> {
    let options = Options::default();
    let state = State::pinned(&memory.bytes("root"), &options.limits).unwrap();
    let round = Round { source: memory, now: common::now(), options };
    let attempt = refresh(state, &round);
    let (mut loaded, mut state) = (attempt.outcome.unwrap(), attempt.state);
    match loaded.find_reading(path, &mut state, &round) {
        Search::Found { role, .. } => Some(role),
        Search::NotFound => None,
        Search::Blocked { role, defect } => panic!("{role}: {defect}"),
    }
}

#[test]
fn the_first_delegation_that_knows_the_file_answers() {
    let edges = [("a", "targets", "*", false), ("b", "targets", "*", false), ("c", "a", "*", false)];
    let files = [("b", "both"), ("c", "both"), ("b", "only")];
    let (_, memory) = graph(&edges, &files);
    assert_eq!(who(&memory, "both").as_deref(), Some("c"), "depth first");
    assert_eq!(who(&memory, "only").as_deref(), Some("b"));
    assert_eq!(who(&memory, "none"), None);
}

#[test]
fn a_terminating_delegation_ends_the_search() {
    let edges = [("a", "targets", "*", true), ("b", "targets", "*", false)];
    let (_, memory) = graph(&edges, &[("b", "file")]);
    assert_eq!(who(&memory, "file"), None);
}

#[test]
fn a_cycle_of_delegations_ends() {
    let edges = [("a", "targets", "*", false), ("b", "a", "*", false), ("a", "b", "*", false)];
    let (_, memory) = graph(&edges, &[("b", "file")]);
    assert_eq!(who(&memory, "file").as_deref(), Some("b"));
    assert_eq!(who(&memory, "none"), None);
}

#[test]
fn paths_match_slash_by_slash_and_letter_by_letter() {
    for (pattern, path, matches) in [
        ("*", "file", true),
        ("*", "folder/file", false),
        ("*/*", "folder/file", true),
        ("issuers/31/*", "issuers/31/x.json", true),
        ("issuers/31/*", "issuers/31/deep/x.json", false),
        ("issuers/31/*", "issuers/3/x.json", false),
        ("foo-?.tgz", "foo-1.tgz", true),
        ("foo-?.tgz", "foo-10.tgz", false),
        ("*.json", "x.JSON", false),
        ("a*b*c", "a-b-b-c", true),
        ("a*b*c", "a-b-b-d", false),
        ("**", "", true),
        ("?", "", false),
        ("?", "资", true),
        ("*质", "资质", true),
        ("[ab]", "a", false),
        ("[ab]", "[ab]", true),
    ] {
        let (_, memory) = graph(&[("a", "targets", pattern, false)], &[("a", path)]);
        assert_eq!(who(&memory, path).is_some(), matches, "{pattern} {path}");
    }
}

#[test]
fn a_pattern_of_many_stars_takes_no_time() {
    let pattern = "*a".repeat(200);
    let path = "a".repeat(4_000) + "b";
    let (_, memory) = graph(&[("a", "targets", &pattern, false)], &[("a", &path)]);
    assert_eq!(who(&memory, &path), None);
}

#[test]
fn more_roles_than_the_limit_block_instead_of_guessing() {
    let names: Vec<String> = (0..40).map(|number| format!("role-{number:02}")).collect();
    let edges: Vec<_> = names.iter().map(|name| (name.as_str(), "targets", "*", false)).collect();
    let (_, memory) = graph(&edges, &[("role-39", "file")]);
    let limits = TrustLimits { roles: 10, ..TrustLimits::default() };
    let options = Options { limits, ..Options::default() };
    let state = State::pinned(&memory.bytes("root"), &limits).unwrap();
    let round = Round { source: &memory, now: common::now(), options };
    let attempt = refresh(state, &round);
    let (mut loaded, mut state) = (attempt.outcome.unwrap(), attempt.state);
    assert!(matches!(loaded.find_reading("file", &mut state, &round), Search::Blocked { .. }));
    assert_eq!(who(&memory, "file").as_deref(), Some("role-39"), "the usual limit is higher");
}

#[test]
fn a_role_accepted_by_one_delegator_is_not_accepted_by_another_with_other_keys() {
    let edges = [
        ("a", "targets", "a/*", false),
        ("b", "targets", "b/*", false),
        ("shared", "a", "a/*", false),
        ("shared", "b", "b/*", false),
    ];
    let (_, mut memory) = graph(&edges, &[("shared", "a/file"), ("shared", "b/file")]);
    // Delegator b lists another key for it.
    let other = key(41);
    memory.forge("b", &[&key(40)], |signed| {
        signed["delegations"]["keys"] = json!({ key_id(other.public()): tuf_key(other.public()) });
        signed["delegations"]["roles"][0]["keyids"] = json!([key_id(other.public())]);
    });
    let options = Options::default();
    let state = State::pinned(&memory.bytes("root"), &options.limits).unwrap();
    let round = Round { source: &memory, now: common::now(), options };
    let attempt = refresh(state, &round);
    let (mut loaded, mut state) = (attempt.outcome.unwrap(), attempt.state);
    assert!(matches!(loaded.find_reading("a/file", &mut state, &round), Search::Found { .. }));
    assert!(matches!(loaded.find_reading("b/file", &mut state, &round), Search::Blocked { .. }));
}

#[test]
fn a_delegation_by_hash_prefix_covers_what_hashes_to_it() {
    let (world, mut memory) = graph(&[("a", "targets", "*", false)], &[("a", "file")]);
    let prefix = digest::hex(&digest::sha256(b"file"))[..2].to_owned();
    for (prefixes, found) in [(json!([prefix]), true), (json!(["zz"]), false)] {
        memory.forge("targets", &world.root_keys(), |signed| {
            let role = signed["delegations"]["roles"][0].as_object_mut().unwrap();
            role.remove("paths");
            role.insert("path_hash_prefixes".to_owned(), prefixes);
        });
        assert_eq!(who(&memory, "file").is_some(), found);
    }
}

#[test]
fn a_role_cannot_take_the_name_of_a_top_level_role() {
    for name in ["root", "snapshot", "timestamp", "targets", ""] {
        let world = World::new();
        let mut memory = world.memory();
        memory.forge("targets", &world.root_keys(), |signed| {
            signed["delegations"]["roles"][0]["name"] = name.into();
        });
        assert!(memory.open(None).is_err(), "{name:?}");
    }
}
