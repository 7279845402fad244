//! Keys: what comes in, what is refused, and that others read what we write.
#![cfg(test)]

mod support;

use support::{Constant, algorithms, key, run, unhex};
use zizhi_crypto::{Algorithm, Jwk, KeyError, PublicKey, SigningKey, Weakness, b64};
use zizhi_model::{CheckCode, JsonError};

/// The eight points of small order (RFC 7748 §6 names the danger), and the two spellings of x = −0.
const SMALL_ORDER: [&str; 10] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

#[test]
fn refuses_every_small_order_ed25519_key() {
    for encoding in SMALL_ORDER {
        let bytes = unhex(encoding);
        let error = PublicKey::from_ed25519_bytes(&bytes).expect_err(encoding);
        assert_eq!(error, KeyError::Weak(Weakness::SmallOrder), "{encoding}");
        let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, b64::encode(&bytes));
        let error = PublicKey::from_jwk_bytes(jwk.as_bytes()).expect_err(encoding);
        assert_eq!(error.code(), Some(CheckCode::KeyWeak), "{encoding} as JWK");
        let error = PublicKey::from_pem(&ed25519_pem(&bytes)).expect_err(encoding);
        assert_eq!(error.code(), Some(CheckCode::KeyWeak), "{encoding} as PEM");
        let jwk = Jwk { kty: "OKP".to_owned(), crv: "Ed25519".to_owned(), x: b64::encode(&bytes), y: None };
        let error = PublicKey::try_from(&jwk).expect_err(encoding);
        assert_eq!(error.code(), Some(CheckCode::KeyWeak), "{encoding} as typed JWK");
    }
}

/// The control for the test above: without the check, a signature made without any secret verifies.
#[test]
fn ring_alone_accepts_a_forgery_under_a_small_order_key() {
    // R = the neutral element, S = 0. S·B = R + k·A holds whenever k·A is neutral: always for order
    // 1, for about one message in eight for order 8.
    let forgery = [&unhex(SMALL_ORDER[0])[..], &[0; 32]].concat();
    for encoding in &SMALL_ORDER[..8] {
        let public = unhex(encoding);
        let ring = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &public);
        let forged = (0..200_u32).any(|message| ring.verify(&message.to_be_bytes(), &forgery).is_ok());
        assert!(forged, "{encoding}: the attack that the check stops");
    }
}

#[test]
fn refuses_ed25519_keys_that_are_not_reduced() {
    // Every y from p to 2^255 − 1, with either sign bit: p is 2^255 − 19.
    for low in 0xed..=0xff_u8 {
        for top in [0x7f, 0xff] {
            let mut encoding = [0xff; 32];
            encoding[0] = low;
            encoding[31] = top;
            let error = PublicKey::from_ed25519_bytes(&encoding).expect_err("not reduced");
            assert_eq!(error, KeyError::Weak(Weakness::NonCanonical), "{low:x} {top:x}");
        }
    }
}

#[test]
fn accepts_ed25519_keys_next_to_the_refused_ones() {
    // y = p − 2 and y = 2 are ordinary encodings; whether a point has them is for the signature.
    for first in [0xeb, 0xea] {
        let mut encoding = [0xff; 32];
        encoding[0] = first;
        encoding[31] = 0x7f;
        PublicKey::from_ed25519_bytes(&encoding).expect("reduced and not of small order");
    }
    let mut two = [0; 32];
    two[0] = 2;
    PublicKey::from_ed25519_bytes(&two).expect("reduced and not of small order");
}

#[test]
fn refuses_keys_of_the_wrong_length() {
    let weak = KeyError::Weak(Weakness::Length);
    for length in [0, 1, 31, 33, 64] {
        assert_eq!(PublicKey::from_ed25519_bytes(&vec![9; length]), Err(weak.clone()), "{length} bytes");
    }
    let good = key(Algorithm::Es256, 1).public().to_jwk();
    let y = good.y.clone().expect("y");
    let x = b64::decode(&good.x).expect("x");
    let padded = b64::encode(&[&[0][..], &x].concat());
    let stripped = b64::encode(&x[1..]);
    for bad in [padded, stripped, String::new()] {
        let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{bad}","y":"{y}"}}"#);
        assert_eq!(PublicKey::from_jwk_bytes(jwk.as_bytes()), Err(weak.clone()), "{bad}");
    }
}

