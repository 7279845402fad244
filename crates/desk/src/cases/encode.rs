//! Cases as data of the wire, and the wire's data about cases as the use cases take it.

use chrono::NaiveDate;
use zizhi_app::case_ledger::LedgerLine;
use zizhi_app::case_notices::MovedVerdict;
use zizhi_app::case_page::CasePage as Page;
use zizhi_app::case_steps;
use zizhi_app::decide::Wanted;
use zizhi_app::outbox::{Sending, Step};
use zizhi_app::told_decision::{self, ToldDecision};
use zizhi_app::{case_documents, case_month, park_rates};
use zizhi_model::civil::{parse_date, rfc3339};
use zizhi_model::{Verdict as ModelVerdict, catalogue};
use zizhi_store::{self as store, After, CaseFilter, Judgement, Why};
use zizhi_wire::*;

use super::versions;
use crate::refusal::{refused, sentence};
use crate::verify::{encode as shown, named};
use crate::words::{meant, scenario};

/// A case in full.
pub(super) fn page(page: Page) -> Result<CasePage, Refusal> {
    let line = line(&LedgerLine {
        route: case_documents::route(&page.case),
        moved: page.moved,
        overdue: page.overdue,
        case: page.case.clone(),
    });
    let known = shown::Known { case_id: Some(page.case.id.clone()), waiting: page.waiting };
    Ok(CasePage {
        line,
        verified: shown::verified(page.view, page.case.file_name, known)?,
        moved_since: page.moved_since.as_ref().map(sentence),
        timeline: timeline(page.events, page.sendings),
        judgements: page.judgements.into_iter().map(judgement).collect(),
        decision: page.decision.map(decision),
        asked: page.asked.iter().map(supplement).collect(),
        demands: page.demands.iter().map(versions::demand).collect(),
        versions: page.versions.into_iter().map(versions::version).collect(),
        documents: page.papers.into_iter().map(versions::document).collect(),
        working_days_left: page.working_days_left,
    })
}

/// A case in the ledger.
pub(super) fn line(line: &LedgerLine) -> CaseLine {
    let case = &line.case;
    CaseLine {
        id: case.id.clone(),
        number: case.number.clone(),
        received: rfc3339(case.received),
        firm_uscc: case.firm_uscc.as_ref().map(ToString::to_string).unwrap_or_default(),
        firm_name: case.firm_name.clone().unwrap_or_else(|| case.file_name.clone()),
        scenario: case.scenario.map(scenario),
        route: line.route.clone(),
        state: state(case.state),
        verdict: shown::verdict(case.verdict.unwrap_or(ModelVerdict::Pending)),
        due: case.due.map(|due| due.to_string()),
        outcome: case.outcome.map(outcome),
        moved: line.moved,
        overdue: line.overdue,
    }
}

/// What happened to a case, and what became of its decision on the way to the firm, in the order of time.
fn timeline(events: Vec<store::CaseEvent>, sendings: Vec<Sending>) -> Vec<CaseEvent> {
    let sent = |sending: Sending| {
        let kind = match sending.step {
            Step::Queued => CaseEventKind::Queued,
            Step::Delivered => CaseEventKind::Delivered,
            Step::Refused => CaseEventKind::Refused,
        };
        let (at, actor) = (rfc3339(sending.at), String::new());
        let event = CaseEvent { at, kind, actor, note: sending.note, told: None };
        (sending.at, event)
    };
    let mut all: Vec<_> = events.into_iter().map(|row| (row.at, event(row))).collect();
    all.extend(sendings.into_iter().map(sent));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, event)| event).collect()
}

fn event(event: store::CaseEvent) -> CaseEvent {
    let told = (event.kind == "moved").then(|| moved(&event)).flatten();
    CaseEvent {
        at: rfc3339(event.at),
        kind: match event.kind.as_str() {
            "received" => CaseEventKind::Received,
            "accepted" => CaseEventKind::Accepted,
            "resumed" => CaseEventKind::Resumed,
            "supplement" => CaseEventKind::Supplement,
            "moved" => CaseEventKind::Moved,
            "came" => CaseEventKind::Came,
            "follows" => CaseEventKind::Follows,
            "supplied" => CaseEventKind::Supplied,
            "joined" => CaseEventKind::Joined,
            "decided" => CaseEventKind::Decided,
            "closed" => CaseEventKind::Closed,
            _ => CaseEventKind::Note,
        },
        actor: event.actor,
        note: named(&event.note).filter(|_| told.is_none()),
        told,
    }
}

