//! The hub as a program that talks to it sees it: requests in, answers out.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

mod auth;
mod backup;
#[path = "../common/mod.rs"]
mod common;
mod description;
mod joining;
mod mail;
mod program;
mod public_data;
#[cfg(feature = "interop")]
mod schemathesis;
mod tls;
mod uploads;
mod vouchers;
mod watch;
mod world;
