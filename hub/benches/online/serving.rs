//! Hubs on a socket, and what their databases are.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use tokio::runtime::Runtime;
use zizhi_hub::run;
use zizhi_hub::serve::{Hub, Rate, Settings};
use zizhi_hub::store::Store;

use crate::world::{ORIGIN, World, world_of};

/// A hub of one's own with this store, or with SQLite. Nobody asks too often.
pub fn hub(store: Option<Arc<dyn Store>>) -> World {
    let rate = Rate { burst: 1_000_000_000, per_second: 1_000_000 };
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("data");
    world_of(folder, &root, ("31-main", ORIGIN), (store, None), Settings { rate, ..Settings::default() })
}

/// Serves it as its program does.
pub fn serve(runtime: &Runtime, hub: &Arc<Hub>) -> SocketAddr {
    let (listener, address) = listener();
    runtime.spawn(run::answer(Arc::clone(hub), listener, None, Handle::new()));
    address
}

/// The same server with other routes.
pub fn serve_plain(runtime: &Runtime, router: Router) -> SocketAddr {
    let (listener, address) = listener();
    listener.set_nonblocking(true).expect("set");
    runtime.spawn(async move {
        let server = axum_server::from_tcp(listener).expect("a socket").http1_only();
        server.serve(router.into_make_service()).await
    });
    address
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Writes the log as the program does, where nobody reads it: a line for each request is a part of its cost.
pub fn log() {
    tracing_subscriber::fmt().json().with_writer(std::io::sink).with_env_filter("info").init();
}
