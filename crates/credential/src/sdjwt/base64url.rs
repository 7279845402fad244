//! Strict base64url without padding (RFC 4648 §5) to the end of a buffer.
//!
//! A presentation is base64url from its first byte to its last, so that this decides what reading one
//! costs beside its signatures: a general decoder takes three times as long.

use std::ops::Range;

/// In the place of a byte that base64url does not have. No valid group of four reaches these bits.
const OUTSIDE: u32 = 0xff00_0000;

/// What each byte adds to a group of four, where it stands first, second, third and last.
static FIRST: [u32; 256] = table(18);
static SECOND: [u32; 256] = table(12);
static THIRD: [u32; 256] = table(6);
static LAST: [u32; 256] = table(0);

#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and would stop at a wrong index")]
const fn table(shift: u32) -> [u32; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut table = [OUTSIDE; 256];
    let mut value = 0;
    while value < alphabet.len() {
        table[alphabet[value] as usize] = (value as u32) << shift;
        value += 1;
    }
    table
}

/// Appends what `text` encodes to `buffer` and tells where it stands there. `None` for anything but the
/// one encoding of a byte string: another character, padding, a length that none has, or bits left over.
/// What the buffer holds from its former end on is then of no use.
pub(super) fn decode(text: &str, buffer: &mut Vec<u8>) -> Option<Range<usize>> {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    let start = buffer.len();
    buffer.resize(start + groups.len() * 3, 0);
    let (bytes, _) = buffer.get_mut(start..)?.as_chunks_mut::<3>();
    let mut seen = 0;
    for ([a, b, c, d], to) in groups.iter().zip(bytes) {
        let group = at(&FIRST, *a) | at(&SECOND, *b) | at(&THIRD, *c) | at(&LAST, *d);
        seen |= group;
        let [_, x, y, z] = group.to_be_bytes();
        *to = [x, y, z];
    }
    match rest {
        [] => {}
        [a, b] => {
            let group = at(&FIRST, *a) | at(&SECOND, *b);
            let [_, x, left, _] = group.to_be_bytes();
            seen |= group | if left == 0 { 0 } else { OUTSIDE };
            buffer.push(x);
        }
        [a, b, c] => {
            let group = at(&FIRST, *a) | at(&SECOND, *b) | at(&THIRD, *c);
            let [_, x, y, left] = group.to_be_bytes();
            seen |= group | if left == 0 { 0 } else { OUTSIDE };
            buffer.extend([x, y]);
        }
        _ => return None,
    }
    (seen & OUTSIDE == 0).then_some(start..buffer.len())
}

fn at(table: &[u32; 256], byte: u8) -> u32 {
    table.get(usize::from(byte)).copied().unwrap_or(OUTSIDE)
}

#[cfg(test)]
mod tests;
