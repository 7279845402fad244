//! A hub with its clock, and organisations that sign what they ask.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tower::ServiceExt as _;
use zizhi_crypto::{Algorithm, Random as _, SigningKey, SystemRandom, sealed};
use zizhi_hub::blobs::{Blobs, Directory};
use zizhi_hub::clock::Clock;
use zizhi_hub::data::Data;
use zizhi_hub::line::Line;
use zizhi_hub::serve::{Hub, Parts, Rate, Settings, router};
use zizhi_hub::store::{Sqlite, Store};
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{self, Code, Problem};
use zizhi_sync::devices::{Device, DeviceList};
use zizhi_sync::http_signature::{self, Stamp};
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::object::{self, Payload, Unverified};
use zizhi_sync::{HubId, Id};

use crate::common::org_of;

/// Where desktops think the hub is. Nothing listens there.
pub const ORIGIN: &str = "https://hub.example";
/// The time at which a test begins.
pub const NOW: i64 = 1_780_000_000;

/// A clock that a test sets, in seconds.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn milliseconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst) * 1000
    }
}

pub struct World {
    /// What desktops sign their requests for.
    pub origin: String,
    pub hub: Arc<Hub>,
    pub data: Data,
    pub clock: Arc<TestClock>,
    pub router: Router,
    folder: TempDir,
}

/// An organisation with one device.
pub struct Party {
    pub org: OrgId,
    pub key: SigningKey,
    pub list_jws: String,
}

/// An answer that was read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

/// A request before it is signed.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub fields: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

pub fn settings() -> Settings {
    Settings { rate: Rate { burst: 10_000, per_second: 10_000 }, ..Settings::default() }
}

pub fn world() -> World {
    world_with(settings())
}

pub fn world_with(settings: Settings) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("data");
    world_in(folder, &root, settings)
}

/// The hub whose folder `root` is, in a folder that goes with it.
pub fn world_in(folder: TempDir, root: &Path, settings: Settings) -> World {
    world_of(folder, root, ("31-main", ORIGIN), (None, None), settings)
}

/// A store and blobs that a test gives a hub.
pub type Given = (Option<Arc<dyn Store>>, Option<Arc<dyn Blobs>>);

/// A hub with this id at this address, with a store and blobs of its own where none are given.
pub fn world_of(
    folder: TempDir,
    root: &Path,
    (id, origin): (&str, &str),
    (store, blobs): Given,
    settings: Settings,
) -> World {
    let id = HubId::parse(id).expect("a hub's id");
    let data = Data::open(root, Some(&id)).expect("the folder");
    let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
    let own = || Arc::new(Sqlite::open(&data.database()).expect("the database")) as Arc<dyn Store>;
    let directory = || Arc::new(Directory::open(&data.blobs()).expect("a folder")) as Arc<dyn Blobs>;
    let hub = Hub::new(Parts {
        id,
        key: Arc::clone(&data.key),
        origin: origin.to_owned(),
        store: store.unwrap_or_else(own),
        blobs: blobs.unwrap_or_else(directory),
        public: data.public(),
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        line: Line::new(None).expect("a line"),
        settings,
    });
    World { router: router(Arc::clone(&hub)), origin: origin.to_owned(), hub, data, clock, folder }
}

pub fn limits() -> Limits {
    Limits::default()
}

pub fn new_id() -> Id {
    let mut random = [0; 10];
    SystemRandom.fill(&mut random);
    Id::new(NOW * 1000, random)
}

pub fn ask(method: &'static str, path: impl Into<String>) -> Ask {
    Ask { method, path: path.into(), ..Ask::default() }
}

