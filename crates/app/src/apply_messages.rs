//! Opens messages that came, and takes in what they bring through the same use cases as a file by hand.
//!
//! Nothing is dropped: what cannot be taken in is parked with the reason, and what cannot be checked yet
//! waits as it came. The message stays here in its own bytes either way.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use zizhi_crypto::sealed::SealedError;
use zizhi_model::{Limits, OrgId, Text, Uscc};
use zizhi_store::{Database, InboxState, Incoming};
use zizhi_sync::OBJECT_BYTES;
use zizhi_sync::envelope::{self, EnvelopeError, Kind};
use zizhi_verify::Library;

use crate::failure::{Failure, told};
use crate::firm::{Firm, no_profile};
use crate::hub_join::entry;
use crate::receive_dossier::{self, Receiving};
use crate::stop::Stop;
use crate::trust_data::{TrustData, kept_or_nothing};
use crate::voucher::settle;
use crate::{
    Host, causes, devices, files, hold_import, message_words, parked_by_trust, peer_devices,
    receive_decision, rejudge, requests_stored, settings, take_status_list,
};

/// Who takes in what comes by itself, where nobody is named at this desk.
const NOBODY: &str = "自动收件";
/// The code of what waits for its sender's device list.
const WAITS: &str = "MESSAGE-SENDER";
/// What waits: for that, for an inbox key of this organisation, or until another program is done with the trust data.
const WAITING: [&str; 4] = [WAITS, devices::LIST_DUE, devices::INBOX_MISSING, "DATA-BUSY"];
/// What a status list becomes.
const LIST: &str = "status_list";
/// How far into a body its kind has to show, in bytes.
const START: u64 = 4 * 1024;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What became of a message that came.
#[derive(Debug)]
pub struct Applied {
    /// The message id.
    pub id: String,
    /// From whom.
    pub sender: Uscc,
    /// What it brought, once it was opened.
    pub kind: Option<Kind>,
    /// What it became: the kind of thing and its id; or why it was not taken in.
    pub outcome: Result<(String, String), Failure>,
}

/// What taking messages in needs.
#[derive(Clone, Copy)]
pub(crate) struct Taking<'a> {
    /// The open database.
    pub(crate) database: &'a Database,
    /// The trust data at hand.
    pub(crate) library: &'a Library,
    /// Where it is kept: a status list that came is kept with it.
    pub(crate) trust: &'a TrustData,
    /// The secrets that open what is sealed to this organisation.
    pub(crate) identities: &'a [String],
    /// Time and randomness.
    pub(crate) host: &'a dyn Host,
    /// Ends it before its time; what was not taken in stays as it is.
    pub(crate) stop: &'a Stop,
    /// Whether the hub has just shown this organisation's own device list.
    pub(crate) looked: bool,
}

