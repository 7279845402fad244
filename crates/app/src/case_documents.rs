//! The documents of a case: 核验报告, 收件回执, 补正通知, 决定通知, and the report as JSON.
//!
//! What is printed is what was kept, and the same every time: whatever happens to the case later, a paper of what was
//! before says what it said. The report of a judgement is kept byte by byte; its digest is the one that the decision
//! names. Which papers there are, [`case_papers`](crate::case_papers) tells.

use chrono::{DateTime, Utc};
use zizhi_crypto::digest;
use zizhi_dossier::Digest;
use zizhi_model::{Region, Text, civil};
use zizhi_report::{
    Decision as PaperDecision, Details, Firm, Fonts, Lang, Notice, Reason, Receipt, Wanted, decision_notice,
    receipt, supplement_notice, verification_report,
};
use zizhi_store::{Case, Database, DecisionOutcome, Profile, Reader};
use zizhi_verify::Report;

use crate::SOFTWARE;
use crate::case_decision;
use crate::case_judge::grounds;
use crate::case_papers::{Ask, asks, chosen, decided, no_receipt, numbered, received_as};
use crate::case_steps::{Hands, find};
use crate::case_supplied::supplied;
use crate::case_versions::{Arrival, arrivals};
use crate::dossier_sm3::sm3_of_original;
use crate::failure::Failure;
use crate::output::Output;
use crate::plan_kinds::kind_name;
use crate::print_report::{WrittenFile, not_printed, write};
use crate::told_decision::{ToldDecision, outcome_name};

/// A document of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// 核验报告
    Report,
    /// 收件回执
    Receipt,
    /// 补正通知
    SupplementNotice,
    /// 决定通知
    DecisionNotice,
    /// The report as JSON.
    ReportJson,
    /// The decision as it was signed, the file for the firm.
    SignedDecision,
}

/// How a document is made.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// The case.
    pub case_id: &'a str,
    /// Which one of its kind, from 1; nothing for the newest.
    pub nth: Option<u32>,
    /// In which language.
    pub language: Lang,
    /// With which fonts.
    pub fonts: &'a Fonts,
    /// Whether it is made for practice.
    pub drill: bool,
}

/// Writes a document of a case.
///
/// # Errors
/// `CASE-ABSENT`; `CASE-NO-SUPPLEMENT`, `CASE-NO-DECISION` and `CASE-NO-FIRM` where there is nothing to
/// write yet, `CASE-VERSION` and `CASE-REPORT` where the case has no such version or report; `IO-EXISTS`, `IO-WRITE`,
/// and the codes of [`zizhi_report::ReportError`].
pub fn save_document(
    database: &Database,
    paper: &Paper<'_>,
    document: Document,
    output: &Output<'_>,
) -> Result<WrittenFile, Failure> {
    output.check()?;
    let bytes = render(&database.reader()?, paper, document)?;
    write(&bytes, output)
}

/// The bytes of a document.
pub(crate) fn render(reader: &Reader<'_>, paper: &Paper<'_>, document: Document) -> Result<Vec<u8>, Failure> {
    let case = find(reader, paper.case_id)?;
    let organisation = reader.profile()?.map(|Profile { name, .. }| name).unwrap_or_default();
    let arrivals = arrivals(reader, &case)?;
    let sources = Sources { reader, paper, case, organisation, arrivals };
    match document {
        Document::Report => sources.report(),
        Document::ReportJson => Ok(kept(reader, paper.case_id, paper.nth)?.json),
        Document::Receipt => sources.receipt(),
        Document::SupplementNotice => sources.supplement_notice(),
        Document::DecisionNotice => sources.decision_notice(),
        Document::SignedDecision => {
            let decisions = reader.decisions_of_case(paper.case_id)?;
            Ok(chosen(&decisions, paper.nth).ok_or_else(undecided)?.1.bytes.clone())
        }
    }
}

