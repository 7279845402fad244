//! Pure verification: dossier, trust, statuses, rules and time in, report out.
//!
//! [`verify`] takes what [`zizhi_dossier::open`] observed and a [`Library`] of trust data, and answers
//! the four questions with a [`report::Report`]. It reads no clock and touches no network; the same
//! inputs give the same report on the firm's machine, the incubator's and the hub. What is wrong with a
//! dossier is in the report and never an error: there is no input for which there is no report.
//!
//! Reading order: [`verify`] walks the steps; `manifest` and `request` look at the envelope,
//! `credential` at one credential (`issuer`, `holder`, `dates`, `status`, `field`), `pack` and
//! `recognition` at the rule pack and the checklist; `verdict` draws the conclusion.

#![forbid(unsafe_code)]

mod context;
mod credential;
mod dates;
mod field;
pub mod grounds;
mod holder;
mod issuer;
mod library;
mod manifest;
mod names;
mod pack;
mod recognition;
pub mod report;
mod request;
mod signer;
mod status;
mod steps;
mod summary;
mod verdict;

pub use field::incubation::Incubatee;
pub use field::moving::to_certify_again;
pub use grounds::Grounds;
pub use library::Library;
pub use report::Report;
pub use signer::{Signed, Signer, signer, status_of};
pub use steps::{Input, Memory, verify};

use zizhi_model::Text;

/// What people call a type of credential, such as 高新技术企业证书.
#[must_use]
pub fn type_name(type_id: &str) -> Option<Text> {
    zizhi_credential::types::builtin().iter().find(|known| known.id() == type_id).map(|known| known.name())
}
