//! Which points may be public keys (`KEY-WEAK`).

use super::error::{KeyError, Weakness};

/// The Ed25519 field prime 2^255 − 19, little-endian.
const PRIME: [u8; 32] = [
    0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
];

/// The y of every point of order 1, 2, 4 or 8, little-endian. With the sign bit either way these are
/// the eight points, and two encodings of x = −0 that no canonical writer makes.
const SMALL_ORDER_Y: [[u8; 32]; 5] = [
    // Order 4.
    [0; 32],
    // Order 1, the neutral element.
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    // Order 2: p − 1.
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ],
    // Order 8.
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
        0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    // Order 8: the negative of the one above.
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
        0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

/// Refuses the Ed25519 keys that ring would verify forgeries under (formats.md §0).
pub(super) fn ed25519(key: &[u8; 32]) -> Result<(), Weakness> {
    let mut y = *key;
    if let Some(top) = y.last_mut() {
        *top &= 0x7f;
    }
    // Compared from the most significant byte down; keys are public, so no need for constant time.
    if y.iter().rev().ge(PRIME.iter().rev()) {
        return Err(Weakness::NonCanonical);
    }
    if SMALL_ORDER_Y.contains(&y) {
        return Err(Weakness::SmallOrder);
    }
    Ok(())
}

/// Reads a SEC 1 point of P-256 and returns it uncompressed.
pub(super) fn p256(bytes: &[u8]) -> Result<[u8; 65], KeyError> {
    use p256::elliptic_curve::sec1::ToEncodedPoint as _;
    let key = p256::PublicKey::from_sec1_bytes(bytes).map_err(|_| KeyError::Weak(Weakness::NotOnCurve))?;
    <[u8; 65]>::try_from(key.to_encoded_point(false).as_bytes()).map_err(|_| KeyError::Weak(Weakness::Length))
}

/// Tells infinity and wrong lengths from points that are merely not on the curve (SEC 1 §2.3.4).
pub(super) fn sec1_form(bytes: &[u8]) -> Result<(), Weakness> {
    match (bytes.first(), bytes.len()) {
        (Some(0), 1) => Err(Weakness::Infinity),
        (Some(2 | 3), 33) | (Some(4), 65) => Ok(()),
        _ => Err(Weakness::Length),
    }
}

/// The uncompressed encoding of a point given by its coordinates.
pub(super) fn uncompressed(x: &[u8; 32], y: &[u8; 32]) -> [u8; 65] {
    let mut point = [4; 65];
    for (to, from) in point.iter_mut().skip(1).zip(x.iter().chain(y)) {
        *to = *from;
    }
    point
}
