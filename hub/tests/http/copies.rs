//! Copies of one hub as programs: what they may not differ in.

use std::fs::copy;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::common::server::shared;

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");

/// A copy of a hub: its folder, and where the data of all are.
struct Copy {
    _folder: tempfile::TempDir,
    data: PathBuf,
    database: Option<String>,
}

/// A process that ends with the test, however that ends.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Copy {
    fn new(database: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("a folder");
        std::fs::write(data.join("hub.id"), "31-main\n").expect("written");
        Self { _folder: folder, data, database: database.map(str::to_owned) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(&self.data).args(arguments).env("ZIZHI_LANG", "en");
        command.envs(self.database.iter().map(|address| ("ZIZHI_HUB_DATABASE_URL", address)));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    fn does(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn key(&self) -> PathBuf {
        self.data.join("hub.key")
    }

    /// Starts it, and kills it once it is ready; or what it said as it refused.
    fn serves(&self) -> Result<(), String> {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let log = tempfile::NamedTempFile::new().expect("a file");
        let mut command = self.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]);
        command.stdout(Stdio::null()).stderr(log.reopen().expect("the file"));
        let mut process = Serving(command.spawn().expect("it starts"));
        for _ in 0..600 {
            std::thread::sleep(Duration::from_millis(50));
            if process.0.try_wait().expect("its state").is_some() {
                return Err(std::fs::read_to_string(log.path()).expect("text"));
            }
            let ready = ureq::get(format!("http://127.0.0.1:{port}/ready")).call();
            if ready.is_ok_and(|answer| answer.status() == 204) {
                return Ok(());
            }
        }
        Err("neither ready nor refused in time".to_owned())
    }

    fn refuses(&self, why: &str) {
        let said = self.serves().expect_err("it does not serve");
        for part in
            ["is none that the database knows", "does not serve", "zizhi-hub key switch", "code: STORE-KEY"]
        {
            assert!(said.contains(part), "{why}: {part}: {said}");
        }
    }

    fn is_given(&self, key: &Path) {
        copy(key, self.key()).expect("copied, with its mode");
    }
}

async fn database() -> String {
    shared().await.database().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_with_another_key_does_not_serve_and_a_change_of_the_key_stops_none() {
    let address = database().await;
    let copies = tokio::task::spawn_blocking(move || {
        let (one, other) = (Copy::new(Some(&address)), Copy::new(Some(&address)));
        one.serves().expect("the first");
        other.refuses("it made a key of its own");
        other.is_given(&one.key());
        other.serves().expect("the same key");

        // The change: in whatever order they start again, none is stopped.
        one.does(&["key", "next"]);
        one.does(&["key", "switch"]);
        other.serves().expect("it has the old key still");
        one.serves().expect("it has the new key");
        other.serves().expect("it has the old key still");
        other.is_given(&one.key());
        other.serves().expect("it has the new key");
        one.is_given(&one.data.join("hub.key.old"));
        one.serves().expect("back to the old one");

        // A key that was only made is none yet, wherever it comes from.
        other.does(&["key", "next"]);
        other.is_given(&other.data.join("hub.key.next"));
        other.refuses("nobody switched to it");
        other.does(&["key", "admit"]);
        other.serves().expect("its operator said so");
        one.refuses("and it is the only one from then on");
    });
    copies.await.expect("the copies");
}

#[test]
fn a_hub_whose_key_is_gone_does_not_go_on_with_another() {
    let hub = Copy::new(None);
    hub.serves().expect("it serves");
    std::fs::remove_file(hub.key()).expect("gone");
    hub.refuses("it made a key");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_verb_opens_the_database_by_a_role_that_row_level_security_does_not_stop() {
    let address = database().await.replace("user=hub", "user=admin");
    let copies = tokio::task::spawn_blocking(move || {
        let hub = Copy::new(Some(&address));
        let said = hub.serves().expect_err("it does not serve");
        assert!(said.contains("code: STORE-ROLE"), "{said}");
        for verb in [&["card"][..], &["peer", "list"], &["raise-epoch"]] {
            let refused = hub.run(verb);
            let said = String::from_utf8_lossy(&refused.stderr);
            assert!(
                refused.status.code() == Some(2) && said.contains("code: STORE-ROLE"),
                "{verb:?}: {said}"
            );
        }
    });
    copies.await.expect("the copies");
}
