//! What lives from command to command.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use zizhi_app::SigningKey;
use zizhi_app::kept_library::{KeptLibrary, Shelf};
use zizhi_app::keychain::{Keychain, NoKeychain};
use zizhi_app::stop::Stop;
use zizhi_app::trust_data::TrustData;
use zizhi_app::vault::{self, Inbox, Unlocked};
use zizhi_app::{Failure, Host};
use zizhi_store::Database;
use zizhi_wire::{Event, Refusal, Role, SessionStatus};

use crate::clock::Clock;
use crate::jobs::Jobs;
use crate::refusal::{refusal, refused};
use crate::register::Rosters;
use crate::session::{Keeping, Remembering};
use crate::sync::Bell;
use crate::verify::Work;

/// Where events of the wire go.
pub type Events = Arc<dyn Fn(Event) + Send + Sync>;

/// How long closing waits for commands that are under way, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(5);

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
    pub(crate) clock: Arc<Clock>,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) remembering: Mutex<Remembering>,
    pub(crate) keeping: Keeping,
    session: RwLock<Session>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) work: Work,
    pub(crate) jobs: Jobs,
    /// What came before a window listens; nothing once it does.
    offered: Mutex<Option<Offered>>,
}

/// What came from outside the window: by a double-click, a link or a second start.
#[derive(Default)]
struct Offered {
    /// Files to open, in their order.
    files: Vec<Vec<String>>,
    /// The number of a case that a link names.
    number: Option<String>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.end();
    }
}

/// Whether and which database is open.
#[derive(Default)]
struct Session {
    open: Option<Arc<Open>>,
    /// 演练模式 in this role, whether its database is locked or open.
    drill: Option<Role>,
}

/// An open database.
pub(crate) struct Open {
    /// The database.
    pub(crate) database: Database,
    /// What opens dossiers that are sealed to this organisation. A new key comes in when the device list changes.
    inbox: RwLock<Arc<Inbox>>,
    /// 演练模式: it holds sample data only.
    pub(crate) drill: bool,
    /// Work in the background stops when this is set.
    pub(crate) closing: Stop,
    /// This device's key at its hub, where it has one and its passphrase was given.
    device: Mutex<Option<Arc<SigningKey>>>,
    /// What begins rounds with the hub, and knows how they went.
    pub(crate) bell: Arc<Bell>,
    /// Rosters that were previewed and not imported yet.
    pub(crate) rosters: Rosters,
}

impl Open {
    /// What was unlocked.
    pub(crate) fn new(unlocked: Unlocked, drill: bool) -> Self {
        let Unlocked { database, inbox, device } = unlocked;
        Self {
            database,
            inbox: RwLock::new(Arc::new(inbox)),
            drill,
            closing: Stop::default(),
            device: Mutex::new(device.map(Arc::new)),
            bell: Arc::default(),
            rosters: Rosters::default(),
        }
    }

