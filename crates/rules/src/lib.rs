//! DCQL, CertLogic, equivalences and checklists: the recognition outcome.
//!
//! A destination writes a rule pack: which credentials answer which item of a checklist ([`dcql`]),
//! what must hold of them ([`certlogic`]), and how a qualification from elsewhere is taken
//! ([`equivalence`]). [`pack`] reads and lints packs, [`checklist`] applies them.
//!
//! Nothing here knows whether a credential is genuine: the caller has checked that and says how each
//! one stands. Nothing here does I/O or knows the time.

#![forbid(unsafe_code)]

pub mod certlogic;
pub mod checklist;
pub mod dcql;
pub mod equivalence;
mod finding;
pub mod pack;
mod pointer;
mod scope;

pub use finding::{Finding, RuleResult, RuleSeverity};
pub use scope::{Data, FACT_NAMES, Late, Scope};
