//! Status lists that came with trust data: which of them are remembered, so that none older counts later.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_credential::status::{StatusToken, UnverifiedToken};
use zizhi_model::check::{Check, CheckCode, Outcome};
use zizhi_model::{Limits, OrgId, Uscc, civil};
use zizhi_trust::client::{State, StatusMemory};
use zizhi_trust::{IssuerRecord, KeyJudgement, KeyUse, Source, Trust, TrustLimits, status_name};

/// Why a list of the source is left out that is not there.
const ABSENT: &str = "it is not there";

/// The state to keep after an import, and what was left out: `STAT-ROLLBACK`, `STAT-CORRUPT`. Nothing if
/// nothing was accepted.
///
/// A list is remembered if a key of a registered issuer signed it that may sign lists and might when it
/// did. Whether that issuer is the one whose credentials name the list is asked at every verification.
pub(crate) fn keep(
    trust: &Trust,
    source: &dyn Source,
    names: &[String],
    now: DateTime<Utc>,
) -> Option<(State, Vec<Check>)> {
    let mut state = trust.state().cloned()?;
    let mut issuers = Issuers { trust, by_key: None };
    let mut left_out = Vec::new();
    for name in names {
        match offered(name, source, &mut issuers, now) {
            // What came by itself need not be published.
            Ok(None)
                if state.status.iter().any(|(uri, held)| held.by_itself && status_name(uri) == *name) => {}
            Ok(None) => left_out.push(corrupt(name, ABSENT)),
            Ok(Some((record, token, jwt))) => {
                let (uri, iat) = (token.uri, token.issued_at);
                let other = state.status.get(&uri).filter(|held| !signed_by(&held.jwt, &record));
                // What came by itself under this name gives way to what is published.
                if other.is_some_and(|held| held.by_itself) {
                    state.status.remove(&uri);
                } else if other.is_some() {
                    left_out.push(corrupt(name, "another issuer's list is known by this name"));
                    continue;
                }
                if let StatusMemory::Older { held_iat } = state.keep_status(&uri, iat, &jwt) {
                    let check =
                        Check::new(CheckCode::StatRollback, Outcome::Pending, &Arc::from(uri.as_str()));
                    left_out.push(check.with("expected", time(held_iat)).with("found", time(iat)));
                }
            }
            Err(reason) => left_out.push(corrupt(name, &reason.to_string())),
        }
    }
    Some((state, left_out))
}

/// The name that a token gives its list.
pub(crate) fn uri(token: &str) -> Option<String> {
    UnverifiedToken::parse(token, &Limits::default()).ok()?.uri().map(str::to_owned)
}

/// A list of the source, if it may be remembered; else why not.
pub(crate) fn usable(
    trust: &Trust,
    source: &dyn Source,
    name: &str,
    now: DateTime<Utc>,
) -> Result<StatusToken, String> {
    let found = offered(name, source, &mut Issuers { trust, by_key: None }, now);
    let found = found.map_err(|reason| reason.to_string())?;
    found.map(|(_, token, _)| token).ok_or_else(|| ABSENT.to_owned())
}

/// A list that came by itself, if it may be remembered: with its issuer, who has to be registered.
pub(crate) fn by_itself(
    text: &str,
    trust: &Trust,
    now: DateTime<Utc>,
) -> Result<(Arc<IssuerRecord>, StatusToken), Unfit> {
    let mut issuers = Issuers { trust, by_key: None };
    let token = UnverifiedToken::parse(text, &Limits::default()).map_err(|_| Unfit::Signature)?;
    issuers.find(token.issuer(), token.kid().ok_or(Unfit::Signature)?).ok_or(Unfit::Unregistered)?;
    checked(text, &mut issuers, now).map_err(|reason| match reason {
        Unusable::ToCome => Unfit::ToCome,
        Unusable::Because(_) => Unfit::Signature,
    })
}

/// Why a list that came by itself is not remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// No registered issuer lists the key that signed it.
    Unregistered,
    /// Its signature, or the key that signed it.
    Signature,
    /// It was signed later than now, as this computer has it.
    ToCome,
    /// Another issuer's list is known by its name.
    Taken,
}