#[test]
fn refuses_points_that_are_not_on_the_curve() {
    for &algorithm in algorithms().iter().filter(|algorithm| **algorithm != Algorithm::EdDsa) {
        let good = key(algorithm, 1);
        for at in [1, 32, 33, 64] {
            let mut point = good.public().raw().to_vec();
            point[at] ^= 1;
            let error = PublicKey::from_raw(algorithm, &point).expect_err("moved");
            assert_eq!(error, KeyError::Weak(Weakness::NotOnCurve), "{algorithm}, byte {at}");
        }
        let zero = [&[4][..], &[0; 64]].concat();
        let error = PublicKey::from_raw(algorithm, &zero).expect_err("x = y = 0");
        assert_eq!(error, KeyError::Weak(Weakness::NotOnCurve), "{algorithm}");
        // Not reduced: every bit set is above both primes.
        let above = [&[4][..], &[0xff; 64]].concat();
        let error = PublicKey::from_raw(algorithm, &above).expect_err("above the prime");
        assert_eq!(error.code(), Some(CheckCode::KeyWeak), "{algorithm}");
        let error = PublicKey::from_raw(algorithm, &[0]).expect_err("infinity");
        assert_eq!(error, KeyError::Weak(Weakness::Infinity), "{algorithm}");
        // The hybrid form of X9.62 and a point without its marker.
        let mut hybrid = good.public().raw().to_vec();
        hybrid[0] = 6 + (hybrid[64] & 1);
        let error = PublicKey::from_raw(algorithm, &hybrid).expect_err("hybrid");
        assert_eq!(error, KeyError::Weak(Weakness::Length), "{algorithm}");
        let error = PublicKey::from_raw(algorithm, &good.public().raw()[1..]).expect_err("bare");
        assert_eq!(error, KeyError::Weak(Weakness::Length), "{algorithm}");
    }
}

#[test]
fn reads_compressed_points_as_the_same_key() {
    for &algorithm in algorithms().iter().filter(|algorithm| **algorithm != Algorithm::EdDsa) {
        for seed in 0..4 {
            let good = key(algorithm, seed);
            let raw = good.public().raw();
            let compressed = [&[2 + (raw[64] & 1)][..], &raw[1..33]].concat();
            let read = PublicKey::from_raw(algorithm, &compressed);
            assert_eq!(read.as_ref(), Ok(good.public()), "{algorithm}");
        }
    }
}

#[cfg(feature = "gm")]
#[test]
fn a_point_of_one_curve_is_no_key_of_the_other() {
    let p256 = key(Algorithm::Es256, 1);
    let sm2 = key(Algorithm::Sm2Sm3, 1);
    assert_eq!(
        PublicKey::from_raw(Algorithm::Sm2Sm3, p256.public().raw()),
        Err(KeyError::Weak(Weakness::NotOnCurve))
    );
    assert_eq!(
        PublicKey::from_raw(Algorithm::Es256, sm2.public().raw()),
        Err(KeyError::Weak(Weakness::NotOnCurve))
    );
}

