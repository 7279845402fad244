//! Where programs run: on this computer, or, in a child of [`on_networks_of_their_own`], each with a network of its own and
//! one line to the others.

use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};

/// Is set in a child whose programs have networks of their own.
const NETWORKS: &str = "ZIZHI_TEST_NETWORKS";
/// Makes namespaces of mounts and of the network, with a bridge that lines go to.
const BRIDGE: &str = "mount -t tmpfs tmpfs /run && ip link set lo up && ip link add name lines type bridge \
    && ip addr add 10.77.0.1/24 dev lines && ip link set lines up";
/// Makes network `$N`, with a line to the bridge.
const LINE: &str = "ip netns add n$N && ip link add v$N type veth peer name eth0 netns n$N \
    && ip link set v$N master lines up && ip -n n$N link set lo up \
    && ip -n n$N addr add 10.77.0.$N/24 dev eth0 && ip -n n$N link set eth0 up";

/// A computer with an address.
pub struct Place {
    pub address: String,
    /// Its network, where that is not this computer's.
    network: Option<String>,
}

impl Place {
    /// This computer; in the child a new one.
    pub fn new() -> Self {
        static LAST: AtomicU8 = AtomicU8::new(1);
        if std::env::var_os(NETWORKS).is_none() {
            return Self { address: "127.0.0.1".to_owned(), network: None };
        }
        let number = LAST.fetch_add(1, Ordering::SeqCst) + 1;
        let made = Command::new("sh").args(["-c", LINE]).env("N", number.to_string()).status().unwrap();
        assert!(made.success(), "a network of its own");
        Self { address: format!("10.77.0.{number}"), network: Some(format!("/run/netns/n{number}")) }
    }

    /// The command there.
    pub fn run(&self, command: Command) -> Command {
        let Some(network) = &self.network else { return command };
        let mut there = Command::new("nsenter");
        there.arg(format!("--net={network}")).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => there.env(name, value),
                None => there.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            there.current_dir(folder);
        }
        there.stdin(Stdio::null());
        there
    }
}

/// Runs one of these tests again with each of its programs on a network of its own; whether this machine lets a test
/// make networks.
pub fn on_networks_of_their_own(test: &str) -> bool {
    let begin = |then: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "--net", "sh", "-c", &format!("{BRIDGE} && {then}")]);
        command
    };
    let tried = begin(&format!("N=2 && {LINE} && nsenter --net=/run/netns/n2 true")).output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        return false;
    }
    let run = format!("exec \"$0\" --exact {test} --nocapture --test-threads=1");
    let ran =
        begin(&run).arg(OsStr::new(&std::env::current_exe().unwrap())).env(NETWORKS, "1").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    true
}
