//! Token Status Lists: the draft's own examples, and lists of our own.

use std::fs;
use std::path::PathBuf;

use zizhi_credential::status::{
    Bits, MAX_LIST_BYTES, Status, StatusError, StatusList, TokenClaims, UnverifiedToken, sign,
};
use zizhi_crypto::jws;
use zizhi_model::{CheckCode, json};

use crate::support::{IAT, LIST, issuer, limits, stranger};

macro_rules! examples {
    ($($name:ident: $file:literal, $bits:ident, $entries:literal, $values:expr;)+) => {
        $(
            #[test]
            fn $name() {
                let list = example($file);
                assert_eq!((list.bits(), list.entries()), (Bits::$bits, $entries), "bits and size");
                let values: Vec<(u64, u8)> = $values;
                let found: Vec<(u64, u8)> =
                    list.exceptions().map(|(idx, status)| (idx, status.value())).collect();
                let mut expected: Vec<(u64, u8)> = values.iter().copied().filter(|(_, value)| *value != 0).collect();
                expected.sort_unstable();
                assert_eq!(found, expected, "everything that is not listed is valid");
                for (idx, value) in values {
                    assert_eq!(list.get(idx).unwrap().value(), value, "status[{idx}]");
                }
            }
        )+
    };
}

// Values as the draft lists them (§4.1 and the appendix on test vectors).
examples! {
    one_bit: "status_list_encoding_json.md", One, 16, numbered(&[1,0,0,1,1,1,0,1,1,1,0,0,0,1,0,1]);
    two_bits: "status_list_encoding2_json.md", Two, 12, numbered(&[1,2,0,3,0,1,0,1,1,2,3,3]);
    one_bit_long: "status_list_encoding1_long_json.md", One, 1_048_576, vec![
        (0, 1), (1_993, 1), (25_460, 1), (159_495, 1), (495_669, 1), (554_353, 1), (645_645, 1),
        (723_232, 1), (854_545, 1), (934_534, 1), (1_000_345, 1)];
    two_bits_long: "status_list_encoding2_long_json.md", Two, 1_048_576, vec![
        (0, 1), (1_993, 2), (25_460, 1), (159_495, 3), (495_669, 1), (554_353, 1), (645_645, 2),
        (723_232, 1), (854_545, 1), (934_534, 2), (1_000_345, 3)];
    four_bits: "status_list_encoding4_json.md", Four, 1_048_576, vec![
        (0, 1), (1_993, 2), (35_460, 3), (459_495, 4), (595_669, 5), (754_353, 6), (845_645, 7),
        (923_232, 8), (924_445, 9), (934_534, 10), (1_004_534, 11), (1_000_345, 12), (1_030_203, 13),
        (1_030_204, 14), (1_030_205, 15)];
    eight_bits: "status_list_encoding8_json.md", Eight, 1_048_576,
        EIGHT_BITS.iter().copied().zip(0..=255).collect();
}

/// The places that hold 0, 1, … 255 in the example of 8 bits.
const EIGHT_BITS: [u64; 256] = [
    233478, 52451, 576778, 513575, 468106, 292632, 214947, 182323, 884834, 66653, 62489, 196493, 458517,
    487925, 55649, 416992, 879796, 462297, 942059, 583408, 13628, 334829, 886286, 713557, 582738, 326064,
    451545, 705889, 214350, 194502, 796765, 202828, 752834, 721327, 554740, 91122, 963483, 261779, 793844,
    165255, 614839, 758403, 403258, 145867, 96100, 477937, 606890, 167335, 488197, 211815, 797182, 582952,
    950870, 765108, 341110, 776325, 745056, 439368, 559893, 149741, 358903, 513405, 342679, 969429, 795775,
    566121, 460566, 680070, 117310, 480348, 67319, 661552, 841303, 561493, 138807, 442463, 659927, 445910,
    1046963, 829700, 962282, 299623, 555493, 292826, 517215, 551009, 898490, 837603, 759161, 459948, 290102,
    1034977, 190650, 98810, 229950, 320531, 335506, 885333, 133227, 806915, 800313, 981571, 527253, 24077,
    240232, 559572, 713399, 233941, 615514, 911768, 331680, 951527, 6805, 552366, 374660, 223159, 625884,
    417146, 320527, 784154, 338792, 1199, 679804, 1024680, 40845, 234603, 761225, 644903, 502167, 121477,
    505144, 165165, 179628, 1019195, 145149, 263738, 269256, 996739, 346296, 555864, 887384, 444173, 421844,
    653716, 836747, 783119, 918762, 946835, 253764, 519895, 471224, 134272, 709016, 44112, 482585, 461829,
    15080, 148883, 123467, 480125, 141348, 65877, 692958, 148598, 499131, 584009, 1017987, 449287, 277478,
    991262, 509602, 991896, 853666, 399318, 197815, 203278, 903979, 743015, 888308, 862143, 979421, 113605,
    206397, 127113, 844358, 711569, 229153, 521470, 401793, 398896, 940810, 293983, 884749, 384802, 584151,
    970201, 523882, 158093, 929312, 205329, 106091, 30949, 195586, 495723, 348779, 852312, 1018463, 1009481,
    448260, 841042, 122967, 345269, 794764, 4520, 818773, 556171, 954221, 598210, 887110, 1020623, 324632,
    398244, 622241, 456551, 122648, 127837, 657676, 119884, 105156, 999897, 330160, 119285, 168005, 389703,
    143699, 142524, 493258, 846778, 251420, 516351, 83344, 171931, 879178, 663475, 546865, 428362, 658891,
    500560, 557034, 830023, 274471, 629139, 958869, 663071, 152133, 19535,
];

