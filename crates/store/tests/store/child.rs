//! Tests that need a process of their own run one of their own tests again, alone, told by a variable.

use std::path::{Path, PathBuf};
use std::process::Command;

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
