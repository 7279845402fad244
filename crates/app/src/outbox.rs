//! 发件箱: what waits, what cannot be sent and why, and what a person does about it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zizhi_model::{Text, Uscc, civil};
use zizhi_store::{Database, OutboxState, Outgoing, Reader};

use crate::Host;
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::message_words::kept;
use crate::send_message::waiting;

/// Messages that are listed.
const MOST: usize = 500;
/// Characters of the longest reason.
const LONGEST_REASON: usize = 500;

/// How far a message got, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// To be sent, now or at a later time.
    Waiting,
    /// Its sending has begun and no receipt is here yet.
    Sending,
    /// The hub's receipt is here.
    Sent,
    /// The hub had it, and the recipient's hub refuses it; a person decides.
    Refused,
    /// It was refused, and sent again under another id.
    Resent,
    /// It cannot be sent as it is; a person decides.
    Parked,
    /// A person gave it up, and said why.
    Discarded,
}

impl Stage {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Resent => "resent",
            Self::Parked => "parked",
            Self::Discarded => "discarded",
        }
    }

    /// Where a row stands; `to_decide` are those that were refused and about which nobody has done anything.
    fn of(row: &Outgoing, to_decide: &[Outgoing]) -> Self {
        match row.state {
            OutboxState::Waiting => Self::Waiting,
            OutboxState::Sending => Self::Sending,
            OutboxState::Sent if row.refused.is_none() => Self::Sent,
            OutboxState::Sent if to_decide.iter().any(|refused| refused.id == row.id) => Self::Refused,
            OutboxState::Sent if row.reason.is_none() => Self::Resent,
            OutboxState::Parked => Self::Parked,
            OutboxState::Sent | OutboxState::Discarded => Self::Discarded,
        }
    }
}

/// A message of the outbox for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The message id.
    pub id: String,
    /// For whom.
    pub recipient: Uscc,
    /// The recipient's name at the hub, where it is known.
    pub name: Option<String>,
    /// What it is: `dossier`, `decision`, ….
    pub kind: String,
    /// How far it got.
    pub state: Stage,
    /// When it was put here.
    pub created: DateTime<Utc>,
    /// Bytes of it that the hub has, where it goes up in pieces.
    pub uploaded: u64,
    /// Attempts so far.
    pub attempts: u32,
    /// Before this time it is not sent.
    pub next_at: Option<DateTime<Utc>>,
    /// Why it is parked or was refused, or what the last attempt brought.
    pub code: Option<String>,
    /// The fact and the advice for it.
    pub words: Option<(Text, Text)>,
    /// Why a person gave it up.
    pub reason: Option<String>,
    /// When the hub said that it has it.
    pub sent: Option<DateTime<Utc>>,
}

/// The messages, the newest first.
///
/// # Errors
/// As every read of the database.
pub fn list(database: &Database) -> Result<Vec<Listed>, Failure> {
    let reader = database.reader()?;
    with_names(&reader, reader.outbox(None, None, MOST)?.rows)
}

/// The messages that wait for something first, whatever their age: those that a person decides about, those that
/// go out by themselves, and then those that are over with, at most so many.
///
/// # Errors
/// As every read of the database.
pub fn list_unfinished_first(database: &Database, over: usize) -> Result<Vec<Listed>, Failure> {
    let reader = database.reader()?;
    let mut rows = reader.refused_to_decide()?;
    let to_decide: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    for state in [OutboxState::Parked, OutboxState::Sending, OutboxState::Waiting] {
        rows.extend(reader.outbox(Some(state), None, MOST)?.rows);
    }
    let finished = |row: &Outgoing| {
        matches!(row.state, OutboxState::Sent | OutboxState::Discarded) && !to_decide.contains(&row.id)
    };
    rows.extend(reader.outbox(None, None, MOST)?.rows.into_iter().filter(finished).take(over));
    with_names(&reader, rows)
}

/// When the next message that waits is due, if one waits.
///
/// # Errors
/// As every read of the database.
pub fn next_due(database: &Database) -> Result<Option<DateTime<Utc>>, Failure> {
    let rows = database.reader()?.outbox(Some(OutboxState::Waiting), None, MOST)?.rows;
    Ok(rows.iter().map(|row| row.next_at.unwrap_or(row.created)).min())
}

fn with_names(reader: &Reader<'_>, rows: Vec<Outgoing>) -> Result<Vec<Listed>, Failure> {
    let to_decide = reader.refused_to_decide()?;
    rows.into_iter()
        .map(|row| {
            let name = reader.device_list(&row.recipient)?.map(|list| list.name);
            let stage = Stage::of(&row, &to_decide);
            Ok(listed(row, stage, name))
        })
        .collect()
}

/// How far a document got on its way to its recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was put into the outbox.
    Queued,
    /// The hub's receipt is here.
    Delivered,
    /// The hub did not bring it to the recipient's hub.
    Refused,
}

