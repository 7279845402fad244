//! 决定: signs what the destination decides on a case, keeps it, and writes it for the firm.

use chrono::{DateTime, Utc};
use serde_json::json;
use zizhi_crypto::{b64, digest};
use zizhi_dossier::{Manifest, ids};
use zizhi_model::{Limits, OrgId, Text, Uscc, Verdict, civil};
use zizhi_store::{
    Case, CaseState, Database, Decision as Row, DecisionOutcome, Direction, Entry, Judgement, Reader, Writer,
};
use zizhi_trust::KeyUse;
use zizhi_verify::Library;

use crate::case_documents::latest_report;
use crate::case_papers::numbered;
use crate::case_steps::{Hands, Step, accepts, find, take};
use crate::decide::{self, Judged, Unsaid, Wanted, may_decide, region_of, sign_decision};
use crate::failure::{Failure, told};
use crate::issue_credential::StatusPlace;
use crate::output::Output;
use crate::own_status_lists::take_places;
use crate::receive_dossier::{nobody, recipient};
use crate::rejudge::judge_once;
use crate::settings::habits;
use crate::verify_view::manifest_of;
use crate::{Host, vault};

/// The media type of a decision.
const DECISION: &str = "application/dc+sd-jwt";

/// A decision to sign.
#[derive(Clone, Copy)]
pub struct Deciding<'a> {
    /// The case.
    pub case_id: &'a str,
    /// The judgement that was seen; nothing where the latest one is meant, whichever it is.
    pub judgement: Option<u32>,
    /// What is decided.
    pub outcome: DecisionOutcome,
    /// Why: code and words.
    pub reasons: &'a [(String, String)],
    /// What has to be added.
    pub supplements: &'a [Wanted],
    /// Who decides.
    pub hands: &'a Hands,
    /// Whether a case that nobody took up yet is taken up by this, where the decision needs it.
    pub take_up: bool,
    /// Opens the signing key.
    pub passphrase: &'a str,
    /// Where the `.zzdecision` goes.
    pub output: Output<'a>,
    /// The trust data.
    pub library: &'a Library,
}

/// Signs a decision on the report that the clerk has seen. Before it does, the case is judged once more
/// with the data and at the time of now: a verdict that moved since is kept as such, and nothing is signed.
///
/// # Errors
/// `CASE-ABSENT`, `CASE-STEP`, `CASE-OPERATOR`, `CASE-FOUR-EYES`, `CASE-MOVED`; `DECIDE-UNREADABLE`,
/// `DECIDE-VERDICT`, `DECIDE-REASON`, `DECIDE-SUPPLEMENT`, `DECIDE-DUE`; `KEY-PASSPHRASE` and the others of
/// [`vault::signing_key`]; `DECIDE-KEY` if by the register the key may not sign; `IO-EXISTS`, `IO-WRITE`. Nothing
/// is signed then.
pub fn decide_case(
    database: &Database,
    deciding: &Deciding<'_>,
    host: &dyn Host,
) -> Result<decide::Decided, Failure> {
    let Deciding { case_id, outcome, hands, output, library, .. } = *deciding;
    output.check()?;
    let by = recipient(database)?;
    let (original, seen) = {
        let reader = database.reader()?;
        let case = find(&reader, case_id)?;
        Step::Decide(outcome).from(taken_up(deciding, case.state))?;
        two_people(&reader, hands)?;
        (case.original, latest(&reader, case_id)?)
    };
    if deciding.judgement.is_some_and(|judgement| judgement != seen.seq) {
        return Err(meanwhile());
    }
    allowed(deciding, seen.verdict, host.now())?;
    if judge_once(database, library, case_id, host)?.moved {
        return Err(moved());
    }
    let key = vault::signing_key(database, database.folder(), deciding.passphrase, KeyUse::Decision)?;

    let writer = database.writer()?;
    let now = host.now();
    // A supplement or a judgement may have come while the key was opened: what was not seen is not signed.
    let case = find(&writer, case_id)?;
    if case.original != original || latest(&writer, case_id)?.seq != seen.seq {
        return Err(meanwhile());
    }
    let judged = judged(&writer, &case, &by, library)?;
    let decision = decide::Decision {
        by,
        outcome: word(outcome),
        reasons: deciding.reasons.iter().map(|(code, text)| (code.clone(), some(text))).collect(),
        supplements: deciding.supplements.to_vec(),
        operator: hands.operator.clone(),
        reviewer: hands.reviewer.clone(),
        number: Some(numbered(&case, "决", 1)),
        status: Some(place(&writer, &by, host)?),
        holder: None,
        despite_verdict: false,
    };
    let decided = sign_decision(&judged, &decision, &key, library, host)?;
    may_decide(&decided, by)?;
    let file = output.filled(decided.text.as_bytes())?;
    if taken_up(deciding, case.state) != case.state {
        take(&writer, case, Step::Accept, hands, None, json!({}), host)?;
    }
    keep(&writer, find(&writer, case_id)?, &decision, &decided, outcome, hands, host)?;
    let entry = Entry::new(now, &hands.operator, "case.decided").about("case", case_id);
    writer.commit(
        &entry.with(json!({ "outcome": outcome.as_str(), "report_sha256": decided.report_sha256 })),
    )?;
    output.put(file)?;
    Ok(decided)
}

