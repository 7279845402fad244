//! What lets the operating system's keychain open the database for reading, where a person wished it.
//!
//! `keychain.json` beside the database holds the database's key and the inbox identities, sealed under a
//! random key that the keychain holds; the name of its entry has a random id in it. Neither half opens
//! anything alone. The root is in neither, so that nobody signs, changes the passphrase or remembers anew
//! without the passphrase. No backup carries the file: it is of one computer. Whatever is wrong with
//! either half costs one typing of the passphrase and nothing else.

mod failures;

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;
use zizhi_crypto::keywrap::Key;
use zizhi_crypto::vault::{Vault, derive};
use zizhi_crypto::{b64, digest};
use zizhi_model::json::strict;
use zizhi_store::{Database, DatabaseKey, Entry, InboxIdentity, read_wrapped_keys};

use super::keys::{self, Proof};
use super::{DATABASE, Inbox, Unlocked, vault};
use crate::failure::Failure;
use crate::keychain::Keychain;
use crate::{Host, files, settings};
use failures::{left_behind, lost, not_given, not_kept};

/// It stands in the database's folder.
const FILE: &str = "keychain.json";
const VERSION: i64 = 1;
const LIMIT: u64 = 64 * 1024;
const DEPTH: usize = 3;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: i64,
    /// What makes the name of the entry this database's own.
    id: String,
    /// 32 bytes of the database's key, then a line `recipient secret` for each inbox identity.
    sealed: String,
}

/// What opens a database for reading. It has no `Debug` and is wiped when dropped.
pub struct Reading {
    database: DatabaseKey,
    inbox: Zeroizing<String>,
}

/// Whether this computer remembers the database in `folder`.
#[must_use]
pub fn is_remembered(folder: &Path) -> bool {
    place(folder).is_file()
}

/// Asks the keychain for what opens the database in `folder`, and gives nothing if it is not remembered.
/// This may wait for the person.
///
/// # Errors
/// `KEYCHAIN-NONE`, `KEYCHAIN-REFUSED`, `KEYCHAIN-LOST`. `KEYS-LOST`, `KEYS-DAMAGED` and `KEYS-NEWER` all the
/// same: a day of work on a database that no passphrase opens any more would help nobody.
pub fn ask(folder: &Path, keychain: &dyn Keychain) -> Result<Option<Reading>, Failure> {
    if !Database::exists(folder) || !is_remembered(folder) {
        return Ok(None);
    }
    keys::examine(read_wrapped_keys(folder)?.as_deref())?;
    let File { id, sealed, .. } = read(folder)?;
    let key = keychain.get(&entry(&id)).map_err(not_given)?.ok_or_else(lost)?;
    let sealed = b64::decode(&sealed).map_err(|error| lost().because(error))?;
    let opened = Vault::new(key).open(&context(&id), &sealed).map_err(|error| lost().because(error))?;
    let (database, inbox) = opened.split_first_chunk().ok_or_else(lost)?;
    let inbox = std::str::from_utf8(inbox).map_err(|error| lost().because(error))?;
    Ok(Some(Reading { database: DatabaseKey::new(*database), inbox: Zeroizing::new(inbox.to_owned()) }))
}

/// Opens the database in `folder` with what the keychain gave. Nothing is signed.
///
/// # Errors
/// `KEYCHAIN-LOST` if it is another database by now; `DB-IN-USE`, `DB-NEWER`, `DB-DAMAGED`, `DB-FULL`,
/// `DB-READ-ONLY`, `DB-PLACE`, `DB-FILE`.
pub fn open_reading(folder: &Path, reading: &Reading) -> Result<Unlocked, Failure> {
    let database = Database::open(folder, &reading.database).map_err(|error| {
        let failure = Failure::from(error);
        if failure.code == "DB-KEY" { lost().because(failure) } else { failure }
    })?;
    let inbox = reading.inbox(&database.reader()?.inbox_identities()?).ok_or_else(lost)?;
    Ok(Unlocked { database, inbox, device: None })
}

impl Reading {
    /// The identities in the database's own order, or nothing if one of them is not here.
    fn inbox(&self, wanted: &[InboxIdentity]) -> Option<Inbox> {
        let mut inbox = Inbox::default();
        for identity in wanted {
            let mut lines = self.inbox.lines().filter_map(|line| line.split_once(' '));
            let (_, secret) = lines.find(|(recipient, _)| *recipient == identity.recipient)?;
            inbox.0.push(secret.to_owned());
        }
        Some(inbox)
    }
}

/// Both halves of what remembers a database, made and not at their places yet. It has no `Debug`, and the key
/// is wiped when it is dropped.
pub struct Halves {
    id: String,
    key: Key,
    text: Vec<u8>,
}

/// An entry of the keychain that opens nothing any more.
pub struct Orphan(String);

/// Makes what remembers an open database on this computer. Nothing is kept yet.
///
/// # Errors
/// As `open` for `secret`; as every read of the database.
pub fn halves(database: &Database, secret: &str, host: &dyn Host) -> Result<Halves, Failure> {
    let (root, proof) = keys::root(read_wrapped_keys(database.folder())?.as_deref(), secret)?;
    if proof == Proof::Paper && !keys::fits(database, &vault(&root))? {
        return Err(super::failures::other_paper());
    }
    let mut id = [0; 16];
    host.random().fill(&mut id);
    let id = digest::hex(&id);
    let mut key = Key::new([0; 32]);
    host.random().fill(key.as_mut_slice());
    let text = written(database, &root, (&id, &key), host)?;
    Ok(Halves { id, key, text })
}

