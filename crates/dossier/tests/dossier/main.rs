//! Everything about dossiers but the memory they need.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

#[expect(dead_code, reason = "a part of the builder is enough here")]
#[path = "../../../archive/tests/builder/mod.rs"]
mod builder;

mod any_bytes;
mod assembled;
mod defects;
mod documents;
mod sealed;
mod support;
