//! One dossier per defect. The files lie in `tests/data/zip/dossier`, so that other programs can be
//! tried on them; this test makes them anew and compares (`ZIZHI_BLESS=1` writes them).

use std::io::Cursor;
use std::path::PathBuf;

use serde_json::{Value, json};
use zizhi_crypto::{Algorithm, SigningKey, jws};
use zizhi_dossier::manifest::{self, Unverified};
use zizhi_dossier::{Digest, MIMETYPE, compare, open};
use zizhi_model::Limits;

use crate::builder::{End, Item, archive, archive_with, deflated, noise, stored};
use crate::support::{ATTACHED, Fixed, PRESENTED, key, sound};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/zip/dossier")
}

/// Limits under which small files can break them.
fn limits() -> Limits {
    Limits {
        file_bytes: 256 * 1024,
        entry_bytes: 64 * 1024,
        entries: 8,
        manifest_bytes: 8 * 1024,
        credential_bytes: 16 * 1024,
        ratio: 100,
        ..Limits::default()
    }
}

/// Code and subject of every problem: of the container, the manifest, and the two held together.
fn problems(bytes: &[u8]) -> Vec<(String, String)> {
    let limits = limits();
    let opened = open(Cursor::new(bytes), &limits).unwrap();
    let mut found = opened.problems.clone();
    let verified = opened.manifest.as_deref().map(|text| Unverified::parse(text, &limits)?.verify());
    let mut refused = None;
    match verified {
        Some(Ok(verified)) => found.extend(compare(verified.manifest(), &opened)),
        Some(Err(error)) => refused = Some((error.code().to_string(), "manifest.jwt".to_owned())),
        None => {}
    }
    assert!(opened.sha256.is_none_or(|sha256| sha256 == Digest::of(bytes)), "the file's own digest");
    found.into_iter().map(|problem| (problem.code.to_string(), problem.subject)).chain(refused).collect()
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[(&str, &str)]) {
    let path = folder().join(format!("{name}.zzdossier"));
    if std::env::var_os("ZIZHI_BLESS").is_some() {
        std::fs::write(&path, bytes).unwrap();
    }
    let committed = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(committed == bytes, "{name}: the committed file is not what this test makes");
    let found = problems(bytes);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(code, subject)| (code.as_str(), subject.as_str())).collect();
    assert_eq!(found, expected, "{name}: what it is refused with");
}

fn attachment(index: usize) -> String {
    format!("attachments/{}", Digest::of(ATTACHED[index]))
}

/// The entries of the sound dossier: type, manifest, two credentials, two attachments.
fn items() -> Vec<Item> {
    let manifest = sound().1.manifest_jws;
    vec![
        stored("mimetype", MIMETYPE),
        stored("manifest.jwt", manifest),
        stored("credentials/001.sdjwt", PRESENTED[0]),
        stored("credentials/002.sdjwt", PRESENTED[1]),
        stored(attachment(0), ATTACHED[0]),
        stored(attachment(1), ATTACHED[1]),
    ]
}

fn changed(change: impl FnOnce(&mut Vec<Item>)) -> Vec<u8> {
    let mut items = items();
    change(&mut items);
    archive(&items)
}

/// The sound dossier with other claims in its manifest, properly signed.
fn signed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut payload = serde_json::to_value(sound().1.manifest).unwrap();
    change(&mut payload);
    let text = jws::sign(&key(), manifest::TYP, &payload).unwrap();
    changed(|items| items[1] = stored("manifest.jwt", text))
}

#[test]
fn a_correct_dossier_has_no_problem_whoever_packed_it() {
    check("correct", &sound().0, &[]);
    check("correct-packed-by-another-program", &changed(|_| {}), &[]);
    let streamed = changed(|items| *items = items.drain(..).map(|item| item.streamed(true)).collect());
    check("correct-streamed", &streamed, &[]);
    let packed = changed(|items| items[5] = deflated(attachment(1), ATTACHED[1]));
    check("correct-deflated-attachment", &packed, &[]);
}

