//! `zizhi completions`: what a shell needs to complete commands.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use zizhi_app::Failure;

use crate::say::Voice;

/// 命令补全 / shell completions
#[derive(Debug, Args)]
#[command(after_help = "示例 / Examples:
  zizhi completions bash > ~/.local/share/bash-completion/completions/zizhi
  zizhi completions fish > ~/.config/fish/completions/zizhi.fish")]
pub struct Completions {
    /// 终端种类 / which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub fn run(args: &Completions, voice: Voice) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::args::Args::command(), "zizhi", &mut script);
    voice.data(String::from_utf8_lossy(&script).trim_end());
    Ok(ExitCode::SUCCESS)
}
