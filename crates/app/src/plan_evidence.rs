//! What a firm could show at a destination, in the form in which a checklist looks at it.
//!
//! A destination judges a signed dossier; here there is none yet. Credentials are judged as they are held,
//! and their key binding is taken for granted, since it is made when the dossier is signed. 自检 then judges
//! the dossier itself, by the very steps of the destination.

use serde_json::{Value, json};
use zizhi_credential::Path;
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::present::{Choice, present};
use zizhi_model::{Limits, OrgId, Outcome, Provenance, RecognitionMode, Region, Text, civil};
use zizhi_rules::checklist::{Answer, Attachment, Standing as Fares};
use zizhi_rules::dcql::{Authority, Candidate, SD_JWT_VC};
use zizhi_rules::equivalence::{self, Selected};
use zizhi_rules::pack::{Equivalence, RulePack};
use zizhi_rules::{Data, Finding, RuleResult, Scope};
use zizhi_store::DraftFile;
use zizhi_verify::{grounds, to_certify_again};

use crate::draft_body::{Chosen, Kept};
use crate::firm::{Firm, nfc};
use crate::hold_credentials::Held;
use crate::hold_standing::Standing;
use crate::plan_facts;

/// The facts of formats.md §4 that are the same for all rules, from a draft.
pub(crate) struct Facts {
    now: Value,
    scenario: Value,
    origin: Value,
    destination: Value,
    firm: Value,
    dossier: Value,
}

/// A credential as a checklist sees it.
pub(crate) struct Evidence<'h> {
    /// The credential.
    pub(crate) held: &'h Held,
    /// What will be shown of it; of a candidate everything.
    pub(crate) claims: Value,
    /// The items that it answers; empty: any.
    pub(crate) answers: Vec<String>,
    /// The issuer's record, the fact `issuer`.
    issuer: Option<std::sync::Arc<Value>>,
    issuer_code: String,
    kid: String,
}

/// How the destination takes a credential.
pub(crate) struct Taken<'p> {
    /// How.
    pub(crate) mode: RecognitionMode,
    /// By which rule.
    pub(crate) rule: Option<&'p Equivalence>,
    /// Whether rules speak of it that contradict each other.
    pub(crate) conflict: bool,
    /// What its conditions have to say.
    pub(crate) findings: Vec<Finding>,
}

impl Taken<'_> {
    /// Why it is taken so, in the words of the destination's report.
    pub(crate) fn grounds(&self) -> Text {
        match self.rule {
            Some(rule) => {
                grounds::by_rule(&rule.rule_id, rule.basis.as_ref().map(ToString::to_string).as_deref())
            }
            None if self.conflict => grounds::by_conflicting_rules(),
            None => grounds::by_no_rule(),
        }
    }
}

impl Facts {
    /// The facts of a draft. What was typed and cannot be read is left out.
    pub(crate) fn of(firm: &Firm<'_>, kept: &Kept, uscc: &str, files: &[DraftFile]) -> Self {
        let fields = &kept.body.fields;
        let (facts, _) = plan_facts::facts(&fields.facts);
        let former = fields
            .former_names
            .iter()
            .map(|former| json!({ "name": nfc(&former.name), "until": former.until }));
        let attachments = files.iter().map(|file| {
            json!({ "name": file.name, "kind": file.kind, "media_type": file.media_type, "answers": file.answers })
        });
        let credentials = kept.body.credentials.iter().map(|chosen| json!({ "answers": chosen.answers }));
        let consents = fields.consents.iter();
        let consents =
            consents.map(|it| json!({ "recipient": it.recipient, "purpose": it.purpose, "kinds": it.kinds }));
        Self {
            now: civil::rfc3339(firm.host.now()).into(),
            scenario: kept.scenario.as_str().into(),
            origin: fields.origin_region.trim().into(),
            destination: kept.destination.as_str().into(),
            firm: json!({
                "uscc": uscc,
                "name": nfc(fields.name.trim()),
                "former_names": former.collect::<Vec<_>>(),
            }),
            dossier: json!({
                "iss": format!("urn:uscc:{uscc}"),
                "aud": OrgId::from(kept.aud).to_string(),
                "iat": firm.host.now().timestamp(),
                "checklist_id": kept.body.checklist_id,
                "rule_pack": { "id": kept.body.pack_id, "version": kept.body.pack_version },
                "credentials": credentials.collect::<Vec<_>>(),
                "attachments": attachments.collect::<Vec<_>>(),
                "facts": facts,
                "consents": consents.collect::<Vec<_>>(),
            }),
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

impl<'h> Evidence<'h> {
    /// A held credential with everything that it says.
    pub(crate) fn whole(firm: &Firm<'_>, held: &'h Held) -> Self {
        Self::with(firm, held, held.looked.payload.clone(), Vec::new())
    }

    /// A chosen credential, cut to what will be shown.
    pub(crate) fn cut(firm: &Firm<'_>, held: &'h Held, chosen: &Chosen) -> Self {
        let claims = shown_payload(&held.issued, &chosen.disclose).unwrap_or_default();
        Self::with(firm, held, claims, chosen.answers.clone())
    }

    fn with(firm: &Firm<'_>, held: &'h Held, claims: Value, answers: Vec<String>) -> Self {
        let declared = held.row.provenance == Provenance::Declared;
        let record = firm.library.trust().issuer(&held.row.issuer_uscc).ok().flatten().filter(|_| !declared);
        Self {
            held,
            claims,
            answers,
            issuer: record.map(|record| firm.library.issuer_fact(&record)),
            issuer_code: held.row.issuer_uscc.to_string(),
            kid: held.looked.kid.clone().unwrap_or_default(),
        }
    }

    /// What is known about who stands behind its issuer.
    pub(crate) fn authorities(&self) -> [Authority<'_>; 2] {
        [
            Authority { kind: "aki", value: &self.kid },
            Authority { kind: "openid_federation", value: &self.issuer_code },
        ]
    }

    /// What a query looks at.
    pub(crate) fn candidate<'e>(&'e self, authorities: &'e [Authority<'e>]) -> Candidate<'e> {
        Candidate {
            format: SD_JWT_VC,
            vct: self.held.looked.text("vct").unwrap_or_default(),
            claims: Data::Value(&self.claims),
            authorities,
            holder_bound: true,
        }
    }