#[test]
fn what_is_no_archive_is_corrupt() {
    check("empty-file", b"", &[("ZIP-CORRUPT", "dossier")]);
    let text = "这不是档案".as_bytes();
    check("not-a-zip", text, &[("ZIP-CORRUPT", "dossier")]);
    let whole = sound().0;
    check("cut-short", &whole[..whole.len() - 1], &[("ZIP-CORRUPT", "dossier")]);
}

#[test]
fn the_type_is_the_first_entry_and_exact() {
    let mimetype = [("ZIP-MIMETYPE", "mimetype")];
    check("mimetype-absent", &changed(|items| drop(items.remove(0))), &mimetype);
    check("mimetype-compressed", &changed(|items| items[0] = deflated("mimetype", MIMETYPE)), &mimetype);
    check("mimetype-other", &changed(|items| items[0] = stored("mimetype", "application/zip")), &mimetype);
    let newline = format!("{MIMETYPE}\n");
    check("mimetype-with-newline", &changed(|items| items[0] = stored("mimetype", newline)), &mimetype);
    check("mimetype-empty", &changed(|items| items[0] = stored("mimetype", "")), &mimetype);
}

#[test]
fn the_entries_are_in_order() {
    check(
        "order-manifest-last",
        &changed(|items| items[1..].rotate_left(1)),
        &[("ZIP-ORDER", "manifest.jwt")],
    );
    check("order-type-last", &changed(|items| items.rotate_left(1)), &[("ZIP-ORDER", "mimetype")]);
    let swapped = changed(|items| items.swap(3, 4));
    check("order-attachment-before-credential", &swapped, &[("ZIP-ORDER", "credentials/002.sdjwt")]);

    // The records are in order and the directory is not: two programs see two orders.
    let (bytes, mut items) = (archive(&items()), items());
    let mut offset = 0;
    for item in &mut items {
        item.offset = Some(offset);
        item.present = false;
        offset += (30 + item.name.len() + item.data.len()) as u32;
    }
    items.rotate_left(1);
    let directory = archive_with(&items, &End { directory_offset: Some(offset), ..End::default() });
    let mixed = [&bytes[..offset as usize], &directory].concat();
    check("order-of-directory-only", &mixed, &[("ZIP-ORDER", "mimetype")]);
}

#[test]
fn nothing_is_there_that_is_not_listed() {
    let more = |item: Item| changed(|items| items.push(item));
    check("extra-file", &more(stored("readme.txt", "hello")), &[("ZIP-EXTRA", "readme.txt")]);
    let credential = more(stored("attachments/note.pdf", "hello"));
    check("extra-attachment", &credential, &[("ZIP-EXTRA", "attachments/note.pdf")]);
    let credential = changed(|items| items.insert(4, stored("credentials/003.sdjwt", PRESENTED[0])));
    check("extra-credential", &credential, &[("ZIP-EXTRA", "credentials/003.sdjwt")]);
    let folder = changed(|items| items.insert(2, stored("credentials/", "")));
    check("extra-folder", &folder, &[("ZIP-EXTRA", "credentials/")]);
    let gap = changed(|items| items[3].before = b"hidden".to_vec());
    check("extra-bytes", &gap, &[("ZIP-EXTRA", "credentials/001.sdjwt")]);
}

#[test]
fn nothing_that_is_listed_is_missing() {
    check("manifest-absent", &changed(|items| drop(items.remove(1))), &[("ZIP-MISSING", "manifest.jwt")]);
    let credential = changed(|items| drop(items.remove(2)));
    check("credential-absent", &credential, &[("ZIP-MISSING", "credentials/001.sdjwt")]);
    check("attachment-absent", &changed(|items| drop(items.remove(4))), &[("ZIP-MISSING", &attachment(0))]);
    let nothing = [("ZIP-MIMETYPE", "mimetype"), ("ZIP-MISSING", "manifest.jwt")];
    check("no-entry", &archive(&[]), &nothing);
}

