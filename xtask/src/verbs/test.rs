//! `cargo xtask test`: everything that proves the project, in the order that finds the cheap mistakes first.

use std::path::PathBuf;

use anyhow::Result;

use super::screen::Screen;
use super::stage::Stage;
use super::tidy_steps;
use crate::setup::{apt, node, python};
use crate::shell::{Shell, exists};
use crate::steps::{Counting, Steps, Tally};
use crate::tidy::metadata;

/// What is played in the real window, the longest first: a name, the script in `tests/e2e`, and the story, where it matters.
const JOURNEYS: [(&str, &str, &str); 13] = [
    ("both days outside of the drill", "days", FIRST_STORY),
    ("damaged files", "damaged", FIRST_STORY),
    ("every page of the drill", "drill", FIRST_STORY),
    ("a voucher from the fund to its payment", "vouchers", FIRST_STORY),
    ("a clerk's day", "incubator", FIRST_STORY),
    ("a clerk's day with a move", "incubator", "full_relocation"),
    ("a clerk's day with a voucher", "incubator", "voucher_redemption"),
    ("a firm's day", "firm", FIRST_STORY),
    ("a firm's day with a move", "firm", "full_relocation"),
    ("a firm's day with a voucher", "firm", "voucher_redemption"),
    ("hostile texts", "hostile", FIRST_STORY),
    ("verdicts", "verify", FIRST_STORY),
    ("the window on a desktop", "window", FIRST_STORY),
];

const FIRST_STORY: &str = "branch_operation";

/// Builds what the journeys are played with.
const PROGRAMS: &str = "cargo build --profile journeys --locked --package zizhi-cli --package zizhitong";

/// Runs every check and prints the closing line.
pub fn test(_rest: &[String]) -> Result<bool> {
    let mut steps = Steps::begin()?;
    let mut python = None;
    let mut modules = None;
    let nothing = Tally::default;
    steps.function("Debian packages", "cargo xtask setup", || {
        apt::install(&[apt::WINDOW, apt::SCREEN, apt::OTHERS].concat()).map(|()| nothing())
    });
    steps
        .function("packages of the interface", "cargo xtask setup", || node::interface().map(|()| nothing()));
    steps.function("Python packages to compare with", "cargo xtask setup", || {
        python = python::venv()?;
        Ok(nothing())
    });
    steps.function("JavaScript packages to compare with", "cargo xtask setup", || {
        modules = node::interop()?;
        Ok(nothing())
    });

    steps.command("formatting", Counting::One, &Shell::new("cargo fmt --all --check"));
    tidy_steps(&mut steps);
    if exists("cargo-deny") {
        // The same three rules are in tidy; this adds cargo-deny's own reading of them where it is installed.
        let deny = Shell::new("cargo deny --all-features check licenses bans sources");
        steps.command("cargo-deny", Counting::One, &deny);
    }

    interface(&mut steps);

    let features = metadata::interop_features()?;
    let features: &[String] =
        if features.is_empty() { &[] } else { &["--features".to_owned(), features.join(",")] };
    let clippy = Shell::new("cargo clippy --workspace --all-targets --locked").args(features.iter().cloned());
    steps.command("clippy", Counting::One, &clippy.args(["--", "-D", "warnings"]));
    let without =
        Shell::new("cargo clippy --package zizhi-crypto --no-default-features --locked -- -D warnings");
    steps.command("clippy without the national algorithms", Counting::One, &without);

    let mut tests =
        Shell::new("cargo test --workspace --no-fail-fast --locked").args(features.iter().cloned());
    tests = tests.env("ZIZHI_INTEROP", "1");
    if let Some(python) = &python {
        tests = tests.env("ZIZHI_INTEROP_PYTHON", python.display().to_string());
    }
    if let Some(modules) = &modules {
        tests = tests.env("ZIZHI_INTEROP_NODE", modules.display().to_string());
    }
    // The tests wait half of their time, most of all for the disk: the programs of the journeys are built meanwhile, behind
    // them. What came of it the step that builds them says.
    let early = Shell::new("nice -n 19").args(PROGRAMS.split(' '));
    let early = early.begun(&crate::target().join("xtask/logs/early.log"));
    steps.command("cargo test", Counting::Tests, &tests);
    if let Ok(mut early) = early {
        early.wait()?;
    }

    window(&mut steps);
    Ok(steps.finish_counted())
}

fn interface(steps: &mut Steps) {
    let npm = |verb: &str| Shell::new(&format!("npm run --silent {verb}")).within("ui");
    steps.command("the interface: Biome", Counting::One, &npm("lint"));
    steps.command("the interface: types", Counting::One, &npm("types"));
    steps.command("the interface: tests", Counting::Tests, &npm("test"));
    steps.command("the interface: build", Counting::One, &npm("build"));
}

/// The real window, optimised as it is released.
fn window(steps: &mut Steps) {
    let programs = Shell::new(PROGRAMS);
    if !steps.command("build the programs as they are released", Counting::One, &programs) {
        return;
    }
    let optimised = crate::target().join("journeys");
    let zizhi = optimised.join("zizhi");
    let world = crate::target().join("xtask/demo");
    // An older program may have made it; nobody else writes there.
    drop(std::fs::remove_dir_all(&world));
    let world = world.display().to_string();
    if !steps.command("make the demo worlds", Counting::One, &Shell::at(&zizhi).args(["demo", &world])) {
        return;
    }
    let one = Screen::step(steps, "cargo xtask test");
    let other = Screen::step(steps, "cargo xtask test");
    let (Some(one), Some(other)) = (one, other) else { return };
    let pictures = crate::target().join("xtask");
    let paths = [optimised.join("zizhitong"), zizhi, PathBuf::from(world), pictures];
    // The hub serves and is no part of a desktop: it is the one that `cargo test` has built.
    let hub = crate::target().join("debug/zizhi-hub").display().to_string();
    let stage = Stage::step(steps);
    let journeys = JOURNEYS.map(|(name, script, story)| {
        let journey = stage.journey(script, &paths).env("ZIZHI_STORY", story).env("ZIZHI_HUB", &hub);
        (format!("{}: {name}", stage.name()), journey)
    });
    // A journey waits for its window half of the time. Two windows on one screen would take each other's keys.
    let screens = [&one, &other].map(|screen| ("DISPLAY", screen.display.as_str()));
    steps.side_by_side(Counting::Tests, &screens, &journeys);
}
