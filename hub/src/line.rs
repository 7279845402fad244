//! The line to another hub: one request and its answer, over HTTP. It knows nothing of what they mean.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use ureq::Agent;
use ureq::http::Request;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// Longest time to reach the other hub.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest time for one request and its answer: 4 MiB over a line of 1 Mbit/s.
const WHOLE: Duration = Duration::from_secs(40);
/// Bytes of an answer: an organisation with its device list is the largest.
const ANSWER: u64 = 256 * 1024;

/// A request to another hub.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The method.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// The fields.
    pub fields: Vec<(&'static str, String)>,
    /// The body; no bytes are none.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// Seconds to wait before asking again, where it says so.
    pub retry_after: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

/// Who asks other hubs.
#[derive(Debug, Clone)]
pub struct Line {
    agent: Agent,
}

impl Line {
    /// `roots` (PEM) stands in for the public certificate authorities.
    ///
    /// # Errors
    /// What the file system says, and `InvalidData` for a file without certificates.
    pub fn new(roots: Option<&Path>) -> io::Result<Self> {
        Ok(Self { agent: agent(roots, CONNECT, WHOLE)? })
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// The line is cut, takes too long, or the answer is too long.
    pub async fn ask(&self, asked: Asked) -> io::Result<Said> {
        let agent = self.agent.clone();
        tokio::task::spawn_blocking(move || run(&agent, asked)).await.map_err(io::Error::other)?
    }
}

/// A client of HTTP that follows nobody elsewhere. `connect` and `whole` are the longest times to reach a server and
/// for a request with its answer; `roots` (PEM) stands in for the public certificate authorities.
///
/// # Errors
/// What the file system says, and `InvalidData` for a file without certificates.
pub(crate) fn agent(roots: Option<&Path>, connect: Duration, whole: Duration) -> io::Result<Agent> {
    let roots = match roots {
        Some(path) => RootCerts::new_with_certs(&certificates(&fs::read(path)?)?),
        None => RootCerts::WebPki,
    };
    Ok(Agent::config_builder()
        // A redirect could lead anywhere; whoever moves a server tells the new address.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(connect))
        .timeout_global(Some(whole))
        .proxy(None)
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .user_agent(concat!("zizhi-hub/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent())
}

fn run(agent: &Agent, asked: Asked) -> io::Result<Said> {
    let mut request = Request::builder().method(asked.method).uri(&asked.url);
    for (name, value) in &asked.fields {
        request = request.header(*name, value);
    }
    let answered = if asked.body.is_empty() {
        // A body of no bytes is none, and some methods may have none.
        agent.run(request.body(()).map_err(io::Error::other)?)
    } else {
        agent.run(request.body(asked.body).map_err(io::Error::other)?)
    };
    let mut response = answered.map_err(io::Error::other)?;
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let retry_after = retry_after.and_then(|seconds| seconds.trim().parse().ok());
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(ANSWER).read_to_vec().map_err(io::Error::other)?;
    Ok(Said { status, retry_after, body })
}

fn certificates(pem: &[u8]) -> io::Result<Vec<Certificate<'static>>> {
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(io::Error::other)? {
            found.push(certificate);
        }
    }
    if found.is_empty() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the file holds no certificate"));
    }
    Ok(found)
}
