//! Every case of Project Wycheproof for our algorithms (tests/data/wycheproof/README.md).
//!
//! Each test counts what it ran, so that a file that shrinks or a filter that grows is noticed.
#![cfg(test)]

mod support;

use serde_json::Value;
use support::{data, unhex};
use zizhi_crypto::jws::{JwsError, Unverified};
use zizhi_crypto::{Algorithm, KeyError, PublicKey, Weakness, der};
use zizhi_model::{CheckCode, Limits};

struct Case {
    group: Value,
    id: u64,
    test: Value,
    valid: bool,
}

fn cases(file: &str) -> Vec<Case> {
    let text = std::fs::read(data("wycheproof").join(file)).expect("the vectors");
    let whole: Value = serde_json::from_slice(&text).expect("JSON");
    let mut cases = Vec::new();
    for group in whole["testGroups"].as_array().expect("groups") {
        for test in group["tests"].as_array().expect("tests") {
            let valid = match test["result"].as_str() {
                Some("valid") => true,
                Some("invalid") => false,
                other => panic!("a result that the test does not know: {other:?}"),
            };
            cases.push(Case {
                group: group.clone(),
                id: test["tcId"].as_u64().expect("a number"),
                test: test.clone(),
                valid,
            });
        }
    }
    assert_eq!(whole["numberOfTests"].as_u64(), Some(cases.len() as u64), "the file counts itself");
    cases
}

