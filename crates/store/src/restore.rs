//! Putting a backup in the place of the database, and keeping what was there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::backup::{self, BackupDefect};
use crate::connection::{self, Access};
use crate::database::DATABASE_FILE;
use crate::error::{Result, StoreError};
use crate::key::{self, DatabaseKey, KEYS_FILE};
use crate::lock::Lock;
use crate::{check, files, migrate, place};

/// What restoring left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The database that was replaced, if there was one, beside the new one. Its wrapped keys are next
    /// to it, under the same name with `.keys.json`.
    pub kept: Option<PathBuf>,
}

/// Replaces the database in `folder` by the backup at `backup`, whose key is `key`. The database must not
/// be open. A folder without one becomes a database.
///
/// Nothing is replaced until the backup was read to its end, opened and examined. The replacement itself
/// is one renaming: after a crash there is the old or the new database. The wrapped keys of the backup
/// become those of the folder, since whoever gave `key` could unwrap them.
///
/// # Errors
/// [`StoreError::Backup`]; [`StoreError::Newer`] if its tables are newer than this program;
/// [`StoreError::AlreadyOpen`], [`StoreError::Place`], [`StoreError::Full`], [`StoreError::ReadOnly`],
/// [`StoreError::Io`]. The database is as it was then.
pub fn restore(folder: &Path, backup: &Path, key: &DatabaseKey) -> Result<Restored> {
    place::judge(folder).map_err(|unfit| StoreError::Place { path: folder.to_owned(), unfit })?;
    let mut lock = Lock::take(folder)?;
    let database = folder.join(DATABASE_FILE);
    let unpacked = files::beside(&database, ".restored");
    files::remove_database(&unpacked)?;

    let header = backup::unpack(backup, &unpacked).and_then(|header| {
        examine(&unpacked, key)?;
        Ok(header)
    });
    let header = match header {
        Ok(header) => header,
        Err(error) => {
            files::remove_database(&unpacked)?;
            return Err(error);
        }
    };

    let kept = if database.exists() { Some(keep(folder, &database, key)?) } else { None };
    key::replace_wrapped_keys(folder, &header.wrapped_keys)?;
    files::rename(&unpacked, &database)?;
    lock.mark_closed()?;
    Ok(Restored { kept })
}

/// Opens what was unpacked with the key and looks at every page.
fn examine(unpacked: &Path, key: &DatabaseKey) -> Result<()> {
    let connection = connection::open(unpacked, key, Access::Write)
        .and_then(|connection| connection::prove_key(&connection).map(|()| connection))
        .map_err(|error| match error {
            StoreError::WrongKey => BackupDefect::Key.into(),
            other => other,
        })?;
    let found = connection::schema_version(&connection)?;
    if found > migrate::SCHEMA_VERSION {
        return Err(StoreError::Newer { found, known: migrate::SCHEMA_VERSION });
    }
    check::quick(&connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Gives the old database a second name, with its log and its keys, so that it can be opened there.
fn keep(folder: &Path, database: &Path, key: &DatabaseKey) -> Result<PathBuf> {
    // What is in the log goes into the file, if the key is its key and the file still works. If not,
    // the log is kept beside it: left behind, it would be taken for that of the new database.
    drop(move_log_into_file(database, key));

    let free = |number: &u32| !folder.join(format!("replaced-{number}.db")).exists();
    let number = (1..).find(free).unwrap_or(0);
    let kept = folder.join(format!("replaced-{number}.db"));
    let keys = folder.join(KEYS_FILE);
    if keys.exists() {
        let kept_keys = folder.join(format!("replaced-{number}.keys.json"));
        fs::copy(&keys, &kept_keys).map_err(StoreError::io(&kept_keys))?;
    }
    // A second name for the same bytes; where the file system has none, a copy.
    if fs::hard_link(database, &kept).is_err() {
        fs::copy(database, &kept).map_err(StoreError::io(&kept))?;
    }
    let [_, log, shared] = files::with_logs(database);
    if log.exists() {
        let [_, kept_log, _] = files::with_logs(&kept);
        fs::rename(&log, &kept_log).map_err(StoreError::io(&kept_log))?;
    }
    drop(fs::remove_file(shared));
    files::sync_folder_of(database)?;
    Ok(kept)
}

fn move_log_into_file(database: &Path, key: &DatabaseKey) -> Result<()> {
    let connection = connection::open(database, key, Access::Write)?;
    connection::prove_key(&connection)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}
