//! The database: one folder, one file, one key, one writer and a few readers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::access::{Reader, Writer};
use crate::connection::{self, Access};
use crate::error::{Result, StoreError};
use crate::key::{self, DatabaseKey};
use crate::lock::{Last, Lock};
use crate::{backup, check, files, migrate, place};

/// The database itself, in its folder.
pub const DATABASE_FILE: &str = "zizhi.db";

/// Readers that can be held at the same time, over all threads; one more waits.
pub const READERS: usize = 4;

/// Bytes up to which reading all of a database keeps nobody waiting: 64 MiB, which is a second.
const SMALL: u64 = 64 * 1024 * 1024;
/// Steps of the engine, mostly pages, between two looks at whether an examination is to stop: at most a tenth of a
/// second. SQLCipher's own pass over the file takes none, and goes on to its end.
pub(crate) const BETWEEN_STOPS: i32 = 1_000;

/// An open database. It may be shared between threads.
pub struct Database {
    folder: PathBuf,
    key: DatabaseKey,
    writer: Mutex<Connection>,
    /// Opened when first needed.
    readers: [OnceLock<Mutex<Connection>>; READERS],
    lock: Lock,
    /// What the examination after an interrupted end found so far.
    examined: Mutex<Last>,
    /// Held while a backup is made: two of the same day are written under the same name.
    backing_up: Mutex<()>,
    /// Held while messages are exchanged with the hub: two at once would send and take in the same.
    exchanging: Mutex<()>,
    closed: bool,
}

