//! The command line zizhi.
fn main() {}
