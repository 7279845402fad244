//! The one window.

use serde_json::Value;
use tauri::{App, AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder};
use zizhi_wire::SessionStatus;

const NAME: &str = "main";
/// Size in logical pixels: the navigation and two columns fit on a 1366 × 768 screen.
const SIZE: (f64, f64) = (1280.0, 800.0);
const SMALLEST: (f64, f64) = (720.0, 480.0);

/// Opens the window. It stays on the program's own pages: a link that leads elsewhere is not followed. With `begun`
/// the first page shows how things stand without asking for it first (`ui/src/host/tauri.ts`).
pub fn open(app: &App, begun: Option<&SessionStatus>) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, NAME, WebviewUrl::default())
        .title("资质通")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .initialization_script(handed_over(&serde_json::to_value(begun)?))
        .on_navigation(|url| is_own(url) || cfg!(not(feature = "custom-protocol")))
        .build()?;
    Ok(())
}

/// The script that hands it over. What is JSON is an expression of the script too.
fn handed_over(begun: &Value) -> String {
    format!("window.zizhiBegun = {begun};")
}

/// Brings the window to the front.
pub fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(NAME) {
        // A window manager may refuse; the files are in the window all the same.
        drop(window.unminimize());
        drop(window.set_focus());
    }
}

/// Whether an address is one of the pages inside the program.
fn is_own(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

#[cfg(test)]
mod tests;
