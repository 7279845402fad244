//! Who signed something that stands by itself: a request, a decision, a report, a single credential.
//!
//! The same questions as inside a dossier, asked of the same register.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_credential::sdjwt::Claims;
use zizhi_crypto::PublicKey;
use zizhi_model::{Check, CheckCode, Limits, OrgId, Outcome};
use zizhi_trust::{IssuerRecord, KeyUse};

use crate::issuer::{self, Lookup};
use crate::library::Library;
use crate::pack::STATUS_MAX_AGE_DAYS;
use crate::status::{self, Asked};

/// What the register says about a signer.
#[derive(Debug)]
pub struct Signer {
    /// Its record, if it is registered.
    pub record: Option<Arc<IssuerRecord>>,
    /// The key to verify with; absent if there is none that may be used. A key that has ended or was
    /// revoked still verifies; `checks` says so.
    pub key: Option<PublicKey>,
    /// What there is to say about signer and key.
    pub checks: Vec<Check>,
}

/// A signature that somebody is said to have made.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// Who is said to have signed.
    pub by: OrgId,
    /// The key that the header names.
    pub kid: Option<&'a str>,
    /// What it was signed as.
    pub wanted: KeyUse,
    /// When it was signed by its own account, NumericDate.
    pub iat: i64,
}

/// Looks the signer and its key up.
#[must_use]
pub fn signer(library: &Library, now: DateTime<Utc>, signed: &Signed<'_>, at: &Arc<str>) -> Signer {
    let trust = library.trust();
    let record = match issuer::lookup(library, signed.by, at) {
        Lookup::Known(record) => record,
        Lookup::Unknown(check) => return Signer { record: None, key: None, checks: vec![check] },
    };
    let mut checks =
        vec![Check::new(CheckCode::IssUnknown, Outcome::Pass, at).with("issuer", record.name.clone())];
    let judged = issuer::judge_in(trust, now, &record, signed.kid, signed.wanted, signed.iat, at);
    let key = judged.key.cloned();
    checks.extend(judged.checks);
    checks.extend(issuer::stale(trust, record.region.province(), at));
    Signer { record: Some(record), key, checks }
}

/// Whether the issuer has taken a single credential back, by the lists at hand.
#[must_use]
pub fn status_of(
    library: &Library,
    now: DateTime<Utc>,
    claims: &Claims<'_>,
    issuer: Option<&IssuerRecord>,
    limits: &Limits,
    at: &Arc<str>,
) -> Vec<Check> {
    let asked = Asked { library, now, max_age_days: STATUS_MAX_AGE_DAYS, limits };
    status::of(&asked, claims, issuer, &mut Vec::new(), at)
}
