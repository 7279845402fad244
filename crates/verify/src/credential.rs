//! One credential: who signed it, whether it is the firm's, whether it is in force, and what its type
//! asks for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;
use zizhi_credential::sdjwt::{Claims, SdJwtError, Unverified, VCT_PREFIX};
use zizhi_crypto::PublicKey;
use zizhi_dossier::manifest::CredentialRef;
use zizhi_dossier::{Manifest, Opened};
use zizhi_model::{Check, CheckCode, Json, Limits, OrgId, Outcome, Provenance, RecognitionMode, Verdict};
use zizhi_trust::{IssuerRecord, KeyUse};

use crate::context::{Context, bare, subject};
use crate::field::{self, incubation, moving, numbers, voucher};
use crate::holder::{self, Held, Licensed};
use crate::issuer::{self, Lookup};
use crate::recognition;
use crate::report::{CredentialReport, IssuerFacts, StatusBasis};
use crate::{dates, status};

/// A credential with what was found about it.
pub(crate) struct Judged<'u> {
    pub report: CredentialReport,
    /// The processed payload; absent if it cannot be read at all.
    pub claims: Option<Json<'u>>,
    /// The issuer's record, as rules see it.
    pub issuer: Option<Arc<Value>>,
    /// `vct`.
    pub vct: Cow<'u, str>,
    /// How its `vct` begins, by the manifest's account.
    pub vct_beginning: String,
    /// `sub`.
    pub holder: Cow<'u, str>,
    /// The items that the firm offers it for.
    pub answers: Vec<String>,
    /// Whether the holder's key binding holds.
    pub holder_bound: bool,
    /// The issuer's key id.
    pub kid: String,
    /// The subject of its checks.
    pub at: Arc<str>,
}

impl Judged<'_> {
    /// Its number and holder, for finding duplicates.
    pub(crate) fn numbered(&self) -> Option<numbers::Numbered<'_>> {
        Some(numbers::Numbered {
            credential_type: &self.report.credential_type,
            number: self.report.number.as_deref()?,
            holder: &self.holder,
            subject: &self.at,
        })
    }
}

/// A credential that was read as far as it goes.
struct Read<'u> {
    at: Arc<str>,
    entry: &'u CredentialRef,
    checks: Vec<Check>,
    kid: String,
    contents: Option<(Json<'u>, Claims<'u>)>,
    held: Option<Held<'u>>,
    record: Option<Arc<IssuerRecord>>,
    issuer: Option<OrgId>,
}

impl Read<'_> {
    /// Whether it says that its holder says so.
    fn declares(&self) -> bool {
        self.contents.as_ref().is_some_and(|(_, claims)| claims.provenance == Provenance::Declared)
    }

    fn unknown_key(&self, org: OrgId) -> Check {
        Check::new(CheckCode::SigUnknownKey, Outcome::Fail, &self.at)
            .with("issuer", org.uscc().to_string())
            .with("kid", self.kid.clone())
    }
}

/// A credential that the manifest lists and the container holds, taken apart.
pub(crate) type Listed<'o> = (&'o CredentialRef, Result<Unverified<'o>, Check>);

/// Takes every credential that the manifest lists and the container holds apart, in the manifest's order.
pub(crate) fn parse_all<'o>(manifest: &'o Manifest, opened: &'o Opened, limits: &Limits) -> Vec<Listed<'o>> {
    let found: HashMap<&str, &[u8]> =
        opened.credentials.iter().map(|entry| (entry.path.as_str(), entry.bytes.as_slice())).collect();
    let listed = manifest.credentials.iter();
    listed.filter_map(|entry| Some((entry, parse(entry, found.get(entry.path.as_str())?, limits)))).collect()
}

