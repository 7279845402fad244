//! The trust data of a data folder, opened once and kept for the next dossier.
//!
//! Opening it costs more than verifying with it, and a library keeps what it has read: rule packs that
//! were parsed, status lists whose signatures were checked. It is opened again when an import replaced the
//! kept file, and at the latest after a minute, since what is in force is judged by the time of opening.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::trust_data::{Remembered, STATE, kept_or_nothing};

/// How long trust data counts as just opened.
const FRESH: TimeDelta = TimeDelta::seconds(60);

/// Trust data with what is remembered from before.
#[derive(Debug)]
pub struct KeptLibrary {
    /// The trust data.
    pub library: Library,
    /// What a verification remembers with it.
    pub memory: Remembered,
}

/// A place for the trust data that was opened last.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Option<Held>>);

#[derive(Debug)]
struct Held {
    folder: PathBuf,
    opened: DateTime<Utc>,
    stamp: Option<Stamp>,
    kept: Arc<KeptLibrary>,
}

/// What tells one kept file from another: it is replaced whole, never written into.
type Stamp = (Option<SystemTime>, u64);

impl Shelf {
    /// The trust data of `folder` at `now`; trust data that knows nothing if none was imported there.
    ///
    /// # Errors
    /// As [`kept_or_nothing`].
    pub fn library(&self, folder: &Path, now: DateTime<Utc>) -> Result<Arc<KeptLibrary>, Failure> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = stamp(folder);
        if let Some(held) = &*held
            && held.folder == folder
            && held.stamp == stamp
            && held.opened <= now
            && now < held.opened + FRESH
        {
            return Ok(Arc::clone(&held.kept));
        }
        let (trust, memory) = kept_or_nothing(Some(folder), now)?;
        let kept = Arc::new(KeptLibrary { library: Library::new(trust), memory });
        *held = Some(Held { folder: folder.to_owned(), opened: now, stamp, kept: Arc::clone(&kept) });
        Ok(kept)
    }

    /// Lets go of what was opened. Whoever still holds it keeps it.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn stamp(folder: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(folder.join(STATE)).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}
