//! The one window.

use tauri::{App, WebviewUrl, WebviewWindowBuilder};

/// Size in logical pixels: two columns of checks fit without scrolling sideways on a 1366 × 768 screen.
const SIZE: (f64, f64) = (1180.0, 800.0);
const SMALLEST: (f64, f64) = (640.0, 480.0);

/// Opens the window.
pub fn open(app: &App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("资质通")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .build()?;
    Ok(())
}
