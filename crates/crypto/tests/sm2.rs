//! SM2 with SM3 against the standard's example and against OpenSSL, both ways.
#![cfg(test)]
#![cfg(feature = "gm")]

mod support;

use std::fs;

use support::{Repeatable, data, key, run, unhex};
use zizhi_crypto::{Algorithm, PublicKey, Random as _, SigningKey, b64, der};

/// GB/T 32918.5-2017, Annex A: d, x, y, and the signature of "message digest".
const EXAMPLE: [&str; 5] = [
    "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
];

fn example() -> SigningKey {
    let [d, x, y, ..] = EXAMPLE.map(|hex| b64::encode(&unhex(hex)));
    let jwk = format!(r#"{{"kty":"EC","crv":"SM2","x":"{x}","y":"{y}","d":"{d}"}}"#);
    SigningKey::from_jwk_bytes(jwk.as_bytes()).expect("the key of the standard")
}

#[test]
fn verifies_the_example_of_the_standard() {
    let [.., r, s] = EXAMPLE.map(unhex);
    let signature = [r, s].concat();
    example().public().verify(b"message digest", &signature).expect("GB/T 32918.5 Annex A");
    example().public().verify(b"message digesT", &signature).expect_err("another message");
}

#[test]
fn verifies_the_shared_vector_of_openssl() {
    let read = |name: &str| fs::read(data("vectors/sm2").join(name)).expect("the vector");
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        data_encoding::BASE64.encode(&read("sm2pub.der"))
    );
    let public = PublicKey::from_pem(&pem).expect("an SM2 key");
    assert_eq!(public.algorithm(), Algorithm::Sm2Sm3);
    let (message, signature) = (read("sm2msg.bin"), read("sm2sig.der"));
    public.verify_asn1(&message, &signature).expect("DER");
    let raw = der::signature_to_raw(&signature).expect("a DER signature");
    public.verify(&message, &raw).expect("r‖s");
    assert_eq!(der::signature_from_raw(&raw), signature, "there and back");
    for bit in 0..512 {
        let mut altered = raw;
        altered[bit / 8] ^= 1 << (bit % 8);
        public.verify(&message, &altered).expect_err("altered");
    }
}

/// Parameters of a signature with SM3 and the identity of formats.md §0.
const PARAMETERS: [&str; 5] = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"];

#[test]
fn openssl_verifies_what_we_sign() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    for seed in 0..12 {
        let key = key(Algorithm::Sm2Sm3, seed);
        let mut message = vec![0; 1 + 97 * seed as usize];
        Repeatable(seed).fill(&mut message);
        let signature: [u8; 64] = key.sign(&message).expect("a signature").try_into().expect("64 bytes");
        fs::write(path("key"), key.public().to_pem()).expect("written");
        fs::write(path("message"), &message).expect("written");
        fs::write(path("signature"), der::signature_from_raw(&signature)).expect("written");
        let (public, message, signature) = (path("key"), path("message"), path("signature"));
        let files = ["-pubin", "-inkey", &public, "-in", &message, "-sigfile", &signature];
        let ran = run("openssl", &[&["pkeyutl", "-verify"], &files[..], &PARAMETERS].concat(), b"");
        assert!(ran.success, "key {seed}: {}", ran.stderr);
        // The control: OpenSSL does refuse, for example under another identity.
        let other = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:0000000000000000"];
        let ran = run("openssl", &[&["pkeyutl", "-verify"], &files[..], &other].concat(), b"");
        assert!(!ran.success, "key {seed} under another identity");
    }
}

#[test]
fn verifies_what_openssl_signs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    for round in 0..12_u64 {
        let made = run("openssl", &["genpkey", "-algorithm", "SM2"], b"");
        let key = SigningKey::from_pem(&String::from_utf8(made.stdout.clone()).expect("PEM")).expect("a key");
        let mut message = vec![0; 1 + 131 * round as usize];
        Repeatable(round).fill(&mut message);
        fs::write(path("key"), made.stdout).expect("written");
        fs::write(path("message"), &message).expect("written");
        let (secret, file) = (path("key"), path("message"));
        let arguments = ["pkeyutl", "-sign", "-inkey", &secret, "-in", &file];
        let ran = run("openssl", &[&arguments[..], &PARAMETERS].concat(), b"");
        assert!(ran.success, "round {round}: {}", ran.stderr);
        key.public().verify_asn1(&message, &ran.stdout).expect("a signature of OpenSSL");
        message[0] ^= 1;
        key.public().verify_asn1(&message, &ran.stdout).expect_err("another message");
        let other = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:0000000000000000"];
        let ran = run("openssl", &[&arguments[..], &other].concat(), b"");
        message[0] ^= 1;
        key.public().verify_asn1(&message, &ran.stdout).expect_err("another identity");
    }
}

#[test]
fn refuses_numbers_outside_their_range() {
    let key = example();
    let n = unhex("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
    let [.., r, s] = EXAMPLE.map(unhex);
    let (zero, max) = (vec![0; 32], vec![0xff; 32]);
    // n − r: then r + s = 0 mod n, which the standard's step B5 refuses.
    let mut opposite = n.clone();
    let mut borrow = 0_i16;
    for (digit, take) in opposite.iter_mut().zip(&r).rev() {
        let difference = i16::from(*digit) - i16::from(*take) - borrow;
        borrow = i16::from(difference < 0);
        *digit = difference.rem_euclid(256) as u8;
    }
    for (left, right) in [
        (&zero, &zero),
        (&zero, &s),
        (&r, &zero),
        (&n, &s),
        (&r, &n),
        (&max, &max),
        (&r, &opposite),
        (&s, &r),
    ] {
        let signature = [&left[..], right].concat();
        key.public().verify(b"message digest", &signature).expect_err("out of range");
    }
    for length in [0, 63, 65, 128] {
        key.public().verify(b"message digest", &vec![1; length]).expect_err("another length");
    }
}

#[test]
fn der_of_a_signature_has_one_spelling() {
    let raw: [u8; 64] = [EXAMPLE[3], EXAMPLE[4]].map(unhex).concat().try_into().expect("64 bytes");
    let good = der::signature_from_raw(&raw);
    assert_eq!(der::signature_to_raw(&good), Some(raw));
    #[track_caller]
    fn refused(hex: &str) {
        assert_eq!(der::signature_to_raw(&unhex(hex)), None, "{hex}");
    }
    refused("");
    refused("30");
    refused("3000");
    refused("3003020101");
    refused("300602010102010100");
    refused("3080020101020101 0000");
    refused("30810602010102 0101");
    refused("3082000602010102 0101");
    refused("3007020101020200 01");
    refused("3006020181020101");
    refused("3005020002 0101");
    refused("300602010104 0101");
    refused(&format!("3026 0221 01{} 020101", "00".repeat(32)));
    assert_eq!(
        der::signature_to_raw(&unhex("3006020100020101")).map(|raw| raw[63]),
        Some(1),
        "small numbers"
    );
    let mut small = [0; 64];
    small[63] = 0x80;
    assert_eq!(der::signature_from_raw(&small), unhex("30070201000202 0080"), "written at its shortest");
    for at in 0..good.len() {
        assert_eq!(der::signature_to_raw(&good[..at]), None, "cut at {at}");
    }
}
