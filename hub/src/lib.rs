//! The hub: publishes what the provinces signed, keeps a mailbox for each organisation, and keeps the ledger of
//! the vouchers of its province (docs/hub.md).
//!
//! It stores and forwards. It reads no message, issues no credential and judges no dossier.
//!
//! Start with [`store`], what must never be lost and in which transactions, and [`serve`], what is asked.

#![forbid(unsafe_code)]

pub mod asking;
pub mod backup;
pub mod blobs;
mod cause;
pub mod clock;
pub mod data;
pub mod failure;
pub mod line;
pub mod peer;
pub mod public;
pub mod run;
pub mod serve;
pub mod store;
pub mod told;
