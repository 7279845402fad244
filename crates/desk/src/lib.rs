//! Answers the window's commands: takes the wire's data apart, calls one use case, puts the answer
//! together. It knows no window, so that every journey through the program can be played in a test, and
//! another host can show the same interface.
//!
//! [`Desk`] holds what lives from command to command: the open database, the trust data, work in the
//! background. Nothing that is secret leaves it: a passphrase comes in, a refusal or a result goes out.

#![forbid(unsafe_code)]

mod cases;
mod clock;
mod desk;
mod draft;
mod firm;
mod hold;
mod incubator;
mod issue;
mod jobs;
mod refusal;
mod register;
mod request;
mod session;
mod sync;
mod trust;
mod type_form;
mod unsaved;
mod upkeep;
mod verify;
mod views;
mod vouchers;
mod words;

pub use desk::{Desk, Events, Place};
