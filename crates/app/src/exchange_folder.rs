//! Exchange by a folder or a USB stick (docs/hub.md §8): `zizhitong-exchange/` with a file for each message
//! and the tree of the trust data. What is read from it goes through the same inbox as what a hub brings;
//! reading it twice changes nothing.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use zizhi_archive::{Archive, Bounds};
use zizhi_crypto::SigningKey;
use zizhi_crypto::sealed::SealedError;
use zizhi_model::{Limits, OrgId};
use zizhi_store::{Database, InboxState, Incoming, OutboxState};
use zizhi_sync::Id;
use zizhi_sync::api::MESSAGE_TYPE;
use zizhi_sync::envelope::{self, EnvelopeError};
use zizhi_trust::{TrustError, TrustLimits};
use zizhi_verify::Library;

use crate::apply_messages::{Applied, Taking, apply_stored, is_of_machine};
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::hub_join::entry;
use crate::import_trust::{Imported, import_trust};
use crate::open_trust::refused;
use crate::rejudge::after_trust_change;
use crate::seal_message::{SealFor, seal_message};
use crate::stop::Stop;
use crate::trust_data::{TrustData, kept_or_nothing};
use crate::unfetched::{self, is_unfetched};
use crate::{Host, files, peer_devices};

/// The folder on the stick.
pub const FOLDER: &str = "zizhitong-exchange";
/// The card of the hub that the messages are from.
const CARD: &str = "hub.jwt";
/// The end of a message's name.
const MESSAGE: &str = ".zzmsg";
/// The file that is written last and read first: with it the tree is whole.
const TIMESTAMP: &str = "metadata/timestamp.json";
/// The role that signs it.
const TIMESTAMP_ROLE: &str = "timestamp";
/// The folder that is there where trust data is.
const METADATA: &str = "metadata";
/// Messages that are written or read at a time.
const MOST: usize = 10_000;

/// What an exchange takes.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    /// The open database.
    pub database: &'a Database,
    /// The trust data at hand.
    pub library: &'a Library,
    /// The secrets that open what is sealed to this organisation.
    pub identities: &'a [String],
    /// Where the trust data is kept.
    pub trust: &'a TrustData,
    /// Time and randomness.
    pub host: &'a dyn Host,
}