impl Halves {
    /// Gives the keychain its half. This may wait for the person, so that nobody should hold the database open
    /// for it.
    ///
    /// # Errors
    /// `KEYCHAIN-NONE`, `KEYCHAIN-REFUSED`.
    pub fn hand_over(&self, keychain: &dyn Keychain) -> Result<(), Failure> {
        keychain.put(&entry(&self.id), &self.key).map_err(not_kept)
    }

    /// Puts the other half beside the database, after the keychain has its own. Gives the entry of what was
    /// remembered before, if something was.
    ///
    /// # Errors
    /// `IO-WRITE`; as every write to the database. Nothing was changed.
    pub fn keep(&self, database: &Database, host: &dyn Host) -> Result<Option<Orphan>, Failure> {
        let before = read(database.folder()).ok();
        exchange(database, Some(&self.text), "session.remembered", host)?;
        Ok(before.map(|file| Orphan(entry(&file.id))))
    }

    /// The keychain's half, if the other was not kept.
    #[must_use]
    pub fn orphan(self) -> Orphan {
        Orphan(entry(&self.id))
    }
}

/// Forgets the database on this computer. Gives the keychain's half, which opens nothing from now on, if
/// something was remembered.
///
/// # Errors
/// `IO-WRITE` and as every write to the database, and then it is remembered as before.
pub fn forget(database: &Database, host: &dyn Host) -> Result<Option<Orphan>, Failure> {
    let folder = database.folder();
    if !is_remembered(folder) {
        return Ok(None);
    }
    let before = read(folder).ok();
    exchange(database, None, "session.forgotten", host)?;
    Ok(before.map(|file| Orphan(entry(&file.id))))
}

impl Orphan {
    /// Removes it. This may wait for the person.
    ///
    /// # Errors
    /// `KEYCHAIN-LEFT`.
    pub fn remove(self, keychain: &dyn Keychain) -> Result<(), Failure> {
        keychain.remove(&self.0).map_err(|error| left_behind(&self.0, error))
    }
}

/// The text of the file for a root.
fn written(
    database: &Database,
    root: &Key,
    (id, key): (&str, &Key),
    host: &dyn Host,
) -> Result<Vec<u8>, Failure> {
    let identities = database.reader()?.inbox_identities()?;
    let inbox = super::inbox(database, &vault(root))?;
    // Reserved in one piece, so that nothing of it stays behind where a smaller one was.
    let length = |text: &str| text.len() + 1;
    let lines: usize = identities.iter().map(|identity| length(&identity.recipient)).sum();
    let secrets: usize = inbox.identities().iter().map(|secret| length(secret)).sum();
    let mut contents = Zeroizing::new(Vec::with_capacity(root.len() + lines + secrets));
    contents.extend_from_slice(derive(root, DATABASE).as_slice());
    for (identity, secret) in identities.iter().zip(inbox.identities()) {
        for part in [&identity.recipient, " ", secret, "\n"] {
            contents.extend_from_slice(part.as_bytes());
        }
    }
    let sealed = Vault::new(key.clone())
        .seal(&context(id), &contents, host.random().as_mut())
        .map_err(super::failures::unsealed)?;
    let file = File { version: VERSION, id: id.to_owned(), sealed: b64::encode(&sealed) };
    let mut text = serde_json::to_vec_pretty(&file).map_err(super::failures::unwritten)?;
    text.push(b'\n');
    Ok(text)
}

/// Writes or removes the file and notes it in the log; neither without the other.
fn exchange(
    database: &Database,
    text: Option<&[u8]>,
    action: &'static str,
    host: &dyn Host,
) -> Result<(), Failure> {
    let path = place(database.folder());
    let actor = settings::actor(&database.reader()?)?;
    let before = fs::read(&path).ok();
    let writer = database.writer()?;
    put(&path, text)?;
    if let Err(error) = writer.commit(&Entry::new(host.now(), &actor, action).about("file", FILE)) {
        put(&path, before.as_deref())?;
        return Err(error.into());
    }
    Ok(())
}

fn put(path: &Path, text: Option<&[u8]>) -> Result<(), Failure> {
    match text {
        Some(text) => files::write(path, text),
        None => fs::remove_file(path).map_err(|error| Failure::unwritable(path, error)),
    }
}

fn read(folder: &Path) -> Result<File, Failure> {
    let bytes = files::read(&place(folder), LIMIT).map_err(|failure| lost().because(failure))?;
    let json = strict(&bytes, DEPTH).map_err(|error| lost().because(error))?;
    // One that a newer program wrote is made anew by this one, as is one that is damaged.
    if json.get("version").and_then(zizhi_model::Json::as_i64) != Some(VERSION) {
        return Err(lost());
    }
    serde_json::from_value(json.to_value()).map_err(|error| lost().because(error))
}

fn place(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

fn entry(id: &str) -> String {
    format!("database-{id}")
}

fn context(id: &str) -> String {
    format!("remembered {id}")
}