impl Database {
    /// Whether there is a database in `folder`.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        folder.join(DATABASE_FILE).exists()
    }

    /// Makes a new database. `wrapped_keys` are the wrapped copies of `key`; they are on the disk before
    /// anything is encrypted with it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if there is a database already; otherwise as [`Database::open`].
    pub fn create(folder: &Path, key: &DatabaseKey, wrapped_keys: &[u8]) -> Result<Self> {
        make_private_folder(folder)?;
        let lock = Self::claim(folder)?;
        let path = folder.join(DATABASE_FILE);
        if path.exists() {
            return Err(StoreError::Conflict("there is a database in this folder".to_owned()));
        }
        key::replace_wrapped_keys(folder, wrapped_keys)?;

        // Under another name until its tables are there, so that a crash leaves no half database.
        let part = files::beside(&path, ".new");
        files::remove_database(&part)?;
        let mut connection = connection::open(&part, key, Access::Create)?;
        connection::make_durable(&connection)?;
        migrate::to_latest(&mut connection)?;
        connection.close().map_err(|(_, error)| StoreError::from(error))?;
        files::rename(&part, &path)?;
        let connection = connection::open(&path, key, Access::Write)?;
        connection::make_durable(&connection)?;
        Self::start(folder, key, lock, connection, Last::Closed)
    }

    /// Opens the database in `folder`, brings its tables up to date after a backup, and examines it if
    /// it was not closed the last time; a large one is left to [`Database::examine`], unless it was found damaged.
    ///
    /// # Errors
    /// [`StoreError::Io`] with `NotFound` if there is none, [`StoreError::Place`],
    /// [`StoreError::AlreadyOpen`], [`StoreError::WrongKey`], [`StoreError::Newer`],
    /// [`StoreError::Damaged`], [`StoreError::Full`], [`StoreError::ReadOnly`].
    pub fn open(folder: &Path, key: &DatabaseKey) -> Result<Self> {
        let path = folder.join(DATABASE_FILE);
        let size = fs::metadata(&path).map_err(StoreError::io(&path))?.len();
        let lock = Self::claim(folder)?;

        let mut connection = connection::open(&path, key, Access::Write)?;
        // Until the version is known, closing must not move the log into the file.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection::prove_key(&connection)?;
        let found = connection::schema_version(&connection)?;
        if found > migrate::SCHEMA_VERSION {
            return Err(StoreError::Newer { found, known: migrate::SCHEMA_VERSION });
        }
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let examined = match lock.last {
            Last::Interrupted if size > SMALL => Last::Interrupted,
            Last::Interrupted | Last::Damaged => check::quick(&connection).map(|()| Last::Closed)?,
            Last::Closed => Last::Closed,
        };
        connection::make_durable(&connection)?;
        if found < migrate::SCHEMA_VERSION {
            backup::before_migration(folder, key, &connection, found)?;
            migrate::to_latest(&mut connection)?;
        }
        Self::start(folder, key, lock, connection, examined)
    }

    fn claim(folder: &Path) -> Result<Lock> {
        place::judge(folder).map_err(|unfit| StoreError::Place { path: folder.to_owned(), unfit })?;
        Lock::take(folder)
    }

    fn start(
        folder: &Path,
        key: &DatabaseKey,
        lock: Lock,
        connection: Connection,
        examined: Last,
    ) -> Result<Self> {
        lock.mark_open()?;
        Ok(Self {
            folder: folder.to_owned(),
            key: key.clone(),
            writer: Mutex::new(connection),
            readers: Default::default(),
            lock,
            examined: Mutex::new(examined),
            backing_up: Mutex::default(),
            exchanging: Mutex::default(),
            closed: false,
        })
    }

    /// Begins an exchange of messages with the hub, which lasts until this is dropped; nothing while there is another.
    pub fn begin_exchange(&self) -> Option<MutexGuard<'_, ()>> {
        match self.exchanging.try_lock() {
            Ok(alone) => Some(alone),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Begins to read. Holding a reader keeps old pages from being reused, so let it go soon; a thread
    /// that holds [`READERS`] of them and asks for one more waits for itself.
    ///
    /// # Errors
    /// [`StoreError::Engine`] and whatever opening a further connection brings.
    pub fn reader(&self) -> Result<Reader<'_>> {
        let mut opened = &self.writer;
        for slot in &self.readers {
            if slot.get().is_none() {
                let connection = connection::open(&self.path(), &self.key, Access::Read)?;
                // If another thread was faster, its connection serves as well.
                drop(slot.set(Mutex::new(connection)));
            }
            opened = slot.get().unwrap_or(opened);
            match opened.try_lock() {
                Ok(free) => return Reader::begin(free),
                // The thread that panicked rolled back as it went.
                Err(TryLockError::Poisoned(free)) => return Reader::begin(free.into_inner()),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        Reader::begin(opened.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins to write, once no other thread does.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Engine`].
    pub fn writer(&self) -> Result<Writer<'_>> {
        Writer::begin(self.writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder that holds the database.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the database was not closed the last time. It was examined then and found whole, or that is still due.
    #[must_use]
    pub fn was_interrupted(&self) -> bool {
        self.lock.last == Last::Interrupted
    }

    /// Whether reading all of it, as examinations and backups do, takes longer than a person would wait for.
    #[must_use]
    pub fn is_large(&self) -> bool {
        fs::metadata(self.path()).is_ok_and(|file| file.len() > SMALL)
    }

    /// Whether the examination after an interrupted end is still due.
    #[must_use]
    pub fn is_unexamined(&self) -> bool {
        *self.last() == Last::Interrupted
    }

    /// Whether that examination found damage.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        *self.last() == Last::Damaged
    }

    /// Makes the examination that is due after an interrupted end, beside other work, until `stop` says so. What is
    /// damaged is examined before it opens the next time.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Stopped`]; whatever opening a further connection brings.
    pub fn examine(&self, stop: impl FnMut() -> bool + Send + 'static) -> Result<()> {
        let connection = connection::open(&self.path(), &self.key, Access::Read)?;
        connection.progress_handler(BETWEEN_STOPS, Some(stop))?;
        let found = check::quick(&connection);
        match found {
            Ok(()) => *self.last() = Last::Closed,
            Err(StoreError::Stopped | StoreError::Engine(_)) => {}
            // What cannot be read is damaged as well. However this program ends, the next one knows.
            Err(_) => {
                *self.last() = Last::Damaged;
                self.lock.mark_closed(Last::Damaged)?;
            }
        }
        found
    }

    pub(crate) fn last(&self) -> MutexGuard<'_, Last> {
        self.examined.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The versions of SQLite and of SQLCipher, for diagnostics.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub fn engine_versions(&self) -> Result<(String, String)> {
        let reader = self.reader()?;
        let cipher = reader.sql().pragma_query_value(None, "cipher_version", |row| row.get(0))?;
        Ok((rusqlite::version().to_owned(), cipher))
    }

    /// Gives back the memory that holds recently used pages, for when the window is idle or locked.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub fn shrink_memory(&self) -> Result<()> {
        for connection in self.readers.iter().filter_map(OnceLock::get).chain([&self.writer]) {
            // One that is in use needs its memory.
            if let Ok(connection) = connection.try_lock() {
                connection.execute_batch("PRAGMA shrink_memory")?;
            }
        }
        Ok(())
    }

    /// Closes the database in good order. Dropping it does the same, but tells no one of a failure.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Io`], [`StoreError::Engine`].
    pub fn close(mut self) -> Result<()> {
        self.put_away()
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join(DATABASE_FILE)
    }

    /// Waits until no other backup is made.
    pub(crate) fn alone_backing_up(&self) -> MutexGuard<'_, ()> {
        self.backing_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    fn put_away(&mut self) -> Result<()> {
        self.closed = true;
        self.readers = Default::default();
        let writer = self.writer.get_mut().unwrap_or_else(PoisonError::into_inner);
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let last = *self.last();
        self.lock.mark_closed(last)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !self.closed {
            drop(self.put_away());
        }
    }
}

/// Makes the folder, for this user only where the system knows such a thing.
fn make_private_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(StoreError::io(folder))
}