/// A report as it was kept.
pub(crate) struct Kept {
    /// Its place among those of the case, from 1.
    pub nth: u32,
    pub json: Vec<u8>,
    pub report: Report,
}

/// The report of a judgement, or else of the latest one.
pub(crate) fn kept(reader: &Reader<'_>, case_id: &str, nth: Option<u32>) -> Result<Kept, Failure> {
    let latest = || Ok::<_, Failure>(reader.latest_judgement(case_id)?.map(|latest| latest.seq));
    let nth = nth.map_or_else(latest, |nth| Ok(Some(nth)))?.ok_or_else(|| unreadable_report(None))?;
    let json = reader.report(case_id, nth)?.ok_or_else(|| unreadable_report(None))?;
    let report = serde_json::from_slice(&json).map_err(|error| unreadable_report(Some(error)))?;
    Ok(Kept { nth, json, report })
}

/// The report of the latest judgement, as it was kept.
pub(crate) fn latest_report(reader: &Reader<'_>, case_id: &str) -> Result<(Vec<u8>, Report), Failure> {
    kept(reader, case_id, None).map(|Kept { json, report, .. }| (json, report))
}

/// What the papers of a case are made from.
struct Sources<'a> {
    reader: &'a Reader<'a>,
    paper: &'a Paper<'a>,
    case: Case,
    organisation: String,
    arrivals: Vec<Arrival>,
}

