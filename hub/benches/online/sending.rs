//! What it costs to seal 100 MB to a recipient and to bring them to the hub, beside sending the same bytes plain.
//!
//! Measured is what a desktop does once a dossier is signed: sealing it into a file, the digest of that file, the round
//! with its signed pieces of 4 MiB, until the receipt is verified. The database that keeps both files is left out. The
//! limit sends the dossier in one request, by the same client, to a server that writes it to a file and syncs that. The
//! goal is 0.5 of it. Everything runs on one machine, so that there is no line to wait for: this is the work alone.
//! Beside it the dossier goes plain in pieces, each a file that is on the disk before it is answered: what an upload
//! that can be resumed costs whoever takes it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use http_body_util::BodyExt as _;
use tokio::runtime::Runtime;
use ureq::http::Request;
use ureq::{Agent, SendBody};
use zizhi_crypto::{Random as _, SystemRandom, digest};
use zizhi_sync::api::PIECE_BYTES;
use zizhi_sync::envelope::{Envelope, Kind, seal};
use zizhi_sync::http_signature::body;
use zizhi_sync::invitation::Role;
use zizhi_sync::round::{Action, Answer, Ask, AskBody, Fate, Outgoing, Round, Sealed, Start};
use zizhi_sync::{Digest, Id};

use crate::compare::{in_turns, load};
use crate::goal::kept;
use crate::world::{NOW, ORIGIN, Party, World, inbox, new_id};
use crate::{serving, world};

const BYTES: usize = 100_000_000;
/// The pieces of an upload.
const PIECE: usize = PIECE_BYTES as usize;
const ROUNDS: usize = 9;
const GOAL: f64 = 0.5;

/// Measures it.
pub fn measure() {
    let runtime = Runtime::new().expect("a runtime");
    let world = serving::hub(None);
    let firm = runtime.block_on(world.joined(1, Role::Firm));
    let incubator = runtime.block_on(world.joined(2, Role::Incubator));
    let folder = tempfile::tempdir().expect("a folder");
    let dossier = dossier(folder.path());
    let desk = Desk { agent: agent(), address: serving::serve(&runtime, &world.hub), world, firm, incubator };

    let plain = serving::serve_plain(&runtime, plain(folder.path().join("plain")));
    // A hub that was in use for a while has all its shelves.
    for shelf in 0..=u8::MAX {
        std::fs::create_dir_all(desk.world.data.blobs().join(format!("{shelf:02x}"))).expect("made");
    }
    let sizes = (BYTES as u64, sha256(&mut File::open(&dossier).expect("it is there")));
    let parts = Mutex::new(Vec::new());
    let mut ours = |_| {
        let took = desk.seal_and_send(&dossier, sizes);
        parts.lock().expect("nobody panicked").push(took);
        took.iter().sum()
    };
    let limit = |_| send_plain(&desk.agent, plain, &dossier, BYTES);
    let mut in_pieces = |_| send_plain(&desk.agent, plain, &dossier, PIECE);
    let compared = in_turns(ROUNDS, limit, &mut [&mut ours, &mut in_pieces]);
    let it = &compared[0];
    println!(
        "sealed and sent, 100 MB: {:.2?}, plain {:.2?}, ratio {:.3}, median of rounds {:.3} (goal {GOAL}) {}; {}",
        it.ours,
        it.limit,
        it.best,
        it.median,
        kept(it.median >= GOAL),
        load(),
    );
    println!("sealed and sent, plain in pieces that are on the disk: {:.2?}", compared[1].ours);
    let parts = parts.into_inner().expect("nobody panicked");
    let best = parts.iter().min_by_key(|parts| parts.iter().sum::<Duration>()).expect("a round");
    println!(
        "sealed and sent, its parts: sealing {:.2?}, digest {:.2?}, sending {:.2?}",
        best[0], best[1], best[2]
    );
}

/// A file that does not compress, in the system's memory: what is measured is the work, not the disk it comes from.
fn dossier(folder: &Path) -> PathBuf {
    let path = folder.join("dossier");
    let mut bytes = vec![0; BYTES];
    SystemRandom.fill(&mut bytes);
    std::fs::write(&path, bytes).expect("written");
    path
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent()
}

/// A server that takes a body in as it comes, into a file of its own.
fn plain(folder: PathBuf) -> Router {
    std::fs::create_dir(&folder).expect("made");
    let take = move |mut body: Body| async move {
        let mut file = File::create(folder.join(new_id().to_string())).expect("a file");
        while let Some(frame) = body.frame().await {
            let bytes = frame.expect("its end").into_data().expect("bytes");
            file.write_all(&bytes).expect("written");
        }
        file.sync_all().expect("on the disk");
        "stored"
    };
    Router::new().route("/", post(take))
}

