//! JWS: every defect has a name, and no second text means the same.
#![cfg(test)]

mod support;

use serde_json::json;
use support::{algorithms, key};
use zizhi_crypto::jws::{JwsError, Unverified, sign, sign_bytes};
use zizhi_crypto::{Algorithm, SigningKey, b64};
use zizhi_model::{CheckCode, JsonError, Limits};

const TYP: &str = "dossier+jwt";

/// A JWS with any header, correctly signed: only the header is at fault.
fn signed(key: &SigningKey, header: &str, payload: &[u8]) -> String {
    let text = format!("{}.{}", b64::encode(header.as_bytes()), b64::encode(payload));
    let signature = key.sign(text.as_bytes()).expect("a signature");
    format!("{text}.{}", b64::encode(&signature))
}

fn verify(compact: &str, key: &SigningKey) -> Result<Vec<u8>, JwsError> {
    let jws = Unverified::parse(compact, &Limits::default())?;
    Ok(jws.verify(key.public(), &[TYP])?.into_payload())
}

#[test]
fn what_is_signed_verifies() {
    for &algorithm in algorithms() {
        let key = key(algorithm, 1);
        let payload = json!({"iss": "urn:uscc:91340100DEM0000228", "名称": "【演示】甲公司", "n": 1});
        let compact = sign(&key, TYP, &payload).expect("signed");
        let jws = Unverified::parse(&compact, &Limits::default()).expect("three parts");
        assert_eq!(jws.algorithm(), algorithm);
        assert_eq!(jws.header().alg, algorithm.as_str());
        assert_eq!(jws.header().typ.as_deref(), Some(TYP));
        assert_eq!(jws.header().kid.as_deref(), Some(key.public().key_id().as_str()));
        assert!(jws.header().members.0.is_empty(), "nothing else in the header");
        assert_eq!(jws.payload(), payload.to_string().as_bytes(), "to look at before");
        let verified = jws.verify(key.public(), &["other+jwt", TYP]).expect("one of the types");
        assert_eq!(verified.key_id(), key.public().key_id());
        assert_eq!(verified.payload(), payload.to_string().as_bytes());
        let read = verified.json(&Limits::default()).expect("JSON");
        assert_eq!(read.to_value(), payload, "as it went in");
    }
}

#[test]
fn a_signature_of_another_key_does_not_verify() {
    for &algorithm in algorithms() {
        let compact = sign(&key(algorithm, 1), TYP, &json!({})).expect("signed");
        assert_eq!(verify(&compact, &key(algorithm, 2)), Err(JwsError::Signature), "{algorithm}");
    }
}

#[test]
fn a_key_of_another_algorithm_is_an_algorithm_error() {
    for &algorithm in algorithms() {
        let compact = sign(&key(algorithm, 1), TYP, &json!({})).expect("signed");
        for &other in algorithms().iter().filter(|other| **other != algorithm) {
            assert_eq!(verify(&compact, &key(other, 1)), Err(JwsError::Alg), "{algorithm} under {other}");
        }
    }
}

