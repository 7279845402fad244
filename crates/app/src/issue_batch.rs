//! Issues one type of credential to one firm or a thousand: claims from a form and from the register,
//! numbers that count on, places in the status list, signatures, files.
//!
//! A firm that cannot get one is told apart with the reason, and the others get theirs. What is issued is
//! in the database, with the list signed anew, before a file of it has its name; so no credential exists
//! outside that is not known inside, and a file that is lost can be written again.

mod attestation;
mod numbers;
mod preview;
mod statement;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_crypto::{SigningKey, digest};
use zizhi_model::{Provenance, Text, Uscc};
use zizhi_store::{Credential, CredentialDirection, CredentialState, Firm};
use zizhi_trust::KeyUse;

use crate::failure::Failure;
use crate::in_order::in_order;
use crate::incubator::Incubator;
use crate::issue_credential::refused;
use crate::issue_types::{NUMBER, one, own_record};
use crate::issued_files::{Folder, Names};
use crate::own_status_lists::{list_key, sign_anew, take_places};
use crate::register_firms::FirmFacts;
use crate::stop::stopped;
use crate::vault;
pub use attestation::Attestation;
use numbers::Numbers;
pub(crate) use numbers::count_past;
pub use preview::{Differing, Getting, Holding, Preview, Revoked, Sharing, preview_batch};
pub(crate) use statement::MONTHS;
pub use statement::Refused;
use statement::Terms;

/// After so many credentials the caller hears how far it is, and may stop it.
const TELL_EVERY: usize = 50;
/// Firms that one worker looks at, or signs for, at a time.
const CHUNK: usize = 32;

/// What to issue.
#[derive(Debug, Clone)]
pub struct IssuingBatch<'a> {
    /// The type.
    pub kind: &'a str,
    /// In which way it is stated.
    pub provenance: Provenance,
    /// The firms, by their ids in the register.
    pub firms: &'a [String],
    /// What was typed, by the names of the claims; the same for all.
    pub typed: Vec<(String, String)>,
    /// The number, or its pattern: `HFUSP-2026-{0001}`.
    pub number: Option<&'a str>,
    /// The last civil day of validity, as typed.
    pub valid_until: Option<&'a str>,
    /// After a restore: whether somebody looked at the number, which the restored database cannot know to be free.
    pub number_looked_at: bool,
    /// How the original was seen.
    pub attested: Option<Attestation>,
    /// Where the files go; made if it is not there.
    pub folder: &'a Path,
}

/// What issuing came to.
#[derive(Debug)]
pub struct Batch {
    /// The ids of those that were issued.
    pub issued: Vec<String>,
    /// Firms that got none.
    pub refused: Vec<RefusedFirm>,
    /// The folder with the files.
    pub folder: PathBuf,
    /// The list that has to be published with them; nothing if nothing was issued.
    pub status_list: Option<String>,
}

/// A firm that got no credential.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedFirm {
    /// Its id.
    pub id: String,
    /// Its name; empty where the register does not have it.
    pub name: String,
    /// Why.
    pub why: Refused,
}

/// The keys that sign.
#[derive(Debug)]
pub struct IssuingKeys {
    credential: SigningKey,
    /// Another one for the list, where it is another one.
    list: Option<SigningKey>,
}

/// Opens the signing keys with the passphrase.
///
/// # Errors
/// As [`vault::signing_key`].
pub fn issuing_keys(incubator: &Incubator<'_>, passphrase: &str) -> Result<IssuingKeys, Failure> {
    let folder = incubator.database.folder();
    let credential = vault::signing_key(incubator.database, folder, passphrase, KeyUse::Credential)?;
    let list = list_key(incubator, &credential, passphrase)?;
    Ok(IssuingKeys { credential, list })
}

