//! A small HTTP server that serves a folder, well or badly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// How a request is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With the file, or 404.
    Well,
    /// With one byte a second, and never an end.
    Slowly,
    /// With as many bytes as the client takes.
    Endlessly,
    /// With this status and nothing else.
    Status(u16),
    /// With a redirect to the same path elsewhere.
    Elsewhere,
    /// Not at all: the connection is cut.
    Cut,
}

/// A running server; it ends with the test's process.
pub struct Server {
    pub url: String,
    pub connections: Arc<AtomicUsize>,
    pub requests: Arc<Mutex<Vec<String>>>,
    folder: Arc<Mutex<PathBuf>>,
    rule: Arc<Mutex<(String, Manner)>>,
}

impl Server {
    pub fn plain(folder: &Path) -> Self {
        Self::start(folder, None)
    }

    /// With the certificate of `tests/data/tls`.
    pub fn tls(folder: &Path) -> Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/tls");
        let chain = vec![CertificateDer::from_pem_file(data.join("server.pem")).unwrap()];
        let key = PrivateKeyDer::from_pem_file(data.join("server.key")).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Self::start(folder, Some(Arc::new(config)))
    }

    fn start(folder: &Path, tls: Option<Arc<rustls::ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let server = Self {
            url: format!("{scheme}://127.0.0.1:{}/trust", listener.local_addr().unwrap().port()),
            connections: Arc::default(),
            requests: Arc::default(),
            folder: Arc::new(Mutex::new(folder.to_owned())),
            rule: Arc::new(Mutex::new((String::new(), Manner::Well))),
        };
        let (connections, requests) = (Arc::clone(&server.connections), Arc::clone(&server.requests));
        let (folder, rule) = (Arc::clone(&server.folder), Arc::clone(&server.rule));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                connections.fetch_add(1, Ordering::SeqCst);
                let (requests, tls) = (Arc::clone(&requests), tls.clone());
                let (folder, rule) = (Arc::clone(&folder), Arc::clone(&rule));
                std::thread::spawn(move || match tls {
                    Some(config) => {
                        let session = rustls::ServerConnection::new(config).unwrap();
                        answer_all(rustls::StreamOwned::new(session, stream), &requests, &folder, &rule);
                    }
                    None => answer_all(stream, &requests, &folder, &rule),
                });
            }
        });
        server
    }

    /// Serves another folder from now on.
    pub fn serve(&self, folder: &Path) {
        *self.folder.lock().unwrap() = folder.to_owned();
    }

    /// Answers requests for paths that hold `part` in this manner from now on.
    pub fn treat(&self, part: &str, manner: Manner) {
        *self.rule.lock().unwrap() = (part.to_owned(), manner);
    }
}

fn answer_all(
    stream: impl Read + Write,
    requests: &Mutex<Vec<String>>,
    folder: &Mutex<PathBuf>,
    rule: &Mutex<(String, Manner)>,
) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut first = String::new();
        if stream.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        let mut line = String::new();
        while stream.read_line(&mut line).is_ok_and(|read| read > 2) {
            line.clear();
        }
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        requests.lock().unwrap().push(path.clone());
        let (part, manner) = rule.lock().unwrap().clone();
        let manner = if path.contains(&part) { manner } else { Manner::Well };
        let file = folder.lock().unwrap().join(path.trim_start_matches("/trust/"));
        if answer(stream.get_mut(), &file, &path, manner).is_err() {
            return;
        }
    }
}

fn answer(stream: &mut impl Write, file: &Path, path: &str, manner: Manner) -> std::io::Result<()> {
    let broken = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
    match manner {
        Manner::Well => {
            let (status, body) = match std::fs::read(file) {
                Ok(body) => ("200 OK", body),
                Err(_) => ("404 Not Found", b"no such file".to_vec()),
            };
            // In one piece: two would wait for the other side's delayed acknowledgement.
            let mut answer =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
            answer.extend_from_slice(&body);
            stream.write_all(&answer)?;
            stream.flush()
        }
        Manner::Slowly => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
            for _ in 0..1000 {
                stream.write_all(b" ")?;
                stream.flush()?;
                std::thread::sleep(Duration::from_secs(1));
            }
            Ok(())
        }
        Manner::Endlessly => {
            write!(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            let chunk = [b' '; 0x1000];
            loop {
                stream.write_all(b"1000\r\n")?;
                stream.write_all(&chunk)?;
                stream.write_all(b"\r\n")?;
            }
        }
        Manner::Status(status) => {
            write!(stream, "HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n")?;
            stream.flush()
        }
        Manner::Elsewhere => {
            write!(
                stream,
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1{path}\r\nContent-Length: 0\r\n\r\n"
            )?;
            stream.flush()
        }
        Manner::Cut => Err(broken()),
    }
}