    /// The credential as an answer to a checklist.
    pub(crate) fn answer<'e>(&'e self, authorities: &'e [Authority<'e>], taken: &Taken<'_>) -> Answer<'e> {
        Answer {
            path: &self.held.row.id,
            candidate: self.candidate(authorities),
            provenance: self.held.row.provenance,
            standing: fares(self.held, taken),
            answers: &self.answers,
            issuer: self.issuer.as_deref(),
            unusable: None,
        }
    }

    /// How the destination takes it.
    pub(crate) fn taken<'p>(
        &self,
        pack: &'p RulePack,
        kept: &Kept,
        facts: &Facts,
        firm: &Firm<'_>,
    ) -> Taken<'p> {
        let region = self.held.row.region;
        let mut taken = take(pack, &self.held.row.credential_type, region.as_ref(), kept, firm);
        if let Some(rule) = taken.rule {
            let scope = facts.scope().about(Some(Data::Value(&self.claims)), self.issuer.as_deref());
            taken.findings =
                equivalence::conditions(rule, &scope).iter().filter_map(RuleResult::finding).collect();
        }
        taken
    }
}

/// How the destination takes a type of credential from a region. Without a rule it is for reference.
pub(crate) fn take<'p>(
    pack: &'p RulePack,
    type_id: &str,
    region: Option<&Region>,
    kept: &Kept,
    firm: &Firm<'_>,
) -> Taken<'p> {
    let nothing =
        Taken { mode: RecognitionMode::Reference, rule: None, conflict: false, findings: Vec::new() };
    let origin = Region::parse(kept.body.fields.origin_region.trim()).ok();
    let Some(region) = region.or(origin.as_ref()) else { return nothing };
    if !pack.covers(&kept.destination) || !pack.in_force(firm.today()) {
        return nothing;
    }
    let mut taken = nothing;
    match equivalence::select(pack, type_id, region, &kept.destination, kept.scenario, firm.today()) {
        Selected::Rule(rule) => (taken.mode, taken.rule) = (rule.mode, Some(rule)),
        Selected::NoRule => {}
        // Rules that contradict each other decide nothing.
        Selected::Conflict(_) => {
            taken.conflict = true;
            return taken;
        }
    }
    let origin = origin.unwrap_or(*region);
    if taken.mode != RecognitionMode::None
        && to_certify_again(type_id, kept.scenario, &origin, &kept.destination)
    {
        taken.mode = RecognitionMode::Recertify;
    }
    taken
}

fn fares(held: &Held, taken: &Taken<'_>) -> Fares {
    let conditions = taken.findings.iter().map(|finding| finding.outcome).max().unwrap_or(Outcome::Pass);
    let own = held.looked.checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::Pending);
    if !held.looked.standing.usable() || conditions == Outcome::Fail || own == Outcome::Fail {
        Fares::Fails
    } else if held.looked.standing == Standing::Unknown || conditions.max(own) == Outcome::Pending {
        Fares::Pending
    } else {
        Fares::Holds
    }
}

/// The attached files as a checklist sees them.
pub(crate) fn attached<'f>(files: &'f [DraftFile], paths: &'f [String]) -> Vec<Attachment<'f>> {
    let each = files.iter().zip(paths);
    each.map(|(file, path)| Attachment { path, kind: &file.kind, answers: &file.answers, intact: true })
        .collect()
}

/// What a credential says when only these claims are shown; nothing if it cannot be shown so.
pub(crate) fn shown_payload(issued: &str, disclose: &[String]) -> Option<Value> {
    let limits = Limits::default();
    let paths: Vec<Path<'_>> = disclose.iter().filter_map(|path| Path::parse(path).ok()).collect();
    let text = present(issued, Choice::Only(&paths), None, &limits).ok()?;
    let expected = Expected { issuer: None, aud: None, nonce: None, at: 0 };
    inspect(text.as_bytes(), &expected, &limits).payload
}
