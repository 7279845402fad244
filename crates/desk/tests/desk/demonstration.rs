//! The demonstration, made once for all tests of the program.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::{Value, json};
use zizhi_app::demo::{Demo, TIME, demo};
use zizhi_app::{FixedTime, vault};
use zizhi_model::civil;

use crate::world::{PASSPHRASE, World};

pub fn demonstration() -> &'static (tempfile::TempDir, Demo) {
    static MADE: OnceLock<(tempfile::TempDir, Demo)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let made = demo(folder.path()).expect("the demonstration");
        (folder, made)
    })
}

/// The place of one of its files.
pub fn file(name: &str) -> PathBuf {
    demonstration().0.path().join(name)
}

/// Gives the open database of `world` the key that the demonstration's register lists for `uscc`.
pub fn take_registered_key(world: &World, uscc: &str) {
    world.ask("session.lock", json!({}));
    let folder = world.data().join(vault::FOLDER);
    let key = demonstration().1.signing_key(uscc).expect("it is in the register");
    let database = vault::look(&folder, PASSPHRASE).expect("open").database;
    let time = FixedTime(civil::parse_time(TIME).expect("a time"));
    vault::adopt_signing_key(&database, &folder, PASSPHRASE, (key, &vault::INCUBATOR_USES, ""), "", &time)
        .expect("taken in");
    database.close().expect("closed");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
}

/// Imports one of its packages; gives the answer, and whether a person had to confirm the root before.
pub fn import(world: &World, package: &str) -> (Value, bool) {
    let path = file(&format!("trust/{package}"));
    let first = world.ask("trust.import", json!({"path": path, "confirmed_root": null}));
    match first["confirm_root"].as_str() {
        Some(root) => (world.ask("trust.import", json!({"path": path, "confirmed_root": root})), true),
        None => (first, false),
    }
}
