//! `zizhi status`.

use std::process::ExitCode;

use clap::Args;
use zizhi_app::{Failure, Text};

use crate::say::Voice;

/// Status
#[derive(Debug, Args)]
pub struct Status {}

/// Runs the command.
pub fn run(_: &Status, _: Voice) -> Result<ExitCode, Failure> {
    Err(Failure::input(
        "NOT-YET",
        Text::fixed("此命令尚未完成。", "this command is not finished"),
        Text::fixed("请稍后再试。", "try a later version"),
    ))
}
