//! Refreshing over a network that does what it likes. Every test has its own server on this machine.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

mod server;

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use server::{Manner, Server};
use tempfile::TempDir;
use zizhi_app::author_trust::{Change, Signers, author_trust};
use zizhi_app::import_trust::Imported;
use zizhi_app::init_demo_trust::init_demo_trust;
use zizhi_app::refresh_trust::{Refresh, refresh_trust};
use zizhi_app::show_trust::ShownTrust;
use zizhi_app::trust_data::TrustData;
use zizhi_app::{Failure, FixedTime};
use zizhi_trust::{RoleDefect, SourceError, TrustError};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).unwrap()
}

/// A demo repository and an empty data folder.
struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: TempDir::new().unwrap() };
        init_demo_trust(&world.repository(), &FixedTime(now())).unwrap();
        world
    }

    fn repository(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    fn data(&self) -> TrustData {
        TrustData::at(self.folder.path().join("data"))
    }

    /// Publishes a newer timestamp.
    fn sign(&self) {
        let signers = Signers { at: Some(now() + TimeDelta::hours(1)), ..Signers::default() };
        let change = Change::Sign { renew: true };
        author_trust(&self.repository(), &change, &signers, &FixedTime(now())).unwrap();
    }

    /// A copy of the repository as it is now.
    fn copy(&self, name: &str) -> PathBuf {
        let to = self.folder.path().join(name);
        copy(&self.repository(), &to);
        to
    }

    fn order(&self, server: &Server) -> Refresh {
        Refresh {
            url: server.url.clone(),
            pin: Some(self.repository().join("metadata/1.root.json")),
            ca: None,
            status: Vec::new(),
            per_file: Duration::from_secs(5),
            whole: Duration::from_secs(60),
        }
    }

    fn refresh(&self, order: &Refresh) -> Result<Imported, Failure> {
        refresh_trust(order, &self.data(), &FixedTime(now() + TimeDelta::hours(2)))
    }

    fn state(&self) -> Option<Vec<u8>> {
        std::fs::read(self.data().folder().join("trust.state")).ok()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn accepted(imported: Result<Imported, Failure>) -> ShownTrust {
    match imported.unwrap() {
        Imported::Accepted(accepted) => accepted.trust,
        Imported::Refused(error) => panic!("refused: {error}"),
    }
}

fn refused(imported: Result<Imported, Failure>) -> TrustError {
    match imported.unwrap() {
        Imported::Accepted(accepted) => panic!("accepted: {:?}", accepted.trust),
        Imported::Refused(error) => error,
    }
}

/// What the source said when the role `timestamp` was refused for it.
fn source_error(error: TrustError) -> SourceError {
    match error {
        TrustError::Invalid { role: "timestamp", defect: RoleDefect::Source(error) } => error,
        other => panic!("{other}"),
    }
}

#[test]
fn keeps_all_of_it_over_one_connection() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    let mut order = world.order(&server);
    order.status = vec!["https://status.example/91340100DEM0000228/1".to_owned()];
    let shown = accepted(world.refresh(&order));
    assert_eq!(shown.issuer_count, 2);
    assert_eq!(shown.status_lists.len(), 1);
    assert_eq!(server.connections.load(Ordering::SeqCst), 1, "every request goes over the same connection");

    // What was kept answers with the server gone.
    let kept = world.data().open(now()).unwrap().unwrap();
    let uscc = zizhi_model::Uscc::parse("91340100DEM0000228").unwrap();
    assert!(kept.issuer(&uscc).unwrap().is_some());
    assert!(kept.rule_pack_in("31", "sh-songjiang").unwrap().is_some());
    assert!(kept.type_metadata("types/patent.json").unwrap().is_some());
    assert!(kept.status_list(&order.status[0]).unwrap().is_some());
}

#[test]
fn fetches_no_target_twice_and_follows_status_lists_by_itself() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    let mut order = world.order(&server);
    order.status = vec!["https://status.example/91340100DEM0000228/1".to_owned()];
    accepted(world.refresh(&order));
    server.requests.lock().unwrap().clear();
    world.sign();
    order.status.clear();
    order.pin = None;
    let shown = accepted(world.refresh(&order));
    assert_eq!((shown.snapshot_version, shown.status_lists.len()), (3, 1));
    let requests = server.requests.lock().unwrap();
    assert!(requests.iter().all(|path| !path.contains("/targets/")), "{requests:?}");
    assert!(requests.iter().any(|path| path.contains("/status/")), "{requests:?}");
}