/// What a message became here: the kind of thing, and its id.
type Became = (&'static str, String);

/// Takes in up to `most` messages with which nothing was done yet, the oldest first, and before them those that were
/// parked for a reason that the trust data at hand may have taken away. One that has to wait for its sender's device
/// list, or for a key of this organisation, is left as it is and is not in the result; nor is one that stays parked.
///
/// # Errors
/// As every write to the database. What was taken in before stays.
pub(crate) fn apply_stored(taking: &Taking<'_>, most: usize) -> Result<Vec<Applied>, Failure> {
    let database = taking.database;
    // Whoever looks while another takes in would see the same messages as new, and take them in twice.
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let own = OrgId::from(database.reader()?.profile()?.ok_or_else(no_profile)?.uscc);
    let mut applied = Vec::new();
    let taken = apply_each(taking, &own, most, &mut applied);
    // What came before something went wrong is judged by all the same.
    judge_by_lists(taking, &applied)?;
    taken.map(|()| applied)
}

fn apply_each(
    taking: &Taking<'_>,
    own: &OrgId,
    most: usize,
    applied: &mut Vec<Applied>,
) -> Result<(), Failure> {
    let database = taking.database;
    let (again, new) = {
        let reader = database.reader()?;
        (parked_by_trust::due(&reader, taking.library)?, reader.stored_incoming(most)?)
    };
    let mut all_tried = true;
    for row in again.into_iter().chain(new) {
        if taking.stop.is_asked() {
            return Ok(());
        }
        let folder =
            tempfile::tempdir().map_err(|error| Failure::unwritable(&std::env::temp_dir(), error))?;
        let mut kind = None;
        let outcome = apply(taking, own, &row, folder.path(), &mut kind);
        match &outcome {
            Err(failure) if is_of_machine(failure.code) => {
                outcome?;
            }
            // It was told when it was parked, and stays so: nothing new is known of it.
            Err(failure) if row.code.as_deref() == Some(failure.code) && row.state == InboxState::Parked => {}
            Err(failure) if row.state == InboxState::Parked && WAITING.contains(&failure.code) => {
                all_tried = false;
            }
            Err(failure) if WAITING.contains(&failure.code) => waits(database, &row, failure, taking.host)?,
            _ => {
                let outcome = note(database, &row, kind, outcome, folder.path(), taking.host)?;
                applied.push(Applied { id: row.id, sender: row.sender, kind, outcome });
            }
        }
    }
    if all_tried {
        parked_by_trust::tried(database, taking.library, taking.host)?;
    }
    Ok(())
}

/// Judges again what status lists touch that came just now: all of them once.
fn judge_by_lists(taking: &Taking<'_>, applied: &[Applied]) -> Result<(), Failure> {
    let Taking { database, library, trust, host, stop, .. } = *taking;
    let came = applied.iter().any(|it| it.outcome.as_ref().is_ok_and(|(became, _)| became == LIST));
    if came {
        let fresh = Library::new(kept_or_nothing(Some(trust.folder()), host.now())?.0);
        rejudge::until_stopped(database, &fresh, Some(library.trust()), host, stop)?;
    }
    Ok(())
}

/// Notes why the messages of a sender wait: what the hub shows of it is no device list that can stand.
pub(crate) fn waits_for(
    database: &Database,
    sender: &Uscc,
    failure: &Failure,
    host: &dyn Host,
) -> Result<(), Failure> {
    let stored = database.reader()?.stored_incoming(usize::MAX)?;
    let known = |row: &&Incoming| row.code.as_deref() != Some(failure.code);
    for row in stored.iter().filter(|row| row.sender == *sender).filter(known) {
        note_wait(database, row, failure, host)?;
    }
    Ok(())
}

/// Notes once why a message waits. A reason that was noted before says more than that its sender is not known.
fn waits(database: &Database, row: &Incoming, failure: &Failure, host: &dyn Host) -> Result<(), Failure> {
    match row.code.as_deref() {
        Some(_) if failure.code == WAITS => Ok(()),
        Some(known) if known == failure.code => Ok(()),
        _ => note_wait(database, row, failure, host),
    }
}

fn note_wait(database: &Database, row: &Incoming, failure: &Failure, host: &dyn Host) -> Result<(), Failure> {
    let told = Some(message_words::of_failure(failure, ""));
    let entry = entry(database, "mail.waits", host)?.about("message", &row.id);
    let writer = database.writer()?;
    writer.update_incoming(&Incoming { code: Some(failure.code.to_owned()), told, ..row.clone() })?;
    if failure.code == devices::LIST_DUE {
        devices::look_again(&writer)?;
    }
    writer.commit(&entry)?;
    Ok(())
}

/// Whether the machine is in trouble and not the message: then nothing more is taken in for now. Everything
/// else parks the one message, so that it cannot keep others back.
pub(crate) fn is_of_machine(code: &str) -> bool {
    const MACHINE: [&str; 6] = ["DB-FULL", "DB-READ-ONLY", "DB-FILE", "DB-DAMAGED", "DB-ENGINE", "IO-WRITE"];
    MACHINE.contains(&code)
}

fn note(
    database: &Database,
    row: &Incoming,
    kind: Option<Kind>,
    outcome: Result<Became, Failure>,
    folder: &Path,
    host: &dyn Host,
) -> Result<Result<(String, String), Failure>, Failure> {
    let mut row = Incoming { kind: kind.map(|kind| kind.as_str().to_owned()), ..row.clone() };
    let (action, outcome) = match outcome {
        Ok((about_kind, about_id)) => {
            row.state = InboxState::Applied;
            (row.code, row.told) = (None, None);
            row.about_kind = Some(about_kind.to_owned());
            row.about_id = Some(about_id.clone());
            ("mail.applied", Ok((about_kind.to_owned(), about_id)))
        }
        Err(failure) => {
            row.state = InboxState::Parked;
            row.code = Some(failure.code.to_owned());
            row.told = Some(message_words::of_failure(&failure, &folder.display().to_string()));
            ("mail.parked", Err(failure))
        }
    };
    let entry = entry(database, action, host)?.about("message", &row.id);
    let writer = database.writer()?;
    writer.update_incoming(&row)?;
    writer.commit(&entry.with(serde_json::json!({ "kind": row.kind, "code": row.code })))?;
    Ok(outcome)
}

/// Opens one message, verifies it, and hands what it brings to the use case for it.
fn apply(
    taking: &Taking<'_>,
    own: &OrgId,
    row: &Incoming,
    folder: &Path,
    kind: &mut Option<Kind>,
) -> Result<Became, Failure> {
    let unwritable = |error| Failure::unwritable(folder, error);
    let limits = Limits::default();
    let body = folder.join("body");
    let file = File::options().read(true).write(true).create_new(true).open(&body).map_err(unwritable)?;
    let opened = {
        let reader = taking.database.reader()?;
        let original = reader.open_original(&row.message)?.ok_or_else(gone)?;
        let unverified = match envelope::open(taking.identities, original, file, &limits) {
            Err(error @ EnvelopeError::Sealed(SealedError::OtherRecipient)) => {
                let later = devices::may_open_later(&reader, taking.looked)?;
                return Err(later.unwrap_or_else(|| unopened(&error)));
            }
            opened => opened.map_err(|error| unopened(&error))?,
        };
        let said = unverified.peek();
        // The hub says from whom it came; nobody else's message goes under that name.
        if said.jti.to_string() != row.id || *said.iss.uscc() != row.sender {
            return Err(other_envelope());
        }
        let sender = said.iss;
        let kid = unverified.kid().unwrap_or_default();
        let key = peer_devices::key_of(&reader, &sender, &kid)?.ok_or_else(|| unknown_sender(row))?;
        unverified.verify(&key, own).map_err(|error| forged(&error))?
    };
    let found = opened.envelope().kind;
    *kind = Some(found);
    let mut file = opened.into_body();
    file.sync_all().and_then(|()| file.rewind()).map_err(unwritable)?;
    let mut start = Vec::new();
    file.take(START).read_to_end(&mut start).map_err(unwritable)?;
    if !found.fits(&start) {
        return Err(other_kind());
    }
    let named = folder.join(format!("{}{}", row.id, extension(found, &start)));
    std::fs::rename(&body, &named).map_err(unwritable)?;
    hand_over(taking, found, &named, &OrgId::from(row.sender))
}

fn hand_over(taking: &Taking<'_>, kind: Kind, path: &Path, sender: &OrgId) -> Result<Became, Failure> {
    let Taking { database, library, trust, identities, host, .. } = *taking;
    let firm = Firm { database, library, host };
    let about = match kind {
        Kind::Dossier => {
            let named = settings::actor(&database.reader()?)?;
            let operator = if named.trim().is_empty() { NOBODY } else { &named };
            let receiving = Receiving { path, operator, identities, library };
            ("case", receive_dossier::receive_dossier(database, &receiving, host)?.case_id)
        }
        Kind::Decision => {
            let id = receive_decision::receive(&firm, path)?.decision.dossier_id;
            // By hand it is shown and no more; nobody looks at what comes by itself.
            if database.reader()?.sent(&id)?.is_none() {
                return Err(unknown_dossier());
            }
            ("decision", id)
        }
        Kind::Request => ("request", requests_stored::import(&firm, path)?.known.request.jti),
        Kind::Credential => {
            let mut taken = hold_import::import(&firm, &[path.to_owned()])?;
            match (taken.imported.pop(), taken.refused.pop()) {
                (Some(held), _) => ("credential", held.row.id),
                // It came before, by file or in a round that was cut short.
                (None, Some(refused)) if refused.failure.code == "HOLD-TWICE" => {
                    ("credential", String::new())
                }
                (None, Some(refused)) => return Err(refused.failure),
                (None, None) => return Err(other_kind()),
            }
        }
        Kind::Receipt | Kind::Notice => {
            let text = files::read_text(path, OBJECT_BYTES as u64)?;
            let settlement = match kind {
                Kind::Receipt => settle::received(database, text.trim(), sender, host)?,
                _ => settle::noticed(database, text.trim(), sender, host)?,
            };
            ("settlement", settlement)
        }
        Kind::StatusList => {
            let text = files::read_text(path, take_status_list::BYTES)?;
            (LIST, take_status_list::take(text.trim(), trust, host)?)
        }
    };
    Ok(about)
}

const fn extension(kind: Kind, start: &[u8]) -> &'static str {
    match kind {
        Kind::Dossier if matches!(start, [b'P', ..]) => ".zzdossier",
        Kind::Dossier => ".zzdossier.age",
        Kind::Decision => ".zzdecision",
        Kind::Request => ".zzrequest",
        Kind::Credential => ".zzcred",
        _ => ".txt",
    }
}

