//! Equivalences that tie, and those that never apply.
//!
//! Rules are compared by trying them: for every type, one region of each kind that the patterns can
//! tell apart, every scenario, and every day on which a rule starts or has ended. What the verifier
//! would choose there is what it chooses anywhere.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use zizhi_model::{Region, RegionPattern, Scenario};

use super::super::report::Problem;
use super::super::{Equivalence, RulePack};
use super::{Linter, Place};
use crate::certlogic::shorten;
use crate::equivalence::{Selected, select};

/// Comparisons of a rule with a case that are made for one pack. The demonstration packs need 40 000.
const MAX_COMPARISONS: usize = 5_000_000;

/// Different patterns in the rules of one type.
const MAX_PATTERNS: usize = 500;

/// What became of the rules of one type.
#[derive(Default)]
struct Seen {
    /// Rules that were chosen, or would be but for a tie.
    chosen: BTreeSet<usize>,
    /// For each rule that ties with an earlier one, that one and a case.
    ties: HashMap<usize, (usize, String)>,
}

impl Linter<'_> {
    pub(super) fn conflicts(&mut self, pack: &RulePack) {
        if reversed(Some(pack.valid_from), pack.valid_until) {
            return;
        }
        let mut by_type: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, rule) in pack.equivalences.iter().enumerate() {
            by_type.entry(&rule.credential_type).or_default().push(index);
        }
        let mut budget = MAX_COMPARISONS;
        let known = known_regions();
        let mut types: Vec<_> = by_type.into_iter().collect();
        types.sort_unstable();
        let rules = Place(vec!["equivalences".to_owned()]);
        for (_, indices) in types {
            let Some(seen) = compare(pack, &indices, &known, &mut budget) else {
                self.note(&rules, &Problem::TooManyRules);
                return;
            };
            for index in indices {
                let place = rules.nth(index).to("rule_id");
                if let Some((other, case)) = seen.ties.get(&index) {
                    let with = pack.equivalences.get(*other).map(|rule| shorten(&rule.rule_id, 60));
                    let with = with.unwrap_or_default();
                    self.note(&place, &Problem::Conflict { with, case: case.clone() });
                }
                let rule = pack.equivalences.get(index);
                let reversed = rule.is_some_and(|rule| reversed(rule.valid_from, rule.valid_until));
                if !reversed && !seen.chosen.contains(&index) {
                    self.note(&place, &unreachable(pack, index));
                }
            }
        }
    }
}

/// Dates in the wrong order are told once; nothing follows from them.
fn reversed(from: Option<NaiveDate>, until: Option<NaiveDate>) -> bool {
    matches!((from, until), (Some(from), Some(until)) if until < from)
}

fn unreachable(pack: &RulePack, index: usize) -> Problem {
    let inside = pack.equivalences.get(index).is_some_and(|rule| {
        let destinations = witnesses(&[&rule.to_regions, &pack.to_regions], &known_regions());
        let meets = |region: &Region| {
            pack.covers(region) && rule.to_regions.iter().any(|pattern| pattern.matches(region))
        };
        destinations.unwrap_or_default().iter().any(meets)
    });
    if inside { Problem::Unreachable } else { Problem::OutsideRegions }
}

/// Tries every case. `None` if there are too many.
fn compare(pack: &RulePack, indices: &[usize], known: &[Region], budget: &mut usize) -> Option<Seen> {
    let rules: Vec<&Equivalence> = indices.iter().filter_map(|index| pack.equivalences.get(*index)).collect();
    let Some(credential_type) = rules.first().map(|rule| rule.credential_type.clone()) else {
        return Some(Seen::default());
    };
    let to: Vec<&[RegionPattern]> =
        rules.iter().map(|rule| rule.to_regions.as_slice()).chain([pack.to_regions.as_slice()]).collect();
    let from: Vec<&[RegionPattern]> = rules.iter().map(|rule| rule.from_regions.as_slice()).collect();
    let mut destinations = witnesses(&to, known)?;
    destinations.retain(|region| pack.covers(region));
    let origins = witnesses(&from, known)?;
    let days = days(pack, &rules);

    let cases = destinations.len() * origins.len() * days.len() * Scenario::ALL.len();
    *budget = budget.checked_sub(cases.saturating_mul(pack.equivalences.len()))?;

    let position: HashMap<*const Equivalence, usize> = indices
        .iter()
        .filter_map(|index| Some((std::ptr::from_ref(pack.equivalences.get(*index)?), *index)))
        .collect();
    let mut seen = Seen::default();
    for destination in &destinations {
        for origin in &origins {
            for scenario in Scenario::ALL {
                for day in &days {
                    let tied = match select(pack, &credential_type, origin, destination, *scenario, *day) {
                        Selected::NoRule => continue,
                        Selected::Rule(rule) => vec![rule],
                        Selected::Conflict(rules) => rules,
                    };
                    let tied: Vec<usize> = tied
                        .into_iter()
                        .filter_map(|rule| position.get(&std::ptr::from_ref(rule)).copied())
                        .collect();
                    seen.chosen.extend(&tied);
                    let Some((first, later)) = tied.split_first() else { continue };
                    for index in later {
                        seen.ties.entry(*index).or_insert_with(|| {
                            (*first, format!("{origin} → {destination}, {scenario}, {day}"))
                        });
                    }
                }
            }
        }
    }
    Some(seen)
}

/// Every city and county in use, and one region outside them.
fn known_regions() -> Vec<Region> {
    let mut regions: Vec<Region> = Region::cities().collect();
    regions.extend(Region::cities().flat_map(Region::counties));
    regions.extend(Region::parse("990000").ok());
    regions
}

/// One region of each kind that these patterns tell apart. `None` if there are too many patterns.
fn witnesses(patterns: &[&[RegionPattern]], known: &[Region]) -> Option<Vec<Region>> {
    let all: BTreeSet<RegionPattern> = patterns.iter().flat_map(|some| some.iter().copied()).collect();
    if all.len() > MAX_PATTERNS {
        return None;
    }
    let mut regions = known.to_vec();
    for pattern in &all {
        if let RegionPattern::Prefix(prefix) = pattern {
            // The first and the last code below a prefix; one of them is in no longer prefix listed here,
            // unless the pack lists every one.
            for fill in ["0", "9"] {
                let digits = prefix.as_str();
                regions.extend(Region::parse(&format!("{digits}{}", fill.repeat(6 - digits.len()))).ok());
            }
        }
    }
    let mut kinds: HashMap<Vec<bool>, Region> = HashMap::new();
    for region in regions {
        kinds.entry(all.iter().map(|pattern| pattern.matches(&region)).collect()).or_insert(region);
    }
    let mut regions: Vec<Region> = kinds.into_values().collect();
    regions.sort_unstable();
    Some(regions)
}

/// Days within the pack's validity on which the rules in force change.
fn days(pack: &RulePack, rules: &[&Equivalence]) -> Vec<NaiveDate> {
    let starts = rules.iter().filter_map(|rule| rule.valid_from);
    let after = rules.iter().filter_map(|rule| rule.valid_until?.succ_opt());
    let days: BTreeSet<NaiveDate> =
        starts.chain(after).chain([pack.valid_from]).filter(|day| pack.in_force(*day)).collect();
    days.into_iter().collect()
}
