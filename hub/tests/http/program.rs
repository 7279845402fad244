//! The program itself: started, asked, told to stop; and what it wrote about those who asked.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_sync::api::Enrolled;

use crate::world::{ask, enrol, party};

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");

/// A process that ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(data).args(arguments).env_remove("RUST_BACKTRACE").env("ZIZHI_LANG", "en");
    command.output().expect("it runs")
}

#[test]
fn speaks_to_no_store_without_tls_unless_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let start = |permitted: Option<&str>| {
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(folder.path().join("data")).args(["serve", "--id", "31-main"]);
        command
            .args(["--listen", &format!("127.0.0.1:{port}"), "--blobs", "s3://mail/hub"])
            .env("AWS_REGION", "us-east-1");
        command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret");
        command.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1").env_remove("AWS_ALLOW_HTTP");
        command.envs(permitted.map(|word| ("AWS_ALLOW_HTTP", word))).stderr(Stdio::null());
        let mut hub = Running(command.spawn().expect("it starts"));
        (0..600).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let ended = hub.0.try_wait().expect("its state").map(|ended| ended.code());
            let serves =
                || ureq::get(format!("http://127.0.0.1:{port}/health")).call().is_ok().then_some(None);
            ended.or_else(serves)
        })
    };
    assert_eq!(
        start(None),
        Some(Some(2)),
        "what goes to the store is signed with a key that anybody could read along"
    );
    for word in ["true", "Yes", "1"] {
        assert_eq!(start(Some(word)), Some(None), "it serves where that was permitted: {word}");
    }
}

/// A store that permits nothing; its address.
fn forbidding() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("somebody asks");
            drop(stream.read(&mut [0; 8192]));
            let _ =
                stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    format!("http://{address}")
}

#[test]
fn its_log_says_why_something_failed() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let address = format!("127.0.0.1:{port}");
    let log = folder.path().join("log");
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(&data).args(["serve", "--id", "31-main", "--listen", &address]);
    command.args(["--blobs", "s3://mail/hub"]).env("AWS_REGION", "us-east-1");
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret");
    command.env("AWS_ENDPOINT_URL", forbidding()).env("AWS_ALLOW_HTTP", "true");
    command.stderr(std::fs::File::create(&log).expect("a log"));
    let _hub = Running(command.spawn().expect("it starts"));
    let line = |said: &str| {
        (0..600).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let log = std::fs::read_to_string(&log).expect("text");
            log.lines().find(|line| line.contains(said)).map(str::to_owned)
        })
    };
    let orphans = line("orphans not removed").expect("the store was asked");
    assert!(orphans.contains("the blobs cannot be listed") && orphans.contains("403"), "{orphans}");

    // Somebody else meddles with its database.
    let database = rusqlite::Connection::open(data.join("hub.sqlite")).expect("the database");
    database.execute_batch("ALTER TABLE hub RENAME TO elsewhere").expect("renamed");
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    assert_eq!(agent.get(format!("http://{address}/v1/hub")).call().expect("an answer").status(), 500);
    let store = line("the store failed").expect("it is told");
    assert!(store.contains("SQLite: Error code 1:") && !store.contains("no such table"), "{store}");
}

#[test]
fn serves_invites_and_stops_and_its_log_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let refused = run(&data, &["serve"]);
    assert_eq!(refused.status.code(), Some(2), "a new hub needs an id");
    assert!(!data.exists(), "and nothing is made without one");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.starts_with("error: there is no hub in") && said.contains("code: SERVE-ID"), "{said}");

    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let origin = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(&data).args(["serve", "--id", "31-main", "--listen", &origin[7..]]);
    let mut hub = Running(command.stderr(Stdio::piped()).spawn().expect("it starts"));
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let up = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        agent.get(format!("{origin}/ready")).call().is_ok_and(|answer| answer.status() == 204)
    });
    assert!(up, "it is ready in time");

    let firm = party(1);
    let uscc = firm.org.uscc().as_str();
    let name = "不应出现在日志里的公司";
    let invited = run(&data, &["invite", "--org", uscc, "--name", name, "--role", "firm"]);
    let invitation = String::from_utf8(invited.stdout).expect("text");
    let now = SystemClock.seconds();
    let send = |request: &crate::world::Ask| {
        let address = format!("{origin}{}", request.path);
        let mut sent = ureq::http::Request::builder().method(request.method).uri(address);
        for (field, value) in &request.fields {
            sent = sent.header(*field, value);
        }
        agent.run(sent.body(request.body.clone()).expect("a request")).expect("an answer")
    };
    let joined = send(&enrol(&firm, invitation.trim()).signed(&firm.key, &origin, now));
    assert_eq!(joined.status(), 201, "it joins");
    let body = joined.into_body().read_to_vec().expect("bytes");
    let joined: Enrolled = serde_json::from_slice(&body).expect("an answer");
    assert_eq!(joined.organisation, firm.org, "who joined");
    let path = format!("/v1/organisations/{uscc}");
    assert_eq!(send(&ask("GET", path).signed(&firm.key, &origin, now)).status(), 200, "and is known");

    let stopped = Command::new("kill").arg(hub.0.id().to_string()).status().expect("a signal");
    assert!(stopped.success(), "it is told to stop");
    let ended = hub.0.wait().expect("it ends");
    assert_eq!(ended.code(), Some(0), "without an error");
    let mut log = String::new();
    hub.0.stderr.take().expect("a pipe").read_to_string(&mut log).expect("text");
    assert!(log.lines().all(|line| line.starts_with('{')), "every line is JSON: {log}");
    assert!(log.contains("/v1/organisations/{uscc}"), "the route is told");
    let kid = firm.key.public().key_id().as_str();
    for secret in [uscc, name, kid] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
