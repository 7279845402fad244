//! `cargo xtask VERB`: set-up, checks and everyday work of this repository.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    xtask::dispatch(&arguments)
}
