//! 受理、补正、归档: the steps of a case, and which of them fits where.
//!
//! ```text
//! 收件 ──受理──> 受理 ──决定──> 已决定 ──归档──> 已归档
//!  │ └─补正─┐    │ ▲
//!  │        ▼    ▼ │恢复受理
//!  │       待补正 ─┘──决定──> 已决定
//!  └─决定（不予认可）──> 已决定            归档 with a note ends a case that is not decided
//! ```

use chrono::NaiveDate;
use serde_json::json;
use zizhi_model::{Text, civil};
use zizhi_report::Fonts;
use zizhi_store::{
    Case, CaseEvent, CaseState, Database, DecisionOutcome, Direction, Entry, Reader, Request, Writer,
};

use crate::Host;
use crate::case_documents::{self, Document, Paper, latest_report};
use crate::case_versions::{DemandState, demands};
use crate::decide::{Unsaid, Wanted};
use crate::failure::{Failure, told};
use crate::output::Output;
use crate::receive_dossier::nobody;

/// The kind of event by which something was asked for.
pub(crate) const SUPPLEMENT: &str = "supplement";

/// A step of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// 受理
    Accept,
    /// 补正
    RequestSupplement,
    /// 决定
    Decide(DecisionOutcome),
    /// 归档
    Close,
}

/// Who takes a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hands {
    /// 经办人
    pub operator: String,
    /// 复核人
    pub reviewer: Option<String>,
}

/// What has to be added to a case.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The case.
    pub case_id: &'a str,
    /// Who asks.
    pub hands: &'a Hands,
    /// What, item by item.
    pub supplements: &'a [Wanted],
    /// Where the notice as PDF goes, with what it is made by; none for no notice.
    pub notice: Option<(&'a Output<'a>, &'a Fonts)>,
    /// Whether it is made for practice.
    pub drill: bool,
}

impl Step {
    /// The state after the step.
    ///
    /// # Errors
    /// `CASE-STEP` if it does not fit the state.
    pub fn from(self, state: CaseState) -> Result<CaseState, Failure> {
        use CaseState as S;
        match (self, state) {
            (Self::Accept, S::Received | S::Supplement) => Ok(S::Accepted),
            (Self::RequestSupplement, S::Received | S::Accepted | S::Supplement) => Ok(S::Supplement),
            (Self::Decide(_), S::Accepted | S::Supplement)
            | (Self::Decide(DecisionOutcome::Rejected), S::Received) => Ok(S::Decided),
            (Self::Close, S::Received | S::Accepted | S::Supplement | S::Decided) => Ok(S::Closed),
            _ => Err(unfit(self, state)),
        }
    }

    const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Accept => ("受理", "taken up"),
            Self::RequestSupplement => ("要求补正", "sent back for something to be added"),
            Self::Decide(_) => ("作出决定", "decided"),
            Self::Close => ("归档", "put away"),
        }
    }
}

/// What a state is called.
#[must_use]
pub const fn state_name(state: CaseState) -> Text {
    match state {
        CaseState::Received => Text::fixed("收件", "received"),
        CaseState::Accepted => Text::fixed("受理", "taken up"),
        CaseState::Supplement => Text::fixed("待补正", "waiting for what is to be added"),
        CaseState::Decided => Text::fixed("已决定", "decided"),
        CaseState::Closed => Text::fixed("已归档", "put away"),
    }
}

/// Whether nothing more is expected to happen to a case.
pub(crate) const fn is_over(state: CaseState) -> bool {
    matches!(state, CaseState::Decided | CaseState::Closed)
}

/// Whether an outcome accepts, with conditions or without.
pub(crate) const fn accepts(outcome: DecisionOutcome) -> bool {
    matches!(outcome, DecisionOutcome::Accepted | DecisionOutcome::AcceptedWithConditions)
}

/// Whether new data are held against a case: while it is open, and once it was accepted until it is put away.
pub(crate) fn is_watched(case: &Case) -> bool {
    !is_over(case.state) || case.state == CaseState::Decided && case.outcome.is_some_and(accepts)
}

/// 受理, and 恢复受理 of a case that waited. Where nothing that was asked for came, or something is still open, the note
/// has to say why it goes on all the same.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-STEP`, `CASE-OPERATOR`, `CASE-NOTE`; as every write to the database.
pub fn accept(
    database: &Database,
    case_id: &str,
    hands: &Hands,
    note: Option<&str>,
    host: &dyn Host,
) -> Result<(), Failure> {
    let writer = database.writer()?;
    let mut case = find(&writer, case_id)?;
    let resumed = case.state == CaseState::Supplement;
    if resumed && !says(note) && wants(&writer, &case)? {
        return Err(not_supplied());
    }
    case.due = None;
    take(&writer, case, Step::Accept, hands, note, json!({}), host)?;
    commit(writer, case_id, hands, if resumed { "case.resumed" } else { "case.accepted" }, host)
}

