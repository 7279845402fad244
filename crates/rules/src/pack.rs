//! Rule packs (formats.md §4): what a receiving side recognises, as signed data.
//!
//! [`RulePack::parse`] reads one, once; expressions and queries are ready to run afterwards. [`lint`]
//! says everything a person should know before signing one. Both report places by line and column, and
//! `lint` is the stricter: a pack that breaks no rule of the format can still contradict itself.

mod decode;
mod diagnostic;
mod json;
mod lint;
mod read;
mod report;

use std::fmt;

use chrono::NaiveDate;
use serde_json::Value;
use zizhi_model::{OrgId, Provenance, RecognitionMode, Region, RegionPattern, Scenario, Text};

use crate::certlogic::Expr;
use crate::dcql::Query;
use crate::finding::RuleSeverity;

pub use diagnostic::{Diagnostic, Severity};
pub use json::MAX_PACK_BYTES;
pub use lint::lint;

/// A rule pack.
#[derive(Debug, Clone, PartialEq)]
pub struct RulePack {
    /// Its name in the trust package.
    pub pack_id: String,
    /// Counts up with every change.
    pub version: u64,
    /// Who publishes it.
    pub publisher: OrgId,
    /// The destinations it speaks for; never empty.
    pub to_regions: Vec<RegionPattern>,
    /// First day on which it is in force.
    pub valid_from: NaiveDate,
    /// Last day on which it is in force; open-ended without.
    pub valid_until: Option<NaiveDate>,
    /// Age in days up to which a status list counts as fresh; 7 unless the pack says otherwise.
    pub status_max_age_days: u32,
    /// Age in days up to which trust data counts as fresh; 30 unless the pack says otherwise.
    pub trust_max_age_days: u32,
    /// How qualifications from elsewhere are taken.
    pub equivalences: Vec<Equivalence>,
    /// What has to be there, by scenario.
    pub checklists: Vec<Checklist>,
}

/// How one type of credential is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Equivalence {
    /// Its name in reports; unique in the pack.
    pub rule_id: String,
    /// The credential type, such as `incubatee-certificate`.
    pub credential_type: String,
    /// Where the firm comes from; `*` if the pack does not say.
    pub from_regions: Vec<RegionPattern>,
    /// Where it goes to; the pack's own `to_regions` if the rule does not say.
    pub to_regions: Vec<RegionPattern>,
    /// The scenarios it is for; empty: all.
    pub scenarios: Vec<Scenario>,
    /// How the credential is taken.
    pub mode: RecognitionMode,
    /// The local type it counts as.
    pub maps_to: Option<String>,
    /// Claims whose values have a local counterpart, each with the pairs of values.
    pub value_map: Vec<ValueMap>,
    /// What must hold of the credential.
    pub conditions: Vec<Condition>,
    /// What the firm has to add.
    pub supplements: Vec<Supplement>,
    /// The law or agreement it rests on.
    pub basis: Option<Basis>,
    /// First day on which it is in force.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it is in force.
    pub valid_until: Option<NaiveDate>,
    /// Whether it is made up for demonstration.
    pub demo: bool,
}

/// The local counterparts of one claim's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueMap {
    /// The claim.
    pub claim: String,
    /// Value elsewhere, value here.
    pub values: Vec<(String, String)>,
}

/// One condition of an equivalence.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What must hold.
    pub logic: Expr,
    /// What to say when it does not.
    pub message: Option<Text>,
    /// How much that weighs; `error` if the pack does not say.
    pub severity: RuleSeverity,
}

/// Something the firm has to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// The kind of attachment that would do.
    pub kind: String,
    /// What it is, in words.
    pub title: Text,
}

/// What a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The title of the law or agreement.
    pub title: String,
    /// Its document number.
    pub doc_no: Option<String>,
    /// The article.
    pub article: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

impl fmt::Display for Basis {
    /// In a line, as documents cite it: 《高新技术企业认定管理办法》（国科发火〔2016〕32号）第十八条.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A title that brings marks of its own has them once.
        let title = self.title.trim();
        let bare = title.strip_prefix('《').and_then(|title| title.strip_suffix('》')).unwrap_or(title);
        write!(f, "《{bare}》")?;
        if let Some(number) = &self.doc_no {
            write!(f, "（{number}）")?;
        }
        f.write_str(self.article.as_deref().unwrap_or_default())
    }
}

/// What has to be there in one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// Its name; unique in the pack.
    pub checklist_id: String,
    /// The scenario it is for.
    pub scenario: Scenario,
    /// Its title.
    pub title: Text,
    /// Its items.
    pub items: Vec<Item>,
}

/// One item of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its name; unique in the checklist.
    pub item_id: String,
    /// Its title.
    pub title: Text,
    /// Whether it has to be answered.
    pub required: Required,
    /// What answers it.
    pub evidence: Evidence,
    /// The least provenance that does without a warning.
    pub provenance_min: Option<Provenance>,
    /// What must hold of the answer.
    pub rules: Vec<ItemRule>,
    /// The law or agreement it rests on.
    pub basis: Option<Basis>,
}

/// Whether an item has to be answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Required {
    /// It has.
    Yes,
    /// It need not.
    No,
    /// It has when this holds.
    When(Expr),
}

/// What answers an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// The credentials that do.
    pub query: Option<Query>,
    /// The kinds of attachment that do.
    pub attachment_kinds: Vec<String>,
    /// Whether one of all these is enough. Otherwise the query must be satisfied and every kind of
    /// attachment be there.
    pub any: bool,
}

/// One rule of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRule {
    /// Its name in reports.
    pub rule_id: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// What must hold.
    pub logic: Expr,
    /// What to say when it does not.
    pub message: Option<Text>,
}

impl RulePack {
    /// Reads a rule pack. Unknown members are refused, never ignored.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text; never empty. Warnings are left to
    /// [`lint`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        read::pack(bytes).map(|read| read.pack)
    }

    /// Whether the pack speaks for a destination.
    #[must_use]
    pub fn covers(&self, destination: &Region) -> bool {
        self.to_regions.iter().any(|pattern| pattern.matches(destination))
    }

    /// Whether the pack is in force on a day.
    #[must_use]
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.valid_from <= on && self.valid_until.is_none_or(|until| on <= until)
    }

    /// The checklist `id`.
    #[must_use]
    pub fn checklist(&self, id: &str) -> Option<&Checklist> {
        self.checklists.iter().find(|checklist| checklist.checklist_id == id)
    }
}

impl Equivalence {
    /// Whether the rule is in force on a day.
    #[must_use]
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_until.is_none_or(|until| on <= until)
    }

    /// The local counterparts of a credential's claims: claim, value there, value here. Claims that the
    /// rule does not map, or whose value it does not know, are left out.
    #[must_use]
    pub fn mapped<'p>(&'p self, claims: &Value) -> Vec<(&'p str, &'p str, &'p str)> {
        let mut mapped = Vec::new();
        for map in &self.value_map {
            let Some(value) = claims.get(&map.claim).and_then(Value::as_str) else { continue };
            if let Some((there, here)) = map.values.iter().find(|(there, _)| there == value) {
                mapped.push((map.claim.as_str(), there.as_str(), here.as_str()));
            }
        }
        mapped
    }
}
