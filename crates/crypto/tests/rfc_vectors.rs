//! The examples of the RFCs that we implement.
#![cfg(test)]

mod support;

use zizhi_crypto::jws::{JwsError, Unverified};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey};
use zizhi_model::Limits;

/// RFC 7515 Appendix A.3.1
const ES256_JWK: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;
const ES256_JWS: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

/// RFC 8037 Appendix A.1, A.4
const ED25519_JWK: &str = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
const ED25519_JWS: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

#[test]
fn verifies_the_es256_example_of_rfc_7515() {
    let key = SigningKey::from_jwk_bytes(ES256_JWK.as_bytes()).expect("the key of A.3");
    assert_eq!(key.algorithm(), Algorithm::Es256);
    let jws = Unverified::parse(ES256_JWS, &Limits::default()).expect("three parts");
    let verified = jws.verify_any_typ(key.public()).expect("the signature of A.3");
    assert!(verified.payload().starts_with(br#"{"iss":"joe","#), "the payload of A.3");
    assert_eq!(verified.key_id(), key.public().key_id(), "names the key");
}

#[test]
fn makes_and_verifies_the_eddsa_example_of_rfc_8037() {
    let key = SigningKey::from_jwk_bytes(ED25519_JWK.as_bytes()).expect("the key of A.1");
    let jws = Unverified::parse(ED25519_JWS, &Limits::default()).expect("three parts");
    let verified = jws.verify_any_typ(key.public()).expect("the signature of A.4");
    assert_eq!(verified.payload(), b"Example of Ed25519 signing");
    let (signed, signature) = ED25519_JWS.rsplit_once('.').expect("a signature");
    let own = key.sign(signed.as_bytes()).expect("a signature");
    assert_eq!(zizhi_crypto::b64::encode(&own), signature, "Ed25519 signatures are the same everywhere");
}

#[test]
fn thumbprints_are_those_of_the_rfcs() {
    // The one example of RFC 7638 itself is an RSA key, which we do not read.
    let ed25519 = PublicKey::from_jwk_bytes(ED25519_JWK.as_bytes()).expect("a key");
    assert_eq!(ed25519.key_id().as_str(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "RFC 8037 A.3");
    let es256 = r#"{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        "y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}"#;
    let es256 = PublicKey::from_jwk_bytes(es256.as_bytes()).expect("a key");
    assert_eq!(es256.key_id().as_str(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", "RFC 9449 §6.1");
}

#[test]
fn refuses_the_unsecured_example_of_rfc_7515() {
    // Appendix A.5
    let none = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
    assert_eq!(Unverified::parse(none, &Limits::default()).expect_err("alg none"), JwsError::Alg);
}

#[test]
fn refuses_the_negative_example_of_rfc_7515() {
    // Appendix E: an extension that nobody understands.
    let crit = "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.";
    assert_eq!(Unverified::parse(crit, &Limits::default()).expect_err("crit"), JwsError::Crit);
}

#[test]
fn refuses_an_hmac_under_the_public_key() {
    // RFC 8725 §2.1: the oldest confusion, HS256 keyed with the bytes of the public key. RFC 7515 A.1's header.
    let hmac = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(Unverified::parse(hmac, &Limits::default()).expect_err("HS256"), JwsError::Alg);
}

#[test]
fn signs_the_first_messages_of_rfc_8032() {
    // RFC 8032 §7.1, tests 1 and 2.
    #[track_caller]
    fn check(seed: &str, public: &str, message: &str, signature: &str) {
        let [seed, public, message, signature] = [seed, public, message, signature].map(support::unhex);
        let jwk = format!(
            r#"{{"kty":"OKP","crv":"Ed25519","d":"{}","x":"{}"}}"#,
            zizhi_crypto::b64::encode(&seed),
            zizhi_crypto::b64::encode(&public)
        );
        let key = SigningKey::from_jwk_bytes(jwk.as_bytes()).expect("a key whose halves fit");
        assert_eq!(key.sign(&message).expect("a signature"), signature);
        key.public().verify(&message, &signature).expect("verifies");
    }
    check(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
    check(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
}
