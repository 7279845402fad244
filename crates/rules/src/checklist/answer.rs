//! What answers one item, and how well.

use std::collections::HashSet;

use zizhi_model::{CheckCode, Outcome};

use super::{Answer, Attachment, Input, Standing};
use crate::certlogic::{Truth, judge};
use crate::dcql::{Candidate, Match, Query, QueryResult};
use crate::finding::{Finding, RuleResult};
use crate::pack::{Item, ItemRule};
use crate::scope::Scope;

/// One way to answer an item.
#[derive(Debug)]
pub(super) struct Way {
    /// Indices of credentials.
    pub(super) credentials: Vec<usize>,
    /// Indices of attachments.
    pub(super) attachments: Vec<usize>,
    /// The worst standing that it rests on.
    pub(super) rests_on: Standing,
    /// What is to be said about it.
    pub(super) findings: Vec<Finding>,
}

impl Way {
    /// How bad it is altogether.
    pub(super) fn outcome(&self) -> Outcome {
        let findings = self.findings.iter().map(|finding| finding.outcome).max();
        findings.unwrap_or(Outcome::Pass).max(weight(self.rests_on))
    }
}

/// What was found for an item.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The ways that answer it.
    pub(super) ways: Vec<Way>,
    /// What is there although it does not answer the item by itself.
    pub(super) partial: (Vec<usize>, Vec<usize>),
    /// What is still wanted: credential types and kinds of attachment.
    pub(super) wanted: Vec<String>,
}

fn weight(standing: Standing) -> Outcome {
    match standing {
        Standing::Holds => Outcome::Pass,
        Standing::Pending => Outcome::Pending,
        Standing::Fails => Outcome::Fail,
    }
}

