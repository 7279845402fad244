use serde_json::{Value, json};

use super::{handed_over, is_own};

#[test]
fn the_window_follows_no_link_that_leads_elsewhere() {
    let own = |url: &str| url.parse().is_ok_and(|url| is_own(&url));
    assert!(own("tauri://localhost/index.html") && own("http://tauri.localhost/"), "its own pages");
    for url in [
        "https://example.com/",
        "http://tauri.localhost.example.com/",
        "http://tauri.localhost@example.com/",
        "https://example.com/?tauri.localhost",
        "http://127.0.0.1:8080/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:void(0)",
        "blob:https://example.com/1",
    ] {
        assert!(!own(url), "{url}");
    }
}

#[test]
fn what_is_handed_over_stays_one_expression_whatever_a_name_holds() {
    let name = "甲\"; alert(1)</script>\u{2028}\\\n";
    let script = handed_over(&json!(name));
    let json = script.strip_prefix("window.zizhiBegun = ").and_then(|rest| rest.strip_suffix(';'));
    let read = json.and_then(|json| serde_json::from_str::<Value>(json).ok());
    assert_eq!(read, Some(json!(name)));
}
