//! What carries the requests of a device to its hub and the answers back. It knows nothing of what they mean.

use std::time::Duration;

use ureq::Agent;
use ureq::http::Request;
use zizhi_crypto::SigningKey;
use zizhi_model::Text;
use zizhi_sync::api::Code;
use zizhi_sync::http_signature;
use zizhi_sync::round::{Answer, Ask, AskBody, Cause};

use crate::Host;
use crate::failure::{Failure, told};
use crate::https::{self, agent};
use crate::stop::Stop;

/// Longest time to reach the hub.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest time for one request and its answer: 4 MiB over a line of 128 kbit/s.
const WHOLE: Duration = Duration::from_secs(300);
/// How often one request is made again at once: with the clock put right, or under a new nonce.
const AT_ONCE: u8 = 3;
/// Bytes of a hub card.
const CARD: u64 = 64 * 1024;

/// A hub at its address.
pub(crate) struct HubHttp {
    agent: Agent,
    /// Scheme, host and port, without a slash at the end: every signature covers it.
    origin: String,
}

impl HubHttp {
    /// The hub at `url`. Nothing is asked yet. `ca` (PEM) stands in for the public certificate authorities.
    ///
    /// # Errors
    /// `NET-URL`, `NET-CA`.
    pub(crate) fn new(url: &str, ca: Option<&[u8]>) -> Result<Self, Failure> {
        let origin = url.trim().trim_end_matches('/').to_owned();
        let agent = agent(&origin, ca, CONNECT)?;
        if origin.split_once("://").is_none_or(|(_, rest)| rest.contains('/')) {
            return Err(no_origin(url));
        }
        Ok(Self { agent, origin })
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The hub card, a JWS; or why there is none.
    pub(crate) fn card(&self) -> Result<String, Cause> {
        let request = Request::get(format!("{}/v1/hub", self.origin)).body(());
        let request = request.map_err(|_| Cause::Unreachable)?;
        let mut response = self.agent.run(request).map_err(|error| https::cause(&error))?;
        if response.status() != 200 {
            return Err(Cause::Unreachable);
        }
        response.body_mut().with_config().limit(CARD).read_to_string().map_err(|error| https::cause(&error))
    }

    /// Brings back the answer to a request that stands by itself, or why there is none. A clock that is off is put
    /// right for the signature, and a request whose answer was lost goes out under a new nonce.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub(crate) fn ask(
        &self,
        ask: &Ask,
        key: &SigningKey,
        clock_offset: &mut i64,
        (host, stop): (&dyn Host, &Stop),
    ) -> Result<Result<Answer, Cause>, Failure> {
        let body = match &ask.body {
            AskBody::Bytes(bytes) => bytes.clone(),
            AskBody::Empty | AskBody::Piece { .. } => Vec::new(),
        };
        for _ in 0..AT_ONCE {
            let answer = match self.call(ask, body.clone(), key, *clock_offset, (host, stop))? {
                Ok(answer) => answer,
                Err(cause) => return Ok(Err(cause)),
            };
            match answer.clone().success().err().map(|refusal| (refusal.code, refusal.time)) {
                Some((Some(Code::AuthTime), Some(time))) => {
                    *clock_offset = time.saturating_sub(host.now().timestamp());
                }
                Some((Some(Code::AuthReplay), _)) => {}
                _ => return Ok(Ok(answer)),
            }
        }
        Ok(Err(Cause::Unreachable))
    }

    /// Signs a request with the device's key and brings back the answer, or why there is none. `body`
    /// are the bytes that the request names, `clock_offset` what the hub's clock is ahead of this one, in
    /// seconds. Who asks to `stop` does not wait for the answer.
    ///
    /// # Errors
    /// `INTERNAL` if the request cannot be signed.
    pub(crate) fn call(
        &self,
        ask: &Ask,
        body: Vec<u8>,
        key: &SigningKey,
        clock_offset: i64,
        (host, stop): (&dyn Host, &Stop),
    ) -> Result<Result<Answer, Cause>, Failure> {
        let mut nonce = [0; 16];
        host.random().fill(&mut nonce);
        let created = host.now().timestamp().saturating_add(clock_offset);
        let digest = http_signature::body(&body);
        let fields = ask.signed(&self.origin, digest, key, (created, nonce)).map_err(unsigned)?;
        let mut request = Request::builder().method(ask.method).uri(format!("{}{}", self.origin, ask.path));
        for (name, value) in fields {
            request = request.header(name, value);
        }
        let (agent, most) = (self.agent.clone(), ask.most.saturating_add(1));
        // A body of no bytes is none, and some methods may have none.
        let answer = if body.is_empty() {
            let request = request.body(()).map_err(unsigned)?;
            stop.beside(move || run(&agent, request, most))
        } else {
            let request = request.body(body).map_err(unsigned)?;
            stop.beside(move || run(&agent, request, most))
        };
        // Who asked to stop does not look at it any more.
        Ok(answer.unwrap_or(Err(Cause::Unreachable)))
    }
}

fn run<B: ureq::AsSendBody>(agent: &Agent, request: Request<B>, most: u64) -> Result<Answer, Cause> {
    let request = agent.configure_request(request).timeout_global(Some(WHOLE)).build();
    let mut response = agent.run(request).map_err(|error| https::cause(&error))?;
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let retry_after = retry_after.and_then(|seconds| seconds.trim().parse().ok());
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(most).read_to_vec();
    let body = body.map_err(|error| https::cause(&error))?;
    Ok(Answer { status, retry_after, body })
}

fn unsigned(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::internal("请求无法签名，没有发出。", "the request could not be signed; it was not sent")
        .because(error)
}

fn no_origin(url: &str) -> Failure {
    Failure::input(
        "NET-URL",
        told(
            format!("{url} 不是枢纽的地址：主机名之后还有内容，没有连接。"),
            format!("{url} is not the address of a hub: something follows its host; nothing was contacted"),
        ),
        Text::fixed(
            "请只写协议、主机和端口，如 https://hub.example。",
            "give scheme, host and port only, such as https://hub.example",
        ),
    )
}
