//! What the decision page begins with, taken from the report, and the decision that was made.

use std::borrow::Cow;

use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, Outcome, RecognitionMode, Verdict};
use zizhi_report::{Lang, paper_name};
use zizhi_store::{Database, DecisionOutcome, Reader};
use zizhi_verify::Report;
use zizhi_verify::report::{CredentialReport, ItemReport, ItemState, Supplement};

use crate::case_documents::{Kept, kept};
use crate::case_steps::find;
use crate::decide::Wanted;
use crate::failure::Failure;
use crate::report_words::of_papers;
use crate::told_decision::ToldDecision;

/// What the decision page begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionDraft {
    /// The outcome that the verdict suggests. A person decides.
    pub suggested: DecisionOutcome,
    /// What the report holds against the dossier, code and words, the weightiest first: what failed, what is open, and
    /// what a required item lacks.
    pub reasons: Vec<(String, String)>,
    /// What else it warns of. It is no reason against the dossier, and may be one for a condition.
    pub remarks: Vec<(String, String)>,
    /// Supplements from the report.
    pub supplements: Vec<Wanted>,
}

/// Drafts a decision on the latest report of a case, and says which judgement that is of.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-REPORT`; as every read of the database.
pub fn decision_draft(database: &Database, case_id: &str) -> Result<(u32, DecisionDraft), Failure> {
    let reader = database.reader()?;
    let case = find(&reader, case_id)?;
    let Kept { nth, report, .. } = kept(&reader, &case.id, None)?;
    Ok((nth, drafted(&report)))
}

/// What a report suggests to decide.
pub(crate) fn drafted(report: &Report) -> DecisionDraft {
    let lacking = |subject: &str| {
        let wanting = |item: &&ItemReport| item.required && item.state != ItemState::Met;
        report.items.iter().filter(wanting).any(|item| item.item_id == subject)
    };
    let objects = |check: &Check| check.outcome >= Outcome::Pending || lacking(&check.subject);
    DecisionDraft {
        suggested: suggested(report),
        reasons: reasons_of(report, objects),
        remarks: reasons_of(report, |check| !objects(check)),
        supplements: supplements(report),
    }
}

/// The decision on a case, if there is one.
///
/// # Errors
/// As every read of the database.
pub(crate) fn of(reader: &Reader<'_>, case_id: &str) -> Result<Option<ToldDecision>, Failure> {
    Ok(reader.decisions_of_case(case_id)?.last().and_then(ToldDecision::of_row))
}

/// What the verdict suggests. A condition is something to add: where nothing is, what the verdict is a warning about
/// stays a remark of the acceptance. Where something is only missing, the firm can add it; what is open can be
/// settled by the firm's or the issuer's answer; everything else that failed is no question of paper.
fn suggested(report: &Report) -> DecisionOutcome {
    match report.verdict {
        Verdict::Passed => DecisionOutcome::Accepted,
        Verdict::PassedWithConditions if supplements(report).is_empty() => DecisionOutcome::Accepted,
        Verdict::PassedWithConditions => DecisionOutcome::AcceptedWithConditions,
        Verdict::Pending => DecisionOutcome::SupplementRequired,
        Verdict::Failed => {
            let mut failures = decisive(report).peekable();
            let missing =
                failures.peek().is_some() && failures.all(|check| check.code == CheckCode::ChkMissing);
            if missing { DecisionOutcome::SupplementRequired } else { DecisionOutcome::Rejected }
        }
    }
}

/// The failures that decide: those on the whole, on required items, and on what answers these.
fn decisive(report: &Report) -> impl Iterator<Item = &Check> {
    let required = || report.items.iter().filter(|item| item.required);
    let rests = move |path: &str| required().any(|item| item.by.iter().any(|by| by == path));
    let on_credentials = report.credentials.iter().flat_map(move |credential| {
        let rests = rests(&credential.path);
        credential.checks.iter().filter(move |check| rests || check.code.shows_tampering())
    });
    let all = report.checks.iter().chain(required().flat_map(|item| &item.checks)).chain(on_credentials);
    all.filter(|check| check.outcome == Outcome::Fail)
}

