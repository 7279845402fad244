//! A dossier of 500 MB is written and opened in less than 64 MB of memory.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]
#![cfg(target_os = "linux")]

#[expect(dead_code, reason = "a draft and a key are enough here")]
#[path = "dossier/support.rs"]
mod support;

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::Command;

use zizhi_dossier::{Attached, Digest, assemble, compare, manifest, open};
use zizhi_model::Limits;

/// Three attachments make 501 MB: each near the limit of an entry, all together near that of a file.
const ATTACHMENTS: u64 = 3;
const EACH: u64 = 167_000_000;
const LIMIT_KIB: u64 = 64 * 1024;
/// Names the work that a child process does and is measured by.
const TASK: &str = "ZIZHI_MEMORY_TEST";

/// Content as long as wanted, different for each attachment, out of no memory.
struct Pages {
    page: Vec<u8>,
    left: u64,
}

impl Pages {
    fn new(number: u64) -> Self {
        let page = (0..1 << 20).map(|at: u64| (at.wrapping_mul(0x9e37_79b9 + number) >> 13) as u8).collect();
        Self { page, left: EACH }
    }
}

impl Read for Pages {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.page.len()).min(usize::try_from(self.left).unwrap());
        buffer[..length].copy_from_slice(&self.page[..length]);
        self.left -= length as u64;
        Ok(length)
    }
}

fn write(path: &str) {
    let mut attached: Vec<_> = (0..ATTACHMENTS)
        .map(|number| {
            let (sha256, size) = Digest::of_reader(Pages::new(number)).unwrap();
            Attached {
                content: Pages::new(number),
                sha256,
                size,
                media_type: "application/pdf".to_owned(),
                name: format!("{number}.pdf"),
                kind: "lease".to_owned(),
                answers: Vec::new(),
            }
        })
        .collect();
    let mut file = File::create(path).unwrap();
    let presented = support::PRESENTED.map(support::presented);
    let limits = Limits::default();
    assemble(&mut file, support::draft(), &presented, &mut attached, &support::key(), &limits).unwrap();
    file.flush().unwrap();
}

fn read(path: &str) {
    let limits = Limits::default();
    let opened = open(File::open(path).unwrap(), &limits).unwrap();
    assert_eq!(opened.problems, []);
    assert!(opened.size > 500_000_000 && opened.sha256.is_some());
    let text = opened.manifest.as_deref().unwrap();
    let manifest = manifest::Unverified::parse(text, &limits).unwrap().verify().unwrap().into_manifest();
    assert_eq!(compare(&manifest, &opened), []);
}

/// Runs this very test in a child process and gives the most memory it ever had, in KiB.
fn peak(task: &str, path: &str) -> u64 {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "half_a_gigabyte_needs_little_memory", "--nocapture", "--test-threads=1"])
        .env(TASK, format!("{task}:{path}"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{said}{}", String::from_utf8_lossy(&child.stderr));
    let line = said.lines().find_map(|line| line.split_once("peak memory in KiB: "));
    line.unwrap_or_else(|| panic!("no figure in {said}")).1.trim().parse().unwrap()
}

#[test]
fn half_a_gigabyte_needs_little_memory() {
    if let Ok(task) = std::env::var(TASK) {
        let (task, path) = task.split_once(':').unwrap();
        if task == "write" {
            write(path)
        } else {
            read(path)
        }
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        println!("\npeak memory in KiB: {}", line.trim().trim_end_matches("kB").trim());
        return;
    }
    // Beside the build, not in the system's temporary folder, which may itself be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("half-a-gigabyte.zzdossier");
    for task in ["write", "read"] {
        let peak = peak(task, path.to_str().unwrap());
        println!("{task}: {} MiB at most", peak / 1024);
        assert!(peak < LIMIT_KIB, "{task}: {peak} KiB");
    }
}
