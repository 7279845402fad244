//! The same as a general decoder, in everything.

use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;

use super::decode;

fn agree(text: &str) {
    let mut buffer = b"before".to_vec();
    let decoded = decode(text, &mut buffer).map(|range| buffer[range].to_vec());
    assert_eq!(decoded, BASE64URL_NOPAD.decode(text.as_bytes()).ok(), "{text:?}");
    assert_eq!(&buffer[..6], b"before", "what stood there stays");
}

#[test]
fn every_group_of_two_and_every_byte() {
    for a in 0..128_u8 {
        for b in 0..128_u8 {
            agree(&format!("{}{}", char::from(a), char::from(b)));
        }
        for place in 0..7 {
            let mut text = b"QUJDREV".to_vec();
            text[place] = a;
            agree(std::str::from_utf8(&text).unwrap());
        }
    }
    agree("企业");
}

#[test]
fn every_length() {
    for length in 0..40 {
        agree(&"A".repeat(length));
        agree(&BASE64URL_NOPAD.encode(&vec![0xA5; length]));
        agree(&format!("{}=", BASE64URL_NOPAD.encode(&vec![0x5A; length])));
    }
}

proptest! {
    #[test]
    fn any_text(text in "[A-Za-z0-9_-]{0,30}[A-Za-z0-9_=+/-]{0,3}") {
        agree(&text);
    }

    #[test]
    fn any_three_characters(text in "[A-Za-z0-9_-]{3}") {
        agree(&text);
    }
}