/// What was found by some of the checks, in the report's words, each with the papers it was found of: the firm reads
/// nothing else.
pub(crate) fn reasons_of(report: &Report, wanted: impl Fn(&Check) -> bool) -> Vec<(String, String)> {
    struct Found<'r> {
        check: &'r Check,
        text: String,
        papers: Vec<String>,
    }
    let mut found: Vec<Found<'_>> = Vec::new();
    for check in report.findings().filter(|check| wanted(check)) {
        let text = check.text().zh.into_owned();
        let paper = paper_name(report, &check.subject, Lang::Zh);
        match found.iter_mut().find(|known| known.check.code == check.code && known.text == text) {
            Some(known) => known.papers.extend(paper.filter(|paper| !known.papers.contains(paper))),
            None => found.push(Found { check, text, papers: paper.into_iter().collect() }),
        }
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.check.urgency()));
    let said = |Found { check, text, papers }: Found<'_>| {
        (check.code.as_str().to_owned(), of_papers(&papers, &text, Lang::Zh))
    };
    found.into_iter().map(said).collect()
}

/// What the firm would have to add: required items that nothing answers, or not well enough, what rules ask for
/// beside a paper, and what rests on a paper that they do not take as it is.
fn supplements(report: &Report) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut add = |item_id: &str, text: String| {
        let line = Wanted { item_id: item_id.to_owned(), text, due: None };
        if !wanted.contains(&line) {
            wanted.push(line);
        }
    };
    for item in report.items.iter().filter(|item| item.required) {
        match item.state {
            ItemState::Missing => add(&item.item_id, format!("请提供：{}", item.title.zh)),
            ItemState::Insufficient => {
                let why = item.checks.iter().find(|check| check.outcome >= Outcome::Warning);
                let why = why.map_or(Cow::Borrowed("交来的不能采用"), |check| check.text().zh);
                add(&item.item_id, format!("请补齐{}：{why}", item.title.zh));
            }
            // Only what the firm did not tell is for the firm to bring; a list that is too old is not, and what a rule looks
            // for in a file is for the clerk to look at.
            ItemState::Open => {
                let by_credential = |credential: &&CredentialReport| item.by.contains(&credential.path);
                let of_credentials =
                    report.credentials.iter().filter(by_credential).flat_map(|it| &it.checks);
                let of_facts = item.checks.iter().filter(|check| is_open_for_facts(check));
                let mut checks = of_credentials.chain(of_facts);
                if let Some(untold) = checks.find(|check| check.code == CheckCode::RuleOpen) {
                    add(&item.item_id, format!("请补齐{}：{}", item.title.zh, untold.text().zh));
                }
            }
            ItemState::Met => {}
        }
    }
    for credential in &report.credentials {
        let answered = report.items.iter().find(|item| item.by.contains(&credential.path));
        for Supplement { kind, title } in &credential.supplements {
            let item_id = answered.map_or(kind.as_str(), |item| item.item_id.as_str());
            add(item_id, format!("请提供：{}", title.zh));
        }
        if let Some((item, ask)) = required_of(report, &credential.path).zip(ask_beyond(credential)) {
            // A type that only the trust data describes has no name here but its id; the item has one.
            let paper = zizhi_verify::type_name(&credential.credential_type);
            add(&item.item_id, format!("{}：{ask}", paper.as_ref().unwrap_or(&item.title).zh));
        }
    }
    wanted
}

/// Whether a rule is open for what a firm states of itself.
fn is_open_for_facts(check: &Check) -> bool {
    check.facts.iter().any(|(name, fact)| {
        let missing = if let Fact::List(missing) = fact { missing.as_slice() } else { &[] };
        *name == "missing" && missing.iter().any(|path| path.starts_with("dossier.facts."))
    })
}

/// The required item that a paper answers well enough.
fn required_of<'r>(report: &'r Report, path: &str) -> Option<&'r ItemReport> {
    let answers = |item: &&ItemReport| item.required && item.by.iter().any(|by| by == path);
    report.items.iter().find(answers).filter(|item| item.state != ItemState::Insufficient)
}

/// What to ask of the firm for a paper that a rule does not take as it is (formats.md §4 `mode`). Where no rule tells of
/// it, the checklist that asks for it takes it as what it is: there is nothing else to bring.
fn ask_beyond(credential: &CredentialReport) -> Option<&'static str> {
    match credential.mode {
        RecognitionMode::Direct | RecognitionMode::Equivalent | RecognitionMode::Supplement => None,
        RecognitionMode::Recertify => Some("请在迁入地重新认定"),
        RecognitionMode::Reference => credential.rule_id.as_ref().map(|_| "按互认规则只作参考，请另行证明"),
        RecognitionMode::None => Some("按互认规则不予互认，请另行证明"),
    }
}
