//! What a person should know before signing a pack.
//!
//! A pack that breaks the format is told about that alone, as a compiler stops after the parser. One
//! that keeps it is looked through for what contradicts itself, can never apply, or will surprise.

mod conflicts;
mod facts;

use std::collections::HashSet;

use chrono::NaiveDate;
use zizhi_model::{RecognitionMode, RegionPattern, Text};

use super::diagnostic::Diagnostic;
use super::json::{Node, Spanned, Spot};
use super::read::{self, Read};
use super::report::{Log, Problem};
use super::{Basis, Checklist, Equivalence, Evidence, Item, Required, RulePack};
use crate::certlogic::Expr;
use crate::dcql::{CredentialQuery, SD_JWT_VC};
use facts::Stage;

/// Everything to know about a pack before signing it, in the order of the text. A pack without any
/// remark of severity `error` is one that [`RulePack::parse`] takes; the opposite does not hold.
#[must_use]
pub fn lint(bytes: &[u8]) -> Vec<Diagnostic> {
    match read::pack(bytes) {
        Err(diagnostics) => diagnostics,
        Ok(Read { pack, root }) => {
            let mut linter = Linter { root: &root, log: Log::default() };
            linter.pack(&pack);
            linter.log.finish()
        }
    }
}

struct Linter<'n> {
    root: &'n Spanned,
    log: Log,
}

/// A path in the pack, built up on the way down.
#[derive(Clone)]
struct Place(Vec<String>);

impl Place {
    fn to(&self, step: &str) -> Self {
        let mut path = self.0.clone();
        path.push(step.to_owned());
        Self(path)
    }

    fn nth(&self, index: usize) -> Self {
        self.to(&index.to_string())
    }
}

