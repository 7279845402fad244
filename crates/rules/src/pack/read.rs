//! Reading a pack, member by member in the order of formats.md §4.

use zizhi_model::{Provenance, RecognitionMode, RegionPattern, Scenario};

use super::decode::{Decoder, Fields};
use super::diagnostic::Diagnostic;
use super::json::{self, Spanned};
use super::report::{Log, Problem};
use super::{
    Basis, Checklist, Condition, Equivalence, Evidence, Item, ItemRule, Required, RulePack, Supplement,
    ValueMap,
};
use crate::finding::RuleSeverity;

/// A pack with the text it was read from.
pub(super) struct Read {
    pub(super) pack: RulePack,
    pub(super) root: Spanned,
}

/// Reads a pack.
pub(super) fn pack(bytes: &[u8]) -> Result<Read, Vec<Diagnostic>> {
    let mut log = Log::default();
    let root = json::read(bytes, &mut log);
    let read = root.as_ref().and_then(|root| Decoder { path: Vec::new(), log: &mut log }.pack(root));
    match (read, root) {
        (Some(pack), Some(root)) if !log.has_errors() => Ok(Read { pack, root }),
        _ => Err(log.finish()),
    }
}

impl Decoder<'_> {
    fn pack(&mut self, value: &Spanned) -> Option<RulePack> {
        let fields = self.fields(
            value,
            &[
                "pack_id",
                "version",
                "publisher",
                "to_regions",
                "valid_from",
                "valid_until",
                "status_max_age_days",
                "trust_max_age_days",
                "equivalences",
                "checklists",
            ],
        )?;
        let pack_id = self.required(&fields, "pack_id", Self::owned);
        let version = self.required(&fields, "version", Self::count);
        let publisher = self.required(&fields, "publisher", Self::organisation);
        let to_regions =
            self.required(&fields, "to_regions", |decoder, value| decoder.some(value, Self::region));
        let valid_from = self.required(&fields, "valid_from", Self::date);
        let valid_until = self.optional(&fields, "valid_until", Self::date);
        let status_max_age_days = self.optional(&fields, "status_max_age_days", Self::count).unwrap_or(7);
        let trust_max_age_days = self.optional(&fields, "trust_max_age_days", Self::count).unwrap_or(30);
        let to_regions = to_regions.unwrap_or_default();
        let equivalences = self.optional(&fields, "equivalences", |decoder, value| {
            decoder.list(value, |decoder, value| decoder.equivalence(value, &to_regions))
        });
        let checklists =
            self.optional(&fields, "checklists", |decoder, value| decoder.list(value, Self::checklist));
        Some(RulePack {
            pack_id: pack_id?,
            version: version?,
            publisher: publisher?,
            to_regions,
            valid_from: valid_from?,
            valid_until,
            status_max_age_days,
            trust_max_age_days,
            equivalences: equivalences.unwrap_or_default(),
            checklists: checklists.unwrap_or_default(),
        })
    }

    fn equivalence(&mut self, value: &Spanned, pack_regions: &[RegionPattern]) -> Option<Equivalence> {
        let fields = self.fields(
            value,
            &[
                "rule_id",
                "type",
                "from_regions",
                "to_regions",
                "scenarios",
                "mode",
                "maps_to",
                "value_map",
                "conditions",
                "supplements",
                "basis",
                "valid_from",
                "valid_until",
                "demo",
            ],
        )?;
        let rule_id = self.required(&fields, "rule_id", Self::owned);
        let credential_type = self.required(&fields, "type", Self::owned);
        let regions = |decoder: &mut Self, value| decoder.some(value, Self::region);
        let from_regions = self.optional(&fields, "from_regions", regions);
        let to_regions = self.optional(&fields, "to_regions", regions);
        let scenarios =
            self.optional(&fields, "scenarios", |decoder, value| decoder.list(value, Self::scenario));
        let mode = self.required(&fields, "mode", |decoder, value| {
            let allowed = RecognitionMode::ALL.iter().map(|mode| mode.as_str());
            decoder.term(value, allowed, RecognitionMode::parse)
        });
        let maps_to = self.optional(&fields, "maps_to", Self::owned);
        let value_map = self.optional(&fields, "value_map", Self::value_map);
        let conditions =
            self.optional(&fields, "conditions", |decoder, value| decoder.list(value, Self::condition));
        let supplements =
            self.optional(&fields, "supplements", |decoder, value| decoder.list(value, Self::supplement));
        let basis = self.optional(&fields, "basis", Self::basis);
        let valid_from = self.optional(&fields, "valid_from", Self::date);
        let valid_until = self.optional(&fields, "valid_until", Self::date);
        let demo = self.optional(&fields, "demo", Self::truth);
        Some(Equivalence {
            rule_id: rule_id?,
            credential_type: credential_type?,
            from_regions: from_regions.unwrap_or_else(|| vec![RegionPattern::Any]),
            to_regions: to_regions.unwrap_or_else(|| pack_regions.to_vec()),
            scenarios: scenarios.unwrap_or_default(),
            mode: mode?,
            maps_to,
            value_map: value_map.unwrap_or_default(),
            conditions: conditions.unwrap_or_default(),
            supplements: supplements.unwrap_or_default(),
            basis,
            valid_from,
            valid_until,
            demo: demo.unwrap_or(false),
        })
    }

    fn value_map(&mut self, value: &Spanned) -> Option<Vec<ValueMap>> {
        self.entries(value, |decoder, claim, value| {
            let values = decoder
                .entries(value, |decoder, there, here| Some((there.to_owned(), decoder.owned(here)?)))?;
            Some(ValueMap { claim: claim.to_owned(), values })
        })
    }

    fn condition(&mut self, value: &Spanned) -> Option<Condition> {
        let fields = self.fields(value, &["logic", "message", "severity"])?;
        let logic = self.required(&fields, "logic", Self::logic);
        let message = self.optional(&fields, "message", Self::message);
        let severity = self.severity(&fields);
        Some(Condition { logic: logic?, message, severity })
    }

    fn severity(&mut self, fields: &Fields<'_>) -> RuleSeverity {
        let severity = self.optional(fields, "severity", |decoder, value| {
            decoder.term(value, ["error", "warning", "info"].into_iter(), |text| match text {
                "error" => Some(RuleSeverity::Error),
                "warning" => Some(RuleSeverity::Warning),
                "info" => Some(RuleSeverity::Info),
                _ => None,
            })
        });
        severity.unwrap_or(RuleSeverity::Error)
    }

    fn supplement(&mut self, value: &Spanned) -> Option<Supplement> {
        let fields = self.fields(value, &["kind", "title"])?;
        let kind = self.required(&fields, "kind", Self::owned);
        let title = self.required(&fields, "title", Self::message);
        Some(Supplement { kind: kind?, title: title? })
    }

    fn basis(&mut self, value: &Spanned) -> Option<Basis> {
        let fields = self.fields(value, &["title", "doc_no", "article", "url"])?;
        let title = self.required(&fields, "title", Self::owned);
        let doc_no = self.optional(&fields, "doc_no", Self::owned);
        let article = self.optional(&fields, "article", Self::owned);
        let url = self.optional(&fields, "url", Self::owned);
        Some(Basis { title: title?, doc_no, article, url })
    }

    fn scenario(&mut self, value: &Spanned) -> Option<Scenario> {
        self.term(value, Scenario::ALL.iter().map(|scenario| scenario.as_str()), Scenario::parse)
    }

    fn checklist(&mut self, value: &Spanned) -> Option<Checklist> {
        let fields = self.fields(value, &["checklist_id", "scenario", "title", "items"])?;
        let checklist_id = self.required(&fields, "checklist_id", Self::owned);
        let scenario = self.required(&fields, "scenario", Self::scenario);
        let title = self.required(&fields, "title", Self::message);
        let items = self.required(&fields, "items", |decoder, value| decoder.some(value, Self::item));
        Some(Checklist { checklist_id: checklist_id?, scenario: scenario?, title: title?, items: items? })
    }

    fn item(&mut self, value: &Spanned) -> Option<Item> {
        let fields = self.fields(
            value,
            &["item_id", "title", "required", "when", "evidence", "provenance_min", "rules", "basis"],
        )?;
        let item_id = self.required(&fields, "item_id", Self::owned);
        let title = self.required(&fields, "title", Self::message);
        let required = self.requirement(&fields, value);
        let evidence = self.optional(&fields, "evidence", Self::evidence);
        let provenance_min = self.optional(&fields, "provenance_min", |decoder, value| {
            let allowed = Provenance::ALL.iter().map(|provenance| provenance.as_str());
            decoder.term(value, allowed, Provenance::parse)
        });
        let rules = self.optional(&fields, "rules", |decoder, value| decoder.list(value, Self::rule));
        let basis = self.optional(&fields, "basis", Self::basis);
        Some(Item {
            item_id: item_id?,
            title: title?,
            required: required?,
            evidence: evidence.unwrap_or_default(),
            provenance_min,
            rules: rules.unwrap_or_default(),
            basis,
        })
    }

    fn requirement(&mut self, fields: &Fields<'_>, item: &Spanned) -> Option<Required> {
        let required = self.required(fields, "required", |decoder, value| {
            decoder.term(value, ["yes", "no", "when"].into_iter(), |text| {
                ["yes", "no", "when"].into_iter().find(|known| *known == text)
            })
        });
        let when = self.optional(fields, "when", Self::logic);
        // A condition beside `yes` or `no` decides nothing. It is read over here, and `lint` asks about it.
        match required? {
            "yes" => Some(Required::Yes),
            "no" => Some(Required::No),
            _ => {
                if fields.said("when").is_none() {
                    let at = fields.get("required").map_or(item.at, |value| value.at);
                    self.note(at, &Problem::WhenAlone);
                }
                when.map(Required::When)
            }
        }
    }

    fn evidence(&mut self, value: &Spanned) -> Option<Evidence> {
        let fields = self.fields(value, &["dcql", "attachment_kinds", "any"])?;
        let query = self.optional(&fields, "dcql", Self::query);
        let attachment_kinds = self
            .optional(&fields, "attachment_kinds", |decoder, value| decoder.list(value, Self::owned))
            .unwrap_or_default();
        let any = self.optional(&fields, "any", Self::truth).unwrap_or(false);
        Some(Evidence { query, attachment_kinds, any })
    }

    fn rule(&mut self, value: &Spanned) -> Option<ItemRule> {
        let fields = self.fields(value, &["rule_id", "severity", "logic", "message"])?;
        let rule_id = self.required(&fields, "rule_id", Self::owned);
        let severity = self.severity(&fields);
        let logic = self.required(&fields, "logic", Self::logic);
        let message = self.optional(&fields, "message", Self::message);
        Some(ItemRule { rule_id: rule_id?, severity, logic: logic?, message })
    }
}
