//! Opening a package: from its files to a [`Trust`] that can answer.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use chrono::{DateTime, Utc};
use zizhi_crypto::digest;
use zizhi_model::CheckCode;
use zizhi_model::check::{Fact, Facts};

use super::basis::is_province;
use super::{Basis, Problem, ProvinceState, RoleExpiry, Trust};
use crate::client::{Attempt, Expired, Loaded, Options, Round, State, refresh};
use crate::error::{RoleDefect, TrustError};
use crate::limits::TrustLimits;
use crate::metadata::Head;
use crate::source::Source;

impl Trust {
    /// Opens the package in `source` at `now`, all or nothing.
    ///
    /// It starts from the newest root of `state` if there is a state, else from `pin`, else from the
    /// lowest-numbered root of the package itself, which proves nothing until a person compares its
    /// fingerprint ([`Basis::pinned`]). Expired metadata is used and reported. Issuer records, rule
    /// packs and types are not read.
    ///
    /// # Errors
    /// [`TrustError`]; [`Trust::unusable`] turns it into a `Trust` that knows nothing and says why.
    /// What was trusted before is untouched then: the caller keeps its old state.
    pub fn open(
        source: Arc<dyn Source>,
        pin: Option<&[u8]>,
        state: Option<State>,
        now: DateTime<Utc>,
    ) -> Result<Self, TrustError> {
        Self::open_within(source, pin, state, now, &TrustLimits::default())
    }

    /// As [`Trust::open`], with other bounds.
    ///
    /// # Errors
    /// As [`Trust::open`].
    pub fn open_within(
        source: Arc<dyn Source>,
        pin: Option<&[u8]>,
        state: Option<State>,
        now: DateTime<Utc>,
        limits: &TrustLimits,
    ) -> Result<Self, TrustError> {
        let start = start(source.as_ref(), pin, state, limits)?;
        let options = Options { limits: *limits, expired: Expired::UseAndReport };
        let round = Round { source: source.as_ref(), now, options };
        let Attempt { mut state, outcome } = refresh(start, &round);
        let mut loaded = outcome?;
        let defects = loaded.read_all_roles(&mut state, &round);

        let mut trust = Self {
            basis: basis(&loaded, &state, now),
            problems: Vec::new(),
            provinces: provinces(&loaded, now),
            issuer_count: 0,
            loaded: Some(loaded),
            source: Some(source),
            state: Some(state),
            limits: *limits,
            issuers: RwLock::new(HashMap::new()),
        };
        trust.issuer_count = trust.count_issuers();
        trust.problems = problems(&trust, &defects, now);
        Ok(trust)
    }

    /// A `Trust` that knows nothing and reports why.
    #[must_use]
    pub fn unusable(error: &TrustError) -> Self {
        let mut facts = vec![("role", Fact::from(error.role().to_owned()))];
        match error {
            TrustError::Rollback { trusted, offered, .. } => {
                facts.push(("trusted", number(*trusted)));
                facts.push(("offered", number(*offered)));
            }
            other => facts.push(("reason", Fact::from(other.to_string()))),
        }
        let problem = Problem { code: error.code(), role: error.role().to_owned(), province: None, facts };
        Self {
            basis: Basis::default(),
            problems: vec![problem],
            provinces: Vec::new(),
            issuer_count: 0,
            loaded: None,
            source: None,
            state: None,
            limits: TrustLimits::default(),
            issuers: RwLock::new(HashMap::new()),
        }
    }

    /// A `Trust` for when there is no package at all: `TRUST-MISSING`.
    #[must_use]
    pub fn missing() -> Self {
        Self::unusable(&TrustError::Missing)
    }

    fn count_issuers(&self) -> usize {
        let mut count = 0;
        for (province, _) in &self.provinces {
            self.each_in_province(province, &format!("issuers/{province}/"), |_, _| count += 1);
        }
        count
    }
}

