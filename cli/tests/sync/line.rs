//! A line between the desktops and the hub that can be cut at a chosen place.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What is lost when the line is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The request: the hub never sees it.
    Request,
    /// The answer: the hub did what was asked.
    Answer,
    /// The request; whoever stands before the hub answers that it is busy.
    Busy,
    /// The request; the hub itself answers that it is busy.
    HubBusy,
}

/// When the line is cut, once: at the request number `nth` that begins with `start`.
#[derive(Clone, Copy)]
pub struct Cut {
    pub start: &'static str,
    pub nth: usize,
    pub lost: Lost,
}

/// As whoever stands before a hub answers that is not there.
const BUSY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n";

/// As a hub answers that cannot serve now.
const HUB_BUSY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 2\r\nContent-Length: 78\r\n\r\n{\"status\":503,\"code\":\"HUB-BUSY\",\"title\":\"busy\",\"title_en\":\"busy\",\"retry\":true}";

/// A line to a hub; it ends with the test's process.
pub struct Line {
    pub url: String,
    /// Bytes that went to the hub.
    pub sent: Arc<AtomicU64>,
    /// Bytes that came from the hub.
    pub came: Arc<AtomicU64>,
    /// Answers that say that nothing has changed.
    pub unchanged: Arc<AtomicU64>,
    cut: Arc<Mutex<Option<Cut>>>,
}

impl Line {
    /// A line to the hub at `address`, whole for the moment.
    pub fn to(address: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sent, came, unchanged, cut) = Default::default();
        let line = Self { url, sent, came, unchanged, cut };
        let (sent, came) = (Arc::clone(&line.sent), Arc::clone(&line.came));
        let (unchanged, cut) = (Arc::clone(&line.unchanged), Arc::clone(&line.cut));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, sent, cut) = (client.unwrap(), Arc::clone(&sent), Arc::clone(&cut));
                let (came, unchanged) = (Arc::clone(&came), Arc::clone(&unchanged));
                // A hub that is not there is a line that goes dead.
                let Ok(hub) = TcpStream::connect(&address) else { continue };
                std::thread::spawn(move || carry(&client, &hub, (&sent, &came, &unchanged), &cut));
            }
        });
        line
    }

    pub fn cut_at(&self, start: &'static str, nth: usize, lost: Lost) {
        *self.cut.lock().unwrap() = Some(Cut { start, nth, lost });
    }

    /// Whether the line was cut where it was told to.
    pub fn was_cut(&self) -> bool {
        self.cut.lock().unwrap().is_none()
    }
}

/// Carries bytes both ways until one side ends or the line is cut.
fn carry(
    client: &TcpStream,
    hub: &TcpStream,
    (sent, came, unchanged): (&AtomicU64, &AtomicU64, &AtomicU64),
    cut: &Mutex<Option<Cut>>,
) {
    let answer_lost = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            pass(hub, client, |bytes| {
                came.fetch_add(bytes.len() as u64, Ordering::SeqCst);
                unchanged.fetch_add(u64::from(bytes.starts_with(b"HTTP/1.1 304")), Ordering::SeqCst);
                !answer_lost.load(Ordering::SeqCst)
            });
        });
        pass(client, hub, |bytes| {
            let mut cut = cut.lock().unwrap();
            let begins = cut.is_some_and(|cut| bytes.starts_with(cut.start.as_bytes()));
            match cut.as_mut() {
                Some(here) if begins && here.nth > 1 => here.nth -= 1,
                Some(here) if begins => {
                    answer_lost.store(true, Ordering::SeqCst);
                    let lost = here.lost;
                    *cut = None;
                    let mut client = client;
                    if lost == Lost::Busy {
                        client.write_all(BUSY).unwrap();
                    }
                    if lost == Lost::HubBusy {
                        client.write_all(HUB_BUSY).unwrap();
                    }
                    if [Lost::Request, Lost::Busy, Lost::HubBusy].contains(&lost) {
                        return false;
                    }
                }
                _ => {}
            }
            sent.fetch_add(bytes.len() as u64, Ordering::SeqCst);
            true
        });
    });
}

/// Passes bytes on for as long as `goes` says so, and then ends both sides.
fn pass(mut from: &TcpStream, mut to: &TcpStream, goes: impl Fn(&[u8]) -> bool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut buffer) {
        if count == 0 || !goes(&buffer[..count]) || to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    for side in [from, to] {
        // It may have ended by itself.
        drop(side.shutdown(Shutdown::Both));
    }
}
