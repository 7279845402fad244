//! What a released window is without: developer tools, pages from elsewhere, and anything that replaces the program.

#![expect(clippy::expect_used, reason = "a test stops at a surprise")]

use std::fs;
use std::path::Path;

use serde_json::Value;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
}

#[test]
fn no_build_has_developer_tools() {
    let manifest = text("Cargo.toml");
    let tauri = manifest.lines().find(|line| line.starts_with("tauri = ")).expect("the window is tauri's");
    let without = tauri.contains("default-features = false")
        && tauri.contains(r#"features = ["wry", "x11", "compression"]"#);
    assert!(without, "in a release they come with the feature `devtools` only: {tauri}");
    assert!(!manifest.contains("tauri/devtools"), "nor by a feature of ours");
}

#[test]
fn no_page_from_elsewhere_may_call_the_program() {
    let capability: Value =
        serde_json::from_str(&text("src-tauri/capabilities/main.json")).expect("it is JSON");
    assert_eq!(capability.get("remote"), None, "a capability holds for the program's own pages");
    let settings: Value = serde_json::from_str(&text("tauri.conf.json")).expect("it is JSON");
    let front = settings.pointer("/build/frontendDist").and_then(Value::as_str).expect("where the pages are");
    assert!(!front.contains("://"), "{front}");
    assert_ne!(settings.pointer("/app/withGlobalTauri"), Some(&Value::Bool(true)));
}

#[test]
fn nothing_in_the_program_replaces_it_by_another_version() {
    let lock = text("Cargo.lock");
    let names = |word: &str| lock.lines().any(|line| line.starts_with("name = ") && line.contains(word));
    assert!(names("tauri-plugin-dialog"), "plugins are found by their name");
    assert!(!names("updater"), "an update is a package that a person installs");
}