/// Judges what was taken apart, in that order.
pub(crate) fn judge_all<'u>(
    context: &Context<'_>,
    listed: &'u [Listed<'u>],
    used: &mut Vec<StatusBasis>,
) -> Vec<Judged<'u>> {
    let read: Vec<Read<'u>> = listed.iter().map(|(entry, parsed)| read(context, entry, parsed)).collect();

    // What one credential says about the firm counts for the others: who its branches are, and since
    // when it exists. Only what an issuer signed does.
    let firm = context.manifest.firm.uscc.to_string();
    let worst = |read: &Read<'_>| read.checks.iter().map(|check| check.outcome).max();
    let of = |open: bool| {
        let wanted = move |worst| if open { worst == Outcome::Pending } else { worst < Outcome::Pending };
        read.iter().filter(move |read| wanted(worst(read).unwrap_or(Outcome::Pass)))
    };
    let contents = |open| of(open).filter_map(|read| read.contents.as_ref());
    let licensed = |open| {
        let tied = |(payload, claims): &(Json<'_>, Claims<'_>)| {
            holder::licensed(claims.type_id(), claims, payload, &firm)
        };
        contents(open).filter_map(tied).collect()
    };
    let licensed = Licensed { proved: licensed(false), open: licensed(true) };
    let own = |claims: &Claims<'_>| bare(&claims.subject) == firm;
    let established = contents(false)
        .filter(|(_, claims)| own(claims))
        .find_map(|(payload, _)| field::date(payload, "established_on"));

    read.into_iter().map(|read| judge(context, read, &licensed, established, used)).collect()
}

fn parse<'o>(entry: &CredentialRef, bytes: &'o [u8], limits: &Limits) -> Result<Unverified<'o>, Check> {
    let at = subject(&entry.path);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Check::new(CheckCode::SdjwtInvalid, Outcome::Fail, &at).with("rule", "form"))?;
    Unverified::parse(text.trim_ascii_end(), limits).map_err(|error| refused(&error, &at))
}

/// Finds the key and reads the contents: verified where there is a key, by their own account where not.
fn read<'u>(
    context: &Context<'_>,
    entry: &'u CredentialRef,
    parsed: &'u Result<Unverified<'u>, Check>,
) -> Read<'u> {
    let at = subject(&entry.path);
    let mut read = Read {
        at,
        entry,
        checks: Vec::with_capacity(20),
        kid: String::new(),
        contents: None,
        held: None,
        record: None,
        issuer: None,
    };
    let unverified = match parsed {
        Ok(unverified) => unverified,
        Err(check) => {
            read.checks.push(check.clone());
            return read;
        }
    };
    unverified.kid().unwrap_or_default().clone_into(&mut read.kid);
    match unverified.issuer().map(OrgId::parse) {
        Some(Ok(org)) => read.issuer = Some(org),
        Some(Err(error)) => read.checks.push(
            Check::new(CheckCode::FmtUscc, Outcome::Fail, &read.at)
                .with("found", unverified.issuer().unwrap_or_default().to_owned())
                .with("reason", error.to_string()),
        ),
        None => read.checks.push(
            Check::new(CheckCode::SdjwtInvalid, Outcome::Fail, &read.at)
                .with("rule", "missing-claim")
                .with("claim", "iss"),
        ),
    }
    // What a firm declares itself it signs with the key of the dossier.
    let own = read.issuer == Some(context.manifest.iss);
    if own && (read.kid.is_empty() || read.kid == context.manifest.key.key_id().as_str()) {
        verified(context, &mut read, unverified, &context.manifest.key);
        self_issued(context, &mut read);
        return read;
    }
    if let Some(org) = read.issuer {
        match issuer::lookup(context.library, org, &read.at) {
            Lookup::Known(record) => by_record(context, &mut read, unverified, &record),
            Lookup::Unknown(check) => {
                claimed(&mut read, unverified);
                // Nobody registers a firm for what it says itself: it is the key that is a stranger's.
                let foreign = own && check.code == CheckCode::IssUnknown && read.declares();
                read.checks.push(if foreign { read.unknown_key(org) } else { check });
            }
        }
    }
    if read.contents.is_none() && read.checks.iter().all(|check| check.code != CheckCode::SdjwtInvalid) {
        claimed(&mut read, unverified);
    }
    read
}

