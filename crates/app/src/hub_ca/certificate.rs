//! What a person is shown of a certificate (RFC 5280 §4.1): its subject's name and its end. Nothing is judged here.

use chrono::{DateTime, NaiveDateTime, Utc};
use zizhi_crypto::der::Reader;

const INTEGER: u8 = 0x02;
const OID: u8 = 0x06;
const UTF8: u8 = 0x0c;
const PRINTABLE: u8 = 0x13;
const IA5: u8 = 0x16;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const BMP: u8 = 0x1e;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;

/// id-at-commonName, id-at-organizationName and id-at-organizationalUnitName (RFC 5280 appendix A.1), the most telling
/// first.
const NAMES: [&[u8]; 3] = [&[0x55, 0x04, 0x03], &[0x55, 0x04, 0x0a], &[0x55, 0x04, 0x0b]];
/// Characters of a name that are shown.
const LONGEST: usize = 128;

/// The name of the subject, empty where it has none that can be shown, and the end of the validity.
pub(super) fn read(der: &[u8]) -> Option<(String, Option<DateTime<Utc>>)> {
    let mut whole = Reader::new(der);
    let mut certificate = Reader::new(whole.take(SEQUENCE)?);
    let mut fields = Reader::new(certificate.take(SEQUENCE)?);
    // Version 1 is written by leaving it out.
    let (_version, _serial) = (fields.take(VERSION), fields.take(INTEGER)?);
    let (_algorithm, _issuer) = (fields.take(SEQUENCE)?, fields.take(SEQUENCE)?);
    let mut validity = Reader::new(fields.take(SEQUENCE)?);
    let subject = fields.take(SEQUENCE)?;
    let (_from, until) = (validity.next_element()?, validity.next_element()?);
    Some((name(subject), time(until)))
}

fn name(subject: &[u8]) -> String {
    let mut found: [Option<String>; 3] = [None, None, None];
    let mut sets = Reader::new(subject);
    while let Some(set) = sets.take(SET) {
        let mut attributes = Reader::new(set);
        while let Some(attribute) = attributes.take(SEQUENCE) {
            let mut attribute = Reader::new(attribute);
            let (Some(id), Some(value)) = (attribute.take(OID), attribute.next_element()) else { continue };
            for (known, place) in NAMES.iter().zip(&mut found) {
                if *known == id {
                    *place = place.take().or_else(|| text(value));
                }
            }
        }
    }
    found.into_iter().flatten().next().unwrap_or_default()
}

/// A name as it may be shown: no control characters, and no end of the page.
fn text((tag, bytes): (u8, &[u8])) -> Option<String> {
    let whole = match tag {
        UTF8 | PRINTABLE | IA5 => std::str::from_utf8(bytes).ok()?.to_owned(),
        BMP => {
            let units: Vec<u16> =
                bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16(&units).ok()?
        }
        _ => return None,
    };
    let shown: String = whole.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    Some(shown).filter(|shown| !shown.trim().is_empty())
}

/// RFC 5280 §4.1.2.5: both forms end in `Z` and have seconds; of a year with two digits, 50 is 1950.
fn time((tag, bytes): (u8, &[u8])) -> Option<DateTime<Utc>> {
    let digits = std::str::from_utf8(bytes).ok()?.strip_suffix('Z')?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = match (tag, digits.len()) {
        (UTC_TIME, 12) if digits < "50" => format!("20{digits}"),
        (UTC_TIME, 12) => format!("19{digits}"),
        (GENERALIZED_TIME, 14) => digits.to_owned(),
        _ => return None,
    };
    NaiveDateTime::parse_from_str(&whole, "%Y%m%d%H%M%S").ok().map(|time| time.and_utc())
}
