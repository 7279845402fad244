//! One suite over both engines: whatever a hub promises does not depend on which one it has.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first surprise"
)]

#[path = "../common/mod.rs"]
mod common;
mod control;
mod engine;
mod fences;
mod injection;
mod joining;
mod keys;
mod lone;
mod mail;
mod members;
#[path = "../common/proxy.rs"]
mod proxy;
mod races;
mod relay;
mod role;
mod standby;
mod steps;
mod tls;
mod uploads;
mod vouchers;

/// Runs each claim on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($($claim:ident)+) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $claim() {
                    super::$claim(&$crate::engine::sqlite()).await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $claim() {
                    super::$claim(&$crate::engine::postgres().await).await;
                }
            )+
        }
    };
}
