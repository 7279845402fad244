//! `cargo xtask prove`: the promises of the design in their long form. `cargo xtask test` runs each for seconds.

use anyhow::Result;

use crate::setup::apt;
use crate::shell::Shell;
use crate::steps::{Counting, Steps, Tally};
use crate::tidy::metadata;

/// What is proved: a name, the test program, and what its length is set by.
const PROOFS: &[(&str, &str, (&str, &str))] = &[
    ("100 failovers, 640 000 racing attempts", "proof", ("ZIZHI_PROVE", "1")),
    ("1000 histories on a simulated network", "net", ("ZIZHI_PROVE", "1")),
    ("1 000 000 forged inputs", "forged", ("ZIZHI_ROUNDS", "1000000")),
    ("the database killed 1000 times", "store", ("ZIZHI_ROUNDS", "1000")),
    ("the power cut 10 000 times", "power", ("ZIZHI_ROUNDS", "10000")),
    ("a working day and a hub killed 300 times", "killed", ("ZIZHI_ROUNDS", "300")),
];

/// Runs each proof and shows what it says of itself. `rest` may name a part of a name.
pub fn prove(rest: &[String]) -> Result<bool> {
    let mut steps = Steps::begin()?;
    steps.function("Debian packages", "cargo xtask setup", || {
        apt::install(&[apt::WINDOW, apt::OTHERS].concat()).map(|()| Tally::default())
    });
    let features = metadata::interop_features()?;
    for &(name, program, (variable, value)) in PROOFS {
        if rest.iter().any(|part| !name.contains(part.as_str())) {
            continue;
        }
        let mut tests = Shell::new("cargo test --workspace --locked --test").arg(program);
        if !features.is_empty() {
            tests = tests.args(["--features".to_owned(), features.join(",")]);
        }
        let tests = tests.args(["--", "--nocapture", "--test-threads=1"]).env(variable, value);
        steps.command(name, Counting::Tests, &tests);
    }
    Ok(steps.finish_counted())
}