/// 补正: says what has to be added. The request that the dossier answered may be answered once more.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-STEP`, `CASE-OPERATOR`; `CASE-SUPPLEMENT` if nothing is asked for, `CASE-DUE` if a
/// day is left out or has passed already; for the notice `IO-EXISTS`, `IO-WRITE` and the codes of
/// [`zizhi_report::ReportError`]. Nothing is changed then.
pub fn request_supplement(database: &Database, asking: &Asking<'_>, host: &dyn Host) -> Result<(), Failure> {
    let Asking { case_id, hands, supplements, notice, drill } = *asking;
    if supplements.is_empty() || supplements.iter().any(|wanted| wanted.text.trim().is_empty()) {
        return Err(nothing_asked());
    }
    let today = civil::date_in_shanghai(host.now());
    match supplements.iter().find_map(|wanted| wanted.unsaid(today)) {
        Some(Unsaid::Passed(due)) => return Err(too_late(due)),
        Some(_) => return Err(no_day()),
        None => {}
    }
    let writer = database.writer()?;
    let mut case = find(&writer, case_id)?;
    case.due = supplements.iter().filter_map(|wanted| wanted.due).min();
    let details = json!({
        "supplements": supplements.iter().map(as_json).collect::<Vec<_>>(),
        "reviewer": hands.reviewer,
        "judgement": writer.latest_judgement(case_id)?.map(|latest| latest.seq),
    });
    let dossier = case.dossier_id.clone();
    take(&writer, case, Step::RequestSupplement, hands, None, details, host)?;
    reopen_request(&writer, case_id, dossier.as_deref())?;

    let part = match notice {
        Some((output, fonts)) => {
            let paper = Paper { case_id, nth: None, language: zizhi_report::Lang::Zh, fonts, drill };
            let bytes = case_documents::render(&writer, &paper, Document::SupplementNotice)?;
            Some((output, output.filled(&bytes)?))
        }
        None => None,
    };
    commit(writer, case_id, hands, "case.supplement_requested", host)?;
    part.map_or(Ok(()), |(output, file)| output.put(file))
}

/// 归档: puts a case away. One that is not decided needs a note that says why.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-STEP`, `CASE-OPERATOR`, `CASE-NOTE`; as every write to the database.
pub fn close(
    database: &Database,
    case_id: &str,
    hands: &Hands,
    note: Option<&str>,
    host: &dyn Host,
) -> Result<(), Failure> {
    let writer = database.writer()?;
    let mut case = find(&writer, case_id)?;
    if case.state != CaseState::Closed && case.state != CaseState::Decided && !says(note) {
        return Err(no_note());
    }
    case.due = None;
    take(&writer, case, Step::Close, hands, note, json!({}), host)?;
    writer.remove_judgement_inputs(case_id)?;
    commit(writer, case_id, hands, "case.closed", host)
}

fn says(note: Option<&str>) -> bool {
    note.is_some_and(|note| !note.trim().is_empty())
}

/// Whether a case still wants something that was asked for.
fn wants(reader: &Reader<'_>, case: &Case) -> Result<bool, Failure> {
    let (_, report) = latest_report(reader, &case.id)?;
    let demands = demands(reader, case, &report)?;
    Ok(demands.is_empty() || demands.iter().any(|demand| demand.state == DemandState::Open))
}

/// The case with that id.
pub(crate) fn find(reader: &Reader<'_>, case_id: &str) -> Result<Case, Failure> {
    reader.case(case_id)?.ok_or_else(absent)
}

/// Moves a case by a step and adds it to the timeline.
pub(crate) fn take(
    writer: &Writer<'_>,
    mut case: Case,
    step: Step,
    hands: &Hands,
    note: Option<&str>,
    details: serde_json::Value,
    host: &dyn Host,
) -> Result<(), Failure> {
    if hands.operator.trim().is_empty() {
        return Err(nobody());
    }
    let kind = match step {
        Step::Accept if case.state == CaseState::Supplement => "resumed",
        Step::Accept => "accepted",
        Step::RequestSupplement => SUPPLEMENT,
        Step::Decide(_) => "decided",
        Step::Close => "closed",
    };
    case.state = step.from(case.state)?;
    case.operator = Some(hands.operator.clone());
    case.reviewer = hands.reviewer.clone().or(case.reviewer);
    case.updated = host.now();
    writer.update_case(&case)?;
    if is_over(case.state) && writer.case_events(&case.id)?.iter().any(|event| event.kind == SUPPLEMENT) {
        settle_request(writer, &case.id, case.dossier_id.as_deref())?;
    }
    writer.add_case_event(&CaseEvent {
        case_id: case.id,
        seq: 0,
        at: host.now(),
        kind: kind.to_owned(),
        actor: hands.operator.clone(),
        note: note.unwrap_or_default().trim().to_owned(),
        details,
    })?;
    Ok(())
}

