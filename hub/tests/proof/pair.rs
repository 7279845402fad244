//! A PostgreSQL and its standby, of which the first is killed and the second promoted, again and again.
//!
//! The servers end with the test program, however that ends: a shell waits at a pipe from it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::common::server::connect;

/// Where Debian has the server.
const BIN: &str = "/usr/lib/postgresql/15/bin";
/// Prints the server's process, waits at the pipe, and stops the server when that closes.
const KEEP: &str = r#"
"$BIN/postgres" -D "$DATA" > "$DATA.log" 2>&1 < /dev/null &
server=$!
echo "$server"
read -r _ || true
kill -QUIT "$server" 2>/dev/null || true
wait "$server" 2>/dev/null || true
"#;

/// Two places for a server, of which one holds the primary.
pub struct Pair {
    folder: TempDir,
    nodes: [Option<Node>; 2],
    primary: usize,
}

struct Node {
    process: u32,
    /// Its standard input is the pipe.
    shell: Child,
}

impl Pair {
    /// Starts both. With `synchronous` a commit waits for the standby.
    pub fn start(synchronous: bool) -> Self {
        let folder = tempfile::Builder::new().prefix("zizhi-pair-").tempdir().expect("a folder");
        own(&folder.path().display().to_string());
        let mut pair = Self { folder, nodes: [None, None], primary: 0 };
        let data = pair.data(0);
        run(
            "initdb",
            &[
                "--no-sync",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--username=admin",
                &format!("--pgdata={data}"),
            ],
        );
        let names = if synchronous { "s" } else { "" };
        let settings = format!(
            "listen_addresses = ''\nmax_connections = 60\nshared_buffers = 16MB\nwal_level = replica\n\
             fsync = off\nhot_standby = on\nwal_keep_size = 64MB\nsynchronous_standby_names = '{names}'\n"
        );
        let conf = PathBuf::from(&data).join("postgresql.conf");
        let mut file = fs::OpenOptions::new().append(true).open(conf).expect("the settings");
        file.write_all(settings.as_bytes()).expect("written");
        pair.begin(0);
        pair
    }

    /// Makes the other server a standby of the primary, and starts it.
    pub fn add_standby(&mut self) {
        let other = 1 - self.primary;
        let (from, data) = (self.socket(self.primary), self.data(other));
        drop(fs::remove_dir_all(&data));
        let source = format!("host={from} user=admin application_name=s");
        run("pg_basebackup", &["-d", &source, "-D", &data, "-R", "-X", "stream", "-c", "fast", "--no-sync"]);
        self.begin(other);
    }

    /// Kills the primary with all its processes, and makes the standby the primary.
    pub fn fail_over(&mut self) {
        self.kill(self.primary);
        self.primary = 1 - self.primary;
        let data = self.data(self.primary);
        run("pg_ctl", &["promote", "-D", &data, "-w", "-s"]);
    }

    /// The same with a standby whose receiver was stopped: it ends before the promotion, with what it has.
    pub fn fail_over_behind(&mut self) {
        self.kill(self.primary);
        self.receiver("KILL");
        self.primary = 1 - self.primary;
        let (data, socket) = (self.data(self.primary), self.socket(self.primary));
        // A server that lost a process so begins anew, and forgets that it was to be promoted: it is told again.
        let promoted = (0..12).any(|_| {
            tried("pg_ctl", &["promote", "-D", &data, "-w", "-s", "-t", "10"]);
            let asked =
                ["-h", &socket, "-U", "admin", "-d", "postgres", "-Atc", "SELECT pg_is_in_recovery()"];
            tried("psql", &asked).stdout.starts_with(b"f")
        });
        assert!(promoted, "{}", fs::read_to_string(format!("{data}.log")).unwrap_or_default());
    }