/// The state in which a case is decided: taken up, where that is asked for and the decision needs it.
fn taken_up(deciding: &Deciding<'_>, state: CaseState) -> CaseState {
    let needs = deciding.take_up && Step::Decide(deciding.outcome).from(state).is_err();
    if needs && state == CaseState::Received { CaseState::Accepted } else { state }
}

/// Adds the decision to the case, its timeline, the decisions and the originals.
fn keep(
    writer: &Writer<'_>,
    mut case: Case,
    decision: &decide::Decision<'_>,
    decided: &decide::Decided,
    outcome: DecisionOutcome,
    hands: &Hands,
    host: &dyn Host,
) -> Result<(), Failure> {
    let now = host.now();
    let bytes = decided.text.as_bytes();
    let original = writer.add_original(&mut &*bytes, DECISION, now)?;
    let case_id = case.id.clone();
    case.outcome = Some(outcome);
    // What a decision asks for is waited for, until it comes or the case is put away.
    case.due = decision.supplements.iter().filter_map(|wanted| wanted.due).min();
    let details = json!({
        "outcome": outcome.as_str(),
        "number": decision.number,
        "sha256": digest::hex(&original.sha256),
    });
    take(writer, case, Step::Decide(outcome), hands, None, details, host)?;
    // What becomes known later touches what was accepted; otherwise it is for the next dossier.
    if !accepts(outcome) {
        writer.remove_judgement_inputs(&case_id)?;
    }
    writer.add_decision(&Row {
        id: ids::uuid_v7(now, host.random().as_mut()),
        direction: Direction::Issued,
        case_id: Some(case_id.clone()),
        dossier_id: decided.dossier_id.clone(),
        outcome,
        decided_on: civil::date_in_shanghai(now),
        bytes: bytes.to_vec(),
    })?;
    Ok(())
}

/// What is decided on: the report of the latest judgement and the firm's manifest.
fn judged(reader: &Reader<'_>, case: &Case, by: &Uscc, library: &Library) -> Result<Judged, Failure> {
    let (json, report) = latest_report(reader, &case.id)?;
    let manifest = manifest(reader, case)?.ok_or_else(unreadable)?;
    Ok(Judged {
        verdict: report.verdict,
        dossier_sha256: b64::encode(&case.original),
        dossier_id: manifest.jti,
        firm: OrgId::from(manifest.firm.uscc),
        firm_name: manifest.firm.name,
        region: region_of(library, by, manifest.destination_region.as_str()),
        holder: manifest.key,
        report: json,
    })
}

fn manifest(reader: &Reader<'_>, case: &Case) -> Result<Option<Manifest>, Failure> {
    let limits = Limits::default();
    let Some(original) = reader.open_original(&case.original)? else { return Ok(None) };
    let opened = zizhi_dossier::open(original, &limits)
        .map_err(|error| Failure::unreadable(case.file_name.as_ref(), error))?;
    Ok(manifest_of(&opened, &limits))
}

/// A place in the organisation's own status list. Without one the signed statement would end after a day
/// (formats.md §1), and a firm reads a decision for longer.
fn place(writer: &Writer<'_>, own: &Uscc, host: &dyn Host) -> Result<StatusPlace, Failure> {
    let (uri, idx) = take_places(writer, own, 1, host)?;
    Ok(StatusPlace { uri, idx })
}

fn latest(reader: &Reader<'_>, case_id: &str) -> Result<Judgement, Failure> {
    reader.latest_judgement(case_id)?.ok_or_else(unreadable)
}

fn two_people(reader: &Reader<'_>, hands: &Hands) -> Result<(), Failure> {
    let operator = hands.operator.trim();
    if operator.is_empty() {
        return Err(nobody());
    }
    let reviewer = hands.reviewer.as_deref().map(str::trim).filter(|name| !name.is_empty());
    match reviewer {
        Some(reviewer) if reviewer == operator => Err(four_eyes()),
        None if habits(reader)?.four_eyes => Err(four_eyes()),
        _ => Ok(()),
    }
}

