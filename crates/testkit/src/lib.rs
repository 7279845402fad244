//! What tests of several crates share: dice whose seeds replay, and the entry points for fuzzing, which the test that
//! replays what was found runs as well.

#![forbid(unsafe_code)]

pub mod dice;
pub mod fuzz;
