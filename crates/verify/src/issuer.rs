//! Whether the signer is known, and whether its key may sign this at that time (formats.md §3).

use std::sync::Arc;

use zizhi_crypto::PublicKey;
use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, OrgId, Outcome, civil};
use zizhi_trust::{IssuerRecord, KeyJudgement, KeyUse, ProvinceState, Trust};

use crate::context::subject;
use crate::library::{Library, fingerprint};
use crate::report::TrustBasis;
use crate::steps::Input;

/// What the register says about an organisation.
pub(crate) enum Lookup {
    /// It is there.
    Known(Arc<IssuerRecord>),
    /// It is not, or could not be asked for.
    Unknown(Check),
}

/// Looks an organisation up.
pub(crate) fn lookup(library: &Library, org: OrgId, at: &Arc<str>) -> Lookup {
    let trust = library.trust();
    if trust.issuer_count() == 0 {
        return Lookup::Unknown(Check::new(CheckCode::TrustMissing, Outcome::Pending, at));
    }
    match trust.issuer(org.uscc()) {
        Ok(Some(record)) => Lookup::Known(record),
        Ok(None) => {
            let outcome = if is_current(trust) { Outcome::Fail } else { Outcome::Pending };
            let check = Check::new(CheckCode::IssUnknown, outcome, at);
            Lookup::Unknown(check.with("issuer", org.uscc().to_string()))
        }
        Err(error) => Lookup::Unknown(
            Check::new(CheckCode::TrustRole, Outcome::Pending, at)
                .with("issuer", org.uscc().to_string())
                .with("reason", error.to_string()),
        ),
    }
}

/// A key of the register and what there is to say about it.
pub(crate) struct Judged<'r> {
    /// The key to verify with; absent if there is none that may be used.
    pub key: Option<&'r PublicKey>,
    /// Nothing where the key is good.
    pub checks: Vec<Check>,
}

/// Judges the key `kid` of `record` for a signature made at `iat`. A key that ended or was revoked still
/// verifies, so that a report can say both who signed and that they no longer might.
pub(crate) fn judge<'r>(
    input: &Input<'_>,
    record: &'r IssuerRecord,
    kid: Option<&str>,
    wanted: KeyUse,
    iat: i64,
    at: &Arc<str>,
) -> Judged<'r> {
    judge_in(input.library.trust(), input.now, record, kid, wanted, iat, at)
}

/// As [`judge`], for callers that have no [`Input`] at hand.
pub(crate) fn judge_in<'r>(
    trust: &Trust,
    now: chrono::DateTime<chrono::Utc>,
    record: &'r IssuerRecord,
    kid: Option<&str>,
    wanted: KeyUse,
    iat: i64,
    at: &Arc<str>,
) -> Judged<'r> {
    let judgement = match kid {
        Some(kid) => record.judge_key(kid, wanted, iat, now),
        None => KeyJudgement::Unknown,
    };
    let mut checks = Vec::new();
    if let Some(code) = judgement.code() {
        let unknown_yet = matches!(judgement, KeyJudgement::Unknown) && !is_current(trust);
        let outcome = if unknown_yet { Outcome::Pending } else { judgement.outcome() };
        let check = Check::new(code, outcome, at)
            .with("issuer", record.name.clone())
            .with("kid", kid.unwrap_or_default().to_owned());
        checks.push(match judgement {
            KeyJudgement::Historical { ended, .. } => check.with("until", ended),
            KeyJudgement::Expired { valid_until, .. } => check.with("until", valid_until),
            KeyJudgement::NotYet { valid_from, .. } => check.with("from", valid_from),
            KeyJudgement::RevokedSince { revoked_at, .. } | KeyJudgement::Revoked { revoked_at, .. } => {
                check.with("until", revoked_at).with("at", Fact::Time(iat))
            }
            KeyJudgement::WrongUse { .. } => check.with("expected", wanted.as_str()),
            _ => check,
        });
    }
    Judged { key: judgement.key(), checks }
}

/// Whether the whole of the trust data is in force. While it is not, "unknown" may only mean "not yet
/// heard of".
pub(crate) fn is_current(trust: &Trust) -> bool {
    !trust.basis().stale && trust.provinces().iter().all(|(_, state)| *state == ProvinceState::Ok)
}

/// Notes that what rests on `record` rests on expired trust data.
pub(crate) fn stale(trust: &Trust, province: &str, at: &Arc<str>) -> Option<Check> {
    let role = trust.basis().stale_role(province)?;
    Some(
        Check::new(CheckCode::TrustStale, Outcome::Pending, at)
            .with("role", role.role.clone())
            .with("until", role.expires),
    )
}

/// The trust data for the report, and what is wrong with it as a whole. What is wrong with one province
/// only is told where something rests on that province.
pub(crate) fn basis(input: &Input<'_>, checks: &mut Vec<Check>) -> Option<TrustBasis> {
    let trust = input.library.trust();
    for problem in trust.problems().iter().filter(|problem| problem.province.is_none()) {
        let mut check = Check::new(problem.code, Outcome::Pending, &subject("trust"));
        check.facts = problem.facts.clone();
        checks.push(check);
    }
    let basis = trust.basis();
    let pinned = basis.pinned.as_ref()?;
    let expires = basis.expires.iter().find(|role| role.role == "timestamp").map(|role| role.expires);
    let told = basis.timestamp.or(expires)?;
    Some(TrustBasis {
        root_version: basis.root_version,
        pinned_root: fingerprint(&pinned.sha256),
        pinned_root_version: pinned.version,
        snapshot_version: basis.snapshot_version,
        timestamp: civil::rfc3339(told),
        age_seconds: basis.age_seconds.unwrap_or_else(|| (input.now - told).num_seconds().max(0)),
    })
}
