//! `cargo xtask run`: from a fresh clone to verdicts on the terminal and a window on the screen.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::screen::Screen;
use crate::setup::{apt, node};
use crate::shell::{Shell, short};
use crate::steps::{Counting, Steps};

/// How long the window gets to paint on the virtual screen, and how often it is looked at.
const PAINTING: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_secs(1);

/// A page has a thousand colours, by the smooth edges of its words alone; an empty one has a single colour, and one where
/// nothing but the circle of waiting turns has some dozens.
const FEWEST_COLOURS: usize = 200;

/// Builds the command line, makes and verifies the demo worlds, then shows the window.
pub fn run(rest: &[String]) -> Result<bool> {
    let mut steps = Steps::begin()?;
    steps.function("Debian packages to build with", "cargo xtask setup", || {
        apt::install(apt::WINDOW).map(|()| crate::steps::Tally::default())
    });
    let window_wanted = !rest.iter().any(|word| word == "--no-window");
    let ready = !window_wanted || interface(&mut steps);
    println!("  the first build takes a quarter of an hour or more; later ones are quick");
    // One call for both: what they share is compiled once.
    let window_too = if window_wanted { " --package zizhitong" } else { "" };
    let build = Shell::new(&format!("cargo build --locked --package zizhi-cli{window_too}"));
    let built = ready && steps.command("build the programs", Counting::Nothing, &build);
    if !built {
        return Ok(steps.finish());
    }
    let zizhi = crate::target().join("debug/zizhi");
    println!("▸ the three stories, from issuing to deciding\n");
    let told = Shell::at(&zizhi).args(["demo", "demo"]).shown()?;
    ensure!(told.success(), "zizhi demo ended with {told}");
    println!("\n  the demo's files: demo/ (demo/README.txt says what each is)");
    if window_wanted {
        window(&mut steps);
    }
    let good = steps.finish();
    println!(
        "\nthe command line: {}\n  try: {} verify demo/1-hefei-songjiang --trust demo/trust/demo.zztrust --at 2026-11-23T10:00:00+08:00 --summary",
        short(&zizhi),
        short(&zizhi)
    );
    if window_wanted {
        let window = short(&crate::target().join("debug/zizhitong"));
        println!(
            "the window: {window}\n  try: {window} --drill firm, or drop a dossier of demo/ on it; docs/guide goes through a day with it"
        );
    }
    Ok(good)
}

fn interface(steps: &mut Steps) -> bool {
    steps.function("Debian packages for the window", "cargo xtask setup", || {
        apt::install(apt::SCREEN).map(|()| crate::steps::Tally::default())
    }) && steps.function("packages of the interface", "cargo xtask setup", || {
        node::interface().map(|()| crate::steps::Tally::default())
    }) && steps.command(
        "build the interface",
        Counting::Nothing,
        &Shell::new("npm run --silent build").within("ui"),
    )
}

fn window(steps: &mut Steps) {
    steps.function("show the window", "cargo xtask run", || {
        let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        let app = drill();
        if screen { open(&app) } else { photograph(&app) }.map(|()| crate::steps::Tally::default())
    });
}

/// The window in 演练模式, with its data beside the demo's files and away from a person's own.
fn drill() -> Shell {
    let data = crate::root().join("demo/data");
    Shell::at(&crate::target().join("debug/zizhitong"))
        .arg("--data")
        .arg(data.display().to_string())
        .args(["--drill", "incubator"])
}

fn open(app: &Shell) -> Result<()> {
    app.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    println!("  the window is open; it goes on after this command ends");
    Ok(())
}

fn photograph(app: &Shell) -> Result<()> {
    fs::create_dir_all(crate::root().join("demo"))?;
    let screen = Screen::start()?;
    let mut window = app.clone().env("DISPLAY", &screen.display).command();
    let mut window = window.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let picture = crate::root().join("demo/window.png");
    let painted = painted(&mut window, &screen, &picture);
    drop(window.kill());
    drop(window.wait());
    painted?;
    println!("  no screen here: the window was shown on a virtual one; its picture: {}", short(&picture));
    Ok(())
}

/// Takes pictures until there is a page in the window.
fn painted(window: &mut Child, screen: &Screen, picture: &Path) -> Result<()> {
    let begun = Instant::now();
    loop {
        sleep(LOOK);
        ensure!(window.try_wait()?.is_none(), "the window closed by itself");
        let taken = Shell::new("import -window root").env("DISPLAY", &screen.display);
        taken.arg(picture.display().to_string()).read()?;
        if has_content(picture)? {
            return Ok(());
        }
        ensure!(
            begun.elapsed() < PAINTING,
            "the window stayed empty for {} s: {}",
            PAINTING.as_secs(),
            short(picture)
        );
    }
}

/// Whether there is more than a plain surface in the middle of a picture of the screen, below the window's menu.
///
/// # Errors
/// If it is no picture.
pub fn has_content(picture: &Path) -> Result<bool> {
    let middle = "-gravity center -crop 50%x50%+0+0 +repage -format %k info:";
    let colours = Shell::new("convert")
        .arg(picture.display().to_string())
        .args(middle.split(' ').map(str::to_owned))
        .read()?;
    Ok(colours.trim().parse::<usize>()? >= FEWEST_COLOURS)
}
