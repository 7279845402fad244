//! Demo worlds, a fixed clock, keys and named defects for tests and benchmarks.
