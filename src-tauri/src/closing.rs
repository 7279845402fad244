//! The window closes behind what was typed a moment ago. However its page is, it closes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tauri::{Manager as _, Window, WindowEvent};
use zizhi_desk::Desk;

/// Whether the window is about to close.
#[derive(Default)]
pub struct Closing(AtomicBool);

/// Puts the closing off until the page has kept what was typed, which takes a page that hangs two seconds and no longer.
/// The window stays free meanwhile: the page answers through it.
pub fn heed(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let Some((desk, closing)) = window.try_state::<Arc<Desk>>().zip(window.try_state::<Closing>()) else {
        return;
    };
    api.prevent_close();
    if closing.0.swap(true, Ordering::Relaxed) {
        return;
    }
    let (window, desk) = (window.clone(), Arc::clone(&desk));
    thread::spawn(move || {
        desk.have_typed_kept();
        if window.destroy().is_err() {
            window.app_handle().exit(0);
        }
    });
}
