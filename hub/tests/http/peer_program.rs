//! Two hubs as programs, one of them killed in the middle.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use ureq::Agent;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_sync::api::{NewUpload, SyncAnswer, SyncRequest, Upload};
use zizhi_sync::{Digest, Id};

use crate::mail::message;
use crate::world::{Ask, Party, ask, enrol, new_id, party, party_of};

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");
/// As large as the disk has room.
const UNLIMITED: &str = "unlimited";

/// A hub as a process that ends with the test, however that ends.
pub struct Program {
    folder: tempfile::TempDir,
    id: &'static str,
    pub origin: String,
    process: Child,
    agent: Agent,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts it; `blocks` of 1024 bytes are the most that a file may have, as on a disk that is full.
fn spawn(folder: &Path, id: &str, origin: &str, blocks: &str, more: &[&str]) -> Child {
    // SIGXFSZ would end the program; ignored, the write fails with an error.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, "bash", PROGRAM, "--data"]).arg(folder.join("data"));
    command.args(["serve", "--id", id, "--listen", &origin[7..]]).args(more);
    command.stderr(Stdio::null()).spawn().expect("it starts")
}

impl Program {
    pub fn start(id: &'static str) -> Self {
        Self::start_with(id, &[])
    }

    /// The same with more arguments of `serve`.
    pub fn start_with(id: &'static str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        drop(listener);
        let process = spawn(folder.path(), id, &origin, UNLIMITED, more);
        let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
        let hub = Self { folder, id, origin, process, agent };
        hub.wait();
        hub
    }

    fn wait(&self) {
        let up = until(|| {
            let ready = self.agent.get(format!("{}/ready", self.origin)).call();
            ready.is_ok_and(|answer| answer.status() == 204)
        });
        assert!(up, "{} is ready in time", self.id);
    }

    /// Killed without a chance to say anything, and started again.
    pub fn kill(&mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("it ended");
    }

    pub fn restart(&mut self) {
        self.restart_within(UNLIMITED);
    }

    /// The same on a disk where no file may grow past so many blocks.
    pub fn restart_within(&mut self, blocks: &str) {
        self.process = spawn(self.folder.path(), self.id, &self.origin, blocks, &[]);
        self.wait();
    }

    /// Its folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(self.folder.path().join("data")).args(arguments).env("ZIZHI_LANG", "en");
        command.output().expect("it runs")
    }

    pub fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    pub fn knows(&self, other: &Program) {
        let card = self.folder.path().join("card.jwt");
        std::fs::write(&card, other.said(&["card"])).expect("written");
        self.said(&["peer", "add", &card.display().to_string(), "--origin", &other.origin]);
    }

    pub fn send(&self, party: &Party, ask: Ask) -> (u16, Vec<u8>) {
        let ask = ask.signed(&party.key, &self.origin, SystemClock.seconds());
        let mut sent =
            ureq::http::Request::builder().method(ask.method).uri(format!("{}{}", self.origin, ask.path));
        for (field, value) in &ask.fields {
            sent = sent.header(*field, value);
        }
        let mut answer = if ask.body.is_empty() {
            self.agent.run(sent.body(()).expect("a request")).expect("an answer")
        } else {
            self.agent.run(sent.body(ask.body.clone()).expect("a request")).expect("an answer")
        };
        (answer.status().as_u16(), answer.body_mut().read_to_vec().expect("bytes"))
    }

    pub fn join(&self, party: &Party, role: &str) {
        let code = party.org.uscc().as_str();
        let invitation = self.said(&["invite", "--org", code, "--name", "示例", "--role", role]);
        assert_eq!(self.send(party, enrol(party, invitation.trim())).0, 201, "it joins");
    }

    pub fn mailbox(&self, party: &Party) -> Vec<Id> {
        let round =
            ask("POST", "/v1/sync").json(&SyncRequest { cursor: None, acks: Vec::new(), public: None });
        let (status, body) = self.send(party, round);
        assert_eq!(status, 200, "a round");
        let answer: SyncAnswer = serde_json::from_slice(&body).expect("an answer");
        answer.items.iter().map(|item| item.id).collect()
    }
}