#[test]
fn asks_for_no_list_that_the_server_says_is_as_it_was() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    let uri = "https://status.example/91340100DEM0000228/1";
    let order = Refresh { status: vec![uri.to_owned()], ..world.order(&server) };
    let asked = || {
        server.requests.lock().unwrap().clear();
        assert_eq!(accepted(world.refresh(&order)).status_lists.len(), 1, "it is kept");
        let requests = server.requests.lock().unwrap();
        requests.iter().filter(|path| path.contains("/status/")).count()
    };
    // What the server tells of the state that was told last.
    let told = world.repository().join("changes");
    std::fs::create_dir_all(&told).unwrap();
    let tell = |since: &str, state: &str, lists: &str| {
        let text = format!(r#"{{"state":"{state}","lists":{lists}}}"#);
        std::fs::write(told.join(since), text).unwrap();
    };
    let [nothing, one, two] = ["", "1", "2"].map(|text| zizhi_sync::Digest::of(text.as_bytes()).to_string());
    tell(&nothing, &one, "[]");
    assert_eq!(asked(), 1, "it is not at hand yet, whatever the server says");
    tell(&one, &one, "[]");
    assert_eq!(asked(), 0);
    tell(&one, &two, &format!(r#"["{}.jwt"]"#, zizhi_trust::status_name(uri)));
    assert_eq!(asked(), 1);
    // Of the next state nobody told anything, something else, or that it is not known.
    assert_eq!(asked(), 1);
    std::fs::write(told.join(&nothing), "<html>").unwrap();
    assert_eq!(asked(), 1);
    tell(&nothing, &two, "null");
    assert_eq!(asked(), 1);
    tell(&two, &two, "[]");
    assert_eq!(asked(), 0);
}

#[test]
fn refuses_to_start_without_a_root_from_elsewhere() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    let order = Refresh { pin: None, ..world.order(&server) };
    assert_eq!(refused(world.refresh(&order)), TrustError::Missing);
    assert_eq!(world.state(), None);
}

#[test]
fn refuses_a_server_that_goes_back_and_changes_nothing() {
    let world = World::new();
    let old = world.copy("old");
    world.sign();
    let server = Server::plain(&world.repository());
    let order = world.order(&server);
    accepted(world.refresh(&order));
    let before = world.state();
    server.serve(&old);
    let error = refused(world.refresh(&order));
    assert!(matches!(error, TrustError::Rollback { .. }), "{error}");
    assert_eq!(error.code().as_str(), "TRUST-ROLLBACK");
    assert_eq!(world.state(), before);
}

#[test]
fn gives_a_slow_answer_up_in_time() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    server.treat("timestamp.json", Manner::Slowly);
    let order = Refresh { per_file: Duration::from_secs(2), ..world.order(&server) };
    let began = Instant::now();
    let error = source_error(refused(world.refresh(&order)));
    assert!(matches!(error, SourceError::Read { .. }), "{error}");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(world.state(), None);
}

#[test]
fn gives_many_slow_answers_up_together() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    server.treat("", Manner::Slowly);
    let order =
        Refresh { per_file: Duration::from_secs(600), whole: Duration::from_secs(2), ..world.order(&server) };
    let began = Instant::now();
    refused(world.refresh(&order));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[test]
fn stops_reading_an_endless_answer_at_the_limit() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    server.treat("timestamp.json", Manner::Endlessly);
    let error = source_error(refused(world.refresh(&world.order(&server))));
    assert!(matches!(error, SourceError::TooLarge { max: 65_536, .. }), "{error}");
}

#[test]
fn a_missing_timestamp_refuses_all_and_a_missing_province_only_itself() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    server.treat("timestamp.json", Manner::Status(404));
    let error = refused(world.refresh(&world.order(&server)));
    assert!(
        matches!(error, TrustError::Invalid { role: "timestamp", defect: RoleDefect::Missing }),
        "{error}"
    );

    server.treat(".33.json", Manner::Status(404));
    let shown = accepted(world.refresh(&world.order(&server)));
    let states: Vec<_> = shown.provinces.iter().map(|it| (it.province.as_str(), it.state)).collect();
    assert_eq!(states, [("31", "ok"), ("32", "ok"), ("33", "disabled"), ("34", "ok")]);
    assert_eq!(shown.checks.iter().map(|check| check.code.as_str()).collect::<Vec<_>>(), ["TRUST-ROLE"]);
}

#[test]
fn an_error_of_the_server_is_not_taken_for_an_absent_file() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    for manner in [Manner::Status(500), Manner::Status(403), Manner::Status(204), Manner::Cut] {
        server.treat("2.root.json", manner);
        let error = refused(world.refresh(&world.order(&server)));
        assert!(matches!(error, TrustError::Invalid { role: "root", .. }), "{error}");
        assert_eq!(world.state(), None);
    }
}

#[test]
fn follows_no_redirect() {
    let world = World::new();
    let server = Server::plain(&world.repository());
    server.treat("timestamp.json", Manner::Elsewhere);
    let error = source_error(refused(world.refresh(&world.order(&server))));
    assert!(error.to_string().contains("redirects are not followed"), "{error}");
}

#[test]
fn contacts_nobody_at_an_address_that_is_not_allowed() {
    let world = World::new();
    for url in [
        "http://trust.example/",
        "http://127.0.0.1.example/",
        "http://localhost.example/",
        "ftp://127.0.0.1/",
        "file:///etc/",
        "https://user:word@trust.example/",
        "https://trust.example/?a=b",
        "trust.example",
        "https://",
        "",
        "资质通",
    ] {
        let order = Refresh {
            url: url.to_owned(),
            pin: None,
            ca: None,
            status: Vec::new(),
            per_file: Duration::from_secs(1),
            whole: Duration::from_secs(1),
        };
        assert_eq!(world.refresh(&order).unwrap_err().code, "NET-URL", "{url}");
    }
}

#[test]
fn trusts_a_server_by_the_authority_that_was_named_and_by_no_other() {
    let tls = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/tls");
    let world = World::new();
    let server = Server::tls(&world.repository());
    let with = |ca: Option<PathBuf>| Refresh { ca, ..world.order(&server) };

    for ca in [None, Some(tls.join("other-ca.pem"))] {
        let error = refused(world.refresh(&with(ca)));
        assert!(matches!(error, TrustError::Invalid { role: "root", .. }), "{error}");
    }
    assert_eq!(
        server.requests.lock().unwrap().len(),
        0,
        "no request was sent to a server that was not trusted"
    );

    let code = world.refresh(&with(Some(tls.join("server.key")))).unwrap_err().code;
    assert_eq!(code, "NET-CA", "a key is no certificate");

    let shown = accepted(world.refresh(&with(Some(tls.join("ca.pem")))));
    assert_eq!(shown.issuer_count, 2);
}
