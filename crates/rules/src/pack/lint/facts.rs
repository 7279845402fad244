//! Whether a path in a rule can lead anywhere.

use super::super::report::Problem;
use crate::certlogic::Access;
use crate::scope::FACT_NAMES;

/// When a rule is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// About one credential.
    Credential,
    /// About an item, before anything answers it.
    Item,
}

/// Facts that are texts.
const TEXTS: [&str; 4] = ["now", "scenario", "origin", "destination"];

/// What is wrong with the path of `access`, if anything.
pub(super) fn problem(access: &Access<'_>, stage: Stage) -> Option<Problem> {
    let mut path = access.path;
    if access.in_lambda {
        // A lambda sees `current`, `accumulator`, and the facts below `data`, once for each `reduce`
        // around it.
        match path.split_once('.') {
            Some(("data", rest)) => path = rest,
            Some(("current" | "accumulator", _)) => return None,
            _ if ["", "data", "current", "accumulator"].contains(&path) => return None,
            _ => return Some(Problem::UnknownFact { path: path.to_owned() }),
        }
        let nested = ["data", "current", "accumulator"];
        if nested.contains(&path.split('.').next().unwrap_or_default()) {
            return None;
        }
    }
    let (fact, deeper) = path.split_once('.').map_or((path, false), |(fact, _)| (fact, true));
    if fact.is_empty() {
        return None;
    }
    if !FACT_NAMES.contains(&fact) {
        return Some(Problem::UnknownFact { path: path.to_owned() });
    }
    if stage == Stage::Item && ["credential", "issuer"].contains(&fact) {
        return Some(Problem::NoCredentialYet { fact: fact.to_owned() });
    }
    let text = TEXTS.into_iter().find(|text| *text == fact && deeper)?;
    Some(Problem::NoMembers { fact: text })
}
