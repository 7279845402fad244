//! What a program says beside its data: on standard error, in the user's language.

use std::borrow::Cow;
use std::error::Error;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::OnceLock;

use zizhi_model::Text;
use zizhi_model::text::hides;

use crate::lang::Lang;

/// Exit code for a command line or an input that cannot be used.
const UNUSABLE: u8 = 2;
/// Exit code for a fault of the program itself.
const INTERNAL: u8 = 70;

/// Why data did not reach standard output, if it did not.
static LOST: OnceLock<ErrorKind> = OnceLock::new();

/// What is a program's own about how it talks.
#[derive(Debug)]
pub struct Program {
    /// What it is called.
    pub name: &'static str,
    /// Its words for errors of lower layers; nothing for one that only developers understand.
    pub words: fn(&(dyn Error + 'static)) -> Option<Text>,
    /// An advice with the commands in it as they can be pasted.
    pub pasteable: fn(&str) -> Cow<'_, str>,
}

/// How a program talks.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// The language.
    pub lang: Lang,
    /// Whether data on standard output takes colour.
    pub colour: bool,
    program: &'static Program,
}

/// A refusal as it is told.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// Stable, for people who search and programs that match.
    pub code: &'a str,
    /// Whether the program itself is at fault, and not what it was given.
    pub fault: bool,
    /// What happened and what follows from it.
    pub fact: &'a Text,
    /// What to do.
    pub advice: &'a Text,
    /// The error underneath.
    pub source: Option<&'a (dyn Error + 'static)>,
}

impl Voice {
    /// The voice of a program for this terminal.
    #[must_use]
    pub fn new(program: &'static Program, lang: Lang) -> Self {
        let colour = std::io::stdout().is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { lang, colour, program }
    }

    /// A line of data on standard output. A reader that has gone away is no fault; a full disk is, and
    /// [`Voice::lost`] tells it at the end.
    pub fn data(self, text: &str) {
        if let Err(error) = writeln!(std::io::stdout().lock(), "{text}")
            && error.kind() != ErrorKind::BrokenPipe
        {
            // The first says it; those after it say no more.
            let _ = LOST.set(error.kind());
        }
    }

    /// Tells that data did not reach standard output, if that is so: the exit code is that of this then.
    #[must_use]
    pub fn lost(self) -> Option<ExitCode> {
        let source = std::io::Error::from(*LOST.get()?);
        let fact = Text::fixed(
            "结果没有完整写到标准输出，已写出的部分不能使用。",
            "the results did not all reach standard output; what is there is not whole",
        );
        let advice = Text::fixed(
            "请确认输出文件所在的磁盘有空间，然后重新运行。",
            "check that the disk of the output file has room, and run this again",
        );
        let (code, fault) = ("IO-WRITE", false);
        Some(self.failure(Telling { code, fault, fact: &fact, advice: &advice, source: Some(&source) }))
    }

    /// A line of talk on standard error.
    pub fn talk(self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// The same for what somebody is advised to do here: its commands name the data folder that was named. Facts may
    /// quote names of files and people, and are told as they are.
    pub fn advise(self, text: &str) {
        self.talk(&(self.program.pasteable)(text));
    }

    /// Whether somebody watches standard error, so that a progress bar makes sense.
    #[must_use]
    pub fn watched(self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// Tells a refusal: fact, causes, advice, code. Gives the exit code.
    pub fn failure(self, told: Telling<'_>) -> ExitCode {
        let lang = self.lang;
        self.talk(&format!("{}{}", lang.pick("错误：", "error: "), safe(lang.of(told.fact))));
        for line in self.causes(told.source) {
            self.talk(&format!("  {line}"));
        }
        self.advise(&format!("\n{}{}", lang.pick("建议：", "hint: "), lang.of(told.advice)));
        self.talk(&format!("{}{}", lang.pick("代码：", "code: "), told.code));
        ExitCode::from(if told.fault { INTERNAL } else { UNUSABLE })
    }

    /// What led to a failure, the nearest first. In Chinese, what has words there is said alone: what developers say to
    /// one another is told only where there is nothing else, and as such.
    fn causes(self, mut below: Option<&(dyn Error + 'static)>) -> Vec<String> {
        let (mut worded, mut plain) = (Vec::<String>::new(), Vec::<String>::new());
        while let Some(error) = below {
            let line = (self.program.words)(error).map(|text| cause(&safe(&text.zh)));
            worded.extend(line.filter(|line| worded.last() != Some(line)));
            let told = safe(&error.to_string());
            // Many errors quote the one underneath.
            if plain.last().is_none_or(|said| !said.contains(&told)) {
                plain.push(told);
            }
            below = error.source();
        }
        match self.lang {
            Lang::Zh if !worded.is_empty() => worded,
            Lang::Zh => plain.iter().map(|told| cause_as_said(told)).collect(),
            Lang::En => plain.iter().map(|told| format!("cause: {told}")).collect(),
        }
    }
}

/// A cause that has Chinese words.
#[must_use]
pub fn cause(words: &str) -> String {
    format!("原因：{words}")
}

/// A cause that has none, told as the words of whoever says it, a parser or the system.
#[must_use]
pub fn cause_as_said(words: &str) -> String {
    format!("原因（原文）：{words}")
}

/// Text from elsewhere, made safe to print: what would be invisible or turn the line around becomes a visible mark, so
/// that a name cannot rewrite the screen.
#[must_use]
pub fn safe(text: &str) -> String {
    text.chars().map(|c| if hides(c) { '\u{fffd}' } else { c }).collect()
}
