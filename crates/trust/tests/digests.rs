//! Digests of files: SHA-256 is ours, SHA-512 is read from others, every other kind proves nothing.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod common;

use common::{Memory, World};
use serde_json::{Value, json};
use zizhi_crypto::digest;

const BYTES: &[u8] = b"{}";

fn sha256() -> String {
    digest::hex(&digest::sha256(BYTES))
}

fn sha512() -> String {
    digest::hex(&digest::sha512(BYTES))
}

/// Whether a rule pack listed with these digests is given, when its file lies under every name that
/// any of them makes.
fn given(hashes: &Value) -> bool {
    let world = World::new();
    let mut memory: Memory = world.memory();
    memory.forge("31", &[world.province_key("31")], |signed| {
        signed["targets"]["rules/31/pack.json"] = json!({ "length": BYTES.len(), "hashes": hashes });
    });
    let mut names = vec![sha256(), sha512()];
    names.extend(hashes.as_object().unwrap().values().map(|hash| hash.as_str().unwrap().to_owned()));
    for name in names {
        memory.0.insert(format!("targets/rules/31/{name}.pack.json"), BYTES.to_vec());
    }
    let trust = memory.open(None).unwrap();
    matches!(trust.rule_pack_in("31", "pack"), Ok(Some(found)) if found.bytes == BYTES)
}

#[test]
fn every_digest_that_can_be_checked_must_hold_and_one_must_be_there() {
    let (other256, other512) = ("0".repeat(64), "0".repeat(128));
    for (hashes, holds, why) in [
        (json!({ "sha256": sha256() }), true, "as we write it"),
        (json!({ "sha512": sha512() }), true, "the other one alone"),
        (json!({ "sha256": sha256(), "sha512": sha512() }), true, "both"),
        (json!({ "sha256": sha256(), "blake2b": "00" }), true, "one that we know and one that we do not"),
        (json!({ "sha256": other256 }), false, "wrong"),
        (json!({ "sha512": other512 }), false, "the other one wrong"),
        (json!({ "sha256": sha256(), "sha512": other512 }), false, "one of the two wrong"),
        (json!({ "sha256": other256, "sha512": sha512() }), false, "the other of the two wrong"),
        (json!({ "blake2b": sha256() }), false, "none that we know"),
        (json!({}), false, "none at all"),
    ] {
        assert_eq!(given(&hashes), holds, "{why}: {hashes}");
    }
}

#[test]
fn a_digest_of_the_wrong_form_disables_the_province() {
    for hashes in [
        json!({ "sha256": sha512() }),
        json!({ "sha512": sha256() }),
        json!({ "sha256": "0g".repeat(32) }),
        json!({ "sha512": "" }),
    ] {
        assert!(!given(&hashes), "{hashes}");
    }
}