/// Issues. `keys` opens the signing keys once everything that can be refused before was not; `told` hears
/// how many of how many are done, and may stop it.
///
/// # Errors
/// `WORK-STOPPED`; `ISSUE-FIRMS` if none was named; `ISS-SCOPE`; `FORM-VALUE`, `FORM-FIELD`, `ISSUE-NUMBER`,
/// `DUP-NUMBER`, `NUMBER-RESTORED`, `ISSUE-DATES`, `ISSUE-ATTESTED`, `ISSUE-CLAIMS` for what is the same for all; those of the keys;
/// `IO-WRITE`; as every write to the database. Nothing is issued then. `ISSUE-FILES` if everything was
/// issued and the files could not be put in their place.
pub fn issue_batch(
    incubator: &Incubator<'_>,
    issuing: &IssuingBatch<'_>,
    keys: impl FnOnce() -> Result<IssuingKeys, Failure>,
    mut told: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Batch, Failure> {
    if issuing.firms.is_empty() {
        return Err(no_firms());
    }
    let owner = incubator.owner()?;
    let record = own_record(incubator)?;
    let known = one(incubator, record.as_deref(), issuing.kind, issuing.provenance)?;
    let terms = Terms::new(incubator, &owner, record.as_deref(), known, issuing)?;
    let entry = incubator.entry("credentials.issued")?;
    let keys = keys()?;

    let writer = incubator.database.writer()?;
    let (accepted, refused_firms) = accepted(&writer, &terms, issuing.firms)?;
    if accepted.is_empty() {
        let folder = issuing.folder.to_owned();
        return Ok(Batch { issued: Vec::new(), refused: refused_firms, folder, status_list: None });
    }
    if let (Some(pattern), [(row, _)]) = (&terms.pattern, accepted.as_slice()) {
        pattern.check_free(&writer, &terms.kind, terms.provenance, &row.uscc)?;
    }
    let folder = Folder::begin(issuing.folder)?;

    // The number of another's paper is on the paper.
    let looked = issuing.number_looked_at || issuing.provenance != Provenance::Direct;
    let numbers = Numbers::take(&writer, terms.pattern.as_ref(), &terms.kind, accepted.len(), looked)?;
    let (uri, first) = take_places(&writer, &owner.uscc, accepted.len() as u64, incubator.host)?;
    let mut names = Names::default();
    let planned: Vec<Planned> = accepted
        .into_iter()
        .zip(numbers.zip(first..))
        .map(|((row, facts), (number, idx))| {
            let file = names.of(folder.target(), number.as_deref().unwrap_or(&terms.title.zh), &row.name);
            Planned { id: incubator.new_id(), facts, number, idx, file }
        })
        .collect();
    let signing =
        Signing { incubator, terms: &terms, keys: &keys, uri: &uri, owner: &owner.uscc, folder: &folder };
    let total = planned.len();
    let (mut done, mut outcome) = (0, Ok(()));
    let chunks: Vec<&[Planned]> = planned.chunks(CHUNK).collect();
    let sign = |chunk: &&[Planned]| chunk.iter().map(|planned| signing.sign(planned)).collect::<Vec<_>>();
    in_order(&chunks, workers(), sign, |_, signed| {
        for signed in signed {
            outcome = signed.and_then(|(row, text)| Ok(writer.add_credential(&row, text.as_bytes())?));
            if outcome.is_err() {
                return false;
            }
            done += 1;
            if done % TELL_EVERY == 0 && told(done, total).is_break() {
                outcome = Err(stopped());
                return false;
            }
        }
        true
    });
    outcome?;
    let list_key = keys.list.as_ref().unwrap_or(&keys.credential);
    sign_anew(incubator, &writer, &uri, &[], &owner.uscc, list_key)?;
    let refused_count = refused_firms.len();
    let [first, last] = [planned.first(), planned.last()].map(|one| one.map(|planned| &planned.id));
    let summary = json!({
        "type": issuing.kind, "issued": total, "refused": refused_count, "first": first, "last": last,
    });
    // The last moment at which it can be as if it had not begun.
    if told(total, total).is_break() {
        return Err(stopped());
    }
    writer.commit(&entry.about("status_list", &uri).with(summary))?;
    folder.publish(planned.iter().map(|planned| planned.file.as_str()))?;
    Ok(Batch {
        issued: planned.into_iter().map(|planned| planned.id).collect(),
        refused: refused_firms,
        folder: issuing.folder.to_owned(),
        status_list: Some(uri),
    })
}

/// A credential that is about to be signed.
struct Planned {
    id: String,
    facts: FirmFacts,
    number: Option<String>,
    idx: u64,
    file: String,
}

struct Signing<'a> {
    incubator: &'a Incubator<'a>,
    terms: &'a Terms<'a>,
    keys: &'a IssuingKeys,
    uri: &'a str,
    owner: &'a Uscc,
    folder: &'a Folder,
}

