//! Files of a trust package over HTTPS.

use std::time::{Duration, Instant};

use ureq::http::Response;
use ureq::typestate::WithoutBody;
use ureq::{Agent, Body};
use zizhi_crypto::{b64, digest};
use zizhi_model::Limits;
use zizhi_sync::Digest;
use zizhi_sync::api::{self, PublicChanges};
use zizhi_trust::{Source, SourceError};

use crate::failure::Failure;
use crate::https::agent;
use crate::stop::Stop;

/// Longest time to reach the server.
const CONNECT: Duration = Duration::from_secs(10);
/// Bytes of the names of all status lists.
const CHANGES_BYTES: u64 = 16 * 1024 * 1024;
/// Statuses that mean that there is no such file.
const ABSENT: [u16; 2] = [404, 410];

/// A folder on an HTTPS server. One connection serves all requests.
pub struct Http {
    agent: Agent,
    /// The folder, with `/` at its end.
    base: String,
    per_file: Duration,
    end: Instant,
    stop: Stop,
}

impl Http {
    /// The folder at `url`, which must be `https://`, or `http://` to this machine itself. Nothing is
    /// fetched yet. `ca` (PEM) stands in for the public certificate authorities.
    ///
    /// # Errors
    /// `NET-URL`, `NET-CA`.
    pub fn new(url: &str, ca: Option<&[u8]>, per_file: Duration, whole: Duration) -> Result<Self, Failure> {
        Ok(Self {
            agent: agent(url, ca, CONNECT.min(per_file))?,
            base: format!("{}/", url.trim_end_matches('/')),
            per_file,
            end: Instant::now() + whole,
            stop: Stop::default(),
        })
    }

    /// The same, for as long as nobody asks to stop.
    #[must_use]
    pub fn until(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }

    /// A file of `metadata/`, of which `known` is at hand: the server need not send what it still has.
    ///
    /// # Errors
    /// As [`Source::metadata`].
    pub(super) fn metadata_unless(
        &self,
        name: &str,
        known: Option<&[u8]>,
        max: u64,
    ) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(&format!("metadata/{name}"), known, max)
    }

    /// A status list, of which `known` is at hand.
    ///
    /// # Errors
    /// As [`Source::status`].
    pub(super) fn status_unless(
        &self,
        uri_sha256_hex: &str,
        known: Option<&[u8]>,
        max: u64,
    ) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(&format!("status/{uri_sha256_hex}.jwt"), known, max)
    }

    /// Which status lists changed since a state that this server told of before, or ever (docs/hub.md §3). Nothing from a server
    /// that does not tell: each list is asked for then, and whatever is wrong with the server shows there.
    pub(super) fn changes(&self, since: Option<Digest>) -> Option<PublicChanges> {
        let since = since.unwrap_or_else(|| Digest::of(b""));
        let answer = self.get(&format!("changes/{since}"), None, CHANGES_BYTES).ok()??;
        api::read_answer(&answer, answer.len(), &Limits::default()).ok()
    }

    fn get(&self, name: &str, known: Option<&[u8]>, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let left = self.end.saturating_duration_since(Instant::now());
        let failed = |reason: String| SourceError::Read { name: name.to_owned(), reason };
        if left.is_zero() {
            return Err(failed("the whole took too long".to_owned()));
        }
        let url = format!("{}{}", self.base, escaped(name));
        let mut request = self.agent.get(&url).config().timeout_global(Some(self.per_file.min(left))).build();
        if let Some(known) = known {
            // docs/hub.md §3: a file's ETag is its SHA-256. Other servers send the file.
            request = request.header("if-none-match", format!("\"{}\"", b64::encode(&digest::sha256(known))));
        }
        let (file, known) = (name.to_owned(), known.map(<[u8]>::to_vec));
        let fetched = self.stop.beside(move || fetch(request, &file, known, max));
        fetched.unwrap_or_else(|| Err(failed("it was stopped".to_owned())))
    }
}

/// Asks, and reads the answer.
fn fetch(
    request: ureq::RequestBuilder<WithoutBody>,
    name: &str,
    known: Option<Vec<u8>>,
    max: u64,
) -> Result<Option<Vec<u8>>, SourceError> {
    let failed = |reason: String| SourceError::Read { name: name.to_owned(), reason };
    let mut response = request.call().map_err(|error| failed(error.to_string()))?;
    let status = response.status().as_u16();
    if ABSENT.contains(&status) {
        // A short page is read to its end, so that the connection can be used again.
        drop(response.body_mut().with_config().limit(64 * 1024).read_to_vec());
        return Ok(None);
    }
    if let (304, Some(known)) = (status, known) {
        return Ok(Some(known));
    }
    if status != 200 {
        return Err(failed(refusal(status, &response)));
    }
    let too_large = || SourceError::TooLarge { name: name.to_owned(), max };
    if response.body().content_length().is_some_and(|length| length > max) {
        return Err(too_large());
    }
    match response.body_mut().with_config().limit(max.saturating_add(1)).read_to_vec() {
        Ok(bytes) if bytes.len() as u64 > max => Err(too_large()),
        Ok(bytes) => Ok(Some(bytes)),
        Err(ureq::Error::BodyExceedsLimit(_)) => Err(too_large()),
        Err(error) => Err(failed(error.to_string())),
    }
}

impl Source for Http {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.metadata_unless(name, None, max)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(&format!("targets/{path}"), None, max)
    }

    fn status(&self, uri_sha256_hex: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.status_unless(uri_sha256_hex, None, max)
    }
}

fn refusal(status: u16, response: &Response<Body>) -> String {
    let to = response.headers().get("location").and_then(|value| value.to_str().ok());
    match to {
        Some(to) if (300..400).contains(&status) => {
            let to: String = to.chars().take(200).collect();
            format!("the server sends elsewhere ({to}), and redirects are not followed")
        }
        _ => format!("the server answered with status {status}"),
    }
}

/// A path with everything escaped that is not plain (RFC 3986 §2.3).
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
