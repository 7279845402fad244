//! The program `zizhi-hub`, killed and started again, and the line to it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use zizhi_crypto::PublicKey;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_sync::object::{Payload, Unverified};

use crate::world::{Ask, Party, limits};

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");

pub struct Program {
    data: PathBuf,
    origin: String,
    key: PublicKey,
    running: Child,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Program {
    /// A new hub in this folder.
    pub fn start(folder: &Path) -> Self {
        let data = folder.join("data");
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let origin = format!("http://127.0.0.1:{port}");
        let running = serve(&data, &origin);
        let key = Data::open(&data, None).expect("its folder").key.public().clone();
        Self { data, origin, key, running }
    }

    /// Ends it as a power cut would end a program.
    pub fn kill(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }

    pub fn go_on(&mut self) {
        self.running = serve(&self.data, &self.origin);
    }

    pub fn line(&self) -> Line {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(10)))
            .build()
            .new_agent();
        Line { origin: self.origin.clone(), agent }
    }

    /// An invitation by its operator.
    pub fn invites(&self, party: &Party, role: &str) -> String {
        let uscc = party.org.uscc().as_str();
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(&self.data).args([
            "invite",
            "--org",
            uscc,
            "--name",
            "示例单位",
            "--role",
            role,
        ]);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    /// What it signed.
    pub fn read<P: Payload>(&self, text: &str) -> P {
        let unverified = Unverified::<P>::parse(text, &limits()).expect("an object of this kind");
        unverified.verify(&self.key).expect("the hub's signature").into_payload()
    }
}

/// Serves, and is there.
fn serve(data: &Path, origin: &str) -> Child {
    let listen = &origin[7..];
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(data).args(["serve", "--id", "31-main", "--listen", listen]);
    let running = command.stderr(Stdio::null()).spawn().expect("it starts");
    let up = (0..2000).any(|_| {
        sleep(Duration::from_millis(10));
        TcpStream::connect(listen).is_ok()
    });
    assert!(up, "the hub listens in time");
    running
}

/// The line of the desks to the hub.
pub struct Line {
    origin: String,
    agent: ureq::Agent,
}

impl Line {
    /// Asks once; status 0 where no whole answer came.
    pub fn ask(&self, party: &Party, ask: Ask) -> (u16, Vec<u8>) {
        let ask = ask.signed(&party.key, &self.origin, SystemClock.seconds());
        let address = format!("{}{}", self.origin, ask.path);
        let mut sent = ureq::http::Request::builder().method(ask.method).uri(address);
        for (field, value) in &ask.fields {
            sent = sent.header(*field, value);
        }
        let Ok(answer) = self.agent.run(sent.body(ask.body).expect("a request")) else {
            return (0, Vec::new());
        };
        let status = answer.status().as_u16();
        answer.into_body().read_to_vec().map_or((0, Vec::new()), |body| (status, body))
    }

    /// Sends a request, and gives whether all of it went out and no refusal came.
    pub fn sends(&self, party: &Party, ask: Ask) -> bool {
        let ask = ask.signed(&party.key, &self.origin, SystemClock.seconds());
        let fields: String = ask.fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let (path, length) = (&ask.path, ask.body.len());
        let head =
            format!("{} {path} HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n{fields}\r\n", ask.method);
        let Ok(mut stream) = TcpStream::connect(&self.origin[7..]) else { return false };
        let mut begins = [0; 12];
        stream.write_all(&[head.as_bytes(), &ask.body].concat()).is_ok()
            && (stream.read_exact(&mut begins).is_err() || begins.ends_with(b"201"))
    }

    /// Asks until there is an answer.
    pub fn insist(&self, party: &Party, asked: &Ask) -> Vec<u8> {
        for _ in 0..500 {
            match self.ask(party, asked.clone()) {
                (200 | 201, body) => return body,
                (0 | 429 | 503, _) => sleep(Duration::from_millis(20)),
                (status, body) => panic!("{status}: {}", String::from_utf8_lossy(&body)),
            }
        }
        panic!("the hub does not answer");
    }
}
