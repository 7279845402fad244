//! What a province decides about an issuer beside its record: the level, and which types it may issue in which
//! provenance. A record as an organisation exports it has no level and asks for its own papers alone.

use zizhi_credential::Path as ClaimPath;
use zizhi_credential::types::{TypeMetadata, builtin};
use zizhi_model::{Provenance, Text};
use zizhi_trust::{IssuerRecord, IssuerRole, MayIssue};

use super::failures;
use crate::failure::Failure;
use crate::issue_types::LEVEL;
use crate::show_trust::{self, ShownIssuer};

/// What takes a type out of what an issuer may issue.
const NONE: &str = "none";

/// What a province decides about an issuer, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Grant {
    /// The level, in place of that of the record.
    pub level: Option<String>,
    /// `TYPE=PROVENANCE` each, or several provenances joined with `+`, in place of what the record has of the type;
    /// `TYPE=none` takes it out.
    pub may_issue: Vec<String>,
}

/// What was registered, and what a clerk is told about it.
#[derive(Debug)]
pub struct Registered {
    /// The record as a reader sees it.
    pub issuer: ShownIssuer,
    /// What its level is called; nothing where it has none, or one that nobody knows.
    pub level: Option<Text>,
    /// An incubator without a level: most rules recognise by it.
    pub without_level: bool,
    /// An incubator that may attest nothing: it cannot vouch for papers of others.
    pub without_attested: bool,
}

/// The levels of incubators that there are, each with what it is called.
#[must_use]
pub fn levels() -> Vec<(String, Text)> {
    let place = ClaimPath::parse(LEVEL).unwrap_or_default();
    let found = builtin().iter().find_map(|kind| kind.claim(&place));
    let choices = found.map(|claim| claim.choices.as_slice()).unwrap_or_default();
    let named = choices.iter().filter_map(|choice| {
        Some((choice.value.clone(), found.and_then(|claim| claim.choice(&choice.value))?))
    });
    named.collect()
}

/// Puts into a record what the province decided. `types` are those that may be named.
pub(super) fn decide(
    record: &mut IssuerRecord,
    grant: &Grant,
    types: &[TypeMetadata],
) -> Result<(), Failure> {
    if let Some(level) = &grant.level {
        let known = levels();
        if !known.iter().any(|(value, _)| value == level) {
            return Err(failures::level(level, &known));
        }
        record.level = Some(level.clone());
    }
    for typed in &grant.may_issue {
        let scope = scope(typed, types)?;
        record.may_issue.retain(|before| before.credential_type != scope.credential_type);
        if !scope.provenance.is_empty() {
            record.may_issue.push(scope);
        }
    }
    Ok(())
}

/// One `TYPE=PROVENANCE`.
fn scope(typed: &str, types: &[TypeMetadata]) -> Result<MayIssue, Failure> {
    let (kind, ways) = typed.split_once('=').ok_or_else(|| failures::scope(typed))?;
    let kind = kind.trim();
    let metadata = types.iter().find(|known| known.id() == kind);
    let metadata = metadata.ok_or_else(|| failures::no_type(kind, types))?;
    if ways.trim() == NONE {
        return Ok(MayIssue { credential_type: kind.to_owned(), provenance: Vec::new() });
    }
    let possible = possible(metadata);
    let ways = ways.split('+').map(|word| {
        let way = Provenance::parse(word.trim()).filter(|way| possible.contains(way));
        way.ok_or_else(|| failures::provenance(&metadata.name(), kind, word.trim(), &possible))
    });
    Ok(MayIssue { credential_type: kind.to_owned(), provenance: ways.collect::<Result<_, _>>()? })
}

/// The ways in which an issuer may state a type.
fn possible(metadata: &TypeMetadata) -> Vec<Provenance> {
    let both = [Provenance::Direct, Provenance::Attested].into_iter();
    both.filter(|way| metadata.provenance.is_empty() || metadata.provenance.contains(way)).collect()
}

/// What is to be told of a record that was taken in.
pub(super) fn registered(record: &IssuerRecord) -> Registered {
    let incubator = record.has_role(IssuerRole::Incubator);
    let attests = record.may_issue.iter().any(|scope| scope.provenance.contains(&Provenance::Attested));
    let mut known = levels().into_iter();
    Registered {
        issuer: show_trust::shown(record),
        level: record.level.as_ref().and_then(|level| known.find(|(value, _)| value == level)).map(|it| it.1),
        without_level: incubator && record.level.is_none(),
        without_attested: incubator && !attests,
    }
}
