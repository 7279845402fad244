//! `cargo xtask measure`: what the window costs beside an empty one with the same library.

use anyhow::Result;

use super::screen::Screen;
use crate::setup::{apt, node};
use crate::shell::Shell;

/// Builds both windows as they are released and measures them on a virtual screen, in one run.
pub fn measure() -> Result<bool> {
    apt::install(&[apt::WINDOW, apt::SCREEN].concat())?;
    node::interface()?;
    let npm = |words: &str| Shell::new("npm run --silent").args(words.split(' ')).within("ui");
    let empty = npm("build -- --config test/empty/vite.config.ts");
    // In one call: apart, each would ask for other features of what both build on, and build it again.
    let cargo = "cargo build --release --locked --package zizhitong --package zizhi-cli \
         --features zizhitong/empty --bin zizhitong --bin zizhi --example empty";
    for built in [npm("build"), empty, Shell::new(cargo)] {
        if !built.shown()?.success() {
            return Ok(false);
        }
    }
    let release = crate::target().join("release");
    let demo = crate::target().join("measure");
    drop(std::fs::remove_dir_all(&demo));
    if !Shell::at(&release.join("zizhi"))
        .arg("demo")
        .arg(demo.display().to_string())
        .logged(&release.join("measure.log"))?
        .success()
    {
        return Ok(false);
    }
    let screen = Screen::start()?;
    let played = Shell::new("dbus-run-session -- node tests/e2e/measure.mjs");
    let paths = [
        release.join("zizhitong"),
        release.join("examples/empty"),
        demo.join("1-hefei-songjiang/dossier.zzdossier"),
    ];
    let played = played.args(paths.iter().map(|path| path.display().to_string()));
    Ok(played.env("DISPLAY", &screen.display).shown()?.success())
}
