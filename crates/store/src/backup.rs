//! Backups: one file with everything that is needed to have the database again, but for a passphrase.
//!
//! ```text
//! {"format":"zzbackup","version":1,"created":"…","schema":1,"size":81920,"keys":"…"}   one line
//! the database, encrypted with its key                                                 `size` bytes
//! SHA-256 of everything before                                                         32 bytes
//! ```
//!
//! `keys` are the wrapped copies of the key (base64url). A backup is made while the database is in use,
//! is the database at one moment, is examined before it gets its name, and then is on the disk.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use serde::{Deserialize, Serialize};
use zizhi_crypto::b64;
use zizhi_crypto::digest::Sha256;

use crate::connection::{self, Access};
use crate::database::Database;
use crate::error::{Result, StoreError};
use crate::key::{self, DatabaseKey};
use crate::{check, files};

const FORMAT: &str = "zzbackup";
const VERSION: u32 = 1;
/// The longest first line that is read.
const MAX_HEADER: u64 = 64 * 1024;
const DIGEST: u64 = 32;
/// Pages copied between two reports of progress: 8 MiB.
const STEP: i32 = 2048;

/// Where backups are that nobody chose a place for, in the database's folder.
pub(crate) const FOLDER: &str = "backups";
pub(crate) const SUFFIX: &str = ".zzbackup";

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pages copied.
    pub done: u64,
    /// Pages altogether.
    pub total: u64,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it is.
    pub path: PathBuf,
    /// How long it is, in bytes.
    pub size: u64,
}

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupHeader {
    /// When it was made. One made before a migration does not know.
    pub created: Option<DateTime<Utc>>,
    /// The version of its tables.
    pub schema: u32,
    /// The length of the database in it, in bytes.
    pub size: u64,
    /// The wrapped copies of its key.
    pub wrapped_keys: Vec<u8>,
}

/// Why a backup cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupDefect {
    /// The file is something else.
    #[error("it is not a backup")]
    NotABackup,
    /// A newer program made it.
    #[error("it has version {0}, which this program does not know")]
    Version(u32),
    /// It ends early, or goes on where it should end.
    #[error("it is incomplete")]
    Incomplete,
    /// Its bytes are not the ones that were written.
    #[error("it was altered or damaged")]
    Altered,
    /// The key given is not its key.
    #[error("the key does not open it")]
    Key,
}

impl From<BackupDefect> for StoreError {
    fn from(defect: BackupDefect) -> Self {
        Self::Backup(defect)
    }
}

#[derive(Serialize, Deserialize)]
struct Line {
    format: String,
    version: u32,
    created: Option<DateTime<Utc>>,
    schema: u32,
    size: u64,
    keys: String,
}

