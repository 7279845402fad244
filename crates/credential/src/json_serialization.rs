//! SD-JWTs in JWS JSON Serialization, flattened and general (RFC 9901 §8): read, and turned into the
//! compact text that everything else works on.

use std::fmt::Write as _;

use zizhi_model::check::CheckCode;
use zizhi_model::json::{self, Json, Object, Profile};
use zizhi_model::limits::Limits;

use crate::sdjwt::{SdJwtError, rule};

/// How an SD-JWT was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// `<JWT>~…~`
    Compact,
    /// One signature beside the payload.
    Flattened,
    /// A list of signatures.
    General,
}

/// An SD-JWT that was written in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serialized {
    /// Flattened or general.
    pub form: Form,
    /// The compact text under the first signature, which is the one that `sd_hash` covers.
    pub compact: String,
    /// The compact JWTs under the other signatures, without disclosures.
    pub further: Vec<String>,
    /// What the first unprotected header calls the key. Nobody signed that.
    pub kid: Option<String>,
}

/// Reads one.
///
/// # Errors
/// `LIMIT-SIZE`, `LIMIT-DEPTH`, `FMT-JSON`, and `SDJWT-INVALID` where it is JSON but no SD-JWT.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Serialized, SdJwtError> {
    if bytes.len() as u64 > limits.credential_bytes {
        return Err(SdJwtError::new(CheckCode::LimitSize, rule::SIZE));
    }
    let whole =
        json::read(bytes, limits.json_depth, Profile::Foreign).map_err(|error| SdJwtError::json(&error))?;
    let whole = whole.as_object().ok_or_else(malformed)?;
    let payload = part(whole, "payload")?;
    let (form, signatures) = match whole.get("signatures") {
        // RFC 7515 §7.2.2: the flattened form has none of the general form's member.
        None => (Form::Flattened, vec![whole]),
        Some(_) if whole.contains("signature") => return Err(malformed()),
        Some(list) => {
            let list = list.as_array().ok_or_else(malformed)?;
            let list: Option<Vec<_>> = list.iter().map(Json::as_object).collect();
            (Form::General, list.ok_or_else(malformed)?)
        }
    };
    let (first, others) = signatures.split_first().ok_or_else(malformed)?;
    let mut compact = jwt(first, payload)?;
    compact.push('~');
    let mut kid = None;
    if let Some(header) = unprotected(first)? {
        kid = header.get("kid").and_then(Json::as_str).map(str::to_owned);
        for disclosure in disclosures(header)? {
            compact.push_str(disclosure);
            compact.push('~');
        }
        if let Some(binding) = header.get("kb_jwt") {
            let binding = binding.as_str().filter(|jwt| is_compact(jwt)).ok_or_else(malformed)?;
            compact.push_str(binding);
        }
    }
    let further = others.iter().map(|signature| further(signature, payload)).collect::<Result<_, _>>()?;
    Ok(Serialized { form, compact, further, kid })
}

/// RFC 9901 §8.3: only the first unprotected header carries disclosures and key binding.
fn further(signature: &Object<'_>, payload: &str) -> Result<String, SdJwtError> {
    if let Some(header) = unprotected(signature)?
        && (header.contains("disclosures") || header.contains("kb_jwt"))
    {
        return Err(malformed());
    }
    jwt(signature, payload)
}

fn jwt(signature: &Object<'_>, payload: &str) -> Result<String, SdJwtError> {
    let mut jwt = String::new();
    let (protected, signature) = (part(signature, "protected")?, part(signature, "signature")?);
    write!(jwt, "{protected}.{payload}.{signature}").map_err(|_| malformed())?;
    Ok(jwt)
}

fn unprotected<'o, 'j>(signature: &'o Object<'j>) -> Result<Option<&'o Object<'j>>, SdJwtError> {
    let Some(header) = signature.get("header") else { return Ok(None) };
    let header = header.as_object().ok_or_else(malformed)?;
    // RFC 7515 §4.1.11 and RFC 8725 §3.11: what decides how to verify has to be signed.
    if ["alg", "crit", "typ"].iter().any(|name| header.contains(name)) {
        return Err(malformed());
    }
    Ok(Some(header))
}

fn disclosures<'o>(header: &'o Object<'_>) -> Result<Vec<&'o str>, SdJwtError> {
    let Some(list) = header.get("disclosures") else { return Ok(Vec::new()) };
    let list = list.as_array().ok_or_else(malformed)?;
    list.iter().map(|text| text.as_str().filter(|text| is_base64url(text)).ok_or_else(malformed)).collect()
}

fn part<'o>(object: &'o Object<'_>, name: &str) -> Result<&'o str, SdJwtError> {
    object.get(name).and_then(Json::as_str).filter(|text| is_base64url(text)).ok_or_else(malformed)
}

/// Whether the text can stand between the separators of the compact form.
fn is_base64url(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn is_compact(text: &str) -> bool {
    text.split('.').count() == 3 && text.split('.').all(is_base64url)
}

fn malformed() -> SdJwtError {
    SdJwtError::invalid(rule::FORM)
}
