//! An attachment of 200 MiB goes through the firm's desk without being held in memory.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]
#![cfg(all(test, target_os = "linux"))]

#[expect(dead_code, reason = "the firm does no more than attach and sign")]
#[path = "desk/firm.rs"]
mod firm;
#[expect(dead_code, reason = "the firm does no more than attach and sign")]
#[path = "desk/world.rs"]
mod world;

use std::io::Write as _;
use std::path::Path;

use firm::*;
use serde_json::json;
use world::{PASSPHRASE, World};

const MIB: usize = 1024 * 1024;
/// What the two connections of the database may keep of its pages, in KiB, however large it is.
const CACHES: u64 = 2 * 64 * 1024;
/// What the most memory may grow by beside the caches, in KiB: a twelfth of the file.
const GROWTH: u64 = 16 * 1024;

/// The most memory that this process had so far, in KiB.
fn most() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("proc");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

fn scan(path: &Path, bytes: usize) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    file.write_all(b"%PDF-1.7\n").expect("written");
    let mut state = 1_u64;
    let mut page = vec![0_u8; MIB];
    let mut left = bytes - 9;
    while left > 0 {
        for byte in &mut page {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (state >> 56) as u8;
        }
        let part = left.min(MIB);
        file.write_all(&page[..part]).expect("written");
        left -= part;
    }
    file.flush().expect("written");
}

#[test]
fn the_largest_attachment_is_attached_checked_and_signed_in_little_memory() {
    let world = World::new();
    let around = Around::new(world.outside());
    settled(&world, &around, XINGHE, "合肥星河量子传感技术有限公司【演示】", "340104");
    let page = world.ask("draft.begin", json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"}));
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    // What opening the key costs is the key's, whatever the file.
    world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    let before = most();

    let (largest, over) = (around.path("largest.pdf"), around.path("over.pdf"));
    scan(&over, 200 * MIB + 1);
    let attach = |path: &Path| json!({"draft_id": draft, "paths": [path], "kind": "lease", "answers": []});
    assert_eq!(world.refused("draft.attach", attach(&over)).code, "LIMIT-SIZE");
    std::fs::remove_file(&over).expect("removed");
    scan(&largest, 200 * MIB);
    let page = world.ask("draft.attach", attach(&largest));
    assert_eq!(page["attachments"][0]["view"]["size"], 200 * MIB);
    assert_eq!(page["attachments"][0]["view"]["preview"], false, "too large to be shown in the window");
    let attached = most() - before;
    assert!(attached < CACHES + GROWTH, "attaching took {attached} KiB");

    world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    let path = around.text("large.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": path, "seal": false}));
    let signed = most() - before;
    assert!(signed < CACHES + GROWTH, "checking and signing took {signed} KiB");
    assert!(std::fs::metadata(&path).expect("a file").len() > 200 * MIB as u64);
}
