//! Judges the dossier of a case: the verification, what it rests on, and what it would take to change it.
//!
//! A verdict is never kept as if it held for ever. What is kept with it is its report and the list of
//! things that it rests on, so that a change of one of them names the cases that it touches.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use zizhi_credential::sdjwt;
use zizhi_crypto::digest;
use zizhi_dossier::{Manifest, Opened, request};
use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, Limits, Outcome, Uscc, civil};
use zizhi_rules::pack::MAX_PACK_BYTES;
use zizhi_store::{Direction, Input as RestsOn, InputKind, Judgement, Reader, Why, Writer};
use zizhi_verify::{Grounds, Input, Library, Memory, Report, verify};

use crate::SOFTWARE;
use crate::failure::Failure;
use crate::verify_view::manifest_of;

/// In the place of an issuer: the judgement waits for, or rests on, the trust data as a whole.
pub(crate) const TRUST_AS_A_WHOLE: &str = "trust";

/// The media type of a rule pack that is kept.
const PACK: &str = "application/json";

/// With what a dossier is judged.
#[derive(Clone, Copy)]
pub(crate) struct Judging<'a> {
    /// The trust data.
    pub library: &'a Library,
    /// The organisation that judges.
    pub recipient: Option<Uscc>,
    /// The time.
    pub now: DateTime<Utc>,
}

/// A dossier that was judged.
pub(crate) struct Judged {
    /// The report.
    pub report: Report,
    /// The same as JSON: the bytes that are kept and whose digest a decision names.
    pub json: Vec<u8>,
    /// What it rests on.
    pub rests_on: Vec<RestsOn>,
    /// The rule pack that it was judged by.
    pub pack: Option<Arc<[u8]>>,
    /// The request that it answers and may answer: its `jti`, and its text.
    pub answers: Option<(request::Request, String)>,
}

/// Judges what was opened. The database is asked which dossier answered the request before.
pub(crate) fn judge(
    opened: &Opened,
    file_name: &str,
    judging: &Judging<'_>,
    reader: &Reader<'_>,
) -> Result<Judged, Failure> {
    let limits = Limits::default();
    let manifest = manifest_of(opened, &limits);
    let asked = manifest.as_ref().and_then(|manifest| asked(manifest, &limits));
    let memory = Remembers {
        answered: match &asked {
            Some((request, _)) => answered(reader, &request.jti)?,
            None => None,
        },
        newest: newest_signed(judging.library, reader)?,
    };
    let report = verify(&Input {
        file_name,
        opened,
        library: judging.library,
        now: judging.now,
        recipient: judging.recipient,
        limits: &limits,
        memory: Some(&memory),
        software: SOFTWARE,
    });
    let json = serde_json::to_vec(&report).map_err(|error| {
        Failure::internal("报告无法写成JSON。", "the report could not be written as JSON").because(error)
    })?;
    let pack = judging.library.pack_of(&report);
    let rests_on = rests_on(&report, opened, manifest.as_ref(), &limits);
    let own = |request: &request::Request| judging.recipient.is_some_and(|own| *request.iss.uscc() == own);
    let answers = asked.filter(|(request, _)| own(request) && holds(&report));
    Ok(Judged { report, json, rests_on, pack, answers })
}

/// Keeps a judgement of a case, and the rule pack once for all judgements by it: what a rule rests on is printed as it
/// stood then, whatever is published later.
pub(crate) fn keep(
    writer: &Writer<'_>,
    judged: &Judged,
    case_id: &str,
    why: Why,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let row = row(judged, case_id, why, now);
    if let (Some(sha256), Some(pack)) = (&row.pack_sha256, &judged.pack)
        && writer.original(sha256)?.is_none()
    {
        writer.add_original(&mut &**pack, PACK, now)?;
    }
    writer.add_judgement(&row, &judged.json, &judged.rests_on)?;
    Ok(())
}

/// What the conclusions of a kept report rest on, by the rule pack that was kept with it.
pub(crate) fn grounds(reader: &Reader<'_>, report: &Report) -> Result<Grounds, Failure> {
    let sha256 = report.basis.rule_pack.as_ref().and_then(|pack| zizhi_dossier::Digest::parse(&pack.sha256));
    let pack = sha256.map(|digest| reader.open_original(&digest.0)).transpose()?.flatten();
    let Some(pack) = pack.filter(|pack| pack.size() <= MAX_PACK_BYTES as u64) else {
        return Ok(Grounds::default());
    };
    let mut bytes = Vec::new();
    let read = { pack }.read_to_end(&mut bytes);
    read.map_err(|error| Failure::unreadable("rule pack".as_ref(), error))?;
    Ok(Grounds::read(&bytes, report))
}

