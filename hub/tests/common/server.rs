//! A PostgreSQL that lives as long as the test program that started it, however that ends.
//!
//! A shell stands between: it waits at a pipe from the test program. When the pipe closes, because the program
//! ended, panicked or was killed, the shell stops the server and removes its folder.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;

/// Where Debian has the server.
const BIN: &str = "/usr/lib/postgresql/15/bin";

const SCRIPT: &str = r#"
set -eu
stop() { [ -z "${server:-}" ] || { kill -QUIT "$server" 2>/dev/null || true; wait "$server" || true; }; cd /; rm -rf "$BASE"; }
trap stop EXIT
trap 'exit 1' HUP INT TERM
# Nobody may be there any more to read that it is ready; that is a reason to stop, not to be stopped.
trap '' PIPE
cd "$BASE"
"$BIN/initdb" --no-sync --auth=trust --encoding=UTF8 --locale=C --username=admin --pgdata=data > initdb.log 2>&1
"$BIN/postgres" -D data -k "$BASE" $LISTEN -c fsync=off -c max_connections=80 -c shared_buffers=32MB \
    > server.log 2>&1 < /dev/null &
server=$!
until "$BIN/pg_isready" --quiet --host="$BASE" --username=admin --dbname=postgres; do
    kill -0 "$server"
    sleep 0.1
done
echo ready
read -r _ || true
"#;

/// A server with a role `hub` that is no superuser, so that row-level security holds for it.
pub struct Server {
    base: String,
    port: u16,
    /// Its standard input is the pipe: closing it stops the server.
    _shell: Child,
}

static SHARED: OnceLock<Server> = OnceLock::new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The server that the tests of one program share.
pub async fn shared() -> &'static Server {
    let server = tokio::task::spawn_blocking(|| SHARED.get_or_init(Server::start)).await;
    server.expect("the server starts")
}

impl Server {
    /// Starts one that is reached by its socket alone.
    pub fn start() -> Self {
        Self::start_in_on(&folder(), "-c listen_addresses=", 5432)
    }

    /// Starts one in a folder, with more options, of which the port is one.
    pub fn start_in_on(base: &str, listen: &str, port: u16) -> Self {
        let base = base.to_owned();
        let root = own_uid() == 0;
        let mut command = if root {
            // PostgreSQL refuses to run as root.
            let changed = Command::new("chown").args(["-R", "postgres:postgres", &base]).status();
            assert!(changed.is_ok_and(|status| status.success()), "the folder becomes the server's");
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh", "-c", SCRIPT]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", SCRIPT]);
            command
        };
        let mut shell = command
            .env("BASE", &base)
            .env("LISTEN", listen)
            .env("PGPORT", port.to_string())
            .env("BIN", BIN)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let mut line = String::new();
        BufReader::new(shell.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        assert_eq!(line, "ready\n", "the server is ready; see its log where the folder still stands");
        Self { base, port, _shell: shell }
    }

    /// A new, empty database that belongs to the role `hub`; the address to reach it.
    pub async fn database(&self) -> String {
        let name = format!("hub{}", NUMBER.fetch_add(1, Ordering::SeqCst));
        let admin = self.admin().await;
        let role = "DO $$ BEGIN CREATE ROLE hub LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$";
        admin.batch_execute(role).await.expect("a role");
        admin.batch_execute(&format!("CREATE DATABASE {name} OWNER hub")).await.expect("a database");
        format!("host={} port={} user=hub dbname={name}", self.base, self.port)
    }

    /// A connection that may do everything.
    pub async fn admin(&self) -> tokio_postgres::Client {
        connect(&format!("host={} port={} user=admin dbname=postgres", self.base, self.port)).await
    }
}

/// A folder for a server, which removes it when it stops.
pub fn folder() -> String {
    let folder = tempfile::Builder::new().prefix("zizhi-pg-").tempdir().expect("a folder");
    folder.keep().display().to_string()
}

/// A connection of the test's own.
pub async fn connect(address: &str) -> tokio_postgres::Client {
    let (client, line) = tokio_postgres::connect(address, NoTls).await.expect("a connection");
    tokio::spawn(line);
    client
}

fn own_uid() -> u32 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").map_or(1, |own| own.uid())
}
