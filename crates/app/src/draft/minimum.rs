//! The least that a credential has to show: what the destination's rule pack asks of its type.

use std::collections::BTreeSet;

use zizhi_credential::present::choices;
use zizhi_credential::{Path, Step};
use zizhi_model::{Limits, Scenario};
use zizhi_rules::certlogic::Expr;
use zizhi_rules::dcql;
use zizhi_rules::pack::{Checklist, RulePack};
use zizhi_verify::Library;

use super::Draft;
use crate::failure::Failure;
use crate::voucher::fund::is_voucher;
use crate::voucher::terms::{FIRST_DAY, ISSUED, LEDGER_NEEDS};

/// The claims of the credential that the checklist asks for and that its rules look at: those of the
/// items in `answers`, or of all items if it names none. Of a voucher to redeem also what its ledger needs.
///
/// # Errors
/// `RULE-MISSING` if the rule pack or the checklist is not in the trust data.
pub(crate) fn minimum(
    draft: &Draft,
    library: &Library,
    issued: &str,
    vct: &str,
    type_id: &str,
    answers: &[String],
) -> Result<Vec<String>, Failure> {
    let pack = rule_pack(draft, library)?;
    let checklist = pack.checklist(&draft.checklist_id).ok_or_else(|| no_checklist(draft))?;
    Ok(least(&pack, checklist, issued, vct, type_id, answers))
}

/// The same where the rule pack is at hand.
pub(crate) fn least(
    pack: &RulePack,
    checklist: &Checklist,
    issued: &str,
    vct: &str,
    type_id: &str,
    answers: &[String],
) -> Vec<String> {
    let available = choices(issued, &Limits::default()).unwrap_or_default();
    let mut wanted = Wanted { available: &available, paths: BTreeSet::new() };
    for item in checklist.items.iter().filter(|item| answers.is_empty() || answers.contains(&item.item_id)) {
        let asked = item.evidence.query.iter().flat_map(|query| &query.credentials);
        let mut answered = false;
        for query in asked
            .filter(|query| query.vct_values.as_ref().is_none_or(|known| known.iter().any(|it| it == vct)))
        {
            answered = true;
            let sets = query
                .claim_sets
                .iter()
                .map(|set| set.iter().filter_map(|at| query.claims.get(*at)).collect());
            let mut sets: Vec<Vec<&dcql::ClaimQuery>> = sets.collect();
            if sets.is_empty() {
                sets.push(query.claims.iter().collect());
            }
            // The first set that can be shown is the one most wanted (OpenID4VP 1.0 §6.4.1).
            let set = sets.iter().find(|set| set.iter().all(|claim| wanted.has(&claim.path)));
            for claim in set.or(sets.first()).into_iter().flatten() {
                wanted.add(&claim.path);
            }
        }
        if answered {
            item.rules.iter().for_each(|rule| wanted.touched_by(&rule.logic));
        }
    }
    for rule in pack.equivalences.iter().filter(|rule| rule.credential_type == type_id) {
        rule.conditions.iter().for_each(|condition| wanted.touched_by(&condition.logic));
        rule.value_map.iter().for_each(|map| wanted.add(&[dcql::Step::Key(map.claim.clone())]));
    }
    if checklist.scenario == Scenario::VoucherRedemption && is_voucher(type_id) {
        LEDGER_NEEDS.iter().for_each(|claim| wanted.whole(claim));
        if !wanted.has(&[dcql::Step::Key(FIRST_DAY.to_owned())]) {
            wanted.whole(ISSUED);
        }
    }
    wanted.paths.into_iter().collect()
}

struct Wanted<'a> {
    available: &'a [Path<'static>],
    paths: BTreeSet<String>,
}

impl Wanted<'_> {
    /// Whether the credential has the claim, or something inside it, to show or always visible.
    fn has(&self, path: &[dcql::Step]) -> bool {
        !self.matching(path).is_empty()
    }

    /// A claim with everything inside it.
    fn whole(&mut self, claim: &str) {
        let inside =
            |own: &&Path<'_>| matches!(own.steps().next(), Some(Step::Member(name)) if name == claim);
        let found: Vec<String> = self.available.iter().filter(inside).map(Path::to_string).collect();
        self.paths.extend(found);
    }

    fn add(&mut self, path: &[dcql::Step]) {
        let found = self.matching(path);
        self.paths.extend(found);
    }

    /// The claims that can be chosen at `path`; where it says every element, all of them.
    fn matching(&self, path: &[dcql::Step]) -> Vec<String> {
        let fits = |own: &Path<'_>| {
            own.depth() == path.len()
                && own.steps().zip(path).all(|(own, asked)| match (own, asked) {
                    (Step::Member(name), dcql::Step::Key(key)) => name == key,
                    (Step::Element(index), dcql::Step::Index(asked)) => index == asked,
                    (Step::Element(_), dcql::Step::All) => true,
                    _ => false,
                })
        };
        self.available.iter().filter(|own| fits(own)).map(Path::to_string).collect()
    }

    /// The claims of the credential that an expression looks at.
    fn touched_by(&mut self, logic: &Expr) {
        for access in logic.accesses().iter().filter(|access| !access.in_lambda) {
            let Some(rest) = access.path.strip_prefix("credential.") else { continue };
            let Ok(path) = Path::parse(rest) else { continue };
            // A path may go on below what can be chosen.
            let found = self.available.iter().filter(|own| own.leads_to(&path) || path.leads_to(own));
            let found: Vec<String> = found.map(Path::to_string).collect();
            self.paths.extend(found);
        }
    }
}

fn rule_pack(draft: &Draft, library: &Library) -> Result<RulePack, Failure> {
    let id = &draft.rule_pack.id;
    let province = draft.destination_region.province();
    let found = library.trust().rule_pack_in(province, id).map_err(|error| no_pack(id).because(error))?;
    let target = found.ok_or_else(|| no_pack(id))?;
    RulePack::parse(&target.bytes).map_err(|_| no_pack(id))
}

fn no_pack(id: &str) -> Failure {
    Failure::refused(
        "RULE-MISSING",
        format!("信任数据中没有可用的规则包 {id}，无法得知最少需要披露哪些字段。没有作任何改动。"),
        format!(
            "the trust data holds no usable rule pack {id}, so the least to disclose is not known; nothing was changed"
        ),
        "请用 --trust 给出包含该规则包的信任数据，或用 --disclose 自行选择字段。",
        "give trust data with that rule pack with --trust, or choose claims with --disclose",
    )
}

fn no_checklist(draft: &Draft) -> Failure {
    let (pack, id) = (&draft.rule_pack.id, &draft.checklist_id);
    Failure::refused(
        "RULE-MISSING",
        format!("规则包 {pack} 中没有材料清单 {id}，无法得知最少需要披露哪些字段。没有作任何改动。"),
        format!(
            "the rule pack {pack} has no checklist {id}, so the least to disclose is not known; nothing was changed"
        ),
        "请核对草稿中的 checklist_id，或用 --disclose 自行选择字段。",
        "check the draft's checklist_id, or choose claims with --disclose",
    )
}
