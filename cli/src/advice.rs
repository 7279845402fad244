//! Commands that the program advises. Whoever named a data folder finds it named in them, so that they can be pasted.

use std::borrow::Cow;
use std::sync::OnceLock;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory as _};

use crate::args::Args;

/// How every command begins.
const PROGRAM: &str = "zizhi ";
const DATA: &str = "data";

/// The folder that the command line names, as a shell takes it.
static FOLDER: OnceLock<String> = OnceLock::new();

/// Takes down the data folder that a command line names. One of the environment is there for the next command as well.
pub fn remember(mut matches: &ArgMatches) {
    while let Some((_, below)) = matches.subcommand() {
        matches = below;
    }
    let named =
        matches.ids().any(|id| id == DATA) && matches.value_source(DATA) == Some(ValueSource::CommandLine);
    let folder = matches.try_get_raw(DATA).ok().flatten().and_then(|mut raw| raw.next());
    if let Some(folder) = folder.filter(|_| named) {
        // The first command line is the only one.
        let _ = FOLDER.set(quoted(&folder.to_string_lossy()));
    }
}

/// The text with the data folder in each command that takes one.
pub fn pasteable(text: &str) -> Cow<'_, str> {
    match FOLDER.get() {
        Some(folder) if text.contains(PROGRAM) => Cow::Owned(with_folder(text, folder)),
        _ => Cow::Borrowed(text),
    }
}

fn with_folder(text: &str, folder: &str) -> String {
    let (program, mut out) = (Args::command(), String::with_capacity(text.len()));
    for line in text.split_inclusive('\n') {
        let mut parts = line.split(PROGRAM);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            out.push_str(PROGRAM);
            let (words, command) = verb(part, &program);
            let (verb, rest) = part.split_at(words);
            out.push_str(verb);
            let takes = command.get_arguments().any(|argument| argument.get_id() == DATA);
            if takes && !rest.contains("--data") {
                out.push_str(" --data ");
                out.push_str(folder);
            }
            out.push_str(rest);
        }
    }
    out
}

/// How much of a text names a command, and which.
fn verb<'c>(text: &str, program: &'c Command) -> (usize, &'c Command) {
    let (mut command, mut end) = (program, 0);
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let space = usize::from(end > 0 && rest.starts_with(' '));
        let word = rest.get(space..).unwrap_or_default();
        let word: &str = word.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap_or_default();
        match command.find_subcommand(word) {
            Some(below) if end == 0 || space > 0 => {
                command = below;
                end += space + word.len();
            }
            _ => return (end, command),
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::{quoted, with_folder};

    #[test]
    fn a_folder_that_was_named_is_named_in_every_command_that_takes_one() {
        for (text, expected) in [
            ("zizhi status settle 名单.jwt", "zizhi status settle --data 数据 名单.jwt"),
            ("见 zizhi sync outbox", "见 zizhi sync outbox --data 数据"),
            ("请恢复（zizhi db restore）。", "请恢复（zizhi db restore --data 数据）。"),
            ("zizhi credential recover --complete", "zizhi credential recover --data 数据 --complete"),
            ("zizhi rules check 查看", "zizhi rules check 查看"),
            ("zizhi db check --data 别处", "zizhi db check --data 别处"),
            (
                "用 zizhi log verify，\n再 zizhi db check",
                "用 zizhi log verify --data 数据，\n再 zizhi db check --data 数据",
            ),
            ("资质通 zizhi 的帮助", "资质通 zizhi 的帮助"),
        ] {
            assert_eq!(with_folder(text, "数据"), expected);
        }
    }

    #[test]
    fn a_path_is_quoted_where_a_shell_would_take_it_apart() {
        assert_eq!(quoted("/数据/a-1"), "/数据/a-1");
        assert_eq!(quoted("我的 数据"), "'我的 数据'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