/// The row that is kept for it.
fn row(judged: &Judged, case_id: &str, why: Why, now: DateTime<Utc>) -> Judgement {
    let basis = &judged.report.basis;
    let statuses: Vec<_> =
        basis.status.iter().map(|list| json!({ "uri": list.uri, "iat": list.iat })).collect();
    let pack = basis.rule_pack.as_ref();
    let sha256 = pack.and_then(|pack| zizhi_dossier::Digest::parse(&pack.sha256));
    Judgement {
        case_id: case_id.to_owned(),
        seq: 0,
        judged_at: now,
        verdict: judged.report.verdict,
        why,
        report_sha256: digest::sha256(&judged.json),
        root_version: basis.trust.as_ref().map(|trust| trust.root_version),
        snapshot_version: basis.trust.as_ref().map(|trust| trust.snapshot_version),
        pack_id: pack.map(|pack| pack.id.clone()),
        pack_version: pack.and_then(|pack| u64::try_from(pack.version).ok()),
        pack_sha256: sha256.map(|digest| digest.0),
        statuses: statuses.into(),
    }
}

/// The request inside a manifest, as it says of itself.
fn asked(manifest: &Manifest, limits: &Limits) -> Option<(request::Request, String)> {
    let text = manifest.request.as_deref()?;
    let request = request::Unverified::parse(text, limits).ok()?.peek().ok()?;
    Some((request, text.to_owned()))
}

/// The request and the dossier that answered it, if one did.
fn answered(reader: &Reader<'_>, jti: &str) -> Result<Option<(String, String)>, Failure> {
    let known = reader.request(Direction::Issued, jti)?;
    Ok(known.and_then(|request| Some((request.id, request.answered_by?))))
}

/// Whether the request in a dossier is this destination's, and this dossier may answer it.
fn holds(report: &Report) -> bool {
    let mut about = report.checks.iter().filter(|check| &*check.subject == "request").peekable();
    about.peek().is_some() && about.all(|check| check.outcome < Outcome::Pending)
}

/// The newest signed time ever seen, by the trust data and by the database.
fn newest_signed(library: &Library, reader: &Reader<'_>) -> Result<Option<DateTime<Utc>>, Failure> {
    let trusted = library.trust().state().and_then(|state| state.newest_signed);
    let trusted = trusted.and_then(civil::from_numeric_date);
    Ok(trusted.max(reader.newest_signed_time()?))
}

struct Remembers {
    answered: Option<(String, String)>,
    newest: Option<DateTime<Utc>>,
}

impl Memory for Remembers {
    fn answered_by(&self, request: &str) -> Option<String> {
        self.answered.as_ref().filter(|(id, _)| id == request).map(|(_, dossier)| dossier.clone())
    }

    fn newest_signed_time(&self) -> Option<DateTime<Utc>> {
        self.newest
    }
}

/// What would have to change for the verdict to change: records of issuers, entries of status lists, the
/// rule pack; a list that is missing or too old; the trust data as a whole where that is what is wanting.
fn rests_on(report: &Report, opened: &Opened, manifest: Option<&Manifest>, limits: &Limits) -> Vec<RestsOn> {
    let input = |kind, key: &str, idx| RestsOn { kind, key: key.to_owned(), idx };
    let issuers = report.credentials.iter().filter_map(|credential| credential.issuer.as_ref());
    let mut rests: Vec<RestsOn> =
        issuers.map(|issuer| input(InputKind::Issuer, &issuer.uscc, None)).collect();
    if let Some(manifest) = manifest {
        rests.push(input(InputKind::Issuer, manifest.aud.uscc().as_str(), None));
        rests.push(input(InputKind::Pack, &manifest.rule_pack.id, None));
    }
    rests.extend(opened.credentials.iter().filter_map(|credential| {
        let text = std::str::from_utf8(&credential.bytes).ok()?.trim_ascii_end();
        let unverified = sdjwt::Unverified::parse(text, limits).ok()?;
        let (_, claims) = unverified.claimed().ok()?.into_contents().ok()?;
        let status = claims.status?;
        Some(input(InputKind::Status, &status.uri, Some(status.idx)))
    }));
    let lists: BTreeSet<String> = report.all_checks().filter_map(wanting_list).collect();
    rests.extend(lists.iter().map(|uri| input(InputKind::Status, uri, None)));
    if report.all_checks().any(wants_trust) {
        rests.push(input(InputKind::Issuer, TRUST_AS_A_WHOLE, None));
    }
    rests
}

/// The list that a better one would decide about.
fn wanting_list(check: &Check) -> Option<String> {
    use CheckCode as C;
    let about_list = matches!(check.code, C::StatStale | C::StatMissing | C::StatCorrupt | C::StatRollback);
    match check.fact("uri") {
        Some(Fact::Text(uri)) if about_list && check.outcome == Outcome::Pending => Some(uri.to_string()),
        _ => None,
    }
}

/// Whether other trust data might say otherwise, though no record in it changed: what is unknown is wrong
/// or merely open by whether all of the data is in force.
fn wants_trust(check: &Check) -> bool {
    use CheckCode as C;
    check.outcome >= Outcome::Pending
        && matches!(
            check.code,
            C::TrustInvalid
                | C::TrustMissing
                | C::TrustRole
                | C::TrustStale
                | C::TrustRollback
                | C::IssUnknown
                | C::SigUnknownKey
                | C::ClockBehind
        )
}
