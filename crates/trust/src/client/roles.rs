//! Checked metadata, and the delegated roles below it (TUF 1.0 §5.6.7).

use std::collections::HashMap;
use std::sync::Arc;

use super::Round;
use super::search::{Search, search};
use super::state::State;
use super::workflow::{file_name, same_version};
use crate::error::RoleDefect;
use crate::limits::TrustLimits;
use crate::metadata::{Delegation, Envelope, Root, Snapshot, Targets, Timestamp};

/// Top-level metadata that was checked, and the delegated roles that were read so far.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The newest root.
    pub root: Root,
    /// The timestamp.
    pub timestamp: Timestamp,
    /// The snapshot.
    pub snapshot: Snapshot,
    /// The top-level targets.
    pub targets: Arc<Targets>,
    /// Delegated roles by delegator and name. Two delegators may name one role and different keys,
    /// so that one of them may accept a file which the other does not.
    edges: HashMap<(String, String), Result<Arc<Targets>, RoleDefect>>,
}

impl Loaded {
    pub(super) fn new(root: Root, timestamp: Timestamp, snapshot: Snapshot, targets: Arc<Targets>) -> Self {
        Self { root, timestamp, snapshot, targets, edges: HashMap::new() }
    }

    /// A delegated role, if it was read ([`Loaded::read_role`]).
    ///
    /// # Errors
    /// Why it is not accepted; [`RoleDefect::Missing`] if it was never read.
    pub fn role(&self, delegator: &str, name: &str) -> Result<Arc<Targets>, RoleDefect> {
        let edge = self.edges.get(&(delegator.to_owned(), name.to_owned()));
        edge.cloned().unwrap_or(Err(RoleDefect::Missing))
    }

    /// Reads and checks a delegated role, once. What was accepted goes into `state`.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn read_role(
        &mut self,
        delegator: (&str, &Targets),
        delegation: &Delegation,
        state: &mut State,
        round: &Round<'_>,
    ) -> Result<Arc<Targets>, RoleDefect> {
        let edge = (delegator.0.to_owned(), delegation.name.clone());
        if let Some(known) = self.edges.get(&edge) {
            return known.clone();
        }
        let read = self.check_role(delegator.1, delegation, state, round).map(Arc::new);
        self.edges.insert(edge, read.clone());
        read
    }

    fn check_role(
        &self,
        delegator: &Targets,
        delegation: &Delegation,
        state: &mut State,
        round: &Round<'_>,
    ) -> Result<Targets, RoleDefect> {
        let name = &delegation.name;
        let limits = &round.options.limits;
        // A role that the snapshot does not list has no current version; any file may be an old one.
        let promised = self.snapshot.meta.get(&format!("{name}.json")).ok_or(RoleDefect::NotInSnapshot)?;
        let read = |bytes: &[u8]| -> Result<Targets, RoleDefect> {
            // §5.6.2 to §5.6.4, with the delegator in the place of the root.
            promised.check(bytes)?;
            let envelope = Envelope::parse(bytes, limits.json_depth)?;
            envelope.verify(&delegation.keys, &delegator.delegations.keys)?;
            let targets = Targets::read(&envelope)?;
            same_version(promised.version, &targets.head)?;
            // §5.6.5
            if round.refuses(&targets.head) {
                return Err(RoleDefect::Expired(targets.head.expires));
            }
            Ok(targets)
        };
        if let Some(targets) = state.delegated.get(name).and_then(|bytes| read(bytes).ok()) {
            return Ok(targets);
        }
        let file = file_name(&self.root, &quoted(name), promised.version);
        let max = promised.length.unwrap_or(u64::MAX).min(limits.targets_bytes);
        let bytes = round.source.metadata(&file, max)?.ok_or(RoleDefect::Missing)?;
        let targets = read(&bytes)?;
        state.delegated.insert(name.clone(), bytes);
        Ok(targets)
    }

    /// Reads every delegated role that can be reached, up to the limit. Gives the
    /// delegator, the name and the defect of each that is not accepted.
    pub fn read_all_roles(
        &mut self,
        state: &mut State,
        round: &Round<'_>,
    ) -> Vec<(String, String, RoleDefect)> {
        let mut defects = Vec::new();
        let mut visited = 0;
        let mut waiting = vec![("targets".to_owned(), Arc::clone(&self.targets))];
        while let Some((delegator, targets)) = waiting.pop() {
            for delegation in &targets.delegations.roles {
                // A cycle of delegations comes back to an edge that was read.
                let edge = (delegator.clone(), delegation.name.clone());
                if self.edges.contains_key(&edge) {
                    continue;
                }
                visited += 1;
                let read = if visited > round.options.limits.roles {
                    let read = Err(RoleDefect::TooMany(round.options.limits.roles));
                    self.edges.insert(edge, read.clone());
                    read
                } else {
                    self.read_role((&delegator, &targets), delegation, state, round)
                };
                match read {
                    Ok(below) => waiting.push((delegation.name.clone(), below)),
                    Err(defect) => defects.push((delegator.clone(), delegation.name.clone(), defect)),
                }
            }
        }
        defects
    }

    /// Looks for `path` among the roles that were read.
    #[must_use]
    pub fn find(&self, path: &str, limits: &TrustLimits) -> Search {
        search(&self.targets, path, limits.roles, |(delegator, _), delegation| {
            self.role(delegator, &delegation.name)
        })
    }

    /// Looks for `path`, reading delegated roles as the search comes to them.
    pub fn find_reading(&mut self, path: &str, state: &mut State, round: &Round<'_>) -> Search {
        let targets = Arc::clone(&self.targets);
        search(&targets, path, round.options.limits.roles, |delegator, delegation| {
            self.read_role(delegator, delegation, state, round)
        })
    }

    /// The name under `targets/` of the file `path`: its digest stands before its last component
    /// under consistent snapshots. `None` if it has no digest that we know.
    #[must_use]
    pub fn stored_name(&self, path: &str, info: &crate::metadata::TargetInfo) -> Option<String> {
        let digest = info.hashes.name()?;
        if !self.root.consistent_snapshot {
            return Some(path.to_owned());
        }
        Some(match path.rsplit_once('/') {
            Some((folder, file)) => format!("{folder}/{digest}.{file}"),
            None => format!("{digest}.{path}"),
        })
    }
}

/// A role name as one component of a path: all but letters, digits and `-._~` percent-encoded.
pub(super) fn quoted(role: &str) -> String {
    let mut out = String::with_capacity(role.len());
    for byte in role.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
