//! A full disk and a folder that cannot be written, in the middle of a clerk's day: a sentence with advice,
//! nothing lost, and work goes on.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use zizhi_wire::Refusal;
use zizhi_wire::commands::dispatch;

use crate::child::{can_mount, child_folder, child_in_shell};
use crate::incubator::jwk;
use crate::roster::{firm_id, roster};
use crate::world::{PASSPHRASE, World};

/// Firms in one roster.
const ROWS: usize = 200;

#[test]
fn a_full_disk_stops_an_import_and_nothing_else() {
    if let Some(folder) = child_folder() {
        return fill(&folder);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mount = "mount -t tmpfs -o size=12m tmpfs \"$F\"";
    as_child("disk::a_full_disk_stops_an_import_and_nothing_else", folder.path(), mount);
}

/// On a file system of 12 MB, of which a ballast takes a part.
fn fill(folder: &Path) {
    fs::write(folder.join("ballast"), vec![0; 4 << 20]).expect("a ballast");
    let world = World::over(folder);
    world.create("incubator");
    // What is imported lies on another disk.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut imported = 0;
    let refusal = loop {
        match import(&world, elsewhere.path(), imported) {
            Ok(done) => imported += usize::try_from(done["new"].as_u64().expect("a count")).expect("few"),
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal.code, "DB-FULL", "after {imported}: {refusal:?}");
    assert!(refusal.fact.zh.contains("没有保存") && refusal.advice.zh.contains("腾出空间"), "{refusal:?}");
    assert!(imported > ROWS, "some fitted: {imported}");
    assert_holds(&world, imported);

    fs::remove_file(folder.join("ballast")).expect("room");
    assert_eq!(import(&world, elsewhere.path(), imported).expect("there is room")["new"], ROWS);
    assert_holds(&world, imported + ROWS);
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_holds(&world, imported + ROWS);
}

/// Imports the roster of the firms after `first`.
fn import(world: &World, folder: &Path, first: usize) -> Result<Value, Refusal> {
    let path = folder.join("roster.csv");
    fs::write(&path, roster(first + 1..first + 1 + ROWS, &jwk())).expect("a roster");
    let shown = dispatch(&world.desk, "register.preview", json!({"path": path, "mapping": null}))?;
    dispatch(&world.desk, "register.import", json!({"id": shown["id"]}))
}

/// Every firm up to `count` is there and none of a later one, and the log is whole.
fn assert_holds(world: &World, count: usize) {
    let found = |n: usize| firm_id(world, n).is_some();
    assert!(found(1) && found(count), "what was told is there");
    assert!(!found(count + 1), "an import is there or not, and never a part of it");
    assert_eq!(world.ask("upkeep.check", json!({}))["whole"], true);
}

#[test]
fn a_folder_that_cannot_be_written_keeps_nobody_from_verifying() {
    if let Some(folder) = child_folder() {
        return read_only(&folder);
    }
    let world = World::new();
    world.create("incubator");
    world.ask("session.lock", json!({}));
    fs::write(world.outside().join("a.zzdossier"), b"PK\x03\x04 and no more").expect("a file");
    let mount = "mount --bind \"$F\" \"$F\" && mount -o remount,ro,bind \"$F\"";
    as_child("disk::a_folder_that_cannot_be_written_keeps_nobody_from_verifying", world.outside(), mount);
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(world.ask("upkeep.check", json!({}))["whole"], true, "nothing was touched");
}

fn read_only(folder: &Path) {
    let world = World::over(folder);
    let refusal = world.refused("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(refusal.code, "DB-READ-ONLY");
    assert!(refusal.fact.zh.contains("什么也没有保存") && refusal.advice.zh.contains("权限"), "{refusal:?}");
    assert_eq!(world.ask("session.status", json!({}))["database"], "locked");
    let seen = world.ask("verify.file", json!({"path": folder.join("a.zzdossier"), "identity": null}));
    assert_eq!(seen["report"]["verdict"], "failed", "a file is judged all the same");
}

/// Plays the test of this name in a process of its own, after a mount that only it sees.
fn as_child(name: &str, folder: &Path, mount: &str) {
    assert!(can_mount(), "a machine is needed on which a user may mount in a namespace of his own");
    let done = child_in_shell(name, folder, mount, true).output().expect("started");
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}
