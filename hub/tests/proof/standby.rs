//! The program and its standby: what it says where there is none, and where the standby is silent.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::common::server::connect;
use crate::pair::Pair;

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");

/// A hub as a process that ends with the test, however that ends.
struct Program {
    process: Child,
    origin: String,
    log: PathBuf,
    folder: TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Program {
    fn start(database: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        drop(listener);
        let log = folder.path().join("log");
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(folder.path().join("data")).args(["serve", "--id", "31-main"]);
        command.args(["--listen", &address, "--database-url", database]);
        let process = command.stderr(File::create(&log).expect("a log")).spawn().expect("it starts");
        Self { process, origin: format!("http://{address}"), log, folder }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let Ok(mut answer) = agent.get(format!("{}{path}", self.origin)).call() else {
            return (0, String::new());
        };
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
    }

    /// Whoever leaves the database out is told so, and finds no empty one in its place.
    fn forgotten_database(&self) {
        let (data, copy) = (self.folder.path().join("data"), self.folder.path().join("copy"));
        let copy = copy.display().to_string();
        for verb in [&["peer", "list"][..], &["raise-epoch"], &["backup", &copy]] {
            let mut command = Command::new(PROGRAM);
            let said = command.env_remove("ZIZHI_HUB_DATABASE_URL").arg("--data").arg(&data).args(verb);
            let said = said.output().expect("it runs");
            let told = String::from_utf8_lossy(&said.stderr);
            assert!(!said.status.success() && told.contains("STORE-URL"), "{verb:?}: {told}");
        }
        assert!(!data.join("hub.sqlite").exists(), "nothing was made");
    }

    fn ready(&self, status: u16) -> bool {
        until(|| self.get("/ready").0 == status)
    }

    fn said(&self, words: &str) -> bool {
        until(|| std::fs::read_to_string(&self.log).expect("text").contains(words))
    }
}

fn until(mut done: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_whose_commits_wait_for_nobody_says_so() {
    let pair = Pair::start(false);
    pair.make_database().await;
    let hub = Program::start(&pair.address());
    assert!(hub.ready(204), "it serves all the same");
    hub.forgotten_database();
    assert!(hub.said("no commit waits for a standby"), "and warns in its log");
    assert!(until(|| hub.get("/metrics").1.contains("zizhi_hub_standby_awaited 0")), "and by its metrics");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_is_not_ready_while_its_standby_is_silent() {
    let mut pair = Pair::start(true);
    pair.make_database().await;
    pair.add_standby();
    let hub = Program::start(&pair.address());
    assert!(hub.ready(204), "it is ready");
    assert!(until(|| hub.get("/metrics").1.contains("zizhi_hub_standby_awaited 1")), "commits wait");
    pair.receiver("STOP");
    assert!(hub.ready(503), "it is not, while no commit comes back");
    assert!(hub.said("commits do not come back"), "and says why");
    let admin = connect(&format!("{} user=admin dbname=postgres", pair.at())).await;
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND usename = 'hub'";
    let waiting: i64 = admin.query_one(waiting, &[]).await.expect("a count").get(0);
    assert_eq!(waiting, 1, "one connection waits for that, and no more");
    pair.receiver("CONT");
    assert!(hub.ready(204), "it goes on by itself");
    assert!(
        !std::fs::read_to_string(&hub.log).expect("text").contains("no commit waits"),
        "nothing was missing"
    );
}
