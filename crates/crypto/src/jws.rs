//! JWS in compact form (RFC 7515), the strict part of it that formats.md §0 allows.
//!
//! [`Unverified`] is what anybody may have written; [`Verified`] is what the holder of a key signed.
//! There is one way from the first to the second, and it takes the key from the caller: `jwk`, `jku`,
//! `x5u` and `x5c` in a header are members like any other and mean nothing here.

use serde::Serialize;
use zizhi_model::json::{Object, Profile, read, strict};
use zizhi_model::{CheckCode, Json, JsonError, Limits};

use crate::key::{KeyError, KeyId, PublicKey, SignError, SigningKey};
use crate::{Algorithm, b64};

/// The length of a signature under each of the three algorithms.
const SIGNATURE_BYTES: usize = 64;

/// Why a JWS is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Not three parts of strict base64url, or a header member of the wrong type.
    #[error("not a JWS in compact form")]
    Malformed,
    /// `alg` is none of ours (`none` and HMAC included), or not the key's.
    #[error("the algorithm in the header is not the one of the key")]
    Alg,
    /// `typ` is not the one that this kind of object has.
    #[error("the type in the header is not the expected one")]
    Typ,
    /// The header demands an extension; we understand none.
    #[error("the header demands an extension that is not understood")]
    Crit,
    /// The signature does not verify, or is not 64 bytes.
    #[error("the signature does not verify")]
    Signature,
    /// The header, or the payload where it was asked for as JSON, is not acceptable JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The key that should verify it cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl JwsError {
    /// The code for reports.
    #[must_use]
    pub fn code(&self) -> CheckCode {
        match self {
            Self::Malformed | Self::Signature => CheckCode::SigInvalid,
            Self::Alg => CheckCode::SigAlg,
            Self::Typ => CheckCode::SigTyp,
            Self::Crit => CheckCode::SigCrit,
            Self::Json(JsonError::Depth(_)) => CheckCode::LimitDepth,
            Self::Json(_) => CheckCode::FmtJson,
            Self::Key(key) => key.code().unwrap_or(CheckCode::SigInvalid),
        }
    }
}

/// The protected header. Its members are claims of whoever wrote it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Header {
    /// `alg`, as written.
    pub alg: String,
    /// `typ`.
    pub typ: Option<String>,
    /// `kid`.
    pub kid: Option<String>,
    /// Every other member, in order.
    pub members: Object<'static>,
}

/// A JWS that nobody has verified.
#[derive(Debug, Clone)]
pub struct Unverified<'a> {
    signed: &'a str,
    header: Header,
    algorithm: Algorithm,
    payload: Vec<u8>,
    signature: [u8; SIGNATURE_BYTES],
}

impl<'a> Unverified<'a> {
    /// Reads a compact JWS with a header in the strict JSON of our own formats.
    ///
    /// The work is linear in the length of the text, whose bound depends on what it stands for and so
    /// is the caller's.
    ///
    /// # Errors
    /// Everything in [`JwsError`] but `Typ` and `Key`.
    pub fn parse(compact: &'a str, limits: &Limits) -> Result<Self, JwsError> {
        Self::parse_as(compact, limits, Profile::Strict)
    }

