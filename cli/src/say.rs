//! What the program says beside its data: on standard error, in the user's language.

use std::error::Error as _;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use zizhi_app::{Cause, Failure};

use crate::lang::Lang;
use crate::render::style::safe;

/// Exit code for a command line or an input that cannot be used.
const UNUSABLE: u8 = 2;
/// Exit code for a fault of the program itself.
const INTERNAL: u8 = 70;

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

    /// A line of data on standard output. A reader that has gone away is no fault.
    pub fn data(self, text: &str) {
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }

    /// A line of talk on standard error.
    pub fn talk(self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Whether somebody watches standard error, so that a progress bar makes sense.
    pub fn watched(self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// Tells a failure: fact, causes, hint, code.
    pub fn failure(self, failure: &Failure) -> ExitCode {
        let lang = self.lang;
        self.talk(&format!("{}{}", lang.pick("错误：", "error: "), safe(lang.of(&failure.fact))));
        let mut cause = failure.source();
        while let Some(error) = cause {
            self.talk(&format!("  {}{}", lang.pick("原因：", "cause: "), safe(&error.to_string())));
            cause = error.source();
        }
        self.talk(&format!("\n{}{}", lang.pick("建议：", "hint: "), lang.of(&failure.advice)));
        self.talk(&format!("{}{}", lang.pick("代码：", "code: "), failure.code));
        ExitCode::from(match failure.cause {
            Cause::Input => UNUSABLE,
            Cause::Internal => INTERNAL,
        })
    }
}
