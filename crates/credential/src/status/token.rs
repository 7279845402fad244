//! Status List Tokens in JWT form: read, verified, signed.

use serde::Serialize;
use zizhi_crypto::{KeyId, PublicKey, SigningKey, b64, jws};
use zizhi_model::json::{self, Json};
use zizhi_model::limits::Limits;

use super::{StatusError, StatusList};

/// The `typ` of a Status List Token.
pub const TYP: &str = "statuslist+jwt";

/// Bytes of a token: 2 million statuses of 2 bits without any regularity are 0.7 MB.
pub const MAX_TOKEN_BYTES: usize = 8 * 1024 * 1024;

/// A token of which nothing is believed yet.
#[derive(Debug)]
pub struct UnverifiedToken<'a> {
    jws: jws::Unverified<'a>,
    issuer: Option<String>,
    uri: Option<String>,
    json_depth: usize,
}

/// A token whose signature holds under a given key.
///
/// Made only by [`UnverifiedToken::verify`].
#[derive(Debug, Clone)]
pub struct StatusToken {
    /// `iss`, where the issuer says who it is. Whether it is the credential's is for the caller.
    pub issuer: Option<String>,
    /// `sub`: the list's own name.
    pub uri: String,
    /// `iat`, NumericDate.
    pub issued_at: i64,
    /// `exp`, NumericDate.
    pub expires: Option<i64>,
    /// `ttl`, seconds.
    pub ttl: Option<i64>,
    /// The key that signed it.
    pub key_id: KeyId,
    /// The list.
    pub list: StatusList,
}

/// What a new token says beside the list.
#[derive(Debug, Clone, Copy)]
pub struct TokenClaims<'t> {
    /// `iss`.
    pub issuer: Option<&'t str>,
    /// `sub`: the list's own name, as credentials refer to it.
    pub uri: &'t str,
    /// `iat`, NumericDate.
    pub issued_at: i64,
    /// `exp`, NumericDate.
    pub expires: Option<i64>,
    /// `ttl`, seconds.
    pub ttl: Option<i64>,
}

impl<'a> UnverifiedToken<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`StatusError::Size`], [`StatusError::Signature`], [`StatusError::Json`].
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, StatusError> {
        if text.len() > MAX_TOKEN_BYTES {
            return Err(StatusError::Size);
        }
        let jws = jws::Unverified::parse(text, limits)?;
        let claims = json::strict(jws.payload(), limits.json_depth)?;
        let text = |claim| claims.get(claim).and_then(Json::as_str).map(str::to_owned);
        let (issuer, uri) = (text("iss"), text("sub"));
        Ok(Self { jws, issuer, uri, json_depth: limits.json_depth })
    }

    /// What the token calls its issuer.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// What the token calls its list.
    #[must_use]
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    /// What the header calls the key.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.jws.header().kid.as_deref()
    }

    /// Verifies the signature and inflates the list.
    ///
    /// # Errors
    /// [`StatusError`]; [`StatusError::OtherUri`] if `uri`, which is what the credential names, is
    /// given and is not the token's `sub`.
    pub fn verify(self, key: &PublicKey, uri: Option<&str>) -> Result<StatusToken, StatusError> {
        let verified = self.jws.verify(key, &[TYP])?;
        let claims = json::strict(verified.payload(), self.json_depth)?;
        // §5.1: `sub`, `iat` and `status_list` are required; `exp` and `ttl` recommended.
        let sub = claims.get("sub").and_then(Json::as_str).ok_or(StatusError::Claim("sub"))?;
        // §8.3, step 4.a.
        if uri.is_some_and(|uri| uri != sub) {
            return Err(StatusError::OtherUri);
        }
        let issued_at = number(&claims, "iat")?.ok_or(StatusError::Claim("iat"))?;
        let expires = number(&claims, "exp")?;
        let ttl = number(&claims, "ttl")?;
        if ttl.is_some_and(|ttl| ttl <= 0) {
            return Err(StatusError::Claim("ttl"));
        }
        let issuer = match claims.get("iss") {
            None => None,
            Some(Json::Str(issuer)) => Some(issuer.clone().into_owned()),
            Some(_) => return Err(StatusError::Claim("iss")),
        };
        let list = claims.get("status_list").ok_or(StatusError::Claim("status_list"))?;
        Ok(StatusToken {
            issuer,
            uri: sub.to_owned(),
            issued_at,
            expires,
            ttl,
            key_id: verified.key_id().clone(),
            list: StatusList::from_json(list)?,
        })
    }
}

fn number(claims: &Json<'_>, name: &'static str) -> Result<Option<i64>, StatusError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Json::Int(number)) => Ok(Some(*number)),
        Some(_) => Err(StatusError::Claim(name)),
    }
}

/// Signs a list as a token.
///
/// # Errors
/// [`StatusError::Sign`], [`StatusError::Size`].
pub fn sign(list: &StatusList, claims: &TokenClaims<'_>, key: &SigningKey) -> Result<String, StatusError> {
    #[derive(Serialize)]
    struct Payload<'p> {
        #[serde(skip_serializing_if = "Option::is_none")]
        iss: Option<&'p str>,
        sub: &'p str,
        iat: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        exp: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ttl: Option<i64>,
        status_list: List,
    }
    #[derive(Serialize)]
    struct List {
        bits: u8,
        lst: String,
    }
    let payload = Payload {
        iss: claims.issuer,
        sub: claims.uri,
        iat: claims.issued_at,
        exp: claims.expires,
        ttl: claims.ttl,
        status_list: List { bits: list.bits().count(), lst: b64::encode(&list.deflate()?) },
    };
    let text = jws::sign(key, TYP, &payload)?;
    if text.len() > MAX_TOKEN_BYTES { Err(StatusError::Size) } else { Ok(text) }
}