/// Where the chain of roots starts.
fn start(
    source: &dyn Source,
    pin: Option<&[u8]>,
    state: Option<State>,
    limits: &TrustLimits,
) -> Result<State, TrustError> {
    let pinned = pin.map(|root| State::pinned(root, limits)).transpose()?;
    match (state, pinned) {
        // The newest trusted root counts. A root that was shipped with the program is as trusted as
        // the program, and older than what was learnt since, unless the program is newer.
        (Some(mut state), Some(pinned)) => {
            let known = State::pinned(&state.root, limits).map_err(|_| TrustError::State)?;
            if pinned.pinned.version > known.pinned.version {
                state.pinned = pinned.pinned;
                state.root = pinned.root;
            }
            Ok(state)
        }
        (Some(state), None) => Ok(state),
        (None, Some(pinned)) => Ok(pinned),
        (None, None) => {
            let invalid = |defect: RoleDefect| TrustError::Invalid { role: "root", defect };
            let lowest = source.lowest_root().map_err(|error| invalid(error.into()))?;
            let lowest = lowest.ok_or(TrustError::Missing)?;
            let root = source.metadata(&format!("{lowest}.root.json"), limits.root_bytes);
            let root = root.map_err(|error| invalid(error.into()))?.ok_or(TrustError::Missing)?;
            let state = State::pinned(&root, limits)?;
            if state.pinned.version == lowest {
                Ok(state)
            } else {
                Err(invalid(RoleDefect::Version { expected: lowest, found: state.pinned.version }))
            }
        }
    }
}

fn basis(loaded: &Loaded, state: &State, now: DateTime<Utc>) -> Basis {
    let issued = loaded.timestamp.issued;
    let expiry = |role: &str, head: &Head| RoleExpiry {
        role: role.to_owned(),
        version: head.version,
        expires: head.expires,
        expired: head.expires <= now,
    };
    let mut expires = vec![
        expiry("root", &loaded.root.head),
        expiry("timestamp", &loaded.timestamp.head),
        expiry("snapshot", &loaded.snapshot.head),
        expiry("targets", &loaded.targets.head),
    ];
    let stale = expires.iter().any(|role| role.expired);
    for delegation in &loaded.targets.delegations.roles {
        if let Ok(role) = loaded.role("targets", &delegation.name) {
            expires.push(expiry(&delegation.name, &role.head));
        }
    }
    Basis {
        root_version: loaded.root.head.version,
        root_sha256: digest::sha256(&state.root),
        pinned: Some(state.pinned.clone()),
        targets_version: loaded.targets.head.version,
        snapshot_version: loaded.snapshot.head.version,
        timestamp_version: loaded.timestamp.head.version,
        timestamp: issued,
        age_seconds: issued.map(|issued| (now - issued).num_seconds().max(0)),
        expires,
        stale,
    }
}

/// The delegated roles that are provinces: named by two digits.
fn provinces(loaded: &Loaded, now: DateTime<Utc>) -> Vec<(String, ProvinceState)> {
    let names = loaded.targets.delegations.roles.iter().map(|delegation| &delegation.name);
    names
        .filter(|name| is_province(name))
        .map(|name| {
            let state = match loaded.role("targets", name) {
                Ok(role) if role.head.expires <= now => ProvinceState::Stale { expired: role.head.expires },
                Ok(_) => ProvinceState::Ok,
                Err(defect) => ProvinceState::Disabled { reason: defect.to_string() },
            };
            (name.clone(), state)
        })
        .collect()
}

fn problems(trust: &Trust, defects: &[(String, String, RoleDefect)], now: DateTime<Utc>) -> Vec<Problem> {
    let mut problems = Vec::new();
    // "zero issuers loaded: every credential is pending TRUST-MISSING, never passed."
    if trust.issuer_count == 0 {
        let facts = vec![("role", Fact::from("targets")), ("reason", Fact::from("no issuer is registered"))];
        problems.push(problem(CheckCode::TrustMissing, "targets", facts));
    }
    for role in trust.basis.stale_roles() {
        let facts = vec![
            ("role", Fact::from(role.role.clone())),
            ("expired", Fact::from(role.expires.format("%Y-%m-%dT%H:%M:%SZ").to_string())),
            ("days", Fact::from((now - role.expires).num_days())),
        ];
        problems.push(problem(CheckCode::TrustStale, &role.role, facts));
    }
    for (_, role, defect) in defects {
        let facts = vec![("role", Fact::from(role.clone())), ("reason", Fact::from(defect.to_string()))];
        problems.push(problem(CheckCode::TrustRole, role, facts));
    }
    problems
}

fn problem(code: CheckCode, role: &str, facts: Facts) -> Problem {
    let province = is_province(role).then(|| role.to_owned());
    Problem { code, role: role.to_owned(), province, facts }
}

fn number(value: u64) -> Fact {
    Fact::from(i64::try_from(value).unwrap_or(i64::MAX))
}
