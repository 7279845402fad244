//! Runs the program as a person in a folder would: in English, with nobody to ask, with data of its own there.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program in `folder`, about to run.
pub fn zizhi(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zizhi"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("ZIZHI_DATA", folder.join("data"))
        .env("ZIZHI_LANG", "en")
        .env("NO_COLOR", "1")
        .env_remove("ZIZHI_PASSPHRASE")
        .stdin(Stdio::null());
    command
}

/// What it said, as data and as talk; the exit code has to be `code`.
pub fn ended(output: Output, code: i32, arguments: &[&str]) -> (String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (data, talk) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{data}\n{talk}");
    (data, talk)
}
