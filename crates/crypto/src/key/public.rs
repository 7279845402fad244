//! Public keys, sound from the moment they exist.

use std::fmt;

use ring::signature::{ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ED25519, UnparsedPublicKey};
use serde::{Serialize, Serializer};
use zizhi_model::Json;
use zizhi_model::json::{Profile, read};

use super::error::{KeyError, SignatureInvalid, Weakness};
use super::jwk::{Jwk, Members};
use super::point;
use crate::digest::Sha256;
use crate::{Algorithm, b64, der, pem};

/// The nesting of a JWK that others decorate with certificates and the like.
pub(super) const JWK_DEPTH: usize = 8;

/// The name of a key: its RFC 7638 thumbprint, SHA-256, base64url.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(String);

impl KeyId {
    /// The thumbprint.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl PartialEq<str> for KeyId {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

/// A public key that has passed every check of `KEY-WEAK`, with its name.
#[derive(Clone)]
pub struct PublicKey {
    material: Material,
    id: KeyId,
}

#[derive(Clone)]
enum Material {
    P256([u8; 65]),
    Ed25519([u8; 32]),
    #[cfg(feature = "gm")]
    Sm2(Box<([u8; 65], crate::gm::Sm2Key)>),
}

impl PublicKey {
    /// Reads a JWK. Members that are not about the key itself are passed over, private ones too.
    ///
    /// # Errors
    /// [`KeyError`], among them every `KEY-WEAK`.
    pub fn from_jwk(jwk: &Json<'_>) -> Result<Self, KeyError> {
        Self::read(jwk, None)
    }

    /// As [`Self::from_jwk`], where the key is likely to be `known`: what is sound already is not worked
    /// out a second time.
    ///
    /// # Errors
    /// As [`Self::from_jwk`].
    pub fn from_jwk_like(jwk: &Json<'_>, known: &Self) -> Result<Self, KeyError> {
        Self::read(jwk, Some(known))
    }

    /// Reads a JWK from its text; an ambiguous text (the same member twice) is refused.
    ///
    /// # Errors
    /// As [`Self::from_jwk`].
    pub fn from_jwk_bytes(text: &[u8]) -> Result<Self, KeyError> {
        Self::from_jwk(&read(text, JWK_DEPTH, Profile::Foreign)?)
    }

    /// Reads a PEM block `PUBLIC KEY` (SubjectPublicKeyInfo, RFC 5280 §4.1, RFC 5480, RFC 8410).
    ///
    /// # Errors
    /// [`KeyError`], among them every `KEY-WEAK`.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let bytes = pem::decode(text, "PUBLIC KEY")?;
        let (algorithm, key) = der::public_key_info(&bytes)?;
        Self::from_raw(algorithm, key)
    }

    /// Takes the 32 bytes of an Ed25519 key (RFC 8032 §5.1.5).
    ///
    /// # Errors
    /// [`KeyError::Weak`].
    pub fn from_ed25519_bytes(key: &[u8]) -> Result<Self, KeyError> {
        let key = <[u8; 32]>::try_from(key).map_err(|_| KeyError::Weak(Weakness::Length))?;
        point::ed25519(&key).map_err(KeyError::Weak)?;
        Ok(Self::named(Material::Ed25519(key)))
    }

    /// Takes a key as [`Self::raw`] gives it, or a compressed point.
    ///
    /// # Errors
    /// [`KeyError::Weak`]; [`KeyError::Unsupported`] for SM2 without the feature `gm`.
    pub fn from_raw(algorithm: Algorithm, key: &[u8]) -> Result<Self, KeyError> {
        if algorithm == Algorithm::EdDsa {
            return Self::from_ed25519_bytes(key);
        }
        point::sec1_form(key).map_err(KeyError::Weak)?;
        let material = match algorithm {
            #[cfg(feature = "gm")]
            Algorithm::Sm2Sm3 => {
                let (sm2, point) = crate::gm::Sm2Key::from_sec1(key)?;
                Material::Sm2(Box::new((point, sm2)))
            }
            #[cfg(not(feature = "gm"))]
            Algorithm::Sm2Sm3 => return Err(KeyError::Unsupported("EC SM2".to_owned())),
            Algorithm::Es256 | Algorithm::EdDsa => Material::P256(point::p256(key)?),
        };
        Ok(Self::named(material))
    }

    fn read(jwk: &Json<'_>, known: Option<&Self>) -> Result<Self, KeyError> {
        let members = Members::read(jwk)?;
        Members::allows(jwk, &["verify", "sign"])?;
        Self::from_members(&members, known)
    }

