//! Tests that need a process of their own run one of their own tests again, alone, told by a variable.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Marks what a child says among what the test harness says.
const SAID: &str = "said: ";

const FOLDER: &str = "ZIZHI_TEST_CHILD_FOLDER";

/// In the child, the folder that it works in.
pub fn child_folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// The command that runs the test `name`, with its module, as a child.
pub fn child(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(FOLDER, folder).args(["--exact", name, "--nocapture", "--test-threads=1"]);
    command
}

/// The same child, started by a shell after `before`, to which `$F` is the folder; with mounts of its own
/// where [`can_mount`] says so.
pub fn child_in_shell(name: &str, folder: &Path, before: &str, own_mounts: bool) -> Command {
    let mut command = Command::new(if own_mounts { "unshare" } else { "sh" });
    if own_mounts {
        command.args(["--map-root-user", "--mount", "sh"]);
    }
    let run = format!("{before} && exec \"$0\" --exact {name} --nocapture --test-threads=1");
    command.arg("-c").arg(run).arg(std::env::current_exe().unwrap()).env(FOLDER, folder).env("F", folder);
    command
}

/// Whether this machine lets a test mount file systems of its own.
pub fn can_mount() -> bool {
    let tried = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=1m tmpfs \"$F\"";
    let done = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", mount])
        .env("F", tried.path())
        .output();
    done.is_ok_and(|output| output.status.success())
}

/// How often a child is killed: `ZIZHI_ROUNDS`, or so many times.
pub fn rounds(or: u32) -> u32 {
    std::env::var("ZIZHI_ROUNDS").map_or(or, |rounds| rounds.parse().unwrap())
}

/// Numbers to take moments from: they differ from one to the next and repeat from run to run (xorshift).
pub fn moments() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(0x9E37_79B9_7F4A_7C15_u64), |&last| {
        let next = last ^ (last << 13);
        let next = next ^ (next >> 7);
        Some(next ^ (next << 17))
    })
    .skip(1)
}

/// In the child, tells the parent something.
pub fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAID}{what}").and_then(|()| out.flush()).unwrap();
}

/// Starts the child, lets it say so many things and work on for `patience`, kills it, and gives what it said.
/// A slow machine is killed in the same work as a fast one.
pub fn said_until_killed(name: &str, folder: &Path, things: usize, patience: Duration) -> Vec<String> {
    let mut running = child(name, folder).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(running.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut words = lines.filter_map(|line| Some(line.rsplit_once(SAID)?.1.to_owned()));
    let mut said: Vec<String> = words.by_ref().take(things).collect();
    thread::sleep(patience);
    running.kill().unwrap();
    let end = running.wait().unwrap();
    assert_eq!(end.code(), None, "it was killed, and did not end by itself");
    said.extend(words);
    said
}
