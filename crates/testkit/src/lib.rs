//! Entry points for fuzzing, shared by the fuzz targets and the test that replays what they found.

#![forbid(unsafe_code)]

pub mod fuzz;