    pub(super) fn from_members(members: &Members<'_>, known: Option<&Self>) -> Result<Self, KeyError> {
        let (algorithm, x) = (members.algorithm()?, members.x()?);
        let point = match algorithm {
            Algorithm::EdDsa => None,
            Algorithm::Es256 | Algorithm::Sm2Sm3 => Some(point::uncompressed(&x, &members.y()?)),
        };
        let raw = point.as_ref().map_or(x.as_slice(), <[u8; 65]>::as_slice);
        match known.filter(|known| known.algorithm() == algorithm && known.raw() == raw) {
            Some(known) => Ok(known.clone()),
            None => Self::from_raw(algorithm, raw),
        }
    }

    fn named(material: Material) -> Self {
        let id = KeyId(thumbprint(&material));
        Self { material, id }
    }

    /// What the key signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match &self.material {
            Material::P256(_) => Algorithm::Es256,
            Material::Ed25519(_) => Algorithm::EdDsa,
            #[cfg(feature = "gm")]
            Material::Sm2(_) => Algorithm::Sm2Sm3,
        }
    }

    /// The RFC 7638 thumbprint.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.id
    }

    /// The key itself: 32 bytes for Ed25519, an uncompressed SEC 1 point of 65 bytes otherwise.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        match &self.material {
            Material::P256(point) => point,
            Material::Ed25519(key) => key,
            #[cfg(feature = "gm")]
            Material::Sm2(key) => &key.0,
        }
    }

    /// The key as JSON, with only the members that make it.
    #[must_use]
    pub fn to_jwk(&self) -> Jwk {
        let (kty, crv) = kind(&self.material);
        let (x, y) = coordinates(&self.material);
        Jwk { kty: kty.to_owned(), crv: crv.to_owned(), x: b64::encode(x), y: y.map(b64::encode) }
    }

    /// The key as a PEM block `PUBLIC KEY`.
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::encode(&der::write_public_key_info(self.algorithm(), self.raw()), "PUBLIC KEY")
    }

    /// Verifies a JWS-style signature: 64 bytes, r‖s or R‖S.
    ///
    /// # Errors
    /// [`SignatureInvalid`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        match &self.material {
            Material::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(message, signature)
                .map_err(|_| SignatureInvalid),
            Material::Ed25519(key) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature).map_err(|_| SignatureInvalid)
            }
            #[cfg(feature = "gm")]
            Material::Sm2(key) => key.1.verify(message, signature),
        }
    }

    /// Verifies a signature as TUF and OpenSSL write it: DER `SEQUENCE { r, s }` for the elliptic
    /// curve keys. Ed25519 has no such form, so its signatures stay as they are.
    ///
    /// # Errors
    /// [`SignatureInvalid`].
    pub fn verify_asn1(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        match &self.material {
            Material::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
                .verify(message, signature)
                .map_err(|_| SignatureInvalid),
            Material::Ed25519(_) => self.verify(message, signature),
            #[cfg(feature = "gm")]
            Material::Sm2(key) => {
                let raw = der::signature_to_raw(signature).ok_or(SignatureInvalid)?;
                key.1.verify(message, &raw)
            }
        }
    }
}

impl TryFrom<&Jwk> for PublicKey {
    type Error = KeyError;

    fn try_from(jwk: &Jwk) -> Result<Self, KeyError> {
        Self::from_members(&Members::from(jwk), None)
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm() == other.algorithm() && self.raw() == other.raw()
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey").field("algorithm", &self.algorithm()).field("id", &self.id.0).finish()
    }
}

fn kind(material: &Material) -> (&'static str, &'static str) {
    match material {
        Material::P256(_) => ("EC", "P-256"),
        Material::Ed25519(_) => ("OKP", "Ed25519"),
        #[cfg(feature = "gm")]
        Material::Sm2(_) => ("EC", "SM2"),
    }
}

fn coordinates(material: &Material) -> (&[u8], Option<&[u8]>) {
    let point = match material {
        Material::Ed25519(key) => return (key, None),
        Material::P256(point) => point,
        #[cfg(feature = "gm")]
        Material::Sm2(key) => &key.0,
    };
    let (x, y) = point.split_at(33);
    (x.split_at(1).1, Some(y))
}

/// RFC 7638 §3.2: the required members in lexicographic order, without white space.
fn thumbprint(material: &Material) -> String {
    let (kty, crv) = kind(material);
    let (x, y) = coordinates(material);
    let mut text = String::with_capacity(160);
    for piece in [r#"{"crv":""#, crv, r#"","kty":""#, kty, r#"","x":""#] {
        text.push_str(piece);
    }
    b64::encode_into(x, &mut text);
    if let Some(y) = y {
        text.push_str(r#"","y":""#);
        b64::encode_into(y, &mut text);
    }
    text.push_str(r#""}"#);
    let mut hash = Sha256::new();
    hash.update(text.as_bytes());
    b64::encode(&hash.finish())
}
