//! Whatever the bytes are: an answer, no panic, and never another content than was written.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

#[expect(dead_code, reason = "a part of the builder is enough here")]
mod builder;

use std::io::Cursor;
use std::sync::Arc;

use builder::{archive, deflated, noise, stored};
use proptest::prelude::*;
use zizhi_archive::{Archive, ArchiveError, Bounds, Method, Problem, Profile, Visit, Writer};

const BOUNDS: Bounds = Bounds { file_bytes: 1 << 20, entry_bytes: 1 << 18, entries: 50, ratio: 200 };

type Contents = Vec<(String, Vec<u8>)>;

/// All that can be read, or none if anything at all is wrong.
fn sound(bytes: &[u8]) -> Option<Contents> {
    let mut archive = Archive::open(Cursor::new(bytes), &BOUNDS).ok()?;
    let names: Vec<String> = archive.entries().iter().map(|entry| entry.name.clone()).collect();
    let contents = names.into_iter().enumerate();
    contents.map(|(index, name)| Some((name, archive.read(index, 1 << 18).ok()?))).collect()
}

#[derive(Default)]
struct Kept {
    raw: Vec<u8>,
    contents: Vec<(usize, Vec<u8>)>,
    ended: Vec<(usize, Result<u64, Problem>)>,
}

impl Visit for Kept {
    fn raw(&mut self, block: &Arc<Vec<u8>>) {
        self.raw.extend(block.iter());
    }

    fn content(&mut self, index: usize, bytes: &[u8]) {
        match self.contents.last_mut() {
            Some((last, content)) if *last == index => content.extend(bytes),
            _ => self.contents.push((index, bytes.to_vec())),
        }
    }

    fn end(&mut self, index: usize, outcome: Result<u64, Problem>) {
        self.ended.push((index, outcome));
    }
}

/// Reads everything in every way there is.
fn exhaust(bytes: &[u8], profile: Profile) {
    let Ok(mut archive) = Archive::examine(Cursor::new(bytes), &BOUNDS, profile) else { return };
    let mut kept = Kept::default();
    archive.pass(&mut kept).unwrap();
    assert!(kept.raw == bytes, "a pass hands out the file as it is");
    for index in 0..archive.entries().len() {
        let passed = kept.ended.iter().find(|(ended, _)| *ended == index).map(|(_, outcome)| outcome);
        match (archive.read(index, 1 << 18), passed) {
            (Ok(content), Some(Ok(size))) => {
                assert_eq!(content.len() as u64, *size);
                let found = kept.contents.iter().filter(|(found, _)| *found == index).count();
                assert!(found <= 1, "an entry comes in one piece");
            }
            (Err(ArchiveError::Refused(one)), Some(Err(other))) => assert_eq!(one.code, other.code),
            (Err(_), None) => assert!(!archive.is_readable(index)),
            (one, other) => panic!("one way reads {one:?}, the other {other:?}"),
        }
    }
}

fn sample(streamed: bool) -> (Vec<u8>, Contents) {
    let contents: Contents = vec![
        ("mimetype".into(), b"application/vnd.zizhitong.dossier+zip".to_vec()),
        ("manifest.jwt".into(), b"eyJh.eyJi.c2ln".to_vec()),
        ("attachments/a".into(), noise(40)),
    ];
    let bytes = if streamed {
        let items = contents.iter().enumerate().map(|(index, (name, content))| match index {
            1 => deflated(name, content).streamed(true),
            _ => stored(name, content).streamed(index == 0),
        });
        archive(&items.collect::<Vec<_>>())
    } else {
        let mut writer = Writer::new(Cursor::new(Vec::new())).unwrap();
        for (name, content) in &contents {
            writer.add(name, Method::Stored, &mut content.as_slice()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    assert_eq!(sound(&bytes).as_ref(), Some(&contents));
    (bytes, contents)
}

#[test]
fn every_other_value_of_every_byte_of_our_own_archive_is_refused() {
    let (bytes, _) = sample(false);
    for at in 0..bytes.len() {
        for change in 1..=255 {
            let mut altered = bytes.clone();
            altered[at] ^= change;
            assert_eq!(sound(&altered), None, "byte {at} changed by {change:#04x} was not noticed");
        }
    }
}

#[test]
fn no_other_value_of_any_byte_changes_a_content_silently() {
    let (bytes, contents) = sample(true);
    for at in 0..bytes.len() {
        for change in 1..=255 {
            let mut altered = bytes.clone();
            altered[at] ^= change;
            if let Some(found) = sound(&altered) {
                assert_eq!(found, contents, "byte {at} changed by {change:#04x}");
            }
        }
    }
}

#[test]
fn every_truncation_and_every_extension_is_refused() {
    let (bytes, _) = sample(false);
    for length in 0..bytes.len() {
        assert_eq!(sound(&bytes[..length]), None, "cut to {length}");
        exhaust(&bytes[..length], Profile::Dossier);
    }
    for byte in [0, b'\n', b'P', 0xff] {
        assert_eq!(sound(&[&bytes[..], &[byte]].concat()), None);
        assert_eq!(sound(&[&[byte], &bytes[..]].concat()), None);
    }
}

#[test]
fn entries_that_end_where_a_block_ends_come_out_whole() {
    let block = 256 * 1024;
    for length in [block - 31, block - 30, block - 1, block, block + 1, 3 * block, 0] {
        let content = noise(length);
        let bytes = archive(&[stored("a", &content), stored("b", ""), stored("c", "c")]);
        let bounds = Bounds { file_bytes: 1 << 30, entry_bytes: 1 << 30, ..BOUNDS };
        let mut archive = Archive::examine(Cursor::new(&bytes), &bounds, Profile::Dossier).unwrap();
        let mut kept = Kept::default();
        archive.pass(&mut kept).unwrap();
        assert!(kept.raw == bytes);
        assert_eq!(kept.ended.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(kept.ended.iter().all(|(_, outcome)| outcome.is_ok()), "{length}");
        let first = kept.contents.iter().find(|(index, _)| *index == 0).map_or(&[][..], |(_, bytes)| bytes);
        assert!(first == content, "{length}");
        assert!(archive.read(0, 1 << 30).unwrap() == content, "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        exhaust(&bytes, Profile::Dossier);
        exhaust(&bytes, Profile::Package);
    }

    #[test]
    fn any_damage_gets_an_answer(
        streamed in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        doubled in any::<bool>(),
    ) {
        let (mut bytes, _) = sample(streamed);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if doubled {
            let piece = bytes[..cut.index(bytes.len())].to_vec();
            bytes.extend(piece);
        }
        exhaust(&bytes, Profile::Dossier);
        exhaust(&bytes, Profile::Package);
    }

    #[test]
    fn what_is_written_is_read(contents in prop::collection::btree_map("[a-z]{1,8}(/[a-z0-9]{1,8}){0,2}", prop::collection::vec(any::<u8>(), 0..3000), 0..10), deflate in any::<bool>()) {
        let method = if deflate { Method::Deflate } else { Method::Stored };
        let safe: Contents = contents.into_iter().filter(|(name, _)| zizhi_archive::is_safe_path(name)).collect();
        let mut writer = Writer::new(Cursor::new(Vec::new())).unwrap();
        for (name, content) in &safe {
            writer.add(name, method, &mut content.as_slice()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        prop_assert_eq!(sound(&bytes), Some(safe));
    }
}