impl Linter<'_> {
    /// Notes a problem at the value that `place` leads to, or at the last value on the way there.
    fn note(&mut self, place: &Place, problem: &Problem) {
        let spot: Spot = self.root.locate(&place.0, false);
        self.log.add(spot, &place.0, problem);
    }

    fn pack(&mut self, pack: &RulePack) {
        let top = Place(Vec::new());
        self.order(&top, Some(pack.valid_from), pack.valid_until);
        self.regions(&top.to("to_regions"), &pack.to_regions);
        let mut ids = HashSet::new();
        for (index, rule) in pack.equivalences.iter().enumerate() {
            let place = top.to("equivalences").nth(index);
            self.unique(&mut ids, &place.to("rule_id"), &rule.rule_id);
            self.equivalence(&place, pack, rule);
        }
        let mut checklist_ids = HashSet::new();
        for (index, checklist) in pack.checklists.iter().enumerate() {
            let place = top.to("checklists").nth(index);
            self.unique(&mut checklist_ids, &place.to("checklist_id"), &checklist.checklist_id);
            self.checklist(&place, checklist, &mut ids);
        }
        self.conflicts(pack);
    }

    fn equivalence(&mut self, place: &Place, pack: &RulePack, rule: &Equivalence) {
        self.order(place, rule.valid_from, rule.valid_until);
        self.regions(&place.to("from_regions"), &rule.from_regions);
        if rule.to_regions != pack.to_regions {
            self.regions(&place.to("to_regions"), &rule.to_regions);
        }
        for (index, condition) in rule.conditions.iter().enumerate() {
            let place = place.to("conditions").nth(index);
            self.logic(&place.to("logic"), &condition.logic, Stage::Credential);
            self.message(&place, condition.message.as_ref());
        }
        if rule.mode == RecognitionMode::Supplement && rule.supplements.is_empty() {
            self.note(&place.to("mode"), &Problem::SupplementsMissing);
        }
        for (index, supplement) in rule.supplements.iter().enumerate() {
            self.english(&place.to("supplements").nth(index).to("title"), &supplement.title);
        }
        self.basis(place, rule.basis.as_ref());
        if rule.demo {
            self.note(&place.to("demo"), &Problem::Demo);
        }
    }

    fn checklist<'p>(&mut self, place: &Place, checklist: &'p Checklist, rules: &mut HashSet<&'p str>) {
        self.english(&place.to("title"), &checklist.title);
        let mut ids = HashSet::new();
        for (index, item) in checklist.items.iter().enumerate() {
            let place = place.to("items").nth(index);
            self.unique(&mut ids, &place.to("item_id"), &item.item_id);
            self.item(&place, item, rules);
        }
    }

    fn item<'p>(&mut self, place: &Place, item: &'p Item, rules: &mut HashSet<&'p str>) {
        self.english(&place.to("title"), &item.title);
        if let Required::When(when) = &item.required {
            self.logic(&place.to("when"), when, Stage::Item);
        } else if let Some(when) = self.root.find(&place.to("when").0)
            && !matches!(when.node, Node::Null)
        {
            self.log.add(when.at, &place.0, &Problem::WhenAlone);
        }
        let evidence = place.to("evidence");
        if item.evidence.query.is_none() && item.evidence.attachment_kinds.is_empty() {
            self.note(&evidence, &Problem::NoEvidence);
        }
        let asked = item.evidence.query.iter().flat_map(|query| &query.credentials).enumerate();
        for (index, query) in asked {
            self.query(&evidence.to("dcql").to("credentials").nth(index), query);
        }
        let Evidence { query, attachment_kinds, any } = &item.evidence;
        let attachment_alone = !attachment_kinds.is_empty() && (*any || query.is_none());
        for (index, rule) in item.rules.iter().enumerate() {
            let place = place.to("rules").nth(index);
            self.unique(rules, &place.to("rule_id"), &rule.rule_id);
            self.logic(&place.to("logic"), &rule.logic, Stage::Credential);
            let of_credential = ["credential.", "issuer."];
            let looks = |path: &str| of_credential.iter().any(|fact| path.starts_with(fact));
            if attachment_alone && rule.logic.accesses().iter().any(|access| looks(access.path)) {
                self.note(&place.to("logic"), &Problem::Unread);
            }
            self.message(&place, rule.message.as_ref());
        }
        self.basis(place, item.basis.as_ref());
    }

    fn query(&mut self, place: &Place, query: &CredentialQuery) {
        if query.format != SD_JWT_VC {
            self.note(&place.to("format"), &Problem::ForeignFormat { format: query.format.clone() });
        }
        for (index, vct) in query.vct_values.iter().flatten().enumerate() {
            if !is_our_type(vct) {
                let place = place.to("meta").to("vct_values").nth(index);
                self.note(&place, &Problem::Vct { value: vct.clone() });
            }
        }
        for (index, authority) in query.trusted_authorities.iter().enumerate() {
            if !["aki", "openid_federation"].contains(&authority.kind.as_str()) {
                let place = place.to("trusted_authorities").nth(index).to("type");
                self.note(&place, &Problem::Authority { kind: authority.kind.clone() });
            }
        }
    }

    fn logic(&mut self, place: &Place, logic: &Expr, stage: Stage) {
        for misfit in logic.misfits() {
            let below = self.below(place, misfit.at());
            self.note(&below, &Problem::NeverFits(misfit));
        }
        for access in logic.accesses() {
            if let Some(problem) = facts::problem(&access, stage) {
                let below = self.below(place, &access.at);
                self.note(&below, &problem);
            }
        }
    }

    fn below(&self, place: &Place, pointer: &str) -> Place {
        let mut path = place.0.clone();
        path.extend(crate::pointer::segments(pointer));
        Place(path)
    }

    fn order(&mut self, place: &Place, from: Option<NaiveDate>, until: Option<NaiveDate>) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.note(&place.to("valid_until"), &Problem::DatesReversed);
        }
    }

    /// Six digits that end in zeros look like a whole province or city, but match only themselves.
    fn regions(&mut self, place: &Place, patterns: &[RegionPattern]) {
        for (index, pattern) in patterns.iter().enumerate() {
            let RegionPattern::Prefix(prefix) = pattern else { continue };
            let digits = prefix.as_str();
            let shorter = match digits.strip_suffix("0000").or_else(|| digits.strip_suffix("00")) {
                Some(shorter) if digits.len() == 6 => shorter.to_owned(),
                _ => continue,
            };
            self.note(&place.nth(index), &Problem::RoundRegion { shorter });
        }
    }

    fn unique<'p>(&mut self, ids: &mut HashSet<&'p str>, place: &Place, id: &'p str) {
        if !ids.insert(id) {
            self.note(place, &Problem::DuplicateId { id: id.to_owned() });
        }
    }

    fn message(&mut self, place: &Place, message: Option<&Text>) {
        match message {
            None => self.note(place, &Problem::NoMessage),
            Some(message) => self.english(&place.to("message"), message),
        }
    }

    fn english(&mut self, place: &Place, text: &Text) {
        if text.en.is_none() {
            self.note(place, &Problem::NoEnglish);
        }
    }

    fn basis(&mut self, place: &Place, basis: Option<&Basis>) {
        if basis.is_none() {
            self.note(place, &Problem::NoBasis);
        }
    }
}

/// formats.md §1: `urn:zizhitong:credential:<type>:<major>`.
fn is_our_type(vct: &str) -> bool {
    let named = vct.strip_prefix("urn:zizhitong:credential:").and_then(|rest| rest.rsplit_once(':'));
    named.is_some_and(|(name, major)| {
        let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !name.is_empty() && name.bytes().all(word) && major.parse::<u32>().is_ok()
    })
}
