//! The program `zizhi-hub` on this machine, and two desks that have joined it.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{PASSPHRASE, World};

/// The hub's program: `cargo test --workspace` has built it; whoever tests this crate alone has it built here.
fn program() -> PathBuf {
    let here = std::env::current_exe().expect("this test");
    let folder = here.parent().and_then(|deps| deps.parent()).expect("the folder of programs");
    let program = folder.join(format!("zizhi-hub{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let mut cargo = Command::new(env!("CARGO"));
        let built = cargo.args(["build", "--locked", "--package", "zizhi-hub", "--bin", "zizhi-hub"]);
        assert!(built.status().expect("cargo").success() && program.exists(), "the hub's program is there");
    }
    program
}

/// A hub that can be killed and started again; it ends with the test, however that ends.
pub struct Hub {
    data: tempfile::TempDir,
    pub listen: String,
    pub url: String,
    /// Certificates and key, where it does TLS itself.
    tls: Option<(PathBuf, PathBuf)>,
    running: Option<Child>,
}

impl Hub {
    pub fn start() -> Self {
        Self::begin(None)
    }

    /// One that does TLS with these certificates and this key.
    pub fn with_tls(certificates: PathBuf, key: PathBuf) -> Self {
        Self::begin(Some((certificates, key)))
    }

    fn begin(tls: Option<(PathBuf, PathBuf)>) -> Self {
        let listen = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port");
        let (listen, data) = (listen.to_string(), tempfile::tempdir().expect("a folder"));
        let scheme = if tls.is_some() { "https" } else { "http" };
        let mut hub = Self { data, url: format!("{scheme}://{listen}"), listen, tls, running: None };
        hub.go_on();
        hub
    }

    /// Starts it, again at the same address.
    pub fn go_on(&mut self) {
        let mut command = Command::new(program());
        command.arg("--data").arg(self.data.path()).args(["serve", "--id", "31-main"]);
        command.args(["--listen", &self.listen, "--origin", &self.url]);
        if let Some((certificates, key)) = &self.tls {
            command.arg("--tls-cert").arg(certificates).arg("--tls-key").arg(key);
        }
        self.running = Some(command.stderr(Stdio::null()).spawn().expect("started"));
        let up = (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            TcpStream::connect(&self.listen).is_ok()
        });
        assert!(up, "the hub answers in time");
    }

    /// Ends it without a word, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().expect("killed");
            running.wait().expect("ended");
        }
    }

    /// An invitation of the hub's operator, in a file of the invited desk.
    pub fn invitation(&self, world: &World, uscc: &str, name: &str, role: &str) -> PathBuf {
        let mut command = Command::new(program());
        command.arg("--data").arg(self.data.path()).args(["invite", "--org", uscc]);
        let said = command.args(["--name", name, "--role", role]).output().expect("run");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let file = world.outside().join("invitation.jwt");
        std::fs::write(&file, said.stdout).expect("written");
        file
    }

    /// Has an organisation join at its desk with such an invitation.
    pub fn takes_in(&self, world: &World, uscc: &str, name: &str, role: &str) {
        let file = self.invitation(world, uscc, name, role);
        let join =
            json!({"invitation": file, "url": self.url, "device": "前台电脑", "passphrase": PASSPHRASE});
        let joined = world.ask("sync.join", join);
        assert_eq!(joined["hub"]["id"], "31-main", "{joined}");
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Waits for what is asked to be as it shall, and gives it.
pub fn until(world: &World, word: &str, request: &Value, holds: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    for _ in 0..600 {
        last = world.ask(word, request.clone());
        if holds(&last) {
            return last;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{word} never came to it: {last}");
}

/// Waits for the end of rounds.
pub fn rested(world: &World) -> Value {
    until(world, "sync.status", &json!({}), |status| status["state"] != "syncing")
}