pub fn until(mut done: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// What is refused for good is shown with its reason, goes once that is mended and an operator says so, and is given up
/// by nobody else.
#[test]
fn show_what_is_stuck_and_try_it_again_or_give_it_up() {
    let (a, b) = (Program::start("31-main"), Program::start("33-main"));
    a.knows(&b);
    b.knows(&a);
    // Hub A has taken in a firm whose province B does not believe to be A's.
    let (firm, incubator) = (party_of("35", 1), party_of("33", 2));
    a.join(&firm, "firm");
    b.join(&incubator, "incubator");
    assert!(a.run(&["peer", "stuck", "33-main"]).stdout.is_empty(), "nothing is");
    let (mended, given_up) = (new_id(), new_id());
    for id in [mended, given_up] {
        assert_eq!(a.send(&firm, message(id, incubator.org, b"sealed")).0, 201, "taken in");
    }
    let stuck = || a.said(&["peer", "stuck", "33-main"]);
    assert!(until(|| stuck().matches("parked\tAUTH-FORBIDDEN").count() == 2), "both are parked: {}", stuck());
    assert!(stuck().contains(&mended.to_string()) && stuck().contains(firm.org.uscc().as_str()), "whose");
    assert!(a.said(&["peer", "list"]).contains("parked 2 of these"), "the list says so");

    assert!(a.said(&["peer", "discard", &given_up.to_string()]).contains("AUTH-FORBIDDEN"), "given up");
    let again = a.run(&["peer", "discard", &given_up.to_string()]);
    assert_eq!(again.status.code(), Some(2), "once");
    let card = b.folder.path().join("card.jwt");
    let (card, code) = (card.display().to_string(), firm.org.uscc().as_str());
    b.said(&["peer", "add", &card, "--origin", &a.origin, "--organisation", code]);
    let id = mended.to_string();
    a.said(&["peer", "retry", "33-main", "--message", &id]);
    assert!(until(|| b.mailbox(&incubator) == [mended]), "what was mended arrives, and nothing else");
    assert_eq!(a.run(&["peer", "retry", "33-main"]).status.code(), Some(2), "nothing is left to try");
}

#[test]
fn carry_mail_over_though_one_is_killed_in_the_middle() {
    let (a, mut b) = (Program::start("31-main"), Program::start("33-main"));
    a.knows(&b);
    b.knows(&a);
    assert!(a.said(&["peer", "list"]).contains("33-main"), "it is listed");
    let (firm, incubator) = (party(1), party_of("33", 2));
    a.join(&firm, "firm");
    b.join(&incubator, "incubator");
    let path = format!("/v1/organisations/{}", incubator.org.uscc());
    assert_eq!(a.send(&firm, ask("GET", path)).0, 200, "found at the other hub");
    let first = new_id();
    assert_eq!(a.send(&firm, message(first, incubator.org, b"sealed")).0, 201, "taken in");
    assert!(until(|| b.mailbox(&incubator) == [first]), "and brought over");

    b.kill();
    let large = vec![7; 1_000_000];
    let (second, third) = (new_id(), new_id());
    let new = NewUpload { id: second, to: incubator.org, len: 1_000_000, sha256: Digest::of(&large) };
    let (status, body) = a.send(&firm, ask("POST", "/v1/uploads").json(&new));
    assert_eq!(status, 201, "a large one too, though the other hub is away");
    let upload: Upload = serde_json::from_slice(&body).expect("an upload");
    let piece = ask("PATCH", format!("/v1/uploads/{}", upload.upload)).field("upload-offset", "0");
    let (status, _) = a.send(&firm, piece.bytes("application/octet-stream", &large));
    assert_eq!(status, 201, "taken in whole");
    assert_eq!(a.send(&firm, message(third, incubator.org, b"sealed too")).0, 201, "and a small one");
    assert!(
        until(|| a.said(&["peer", "list"]).contains("PEER-SILENT")),
        "the operator sees that nobody answers"
    );
    b.restart();
    let mut all = vec![first, second, third];
    all.sort();
    let arrived = until(|| {
        let mut here = b.mailbox(&incubator);
        here.sort();
        here == all
    });
    assert!(arrived, "each is there once: {:?}", b.mailbox(&incubator));
    assert!(until(|| !a.said(&["peer", "list"]).contains("waiting")), "and nothing waits any more");
    let (status, body) = b.send(&incubator, ask("GET", format!("/v1/messages/{second}")));
    assert_eq!((status, Digest::of(&body)), (200, Digest::of(&large)), "every byte");

    let removed = b.run(&["peer", "remove", "31-main"]);
    assert!(removed.status.success(), "removed");
    let after = new_id();
    assert_eq!(a.send(&firm, message(after, incubator.org, b"sealed again")).0, 201, "taken in");
    assert!(until(|| a.said(&["peer", "list"]).contains("AUTH-KEY")), "and refused by the other hub");
    assert!(!b.mailbox(&incubator).contains(&after), "nothing comes in from one that was removed");
    let again = b.run(&["peer", "remove", "31-main"]);
    assert_eq!(again.status.code(), Some(2), "there is no such peer");
}
