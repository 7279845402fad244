//! What lives from command to command.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use zizhi_app::Host;
use zizhi_store::Database;
use zizhi_wire::{Event, Refusal};

use crate::refusal::refused;

/// Where events of the wire go.
pub type Events = Arc<dyn Fn(Event) + Send + Sync>;

/// The folders of one person on one machine.
#[derive(Debug, Clone)]
pub struct Place {
    /// Trust data, settings and, in `database`, the local database.
    pub data: PathBuf,
    /// Files that come with the program: fonts, licences. Searched before the system's.
    pub resources: Option<PathBuf>,
}

/// One person's desk.
pub struct Desk {
    pub(crate) place: Place,
    pub(crate) host: Arc<dyn Host + Send + Sync>,
    pub(crate) events: Events,
    open: RwLock<Option<Arc<Open>>>,
    opened: Mutex<Vec<String>>,
}

/// An open database.
pub(crate) struct Open {
    /// The database.
    pub(crate) database: Database,
    /// 演练模式: it holds sample data only.
    pub(crate) drill: bool,
}

impl Desk {
    /// A desk at `place`, with nothing open. Reads and writes nothing yet.
    #[must_use]
    pub fn new(place: Place, host: Arc<dyn Host + Send + Sync>, events: Events) -> Self {
        Self { place, host, events, open: RwLock::new(None), opened: Mutex::default() }
    }

    /// The open database.
    ///
    /// # Errors
    /// `SESSION-LOCKED` if none is open.
    pub(crate) fn open(&self) -> Result<Arc<Open>, Refusal> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(|| {
            refused(
                "SESSION-LOCKED",
                ("数据库没有打开，操作没有进行。", "The database is not open; nothing was done."),
                ("请先输入口令打开。", "Open it with the passphrase first."),
            )
        })
    }

    /// Puts an open database, or none, in the place of what was open.
    pub(crate) fn set_open(&self, open: Option<Arc<Open>>) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = open;
    }

    /// Files that a person wants to open, by a double-click or a second start. A window that is not there yet
    /// finds them in the session's status.
    pub fn offer(&self, paths: Vec<String>) {
        if paths.is_empty() {
            return;
        }
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&paths);
        self.tell(Event::Opened { paths });
    }

    /// The files that were offered and nobody took yet.
    pub(crate) fn take_opened(&self) -> Vec<String> {
        std::mem::take(&mut self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells the window something.
    pub(crate) fn tell(&self, event: Event) {
        (self.events)(event);
    }
}