fn commit(
    writer: Writer<'_>,
    case_id: &str,
    hands: &Hands,
    action: &str,
    host: &dyn Host,
) -> Result<(), Failure> {
    writer.commit(&Entry::new(host.now(), &hands.operator, action).about("case", case_id))?;
    Ok(())
}

/// Lets the request be answered again, if this dossier answered it.
fn reopen_request(writer: &Writer<'_>, case_id: &str, dossier: Option<&str>) -> Result<(), Failure> {
    match request_of(writer, case_id)? {
        Some(known) if known.answered_by.as_deref() == dossier => {
            Ok(writer.reopen_request(Direction::Issued, &known.id)?)
        }
        _ => Ok(()),
    }
}

/// Notes that a request which was opened again waits for nothing more: what came does not name it, or the case is over.
pub(crate) fn settle_request(
    writer: &Writer<'_>,
    case_id: &str,
    dossier: Option<&str>,
) -> Result<(), Failure> {
    match (request_of(writer, case_id)?, dossier) {
        (Some(known), Some(dossier)) if known.answered_by.is_none() => {
            Ok(writer.answer_request(Direction::Issued, &known.id, dossier)?)
        }
        _ => Ok(()),
    }
}

/// The request that a case came in answer to.
fn request_of(reader: &Reader<'_>, case_id: &str) -> Result<Option<Request>, Failure> {
    let events = reader.case_events(case_id)?;
    let asked = events.iter().rev().find_map(|event| event.details.get("request")?.as_str());
    asked.map_or(Ok(None), |id| Ok(reader.request(Direction::Issued, id)?))
}

fn as_json(wanted: &Wanted) -> serde_json::Value {
    json!({
        "item_id": wanted.item_id,
        "text": wanted.text,
        "due": wanted.due.map(|due| due.to_string()),
    })
}

fn absent() -> Failure {
    Failure::input(
        "CASE-ABSENT",
        Text::fixed("没有这个办件，操作没有进行。", "there is no such case; nothing was done"),
        Text::fixed("请刷新台账后再试。", "refresh the ledger and try again"),
    )
}

fn unfit(step: Step, state: CaseState) -> Failure {
    let (zh, en) = step.name();
    let at = state_name(state);
    let advice = match (step, state) {
        (Step::Decide(_), CaseState::Received) => Text::fixed(
            "请先受理；不予受理的，作出不予认可的决定。",
            "take it up first; to refuse it outright, decide that it is not recognised",
        ),
        (_, CaseState::Decided) => Text::fixed(
            "已作出的决定不能更改；企业重新提交的档案另行收件。",
            "a decision that was made stays; a dossier that the firm sends again becomes a case of its own",
        ),
        (_, CaseState::Closed) => {
            Text::fixed("已归档的办件只供查阅。", "a case that was put away is for reading only")
        }
        _ => Text::fixed(
            "请刷新页面，按办件当前的状态办理。",
            "refresh the page and go on from where the case stands",
        ),
    };
    Failure::input(
        "CASE-STEP",
        told(
            format!("办件现在是“{}”，不能{zh}，没有作任何改动。", at.zh),
            format!("the case is {} and cannot be {en}; nothing was changed", at.en()),
        ),
        advice,
    )
}

fn nothing_asked() -> Failure {
    Failure::input(
        "CASE-SUPPLEMENT",
        Text::fixed(
            "没有写明要补正什么，没有发出补正。",
            "nothing says what has to be added; nothing was sent back",
        ),
        Text::fixed("请逐项写明要补充的材料。", "say item by item what has to be added"),
    )
}

fn no_day() -> Failure {
    Failure::input(
        "CASE-DUE",
        Text::fixed(
            "有一项没有写补正期限，没有发出补正。",
            "nothing says until when something is to be added; nothing was sent back",
        ),
        Text::fixed(
            "请给每一项选一个今天或以后的期限。",
            "choose a day for every item that is today or later",
        ),
    )
}

fn too_late(due: NaiveDate) -> Failure {
    Failure::refused(
        "CASE-DUE",
        format!("补正期限 {due} 已经过去，没有发出补正。"),
        format!("{due}, by which it is to be added, has passed; nothing was sent back"),
        "请把期限改为今天或以后。",
        "set a day that is today or later",
    )
}

fn not_supplied() -> Failure {
    Failure::input(
        "CASE-NOTE",
        Text::fixed(
            "要求补正的材料还没有收到或没有补齐，备注是空的，没有恢复受理。",
            "what was asked for did not come, or not all of it, and the remark says nothing; the case was not resumed",
        ),
        Text::fixed(
            "请在备注中写明交来了什么，或为什么仍要恢复受理。",
            "say in the remark what was handed over, or why the case goes on all the same",
        ),
    )
}

fn no_note() -> Failure {
    Failure::input(
        "CASE-NOTE",
        Text::fixed("办件还没有决定，没有归档。", "the case is not decided and was not put away"),
        Text::fixed(
            "请先作出决定；企业撤回等情形，请写明原因后归档。",
            "decide it first; if the firm withdrew, write why and put it away",
        ),
    )
}
