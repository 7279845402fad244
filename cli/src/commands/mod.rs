//! One file per verb: decode the arguments, call one use case, show what it says.

pub mod completions;
pub mod credential;
pub mod db;
pub mod decide;
pub mod decision;
pub mod demo;
pub mod dossier;
pub mod key;
pub mod log;
mod own_desk;
pub mod request;
pub mod rules;
mod shared;
pub mod status;
pub mod sync;
pub mod trust;
pub mod verify;
pub mod voucher;

use std::process::ExitCode;

use zizhi_app::Failure;

use crate::args::Command;
use crate::say::Voice;

/// Runs a command.
pub fn run(command: Command, voice: &Voice) -> Result<ExitCode, Failure> {
    match command {
        Command::Completions(args) => completions::run(&args, *voice),
        Command::Credential(args) => credential::run(&args, *voice),
        Command::Db(args) => db::run(&args, *voice),
        Command::Decide(args) => decide::run(&args, *voice),
        Command::Decision(args) => decision::run(&args, *voice),
        Command::Demo(args) => demo::run(&args, *voice),
        Command::Dossier(args) => dossier::run(&args, *voice),
        Command::Key(args) => key::run(&args, *voice),
        Command::Log(args) => log::run(&args, *voice),
        Command::Request(args) => request::run(&args, *voice),
        Command::Status(args) => status::run(&args, *voice),
        Command::Sync(args) => sync::run(&args, *voice),
        Command::Rules(args) => rules::run(&args, *voice),
        Command::Trust(args) => trust::run(&args, *voice),
        Command::Verify(args) => verify::run(&args, *voice),
        Command::Voucher(args) => voucher::run(&args, *voice),
    }
}
