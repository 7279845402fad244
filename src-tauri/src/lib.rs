//! The desktop host: decodes what the window asks, calls one use case, encodes the answer.
//!
//! Nothing here judges a dossier, opens a socket or reads a clock; that is the use case's. The window holds no secret
//! and gets no access to files: it names a path that the user dropped or chose, and the program reads it.

mod files;
mod verify;
mod window;

use std::process::ExitCode;

/// Opens the window and returns when it is closed.
#[must_use]
pub fn run() -> ExitCode {
    let opened = files::Opened::from_arguments(std::env::args_os().skip(1));
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(opened)
        .invoke_handler(tauri::generate_handler![verify::verify_file, files::opened_files])
        .setup(|app| window::open(app).map_err(Into::into))
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(70)
        }
    }
}

#[expect(clippy::print_stderr, reason = "without a window, the terminal is the only place left to say why")]
fn complain(error: &tauri::Error) {
    eprintln!("error: the window cannot be shown\n  cause: {error}");
}
