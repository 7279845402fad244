//! The command line `zizhi`.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 all passed or passed with
//! conditions, 1 something failed, 3 something is pending and nothing failed, 2 the command line or the
//! input cannot be used, 70 a fault of the program itself (formats.md §7).

#![forbid(unsafe_code)]

mod advice;
mod args;
mod commands;
mod lang;
mod render;
mod say;
mod usage;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

/// Verifying thousands of dossiers on all cores is many small allocations; the system's allocator takes a
/// third of the time that is not signatures (docs/decisions).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let matches = match args::Args::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage::tell(&error, &say::PROGRAM),
    };
    advice::remember(&matches);
    let args = match args::Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => return usage::tell(&error, &say::PROGRAM),
    };
    let voice = say::Voice::new(&say::PROGRAM, args.lang);
    let code = match commands::run(args.command, &voice) {
        Ok(code) => code,
        Err(failure) => say::tell(&failure, voice),
    };
    voice.lost().unwrap_or(code)
}
