//! The one command and the one event.

use std::sync::Arc;

use serde_json::Value;
use tauri::{AppHandle, Manager as _, State};
use zizhi_desk::Desk;
use zizhi_wire::Refusal;
use zizhi_wire::commands::dispatch;

use crate::arguments::Arguments;

/// The name under which the window hears what the program tells.
pub const EVENT: &str = "program";

/// Answers one command of the wire, off the window's own thread, which stays free to paint.
#[tauri::command]
pub async fn rpc(desk: State<'_, Arc<Desk>>, word: String, payload: Value) -> Result<Value, Refusal> {
    let desk = Arc::clone(desk.inner());
    let work = tauri::async_runtime::spawn_blocking(move || dispatch(desk.as_ref(), &word, payload));
    work.await.unwrap_or_else(|_| Err(Refusal::broken()))
}

/// Hands what a second start was given to the window that is open.
pub fn open_again(app: &AppHandle, arguments: Arguments) {
    if let Some(desk) = app.try_state::<Arc<Desk>>() {
        offer(&desk, arguments);
    }
}

/// Offers the files and the case of a start to the window.
pub fn offer(desk: &Desk, Arguments { files, linked, .. }: Arguments) {
    desk.offer(files);
    if let Some(number) = linked {
        desk.offer_case(number);
    }
}
