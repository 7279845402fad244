//! Entry points for fuzzing, shared by the fuzz targets and the test that replays what they found.

pub mod fuzz;
