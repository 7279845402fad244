//! The other side of a firm's drill: the destination verifies what the firm signed, and decides as its report
//! suggests. Its key lies in the drill's folder and is worth nothing outside of it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{Days, NaiveDate};
use zizhi_model::{Limits, Uscc};
use zizhi_report::Reason;
use zizhi_store::{DecisionOutcome, Sent};

use super::{SAMPLES, fill::OPERATOR};
use crate::case_decide::word;
use crate::case_decision::{DecisionDraft, drafted};
use crate::decide::{Decision, Grounds, Wanted, decide};
use crate::demo::Part;
use crate::draft_body::read;
use crate::failure::Failure;
use crate::files;
use crate::firm::Firm;
use crate::output::Output;
use crate::read_keys::signing_key;
use crate::verify_file::{Settings, verify_file};

/// How long the destination of a drill waits for what it asks for.
const DAYS_TO_ADD: Days = Days::new(30);

/// One answer is made at a time: a page asks again while its first question is still answered, and two that lay
/// the same dossier down would read it half written.
static ANSWERING: Mutex<()> = Mutex::new(());

/// Lays the destination's key into a drill.
pub(super) fn prepare(folder: &Path, destination: &Part) -> Result<(), Failure> {
    files::write(&key_of(folder, &destination.uscc), destination.key.to_pkcs8_pem().as_bytes())
}

/// The decision that lies ready for a draft of the drill in `folder`, until the firm has taken it in. The
/// destination decides when it is first asked for. Nobody answers a dossier that goes to somebody else.
///
/// # Errors
/// `DRAFT-ABSENT`, `IO-READ`, `IO-WRITE`; those of [`decide`], and as every read of the database.
pub fn answer(folder: &Path, firm: &Firm<'_>, draft: &str) -> Result<Option<PathBuf>, Failure> {
    let Some(sent) = last_sent(firm, draft)? else { return Ok(None) };
    let key = key_of(folder, &sent.aud);
    if !key.is_file() || !firm.database.reader()?.decisions_of_dossier(&sent.dossier_id)?.is_empty() {
        return Ok(None);
    }
    let place = place(folder, &sent.dossier_id);
    let _alone = ANSWERING.lock().unwrap_or_else(PoisonError::into_inner);
    if !place.is_file() {
        answer_to(&received(folder, firm, &sent)?, &key, &place, firm, sent.aud)?;
    }
    Ok(Some(place))
}

/// Verifies a dossier as its destination and lays the decision at `place`.
fn answer_to(dossier: &Path, key: &Path, place: &Path, firm: &Firm<'_>, by: Uscc) -> Result<(), Failure> {
    let settings = Settings {
        library: firm.library,
        now: firm.host.now(),
        recipient: Some(by),
        identities: &[],
        limits: &Limits::default(),
        memory: None,
    };
    // `decide` verifies again, as it takes no report from anybody.
    let report = verify_file(dossier, &settings)?;
    let grounds = Grounds { file: dossier, library: firm.library, identities: &[] };
    let output = Output { path: place, force: true };
    let decision = decision(drafted(&report), by, firm.today());
    decide(&grounds, &decision, &signing_key(key, None)?, &output, None, firm.host).map(drop)
}

fn last_sent(firm: &Firm<'_>, draft: &str) -> Result<Option<Sent>, Failure> {
    Ok(read(&firm.database.reader()?, draft)?.sent.pop())
}

/// What the report suggests, by whoever sits at the destination's desk.
fn decision(draft: DecisionDraft, by: Uscc, today: NaiveDate) -> Decision<'static> {
    let explained = draft.suggested != DecisionOutcome::Accepted;
    let asks = matches!(
        draft.suggested,
        DecisionOutcome::SupplementRequired | DecisionOutcome::AcceptedWithConditions
    );
    let mut reasons = draft.reasons;
    // Conditions rest on what is warned of; what is against a dossier has reasons of its own.
    if draft.suggested == DecisionOutcome::AcceptedWithConditions || reasons.is_empty() {
        reasons.extend(draft.remarks);
    }
    let mut supplements = if asks { draft.supplements } else { Vec::new() };
    // What is open or soon over is no paper that is missing: the destination asks about it in words.
    if asks && supplements.is_empty() {
        let about = reasons.first().map_or("", |(_, text)| text.as_str());
        let text = format!("请说明或提供最新的材料：{about}");
        supplements.push(Wanted { item_id: Reason::OWN.to_owned(), text, due: None });
    }
    for wanted in &mut supplements {
        wanted.due = today.checked_add_days(DAYS_TO_ADD);
    }
    Decision {
        by,
        outcome: word(draft.suggested),
        reasons: reasons.into_iter().filter(|_| explained).map(|(code, text)| (code, Some(text))).collect(),
        supplements,
        operator: OPERATOR.to_owned(),
        reviewer: None,
        number: None,
        status: None,
        holder: None,
        despite_verdict: false,
    }
}

/// The dossier as the destination receives it.
fn received(folder: &Path, firm: &Firm<'_>, sent: &Sent) -> Result<PathBuf, Failure> {
    let path = folder.join(SAMPLES).join("sent").join(format!("{}.zzdossier", sent.dossier_id));
    let unwritable = |error| Failure::unwritable(&path, error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(unwritable)?;
    }
    let reader = firm.database.reader()?;
    let absent = || Failure::unreadable(&path, io::ErrorKind::NotFound.into());
    let mut original = reader.open_original(&sent.sha256)?.ok_or_else(absent)?;
    let mut file = File::create(&path).map_err(unwritable)?;
    io::copy(&mut original, &mut file).map_err(unwritable)?;
    Ok(path)
}

/// Where the destination's key is, if `destination` is played by the drill.
fn key_of(folder: &Path, destination: &Uscc) -> PathBuf {
    folder.join(format!("{destination}.pem"))
}

/// Where the answer to a dossier is laid.
fn place(folder: &Path, dossier_id: &str) -> PathBuf {
    folder.join(SAMPLES).join("decisions").join(format!("{dossier_id}.zzdecision"))
}