/// From what to what a verdict moved.
fn moved(event: &store::CaseEvent) -> Option<Sentence> {
    let verdict = |name: &str| ModelVerdict::parse(event.details.get(name)?.as_str()?);
    let (from, to) = (verdict("from")?, verdict("to")?);
    Some(Sentence {
        zh: format!("{} → {}", from.zh(), to.zh()), en: format!("{} → {}", from.en(), to.en())
    })
}

fn judgement(row: Judgement) -> JudgementLine {
    let version = |version: Option<u64>| version.and_then(|version| i64::try_from(version).ok());
    let pack = row.pack_id.zip(row.pack_version);
    let (zh, en) = match row.why {
        Why::Received => ("收件核验", "taken in"),
        Why::Trust => ("信任数据更新", "trust data changed"),
        Why::Status => ("吊销名单更新", "a status list changed"),
        Why::Rules => ("互认规则更新", "recognition rules changed"),
        Why::Time => ("到期或数据过时", "time passed"),
        Why::Asked => ("人工要求", "asked for"),
    };
    JudgementLine {
        at: rfc3339(row.judged_at),
        verdict: shown::verdict(row.verdict),
        root_version: version(row.root_version),
        snapshot_version: version(row.snapshot_version),
        rule_pack: pack.map(|(id, version)| format!("{id} v{version}")),
        why: Sentence { zh: zh.to_owned(), en: en.to_owned() },
    }
}

/// What a decision says, here as at the firm.
pub(crate) fn decision(decision: ToldDecision) -> DecisionPage {
    let part = |part: told_decision::DecisionPart| DecisionPart {
        label: sentence(&part.label),
        values: part.values.iter().map(sentence).collect(),
    };
    DecisionPage {
        parts: decision.parts().into_iter().map(part).collect(),
        outcome: outcome(decision.outcome),
        reasons: reasons(decision.reasons),
        supplements: decision.supplements.iter().map(supplement).collect(),
        decided_on: decision.decided_on.to_string(),
        hands: Hands { operator: decision.operator, reviewer: decision.reviewer },
        report_sha256: decision.report_sha256,
    }
}

/// Reasons, each a code and words.
pub(super) fn reasons(reasons: Vec<(String, String)>) -> Vec<ReasonLine> {
    reasons.into_iter().map(|(code, text)| ReasonLine { code, text }).collect()
}

/// Something that has to be added.
pub(super) fn supplement(wanted: &Wanted) -> SupplementLine {
    SupplementLine {
        item_id: wanted.item_id.clone(),
        text: wanted.text.clone(),
        due: wanted.due.map(|due| due.to_string()),
    }
}

/// The reverse of [`supplement`].
pub(super) fn wanted(lines: &[SupplementLine]) -> Result<Vec<Wanted>, Refusal> {
    let read = lines.iter().map(|line| {
        Ok(Wanted {
            item_id: line.item_id.clone(),
            text: line.text.trim().to_owned(),
            due: line.due.as_deref().map(day).transpose()?,
        })
    });
    read.collect()
}

/// Who does something.
pub(super) fn hands(hands: &Hands) -> case_steps::Hands {
    case_steps::Hands {
        operator: hands.operator.trim().to_owned(),
        reviewer: hands.reviewer.as_deref().and_then(named),
    }
}

/// A search in the ledger.
pub(super) fn filter(request: &FindCases, today: NaiveDate) -> Result<(CaseFilter, Option<After>), Refusal> {
    let after = request.after.as_deref().map(|cursor| {
        cursor.parse().map(After::from_number).map_err(|_| {
            refused(
                "CURSOR",
                ("列表的位置对不上，没有继续。", "The place in the list does not fit; nothing was read."),
                ("请重新查询。", "Search again."),
            )
        })
    });
    let filter = CaseFilter {
        text: request.text.clone(),
        states: request.states.iter().map(|state| state_of(*state)).collect(),
        verdicts: request.verdicts.iter().map(|verdict| shown::verdict_of(*verdict)).collect(),
        scenario: request.scenario.map(meant),
        month: None,
        from: request.from.as_deref().map(day).transpose()?,
        until: request.to.as_deref().map(day).transpose()?,
        due_before: request.overdue.then_some(today),
        by_name: request.by_name,
    };
    Ok((filter, after.transpose()?))
}

