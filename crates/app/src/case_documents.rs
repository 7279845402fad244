//! The documents of a case: 核验报告, 收件回执, 补正通知, 决定通知, and the report as JSON.
//!
//! What is printed is what was kept. The report of a case is the one of its latest judgement, byte by byte;
//! its digest is the one that the decision names.

use serde_json::Value;
use zizhi_dossier::Digest;
use zizhi_model::{Region, Text, civil};
use zizhi_report::{
    Decision as PaperDecision, Details, Firm, Fonts, Lang, Notice, Reason, Receipt, Wanted, decision_notice,
    receipt, supplement_notice, verification_report,
};
use zizhi_store::{Case, Database, DecisionOutcome, Profile, Reader};
use zizhi_verify::Report;

use crate::case_decision::{self, CaseDecision};
use crate::case_steps::find;
use crate::case_versions;
use crate::dossier_sm3::sm3_of_original;
use crate::failure::Failure;
use crate::output::Output;
use crate::plan_kinds::kind_name;
use crate::print_report::{WrittenFile, not_printed, write};
use crate::{Host, SOFTWARE};

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
/// write yet; `IO-EXISTS`, `IO-WRITE`, and the codes of [`zizhi_report::ReportError`].
pub fn save_document(
    database: &Database,
    paper: &Paper<'_>,
    document: Document,
    output: &Output<'_>,
    host: &dyn Host,
) -> Result<WrittenFile, Failure> {
    output.check()?;
    let bytes = render(&database.reader()?, paper, document, host)?;
    write(&bytes, output)
}

/// The bytes of a document.
pub(crate) fn render(
    reader: &Reader<'_>,
    paper: &Paper<'_>,
    document: Document,
    host: &dyn Host,
) -> Result<Vec<u8>, Failure> {
    let case = find(reader, paper.case_id)?;
    // Paper is about the newest version: it says when that one came.
    let received = case_versions::newest_received(reader, &case)?;
    let case = Case { received, ..case };
    let profile = reader.profile()?;
    let organisation = profile.map(|Profile { name, .. }| name).unwrap_or_default();
    if document == Document::Receipt {
        return receipt_of(reader, &case, organisation, paper);
    }
    if document == Document::SignedDecision {
        let signed = reader.decisions_of_case(&case.id)?.pop().ok_or_else(undecided)?;
        return Ok(signed.bytes);
    }
    let (json, report) = latest_report(reader, &case.id)?;
    let decision = case_decision::of(reader, &case.id)?;
    match document {
        Document::ReportJson => Ok(json),
        Document::SupplementNotice => {
            let wanted = asked(reader, &case.id)?.ok_or_else(nothing_asked)?;
            let today = civil::date_in_shanghai(host.now());
            let made = PaperDecision {
                outcome: outcome_name(DecisionOutcome::SupplementRequired),
                number: None,
                decided_on: today,
                reasons: reasons(&report, &wanted),
                supplements: titled(&wanted, &report, paper.language),
            };
            let notice = notice(&case, &report, &json, "补", organisation, made, paper, host)?;
            supplement_notice(&notice, paper.language, paper.fonts).map_err(not_printed)
        }
        Document::DecisionNotice => {
            let decision = decision.ok_or_else(undecided)?;
            let made = on_paper(&decision, &case, &report, paper.language);
            let notice = notice(&case, &report, &json, "决", organisation, made, paper, host)?;
            decision_notice(&notice, paper.language, paper.fonts).map_err(not_printed)
        }
        Document::Report | Document::Receipt | Document::SignedDecision => {
            let details = Details {
                number: numbered(&case, "核"),
                organisation,
                purpose: case.scenario.map(|scenario| scenario.zh().to_owned()),
                received_on: Some(civil::date_in_shanghai(case.received)),
                operator: case.operator.clone(),
                reviewer: case.reviewer.clone(),
                dated: None,
                drill: paper.drill,
                decision: decision.map(|decision| on_paper(&decision, &case, &report, paper.language)),
                dossier_sm3: sm3_of_original(reader, &case.original)?,
            };
            verification_report(&report, &details, paper.language, paper.fonts).map_err(not_printed)
        }
    }
}

/// The report of the latest judgement, as it was kept.
pub(crate) fn latest_report(reader: &Reader<'_>, case_id: &str) -> Result<(Vec<u8>, Report), Failure> {
    let latest = reader.latest_judgement(case_id)?;
    let json = match latest {
        Some(latest) => reader.report(case_id, latest.seq)?,
        None => None,
    };
    let json = json.ok_or_else(|| unreadable_report(None))?;
    let report = serde_json::from_slice(&json).map_err(|error| unreadable_report(Some(error)))?;
    Ok((json, report))
}

