//! `cargo xtask run`: from a fresh clone to verdicts on the terminal and a window on the screen.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::screen::Screen;
use crate::setup::{apt, node};
use crate::shell::{Shell, short};
use crate::steps::{Counting, Steps};

/// How long the window gets to paint on the virtual screen before its picture is taken.
const PAINTING: Duration = Duration::from_secs(6);

/// Builds the command line, makes and verifies the demo worlds, then shows the window.
pub fn run(rest: &[String]) -> Result<bool> {
    let mut steps = Steps::begin()?;
    steps.function("Debian packages to build with", "cargo xtask setup", || {
        apt::install(apt::WINDOW).map(|()| crate::steps::Tally::default())
    });
    let built = steps.command(
        "build the command line zizhi",
        Counting::Nothing,
        &Shell::new("cargo build --locked --package zizhi-cli"),
    );
    if !built {
        return Ok(steps.finish());
    }
    let zizhi = crate::target().join("debug/zizhi");
    println!("▸ the three stories, from issuing to deciding\n");
    let told = Shell::at(&zizhi).args(["demo", "demo"]).shown()?;
    ensure!(told.success(), "zizhi demo ended with {told}");
    println!("\n  the command line: {}", short(&zizhi));
    println!("  the demo's files: demo/");
    if rest.iter().any(|word| word == "--no-window") {
        return Ok(steps.finish());
    }
    window(&mut steps);
    Ok(steps.finish())
}

fn window(steps: &mut Steps) {
    let app = crate::target().join("debug/zizhitong");
    let ready = steps.function("Debian packages for the window", "cargo xtask setup", || {
        apt::install(apt::SCREEN).map(|()| crate::steps::Tally::default())
    }) && steps.function("packages of the interface", "cargo xtask setup", || {
        node::interface().map(|()| crate::steps::Tally::default())
    }) && steps.command(
        "build the interface",
        Counting::Nothing,
        &Shell::new("npm run --silent build").within("ui"),
    ) && steps.command("build the window", Counting::Nothing, &build());
    if !ready {
        return;
    }
    steps.function("show the window", "cargo xtask run", || {
        let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        if screen { open(&app) } else { photograph(&app) }.map(|()| crate::steps::Tally::default())
    });
}

/// The command that builds the window with the interface inside it.
#[must_use]
pub fn build() -> Shell {
    Shell::new("cargo build --locked --package zizhitong")
}

fn open(app: &Path) -> Result<()> {
    Shell::at(app).command().stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    println!("  the window is open; it goes on after this command ends");
    Ok(())
}

fn photograph(app: &Path) -> Result<()> {
    fs::create_dir_all(crate::root().join("demo"))?;
    let screen = Screen::start()?;
    let mut window = Shell::at(app).env("DISPLAY", &screen.display).command();
    let mut window = window.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    sleep(PAINTING);
    let picture = "demo/window.png";
    let taken = Shell::new("import -window root").env("DISPLAY", &screen.display).arg(picture).read();
    let ended_early = window.try_wait()?;
    drop(window.kill());
    drop(window.wait());
    ensure!(ended_early.is_none(), "the window closed by itself");
    taken?;
    println!(
        "  no screen here: the window ran for {} s on a virtual one; its picture: {picture}",
        PAINTING.as_secs()
    );
    Ok(())
}
