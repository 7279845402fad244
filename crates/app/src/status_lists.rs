//! Status lists: built, changed and read. A changed list is signed anew with a later time, so that it
//! replaces the one that others hold.

use std::path::{Path, PathBuf};

use serde::Serialize;
use zizhi_credential::status::{
    Bits, MAX_TOKEN_BYTES, Status, StatusError, StatusList, StatusToken, TYP, TokenClaims, UnverifiedToken,
    sign,
};
use zizhi_crypto::{PublicKey, SigningKey, jws};
use zizhi_model::json::{self, Json, Profile};
use zizhi_model::{Limits, OrgId, Text, Uscc};
use zizhi_store::CredentialState;
use zizhi_trust::KeyUse;
use zizhi_verify::{Library, Signed, signer};

use crate::failure::{Failure, told};
use crate::output::Output;
use crate::{Host, files, own_status_lists, read_keys};

/// What a new list says beside its places.
#[derive(Debug, Clone)]
pub struct NewList<'a> {
    /// Its name, as credentials refer to it.
    pub uri: &'a str,
    /// Places that there have to be.
    pub entries: u64,
    /// Bits of one status: 1, 2, 4 or 8.
    pub bits: u8,
    /// Who issues it.
    pub issuer: Option<Uscc>,
    /// When it is signed, NumericDate.
    pub iat: i64,
    /// Until when it may be used, NumericDate.
    pub exp: Option<i64>,
    /// After how many seconds a reader should look for a newer one.
    pub ttl: Option<i64>,
}

/// A list, as far as people ask.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListFacts {
    /// Its name.
    pub uri: Option<String>,
    /// Who issued it, by its own account.
    pub issuer: Option<String>,
    /// When it was signed, NumericDate.
    pub iat: Option<i64>,
    /// Until when it may be used.
    pub exp: Option<i64>,
    /// Seconds until a reader should look again.
    pub ttl: Option<i64>,
    /// Bits of one status.
    pub bits: u8,
    /// Places.
    pub entries: u64,
    /// Whether the signature holds; nothing where there was no key to check it with.
    pub verified: Option<bool>,
    /// Places that are not valid, up to [`EXCEPTIONS`].
    pub exceptions: Vec<Place>,
    /// How many places are not valid.
    pub exception_count: u64,
}

/// One place of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its number.
    pub idx: u64,
    /// The number that stands there.
    pub value: u8,
}

/// How many places are told one by one.
pub const EXCEPTIONS: usize = 1000;

