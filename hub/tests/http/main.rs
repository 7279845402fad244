//! The hub as a program that talks to it sees it: requests in, answers out.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

mod auth;
mod backup;
#[cfg(feature = "interop")]
mod bucket;
#[path = "../common/mod.rs"]
mod common;
#[cfg(feature = "interop")]
mod compose;
mod description;
mod joining;
mod mail;
mod pair;
mod peer_program;
mod peers;
mod program;
mod public_data;
mod relay;
mod removed;
#[cfg(feature = "interop")]
mod schemathesis;
mod stuck;
mod tls;
mod uploads;
mod vouchers;
mod watch;
mod week;
mod world;
