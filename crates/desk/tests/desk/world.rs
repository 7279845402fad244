//! A desk in a folder of its own, at the time of the stories, with a record of what it told.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use zizhi_app::FixedTime;
use zizhi_app::keychain::Keychain;
use zizhi_desk::{Desk, Place};
use zizhi_model::civil;
use zizhi_wire::commands::dispatch;
use zizhi_wire::{Event, Refusal};

pub const PASSPHRASE: &str = "松江 孵化器 2026";

pub struct World {
    // Before the folder: what is dropped first may still write.
    pub desk: Desk,
    told: Arc<Mutex<Vec<Event>>>,
    pause: Arc<Mutex<Option<Pause>>>,
    folder: PathBuf,
    kept: Option<Arc<tempfile::TempDir>>,
}

/// Halts work where its progress is told.
struct Pause {
    met: SyncSender<String>,
    go_on: Receiver<()>,
}

impl World {
    pub fn new() -> Self {
        Self::at("2026-11-23T10:00:00+08:00")
    }

    pub fn at(time: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::in_folder(folder.path().to_owned(), Some(Arc::new(folder)), time)
    }

    /// A window over a folder that somebody else keeps.
    pub fn over(folder: &Path) -> Self {
        Self::in_folder(folder.to_owned(), None, "2026-11-23T10:00:00+08:00")
    }

    /// Another window over the same folder.
    pub fn again(&self) -> Self {
        self.later("2026-11-23T10:00:00+08:00")
    }

    /// Another window over the same folder at another time.
    pub fn later(&self, time: &str) -> Self {
        Self::in_folder(self.folder.clone(), self.kept.clone(), time)
    }

    fn in_folder(folder: PathBuf, kept: Option<Arc<tempfile::TempDir>>, time: &str) -> Self {
        let host = FixedTime(civil::parse_time(time).expect("a time"));
        let told = Arc::<Mutex<Vec<Event>>>::default();
        let record = Arc::clone(&told);
        let pause = Arc::<Mutex<Option<Pause>>>::default();
        let waits = Arc::clone(&pause);
        let place = Place { data: folder.join("data"), resources: None };
        let events = Arc::new(move |event| {
            if let Event::Progress { job, .. } = &event
                && let Some(Pause { met, go_on }) = waits.lock().expect("whole").take()
            {
                met.send(job.clone()).expect("somebody waits for it");
                go_on.recv().expect("somebody lets it go on");
            }
            record.lock().expect("whole").push(event);
        });
        Self { desk: Desk::new(place, Arc::new(host), events), told, pause, folder, kept }
    }

    /// The same window on a machine with this keychain.
    pub fn with_keychain(mut self, keychain: Arc<dyn Keychain>) -> Self {
        self.desk = self.desk.with_keychain(keychain);
        self
    }

    /// The folder of the data.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A folder that is no part of the data.
    pub fn outside(&self) -> &Path {
        &self.folder
    }

    /// What was told so far.
    pub fn events(&self) -> Vec<Event> {
        self.told.lock().expect("whole").clone()
    }

    /// Asks for long work and stops it where its progress is told first; gives the refusal.
    pub fn stopped(&self, word: &str, payload: Value) -> Refusal {
        self.meanwhile(word, payload, |job| drop(self.ask("session.stop", json!({"job": job}))))
    }

    /// The same, where the desk is locked instead. The lock waits for the work to let go of the database.
    pub fn locked_meanwhile(&self, word: &str, payload: Value) -> Refusal {
        std::thread::scope(|scope| {
            self.meanwhile(word, payload, |_| {
                let lock = scope.spawn(|| drop(self.ask("session.lock", json!({}))));
                // The lock has taken the database away once nobody finds it open any more.
                while self.ask("session.status", json!({}))["database"] == "open" {
                    std::thread::yield_now();
                }
                drop(lock);
            })
        })
    }

    fn meanwhile(&self, word: &str, payload: Value, act: impl FnOnce(String) + Send) -> Refusal {
        let ((met, job), (let_go, go_on)) = (sync_channel(1), sync_channel(1));
        *self.pause.lock().expect("whole") = Some(Pause { met, go_on });
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let job = job.recv().expect("it tells its progress");
                act(job);
                let_go.send(()).expect("it waits");
            });
            self.refused(word, payload)
        })
    }

    /// Asks, and wants an answer.
    pub fn ask(&self, word: &str, payload: Value) -> Value {
        dispatch(&self.desk, word, payload).unwrap_or_else(|refusal| panic!("{word}: {refusal:?}"))
    }

    /// Asks, and wants a refusal: a fact and an advice in both languages.
    pub fn refused(&self, word: &str, payload: Value) -> Refusal {
        let refusal = dispatch(&self.desk, word, payload).expect_err(word);
        for text in [&refusal.fact, &refusal.advice] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{refusal:?}");
            // An option or a command of the command line helps nobody at a window; it may stand in brackets behind what does.
            let option = |text: &str, of_terminals: &str| {
                let before = text.split_once(of_terminals).map(|(before, _)| before);
                before.is_some_and(|before| before.rfind(['（', '(']) <= before.rfind(['）', ')']))
            };
            for of_terminals in ["--", "zizhi "] {
                // Some things only the command line does, and its advice says so.
                let there = text.zh.contains("命令行");
                let told = option(&text.zh, of_terminals) || option(&text.en, of_terminals);
                assert!(!told || (there && of_terminals == "zizhi "), "{refusal:?}");
            }
        }
        refusal
    }

    /// Makes a database for a role.
    pub fn create(&self, role: &str) -> Value {
        self.ask("session.create", creating(role))
    }
}

/// The request that makes a database for a role.
pub fn creating(role: &str) -> Value {
    let profile = match role {
        "incubator" => {
            json!({"uscc": "91310117DEM000030B", "name": "松江科创孵化器【演示】", "role": role, "region": "310117"})
        }
        _ => {
            json!({"uscc": "91340100DEM000014D", "name": "合肥星河量子传感技术有限公司【演示】", "role": role, "region": "340104"})
        }
    };
    json!({ "profile": profile, "passphrase": PASSPHRASE })
}
