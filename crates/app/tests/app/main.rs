//! One program, as everything that links the use cases is large.
#![cfg(test)]

mod activity_words;
mod backups;
mod demo;
mod kept_trust;
mod remembered;
mod typed_values;
mod vault;
mod working_days;
