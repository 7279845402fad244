//! The vocabulary of Zizhitong: what a firm, a region, a scenario, a check and a verdict are.
//!
//! Everything here is parsed once, at the edge, and trusted from then on. The crate refuses to do
//! I/O, to read a clock and to know any cryptography, so that every other crate may use it.
//!
//! Start with [`check`]: the catalogue of check codes is what users, reports and other programs see.

#![forbid(unsafe_code)]

pub mod catalogue;
pub mod check;
pub mod civil;
pub mod ids;
pub mod json;
pub mod limits;
pub mod money;
pub mod org;
pub mod region;
pub mod term;
pub mod text;
pub mod uscc;

pub use check::{Check, CheckCode, Outcome, Question};
pub use json::{Json, JsonError};
pub use limits::Limits;
pub use org::OrgId;
pub use region::{Region, RegionPattern};
pub use term::{Provenance, RecognitionMode, Scenario, Verdict};
pub use text::Text;
pub use uscc::Uscc;
