//! One file per defect. The files lie in `tests/data/zip`, so that other programs can be tried on
//! them; this test makes them anew and compares (`ZIZHI_BLESS=1` writes them).

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

mod builder;

use std::io::Cursor;
use std::path::PathBuf;

use builder::{End, Item, archive, archive_with, deflated, extra, noise, stored};
use zizhi_archive::{Archive, ArchiveError, Bounds, Profile};

const BOUNDS: Bounds = Bounds { file_bytes: 256 * 1024, entry_bytes: 64 * 1024, entries: 8, ratio: 100 };

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/zip")
}

/// Every code that opening the archive and reading all of it gives, each once, in order.
fn codes(bytes: &[u8], profile: Profile) -> Vec<&'static str> {
    let mut found = Vec::new();
    match Archive::examine(Cursor::new(bytes), &BOUNDS, profile) {
        Err(error) => found.push(error.code()),
        Ok(mut archive) => {
            found.extend(archive.problems().iter().map(|problem| problem.code.as_str()));
            for index in 0..archive.entries().len() {
                if archive.is_readable(index) {
                    found.extend(archive.read(index, u64::MAX).err().map(|error| error.code()));
                }
            }
        }
    }
    let mut once = Vec::new();
    for code in found {
        if !once.contains(&code) {
            once.push(code);
        }
    }
    once
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let path = folder().join(format!("{name}.zip"));
    if std::env::var_os("ZIZHI_BLESS").is_some() {
        std::fs::write(&path, bytes).unwrap();
    }
    let committed = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(committed == bytes, "{name}: the committed file is not what this test makes");
    assert_eq!(codes(bytes, Profile::Dossier), expected, "{name}: which codes it is refused with");
}

fn a() -> Item {
    stored("a.txt", "first content")
}

fn b() -> Item {
    stored("b.txt", "second content")
}

#[test]
fn accepts_what_honest_writers_make() {
    check("correct", &archive(&[a(), b()]), &[]);
    check("correct-deflated", &archive(&[a(), deflated("b.txt", "ab".repeat(50))]), &[]);
    check("correct-streamed", &archive(&[a().streamed(true), deflated("b", "bb").streamed(false)]), &[]);
    check("correct-empty-entry", &archive(&[stored("a", ""), deflated("b", "")]), &[]);
    check("correct-no-entry", &archive(&[]), &[]);
    let dated = |item: Item| item.with(|item| item.central_extra = extra(0x5455, &[1, 0, 0, 0, 0]));
    check("correct-extra-field", &archive(&[dated(a()), b()]), &[]);
    let marked = |item: Item| item.with(|item| item.external = 0x20);
    check("correct-archive-mark", &archive(&[marked(a()), marked(b())]), &[]);
}

#[test]
fn refuses_what_is_no_archive() {
    check("empty-file", b"", &["ZIP-CORRUPT"]);
    check("not-a-zip", b"This is a text about qualifications, not an archive.", &["ZIP-CORRUPT"]);
    let whole = archive(&[a(), b()]);
    check("cut-short-by-one-byte", &whole[..whole.len() - 1], &["ZIP-CORRUPT"]);
    check("cut-in-the-directory", &whole[..whole.len() - 40], &["ZIP-CORRUPT"]);
    check("cut-at-the-front", &whole[10..], &["ZIP-CORRUPT"]);
}

#[test]
fn refuses_bytes_before_the_first_record() {
    let before = End { before: b"#!/bin/sh\nexit\n".to_vec(), ..End::default() };
    check("bytes-before", &archive_with(&[a(), b()], &before), &["ZIP-PREPENDED"]);
    let adjusted = a().with(|item| item.before = b"#!/bin/sh\nexit\n".to_vec());
    check("bytes-before-adjusted", &archive(&[adjusted, b()]), &["ZIP-PREPENDED"]);
    let two = [archive(&[a()]), archive(&[b()])].concat();
    check("two-archives", &two, &["ZIP-PREPENDED"]);
    check("bytes-before-nothing", &archive_with(&[], &before), &["ZIP-PREPENDED"]);
}

