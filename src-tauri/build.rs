//! Reads `tauri.conf.json`, the capabilities and the permissions, and refuses to go on without the built interface.
use std::path::Path;
use std::process::ExitCode;

use tauri_build::{AppManifest, Attributes};

fn main() -> ExitCode {
    for folder in ["src-tauri/capabilities", "src-tauri/permissions", "ui/dist"] {
        say(&format!("cargo:rerun-if-changed={folder}"));
    }
    if std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_some()
        && !Path::new("ui/dist/index.html").is_file()
    {
        say("cargo::error=ui/dist is missing: run `cargo xtask setup`, then `npm run build` in ui");
        return ExitCode::FAILURE;
    }
    let manifest = AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml");
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(manifest);
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("cargo::error={error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Speaks to cargo, which reads a build script's standard output.
fn say(line: &str) {
    println!("{line}");
}
