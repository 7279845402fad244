//! base64url and digests.
#![cfg(test)]

mod support;

use support::unhex;
use zizhi_crypto::b64::{self, B64Error};
use zizhi_crypto::digest::{self, HashAlgorithm, Sha256, hex, hex_groups};

#[test]
fn base64url_has_one_spelling() {
    #[track_caller]
    fn check(text: &str, expected: Result<&[u8], B64Error>) {
        let found = b64::decode(text);
        assert_eq!(found.as_deref(), expected.as_ref().map(|bytes| &bytes[..]), "{text:?}");
        if let Ok(bytes) = found {
            assert_eq!(b64::encode(&bytes), text, "what decodes is what is written");
        }
    }
    check("", Ok(b""));
    check("Zg", Ok(b"f"));
    check("Zm8", Ok(b"fo"));
    check("Zm9v", Ok(b"foo"));
    check("Zm9vYg", Ok(b"foob"));
    check("-_-_", Ok(&[0xfb, 0xff, 0xbf]));
    check("Zh", Err(B64Error::TrailingBits));
    check("Zm9", Err(B64Error::TrailingBits));
    check("Z", Err(B64Error::Length));
    check("Zm9vY", Err(B64Error::Length));
    check("Zg==", Err(B64Error::Symbol(2)));
    check("Zm8=", Err(B64Error::Symbol(3)));
    check("Zm9v\n", Err(B64Error::Length));
    check("Zm 9", Err(B64Error::Symbol(2)));
    check("+/+/", Err(B64Error::Symbol(0)));
    check("Zm9é", Err(B64Error::Length));
    check("Zmé", Err(B64Error::Symbol(2)));
    check("\0\0", Err(B64Error::Symbol(0)));
}

#[test]
fn every_length_round_trips_and_every_single_character_counts() {
    for length in 0..200_usize {
        let bytes: Vec<u8> = (0..length).map(|at| (at * 37 + length * 11) as u8).collect();
        let text = b64::encode(&bytes);
        assert_eq!(text, data_encoding::BASE64URL_NOPAD.encode(&bytes), "as an independent writer");
        assert_eq!(b64::decode(&text).as_deref(), Ok(&bytes[..]), "length {length}");
        for at in 0..text.len() {
            for bad in [b'=', b'+', b'/', b' ', b'\n', b'.', 0, 0x7f, 0x80, 0xff] {
                let mut altered = text.clone().into_bytes();
                altered[at] = bad;
                assert_eq!(
                    b64::decode(&altered),
                    Err(B64Error::Symbol(at)),
                    "byte {bad} at {at} of {length}"
                );
            }
        }
    }
}

#[test]
fn agrees_with_an_independent_decoder_on_every_pair_and_triple_ending() {
    let mut text = *b"Zm9vAA";
    for first in 0..=255 {
        for second in 0..=255 {
            text[4..].copy_from_slice(&[first, second]);
            let independent = data_encoding::BASE64URL_NOPAD.decode(&text).ok();
            assert_eq!(b64::decode(text).ok(), independent, "{text:?}");
            let triple = [b'A', first, second];
            let independent = data_encoding::BASE64URL_NOPAD.decode(&triple).ok();
            assert_eq!(b64::decode(triple).ok(), independent, "{triple:?}");
        }
    }
}

#[test]
fn a_reused_buffer_holds_nothing_old() {
    let mut buffer = b"old content, longer than what follows".to_vec();
    b64::decode_into("Zm9v", &mut buffer).expect("base64url");
    assert_eq!(buffer, b"foo", "the old content is gone");
    b64::decode_into("Zm9v!", &mut buffer).expect_err("no base64url");
    assert!(buffer.is_empty(), "nothing is left after an error");
}

#[test]
fn an_array_is_decoded_at_its_own_length_only() {
    assert_eq!(b64::decode_array("Zm9v"), Ok(*b"foo"), "the right length");
    assert_eq!(b64::decode_array::<2>("Zm9v"), Err(B64Error::Size(2)), "too long");
    assert_eq!(b64::decode_array::<4>("Zm9v"), Err(B64Error::Size(4)), "too short");
    assert_eq!(b64::decode_array::<2>("Zm9"), Err(B64Error::TrailingBits), "left-over bits");
}

#[test]
fn sha512_of_a_known_text() {
    // FIPS 180-4, example of NIST.
    let abc = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
               2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
    assert_eq!(hex(&digest::sha512(b"abc")), abc, "whole");
}

#[test]
fn sha256_of_known_texts() {
    // FIPS 180-4, examples of NIST.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hex(&digest::sha256(b"abc")), abc, "whole");
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hex(&digest::sha256(b"")), empty, "nothing");
    let mut pieces = Sha256::new();
    pieces.update(b"a");
    pieces.update(b"");
    pieces.update(b"bc");
    assert_eq!(hex(&pieces.finish()), abc, "in pieces");
    assert_eq!(HashAlgorithm::parse("sha-256").map(|hash| hex(&hash.digest(b"abc"))).as_deref(), Some(abc));
    for other in ["SHA-256", "sha256", "sha-1", "md5", ""] {
        assert_eq!(HashAlgorithm::parse(other), None, "{other}");
    }
}

#[cfg(feature = "gm")]
#[test]
fn sm3_of_known_texts() {
    // GB/T 32905-2016, Annex A.
    let abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let sixty_four = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";
    assert_eq!(hex(&digest::sm3(b"abc")), abc, "example 1");
    assert_eq!(hex(&digest::sm3(&b"abcd".repeat(16))), sixty_four, "example 2");
    let mut pieces = digest::Sm3::new();
    pieces.update(b"a");
    pieces.update(b"bc");
    assert_eq!(hex(&pieces.finish()), abc, "in pieces");
    assert_eq!(HashAlgorithm::parse("sm3").map(|hash| hash.digest(b"abc")), Some(digest::sm3(b"abc")));
    let openssl = support::run("openssl", &["dgst", "-sm3", "-binary"], &vec![7; 100_000]);
    assert_eq!(openssl.stdout, digest::sm3(&vec![7; 100_000]), "as OpenSSL: {}", openssl.stderr);
}

#[test]
fn people_read_digests_in_groups_of_four() {
    assert_eq!(hex_groups(&unhex("66c7f0f462eeedd9")), "66c7 f0f4 62ee edd9");
    assert_eq!(hex_groups(&unhex("66c7f0")), "66c7 f0");
    assert_eq!(hex_groups(&[]), "");
}

#[test]
fn hexadecimal_has_one_spelling() {
    assert_eq!(digest::from_hex("00ff"), Some(vec![0, 255]));
    for bad in ["00FF", "0", "0x00", "zz", " 00"] {
        assert_eq!(digest::from_hex(bad), None, "{bad}");
    }
}
