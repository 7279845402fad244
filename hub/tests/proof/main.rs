//! What the design promises of the ledger, in a form that takes seconds; `cargo xtask prove` runs the same for long
//! (`ZIZHI_PROVE=1`). Each claim has a control beside it that has to fail.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests stop at the first surprise"
)]

#[path = "../common/mod.rs"]
mod common;
#[expect(dead_code, reason = "vouchers are enough here")]
#[path = "../store/engine.rs"]
mod engine;
mod failover;
mod pair;
#[expect(dead_code, reason = "what it alters here stays altered")]
#[path = "../common/proxy.rs"]
mod proxy;
mod racing;
mod standby;

/// `short` in the tests, `long` where it is to be proved.
fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("ZIZHI_PROVE").is_some() { long } else { short }
}
