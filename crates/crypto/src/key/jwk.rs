//! A public key as JSON (RFC 7517, RFC 7518 §6.2, RFC 8037 §2).

use serde::{Deserialize, Serialize};
use zizhi_model::Json;

use super::error::{KeyError, Weakness};
use crate::{Algorithm, b64};

/// The members that make a public key, and nothing else: a private member cannot be written.
///
/// Members that others add (`kid`, `use`, …) are passed over when it is read by serde. Reading is
/// not judging: turn it into a [`PublicKey`](super::PublicKey) to know that it is sound.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Jwk {
    /// `EC` or `OKP`.
    pub kty: String,
    /// `P-256`, `SM2` or `Ed25519`.
    pub crv: String,
    /// The x coordinate, or the whole Ed25519 key; base64url of 32 bytes.
    pub x: String,
    /// The y coordinate of an `EC` key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

/// The same before anything is copied.
pub(super) struct Members<'a> {
    pub(super) kty: &'a str,
    pub(super) crv: &'a str,
    pub(super) x: &'a str,
    pub(super) y: Option<&'a str>,
}

impl<'a> Members<'a> {
    pub(super) fn read(jwk: &'a Json<'_>) -> Result<Self, KeyError> {
        let text = |name: &'static str| jwk.get(name).and_then(Json::as_str).ok_or(KeyError::Member(name));
        // The kind comes first, so that an RSA or symmetric key is named as such.
        let kty = text("kty")?;
        if kty != "EC" && kty != "OKP" {
            return Err(KeyError::Unsupported(kty.to_owned()));
        }
        let y = if kty == "EC" { Some(text("y")?) } else { None };
        let members = Self { kty, crv: text("crv")?, x: text("x")?, y };
        let algorithm = members.algorithm()?;
        // RFC 7517 §4.4: where the key names its algorithm, it is for no other one.
        match jwk.get("alg") {
            None => {}
            Some(Json::Str(said)) if Algorithm::parse(said) == Some(algorithm) => {}
            Some(Json::Str(said)) => {
                return Err(KeyError::Algorithm { said: said.clone().into_owned(), is: algorithm });
            }
            Some(_) => return Err(KeyError::Member("alg")),
        }
        // RFC 7517 §4.2: a key for encryption is not one for signatures.
        match jwk.get("use") {
            None => {}
            Some(Json::Str(purpose)) if purpose == "sig" => {}
            Some(Json::Str(_)) => return Err(KeyError::Use),
            Some(_) => return Err(KeyError::Member("use")),
        }
        Ok(members)
    }

    /// RFC 7517 §4.3: of the listed operations, one must be the wanted one.
    pub(super) fn allows(jwk: &Json<'_>, operations: &[&str]) -> Result<(), KeyError> {
        let Some(listed) = jwk.get("key_ops") else { return Ok(()) };
        let listed = listed.as_array().ok_or(KeyError::Member("key_ops"))?;
        let allowed = listed.iter().filter_map(Json::as_str).any(|name| operations.contains(&name));
        if allowed { Ok(()) } else { Err(KeyError::Use) }
    }

    pub(super) fn algorithm(&self) -> Result<Algorithm, KeyError> {
        match (self.kty, self.crv) {
            ("EC", "P-256") => Ok(Algorithm::Es256),
            ("OKP", "Ed25519") => Ok(Algorithm::EdDsa),
            ("EC", "SM2") => Ok(Algorithm::Sm2Sm3),
            (kty, crv) => Err(KeyError::Unsupported(format!("{kty} {crv}"))),
        }
    }

    pub(super) fn x(&self) -> Result<[u8; 32], KeyError> {
        coordinate("x", self.x)
    }

    pub(super) fn y(&self) -> Result<[u8; 32], KeyError> {
        coordinate("y", self.y.ok_or(KeyError::Member("y"))?)
    }
}

impl<'a> From<&'a Jwk> for Members<'a> {
    fn from(jwk: &'a Jwk) -> Self {
        Self { kty: &jwk.kty, crv: &jwk.crv, x: &jwk.x, y: jwk.y.as_deref() }
    }
}

/// RFC 7518 §6.2.1.2: a coordinate always has the full length of the field.
pub(super) fn coordinate(name: &'static str, text: &str) -> Result<[u8; 32], KeyError> {
    b64::decode_array(text).map_err(|error| match error {
        b64::B64Error::Size(_) | b64::B64Error::Length => KeyError::Weak(Weakness::Length),
        b64::B64Error::Symbol(_) | b64::B64Error::TrailingBits => KeyError::Member(name),
    })
}
