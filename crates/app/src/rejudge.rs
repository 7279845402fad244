//! Judges cases again: one that a person asks for, and after trust data, status lists or rules changed
//! those that the change touches. A verdict that moved raises a change notice.
//!
//! What a case rests on is kept with its judgement, so that the cost grows with what changed and not with
//! the database. What was accepted is looked after until it is put away ([`accepted`]).

pub(crate) mod accepted;
mod changed;
pub(crate) mod moved;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::json;
use zizhi_crypto::digest;
use zizhi_dossier::ids;
use zizhi_model::{Limits, Uscc, Verdict};
use zizhi_store::{
    Case, CaseEvent, CaseFilter, CaseState, ChangeNotice, Database, Entry, Reader, Why, Writer,
};
use zizhi_trust::Trust;
use zizhi_verify::Library;

use crate::Host;
use crate::case_documents::latest_report;
use crate::case_judge::{self, Judging};
use crate::case_steps::{find, is_over, is_watched};
use crate::failure::Failure;
use crate::held_changes;
use crate::hub_keys;
use crate::receive_dossier::recipient;
use crate::stop::Stop;
use crate::trust_seen::edition;
use changed::{Change, changes};

/// Cases that are judged in one transaction: it waits for the disk once, and others write in between.
const BATCH: usize = 50;

/// Who does what nobody asked for.
pub(crate) const PROGRAM: &str = "";

/// The setting that remembers by which trust data the cases were judged.
const JUDGED_BY: &str = "judged_by";
/// Its value where there was no trust data, as in a new database.
const NO_DATA: &str = "none";

/// What judging again came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rejudged {
    /// Cases that were judged again.
    pub rejudged: usize,
    /// Verdicts that moved.
    pub moved: usize,
}

/// One case that was judged again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Again {
    /// Whether its verdict moved.
    pub moved: bool,
}

/// Judges again the cases, open or accepted, that the change from `previous` to the trust data at hand touches; without
/// `previous` all of these.
///
/// # Errors
/// As every read and write of the database. Cases that were done stay done.
pub fn after_trust_change(
    database: &Database,
    library: &Library,
    previous: Option<&Trust>,
    host: &dyn Host,
) -> Result<Rejudged, Failure> {
    judge_touched(database, library, previous, host, &mut || ControlFlow::Continue(()))
}

