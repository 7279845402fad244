//! One program at a time, and how the last one ended.
//!
//! The lock is the operating system's and ends with the process, however that ends. The same file holds
//! one word: `open` while the database is open, `closed` after an orderly end, `damaged` once it was found damaged.
//! Whoever takes the lock and reads `open` knows that the last one was interrupted.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::error::{Result, StoreError};

const LOCK_FILE: &str = "zizhi.lock";
/// A program that this one starts has a copy of every open file, and so of a lock that was just let go of, until it
/// has become itself. Whoever holds the lock for longer has the database open.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// Holds the lock until it is dropped.
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
    /// How the last holder ended.
    pub last: Last,
}

/// How the last one that had the database open ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// In good order, or there was none.
    Closed,
    /// Without saying so.
    Interrupted,
    /// In good order, with a database that is damaged.
    Damaged,
}

impl Lock {
    /// Takes the lock of the database in `folder`.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join(LOCK_FILE);
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| match error.kind() {
            std::io::ErrorKind::PermissionDenied => StoreError::ReadOnly,
            _ => StoreError::io(&path)(error),
        })?;
        for attempt in 1.. {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if attempt < ATTEMPTS => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(StoreError::AlreadyOpen),
                Err(TryLockError::Error(error)) => return Err(StoreError::io(&path)(error)),
            }
        }
        let mut word = String::new();
        file.read_to_string(&mut word).map_err(StoreError::io(&path))?;
        let last = match word.trim() {
            "open" => Last::Interrupted,
            "damaged" => Last::Damaged,
            _ => Last::Closed,
        };
        Ok(Self { file, path, last })
    }

    /// Says that the database is open from now on.
    pub(crate) fn mark_open(&self) -> Result<()> {
        self.mark("open\n")
    }

    /// Says that everything was put away, and in what state. The lock itself is held until the end.
    pub(crate) fn mark_closed(&self, last: Last) -> Result<()> {
        match last {
            Last::Closed => self.mark("closed\n"),
            Last::Damaged => self.mark("damaged\n"),
            // What nobody has examined yet stays what it was found as.
            Last::Interrupted => Ok(()),
        }
    }

    fn mark(&self, word: &str) -> Result<()> {
        let Self { file, path, .. } = self;
        let mut file: &File = file;
        file.rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| file.write_all(word.as_bytes()))
            .and_then(|()| file.sync_all())
            .map_err(StoreError::io(path))
    }
}
