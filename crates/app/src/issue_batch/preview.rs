//! What would be signed, before a passphrase is given: the firms, for one of them every claim, and for several
//! which claims are the same for all.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use zizhi_model::Text;
use zizhi_store::{CredentialDirection, Firm, Reader};

use super::numbers::Numbers;
use super::statement::Terms;
use super::{IssuingBatch, RefusedFirm, accepted, no_firms};
use crate::claim_lines::{ClaimLine, claim_lines};
use crate::failure::Failure;
use crate::incubator::Incubator;
use crate::issue_types::{one, own_record};

/// What would be signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The names of the firms that get one.
    pub firms: Vec<String>,
    /// Firms that would get none.
    pub refused: Vec<RefusedFirm>,
    /// Those of the firms that hold a valid one of this type from this organisation already.
    pub holding: Vec<Holding>,
    /// Every claim of the first one's.
    pub first: Vec<ClaimLine>,
    /// What is called how of the claims that differ from firm to firm.
    pub differing: Vec<Text>,
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
    let mut differing: Vec<Text> =
        lines.iter().filter(differs).filter_map(|line| line.label.clone()).collect();
    // What the first has not and another has is no line of the first.
    let others = all.iter().flat_map(Map::keys).filter(|name| !first.contains_key(*name));
    for name in others {
        let label = terms.label(name);
        if let Some(label) = label.filter(|label| !differing.contains(label)) {
            differing.push(label);
        }
    }
    let mut holding = Vec::new();
    for (row, _) in &accepted {
        holding.extend(held(&reader, &terms, row)?);
    }
    Ok(Preview {
        holding,
        firms: accepted.iter().map(|(row, _)| row.name.clone()).collect(),
        refused,
        first: lines,
        differing,
    })
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
