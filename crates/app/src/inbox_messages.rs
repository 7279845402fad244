//! 收到的消息: what became of each, and what a person does about one that was parked.

use chrono::{DateTime, Utc};
use zizhi_model::{Text, Uscc};
use zizhi_store::{Database, Hub, InboxState, Incoming, Reader};

use crate::Host;
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::message_words::kept;
use crate::unfetched::is_unfetched;

/// Messages that are listed.
const MOST: usize = 500;

/// A message that came, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The message id.
    pub id: String,
    /// From whom.
    pub sender: Uscc,
    /// The sender's name at the hub, where it is known.
    pub name: Option<String>,
    /// What it brought, once it was opened: `dossier`, `decision`, ….
    pub kind: Option<String>,
    /// What became of it.
    pub state: InboxState,
    /// When it came.
    pub received: DateTime<Utc>,
    /// Why it is parked, or waits.
    pub code: Option<String>,
    /// The fact and the advice for it.
    pub words: Option<(Text, Text)>,
    /// What it became: the kind of thing and its id.
    pub about: Option<(String, String)>,
}

/// The messages, the newest first.
///
/// # Errors
/// As every read of the database.
pub fn list(database: &Database) -> Result<Vec<Listed>, Failure> {
    let reader = database.reader()?;
    with_names(&reader, reader.inbox(None, None, MOST)?.rows)
}

/// The messages that were not taken in, whatever their age: parked ones first, then those that wait.
///
/// # Errors
/// As every read of the database.
pub fn list_unfinished(database: &Database) -> Result<Vec<Listed>, Failure> {
    let reader = database.reader()?;
    let mut rows = reader.inbox(Some(InboxState::Parked), None, MOST)?.rows;
    rows.extend(reader.inbox(Some(InboxState::Stored), None, MOST)?.rows);
    with_names(&reader, rows)
}

fn with_names(reader: &Reader<'_>, rows: Vec<Incoming>) -> Result<Vec<Listed>, Failure> {
    rows.into_iter()
        .map(|row| {
            let name = reader.device_list(&row.sender)?.map(|list| list.name);
            Ok(listed(row, name))
        })
        .collect()
}

/// Has a parked message taken in once more with the next round or import: what was missing may be there now. One that
/// did not come is fetched again from the hub, which has to be asked for that; tells whether it is one.
///
/// # Errors
/// `INBOX-ABSENT`, `INBOX-STATE` if it is not parked; as every write to the database.
pub fn retry(database: &Database, id: &str, host: &dyn Host) -> Result<bool, Failure> {
    let row = database.reader()?.incoming(id)?.ok_or_else(absent)?;
    if row.state != InboxState::Parked {
        return Err(not_parked());
    }
    let at_hub = is_unfetched(&row);
    let entry = entry(database, "mail.retried", host)?.about("message", id);
    let writer = database.writer()?;
    if at_hub {
        // The hub still has it, and of the others none that is here and acknowledged.
        if let Some(hub) = writer.hub()? {
            writer.put_hub(&Hub { cursor: 0, ..hub })?;
        }
    } else {
        writer.update_incoming(&Incoming { state: InboxState::Stored, code: None, told: None, ..row })?;
    }
    writer.commit(&entry)?;
    Ok(at_hub)
}

fn listed(row: Incoming, name: Option<String>) -> Listed {
    Listed {
        id: row.id,
        sender: row.sender,
        name,
        kind: row.kind,
        state: row.state,
        received: row.received,
        code: row.code,
        words: row.told.as_ref().and_then(kept),
        about: row.about_kind.zip(row.about_id),
    }
}

fn absent() -> Failure {
    Failure::input(
        "INBOX-ABSENT",
        Text::fixed("没有收到这条消息，没有作任何改动。", "no such message came; nothing was changed"),
        Text::fixed("请在收到的消息中查看编号。", "see its id among the messages that came"),
    )
}

fn not_parked() -> Failure {
    Failure::input(
        "INBOX-STATE",
        Text::fixed(
            "这条消息没有被搁置，没有作任何改动。",
            "this message is not parked; nothing was changed",
        ),
        Text::fixed("无需操作。", "nothing needs doing"),
    )
}
