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
mod copies;
mod description;
mod joining;
mod mail;
mod moved;
mod organisations;
mod pair;
mod peer_key;
mod peer_program;
mod peers;
mod program;
mod public_data;
mod refusals;
mod relay;
mod removed;
#[cfg(feature = "interop")]
mod schemathesis;
mod settings;
mod stuck;
mod tls;
mod trouble;
mod uploads;
mod vouchers;
mod watch;
mod week;
mod world;

/// Runs each claim of two hubs with both engines.
#[macro_export]
macro_rules! on_both {
    ($($claim:ident)+) => {
        mod sqlite {
            $( #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $claim() { super::$claim($crate::pair::Engine::Sqlite).await; } )+
        }
        mod postgres {
            $( #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $claim() { super::$claim($crate::pair::Engine::Postgres).await; } )+
        }
    };
}
