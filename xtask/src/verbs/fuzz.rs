//! A short run of every fuzz target.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::shell::{Shell, exists};
use crate::steps::{Counting, Steps};

/// Runs each target of `fuzz/fuzz_targets` for the given number of seconds.
///
/// The sanitizer flags of cargo-fuzz belong to nightly compilers; the one environment variable below lets the pinned
/// stable compiler accept them, so that no second toolchain is needed.
pub fn fuzz(rest: &[String]) -> Result<bool> {
    let seconds: u32 =
        rest.first().map_or(Ok(60), |word| word.parse()).context("SECONDS is a whole number")?;
    let mut targets: Vec<String> = fs::read_dir(crate::root().join("fuzz/fuzz_targets"))
        .context("there are no fuzz targets")?
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    targets.sort();
    ensure!(!targets.is_empty(), "there are no fuzz targets");
    let mut steps = Steps::begin()?;
    let tools = crate::target().join("tools");
    let ours = tools.join("bin/cargo-fuzz");
    if !exists("cargo-fuzz") && !ours.is_file() {
        let install = Shell::new("cargo install cargo-fuzz --locked --root").arg(tools.display().to_string());
        steps.command("install cargo-fuzz", Counting::Nothing, &install);
    }
    let built = crate::target().join("fuzz").display().to_string();
    for target in targets {
        let shell = if ours.is_file() { Shell::at(&ours) } else { Shell::new("cargo-fuzz") };
        let shell = shell
            .env("RUSTC_BOOTSTRAP", "1")
            .args([
                "fuzz",
                "run",
                "--target-dir",
                &built,
                target.as_str(),
                "--",
                "-rss_limit_mb=2048",
                "-timeout=10",
            ])
            .arg(format!("-max_total_time={seconds}"));
        steps.command(&format!("fuzz {target} for {seconds} s"), Counting::One, &shell);
    }
    Ok(steps.finish_counted())
}