fn bytes(value: &Value) -> Vec<u8> {
    unhex(value.as_str().expect("text"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// What a run agreed on, and a line for each case that it did not.
#[derive(Default)]
struct Tally {
    valid: usize,
    invalid: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn note(&mut self, case: &Case, accepted: bool) {
        if accepted != case.valid {
            self.wrong.push(format!("tcId {} ({}): accepted {accepted}", case.id, case.test["comment"]));
        } else if accepted {
            self.valid += 1;
        } else {
            self.invalid += 1;
        }
    }

    #[track_caller]
    fn agrees(&self, valid: usize, invalid: usize) {
        assert!(self.wrong.is_empty(), "disagreements:\n{}", self.wrong.join("\n"));
        assert_eq!((self.valid, self.invalid), (valid, invalid), "cases that are valid and invalid");
    }
}

#[test]
fn agrees_on_every_ed25519_case() {
    let mut tally = Tally::default();
    for case in cases("ed25519_test.json") {
        let key = PublicKey::from_ed25519_bytes(&bytes(&case.group["publicKey"]["pk"])).expect("a sound key");
        let jwk = case.group["publicKeyJwk"].to_string();
        assert_eq!(PublicKey::from_jwk_bytes(jwk.as_bytes()), Ok(key.clone()), "tcId {}: its JWK", case.id);
        assert_eq!(
            PublicKey::from_pem(text(&case.group["publicKeyPem"])),
            Ok(key.clone()),
            "tcId {}: its PEM",
            case.id
        );
        let accepted = key.verify(&bytes(&case.test["msg"]), &bytes(&case.test["sig"])).is_ok();
        tally.note(&case, accepted);
    }
    tally.agrees(88, 63);
}

#[test]
fn agrees_on_every_ecdsa_p1363_case() {
    let mut tally = Tally::default();
    for case in cases("ecdsa_secp256r1_sha256_p1363_test.json") {
        let point = bytes(&case.group["publicKey"]["uncompressed"]);
        let key = PublicKey::from_raw(Algorithm::Es256, &point).expect("a sound key");
        let pem = text(&case.group["publicKeyPem"]);
        assert_eq!(PublicKey::from_pem(pem), Ok(key.clone()), "tcId {}: its PEM", case.id);
        assert_eq!(key.to_pem().trim(), pem.trim(), "tcId {}: written as others write it", case.id);
        if let Some(jwk) = case.group.get("publicKeyJwk") {
            let read = PublicKey::from_jwk_bytes(jwk.to_string().as_bytes());
            assert_eq!(read, Ok(key.clone()), "tcId {}: its JWK", case.id);
        }
        let accepted = key.verify(&bytes(&case.test["msg"]), &bytes(&case.test["sig"])).is_ok();
        tally.note(&case, accepted);
    }
    tally.agrees(173, 89);
}

#[test]
fn agrees_on_every_ecdsa_der_case() {
    let mut tally = Tally::default();
    for case in cases("ecdsa_secp256r1_sha256_test.json") {
        let key = PublicKey::from_pem(text(&case.group["publicKeyPem"])).expect("a sound key");
        let (message, signature) = (bytes(&case.test["msg"]), bytes(&case.test["sig"]));
        let accepted = key.verify_asn1(&message, &signature).is_ok();
        tally.note(&case, accepted);
        // Our own reading of DER decides the same.
        let converted = der::signature_to_raw(&signature);
        let again = converted.is_some_and(|raw| key.verify(&message, &raw).is_ok());
        assert_eq!(again, accepted, "tcId {}: through the conversion", case.id);
        if let Some(raw) = converted {
            assert_eq!(der::signature_from_raw(&raw), signature, "tcId {}: there and back", case.id);
        }
    }
    tally.agrees(174, 310);
}

/// Kinds of keys that formats.md §0 leaves out. Their valid cases are refused on purpose, and every
/// other deviation would be a disagreement.
const NOT_OURS: &[(&str, usize, usize)] = &[
    // (kty and curve, cases that Wycheproof calls valid, cases it calls invalid)
    ("RSA", 32, 286),
    ("oct", 10, 30),
    ("EC P-521", 2, 0),
];

#[test]
fn agrees_on_every_jws_case() {
    let mut tally = Tally::default();
    let mut left_out: Vec<(String, usize, usize)> =
        NOT_OURS.iter().map(|(kind, _, _)| ((*kind).to_owned(), 0, 0)).collect();
    for case in cases("json_web_signature_test.json") {
        let jwk = case.group.get("public").unwrap_or(&case.group["private"]);
        let accepted = accepts_jws(jwk, &case.test["jws"]);
        let mut kind = text(&jwk["kty"]).to_owned();
        if let Some(curve) = jwk.get("crv") {
            kind = format!("{kind} {}", text(curve));
        }
        if let Some(row) = left_out.iter_mut().find(|row| row.0 == kind) {
            assert!(!accepted, "tcId {}: {kind} is not ours", case.id);
            if case.valid {
                row.1 += 1;
            } else {
                row.2 += 1;
            }
        } else {
            assert_eq!(kind, "EC P-256", "tcId {}: a kind of key that the test does not know", case.id);
            tally.note(&case, accepted);
        }
    }
    tally.agrees(2, 39);
    for ((kind, valid, invalid), expected) in left_out.iter().zip(NOT_OURS) {
        assert_eq!((kind.as_str(), *valid, *invalid), *expected, "cases left out");
    }
}

fn accepts_jws(jwk: &Value, jws: &Value) -> bool {
    // A JWS in JSON serialisation is given as an object; to us it is the text of one.
    let compact = jws.as_str().map_or_else(|| jws.to_string(), str::to_owned);
    let Ok(key) = PublicKey::from_jwk_bytes(jwk.to_string().as_bytes()) else { return false };
    Unverified::parse(&compact, &Limits::default()).and_then(|jws| jws.verify_any_typ(&key)).is_ok()
}

#[test]
fn names_the_defect_of_each_unsound_jwk() {
    #[track_caller]
    fn check(keys: &[(Value, String)], id: &str, expected: &KeyError, code: CheckCode) {
        let (jwk, _) = keys.iter().find(|(_, comment)| comment == id).expect("the case");
        let error = PublicKey::from_jwk_bytes(jwk.to_string().as_bytes()).expect_err(id);
        assert_eq!((&error, error.code()), (expected, Some(code)), "{id}");
    }
    let mut keys = Vec::new();
    for case in cases("json_web_key_test.json") {
        let set = case.group.get("public").unwrap_or(&case.group["private"]);
        for jwk in set["keys"].as_array().expect("keys") {
            let accepted = accepts_jws(jwk, &case.test["jws"]);
            assert!(!accepted || case.valid, "tcId {}: {}", case.id, case.test["comment"]);
            keys.push((jwk.clone(), text(&case.group["comment"]).to_owned()));
        }
    }
    assert_eq!(keys.len(), 30, "keys in the file, once for each case");
    let said = |alg: &str| KeyError::Algorithm { said: alg.to_owned(), is: Algorithm::Es256 };
    check(&keys, "wrong_algorithm", &said("ES521"), CheckCode::SigAlg);
    check(&keys, "invalid_algorithm", &said("ES224"), CheckCode::SigAlg);
    check(&keys, "invalid_use", &KeyError::Use, CheckCode::SigUse);
    check(&keys, "invalid_point", &KeyError::Weak(Weakness::NotOnCurve), CheckCode::KeyWeak);
    check(&keys, "wrong_curve", &KeyError::Unsupported("EC P-384".to_owned()), CheckCode::SigAlg);
    check(&keys, "wrong_kty", &KeyError::Unsupported("RSA".to_owned()), CheckCode::SigAlg);
    check(&keys, "HS256", &KeyError::Unsupported("oct".to_owned()), CheckCode::SigAlg);
}

#[test]
fn names_the_defect_of_jws_cases() {
    let cases = cases("json_web_signature_test.json");
    let check = |id: u64, expected: JwsError| {
        let case = cases.iter().find(|case| case.id == id).expect("the case");
        let key =
            PublicKey::from_jwk_bytes(case.group["public"].to_string().as_bytes()).expect("a sound key");
        let error = Unverified::parse(text(&case.test["jws"]), &Limits::default())
            .and_then(|jws| jws.verify_any_typ(&key))
            .expect_err("an invalid case");
        assert_eq!(error, expected, "tcId {id}: {}", case.test["comment"]);
    };
    check(19, JwsError::Signature);
    check(20, JwsError::Malformed);
    check(21, JwsError::Malformed);
    check(23, JwsError::Malformed);
    check(30, JwsError::Malformed);
    check(31, JwsError::Alg);
    check(32, JwsError::Signature);
    check(379, JwsError::Signature);
    check(386, JwsError::Signature);
}
