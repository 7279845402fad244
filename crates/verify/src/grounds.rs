//! 依据: what the conclusions of a report rest on, by the rule pack that it was judged by.
//!
//! A report names rules and items by their ids alone (formats.md §6). What they rest on stands in the pack, and goes
//! beside the report onto the screen and onto paper, in the same words everywhere.

use std::collections::BTreeMap;

use zizhi_model::{CheckCode, Text};
use zizhi_rules::pack::RulePack;

use crate::report::{CredentialReport, Report};

/// What the rules and the items of one report rest on. By default nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    rules: BTreeMap<String, String>,
    items: BTreeMap<String, String>,
}

impl Grounds {
    /// What the rules of a pack and the items of one of its checklists rest on.
    #[must_use]
    pub fn of(pack: &RulePack, checklist_id: &str) -> Self {
        let cited = |id: &String, basis: Option<&zizhi_rules::pack::Basis>| {
            basis.map(|basis| (id.clone(), basis.to_string()))
        };
        let items = pack.checklist(checklist_id).into_iter().flat_map(|list| &list.items);
        Self {
            rules: pack
                .equivalences
                .iter()
                .filter_map(|rule| cited(&rule.rule_id, rule.basis.as_ref()))
                .collect(),
            items: items.filter_map(|item| cited(&item.item_id, item.basis.as_ref())).collect(),
        }
    }

    /// The same from the bytes of the pack by which `report` was judged; nothing where they are another's.
    #[must_use]
    pub fn read(pack: &[u8], report: &Report) -> Self {
        let sha256 = zizhi_crypto::b64::encode(&zizhi_crypto::digest::sha256(pack));
        let judged_by = report.basis.rule_pack.as_ref().is_some_and(|basis| basis.sha256 == sha256);
        match (RulePack::parse(pack), &report.dossier) {
            (Ok(pack), Some(dossier)) if judged_by => Self::of(&pack, &dossier.checklist_id),
            _ => Self::default(),
        }
    }

    /// What the rule `id` rests on.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&str> {
        self.rules.get(id).map(String::as_str)
    }

    /// Why the item `id` of the checklist is asked for.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&str> {
        self.items.get(id).map(String::as_str)
    }

    /// Why a credential is taken as it is.
    #[must_use]
    pub fn taken(&self, credential: &CredentialReport) -> Text {
        match &credential.rule_id {
            Some(id) => by_rule(id, self.rule(id)),
            None if credential.checks.iter().any(|check| check.code == CheckCode::RuleConflict) => {
                by_conflicting_rules()
            }
            None => by_no_rule(),
        }
    }
}

/// A credential is taken as the rule `id` says, which rests on `basis`.
#[must_use]
pub fn by_rule(id: &str, basis: Option<&str>) -> Text {
    match basis {
        Some(basis) => Text {
            zh: format!("{basis}（规则 {id}）").into(),
            en: Some(format!("{basis} (rule {id})").into()),
        },
        None => Text { zh: format!("规则 {id}").into(), en: Some(format!("rule {id}").into()) },
    }
}

/// No rule speaks of a credential.
#[must_use]
pub fn by_no_rule() -> Text {
    Text::fixed("没有适用的互认规则", "no recognition rule applies")
}

/// Rules that contradict each other speak of it, so that none of them decides.
#[must_use]
pub fn by_conflicting_rules() -> Text {
    Text::fixed("互认规则之间相互冲突，均未适用", "recognition rules contradict each other; none applies")
}
