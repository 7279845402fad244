//! The claims that everybody sees (formats.md §1, the table).

use std::borrow::Cow;

use zizhi_crypto::{KeyError, PublicKey};
use zizhi_model::check::CheckCode;
use zizhi_model::json::Json;
use zizhi_model::term::Provenance;

use super::error::{SdJwtError, rule};
use super::process::Rules;

/// Before the type and the version in `vct`.
pub const VCT_PREFIX: &str = "urn:zizhitong:credential:";

/// Whether everybody sees the claim whole.
pub(crate) fn always_visible(name: &str, rules: Rules) -> bool {
    match rules {
        // formats.md §1, the table; and what the draft adds to its own list.
        Rules::Ours => matches!(
            name,
            "iss"
                | "sub"
                | "vct"
                | "iat"
                | "nbf"
                | "exp"
                | "cnf"
                | "status"
                | "name"
                | "region"
                | "provenance"
                | "vct#integrity"
                | "aka_vcts"
        ),
        // draft-ietf-oauth-sd-jwt-vc §2.2.2.3: these and all below them are not selectively disclosed.
        Rules::Vc => {
            matches!(name, "iss" | "nbf" | "exp" | "cnf" | "vct" | "vct#integrity" | "aka_vcts" | "status")
        }
        Rules::Any => false,
    }
}

/// The always visible claims, typed. Whether `issuer` and `subject` name organisations, whether the
/// region exists and whether the times lie right is for the caller to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims<'u> {
    /// `iss`.
    pub issuer: Cow<'u, str>,
    /// `sub`.
    pub subject: Cow<'u, str>,
    /// `vct`, whole.
    pub vct: Cow<'u, str>,
    /// `iat`, NumericDate.
    pub issued_at: i64,
    /// `nbf`, NumericDate.
    pub not_before: Option<i64>,
    /// `exp`, NumericDate.
    pub expires: Option<i64>,
    /// `status.status_list`.
    pub status: Option<StatusRef<'u>>,
    /// `provenance`.
    pub provenance: Provenance,
    /// `name`: what the holder was called at issue.
    pub name: Cow<'u, str>,
    /// `region`: six digits.
    pub region: Cow<'u, str>,
}

/// Where the status of a credential stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRef<'u> {
    /// The list.
    pub uri: Cow<'u, str>,
    /// The place in it.
    pub idx: u64,
}

impl<'u> Claims<'u> {
    /// Reads them from a payload of ours.
    pub(crate) fn read(payload: &Json<'u>) -> Result<Self, SdJwtError> {
        let claims = Self {
            issuer: text(payload, "iss")?,
            subject: text(payload, "sub")?,
            vct: text(payload, "vct")?,
            issued_at: time(payload, "iat")?
                .ok_or_else(|| SdJwtError::invalid(rule::MISSING_CLAIM).about("iat"))?,
            not_before: time(payload, "nbf")?,
            expires: time(payload, "exp")?,
            status: status(payload)?,
            provenance: Provenance::parse(&text(payload, "provenance")?)
                .ok_or_else(|| malformed("provenance"))?,
            name: text(payload, "name")?,
            region: text(payload, "region")?,
        };
        if payload.get("cnf").and_then(|cnf| cnf.get("jwk")).is_none() {
            return Err(SdJwtError::invalid(rule::MISSING_CLAIM).about("cnf.jwk"));
        }
        type_of(&claims.vct).ok_or_else(|| malformed("vct"))?;
        if claims.region.len() != 6 || !claims.region.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(malformed("region"));
        }
        // formats.md §1: what a firm says itself, it says about itself.
        if claims.provenance == Provenance::Declared && claims.issuer != claims.subject {
            return Err(SdJwtError::invalid(rule::DECLARED_BY_OTHER).about("iss"));
        }
        Ok(claims)
    }

    /// The type in `vct`, such as `high-tech-enterprise`.
    #[must_use]
    pub fn type_id(&self) -> &str {
        type_of(&self.vct).map_or("", |(id, _)| id)
    }

    /// The major version in `vct`.
    #[must_use]
    pub fn type_version(&self) -> u32 {
        type_of(&self.vct).map_or(0, |(_, major)| major)
    }

    /// Whether a missing `status` is allowed: the statement lives a day at most (formats.md §1).
    #[must_use]
    pub fn may_lack_status(&self) -> bool {
        lives_a_day(self.issued_at, self.expires)
    }
}

/// formats.md §1, `status`: required unless `exp` ≤ `iat` + 24 h.
pub(crate) fn lives_a_day(issued_at: i64, expires: Option<i64>) -> bool {
    expires.is_some_and(|expires| expires <= issued_at.saturating_add(24 * 60 * 60))
}

/// `urn:zizhitong:credential:<type>:<major>` taken apart.
pub(crate) fn type_of(vct: &str) -> Option<(&str, u32)> {
    let (id, major) = vct.strip_prefix(VCT_PREFIX)?.split_once(':')?;
    let named = !id.is_empty() && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let numbered = !major.starts_with('0') && major.bytes().all(|byte| byte.is_ascii_digit());
    if named && numbered { Some((id, major.parse().ok()?)) } else { None }
}

/// `cnf.jwk` as a key that may be used; it is likely to be `known`.
pub(crate) fn holder_key(payload: &Json<'_>, known: Option<&PublicKey>) -> Result<PublicKey, SdJwtError> {
    let jwk = payload
        .get("cnf")
        .and_then(|cnf| cnf.get("jwk"))
        .ok_or_else(|| SdJwtError::invalid(rule::MISSING_CLAIM).about("cnf.jwk"))?;
    let key = match known {
        Some(known) => PublicKey::from_jwk_like(jwk, known),
        None => PublicKey::from_jwk(jwk),
    };
    key.map_err(|error| key_error(&error))
}

pub(crate) fn key_error(error: &KeyError) -> SdJwtError {
    let code = error.code().unwrap_or(CheckCode::SdjwtInvalid);
    SdJwtError::new(code, rule::HOLDER_KEY).about("cnf.jwk")
}

fn malformed(claim: &str) -> SdJwtError {
    SdJwtError::invalid(rule::CLAIM_FORM).about(claim)
}

fn text<'u>(payload: &Json<'u>, claim: &str) -> Result<Cow<'u, str>, SdJwtError> {
    match payload.get(claim) {
        Some(Json::Str(text)) if !text.is_empty() => Ok(text.clone()),
        Some(_) => Err(malformed(claim)),
        None => Err(SdJwtError::invalid(rule::MISSING_CLAIM).about(claim)),
    }
}

fn time(payload: &Json<'_>, claim: &str) -> Result<Option<i64>, SdJwtError> {
    match payload.get(claim) {
        None => Ok(None),
        Some(Json::Int(seconds)) => Ok(Some(*seconds)),
        Some(_) => Err(malformed(claim)),
    }
}

fn status<'u>(payload: &Json<'u>) -> Result<Option<StatusRef<'u>>, SdJwtError> {
    let Some(status) = payload.get("status") else { return Ok(None) };
    let list = status.get("status_list").ok_or_else(|| malformed("status"))?;
    match (list.get("uri"), list.get("idx").and_then(Json::as_i64).map(u64::try_from)) {
        (Some(Json::Str(uri)), Some(Ok(idx))) if !uri.is_empty() => {
            Ok(Some(StatusRef { uri: uri.clone(), idx }))
        }
        _ => Err(malformed("status.status_list")),
    }
}
