//! Two versions of a case beside each other: what the firm changed between them, and what that changed.
//!
//! Papers are paired before they are compared: by number and issuer first, then those of one type in their order, as
//! a paper that was issued anew has another number. What is the same on both sides is only counted.

use serde_json::Value;
use zizhi_dossier::{Digest, Manifest};
use zizhi_model::{Limits, Text, Verdict};
use zizhi_store::{Database, Reader};
use zizhi_verify::report::{CredentialReport, ItemState};
use zizhi_verify::{Library, Report};

use crate::case_documents::{latest_report, unreadable_report};
use crate::case_judge::grounds;
use crate::case_steps::find;
use crate::case_versions::{Version, versions};
use crate::failure::{Failure, told};
use crate::plan_facts::{label, value_label};
use crate::verify_view::{AttachmentView, CredentialView, VerifiedView, manifest_of, view};

/// A version of a case with all that is compared.
#[derive(Debug)]
pub struct Seen {
    /// Which one.
    pub version: Version,
    /// The dossier with the report of its last judgement.
    pub view: VerifiedView,
    /// The manifest, if it holds.
    pub manifest: Option<Manifest>,
}

/// Two versions and what differs.
#[derive(Debug)]
pub struct Compared {
    /// The older one.
    pub older: Version,
    /// The newer one.
    pub newer: Version,
    /// Items of the checklist whose state moved.
    pub items: Changes<ItemChange>,
    /// Papers that came, went, took the place of another, or show something else.
    pub credentials: Changes<CredentialChange>,
    /// Attachments that came, went, or have other bytes.
    pub attachments: Changes<Sides<AttachmentView>>,
    /// What the firm says of itself.
    pub facts: Changes<ValueChange>,
}

/// What differs, and how much does not.
#[derive(Debug)]
pub struct Changes<T> {
    /// What differs.
    pub changed: Vec<T>,
    /// How many are the same.
    pub same: usize,
}

/// Something on either side; one of them at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides<T> {
    /// In the older version.
    pub older: Option<T>,
    /// In the newer version.
    pub newer: Option<T>,
}

/// An item of the checklist whose state moved.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemChange {
    /// What it is called.
    pub title: Text,
    /// Whether the dossier needs it.
    pub required: bool,
    /// How it stands; nothing where the checklist of that version has no such item.
    pub state: Sides<ItemState>,
}

/// A paper that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct CredentialChange {
    /// What its type is called.
    pub title: Text,
    /// The paper itself.
    pub paper: Sides<Paper>,
    /// What it shows on one side only, or otherwise than on the other; of a paper on both sides.
    pub lines: Vec<ValueChange>,
}

/// A paper in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its number, if disclosed.
    pub number: Option<String>,
    /// Last day of validity, if disclosed.
    pub valid_until: Option<String>,
    /// The answer about this paper alone.
    pub verdict: Verdict,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueChange {
    /// What it is called.
    pub label: Text,
    /// What it is on either side.
    pub value: Sides<String>,
}

/// Puts two versions of a case beside each other.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-VERSION` if the case has no such version, `CASE-REPORT`, `CASE-ORIGINAL`; as every read of the
/// database.
pub fn compare_versions(
    database: &Database,
    case_id: &str,
    (older, newer): (u32, u32),
    library: &Library,
) -> Result<Compared, Failure> {
    let reader = database.reader()?;
    let older = seen(&reader, case_id, older, library)?;
    let newer = seen(&reader, case_id, newer, library)?;
    Ok(compare(older, newer))
}

/// What differs between two versions.
#[must_use]
pub fn compare(older: Seen, newer: Seen) -> Compared {
    Compared {
        items: items(&older.view.report, &newer.view.report),
        credentials: credentials(&older.view, &newer.view),
        facts: facts(older.manifest.as_ref(), newer.manifest.as_ref()),
        attachments: attachments(
            older.view.attachments,
            newer.view.attachments,
            &|view| digest(older.manifest.as_ref(), view),
            &|view| digest(newer.manifest.as_ref(), view),
        ),
        older: older.version,
        newer: newer.version,
    }
}