/// Refuses what nobody should sign without meaning to, in the words of the window.
fn allowed(deciding: &Deciding<'_>, verdict: Verdict, now: DateTime<Utc>) -> Result<(), Failure> {
    let outcome = deciding.outcome;
    if accepts(outcome) && verdict == Verdict::Failed {
        return Err(Failure::input(
            "DECIDE-VERDICT",
            Text::fixed(
                "核验结论为不通过，没有签署认可的决定。",
                "verification failed, so no decision that accepts was signed",
            ),
            Text::fixed(
                "请要求补正，或作出不予认可的决定；确要认可的，把档案文件交给命令行的 zizhi decide 并写明理由（--despite-verdict，--key）。",
                "ask for what has to be added, or decide that it is not recognised; to accept nevertheless, give the file of the dossier to zizhi decide and say why (--despite-verdict, --key)",
            ),
        ));
    }
    let explained = !deciding.reasons.is_empty();
    let unsaid = Unsaid::of(word(outcome), explained, deciding.supplements, civil::date_in_shanghai(now));
    unsaid.map_or(Ok(()), |unsaid| Err(unsaid.refused(on_the_page(unsaid))))
}

/// How to say what is missing, on the page of the window.
fn on_the_page(unsaid: Unsaid) -> Text {
    match unsaid {
        Unsaid::Reason => Text::fixed(
            "请从核验报告中选取理由，或自行填写。",
            "take reasons from the report, or write your own",
        ),
        Unsaid::Supplement => Text::fixed(
            "请逐项写明要补充的材料和期限。",
            "say item by item what has to be added, and until when",
        ),
        Unsaid::Condition => Text::fixed(
            "请逐项写明条件（要补充的材料或要做到的事）和期限；没有条件的，请改选“认可”。",
            "say item by item what has to be added or met, and until when; without conditions, choose to recognise it",
        ),
        Unsaid::Due | Unsaid::Passed(_) => Text::fixed(
            "请给每一项选一个今天或以后的期限。",
            "choose a day for every item that is today or later",
        ),
    }
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(crate) const fn word(outcome: DecisionOutcome) -> decide::DecisionOutcome {
    match outcome {
        DecisionOutcome::Accepted => decide::DecisionOutcome::Accepted,
        DecisionOutcome::AcceptedWithConditions => decide::DecisionOutcome::AcceptedWithConditions,
        DecisionOutcome::SupplementRequired => decide::DecisionOutcome::SupplementRequired,
        DecisionOutcome::Rejected => decide::DecisionOutcome::Rejected,
    }
}

impl From<decide::DecisionOutcome> for DecisionOutcome {
    fn from(outcome: decide::DecisionOutcome) -> Self {
        match outcome {
            decide::DecisionOutcome::Accepted => Self::Accepted,
            decide::DecisionOutcome::AcceptedWithConditions => Self::AcceptedWithConditions,
            decide::DecisionOutcome::SupplementRequired => Self::SupplementRequired,
            decide::DecisionOutcome::Rejected => Self::Rejected,
        }
    }
}

fn four_eyes() -> Failure {
    Failure::input(
        "CASE-FOUR-EYES",
        Text::fixed(
            "决定需要经办、复核两人，没有签署。",
            "a decision needs two people, one who prepares and one who reviews; nothing was signed",
        ),
        Text::fixed(
            "请由经办人以外的一人复核并填写姓名。",
            "have somebody else review it and fill in the name",
        ),
    )
}

fn moved() -> Failure {
    Failure::input(
        "CASE-MOVED",
        told(
            "按现在的数据重新核验，结论已经变化，没有签署。".to_owned(),
            "judged again with the data at hand, the verdict has changed; nothing was signed".to_owned(),
        ),
        Text::fixed("请查看新的核验结论，再作决定。", "look at the new verdict, then decide"),
    )
}

/// Another report is the latest than the one that was seen.
fn meanwhile() -> Failure {
    Failure::input(
        "CASE-MOVED",
        Text::fixed(
            "这个办件刚才又核验过，或收到了补正材料，现有的核验报告不是您看过的那一份，没有签署。",
            "this case was judged again or got a supplement meanwhile, so that its report is not the one you saw; nothing was signed",
        ),
        Text::fixed("请查看新的核验报告，再作决定。", "look at the new report, then decide"),
    )
}

fn unreadable() -> Failure {
    Failure::input(
        "DECIDE-UNREADABLE",
        Text::fixed(
            "档案的清单不成立，不知道决定该发给谁，没有签署。",
            "the dossier's manifest does not hold, so nobody knows whom a decision would be for; nothing was signed",
        ),
        Text::fixed(
            "请联系送件的企业重新提交，写明原因后归档。",
            "ask whoever sent it to submit it again, and put this away with the reason",
        ),
    )
}