/// The same, for as long as nobody asks to stop: what is left then is due again at the next opening.
///
/// # Errors
/// As [`after_trust_change`].
pub(crate) fn until_stopped(
    database: &Database,
    library: &Library,
    previous: Option<&Trust>,
    host: &dyn Host,
    stop: &Stop,
) -> Result<Rejudged, Failure> {
    judge_touched(database, library, previous, host, &mut || {
        if stop.is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// Judges the cases that a change touches, batch by batch for as long as `go_on` says so. What was done by
/// then stays done; only a change that was gone through to its end is remembered. What is registered for hubs counts
/// from now on, however the data came.
fn judge_touched(
    database: &Database,
    library: &Library,
    previous: Option<&Trust>,
    host: &dyn Host,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Rejudged, Failure> {
    hub_keys::take_in(database, library, host)?;
    // A firm takes nothing in, so that nothing is judged again; what became of its own papers is noted.
    let Ok(own) = recipient(database) else {
        return Ok(Rejudged { rejudged: 0, moved: held_changes::note(database, library, host)? });
    };
    let touched = touched(&database.reader()?, library, previous)?;
    let mut done = Rejudged::default();
    let cases: Vec<(&String, &Why)> = touched.cases.iter().collect();
    let batches = cases.chunks(BATCH);
    let last = batches.len().saturating_sub(1);
    for (at, batch) in batches.enumerate() {
        if go_on().is_break() {
            return Ok(done);
        }
        let writer = database.writer()?;
        let before = done;
        for (case_id, why) in batch {
            let case = writer.case(case_id)?.filter(is_watched);
            let Some(case) = case else { continue };
            let again = judge_again(&writer, &case, own, library, **why, host)?;
            done.rejudged += 1;
            done.moved += usize::from(again.moved);
        }
        if done == before {
            continue;
        }
        let summary =
            json!({ "rejudged": done.rejudged - before.rejudged, "moved": done.moved - before.moved });
        if at == last {
            writer.put_setting(JUDGED_BY, &mark(library).into())?;
        }
        writer.commit(&Entry::new(host.now(), PROGRAM, "cases.rejudged").with(summary))?;
    }
    remember(database, library, host)?;
    Ok(done)
}

/// What a change touches: everything, where the cases were last judged by other data than those before it. Whoever was
/// stopped or failed on the way to the change before this one left cases that it touched.
fn touched(reader: &Reader<'_>, library: &Library, previous: Option<&Trust>) -> Result<Change, Failure> {
    let judged = judged_by(reader)?;
    match previous.filter(|previous| judged == mark_of(previous)) {
        Some(previous) => changes(reader, previous, library),
        None => Ok(Change::everything(watched(reader)?)),
    }
}

/// Remembers with what the caller commits that the cases are judged by the trust data at hand, if the change touches
/// none of them.
pub(crate) fn note_untouched(
    writer: &Writer<'_>,
    library: &Library,
    previous: Option<&Trust>,
) -> Result<(), Failure> {
    if touched(writer, library, previous)?.cases.is_empty() {
        writer.put_setting(JUDGED_BY, &mark(library).into())?;
    }
    Ok(())
}

/// Judges all cases that are open or accepted again if the trust data at hand is not the one that they were last judged by:
/// somebody may have imported newer data while the database was closed. What is left when `go_on` says no
/// is due again at the next opening.
///
/// # Errors
/// As [`after_trust_change`].
pub fn catch_up(
    database: &Database,
    library: &Library,
    host: &dyn Host,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Rejudged, Failure> {
    if judged_by(&database.reader()?)? == mark(library) {
        return Ok(Rejudged::default());
    }
    judge_touched(database, library, None, host, go_on)
}

/// Judges one case again because a person asked.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-STEP` if it is decided or put away; as every write to the database.
pub fn rejudge_case(
    database: &Database,
    library: &Library,
    case_id: &str,
    host: &dyn Host,
) -> Result<(), Failure> {
    let own = recipient(database)?;
    let writer = database.writer()?;
    let case = find(&writer, case_id)?;
    if is_over(case.state) {
        return Err(over(case.state));
    }
    judge_again(&writer, &case, own, library, Why::Asked, host)?;
    let actor = crate::settings::actor(&writer)?;
    writer.commit(&Entry::new(host.now(), &actor, "case.rejudged").about("case", case_id))?;
    Ok(())
}

/// Judges one case with the data and at the time of now. Only a verdict that moved is kept: otherwise the
/// report that a person has seen stays the latest.
pub(crate) fn judge_once(
    database: &Database,
    library: &Library,
    case_id: &str,
    host: &dyn Host,
) -> Result<Again, Failure> {
    let own = recipient(database)?;
    let writer = database.writer()?;
    let case = find(&writer, case_id)?;
    let again = judge_again(&writer, &case, own, library, Why::Time, host)?;
    if again.moved {
        writer.commit(&Entry::new(host.now(), PROGRAM, "case.rejudged").about("case", case_id))?;
    }
    Ok(again)
}

/// Judges a case, adds the judgement where nothing is decided yet, and raises a notice if the verdict moved.
fn judge_again(
    writer: &Writer<'_>,
    case: &Case,
    own: Uscc,
    library: &Library,
    why: Why,
    host: &dyn Host,
) -> Result<Again, Failure> {
    let now = host.now();
    // One that cannot be read is replaced by this judgement.
    let before = latest_report(writer, &case.id).ok().map(|(_, report)| report);
    let limits = Limits::default();
    let original = writer.open_original(&case.original)?.ok_or_else(|| lost(case))?;
    let opened = zizhi_dossier::open(original, &limits)
        .map_err(|error| Failure::unreadable(case.file_name.as_ref(), error))?;
    let judging = Judging { library, recipient: Some(own), now };
    let judged = case_judge::judge(&opened, &case.file_name, &judging, writer)?;
    let (before, after) = (before.as_ref(), &judged.report);
    let what = if is_over(case.state) {
        accepted::moved(writer, case, before, after, why)?
    } else {
        case_judge::keep(writer, &judged, &case.id, why, now)?;
        let from = case.verdict.unwrap_or(Verdict::Pending);
        (from != after.verdict).then(|| (from, after.verdict, moved::between(from, before, after, why)))
    };
    let moved = what.is_some();
    if let Some(what) = what {
        notify(writer, case, what, host)?;
    }
    Ok(Again { moved })
}

fn notify(
    writer: &Writer<'_>,
    case: &Case,
    (from, to, details): (Verdict, Verdict, serde_json::Value),
    host: &dyn Host,
) -> Result<(), Failure> {
    let now = host.now();
    writer.add_change_notice(&ChangeNotice {
        id: ids::uuid_v7(now, host.random().as_mut()),
        case_id: case.id.clone(),
        from_verdict: from,
        to_verdict: to,
        why: details.clone(),
        created: now,
        seen: None,
    })?;
    writer.add_case_event(&CaseEvent {
        case_id: case.id.clone(),
        seq: 0,
        at: now,
        kind: "moved".to_owned(),
        actor: PROGRAM.to_owned(),
        note: format!("{} → {}", from.zh(), to.zh()),
        details,
    })?;
    let entry = Entry::new(now, PROGRAM, "case.verdict_moved").about("case", &case.id);
    let summary = json!({ "from": from.as_str(), "to": to.as_str() });
    writer.log(&entry.with(summary))?;
    Ok(())
}

/// The cases that are open or accepted.
fn watched(reader: &Reader<'_>) -> Result<BTreeSet<String>, Failure> {
    let states = vec![CaseState::Received, CaseState::Accepted, CaseState::Supplement, CaseState::Decided];
    let filter = CaseFilter { states, ..CaseFilter::default() };
    let mut open = BTreeSet::new();
    let mut after = None;
    loop {
        let page = reader.cases(&filter, after, 500)?;
        let watched = page.rows.into_iter().filter(is_watched);
        open.extend(watched.map(|case| case.id));
        after = page.next;
        if after.is_none() {
            return Ok(open);
        }
    }
}

/// Notes by which trust data the cases are judged now.
fn remember(database: &Database, library: &Library, host: &dyn Host) -> Result<(), Failure> {
    let mark = mark(library);
    let writer = database.writer()?;
    if judged_by(&writer)? == mark {
        return Ok(());
    }
    writer.put_setting(JUDGED_BY, &mark.into())?;
    let entry = Entry::new(host.now(), PROGRAM, "cases.trust_noted").with(edition(library.trust()));
    writer.commit(&entry)?;
    Ok(())
}

/// By which trust data the cases were judged last.
fn judged_by(reader: &Reader<'_>) -> Result<String, Failure> {
    let known = reader.setting(JUDGED_BY)?;
    Ok(known.as_ref().and_then(serde_json::Value::as_str).unwrap_or(NO_DATA).to_owned())
}

/// What tells one set of trust data from another: all that is kept of it.
pub(crate) fn mark(library: &Library) -> String {
    mark_of(library.trust())
}

fn mark_of(trust: &Trust) -> String {
    let state = trust.state().map(zizhi_trust::client::State::to_bytes);
    state.map_or_else(|| NO_DATA.to_owned(), |bytes| digest::hex(&digest::sha256(&bytes)))
}

fn over(state: CaseState) -> Failure {
    let at = crate::case_steps::state_name(state);
    Failure::refused(
        "CASE-STEP",
        format!("办件现在是“{}”，不再重新核验，没有作任何改动。", at.zh),
        format!("the case is {} and is not judged again; nothing was changed", at.en()),
        "企业重新提交的档案另行收件核验；要核验原文件，请直接打开文件。",
        "take a dossier that is sent again in anew; to verify the old file, open it",
    )
}

pub(crate) fn lost(case: &Case) -> Failure {
    Failure::refused(
        "CASE-ORIGINAL",
        format!("办件 {} 保存的原文件不见了，没有重新核验。", case.number),
        format!("the file that is kept with case {} is gone; it was not judged again", case.number),
        "请从备份恢复数据库。",
        "restore the database from a backup",
    )
}