#[test]
fn unsafe_paths_are_refused_wherever_they_stand() {
    let entry = changed(|items| items.push(stored("../evil.sh", "rm")));
    check("path-of-entry", &entry, &[("ZIP-PATH", "../evil.sh"), ("ZIP-EXTRA", "../evil.sh")]);
    let listed = signed(|payload| payload["credentials"][0]["path"] = json!("../001.sdjwt"));
    let expected = [
        ("ZIP-PATH", "../001.sdjwt"),
        ("ZIP-MISSING", "../001.sdjwt"),
        ("ZIP-EXTRA", "credentials/001.sdjwt"),
    ];
    check("path-in-manifest", &listed, &expected);
    let named = signed(|payload| payload["attachments"][0]["path"] = json!("attachments/lease.pdf"));
    let expected = [
        ("ZIP-PATH", "attachments/lease.pdf"),
        ("ZIP-MISSING", "attachments/lease.pdf"),
        ("ZIP-EXTRA", &attachment(0)),
    ];
    check("path-without-digest", &named, &expected);
}

#[test]
fn a_name_occurs_once() {
    let twice = changed(|items| items.insert(2, stored("manifest.jwt", "a.b.c")));
    check("name-twice", &twice, &[("ZIP-DUP", "manifest.jwt")]);
    let listed = signed(|payload| {
        let first = payload["credentials"][0].clone();
        payload["credentials"].as_array_mut().unwrap().push(first);
    });
    check("name-listed-twice", &listed, &[("ZIP-DUP", "credentials/001.sdjwt")]);
}

#[test]
fn links_and_encrypted_entries_are_refused() {
    let link = changed(|items| {
        items.iter_mut().for_each(|item| item.made_by = 3 << 8 | 20);
        items[5].external = 0o120_777 << 16;
    });
    check("symlink", &link, &[("ZIP-SYMLINK", &attachment(1))]);
    let secret = changed(|items| items[2].flags = 1);
    check("encrypted", &secret, &[("ZIP-ENCRYPTED", "credentials/001.sdjwt")]);
}

#[test]
fn bytes_before_and_after_are_refused() {
    let before = End { before: b"#!/bin/sh\n".to_vec(), ..End::default() };
    check("bytes-before", &archive_with(&items(), &before), &[("ZIP-PREPENDED", "dossier")]);
    let after = End { after: b"\n".to_vec(), ..End::default() };
    check("bytes-after", &archive_with(&items(), &after), &[("ZIP-TRAILING", "dossier")]);
    let comment = End { comment: "已核".into(), ..End::default() };
    check("archive-comment", &archive_with(&items(), &comment), &[("ZIP-TRAILING", "dossier")]);
}

#[test]
fn two_records_of_one_entry_agree() {
    let other = changed(|items| items[4].local.name = Some(attachment(1).into_bytes()));
    check("other-name-in-record", &other, &[("ZIP-MISMATCH", &attachment(0))]);
    let other = changed(|items| items[2].local.size = Some(1));
    check("other-size-in-record", &other, &[("ZIP-MISMATCH", "credentials/001.sdjwt")]);
}

#[test]
fn altered_content_is_told_by_its_digest() {
    let credential = changed(|items| items[2] = stored("credentials/001.sdjwt", PRESENTED[1]));
    check("credential-altered", &credential, &[("HASH-CREDENTIAL", "credentials/001.sdjwt")]);
    let replaced = changed(|items| items[4] = stored(attachment(0), "%PDF-1.7 a leasE"));
    check("attachment-altered", &replaced, &[("HASH-ATTACH", &attachment(0))]);
    let longer = changed(|items| items[4] = stored(attachment(0), "%PDF-1.7 a lease, longer"));
    check("attachment-longer", &longer, &[("HASH-ATTACH", &attachment(0))]);
    let size = signed(|payload| payload["attachments"][0]["size"] = json!(17));
    check("attachment-of-another-size", &size, &[("HASH-ATTACH", &attachment(0))]);
    let digest = signed(|payload| payload["attachments"][0]["sha256"] = json!(Digest::of(b"other").hex()));
    let twice = [("HASH-ATTACH", attachment(0)), ("HASH-ATTACH", attachment(0))];
    check(
        "attachment-named-otherwise",
        &digest,
        &twice.each_ref().map(|(code, path)| (*code, path.as_str())),
    );

    // A byte flipped in the file shows in both layers.
    let flipped = changed(|items| items[4].data[3] ^= 1);
    check(
        "attachment-flipped",
        &flipped,
        &[("ZIP-CORRUPT", &attachment(0)), ("HASH-ATTACH", &attachment(0))],
    );
    let flipped = changed(|items| items[3].data[3] ^= 1);
    let expected = [("ZIP-CORRUPT", "credentials/002.sdjwt"), ("HASH-CREDENTIAL", "credentials/002.sdjwt")];
    check("credential-flipped", &flipped, &expected);
}

