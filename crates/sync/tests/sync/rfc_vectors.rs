//! What the RFCs publish: signature bases, signatures and digests of others.

use zizhi_crypto::{Algorithm, PublicKey, SigningKey, b64};
use zizhi_sync::Digest;
use zizhi_sync::http_signature::{content_digest, signature_base};

const RFC9421: &str = include_str!("../data/rfc9421.txt");
const RFC9530: &str = include_str!("../data/rfc9530.txt");

/// Every value under a name.
fn all<'a>(file: &'a str, name: &str) -> Vec<&'a str> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).collect()
}

fn one<'a>(file: &'a str, name: &str) -> &'a str {
    let values = all(file, name);
    assert_eq!(values.len(), 1, "{name} stands once");
    values[0]
}

/// The signature base that we make of a vector's components.
fn base(vector: &str) -> String {
    let components = all(RFC9421, &format!("{vector}.component"));
    // A derived component begins with `@`; none of the names here has a colon and a space.
    let components = components.iter().map(|line| line.split_once(": ").expect("a name and a value"));
    signature_base(components, one(RFC9421, &format!("{vector}.parameters")))
}

fn ed25519() -> SigningKey {
    let (x, d) = (one(RFC9421, "ed25519.x"), one(RFC9421, "ed25519.d"));
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{d}"}}"#);
    SigningKey::from_jwk_bytes(jwk.as_bytes()).expect("the key of B.1.4")
}

#[test]
fn makes_the_signature_base_of_b_2_6() {
    assert_eq!(base("b26"), all(RFC9421, "b26.base").join("\n"), "RFC 9421 B.2.6");
}

#[test]
fn makes_the_signature_of_b_2_6() {
    let signature = ed25519().sign(base("b26").as_bytes()).expect("a signature");
    assert_eq!(
        b64::encode(&signature),
        one(RFC9421, "b26.signature"),
        "Ed25519 has one signature for a text"
    );
}

#[test]
fn verifies_the_signature_of_b_2_6_and_not_of_another_base() {
    let (key, signature) = (ed25519(), b64::decode(one(RFC9421, "b26.signature")).unwrap());
    key.public().verify(base("b26").as_bytes(), &signature).expect("RFC 9421 B.2.6");
    let other = base("b26").replace("/foo", "/foo?");
    assert!(key.public().verify(other.as_bytes(), &signature).is_err(), "another path");
}

#[test]
fn verifies_the_ecdsa_signature_of_b_2_4() {
    let (x, y) = (one(RFC9421, "p256.x"), one(RFC9421, "p256.y"));
    let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#);
    let key = PublicKey::from_jwk_bytes(jwk.as_bytes()).expect("the key of B.1.3");
    assert_eq!(key.algorithm(), Algorithm::Es256);
    let signature = b64::decode(one(RFC9421, "b24.signature")).unwrap();
    key.verify(base("b24").as_bytes(), &signature).expect("RFC 9421 B.2.4");
}

#[test]
fn makes_the_content_digest_of_rfc_9530() {
    let content = format!("{}\n", one(RFC9530, "content"));
    assert_eq!(content_digest(&Digest::of(content.as_bytes())), one(RFC9530, "digest"), "RFC 9530 B.1");
}
