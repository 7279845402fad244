//! Documents and tables as a reader gets them: made from the demonstration's reports, then read back with
//! other people's programs.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod figures;
mod fonts;
mod forms;
mod hostile;
mod notices;
mod reading;
mod statement;
mod tables;
mod verification;
mod world;
