//! Which role vouches for a file: the preorder depth-first search of TUF 1.0 §5.6.7.

use std::collections::HashSet;
use std::sync::Arc;

use crate::error::RoleDefect;
use crate::metadata::{Delegation, TargetInfo, Targets};

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// A role vouches for the file.
    Found {
        /// The role.
        role: String,
        /// What it vouches for.
        info: TargetInfo,
    },
    /// Every role that may vouch for the file was asked, and none does.
    NotFound,
    /// A role that may vouch for the file cannot be used, so that nobody can tell.
    Blocked {
        /// The role.
        role: String,
        /// What is wrong with it.
        defect: RoleDefect,
    },
}

/// Searches from the top-level targets. `role` gives a delegated role by its delegator.
pub(super) fn search(
    targets: &Arc<Targets>,
    path: &str,
    max_roles: usize,
    mut role: impl FnMut((&str, &Targets), &Delegation) -> Result<Arc<Targets>, RoleDefect>,
) -> Search {
    let mut visited: HashSet<String> = HashSet::new();
    let mut waiting: Vec<(String, Arc<Targets>, Option<Delegation>)> =
        vec![("targets".to_owned(), Arc::clone(targets), None)];
    while let Some((delegator, from, delegation)) = waiting.pop() {
        let (name, current) = match delegation {
            None => (delegator, from),
            // §5.6.7.1: "If this role has been visited before, then skip this role (so that cycles in
            // the delegation graph are avoided)."
            Some(delegation) if visited.contains(&delegation.name) => continue,
            // "Otherwise, if an application-specific maximum number of roles have been visited, then
            // go to step 5.7 (so that attackers cannot cause the client to waste excessive bandwidth
            // or time)." Nobody can tell then what the others say.
            Some(delegation) if visited.len() >= max_roles => {
                return Search::Blocked { role: delegation.name, defect: RoleDefect::TooMany(max_roles) };
            }
            Some(delegation) => match role((&delegator, &from), &delegation) {
                Ok(current) => (delegation.name, current),
                Err(defect) => return Search::Blocked { role: delegation.name, defect },
            },
        };
        visited.insert(name.clone());
        // "Otherwise, if this role contains metadata about the desired target, then go to step 5.7."
        if let Some(info) = current.get(path) {
            return Search::Found { role: name, info: info.clone() };
        }
        // §5.6.7.2: "recursively search the list of delegations in order of appearance."
        let mut below = Vec::new();
        for delegation in current.delegations.roles.iter().filter(|delegation| delegation.covers(path)) {
            below.push((name.clone(), Arc::clone(&current), Some(delegation.clone())));
            // "If the current delegation is a terminating delegation, then jump to step 5.7": roles
            // that stand after it, here or above, are not asked.
            if delegation.terminating {
                waiting.clear();
                break;
            }
        }
        waiting.extend(below.into_iter().rev());
    }
    Search::NotFound
}
