//! The little DER (X.690) that keys and elliptic-curve signatures need, and a reader of elements for whoever has to
//! show what a file is.
//!
//! Strict: definite and shortest lengths, nothing left over. It does not judge certificates.

use zeroize::Zeroizing;

use crate::Algorithm;
use crate::key::KeyError;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// `[0]` and `[1]`, constructed: tagged explicitly, or attributes.
const CONTEXT_0: u8 = 0xa0;
const CONTEXT_1: u8 = 0xa1;
/// `[1]`, primitive: a bit string tagged implicitly (RFC 5958 §2).
const CONTEXT_1_IMPLICIT: u8 = 0x81;

/// id-Ed25519, 1.3.101.112 (RFC 8410 §3).
const ID_ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// id-ecPublicKey, 1.2.840.10045.2.1 (RFC 5480 §2.1.1).
const ID_EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// secp256r1, 1.2.840.10045.3.1.7 (RFC 5480 §2.1.1.1).
const ID_P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// sm2p256v1, 1.2.156.10197.1.301 (GM/T 0006).
const ID_SM2: &[u8] = &[0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d];

/// A private key as it stands in PKCS#8.
pub(crate) struct PrivateKeyInfo<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) secret: Zeroizing<[u8; 32]>,
    pub(crate) public: Option<&'a [u8]>,
}

/// Turns a DER `SEQUENCE { r INTEGER, s INTEGER }` into r‖s.
#[must_use]
pub fn signature_to_raw(signature: &[u8]) -> Option<[u8; 64]> {
    let mut reader = Reader(signature);
    let mut inner = Reader(reader.take(SEQUENCE)?);
    let (r, s) = (inner.take(INTEGER)?, inner.take(INTEGER)?);
    if !reader.0.is_empty() || !inner.0.is_empty() {
        return None;
    }
    let mut raw = [0; 64];
    let (left, right) = raw.split_at_mut(32);
    unsigned(r, left)?;
    unsigned(s, right)?;
    Some(raw)
}

/// Turns r‖s into the DER form that OpenSSL and GB/T 35276 use.
#[must_use]
pub fn signature_from_raw(signature: &[u8; 64]) -> Vec<u8> {
    let mut inner = Vec::with_capacity(70);
    let (r, s) = signature.split_at(32);
    for number in [r, s] {
        let digits: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
        // A leading bit would make the number negative; zero keeps one byte.
        let sign: &[u8] = if digits.first().is_none_or(|byte| *byte >= 0x80) { &[0] } else { &[] };
        write(&mut inner, INTEGER, &[sign, &digits]);
    }
    let mut out = Vec::with_capacity(72);
    write(&mut out, SEQUENCE, &[&inner]);
    out
}

/// SubjectPublicKeyInfo: the algorithm and the bytes of the key.
pub(crate) fn public_key_info(bytes: &[u8]) -> Result<(Algorithm, &[u8]), KeyError> {
    let mut outer = Reader(bytes);
    let mut info = Reader(outer.take(SEQUENCE).ok_or(KeyError::Der)?);
    let algorithm = algorithm(info.take(SEQUENCE).ok_or(KeyError::Der)?)?;
    let key = bits(info.take(BIT_STRING).ok_or(KeyError::Der)?).ok_or(KeyError::Der)?;
    outer.end()?;
    info.end()?;
    Ok((algorithm, key))
}

pub(crate) fn write_public_key_info(algorithm: Algorithm, key: &[u8]) -> Vec<u8> {
    let mut inner = Vec::with_capacity(96);
    write(&mut inner, SEQUENCE, &[&algorithm_identifier(algorithm)]);
    write(&mut inner, BIT_STRING, &[&[0], key]);
    let mut out = Vec::with_capacity(96);
    write(&mut out, SEQUENCE, &[&inner]);
    out
}

