//! The one window.

use tauri::{App, AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder};

const NAME: &str = "main";
/// Size in logical pixels: the navigation and two columns fit on a 1366 × 768 screen.
const SIZE: (f64, f64) = (1280.0, 800.0);
const SMALLEST: (f64, f64) = (720.0, 480.0);

/// Opens the window. It stays on the program's own pages: a link that leads elsewhere is not followed.
pub fn open(app: &App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, NAME, WebviewUrl::default())
        .title("资质通")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .on_navigation(|url| is_own(url) || cfg!(not(feature = "custom-protocol")))
        .build()?;
    Ok(())
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
