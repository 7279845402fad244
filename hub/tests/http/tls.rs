//! Over a real socket, with TLS, until it is told to stop.

use std::fs;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use zizhi_hub::run;
use zizhi_sync::api::{SyncAnswer, SyncRequest};
use zizhi_sync::hub_card::introduce;
use zizhi_sync::invitation::Role;

use crate::world::{NOW, ORIGIN, ask, limits, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_over_tls_and_stops_when_it_is_told_to() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let (cert, key) = (world.folder().join("cert.pem"), world.folder().join("key.pem"));
    fs::write(&cert, made.cert.pem()).expect("written");
    fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let tls = run::tls(&cert, &key).expect("they go together");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let handle = Handle::new();
    let control = handle.control();
    let serving = tokio::spawn(run::serve(Arc::clone(&world.hub), listener, Some(tls), handle));

    let signed = ask("POST", "/v1/sync")
        .json(&SyncRequest { cursor: None, acks: Vec::new(), public: None })
        .signed(&firm.key, ORIGIN, NOW);
    let root = made.cert.der().to_vec();
    let (card, round) = tokio::task::spawn_blocking(move || {
        let root = Certificate::from_der(&root).to_owned();
        let roots = RootCerts::new_with_certs(&[root]);
        let tls = TlsConfig::builder().provider(TlsProvider::Rustls).root_certs(roots).build();
        let agent = ureq::Agent::config_builder().tls_config(tls).build().new_agent();
        let base = format!("https://localhost:{port}");
        let card = agent.get(format!("{base}/v1/hub")).call().expect("a card");
        let card = card.into_body().read_to_string().expect("text");
        let mut request = agent.post(format!("{base}/v1/sync"));
        for (name, value) in &signed.fields {
            request = request.header(*name, value);
        }
        let round = request.send(&signed.body[..]).expect("an answer").into_body().read_to_vec();
        (card, round.expect("bytes"))
    })
    .await
    .expect("the client ends");
    introduce(&card, &limits()).expect("the hub's card");
    let round: SyncAnswer = serde_json::from_slice(&round).expect("an answer to the round");
    assert_eq!(round.time, NOW, "by the hub's clock");

    control.graceful_shutdown(Some(Duration::from_secs(5)));
    let ended = tokio::time::timeout(Duration::from_secs(10), serving).await.expect("it stops");
    ended.expect("the task ends").expect("without an error");
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err(), "nobody listens any more");
}
