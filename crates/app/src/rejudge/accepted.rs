//! What becomes known of an accepted case until it is put away: that its issuers or the register withdrew what it rests on.
//!
//! Time alone ends papers and ages lists, and rules that come later are for the next dossier; neither is held against a
//! decision. The judgement that was decided on stays, so that what was told last stands in the notices.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zizhi_model::{CheckCode, Outcome, Verdict};
use zizhi_store::{Case, ChangeNotice, DecisionOutcome, Reader, Why};
use zizhi_verify::Report;

use super::moved;
use crate::failure::Failure;

/// What says that a paper or the key that signed it is not good any more.
const WITHDRAWN: [CheckCode; 7] = [
    CheckCode::StatRevoked,
    CheckCode::StatSuspended,
    CheckCode::StatEnded,
    CheckCode::SigKeyRevoked,
    CheckCode::SigUnknownKey,
    CheckCode::IssUnknown,
    CheckCode::IssScope,
];

/// What moved, from which verdict to which, and what a notice keeps of it; nothing where nothing was withdrawn or given
/// back since the last notice, or the verdict does not change by it.
pub(super) fn moved(
    reader: &Reader<'_>,
    case: &Case,
    decided_on: Option<&Report>,
    now: &Report,
    why: Why,
) -> Result<Option<(Verdict, Verdict, Value)>, Failure> {
    let last = told_since_decided(reader, case)?;
    let told = last.as_ref().map(standing).unwrap_or_default();
    let before = decided_on.map(withdrawn).unwrap_or_default();
    let stands: BTreeSet<CheckCode> = withdrawn(now).difference(&before).copied().collect();
    let decided = case.verdict.unwrap_or(Verdict::Pending);
    let from = last.map_or(decided, |notice| notice.to_verdict);
    let to = if stands.is_empty() { decided } else { now.verdict };
    if stands == told || from == to {
        return Ok(None);
    }
    let (came, went) = (&stands - &told, &told - &stands);
    let mut details = moved::details((from, to), (&came, &went), None, now, why);
    let stands: Vec<&str> = stands.iter().map(|code| code.as_str()).collect();
    if let Value::Object(details) = &mut details {
        details.insert("decided".to_owned(), json!(case.outcome.map(DecisionOutcome::as_str)));
        details.insert("stands".to_owned(), json!(stands));
    }
    Ok(Some((from, to, details)))
}

/// What was told last of a case since it was decided.
fn told_since_decided(reader: &Reader<'_>, case: &Case) -> Result<Option<ChangeNotice>, Failure> {
    let last = reader.notices_of_case(&case.id)?.pop();
    Ok(last.filter(|notice| moved::decided(&notice.why).is_some()))
}

/// The notice of what stands against a case since it was decided.
pub(crate) fn held_against(reader: &Reader<'_>, case: &Case) -> Result<Option<ChangeNotice>, Failure> {
    Ok(told_since_decided(reader, case)?.filter(|notice| !standing(notice).is_empty()))
}

fn standing(notice: &ChangeNotice) -> BTreeSet<CheckCode> {
    let codes = notice.why.get("stands").and_then(Value::as_array).into_iter().flatten();
    codes.filter_map(|code| CheckCode::parse(code.as_str()?)).collect()
}

fn withdrawn(report: &Report) -> BTreeSet<CheckCode> {
    let found = report.findings().filter(|check| matches!(check.outcome, Outcome::Fail | Outcome::Warning));
    found.map(|check| check.code).filter(|code| WITHDRAWN.contains(code)).collect()
}