    /// As [`Self::parse`], with the JSON that others may put into a header where asked.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_as(compact: &'a str, limits: &Limits, profile: Profile) -> Result<Self, JwsError> {
        // RFC 7515 §3.1: three parts; §5.2 step 1 on.
        let (signed, signature) = compact.rsplit_once('.').ok_or(JwsError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Malformed)?;
        if header.is_empty() {
            return Err(JwsError::Malformed);
        }
        let header = b64::decode(header).map_err(|_| JwsError::Malformed)?;
        let header = Header::read(&header, limits.json_depth, profile)?;
        // RFC 7515 §4.1.11: an extension that is not understood makes the JWS invalid. This is also
        // how an unencoded payload (`b64`, RFC 7797) is turned away.
        if header.members.contains("crit") {
            return Err(JwsError::Crit);
        }
        // RFC 8725 §3.1: `none` and HMAC go before anything else of the text is looked at.
        let algorithm = Algorithm::parse(&header.alg).ok_or(JwsError::Alg)?;
        if payload.is_empty() || signature.is_empty() {
            return Err(JwsError::Malformed);
        }
        // A second dot in the payload is no base64url, so there are exactly three parts after this.
        let payload = b64::decode(payload).map_err(|_| JwsError::Malformed)?;
        let signature = b64::decode_array(signature).map_err(|error| match error {
            b64::B64Error::Size(_) => JwsError::Signature,
            _ => JwsError::Malformed,
        })?;
        Ok(Self { signed, header, algorithm, payload, signature })
    }

    /// The header, for finding the key. Untrusted.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The algorithm that the header claims. Untrusted.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The payload, for finding out whose key to ask for. Untrusted.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Verifies with a key that the caller trusts for this purpose, accepting the listed types only.
    ///
    /// # Errors
    /// [`JwsError::Typ`], [`JwsError::Alg`], [`JwsError::Signature`].
    pub fn verify(self, key: &PublicKey, typ: &[&str]) -> Result<Verified, JwsError> {
        self.check(key, typ)?;
        // One of the two places that make a `Verified`.
        Ok(Verified { header: self.header, payload: self.payload, key_id: key.key_id().clone() })
    }

    /// Checks what [`Self::verify`] checks and leaves the payload where it is, for a caller that has read it
    /// already and would otherwise read it twice. Only after `Ok` may that reading count.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub fn check(&self, key: &PublicKey, typ: &[&str]) -> Result<(), JwsError> {
        // formats.md §0: `typ` must be exactly the one given, so that no object passes for another.
        if !self.header.typ.as_deref().is_some_and(|found| typ.contains(&found)) {
            return Err(JwsError::Typ);
        }
        // formats.md §0: the algorithm comes from the key; a header that disagrees is refused.
        if self.algorithm != key.algorithm() {
            return Err(JwsError::Alg);
        }
        key.verify(self.signed.as_bytes(), &self.signature).map_err(|_| JwsError::Signature)
    }

    /// Verifies whatever the type is. Only for looking at other people's files: an object of one kind
    /// passes for another where the type is not checked.
    ///
    /// # Errors
    /// [`JwsError::Alg`], [`JwsError::Signature`].
    pub fn verify_any_typ(self, key: &PublicKey) -> Result<Verified, JwsError> {
        // formats.md §0: the algorithm comes from the key; a header that disagrees is refused.
        if self.algorithm != key.algorithm() {
            return Err(JwsError::Alg);
        }
        key.verify(self.signed.as_bytes(), &self.signature).map_err(|_| JwsError::Signature)?;
        // The other place that makes a `Verified`.
        Ok(Verified { header: self.header, payload: self.payload, key_id: key.key_id().clone() })
    }
}

/// What the holder of a key signed. Whether that key may say so is another question.
#[derive(Debug, Clone)]
pub struct Verified {
    header: Header,
    payload: Vec<u8>,
    key_id: KeyId,
}

impl Verified {
    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The bytes that were signed.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The bytes that were signed, for keeping.
    #[must_use]
    pub fn into_payload(self) -> Vec<u8> {
        self.payload
    }

    /// The payload as the strict JSON of our own formats.
    ///
    /// # Errors
    /// [`JwsError::Json`].
    pub fn json(&self, limits: &Limits) -> Result<Json<'_>, JwsError> {
        Ok(strict(&self.payload, limits.json_depth)?)
    }

    /// The key that verified it.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }
}

impl Header {
    fn read(bytes: &[u8], depth: usize, profile: Profile) -> Result<Self, JwsError> {
        let Json::Object(mut members) = read(bytes, depth, profile)? else {
            return Err(JwsError::Malformed);
        };
        let mut text = |name: &str| match members.remove(name) {
            None => Ok(None),
            Some(Json::Str(text)) => Ok(Some(text.into_owned())),
            Some(_) => Err(JwsError::Malformed),
        };
        let alg = text("alg")?.ok_or(JwsError::Alg)?;
        let (typ, kid) = (text("typ")?, text("kid")?);
        let members =
            members.0.into_iter().map(|(name, value)| (name.into_owned().into(), value.into_owned()));
        Ok(Self { alg, typ, kid, members: Object(members.collect()) })
    }
}

#[derive(Serialize)]
struct OwnHeader<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

/// Signs `payload`, written as JSON, under a header of `alg`, `typ` and `kid`.
///
/// # Errors
/// [`SignError`].
pub fn sign(key: &SigningKey, typ: &str, payload: &impl Serialize) -> Result<String, SignError> {
    sign_bytes(key, typ, &serde_json::to_vec(payload)?)
}

/// Signs a payload that is bytes already.
///
/// # Errors
/// [`SignError`].
pub fn sign_bytes(key: &SigningKey, typ: &str, payload: &[u8]) -> Result<String, SignError> {
    let header = OwnHeader { alg: key.algorithm().as_str(), typ, kid: key.public().key_id().as_str() };
    let mut compact = b64::encode(&serde_json::to_vec(&header)?);
    compact.push('.');
    b64::encode_into(payload, &mut compact);
    let signature = key.sign(compact.as_bytes())?;
    compact.push('.');
    b64::encode_into(&signature, &mut compact);
    Ok(compact)
}
