//! What SQLite asked of the disk in one folder, in order, and what the program said meanwhile.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::shim;

/// One thing that was asked of the disk and done, or that the program said.
#[derive(Debug)]
pub enum Event {
    /// A file was opened. Two handles may be open on the same name.
    Opened {
        handle: usize,
        name: String,
        /// Whether it was made by being opened.
        fresh: bool,
        /// Whether SQLite syncs the folder together with the first sync of this handle.
        syncs_folder: bool,
    },
    Written {
        handle: usize,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncated {
        handle: usize,
        length: usize,
    },
    Synced {
        handle: usize,
    },
    Deleted {
        name: String,
        syncs_folder: bool,
    },
    /// A commit has returned.
    Acknowledged,
    /// There is another word in the lock. The program writes and syncs it by itself, past SQLite.
    Locked {
        word: String,
    },
}

/// The lock of a database, in which a word says whether it is open.
pub const LOCK_FILE: &str = "zizhi.lock";

/// What a commit waits for while it is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronous {
    /// What the program asks for.
    Full,
    /// `synchronous=NORMAL`, whatever the program asks for.
    Normal,
}

struct Recording {
    folder: PathBuf,
    synchronous: Synchronous,
    word: String,
    events: Vec<Event>,
}

impl Recording {
    /// Nothing tells of the lock, so it is looked at whenever something else happens.
    fn look_at_lock(&mut self) {
        let word = fs::read_to_string(self.folder.join(LOCK_FILE)).unwrap();
        if word != self.word {
            self.word.clone_from(&word);
            self.events.push(Event::Locked { word });
        }
    }
}

static RECORDING: Mutex<Option<Recording>> = Mutex::new(None);
/// Held by whoever records: one at a time.
static RECORDER: Mutex<()> = Mutex::new(());

/// Records what happens in `folder` while `work` is done. Every database in it must be closed at the end.
pub fn record(folder: &Path, synchronous: Synchronous, work: impl FnOnce()) -> Vec<Event> {
    let _alone = RECORDER.lock().unwrap_or_else(PoisonError::into_inner);
    shim::install();
    // SQLite asks for files by their real paths.
    let folder = folder.canonicalize().unwrap();
    *recording() = Some(Recording { folder, synchronous, word: String::new(), events: Vec::new() });
    work();
    recording().take().unwrap().events
}

/// Adds to the record, if there is one.
pub fn note(event: Event) {
    if let Some(recording) = recording().as_mut() {
        recording.look_at_lock();
        recording.events.push(event);
    }
}

/// The name of a file in the folder that is recorded.
pub fn recorded_name(path: &Path) -> Option<String> {
    let within = recording().as_ref().is_some_and(|recording| path.parent() == Some(&recording.folder));
    within.then(|| path.file_name().unwrap().to_str().unwrap().to_owned())
}

/// What a commit waits for, if that is for the shim to say.
pub fn synchronous() -> Synchronous {
    recording().as_ref().map_or(Synchronous::Full, |recording| recording.synchronous)
}

fn recording() -> MutexGuard<'static, Option<Recording>> {
    RECORDING.lock().unwrap_or_else(PoisonError::into_inner)
}
