//! Rule packs as the window shows them.

use zizhi_app::rule_book::{self, Asked, RuleBook};
use zizhi_model::{Region, Text};
use zizhi_rules::pack::RulePack;
use zizhi_wire::*;

use crate::refusal::sentence;
use crate::type_form::provenance;
use crate::words::{mode, scenario};

/// A pack in a line.
pub(super) fn pack_line(province: &Region, pack: &RulePack) -> PackLine {
    let checklists = pack.checklists.iter().map(|list| ChecklistLine {
        id: list.checklist_id.clone(),
        title: sentence(&list.title),
        scenario: scenario(list.scenario),
    });
    PackLine {
        id: pack.pack_id.clone(),
        province: province.to_string(),
        version: i64::try_from(pack.version).unwrap_or(i64::MAX),
        publisher: pack.publisher.uscc().to_string(),
        to_regions: pack.to_regions.iter().map(|pattern| sentence(&pattern.label())).collect(),
        valid_from: pack.valid_from.to_string(),
        valid_until: pack.valid_until.map(|day| day.to_string()),
        checklists: checklists.collect(),
    }
}

/// A pack in full.
pub(super) fn pack_page(province: &Region, book: RuleBook) -> PackPage {
    let pack = pack_line(province, &book.pack);
    let lists = pack.checklists.clone().into_iter().zip(book.items);
    let rules = book.rules.into_iter().map(|rule| PackRule {
        id: rule.id,
        credential: sentence(&rule.credential),
        from: sentences(&rule.from),
        to: sentences(&rule.to),
        scenarios: rule.scenarios.into_iter().map(scenario).collect(),
        mode: mode(rule.mode),
        counts_as: rule.counts_as.as_ref().map(sentence),
        conditions: sentences(&rule.conditions),
        supplements: sentences(&rule.supplements),
        basis: rule.basis,
        demo: rule.demo,
    });
    PackPage {
        status_max_age_days: book.pack.status_max_age_days,
        trust_max_age_days: book.pack.trust_max_age_days,
        lists: lists
            .map(|(list, items)| PackList { list, items: items.into_iter().map(item).collect() })
            .collect(),
        rules: rules.collect(),
        pack,
    }
}

fn item(item: Asked) -> PackItem {
    PackItem {
        id: item.id,
        title: sentence(&item.title),
        need: match item.need {
            rule_book::Need::Always => Need::Always,
            rule_book::Need::Sometimes => Need::Sometimes,
            rule_book::Need::Never => Need::Never,
        },
        credentials: sentences(&item.credentials),
        attachments: sentences(&item.attachments),
        any: item.any,
        provenance: item.provenance.map(provenance),
        conditions: sentences(&item.conditions),
        basis: item.basis,
    }
}

fn sentences(texts: &[Text]) -> Vec<Sentence> {
    texts.iter().map(sentence).collect()
}
