//! A client of HTTP that asks over one connection, one request after the other, and counts what passes.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Barrier;
use std::time::{Duration, Instant};

use crate::world::Ask;

/// One connection.
pub struct Client {
    stream: TcpStream,
    /// What was read and belongs to no answer yet.
    seen: Vec<u8>,
    pub sent: usize,
    pub received: usize,
}

/// An answer.
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Client {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("set");
        Self { stream, seen: Vec::new(), sent: 0, received: 0 }
    }

    /// Sends a whole request and reads the whole answer.
    pub fn ask(&mut self, request: &[u8]) -> Reply {
        self.stream.write_all(request).expect("sent");
        self.sent += request.len();
        let end = loop {
            if let Some(at) = self.seen.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more();
        };
        let head = String::from_utf8_lossy(&self.seen[..end]).to_ascii_lowercase();
        let status = head.get(9..12).and_then(|status| status.parse().ok()).expect("a status");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length = length.map_or(0, |length| length.trim().parse().expect("a length"));
        while self.seen.len() < end + length {
            self.more();
        }
        self.received += end + length;
        let rest = self.seen.split_off(end + length);
        let body = self.seen.split_off(end);
        self.seen = rest;
        Reply { status, body }
    }

    fn more(&mut self) {
        let mut buffer = [0; 16 * 1024];
        let count = self.stream.read(&mut buffer).expect("an answer");
        assert!(count > 0, "the server goes on answering");
        self.seen.extend_from_slice(&buffer[..count]);
    }
}

/// A request as it goes over the wire.
pub fn bytes(ask: &Ask) -> Vec<u8> {
    let mut text = format!("{} {} HTTP/1.1\r\nhost: hub.example\r\n", ask.method, ask.path);
    for (name, value) in &ask.fields {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !ask.body.is_empty() {
        text.push_str(&format!("content-length: {}\r\n", ask.body.len()));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(&ask.body);
    bytes
}

/// Each line is asked over a connection of its own, all lines at once; how long it took from the first question to the
/// last answer. Every answer has to have this status.
pub fn volley(address: SocketAddr, lines: &[Vec<Vec<u8>>], status: u16) -> Duration {
    let ready = Barrier::new(lines.len());
    let ask = |line: &[Vec<u8>]| {
        let mut client = Client::open(address);
        ready.wait();
        let begun = Instant::now();
        for request in line {
            let reply = client.ask(request);
            assert_eq!(reply.status, status, "{}", String::from_utf8_lossy(&reply.body));
        }
        (begun, Instant::now())
    };
    std::thread::scope(|scope| {
        let asking: Vec<_> = lines.iter().map(|line| scope.spawn(|| ask(line))).collect();
        let asked: Vec<_> = asking.into_iter().map(|line| line.join().expect("it is answered")).collect();
        // Whoever is told of the beginning late must not make it look shorter.
        let begun = asked.iter().map(|(begun, _)| *begun).min().expect("a line");
        let ended = asked.iter().map(|(_, ended)| *ended).max().expect("a line");
        ended - begun
    })
}