impl Signing<'_> {
    /// Signs one credential and writes its file beside its place.
    fn sign(&self, planned: &Planned) -> Result<(Credential, String), Failure> {
        let facts = &planned.facts;
        let holder = facts.holder.as_ref().ok_or_else(|| {
            Failure::internal("没有企业公钥，没有签发。", "there is no key of the firm; nothing was issued")
        })?;
        let number = planned.number.as_deref();
        let claims = self.terms.claims(facts, number);
        let statement = Statement {
            claims: &claims,
            holder,
            status: Some(StatusRef { uri: self.uri.into(), idx: planned.idx }),
            decoys: 0,
            metadata: Some(&self.terms.metadata),
        };
        let mut random = self.incubator.host.random();
        let text = issue(&statement, &self.keys.credential, random.as_mut())
            .map_err(|error| refused(error, &statement))?;
        self.folder.write(&planned.file, text.as_bytes())?;
        let row = Credential {
            id: planned.id.clone(),
            direction: CredentialDirection::Issued,
            sha256: digest::sha256(text.as_bytes()),
            credential_type: self.terms.kind.clone(),
            number: claims.get(NUMBER).and_then(Value::as_str).map(str::to_owned),
            issuer_uscc: *self.owner,
            subject_uscc: facts.uscc,
            subject_name: facts.name.clone(),
            provenance: self.terms.provenance,
            region: self.terms.region(facts),
            issued_on: Terms::day(&claims, "issued_on"),
            valid_until: Terms::day(&claims, "valid_until"),
            iat: self.terms.now,
            status_uri: Some(self.uri.to_owned()),
            status_idx: Some(planned.idx),
            state: CredentialState::Valid,
            reason: None,
            changed: None,
            received: self.terms.now,
        };
        Ok((row, text))
    }
}

/// Firms that can get one, each with what the register knows of it, and firms that cannot.
type Accepted = (Vec<(Firm, FirmFacts)>, Vec<RefusedFirm>);

/// The firms that can get one, each with what the register knows of it, and those that cannot.
fn accepted(
    reader: &zizhi_store::Reader<'_>,
    terms: &Terms<'_>,
    ids: &[String],
) -> Result<Accepted, Failure> {
    let mut refused = Vec::new();
    let mut accepted = Vec::new();
    let rows = rows(reader, ids, &mut refused)?;
    let chunks: Vec<&[Firm]> = rows.chunks(CHUNK).collect();
    let looked = |chunk: &&[Firm]| chunk.iter().map(|row| terms.look(row)).collect::<Vec<_>>();
    in_order(&chunks, workers(), looked, |chunk, answers| {
        for (row, answer) in chunk.iter().zip(answers) {
            match answer {
                Ok(facts) => accepted.push((row.clone(), facts)),
                Err(why) => refused.push(RefusedFirm { id: row.id.clone(), name: row.name.clone(), why }),
            }
        }
        true
    });
    Ok((accepted, refused))
}

/// The rows of the firms, each once.
fn rows(
    reader: &zizhi_store::Reader<'_>,
    ids: &[String],
    refused: &mut Vec<RefusedFirm>,
) -> Result<Vec<Firm>, Failure> {
    let mut seen = std::collections::HashSet::with_capacity(ids.len());
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids.iter().filter(|id| seen.insert(id.as_str())) {
        match reader.firm(id)? {
            Some(row) => rows.push(row),
            None => refused.push(RefusedFirm {
                id: id.clone(),
                name: String::new(),
                why: statement::unknown_firm(),
            }),
        }
    }
    Ok(rows)
}

fn workers() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn no_firms() -> Failure {
    Failure::input(
        "ISSUE-FIRMS",
        Text::fixed("没有选择企业，没有签发。", "no firm was chosen; nothing was issued"),
        Text::fixed("请从名册中选择一家或多家企业。", "choose one firm or several from the register"),
    )
}