/// Everything that answers `item`.
pub(super) fn find(item: &Item, input: &Input<'_>) -> Found {
    let evidence = &item.evidence;
    let offered = |answers: &[String]| answers.is_empty() || answers.contains(&item.item_id);
    let kinds = &evidence.attachment_kinds;
    let attached = intact_first(input, |attachment| {
        offered(attachment.answers) && kinds.iter().any(|kind| kind == attachment.kind)
    });
    let Some(query) = &evidence.query else {
        return if kinds.is_empty() { named(item, input) } else { by_attachments(item, input, attached) };
    };

    let credentials = positions(input.credentials, |answer: &Answer<'_>| offered(answer.answers));
    let result = evaluate(query, input, &credentials);
    let lacking = lacking_kinds(kinds, &attached, input);
    let mut found = Found::default();
    if !result.satisfied {
        found.wanted.extend(result.unmet.iter().flat_map(|index| wanted_types(query, *index)));
        found.partial.0 = result.matches.iter().flatten().map(|found| found.candidate).collect();
        found.partial.0.sort_unstable();
        found.partial.0.dedup();
    }
    if evidence.any {
        if result.satisfied {
            found.ways.push(by_credentials(item, input, query, &result, Vec::new()));
        }
        if !attached.is_empty() {
            found.ways.push(without_credential(item, input, enough(input, attached)));
        }
        found.wanted.extend(lacking.into_iter().map(str::to_owned));
    } else if result.satisfied && lacking.is_empty() {
        found.ways.push(by_credentials(item, input, query, &result, attached));
    } else {
        if result.satisfied {
            found.partial.0 = chosen(query, &result, input).into_iter().flatten().collect();
        }
        found.partial.1 = attached;
        found.wanted.extend(lacking.into_iter().map(str::to_owned));
    }
    found
}

/// Evaluates the query over the credentials offered, with their indices in the input.
fn evaluate(query: &Query, input: &Input<'_>, offered: &[usize]) -> QueryResult {
    let at = |index: &usize| Some((*index, input.credentials.get(*index)?));
    let (unusable, usable): (Vec<_>, Vec<_>) =
        offered.iter().filter_map(at).partition(|(_, answer)| answer.unusable.is_some());
    let candidates: Vec<Candidate<'_>> = usable.iter().map(|(_, answer)| answer.candidate).collect();
    let mut result = query.evaluate(&candidates);
    for found in result.matches.iter_mut().flatten() {
        found.candidate = usable.get(found.candidate).map_or(found.candidate, |(index, _)| *index);
    }
    if result.satisfied || unusable.is_empty() {
        return result;
    }
    // What cannot be used stands in by its type where nothing else answers.
    let mut matches = result.matches.clone();
    for (asked, found) in query.credentials.iter().zip(&mut matches).filter(|(_, found)| found.is_empty()) {
        let of_type = unusable.iter().filter(|(_, answer)| answer.unusable.is_some_and(|it| asked.wants(it)));
        found.extend(of_type.map(|(candidate, _)| Match {
            candidate: *candidate,
            claim_set: None,
            claims: Vec::new(),
        }));
    }
    let settled = query.settle(matches);
    if settled.satisfied { settled } else { result }
}

/// An item whose evidence names nothing is answered by whatever names the item.
fn named(item: &Item, input: &Input<'_>) -> Found {
    let credentials =
        positions(input.credentials, |answer: &Answer<'_>| answer.answers.contains(&item.item_id));
    let attachments = intact_first(input, |attachment| attachment.answers.contains(&item.item_id));
    let mut found = Found::default();
    if !credentials.is_empty() {
        found.ways.push(best(item, input, &credentials, Vec::new(), Standing::Holds, attachments));
    } else if !attachments.is_empty() {
        found.ways.push(without_credential(item, input, attachments));
    }
    found
}

fn by_attachments(item: &Item, input: &Input<'_>, attached: Vec<usize>) -> Found {
    let kinds = &item.evidence.attachment_kinds;
    let lacking = lacking_kinds(kinds, &attached, input);
    let mut found = Found::default();
    if item.evidence.any && !attached.is_empty() {
        found.ways.push(without_credential(item, input, enough(input, attached)));
    } else if lacking.is_empty() {
        found.ways.push(without_credential(item, input, attached));
    } else {
        found.wanted.extend(lacking.into_iter().map(str::to_owned));
        found.partial.1 = attached;
    }
    found
}

/// The attachments that are wanted; of a kind of which one is intact, only those that are.
fn intact_first(input: &Input<'_>, wanted: impl Fn(&Attachment<'_>) -> bool) -> Vec<usize> {
    let there = input.attachments.iter().filter(|it| it.intact && wanted(it));
    let kinds: HashSet<&str> = there.map(|it| it.kind).collect();
    positions(input.attachments, |it: &Attachment<'_>| wanted(it) && (it.intact || !kinds.contains(it.kind)))
}

/// Where any one attachment is enough, one that is not intact is none while another is.
fn enough(input: &Input<'_>, attached: Vec<usize>) -> Vec<usize> {
    let intact = |index: &usize| input.attachments.get(*index).is_some_and(|it| it.intact);
    if attached.iter().any(intact) { attached.into_iter().filter(intact).collect() } else { attached }
}

/// How attachments fared, taken together.
fn attached_standing(input: &Input<'_>, attachments: &[usize]) -> Standing {
    let altered = |index: &usize| input.attachments.get(*index).is_some_and(|it| !it.intact);
    if attachments.iter().any(altered) { Standing::Fails } else { Standing::Holds }
}

fn lacking_kinds<'i>(kinds: &'i [String], attached: &[usize], input: &Input<'_>) -> Vec<&'i str> {
    let there = |kind: &str| {
        attached.iter().any(|index| input.attachments.get(*index).is_some_and(|it| it.kind == kind))
    };
    kinds.iter().map(String::as_str).filter(|kind| !there(kind)).collect()
}

/// The answer by credentials, with the attachments that belong to it.
fn by_credentials(
    item: &Item,
    input: &Input<'_>,
    query: &Query,
    result: &QueryResult,
    attachments: Vec<usize>,
) -> Way {
    let mut groups = chosen(query, result, input).into_iter();
    // The credential query answered first is what the item's rules are about.
    let subjects = groups.next().unwrap_or_default();
    let mut others = Vec::new();
    let mut rests_on = Standing::Holds;
    for group in groups {
        let best = group.iter().filter_map(|index| standing(input, *index)).min().unwrap_or(Standing::Fails);
        rests_on = rests_on.max(best);
        others.extend(group.into_iter().filter(|index| standing(input, *index) == Some(best)));
    }
    best(item, input, &subjects, others, rests_on, attachments)
}

fn standing(input: &Input<'_>, index: usize) -> Option<Standing> {
    input.credentials.get(index).map(|answer| answer.standing)
}

/// For each credential query that the answer rests on, the credentials that match it. Of alternatives
/// the one that can be answered by the best credentials is taken.
fn chosen(query: &Query, result: &QueryResult, input: &Input<'_>) -> Vec<Vec<usize>> {
    let mut indices = query.answered(result);
    if !query.credential_sets.is_empty() {
        for accepted in [Standing::Holds, Standing::Pending] {
            let good = |found: &&Match| standing(input, found.candidate).is_some_and(|it| it <= accepted);
            let matches = result.matches.iter().map(|found| found.iter().filter(good).cloned().collect());
            let settled = query.settle(matches.collect());
            if settled.satisfied {
                indices = query.answered(&settled);
                break;
            }
        }
    }
    let group = |index: usize| -> Vec<usize> {
        result.matches.get(index).into_iter().flatten().map(|found| found.candidate).collect()
    };
    indices.into_iter().map(group).filter(|group| !group.is_empty()).collect()
}

/// Applies the item's rules to each of `subjects` and keeps those with the best result.
fn best(
    item: &Item,
    input: &Input<'_>,
    subjects: &[usize],
    others: Vec<usize>,
    others_rest_on: Standing,
    attachments: Vec<usize>,
) -> Way {
    let low: Vec<Finding> = others
        .iter()
        .filter_map(|index| input.credentials.get(*index))
        .filter_map(|answer| too_weak(item, answer))
        .collect();
    let mut kept: Option<(Outcome, Way)> = None;
    for index in subjects {
        let Some(answer) = input.credentials.get(*index) else { continue };
        let scope = input.facts.about(Some(answer.candidate.claims), answer.issuer);
        let mut findings: Vec<Finding> = too_weak(item, answer).into_iter().collect();
        let asked = item.rules.iter().enumerate().filter(|_| answer.unusable.is_none());
        for (position, rule) in asked {
            findings.extend(apply(rule, position, &scope).map(|mut finding| {
                finding.facts.push(("credential", answer.path.to_owned().into()));
                finding
            }));
        }
        let way =
            Way { credentials: vec![*index], attachments: Vec::new(), rests_on: answer.standing, findings };
        let outcome = way.outcome();
        match &mut kept {
            Some((best, _)) if outcome > *best => {}
            Some((best, way)) if outcome == *best => way.credentials.push(*index),
            _ => kept = Some((outcome, way)),
        }
    }
    let empty = Way {
        credentials: Vec::new(),
        attachments: Vec::new(),
        rests_on: Standing::Holds,
        findings: Vec::new(),
    };
    let mut way = kept.map_or(empty, |(_, way)| way);
    way.credentials.extend(others);
    way.credentials.sort_unstable();
    way.credentials.dedup();
    way.rests_on = way.rests_on.max(others_rest_on).max(attached_standing(input, &attachments));
    way.attachments = attachments;
    way.findings.extend(low);
    way
}

/// The answer by attachments alone. A rule that looks at the credential is open then.
fn without_credential(item: &Item, input: &Input<'_>, attachments: Vec<usize>) -> Way {
    let scope = input.facts.about(None, None);
    let each = item.rules.iter().enumerate();
    let findings = each.filter_map(|(position, rule)| apply(rule, position, &scope)).collect();
    let rests_on = attached_standing(input, &attachments);
    Way { credentials: Vec::new(), attachments, rests_on, findings }
}

/// What a rule has to say; a rule that holds has nothing, and most do.
fn apply(rule: &ItemRule, position: usize, scope: &Scope<'_>) -> Option<Finding> {
    let evaluation = judge(&rule.logic, scope);
    if evaluation.result == Truth::True {
        return None;
    }
    let message = rule.message.as_ref();
    RuleResult::new(rule.rule_id.clone(), position, rule.severity, message, evaluation).finding()
}

fn too_weak(item: &Item, answer: &Answer<'_>) -> Option<Finding> {
    let least =
        item.provenance_min.filter(|least| answer.provenance < *least && answer.unusable.is_none())?;
    Some(Finding {
        code: CheckCode::ProvLow,
        outcome: Outcome::Warning,
        message: None,
        facts: vec![
            ("credential", answer.path.to_owned().into()),
            ("found", answer.provenance.as_str().into()),
            ("expected", least.as_str().into()),
        ],
    })
}

fn wanted_types(query: &Query, index: usize) -> Vec<String> {
    let Some(asked) = query.credentials.get(index) else { return Vec::new() };
    asked.vct_values.clone().unwrap_or_else(|| vec![asked.id.clone()])
}

fn positions<T>(items: &[T], wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    items.iter().enumerate().filter(|(_, item)| wanted(item)).map(|(index, _)| index).collect()
}
