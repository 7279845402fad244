//! One program for all that a desk is asked: each would link the whole of it, which takes 150 MB and seconds a time.
#![cfg(test)]

mod after_restore;
mod arguments;
mod cases;
#[expect(dead_code, reason = "nobody is killed here")]
#[path = "../../../store/tests/store/child.rs"]
mod child;
mod demonstration;
mod devices;
mod disk;
mod drill;
mod firm;
mod firm_asked;
mod firm_dossier;
mod firm_held;
mod firm_moves;
mod firm_refusals;
mod firm_templates;
mod hand_over;
mod hub;
mod incubator;
mod issue;
mod issue_preview;
#[path = "../../../../cli/tests/sync/line.rs"]
mod line;
mod log_words;
mod overdue;
mod private_ca;
mod register;
mod remember;
mod roster;
mod rounds;
mod send_lists;
mod session;
mod trust;
mod unsaved;
mod upkeep;
mod verify;
mod versions;
mod views;
mod voucher_taken;
mod vouchers;
mod world;
