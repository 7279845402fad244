use super::is_own;

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
fn what_is_handed_over_is_a_script_of_one_expression() {
    assert_eq!(super::handed_over(None).ok().as_deref(), Some("window.zizhiBegun = null;"));
}
