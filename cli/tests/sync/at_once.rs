//! Two rounds at the same moment on one database: the one that goes by itself and the one that a person asks for.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use zizhi_app::stop::Stop;
use zizhi_app::sync_hub::{Synced, Syncing, sync};
use zizhi_app::trust_data::{TrustData, kept_or_nothing};
use zizhi_app::{Host, SystemHost, vault};
use zizhi_crypto::Random;
use zizhi_store::{self as store, ActivityFilter, Database, Entry, InboxState, OutboxState};
use zizhi_verify::Library;

use crate::world::{Office, PASSPHRASE, World};

/// What each of the two rounds came to, and how often the log has which action about which message.
struct Both {
    rounds: [Synced; 2],
    noted: BTreeMap<(String, String), usize>,
}

/// A person who changes the hub again and again while a round goes on: each time that it looks at the clock, once it
/// has begun to ask. Where the round is writing, the change comes right after.
struct Person {
    database: Arc<Database>,
    begun: AtomicBool,
    changes: Arc<Mutex<u32>>,
}

impl Host for Person {
    fn now(&self) -> DateTime<Utc> {
        if self.begun.load(Ordering::SeqCst) {
            let (database, changes) = (Arc::clone(&self.database), Arc::clone(&self.changes));
            let (done, wait) = channel();
            std::thread::spawn(move || {
                let writer = database.writer().unwrap();
                let mut changes = changes.lock().unwrap();
                *changes += 1;
                let ca = Some(changes.to_string().into_bytes());
                writer.put_hub(&store::Hub { ca, ..writer.hub().unwrap().unwrap() }).unwrap();
                writer.commit(&Entry::new(SystemHost.now(), "", "hub.changed")).unwrap();
                let _ = done.send(());
            });
            let _ = wait.recv_timeout(Duration::from_millis(300));
        }
        SystemHost.now()
    }

    fn random(&self) -> Box<dyn Random> {
        self.begun.store(true, Ordering::SeqCst);
        SystemHost.random()
    }
}

#[test]
fn what_a_person_changes_of_the_hub_during_a_round_stays() {
    let world = World::joined();
    let unlocked = vault::open(&world.firm.folder.join("data/database"), PASSPHRASE, &SystemHost).unwrap();
    let key = vault::device_key(&unlocked.database, PASSPHRASE).unwrap().unwrap();
    let data = TrustData::at(world.firm.folder.join("data"));
    let library = Library::new(kept_or_nothing(Some(data.folder()), SystemHost.now()).unwrap().0);
    let identities = unlocked.inbox.identities().to_vec();
    let database = Arc::new(unlocked.database);
    let person =
        Person { database: Arc::clone(&database), begun: AtomicBool::new(false), changes: Arc::default() };
    let came = sync(&Syncing {
        database: &database,
        library: &library,
        trust: &data,
        identities: &identities,
        key: &key,
        ca: None,
        host: &person,
        stop: &Stop::default(),
        asked: false,
    })
    .unwrap();
    assert!(came.cut.is_none(), "{came:?}");
    let hub = database.reader().unwrap().hub().unwrap().unwrap();
    let changes = *person.changes.lock().unwrap();
    assert!(changes > 0 && hub.synced.is_some(), "both wrote");
    assert_eq!(hub.ca, Some(changes.to_string().into_bytes()), "the last change of {changes}");
}

/// Has two threads begin a round on one database at the same moment.
fn both(office: &Office) -> Both {
    let unlocked = vault::open(&office.folder.join("data/database"), PASSPHRASE, &SystemHost).unwrap();
    let key = vault::device_key(&unlocked.database, PASSPHRASE).unwrap().unwrap();
    let data = TrustData::at(office.folder.join("data"));
    let library = Library::new(kept_or_nothing(Some(data.folder()), SystemHost.now()).unwrap().0);
    let before = unlocked.database.reader().unwrap().log_end().unwrap().seq;
    let begin = Barrier::new(2);
    let round = || {
        begin.wait();
        sync(&Syncing {
            database: &unlocked.database,
            library: &library,
            trust: &data,
            identities: unlocked.inbox.identities(),
            key: &key,
            ca: None,
            host: &SystemHost,
            stop: &Stop::default(),
            asked: false,
        })
        .unwrap()
    };
    let rounds = std::thread::scope(|scope| {
        let threads = [scope.spawn(round), scope.spawn(round)];
        threads.map(|thread| thread.join().unwrap())
    });
    let mut noted = BTreeMap::new();
    let reader = unlocked.database.reader().unwrap();
    for row in reader.activity(&ActivityFilter::default(), None, 10_000).unwrap().rows {
        if row.seq > before {
            *noted.entry((row.action, row.object_id)).or_default() += 1;
        }
    }
    Both { rounds, noted }
}

impl Both {
    fn sum(&self, count: impl Fn(&Synced) -> usize) -> usize {
        self.rounds.iter().map(count).sum()
    }

    /// How many messages have this action, each of them once.
    fn once(&self, action: &str) -> usize {
        let of = self.noted.iter().filter(|((noted, _), _)| noted == action);
        of.inspect(|((_, id), times)| assert_eq!(**times, 1, "{action} {id}")).count()
    }
}

#[test]
fn two_rounds_at_once_send_nothing_twice_take_nothing_in_twice_and_both_answer() {
    const MESSAGES: usize = 12;
    let world = World::joined();
    world.dossier(0);
    for _ in 0..MESSAGES {
        world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    }
    let sent = both(&world.firm);
    assert!(sent.rounds.iter().all(|round| round.cut.is_none()), "both went through: {:?}", sent.rounds);
    assert_eq!(sent.sum(|round| round.sent), MESSAGES, "each is sent by one of them");
    assert_eq!((sent.once("message.sealed"), sent.once("message.sent")), (MESSAGES, MESSAGES));
    {
        let database = world.firm.unlocked().database;
        let rows = database.reader().unwrap().outbox(None, None, 100).unwrap().rows;
        assert!(rows.iter().all(|row| row.state == OutboxState::Sent), "all of them");
    }

    let came = both(&world.incubator);
    assert!(came.rounds.iter().all(|round| round.cut.is_none()), "both went through: {:?}", came.rounds);
    assert_eq!(came.sum(|round| round.received), MESSAGES, "each is received by one of them");
    assert_eq!(came.sum(|round| round.applied.len()), MESSAGES, "and taken in by one");
    assert_eq!(came.once("mail.applied"), MESSAGES, "once");
    assert_eq!(came.once("case.received"), 1, "and it is one dossier");
    {
        let database = world.incubator.unlocked().database;
        let reader = database.reader().unwrap();
        let rows = reader.inbox(None, None, 100).unwrap().rows;
        assert_eq!(rows.len(), MESSAGES);
        assert!(rows.iter().all(|row| row.state == InboxState::Applied && row.owed == 0), "the hub was told");
    }
    assert!(world.firm.is_idle() && world.incubator.is_idle(), "nothing is left to do");
}
