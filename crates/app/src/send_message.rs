//! Puts a document into the outbox: a dossier, a decision, a request or a credential for the organisation
//! that it is meant for. The next round with the hub sends it; a stick can carry it as well.

use std::fs::File;
use std::io::{Cursor, Read, Seek as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zizhi_model::{Limits, OrgId, Text, Uscc};
use zizhi_store::{CredentialDirection, Database, Direction, OutboxState, Outgoing, Sent, SentState, Writer};
use zizhi_sync::Id;
use zizhi_sync::envelope::Kind;

use crate::after_restore::refuse_unsettled;
use crate::decide::VCT;
use crate::failure::{Failure, told};
use crate::firm::no_profile;
use crate::hub_join::entry;
use crate::inspect_credential::payload_of;
use crate::verify_view::manifest_of;
use crate::{Host, files, keep_status, take_status_list};

/// The media types of what is sent (docs/formats.md).
const CREDENTIAL: &str = "application/dc+sd-jwt";
const REQUEST: &str = "application/jwt";
const LIST: &str = "application/statuslist+jwt";
const DOSSIER: &str = zizhi_dossier::MIMETYPE;
/// How a sealed file begins. Nobody but its recipient can see what it is, and a message seals it anyway.
const SEALED: &[u8] = b"age-encryption.org/";
/// How far into a file its kind shows, in bytes.
const START: u64 = 4 * 1024;

/// What to send.
#[derive(Debug, Clone)]
pub enum Document {
    /// A file: `.zzdossier`, `.zzdecision`, `.zzrequest`, `.zzcred` or a status list, not sealed.
    File(PathBuf),
    /// A dossier that was signed here, by its id.
    Dossier(String),
    /// The last decision on a case.
    Decision(String),
    /// A request that was made here, by its id.
    Request(String),
    /// A credential that was issued here, by its row's id.
    Credential(String),
    /// A status list of this organisation as it was last signed, by its name.
    StatusList(String),
}

/// A document in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The message id.
    pub id: String,
    /// For whom.
    pub recipient: Uscc,
    /// What it is.
    pub kind: Kind,
}

/// What a document says of itself.
struct Reading {
    kind: Kind,
    about: About,
    recipient: Option<Uscc>,
    media: &'static str,
}

/// Puts a document into the outbox. `to` is needed only where the document does not say for whom it is.
/// That a dossier is on its way is noted in the same transaction.
///
/// # Errors
/// `SEND-KIND` if it is nothing that can be sent, `SEND-RECIPIENT` if it does not say for whom it is or is for
/// another, `SEND-SELF`, `SEND-ABSENT` if there is no such document here; `IO-READ`; as every write to the
/// database.
pub fn send(
    database: &Database,
    document: &Document,
    to: Option<Uscc>,
    host: &dyn Host,
) -> Result<Queued, Failure> {
    let own = database.reader()?.profile()?.ok_or_else(no_profile)?.uscc;
    let entry = entry(database, "message.queued", host)?;
    let writer = database.writer()?;
    let ready = ready(&writer, own, document, to, host)?;
    let queued = put(&writer, &ready, host)?;
    let (about_kind, about_id) = ready.read.about;
    let summary = json!({
        "message": queued.id, "recipient": queued.recipient.as_str(), "kind": queued.kind.as_str(),
    });
    writer.commit(&entry.about(about_kind, &about_id).with(summary))?;
    Ok(queued)
}

/// What came of several documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending {
    /// How many were put into the outbox.
    pub queued: usize,
    /// How many are there since before, or went to the same recipient from there.
    pub before: usize,
}

/// The same for several documents: all of them, or none. `to` is for those that do not say for whom they are. What was
/// put into the outbox before, and neither discarded there nor refused, is left out unless it is to go `again`.
///
/// # Errors
/// As [`send`].
pub fn send_all(
    database: &Database,
    documents: &[Document],
    to: Option<Uscc>,
    again: bool,
    host: &dyn Host,
) -> Result<Sending, Failure> {
    let own = database.reader()?.profile()?.ok_or_else(no_profile)?.uscc;
    let entry = entry(database, "message.queued", host)?;
    let writer = database.writer()?;
    let mut came = Sending { queued: 0, before: 0 };
    for document in documents {
        let ready = ready(&writer, own, document, to, host)?;
        if !again && was_put(&writer, &ready)? {
            came.before += 1;
        } else {
            put(&writer, &ready, host)?;
            came.queued += 1;
        }
    }
    if came.queued > 0 {
        writer.commit(&entry.with(json!({ "messages": came.queued })))?;
    }
    Ok(came)
}