/// What was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Messages.
    pub messages: usize,
    /// Messages that were not: nobody here knows yet where their recipient's inbox is.
    pub left_out: Vec<String>,
    /// Messages that were not, since they cannot be sent for another reason.
    pub parked: Vec<String>,
    /// Files of the trust data.
    pub public_files: usize,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Read {
    /// Messages that were not here before.
    pub received: usize,
    /// What became of messages that were not taken in yet.
    pub applied: Vec<Applied>,
    /// Files that are no message for this organisation although they should be: name and code.
    pub refused: Vec<(String, &'static str)>,
    /// Whether newer trust data was taken in.
    pub trust: bool,
    /// Whether the trust data of the stick is merely older: nobody set anything back, and what is here stays.
    pub trust_older: bool,
    /// Why the trust data of the stick was not; what was kept before stays then.
    pub trust_refused: Option<Failure>,
}

/// Writes what waits, what the recipient's hub refused, and the trust data. The messages stay in the outbox.
///
/// # Errors
/// `IO-WRITE`, also where the folder around `folder` is not there; as every write to the database.
pub fn export(exchange: &Exchange<'_>, key: &SigningKey, folder: &Path) -> Result<Exported, Failure> {
    let Exchange { database, host, .. } = *exchange;
    // A stick that is not plugged in is not made up for by a folder of its name.
    if !folder.is_dir() && !folder.parent().is_some_and(|around| around == Path::new("") || around.is_dir()) {
        return Err(no_folder(folder));
    }
    let root = folder.join(FOLDER);
    let mut done = Exported::default();
    let (own, waiting, parked, card) = {
        let reader = database.reader()?;
        let own = OrgId::from(reader.profile()?.ok_or_else(no_profile)?.uscc);
        let mut waiting = reader.outbox(Some(OutboxState::Waiting), None, MOST)?.rows;
        waiting.extend(reader.outbox(Some(OutboxState::Sending), None, MOST)?.rows);
        waiting.extend(reader.refused_to_decide()?);
        let parked = reader.outbox(Some(OutboxState::Parked), None, MOST)?.rows;
        (own, waiting, parked, reader.hub()?.map(|hub| hub.card))
    };
    let mut sealed = Vec::new();
    let entry = entry(database, "mail.exported", host)?;
    let writer = database.writer()?;
    for mut row in waiting {
        let inbox = peer_devices::inbox_of(&writer, &OrgId::from(row.recipient))?;
        match (&row.message, inbox) {
            (None, None) => done.left_out.push(row.id),
            (_, inbox) => {
                let order = SealFor { own, key, inbox: inbox.as_deref().unwrap_or_default() };
                let message = seal_message(&writer, &mut row, &order, host)?;
                sealed.push((row.id, message));
            }
        }
    }
    for row in parked {
        let known =
            row.message.is_some() || peer_devices::inbox_of(&writer, &OrgId::from(row.recipient))?.is_some();
        if known { done.parked.push(row.id) } else { done.left_out.push(row.id) }
    }
    let summary = serde_json::json!({ "messages": sealed.len(), "left_out": done.left_out.len() });
    writer.commit(&entry.with(summary))?;
    let reader = database.reader()?;
    for (id, message) in &sealed {
        let path = root.join("messages").join(format!("{id}{MESSAGE}"));
        if let Some(mut original) = reader.open_original(&message.sha256.0)? {
            put(&path, &mut original)?;
            done.messages += 1;
        }
    }
    drop(reader);
    if let Some(card) = card {
        files::write_shared(&root.join(CARD), card.as_bytes())?;
    }
    done.public_files = export_public(exchange.trust, &root.join("public"))?;
    Ok(done)
}

/// Writes the tree of the package that is kept, the timestamp last.
fn export_public(trust: &TrustData, folder: &Path) -> Result<usize, Failure> {
    let Some(kept) = trust.read()? else { return Ok(0) };
    let limits = TrustLimits::default();
    let bounds = Bounds {
        file_bytes: limits.package_bytes,
        entry_bytes: limits.targets_bytes,
        entries: limits.package_entries,
        ratio: limits.ratio,
    };
    let unreadable = |error| Failure::unreadable(&kept.package, error);
    let file = File::open(&kept.package).map_err(unreadable)?;
    let broken = |error| Failure::unreadable(&kept.package, io::Error::other(error));
    let mut archive = Archive::open(file, &bounds).map_err(broken)?;
    let names: Vec<String> = archive.entries().iter().map(|entry| entry.name.clone()).collect();
    let in_tree = |name: &&String| {
        let top = name.split('/').next().unwrap_or_default();
        ["metadata", "targets", "status"].contains(&top) && zizhi_archive::is_safe_path(name)
    };
    let mut order: Vec<&String> = names.iter().filter(in_tree).collect();
    order.sort_by_key(|name| name.as_str() == TIMESTAMP);
    for name in &order {
        let Some(index) = archive.find(name) else { continue };
        let bytes = archive.read(index, limits.targets_bytes).map_err(broken)?;
        files::write_shared(&folder.join(name), &bytes)?;
    }
    Ok(order.len())
}

/// Takes in what lies in the folder, which may be `zizhitong-exchange` itself or the one around it.
///
/// # Errors
/// `IO-READ` if there is no such folder, `EXCHANGE-NONE` if it is not one that an export made; as every write to the database. What is wrong with one file is in
/// the result.
pub fn import(exchange: &Exchange<'_>, folder: &Path) -> Result<Read, Failure> {
    let around = folder.join(FOLDER);
    let root = if around.is_dir() { around } else { folder.to_owned() };
    let mut done = Read::default();
    fs::read_dir(&root).map_err(|error| Failure::unreadable(&root, error))?;
    if !["messages", "public", CARD].iter().any(|part| root.join(part).exists()) {
        return Err(no_exchange(folder));
    }
    match import_public(exchange, &root.join("public")) {
        Ok(Came::Nothing) => {}
        Ok(Came::Newer) => done.trust = true,
        Ok(Came::Older) => done.trust_older = true,
        // A stick whose trust data is of no use brings its messages all the same.
        Err(failure) if !is_of_machine(failure.code) => done.trust_refused = Some(failure),
        Err(failure) => return Err(failure),
    }
    let messages = root.join("messages");
    if messages.is_dir() {
        for path in listed(&messages)? {
            take(exchange, &path, &mut done)?;
        }
    }
    let fresh = done
        .trust
        .then(|| kept_or_nothing(Some(exchange.trust.folder()), exchange.host.now()))
        .transpose()?;
    let fresh = fresh.map(|(trust, _)| Library::new(trust));
    let library = fresh.as_ref().unwrap_or(exchange.library);
    done.applied = take_in(&Exchange { library, ..*exchange })?;
    Ok(done)
}

/// Takes in what came and nothing was done with yet, without hub or folder: after a person had something tried
/// again.
///
/// # Errors
/// As every write to the database.
pub fn take_in(exchange: &Exchange<'_>) -> Result<Vec<Applied>, Failure> {
    let Exchange { database, library, identities, trust, host } = *exchange;
    let stop = &Stop::default();
    apply_stored(&Taking { database, library, trust, identities, host, stop, looked: false }, MOST)
}

/// What the trust data of a stick is to those that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// There is none, or the same.
    Nothing,
    /// It was taken in.
    Newer,
    /// It was signed before what is kept.
    Older,
}

