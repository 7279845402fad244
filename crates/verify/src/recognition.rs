//! What the destination makes of the credentials: the equivalence for each one, and its checklist
//! (formats.md §4).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use zizhi_dossier::manifest::CredentialRef;
use zizhi_model::region::Region;
use zizhi_model::{Check, CheckCode, Json, Outcome, RecognitionMode, Scenario};
use zizhi_rules::Finding;
use zizhi_rules::checklist::{self, Answer, Attachment, Standing};
use zizhi_rules::dcql::{Authority, Candidate, SD_JWT_VC};
use zizhi_rules::equivalence::{self, Selected};
use zizhi_rules::pack::Checklist;

use crate::context::{Context, subject};
use crate::credential::{Judged, vct_beginning};
use crate::field::moving;
use crate::report::{ItemReport, ItemState, Supplement};
use crate::verdict::Weight;

/// How the destination takes one credential.
pub(crate) struct Taken {
    pub mode: RecognitionMode,
    pub rule_id: Option<String>,
    pub maps_to: Option<String>,
    pub supplements: Vec<Supplement>,
    pub checks: Vec<Check>,
}

/// Finds the equivalence for one credential and judges its conditions. Without a rule a credential is
/// for reference, never taken directly.
pub(crate) fn take(
    context: &Context<'_>,
    type_id: &str,
    region: &str,
    claims: &Json<'_>,
    issuer: Option<&Value>,
    at: &Arc<str>,
) -> Taken {
    let mut taken = Taken {
        mode: RecognitionMode::Reference,
        rule_id: None,
        maps_to: None,
        supplements: Vec::new(),
        checks: Vec::new(),
    };
    let (Some(pack), Ok(region)) = (context.pack.deciding(), Region::parse(region)) else { return taken };
    let case = &context.case;
    let selected = equivalence::select(pack, type_id, &region, &case.destination, case.scenario, case.today);
    let ruled = match &selected {
        Selected::Rule(rule) => Some(rule.mode),
        Selected::NoRule => Some(RecognitionMode::Reference),
        Selected::Conflict(_) => None,
    };
    // formats.md §6: mode `recertify`, whatever a rule says of whole moves. What is not recognised at all
    // stays so.
    let again = case.scenario == Scenario::PartialRelocation
        && ruled.is_some_and(|mode| match mode {
            RecognitionMode::Recertify => true,
            RecognitionMode::None => false,
            _ => moving::to_certify_again(type_id, case.scenario, &case.origin, &case.destination),
        });
    match selected {
        Selected::NoRule => {}
        Selected::Conflict(rules) => {
            let ids: Vec<String> = rules.iter().map(|rule| rule.rule_id.clone()).collect();
            taken.checks.push(Check::new(CheckCode::RuleConflict, Outcome::Warning, at).with("rule", ids));
        }
        Selected::Rule(rule) => {
            taken.mode = rule.mode;
            taken.rule_id = Some(rule.rule_id.clone());
            taken.maps_to = rule.maps_to.clone();
            taken.supplements = rule
                .supplements
                .iter()
                .filter(|wanted| !context.manifest.attachments.iter().any(|entry| entry.kind == wanted.kind))
                .map(|wanted| Supplement { kind: wanted.kind.clone(), title: wanted.title.clone() })
                .collect();
            let scope = context.pack.facts.scope().about(Some(claims.into()), issuer);
            let results = equivalence::conditions(rule, &scope);
            taken
                .checks
                .extend(results.iter().filter_map(zizhi_rules::RuleResult::finding).map(|it| check(it, at)));
        }
    }
    if again {
        taken.mode = RecognitionMode::Recertify;
        let check = Check::new(CheckCode::MovePartial, Outcome::Warning, at).with("type", type_id.to_owned());
        taken.checks.push(match &taken.rule_id {
            Some(rule) => check.with("rule", rule.clone()),
            None => check,
        });
    }
    taken
}

/// What the checklist made of the credentials.
#[derive(Default)]
pub(crate) struct Outcomes {
    pub items: Vec<ItemReport>,
    /// One for each credential.
    pub weights: Vec<Weight>,
    /// Whether anything is to be added, or a required item is recognised in a lesser mode.
    pub conditional: bool,
}

