//! Whatever the bytes are, opening them gives an answer; and no altered byte of a dossier goes unnoticed.

use std::io::Cursor;

use proptest::prelude::*;
use zizhi_dossier::manifest::{Manifest, Unverified};
use zizhi_dossier::{Digest, Opened, compare, open, request};
use zizhi_model::Limits;

use crate::support::sound;

/// What a reader would go by: the manifest, if nothing at all is wrong.
fn accepted(bytes: &[u8]) -> Option<(Manifest, Opened)> {
    let limits = Limits::default();
    let opened = open(Cursor::new(bytes), &limits).unwrap();
    assert_eq!(opened.sha256, Some(Digest::of(bytes)), "whatever the file is, its digest is known");
    let text = opened.manifest.as_deref()?;
    let manifest = Unverified::parse(text, &limits).ok()?.verify().ok()?.into_manifest();
    let sound = compare(&manifest, &opened).is_empty() && opened.problems.is_empty();
    sound.then_some((manifest, opened))
}

#[test]
fn every_bit_of_a_dossier_counts() {
    let (bytes, _) = sound();
    assert!(accepted(&bytes).is_some());
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            assert!(accepted(&altered).is_none(), "bit {bit} of byte {at} can be altered unnoticed");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_other_value_of_any_byte_is_noticed(at in any::<prop::sample::Index>(), change in 1..=255_u8) {
        let (mut bytes, _) = sound();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        prop_assert!(accepted(&bytes).is_none(), "byte {} changed by {:#04x}", at, change);
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        prop_assert!(accepted(&bytes).is_none());
    }

    #[test]
    fn any_text_as_a_manifest_or_request_gets_an_answer(text in "\\PC{0,200}", payload in "[ -~]{0,200}") {
        let limits = Limits::default();
        let encoded = format!("eyJhbGciOiJFZERTQSJ9.{}.{}", zizhi_crypto::b64::encode(payload.as_bytes()), "A".repeat(86));
        for text in [text, encoded] {
            prop_assert!(Unverified::parse(&text, &limits).and_then(Unverified::verify).is_err());
            if let Ok(request) = request::Unverified::parse(&text, &limits) {
                prop_assert!(request.peek().is_err());
            }
        }
    }

    #[test]
    fn any_damage_gets_an_answer(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
    ) {
        let (mut bytes, _) = sound();
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let piece = bytes[from.min(to)..from.max(to)].to_vec();
        let at = from;
        bytes.splice(at..at, piece);
        let answer = accepted(&bytes);
        prop_assert!(answer.is_none() || bytes == sound().0);
    }
}