#[test]
fn refuses_bytes_after_the_last_record() {
    let after = End { after: b"one more line\n".to_vec(), ..End::default() };
    check("bytes-after", &archive_with(&[a(), b()], &after), &["ZIP-TRAILING"]);
    let much = End { after: noise(100_000), ..End::default() };
    assert_eq!(codes(&archive_with(&[a(), b()], &much), Profile::Dossier), ["ZIP-TRAILING"]);
    let comment = End { comment: b"approved".to_vec(), ..End::default() };
    check("archive-comment", &archive_with(&[a(), b()], &comment), &["ZIP-TRAILING"]);
    let end = archive(&[]);
    let hidden = End { comment: end, ..End::default() };
    check("end-record-in-comment", &archive_with(&[a(), b()], &hidden), &["ZIP-PREPENDED"]);
}

#[test]
fn refuses_bytes_that_belong_to_nothing() {
    let gap = b().with(|item| item.before = b"between".to_vec());
    check("bytes-between", &archive(&[a(), gap]), &["ZIP-EXTRA"]);
    let hidden = stored("hidden.txt", "not in the directory").with(|item| item.listed = false);
    check("entry-not-in-directory", &archive(&[a(), hidden, b()]), &["ZIP-EXTRA"]);
    let last = b().with(|item| item.after = b"before the directory".to_vec());
    check("bytes-before-directory", &archive(&[a(), last]), &["ZIP-EXTRA"]);
    let end = End { gap: b"signed by nobody".to_vec(), ..End::default() };
    check("bytes-behind-directory", &archive_with(&[a(), b()], &end), &["ZIP-EXTRA"]);
    let comment = a().with(|item| item.comment = b"checked".to_vec());
    check("entry-comment", &archive(&[comment, b()]), &["ZIP-EXTRA"]);
    let streamed = a().streamed(true).with(|item| item.after.extend(b"more"));
    check("bytes-behind-descriptor", &archive(&[streamed, b()]), &["ZIP-EXTRA"]);
}

#[test]
fn refuses_names_that_occur_twice() {
    check("name-twice", &archive(&[a(), stored("a.txt", "another")]), &["ZIP-DUP"]);
    check("name-twice-in-other-case", &archive(&[a(), stored("A.TXT", "another")]), &["ZIP-DUP"]);
}

#[test]
fn refuses_unsafe_names() {
    let named = |name: &[u8]| archive(&[stored(name, "content")]);
    let utf8 = |name: &str| archive(&[stored(name, "content").with(|item| item.flags = 1 << 11)]);
    for (defect, name) in [
        ("name-absolute", "/etc/passwd"),
        ("name-parent", "a/../../b"),
        ("name-only-parent", ".."),
        ("name-current", "./a"),
        ("name-backslash", "a\\b"),
        ("name-drive", "a:b"),
        ("name-device", "attachments/CON"),
        ("name-device-with-extension", "nul.txt"),
        ("name-numbered-device", "COM1.pdf"),
        ("name-empty", ""),
        ("name-empty-segment", "a//b"),
        ("name-control", "a\nb"),
        ("name-nul", "a.pdf\0.exe"),
        ("name-trailing-dot", "a./b"),
        ("name-trailing-space", "a "),
        ("name-wildcard", "a*"),
    ] {
        check(defect, &named(name.as_bytes()), &["ZIP-PATH"]);
    }
    check("name-reversed", &utf8("a\u{202e}fdp.exe"), &["ZIP-PATH"]);
    check("name-zero-width", &utf8("a\u{200b}b"), &["ZIP-PATH"]);
    check(
        "name-not-utf8",
        &archive(&[stored(b"a\xff", "c").with(|item| item.flags = 1 << 11)]),
        &["ZIP-PATH"],
    );
    check("name-in-a-code-page", &named("资质".as_bytes()), &["ZIP-PATH"]);
    check("name-too-long", &named(&[b'a'; 256]), &["ZIP-PATH"]);
    assert!(codes(&utf8("资质/证书.pdf"), Profile::Dossier).is_empty(), "a name in marked UTF-8 is safe");
}

