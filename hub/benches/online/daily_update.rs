//! What a desktop gets in a day of public data that it keeps whole: every status list, and what the provinces signed.
//!
//! A day's revocations of a year in which 1 of 100 credentials was revoked are signed into lists as issuers make them
//! (131 072 places of 2 bits), published, and fetched from a hub by the TUF client: the timestamp with `If-None-Match`,
//! and the lists that the hub says have changed; what comes over the wire is counted, heads of answers included. Two
//! registers: few issuers whose lists are full, and many with 2000 credentials each. Three days: one on which only lists
//! that changed were signed anew, one on which a seventh of the others was too, as each has to be once a week, and one
//! on which all were. A desktop asks every hour, so that the day is told with and without the questions in vain. The
//! goal is 300 kB a day with 2 M credentials; the curve goes on to 16 M.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::runtime::Runtime;
use zizhi_hub::public::changes::{Listing, record};
use zizhi_sync::Digest;
use zizhi_sync::api::PublicChanges;
use zizhi_trust::client::State;
use zizhi_trust::{Source, SourceError, Trust};

use crate::client::{Client, bytes};
use crate::goal::kept;
use crate::issuers::{Issuers, PLACES, Renewed};
use crate::serving;
use crate::world::ask;

const MILLION: u64 = 1_000_000;
const GOAL: usize = 300_000;
/// How often a desktop that is never switched off asks for the lists in vain.
const IN_VAIN: usize = 23;
/// The goal is for so many credentials.
const GOAL_AT: u64 = 2 * MILLION;

/// Measures it.
pub fn measure() {
    let runtime = Runtime::new().expect("a runtime");
    for (register, per_issuer) in [("full lists", PLACES), ("2000 credentials an issuer", 2000)] {
        for credentials in [2, 4, 8, 16].map(|millions| millions * MILLION) {
            let mut issuers = Issuers::after_a_year(credentials, per_issuer);
            for (day, renewed) in [
                ("changed lists", Renewed::Changed),
                ("changed lists and a seventh", Renewed::Seventh),
                ("all lists", Renewed::All),
            ] {
                of_a_day(&runtime, &mut issuers, renewed, &format!("{register}, {day} signed anew"));
            }
            let changed = issuers.register_one_more();
            let whole: usize = changed.iter().map(Vec::len).sum();
            println!(
                "daily update, {register}: {} M credentials, {} lists: a new issuer adds {whole} bytes in {} files",
                credentials / MILLION,
                issuers.count(),
                changed.len(),
            );
        }
    }
}

/// Publishes a tree, lets the desktop take it in, lets a day pass, and counts what it gets then.
fn of_a_day(runtime: &Runtime, issuers: &mut Issuers, renewed: Renewed, what: &str) {
    let world = serving::hub(None);
    let public = world.data.public();
    publish(issuers, &public);
    let desktop = Desktop::new(serving::serve(runtime, &world.hub));
    let before = desktop.update(None, issuers, Some(issuers.first_root()));
    issuers.a_day_passes(renewed);
    publish(issuers, &public);
    desktop.hang_up();
    let after = desktop.update(Some(before), issuers, None);
    let day = desktop.hang_up();
    // A question whether anything is new, as the desktop asks once an hour.
    desktop.update(Some(after), issuers, None);
    let idle = desktop.hang_up();
    let credentials = issuers.credentials();
    let told = |bytes: usize| {
        let goal = if credentials == GOAL_AT {
            format!(" (goal {} kB) {}", GOAL / 1000, kept(bytes <= GOAL))
        } else {
            String::new()
        };
        format!("{:.1} kB{goal}", bytes as f64 / 1000.0)
    };
    println!(
        "daily update, {what}: {} M credentials, {} lists, {} revoked that day, {} files: {}; with {IN_VAIN} questions in vain {}",
        credentials / MILLION,
        issuers.count(),
        issuers.revoked_in_a_day(),
        day.files,
        told(day.received),
        told(day.received + IN_VAIN * idle.received),
    );
}