#[test]
fn the_manifest_is_signed_by_the_key_it_names() {
    let sound = sound().1;
    let mut altered = sound.manifest.clone();
    altered.nonce.push('x');
    let payload = jws::sign(&key(), manifest::TYP, &altered).unwrap();
    let parts: Vec<&str> = sound.manifest_jws.split('.').collect();
    let other: Vec<&str> = payload.split('.').collect();
    let mixed = format!("{}.{}.{}", parts[0], other[1], parts[2]);
    let with = |text: String| changed(|items| items[1] = stored("manifest.jwt", text));
    check("manifest-altered", &with(mixed), &[("SIG-INVALID", "manifest.jwt")]);
    let stranger = SigningKey::generate(Algorithm::EdDsa, &mut Fixed(5)).unwrap();
    let forged = jws::sign(&stranger, manifest::TYP, &sound.manifest).unwrap();
    check("manifest-signed-by-another-key", &with(forged), &[("SIG-INVALID", "manifest.jwt")]);
    let typ = jws::sign(&key(), "dc+sd-jwt", &sound.manifest).unwrap();
    check("manifest-of-another-type", &with(typ), &[("SIG-TYP", "manifest.jwt")]);
    let es256 = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRvc3NpZXIrand0In0";
    check(
        "manifest-with-another-algorithm",
        &with(format!("{es256}.{}.{}", parts[1], parts[2])),
        &[("SIG-ALG", "manifest.jwt")],
    );
    let newline = format!("{}\n", sound.manifest_jws);
    check("manifest-with-newline", &with(newline), &[("SIG-INVALID", "manifest.jwt")]);
    check(
        "manifest-not-text",
        &changed(|items| items[1] = stored("manifest.jwt", [0xff; 4])),
        &[("SIG-INVALID", "manifest.jwt")],
    );
}

#[test]
fn the_manifest_says_what_it_has_to() {
    let missing = signed(|payload| drop(payload.as_object_mut().unwrap().remove("aud")));
    check("manifest-without-aud", &missing, &[("FMT-JSON", "manifest.jwt")]);
    let wrong = signed(|payload| payload["firm"]["uscc"] = json!("91330421DEM0000815"));
    check("manifest-with-wrong-code", &wrong, &[("FMT-USCC", "manifest.jwt")]);
    let text = serde_json::to_string(&sound().1.manifest).unwrap();
    let twice = text.replacen('{', r#"{"nonce":"other","#, 1);
    let twice = jws::sign_bytes(&key(), manifest::TYP, twice.as_bytes()).unwrap();
    check(
        "manifest-with-key-twice",
        &changed(|items| items[1] = stored("manifest.jwt", twice)),
        &[("FMT-JSON", "manifest.jwt")],
    );
    let float = signed(|payload| payload["facts"]["share"] = json!(0.5));
    check("manifest-with-float", &float, &[("FMT-JSON", "manifest.jwt")]);
    let deep = (0..40).fold(json!(1), |inner, _| json!([inner]));
    check(
        "manifest-too-deep",
        &signed(|payload| payload["facts"]["deep"] = deep),
        &[("LIMIT-DEPTH", "manifest.jwt")],
    );
    let weak = json!({"kty": "OKP", "crv": "Ed25519", "x": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"});
    check(
        "manifest-with-weak-key",
        &signed(|payload| payload["cnf"]["jwk"] = weak),
        &[("KEY-WEAK", "manifest.jwt")],
    );
}

#[test]
fn the_limits_are_kept() {
    let long = changed(|items| items[1] = stored("manifest.jwt", "a".repeat(9000)));
    check("limit-manifest", &long, &[("LIMIT-SIZE", "manifest.jwt")]);
    let long = changed(|items| items[2] = stored("credentials/001.sdjwt", noise(17 * 1024)));
    check("limit-credential", &long, &[("LIMIT-SIZE", "credentials/001.sdjwt")]);
    let large =
        changed(|items| items[5] = deflated(attachment(1), [noise(900), vec![0; 65 * 1024]].concat()));
    check("limit-entry", &large, &[("LIMIT-SIZE", &attachment(1))]);
    let bomb = changed(|items| items[5] = deflated(attachment(1), vec![0; 60_000]));
    check("limit-ratio", &bomb, &[("LIMIT-RATIO", &attachment(1))]);
    let many = changed(|items| items.extend((0..3).map(|index| stored(format!("{index}"), ""))));
    check("limit-count", &many, &[("LIMIT-COUNT", "dossier")]);
    let large = archive(&[stored("a", noise(256 * 1024))]);
    assert_eq!(problems(&large), [("LIMIT-SIZE".to_owned(), "dossier".to_owned())]);
    assert_eq!(open(Cursor::new(large), &limits()).unwrap().sha256, None, "it was not read");
}

#[test]
fn every_committed_dossier_belongs_to_a_defect() {
    let named = include_str!("defects.rs");
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "zzdossier") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(named.contains(&format!("\"{name}\"")), "{name} is not made by any test");
        }
    }
}

