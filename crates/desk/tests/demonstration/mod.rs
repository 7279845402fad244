//! The demonstration, made once for all tests of a file.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::{Value, json};
use zizhi_app::demo::{Shown, demo};

use crate::world::World;

pub fn demonstration() -> &'static (tempfile::TempDir, Vec<Shown>) {
    static MADE: OnceLock<(tempfile::TempDir, Vec<Shown>)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let shown = demo(folder.path()).expect("the demonstration");
        (folder, shown)
    })
}

/// The place of one of its files.
pub fn file(name: &str) -> PathBuf {
    demonstration().0.path().join(name)
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
