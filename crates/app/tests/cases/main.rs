//! The incubator's side of a dossier: seen, taken in, judged again, decided on, counted.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod library;
mod month;
mod on_paper;
mod papers;
mod receive;
mod rejudge;
mod steps;
mod versions;
mod view;
mod world;
