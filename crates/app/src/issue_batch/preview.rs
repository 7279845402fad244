//! What would be signed, before a passphrase is given: the firms, for one of them every claim, and for several
//! which claims are the same for all.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};
use zizhi_model::{Text, Uscc, civil};
use zizhi_store::{CredentialDirection, Firm, Reader};

use super::numbers::Numbers;
use super::statement::Terms;
use super::{IssuingBatch, RefusedFirm, accepted, no_firms};
use crate::claim_lines::{ClaimLine, claim_lines};
use crate::failure::Failure;
use crate::incubator::Incubator;
use crate::issue_types::{one, own_record};
use crate::register_firms::FirmFacts;
use crate::shared_keys::KeyHolders;

/// For so long whoever issues again is told of a revocation.
const RECENTLY: Days = Days::new(365);

/// What would be signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The firms that get one, each with what differs of its claims.
    pub firms: Vec<Getting>,
    /// Firms that would get none.
    pub refused: Vec<RefusedFirm>,
    /// Those of the firms that hold a valid one of this type from this organisation already.
    pub holding: Vec<Holding>,
    /// Those of the firms whose credential of this type from this organisation was revoked within a year.
    pub revoked: Vec<Revoked>,
    /// Those of the firms whose public key another firm of the register has too.
    pub sharing: Vec<Sharing>,
    /// Every claim of the first one's.
    pub first: Vec<ClaimLine>,
    /// The claims that differ from firm to firm: first those that the first firm has, in their order.
    pub differing: Vec<Differing>,
}

/// A firm that gets one.
#[derive(Debug, Clone, PartialEq)]
pub struct Getting {
    /// The firm's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its number.
    pub uscc: Uscc,
    /// What its credential says of each claim that differs, in their order; empty where it does not have it.
    pub values: Vec<String>,
}

/// A claim that differs from firm to firm.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    /// The claim's name.
    pub name: String,
    /// What it is called.
    pub label: Text,
}

/// A firm whose credential of the type was revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// The firm's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The day on which the latest of them was revoked.
    pub on: NaiveDate,
    /// Why, as it was typed then.
    pub reason: Option<String>,
}

/// A firm whose key another one has too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// The firm's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which other firms have its key, and what to do.
    pub warning: Text,
}

/// A firm that holds a valid credential of the type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The firm's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The last day of the one that ends last; absent if one has no end.
    pub until: Option<NaiveDate>,
}

/// Looks at what would be signed, and refuses as issuing would.
///
/// # Errors
/// As [`super::issue_batch`], but for those of the keys, the files and writes.
pub fn preview_batch(incubator: &Incubator<'_>, issuing: &IssuingBatch<'_>) -> Result<Preview, Failure> {
    if issuing.firms.is_empty() {
        return Err(no_firms());
    }
    let owner = incubator.owner()?;
    let record = own_record(incubator)?;
    let known = one(incubator, record.as_deref(), issuing.kind, issuing.provenance)?;
    let terms = Terms::new(incubator, &owner, record.as_deref(), known, issuing)?;
    let reader = incubator.database.reader()?;
    let (accepted, refused) = accepted(&reader, &terms, issuing.firms)?;
    if let (Some(pattern), [(row, _)]) = (&terms.pattern, accepted.as_slice()) {
        pattern.check_free(&reader, &terms.kind, terms.provenance, &row.uscc)?;
    }
    let (numbers, _) = Numbers::peek(&reader, terms.pattern.as_ref(), &terms.kind, accepted.len())?;
    let all: Vec<Map<String, Value>> = accepted
        .iter()
        .zip(numbers)
        .map(|((_, facts), number)| terms.claims(facts, number.as_deref()))
        .collect();
    let first = all.first().cloned().unwrap_or_default();
    let lines = claim_lines(&Value::Object(first.clone()), Some(&terms.metadata));
    let differs = |line: &&ClaimLine| {
        line.depth == 0 && all.iter().any(|claims| claims.get(&line.path) != first.get(&line.path))
    };
    let of_first = lines.iter().filter(differs);
    let mut differing: Vec<Differing> = of_first
        .filter_map(|line| Some(Differing { name: line.path.clone(), label: line.label.clone()? }))
        .collect();
    // What the first has not and another has is no line of the first.
    let others = all.iter().flat_map(Map::keys).filter(|name| !first.contains_key(*name));
    for name in others {
        let known = differing.iter().any(|one| one.name == *name);
        if let Some(label) = terms.label(name).filter(|_| !known) {
            differing.push(Differing { name: name.clone(), label });
        }
    }
    let keys = KeyHolders::read(&reader)?;
    let (mut holding, mut revoked, mut sharing) = (Vec::new(), Vec::new(), Vec::new());
    for (row, facts) in &accepted {
        let warning = facts.holder.as_ref().and_then(|key| keys.warning(key, Some(&row.uscc)));
        let shares = |warning| Sharing { id: row.id.clone(), name: row.name.clone(), warning };
        sharing.extend(warning.map(shares));
        holding.extend(held(&reader, &terms, row)?);
        revoked.extend(revoked_of(&reader, &terms, row)?);
    }
    let getting = |((row, _), claims): (&(Firm, FirmFacts), &Map<String, Value>)| Getting {
        id: row.id.clone(),
        name: row.name.clone(),
        uscc: row.uscc,
        values: differing.iter().map(|one| said(claims, &one.name, &terms)).collect(),
    };
    Ok(Preview {
        holding,
        revoked,
        sharing,
        firms: accepted.iter().zip(&all).map(getting).collect(),
        refused,
        first: lines,
        differing,
    })
}

/// What one claim says, in a line.
fn said(claims: &Map<String, Value>, name: &str, terms: &Terms<'_>) -> String {
    let only = claims.get(name).map(|value| Map::from_iter([(name.to_owned(), value.clone())]));
    let lines = claim_lines(&Value::Object(only.unwrap_or_default()), Some(&terms.metadata));
    let values = lines.iter().map(|line| line.value.zh.as_ref()).filter(|value| !value.is_empty());
    values.collect::<Vec<_>>().join("、")
}

/// What was revoked last of what a firm held of the type, if that is not long ago.
fn revoked_of(reader: &Reader<'_>, terms: &Terms<'_>, row: &Firm) -> Result<Option<Revoked>, Failure> {
    let since = terms.now - RECENTLY;
    let revoked = reader.revoked_credentials(CredentialDirection::Issued, &row.uscc, &terms.kind, since)?;
    let last = revoked.into_iter().find(|one| one.provenance == terms.provenance);
    Ok(last.and_then(|one| {
        let on = civil::date_in_shanghai(one.changed?);
        Some(Revoked { id: row.id.clone(), name: row.name.clone(), on, reason: one.reason })
    }))
}

/// What a firm holds of the type already, if any of it is valid today.
fn held(reader: &Reader<'_>, terms: &Terms<'_>, row: &Firm) -> Result<Option<Holding>, Failure> {
    let standing = reader.standing_credentials(CredentialDirection::Issued, &row.uscc, &terms.kind)?;
    let ends =
        standing.iter().filter(|held| held.provenance == terms.provenance).map(|held| held.valid_until);
    let valid = ends.filter(|end| end.is_none_or(|end| end >= terms.today));
    // No end is later than any.
    let last = valid.max_by_key(|end| end.unwrap_or(NaiveDate::MAX));
    Ok(last.map(|until| Holding { id: row.id.clone(), name: row.name.clone(), until }))
}