/// The case's number in another book: 收〔2026〕0017 as 核〔2026〕0017.
pub(crate) fn numbered(case: &Case, book: &str) -> String {
    case.number
        .strip_prefix('收')
        .map_or_else(|| format!("{book} {}", case.number), |rest| format!("{book}{rest}"))
}

/// What an outcome is called.
#[must_use]
pub const fn outcome_name(outcome: DecisionOutcome) -> Text {
    match outcome {
        DecisionOutcome::Accepted => Text::fixed("认可", "accepted"),
        DecisionOutcome::AcceptedWithConditions => Text::fixed("有条件认可", "accepted with conditions"),
        DecisionOutcome::SupplementRequired => Text::fixed("需补充材料", "supplements required"),
        DecisionOutcome::Rejected => Text::fixed("不予认可", "not accepted"),
    }
}

fn receipt_of(
    reader: &Reader<'_>,
    case: &Case,
    organisation: String,
    paper: &Paper<'_>,
) -> Result<Vec<u8>, Failure> {
    let original = reader.original(&case.original)?;
    let events = reader.case_events(&case.id)?;
    let sealed = events.iter().rev().find_map(|event| event.details.get("sealed")).and_then(Value::as_str);
    let sealed =
        sealed.and_then(Digest::parse).map(|digest| reader.original(&digest.0)).transpose()?.flatten();
    let uscc = case.firm_uscc.as_ref().map(|uscc| uscc.as_str().to_owned());
    let slip = Receipt {
        number: case.number.clone(),
        organisation,
        received_at: case.received,
        firm: case.firm_name.clone().zip(uscc).map(|(name, uscc)| Firm { name, uscc }),
        file: case.file_name.clone(),
        size: original.map_or(0, |original| original.size),
        sha256: case.original,
        sealed: sealed.map(|sealed| (sealed.size, sealed.sha256)),
        operator: case.operator.clone(),
        software: SOFTWARE.to_owned(),
        drill: paper.drill,
    };
    receipt(&slip, paper.language, paper.fonts).map_err(not_printed)
}

#[expect(clippy::too_many_arguments, reason = "a letter has as many things to say")]
fn notice(
    case: &Case,
    report: &Report,
    json: &[u8],
    book: &str,
    organisation: String,
    decision: PaperDecision,
    paper: &Paper<'_>,
    host: &dyn Host,
) -> Result<Notice, Failure> {
    let dossier = report.dossier.as_ref().ok_or_else(no_firm)?;
    Ok(Notice {
        number: numbered(case, book),
        organisation,
        firm: Firm { name: dossier.firm.name.clone(), uscc: dossier.firm.uscc.clone() },
        received_on: Some(civil::date_in_shanghai(case.received)),
        dossier_id: dossier.id.clone(),
        dossier_sha256: Digest::parse(&report.file.sha256).map_or(case.original, |digest| digest.0),
        report_sha256: zizhi_crypto::digest::sha256(json),
        report_number: Some(numbered(case, "核")),
        operator: case.operator.clone(),
        reviewer: case.reviewer.clone(),
        decision,
        made_at: host.now(),
        software: SOFTWARE.to_owned(),
        drill: paper.drill,
    })
}

/// The decision as documents show it.
fn on_paper(decision: &CaseDecision, case: &Case, report: &Report, lang: Lang) -> PaperDecision {
    PaperDecision {
        outcome: outcome_name(decision.outcome),
        number: Some(numbered(case, "决")),
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

/// What was asked for last, if the case still stands where it was asked or was decided since.
pub(crate) fn asked(
    reader: &Reader<'_>,
    case_id: &str,
) -> Result<Option<Vec<crate::decide::Wanted>>, Failure> {
    let events = reader.case_events(case_id)?;
    let last = events.into_iter().rev().find(|event| event.kind == "supplement");
    Ok(last.map(|event| {
        let lines = event.details.get("supplements").and_then(Value::as_array).cloned().unwrap_or_default();
        lines.iter().filter_map(case_decision::wanted).collect()
    }))
}

/// Supplements with the items' titles.
fn titled(wanted: &[crate::decide::Wanted], report: &Report, lang: Lang) -> Vec<Wanted> {
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
