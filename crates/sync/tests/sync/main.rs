//! What travels: made, read, and refused.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

mod any_bytes;
mod api;
mod devices;
mod envelope;
mod http_signature;
mod httpsig_crate;
mod hub_card;
mod hub_keys;
mod invitation;
mod ledger;
mod malicious;
mod objects;
mod pairing;
mod redeeming;
mod rfc_vectors;
mod round;
mod simulation;
mod support;
