//! The trust package: who may issue what, with which keys, and how old that knowledge is.
//!
//! A trust package is a TUF repository (The Update Framework 1.0) in which four provinces sign
//! together for the roles and each on its own for its issuers and rule packs (formats.md §3). This
//! crate is both sides of it: [`client`] checks a repository in the order of the specification,
//! [`Trust`] answers questions out of one that was checked, and [`authoring`] writes one.
//!
//! It refuses to read a clock, to open a socket, and to answer from anything that a threshold of
//! the right keys did not sign. What has expired still answers, and says so ([`Problem`]).
//!
//! Start with [`Trust::open`].

#![forbid(unsafe_code)]

pub mod authoring;
pub mod canonical;
pub mod client;
mod error;
mod issuer;
mod limits;
pub mod metadata;
mod source;
mod trust;

pub use error::{RecordError, RoleDefect, SourceError, TargetError, TrustError};
pub use issuer::{
    FormerName, IssuerKey, IssuerRecord, IssuerRole, KeyJudgement, KeyUse, Material, MayIssue, thumbprint,
};
pub use limits::TrustLimits;
pub use source::{Folder, Package, Source};
pub use trust::{
    Basis, PinnedRoot, Problem, ProvinceState, RawTarget, RoleExpiry, RulePackName, Trust, status_name,
};
