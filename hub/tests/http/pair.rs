//! Two hubs on loopback with a line between them that a test can cut.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum_server::Handle;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use zizhi_hub::peer::introduced;
use zizhi_hub::run;
use zizhi_hub::serve::Settings;
use zizhi_hub::store::{PeerAdded, Postgres, Store};
use zizhi_sync::hub_card::{API, HubCard};
use zizhi_sync::object;

use crate::common::server::shared;
use crate::world::{NOW, World, settings, world_of};

/// A line to a hub: whoever connects to its other end reaches it, until the line is cut.
pub struct Wire {
    shared: Arc<Shared>,
}

struct Shared {
    cut: AtomicBool,
    /// Bytes towards the hub that may still pass before the line cuts itself.
    left: AtomicU64,
    carried: AtomicU64,
    /// What a proxy before the hub stops at, and what it does then.
    stops: Mutex<Vec<(String, Proxy)>>,
}

/// What a proxy before the hub does with a request that it does not like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// It answers itself, in words of its own.
    Answers,
    /// It says nothing and holds it.
    Holds,
}

impl Wire {
    /// A line to whoever listens at `to`.
    async fn lay(listener: TcpListener, to: SocketAddr) -> Self {
        let shared = Arc::new(Shared {
            cut: AtomicBool::new(false),
            left: AtomicU64::new(u64::MAX),
            carried: AtomicU64::new(0),
            stops: Mutex::default(),
        });
        let carrying = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((from, _)) = listener.accept().await {
                let shared = Arc::clone(&carrying);
                if !shared.cut.load(Ordering::SeqCst) {
                    tokio::spawn(carry(from, to, shared));
                }
            }
        });
        Self { shared }
    }

    pub fn cut(&self) {
        self.shared.cut.store(true, Ordering::SeqCst);
    }

    pub fn cut_after(&self, bytes: u64) {
        self.shared.left.store(bytes, Ordering::SeqCst);
    }

    pub fn restore(&self) {
        self.shared.left.store(u64::MAX, Ordering::SeqCst);
        self.shared.cut.store(false, Ordering::SeqCst);
    }

    /// From now on a proxy before the hub stops each request with these characters in its head.
    pub fn stop(&self, at: impl Into<String>, proxy: Proxy) {
        self.shared.stops.lock().expect("nobody panics").push((at.into(), proxy));
    }

    /// The proxy lets everything through again.
    pub fn let_through(&self) {
        self.shared.stops.lock().expect("nobody panics").clear();
    }

    /// Bytes that were carried towards the hub.
    pub fn carried(&self) -> u64 {
        self.shared.carried.load(Ordering::SeqCst)
    }
}

async fn carry(from: TcpStream, to: SocketAddr, shared: Arc<Shared>) {
    let Ok(to) = TcpStream::connect(to).await else { return };
    let ((mut from_read, mut from_write), (mut to_read, mut to_write)) = (from.into_split(), to.into_split());
    let there = async {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from_read.read(&mut buffer).await {
            let passed = shared.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                if left == u64::MAX { Some(left) } else { left.checked_sub(count as u64) }
            });
            if passed.is_err() {
                shared.cut.store(true, Ordering::SeqCst);
            }
            if let Some(proxy) = stopped(&shared, &buffer[..count]) {
                return Some(proxy);
            }
            if shared.cut.load(Ordering::SeqCst) || to_write.write_all(&buffer[..count]).await.is_err() {
                return None;
            }
            shared.carried.fetch_add(count as u64, Ordering::SeqCst);
        }
        None
    };
    let back = tokio::io::copy(&mut to_read, &mut from_write);
    let watch = async {
        while !shared.cut.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    // Both halves are dropped as soon as one ends: the connection is gone.
    let stopped = tokio::select! { stopped = there => stopped, _ = back => None, () = watch => None };
    match stopped {
        None => {}
        Some(Proxy::Answers) => {
            // To the end of the request first: who closes on bytes that were not read takes the answer back.
            let mut rest = vec![0; 16 * 1024];
            while let Ok(Ok(1..)) =
                tokio::time::timeout(Duration::from_millis(50), from_read.read(&mut rest)).await
            {}
            let page =
                "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\r\n<h1>403\r\n";
            let _ = from_write.write_all(page.as_bytes()).await;
        }
        Some(Proxy::Holds) => {
            while !shared.stops.lock().expect("nobody panics").is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

fn stopped(shared: &Shared, bytes: &[u8]) -> Option<Proxy> {
    let head = String::from_utf8_lossy(bytes);
    let stops = shared.stops.lock().expect("nobody panics");
    stops.iter().find(|(at, _)| head.contains(at.as_str())).map(|(_, proxy)| *proxy)
}

/// A hub that is reached over a wire.
pub struct Side {
    pub world: World,
    pub wire: Wire,
    pub store: Arc<dyn Store>,
    _serving: JoinHandle<()>,
}

/// Which engine the hubs have.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Side {
    pub async fn start(id: &str, engine: Engine, settings: Settings) -> Self {
        let hub = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let front = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", front.local_addr().expect("an address"));
        let wire = Wire::lay(front, hub.local_addr().expect("an address")).await;
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("data");
        let store: Arc<dyn Store> = match engine {
            Engine::Sqlite => Arc::new(
                zizhi_hub::store::Sqlite::open(&folder.path().join("hub.sqlite")).expect("a database"),
            ),
            Engine::Postgres => {
                let address = shared().await.database().await;
                Arc::new(Postgres::open(&address, 8).await.expect("a database"))
            }
        };
        let world = world_of(folder, &root, (id, &origin), (Some(Arc::clone(&store)), None), settings);
        let serving = Arc::clone(&world.hub);
        let serving = tokio::spawn(async move {
            run::answer(serving, hub, None, Handle::new()).await.expect("it serves");
        });
        Self { world, wire, store, _serving: serving }
    }

    pub fn card(&self) -> String {
        let data = &self.world.data;
        let (hub, key) = (data.id.clone(), data.key.public().clone());
        object::sign(&data.key, &HubCard { hub, key, epoch: 1, time: NOW, api: API }).expect("a card")
    }

    /// Makes the other hub known here.
    pub async fn knows(&self, other: &Side) {
        let own = &self.world.data.id;
        let peer = introduced(&other.card(), own, &other.world.origin, &[], &[], NOW).expect("a peer");
        assert_eq!(self.store.add_peer(&peer).await.expect("an answer"), PeerAdded::New, "a new peer");
    }

    /// Sets the time of both hubs forward and lets this one bring what is due.
    pub async fn drain_at(&self, other: &Side, at: i64) -> usize {
        self.world.clock.set(at);
        other.world.clock.set(at);
        self.world.hub.drain().await.expect("an answer")
    }
}

/// A hub of Shanghai and one of Zhejiang that know each other.
pub async fn pair(engine: Engine) -> (Side, Side) {
    pair_with(engine, settings()).await
}

pub async fn pair_with(engine: Engine, settings: Settings) -> (Side, Side) {
    let (a, b) =
        (Side::start("31-main", engine, settings).await, Side::start("33-main", engine, settings).await);
    a.knows(&b).await;
    b.knows(&a).await;
    (a, b)
}