/// What a clerk reads about a damaged file, in Chinese.
fn sentence(bytes: &[u8]) -> String {
    let opened = open(Cursor::new(bytes), &limits()).unwrap();
    let manifest = opened.manifest.as_deref();
    let verified = manifest.map(|text| Unverified::parse(text, &limits()).and_then(Unverified::verify));
    let (code, facts) = match (opened.problems.first(), verified) {
        (Some(problem), _) => (problem.code, problem.facts.clone()),
        (None, Some(Err(error))) => (error.code(), error.facts()),
        (None, Some(Ok(verified))) => {
            let problem = compare(verified.manifest(), &opened).swap_remove(0);
            (problem.code, problem.facts)
        }
        (None, None) => panic!("nothing is wrong"),
    };
    let mut check = zizhi_model::Check::new(code, zizhi_model::Outcome::Fail, &"".into());
    check.facts = facts;
    check.text().zh.into_owned()
}

#[test]
fn the_facts_are_those_that_the_catalogue_tells() {
    let told = |bytes: &[u8], words: &[&str]| {
        let sentence = sentence(bytes);
        assert!(words.iter().all(|word| sentence.contains(word)), "{sentence:?} does not tell {words:?}");
    };
    let after = End { after: b"hello".to_vec(), ..End::default() };
    told(&archive_with(&items(), &after), &["5 B"]);
    let before = End { before: b"hello!".to_vec(), ..End::default() };
    told(&archive_with(&items(), &before), &["6 B"]);
    told(&changed(|items| items.extend((0..3).map(|index| stored(format!("{index}"), "")))), &["9项", "8项"]);
    told(&archive(&[stored("a", noise(256 * 1024))]), &["256 KB"]);
    let long = changed(|items| items[2] = stored("credentials/001.sdjwt", noise(17 * 1024)));
    told(&long, &["credentials/001.sdjwt", "17 KB", "16 KB"]);
    told(&changed(|items| items[5] = deflated(attachment(1), vec![0; 60_000])), &[&attachment(1), "100倍"]);
    told(&changed(|items| items[0] = stored("mimetype", "application/zip")), &["application/zip"]);
    told(&changed(|items| items[2].flags = 1), &["credentials/001.sdjwt"]);
    told(&changed(|items| items[4] = stored(attachment(0), "%PDF-1.7 a leasE")), &["租赁合同.pdf"]);
    told(&changed(|items| drop(items.remove(2))), &["credentials/001.sdjwt"]);
    told(
        &signed(|payload| payload["firm"]["uscc"] = json!("91330421DEM0000815")),
        &["91330421DEM0000815", "校验位"],
    );
    told(&signed(|payload| drop(payload.as_object_mut().unwrap().remove("aud"))), &["缺少"]);
    let typ = jws::sign(&key(), "dc+sd-jwt", &sound().1.manifest).unwrap();
    told(&changed(|items| items[1] = stored("manifest.jwt", typ)), &["dossier+jwt", "dc+sd-jwt"]);
}
