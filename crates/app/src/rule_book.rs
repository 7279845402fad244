//! A rule pack as a person reads it: what each checklist asks for, and what counts as what (formats.md §4).

use zizhi_model::{Provenance, RecognitionMode, Region, RegionPattern, Scenario, Text};
use zizhi_rules::pack::{Basis, Checklist, Equivalence, Item, Required, RulePack};
use zizhi_verify::Library;

use crate::claim_lines::metadata;
use crate::failure::{Failure, told};
use crate::hold_standing::title_of;
use crate::plan_kinds::kind_name;
use crate::plan_pack::rule_pack;

/// A rule pack in words.
#[derive(Debug)]
pub struct RuleBook {
    /// The pack itself.
    pub pack: RulePack,
    /// What each of its checklists asks for, in the order of the pack.
    pub items: Vec<Vec<Asked>>,
    /// What counts as what, in the order of the pack.
    pub rules: Vec<Rule>,
}

/// An item of a checklist in words.
#[derive(Debug)]
pub struct Asked {
    /// `item_id`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Whether it has to be answered.
    pub need: Need,
    /// The types of credential that answer it.
    pub credentials: Vec<Text>,
    /// The kinds of attachment that answer it.
    pub attachments: Vec<Text>,
    /// Whether one of all these is enough.
    pub any: bool,
    /// The least provenance that does without a warning.
    pub provenance: Option<Provenance>,
    /// What is said where it does not hold.
    pub conditions: Vec<Text>,
    /// The law or agreement it rests on.
    pub basis: Option<String>,
}

/// Whether an item has to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// 必需
    Always,
    /// It depends on what the dossier says.
    Sometimes,
    /// 可选
    Never,
}

/// A rule of recognition in words.
#[derive(Debug)]
pub struct Rule {
    /// `rule_id`.
    pub id: String,
    /// The type of credential.
    pub credential: Text,
    /// The regions of its issuers.
    pub from: Vec<Text>,
    /// The destinations.
    pub to: Vec<Text>,
    /// The scenarios; none: all.
    pub scenarios: Vec<Scenario>,
    /// How it is taken.
    pub mode: RecognitionMode,
    /// What it counts as, where that is another type.
    pub counts_as: Option<Text>,
    /// What is said where a condition does not hold.
    pub conditions: Vec<Text>,
    /// What has to be added.
    pub supplements: Vec<Text>,
    /// The law or agreement it rests on.
    pub basis: Option<String>,
    /// Whether it is made up for trying the program.
    pub demo: bool,
}

/// Reads the rule pack `id` of the province that a region lies in.
///
/// # Errors
/// `RULE-MISSING` if the trust data holds none of that name that can be used.
pub fn rule_book(library: &Library, region: &Region, id: &str) -> Result<RuleBook, Failure> {
    let pack = rule_pack(library, region, id)?;
    let asked_in = |list: &Checklist| list.items.iter().map(|item| asked(item, &pack, library)).collect();
    Ok(RuleBook {
        items: pack.checklists.iter().map(asked_in).collect(),
        rules: pack.equivalences.iter().map(|rule| rule_in_words(rule, library)).collect(),
        pack,
    })
}

fn asked(item: &Item, pack: &RulePack, library: &Library) -> Asked {
    Asked {
        id: item.item_id.clone(),
        title: item.title.clone(),
        need: match item.required {
            Required::Yes => Need::Always,
            Required::When(_) => Need::Sometimes,
            Required::No => Need::Never,
        },
        credentials: types(item, library),
        attachments: item.evidence.attachment_kinds.iter().map(|kind| kind_name(kind, Some(pack))).collect(),
        any: item.evidence.any,
        provenance: item.provenance_min,
        conditions: item.rules.iter().map(|rule| condition(rule.message.as_ref(), &rule.rule_id)).collect(),
        basis: item.basis.as_ref().map(Basis::to_string),
    }
}

fn rule_in_words(rule: &Equivalence, library: &Library) -> Rule {
    let other = rule.maps_to.as_deref().filter(|other| *other != rule.credential_type);
    Rule {
        id: rule.rule_id.clone(),
        credential: type_name(&rule.credential_type, library),
        from: regions(&rule.from_regions),
        to: regions(&rule.to_regions),
        scenarios: rule.scenarios.clone(),
        mode: rule.mode,
        counts_as: other.map(|other| type_name(other, library)),
        conditions: rule
            .conditions
            .iter()
            .map(|one| condition(one.message.as_ref(), &rule.rule_id))
            .collect(),
        supplements: rule.supplements.iter().map(|supplement| supplement.title.clone()).collect(),
        basis: rule.basis.as_ref().map(Basis::to_string),
        demo: rule.demo,
    }
}

/// What the types are called that answer an item.
pub(crate) fn types(item: &Item, library: &Library) -> Vec<Text> {
    let queries = item.evidence.query.iter().flat_map(|query| &query.credentials);
    let vcts = queries.flat_map(|query| query.vct_values.iter().flatten());
    vcts.map(|vct| vct_name(vct, library)).collect()
}

/// What a type is called, by the words of the trust data before our own.
fn type_name(type_id: &str, library: &Library) -> Text {
    vct_name(&format!("urn:zizhitong:credential:{type_id}:1"), library)
}

fn vct_name(vct: &str, library: &Library) -> Text {
    let type_id = vct.rsplit(':').nth(1).unwrap_or(vct);
    title_of(type_id, metadata(vct, Some(library.trust())).as_ref())
}

fn condition(message: Option<&Text>, rule_id: &str) -> Text {
    let nameless = || told(format!("符合规则 {rule_id}"), format!("rule {rule_id} holds"));
    message.cloned().unwrap_or_else(nameless)
}

fn regions(patterns: &[RegionPattern]) -> Vec<Text> {
    patterns.iter().map(RegionPattern::label).collect()
}
