//! The repository's own task runner.
//!
//! `cargo xtask run` and `cargo xtask test` are the only two commands a fresh machine needs. Both install what is
//! missing, then do the work, and say for each step how long it took and how to repeat it alone. Nothing here is
//! used by the product: no other crate may depend on this one.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task runner talks to the terminal it was started from"
)]

pub mod causes;
pub mod setup;
pub mod shell;
pub mod steps;
pub mod tidy;
pub mod verbs;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask VERB

  run [--no-window]   build everything, make the demo worlds in ./demo, print the verdicts, open the window
  test                everything that proves the project, as CI runs it (also: ci)
  tidy                the repository's own rules: dependency table, file sizes, decisions, licences
  bench [FILTER]      the benchmarks, each a ratio to its limit in the same run
  measure [--large]   start and memory of the window beside an empty one, and a drop until its verdict; --large with a
                      database of 2 000 000 credentials too
  prove [PART]        what the design promises, in its long form: failovers, races, kills (docs/proofs.md)
  fuzz [SECONDS]      every fuzz target for SECONDS each (60)
  package [--check]   a .deb and an .rpm in target/package; --check installs, uses and removes each (as root)
  demo [DIR]          only the demo worlds, into DIR (./demo)
  setup               only install what is missing
  codegen             write the interface's types from crates/wire
  icons               draw the application icons again from src-tauri/icons/icon.svg

Each verb can be given alone on a machine that has Rust, Node 20 and apt.
";

/// Runs the verb named by the first argument and turns its result into the process's exit code.
#[must_use]
pub fn dispatch(arguments: &[String]) -> ExitCode {
    let (verb, rest) = match arguments.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => ("help", arguments),
    };
    let outcome = match verb {
        "run" => verbs::run::run(rest),
        "test" | "ci" => verbs::test::test(rest),
        "tidy" => verbs::tidy(),
        "bench" => verbs::bench(rest),
        "measure" => verbs::measure::measure(rest),
        "fuzz" => verbs::fuzz::fuzz(rest),
        "prove" => verbs::prove::prove(rest),
        "package" => verbs::package::package(rest),
        "demo" => verbs::demo(rest),
        "setup" => verbs::setup(),
        "codegen" => verbs::codegen(),
        "icons" => verbs::icons::icons(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("error: there is no verb {other:?}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace, found from where this crate was compiled.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where everything that a verb makes is put: under `target`, so that `cargo clean` removes it too.
#[must_use]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
