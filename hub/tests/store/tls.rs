//! The line to PostgreSQL, with a server that has a certificate.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use zizhi_hub::store::{Postgres, Store as _, StoreError};

use crate::common::server::{Server, folder};

/// A server on loopback with a certificate for `localhost`; its port, and where the certificate is.
fn start(options: &str) -> (Server, u16, String) {
    let base = folder();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let (certificate, key) = (format!("{base}/server.crt"), format!("{base}/server.key"));
    fs::write(&certificate, made.cert.pem()).expect("written");
    fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("set");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let listen = format!("-c listen_addresses=127.0.0.1 -c port={port} {options}");
    let listen = listen.replace("CERTIFICATE", &certificate).replace("KEY", &key);
    (Server::start_in_on(&base, &listen, port), port, certificate)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_kept_by_the_certificate_of_an_authority_and_its_name() {
    let on = "-c ssl=on -c ssl_cert_file=CERTIFICATE -c ssl_key_file=KEY";
    let (server, port, certificate) = tokio::task::spawn_blocking(move || start(on)).await.expect("a server");
    let own = server.database().await;
    let name = own.rsplit_once("dbname=").expect("a name").1.to_owned();
    let at = |host: &str, more: &str| format!("host={host} port={port} user=hub dbname={name} {more}");
    for mode in ["verify-full", "require"] {
        let address = at("localhost", &format!("sslmode={mode} sslrootcert={certificate}"));
        let store = Postgres::open(&address, 1).await.expect("it opens");
        store.ready().await.expect("it answers");
        let admin = server.admin().await;
        let lines = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                     WHERE application_name = 'zizhi-hub' AND ssl";
        let lines: i64 = admin.query_one(lines, &[]).await.expect("a count").get(0);
        assert_eq!(lines, 1, "{mode}: the server says that the line is kept");
    }
    let url = format!("postgres://hub@localhost:{port}/{name}?sslmode=verify-full&sslrootcert={certificate}");
    Postgres::open(&url, 1).await.expect("written as a URL too");

    let other_name = at("127.0.0.1", &format!("sslmode=verify-full sslrootcert={certificate}"));
    let refused = Postgres::open(&other_name, 1).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "the certificate is not for this name");
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let roots = tempfile::tempdir().expect("a folder");
    let other_file = roots.path().join("other.pem");
    fs::write(&other_file, other.cert.pem()).expect("written");
    for mode in ["verify-full", "require"] {
        let address = at("localhost", &format!("sslmode={mode} sslrootcert={}", other_file.display()));
        let refused = Postgres::open(&address, 1).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{mode}: of no known authority");
    }
    let system = Postgres::open(&at("localhost", "sslmode=verify-full"), 1).await;
    assert!(matches!(system, Err(StoreError::Unavailable(_))), "nor of the system's");
    let plain = Postgres::open(&at("localhost", ""), 1).await.expect("on this machine without");
    plain.ready().await.expect("it answers");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_not_used_where_the_server_has_no_certificate() {
    let (server, port, certificate) =
        tokio::task::spawn_blocking(|| start("-c ssl=off")).await.expect("a server");
    let own = server.database().await;
    let name = own.rsplit_once("dbname=").expect("a name").1.to_owned();
    let address = format!(
        "host=localhost port={port} user=hub dbname={name} sslmode=require sslrootcert={certificate}"
    );
    let refused = Postgres::open(&address, 1).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn is_refused_in_every_weaker_mode() {
    for mode in ["allow", "prefer", "verify-ca", "Require", ""] {
        for address in [
            format!("host=localhost user=hub sslmode={mode}"),
            format!("postgres://hub@localhost/hub?sslmode={mode}"),
        ] {
            let refused = Postgres::open(&address, 1).await;
            let Err(StoreError::SslMode(said)) = &refused else { panic!("{address}: {refused:?}") };
            assert_eq!(said, mode, "it says which");
        }
    }
    let refused = Postgres::open("host=localhost user=hub sslmode=require sslrootcert=/absent.pem", 1).await;
    assert!(
        matches!(&refused, Err(StoreError::Roots(file, _)) if file == Path::new("/absent.pem")),
        "{refused:?}"
    );
}
