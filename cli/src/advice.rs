//! Commands that the program advises. Whoever named a data folder, or a repository of trust data, finds it named in
//! them, so that they can be pasted.

use std::borrow::Cow;
use std::sync::OnceLock;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory as _};

use crate::args::Args;

/// How every command begins.
const PROGRAM: &str = "zizhi ";
const DATA: &str = "data";
const REPOSITORY: &str = "repository";
/// What looks at trust data, or takes it in, wherever it lies.
const PACKAGE: &str = "package";

/// What the command line names, as a shell takes it.
static NAMED: OnceLock<Named> = OnceLock::new();

/// Folders that were named.
#[derive(Debug, Default)]
struct Named {
    /// The data folder.
    data: Option<String>,
    /// The repository of trust data.
    repository: Option<String>,
}

/// Takes down the folders that a command line names. One of the environment is there for the next command as well.
pub fn remember(mut matches: &ArgMatches) {
    while let Some((_, below)) = matches.subcommand() {
        matches = below;
    }
    let named = |wanted: &str| {
        let said = matches.ids().any(|id| id == wanted)
            && matches.value_source(wanted) == Some(ValueSource::CommandLine);
        let folder = matches.try_get_raw(wanted).ok().flatten().and_then(|mut raw| raw.next());
        folder.filter(|_| said).map(|folder| quoted(&folder.to_string_lossy()))
    };
    // The first command line is the only one.
    let _ = NAMED.set(Named { data: named(DATA), repository: named(REPOSITORY) });
}

/// The text with the folders in each command that takes them.
pub fn pasteable(text: &str) -> Cow<'_, str> {
    match NAMED.get() {
        Some(named) if text.contains(PROGRAM) => Cow::Owned(with_folders(text, named)),
        _ => Cow::Borrowed(text),
    }
}

fn with_folders(text: &str, named: &Named) -> String {
    let (program, mut out) = (Args::command(), String::with_capacity(text.len()));
    for line in text.split_inclusive('\n') {
        let mut parts = line.split(PROGRAM);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            out.push_str(PROGRAM);
            let (words, command) = verb(part, &program);
            let (verb, rest) = part.split_at(words);
            out.push_str(verb);
            let takes = |wanted: &str| command.get_arguments().any(|argument| argument.get_id() == wanted);
            if let Some(folder) = &named.repository
                && (takes(REPOSITORY) || takes(PACKAGE))
                && rest.split_whitespace().next() != Some(folder.as_str())
            {
                out.push(' ');
                out.push_str(folder);
            }
            if let Some(folder) = &named.data
                && takes(DATA)
                && !rest.contains("--data")
            {
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
    use super::{Named, quoted, with_folders};

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
            ("先用 zizhi trust import 导入", "先用 zizhi trust import --data 数据 导入"),
            ("见 zizhi trust show", "见 zizhi trust show --data 数据"),
            ("zizhi dossier sign 编号", "zizhi dossier sign --data 数据 编号"),
        ] {
            let named = Named { data: Some("数据".to_owned()), repository: None };
            assert_eq!(with_folders(text, &named), expected);
        }
    }

    #[test]
    fn a_repository_that_was_named_is_named_in_every_command_on_one() {
        for (text, expected) in [
            ("先用 zizhi trust add-issuer 登记", "先用 zizhi trust add-issuer 发布/ 登记"),
            ("用 zizhi trust show 核对", "用 zizhi trust show 发布/ 核对"),
            ("zizhi trust pack 发布/ -o 包", "zizhi trust pack 发布/ -o 包"),
            ("zizhi trust init-demo", "zizhi trust init-demo"),
        ] {
            let named = Named { data: None, repository: Some("发布/".to_owned()) };
            assert_eq!(with_folders(text, &named), expected);
        }
    }

    #[test]
    fn a_path_is_quoted_where_a_shell_would_take_it_apart() {
        assert_eq!(quoted("/数据/a-1"), "/数据/a-1");
        assert_eq!(quoted("我的 数据"), "'我的 数据'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