#[cfg(not(feature = "gm"))]
#[test]
fn without_gm_an_sm2_key_is_named_as_unsupported() {
    let unsupported = KeyError::Unsupported("EC SM2".to_owned());
    let x = b64::encode(&[1; 32]);
    let jwk = format!(r#"{{"kty":"EC","crv":"SM2","x":"{x}","y":"{x}"}}"#);
    assert_eq!(PublicKey::from_jwk_bytes(jwk.as_bytes()), Err(unsupported.clone()));
    let error = SigningKey::generate(Algorithm::Sm2Sm3, &mut support::Repeatable(1)).expect_err("no gm");
    assert_eq!(error, unsupported);
    assert_eq!(error.code(), Some(CheckCode::SigAlg));
}

#[test]
fn refuses_secrets_outside_the_range() {
    let n = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    // n − 1 leaves 1 + d without an inverse.
    let below = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122";
    let zero = "0".repeat(64);
    let cases = [
        (Algorithm::Es256, n),
        (Algorithm::Es256, &zero),
        (Algorithm::Sm2Sm3, order),
        (Algorithm::Sm2Sm3, below),
        (Algorithm::Sm2Sm3, &zero),
    ];
    for (algorithm, secret) in cases.into_iter().filter(|(algorithm, _)| algorithms().contains(algorithm)) {
        let jwk = key(algorithm, 1).to_jwk_private_json();
        let (head, _) = jwk.split_once(r#""d":""#).expect("d");
        let jwk = format!(r#"{head}"d":"{}"}}"#, b64::encode(&unhex(secret)));
        let error = SigningKey::from_jwk_bytes(jwk.as_bytes()).expect_err(secret);
        assert_eq!(error, KeyError::Weak(Weakness::Secret), "{algorithm} {secret}");
    }
}

#[test]
fn a_broken_source_of_randomness_ends_in_an_error() {
    for byte in [0, 0xff] {
        let error = SigningKey::generate(Algorithm::Es256, &mut Constant(byte)).expect_err("no scalar");
        assert_eq!(error, KeyError::Random, "bytes of {byte}");
    }
}

#[test]
fn keys_round_trip_through_jwk_and_pem() {
    for &algorithm in algorithms() {
        for seed in 0..8 {
            let original = key(algorithm, seed);
            let public = original.public();
            let message = b"message";
            let check = |again: &SigningKey, through: &str| {
                assert_eq!(again.public(), public, "{algorithm} through {through}");
                let signature = again.sign(message).expect("a signature");
                assert_eq!(signature.len(), 64, "{algorithm} through {through}");
                public.verify(message, &signature).expect(through);
                public.verify(b"massage", &signature).expect_err(through);
            };
            let jwk = original.to_jwk_private_json();
            check(&SigningKey::from_jwk_bytes(jwk.as_bytes()).expect("a private JWK"), "private JWK");
            check(&SigningKey::from_pem(&original.to_pkcs8_pem()).expect("PKCS#8"), "PKCS#8");
            assert_eq!(PublicKey::from_pem(&public.to_pem()).as_ref(), Ok(public), "{algorithm} SPKI");
            let text = serde_json::to_string(&public.to_jwk()).expect("JSON");
            assert_eq!(PublicKey::from_jwk_bytes(text.as_bytes()).as_ref(), Ok(public), "{algorithm} JWK");
            let typed: Jwk = serde_json::from_str(&text).expect("a JWK");
            assert_eq!(PublicKey::try_from(&typed).as_ref(), Ok(public), "{algorithm} typed JWK");
            assert_eq!(PublicKey::from_raw(algorithm, public.raw()).as_ref(), Ok(public), "{algorithm} raw");
            // A private JWK read as a public key gives the public key alone.
            let read = PublicKey::from_jwk_bytes(jwk.as_bytes()).expect("the public half");
            assert_eq!(&read, public);
            assert!(!serde_json::to_string(&read.to_jwk()).expect("JSON").contains(r#""d""#), "no secret");
        }
    }
}

#[test]
fn a_secret_does_not_show() {
    for &algorithm in algorithms() {
        let key = key(algorithm, 1);
        let shown = format!("{key:?}");
        assert!(shown.contains(key.public().key_id().as_str()), "the public half does: {shown}");
        let jwk = key.to_jwk_private_json();
        let (_, d) = jwk.split_once(r#""d":""#).expect("d");
        assert!(!shown.contains(&d[..20]), "{shown}");
    }
}

#[test]
fn refuses_halves_that_do_not_belong_together() {
    for &algorithm in algorithms() {
        let (one, other) = (key(algorithm, 1), key(algorithm, 2));
        let (jwk, other) = (one.to_jwk_private_json(), other.to_jwk_private_json());
        let (head, _) = other.split_once(r#""d""#).expect("d");
        let (_, d) = jwk.split_once(r#""d""#).expect("d");
        let mixed = format!(r#"{head}"d"{d}"#);
        let error = SigningKey::from_jwk_bytes(mixed.as_bytes()).expect_err("mixed halves");
        assert_eq!(error, KeyError::Mismatch, "{algorithm}");
    }
}

#[test]
fn an_ambiguous_jwk_is_refused() {
    let jwk = key(Algorithm::EdDsa, 1).public().to_jwk();
    let other = key(Algorithm::EdDsa, 2).public().to_jwk();
    let text = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}","x":"{}"}}"#, jwk.x, other.x);
    let error = PublicKey::from_jwk_bytes(text.as_bytes()).expect_err("x twice");
    assert_eq!(error, KeyError::Json(JsonError::DuplicateKey("x".to_owned())));
    assert_eq!(error.code(), Some(CheckCode::FmtJson));
    serde_json::from_str::<Jwk>(&text).expect_err("x twice, read by type");
    // Escapes do not hide the second one.
    let escaped = text.replacen(r#""x""#, r#""\u0078""#, 1);
    PublicKey::from_jwk_bytes(escaped.as_bytes()).expect_err("x twice, once escaped");
}

#[test]
fn names_what_is_wrong_with_a_jwk() {
    let x = key(Algorithm::EdDsa, 1).public().to_jwk().x;
    let check = |text: String, expected: KeyError| {
        assert_eq!(PublicKey::from_jwk_bytes(text.as_bytes()), Err(expected), "{text}");
    };
    let unsupported = |what: &str| KeyError::Unsupported(what.to_owned());
    check(format!(r#"{{"crv":"Ed25519","x":"{x}"}}"#), KeyError::Member("kty"));
    check(format!(r#"{{"kty":"OKP","x":"{x}"}}"#), KeyError::Member("crv"));
    check(r#"{"kty":"OKP","crv":"Ed25519"}"#.to_owned(), KeyError::Member("x"));
    check(r#"{"kty":"OKP","crv":"Ed25519","x":7}"#.to_owned(), KeyError::Member("x"));
    check(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}="}}"#), KeyError::Weak(Weakness::Length));
    check(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}+"}}"#, &x[..42]), KeyError::Member("x"));
    check(format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}"}}"#), KeyError::Member("y"));
    check(format!(r#"{{"kty":"OKP","crv":"X25519","x":"{x}"}}"#), unsupported("OKP X25519"));
    check(format!(r#"{{"kty":"OKP","crv":"P-256","x":"{x}"}}"#), unsupported("OKP P-256"));
    check(format!(r#"{{"kty":"EC","crv":"Ed25519","x":"{x}","y":"{x}"}}"#), unsupported("EC Ed25519"));
    check(format!(r#"{{"kty":"EC","crv":"secp256k1","x":"{x}","y":"{x}"}}"#), unsupported("EC secp256k1"));
    check(r#"{"kty":"oct","k":"c2VjcmV0"}"#.to_owned(), unsupported("oct"));
    check(r#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#.to_owned(), unsupported("RSA"));
    let good = |rest: &str| format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}",{rest}}}"#);
    let said = |alg: &str| KeyError::Algorithm { said: alg.to_owned(), is: Algorithm::EdDsa };
    check(good(r#""alg":"ES256""#), said("ES256"));
    check(good(r#""alg":"none""#), said("none"));
    check(good(r#""alg":["EdDSA"]"#), KeyError::Member("alg"));
    check(good(r#""use":"enc""#), KeyError::Use);
    check(good(r#""use":1"#), KeyError::Member("use"));
    check(good(r#""key_ops":["encrypt"]"#), KeyError::Use);
    check(good(r#""key_ops":[]"#), KeyError::Use);
    check(good(r#""key_ops":"verify""#), KeyError::Member("key_ops"));
    for fine in [
        r#""alg":"EdDSA""#,
        r#""alg":"Ed25519""#,
        r#""use":"sig","kid":"any","x5c":["MIIB"]"#,
        r#""key_ops":["verify"],"ext":true"#,
    ] {
        PublicKey::from_jwk_bytes(good(fine).as_bytes()).expect(fine);
    }
    PublicKey::from_jwk_bytes(b"[]").expect_err("no object");
    PublicKey::from_jwk_bytes(b"").expect_err("nothing");
    let deep = format!(r#"{{"kty":"OKP","extra":{}{}}}"#, "[".repeat(50), "]".repeat(50));
    let error = PublicKey::from_jwk_bytes(deep.as_bytes()).expect_err("deep");
    assert_eq!(error.code(), Some(CheckCode::LimitDepth));
}

#[test]
fn refuses_pem_that_is_not_one_block_of_the_right_kind() {
    let good = key(Algorithm::EdDsa, 1);
    let public = good.public().to_pem();
    let private = good.to_pkcs8_pem();
    let check = |text: &str, why: &str| {
        assert_eq!(PublicKey::from_pem(text), Err(KeyError::Pem("PUBLIC KEY")), "{why}");
    };
    check("", "nothing");
    check(&private, "a private key where a public one is expected");
    check(&public.replace("PUBLIC KEY", "CERTIFICATE"), "another label");
    check(&public.replace("END PUBLIC KEY", "END CERTIFICATE"), "two labels");
    check(&format!("{public}{public}"), "two blocks");
    check(&format!("text before\n{public}"), "text before");
    check(&public.replace('M', "!"), "not base64");
    check(&" ".repeat(5000), "too long");
    assert_eq!(
        SigningKey::from_pem(&public).map(drop),
        Err(KeyError::Pem("PRIVATE KEY")),
        "the wrong way round"
    );
    PublicKey::from_pem(&public.replace('\n', "\r\n")).expect("Windows line ends");
    PublicKey::from_pem(&format!("\n  {public}\n\n")).expect("space around");
}

#[test]
fn any_byte_changed_or_cut_in_der_is_refused_or_another_key() {
    for &algorithm in algorithms() {
        let original = key(algorithm, 3);
        let der = pem_body(&original.public().to_pem());
        for at in 0..der.len() {
            let cut = pem_of(&der[..at], "PUBLIC KEY");
            PublicKey::from_pem(&cut).expect_err("cut");
            for bit in 0..8 {
                let mut altered = der.clone();
                altered[at] ^= 1 << bit;
                if let Ok(other) = PublicKey::from_pem(&pem_of(&altered, "PUBLIC KEY")) {
                    assert_ne!(&other, original.public(), "{algorithm}: byte {at} bit {bit} means nothing");
                }
            }
        }
        let longer = pem_of(&[&der[..], &[0]].concat(), "PUBLIC KEY");
        assert_eq!(PublicKey::from_pem(&longer), Err(KeyError::Der), "{algorithm}: bytes after the end");
        let der = pem_body(&original.to_pkcs8_pem());
        for at in 0..der.len() {
            SigningKey::from_pem(&pem_of(&der[..at], "PRIVATE KEY")).expect_err("cut");
        }
    }
}

#[test]
fn openssl_reads_our_keys() {
    for &algorithm in algorithms() {
        let key = key(algorithm, 4);
        let read = run("openssl", &["pkey", "-pubout"], key.to_pkcs8_pem().as_bytes());
        assert!(read.success, "{algorithm}: {}", read.stderr);
        assert_eq!(String::from_utf8_lossy(&read.stdout), key.public().to_pem(), "{algorithm}");
        let read = run("openssl", &["pkey", "-pubin"], key.public().to_pem().as_bytes());
        assert_eq!(String::from_utf8_lossy(&read.stdout), key.public().to_pem(), "{algorithm}");
    }
}

#[test]
fn reads_keys_that_openssl_made() {
    let generate: &[(Algorithm, &[&str])] = &[
        (Algorithm::Es256, &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
        (Algorithm::EdDsa, &["genpkey", "-algorithm", "ED25519"]),
        (Algorithm::Sm2Sm3, &["genpkey", "-algorithm", "SM2"]),
    ];
    for (algorithm, arguments) in generate.iter().filter(|(algorithm, _)| algorithms().contains(algorithm)) {
        let made = run("openssl", arguments, b"");
        assert!(made.success, "{algorithm}: {}", made.stderr);
        let pem = String::from_utf8(made.stdout).expect("PEM");
        let key = SigningKey::from_pem(&pem).expect("a key of OpenSSL");
        assert_eq!(key.algorithm(), *algorithm);
        let public = run("openssl", &["pkey", "-pubout"], pem.as_bytes());
        let public = PublicKey::from_pem(&String::from_utf8(public.stdout).expect("PEM"));
        assert_eq!(public.as_ref(), Ok(key.public()), "{algorithm}: the halves fit");
    }
}

#[test]
fn reads_pkcs8_without_the_public_part_and_of_version_2() {
    // RFC 8410 §10.3: the same key as PrivateKeyInfo, and as OneAsymmetricKey with an attribute and
    // its public half.
    let v1 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let v2 = "-----BEGIN PRIVATE KEY-----\nMHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\noB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\nZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PRIVATE KEY-----\n";
    let (one, two) = (SigningKey::from_pem(v1).expect("v1"), SigningKey::from_pem(v2).expect("v2"));
    assert_eq!(one.public(), two.public(), "one key");
    assert_eq!(
        b64::encode(one.public().raw()),
        "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE",
        "RFC 8410 §10.1"
    );
    let mut altered = pem_body(v2);
    let last = altered.len() - 1;
    altered[last] ^= 1;
    let error = SigningKey::from_pem(&pem_of(&altered, "PRIVATE KEY")).expect_err("another public half");
    assert_eq!(error, KeyError::Mismatch);

    for &algorithm in algorithms().iter().filter(|algorithm| **algorithm != Algorithm::EdDsa) {
        let key = key(algorithm, 5);
        let der = without_public_part(&pem_body(&key.to_pkcs8_pem()));
        let openssl = run("openssl", &["pkey", "-pubout"], pem_of(&der, "PRIVATE KEY").as_bytes());
        assert_eq!(String::from_utf8_lossy(&openssl.stdout), key.public().to_pem(), "OpenSSL reads it too");
        let read = SigningKey::from_pem(&pem_of(&der, "PRIVATE KEY")).expect("no public part");
        assert_eq!(read.public(), key.public(), "{algorithm} without a public part");
    }
}

#[test]
fn reads_a_pkcs8_key_with_a_compressed_public_part() {
    // OpenSSL offers this form for P-256 only.
    let key = key(Algorithm::Es256, 5);
    let pem = run("openssl", &["pkey", "-ec_conv_form", "compressed"], key.to_pkcs8_pem().as_bytes());
    let pem = String::from_utf8(pem.stdout).expect("PEM");
    assert!(pem.len() < key.to_pkcs8_pem().len(), "it is compressed");
    assert_eq!(SigningKey::from_pem(&pem).expect("a key").public(), key.public());
}

fn pem_body(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.starts_with("---")).collect();
    data_encoding::BASE64.decode(body.as_bytes()).expect("base64")
}

fn pem_of(der: &[u8], label: &str) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", data_encoding::BASE64.encode(der))
}

fn ed25519_pem(key: &[u8]) -> String {
    pem_of(&[&unhex("302a300506032b6570032100")[..], key].concat(), "PUBLIC KEY")
}

/// Takes the `[1]` off the end of an ECPrivateKey as we write it, and mends the lengths around it.
fn without_public_part(der: &[u8]) -> Vec<u8> {
    // SEQUENCE { INTEGER 0, AlgorithmIdentifier, OCTET STRING { SEQUENCE { INTEGER 1, secret, [1] } } }
    let mut body = der[3..der.len() - 70].to_vec();
    let key = 3 + 2 + usize::from(body[4]);
    assert_eq!((body[key], body[key + 2]), (0x04, 0x30), "the layout that is cut");
    body[key + 1] -= 70;
    body[key + 3] -= 70;
    [&[0x30, body.len() as u8][..], &body].concat()
}
