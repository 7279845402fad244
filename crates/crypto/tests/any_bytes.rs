//! Any bytes at all: an error or a value, never a panic.
#![cfg(test)]

mod support;

use std::io;
use std::sync::LazyLock;

use proptest::prelude::*;
use support::{algorithms, key};
use zizhi_crypto::jws::{Unverified, sign};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, b64, der, keyfile, sealed};
use zizhi_model::Limits;

static KEYS: LazyLock<Vec<SigningKey>> =
    LazyLock::new(|| algorithms().iter().map(|algorithm| key(*algorithm, 1)).collect());
static IDENTITY: LazyLock<String> = LazyLock::new(|| sealed::generate_identity().0.to_string());

fn feed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(jws) = Unverified::parse(&text, &Limits::default()) {
        for key in KEYS.iter() {
            assert!(jws.clone().verify_any_typ(key.public()).is_err(), "a forgery: {text}");
        }
    }
    let _ = PublicKey::from_jwk_bytes(bytes);
    let _ = SigningKey::from_jwk_bytes(bytes);
    let _ = PublicKey::from_pem(&text);
    let _ = SigningKey::from_pem(&text);
    for label in ["PUBLIC KEY", "PRIVATE KEY"] {
        let base64 = data_encoding::BASE64.encode(bytes);
        let pem = format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n");
        let _ = PublicKey::from_pem(&pem);
        let _ = SigningKey::from_pem(&pem);
    }
    let _ = PublicKey::from_ed25519_bytes(bytes);
    for algorithm in Algorithm::ALL {
        let _ = PublicKey::from_raw(algorithm, bytes);
    }
    for key in KEYS.iter() {
        assert!(key.public().verify(b"message", bytes).is_err(), "a forgery");
        assert!(key.public().verify_asn1(b"message", bytes).is_err(), "a forgery");
    }
    if let Some(raw) = der::signature_to_raw(bytes) {
        assert_eq!(der::signature_from_raw(&raw), bytes, "one spelling");
    }
    if let Ok(decoded) = b64::decode(bytes) {
        assert_eq!(b64::encode(&decoded).as_bytes(), bytes, "one spelling");
    }
    assert!(keyfile::public(&text).is_err(), "no key file");
    assert!(sealed::decrypt(&[IDENTITY.as_str()], bytes, io::sink()).is_err(), "no sealed file");
}

/// Pieces of what our readers look for, so that the generator gets past their first checks.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"eyJhbGciOiJFUzI1NiJ9".to_vec()),
        Just(b"eyJhbGciOiJFZERTQSJ9.".to_vec()),
        Just(b".".to_vec()),
        Just(br#"{"kty":"EC","crv":"P-256","x":""#.to_vec()),
        Just(br#"{"kty":"OKP","crv":"Ed25519","x":""#.to_vec()),
        Just(br#"","y":""#.to_vec()),
        Just(b"\"}".to_vec()),
        Just(vec![0x30, 0x59, 0x30, 0x13, 0x06, 0x07]),
        Just(vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]),
        Just(vec![0x30, 0x44, 0x02, 0x20]),
        Just(vec![0x02, 0x01, 0x00]),
        Just(b"age-encryption.org/v1\n-> X25519 ".to_vec()),
        Just(b"\n--- ".to_vec()),
        "[A-Za-z0-9_-]{0,90}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..70),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        feed(&bytes);
    }

    #[test]
    fn any_pieces_are_refused_without_a_panic(bytes in pieces()) {
        feed(&bytes);
    }

    #[test]
    fn any_one_byte_changed_in_a_jws_is_refused(at in 0..10_000_usize, byte in any::<u8>(), which in 0..8_usize) {
        let key = &KEYS[which % KEYS.len()];
        let good = sign(key, "dossier+jwt", &serde_json::json!({"iss": "urn:uscc:91340100DEM0000228"})).unwrap();
        let mut bytes = good.clone().into_bytes();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            let verified = Unverified::parse(&text, &Limits::default())
                .and_then(|jws| jws.verify(key.public(), &["dossier+jwt"]));
            prop_assert!(verified.is_err(), "{}", text);
        }
    }

    #[test]
    fn any_payload_comes_out_as_it_went_in(payload in proptest::collection::vec(any::<u8>(), 1..400), which in 0..8_usize) {
        let key = &KEYS[which % KEYS.len()];
        let compact = zizhi_crypto::jws::sign_bytes(key, "dossier+jwt", &payload).unwrap();
        let jws = Unverified::parse(&compact, &Limits::default()).unwrap();
        prop_assert_eq!(jws.verify(key.public(), &["dossier+jwt"]).unwrap().into_payload(), payload);
    }
}
