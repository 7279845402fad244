//! What the window is allowed, read from the files that say so: each test names a promise of the product.
//!
//! That this package has a test of this kind also makes cargo build the window beside all the other tests.

#![expect(clippy::expect_used, reason = "a test stops at a surprise")]

use std::fs;
use std::path::Path;

use serde_json::Value;

fn read(path: &str) -> Value {
    let text = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there");
    serde_json::from_slice(&text).expect("it is JSON")
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

#[test]
fn the_page_runs_its_own_scripts_only_and_reaches_nothing_outside() {
    let settings = read("tauri.conf.json");
    let policy = settings.pointer("/app/security/csp").and_then(Value::as_str).expect("a policy");
    let directives: Vec<Vec<&str>> =
        policy.split(';').map(|directive| directive.split_whitespace().collect()).collect();
    let of =
        |name: &str| directives.iter().find(|words| words.first() == Some(&name)).map(|words| &words[1..]);
    assert_eq!(of("default-src"), Some(&["'self'"][..]));
    assert_eq!(of("script-src"), Some(&["'self'"][..]));
    assert_eq!(of("connect-src"), Some(&["ipc:", "http://ipc.localhost"][..]));
    assert_eq!(of("img-src"), Some(&["'self'", "data:"][..]));
    for closed in ["object-src", "frame-src", "base-uri", "form-action"] {
        assert_eq!(of(closed), Some(&["'none'"][..]), "{closed}");
    }
    assert!(!policy.contains("unsafe-eval") && !policy.contains("https:"), "{policy}");
}

#[test]
fn the_window_may_call_one_command_and_open_two_dialogs() {
    let capability = read("src-tauri/capabilities/main.json");
    let granted = texts(capability.get("permissions").expect("permissions"));
    let wanted = [
        "allow-rpc",
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "dialog:allow-open",
        "dialog:allow-save",
    ];
    assert_eq!(granted, wanted);
    assert_eq!(texts(capability.get("windows").expect("windows")), ["main"]);
    let settings = read("tauri.conf.json");
    assert_eq!(texts(settings.pointer("/app/security/capabilities").expect("named")), ["main"]);
    let others = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities"));
    assert_eq!(others.expect("the folder").count(), 1, "no second capability");
}

#[test]
fn every_file_of_the_formats_opens_by_a_double_click() {
    let settings = read("tauri.conf.json");
    let groups = settings.pointer("/bundle/fileAssociations").and_then(Value::as_array).expect("a list");
    let mut known: Vec<&str> =
        groups.iter().flat_map(|group| texts(group.get("ext").unwrap_or(&Value::Null))).collect();
    known.sort_unstable();
    assert_eq!(known, ["zzcred", "zzdecision", "zzdossier", "zzrequest", "zztrust"]);
}
