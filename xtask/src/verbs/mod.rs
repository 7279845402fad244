//! What can be asked for: one function per verb of the help text.

pub mod fuzz;
pub mod icons;
pub mod measure;
pub mod package;
pub mod prove;
pub mod run;
pub mod screen;
pub mod stage;
pub mod test;

use anyhow::Result;

use crate::setup::{apt, node, python};
use crate::shell::Shell;
use crate::steps::Steps;
use crate::tidy;

/// Installs what is missing for every other verb.
pub fn setup() -> Result<bool> {
    apt::install(&[apt::WINDOW, apt::SCREEN, apt::OTHERS, apt::PACKING, apt::OPENING].concat())?;
    node::interface()?;
    node::interop()?;
    python::venv()?;
    println!("everything is there");
    Ok(true)
}

/// The repository's own rules, each shown.
pub fn tidy() -> Result<bool> {
    let mut steps = Steps::begin()?;
    tidy_steps(&mut steps);
    println!("\nlines of documentation for each line of code");
    for (name, ratio) in tidy::texts::documentation(&tidy::tree::Tree::read()?) {
        println!("  {ratio:.2}  {name}");
    }
    Ok(steps.finish_counted())
}

/// One step for each rule of the repository.
pub fn tidy_steps(steps: &mut Steps) {
    for rule in tidy::RULES {
        steps.function(&format!("tidy: {}", rule.claim), "cargo xtask tidy", || tidy::judge(rule));
    }
}

/// The benchmarks of every crate but the window's, and at the end the goals that were missed.
pub fn bench(rest: &[String]) -> Result<bool> {
    let line = "cargo bench --workspace --exclude zizhitong --benches --locked --";
    let (ended, said) = Shell::new(line).args(rest).echoed()?;
    let missed = missed(&said);
    for line in &missed {
        println!("goal missed: {line}");
    }
    Ok(ended.success() && missed.is_empty())
}

/// The lines of benchmarks that missed their goal (`crates/app/benches/common/goal.rs`).
#[must_use]
pub fn missed(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.split([' ', ';', ',']).any(|word| word == "MISSED")).collect()
}

/// The interface's types, written from the one table of commands. The test of `crates/wire` fails when they differ.
pub fn codegen() -> Result<bool> {
    let text = Shell::new("cargo run --quiet --locked --package zizhi-wire --example typescript").read()?;
    std::fs::write(crate::root().join("ui/src/gen/wire.ts"), text)?;
    Ok(true)
}

/// The demo worlds alone.
pub fn demo(rest: &[String]) -> Result<bool> {
    let folder = rest.first().map_or("demo", String::as_str);
    let line = "cargo run --quiet --locked --package zizhi-cli --bin zizhi -- demo";
    Ok(Shell::new(line).arg(folder).shown()?.success())
}