fn numbered(values: &[u8]) -> Vec<(u64, u8)> {
    (0..).zip(values.iter().copied()).collect()
}

#[test]
fn the_token_example_reads_as_its_authors_say() {
    let text: String = read("status_list_jwt_raw.md").split_ascii_whitespace().collect();
    let token = UnverifiedToken::parse(&text, &limits()).unwrap();
    assert_eq!(token.uri(), Some("https://example.com/statuslists/1"), "sub");
    assert_eq!(token.kid(), Some("12"), "kid");
    // Its key is not published, so what can be shown is that another one does not do.
    let error = token.verify(issuer().public(), None).unwrap_err();
    assert_eq!(error.code(), CheckCode::StatCorrupt, "a list that cannot be verified says nothing");
}

#[test]
fn what_is_set_is_read_back_at_every_width() {
    for (bits, top) in [(Bits::One, 1_u64), (Bits::Two, 3), (Bits::Four, 15), (Bits::Eight, 255)] {
        let mut list = StatusList::new(bits, 1000).unwrap();
        for idx in 0..1000 {
            list.set(idx, Status::from_value((idx % (top + 1)) as u8)).unwrap();
        }
        let again = StatusList::inflate(bits, &list.deflate().unwrap()).unwrap();
        for idx in 0..1000 {
            assert_eq!(u64::from(again.get(idx).unwrap().value()), idx % (top + 1), "{bits:?}[{idx}]");
        }
        list.set(500, Status::Valid).unwrap();
        assert_eq!(list.get(500).unwrap(), Status::Valid, "a status can be taken back");
        assert_eq!(list.get(501).unwrap(), again.get(501).unwrap(), "and its neighbour stays");
    }
}

#[test]
fn refuses_a_place_beyond_the_list() {
    let mut list = StatusList::new(Bits::Two, 8).unwrap();
    assert_eq!(list.entries(), 8);
    assert_eq!(list.get(8), Err(StatusError::Index { idx: 8, entries: 8 }), "one too far");
    assert!(list.get(u64::MAX).is_err(), "very far");
    assert!(list.set(8, Status::Revoked).is_err(), "also for writing");
    assert_eq!(list.set(0, Status::Other(4)), Err(StatusError::Value(4)), "4 needs three bits");
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let bomb = {
        use std::io::Write as _;
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..64 {
            writer.write_all(&zeros).unwrap();
        }
        writer.finish().unwrap()
    };
    assert!(bomb.len() < 100_000, "64 MiB of zeros in {} bytes", bomb.len());
    assert_eq!(
        StatusList::inflate(Bits::Two, &bomb),
        Err(StatusError::Size),
        "more than {MAX_LIST_BYTES} bytes"
    );
}

#[test]
fn a_list_of_millions_is_fine() {
    let mut list = StatusList::new(Bits::Two, 4_000_000).unwrap();
    list.set(3_999_999, Status::Ended).unwrap();
    let text = sign(&list, &claims(), &issuer()).unwrap();
    let token =
        UnverifiedToken::parse(&text, &limits()).unwrap().verify(issuer().public(), Some(LIST)).unwrap();
    assert_eq!(token.list.get(3_999_999), Ok(Status::Ended), "the last of four million");
}