/// A step of a document on its way to its recipient, for the timeline of what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// When; of what was refused, no earlier than when it was delivered, as only the day is known.
    pub at: DateTime<Utc>,
    /// What.
    pub step: Step,
    /// Why it was given up, or the code for which it was refused.
    pub note: Option<String>,
}

/// How documents about one thing went out, each message in order.
///
/// # Errors
/// As every read of the database.
pub(crate) fn sendings(reader: &Reader<'_>, kind: &str, id: &str) -> Result<Vec<Sending>, Failure> {
    let mut steps = Vec::new();
    for row in reader.outgoing_about(kind, id)? {
        steps.push(Sending { at: row.created, step: Step::Queued, note: row.reason });
        steps.extend(row.sent.map(|at| Sending { at, step: Step::Delivered, note: None }));
        if let (Some(sent), Some(day)) = (row.sent, row.refused) {
            let at = sent.max(civil::start_of_day_shanghai(day));
            steps.push(Sending { at, step: Step::Refused, note: row.code });
        }
    }
    Ok(steps)
}

/// Has a message sent as soon as possible that is parked or waits for a later time. One that the recipient's hub
/// refused goes under another id: its own hub has the first one, and would take it for the same.
///
/// # Errors
/// `OUTBOX-ABSENT`, `OUTBOX-STATE` if it was sent or given up; as every write to the database.
pub fn retry(database: &Database, id: &str, host: &dyn Host) -> Result<(), Failure> {
    let entry = entry(database, "message.retried", host)?.about("message", id);
    let writer = database.writer()?;
    let mut row = open(&writer, id)?;
    let mut told = Value::Null;
    if row.state == OutboxState::Sent {
        let about = (row.about_kind.as_str(), row.about_id.as_str());
        let again = waiting(row.recipient, &row.kind, about, row.body, host);
        writer.add_outgoing(&again)?;
        told = json!({ "message": again.id });
    } else {
        row.state = OutboxState::Waiting;
        (row.attempts, row.wait_ms, row.next_at) = (0, 0, None);
        (row.code, row.told) = (None, None);
        writer.update_outgoing(&row)?;
    }
    writer.commit(&entry.with(told))?;
    Ok(())
}

/// Gives a message up. It stays in the list with the reason.
///
/// # Errors
/// `OUTBOX-ABSENT`, `OUTBOX-STATE` if it was sent or given up, `OUTBOX-REASON`; as every write to the database.
pub fn discard(database: &Database, id: &str, reason: &str, host: &dyn Host) -> Result<(), Failure> {
    let reason = reason.trim();
    if !(1..=LONGEST_REASON).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
        return Err(no_reason());
    }
    let entry = entry(database, "message.discarded", host)?.about("message", id);
    let writer = database.writer()?;
    let mut row = open(&writer, id)?;
    // What was refused keeps its receipt.
    if row.state != OutboxState::Sent {
        row.state = OutboxState::Discarded;
    }
    row.reason = Some(reason.to_owned());
    writer.update_outgoing(&row)?;
    writer.commit(&entry.with(json!({ "reason": reason })))?;
    Ok(())
}

/// A message that can still be sent or given up.
fn open(reader: &Reader<'_>, id: &str) -> Result<Outgoing, Failure> {
    let row = reader.outgoing(id)?.ok_or_else(absent)?;
    match Stage::of(&row, &reader.refused_to_decide()?) {
        Stage::Sent | Stage::Resent | Stage::Discarded => Err(over()),
        _ => Ok(row),
    }
}

fn listed(row: Outgoing, state: Stage, name: Option<String>) -> Listed {
    Listed {
        id: row.id,
        recipient: row.recipient,
        name,
        kind: row.kind,
        state,
        created: row.created,
        uploaded: row.uploaded,
        attempts: row.attempts,
        next_at: row.next_at,
        code: row.code,
        words: row.told.as_ref().and_then(kept),
        reason: row.reason,
        sent: row.sent,
    }
}

fn absent() -> Failure {
    Failure::input(
        "OUTBOX-ABSENT",
        Text::fixed(
            "发件箱里没有这条消息，没有作任何改动。",
            "the outbox has no such message; nothing was changed",
        ),
        Text::fixed("请在发件箱中查看编号。", "see its id in the outbox"),
    )
}

fn over() -> Failure {
    Failure::input(
        "OUTBOX-STATE",
        Text::fixed(
            "这条消息已经送达枢纽或已被放弃，没有作任何改动。",
            "this message has reached the hub or was given up; nothing was changed",
        ),
        Text::fixed("需要时请重新发送该文件。", "if need be, send the document again"),
    )
}

fn no_reason() -> Failure {
    Failure::input(
        "OUTBOX-REASON",
        Text::fixed(
            "放弃一条消息必须说明理由（1到500字），没有作任何改动。",
            "giving a message up needs a reason of 1 to 500 characters; nothing was changed",
        ),
        Text::fixed("请写明理由。", "say why"),
    )
}
