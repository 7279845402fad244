//! A case in full, as its page shows it: made from the bytes that were kept and the report that was kept.

use chrono::{DateTime, Utc};
use zizhi_model::{Limits, Text, civil};
use zizhi_store::{Case, CaseEvent, CaseState, Database, Judgement};
use zizhi_verify::Library;

use crate::case_decision;
use crate::case_documents::latest_report;
use crate::case_judge::grounds;
use crate::case_papers::{CasePaper, asks, papers};
use crate::case_steps::find;
use crate::case_versions::{Demand, Proposal, Version, demands, versions, waiting_for};
use crate::decide::Wanted;
use crate::failure::Failure;
use crate::outbox::{Sending, sendings};
use crate::rejudge::accepted::held_against;
use crate::rejudge::moved::sentence;
use crate::told_decision::ToldDecision;
use crate::verify_view::{VerifiedView, view};
use crate::working_days::WorkingDays;

/// A case in full.
#[derive(Debug)]
pub struct CasePage {
    /// The case.
    pub case: Case,
    /// Whether a verdict moved and nobody has looked.
    pub moved: bool,
    /// What is held against it since it was accepted, in a sentence.
    pub moved_since: Option<Text>,
    /// Whether the day has passed until which something was to be added.
    pub overdue: bool,
    /// The dossier with the report of its latest judgement.
    pub view: VerifiedView,
    /// What happened, in order.
    pub events: Vec<CaseEvent>,
    /// What became of the decision on its way to the firm.
    pub sendings: Vec<Sending>,
    /// Every judgement, the newest first.
    pub judgements: Vec<Judgement>,
    /// The decision.
    pub decision: Option<ToldDecision>,
    /// What was asked for and is waited for.
    pub asked: Vec<Wanted>,
    /// The same, looked at in the version that came since; nothing where none came.
    pub demands: Vec<Demand>,
    /// The dossiers that came in, the oldest first; the last one is the one that is judged.
    pub versions: Vec<Version>,
    /// The documents that it has, kind by kind, of each the newest first.
    pub papers: Vec<CasePaper>,
    /// Older cases that wait for something that this dossier may be.
    pub waiting: Vec<Proposal>,
    /// Working days until something is due; negative when that has passed.
    pub working_days_left: Option<i32>,
}

/// Puts the page of a case together.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-REPORT`, `CASE-ORIGINAL`; as every read of the database.
pub fn case_page(
    database: &Database,
    case_id: &str,
    library: &Library,
    days: &WorkingDays,
    now: DateTime<Utc>,
) -> Result<CasePage, Failure> {
    let reader = database.reader()?;
    let case = find(&reader, case_id)?;
    let (_, report) = latest_report(&reader, case_id)?;
    let unreadable = |error| Failure::unreadable(case.file_name.as_ref(), error);
    let mut original = reader.open_original(&case.original)?.ok_or_else(|| crate::rejudge::lost(&case))?;
    let opened = zizhi_dossier::open(&mut original, &Limits::default()).map_err(unreadable)?;
    let grounds = grounds(&reader, &report)?;
    let view = view((report, grounds), &opened, &mut original, library.trust(), now).map_err(unreadable)?;
    let mut judgements = reader.judgements(case_id)?;
    judgements.reverse();
    let today = civil::date_in_shanghai(now);
    let asked = asks(&reader, &case)?.pop();
    let waits = case.state == CaseState::Supplement;
    let demands = if waits { demands(&reader, &case, &view.report)? } else { Vec::new() };
    Ok(CasePage {
        demands,
        versions: versions(&reader, &case)?,
        waiting: waiting_for(database, &view, Some(case_id))?,
        asked: asked.filter(|_| waits).map(|ask| ask.wanted).unwrap_or_default(),
        papers: papers(&reader, &case)?,
        moved: reader.notices_of_case(case_id)?.iter().any(|notice| notice.seen.is_none()),
        moved_since: held_against(&reader, &case)?
            .map(|notice| sentence(&notice, &case.number, case.firm_name.as_deref())),
        overdue: case.overdue(today),
        view,
        events: reader.case_events(case_id)?,
        sendings: match &case.dossier_id {
            Some(dossier) => sendings(&reader, "decision", dossier)?,
            None => Vec::new(),
        },
        judgements,
        decision: case_decision::of(&reader, case_id)?,
        working_days_left: case.due.map(|due| days.left(today, due)),
        case,
    })
}

/// The case that holds a file with this digest, base64url, if one does.
///
/// # Errors
/// As every read of the database.
pub fn case_of_file(database: &Database, sha256: &str) -> Result<Option<String>, Failure> {
    let Some(digest) = zizhi_dossier::Digest::parse(sha256) else { return Ok(None) };
    let known = database.reader()?.cases_of_original(&digest.0)?;
    Ok(known.into_iter().next().map(|case| case.id))
}
