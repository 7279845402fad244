//! A presentation cut out of a credential: chosen claims, bound to one verifier (RFC 9901 §7.2).

use serde::Serialize;
use zizhi_crypto::{SignError, SigningKey, b64, jws};
use zizhi_model::json::Profile;
use zizhi_model::limits::Limits;

use crate::path::Path;
use crate::sdjwt::compact::Compact;
use crate::sdjwt::process::{self, Disclosure, Rules};
use crate::sdjwt::{self, KB_TYP, SdJwtError, rule};

/// Which claims to show. What is always visible is shown in any case.
#[derive(Debug, Clone, Copy)]
pub enum Choice<'c> {
    /// Everything.
    All,
    /// These, each with all that stands inside it and with whatever it stands in.
    Only(&'c [Path<'c>]),
}

/// To whom the presentation is bound.
#[derive(Clone, Copy)]
pub struct Binding<'b> {
    /// The holder's key, to which the credential was issued.
    pub key: &'b SigningKey,
    /// The verifier.
    pub aud: &'b str,
    /// The nonce of the transaction.
    pub nonce: &'b str,
    /// Now, NumericDate.
    pub iat: i64,
}

/// Why there is no presentation.
#[derive(Debug, thiserror::Error)]
pub enum PresentError {
    /// The credential itself is wrong.
    #[error(transparent)]
    Credential(#[from] SdJwtError),
    /// The credential has no such claim.
    #[error("the credential has no claim {0}")]
    NoSuchClaim(String),
    /// The credential was issued to another key.
    #[error("the credential was issued to another key")]
    OtherHolder,
    /// The key cannot sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Shows `choice` of an issued credential, to anybody or bound to one verifier.
///
/// The issuer's signature is not checked here: that was done when the credential was taken in.
///
/// # Errors
/// [`PresentError`].
pub fn present(
    issued: &str,
    choice: Choice<'_>,
    binding: Option<&Binding<'_>>,
    limits: &Limits,
) -> Result<String, PresentError> {
    let compact = issued_credential(issued, limits)?;
    let payload = process::payload(compact.bytes(&compact.jws.payload), limits, Profile::Foreign)?;
    let hash = process::hash_algorithm(&payload, &compact.jws.header.alg)?;
    if let Some(binding) = binding
        && sdjwt::holder_key(&payload, Some(binding.key.public()))? != *binding.key.public()
    {
        return Err(PresentError::OtherHolder);
    }
    let processed = process::disclose(&compact, payload, hash, Rules::Any)?;
    let chosen = match choice {
        Choice::All => processed.disclosures.iter().collect(),
        Choice::Only(paths) => choose(&processed, paths)?,
    };

    let jwt = issued.split('~').next().unwrap_or_default();
    let mut text = String::with_capacity(issued.len());
    text.push_str(jwt);
    text.push('~');
    // In the issuer's order, so that the order tells nothing about the choice.
    for encoded in &compact.disclosures {
        if chosen.iter().any(|disclosure| disclosure.text == encoded.text) {
            text.push_str(encoded.text);
            text.push('~');
        }
    }
    if let Some(binding) = binding {
        let sd_hash = b64::encode(&hash.digest(text.as_bytes()));
        let claims = KbClaims { iat: binding.iat, aud: binding.aud, nonce: binding.nonce, sd_hash: &sd_hash };
        text.push_str(&jws::sign(binding.key, KB_TYP, &claims)?);
    }
    Ok(text)
}

/// The claims of an issued credential that can be chosen, outer ones first.
///
/// # Errors
/// As [`present`].
pub fn choices(issued: &str, limits: &Limits) -> Result<Vec<Path<'static>>, SdJwtError> {
    let compact = issued_credential(issued, limits)?;
    let payload = process::payload(compact.bytes(&compact.jws.payload), limits, Profile::Foreign)?;
    let hash = process::hash_algorithm(&payload, &compact.jws.header.alg)?;
    let processed = process::disclose(&compact, payload, hash, Rules::Any)?;
    Ok(processed.disclosures.into_iter().map(|disclosure| disclosure.path.into_owned()).collect())
}

/// RFC 9901 §7.2: an SD-JWT+KB is not what an issuer hands out.
fn issued_credential<'a>(issued: &'a str, limits: &Limits) -> Result<Compact<'a>, SdJwtError> {
    let compact = Compact::parse(issued, limits, Profile::Foreign)?;
    if compact.binding.is_some() {
        return Err(SdJwtError::invalid(rule::KEY_BINDING_UNEXPECTED));
    }
    Ok(compact)
}

/// Every disclosure on the way to a chosen claim, and every one inside it.
fn choose<'p, 'u>(
    processed: &'p process::Processed<'u>,
    paths: &[Path<'_>],
) -> Result<Vec<&'p Disclosure<'u>>, PresentError> {
    if let Some(path) = paths.iter().find(|path| path.find(&processed.payload).is_none()) {
        return Err(PresentError::NoSuchClaim(path.to_string()));
    }
    let wanted = |disclosure: &&Disclosure<'_>| {
        paths.iter().any(|path| path.leads_to(&disclosure.path) || disclosure.path.leads_to(path))
    };
    Ok(processed.disclosures.iter().filter(wanted).collect())
}

/// RFC 9901 §4.3.
#[derive(Serialize)]
struct KbClaims<'b> {
    iat: i64,
    aud: &'b str,
    nonce: &'b str,
    sd_hash: &'b str,
}
