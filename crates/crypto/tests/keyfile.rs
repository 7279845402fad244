//! Key files: what opens them, what does not, and that no file can ask for too much.
#![cfg(test)]

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Repeatable, algorithms, key};
use zizhi_crypto::keyfile::{KeyfileError, open, public, seal};
use zizhi_crypto::{Algorithm, SigningKey};

const PASSPHRASE: &str = "正确的口令 correct horse";

fn sealed(key: &SigningKey) -> String {
    seal(key, PASSPHRASE, &mut Repeatable(1)).expect("sealed")
}

/// The file with one member replaced (`kdf.passes` for a member of a member), its checksum mended as
/// a person who edits it on purpose would.
fn edited(text: &str, member: &str, value: Value) -> String {
    let mut file: Value = serde_json::from_str(text).expect("JSON");
    let pointer = format!("/{}", member.replace('.', "/"));
    *file.pointer_mut(&pointer).expect("the member") = value;
    let (kdf, key) = (&file["kdf"], &file["public"]);
    let y = key.get("y").map(|y| format!(r#","y":{y}"#)).unwrap_or_default();
    let protected = format!(
        r#"{{"version":{},"kdf":{{"name":{},"memory_kib":{},"passes":{},"lanes":{},"salt":{}}},"aead":{},"nonce":{},"public":{{"kty":{},"crv":{},"x":{}{y}}}}}"#,
        file["version"],
        kdf["name"],
        kdf["memory_kib"],
        kdf["passes"],
        kdf["lanes"],
        kdf["salt"],
        file["aead"],
        file["nonce"],
        key["kty"],
        key["crv"],
        key["x"],
    );
    let ciphertext = file["ciphertext"].as_str().unwrap_or_default();
    let checksum = zizhi_crypto::digest::sha256(format!("{protected}{ciphertext}").as_bytes());
    file["checksum"] = json!(zizhi_crypto::b64::encode(&checksum));
    file.to_string()
}

#[test]
fn the_right_passphrase_opens_every_kind_of_key() {
    for &algorithm in algorithms() {
        let key = key(algorithm, 1);
        let text = sealed(&key);
        let opened = open(&text, PASSPHRASE).expect("the passphrase");
        assert_eq!(opened.public(), key.public(), "{algorithm}");
        assert_eq!(opened.to_jwk_private_json(), key.to_jwk_private_json(), "{algorithm}");
        assert_eq!(&public(&text).expect("the public half"), key.public(), "readable without a passphrase");
        assert!(!text.contains(key.to_jwk_private_json().rsplit('"').nth(1).expect("d")), "no secret in it");
    }
}

#[test]
fn one_passphrase_has_one_form() {
    let key = key(Algorithm::EdDsa, 1);
    let text = seal(&key, "caf\u{e9}", &mut Repeatable(1)).expect("sealed");
    open(&text, "cafe\u{301}").expect("as another system composes it");
}

#[test]
fn a_wrong_passphrase_is_said_to_be_wrong() {
    let text = sealed(&key(Algorithm::EdDsa, 1));
    for wrong in ["", "correct horse", "正确的口令 correct horse ", "正确的口令 Correct horse"] {
        let error = open(&text, wrong).expect_err(wrong);
        assert!(matches!(error, KeyfileError::Passphrase), "{wrong:?}: {error}");
    }
}

#[test]
fn an_empty_passphrase_protects_nothing() {
    let error = seal(&key(Algorithm::EdDsa, 1), "", &mut Repeatable(1)).expect_err("empty");
    assert!(matches!(error, KeyfileError::Empty), "{error}");
}

#[test]
fn salt_and_nonce_are_new_in_every_file() {
    let key = key(Algorithm::EdDsa, 1);
    let mut random = Repeatable(1);
    let [one, two] = [(); 2].map(|()| {
        let text = seal(&key, PASSPHRASE, &mut random).expect("sealed");
        serde_json::from_str::<Value>(&text).expect("JSON")
    });
    for member in ["/kdf/salt", "/nonce", "/ciphertext"] {
        assert_ne!(one.pointer(member), two.pointer(member), "{member}");
    }
}

#[test]
fn a_file_that_rotted_is_said_to_be_damaged_whatever_the_passphrase() {
    let text = sealed(&key(Algorithm::EdDsa, 1));
    let start = Instant::now();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        match open(&text, PASSPHRASE) {
            Ok(_) => panic!("byte {at} means nothing"),
            Err(KeyfileError::Passphrase) => panic!("byte {at}: the passphrase is blamed"),
            Err(_) => {}
        }
    }
    for at in 0..text.len() - 2 {
        let error = open(&text[..at], PASSPHRASE).expect_err("cut");
        assert!(matches!(error, KeyfileError::Json(_)), "cut at {at}: {error}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "no key is derived for a damaged file");
}

#[test]
fn an_edited_file_does_not_open() {
    let good = key(Algorithm::EdDsa, 1);
    let other = key(Algorithm::EdDsa, 2);
    let text = sealed(&good);
    let check = |member: &str, value: Value| {
        let error = open(&edited(&text, member, value.clone()), PASSPHRASE).expect_err(member);
        assert!(matches!(error, KeyfileError::Passphrase), "{member} = {value}: {error}");
    };
    // The control: mending alone changes nothing.
    open(&edited(&text, "version", json!(1)), PASSPHRASE).expect("as it was");
    check("public.x", json!(other.public().to_jwk().x));
    check("kdf.passes", json!(2));
    check("kdf.salt", json!("AAAAAAAAAAAAAAAAAAAAAA"));
    check("nonce", json!("AAAAAAAAAAAAAAAA"));
    check("ciphertext", json!("A".repeat(64)));
}

#[test]
fn a_file_cannot_ask_for_unreasonable_costs() {
    let text = sealed(&key(Algorithm::EdDsa, 1));
    let start = Instant::now();
    for (member, value) in [
        ("kdf.memory_kib", json!(4_000_000_000_u32)),
        ("kdf.memory_kib", json!(256 * 1024 + 1)),
        ("kdf.memory_kib", json!(1024)),
        ("kdf.memory_kib", json!(0)),
        ("kdf.passes", json!(11)),
        ("kdf.passes", json!(4_000_000_000_u32)),
        ("kdf.passes", json!(0)),
        ("kdf.lanes", json!(5)),
        ("kdf.lanes", json!(0)),
        ("kdf.name", json!("argon2d")),
        ("kdf.name", json!("none")),
        ("aead", json!("none")),
        ("aead", json!("aes-128-cbc")),
    ] {
        let error = open(&edited(&text, member, value.clone()), PASSPHRASE).expect_err(member);
        assert!(matches!(error, KeyfileError::Protection), "{member} = {value}: {error}");
    }
    assert!(start.elapsed() < Duration::from_secs(1), "refused before any work");
}

#[test]
fn what_is_no_key_file_is_named() {
    let text = sealed(&key(Algorithm::EdDsa, 1));
    let format = |text: &str, why: &str| {
        let error = open(text, PASSPHRASE).expect_err(why);
        assert!(matches!(error, KeyfileError::Format), "{why}: {error}");
    };
    format("{}", "an empty object");
    format("[]", "an array");
    format(&edited(&text, "version", json!("1")), "a version that is a text");
    format(&edited(&text, "nonce", json!(7)), "a nonce that is a number");
    format(&edited(&text, "nonce", json!("AAAA")), "a short nonce");
    format(&edited(&text, "kdf.salt", json!("AAAA")), "a short salt");
    format(&edited(&text, "ciphertext", json!("AAAA")), "a short ciphertext");
    format(&edited(&text, "kdf.passes", json!(-1)), "a negative cost");
    format(&format!("{}{text}", " ".repeat(9000)), "a long file");
    format(&text.replacen('{', r#"{"more": 1,"#, 1), "a member too many");
    let newer = open(&edited(&text, "version", json!(2)), PASSPHRASE).expect_err("newer");
    assert!(matches!(newer, KeyfileError::Version(2)), "{newer}");
    let twice = text.replacen('{', r#"{"version": 1,"#, 1);
    assert!(matches!(open(&twice, PASSPHRASE), Err(KeyfileError::Json(_))), "a member twice");
    assert!(matches!(open("", PASSPHRASE), Err(KeyfileError::Json(_))), "nothing");
    let weak = edited(&text, "public.x", json!("A".repeat(43)));
    assert!(matches!(open(&weak, PASSPHRASE), Err(KeyfileError::Key(_))), "a weak key");
}