/// Takes trust data in that is newer than what is kept. A stick does not begin trust: the first root is
/// imported by hand.
///
/// # Errors
/// Why it was refused; as every write to the database.
fn import_public(exchange: &Exchange<'_>, folder: &Path) -> Result<Came, Failure> {
    let Some(kept) = exchange.trust.read()? else { return Ok(Came::Nothing) };
    if !folder.join(METADATA).is_dir() {
        return Ok(Came::Nothing);
    }
    let Exchange { database, host, .. } = *exchange;
    let previous = kept_or_nothing(Some(exchange.trust.folder()), host.now())?.0;
    match import_trust(folder, None, exchange.trust, host)? {
        // An earlier edition as a whole: its timestamp is properly signed and comes before the one that is kept. A newer
        // timestamp over something older is what nobody makes by accident.
        Imported::Refused(TrustError::Rollback { role, .. }) if role == TIMESTAMP_ROLE => Ok(Came::Older),
        Imported::Refused(error) => Err(refused(&error)),
        Imported::Accepted(_) => {
            let now = exchange.trust.read()?;
            if now.is_some_and(|now| now.state == kept.state) {
                return Ok(Came::Nothing);
            }
            let library = Library::new(kept_or_nothing(Some(exchange.trust.folder()), host.now())?.0);
            after_trust_change(database, &library, Some(&previous), host)?;
            Ok(Came::Newer)
        }
    }
}

/// Stores one message, if it is for this organisation and not here yet.
fn take(exchange: &Exchange<'_>, path: &Path, done: &mut Read) -> Result<(), Failure> {
    let Exchange { database, identities, host, .. } = *exchange;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Ok(id) = Id::parse(name.trim_end_matches(MESSAGE)) else {
        done.refused.push((name, "MESSAGE-ENVELOPE"));
        return Ok(());
    };
    let known = database.reader()?.incoming(&id.to_string())?;
    // One that the hub could not give is here now, and the hub may be told so.
    let owed = u8::from(known.as_ref().is_some_and(is_unfetched));
    if known.is_some_and(|known| !is_unfetched(&known)) {
        return Ok(());
    }
    let unreadable = |error| Failure::unreadable(path, error);
    let file = File::open(path).map_err(unreadable)?;
    let said = match envelope::open(identities, file, io::sink(), &Limits::default()) {
        Ok(unverified) => unverified.peek().clone(),
        // A stick carries messages for several organisations.
        Err(EnvelopeError::Sealed(SealedError::OtherRecipient)) => return Ok(()),
        Err(_) => {
            done.refused.push((name, "MESSAGE-SEALED"));
            return Ok(());
        }
    };
    if said.jti != id {
        done.refused.push((name, "MESSAGE-ENVELOPE"));
        return Ok(());
    }
    let now = host.now();
    let entry = entry(database, "mail.stored", host)?.about("message", &id.to_string());
    let writer = database.writer()?;
    let original = writer.add_original(&mut File::open(path).map_err(unreadable)?, MESSAGE_TYPE, now)?;
    let incoming = Incoming {
        id: id.to_string(),
        sender: *said.iss.uscc(),
        kind: None,
        message: original.sha256,
        received: now,
        state: InboxState::Stored,
        code: None,
        told: None,
        about_kind: None,
        about_id: None,
        owed,
    };
    unfetched::add(&writer, &incoming)?;
    writer.commit(&entry)?;
    done.received += 1;
    Ok(())
}

/// The messages of a folder, in the order of their ids, which is that of their making.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::unreadable(folder, error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)?.take(MOST) {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "zzmsg") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Writes a file whole or not at all. One that is there holds the same.
fn put(path: &Path, bytes: &mut dyn io::Read) -> Result<(), Failure> {
    if path.is_file() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let unwritable = |error| Failure::unwritable(path, error);
    fs::create_dir_all(folder).map_err(unwritable)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(unwritable)?;
    io::copy(bytes, &mut file).map_err(unwritable)?;
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist(path).map_err(|error| unwritable(error.error))?;
    files::share(path)
}

fn no_folder(folder: &Path) -> Failure {
    Failure::refused(
        "IO-WRITE",
        format!("没有文件夹 {}，没有写出。", folder.display()),
        format!("there is no folder {}; nothing was written", folder.display()),
        "请确认 U 盘已插好、路径没有写错，或先建好这个文件夹。",
        "see that the stick is plugged in and the path is right, or make the folder first",
    )
}

fn no_exchange(folder: &Path) -> Failure {
    Failure::refused(
        "EXCHANGE-NONE",
        format!("{} 里没有可收取的内容（没有 {FOLDER} 文件夹），没有收取。", folder.display()),
        format!("{} holds no exchange (no folder {FOLDER}); nothing was taken in", folder.display()),
        "请选择对方“写到 U 盘”（zizhi sync export）时所选的文件夹。",
        "choose the folder to which the other side exported (zizhi sync export)",
    )
}