    /// What opens dossiers that are sealed to this organisation.
    pub(crate) fn inbox(&self) -> Arc<Inbox> {
        Arc::clone(&self.inbox.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens with these from now on until the database is closed.
    pub(crate) fn set_inbox(&self, inbox: Inbox) {
        *self.inbox.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(inbox);
    }

    /// This device's key at its hub.
    pub(crate) fn device(&self) -> Option<Arc<SigningKey>> {
        self.device.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has this device's key from now on until the database is closed.
    pub(crate) fn set_device(&self, key: Option<SigningKey>) {
        *self.device.lock().unwrap_or_else(PoisonError::into_inner) = key.map(Arc::new);
    }
}

impl Desk {
    /// A desk at `place`, with nothing open. Reads and writes nothing yet.
    #[must_use]
    pub fn new(place: Place, host: Arc<dyn Host + Send + Sync>, events: Events) -> Self {
        let clock = Arc::new(Clock::new(host));
        Self {
            place,
            host: Arc::clone(&clock) as Arc<dyn Host + Send + Sync>,
            events,
            clock,
            keychain: Arc::new(NoKeychain),
            remembering: Mutex::default(),
            keeping: Keeping::default(),
            session: RwLock::default(),
            shelf: Arc::default(),
            work: Work::default(),
            jobs: Jobs::default(),
            offered: Mutex::new(Some(Offered::default())),
        }
    }

    /// The same desk with a keychain, that can remember its database.
    #[must_use]
    pub fn with_keychain(mut self, keychain: Arc<dyn Keychain>) -> Self {
        self.keychain = keychain;
        self
    }

    /// The open database.
    ///
    /// # Errors
    /// `SESSION-LOCKED` if none is open.
    pub(crate) fn open(&self) -> Result<Arc<Open>, Refusal> {
        self.open_if_any().ok_or_else(|| {
            refused(
                "SESSION-LOCKED",
                ("数据库没有打开，操作没有进行。", "The database is not open; nothing was done."),
                ("请先输入口令打开。", "Open it with the passphrase first."),
            )
        })
    }

    /// The open database, if one is open.
    pub(crate) fn open_if_any(&self) -> Option<Arc<Open>> {
        self.session.read().unwrap_or_else(PoisonError::into_inner).open.clone()
    }

    /// Puts an open database, or none, in the place of what was open.
    pub(crate) fn set_open(&self, open: Option<Arc<Open>>) {
        self.session.write().unwrap_or_else(PoisonError::into_inner).open = open;
    }

    /// Closes the database, if one is open. Commands that are under way end first; one that takes longer
    /// than ten seconds goes on, and the database closes behind it.
    ///
    /// # Errors
    /// As `Database::close`.
    pub(crate) fn close(&self) -> Result<(), Failure> {
        self.only_by_passphrase();
        let open = self.session.write().unwrap_or_else(PoisonError::into_inner).open.take();
        let Some(mut open) = open else { return Ok(()) };
        open.closing.ask();
        open.bell.end();
        let mut waited = Duration::ZERO;
        loop {
            match Arc::try_unwrap(open) {
                Ok(open) => return Ok(open.database.close()?),
                Err(_) if waited >= PATIENCE => return Ok(()),
                Err(shared) => {
                    open = shared;
                    thread::sleep(LOOK);
                    waited += LOOK;
                }
            }
        }
    }

    /// Closes what is open and waits for work in the background to stop. A process must not end before: the
    /// cipher of the database is taken down at its end, under whoever still uses it.
    pub fn end(&self) {
        // There is nobody left to tell; what was committed stays, and the next opening tidies up.
        drop(self.close());
    }

    /// The role in which 演练模式 goes on, if it does.
    pub(crate) fn drill(&self) -> Option<Role> {
        self.session.read().unwrap_or_else(PoisonError::into_inner).drill
    }

    /// Begins or ends 演练模式. Nothing may be open.
    pub(crate) fn set_drill(&self, drill: Option<Role>) {
        self.session.write().unwrap_or_else(PoisonError::into_inner).drill = drill;
        self.shelf.forget();
    }

    /// The folder of the trust data, settings and database in use: the person's, or that of 演练模式.
    pub(crate) fn data(&self) -> PathBuf {
        self.drill().map_or_else(|| self.place.data.clone(), |role| self.drill_data(role))
    }

    /// The folder of 演练模式 in a role.
    pub(crate) fn drill_data(&self, role: Role) -> PathBuf {
        self.place.data.join(match role {
            Role::Firm => "drill-firm",
            Role::Incubator => "drill-incubator",
        })
    }

    /// The folder of the database in use.
    pub(crate) fn database_folder(&self) -> PathBuf {
        self.data().join(vault::FOLDER)
    }

    /// Where the trust data in use is kept.
    pub(crate) fn trust_data(&self) -> TrustData {
        TrustData::at(self.data())
    }

    /// The trust data at hand, opened once for many commands. Without any it knows nothing: every
    /// credential is pending.
    ///
    /// # Errors
    /// `TRUST-DATA` if it was cut or altered.
    pub(crate) fn at_hand(&self) -> Result<Arc<KeptLibrary>, Refusal> {
        self.shelf.library(&self.data(), self.host.now()).map_err(|failure| refusal(&failure))
    }

    /// Forgets the trust data that was opened, after it was replaced.
    pub(crate) fn trust_changed(&self) {
        self.shelf.forget();
    }

    /// Files that a person wants to open, by a double-click or a second start. They are kept in their order until a
    /// window listens, and told from then on: what is told before is heard by nobody.
    pub fn offer(&self, paths: Vec<String>) {
        if paths.is_empty() {
            return;
        }
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        match offered.as_mut() {
            Some(kept) => kept.files.push(paths),
            None => {
                drop(offered);
                self.tell(Event::Opened { paths });
            }
        }
    }

    /// A case that a link names by its number. It goes the way of the files.
    pub fn offer_case(&self, number: String) {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        match offered.as_mut() {
            Some(kept) => kept.number = Some(number),
            None => {
                drop(offered);
                self.tell(Event::Linked { number });
            }
        }
    }

    /// What the first page of a window is of, as long as none listens: the files that were offered first, and the case of a
    /// link, once.
    pub(crate) fn first_offered(&self) -> (Vec<String>, Option<String>) {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(kept) = offered.as_mut() else { return (Vec::new(), None) };
        (kept.files.first().cloned().unwrap_or_default(), kept.number.take())
    }

    /// All files that were offered before a window listens, in their order. From then on it hears of what comes, and at
    /// once of a link that came after its first page.
    pub(crate) fn take_offered(&self) -> Vec<Vec<String>> {
        let offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        if let Some(number) = offered.number {
            self.tell(Event::Linked { number });
        }
        offered.files
    }

    /// Whether a window listens to what is told.
    pub(crate) fn is_listened_to(&self) -> bool {
        self.offered.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// How the session stands, for a window that is about to be made. Nothing where the keychain is going to open
    /// the database: what the window would show first would be gone a moment later.
    #[must_use]
    pub fn begun(&self) -> Option<SessionStatus> {
        self.status().ok().filter(|status| !status.remembered.on)
    }

    /// Tells the window something.
    pub(crate) fn tell(&self, event: Event) {
        (self.events)(event);
    }
}
