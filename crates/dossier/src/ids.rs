//! Identifiers of requests and dossiers: UUID version 7 (RFC 9562 §5.7).

use chrono::{DateTime, Utc};
use zizhi_crypto::Random;
use zizhi_crypto::digest::hex;

/// A new identifier for something made at `time`. Later ones sort behind earlier ones.
#[must_use]
pub fn uuid_v7(time: DateTime<Utc>, random: &mut dyn Random) -> String {
    let milliseconds = u64::try_from(time.timestamp_millis()).unwrap_or(0);
    let mut tail = [0; 10];
    random.fill(&mut tail);
    let [a, _, b, ..] = &mut tail;
    // §5.7: four bits of version, two bits of variant.
    *a = 0x70 | *a & 0x0f;
    *b = 0x80 | *b & 0x3f;
    let digits = hex(milliseconds.to_be_bytes().get(2..).unwrap_or_default()) + &hex(&tail);
    let mut text = String::with_capacity(36);
    for (index, digit) in digits.chars().enumerate() {
        if [8, 12, 16, 20].contains(&index) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// Whether `text` is a UUID of version 7 in its usual form: lower case, with hyphens.
#[must_use]
pub fn is_uuid_v7(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'7',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}
