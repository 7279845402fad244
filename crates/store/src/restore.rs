//! Putting a backup in the place of the database, and keeping what was there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use crate::access::Reader;
use crate::backup::{self, BackupDefect, BackupHeader};
use crate::connection::{self, Access};
use crate::database::{DATABASE_FILE, Database};
use crate::error::{Result, StoreError};
use crate::key::{self, DatabaseKey, KEYS_FILE};
use crate::lock::{Last, Lock};
use crate::{check, files, migrate, place};

/// Where a backup is unpacked and set right before it becomes the database.
const STAGE: &str = ".restoring";

/// What restoring left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The database that was replaced, if there was one, beside the new one. Its wrapped keys are next
    /// to it, under the same name with `.keys.json`.
    pub kept: Option<PathBuf>,
}

/// The database that is about to be replaced.
pub struct Replaced {
    /// Where it will be kept; nothing if there is none.
    pub kept: Option<PathBuf>,
    connection: Option<Mutex<Connection>>,
}

impl Replaced {
    /// Reads it, if there is one that the backup's key opens and whose tables are those of this program.
    ///
    /// # Errors
    /// As every read.
    pub fn reader(&self) -> Result<Option<Reader<'_>>> {
        let held = self.connection.as_ref();
        let held = held.map(|held| held.lock().unwrap_or_else(PoisonError::into_inner));
        held.map(Reader::begin).transpose()
    }
}

/// Replaces the database in `folder` by the backup at `backup`, whose key is `key`. The database must not
/// be open. A folder without one becomes a database.
///
/// Nothing is replaced until the backup was read to its end, opened and examined, and `set_right` has
/// written into it what must be known in it from its first moment; it may read what is being replaced. The
/// replacement itself is one renaming: after a crash there is the old database, or the new one set right.
/// The wrapped keys of the backup become those of the folder, since whoever gave `key` could unwrap them.
///
/// # Errors
/// [`StoreError::Backup`]; [`StoreError::Newer`] if its tables are newer than this program;
/// [`StoreError::AlreadyOpen`], [`StoreError::Place`], [`StoreError::Full`], [`StoreError::ReadOnly`],
/// [`StoreError::Io`]; what `set_right` fails with. The database is as it was then.
pub fn restore<E: From<StoreError>>(
    folder: &Path,
    backup: &Path,
    key: &DatabaseKey,
    set_right: impl FnOnce(&Database, &Replaced) -> std::result::Result<(), E>,
) -> std::result::Result<Restored, E> {
    place::judge(folder).map_err(|unfit| StoreError::Place { path: folder.to_owned(), unfit })?;
    let lock = Lock::take(folder)?;
    let database = folder.join(DATABASE_FILE);
    let stage = folder.join(STAGE);
    clear(&stage)?;
    let prepared = prepare(&stage, backup, key).map_err(E::from).and_then(|(header, staged)| {
        let replaced = replaced(folder, &database, key);
        set_right(&staged, &replaced)?;
        staged.close()?;
        Ok((header, replaced.kept))
    });
    let (header, kept) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            clear(&stage)?;
            return Err(error);
        }
    };
    if let Some(kept) = &kept {
        keep(folder, &database, kept, key)?;
    }
    key::replace_wrapped_keys(folder, &header.wrapped_keys)?;
    files::rename(&stage.join(DATABASE_FILE), &database)?;
    clear(&stage)?;
    lock.mark_closed(Last::Closed)?;
    Ok(Restored { kept })
}

/// Unpacks the backup into a folder of its own, opens it with the key and looks at every page.
fn prepare(stage: &Path, backup: &Path, key: &DatabaseKey) -> Result<(BackupHeader, Database)> {
    fs::create_dir(stage).map_err(StoreError::io(stage))?;
    let header = backup::unpack(backup, &stage.join(DATABASE_FILE))?;
    let staged = Database::open(stage, key).map_err(|error| match error {
        StoreError::WrongKey => BackupDefect::Key.into(),
        other => other,
    })?;
    check::quick(staged.reader()?.sql())?;
    Ok((header, staged))
}

fn clear(stage: &Path) -> Result<()> {
    match fs::remove_dir_all(stage) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(stage)(error)),
        _ => Ok(()),
    }
}

/// What is being replaced, under the first free name.
fn replaced(folder: &Path, database: &Path, key: &DatabaseKey) -> Replaced {
    if !database.exists() {
        return Replaced { kept: None, connection: None };
    }
    let name = |number: u32| folder.join(format!("replaced-{number}.db"));
    let kept = (1..).map(name).find(|path| !path.exists());
    // One that another key opens, or that no longer works, tells nothing.
    let read = || -> Result<Option<Connection>> {
        let connection = connection::open(database, key, Access::Write)?;
        connection::prove_key(&connection)?;
        Ok((connection::schema_version(&connection)? == migrate::SCHEMA_VERSION).then_some(connection))
    };
    Replaced { kept, connection: read().ok().flatten().map(Mutex::new) }
}

/// Gives the old database a second name, with its log and its keys, so that it can be opened there.
fn keep(folder: &Path, database: &Path, kept: &Path, key: &DatabaseKey) -> Result<()> {
    // What is in the log goes into the file, if the key is its key and the file still works. If not,
    // the log is kept beside it: left behind, it would be taken for that of the new database.
    drop(move_log_into_file(database, key));

    let keys = folder.join(KEYS_FILE);
    if keys.exists() {
        let kept_keys = kept.with_extension("keys.json");
        fs::copy(&keys, &kept_keys).map_err(StoreError::io(&kept_keys))?;
    }
    // A second name for the same bytes; where the file system has none, a copy.
    if fs::hard_link(database, kept).is_err() {
        fs::copy(database, kept).map_err(StoreError::io(kept))?;
    }
    let [_, log, shared] = files::with_logs(database);
    if log.exists() {
        let [_, kept_log, _] = files::with_logs(kept);
        fs::rename(&log, &kept_log).map_err(StoreError::io(&kept_log))?;
    }
    drop(fs::remove_file(shared));
    files::sync_folder_of(database)
}

fn move_log_into_file(database: &Path, key: &DatabaseKey) -> Result<()> {
    let connection = connection::open(database, key, Access::Write)?;
    connection::prove_key(&connection)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}