/// Sends the dossier in requests of so many bytes, one after the other.
fn send_plain(agent: &Agent, to: SocketAddr, dossier: &Path, each: usize) -> Duration {
    let begun = Instant::now();
    let mut file = File::open(dossier).expect("it is there");
    for from in (0..BYTES).step_by(each) {
        let len = each.min(BYTES - from);
        let mut part = (&mut file).take(len as u64);
        let request = Request::post(format!("http://{to}/")).header("content-length", len);
        let request = request.body(SendBody::from_reader(&mut part)).expect("a request");
        let mut answer = agent.run(request).expect("an answer");
        assert_eq!(answer.body_mut().read_to_string().expect("its end"), "stored", "all of it");
    }
    begun.elapsed()
}

fn sha256(file: &mut File) -> Digest {
    let mut state = digest::Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    file.rewind().expect("at its beginning");
    loop {
        match file.read(&mut buffer).expect("read") {
            0 => return Digest(state.finish()),
            count => state.update(&buffer[..count]),
        }
    }
}

/// A firm's desk and whom it sends to.
struct Desk {
    agent: Agent,
    address: SocketAddr,
    world: World,
    firm: Party,
    incubator: Party,
}

impl Desk {
    /// How long sealing, the digest of what was sealed, and sending took.
    fn seal_and_send(&self, dossier: &Path, (body_len, body_sha256): (u64, Digest)) -> [Duration; 3] {
        let id = new_id();
        let envelope = Envelope {
            jti: id,
            iss: self.firm.org,
            aud: self.incubator.org,
            kind: Kind::Dossier,
            iat: NOW,
            body_sha256,
            body_len,
        };
        let begun = Instant::now();
        let body = File::open(dossier).expect("it is there");
        let mut message = tempfile::tempfile().expect("a file");
        seal(&envelope, &self.firm.key, &[inbox()], body, &message).expect("sealed");
        let sealed = begun.elapsed();
        let sha256 = sha256(&mut message);
        let len = message.metadata().expect("a file").len();
        let hashed = begun.elapsed();
        self.send(id, Sealed { sha256, len }, &mut message);
        [sealed, hashed - sealed, begun.elapsed() - hashed]
    }

    /// The round of the desk, in which nothing has come and this one is to go.
    fn send(&self, id: Id, sealed: Sealed, message: &mut File) {
        let mut round = Round::new(Start {
            own: self.firm.org,
            hub_keys: self.world.data.key.public().clone().into(),
            epoch: 1,
            cursor: 0,
            acks: Vec::new(),
            public: None,
            refused: false,
            clock_offset: 0,
            limits: world::limits(),
        });
        let mut receipt = false;
        loop {
            match round.step() {
                Action::Ask(ask) => round.answer(self.carry(&ask, message), NOW),
                Action::Outbox => {
                    round.send(vec![Outgoing { id, to: self.incubator.org, sealed: Some(sealed) }]);
                }
                Action::Note { fate: Fate::Uploaded(_), .. } => {}
                Action::Note { fate: Fate::Sent { .. }, .. } => receipt = true,
                Action::Senders => round.look_up(Vec::new()),
                Action::End(_) => break,
                other => unreachable!("nothing has come: {other:?}"),
            }
        }
        assert!(receipt, "the hub's receipt is here");
    }

    fn carry(&self, ask: &Ask, message: &mut File) -> Answer {
        let bytes = match &ask.body {
            AskBody::Empty => Vec::new(),
            AskBody::Bytes(bytes) => bytes.clone(),
            AskBody::Piece { from, len, .. } => piece(message, *from, *len).expect("a piece"),
        };
        let mut nonce = [0; 16];
        SystemRandom.fill(&mut nonce);
        let fields = ask.signed(ORIGIN, body(&bytes), &self.firm.key, (NOW, nonce)).expect("signed");
        let mut request =
            Request::builder().method(ask.method).uri(format!("http://{}{}", self.address, ask.path));
        for (name, value) in fields {
            request = request.header(name, value);
        }
        let mut answer = self.agent.run(request.body(bytes).expect("a request")).expect("an answer");
        let status = answer.status().as_u16();
        Answer { status, retry_after: None, body: answer.body_mut().read_to_vec().expect("its end") }
    }
}

fn piece(message: &mut File, from: u64, len: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(len).expect("a piece fits")];
    message.seek(SeekFrom::Start(from))?;
    message.read_exact(&mut bytes)?;
    Ok(bytes)
}
