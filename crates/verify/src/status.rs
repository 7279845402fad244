//! Whether the issuer has taken the statement back, as far as the data at hand says (formats.md §2).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use zizhi_credential::sdjwt::Claims;
use zizhi_credential::status::Status;
use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, Limits, Outcome};
use zizhi_trust::{IssuerRecord, KeyUse};

use crate::context::Context;
use crate::dates::instant;
use crate::issuer;
use crate::library::{Library, ListFound};
use crate::report::StatusBasis;

const DAY: i64 = 86_400;

/// What the status of a credential is asked of.
pub(crate) struct Asked<'a> {
    pub library: &'a Library,
    pub now: DateTime<Utc>,
    /// Age in days up to which a list counts as fresh.
    pub max_age_days: i64,
    pub limits: &'a Limits,
}

/// Checks the status of one credential and notes the list that was used.
pub(crate) fn check(
    context: &Context<'_>,
    claims: &Claims<'_>,
    issuer: Option<&IssuerRecord>,
    used: &mut Vec<StatusBasis>,
    at: &Arc<str>,
) -> Vec<Check> {
    let asked = Asked {
        library: context.library,
        now: context.case.now,
        max_age_days: context.pack.status_max_age_days(),
        limits: context.limits,
    };
    of(&asked, claims, issuer, used, at)
}

/// As [`check`], for a credential that stands by itself.
pub(crate) fn of(
    asked: &Asked<'_>,
    claims: &Claims<'_>,
    issuer: Option<&IssuerRecord>,
    used: &mut Vec<StatusBasis>,
    at: &Arc<str>,
) -> Vec<Check> {
    let now = asked.now.timestamp();
    let Some(status) = &claims.status else {
        // Required unless exp ≤ iat + 24 h (formats.md §1).
        let needless = claims.may_lack_status();
        return if needless {
            Vec::new()
        } else {
            vec![Check::new(CheckCode::StatMissing, Outcome::Pending, at).with("reason", "no status claim")]
        };
    };
    let uri = status.uri.as_ref();
    // Without the issuer's record nobody can say whose signature the list needs.
    let found = issuer.map(|issuer| (issuer, asked.library.list(uri, issuer, asked.limits)));
    let Some((issuer, found)) = found else {
        note(used, uri, None, now);
        return vec![pending(CheckCode::StatMissing, uri, at)];
    };
    let (token, rolled_back) = match &*found {
        ListFound::List { token, rolled_back } => (token, *rolled_back),
        ListFound::Missing => {
            note(used, uri, None, now);
            return vec![pending(CheckCode::StatMissing, uri, at)];
        }
        ListFound::Corrupt { reason } => {
            note(used, uri, None, now);
            return vec![pending(CheckCode::StatCorrupt, uri, at).with("reason", reason.clone())];
        }
    };
    let signer = issuer::judge_in(
        asked.library.trust(),
        asked.now,
        issuer,
        Some(token.key_id.as_str()),
        KeyUse::Status,
        token.issued_at,
        at,
    );
    let unfit = signer.checks.iter().find(|check| check.outcome >= Outcome::Pending);
    let from_future = token.issued_at > now.saturating_add(asked.limits.clock_skew_seconds);
    if let Some(reason) = unfit.map(|check| check.code.as_str()).or(from_future.then_some("iat")) {
        note(used, uri, None, now);
        return vec![pending(CheckCode::StatCorrupt, uri, at).with("reason", reason)];
    }
    note(used, uri, Some(token.issued_at), now);

    let mut checks = Vec::with_capacity(2);
    if rolled_back {
        checks.push(pending(CheckCode::StatRollback, uri, at).with("at", Fact::Time(token.issued_at)));
    }
    let age = now.saturating_sub(token.issued_at).max(0);
    let max_days = asked.max_age_days;
    let fresh = age <= max_days.saturating_mul(DAY) && token.expires.is_none_or(|exp| now < exp);
    let told = |code: CheckCode, outcome: Outcome| {
        Check::new(code, outcome, at)
            .with("uri", uri.to_owned())
            .with("at", Fact::Time(token.issued_at))
            .with("age_days", age / DAY)
            .with("max_age_days", max_days)
    };
    checks.push(match (token.list.get(status.idx), fresh) {
        (Ok(Status::Valid), true) => told(CheckCode::StatRevoked, Outcome::Pass),
        (Ok(Status::Valid), false) => told(CheckCode::StatStale, Outcome::Pending),
        // A statement that was revoked or ended stays so: the age of the list does not matter.
        (Ok(Status::Revoked), _) => told(CheckCode::StatRevoked, Outcome::Fail),
        (Ok(Status::Ended), _) => told(CheckCode::StatEnded, Outcome::Fail),
        (Ok(Status::Suspended), true) => told(CheckCode::StatSuspended, Outcome::Fail),
        (Ok(Status::Suspended), false) => {
            told(CheckCode::StatStale, Outcome::Pending).with("found", "suspended")
        }
        (Ok(Status::Other(value)), _) => {
            told(CheckCode::StatCorrupt, Outcome::Pending).with("reason", format!("status {value}"))
        }
        (Err(error), _) => told(CheckCode::StatCorrupt, Outcome::Pending).with("reason", error.to_string()),
    });
    checks
}

fn pending(code: CheckCode, uri: &str, at: &Arc<str>) -> Check {
    Check::new(code, Outcome::Pending, at).with("uri", uri.to_owned())
}

fn note(used: &mut Vec<StatusBasis>, uri: &str, iat: Option<i64>, now: i64) {
    if used.iter().all(|known| known.uri != uri) {
        used.push(StatusBasis {
            uri: uri.to_owned(),
            iat: iat.map(instant),
            age_seconds: iat.map(|iat| now.saturating_sub(iat).max(0)),
        });
    }
}