fn seen(reader: &Reader<'_>, case_id: &str, number: u32, library: &Library) -> Result<Seen, Failure> {
    let case = find(reader, case_id)?;
    let version = versions(reader, &case)?.into_iter().find(|version| version.version == number);
    let version = version.ok_or_else(|| no_version(&case.number, number))?;
    let earlier = reader.case_versions(case_id)?.into_iter().find(|row| row.version == number);
    let (report, original): (Report, _) = match earlier {
        Some(row) => {
            let json = reader.report(case_id, row.judgement)?.ok_or_else(|| unreadable_report(None))?;
            let report = serde_json::from_slice(&json).map_err(|error| unreadable_report(Some(error)))?;
            (report, row.original)
        }
        None => (latest_report(reader, case_id)?.1, case.original),
    };
    let mut original = reader.open_original(&original)?.ok_or_else(|| crate::rejudge::lost(&case))?;
    let unreadable = |error| Failure::unreadable(version.file_name.as_ref(), error);
    let limits = Limits::default();
    let opened = zizhi_dossier::open(&mut original, &limits).map_err(unreadable)?;
    let at = zizhi_model::civil::parse_time(&report.basis.verified_at).unwrap_or(version.received);
    let grounds = grounds(reader, &report)?;
    let view = view((report, grounds), &opened, &mut original, library.trust(), at).map_err(unreadable)?;
    Ok(Seen { manifest: manifest_of(&opened, &limits), view, version })
}

fn items(older: &Report, newer: &Report) -> Changes<ItemChange> {
    let pairs =
        paired(older.items.iter().collect(), newer.items.iter().collect(), &[&|a, b| a.item_id == b.item_id]);
    let mut changes = Changes { changed: Vec::new(), same: 0 };
    for pair in pairs {
        let state = pair.map(|item| item.state);
        match pair.newer.or(pair.older) {
            Some(item) if state.older != state.newer => {
                changes.changed.push(ItemChange { title: item.title.clone(), required: item.required, state })
            }
            _ => changes.same += 1,
        }
    }
    changes
}

type Shown<'v> = (&'v CredentialReport, &'v CredentialView);

fn credentials(older: &VerifiedView, newer: &VerifiedView) -> Changes<CredentialChange> {
    fn all(view: &VerifiedView) -> Vec<Shown<'_>> {
        view.report.credentials.iter().zip(&view.credentials).collect()
    }
    let kind = |a: &Shown<'_>, b: &Shown<'_>| a.0.credential_type == b.0.credential_type;
    let issuer = |of: &Shown<'_>| of.0.issuer.as_ref().map(|issuer| issuer.uscc.clone());
    let number = |a: &Shown<'_>, b: &Shown<'_>| {
        kind(a, b) && a.0.number.is_some() && a.0.number == b.0.number && issuer(a) == issuer(b)
    };
    let mut changes = Changes { changed: Vec::new(), same: 0 };
    for pair in paired(all(older), all(newer), &[&number, &kind]) {
        let paper = pair.map(|(report, _)| Paper {
            number: report.number.clone(),
            valid_until: report.valid_until.clone(),
            verdict: report.verdict,
        });
        let lines = match (&pair.older, &pair.newer) {
            (Some((_, older)), Some((_, newer))) => shown(older, newer),
            _ => Vec::new(),
        };
        match pair.newer.or(pair.older) {
            Some((_, view)) if paper.older != paper.newer || !lines.is_empty() => {
                changes.changed.push(CredentialChange { title: view.title.clone(), paper, lines });
            }
            _ => changes.same += 1,
        }
    }
    changes
}

/// What one of two papers shows that the other does not, or otherwise.
fn shown(older: &CredentialView, newer: &CredentialView) -> Vec<ValueChange> {
    let pairs = paired(
        older.lines.iter().collect(),
        newer.lines.iter().collect(),
        &[&|a, b| a.claim.path == b.claim.path],
    );
    let changed = pairs.into_iter().filter_map(|pair| {
        let value = pair.map(|line| line.claim.value.zh.clone().into_owned());
        let claim = &pair.newer.or(pair.older)?.claim;
        let path = || Text { zh: claim.path.clone().into(), en: None };
        let label = claim.label.clone().unwrap_or_else(path);
        (value.older != value.newer).then_some(ValueChange { label, value })
    });
    changed.collect()
}

