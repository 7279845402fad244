//! Files that are written whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Result, StoreError};

/// The bytes of a small file, or `None` if it is not there.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path)(error)),
    }
}

/// Writes a file through a neighbour that is renamed once it is on the disk.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = beside(path, ".part");
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        drop(fs::remove_file(&part));
        return Err(StoreError::io(&part)(error));
    }
    rename(&part, path)
}

/// Renames a file that is already on the disk, and makes the new name durable.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(StoreError::io(to))?;
    sync_folder_of(to)
}

/// Makes names in the folder of `path` durable. Windows does so itself and cannot open a folder.
pub(crate) fn sync_folder_of(path: &Path) -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io(folder))
}

/// `path` with something appended to its last part.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// The files that belong to a database: itself, its log and the log's index.
pub(crate) fn with_logs(path: &Path) -> [PathBuf; 3] {
    [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")]
}

/// Removes a database that is not in use, if it is there.
pub(crate) fn remove_database(path: &Path) -> Result<()> {
    for file in with_logs(path) {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::io(&file)(error));
            }
            _ => {}
        }
    }
    Ok(())
}
