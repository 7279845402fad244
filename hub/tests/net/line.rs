//! What carries a desktop's requests over simulated TCP, as `HubHttp` of the app does over a real one.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::Request;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::{sleep, timeout};
use turmoil::net::TcpStream;
use zizhi_sync::round::Answer;

use crate::hub::PORT;

/// Longest time for one request and its answer. The app waits longer, and a history would be long.
const WHOLE: Duration = Duration::from_secs(12);

/// A line to the hub, which is kept from one request to the next for as long as it works.
#[derive(Default)]
pub struct Line(Option<Connection>);

struct Connection {
    requests: SendRequest<Full<Bytes>>,
    task: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    /// The answer, if one comes in time.
    pub async fn carry(&mut self, request: Request<Full<Bytes>>, most: u64) -> Option<Answer> {
        let mut connection = self.0.take();
        let answer = timeout(WHOLE, async {
            let mut open = match connection.take().filter(|open| !open.requests.is_closed()) {
                Some(open) => open,
                None => connect().await?,
            };
            let answer = ask(&mut open.requests, request, most).await?;
            Some((open, answer))
        });
        // A line on which something was lost is not used again.
        let (open, answer) = answer.await.ok()??;
        self.0 = Some(open);
        Some(answer)
    }
}

/// Sends a request that was sent before once more, by another way and without anybody who waits for the answer.
pub fn repeat_later(request: Request<Full<Bytes>>, after: Duration) {
    spawn_local(async move {
        sleep(after).await;
        let _answer = Line::default().carry(request, u64::MAX).await;
    });
}

async fn connect() -> Option<Connection> {
    let stream = TcpStream::connect(("hub", PORT)).await.ok()?;
    let (requests, connection) = handshake(TokioIo::new(stream)).await.ok()?;
    // How it ends is seen by who asked.
    let task = spawn_local(async move {
        let _ended = connection.await;
    });
    Some(Connection { requests, task })
}

async fn ask(
    requests: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
    most: u64,
) -> Option<Answer> {
    requests.ready().await.ok()?;
    let (parts, body) = requests.send_request(request).await.ok()?.into_parts();
    let retry_after = parts.headers.get("retry-after").and_then(|value| value.to_str().ok());
    let retry_after = retry_after.and_then(|seconds| seconds.trim().parse().ok());
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let body = Limited::new(body, most).collect().await.ok()?.to_bytes().to_vec();
    Some(Answer { status: parts.status.as_u16(), retry_after, body })
}
