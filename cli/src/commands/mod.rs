//! One file per verb: decode the arguments, call one use case, show what it says.

pub mod rules;
pub mod trust;
pub mod verify;

use std::process::ExitCode;

use zizhi_app::Failure;

use crate::args::Command;
use crate::say::Voice;

/// Runs a command.
pub fn run(command: Command, voice: &Voice) -> Result<ExitCode, Failure> {
    match command {
        Command::Rules(args) => rules::run(&args, *voice),
        Command::Trust(args) => trust::run(&args, *voice),
        Command::Verify(args) => verify::run(&args, *voice),
    }
}