#[test]
fn refuses_what_is_no_file() {
    let mode = |mode: u32| {
        let item = stored("a", "/etc/passwd").with(|item| {
            item.made_by = 3 << 8 | 20;
            item.external = mode << 16;
        });
        archive(&[item])
    };
    check("symlink", &mode(0o120_777), &["ZIP-SYMLINK"]);
    check("pipe", &mode(0o010_644), &["ZIP-SYMLINK"]);
    check("device-node", &mode(0o020_644), &["ZIP-SYMLINK"]);
    check("file-marked-as-directory", &mode(0o040_755), &["ZIP-CORRUPT"]);
    check("directory", &archive(&[stored("folder/", ""), a()]), &["ZIP-EXTRA"]);
    check("directory-with-content", &archive(&[stored("folder/", "hidden"), a()]), &["ZIP-EXTRA"]);
}

#[test]
fn tolerates_empty_directories_in_packages_only() {
    let empty = archive(&[stored("folder/", ""), a()]);
    assert_eq!(codes(&empty, Profile::Package), [""; 0]);
    let hidden = archive(&[stored("folder/", "hidden"), a()]);
    assert_eq!(codes(&hidden, Profile::Package), ["ZIP-EXTRA"]);
    let both = archive(&[stored("a.txt/", ""), a()]);
    assert_eq!(codes(&both, Profile::Package), ["ZIP-DUP"], "a file and a folder of one name");
}

#[test]
fn refuses_encrypted_entries() {
    check("encrypted", &archive(&[a().with(|item| item.flags = 1)]), &["ZIP-ENCRYPTED"]);
    check("encrypted-strongly", &archive(&[a().with(|item| item.flags = 1 | 1 << 6)]), &["ZIP-ENCRYPTED"]);
    let aes = a().with(|item| {
        item.method = 99;
        item.central_extra = extra(0x9901, &[2, 0, 65, 69, 3, 0, 0]);
    });
    check("encrypted-with-aes", &archive(&[aes]), &["ZIP-ENCRYPTED"]);
}

#[test]
fn refuses_records_that_differ() {
    let differing =
        |change: fn(&mut builder::Local)| archive(&[a().with(|item| change(&mut item.local)), b()]);
    let name = |local: &mut builder::Local| local.name = Some(b"c.txt".to_vec());
    check("other-name", &differing(name), &["ZIP-MISMATCH"]);
    check("other-method", &differing(|local| local.method = Some(8)), &["ZIP-MISMATCH"]);
    check("other-flags", &differing(|local| local.flags = Some(2)), &["ZIP-MISMATCH"]);
    check("other-checksum", &differing(|local| local.crc = Some(1)), &["ZIP-MISMATCH"]);
    check("other-size", &differing(|local| local.size = Some(1)), &["ZIP-MISMATCH"]);
    check("other-compressed-size", &differing(|local| local.compressed = Some(1)), &["ZIP-MISMATCH"]);
    check("other-time", &differing(|local| local.stamp = Some(1)), &["ZIP-MISMATCH"]);
    check("other-version", &differing(|local| local.needed = Some(10)), &["ZIP-MISMATCH"]);
    let streamed = a().streamed(true).with(|item| item.after[4] ^= 1);
    check("other-descriptor", &archive(&[streamed, b()]), &["ZIP-MISMATCH"]);
    let absent = a().streamed(true).with(|item| item.after.clear());
    check("descriptor-absent", &archive(&[absent, b()]), &["ZIP-MISMATCH"]);
    let second = a().with(|item| item.local_extra = extra(0x7075, b"\x01\0\0\0\0c.txt"));
    check("second-name-in-extra-field", &archive(&[second]), &["ZIP-MISMATCH"]);
}

