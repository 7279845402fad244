//! One program, since all these tests share what makes their rows.
#![cfg(test)]

mod backup;
mod by_name;
mod child;
mod common;
mod crash;
mod disk;
mod few;
mod ledger;
mod log;
mod migrations;
mod opening;
mod originals;
mod search;
mod sync;
mod tables;
mod transactions;
mod unsaved;
mod vouchers;