#[test]
fn damaged_zlib_is_refused() {
    let whole = StatusList::new(Bits::One, 80_000).unwrap().deflate().unwrap();
    let refused = |bytes: &[u8]| StatusList::inflate(Bits::One, bytes) == Err(StatusError::Zlib);
    assert!(refused(b""), "nothing at all");
    assert!(refused(&whole[..whole.len() - 1]), "the checksum is cut short");
    let mut altered = whole.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert!(refused(&altered), "the checksum does not hold");
    let mut longer = whole.clone();
    longer.push(0);
    assert!(refused(&longer), "something follows the stream");
    assert!(refused(&whole[2..]), "raw DEFLATE is not the zlib format");
}

#[test]
fn the_object_is_read_strictly() {
    let read = |text: &str| StatusList::from_json(&json::strict(text.as_bytes(), 8).unwrap());
    assert!(read(r#"{"bits":1,"lst":"eNrbuRgAAhcBXQ"}"#).is_ok());
    assert_eq!(read(r#"{"bits":3,"lst":"eNrbuRgAAhcBXQ"}"#), Err(StatusError::Bits));
    assert_eq!(read(r#"{"bits":0,"lst":"eNrbuRgAAhcBXQ"}"#), Err(StatusError::Bits));
    assert_eq!(read(r#"{"bits":"1","lst":"eNrbuRgAAhcBXQ"}"#), Err(StatusError::Claim("bits")));
    assert_eq!(read(r#"{"bits":1,"lst":"eNrbuRgAAhcBXQ=="}"#), Err(StatusError::Encoding));
    assert_eq!(read(r#"{"bits":1}"#), Err(StatusError::Claim("lst")));
    assert_eq!(read("[]"), Err(StatusError::Claim("bits")));
}

#[test]
fn a_token_is_bound_to_its_list_and_key() {
    let list = StatusList::new(Bits::Two, 100).unwrap();
    let text = sign(&list, &claims(), &issuer()).unwrap();
    let parse = || UnverifiedToken::parse(&text, &limits()).unwrap();
    let token = parse().verify(issuer().public(), Some(LIST)).unwrap();
    assert_eq!((token.issued_at, token.expires, token.ttl), (IAT, Some(IAT + 604_800), Some(43_200)));
    assert_eq!(token.issuer.as_deref(), Some("urn:uscc:91340100DEM0000228"));
    assert_eq!(&token.key_id, issuer().public().key_id(), "the key that signed is told");
    assert_eq!(
        parse().verify(issuer().public(), Some("https://status.example/2")).unwrap_err(),
        StatusError::OtherUri
    );
    assert!(matches!(parse().verify(stranger().public(), Some(LIST)), Err(StatusError::Signature(_))));
    let credential = jws::sign(&issuer(), "dc+sd-jwt", &serde_json::json!({})).unwrap();
    let other = UnverifiedToken::parse(&credential, &limits()).unwrap();
    assert!(
        matches!(other.verify(issuer().public(), None), Err(StatusError::Signature(_))),
        "typ is not a list's"
    );
}

#[test]
fn a_token_needs_its_claims() {
    let good = serde_json::json!({
        "sub": LIST, "iat": IAT, "ttl": 60, "status_list": { "bits": 1, "lst": "eNrbuRgAAhcBXQ" }
    });
    let verify = |payload: &serde_json::Value| {
        let text = jws::sign(&issuer(), "statuslist+jwt", payload).unwrap();
        UnverifiedToken::parse(&text, &limits()).unwrap().verify(issuer().public(), None).map(|_| ())
    };
    assert_eq!(verify(&good), Ok(()), "exp and iss may be missing");
    for claim in ["sub", "iat", "status_list"] {
        let mut payload = good.clone();
        payload.as_object_mut().unwrap().remove(claim);
        assert_eq!(verify(&payload), Err(StatusError::Claim(claim)), "{claim} is required");
    }
    for (claim, value) in
        [("ttl", serde_json::json!(0)), ("iat", "now".into()), ("exp", "then".into()), ("iss", 1.into())]
    {
        let mut payload = good.clone();
        payload[claim] = value;
        assert_eq!(verify(&payload), Err(StatusError::Claim(claim)), "{claim} has a form");
    }
}

fn claims() -> TokenClaims<'static> {
    TokenClaims {
        issuer: Some("urn:uscc:91340100DEM0000228"),
        uri: LIST,
        issued_at: IAT,
        expires: Some(IAT + 604_800),
        ttl: Some(43_200),
    }
}

/// A JSON example: words, then an object whose strings are broken into lines for print.
fn example(file: &str) -> StatusList {
    let text = read(file);
    let object: String = text[text.find('{').unwrap()..].split_ascii_whitespace().collect();
    StatusList::from_json(&json::strict(object.as_bytes(), 8).unwrap()).unwrap()
}

fn read(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/vectors/token-status-list");
    fs::read_to_string(folder.join(file)).unwrap()
}