fn unopened(error: &EnvelopeError) -> Failure {
    let why = causes::envelope(error);
    Failure::input(
        "MESSAGE-SEALED",
        told(
            format!("收到的消息打不开，没有收下：{}。", why.zh),
            format!("a message that came cannot be opened and was not taken in: {}", why.en()),
        ),
        Text::fixed(
            "请对方同步后重新发送；原消息保留在本机。",
            "ask the sender to synchronise and send it again; the message is kept here",
        ),
    )
}

fn forged(error: &EnvelopeError) -> Failure {
    let why = causes::envelope(error);
    Failure::input(
        "MESSAGE-SIGNATURE",
        told(
            format!("收到的消息不是由所称单位的设备签署给本单位的，没有收下：{}。", why.zh),
            format!(
                "a message that came was not signed to this organisation by a device of its sender; it was not taken in: {}",
                why.en()
            ),
        ),
        Text::fixed(
            "请用电话等其他方式向对方核实，并保留这条消息。",
            "ask the sender by telephone, and keep the message",
        ),
    )
}

fn other_envelope() -> Failure {
    Failure::input(
        "MESSAGE-ENVELOPE",
        Text::fixed(
            "消息内写明的编号或发件单位与信封上的不同，没有收下。",
            "the message names another id or sender inside than outside; it was not taken in",
        ),
        Text::fixed(
            "请通知枢纽运维人员，并用电话等其他方式向对方核实。",
            "tell the hub's operator, and ask the sender by telephone",
        ),
    )
}