/// PKCS#8: PrivateKeyInfo and OneAsymmetricKey (RFC 5958 §2).
pub(crate) fn private_key_info(bytes: &[u8]) -> Result<PrivateKeyInfo<'_>, KeyError> {
    let mut outer = Reader(bytes);
    let mut info = Reader(outer.take(SEQUENCE).ok_or(KeyError::Der)?);
    let version = info.take(INTEGER).ok_or(KeyError::Der)?;
    let algorithm = algorithm(info.take(SEQUENCE).ok_or(KeyError::Der)?)?;
    let key = info.take(OCTET_STRING).ok_or(KeyError::Der)?;
    // Attributes say nothing about the key.
    info.take_if(CONTEXT_0)?;
    let appended = info.take_if(CONTEXT_1_IMPLICIT)?;
    outer.end()?;
    info.end()?;
    // RFC 5958 §2: version 2, written 1, exactly where a public key follows.
    match (version, appended) {
        ([0], None) | ([1], _) => {}
        _ => return Err(KeyError::Der),
    }
    let appended = appended.map(|content| bits(content).ok_or(KeyError::Der)).transpose()?;
    let (secret, inside) = match algorithm {
        // RFC 8410 §7: an octet string within the octet string.
        Algorithm::EdDsa => {
            let mut inner = Reader(key);
            let seed = inner.take(OCTET_STRING).ok_or(KeyError::Der)?;
            inner.end()?;
            (seed, None)
        }
        Algorithm::Es256 | Algorithm::Sm2Sm3 => ec_private_key(key, algorithm)?,
    };
    let secret = Zeroizing::new(<[u8; 32]>::try_from(secret).map_err(|_| KeyError::Der)?);
    match (inside, appended) {
        (Some(one), Some(other)) if one != other => Err(KeyError::Mismatch),
        (one, other) => Ok(PrivateKeyInfo { algorithm, secret, public: one.or(other) }),
    }
}

/// ECPrivateKey (RFC 5915 §3): the scalar, and the point where it is given.
fn ec_private_key(bytes: &[u8], outer: Algorithm) -> Result<(&[u8], Option<&[u8]>), KeyError> {
    let mut reader = Reader(bytes);
    let mut key = Reader(reader.take(SEQUENCE).ok_or(KeyError::Der)?);
    if key.take(INTEGER) != Some(&[1]) {
        return Err(KeyError::Der);
    }
    let scalar = key.take(OCTET_STRING).ok_or(KeyError::Der)?;
    if let Some(parameters) = key.take_if(CONTEXT_0)? {
        let mut parameters = Reader(parameters);
        // The curve named twice must be the same one.
        if parameters.take(OID).and_then(curve) != Some(outer) {
            return Err(KeyError::Der);
        }
        parameters.end()?;
    }
    let point = match key.take_if(CONTEXT_1)? {
        Some(tagged) => {
            let mut tagged = Reader(tagged);
            let point = tagged.take(BIT_STRING).and_then(bits).ok_or(KeyError::Der)?;
            tagged.end()?;
            Some(point)
        }
        None => None,
    };
    key.end()?;
    reader.end()?;
    Ok((scalar, point))
}

pub(crate) fn write_private_key_info(
    algorithm: Algorithm,
    secret: &Zeroizing<[u8; 32]>,
    public: &[u8],
) -> Vec<u8> {
    // Every buffer is large enough from the start: one that grew would leave a copy of the secret.
    let mut key = Zeroizing::new(Vec::with_capacity(160));
    match algorithm {
        Algorithm::EdDsa => write(&mut key, OCTET_STRING, &[secret.as_slice()]),
        Algorithm::Es256 | Algorithm::Sm2Sm3 => {
            let mut point = Vec::with_capacity(80);
            write(&mut point, BIT_STRING, &[&[0], public]);
            let mut fields = Zeroizing::new(Vec::with_capacity(160));
            write(&mut fields, INTEGER, &[&[1]]);
            write(&mut fields, OCTET_STRING, &[secret.as_slice()]);
            write(&mut fields, CONTEXT_1, &[&point]);
            write(&mut key, SEQUENCE, &[&fields]);
        }
    }
    let mut info = Zeroizing::new(Vec::with_capacity(240));
    write(&mut info, INTEGER, &[&[0]]);
    write(&mut info, SEQUENCE, &[&algorithm_identifier(algorithm)]);
    write(&mut info, OCTET_STRING, &[&key]);
    let mut out = Vec::with_capacity(256);
    write(&mut out, SEQUENCE, &[&info]);
    out
}

