//! What the window may ask of the program, declared once: commands with their data, refusals and events.
//!
//! One table, [`commands`], gives the router of the host and the TypeScript of the interface, so that no
//! command exists on one side only. Data here is shaped for a screen; the domain's own types stay free of
//! it, and whoever answers a command converts. Times are RFC 3339 with an offset, civil dates
//! `YYYY-MM-DD`, money as it is read (`¥14,400.00`) or typed (元), sizes bytes, digests lower-case hexadecimal.

#![forbid(unsafe_code)]

#[macro_use]
mod define;
mod case_versions;
mod cases;
pub mod codes;
pub mod commands;
mod common;
mod draft;
mod event;
mod hold;
mod issue;
mod register;
mod report;
mod request;
mod session;
mod sync;
mod trust;
mod unsaved;
mod upkeep;
mod verify;
mod views;
mod voucher;

pub use case_versions::*;
pub use cases::*;
pub use common::*;
pub use draft::*;
pub use event::*;
pub use hold::*;
pub use issue::*;
pub use register::*;
pub use report::*;
pub use request::*;
pub use session::*;
pub use sync::*;
pub use trust::*;
pub use unsaved::*;
pub use upkeep::*;
pub use verify::*;
pub use views::*;
pub use voucher::*;

pub mod typescript;
