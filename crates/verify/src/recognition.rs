//! What the destination makes of the credentials: its rule pack, the equivalence for each credential,
//! and its checklist (formats.md §4).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use zizhi_dossier::Manifest;
use zizhi_dossier::manifest::CredentialRef;
use zizhi_model::region::Region;
use zizhi_model::{Check, CheckCode, Json, Outcome, RecognitionMode, Scenario, civil};
use zizhi_rules::checklist::{self, Answer, Attachment, Standing};
use zizhi_rules::dcql::{Authority, Candidate, SD_JWT_VC};
use zizhi_rules::equivalence::{self, Selected};
use zizhi_rules::pack::{Checklist, RulePack};
use zizhi_rules::{Finding, Scope};

use crate::context::{Context, subject};
use crate::credential::{Judged, vct_beginning};
use crate::field::{Case, moving};
use crate::issuer;
use crate::library::{Library, PackFound};
use crate::report::{ItemReport, ItemState, PackBasis, Supplement};
use crate::verdict::Weight;

/// Days that a status list may be old where no rule pack says otherwise (formats.md §2).
pub(crate) const STATUS_MAX_AGE_DAYS: i64 = 7;

/// The rule pack of a dossier, with the facts that are the same for all its rules.
pub(crate) struct Pack {
    found: Arc<PackFound>,
    /// Whether it may decide: it is there, in force, and speaks for the destination.
    applies: bool,
    facts: Facts,
}

/// The facts of formats.md §4 that do not change from credential to credential: `firm` is the manifest's,
/// `dossier` has the other members of the manifest under their own names.
struct Facts {
    now: Value,
    scenario: Value,
    origin: Value,
    destination: Value,
    firm: Value,
    dossier: Value,
}

impl Pack {
    /// Finds the pack that the manifest names, in the province of the destination, and says what is in
    /// the way of using it.
    pub(crate) fn find(
        library: &Library,
        manifest: &Manifest,
        case: &Case<'_>,
        checks: &mut Vec<Check>,
    ) -> Self {
        let province = manifest.destination_region.province();
        let found = library.pack(province, &manifest.rule_pack.id);
        let at = subject("rule_pack");
        let told = |code, outcome| {
            Check::new(code, outcome, &at)
                .with("pack_id", manifest.rule_pack.id.clone())
                .with("version", manifest.rule_pack.version)
                .with("region", manifest.destination_region.as_str().to_owned())
        };
        let mut applies = false;
        match &*found {
            PackFound::Absent => checks.push(told(CheckCode::RuleMissing, Outcome::Pending)),
            PackFound::Unusable { reason } => {
                checks.push(told(CheckCode::RuleMissing, Outcome::Pending).with("reason", reason.clone()));
            }
            PackFound::Disabled { reason } => {
                let role = Check::new(CheckCode::TrustRole, Outcome::Pending, &at);
                checks.push(role.with("role", province.to_owned()).with("reason", reason.clone()));
                checks.push(told(CheckCode::RuleMissing, Outcome::Pending));
            }
            // A pack is written by the receiving side; another province's does not speak for it.
            PackFound::Elsewhere { province } => {
                checks.push(told(CheckCode::RegScope, Outcome::Pending).with("found", province.clone()));
            }
            PackFound::Pack { pack, .. } => {
                let until = pack.valid_until.map_or_else(String::new, |day| day.to_string());
                if !pack.covers(&manifest.destination_region) {
                    checks.push(told(CheckCode::RegScope, Outcome::Pending));
                } else if !pack.in_force(case.today) {
                    checks.push(
                        told(CheckCode::RuleExpired, Outcome::Pending)
                            .with("from", pack.valid_from.to_string())
                            .with("until", until),
                    );
                } else {
                    applies = true;
                    checks.push(told(CheckCode::RuleExpired, Outcome::Pass).with("until", until));
                }
                checks.extend(too_old(library, pack, &at));
            }
        }
        checks.extend(issuer::stale(library.trust(), province, &at));
        Self { found, applies, facts: Facts::of(manifest, case) }
    }

