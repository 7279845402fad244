//! The request that a dossier answers: signed by the destination, to this firm, answered in time and
//! once (formats.md §5).

use zizhi_dossier::{Manifest, Request, request};
use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, Outcome};
use zizhi_trust::KeyUse;

use crate::context::subject;
use crate::issuer::{self, Lookup};
use crate::manifest::refused;
use crate::steps::Input;

/// Checks the request inside the manifest, or notes that there is none.
pub(crate) fn check(input: &Input<'_>, manifest: &Manifest) -> Vec<Check> {
    let at = subject("request");
    let Some(text) = &manifest.request else {
        return vec![Check::new(CheckCode::Unsolicited, Outcome::Info, &at)];
    };
    let mut checks = Vec::new();
    let unverified = match request::Unverified::parse(text, input.limits) {
        Ok(unverified) => unverified,
        Err(error) => return vec![refused(&error, &at)],
    };
    let kid = unverified.header().kid.clone();
    let said = match unverified.peek() {
        Ok(said) => said,
        Err(error) => return vec![refused(&error, &at)],
    };
    match issuer::lookup(input.library, said.iss, &at) {
        Lookup::Known(record) => {
            let judged = issuer::judge(input, &record, kid.as_deref(), KeyUse::Request, said.iat, &at);
            let key = judged.key;
            checks.extend(judged.checks);
            if let Some(key) = key {
                match unverified.verify(key) {
                    Ok(_) => checks.push(Check::new(CheckCode::SigInvalid, Outcome::Pass, &at)),
                    Err(error) => checks.push(refused(&error, &at)),
                }
            }
            checks.extend(issuer::stale(input.library.trust(), record.region.province(), &at));
        }
        Lookup::Unknown(check) => checks.push(check),
    }
    checks.extend(terms(input, manifest, &said));
    checks
}

/// Whether the dossier answers this request, in time, and for the first time.
fn terms(input: &Input<'_>, manifest: &Manifest, said: &Request) -> Vec<Check> {
    let at = subject("request");
    let fail = |code| Check::new(code, Outcome::Fail, &at);
    let mut checks = Vec::new();
    if said.iss != manifest.aud {
        checks.push(
            fail(CheckCode::ReqIssuer)
                .with("expected", manifest.aud.uscc().to_string())
                .with("found", said.iss.uscc().to_string()),
        );
    }
    // "Before it expires": `exp` is the first second that is too late (RFC 7519 §4.1.4).
    if manifest.iat >= said.exp {
        checks.push(
            fail(CheckCode::ReqExpired)
                .with("until", Fact::Time(said.exp))
                .with("at", Fact::Time(manifest.iat)),
        );
    }
    if let Some(firm) = said.only_for.filter(|firm| *firm != manifest.firm.uscc) {
        checks.push(
            fail(CheckCode::ReqFirm)
                .with("expected", firm.to_string())
                .with("found", manifest.firm.uscc.to_string()),
        );
    }
    if said.nonce != manifest.nonce {
        checks.push(fail(CheckCode::ReqNonce));
    }
    if let Some(rule) = other_terms(manifest, said) {
        checks.push(fail(CheckCode::ReqTerms).with("rule", rule));
    }
    let before = input.memory.and_then(|memory| memory.answered_by(&said.jti));
    if let Some(before) = before.filter(|before| *before != manifest.jti) {
        checks.push(fail(CheckCode::Replay).with("found", before));
    }
    if checks.is_empty() {
        checks.push(Check::new(CheckCode::ReqNonce, Outcome::Pass, &at));
    }
    checks
}

/// A firm that answers an easier question than it was asked does not answer the request.
fn other_terms(manifest: &Manifest, said: &Request) -> Option<&'static str> {
    if manifest.scenario != said.scenario {
        Some("scenario")
    } else if manifest.destination_region != said.destination_region {
        Some("destination_region")
    } else if manifest.checklist_id != said.checklist_id {
        Some("checklist_id")
    } else if manifest.rule_pack.id != said.rule_pack.id {
        Some("rule_pack")
    } else {
        None
    }
}
