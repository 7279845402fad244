//! What would be signed, before a passphrase is given: the firms, for one of them every claim, and for several
//! which claims are the same for all.

use serde_json::{Map, Value};
use zizhi_model::Text;

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
    /// Every claim of the first one's.
    pub first: Vec<ClaimLine>,
    /// What is called how of the claims that differ from firm to firm.
    pub differing: Vec<Text>,
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
    let numbers = Numbers::peek(&reader, terms.pattern.as_ref())?;
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
    Ok(Preview {
        firms: accepted.iter().map(|(row, _)| row.name.clone()).collect(),
        refused,
        first: lines,
        differing,
    })
}
