//! `cargo xtask measure`: what the window costs beside an empty one with the same library; with `--large`, with a database
//! of 2 000 000 credentials as well.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::screen::Screen;
use crate::setup::{apt, node};
use crate::shell::Shell;

/// What `tests/e2e/measure.mjs` unlocks the large database with.
const PASSPHRASE: &str = "量一量开一次窗口要多久";

/// Builds both windows as they are released and measures them on a virtual screen, in one run.
pub fn measure(rest: &[String]) -> Result<bool> {
    let large = match rest {
        [] => false,
        [word] if word == "--large" => true,
        _ => bail!("cargo xtask measure takes nothing but --large"),
    };
    apt::install(&[apt::WINDOW, apt::SCREEN, apt::OTHERS].concat())?;
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
    let mut played = played.args(paths.iter().map(|path| path.display().to_string()));
    if large {
        let Some(filled) = filled()? else { return Ok(false) };
        played = played.arg(filled.display().to_string());
    }
    Ok(played.env("DISPLAY", &screen.display).shown()?.success())
}

/// The data folder with the large database, which is made once: it takes ten minutes and 5 GB.
fn filled() -> Result<Option<PathBuf>> {
    let data = crate::target().join("measure-large");
    if data.join("filled").exists() {
        return Ok(Some(data));
    }
    drop(fs::remove_dir_all(&data));
    fs::create_dir_all(&data)?;
    let maker = Shell::new("cargo run --release --locked --package zizhi-app --example filled --")
        .arg(data.join("database").display().to_string())
        .arg(PASSPHRASE);
    if !maker.shown()?.success() {
        return Ok(None);
    }
    fs::write(data.join("filled"), "")?;
    Ok(Some(data))
}
