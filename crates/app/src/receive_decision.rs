//! The firm takes a decision in: whether it was signed by the destination, which dossier it is about, and
//! what it says. The dossier then knows that it was decided, and a request for supplements opens the draft
//! again.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use zizhi_dossier::Digest;
use zizhi_model::{Check, CheckCode, Limits, OrgId, Outcome, Text};
use zizhi_store::{Decision as Row, DecisionOutcome, Direction, Reader, Sent, SentState};

use crate::draft_body::{KIND, Stage, read, readable};
use crate::failure::{Failure, told};
use crate::file_kind::{FileKind, kind_of};
use crate::files;
use crate::firm::Firm;
use crate::read_decision::{advice, altered, damage, other_type, read_known};
use crate::told_decision::ToldDecision;

/// The media type of a decision (docs/formats.md).
const MEDIA: &str = "application/dc+sd-jwt";

/// A decision that was taken in.
#[derive(Debug)]
pub struct Received {
    /// The draft that it is about; nothing if it answers none of ours.
    pub draft: Option<String>,
    /// What it says.
    pub decision: ToldDecision,
    /// Who decided: name, or code where the register has none.
    pub by: String,
    /// Every check on it.
    pub checks: Vec<Check>,
}

/// Takes a decision in. One that came before is only shown again. Of several on one dossier all are kept; the one that
/// was signed last stands, in whatever order they came.
///
/// # Errors
/// `IO-READ`, `DECISION-TYPE`, `FMT-DECISION`, `SUBJ-USCC` if it is about another firm, `DECISION-OTHER` if
/// somebody else than the dossier's destination decided, `DECISION-DOSSIER` if the dossier that was decided
/// is not the one that was signed here; the code of a signature that does not hold.
pub fn receive(firm: &Firm<'_>, path: &Path) -> Result<Received, Failure> {
    let owner = firm.owner()?;
    let kind = kind_of(path)?;
    match kind {
        FileKind::Decision | FileKind::Unread | FileKind::Credential => {}
        other => return Err(other.instead_of(FileKind::Decision, path)),
    }
    let read_in = read_known(path, None, None, firm.library, firm.host).map_err(look_elsewhere)?;
    if kind == FileKind::Credential && !altered(path, &read_in.checks) {
        return Err(look_elsewhere(other_type(path)));
    }
    if let Some(check) = read_in.checks.iter().find(|check| refuses(check)) {
        return Err(refused(check));
    }
    let payload = &read_in.payload;
    let decision = ToldDecision::of_payload(payload).ok_or_else(|| malformed(path))?;
    let org = |name: &str| OrgId::parse(payload.get(name).and_then(Value::as_str).unwrap_or_default()).ok();
    let (issuer, subject) = org("iss").zip(org("sub")).ok_or_else(|| malformed(path))?;
    if *subject.uscc() != owner.uscc {
        return Err(other_firm());
    }
    let by = read_in.by_name.clone().unwrap_or_else(|| issuer.uscc().to_string());
    let reader = firm.database.reader()?;
    let Some(sent) = reader.sent(&decision.dossier_id)? else {
        return Ok(Received { draft: None, decision, by, checks: read_in.checks });
    };
    let about = payload.get("dossier_sha256").and_then(Value::as_str).and_then(Digest::parse);
    if about != Some(Digest(sent.sha256)) {
        return Err(other_dossier());
    }
    if sent.aud != *issuer.uscc() {
        return Err(other_decider());
    }
    let bytes = files::read(path, Limits::default().credential_bytes)?;
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    let known = reader.decisions_of_dossier(&sent.dossier_id)?;
    drop(reader);
    if known.iter().all(|known| known.bytes != text.as_bytes()) {
        let stands =
            known.iter().filter_map(ToldDecision::of_row).all(|known| known.signed_at <= decision.signed_at);
        keep(firm, &sent, &decision, text, stands)?;
    }
    Ok(Received { draft: sent.draft, decision, by, checks: read_in.checks })
}