impl Ask {
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = api::write(body).expect("JSON");
        self.field("content-type", api::JSON_TYPE)
    }

    pub fn field(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    pub fn bytes(mut self, content_type: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.field("content-type", content_type)
    }

    /// Signed by `key` for the hub at `origin` at the time `created`.
    pub fn signed(mut self, key: &SigningKey, origin: &str, created: i64) -> Self {
        let mut nonce = [0; 16];
        SystemRandom.fill(&mut nonce);
        let stamp = Stamp { created, expires: created + 300, nonce };
        let target = format!("{origin}{}", self.path);
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = http_signature::body(&self.body);
        let request =
            http_signature::Request { method: self.method, target_uri: &target, fields: &fields, body };
        let added = http_signature::sign(&request, key, &stamp).expect("a signature");
        self.fields.extend(added);
        self
    }

    pub fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        for (name, value) in &self.fields {
            request = request.header(*name, value);
        }
        request.body(Body::from(self.body.clone())).expect("a request")
    }
}

impl Answer {
    pub fn json<T: Serialize + DeserializeOwned>(&self, status: u16) -> T {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        api::read(&self.bytes, api::ANSWER_BYTES, &limits()).expect("JSON of this form")
    }

    pub fn is(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
    }

    /// The problem, which has to be this one, said in both languages.
    pub fn refuses(&self, code: Code) -> Problem {
        let problem: Problem = self.json(code.status());
        assert_eq!(problem.code, code, "{}", self.text());
        assert_eq!(self.headers["content-type"], api::PROBLEM_TYPE, "the type of a problem");
        assert!(!problem.title.is_empty() && !problem.title_en.is_empty(), "both languages");
        problem
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl World {
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sends a request as it is.
    pub async fn send(&self, ask: &Ask) -> Answer {
        let response = self.router.clone().oneshot(ask.request()).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("its end").to_bytes();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// Signs for this hub, now, and sends.
    pub async fn from(&self, party: &Party, ask: Ask) -> Answer {
        let signed = ask.signed(&party.key, &self.origin, self.clock.seconds());
        self.send(&signed).await
    }

    /// An invitation by the hub's operator.
    pub fn invitation(&self, party: OrgId, role: Role) -> String {
        let now = self.clock.seconds();
        let invitation = Invitation {
            jti: new_id(),
            iss: Inviter::Hub(self.data.id.clone()),
            sub: party,
            name: "示例公司".to_owned(),
            role,
            hub: self.data.id.clone(),
            iat: now,
            exp: now + 3600,
        };
        object::sign(&self.data.key, &invitation).expect("an invitation")
    }

    pub async fn enrol(&self, party: &Party, invitation: &str) -> Answer {
        self.from(party, enrol(party, invitation)).await
    }

    /// An organisation that has joined.
    pub async fn joined(&self, n: u32, role: Role) -> Party {
        self.joins(party(n), role).await
    }

    /// This organisation has joined.
    pub async fn joins(&self, party: Party, role: Role) -> Party {
        let invitation = self.invitation(party.org, role);
        self.enrol(&party, &invitation).await.is(201);
        party
    }

    /// What the hub signed.
    pub fn read<P: Payload>(&self, text: &str) -> P {
        let unverified = Unverified::<P>::parse(text, &limits()).expect("an object of this kind");
        unverified.verify(self.data.key.public()).expect("the hub's signature").into_payload()
    }
}

pub fn enrol(party: &Party, invitation: &str) -> Ask {
    let body = api::Enrol { invitation: invitation.to_owned(), devices: party.list_jws.clone() };
    ask("POST", "/v1/organisations").json(&body)
}

pub fn device(key: &SigningKey) -> Device {
    Device { key: key.public().clone(), name: "一号机".to_owned(), added: NOW }
}

pub fn new_key() -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).expect("a key")
}

pub fn inbox() -> String {
    sealed::generate_identity().1
}

/// An organisation that has not joined.
pub fn party(n: u32) -> Party {
    party_of("31", n)
}

/// The same of a province.
pub fn party_of(province: &str, n: u32) -> Party {
    let (key, org) = (new_key(), org_of(province, n));
    let list = DeviceList::begin(org, device(&key), inbox());
    let list_jws = object::sign(&key, &list).expect("a list");
    Party { org, key, list_jws }
}