    /// Stops (`STOP`) or lets go on (`CONT`) the process of the standby that takes in what the primary wrote.
    pub fn receiver(&self, signal: &str) {
        let standby = self.nodes[1 - self.primary].as_ref().expect("a standby").process;
        let is_receiver = |child: &u32| {
            let name = fs::read_to_string(format!("/proc/{child}/cmdline")).unwrap_or_default();
            name.contains("walreceiver")
        };
        // A standby answers before it has one.
        let receiver = (0..200).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            children(standby).into_iter().find(is_receiver)
        });
        signal_to(receiver.expect("a standby takes in what the primary wrote"), signal);
    }

    /// Where a hub reaches whichever of the two is the primary.
    pub fn address(&self) -> String {
        let (one, two) = (self.socket(0), self.socket(1));
        format!("host={one},{two} user=hub dbname=hub target_session_attrs=read-write connect_timeout=2")
    }

    /// Where the primary is reached, for looking behind the hub.
    pub fn at(&self) -> String {
        format!("host={}", self.socket(self.primary))
    }

    /// Makes the database of the hub.
    pub async fn make_database(&self) {
        let from = self.socket(self.primary);
        let admin = connect(&format!("host={from} user=admin dbname=postgres")).await;
        // Nobody is there yet to wait for.
        for sql in
            ["SET synchronous_commit = 'local'", "CREATE ROLE hub LOGIN", "CREATE DATABASE hub OWNER hub"]
        {
            admin.batch_execute(sql).await.expect("done");
        }
    }

    fn data(&self, node: usize) -> String {
        self.folder.path().join(format!("data{node}")).display().to_string()
    }

    fn socket(&self, node: usize) -> String {
        self.folder.path().join(format!("at{node}")).display().to_string()
    }

    fn begin(&mut self, node: usize) {
        let (data, socket) = (self.data(node), self.socket(node));
        fs::create_dir_all(&socket).expect("a folder");
        own(&socket);
        // The last line of a setting counts; the standby's copy names the primary's folder.
        let conf = PathBuf::from(&data).join("postgresql.auto.conf");
        let mut file = fs::OpenOptions::new().append(true).create(true).open(conf).expect("the settings");
        writeln!(file, "unix_socket_directories = '{socket}'").expect("written");
        let mut shell = as_postgres("sh", &["-c", KEEP])
            .env("BIN", BIN)
            .env("DATA", &data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let mut line = String::new();
        BufReader::new(shell.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let process = line.trim().parse().expect("a process");
        self.nodes[node] = Some(Node { process, shell });
        let ready = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let mut asked = Command::new(format!("{BIN}/pg_isready"));
            let asked =
                asked.args(["--quiet", &format!("--host={socket}"), "--username=admin", "--dbname=postgres"]);
            asked.status().is_ok_and(|status| status.success())
        });
        assert!(ready, "{}", fs::read_to_string(format!("{data}.log")).unwrap_or_default());
    }

    fn kill(&mut self, node: usize) {
        let Node { process, mut shell } = self.nodes[node].take().expect("it runs");
        let children = children(process);
        signal_to(process, "KILL");
        children.into_iter().for_each(|child| signal_to(child, "KILL"));
        drop(shell.stdin.take());
        shell.wait().expect("its shell ends");
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        for node in 0..2 {
            if self.nodes[node].is_some() {
                self.kill(node);
            }
        }
    }
}

/// The processes that a server started.
fn children(server: u32) -> Vec<u32> {
    let task = format!("/proc/{server}/task/{server}/children");
    let said = fs::read_to_string(task).unwrap_or_default();
    said.split_whitespace().filter_map(|child| child.parse().ok()).collect()
}

fn signal_to(process: u32, signal: &str) {
    // It may be gone by itself.
    drop(
        Command::new("kill")
            .args([&format!("-{signal}"), &process.to_string()])
            .stderr(Stdio::null())
            .status(),
    );
}

fn tried(program: &str, arguments: &[&str]) -> Output {
    as_postgres(&format!("{BIN}/{program}"), arguments).output().expect("it runs")
}

fn run(program: &str, arguments: &[&str]) {
    let output = tried(program, arguments);
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &str, arguments: &[&str]) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", program]);
        command
    } else {
        Command::new(program)
    };
    command.args(arguments).current_dir("/");
    command
}

/// Gives a folder to the user under which the servers run.
fn own(folder: &str) {
    if is_root() {
        let changed = Command::new("chown").args(["postgres:postgres", folder]).status();
        assert!(changed.is_ok_and(|status| status.success()), "the folder becomes the server's");
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
