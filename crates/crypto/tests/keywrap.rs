//! Wrapped keys and keys on paper: what opens them, and what does not.
#![cfg(test)]

mod support;

use serde_json::Value;
use support::Repeatable;
use zizhi_crypto::keyfile::{KeyfileError, seal};
use zizhi_crypto::keywrap::{PaperError, from_paper, to_paper, unwrap, wrap};

const KEY: &[u8; 32] = b"0123456789abcdef0123456789ABCDEF";
const PASSPHRASE: &str = "正确的口令 correct horse";

/// [`KEY`] as version 1 wrapped it. Python's `cryptography` opens it too.
const STORED: &str = r#"{"version":1,"kdf":{"name":"argon2id","memory_kib":65536,"passes":3,"lanes":1,"salt":"zQSkdUSY4G21oTxfNx8fBA"},"aead":"chacha20-poly1305","nonce":"1WiKUtVaAuxK6l7B","ciphertext":"s6Lg-vyuEAOzvBcwmoaJuNLTzLIgIFCy_7wL95IlgKaRYe5qPje1817qpNZ3jGuD"}"#;

#[test]
fn a_wrapped_key_opens_with_its_passphrase_only() {
    let record = wrap(KEY, PASSPHRASE, &mut Repeatable(1)).expect("wrapped");
    assert_eq!(*unwrap(&record, PASSPHRASE).expect("unwrapped"), *KEY);
    assert!(matches!(unwrap(&record, "另一个口令"), Err(KeyfileError::Passphrase)));
    assert!(matches!(wrap(KEY, "", &mut Repeatable(1)), Err(KeyfileError::Empty)));
    assert!(!record.contains("0123456789abcdef"), "the key is not in it");
    let again = wrap(KEY, PASSPHRASE, &mut Repeatable(2)).expect("wrapped");
    assert_ne!(record, again, "salt and nonce are fresh");
}

#[test]
fn a_record_wrapped_by_the_first_version_still_opens() {
    let written = wrap(KEY, PASSPHRASE, &mut Repeatable(1)).expect("wrapped");
    assert_eq!(written, STORED, "it is written so today");
    assert_eq!(*unwrap(STORED, PASSPHRASE).expect("unwrapped"), *KEY);
}

#[test]
fn an_edited_record_does_not_open() {
    let record = wrap(KEY, PASSPHRASE, &mut Repeatable(1)).expect("wrapped");
    let with = |pointer: &str, value: Value| {
        let mut edited: Value = serde_json::from_str(&record).expect("JSON");
        *edited.pointer_mut(pointer).expect("the member") = value;
        unwrap(&edited.to_string(), PASSPHRASE)
    };
    assert!(matches!(with("/version", 2.into()), Err(KeyfileError::Version(2))));
    for (pointer, value) in [
        ("/kdf/memory_kib", Value::from(4_000_000)),
        ("/kdf/memory_kib", Value::from(8)),
        ("/kdf/passes", Value::from(1000)),
        ("/kdf/name", Value::from("scrypt")),
        ("/aead", Value::from("none")),
    ] {
        assert!(matches!(with(pointer, value), Err(KeyfileError::Protection)), "{pointer}");
    }
    for (pointer, value) in [
        ("/kdf/passes", Value::from(4)),
        ("/kdf/salt", Value::from("AAAAAAAAAAAAAAAAAAAAAA")),
        ("/nonce", Value::from("AAAAAAAAAAAAAAAA")),
    ] {
        assert!(matches!(with(pointer, value), Err(KeyfileError::Passphrase)), "{pointer}");
    }
    for text in ["", "{}", "null", &record[..record.len() - 1], &record.replace("nonce", "other")] {
        assert!(unwrap(text, PASSPHRASE).is_err(), "{text}");
    }
    let signing = support::key(zizhi_crypto::Algorithm::Es256, 1);
    let key_file = seal(&signing, PASSPHRASE, &mut Repeatable(1)).expect("sealed");
    assert!(unwrap(&key_file, PASSPHRASE).is_err(), "a key file is something else");
}

#[test]
fn a_key_on_paper_is_read_as_people_type_it() {
    let paper = to_paper(KEY);
    assert_eq!(paper.len(), 65, "eleven groups of five: {}", paper.len());
    let typed = [
        paper.to_string(),
        paper.to_lowercase(),
        paper.replace('-', ""),
        paper.replace('-', " "),
        format!("  {}\n", paper.replace('-', " - ")),
        paper.replace('0', "O").replace('1', "l"),
    ];
    for text in typed {
        assert_eq!(*from_paper(&text).expect("the key"), *KEY, "{text}");
    }
    assert_eq!(*from_paper(&to_paper(&[0; 32])).expect("zeros"), [0; 32]);
    assert_eq!(*from_paper(&to_paper(&[255; 32])).expect("ones"), [255; 32]);
}

#[test]
fn a_slip_of_the_pen_is_noticed() {
    let paper = to_paper(KEY);
    assert_eq!(from_paper(""), Err(PaperError::Length(0)));
    assert_eq!(from_paper(&paper[1..]), Err(PaperError::Length(54)));
    assert_eq!(from_paper(&format!("{}X", *paper)), Err(PaperError::Length(56)));
    assert!(from_paper(&paper.replacen(&paper[7..8], "U", 1)).map(drop).is_err());
    for at in (0..paper.len()).filter(|at| paper.as_bytes()[*at] != b'-') {
        let other = if paper.as_bytes()[at] == b'7' { "8" } else { "7" };
        let mut wrong = paper.to_string();
        wrong.replace_range(at..=at, other);
        assert_eq!(from_paper(&wrong), Err(PaperError::Check), "character {at}");
    }
}