/// Puts the files where the hub has them, and notes what changed. What is fetched is measured, not that they are on the
/// disk.
fn publish(issuers: &Issuers, to: &Path) {
    let before = Listing::of(to).expect("readable");
    for (path, bytes) in issuers.files() {
        let file = to.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, bytes).expect("written");
    }
    record(to, &before).expect("noted");
}

/// What was counted.
#[derive(Default, Clone, Copy)]
struct Count {
    received: usize,
    /// Files that came, as they had changed.
    files: usize,
}

/// A desktop's way to the public data, as it is over HTTP: what is at hand is asked for with its digest.
struct Desktop {
    wire: Arc<Wire>,
}

struct Wire {
    address: SocketAddr,
    line: Mutex<Line>,
}

struct Line {
    client: Client,
    held: BTreeMap<String, Vec<u8>>,
    /// The state of the lists that the hub told of last.
    state: Digest,
    files: usize,
}

impl Desktop {
    fn new(address: SocketAddr) -> Self {
        let line =
            Line { client: Client::open(address), held: BTreeMap::new(), state: Digest::of(b""), files: 0 };
        Self { wire: Arc::new(Wire { address, line: Mutex::new(line) }) }
    }

    /// What passed over this connection; the next is a new one, as after a while it would be.
    fn hang_up(&self) -> Count {
        let mut line = self.wire.line.lock().expect("nobody panicked");
        let count = Count { received: line.client.received, files: line.files };
        (line.client, line.files) = (Client::open(self.wire.address), 0);
        count
    }

    /// Goes through the metadata and every list that changed.
    fn update(&self, state: Option<State>, issuers: &Issuers, pin: Option<&[u8]>) -> State {
        let source = Arc::clone(&self.wire) as Arc<dyn Source>;
        let trust = Trust::open(source, pin, state, issuers.now()).expect("it is in order");
        let changed = self.wire.changes();
        for name in issuers.names() {
            if changed.as_ref().is_none_or(|changed| changed.contains(&format!("{name}.jwt"))) {
                let list = self.wire.status(&name, u64::MAX).expect("an answer");
                assert!(list.is_some(), "the hub has every list");
            }
        }
        trust.state().expect("it was accepted").clone()
    }
}

impl Wire {
    /// The lists that changed since this was asked last; nothing if any may have.
    fn changes(&self) -> Option<BTreeSet<String>> {
        let mut line = self.line.lock().expect("nobody panicked");
        let asked = ask("GET", format!("/v1/public/changes/{}", line.state));
        let reply = line.client.ask(&bytes(&asked));
        assert_eq!(reply.status, 200, "the hub knows what it published");
        let told: PublicChanges = serde_json::from_slice(&reply.body).expect("the form of it");
        line.state = told.state;
        told.lists.map(BTreeSet::from_iter)
    }

    /// A file; one that may have changed is asked for with the digest of what is at hand.
    fn get(&self, path: &str, changes: bool) -> Option<Vec<u8>> {
        let mut line = self.line.lock().expect("nobody panicked");
        let mut asked = ask("GET", format!("/v1/public/{path}"));
        let known = line.held.get(path).filter(|_| changes).cloned();
        if let Some(known) = &known {
            asked = asked.field("if-none-match", format!("\"{}\"", Digest::of(known)));
        }
        let reply = line.client.ask(&bytes(&asked));
        match reply.status {
            304 => known,
            404 => None,
            200 => {
                line.files += 1;
                line.held.insert(path.to_owned(), reply.body.clone());
                Some(reply.body)
            }
            other => unreachable!("{path}: {other}"),
        }
    }
}

impl Source for Wire {
    fn metadata(&self, name: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.get(&format!("metadata/{name}"), name == "timestamp.json"))
    }

    fn target(&self, path: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.get(&format!("targets/{path}"), false))
    }

    fn status(&self, name: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.get(&format!("status/{name}.jwt"), true))
    }
}