/// A list of the source with its issuer and its text, if it is there and may be remembered.
fn offered(
    name: &str,
    source: &dyn Source,
    issuers: &mut Issuers<'_>,
    now: DateTime<Utc>,
) -> Result<Option<(Arc<IssuerRecord>, StatusToken, String)>, Unusable> {
    let bytes = source.status(name, TrustLimits::default().status_bytes).map_err(Unusable::because)?;
    let Some(bytes) = bytes else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| "not text")?;
    let text = text.trim_ascii();
    let (record, token) = checked(text, issuers, now)?;
    if status_name(&token.uri) != name {
        return Err("the file is named after another list".into());
    }
    Ok(Some((record, token, text.to_owned())))
}

/// Why a list is not remembered.
#[derive(Debug)]
enum Unusable {
    /// It was signed later than now. It may be remembered later.
    ToCome,
    /// For good.
    Because(String),
}

impl From<&str> for Unusable {
    fn from(reason: &str) -> Self {
        Self::because(reason)
    }
}

impl Unusable {
    fn because(reason: impl fmt::Display) -> Self {
        Self::Because(reason.to_string())
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToCome => f.write_str("it is signed with a time to come"),
            Self::Because(reason) => f.write_str(reason),
        }
    }
}

/// A list with its issuer, if it may be remembered.
fn checked(
    text: &str,
    issuers: &mut Issuers<'_>,
    now: DateTime<Utc>,
) -> Result<(Arc<IssuerRecord>, StatusToken), Unusable> {
    let token = UnverifiedToken::parse(text, &Limits::default()).map_err(Unusable::because)?;
    let uri = token.uri().ok_or("it has no sub")?.to_owned();
    let kid = token.kid().ok_or("no kid")?.to_owned();
    let record = issuers.find(token.issuer(), &kid).ok_or("no registered issuer lists its key")?;
    let key = record.key(&kid).and_then(|key| match &key.material {
        zizhi_trust::Material::Usable(key) => Some(key.clone()),
        zizhi_trust::Material::Refused(_) => None,
    });
    let key = key.ok_or("its key was refused")?;
    let token = token.verify(&key, Some(&uri)).map_err(Unusable::because)?;
    match record.judge_key(&kid, KeyUse::Status, token.issued_at, now) {
        KeyJudgement::Good(_) | KeyJudgement::Historical { .. } | KeyJudgement::RevokedSince { .. } => {}
        other => {
            return Err(Unusable::Because(other.code().map_or_else(String::new, |code| code.to_string())));
        }
    }
    // A list from the future would keep every later one out until then.
    let skew = Limits::default().clock_skew_seconds;
    if token.issued_at > now.timestamp().saturating_add(skew) {
        return Err(Unusable::ToCome);
    }
    Ok((record, token))
}

/// Finds issuers by what a list says of its own: by name, else by key.
struct Issuers<'t> {
    trust: &'t Trust,
    /// Made when a list that does not name its issuer is met; reading a whole register takes a while.
    by_key: Option<HashMap<String, Arc<IssuerRecord>>>,
}

impl Issuers<'_> {
    fn find(&mut self, issuer: Option<&str>, kid: &str) -> Option<Arc<IssuerRecord>> {
        if let Some(org) = issuer.and_then(|issuer| OrgId::parse(issuer).ok()) {
            return self.trust.issuer(org.uscc()).ok().flatten();
        }
        let trust = self.trust;
        let by_key = self.by_key.get_or_insert_with(|| {
            let codes = trust.issuer_codes();
            let records =
                codes.iter().filter_map(|code| trust.issuer(&Uscc::parse(code).ok()?).ok().flatten());
            records
                .flat_map(|record| {
                    let kids: Vec<String> = record.keys.iter().map(|key| key.kid.clone()).collect();
                    kids.into_iter().map(move |kid| (kid, Arc::clone(&record)))
                })
                .collect()
        });
        by_key.get(kid).cloned()
    }
}

/// Whether a list that is held is signed with a key that this issuer lists.
pub(crate) fn signed_by(jwt: &str, record: &IssuerRecord) -> bool {
    let token = UnverifiedToken::parse(jwt, &Limits::default());
    token.is_ok_and(|token| token.kid().is_some_and(|kid| record.key(kid).is_some()))
}

fn time(seconds: i64) -> String {
    civil::from_numeric_date(seconds).map_or_else(|| seconds.to_string(), |time| time.to_rfc3339())
}

fn corrupt(name: &str, reason: &str) -> Check {
    Check::new(CheckCode::StatCorrupt, Outcome::Pending, &Arc::from(format!("status/{name}.jwt").as_str()))
        .with("reason", reason.to_owned())
}
