//! Starts the window.
#![forbid(unsafe_code)]
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    renderer::settle();
    zizhitong::run()
}

#[cfg(target_os = "linux")]
mod renderer {
    use std::env;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    /// WebKitGTK's newer renderer leaves the window empty with common drivers; this variable selects the older one.
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// Makes sure that the variable is set before the webview starts, and leaves a user's own value alone.
    ///
    /// A running program cannot set its own environment soundly once there are threads, so it replaces itself by
    /// itself. Should that fail, the window is opened as things are: an empty window is possible, not certain.
    pub(super) fn settle() {
        if env::var_os(VARIABLE).is_some() {
            return;
        }
        if let Ok(program) = env::current_exe() {
            drop(Command::new(program).args(env::args_os().skip(1)).env(VARIABLE, "1").exec());
        }
    }
}
