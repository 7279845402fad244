//! Sealed dossiers open to whom they were sealed, whole or not at all.

use std::io::{Cursor, Read};

use zizhi_crypto::sealed::{SealedError, generate_identity};
use zizhi_dossier::{UnsealError, open, seal, unseal};
use zizhi_model::Limits;

use crate::support::sound;

#[test]
fn a_sealed_dossier_opens_to_each_recipient_and_nobody_else() {
    let (one, other, stranger) = (generate_identity(), generate_identity(), generate_identity());
    let (bytes, _) = sound();
    let mut hidden = Vec::new();
    seal(&[one.1, other.1], bytes.as_slice(), &mut hidden).unwrap();
    assert!(!hidden.windows(8).any(|window| window == b"mimetype"), "nothing shows through");
    for identity in [&one.0, &other.0] {
        let mut out = Cursor::new(Vec::new());
        let size = unseal(hidden.as_slice(), &[identity.as_str()], &mut out, &Limits::default()).unwrap();
        assert_eq!(size, bytes.len() as u64);
        let mut content = Vec::new();
        out.read_to_end(&mut content).unwrap();
        assert!(content == bytes, "the output is at its beginning");
        assert_eq!(open(&mut out, &Limits::default()).unwrap().problems, []);
    }
    let mut out = Cursor::new(Vec::new());
    let error = unseal(hidden.as_slice(), &[stranger.0.as_str()], &mut out, &Limits::default()).unwrap_err();
    assert!(matches!(error, UnsealError::Sealed(SealedError::OtherRecipient)), "{error}");
}

#[test]
fn a_truncated_or_altered_sealed_dossier_is_an_error() {
    let (identity, recipient) = generate_identity();
    let mut hidden = Vec::new();
    seal(&[recipient], sound().0.as_slice(), &mut hidden).unwrap();
    let mut altered = hidden.clone();
    *altered.last_mut().unwrap() ^= 1;
    for damaged in [&hidden[..hidden.len() - 1], &hidden[..100], &altered, b"PK", b""] {
        let mut out = Cursor::new(Vec::new());
        assert!(unseal(damaged, &[identity.as_str()], &mut out, &Limits::default()).is_err());
    }
}

#[test]
fn what_unseals_to_more_than_a_dossier_may_be_stops_there() {
    let (identity, recipient) = generate_identity();
    let mut hidden = Vec::new();
    seal(&[recipient], std::io::repeat(0).take(1_000_000), &mut hidden).unwrap();
    let limits = Limits { file_bytes: 200_000, ..Limits::default() };
    let mut out = Cursor::new(Vec::new());
    let error = unseal(hidden.as_slice(), &[identity.as_str()], &mut out, &limits).unwrap_err();
    assert!(matches!(error, UnsealError::TooLarge(200_000)), "{error}");
    assert!(out.into_inner().len() <= 200_000);
}
