//! How `zizhi` and `zizhi-hub` talk: data on standard output and talk on standard error, in the language of whoever reads
//! it, and every refusal as fact, causes, advice and code.
//!
//! It knows no command and no use case: what a program says is its own.

#![forbid(unsafe_code)]

mod lang;
pub mod usage;
mod voice;

pub use lang::Lang;
pub use voice::{Program, Telling, Voice, cause, cause_as_said, safe};
