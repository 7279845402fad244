//! SM2 with SM3 (GB/T 32918.2, GB/T 35276) as formats.md §0 fixes it.

use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::key::{KeyError, SignError, SignatureInvalid, Weakness};

/// The identity that goes into Z_A: the default of GB/T 35276, and the only one we use.
const IDENTITY: &str = "1234567812345678";

/// n − 1 of the curve. A signature needs the inverse of 1 + d, which this d does not have
/// (GB/T 32918.1 §6.1 keeps d in [1, n−2]).
const ORDER_MINUS_ONE: [u8; 32] = [
    0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x72,
    0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x22,
];

/// A public key with its Z_A.
#[derive(Clone)]
pub(crate) struct Sm2Key(VerifyingKey);

impl Sm2Key {
    /// Reads a SEC 1 point and returns it uncompressed as well.
    pub(crate) fn from_sec1(bytes: &[u8]) -> Result<(Self, [u8; 65]), KeyError> {
        let key = VerifyingKey::from_sec1_bytes(IDENTITY, bytes)
            .map_err(|_| KeyError::Weak(Weakness::NotOnCurve))?;
        let point = <[u8; 65]>::try_from(key.to_sec1_bytes().as_ref())
            .map_err(|_| KeyError::Weak(Weakness::Length))?;
        Ok((Self(key), point))
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        let signature = Signature::from_slice(signature).map_err(|_| SignatureInvalid)?;
        self.0.verify(message, &signature).map_err(|_| SignatureInvalid)
    }
}

/// The uncompressed public point of the secret `d`.
pub(crate) fn public_point(d: &[u8; 32]) -> Result<[u8; 65], KeyError> {
    if *d == ORDER_MINUS_ONE {
        return Err(KeyError::Weak(Weakness::Secret));
    }
    let key = SigningKey::from_slice(IDENTITY, d).map_err(|_| KeyError::Weak(Weakness::Secret))?;
    <[u8; 65]>::try_from(key.verifying_key().to_sec1_bytes().as_ref())
        .map_err(|_| KeyError::Weak(Weakness::Length))
}

/// Signs with a nonce made from the key and the message, so that a weak moment of the system's
/// randomness cannot give the key away.
pub(crate) fn sign(d: &Zeroizing<[u8; 32]>, message: &[u8]) -> Result<Vec<u8>, SignError> {
    let key = SigningKey::from_slice(IDENTITY, d.as_slice()).map_err(|_| SignError::Refused)?;
    let signature: Signature = key.try_sign(message).map_err(|_| SignError::Refused)?;
    Ok(signature.to_bytes().to_vec())
}
