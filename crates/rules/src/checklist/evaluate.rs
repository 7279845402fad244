//! Applying a checklist.

use zizhi_model::check::Facts;
use zizhi_model::{CheckCode, Outcome};

use super::answer::{self, Found, Way};
use super::{Input, ItemResult, ItemState, Requirement, Standing};
use crate::certlogic::{Truth, judge};
use crate::finding::{Finding, RuleResult, RuleSeverity};
use crate::pack::{Checklist, Item, Required};

/// Applies a checklist: one result for each item, in its order.
#[must_use]
pub fn evaluate(checklist: &Checklist, input: &Input<'_>) -> Vec<ItemResult> {
    checklist.items.iter().map(|item| evaluate_item(item, input)).collect()
}

fn evaluate_item(item: &Item, input: &Input<'_>) -> ItemResult {
    let (requirement, undecided) = requirement(item, input);
    let found = answer::find(item, input);
    // Of several ways the best one counts; of equally good ones the first, which is by credentials.
    let mut best: Option<&Way> = None;
    for way in &found.ways {
        if best.is_none_or(|best| way.outcome() < best.outcome()) {
            best = Some(way);
        }
    }
    match best {
        Some(way) => answered(item, input, requirement, way),
        None => missing(item, input, requirement, undecided, &found),
    }
}

/// Whether the item has to be answered, and the finding about that if it is open.
fn requirement(item: &Item, input: &Input<'_>) -> (Requirement, Option<Finding>) {
    let when = match &item.required {
        Required::Yes => return (Requirement::Required, None),
        Required::No => return (Requirement::Optional, None),
        Required::When(when) => when,
    };
    let scope = input.facts.about(None, None);
    let evaluation = judge(when, &scope);
    match &evaluation.result {
        Truth::True => (Requirement::Required, None),
        Truth::False => (Requirement::Optional, None),
        Truth::Open { .. } => {
            let id = format!("{}#when", item.item_id);
            let result = RuleResult::new(id, 0, RuleSeverity::Error, None, evaluation);
            (Requirement::Open, result.finding())
        }
    }
}

fn answered(item: &Item, input: &Input<'_>, requirement: Requirement, way: &Way) -> ItemResult {
    let insufficient = way.rests_on == Standing::Fails
        || way.findings.iter().any(|it| it.outcome == Outcome::Fail || it.code == CheckCode::ProvLow);
    let open =
        way.rests_on == Standing::Pending || way.findings.iter().any(|it| it.code == CheckCode::RuleOpen);
    let state = match (insufficient, open) {
        (true, _) => ItemState::Insufficient,
        (false, true) => ItemState::Open,
        (false, false) => ItemState::Met,
    };
    ItemResult {
        item_id: item.item_id.clone(),
        requirement,
        state,
        by: paths(input, &way.credentials, &way.attachments),
        credentials: way.credentials.clone(),
        rests_on: way.rests_on,
        findings: way.findings.clone(),
    }
}

fn missing(
    item: &Item,
    input: &Input<'_>,
    requirement: Requirement,
    undecided: Option<Finding>,
    found: &Found,
) -> ItemResult {
    // formats.md §6: fail on a required item, else warning. Whether an item is required can be open.
    let outcome = if requirement == Requirement::Required { Outcome::Fail } else { Outcome::Warning };
    let mut facts: Facts = vec![("item", item.item_id.clone().into())];
    if !found.wanted.is_empty() {
        facts.push(("wanted", found.wanted.clone().into()));
    }
    let mut findings: Vec<Finding> = undecided.into_iter().collect();
    if requirement == Requirement::Open {
        facts.push(("required", "open".into()));
    }
    findings.push(Finding { code: CheckCode::ChkMissing, outcome, message: None, facts });
    let (credentials, attachments) = &found.partial;
    let nothing = credentials.is_empty() && attachments.is_empty();
    let state = match (requirement, nothing) {
        (_, false) => ItemState::Insufficient,
        // Whether it is missing at all depends on what nobody knows yet.
        (Requirement::Open, true) => ItemState::Open,
        (_, true) => ItemState::Missing,
    };
    ItemResult {
        item_id: item.item_id.clone(),
        requirement,
        state,
        by: paths(input, credentials, attachments),
        credentials: credentials.clone(),
        rests_on: Standing::Holds,
        findings,
    }
}

fn paths(input: &Input<'_>, credentials: &[usize], attachments: &[usize]) -> Vec<String> {
    let credentials = credentials.iter().filter_map(|index| input.credentials.get(*index)).map(|it| it.path);
    let attachments = attachments.iter().filter_map(|index| input.attachments.get(*index)).map(|it| it.path);
    credentials.chain(attachments).map(str::to_owned).collect()
}
