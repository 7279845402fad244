//! A copy of a hub's folder, made while the hub serves, and a hub made of such a copy.
//!
//! The order is what makes a copy whole: a large body is written before the row that names it and removed after
//! it, so bodies are copied before the database and once more after it. A body that is removed between belongs to
//! a message that its recipient has stored.
//!
//! The published tree is not in it: the provinces signed it, and `publish` lays it there again.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::data::Data;
use crate::store::{Sqlite, Store as _, StoreError};

/// Why a copy was not made or not taken.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is there already, and nothing is overwritten.
    #[error("{0}: not empty; a backup and a restored hub need a folder of their own")]
    Occupied(PathBuf),
    /// No hub, or one whose data are in PostgreSQL.
    #[error("{0}: no hub with a database of its own")]
    NoHub(PathBuf),
    /// What is to be restored is no whole copy.
    #[error("{0}: no whole copy of a hub")]
    NoCopy(PathBuf),
    /// The file system refuses.
    #[error("{0}: cannot be read or written")]
    File(PathBuf, #[source] io::Error),
    /// The database cannot be copied.
    #[error("the database cannot be copied")]
    Database(#[source] rusqlite::Error),
    /// The database that is copied from is damaged.
    #[error("the database is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// What was copied is not what was read.
    #[error("the copy of the database is not whole: {0}")]
    Copy(String),
    /// What is to be restored is damaged.
    #[error("{0}: a damaged copy of a hub")]
    BadCopy(PathBuf, #[source] Box<BackupError>),
    /// The copy cannot be opened as a hub's database.
    #[error("the database cannot be opened")]
    Store(#[source] StoreError),
}

type Result<T> = std::result::Result<T, BackupError>;

/// Copies a hub's key, id, large bodies and database from `folder` into `to`, which is new or empty. Returns the
/// number of large bodies.
///
/// # Errors
/// [`BackupError`]; a copy that was begun stays, without its `hub.id`, and is refused by [`restore`].
pub fn backup(folder: &Path, to: &Path) -> Result<usize> {
    let blobs = copy_all(folder, to)?;
    name(folder, to)?;
    Ok(blobs)
}

/// Makes a hub in `folder`, which is new or empty, of a copy, and raises its epoch: whoever was served after the
/// copy was made notices and offers again what it holds no receipt for (docs/hub.md §5). Returns the epoch.
///
/// # Errors
/// [`BackupError`]; what was begun stays, without its `hub.id`, and does not serve.
pub async fn restore(copied: &Path, folder: &Path) -> Result<i64> {
    if !copied.join(Data::ID).is_file() || !copied.join(Data::DATABASE).is_file() {
        return Err(BackupError::NoCopy(copied.to_owned()));
    }
    copy_all(copied, folder).map_err(|error| match error {
        BackupError::Damaged(_) | BackupError::Copy(_) => {
            BackupError::BadCopy(copied.to_owned(), Box::new(error))
        }
        error => error,
    })?;
    let store = Sqlite::open(&folder.join(Data::DATABASE)).map_err(BackupError::Store)?;
    let epoch = store.raise_epoch().await.map_err(BackupError::Store)?;
    name(copied, folder)?;
    Ok(epoch)
}

/// Copies everything but the id; returns the number of large bodies.
fn copy_all(folder: &Path, to: &Path) -> Result<usize> {
    let database = folder.join(Data::DATABASE);
    if !database.is_file() {
        return Err(BackupError::NoHub(folder.to_owned()));
    }
    empty_folder(to)?;
    copy_blobs(folder, to)?;
    copy_database(&database, &to.join(Data::DATABASE))?;
    let blobs = copy_blobs(folder, to)?;
    copy(&folder.join(Data::KEY), &to.join(Data::KEY), 0o600)?;
    Ok(blobs)
}

/// Copies the id, the last step: a folder without it is no hub's.
fn name(folder: &Path, to: &Path) -> Result<()> {
    copy(&folder.join(Data::ID), &to.join(Data::ID), 0o644)?;
    sync(to)
}

/// The database as of one moment, in one file, and every page of it looked at.
fn copy_database(from: &Path, to: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags).map_err(BackupError::Database)?;
    source.busy_timeout(Sqlite::BUSY).map_err(BackupError::Database)?;
    let read =
        |error| if is_damage(&error) { BackupError::Damaged(error) } else { BackupError::Database(error) };
    // SQLite fills an empty file, and nobody but its owner may read it.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(at(to))?;
    source.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(read)?;
    let copy = Connection::open_with_flags(to, flags).map_err(BackupError::Database)?;
    let found: String =
        copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(BackupError::Database)?;
    if found != "ok" {
        return Err(BackupError::Copy(found));
    }
    drop(copy);
    sync(to)
}

/// Copies the large bodies that are not copied yet, and counts them all.
fn copy_blobs(folder: &Path, to: &Path) -> Result<usize> {
    let root = folder.join(Data::BLOBS);
    let mut count = 0;
    for shelf in entries(&root)? {
        let place = to.join(Data::BLOBS).join(shelf.strip_prefix(&root).unwrap_or(&shelf));
        DirBuilder::new().recursive(true).mode(0o700).create(&place).map_err(at(&place))?;
        for blob in entries(&shelf)? {
            let copied = place.join(blob.file_name().unwrap_or_default());
            count += 1;
            // A body never changes, so that one that is as long is there in full.
            let length = |path: &Path| fs::metadata(path).map(|found| found.len()).ok();
            if length(&copied).is_some() && length(&copied) == length(&blob) {
                continue;
            }
            match copy(&blob, &copied, 0o600) {
                // Its recipient has stored it meanwhile.
                Err(BackupError::File(_, error)) if error.kind() == io::ErrorKind::NotFound => count -= 1,
                other => other?,
            }
        }
        sync(&place)?;
    }
    Ok(count)
}

/// What is in a folder; nothing if the folder is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(found) => found.map(|entry| entry.map(|entry| entry.path()).map_err(at(folder))).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(at(folder)(error)),
    }
}

fn empty_folder(folder: &Path) -> Result<()> {
    if !entries(folder)?.is_empty() {
        return Err(BackupError::Occupied(folder.to_owned()));
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))
}

fn copy(from: &Path, to: &Path, mode: u32) -> Result<()> {
    let mut source = File::open(from).map_err(at(from))?;
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(to).map_err(at(to))?;
    io::copy(&mut source, &mut file).and_then(|_| file.sync_all()).map_err(at(to))
}

fn sync(path: &Path) -> Result<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::File(path, error)
}

/// Whether a database is not what was stored, as SQLite finds it.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
}
