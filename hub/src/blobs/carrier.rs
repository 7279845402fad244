//! What carries requests to a bucket: the one client of HTTP that this program has, on threads for blocking work.

use std::io;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use ureq::http::{Request, Response};
use ureq::{Agent, Error};

use crate::line;

/// Longest time to reach the store.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest time for one request and its answer: a piece is at most 4 MiB.
const WHOLE: Duration = Duration::from_secs(40);
/// Bytes of an answer: a piece, or a page of a list.
const ANSWER: u64 = 16 * 1024 * 1024;

/// A client of HTTP for a bucket.
#[derive(Debug, Clone)]
pub(super) struct Carrier {
    agent: Agent,
}

impl Carrier {
    /// `roots` (PEM) stands in for the public certificate authorities.
    ///
    /// # Errors
    /// As [`line::agent`].
    pub(super) fn new(roots: Option<&Path>) -> io::Result<Self> {
        Ok(Self { agent: line::agent(roots, CONNECT, WHOLE)? })
    }
}

impl HttpConnector for Carrier {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Carrier {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let agent = self.agent.clone();
        let ran = tokio::task::spawn_blocking(move || {
            let mut response = if body.is_empty() {
                agent.run(Request::from_parts(parts, ()))?
            } else {
                agent.run(Request::from_parts(parts, body.to_vec()))?
            };
            let bytes = response.body_mut().with_config().limit(ANSWER).read_to_vec()?;
            let (parts, _) = response.into_parts();
            Ok(Response::from_parts(parts, bytes.into()))
        });
        match ran.await {
            Ok(answered) => answered.map_err(|error: Error| HttpError::new(kind(&error), error)),
            Err(error) => Err(HttpError::new(HttpErrorKind::Unknown, error)),
        }
    }
}

/// Whether it may be tried again is for the store's client to judge by this.
fn kind(error: &Error) -> HttpErrorKind {
    match error {
        Error::ConnectionFailed | Error::HostNotFound => HttpErrorKind::Connect,
        Error::Timeout(_) => HttpErrorKind::Timeout,
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => HttpErrorKind::Connect,
        Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    }
}