impl Sources<'_> {
    fn receipt(&self) -> Result<Vec<u8>, Failure> {
        let Self { reader, paper, case, .. } = self;
        let (nth, came) = chosen(&self.arrivals, paper.nth).ok_or_else(|| no_receipt(case))?;
        let size =
            |sha256: &[u8; 32]| Ok::<_, Failure>(reader.original(sha256)?.map(|original| original.size));
        let sealed = match came.sealed {
            Some(sha256) => size(&sha256)?.map(|size| (size, sha256)),
            None => None,
        };
        let judged = kept(reader, &case.id, came.last).ok();
        let firm = judged.and_then(|kept| kept.report.dossier).map(|dossier| dossier.firm);
        let slip = Receipt {
            number: received_as(case, nth, came),
            received_at: came.received,
            firm: firm.map(|firm| Firm { name: firm.name, uscc: firm.uscc }),
            file: came.file_name.clone(),
            size: size(&came.original)?.unwrap_or(0),
            sha256: came.original,
            sealed,
            operator: Some(came.operator.clone()),
            software: SOFTWARE.to_owned(),
            drill: paper.drill,
            organisation: self.organisation.clone(),
        };
        receipt(&slip, paper.language, paper.fonts).map_err(not_printed)
    }

    fn report(&self) -> Result<Vec<u8>, Failure> {
        let Self { reader, paper, case, .. } = self;
        // Once a case is decided it is judged no more: the report with the decision on it is one further paper, and
        // those of before stay what they were.
        let latest = kept(reader, &case.id, None)?;
        let last = with_decision(latest.nth);
        let sha256 = digest::hex(&digest::sha256(&latest.json));
        let decision = case_decision::of(reader, &case.id)?
            .filter(|made| made.report_sha256 == sha256 && paper.nth.is_none_or(|nth| nth == last));
        let (nth, kept) = match (&decision, paper.nth) {
            (Some(_), _) => (last, latest),
            (None, None) => (latest.nth, latest),
            (None, Some(nth)) => (nth, kept(reader, &case.id, Some(nth))?),
        };
        let (_, came) = self.judged(kept.nth)?;
        let (operator, reviewer) = match &decision {
            Some(decision) => (decision.operator.clone(), decision.reviewer.clone()),
            None => (came.operator.clone(), None),
        };
        let details = Details {
            number: numbered(case, "核", nth),
            purpose: case.scenario.map(|scenario| scenario.zh().to_owned()),
            received_on: Some(civil::date_in_shanghai(came.received)),
            operator: Some(operator),
            reviewer,
            dated: None,
            drill: paper.drill,
            decision: decision.map(|made| on_paper(&made, case, &kept.report, paper.language)),
            dossier_sm3: sm3_of_original(reader, &came.original)?,
            grounds: grounds(reader, &kept.report)?,
            supplied: supplied(reader, case, &self.arrivals, &kept, paper.language)?,
            organisation: self.organisation.clone(),
        };
        verification_report(&kept.report, &details, paper.language, paper.fonts).map_err(not_printed)
    }

    fn supplement_notice(&self) -> Result<Vec<u8>, Failure> {
        let paper = self.paper;
        let asks = asks(self.reader, &self.case)?;
        let (nth, Ask { at, hands, wanted, judgement }) =
            chosen(&asks, paper.nth).ok_or_else(nothing_asked)?;
        let kept = kept(self.reader, &self.case.id, *judgement)?;
        let made = PaperDecision {
            outcome: outcome_name(DecisionOutcome::SupplementRequired),
            number: None,
            decided_on: civil::date_in_shanghai(*at),
            reasons: reasons(&kept.report, wanted),
            supplements: titled(wanted, &kept.report, paper.language),
        };
        let number = numbered(&self.case, "补", nth);
        let notice = self.notice(number, &kept, kept.nth, hands.clone(), made, *at)?;
        supplement_notice(&notice, paper.language, paper.fonts).map_err(not_printed)
    }

    fn decision_notice(&self) -> Result<Vec<u8>, Failure> {
        let paper = self.paper;
        let decision = case_decision::of(self.reader, &self.case.id)?.ok_or_else(undecided)?;
        let at = decided(self.reader, &self.case.id)?;
        let (nth, at) = chosen(at.as_slice(), paper.nth).ok_or_else(undecided)?;
        let kept = kept(self.reader, &self.case.id, None)?;
        let made = on_paper(&decision, &self.case, &kept.report, paper.language);
        let hands = Hands { operator: decision.operator, reviewer: decision.reviewer };
        // Whoever files the notice files with it the report that says the decision.
        let report = with_decision(kept.nth);
        let notice = self.notice(numbered(&self.case, "决", nth), &kept, report, hands, made, *at)?;
        decision_notice(&notice, paper.language, paper.fonts).map_err(not_printed)
    }

    fn notice(
        &self,
        number: String,
        kept: &Kept,
        report: u32,
        hands: Hands,
        decision: PaperDecision,
        made_at: DateTime<Utc>,
    ) -> Result<Notice, Failure> {
        let dossier = kept.report.dossier.as_ref().ok_or_else(no_firm)?;
        let (nth, came) = self.judged(kept.nth)?;
        Ok(Notice {
            number,
            received_as: received_as(&self.case, nth, came),
            firm: Firm { name: dossier.firm.name.clone(), uscc: dossier.firm.uscc.clone() },
            received_on: Some(civil::date_in_shanghai(came.received)),
            dossier_id: dossier.id.clone(),
            dossier_sha256: Digest::parse(&kept.report.file.sha256).map_or(came.original, |digest| digest.0),
            report_sha256: digest::sha256(&kept.json),
            report_number: Some(numbered(&self.case, "核", report)),
            operator: Some(hands.operator),
            reviewer: hands.reviewer,
            decision,
            made_at,
            software: SOFTWARE.to_owned(),
            drill: self.paper.drill,
            organisation: self.organisation.clone(),
        })
    }

    /// The version that a judgement is of, with its place.
    fn judged(&self, judgement: u32) -> Result<(u32, &Arrival), Failure> {
        let mut all = (1..).zip(&self.arrivals);
        let found = all.find(|(_, came)| came.last.is_none_or(|last| judgement <= last));
        found.ok_or_else(|| unreadable_report(None))
    }
}

/// The place of the report with the decision on it: the one after that of the last judgement.
const fn with_decision(last: u32) -> u32 {
    last + 1
}

