//! The crate `httpsig`, written by others, reads what we sign and signs what we read.

use httpsig::prelude::message_component::HttpMessageComponent;
use httpsig::prelude::{
    AlgorithmName, HttpSignatureBase, HttpSignatureHeaders, HttpSignatureParams, PublicKey, SecretKey,
};
use zizhi_crypto::{Algorithm, SigningKey, b64};
use zizhi_sync::http_signature::{LABEL, LIFETIME, Request, Stamp, Unverified, body, content_digest, sign};

use crate::support::key_of;

/// A time so late that the other crate, which reads the clock, calls nothing expired.
const LATE: i64 = 4_000_000_000;
const URI: &str = "https://hub.example/v1/sync";
const CONTENT: &[u8] = br#"{"cursor":null,"acks":[],"public":null}"#;

fn name(algorithm: Algorithm) -> AlgorithmName {
    if algorithm == Algorithm::EdDsa { AlgorithmName::Ed25519 } else { AlgorithmName::EcdsaP256Sha256 }
}

fn their_secret(key: &SigningKey) -> SecretKey {
    let jwk: serde_json::Value = serde_json::from_str(&key.to_jwk_private_json()).expect("JSON");
    let secret = b64::decode(jwk["d"].as_str().expect("d")).expect("base64url");
    SecretKey::from_bytes(&name(key.algorithm()), &secret).expect("a secret for them")
}

fn their_public(key: &SigningKey) -> PublicKey {
    PublicKey::from_bytes(&name(key.algorithm()), key.public().raw()).expect("a key for them")
}

/// The components as they take them: lines of a signature base.
fn components(digest: &str) -> Vec<HttpMessageComponent> {
    let digest = format!("\"content-digest\": {digest}");
    let target = format!("\"@target-uri\": {URI}");
    ["\"@method\": POST", &target, &digest, "\"content-type\": application/json"]
        .into_iter()
        .map(|line| HttpMessageComponent::try_from(line).expect("a component for them"))
        .collect()
}

#[test]
fn they_verify_what_we_sign() {
    for algorithm in [Algorithm::EdDsa, Algorithm::Es256] {
        let key = key_of(algorithm, 3);
        let fields = [("content-type", "application/json")];
        let request = Request { method: "POST", target_uri: URI, fields: &fields, body: body(CONTENT) };
        let stamp = Stamp { created: LATE, expires: LATE + LIFETIME, nonce: [1; 16] };
        let added = sign(&request, &key, &stamp).expect("a signature");
        let value = |name: &str| added.iter().find(|(found, _)| *found == name).expect("a field").1.clone();
        let headers = HttpSignatureHeaders::try_parse(&value("signature"), &value("signature-input"))
            .expect("fields that they can read");
        let headers = &headers[LABEL];
        let base =
            HttpSignatureBase::try_new(&components(&value("content-digest")), headers.signature_params())
                .expect("a base for them");
        base.verify_signature_headers(&their_public(&key), headers)
            .unwrap_or_else(|error| panic!("{algorithm}: they do not verify ours: {error}"));
    }
}

#[test]
fn we_verify_what_they_sign() {
    for algorithm in [Algorithm::EdDsa, Algorithm::Es256] {
        let key = key_of(algorithm, 4);
        let digest = content_digest(&body(CONTENT).expect("a body"));
        let components = components(&digest);
        let covered: Vec<_> = components.iter().map(|component| component.id.clone()).collect();
        let mut parameters = HttpSignatureParams::try_new(&covered).expect("parameters for them");
        parameters
            .set_created(LATE as u64)
            .set_expires((LATE + 60) as u64)
            .set_nonce(&b64::encode(&[2; 16]))
            .set_keyid(key.public().key_id().as_str())
            .set_tag("zizhi-hub-1");
        let base = HttpSignatureBase::try_new(&components, &parameters).expect("a base for them");
        let headers =
            base.build_signature_headers(&their_secret(&key), Some(LABEL)).expect("their signature");
        let (input, signature) = (headers.signature_input_header_value(), headers.signature_header_value());
        let fields = [
            ("Content-Type", "application/json"),
            ("Content-Digest", digest.as_str()),
            ("Signature-Input", input.as_str()),
            ("Signature", signature.as_str()),
        ];
        let request = Request { method: "POST", target_uri: URI, fields: &fields, body: body(CONTENT) };
        Unverified::read(&request)
            .and_then(|unverified| unverified.verify(key.public(), LATE))
            .unwrap_or_else(|error| panic!("{algorithm}: we do not verify theirs: {error}"));
    }
}