/// With what a list is checked when it is read.
#[derive(Clone, Copy)]
pub enum CheckWith<'a> {
    /// Not at all.
    Nothing,
    /// The issuer's key in this file.
    Key(&'a Path),
    /// The register.
    Register(&'a Library),
}

/// The number of a status by its word or its number.
///
/// # Errors
/// A sentence in English, for the command line's own refusal.
pub fn status_value(text: &str) -> Result<u8, String> {
    match text {
        "valid" => Ok(Status::Valid.value()),
        "revoked" => Ok(Status::Revoked.value()),
        "suspended" => Ok(Status::Suspended.value()),
        "ended" => Ok(Status::Ended.value()),
        number => number.parse().map_err(|_| "valid, revoked, suspended or ended".to_owned()),
    }
}

/// What a status is called.
#[must_use]
pub fn status_name(value: u8) -> Text {
    match Status::from_value(value) {
        Status::Valid => Text::fixed("有效", "valid"),
        Status::Revoked => Text::fixed("撤销", "revoked"),
        Status::Suspended => Text::fixed("暂停", "suspended"),
        Status::Ended => Text::fixed("注销", "ended"),
        Status::Other(value) => told(format!("其他（{value}）"), format!("other ({value})")),
    }
}

/// What the status of an issued credential is called.
#[must_use]
pub fn state_name(state: CredentialState) -> Text {
    status_name(own_status_lists::status_of(state).value())
}

/// Where a trust folder keeps the list `uri`.
#[must_use]
pub fn place_in(folder: &Path, uri: &str) -> PathBuf {
    folder.join("status").join(format!("{}.jwt", zizhi_trust::status_name(uri)))
}

/// Builds a list on which everything is valid, and signs it.
///
/// # Errors
/// `IO-EXISTS`, `IO-WRITE`; `STATUS-LIST` for bits or a size that a list cannot have, `STATUS-DATES` if it
/// would end before it begins.
pub fn build_list(new: &NewList<'_>, key: &SigningKey, output: &Output<'_>) -> Result<ListFacts, Failure> {
    output.check()?;
    if new.exp.is_some_and(|exp| exp <= new.iat) {
        return Err(over_at_once());
    }
    let list = Bits::parse(i64::from(new.bits)).ok_or(StatusError::Bits);
    let list = list.and_then(|bits| StatusList::new(bits, new.entries)).map_err(unbuildable)?;
    let issuer = new.issuer.map(|uscc| OrgId::from(uscc).to_string());
    let claims = TokenClaims {
        issuer: issuer.as_deref(),
        uri: new.uri,
        issued_at: new.iat,
        expires: new.exp,
        ttl: new.ttl,
    };
    output.write(sign(&list, &claims, key).map_err(unbuildable)?.as_bytes())?;
    Ok(facts(&list, Some(new.uri), issuer.clone(), Some(new.iat), new.exp, new.ttl, Some(true)))
}

/// Changes places of a list and signs it anew, later than it was and running as long as it did.
///
/// # Errors
/// `IO-READ`, `STAT-CORRUPT`, `SIG-INVALID` if neither `key` nor the key in `signed_by` signed the list:
/// nobody should sign what they did not write. `STATUS-INDEX` for a place or value that it does not have.
pub fn set_places(
    list: &Path,
    places: &[Place],
    key: &SigningKey,
    signed_by: Option<&Path>,
    output: &Output<'_>,
    host: &dyn Host,
) -> Result<ListFacts, Failure> {
    output.check()?;
    let text = read_token(list)?;
    let before = signed_by.map(read_keys::public_key).transpose()?;
    let before = before.as_ref().unwrap_or_else(|| key.public());
    let token = UnverifiedToken::parse(&text, &Limits::default());
    let mut token =
        token.and_then(|token| token.verify(before, None)).map_err(|error| not_ours(list, error))?;
    for place in places {
        token.list.set(place.idx, Status::from_value(place.value)).map_err(no_place)?;
    }
    let later = host.now().timestamp().max(token.issued_at.saturating_add(1));
    let expires = token.expires.map(|exp| later.saturating_add(exp.saturating_sub(token.issued_at)));
    let claims = TokenClaims {
        issuer: token.issuer.as_deref(),
        uri: &token.uri,
        issued_at: later,
        expires,
        ttl: token.ttl,
    };
    output.write(sign(&token.list, &claims, key).map_err(unbuildable)?.as_bytes())?;
    let StatusToken { uri, issuer, ttl, list, .. } = &token;
    Ok(facts(list, Some(uri), issuer.clone(), Some(later), expires, *ttl, Some(true)))
}

/// Reads a list: a token, or the bare object `{"bits": …, "lst": …}`.
///
/// # Errors
/// `IO-READ`, `LIMIT-SIZE`, `FMT-TEXT`, `STAT-CORRUPT`; for the key `KEY-FILE`.
pub fn read_list(
    path: &Path,
    with: &CheckWith<'_>,
    host: &dyn Host,
) -> Result<(ListFacts, StatusList), Failure> {
    let limits = Limits::default();
    let text = read_token(path)?;
    let wrong = |error: StatusError| corrupt(path).because(error);
    if text.starts_with('{') {
        let object = json::read(text.as_bytes(), limits.json_depth, Profile::Foreign);
        let object = object.map_err(|error| wrong(error.into()))?;
        let list = StatusList::from_json(&object).map_err(wrong)?;
        return Ok((facts(&list, None, None, None, None, None, None), list));
    }
    let unverified = jws::Unverified::parse(&text, &limits).map_err(|error| wrong(error.into()))?;
    if unverified.header().typ.as_deref() != Some(TYP) {
        return Err(corrupt(path).because(jws::JwsError::Typ));
    }
    let claims =
        json::strict(unverified.payload(), limits.json_depth).map_err(|error| wrong(error.into()))?;
    let list = claims.get("status_list").ok_or(StatusError::Claim("status_list")).map_err(wrong)?;
    let list = StatusList::from_json(list).map_err(wrong)?;
    let said = |name: &str| claims.get(name).and_then(Json::as_str).map(str::to_owned);
    let number = |name: &str| claims.get(name).and_then(Json::as_i64);
    let (uri, issuer, iat) = (said("sub"), said("iss"), number("iat"));
    let key = match with {
        CheckWith::Nothing => None,
        CheckWith::Key(file) => Some(read_keys::public_key(file)?),
        CheckWith::Register(library) => {
            let by = issuer.as_deref().and_then(|issuer| OrgId::parse(issuer).ok());
            by.and_then(|by| registered(library, by, unverified.header().kid.as_deref(), iat, host))
        }
    };
    let verified = key.map(|key| {
        let token = UnverifiedToken::parse(&text, &limits);
        token.and_then(|token| token.verify(&key, None)).is_ok()
    });
    let facts = facts(&list, uri.as_deref(), issuer, iat, number("exp"), number("ttl"), verified);
    Ok((facts, list))
}

/// The number at one place.
///
/// # Errors
/// `STATUS-INDEX` if the list has no such place.
pub fn value_at(list: &StatusList, idx: u64) -> Result<u8, Failure> {
    list.get(idx).map(Status::value).map_err(no_place)
}

fn registered(
    library: &Library,
    by: OrgId,
    kid: Option<&str>,
    iat: Option<i64>,
    host: &dyn Host,
) -> Option<PublicKey> {
    let signed = Signed { by, kid, wanted: KeyUse::Status, iat: iat? };
    let found = signer(library, host.now(), &signed, &"status list".into());
    // A key that may not sign lists proves nothing about one.
    found.key.filter(|_| found.checks.iter().all(|check| check.outcome < zizhi_model::Outcome::Pending))
}

fn facts(
    list: &StatusList,
    uri: Option<&str>,
    issuer: Option<String>,
    iat: Option<i64>,
    exp: Option<i64>,
    ttl: Option<i64>,
    verified: Option<bool>,
) -> ListFacts {
    let exceptions = || list.exceptions().map(|(idx, status)| Place { idx, value: status.value() });
    ListFacts {
        uri: uri.map(str::to_owned),
        issuer,
        iat,
        exp,
        ttl,
        bits: list.bits().count(),
        entries: list.entries(),
        verified,
        exceptions: exceptions().take(EXCEPTIONS).collect(),
        exception_count: exceptions().count() as u64,
    }
}

fn read_token(path: &Path) -> Result<String, Failure> {
    Ok(files::read_text(path, MAX_TOKEN_BYTES as u64)?.trim().to_owned())
}

fn corrupt(path: &Path) -> Failure {
    Failure::refused(
        "STAT-CORRUPT",
        format!("{} 不是可用的吊销名单，没有读取。", path.display()),
        format!("{} is not a status list that can be used", path.display()),
        "请向签发方重新索取最新的吊销名单。",
        "ask the issuer for its newest status list",
    )
}

fn not_ours(path: &Path, error: StatusError) -> Failure {
    match error {
        StatusError::Signature(_) => Failure::refused(
            "SIG-INVALID",
            format!("{} 不是用这把密钥签的，没有重新签名。", path.display()),
            format!("{} was not signed with this key, so it was not signed anew", path.display()),
            "请使用签发该名单的密钥；密钥已更换时，用 --signed-by 给出旧公钥。",
            "use the key that signed the list; if it was replaced, give the old public key with --signed-by",
        ),
        _ => corrupt(path),
    }
    .because(error)
}

fn no_place(error: StatusError) -> Failure {
    Failure::refused(
        "STATUS-INDEX",
        "吊销名单没有这个位置，或放不下这个状态。没有作任何改动。".to_owned(),
        "the list has no such place, or no room for such a status; nothing was changed".to_owned(),
        "请核对 --idx；暂停和注销至少需要每项 2 位的名单。",
        "check --idx; suspended and ended need a list of at least 2 bits",
    )
    .because(error)
}

fn over_at_once() -> Failure {
    Failure::refused(
        "STATUS-DATES",
        "失效时间不晚于签发时间，这样的名单没有人会采用，没有写入任何内容。".to_owned(),
        "the list would end before it is signed, and nobody would use it; nothing was written".to_owned(),
        "请核对 --exp 和 --iat。",
        "check --exp and --iat",
    )
}

fn unbuildable(error: StatusError) -> Failure {
    Failure::refused(
        "STATUS-LIST",
        "这样的吊销名单无法建立，没有写入任何内容。".to_owned(),
        "such a list cannot be made; nothing was written".to_owned(),
        "每项为 1、2、4 或 8 位，名单不超过 16 MiB；更多凭证请分成几份名单。",
        "a status has 1, 2, 4 or 8 bits and a list at most 16 MiB; use several lists for more",
    )
    .because(error)
}