/// Keeps a decision, which changes how things are only where it `stands`.
fn keep(
    firm: &Firm<'_>,
    sent: &Sent,
    decision: &ToldDecision,
    text: String,
    stands: bool,
) -> Result<(), Failure> {
    let id = firm.new_id();
    let summary = serde_json::json!({ "dossier": sent.dossier_id, "outcome": decision.outcome.as_str() });
    let entry = firm.entry("decision.received")?.with(summary);
    let entry = match &sent.draft {
        Some(draft) => entry.about(KIND, draft),
        None => entry.about("dossier", &sent.dossier_id),
    };
    let state = match decision.outcome {
        DecisionOutcome::SupplementRequired => SentState::Supplement,
        _ => SentState::Decided,
    };
    let writer = firm.database.writer()?;
    let original = writer.add_original(&mut text.as_bytes(), MEDIA, firm.host.now())?;
    writer.add_decision(&Row {
        id,
        direction: Direction::Received,
        case_id: None,
        dossier_id: sent.dossier_id.clone(),
        outcome: decision.outcome,
        decided_on: decision.decided_on,
        bytes: text.into_bytes(),
    })?;
    if !stands {
        writer.commit(&entry)?;
        return Ok(());
    }
    writer.set_sent_state(&sent.dossier_id, state, Some(&original.sha256))?;
    if let (SentState::Supplement, Some(draft)) = (state, &sent.draft) {
        // A request is answered once: what is added goes out on the firm's own account, or in answer to a
        // new request.
        let mut kept = read(&writer, draft)?;
        (kept.body.request, kept.body.before) = (None, None);
        crate::draft_body::save(&writer, kept, firm.host)?;
    }
    // What was to answer the request once more is too late: it goes out on the firm's own account.
    for mut kept in readable(&writer)? {
        if kept.stage == Stage::Draft && kept.body.before.as_ref() == Some(&sent.dossier_id) {
            (kept.body.request, kept.body.before, kept.body.lapsed) = (None, None, true);
            crate::draft_body::save(&writer, kept, firm.host)?;
        }
    }
    writer.commit(&entry)?;
    Ok(())
}

/// The decisions on a dossier in the order in which they were signed: the last one stands.
pub(crate) fn decisions_on(reader: &Reader<'_>, dossier_id: &str) -> Result<Vec<ToldDecision>, Failure> {
    let rows = reader.decisions_of_dossier(dossier_id)?;
    let mut told: Vec<ToldDecision> = rows.iter().filter_map(ToldDecision::of_row).collect();
    told.sort_by_key(|decision| decision.signed_at);
    Ok(told)
}

/// The decisions on every dossier that was signed from a draft, by the dossier's id, as [`decisions_on`] has them.
pub(crate) fn decisions(reader: &Reader<'_>) -> Result<BTreeMap<String, Vec<ToldDecision>>, Failure> {
    let mut all = BTreeMap::<String, Vec<ToldDecision>>::new();
    for decision in reader.decisions_on_drafts()?.iter().filter_map(ToldDecision::of_row) {
        all.entry(decision.dossier_id.clone()).or_default().push(decision);
    }
    all.values_mut().for_each(|told| told.sort_by_key(|decision| decision.signed_at));
    Ok(all)
}

/// Where a credential that is no decision belongs.
fn look_elsewhere(failure: Failure) -> Failure {
    if failure.code != "DECISION-TYPE" {
        return failure;
    }
    let advice = Text::fixed(
        "资质凭证请在“资质凭证”中导入；决定请选 .zzdecision 文件。",
        "import qualifications among the held credentials; a decision is a .zzdecision",
    );
    Failure { advice, ..failure }
}

/// Whether a check keeps a decision out. That its day is over does not: it was made all the same.
fn refuses(check: &Check) -> bool {
    check.outcome == Outcome::Fail && check.code != CheckCode::DateExpired
}

fn refused(check: &Check) -> Failure {
    let fact = match damage(check) {
        Some(damage) => {
            told(format!("{}，没有收下。", damage.zh), format!("{}; it was not taken in", damage.en()))
        }
        None => {
            let text = check.text();
            told(
                format!("{}决定没有收下。", text.zh),
                format!("{} The decision was not taken in.", text.en()),
            )
        }
    };
    Failure::input(check.code.as_str(), fact, advice(check))
}

fn malformed(path: &Path) -> Failure {
    Failure::refused(
        "FMT-DECISION",
        format!("{} 不是可用的互认决定，没有收下。", path.display()),
        format!("{} is not a decision that can be used; it was not taken in", path.display()),
        "请确认选对了文件（.zzdecision）；文件损坏时请接收方重新发送。",
        "check that this is the right file (.zzdecision); if it is damaged, ask the destination to send it again",
    )
}

fn other_firm() -> Failure {
    Failure::input(
        "SUBJ-USCC",
        Text::fixed(
            "这份决定是给另一家企业的，没有收下。",
            "this decision is about another firm; it was not taken in",
        ),
        Text::fixed("请向接收方索取给本企业的决定。", "ask the destination for the one about this firm"),
    )
}

fn other_dossier() -> Failure {
    Failure::input(
        "DECISION-DOSSIER",
        Text::fixed(
            "决定写明的档案编号是本企业的，但文件摘要不符：对方核验的不是这里签署的那份档案。没有收下。",
            "the decision names a dossier of this firm, but with another digest: what was verified is not what was signed here; it was not taken in",
        ),
        Text::fixed(
            "请重新导出已签署的档案交给对方，并请其重新核验。",
            "write the signed dossier out again and have it verified anew",
        ),
    )
}

fn other_decider() -> Failure {
    Failure::input(
        "DECISION-OTHER",
        Text::fixed(
            "作出决定的不是这份档案的接收方，没有收下。",
            "somebody else than the dossier's destination decided; it was not taken in",
        ),
        Text::fixed(
            "请核对是谁发来的决定；以接收方签署的决定为准。",
            "check who sent it; what counts is what the destination signed",
        ),
    )
}