fn day(text: &str) -> Result<NaiveDate, Refusal> {
    parse_date(text).map_err(|error| Refusal {
        cause: Some(error.to_string()),
        ..refused(
            "DATE",
            ("日期写法不对，操作没有进行。", "That is no date; nothing was done."),
            ("请按 2026-11-23 的写法填写。", "Write a date as 2026-11-23."),
        )
    })
}

fn rate(rate: &park_rates::Rate) -> Rate {
    Rate {
        firms: rate.firms,
        met: rate.met,
        lapsed: rate.lapsed,
        unrecorded: rate.unrecorded,
        tenths: rate.tenths(),
        reference: rate.reference,
    }
}

/// The figures of a month.
pub(super) fn month(name: &str, figures: &case_month::Month) -> Month {
    Month {
        month: name.to_owned(),
        received: figures.received,
        verdicts: figures.verdicts,
        passed_tenths: figures.passed_tenths(),
        decided: figures.decided,
        average_tenths: figures.average_tenths,
        problems: figures
            .problems
            .iter()
            .map(|(code, count)| ProblemCount {
                code: code.as_str().to_owned(),
                title: sentence(&catalogue::title(*code)),
                count: *count,
            })
            .collect(),
        park: ParkRates {
            as_of: figures.park.as_of.to_string(),
            high_tech: rate(&figures.park.high_tech),
            financed: rate(&figures.park.financed),
            definition: sentence(&figures.park.definition()),
            source: sentence(&figures.park.source()),
        },
        definition: sentence(&figures.definition),
    }
}

/// A verdict that moved.
pub(super) fn notice(moved: MovedVerdict) -> Notice {
    Notice {
        id: moved.id,
        case_id: moved.case_id,
        number: moved.number,
        firm_name: moved.firm_name.unwrap_or_default(),
        from: shown::verdict(moved.from),
        to: shown::verdict(moved.to),
        told: sentence(&moved.told),
        at: rfc3339(moved.at),
        seen: moved.seen,
    }
}

const fn state(state: store::CaseState) -> CaseState {
    match state {
        store::CaseState::Received => CaseState::Received,
        store::CaseState::Accepted => CaseState::Accepted,
        store::CaseState::Supplement => CaseState::Supplement,
        store::CaseState::Decided => CaseState::Decided,
        store::CaseState::Closed => CaseState::Closed,
    }
}

const fn state_of(state: CaseState) -> store::CaseState {
    match state {
        CaseState::Received => store::CaseState::Received,
        CaseState::Accepted => store::CaseState::Accepted,
        CaseState::Supplement => store::CaseState::Supplement,
        CaseState::Decided => store::CaseState::Decided,
        CaseState::Closed => store::CaseState::Closed,
    }
}

/// What was decided.
pub(crate) const fn outcome(outcome: store::DecisionOutcome) -> DecisionOutcome {
    match outcome {
        store::DecisionOutcome::Accepted => DecisionOutcome::Accepted,
        store::DecisionOutcome::AcceptedWithConditions => DecisionOutcome::AcceptedWithConditions,
        store::DecisionOutcome::SupplementRequired => DecisionOutcome::SupplementRequired,
        store::DecisionOutcome::Rejected => DecisionOutcome::Rejected,
    }
}

/// The reverse of [`outcome`].
pub(super) const fn outcome_of(outcome: DecisionOutcome) -> store::DecisionOutcome {
    match outcome {
        DecisionOutcome::Accepted => store::DecisionOutcome::Accepted,
        DecisionOutcome::AcceptedWithConditions => store::DecisionOutcome::AcceptedWithConditions,
        DecisionOutcome::SupplementRequired => store::DecisionOutcome::SupplementRequired,
        DecisionOutcome::Rejected => store::DecisionOutcome::Rejected,
    }
}
