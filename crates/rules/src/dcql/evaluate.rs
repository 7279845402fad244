//! Answering a query from the credentials at hand (OpenID4VP 1.0 §6.4).

use super::{Candidate, ClaimQuery, CredentialQuery, Query, SD_JWT_VC, path};
use crate::scope::Data;

/// One credential that matches a credential query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index of the candidate.
    pub candidate: usize,
    /// Which of `claim_sets` it satisfies first; nothing where the query has none.
    pub claim_set: Option<usize>,
    /// The claims it is selected for, as indices into [`CredentialQuery::claims`].
    pub claims: Vec<usize>,
}

/// How one of the `credential_sets` came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetResult {
    /// Whether the query needs it.
    pub required: bool,
    /// The first of its options that is satisfied.
    pub option: Option<usize>,
}

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryResult {
    /// Whether everything that is needed is there.
    pub satisfied: bool,
    /// For each of [`Query::credentials`], every candidate that matches it.
    pub matches: Vec<Vec<Match>>,
    /// For each of [`Query::credential_sets`], how it came out.
    pub sets: Vec<SetResult>,
    /// The credential queries that are needed and that nothing matches, as indices. Where a set has
    /// several options, those of its first.
    pub unmet: Vec<usize>,
}

impl Query {
    /// Answers the query.
    #[must_use]
    pub fn evaluate(&self, candidates: &[Candidate<'_>]) -> QueryResult {
        let matches = self
            .credentials
            .iter()
            .map(|query| {
                let each = candidates.iter().enumerate();
                each.filter_map(|(index, candidate)| query.matched(index, candidate)).collect()
            })
            .collect();
        self.settle(matches)
    }

    /// Decides the whole query from what matches each of its credential queries.
    pub(crate) fn settle(&self, matches: Vec<Vec<Match>>) -> QueryResult {
        let met = |index: usize| matches.get(index).is_some_and(|found: &Vec<Match>| !found.is_empty());
        let mut unmet = Vec::new();
        let mut sets = Vec::with_capacity(self.credential_sets.len());
        if self.credential_sets.is_empty() {
            // "If credential_sets is not provided, … all Credentials in credentials".
            unmet.extend((0..self.credentials.len()).filter(|index| !met(*index)));
        }
        for set in &self.credential_sets {
            let option = set.options.iter().position(|option| option.iter().all(|index| met(*index)));
            if option.is_none() && set.required {
                let first = set.options.first().into_iter().flatten().copied();
                for index in first.filter(|index| !met(*index)) {
                    if !unmet.contains(&index) {
                        unmet.push(index);
                    }
                }
            }
            sets.push(SetResult { required: set.required, option });
        }
        let satisfied = if self.credential_sets.is_empty() {
            unmet.is_empty()
        } else {
            sets.iter().all(|set| !set.required || set.option.is_some())
        };
        QueryResult { satisfied, matches, sets, unmet }
    }

    /// The credential queries that an answer rests on, in order: all of them, or those of the first
    /// satisfied option of each set.
    #[must_use]
    pub fn answered(&self, result: &QueryResult) -> Vec<usize> {
        if self.credential_sets.is_empty() {
            return (0..self.credentials.len()).collect();
        }
        let mut indices: Vec<usize> = Vec::new();
        for (set, came_out) in self.credential_sets.iter().zip(&result.sets) {
            let option = came_out.option.and_then(|index| set.options.get(index));
            for index in option.into_iter().flatten() {
                if !indices.contains(index) {
                    indices.push(*index);
                }
            }
        }
        indices.sort_unstable();
        indices
    }
}

impl CredentialQuery {
    /// Whether a credential whose `vct` begins so is of a type that is asked for.
    pub(crate) fn wants(&self, beginning: &str) -> bool {
        self.format == SD_JWT_VC
            && self
                .vct_values
                .as_ref()
                .is_none_or(|values| values.iter().any(|value| value.starts_with(beginning)))
    }

    /// The claims for want of which a credential of a type that is asked for does not match, each with whether it is
    /// there and its value is not accepted; of several combinations those of the first. Nothing for one of another type.
    #[must_use]
    pub fn lacking(&self, candidate: &Candidate<'_>) -> Option<Vec<(&ClaimQuery, bool)>> {
        if !self.vct_values.iter().flatten().any(|value| value == candidate.vct) {
            return None;
        }
        let wanted: Vec<&ClaimQuery> = match self.claim_sets.first() {
            Some(first) => first.iter().filter_map(|index| self.claims.get(*index)).collect(),
            None => self.claims.iter().collect(),
        };
        let lacking = wanted.into_iter().filter(|claim| !claim.found(candidate.claims));
        Some(lacking.map(|claim| (claim, path::any(candidate.claims, &claim.path, |_| true))).collect())
    }

    /// Whether `candidate` matches, and for which claims.
    #[must_use]
    pub fn matched(&self, index: usize, candidate: &Candidate<'_>) -> Option<Match> {
        // §6.1 `format`, and `meta` of Appendix B.3.5; other formats match nothing here.
        if self.format != SD_JWT_VC || candidate.format != SD_JWT_VC {
            return None;
        }
        if self.vct_values.as_ref().is_some_and(|values| values.iter().all(|value| value != candidate.vct)) {
            return None;
        }
        // §6.1 `require_cryptographic_holder_binding`.
        if self.require_holder_binding && !candidate.holder_bound {
            return None;
        }
        // §6.1.1: one value of one of the types is enough.
        let trusted = self.trusted_authorities.is_empty()
            || self.trusted_authorities.iter().any(|accepted| {
                let of_kind = candidate.authorities.iter().filter(|known| known.kind == accepted.kind);
                of_kind.into_iter().any(|known| accepted.values.iter().any(|value| value == known.value))
            });
        if !trusted {
            return None;
        }
        let has = |claim: &usize| self.claims.get(*claim).is_some_and(|claim| claim.found(candidate.claims));
        if self.claim_sets.is_empty() {
            // §6.4.1: no claims, or all of them.
            let claims: Vec<usize> = (0..self.claims.len()).collect();
            return claims.iter().all(has).then_some(Match { candidate: index, claim_set: None, claims });
        }
        // §6.4.1: the first combination that can be satisfied.
        let (set, claims) = self.claim_sets.iter().enumerate().find(|(_, claims)| claims.iter().all(has))?;
        Some(Match { candidate: index, claim_set: Some(set), claims: claims.clone() })
    }
}

impl ClaimQuery {
    /// Whether the claim is there with an accepted value. Of several claims that the path selects, one
    /// with an accepted value is enough.
    fn found(&self, claims: Data<'_>) -> bool {
        let accepted = |claim: Data<'_>| self.values.is_empty() || self.values.contains(&claim.to_value());
        path::any(claims, &self.path, accepted)
    }
}
