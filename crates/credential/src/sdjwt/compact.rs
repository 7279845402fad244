//! The compact text taken apart: `<header>.<payload>.<signature>~<disclosure>~…~[<KB-JWT>]`.
//!
//! Everything is decoded once, into one buffer that the later steps borrow from.

use std::borrow::Cow;
use std::ops::Range;

use zizhi_crypto::{Algorithm, PublicKey};
use zizhi_model::check::CheckCode;
use zizhi_model::json::{self, Json, Profile};
use zizhi_model::limits::Limits;

use super::base64url::decode;
use super::error::{SdJwtError, rule};

/// One JWS: where its parts stand in a [`Decoded`] buffer.
#[derive(Debug, Clone)]
pub(crate) struct Jws<'a> {
    pub(crate) signing_input: &'a str,
    pub(crate) payload: Range<usize>,
    pub(crate) signature: Range<usize>,
    pub(crate) header: Header,
}

/// What the protected header says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    pub(crate) alg: Cow<'static, str>,
    pub(crate) typ: Option<Cow<'static, str>>,
    pub(crate) kid: Option<String>,
    pub(crate) crit: bool,
}

/// One disclosure: its text, over which the digest is made, and its decoded bytes.
#[derive(Debug, Clone)]
pub(crate) struct Encoded<'a> {
    pub(crate) text: &'a str,
    pub(crate) bytes: Range<usize>,
}

/// The whole text, taken apart and decoded, nothing believed yet.
#[derive(Debug, Clone)]
pub(crate) struct Compact<'a> {
    pub(crate) jws: Jws<'a>,
    pub(crate) disclosures: Vec<Encoded<'a>>,
    /// The key binding JWT.
    pub(crate) binding: Option<&'a str>,
    /// What `sd_hash` covers: all up to and including the last `~` (RFC 9901 §4.3.1).
    pub(crate) bound: &'a str,
    pub(crate) buffer: Vec<u8>,
    pub(crate) limits: Limits,
}

impl<'a> Compact<'a> {
    pub(crate) fn parse(text: &'a str, limits: &Limits, profile: Profile) -> Result<Self, SdJwtError> {
        if text.len() as u64 > limits.credential_bytes {
            return Err(SdJwtError::new(CheckCode::LimitSize, rule::SIZE));
        }
        // RFC 9901 §4: the last part is empty, or it is the key binding.
        let (front, tail) = text.rsplit_once('~').ok_or(SdJwtError::invalid(rule::MISSING_TILDE))?;
        let bound = text.get(..=front.len()).unwrap_or_default();
        let binding = match tail {
            "" => None,
            jwt if jwt.bytes().filter(|byte| *byte == b'.').count() == 2 => Some(jwt),
            _ => return Err(SdJwtError::invalid(rule::MISSING_TILDE)),
        };
        let (jwt, mut rest) = match front.split_once('~') {
            Some((jwt, rest)) => (jwt, Some(rest)),
            None => (front, None),
        };
        let mut disclosures = Vec::with_capacity(16);
        while let Some(text) = rest {
            if disclosures.len() == limits.disclosures {
                return Err(SdJwtError::new(CheckCode::LimitCount, rule::DISCLOSURES));
            }
            let (text, further) = match text.split_once('~') {
                Some((text, further)) => (text, Some(further)),
                None => (text, None),
            };
            disclosures.push(Encoded { text, bytes: 0..0 });
            rest = further;
        }
        // Three bytes for every four characters; rounding goes down, separators are room to spare.
        let mut buffer = Vec::with_capacity(front.len() / 4 * 3 + 3);
        let jws = Jws::parse(jwt, &mut buffer, limits, profile)?;
        for Encoded { text, bytes } in &mut disclosures {
            *bytes = decode(text, &mut buffer).ok_or(SdJwtError::invalid(rule::DISCLOSURE_ENCODING))?;
        }
        Ok(Self { jws, disclosures, binding, bound, buffer, limits: *limits })
    }

    pub(crate) fn bytes(&self, range: &Range<usize>) -> &[u8] {
        self.buffer.get(range.clone()).unwrap_or_default()
    }
}

impl<'a> Jws<'a> {
    /// Takes one compact JWS apart and decodes it to the end of `buffer`.
    pub(crate) fn parse(
        jwt: &'a str,
        buffer: &mut Vec<u8>,
        limits: &Limits,
        profile: Profile,
    ) -> Result<Self, SdJwtError> {
        let malformed = SdJwtError::new(CheckCode::SigInvalid, rule::JWS_FORM);
        let (signing_input, signature) = jwt.rsplit_once('.').ok_or(SdJwtError::invalid(rule::FORM))?;
        let (header, payload) = signing_input.split_once('.').ok_or(SdJwtError::invalid(rule::FORM))?;
        let header = decode(header, buffer).ok_or_else(|| malformed.clone())?;
        let payload = decode(payload, buffer).ok_or_else(|| malformed.clone())?;
        let signature = decode(signature, buffer).ok_or(malformed)?;
        let header = Header::read(buffer.get(header).unwrap_or_default(), limits, profile)?;
        Ok(Self { signing_input, payload, signature, header })
    }

    /// Checks the header against the key and then the signature (RFC 7515 §5.2).
    pub(crate) fn verify(&self, bytes: &[u8], key: &PublicKey) -> Result<(), SdJwtError> {
        // The algorithm is the key's; a header that names another is refused (formats.md §0). `none`
        // and the HMAC family are nobody's.
        if Algorithm::parse(&self.header.alg) != Some(key.algorithm()) {
            return Err(SdJwtError::new(CheckCode::SigAlg, rule::ALGORITHM));
        }
        // RFC 7515 §4.1.11. No extension is understood here.
        if self.header.crit {
            return Err(SdJwtError::new(CheckCode::SigCrit, rule::CRIT));
        }
        let signature = bytes.get(self.signature.clone()).unwrap_or_default();
        key.verify(self.signing_input.as_bytes(), signature)
            .map_err(|_| SdJwtError::new(CheckCode::SigInvalid, rule::SIGNATURE))
    }
}

impl Header {
    fn read(bytes: &[u8], limits: &Limits, profile: Profile) -> Result<Self, SdJwtError> {
        let Json::Object(members) =
            json::read(bytes, limits.json_depth, profile).map_err(|error| SdJwtError::json(&error))?
        else {
            return Err(SdJwtError::new(CheckCode::FmtJson, rule::JSON));
        };
        let mut header = Self::default();
        for (name, value) in members.0 {
            match name.as_ref() {
                "alg" => header.alg = known(text(&name, value)?),
                "typ" => header.typ = Some(known(text(&name, value)?)),
                "kid" => header.kid = Some(text(&name, value)?.into_owned()),
                "crit" => header.crit = true,
                _ => {}
            }
        }
        Ok(header)
    }
}

fn text<'j>(name: &str, value: Json<'j>) -> Result<Cow<'j, str>, SdJwtError> {
    match value {
        Json::Str(text) => Ok(text),
        _ => Err(SdJwtError::new(CheckCode::FmtJson, rule::JSON).about(name)),
    }
}

/// The same text, without a copy where it is one of the usual ones.
fn known(text: Cow<'_, str>) -> Cow<'static, str> {
    let usual = ["ES256", "EdDSA", "SM2-SM3", super::TYP, super::KB_TYP];
    match usual.into_iter().find(|usual| *usual == text) {
        Some(usual) => Cow::Borrowed(usual),
        None => Cow::Owned(text.into_owned()),
    }
}
