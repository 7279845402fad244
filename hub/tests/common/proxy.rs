//! A proxy between a store and its PostgreSQL that alters what the store says, letter for letter.
//!
//! It makes a server refuse what no server refuses when it is asked to, and takes away what keeps a promise, to show that
//! it is this that keeps it.

use std::io;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixStream};

/// The words that it alters, and into what: as many letters.
#[derive(Clone, Default)]
pub struct Proxy(Arc<Mutex<Vec<(&'static str, &'static str)>>>);

impl Proxy {
    /// From now on the one stands wherever the other is said.
    pub fn alter(&self, said: &'static str, instead: &'static str) {
        assert_eq!(said.len(), instead.len(), "a message keeps its length");
        self.0.lock().expect("nobody panics").push((said, instead));
    }

    /// From now on everything is handed on as it is.
    pub fn stop(&self) {
        self.0.lock().expect("nobody panics").clear();
    }

    /// Stands before the server of an address; the address to reach it by.
    pub async fn stand(&self, address: &str) -> String {
        let mut words = address.splitn(3, ' ');
        let mut word =
            |name| words.next().and_then(|word| word.strip_prefix(name)).expect("an address of ours");
        let socket = format!("{}/.s.PGSQL.{}", word("host="), word("port="));
        let rest = word("");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let here = listener.local_addr().expect("an address").port();
        let proxy = self.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.expect("the server");
                let (mut asks, mut hears) = client.into_split();
                let (mut answers, mut listens) = server.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut answers, &mut hears).await });
                let proxy = proxy.clone();
                tokio::spawn(async move {
                    let mut typed = false;
                    while let Ok(mut message) = next(&mut asks, typed).await {
                        typed = true;
                        proxy.apply(&mut message);
                        if listens.write_all(&message).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        format!("host=127.0.0.1 port={here} {rest}")
    }

    fn apply(&self, message: &mut [u8]) {
        for (said, instead) in &*self.0.lock().expect("nobody panics") {
            let found = message.windows(said.len()).position(|bytes| bytes == said.as_bytes());
            if let Some(place) = found.and_then(|at| message.get_mut(at..at + said.len())) {
                place.copy_from_slice(instead.as_bytes());
            }
        }
    }
}

/// The next message of a client: the first has no type before its length.
async fn next(from: &mut (impl AsyncRead + Unpin), typed: bool) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    if typed {
        message.push(from.read_u8().await?);
    }
    let length = from.read_u32().await?;
    message.extend(length.to_be_bytes());
    let mut rest = vec![0; (length as usize).saturating_sub(4)];
    from.read_exact(&mut rest).await?;
    message.extend(rest);
    Ok(message)
}
