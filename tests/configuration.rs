//! What the window is allowed, read from the files that say so: each test names a promise of the product.
//!
//! That this package has a test of this kind also makes cargo build the window beside all the other tests.

#![expect(clippy::expect_used, reason = "a test stops at a surprise")]

use std::fs;
use std::path::Path;

use serde_json::Value;

fn read(path: &str) -> Value {
    serde_json::from_str(&text(path)).expect("it is JSON")
}

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
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
fn the_window_may_call_one_command_copy_a_secret_and_open_two_dialogs() {
    let capability = read("src-tauri/capabilities/main.json");
    let granted = texts(capability.get("permissions").expect("permissions"));
    let wanted = [
        "allow-rpc",
        "allow-secret",
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "dialog:allow-open",
        "dialog:allow-save",
    ];
    assert_eq!(granted, wanted);
    let secret = text("src-tauri/permissions/clipboard.toml");
    let commands = between(&secret, "commands.allow = [", "]");
    assert_eq!(commands, [r#""copy_secret", "clear_secret""#], "nothing of the clipboard is read");
    assert_eq!(texts(capability.get("windows").expect("windows")), ["main"]);
    let settings = read("tauri.conf.json");
    assert_eq!(texts(settings.pointer("/app/security/capabilities").expect("named")), ["main"]);
    let others = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities"));
    assert_eq!(others.expect("the folder").count(), 1, "no second capability");
}

#[test]
fn every_file_that_the_window_takes_opens_by_a_double_click() {
    let kinds = text("packaging/zizhitong.xml");
    let mut patterns = between(&kinds, "<glob pattern=\"", "\"");
    patterns.sort_unstable();
    let wanted = [
        "*.zzbackup",
        "*.zzcred",
        "*.zzdecision",
        "*.zzdossier",
        "*.zzdossier.age",
        "*.zzrequest",
        "*.zztrust",
    ];
    assert_eq!(patterns, wanted);
    let entry = text("packaging/zizhitong.desktop");
    let line = |key: &str| entry.lines().find_map(|line| line.strip_prefix(key)).expect("the line is there");
    let opened: Vec<&str> = line("MimeType=").split_terminator(';').collect();
    assert_eq!(opened, between(&kinds, "<mime-type type=\"", "\""), "what is known is opened");
    assert_eq!(line("Exec="), "zizhitong %F", "the files are handed over as paths");
}

#[test]
fn a_link_to_a_case_opens_the_window_and_arrives_as_it_was_written() {
    // An entry of its own: `%U` would hand files over as addresses too, and those of network folders lead nowhere here.
    let entry = text("packaging/zizhitong-link.desktop");
    let has = |line: &str| entry.lines().any(|other| other == line);
    assert!(has("MimeType=x-scheme-handler/x-dossier;"), "the scheme and nothing else");
    assert!(has("Exec=zizhitong %u"), "one link, as it was written");
    assert!(has("NoDisplay=true"), "the menu shows the program once");
    let layout = text("xtask/src/verbs/package/layout.rs");
    let wanted = "(\"packaging/zizhitong-link.desktop\", \"usr/share/applications/zizhitong-link.desktop\")";
    assert!(layout.contains(wanted), "it is in the packages");
    let listed = text("packaging/zizhitong.spec");
    assert!(
        listed.lines().any(|line| line == "/usr/share/applications/zizhitong-link.desktop"),
        "also by name"
    );
}

/// What stands between each `start` and the next `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}
