//! A command line that cannot be used, told like every other refusal: fact, hint, code.

pub use zizhi_terminal::usage::{either, tell};