    /// The pack, if it may decide.
    fn deciding(&self) -> Option<&RulePack> {
        match &*self.found {
            PackFound::Pack { pack, .. } if self.applies => Some(pack),
            _ => None,
        }
    }

    /// Days that a status list may be old.
    pub(crate) fn status_max_age_days(&self) -> i64 {
        self.deciding().map_or(STATUS_MAX_AGE_DAYS, |pack| i64::from(pack.status_max_age_days))
    }

    /// The pack for the report.
    pub(crate) fn basis(&self) -> Option<PackBasis> {
        match &*self.found {
            PackFound::Pack { pack, sha256 } => Some(PackBasis {
                id: pack.pack_id.clone(),
                version: i64::try_from(pack.version).unwrap_or(i64::MAX),
                sha256: sha256.clone(),
                valid_until: pack.valid_until.map(|day| day.to_string()),
            }),
            _ => None,
        }
    }
}

/// Trust data older than the pack allows, where its issue time is known.
fn too_old(library: &Library, pack: &RulePack, at: &Arc<str>) -> Option<Check> {
    let age = library.trust().basis().age_seconds?;
    let days = i64::from(pack.trust_max_age_days);
    (age > days.saturating_mul(86_400)).then(|| {
        Check::new(CheckCode::TrustStale, Outcome::Pending, at)
            .with("age_days", age / 86_400)
            .with("max_age_days", days)
    })
}

impl Facts {
    fn of(manifest: &Manifest, case: &Case<'_>) -> Self {
        let listed = |entries: Result<Value, serde_json::Error>| entries.unwrap_or_default();
        let consents: Vec<Value> = manifest.consents.iter().map(Json::to_value).collect();
        Self {
            now: Value::from(civil::rfc3339(case.now)),
            scenario: Value::from(manifest.scenario.as_str()),
            origin: Value::from(manifest.origin_region.as_str()),
            destination: Value::from(manifest.destination_region.as_str()),
            firm: listed(serde_json::to_value(&manifest.firm)),
            dossier: json!({
                "iss": manifest.iss.to_string(),
                "aud": manifest.aud.to_string(),
                "iat": manifest.iat,
                "jti": manifest.jti,
                "checklist_id": manifest.checklist_id,
                "rule_pack": { "id": manifest.rule_pack.id, "version": manifest.rule_pack.version },
                "credentials": listed(serde_json::to_value(&manifest.credentials)),
                "attachments": listed(serde_json::to_value(&manifest.attachments)),
                "facts": case.facts.to_value(),
                "consents": consents,
            }),
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            now: Some(&self.now),
            scenario: Some(&self.scenario),
            origin: Some(&self.origin),
            destination: Some(&self.destination),
            firm: Some(&self.firm),
            dossier: Some(&self.dossier),
            ..Scope::default()
        }
    }
}

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
    claims: &Value,
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
            _ => moving::to_certify_again(type_id, case),
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
            let scope = context.pack.facts.scope().about(Some(claims), issuer);
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
pub(crate) fn checklist(context: &Context<'_>, judged: &[Judged], checks: &mut Vec<Check>) -> Outcomes {
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
        for check in &mut checks {
            check.facts.push(("title", item.title.zh.clone().into_owned().into()));
        }
        if state == ItemState::Met && checks.is_empty() {
            checks.push(
                Check::new(CheckCode::ChkMissing, Outcome::Pass, &at)
                    .with("title", item.title.zh.clone().into_owned()),
            );
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

fn evaluate(context: &Context<'_>, list: &Checklist, judged: &[Judged]) -> Vec<checklist::ItemResult> {
    let nothing = Value::Null;
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
                claims: judged.claims.as_ref().unwrap_or(&nothing),
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
                claims: &nothing,
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
        .map(|entry| Attachment { path: &entry.path, kind: &entry.kind, answers: &entry.answers })
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