/// Applies the checklist that the manifest names.
pub(crate) fn checklist(context: &Context<'_>, judged: &[Judged<'_>], checks: &mut Vec<Check>) -> Outcomes {
    let mut outcomes = Outcomes {
        weights: vec![Weight::Unknown; judged.len()],
        conditional: judged.iter().any(|judged| !judged.report.supplements.is_empty()),
        ..Outcomes::default()
    };
    let Some(pack) = context.pack.deciding() else { return outcomes };
    let id = &context.manifest.checklist_id;
    let fitting = pack.checklist(id).filter(|list| list.scenario == context.case.scenario);
    let Some(list) = fitting else {
        checks.push(
            Check::new(CheckCode::RuleMissing, Outcome::Pending, &subject("rule_pack"))
                .with("pack_id", pack.pack_id.clone())
                .with("reason", format!("checklist {id}")),
        );
        return outcomes;
    };
    outcomes.weights.fill(Weight::Optional);
    let results = evaluate(context, list, judged);
    for (item, result) in list.items.iter().zip(results) {
        let at = subject(&result.item_id);
        let required = result.required();
        let used = || result.credentials.iter().filter_map(|index| judged.get(*index));
        if required {
            outcomes.conditional |= used().any(|judged| {
                !matches!(judged.report.mode, RecognitionMode::Direct | RecognitionMode::Equivalent)
            });
            if result.rests_on != Standing::Holds {
                for index in &result.credentials {
                    if let Some(weight) = outcomes.weights.get_mut(*index) {
                        *weight = Weight::Required;
                    }
                }
            }
        }
        let state = state(result.state);
        let by = result.by.clone();
        let mut checks: Vec<Check> = result.findings.into_iter().map(|finding| check(finding, &at)).collect();
        if state == ItemState::Met && checks.is_empty() {
            checks.push(Check::new(CheckCode::ChkMissing, Outcome::Pass, &at));
        }
        for check in &mut checks {
            check.facts.push(("title", item.title.zh.clone().into_owned().into()));
            check.facts.push(("title_en", item.title.en().to_owned().into()));
        }
        outcomes.items.push(ItemReport {
            item_id: result.item_id,
            title: item.title.clone(),
            required,
            state,
            by,
            checks,
        });
    }
    outcomes
}

fn evaluate(context: &Context<'_>, list: &Checklist, judged: &[Judged<'_>]) -> Vec<checklist::ItemResult> {
    let nothing = Json::Null;
    // What the manifest lists and the container lacks was meant as an answer too.
    let there: BTreeSet<&str> = judged.iter().map(|judged| judged.report.path.as_str()).collect();
    let listed = context.manifest.credentials.iter();
    let absent: Vec<(&CredentialRef, String)> = listed
        .filter(|entry| !there.contains(entry.path.as_str()))
        .map(|entry| (entry, vct_beginning(&entry.kind)))
        .collect();
    let authorities: Vec<[Authority<'_>; 2]> = judged
        .iter()
        .map(|judged| {
            let issuer = judged.report.issuer.as_ref().map_or("", |issuer| issuer.uscc.as_str());
            [
                Authority { kind: "aki", value: &judged.kid },
                Authority { kind: "openid_federation", value: issuer },
            ]
        })
        .collect();
    let answers: Vec<Answer<'_>> = judged
        .iter()
        .zip(&authorities)
        .map(|(judged, authorities)| Answer {
            path: &judged.report.path,
            candidate: Candidate {
                format: SD_JWT_VC,
                vct: &judged.vct,
                claims: judged.claims.as_ref().unwrap_or(&nothing).into(),
                authorities,
                holder_bound: judged.holder_bound,
            },
            provenance: judged.report.provenance.unwrap_or(zizhi_model::Provenance::Declared),
            standing: standing(&judged.report.checks),
            answers: &judged.answers,
            issuer: judged.issuer.as_deref(),
            unusable: (judged.claims.is_none() || !judged.holder_bound)
                .then_some(judged.vct_beginning.as_str()),
        })
        .chain(absent.iter().map(|(entry, beginning)| Answer {
            path: &entry.path,
            candidate: Candidate {
                format: SD_JWT_VC,
                vct: "",
                claims: (&nothing).into(),
                authorities: &[],
                holder_bound: false,
            },
            provenance: zizhi_model::Provenance::Declared,
            standing: Standing::Fails,
            answers: &entry.answers,
            issuer: None,
            unusable: Some(beginning),
        }))
        .collect();
    let attachments: Vec<Attachment<'_>> = context
        .manifest
        .attachments
        .iter()
        .map(|entry| Attachment {
            path: &entry.path,
            kind: &entry.kind,
            answers: &entry.answers,
            intact: context.intact.contains(entry.path.as_str()),
        })
        .collect();
    let input = checklist::Input {
        facts: context.pack.facts.scope(),
        credentials: &answers,
        attachments: &attachments,
    };
    checklist::evaluate(list, &input)
}

fn standing(checks: &[Check]) -> Standing {
    match checks.iter().map(|check| check.outcome).max() {
        Some(Outcome::Fail) => Standing::Fails,
        Some(Outcome::Pending) | None => Standing::Pending,
        Some(_) => Standing::Holds,
    }
}

fn state(state: checklist::ItemState) -> ItemState {
    match state {
        checklist::ItemState::Met => ItemState::Met,
        checklist::ItemState::Missing => ItemState::Missing,
        checklist::ItemState::Insufficient => ItemState::Insufficient,
        checklist::ItemState::Open => ItemState::Open,
    }
}

fn check(finding: Finding, at: &Arc<str>) -> Check {
    Check {
        code: finding.code,
        outcome: finding.outcome,
        subject: Arc::clone(at),
        message: finding.message,
        facts: finding.facts,
    }
}
