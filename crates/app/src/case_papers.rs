//! 文书: which papers a case has by now, and the number of each.
//!
//! What was handed out can be printed again as it was, and no two papers have one number. A receipt is of a version of
//! the dossier, a report of a judgement or of the decision on the last one, a notice to supplement of the step that
//! asked. The first of a kind has the number of the case, the next one a 2 behind it: 补〔2026〕0017, 补〔2026〕0017-2.
//! A notice names the receipt of the version that it is about and the report that it rests on, that of a decision the
//! report with the decision on it: each can be printed under that number.

use chrono::{DateTime, Utc};
use serde_json::Value;
use zizhi_model::Text;
use zizhi_store::{Case, CaseEvent, Reader};

use crate::case_documents::Document;
use crate::case_steps::{Hands, SUPPLEMENT};
use crate::case_versions::{Arrival, arrivals};
use crate::decide::Wanted;
use crate::failure::{Failure, told};
use crate::told_decision;

/// A document that a case has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePaper {
    /// What it is.
    pub document: Document,
    /// Its place among those of its kind, from 1.
    pub nth: u32,
    /// Its number; that of a file is the number of the paper that says the same.
    pub number: String,
    /// When it came to be.
    pub at: DateTime<Utc>,
}

/// 补正: what was asked for, when, by whom, and on which judgement.
pub(crate) struct Ask {
    pub at: DateTime<Utc>,
    pub hands: Hands,
    pub wanted: Vec<Wanted>,
    /// The judgement that was the latest then.
    pub judgement: Option<u32>,
}

/// The documents of a case: kind by kind, of each the newest first.
pub(crate) fn papers(reader: &Reader<'_>, case: &Case) -> Result<Vec<CasePaper>, Failure> {
    let judgements = reader.judgements(&case.id)?;
    let decided = decided(reader, &case.id)?;
    let list = |document, times: Vec<DateTime<Utc>>| {
        let papers = (1..).zip(times).map(move |(nth, at)| CasePaper {
            document,
            nth,
            number: numbered(case, book(document), nth),
            at,
        });
        papers.collect::<Vec<_>>().into_iter().rev()
    };
    let judged: Vec<_> = judgements.iter().map(|row| row.judged_at).collect();
    let receipts = (1..).zip(arrivals(reader, case)?).map(|(nth, came)| CasePaper {
        document: Document::Receipt,
        nth,
        number: received_as(case, nth, &came),
        at: came.received,
    });
    let receipts: Vec<_> = receipts.collect();
    let asked = asks(reader, case)?.iter().map(|ask| ask.at).collect();
    let decided: Vec<_> = decided.into_iter().collect();
    let reports = judged.iter().chain(&decided).copied().collect();
    let papers = list(Document::Report, reports)
        .chain(receipts.into_iter().rev())
        .chain(list(Document::SupplementNotice, asked))
        .chain(list(Document::DecisionNotice, decided.clone()))
        .chain(list(Document::SignedDecision, decided))
        .chain(list(Document::ReportJson, judged).take(1));
    Ok(papers.collect())
}

/// The book in which a document has its number.
const fn book(document: Document) -> &'static str {
    match document {
        Document::Report | Document::ReportJson => "核",
        Document::Receipt => "收",
        Document::SupplementNotice => "补",
        Document::DecisionNotice | Document::SignedDecision => "决",
    }
}

/// The number of the nth paper of a case in a book: 收〔2026〕0017 as 核〔2026〕0017, then 核〔2026〕0017-2.
pub(crate) fn numbered(case: &Case, book: &str, nth: u32) -> String {
    let first = case.number.strip_prefix('收');
    let first = first.map_or_else(|| format!("{book} {}", case.number), |rest| format!("{book}{rest}"));
    if nth == 1 { first } else { format!("{first}-{nth}") }
}

/// The number under which a dossier was taken in: its own, where it was a case of its own first.
pub(crate) fn received_as(case: &Case, nth: u32, came: &Arrival) -> String {
    came.number.clone().unwrap_or_else(|| numbered(case, "收", nth))
}

/// Which of several is meant, from 1, or else the last one, with its place.
pub(crate) fn chosen<T>(all: &[T], nth: Option<u32>) -> Option<(u32, &T)> {
    let nth = nth.or_else(|| u32::try_from(all.len()).ok())?;
    let at = usize::try_from(nth).ok()?.checked_sub(1)?;
    Some((nth, all.get(at)?))
}

/// What was asked for in a case, in order.
pub(crate) fn asks(reader: &Reader<'_>, case: &Case) -> Result<Vec<Ask>, Failure> {
    let judgements = reader.judgements(&case.id)?;
    let ask = |CaseEvent { at, actor, details, .. }: CaseEvent| {
        let lines = details.get("supplements").and_then(Value::as_array).into_iter().flatten();
        let noted = details.get("judgement").and_then(Value::as_u64);
        // An earlier program noted neither the judgement nor the reviewer.
        let latest = || judgements.iter().rfind(|row| row.judged_at <= at).map(|row| row.seq);
        Ask {
            wanted: lines.filter_map(told_decision::wanted).collect(),
            judgement: noted.and_then(|seq| u32::try_from(seq).ok()).or_else(latest),
            hands: Hands {
                operator: actor,
                reviewer: match details.get("reviewer") {
                    Some(noted) => noted.as_str().map(str::to_owned),
                    None => case.reviewer.clone(),
                },
            },
            at,
        }
    };
    let events = reader.case_events(&case.id)?.into_iter();
    Ok(events.filter(|event| event.kind == SUPPLEMENT).map(ask).collect())
}

/// When a case was decided.
pub(crate) fn decided(reader: &Reader<'_>, case_id: &str) -> Result<Option<DateTime<Utc>>, Failure> {
    let events = reader.case_events(case_id)?;
    Ok(events.into_iter().rfind(|event| event.kind == "decided").map(|event| event.at))
}

/// The case has no such receipt.
pub(crate) fn no_receipt(case: &Case) -> Failure {
    Failure::input(
        "CASE-VERSION",
        told(
            format!("办件 {} 没有这一版档案，没有写入收件回执。", case.number),
            format!("case {} has no such version; no receipt was written", case.number),
        ),
        Text::fixed("请刷新办件后再试。", "refresh the case and try again"),
    )
}