/// Pairs by bytes, then by name, then by what kind of document it is.
fn attachments(
    older: Vec<AttachmentView>,
    newer: Vec<AttachmentView>,
    digest_of_older: &dyn Fn(&AttachmentView) -> Option<Digest>,
    digest_of_newer: &dyn Fn(&AttachmentView) -> Option<Digest>,
) -> Changes<Sides<AttachmentView>> {
    let bytes = |a: &AttachmentView, b: &AttachmentView| {
        digest_of_older(a).is_some_and(|digest| digest_of_newer(b) == Some(digest))
    };
    let name = |a: &AttachmentView, b: &AttachmentView| a.name == b.name;
    let kind = |a: &AttachmentView, b: &AttachmentView| a.kind == b.kind;
    let (mut changed, mut same) = (Vec::new(), 0);
    for pair in paired(older, newer, &[&bytes, &name, &kind]) {
        match (&pair.older, &pair.newer) {
            (Some(a), Some(b)) if bytes(a, b) => same += 1,
            _ => changed.push(pair),
        }
    }
    Changes { changed, same }
}

fn digest(manifest: Option<&Manifest>, view: &AttachmentView) -> Option<Digest> {
    let entry = manifest?.attachments.iter().find(|entry| entry.path == view.path)?;
    Some(entry.sha256)
}

fn facts(older: Option<&Manifest>, newer: Option<&Manifest>) -> Changes<ValueChange> {
    let all = |manifest: Option<&Manifest>| {
        let mut lines = Vec::new();
        for (name, value) in manifest.iter().flat_map(|manifest| manifest.facts.iter()) {
            leaves(name.to_owned(), &value.to_value(), &mut lines);
        }
        lines
    };
    let pairs = paired(all(older), all(newer), &[&|a, b| a.0 == b.0]);
    let (mut changed, mut same) = (Vec::new(), 0);
    for Sides { older, newer } in pairs {
        if older == newer {
            same += 1;
            continue;
        }
        let name = newer.as_ref().or(older.as_ref()).map(|(name, _)| name.clone()).unwrap_or_default();
        let text = |(name, value): (String, String)| value_label(&name, &value).to_owned();
        let value = Sides { older: older.map(text), newer: newer.map(text) };
        changed.push(ValueChange { label: label(&name), value });
    }
    Changes { changed, same }
}

/// The values inside a fact, each with its path as forms write it.
fn leaves(path: String, value: &Value, lines: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| leaves(format!("{path}.{name}"), value, lines));
        }
        Value::Array(members) => {
            let numbered = members.iter().enumerate();
            numbered.for_each(|(at, value)| leaves(format!("{path}[{at}]"), value, lines));
        }
        Value::String(text) => lines.push((path, text.clone())),
        other => lines.push((path, other.to_string())),
    }
}

/// A rule by which something older and something newer are the same thing.
type Same<'s, T> = &'s dyn Fn(&T, &T) -> bool;

/// Pairs what is older with what is newer: by the first rule all that it can, by the next what is left. What has no
/// other side comes alone; the order is that of the newer, then of what went.
fn paired<T>(older: Vec<T>, newer: Vec<T>, rules: &[Same<'_, T>]) -> Vec<Sides<T>> {
    let mut left: Vec<Option<T>> = older.into_iter().map(Some).collect();
    let mut pairs: Vec<Sides<T>> =
        newer.into_iter().map(|newer| Sides { older: None, newer: Some(newer) }).collect();
    for rule in rules {
        for pair in pairs.iter_mut().filter(|pair| pair.older.is_none()) {
            let found = left.iter_mut().find(|older| {
                older.as_ref().zip(pair.newer.as_ref()).is_some_and(|(older, newer)| rule(older, newer))
            });
            pair.older = found.and_then(Option::take);
        }
    }
    pairs.extend(left.into_iter().flatten().map(|older| Sides { older: Some(older), newer: None }));
    pairs
}

impl<T> Sides<T> {
    fn map<U>(&self, of: impl Fn(&T) -> U) -> Sides<U> {
        Sides { older: self.older.as_ref().map(&of), newer: self.newer.as_ref().map(&of) }
    }
}

fn no_version(number: &str, version: u32) -> Failure {
    Failure::input(
        "CASE-VERSION",
        told(
            format!("办件 {number} 没有第 {version} 版，没有打开。"),
            format!("case {number} has no version {version}; nothing was opened"),
        ),
        Text::fixed("请刷新办件后再试。", "refresh the case and try again"),
    )
}