/// The decision as documents show it.
fn on_paper(decision: &ToldDecision, case: &Case, report: &Report, lang: Lang) -> PaperDecision {
    PaperDecision {
        outcome: outcome_name(decision.outcome),
        number: Some(numbered(case, "决", 1)),
        decided_on: decision.decided_on,
        reasons: decision
            .reasons
            .iter()
            .map(|(code, text)| Reason { code: code.clone(), text: text.clone() })
            .collect(),
        supplements: titled(&decision.supplements, report, lang),
    }
}

/// Reasons for asking for more: what the report found of the items that are asked for, and of what answers them.
fn reasons(report: &Report, wanted: &[crate::decide::Wanted]) -> Vec<Reason> {
    let items: Vec<_> = report
        .items
        .iter()
        .filter(|item| wanted.iter().any(|wanted| wanted.item_id == item.item_id))
        .collect();
    let concerns = |subject: &str| {
        items.iter().any(|item| item.item_id == subject || item.by.iter().any(|by| by == subject))
    };
    let found = case_decision::reasons_of(report, |check| concerns(&check.subject));
    found.into_iter().map(|(code, text)| Reason { code, text }).collect()
}

/// Supplements with the items' titles.
pub(crate) fn titled(wanted: &[crate::decide::Wanted], report: &Report, lang: Lang) -> Vec<Wanted> {
    let title = |id: &str| {
        let item = report.items.iter().find(|item| item.item_id == id).map(|item| item.title.clone());
        let title = item.unwrap_or_else(|| match id {
            Reason::OWN => Text::fixed("补充说明", "explanation"),
            kind => kind_name(kind, None),
        });
        match lang {
            Lang::Zh => title.zh.into_owned(),
            Lang::En => title.en().to_owned(),
        }
    };
    let lines = wanted.iter().map(|wanted| Wanted {
        item: title(&wanted.item_id),
        item_id: wanted.item_id.clone(),
        text: wanted.text.clone(),
        due: wanted.due,
    });
    lines.collect()
}

/// From where to where, in words.
#[must_use]
pub fn route(case: &Case) -> String {
    let label = |region: Option<&Region>| region.map(|region| region.label().into_owned());
    match (label(case.origin.as_ref()), label(case.destination.as_ref())) {
        (Some(from), Some(to)) => format!("{from} → {to}"),
        (Some(place), None) | (None, Some(place)) => place,
        (None, None) => String::new(),
    }
}

pub(crate) fn unreadable_report(source: Option<serde_json::Error>) -> Failure {
    let failure = Failure::input(
        "CASE-REPORT",
        Text::fixed(
            "这个办件保存的核验报告读不出来，操作没有进行。",
            "the report that is kept with this case cannot be read; nothing was done",
        ),
        Text::fixed(
            "请对办件重新核验；仍不行时请从备份恢复。",
            "judge the case again; if that does not help, restore a backup",
        ),
    );
    match source {
        Some(source) => failure.because(source),
        None => failure,
    }
}

fn nothing_asked() -> Failure {
    Failure::input(
        "CASE-NO-SUPPLEMENT",
        Text::fixed(
            "这个办件没有要求过补正，没有通知可写。",
            "nothing was asked for in this case, so there is no notice",
        ),
        Text::fixed("请先要求补正。", "ask for what has to be added first"),
    )
}

fn undecided() -> Failure {
    Failure::input(
        "CASE-NO-DECISION",
        Text::fixed("这个办件还没有决定，没有通知可写。", "this case is not decided, so there is no notice"),
        Text::fixed("请先作出决定。", "decide it first"),
    )
}

fn no_firm() -> Failure {
    Failure::input(
        "CASE-NO-FIRM",
        Text::fixed(
            "档案的清单不成立，不知道通知该发给谁，没有写入。",
            "the dossier's manifest does not hold, so nobody knows whom a notice would be for; nothing was written",
        ),
        Text::fixed("请联系送件的企业重新提交。", "ask whoever sent it to submit it again"),
    )
}
