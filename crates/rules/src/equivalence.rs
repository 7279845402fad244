//! Which rule decides how a qualification from elsewhere is taken (formats.md §4).

use chrono::NaiveDate;
use zizhi_model::{Region, RegionPattern, Scenario};

use crate::certlogic::judge;
use crate::finding::RuleResult;
use crate::pack::{Equivalence, RulePack};
use crate::scope::Data;

/// The rule that applies.
#[derive(Debug, Clone, PartialEq)]
pub enum Selected<'p> {
    /// One rule is the most specific.
    Rule(&'p Equivalence),
    /// Several are equally specific: `RULE-CONFLICT`, which counts as `reference`.
    Conflict(Vec<&'p Equivalence>),
    /// No rule speaks of this; it counts as `reference`, never `direct`.
    NoRule,
}

/// How specific a rule is for one case; compared member by member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Specificity {
    to: u8,
    from: u8,
    scenario: bool,
}

/// Finds the rule for a credential of `credential_type` that a firm from `origin` shows at
/// `destination`.
///
/// The most specific rule wins: the longest match in `to_regions`, then the longest in `from_regions`,
/// then a listed scenario over none. Whether the pack itself is in force and covers the destination is
/// for [`RulePack::in_force`] and [`RulePack::covers`].
#[must_use]
pub fn select<'p>(
    pack: &'p RulePack,
    credential_type: &str,
    origin: &Region,
    destination: &Region,
    scenario: Scenario,
    on: NaiveDate,
) -> Selected<'p> {
    let mut best: Option<Specificity> = None;
    let mut rules: Vec<&Equivalence> = Vec::new();
    for rule in &pack.equivalences {
        if rule.credential_type != credential_type || !rule.in_force(on) {
            continue;
        }
        let Some(found) = specificity(rule, origin, destination, scenario) else { continue };
        if best.is_none_or(|best| found > best) {
            best = Some(found);
            rules.clear();
        }
        if best == Some(found) {
            rules.push(rule);
        }
    }
    match rules.as_slice() {
        [] => Selected::NoRule,
        [rule] => Selected::Rule(rule),
        _ => Selected::Conflict(rules),
    }
}

fn specificity(
    rule: &Equivalence,
    origin: &Region,
    destination: &Region,
    scenario: Scenario,
) -> Option<Specificity> {
    if !rule.scenarios.is_empty() && !rule.scenarios.contains(&scenario) {
        return None;
    }
    let to = longest(&rule.to_regions, destination)?;
    let from = longest(&rule.from_regions, origin)?;
    Some(Specificity { to, from, scenario: !rule.scenarios.is_empty() })
}

fn longest(patterns: &[RegionPattern], region: &Region) -> Option<u8> {
    patterns.iter().filter(|pattern| pattern.matches(region)).map(RegionPattern::specificity).max()
}

/// Judges the conditions of a rule.
#[must_use]
pub fn conditions<'a>(rule: &'a Equivalence, facts: impl Into<Data<'a>>) -> Vec<RuleResult> {
    let facts = facts.into();
    let each = rule.conditions.iter().enumerate();
    each.map(|(index, condition)| {
        let id = format!("{}#{}", rule.rule_id, index + 1);
        let evaluation = judge(&condition.logic, facts);
        RuleResult::new(id, index, condition.severity, condition.message.as_ref(), evaluation)
    })
    .collect()
}
