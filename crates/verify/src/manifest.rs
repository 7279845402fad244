//! The envelope: whether the firm's manifest is whole, signed, for this reader, and fits the files.

use std::collections::HashMap;
use std::sync::Arc;

use zizhi_dossier::{MANIFEST, Manifest, ReadError, container, manifest};
use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, Outcome};

use crate::context::subject;
use crate::field::Case;
use crate::steps::{Input, failed, is_org};

/// Reads the manifest and verifies it with the key that it names. What that key is worth is for the
/// credentials to say, each of which names the firm's key.
pub(crate) fn read(input: &Input<'_>, checks: &mut Vec<Check>) -> Option<Manifest> {
    let at = subject(MANIFEST);
    let text = input.opened.manifest.as_deref()?;
    let verified = manifest::Unverified::parse(text, input.limits).and_then(manifest::Unverified::verify);
    match verified {
        Ok(verified) => {
            checks.push(Check::new(CheckCode::SigInvalid, Outcome::Pass, &at));
            Some(verified.into_manifest())
        }
        Err(error) => {
            checks.push(refused(&error, &at));
            None
        }
    }
}

/// Tells what was found in the container about attachments by the names that the firm gave them.
pub(crate) fn name_attachments(manifest: &Manifest, checks: &mut [Check]) {
    let mut about = checks.iter_mut().filter(|it| it.fact("path").is_some()).peekable();
    if about.peek().is_none() {
        return;
    }
    let names: HashMap<&str, &str> =
        manifest.attachments.iter().map(|entry| (entry.path.as_str(), entry.name.as_str())).collect();
    for check in about.filter(|check| check.fact("name").is_none()) {
        if let Some(name) = names.get(&*check.subject) {
            check.facts.push(("name", (*name).to_owned().into()));
        }
    }
}

/// Checks what the manifest says against the files, the firm and the reader.
pub(crate) fn checks(input: &Input<'_>, manifest: &Manifest, case: &Case<'_>) -> Vec<Check> {
    let at = subject(MANIFEST);
    let mut checks = Vec::new();
    let differences = container::compare(manifest, input.opened);
    if differences.is_empty() {
        checks.push(Check::new(CheckCode::HashCredential, Outcome::Pass, &at));
        if !manifest.attachments.is_empty() {
            checks.push(Check::new(CheckCode::HashAttach, Outcome::Pass, &at));
        }
    }
    checks.extend(differences.iter().map(failed));

    if !is_org(manifest.iss, manifest.firm.uscc) {
        checks.push(
            Check::new(CheckCode::SubjUscc, Outcome::Fail, &at)
                .with("expected", manifest.firm.uscc.to_string())
                .with("found", manifest.iss.uscc().to_string()),
        );
    }
    if !manifest.firm.uscc.inner_check_holds() {
        let number = manifest.firm.uscc.to_string();
        checks.push(Check::new(CheckCode::FmtOrg, Outcome::Warning, &at).with("number", number));
    }
    if manifest.iat > case.now.timestamp().saturating_add(input.limits.clock_skew_seconds) {
        checks.push(
            Check::new(CheckCode::DateFuture, Outcome::Fail, &at)
                .with("from", Fact::Time(manifest.iat))
                .with("claim", "iat"),
        );
    }
    checks.push(audience(input, manifest, &at));
    checks
}

fn audience(input: &Input<'_>, manifest: &Manifest, at: &Arc<str>) -> Check {
    match input.recipient {
        None => Check::new(CheckCode::AudUnchecked, Outcome::Info, at)
            .with("found", manifest.aud.uscc().to_string()),
        Some(own) if is_org(manifest.aud, own) => Check::new(CheckCode::AudMismatch, Outcome::Pass, at),
        Some(own) => Check::new(CheckCode::AudMismatch, Outcome::Fail, at)
            .with("expected", own.to_string())
            .with("found", manifest.aud.uscc().to_string()),
    }
}

/// Why a signed text of ours was refused, as a check.
pub(crate) fn refused(error: &ReadError, at: &Arc<str>) -> Check {
    let mut check = Check::new(error.code(), Outcome::Fail, at);
    check.facts = error.facts();
    check
}
