//! A trust package that was checked, ready to answer.

mod basis;
mod find;
mod open;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use zizhi_model::Uscc;

pub use basis::{Basis, PinnedRoot, Problem, ProvinceState, RoleExpiry};
pub use find::{RawTarget, RulePackName, status_name};

use crate::client::{Loaded, State};
use crate::error::TargetError;
use crate::issuer::IssuerRecord;
use crate::limits::TrustLimits;
use crate::source::Source;

/// A trust package that was checked. Cheap to share: every method takes `&self`, and what was
/// looked up once is kept.
pub struct Trust {
    basis: Basis,
    problems: Vec<Problem>,
    /// In the order of the delegations.
    provinces: Vec<(String, ProvinceState)>,
    issuer_count: usize,
    /// What was checked; `None` if nothing of the package may be used.
    loaded: Option<Loaded>,
    source: Option<Arc<dyn Source>>,
    state: Option<State>,
    limits: TrustLimits,
    issuers: RwLock<HashMap<Uscc, Found>>,
}

/// An answer of the register, kept.
type Found = Result<Option<Arc<IssuerRecord>>, TargetError>;

impl Trust {
    /// What every answer rests on.
    #[must_use]
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// What is wrong with the package, worst first: what concerns all of it, then each province.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How the role of a province (two digits) stands.
    #[must_use]
    pub fn province_state(&self, province: &str) -> ProvinceState {
        let found = self.provinces.iter().find(|(name, _)| name == province);
        found.map_or(ProvinceState::Absent, |(_, state)| state.clone())
    }

    /// The provinces that the package delegates to, in its order, and how each stands.
    #[must_use]
    pub fn provinces(&self) -> &[(String, ProvinceState)] {
        &self.provinces
    }

    /// How many issuers the usable provinces register. None: every credential is `TRUST-MISSING`.
    #[must_use]
    pub fn issuer_count(&self) -> usize {
        self.issuer_count
    }

    /// What to remember, so that nothing older is accepted later; `None` if nothing was accepted.
    #[must_use]
    pub fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust")
            .field("basis", &self.basis)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}
