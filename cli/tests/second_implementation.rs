//! `zizhi verify` against files that another program wrote: the Python of `tests/interop/second`, made
//! from the formats page alone. Every case names the verdict, the exit code and the codes it expects.
//!
//! Run with the feature `interop`; `ZIZHI_INTEROP_PYTHON` is a Python with the packages of
//! `tests/interop/requirements.txt`.

use std::path::Path;
use std::process::Command;

#[test]
fn agrees_with_every_expectation_of_the_second_implementation() {
    let python = std::env::var_os("ZIZHI_INTEROP_PYTHON");
    assert!(python.is_some(), "ZIZHI_INTEROP_PYTHON names no Python");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/interop/second/run.py");
    // The script prints a line for each case, and below it what differs.
    let status = Command::new(python.unwrap())
        .arg("-B")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_zizhi"))
        .env_remove("ZIZHI_LANG")
        .status()
        .unwrap();
    assert!(status.success(), "the program and the second implementation differ: {status}");
}
