//! What `zizhi` says beside its data, and how it tells a failure of a use case.

use std::error::Error as _;
use std::process::ExitCode;

use zizhi_app::{Cause, Failure, causes};
use zizhi_terminal::{Program, Telling};

use crate::advice::pasteable;

pub use zizhi_terminal::Voice;

/// What is its own about how it talks.
pub static PROGRAM: Program = Program { name: "zizhi", words: causes::words, pasteable };

/// Tells a failure.
pub fn tell(failure: &Failure, voice: Voice) -> ExitCode {
    voice.failure(Telling {
        code: failure.code,
        fault: failure.cause == Cause::Internal,
        fact: &failure.fact,
        advice: &failure.advice,
        source: failure.source(),
    })
}