fn other_kind() -> Failure {
    Failure::input(
        "MESSAGE-KIND",
        Text::fixed(
            "消息里的文件与其声明的种类不同，没有收下。",
            "the file in the message is of another kind than it says; it was not taken in",
        ),
        Text::fixed("请对方重新发送。", "ask the sender to send it again"),
    )
}

fn unknown_dossier() -> Failure {
    Failure::input(
        "MESSAGE-DOSSIER",
        Text::fixed(
            "收到的决定针对一份这里没有发出记录的档案，没有收下。",
            "a decision came about a dossier that is not known to have been sent from here; it was not taken in",
        ),
        Text::fixed(
            "请核对是否由另一台电脑发出；用 zizhi decision show 可以阅读这份决定。",
            "see whether another computer sent it; zizhi decision show reads the decision",
        ),
    )
}

fn unknown_sender(row: &Incoming) -> Failure {
    Failure::input(
        WAITS,
        told(
            format!("还没有 {} 的设备清单，无法核实它的消息，消息暂存。", row.sender),
            format!(
                "the device list of {} is not here yet, so that its message cannot be verified; it waits",
                row.sender
            ),
        ),
        Text::fixed("请在联网时同步一次。", "synchronise once with a network"),
    )
}

fn gone() -> Failure {
    Failure::input(
        "MESSAGE-LOST",
        Text::fixed("消息的内容不见了，没有收下。", "the content of a message is gone; it was not taken in"),
        Text::fixed("请从备份恢复数据库。", "restore the database from a backup"),
    )
}