impl Database {
    /// Makes a backup at `path`, replacing what is there; one that is being made is waited for. `progress` is told how far it is and may stop
    /// it; `None` is returned then, and nothing is left behind.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Io`]; [`StoreError::Damaged`] if the
    /// copy is not sound, which means that the database is not.
    pub fn backup(
        &self,
        path: &Path,
        at: DateTime<Utc>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<BackupFile>> {
        let _alone = self.alone_backing_up();
        let reader = self.reader()?;
        let keys = key::read_wrapped_keys(self.folder())?.unwrap_or_default();
        make(reader.sql(), self.key(), &keys, path, Some(at), progress)
    }
}

/// The backup that is made before the tables are brought from version `found` to a newer one.
pub(crate) fn before_migration(
    folder: &Path,
    key: &DatabaseKey,
    connection: &Connection,
    found: u32,
) -> Result<()> {
    let backups = folder.join(FOLDER);
    fs::create_dir_all(&backups).map_err(StoreError::io(&backups))?;
    let keys = key::read_wrapped_keys(folder)?.unwrap_or_default();
    let path = backups.join(format!("tables-{found}{SUFFIX}"));
    connection.execute_batch("BEGIN")?;
    let made = make(connection, key, &keys, &path, None, &mut |_| ControlFlow::Continue(()));
    connection.execute_batch("ROLLBACK")?;
    made.map(drop)
}

/// What the backup at `path` says about itself. Whether it is whole shows when it is restored.
///
/// # Errors
/// [`StoreError::Backup`], [`StoreError::Io`].
pub fn read_backup_header(path: &Path) -> Result<BackupHeader> {
    let file = File::open(path).map_err(StoreError::io(path))?;
    Ok(read_header(path, &mut BufReader::new(file))?.0)
}

/// Copies the database out of a backup, and fails unless every byte is as it was written.
pub(crate) fn unpack(backup: &Path, to: &Path) -> Result<BackupHeader> {
    let file = File::open(backup).map_err(StoreError::io(backup))?;
    let length = file.metadata().map_err(StoreError::io(backup))?.len();
    let mut reader = BufReader::new(file);
    let (header, line) = read_header(backup, &mut reader)?;
    if (line.len() as u64).checked_add(header.size).and_then(|end| end.checked_add(DIGEST)) != Some(length) {
        return Err(BackupDefect::Incomplete.into());
    }
    let mut hash = Sha256::new();
    hash.update(&line);
    let mut target = File::create(to).map_err(StoreError::io(to))?;
    copy(&mut reader.by_ref().take(header.size), backup, &mut target, to, &mut hash)?;
    target.sync_all().map_err(StoreError::io(to))?;
    let mut digest = [0; DIGEST as usize];
    reader.read_exact(&mut digest).map_err(StoreError::io(backup))?;
    if hash.finish() == digest { Ok(header) } else { Err(BackupDefect::Altered.into()) }
}

/// The header and the line that it is in.
fn read_header(path: &Path, reader: &mut impl std::io::BufRead) -> Result<(BackupHeader, Vec<u8>)> {
    let mut line = Vec::new();
    reader.take(MAX_HEADER).read_until(b'\n', &mut line).map_err(StoreError::io(path))?;
    let Line { format, version, created, schema, size, keys } =
        serde_json::from_slice(&line).map_err(|_| BackupDefect::NotABackup)?;
    if format != FORMAT {
        return Err(BackupDefect::NotABackup.into());
    }
    if version != VERSION {
        return Err(BackupDefect::Version(version).into());
    }
    let wrapped_keys = b64::decode(&keys).map_err(|_| BackupDefect::NotABackup)?;
    Ok((BackupHeader { created, schema, size, wrapped_keys }, line))
}

fn make(
    source: &Connection,
    key: &DatabaseKey,
    keys: &[u8],
    path: &Path,
    created: Option<DateTime<Utc>>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<BackupFile>> {
    let (copy, part) = (files::beside(path, ".copy"), files::beside(path, ".part"));
    files::remove_database(&copy)?;
    let made = copy_pages(source, key, &copy, progress).and_then(|schema| {
        let Some(schema) = schema else { return Ok(None) };
        let size = pack(&copy, &part, keys, created, schema)?;
        files::rename(&part, path)?;
        Ok(Some(BackupFile { path: path.to_owned(), size }))
    });
    // Whatever happened, nothing but the backup stays.
    drop(fs::remove_file(&part));
    files::remove_database(&copy)?;
    made
}

/// Copies the database as the source's transaction sees it, examines the copy, and gives the version of
/// its tables.
fn copy_pages(
    source: &Connection,
    key: &DatabaseKey,
    to: &Path,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<u32>> {
    // From its first reading on a transaction sees one moment.
    connection::prove_key(source)?;
    let mut target = connection::open(to, key, Access::Create)?;
    let backup = Backup::new(source, &mut target)?;
    loop {
        let result = backup.step(STEP)?;
        let at = backup.progress();
        let count = |pages: i32| u64::try_from(pages).unwrap_or(0);
        let told = Progress { done: count(at.pagecount - at.remaining), total: count(at.pagecount) };
        if progress(told).is_break() {
            return Ok(None);
        }
        if result == StepResult::Done {
            break;
        }
    }
    drop(backup);
    check::quick(&target)?;
    // One file, without a log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    let schema = connection::schema_version(&target)?;
    target.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(Some(schema))
}

fn pack(
    copy_of_database: &Path,
    to: &Path,
    keys: &[u8],
    created: Option<DateTime<Utc>>,
    schema: u32,
) -> Result<u64> {
    let mut source = File::open(copy_of_database).map_err(StoreError::io(copy_of_database))?;
    let size = source.metadata().map_err(StoreError::io(copy_of_database))?.len();
    let line =
        Line { format: FORMAT.to_owned(), version: VERSION, created, schema, size, keys: b64::encode(keys) };
    let mut line = serde_json::to_vec(&line).map_err(|error| StoreError::io(to)(error.into()))?;
    line.push(b'\n');

    let mut hash = Sha256::new();
    hash.update(&line);
    let mut target = File::create(to).map_err(StoreError::io(to))?;
    target.write_all(&line).map_err(StoreError::io(to))?;
    let copied = copy(&mut source, copy_of_database, &mut target, to, &mut hash)?;
    target.write_all(&hash.finish()).and_then(|()| target.sync_all()).map_err(StoreError::io(to))?;
    Ok(line.len() as u64 + copied + DIGEST)
}

fn copy(source: &mut impl Read, from: &Path, target: &mut File, to: &Path, hash: &mut Sha256) -> Result<u64> {
    let mut buffer = vec![0; 256 * 1024];
    let mut copied = 0;
    loop {
        let read = source.read(&mut buffer).map_err(StoreError::io(from))?;
        let piece = buffer.get(..read).unwrap_or_default();
        if piece.is_empty() {
            return Ok(copied);
        }
        hash.update(piece);
        target.write_all(piece).map_err(StoreError::io(to))?;
        copied += read as u64;
    }
}
