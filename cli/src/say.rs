//! What the program says beside its data: on standard error, in the user's language.

use std::error::Error as _;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::OnceLock;

use zizhi_app::{Cause, Failure, Text};

use crate::advice::pasteable;
use crate::lang::Lang;
use crate::render::style::safe;

/// Exit code for a command line or an input that cannot be used.
const UNUSABLE: u8 = 2;
/// Exit code for a fault of the program itself.
const INTERNAL: u8 = 70;

/// Why data did not reach standard output, if it did not.
static LOST: OnceLock<ErrorKind> = OnceLock::new();

/// How the program talks.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// The language.
    pub lang: Lang,
    /// Whether data on standard output takes colour.
    pub colour: bool,
}

impl Voice {
    /// The voice for this terminal.
    pub fn new(lang: Lang) -> Self {
        Self { lang, colour: crate::render::style::colour_on_stdout() }
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

    /// What there is to say if data did not reach standard output.
    pub fn lost() -> Option<Failure> {
        let kind = *LOST.get()?;
        let fact = Text::fixed(
            "结果没有完整写到标准输出，已写出的部分不能使用。",
            "the results did not all reach standard output; what is there is not whole",
        );
        let advice = Text::fixed(
            "请确认输出文件所在的磁盘有空间，然后重新运行。",
            "check that the disk of the output file has room, and run this again",
        );
        Some(Failure::input("IO-WRITE", fact, advice).because(std::io::Error::from(kind)))
    }

    /// A line of talk on standard error.
    pub fn talk(self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// The same for what somebody is advised to do here: its commands name the data folder that was named. Facts may
    /// quote names of files and people, and are told as they are.
    pub fn advise(self, text: &str) {
        self.talk(&pasteable(text));
    }

    /// Whether somebody watches standard error, so that a progress bar makes sense.
    pub fn watched(self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// Tells a failure: fact, causes, hint, code.
    pub fn failure(self, failure: &Failure) -> ExitCode {
        let lang = self.lang;
        self.talk(&format!("{}{}", lang.pick("错误：", "error: "), safe(lang.of(&failure.fact))));
        for line in causes(failure, lang) {
            self.talk(&format!("  {line}"));
        }
        self.advise(&format!("\n{}{}", lang.pick("建议：", "hint: "), lang.of(&failure.advice)));
        self.talk(&format!("{}{}", lang.pick("代码：", "code: "), failure.code));
        ExitCode::from(match failure.cause {
            Cause::Input => UNUSABLE,
            Cause::Internal => INTERNAL,
        })
    }
}

/// A cause that has Chinese words.
pub fn cause(words: &str) -> String {
    format!("原因：{words}")
}

/// A cause that has none, told as the words of whoever says it, a parser or the system.
pub fn cause_as_said(words: &str) -> String {
    format!("原因（原文）：{words}")
}

/// What led to a failure, the nearest first. In Chinese, what has words there is said alone: what developers say to one
/// another is told only where there is nothing else, and as such.
fn causes(failure: &Failure, lang: Lang) -> Vec<String> {
    let (mut below, mut worded, mut plain) = (failure.source(), Vec::<String>::new(), Vec::<String>::new());
    while let Some(error) = below {
        let line = zizhi_app::causes::words(error).map(|text| cause(&safe(&text.zh)));
        worded.extend(line.filter(|line| worded.last() != Some(line)));
        let told = safe(&error.to_string());
        // Many errors quote the one underneath.
        if plain.last().is_none_or(|said| !said.contains(&told)) {
            plain.push(told);
        }
        below = error.source();
    }
    match lang {
        Lang::Zh if !worded.is_empty() => worded,
        Lang::Zh => plain.iter().map(|told| cause_as_said(told)).collect(),
        Lang::En => plain.iter().map(|told| format!("cause: {told}")).collect(),
    }
}
