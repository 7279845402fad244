//! The hub as a program of the simulation: its router over its folder, served as `run::answer` serves it, on
//! simulated sockets. Whenever it is started, it has what is in its folder and nothing else.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, Response};
use futures_util::stream::{self, StreamExt as _};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::task::{spawn_local, yield_now};
use tower::ServiceExt as _;
use turmoil::net::{TcpListener, TcpStream};
use zizhi_hub::blobs::Directory;
use zizhi_hub::clock::Clock;
use zizhi_hub::data::Data;
use zizhi_hub::line::Line;
use zizhi_hub::serve::{Hub, Parts, router};
use zizhi_hub::store::Sqlite;
use zizhi_model::Limits;
use zizhi_sync::api::{self, Problem, Upload};

use crate::in_step::Disk;
use crate::stage::Stage;
use crate::world::{NOW, ORIGIN, settings};

/// Where it listens.
pub const PORT: u16 = 443;

/// How long a client may take for the head of a request, as in `run`.
const HEAD: Duration = Duration::from_secs(15);

/// What outlives the program.
#[derive(Clone)]
pub struct Machine {
    /// The hub's folder.
    pub root: PathBuf,
    /// How it reaches other hubs; there are none.
    pub line: Line,
    pub disk: Rc<Disk>,
    pub stage: Rc<Stage>,
}

/// The simulation's time. The hub's clock is right.
struct SimulatedClock;

impl Clock for SimulatedClock {
    fn milliseconds(&self) -> i64 {
        let passed = turmoil::sim_elapsed().unwrap_or_default().as_millis();
        NOW * 1000 + i64::try_from(passed).expect("a short history")
    }
}

/// Runs until it is killed.
pub async fn run(machine: Machine) -> turmoil::Result {
    let data = Data::open(&machine.root, None)?;
    let hub = Hub::new(Parts {
        id: data.id.clone(),
        key: Arc::clone(&data.key),
        origin: ORIGIN.to_owned(),
        store: Arc::new(Sqlite::open(&data.database())?),
        blobs: Arc::new(Directory::open(&data.blobs())?),
        public: data.public(),
        clock: Arc::new(SimulatedClock),
        line: machine.line.clone(),
        settings: settings(),
    });
    let router = router(hub);
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, PORT)).await?;
    machine.stage.note("hub", "listens");
    loop {
        let (stream, _) = listener.accept().await?;
        spawn_local(serve(stream, router.clone(), machine.clone()));
    }
}

async fn serve(stream: TcpStream, router: Router, machine: Machine) {
    let service = service_fn(|request| answer(request, router.clone(), &machine));
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD);
    // That a line is cut is the client's to notice.
    let _ended = server.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    request: Request<Incoming>,
    router: Router,
    machine: &Machine,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let asked = format!("{} {}", request.method(), known(request.uri().path()));
    let opens = request.uri().path() == "/v1/uploads";
    let request = request.map(after_a_step);
    let response = machine
        .disk
        .run(async {
            let (parts, body) = router.oneshot(request).await?.into_parts();
            let bytes = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            Ok::<_, Infallible>(Response::from_parts(parts, Full::new(bytes)))
        })
        .await?;
    let said = refusal(&response).await;
    machine.stage.note("hub", &format!("{asked} -> {} {said}", response.status().as_u16()));
    if !said.is_empty() {
        machine.stage.count(said);
    }
    if opens && goes_on(&response).await {
        machine.stage.count("upload went on");
    }
    Ok(response)
}

/// The code of a refusal; nothing where the request succeeded.
async fn refusal(response: &Response<Full<Bytes>>) -> &'static str {
    if response.status().is_success() {
        return "";
    }
    let problem = api::read::<Problem>(&bytes(response).await, api::ANSWER_BYTES, &Limits::default());
    problem.map_or("NO-WORDS", |problem| problem.code.as_str())
}

/// Whether it says that a part of an upload is there already.
async fn goes_on(response: &Response<Full<Bytes>>) -> bool {
    let upload = api::read::<Upload>(&bytes(response).await, api::ANSWER_BYTES, &Limits::default());
    upload.is_ok_and(|upload| upload.offset > 0)
}

async fn bytes(response: &Response<Full<Bytes>>) -> Bytes {
    response.body().clone().collect().await.expect("bytes at hand").to_bytes()
}

/// The body of a request, which is not there at once: [`Disk::run`] needs a first step without work.
fn after_a_step(body: Incoming) -> Body {
    let first = stream::once(async {
        yield_now().await;
        Ok(Bytes::new())
    });
    Body::from_stream(first.chain(body.into_data_stream()))
}

/// A path without what is random in it: the ids of uploads are the hub's.
pub fn known(path: &str) -> &str {
    const UPLOADS: &str = "/v1/uploads/";
    if path.starts_with(UPLOADS) { UPLOADS } else { path }
}