/// Verifies with a key of the register.
fn by_record<'u>(
    context: &Context<'_>,
    read: &mut Read<'u>,
    unverified: &'u Unverified<'u>,
    record: &Arc<IssuerRecord>,
) {
    read.checks
        .push(Check::new(CheckCode::IssUnknown, Outcome::Pass, &read.at).with("issuer", record.name.clone()));
    let trust = context.library.trust();
    let material = record.key(&read.kid).map(|key| &key.material);
    if let Some(zizhi_trust::Material::Usable(key)) = material {
        verified(context, read, unverified, key);
    }
    // The time of signing is inside; a key that is not listed, or is refused, needs no time.
    let iat = read.contents.as_ref().map_or(0, |(_, claims)| claims.issued_at);
    if read.contents.is_some() || !matches!(material, Some(zizhi_trust::Material::Usable(_))) {
        let kid = (!read.kid.is_empty()).then_some(read.kid.as_str());
        let judged =
            issuer::judge_in(trust, context.case.now, record, kid, KeyUse::Credential, iat, &read.at);
        read.checks.extend(judged.checks);
    }
    read.checks.extend(issuer::stale(trust, record.region.province(), &read.at));
    if let Some((_, claims)) = &read.contents {
        let allowed = record.may_issue(claims.type_id(), claims.provenance);
        let outcome = if allowed { Outcome::Pass } else { Outcome::Fail };
        read.checks.push(
            Check::new(CheckCode::IssScope, outcome, &read.at)
                .with("issuer", record.name.clone())
                .with("type", claims.type_id().to_owned())
                .with("provenance", claims.provenance.as_str()),
        );
    }
    read.record = Some(Arc::clone(record));
}

/// A firm speaks for itself only where it says so. What it claims with a better provenance is an
/// issuer's to say, and the register knows the firm's key as nobody's.
fn self_issued(context: &Context<'_>, read: &mut Read<'_>) {
    // formats.md §3: without a single issuer, every credential is pending.
    if context.library.trust().issuer_count() == 0 {
        read.checks.push(Check::new(CheckCode::TrustMissing, Outcome::Pending, &read.at));
        return;
    }
    let better = read.contents.as_ref().map(|(_, claims)| claims.provenance);
    let better = better.filter(|provenance| *provenance != Provenance::Declared);
    let (Some(provenance), Some(org)) = (better, read.issuer) else { return };
    read.checks.push(match issuer::lookup(context.library, org, &read.at) {
        Lookup::Unknown(check) => check,
        Lookup::Known(record) => Check::new(CheckCode::IssScope, Outcome::Fail, &read.at)
            .with("issuer", record.name.clone())
            .with("provenance", provenance.as_str()),
    });
}

fn verified<'u>(context: &Context<'_>, read: &mut Read<'u>, unverified: &'u Unverified<'u>, key: &PublicKey) {
    let verified = match unverified.verify(key) {
        Ok(verified) => verified,
        Err(error) => return read.checks.push(refused(&error, &read.at)),
    };
    read.checks.push(Check::new(CheckCode::SigInvalid, Outcome::Pass, &read.at));
    // Every credential of a dossier has to name the key that signed its manifest, and mostly does.
    let key = verified.holder_key_like(&context.manifest.key);
    let held = Held { key, binding: verified.key_binding() };
    match verified.disclose() {
        Ok(disclosed) => {
            read.checks.push(Check::new(CheckCode::SdjwtInvalid, Outcome::Pass, &read.at));
            read.contents = Some(disclosed.into_contents());
            read.held = Some(held);
        }
        Err(error) => read.checks.push(refused(&error, &read.at)),
    }
}

/// Reads the contents by their own account, so that the rest can still be looked at. A signature that
/// was checked and is wrong is among the checks already.
fn claimed<'u>(read: &mut Read<'u>, unverified: &'u Unverified<'u>) {
    let result = unverified.claimed().and_then(|claimed| {
        let held = Held { key: claimed.holder_key(), binding: claimed.key_binding() };
        Ok((held, claimed.into_contents()?))
    });
    match result {
        Ok((held, contents)) => {
            read.held = Some(held);
            read.contents = Some(contents);
        }
        Err(error) => {
            let check = refused(&error, &read.at);
            if read.checks.iter().all(|known| known.code != check.code) {
                read.checks.push(check);
            }
        }
    }
}