#[test]
fn the_header_cannot_choose_the_algorithm() {
    for &algorithm in algorithms() {
        let key = key(algorithm, 1);
        for said in
            ["none", "None", "NONE", "", "HS256", "HS512", "RS256", "PS256", "ES384", "ES256K", "es256"]
        {
            let compact = signed(&key, &format!(r#"{{"alg":"{said}","typ":"{TYP}"}}"#), b"{}");
            assert_eq!(verify(&compact, &key), Err(JwsError::Alg), "{said:?}");
        }
        for said in Algorithm::ALL.iter().filter(|said| **said != algorithm) {
            let compact = signed(&key, &format!(r#"{{"alg":"{said}","typ":"{TYP}"}}"#), b"{}");
            assert_eq!(verify(&compact, &key), Err(JwsError::Alg), "{said} over {algorithm}");
        }
        let compact = signed(&key, &format!(r#"{{"typ":"{TYP}"}}"#), b"{}");
        assert_eq!(verify(&compact, &key), Err(JwsError::Alg), "no alg");
    }
}

#[test]
fn the_name_of_rfc_9864_means_eddsa() {
    let key = key(Algorithm::EdDsa, 1);
    let compact = signed(&key, &format!(r#"{{"alg":"Ed25519","typ":"{TYP}"}}"#), b"{}");
    verify(&compact, &key).expect("the same algorithm");
    let compact = signed(&key, &format!(r#"{{"alg":"Ed448","typ":"{TYP}"}}"#), b"{}");
    assert_eq!(verify(&compact, &key), Err(JwsError::Alg), "another curve");
}

#[test]
fn a_key_in_the_header_is_not_used() {
    let (issuer, attacker) = (key(Algorithm::EdDsa, 1), key(Algorithm::EdDsa, 2));
    let jwk = serde_json::to_string(&attacker.public().to_jwk()).expect("JSON");
    let members = [
        format!(r#""jwk":{jwk}"#),
        r#""jku":"https://attacker.example/keys""#.to_owned(),
        r#""x5u":"https://attacker.example/certificate""#.to_owned(),
        r#""x5c":["MIIB"]"#.to_owned(),
        format!(r#""kid":"{}""#, issuer.public().key_id()),
        r#""kid":"../../etc/passwd""#.to_owned(),
        r#""kid":"' OR 1=1 --""#.to_owned(),
    ];
    for member in members {
        let header = format!(r#"{{"alg":"EdDSA","typ":"{TYP}",{member}}}"#);
        let forged = signed(&attacker, &header, b"{}");
        assert_eq!(verify(&forged, &issuer), Err(JwsError::Signature), "{member}");
        // The same members under the right key are no harm.
        verify(&signed(&issuer, &header, b"{}"), &issuer).expect(&member);
    }
}

#[test]
fn the_type_must_be_exactly_the_expected_one() {
    let key = key(Algorithm::EdDsa, 1);
    let others = [
        "dossier-request+jwt",
        "DOSSIER+JWT",
        "application/dossier+jwt",
        "dossier+jwt ",
        "dossier",
        "JWT",
        "",
    ];
    for typ in others {
        let compact = sign_bytes(&key, typ, b"{}").expect("signed");
        assert_eq!(verify(&compact, &key), Err(JwsError::Typ), "{typ:?}");
        let jws = Unverified::parse(&compact, &Limits::default()).expect("three parts");
        jws.verify_any_typ(&key.public().clone()).expect("where the type is not asked for");
    }
    let none = signed(&key, r#"{"alg":"EdDSA"}"#, b"{}");
    assert_eq!(verify(&none, &key), Err(JwsError::Typ), "no type");
    let jws = Unverified::parse(&none, &Limits::default()).expect("three parts");
    assert_eq!(jws.verify(key.public(), &[]).map(drop), Err(JwsError::Typ), "no type is allowed");
}

#[test]
fn an_extension_is_refused_before_anything_else() {
    let key = key(Algorithm::EdDsa, 1);
    for crit in [r#"["exp"]"#, r#"["b64"]"#, "[]", "null", r#""b64""#, "false"] {
        let header = format!(r#"{{"alg":"EdDSA","typ":"{TYP}","crit":{crit},"b64":false}}"#);
        assert_eq!(verify(&signed(&key, &header, b"{}"), &key), Err(JwsError::Crit), "{crit}");
    }
}

#[test]
fn header_members_have_their_types() {
    let key = key(Algorithm::EdDsa, 1);
    for header in [
        r#"{"alg":7}"#,
        r#"{"alg":["EdDSA"]}"#,
        r#"{"alg":null}"#,
        r#"{"alg":"EdDSA","typ":1}"#,
        r#"{"alg":"EdDSA","kid":{}}"#,
        r#""EdDSA""#,
        r#"["EdDSA"]"#,
        "null",
        "1",
    ] {
        assert_eq!(verify(&signed(&key, header, b"{}"), &key), Err(JwsError::Malformed), "{header}");
    }
}

#[test]
fn header_json_is_strict() {
    let key = key(Algorithm::EdDsa, 1);
    let check = |header: &str, expected: JsonError| {
        assert_eq!(verify(&signed(&key, header, b"{}"), &key), Err(JwsError::Json(expected)), "{header}");
    };
    check(r#"{"alg":"EdDSA","alg":"none"}"#, JsonError::DuplicateKey("alg".to_owned()));
    check(r#"{"alg":"none","\u0061lg":"EdDSA"}"#, JsonError::DuplicateKey("alg".to_owned()));
    check(r#"{"alg":"EdDSA","n":1.5}"#, JsonError::Float);
    check(r#"{"alg":"EdDSA","n":1e400}"#, JsonError::Float);
    check("{\"alg\":\"EdDSA\",\"kid\":\"e\u{301}\"}", JsonError::NotNfc);
    for header in ["{", r#"{"alg":"EdDSA"}}"#, r#"{"alg":"EdDSA",}"#, "\u{feff}{\"alg\":\"EdDSA\"}"] {
        let found = verify(&signed(&key, header, b"{}"), &key);
        assert!(matches!(found, Err(JwsError::Json(JsonError::Syntax(_)))), "{header:?}: {found:?}");
    }
    let deep = format!(r#"{{"alg":"EdDSA","x":{}{}}}"#, "[".repeat(40), "]".repeat(40));
    let error = verify(&signed(&key, &deep, b"{}"), &key).expect_err("deep");
    assert_eq!(error.code(), CheckCode::LimitDepth);
}

#[test]
fn there_are_exactly_three_parts() {
    let key = key(Algorithm::EdDsa, 1);
    let good = sign(&key, TYP, &json!({"a": 1})).expect("signed");
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!("three parts") };
    for bad in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        header.to_owned(),
        format!("{header}."),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{header}.{payload}.{signature}."),
        format!("{header}.{payload}.{signature}.{signature}"),
        format!("{header}.{payload}.{payload}.{signature}"),
        format!(" {good}"),
        format!("{header}.{payload}=.{signature}"),
        format!("{header}=.{payload}.{signature}"),
        good.replace('.', ","),
    ] {
        assert_eq!(verify(&bad, &key), Err(JwsError::Malformed), "{bad:?}");
    }
    // Behind the last part, the length is what is noticed first.
    for bad in [format!("{good}\n"), format!("{good}="), format!("{good}A")] {
        assert_eq!(verify(&bad, &key), Err(JwsError::Signature), "{bad:?}");
    }
}

#[test]
fn a_signature_has_64_bytes() {
    for &algorithm in algorithms() {
        let key = key(algorithm, 1);
        let good = sign(&key, TYP, &json!({"a": 1})).expect("signed");
        let (signed, signature) = good.rsplit_once('.').expect("a signature");
        let signature = b64::decode(signature).expect("base64url");
        for length in [1, 32, 63, 65, 72, 96, 128] {
            let mut other = signature.clone();
            other.resize(length, 0);
            let compact = format!("{signed}.{}", b64::encode(&other));
            assert_eq!(verify(&compact, &key), Err(JwsError::Signature), "{algorithm}: {length} bytes");
        }
        for other in [[0; 64], [0xff; 64]] {
            let compact = format!("{signed}.{}", b64::encode(&other));
            assert_eq!(verify(&compact, &key), Err(JwsError::Signature), "{algorithm}: {}", other[0]);
        }
    }
}

#[test]
fn a_der_signature_is_not_accepted() {
    let key = key(Algorithm::Es256, 1);
    let good = sign(&key, TYP, &json!({"a": 1})).expect("signed");
    let (signed, signature) = good.rsplit_once('.').expect("a signature");
    let der = zizhi_crypto::der::signature_from_raw(&b64::decode_array(signature).expect("64 bytes"));
    key.public().verify_asn1(signed.as_bytes(), &der).expect("correct where DER is meant");
    let compact = format!("{signed}.{}", b64::encode(&der));
    assert_eq!(verify(&compact, &key), Err(JwsError::Signature));
}

#[test]
fn no_other_text_means_the_same() {
    // Every character of a JWS replaced by every other one: nothing verifies, so base64 has no slack.
    for &algorithm in algorithms() {
        let key = key(algorithm, 1);
        let good = sign(&key, TYP, &json!({"a": 1})).expect("signed");
        for at in 0..good.len() {
            for other in *b"AQgw_-9z.=" {
                let mut bytes = good.clone().into_bytes();
                if bytes[at] == other {
                    continue;
                }
                bytes[at] = other;
                let text = String::from_utf8(bytes).expect("ASCII");
                verify(&text, &key).expect_err("another text");
            }
        }
    }
}

#[test]
fn the_last_character_of_a_signature_has_one_spelling() {
    // 64 bytes leave four bits over in the last character: 15 other characters decode to the same
    // bytes for a sloppy reader.
    let key = key(Algorithm::EdDsa, 1);
    let good = sign(&key, TYP, &json!({"a": 1})).expect("signed");
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = good.clone().into_bytes();
    let last = bytes.pop().expect("a character");
    let value = alphabet.iter().position(|symbol| *symbol == last).expect("in the alphabet");
    for extra in 1..16 {
        let text = [&bytes[..], &[alphabet[value + extra]]].concat();
        let text = String::from_utf8(text).expect("ASCII");
        assert_eq!(verify(&text, &key), Err(JwsError::Malformed), "{extra}");
    }
}

#[test]
fn an_ed25519_signature_cannot_be_moved_by_the_order() {
    // RFC 8032 §5.1.7: S + L is another number with the same effect for a sloppy verifier.
    let order = support::unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let key = key(Algorithm::EdDsa, 1);
    let mut signature = key.sign(b"message").expect("a signature");
    let mut carry = 0;
    for (digit, add) in signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*digit) + u16::from(add) + carry;
        *digit = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0, "it still fits into 32 bytes");
    key.public().verify(b"message", &signature).expect_err("moved");
}

#[test]
fn a_payload_need_not_be_json_until_it_is_read_as_such() {
    let key = key(Algorithm::EdDsa, 1);
    let limits = Limits::default();
    for payload in [&b"text"[..], b"{\"a\":1,\"a\":2}", b"\xff", b"{\"a\":1.0}"] {
        let compact = sign_bytes(&key, TYP, payload).expect("signed");
        let jws = Unverified::parse(&compact, &limits).expect("three parts");
        let verified = jws.verify(key.public(), &[TYP]).expect("a sound signature");
        assert_eq!(verified.payload(), payload);
        assert_eq!(verified.json(&limits).expect_err("not strict JSON").code(), CheckCode::FmtJson);
    }
}

#[test]
fn errors_have_the_codes_of_the_catalogue() {
    for (error, code) in [
        (JwsError::Malformed, "SIG-INVALID"),
        (JwsError::Signature, "SIG-INVALID"),
        (JwsError::Alg, "SIG-ALG"),
        (JwsError::Typ, "SIG-TYP"),
        (JwsError::Crit, "SIG-CRIT"),
        (JwsError::Json(JsonError::Float), "FMT-JSON"),
        (JwsError::Json(JsonError::Depth(32)), "LIMIT-DEPTH"),
        (JwsError::Key(zizhi_crypto::KeyError::Weak(zizhi_crypto::Weakness::SmallOrder)), "KEY-WEAK"),
    ] {
        assert_eq!(error.code().as_str(), code, "{error:?}");
    }
}
