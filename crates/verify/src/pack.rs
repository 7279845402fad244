//! The rule pack of a dossier: whether it may decide, and the facts that its rules look at
//! (formats.md §4).

use std::cell::OnceCell;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use zizhi_dossier::Manifest;
use zizhi_model::{Check, CheckCode, Json, Outcome, civil};
use zizhi_rules::pack::RulePack;
use zizhi_rules::{Late, Scope};

use crate::context::subject;
use crate::field::Case;
use crate::issuer;
use crate::library::{Library, PackFound};
use crate::report::PackBasis;

/// Days that a status list may be old where no rule pack says otherwise (formats.md §2).
pub(crate) const STATUS_MAX_AGE_DAYS: i64 = 7;

/// The rule pack of a dossier, with the facts that are the same for all its rules.
pub(crate) struct Pack<'m> {
    found: Arc<PackFound>,
    /// Whether it may decide: it is there, in force, and speaks for the destination.
    applies: bool,
    pub(crate) facts: Facts<'m>,
}

/// The facts of formats.md §4 that do not change from credential to credential: `firm` is the manifest's,
/// `dossier` has the other members of the manifest under their own names.
pub(crate) struct Facts<'m> {
    now: Value,
    scenario: Value,
    origin: Value,
    destination: Value,
    firm: Value,
    dossier: Dossier<'m>,
}

/// The fact `dossier`, which repeats most of the manifest and which few rules look at.
#[derive(Debug)]
struct Dossier<'m> {
    manifest: &'m Manifest,
    /// The manifest's `facts`.
    facts: &'m Json<'m>,
    value: OnceCell<Value>,
}

impl<'m> Pack<'m> {
    /// Finds the pack that the manifest names, in the province of the destination, and says what is in
    /// the way of using it.
    pub(crate) fn find(
        library: &Library,
        manifest: &'m Manifest,
        case: &Case<'m>,
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
    pub(crate) fn deciding(&self) -> Option<&RulePack> {
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
            PackFound::Pack { pack, sha256, .. } => Some(PackBasis {
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

impl<'m> Facts<'m> {
    fn of(manifest: &'m Manifest, case: &Case<'m>) -> Self {
        Self {
            now: Value::from(civil::rfc3339(case.now)),
            scenario: Value::from(manifest.scenario.as_str()),
            origin: Value::from(manifest.origin_region.as_str()),
            destination: Value::from(manifest.destination_region.as_str()),
            firm: listed(&manifest.firm),
            dossier: Dossier { manifest, facts: case.facts, value: OnceCell::new() },
        }
    }

    pub(crate) fn scope(&self) -> Scope<'_> {
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

impl Late for Dossier<'_> {
    fn value(&self) -> &Value {
        let manifest = self.manifest;
        self.value.get_or_init(|| {
            let consents: Vec<Value> = manifest.consents.iter().map(Json::to_value).collect();
            json!({
                "iss": manifest.iss.to_string(),
                "aud": manifest.aud.to_string(),
                "iat": manifest.iat,
                "jti": manifest.jti,
                "checklist_id": manifest.checklist_id,
                "rule_pack": { "id": manifest.rule_pack.id, "version": manifest.rule_pack.version },
                "credentials": listed(&manifest.credentials),
                "attachments": listed(&manifest.attachments),
                "facts": self.facts.to_value(),
                "consents": consents,
            })
        })
    }
}

fn listed(entries: &impl Serialize) -> Value {
    serde_json::to_value(entries).unwrap_or_default()
}
