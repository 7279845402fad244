//! A command line that cannot be used, told like every other refusal: fact, hint, code.

use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};

use crate::lang::Lang;
use crate::voice::{Program, Voice, cause, cause_as_said, safe};

/// Prints what was asked for (`--help`, `--version`), or says what is wrong with the command line.
#[must_use]
pub fn tell(error: &clap::Error, program: &'static Program) -> ExitCode {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if asked {
        // A reader that has gone away is no fault.
        drop(error.print());
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    }
    let lang = spoken();
    let voice = Voice::new(program, lang);
    let whole = error.to_string();
    let mut lines = whole.lines();
    let reason = safe(lines.next().unwrap_or_default().trim_start_matches("error: "));
    match lang {
        Lang::En => voice.talk(&format!("error: {reason}")),
        Lang::Zh => {
            voice.talk(&format!("错误：{}，没有执行。", fact(error).as_deref().unwrap_or("命令行写得不对")));
            // What the fact has said already is not said again in English.
            let why = match error.kind() {
                ErrorKind::ValueValidation => reason.split_once("': ").map(|(_, why)| why),
                _ => fact(error).is_none().then_some(reason.as_str()),
            };
            let told = why.map(|why| if is_chinese(why) { cause(why) } else { cause_as_said(why) });
            told.into_iter().for_each(|told| voice.talk(&format!("  {told}")));
        }
    }
    for line in lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("For more")) {
        let line = safe(line);
        voice.talk(&match lang {
            Lang::En => format!("  {line}"),
            Lang::Zh => {
                let said = SAID.iter().fold(line, |line, (en, zh)| line.replace(en, zh));
                format!("  {said}")
            }
        });
    }
    let name = program.name;
    voice.talk(&match lang {
        Lang::Zh => format!("\n建议：请对照用法改正；{name} help 列出全部命令，每个命令加 --help 有说明。"),
        Lang::En => {
            format!("\nhint: mend it by the usage; {name} help lists the commands, and each says more under --help")
        }
    });
    voice.talk(lang.pick("代码：USAGE", "code: USAGE"));
    ExitCode::from(2)
}

/// Whether words are Chinese, whatever is quoted in them.
fn is_chinese(words: &str) -> bool {
    let mut own = words.split(['\'', '"', '“', '”']).step_by(2);
    own.any(|own| own.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)))
}

/// What clap says below a reason, and in Chinese.
const SAID: [(&str, &str); 11] = [
    ("Usage: ", "用法："),
    ("[possible values: ", "[可用的值："),
    ("tip: ", "提示："),
    ("a similar argument exists: ", "有相近的参数 "),
    ("some similar arguments exist: ", "有相近的参数 "),
    ("a similar subcommand exists: ", "有相近的命令 "),
    ("some similar subcommands exist: ", "有相近的命令 "),
    ("a similar value exists: ", "有相近的值 "),
    ("some similar values exist: ", "有相近的值 "),
    ("to pass ", "要把 "),
    (" as a value, use ", " 当作值，请写 "),
];

/// The one of two texts that belongs to the language of a command line that is not read yet.
#[must_use]
pub fn either(zh: &str, en: &str) -> String {
    spoken().pick(zh, en).to_owned()
}

/// The language, as far as a command line that cannot be read says it.
fn spoken() -> Lang {
    let mut words = std::env::args().skip_while(|word| word != "--lang" && !word.starts_with("--lang="));
    let word = words.next().and_then(|word| match word.split_once('=') {
        Some((_, value)) => Some(value.to_owned()),
        None => words.next(),
    });
    let word = word.or_else(|| std::env::var("ZIZHI_LANG").ok());
    if word.as_deref() == Some("en") { Lang::En } else { Lang::Zh }
}

/// What is wrong with the command line; nothing where clap alone has words for it.
fn fact(error: &clap::Error) -> Option<String> {
    let named = |kind| error.get(kind).map(|value| safe(&value.to_string()));
    let argument = named(ContextKind::InvalidArg).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少必须给出的 {argument}"),
        ErrorKind::UnknownArgument => format!("不认识参数 {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}", named(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingSubcommand => "没有写明要执行哪个命令".to_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} 的值“{}”不能用", named(ContextKind::InvalidValue).unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => match named(ContextKind::PriorArg) {
            Some(other) if !other.is_empty() => format!("{argument} 不能与 {other} 一起用"),
            _ => format!("{argument} 不能与同时给出的另一参数一起用"),
        },
        ErrorKind::NoEquals
        | ErrorKind::TooFewValues
        | ErrorKind::TooManyValues
        | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        _ => return None,
    })
}
