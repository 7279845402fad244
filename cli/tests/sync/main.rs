//! `zizhi sync` with a real hub: a firm and an incubator with a database each, and the program `zizhi-hub` on
//! this machine between them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod at_once;
mod cut;
mod device_files;
mod device_inbox;
mod devices;
mod documents;
mod hub_key;
mod journey;
mod line;
mod lists;
mod lost_mail;
mod offline;
mod one_week;
mod paid_once;
mod place;
mod refused;
#[path = "../zizhi/run.rs"]
mod run;
mod stick;
mod tls;
mod trouble;
mod two_faces;
mod two_views;
mod voucher_world;
mod vouchers;
mod withheld;
mod world;
