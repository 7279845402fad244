//! Use cases that need no world of their own, in one program; those that share one have theirs beside it.
#![cfg(test)]

mod activity_words;
mod backups;
mod demo;
mod kept_trust;
mod remembered;
mod typed_values;
mod vault;
mod vouchers;
mod working_days;
