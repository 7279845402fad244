//! The client workflow of TUF 1.0 §5: from the root that was trusted to the files of today.
//!
//! It is a function of what was trusted before, what the source offers and the time. It stores
//! nothing; what is to be remembered is the [`State`] that it gives back.

mod roles;
mod search;
mod state;
mod workflow;

pub use roles::Loaded;
pub use search::Search;
pub use state::{HeldStatus, State, StatusMemory};
pub use workflow::{Attempt, refresh};

use chrono::{DateTime, Utc};

use crate::limits::TrustLimits;
use crate::metadata::Head;
use crate::source::Source;

/// What to do with metadata that is properly signed, not rolled back, and expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expired {
    /// Refuse it, as TUF 1.0 §5 says.
    #[default]
    Refuse,
    /// CAUTION: use it. Whoever can hold back new packages can then hide a revocation for as long
    /// as they like. The caller must say with every answer that it rests on expired data
    /// (`TRUST-STALE`, formats.md §3), and never let such an answer pass.
    UseAndReport,
}

/// How to refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Bounds on what is read.
    pub limits: TrustLimits,
    /// What to do with expired metadata.
    pub expired: Expired,
}

/// What does not change during one refresh and the searches after it.
#[derive(Clone, Copy)]
pub struct Round<'a> {
    /// Where new files come from.
    pub source: &'a dyn Source,
    /// §5.1 "Record fixed update start time": once for all checks.
    pub now: DateTime<Utc>,
    /// How to refresh.
    pub options: Options,
}

impl Round<'_> {
    /// Whether a role is to be refused for its age.
    fn refuses(&self, head: &Head) -> bool {
        self.options.expired == Expired::Refuse && head.expires <= self.now
    }
}