fn algorithm(identifier: &[u8]) -> Result<Algorithm, KeyError> {
    let mut reader = Reader(identifier);
    let id = reader.take(OID).ok_or(KeyError::Der)?;
    let algorithm = if id == ID_ED25519 {
        // RFC 8410 §3: the parameters must be absent.
        Algorithm::EdDsa
    } else if id == ID_EC {
        let name = reader.take(OID).ok_or(KeyError::Der)?;
        curve(name).ok_or_else(|| KeyError::Unsupported("an elliptic curve".to_owned()))?
    } else {
        return Err(KeyError::Unsupported("a key algorithm".to_owned()));
    };
    reader.end()?;
    Ok(algorithm)
}

fn curve(id: &[u8]) -> Option<Algorithm> {
    if id == ID_P256 {
        Some(Algorithm::Es256)
    } else if id == ID_SM2 {
        Some(Algorithm::Sm2Sm3)
    } else {
        None
    }
}

fn algorithm_identifier(algorithm: Algorithm) -> Vec<u8> {
    let mut out = Vec::with_capacity(24);
    match algorithm {
        Algorithm::EdDsa => write(&mut out, OID, &[ID_ED25519]),
        Algorithm::Es256 | Algorithm::Sm2Sm3 => {
            write(&mut out, OID, &[ID_EC]);
            write(&mut out, OID, &[if algorithm == Algorithm::Es256 { ID_P256 } else { ID_SM2 }]);
        }
    }
    out
}

/// The bytes of a bit string that ends on a byte.
fn bits(content: &[u8]) -> Option<&[u8]> {
    match content.split_first() {
        Some((0, bytes)) => Some(bytes),
        _ => None,
    }
}

/// Writes a non-negative INTEGER of at most 256 bits to the right of `field`.
fn unsigned(content: &[u8], field: &mut [u8]) -> Option<()> {
    let digits = match content {
        [] => return None,
        // X.690 §8.3.2: a leading zero only where the number would else be negative.
        [0, rest @ ..] if rest.first().is_none_or(|byte| *byte >= 0x80) => rest,
        [0 | 0x80..=0xff, ..] => return None,
        whole => whole,
    };
    let start = field.len().checked_sub(digits.len())?;
    field.get_mut(start..)?.copy_from_slice(digits);
    Some(())
}

/// Elements that stand one after another.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads these bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The content of the next element, which must have this tag. An element has less than 64 KiB.
    pub fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let mut behind = *self;
        let (_, content) = behind.next_element().filter(|(found, _)| *found == tag)?;
        *self = behind;
        Some(content)
    }

    /// The tag and the content of the next element; nothing at the end, and where none begins.
    pub fn next_element(&mut self) -> Option<(u8, &'a [u8])> {
        let (found, rest) = self.0.split_first()?;
        let (length, rest) = match rest {
            [short @ 0..=0x7f, rest @ ..] => (usize::from(*short), rest),
            // The shortest form is the only one (X.690 §10.1).
            [0x81, long @ 0x80..=0xff, rest @ ..] => (usize::from(*long), rest),
            [0x82, high @ 1..=0xff, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*found, content))
    }

    /// The content of the next element if it has this tag.
    fn take_if(&mut self, tag: u8) -> Result<Option<&'a [u8]>, KeyError> {
        if self.0.first() == Some(&tag) { self.take(tag).map(Some).ok_or(KeyError::Der) } else { Ok(None) }
    }

    fn end(&self) -> Result<(), KeyError> {
        if self.0.is_empty() { Ok(()) } else { Err(KeyError::Der) }
    }
}

/// Appends one element. Nothing that is written here reaches 64 KiB.
fn write(out: &mut Vec<u8>, tag: u8, content: &[&[u8]]) {
    let length: usize = content.iter().map(|piece| piece.len()).sum();
    let [.., high, low] = length.to_be_bytes();
    out.push(tag);
    match (high, low) {
        (0, 0..=0x7f) => out.push(low),
        (0, _) => out.extend([0x81, low]),
        _ => out.extend([0x82, high, low]),
    }
    for piece in content {
        out.extend_from_slice(piece);
    }
}