#[test]
fn refuses_what_cannot_be_read() {
    check("method-bzip2", &archive(&[a().with(|item| item.method = 12)]), &["ZIP-CORRUPT"]);
    check("wrong-checksum", &archive(&[a().with(|item| item.crc ^= 1)]), &["ZIP-CORRUPT"]);
    check("stored-with-two-sizes", &archive(&[a().with(|item| item.size += 1)]), &["ZIP-CORRUPT"]);
    let garbage = deflated("a", "content").with(|item| item.data.iter_mut().for_each(|byte| *byte = 0xff));
    check("deflate-garbage", &archive(&[garbage]), &["ZIP-CORRUPT"]);
    let more = deflated("a", "content").with(|item| {
        item.data.extend(b"hidden");
        item.compressed += 6;
    });
    check("deflate-with-bytes-behind", &archive(&[more]), &["ZIP-CORRUPT"]);
    let less = deflated("a", "content").with(|item| {
        item.data.pop();
        item.compressed -= 1;
    });
    check("deflate-cut-short", &archive(&[less]), &["ZIP-CORRUPT"]);
    let smaller = deflated("a", "content").with(|item| item.size -= 1);
    check("inflates-to-more", &archive(&[smaller]), &["ZIP-CORRUPT"]);
    let larger = deflated("a", "content").with(|item| item.size += 1);
    check("inflates-to-less", &archive(&[larger]), &["ZIP-CORRUPT"]);
    let reserved = a().with(|item| item.flags = 1 << 5);
    check("unknown-flag", &archive(&[reserved]), &["ZIP-CORRUPT"]);
    let extra_cut = a().with(|item| item.central_extra = vec![1, 2, 3]);
    check("extra-field-cut-short", &archive(&[extra_cut]), &["ZIP-CORRUPT"]);
}

#[test]
fn refuses_a_directory_that_leads_nowhere() {
    let beyond = b().with(|item| item.offset = Some(5));
    check("offset-into-another-entry", &archive(&[a(), beyond]), &["ZIP-CORRUPT"]);
    let again = stored("b.txt", "first content").with(|item| {
        item.present = false;
        item.offset = Some(0);
    });
    check("two-entries-one-record", &archive(&[a(), again]), &["ZIP-CORRUPT"]);
    let within = a().with(|item| {
        item.size += 20;
        item.compressed += 20;
    });
    check("entry-over-the-next", &archive(&[within, b()]), &["ZIP-CORRUPT"]);
    let end = End { entries: Some(3), ..End::default() };
    check("fewer-entries-than-stated", &archive_with(&[a(), b()], &end), &["ZIP-CORRUPT"]);
    let end = End { entries: Some(1), ..End::default() };
    check("more-entries-than-stated", &archive_with(&[a(), b()], &end), &["ZIP-CORRUPT"]);
    let end = End { directory_offset: Some(4000), ..End::default() };
    check("directory-behind-the-end", &archive_with(&[a(), b()], &end), &["ZIP-CORRUPT"]);
    let end = End { disk: 1, ..End::default() };
    check("several-disks", &archive_with(&[a(), b()], &end), &["ZIP-CORRUPT"]);
    check("entry-on-another-disk", &archive(&[a().with(|item| item.disk = 1)]), &["ZIP-CORRUPT"]);
}

#[test]
fn refuses_zip64() {
    let sized = a().with(|item| item.local_extra = extra(0x0001, &[0; 16]));
    check("zip64-extra-field", &archive(&[sized]), &["ZIP-CORRUPT"]);
    let locator = [&0x0706_4b50_u32.to_le_bytes()[..], &[0; 16]].concat();
    let end = End { gap: locator, ..End::default() };
    check("zip64-locator", &archive_with(&[a()], &end), &["ZIP-CORRUPT"]);
    let end = End { directory_offset: Some(u32::MAX), ..End::default() };
    check("zip64-end", &archive_with(&[a()], &end), &["ZIP-CORRUPT"]);
}