fn judge<'u>(
    context: &Context<'_>,
    read: Read<'u>,
    licensed: &Licensed,
    established: Option<chrono::NaiveDate>,
    used: &mut Vec<StatusBasis>,
) -> Judged<'u> {
    let Read { at, entry, mut checks, kid, contents, held, record, issuer } = read;
    let mut judged = Judged {
        report: CredentialReport {
            path: entry.path.clone(),
            credential_type: type_id(&entry.kind),
            number: None,
            valid_until: None,
            issuer: issuer.map(|org| issuer_facts(org, record.as_deref())),
            provenance: None,
            verdict: Verdict::Pending,
            mode: RecognitionMode::Reference,
            rule_id: None,
            maps_to: None,
            supplements: Vec::new(),
            checks: Vec::new(),
        },
        claims: None,
        issuer: record.as_deref().map(|record| context.library.issuer_fact(record)),
        vct: Cow::default(),
        vct_beginning: vct_beginning(&entry.kind),
        holder: Cow::default(),
        answers: entry.answers.clone(),
        holder_bound: false,
        kid,
        at: Arc::clone(&at),
    };
    let (Some((payload, claims)), Some(held)) = (contents, held) else {
        judged.report.checks = checks;
        return judged;
    };
    let type_id = claims.type_id();
    if judged.report.credential_type != type_id {
        checks.push(
            Check::new(CheckCode::SdjwtInvalid, Outcome::Fail, &at)
                .with("rule", "type")
                .with("expected", judged.report.credential_type.clone())
                .with("found", type_id.to_owned()),
        );
    }
    if let Some(claim) = dates::unreadable(&payload) {
        checks.push(
            Check::new(CheckCode::SdjwtInvalid, Outcome::Fail, &at)
                .with("rule", "claim-form")
                .with("claim", claim),
        );
    }
    let binding = holder::key(context, &held, claims.issued_at, &at);
    judged.holder_bound = binding.iter().all(|check| check.outcome == Outcome::Pass);
    checks.extend(binding);
    checks.extend(holder::subject(context, &claims, licensed, &at));
    checks.extend(dates::check(&payload, context.case.now, context.limits.clock_skew_seconds, &at));
    checks.extend(dates::order(&payload, type_id, established, &at));
    checks.extend(status::check(context, &claims, record.as_deref(), used, &at));
    checks.extend(numbers::check(type_id, &payload, &at));
    match type_id {
        "incubatee-certificate" => checks.extend(incubation::check(&payload, &context.case, &at)),
        "innovation-voucher" => checks.extend(voucher::check(&payload, &context.case, &at)),
        _ => {}
    }
    checks.extend(moving::check(type_id, &context.case, &at));

    let text = |name| field::text(&payload, name).map(str::to_owned);
    judged.report.credential_type = type_id.to_owned();
    judged.report.number = text("number");
    judged.report.valid_until = text("valid_until");
    judged.report.provenance = Some(claims.provenance);
    let taken = recognition::take(context, type_id, &claims.region, &payload, judged.issuer.as_deref(), &at);
    judged.report.mode = taken.mode;
    judged.report.rule_id = taken.rule_id;
    judged.report.maps_to = taken.maps_to;
    judged.report.supplements = taken.supplements;
    checks.extend(taken.checks);
    judged.claims = Some(payload);
    judged.vct = claims.vct;
    judged.holder = claims.subject;
    judged.report.checks = checks;
    judged
}

/// The type id of what a manifest calls the type: the id itself, the same with `_`, or a whole `vct`.
fn type_id(kind: &str) -> String {
    let id =
        kind.strip_prefix(VCT_PREFIX).map_or(kind, |rest| rest.split_once(':').map_or(rest, |(id, _)| id));
    id.replace('_', "-")
}

/// How a `vct` of that type begins, whatever its version.
pub(crate) fn vct_beginning(kind: &str) -> String {
    format!("{VCT_PREFIX}{}:", type_id(kind))
}

fn issuer_facts(org: OrgId, record: Option<&IssuerRecord>) -> IssuerFacts {
    IssuerFacts {
        uscc: org.uscc().to_string(),
        name: record.map(|record| record.name.clone()),
        region: record.map(|record| record.region.as_str().to_owned()),
        level: record.and_then(|record| record.level.clone()),
    }
}

/// Why an SD-JWT was refused, as a check.
pub(crate) fn refused(error: &SdJwtError, at: &Arc<str>) -> Check {
    let mut check = Check::new(error.code(), Outcome::Fail, at);
    check.facts = error.facts();
    check
}