/// What a message is about: the kind of thing, and its id.
type About = (&'static str, String);

/// A document that can be put into the outbox.
struct Ready {
    read: Reading,
    body: [u8; 32],
    recipient: Uscc,
}

/// Reads a document, which is among the originals then, and finds out for whom it is.
fn ready(
    writer: &Writer<'_>,
    own: Uscc,
    document: &Document,
    to: Option<Uscc>,
    host: &dyn Host,
) -> Result<Ready, Failure> {
    let (read, body) = match document {
        Document::File(path) => from_file(writer, path, host)?,
        stored => from_database(writer, stored, host)?,
    };
    let recipient = match (read.recipient, to) {
        (Some(named), Some(to)) if named != to => return Err(other_recipient(&named)),
        (named, to) => named.or(to).ok_or_else(no_recipient)?,
    };
    if recipient == own {
        return Err(to_oneself());
    }
    Ok(Ready { read, body, recipient })
}

/// Whether the same document for the same recipient was put into the outbox, and neither discarded there nor refused.
fn was_put(writer: &Writer<'_>, ready: &Ready) -> Result<bool, Failure> {
    let (kind, id) = &ready.read.about;
    let there = writer.outgoing_about(kind, id)?;
    let same = |row: &Outgoing| (row.body, row.recipient) == (ready.body, ready.recipient);
    // What the recipient's hub refused did not go out.
    let stands = |row: &Outgoing| row.state != OutboxState::Discarded && row.refused.is_none();
    Ok(there.iter().any(|row| same(row) && stands(row)))
}

/// Puts a document into the outbox.
fn put(writer: &Writer<'_>, ready: &Ready, host: &dyn Host) -> Result<Queued, Failure> {
    let Ready { read, body, recipient } = ready;
    let (about_kind, about_id) = &read.about;
    if read.kind == Kind::Dossier {
        on_its_way(writer, about_id, body, *recipient, host)?;
    }
    let id = queue(writer, *recipient, read.kind, (about_kind, about_id), *body, host)?;
    Ok(Queued { id, recipient: *recipient, kind: read.kind })
}

/// Puts a message whose body is among the originals into the outbox, in the transaction of the change that it tells.
/// Gives its id.
pub(crate) fn queue(
    writer: &Writer<'_>,
    recipient: Uscc,
    kind: Kind,
    (about_kind, about_id): (&str, &str),
    body: [u8; 32],
    host: &dyn Host,
) -> Result<String, Failure> {
    let waiting = waiting(recipient, kind.as_str(), (about_kind, about_id), body, host);
    writer.add_outgoing(&waiting)?;
    Ok(waiting.id)
}

/// A message that waits, under an id of its own.
pub(crate) fn waiting(
    recipient: Uscc,
    kind: &str,
    (about_kind, about_id): (&str, &str),
    body: [u8; 32],
    host: &dyn Host,
) -> Outgoing {
    let now = host.now();
    let mut random = [0; 10];
    host.random().fill(&mut random);
    Outgoing {
        id: Id::new(now.timestamp_millis(), random).to_string(),
        recipient,
        kind: kind.to_owned(),
        about_kind: about_kind.to_owned(),
        about_id: about_id.to_owned(),
        body,
        message: None,
        created: now,
        state: OutboxState::Waiting,
        code: None,
        told: None,
        reason: None,
        attempts: 0,
        wait_ms: 0,
        next_at: None,
        uploaded: 0,
        receipt: None,
        epoch: None,
        sent: None,
        refused: None,
    }
}

/// A dossier counts as sent once it is in the outbox. One that was signed elsewhere is known from now on.
fn on_its_way(
    writer: &Writer<'_>,
    id: &str,
    body: &[u8; 32],
    aud: Uscc,
    host: &dyn Host,
) -> Result<(), Failure> {
    match writer.sent(id)? {
        None => writer.add_sent(&Sent {
            dossier_id: id.to_owned(),
            draft: None,
            sha256: *body,
            aud,
            signed_at: host.now(),
            state: SentState::Sent,
            decision: None,
        })?,
        Some(sent) if sent.state == SentState::Prepared => {
            writer.set_sent_state(id, SentState::Sent, None)?;
        }
        Some(_) => {}
    }
    Ok(())
}

fn from_file(writer: &Writer<'_>, path: &Path, host: &dyn Host) -> Result<(Reading, [u8; 32]), Failure> {
    let unreadable = |error| Failure::unreadable(path, error);
    let start = files::read_up_to(path, START)?;
    let mut file = File::open(path).map_err(unreadable)?;
    let read = if start.starts_with(b"PK") {
        dossier(&mut file).map_err(unreadable)?
    } else if start.starts_with(SEALED) {
        None
    } else {
        text(files::read_text(path, take_status_list::BYTES)?.trim())
    };
    let read = read.ok_or_else(|| unknown_kind(path))?;
    let body = if read.kind == Kind::Dossier {
        file.rewind().map_err(unreadable)?;
        writer.add_original(&mut file, read.media, host.now())?
    } else {
        let text = files::read_text(path, take_status_list::BYTES)?;
        writer.add_original(&mut text.trim().as_bytes(), read.media, host.now())?
    };
    Ok((read, body.sha256))
}

fn from_database(
    writer: &Writer<'_>,
    document: &Document,
    host: &dyn Host,
) -> Result<(Reading, [u8; 32]), Failure> {
    let bytes = match document {
        Document::Dossier(id) => {
            let sent = writer.sent(id)?.ok_or_else(absent)?;
            let about = ("dossier", id.clone());
            let (kind, media) = (Kind::Dossier, DOSSIER);
            return Ok((Reading { kind, about, recipient: Some(sent.aud), media }, sent.sha256));
        }
        Document::Decision(case) => writer.decisions_of_case(case)?.pop().map(|row| row.bytes),
        Document::Request(id) => writer.request(Direction::Issued, id)?.map(|row| row.bytes),
        Document::Credential(id) => {
            let issued = writer.credential(id)?.filter(|row| row.direction == CredentialDirection::Issued);
            issued.map(|row| writer.credential_bytes(&row.id)).transpose()?.flatten()
        }
        Document::StatusList(uri) => {
            refuse_unsettled(writer, [uri.as_str()])?;
            writer.status_list(uri)?.and_then(|row| row.published)
        }
        Document::File(_) => None,
    };
    let bytes = bytes.ok_or_else(absent)?;
    let said = String::from_utf8_lossy(&bytes).trim().to_owned();
    let read = text(&said).ok_or_else(absent)?;
    let body = writer.add_original(&mut Cursor::new(said.as_bytes()), read.media, host.now())?;
    Ok((read, body.sha256))
}

/// A dossier that is not sealed: a message is sealed as a whole, to the inbox that the hub knows.
fn dossier(file: &mut (impl Read + std::io::Seek)) -> std::io::Result<Option<Reading>> {
    let limits = Limits::default();
    let opened = zizhi_dossier::open(file, &limits)?;
    Ok(manifest_of(&opened, &limits).map(|manifest| Reading {
        kind: Kind::Dossier,
        about: ("dossier", manifest.jti),
        recipient: Some(*manifest.aud.uscc()),
        media: DOSSIER,
    }))
}

/// A signed text: a status list, or a request, a decision or a credential, which are shorter.
fn text(text: &str) -> Option<Reading> {
    if Kind::StatusList.fits(text.as_bytes()) {
        let about = ("status_list", keep_status::uri(text)?);
        return Some(Reading { kind: Kind::StatusList, about, recipient: None, media: LIST });
    }
    if text.len() as u64 > Limits::default().credential_bytes {
        return None;
    }
    if let Ok(unverified) = zizhi_dossier::request::Unverified::parse(text, &Limits::default()) {
        let request = unverified.peek().ok()?;
        let about = ("request", request.jti);
        return Some(Reading { kind: Kind::Request, about, recipient: request.only_for, media: REQUEST });
    }
    let payload = payload_of(text).ok()?;
    let said = |name: &str| payload.get(name).and_then(Value::as_str);
    let recipient = said("sub").and_then(|sub| OrgId::parse(sub).ok()).map(|org| *org.uscc());
    let decision = said("vct") == Some(VCT);
    let (kind, about) = if decision {
        (Kind::Decision, ("decision", said("dossier_id")?.to_owned()))
    } else {
        (Kind::Credential, ("credential", said("number").unwrap_or_default().to_owned()))
    };
    Some(Reading { kind, about, recipient, media: CREDENTIAL })
}

fn unknown_kind(path: &Path) -> Failure {
    Failure::input(
        "SEND-KIND",
        told(
            format!("{} 不是可以发送的文件，没有放入发件箱。", path.display()),
            format!("{} is nothing that can be sent; it was not put into the outbox", path.display()),
        ),
        Text::fixed(
            "可以发送未加密的档案（.zzdossier）、决定、请求、凭证和吊销名单；发送时会自动加密。",
            "what can be sent is a dossier that is not sealed (.zzdossier), a decision, a request, a credential or a status list; sending seals it",
        ),
    )
}

fn no_recipient() -> Failure {
    Failure::input(
        "SEND-RECIPIENT",
        Text::fixed(
            "这份文件没有写明给谁，没有放入发件箱。",
            "the file does not say for whom it is; it was not put into the outbox",
        ),
        Text::fixed(
            "请写明收件单位的统一社会信用代码（--to）。",
            "name the recipient's unified social credit code (--to)",
        ),
    )
}

fn other_recipient(named: &Uscc) -> Failure {
    Failure::input(
        "SEND-RECIPIENT",
        told(
            format!("这份文件是给 {named} 的，与所写的收件单位不同，没有放入发件箱。"),
            format!(
                "the file is for {named} and not for the recipient that was named; it was not put into the outbox"
            ),
        ),
        Text::fixed("请核对收件单位。", "check the recipient"),
    )
}

fn to_oneself() -> Failure {
    Failure::input(
        "SEND-SELF",
        Text::fixed(
            "收件单位就是本单位，没有放入发件箱。",
            "the recipient is this organisation itself; nothing was put into the outbox",
        ),
        Text::fixed("请核对文件和收件单位。", "check the file and the recipient"),
    )
}

fn absent() -> Failure {
    Failure::input(
        "SEND-ABSENT",
        Text::fixed(
            "数据库里没有这份文件，没有放入发件箱。",
            "the database has no such document; nothing was put into the outbox",
        ),
        Text::fixed("请刷新列表后再试。", "refresh the list and try again"),
    )
}