#[test]
fn refuses_attributes_that_no_writer_makes() {
    let internal = a().with(|item| item.internal = 1);
    check("text-mark-of-another-version", &archive(&[internal, b()]), &["ZIP-CORRUPT"]);
    let external = a().with(|item| item.external = 0x0000_4000);
    check("unknown-attribute", &archive(&[external, b()]), &["ZIP-CORRUPT"]);
    let marked = a().with(|item| item.external = 0x20);
    check("archive-mark-of-one-entry", &archive(&[marked, b()]), &["ZIP-CORRUPT"]);
    let setuid = a().with(|item| item.external = 0o104_755 << 16);
    check("setuid", &archive(&[setuid, b()]), &["ZIP-CORRUPT"]);
    let other = a().with(|item| item.made_by = 3 << 8 | 20);
    check("two-writers", &archive(&[other, b()]), &["ZIP-CORRUPT"]);
}

#[test]
fn keeps_to_the_limits() {
    let zeros = vec![0; 60_000];
    check("ratio", &archive(&[deflated("a", &zeros)]), &["LIMIT-RATIO"]);
    let lying = deflated("a", &zeros).with(|item| item.size = 1000);
    check("ratio-denied-by-its-record", &archive(&[lying]), &["LIMIT-RATIO"]);
    let near = [noise(200), vec![0; 59_800]].concat();
    assert!(
        codes(&archive(&[deflated("a", near)]), Profile::Dossier).is_empty(),
        "close to the limit is allowed"
    );

    let large = [noise(1000), vec![0; 64 * 1024]].concat();
    check("entry-too-large", &archive(&[deflated("a", large)]), &["LIMIT-SIZE"]);
    let many: Vec<Item> = (0..9).map(|index| stored(format!("{index}"), "")).collect();
    check("too-many-entries", &archive(&many), &["LIMIT-COUNT"]);
    assert!(codes(&archive(&many[..8]), Profile::Dossier).is_empty(), "the limit itself is allowed");
    let big = archive(&[stored("a", noise(256 * 1024))]);
    assert_eq!(codes(&big, Profile::Dossier), ["LIMIT-SIZE"], "the file is larger than allowed");
}

#[test]
fn all_entries_together_are_bounded_too() {
    let bounds = Bounds { file_bytes: 1000, entry_bytes: 4000, entries: 8, ratio: 200 };
    let item = |name: &str| deflated(name, [noise(20), vec![7; 3900]].concat());
    let bytes = archive(&[item("a"), item("b"), item("c")]);
    assert!(bytes.len() < 1000);
    let archive = Archive::examine(Cursor::new(&bytes), &bounds, Profile::Dossier).unwrap();
    assert_eq!(archive.problems().len(), 1, "three times 3920 is more than eight times 1000");
    assert_eq!(archive.problems()[0].code.as_str(), "LIMIT-SIZE");
    assert!(!archive.is_readable(2));
}

#[test]
fn a_size_that_hides_a_bomb_is_found_out_within_its_budget() {
    let bomb = deflated("a", vec![0; 60_000]).with(|item| item.size = 10);
    let bytes = archive(&[bomb]);
    let mut archive = Archive::examine(Cursor::new(&bytes), &BOUNDS, Profile::Dossier).unwrap();
    let mut seen = 0;
    let outcome = archive.stream(0, &mut |bytes: &[u8]| seen += bytes.len());
    assert!(matches!(outcome, Err(ArchiveError::Refused(_))));
    assert!(seen <= 10, "no more is handed on than the record says");
}

#[test]
fn open_names_the_first_problem() {
    let error = Archive::open(Cursor::new(archive(&[a().with(|item| item.flags = 1)])), &BOUNDS).unwrap_err();
    assert_eq!(error.code(), "ZIP-ENCRYPTED");
    assert!(error.to_string().contains("a.txt"), "{error}");
}

#[test]
fn every_committed_file_belongs_to_a_defect() {
    let named = include_str!("defects.rs");
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "zip") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(named.contains(&format!("\"{name}\"")), "{name} is not made by any test");
        }
    }
}
