//! The steps of a verification, in order.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_dossier::{Manifest, Opened, container};
use zizhi_model::{Check, CheckCode, Json, Limits, OrgId, Outcome, Uscc, Verdict, civil};

use crate::context::{Context, related, subject};
use crate::field::{Case, consent, numbers};
use crate::library::Library;
use crate::pack::Pack;
use crate::report::{Basis, FileFacts, Report};
use crate::{credential, issuer, manifest, names, recognition, request, summary, verdict};

/// A clock further behind than this has been set back (sync.md, "Freshness").
const CLOCK_BEHIND_MINUTES: i64 = 10;

/// Everything that a verification depends on.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The name of the file, without folders.
    pub file_name: &'a str,
    /// What was found in it.
    pub opened: &'a Opened,
    /// The trust data, rule packs and status lists.
    pub library: &'a Library,
    /// The time of verification.
    pub now: DateTime<Utc>,
    /// The organisation that verifies, if it is known.
    pub recipient: Option<Uscc>,
    /// Limits on untrusted input.
    pub limits: &'a Limits,
    /// What earlier verifications left, for a verifier that keeps a database.
    pub memory: Option<&'a dyn Memory>,
    /// Name and version of the program.
    pub software: &'a str,
}

/// What a verifier with a database remembers.
pub trait Memory {
    /// The dossier (`jti`) that answered the request (`jti`) before, if one did.
    fn answered_by(&self, request: &str) -> Option<String>;
    /// The newest signed time ever seen.
    fn newest_signed_time(&self) -> Option<DateTime<Utc>>;
}

/// Verifies one dossier.
#[must_use]
pub fn verify(input: &Input<'_>) -> Report {
    let whole: Arc<str> = subject(zizhi_dossier::WHOLE);
    let mut checks = Vec::with_capacity(24);
    container(input, &whole, &mut checks);
    let trust = issuer::basis(input, &mut checks);
    checks.extend(clock(input, &whole));

    let envelope = manifest::read(input, &mut checks);
    let mut report = Report {
        verdict: Verdict::Pending,
        file: FileFacts {
            name: input.file_name.to_owned(),
            sha256: input.opened.sha256.as_ref().map_or_else(String::new, |digest| digest.base64url()),
            size: input.opened.size,
        },
        dossier: envelope.as_ref().map(summary::of),
        basis: Basis {
            verified_at: civil::rfc3339(input.now),
            online: false,
            trust,
            rule_pack: None,
            status: Vec::new(),
            software: input.software.to_owned(),
        },
        questions: verdict::no_answers(),
        credentials: Vec::new(),
        items: Vec::new(),
        checks,
    };
    let mut weights = Vec::new();
    let mut conditional = false;
    if let Some(envelope) = &envelope {
        let judged = contents(input, envelope, &mut report);
        weights = judged.weights;
        conditional = judged.conditional;
        names::add(input.library, envelope, &mut report);
    }
    let (verdict, questions) =
        verdict::overall(&report.checks, &report.credentials, &weights, &report.items, conditional);
    report.verdict = verdict;
    report.questions = questions;
    report
}

/// What the checklist made of the contents.
struct Judged {
    weights: Vec<verdict::Weight>,
    conditional: bool,
}

/// Everything behind the envelope: request, rule pack, credentials, checklist.
fn contents(input: &Input<'_>, manifest: &Manifest, report: &mut Report) -> Judged {
    let aud = manifest.aud.to_string();
    // The facts stand in the manifest as an object; checks look at values.
    let facts = Json::Object(manifest.facts.clone());
    let case = Case {
        now: input.now,
        today: civil::date_in_shanghai(input.now),
        scenario: manifest.scenario,
        origin: manifest.origin_region,
        destination: manifest.destination_region,
        aud: manifest.aud,
        facts: &facts,
    };
    report.checks.extend(manifest::checks(input, manifest, &case));
    manifest::name_attachments(manifest, &mut report.checks);
    signed_first(&mut report.checks);
    report.checks.extend(request::check(input, manifest));
    let pack = Pack::find(input.library, manifest, &case, &mut report.checks);
    report.basis.rule_pack = pack.basis();

    let related = related(&facts);
    let intact = container::intact(manifest, input.opened);
    let context = Context {
        library: input.library,
        manifest,
        aud: &aud,
        pack: &pack,
        case,
        limits: input.limits,
        intact: &intact,
        related: &related,
    };
    let listed = credential::parse_all(manifest, input.opened, input.limits);
    let mut credentials = credential::judge_all(&context, &listed, &mut report.basis.status);
    let duplicates = numbers::duplicates(credentials.iter().filter_map(credential::Judged::numbered));
    for check in duplicates {
        let own = credentials.iter_mut().find(|judged| judged.report.path == *check.subject);
        if let Some(judged) = own {
            judged.report.checks.push(check);
        }
    }
    let kinds: Vec<(&str, Arc<str>)> =
        manifest.attachments.iter().map(|entry| (entry.kind.as_str(), subject(&entry.path))).collect();
    let kinds = kinds.iter().map(|(kind, path)| (*kind, path));
    report.checks.extend(consent::check(kinds, &manifest.consents, &context.case));

    let outcome = recognition::checklist(&context, &credentials, &mut report.checks);
    for judged in &mut credentials {
        judged.report.verdict = verdict::of_credential(
            &judged.report.checks,
            judged.report.mode,
            judged.report.supplements.len(),
        );
    }
    report.credentials = credentials.into_iter().map(|judged| judged.report).collect();
    report.items = outcome.items;
    Judged { weights: outcome.weights, conditional: outcome.conditional }
}

/// What was wrong with the container, or that nothing was.
fn container(input: &Input<'_>, whole: &Arc<str>, checks: &mut Vec<Check>) {
    if input.opened.problems.is_empty() {
        checks.push(Check::new(CheckCode::ZipCorrupt, Outcome::Pass, whole));
    }
    checks.extend(input.opened.problems.iter().map(failed));
}

/// A file that is not the one that was signed is told as that first; that it does not fit its checksum either says less.
fn signed_first(checks: &mut Vec<Check>) {
    let altered = |check: &Check| matches!(check.code, CheckCode::HashAttach | CheckCode::HashCredential);
    let altered: Vec<Arc<str>> =
        checks.iter().filter(|it| altered(it)).map(|it| it.subject.clone()).collect();
    let (later, first): (Vec<_>, Vec<_>) = std::mem::take(checks)
        .into_iter()
        .partition(|check| check.code == CheckCode::ZipCorrupt && altered.contains(&check.subject));
    checks.extend(first.into_iter().chain(later));
}

/// A problem of the container as a check.
pub(crate) fn failed(problem: &zizhi_dossier::Problem) -> Check {
    let mut check = Check::new(problem.code, Outcome::Fail, &subject(&problem.subject));
    check.facts = problem.facts.clone();
    check
}

fn clock(input: &Input<'_>, whole: &Arc<str>) -> Option<Check> {
    let newest = input.memory?.newest_signed_time()?;
    let behind = input.now + TimeDelta::minutes(CLOCK_BEHIND_MINUTES) < newest;
    behind.then(|| {
        Check::new(CheckCode::ClockBehind, Outcome::Pending, whole)
            .with("at", input.now)
            .with("found", newest)
    })
}

/// Whether `org` is the organisation `uscc`.
pub(crate) fn is_org(org: OrgId, uscc: Uscc) -> bool {
    *org.uscc() == uscc
}
