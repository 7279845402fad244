//! The destination's checklist, item by item, with how the firm stands: 已备, 缺, 将过期, 需补充, 不合要求, 待人工核对,
//! 待补正; what counts as what there; and what to do about it. Said before anything is signed.

use zizhi_model::check::Fact;
use zizhi_model::{Check, CheckCode, RecognitionMode, Text};
use zizhi_rules::checklist::{self, Answer, ItemResult, ItemState};
use zizhi_rules::dcql::Authority;
use zizhi_rules::pack::{Basis, Checklist, Item, RulePack};
use zizhi_store::DraftFile;

use crate::claim_lines::metadata;
use crate::draft_body::Kept;
use crate::firm::Firm;
use crate::hold_credentials::Held;
use crate::hold_standing::{Standing, title_of};
use crate::plan_beyond::Demand;
use crate::plan_evidence::{Evidence, Facts, Taken, attached, take};
use crate::plan_words::{self, Asked};

/// The fact that holds what a credential says.
const CREDENTIAL: &str = "credential.";

/// How the firm stands with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// 已备
    Ready,
    /// 缺
    Missing,
    /// 将过期
    Expiring,
    /// 需补充
    Supplement,
    /// 不合要求: something answers it, but not well enough
    Insufficient,
    /// 待人工核对: an attachment answers it, a rule looks at what only a credential tells, and none waits for the firm
    ByHand,
    /// 待补正: the destination asked for more, and nothing was added for it
    Asked,
}

impl Readiness {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Ready => Text::fixed("已备", "ready"),
            Self::Missing => Text::fixed("缺", "missing"),
            Self::Expiring => Text::fixed("将过期", "ending soon"),
            Self::Supplement => Text::fixed("需补充", "supplement needed"),
            Self::Insufficient => Text::fixed("不合要求", "not good enough"),
            Self::ByHand => Text::fixed("待人工核对", "to be looked at by the destination"),
            Self::Asked => Text::fixed("待补正", "asked for"),
        }
    }

    /// Whether nothing answers the item, or nothing that will do.
    #[must_use]
    pub const fn is_lacking(self) -> bool {
        matches!(self, Self::Missing | Self::Insufficient | Self::Asked)
    }
}

/// An item of the checklist.
#[derive(Debug, Clone)]
pub struct PlanItem {
    /// Its id.
    pub item_id: String,
    /// What it is called.
    pub title: Text,
    /// Whether it has to be answered.
    pub required: bool,
    /// How the firm stands.
    pub state: Readiness,
    /// What counts as what there.
    pub accepted: Vec<Accepted>,
    /// What answers it so far.
    pub by: Vec<String>,
    /// What is missing or ends soon, and what to do.
    pub remark: Option<Text>,
    /// The facts that the firm has to state before this can be decided, by name.
    pub to_state: Vec<String>,
    /// Held credentials that could answer it, the best first.
    pub candidates: Vec<String>,
    /// Kinds of attachment that it takes.
    pub attachment_kinds: Vec<String>,
    /// Why it is asked for.
    pub basis: Option<String>,
    /// What the destination asked for there when it sent the dossier back.
    pub asked: Vec<Demand>,
}

/// A type and how the destination takes it.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// What the type is called.
    pub title: Text,
    /// How.
    pub mode: RecognitionMode,
    /// What has to be added and is not attached yet.
    pub supplements: Vec<Text>,
    /// By which rule.
    pub rule_id: Option<String>,
    /// What that rests on, with the rule: the words of the destination's report.
    pub grounds: Text,
    /// The local type that it counts as, if that is another one.
    pub counts_as: Option<Text>,
}

/// Everything that a plan looks at.
pub(crate) struct Planning<'a> {
    pub(crate) firm: &'a Firm<'a>,
    pub(crate) kept: &'a Kept,
    pub(crate) uscc: &'a str,
    pub(crate) held: &'a [Held],
    pub(crate) files: &'a [DraftFile],
    /// What the last decision asked for, item by item.
    pub(crate) demands: &'a [Demand],
}

/// The checklist with how the firm stands.
pub(crate) fn items(planning: &Planning<'_>, pack: &RulePack, list: &Checklist) -> Vec<PlanItem> {
    let Planning { firm, kept, held, files, .. } = *planning;
    let facts = Facts::of(firm, kept, planning.uscc, files);
    let chosen: Vec<Evidence<'_>> = kept
        .body
        .credentials
        .iter()
        .filter_map(|chosen| {
            Some(Evidence::cut(firm, held.iter().find(|held| held.row.id == chosen.id)?, chosen))
        })
        .collect();
    let taken: Vec<Taken<'_>> = chosen.iter().map(|it| it.taken(pack, kept, &facts, firm)).collect();
    let known: Vec<[Authority<'_>; 2]> = chosen.iter().map(Evidence::authorities).collect();
    let answers: Vec<Answer<'_>> = chosen
        .iter()
        .zip(&known)
        .zip(&taken)
        .map(|((evidence, known), taken)| evidence.answer(known, taken))
        .collect();
    let paths: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let attachments = attached(files, &paths);
    let input = checklist::Input { facts: facts.scope(), credentials: &answers, attachments: &attachments };
    let results = checklist::evaluate(list, &input);
    let all: Vec<Evidence<'_>> = held.iter().map(|held| Evidence::whole(firm, held)).collect();
    let each = list.items.iter().zip(results);
    each.map(|(item, result)| {
        let used: Vec<(&Evidence<'_>, &Taken<'_>)> =
            result.credentials.iter().filter_map(|at| Some((chosen.get(*at)?, taken.get(*at)?))).collect();
        plan_item(planning, pack, item, &result, &used, &all)
    })
    .collect()
}

fn plan_item(
    planning: &Planning<'_>,
    pack: &RulePack,
    item: &Item,
    result: &ItemResult,
    used: &[(&Evidence<'_>, &Taken<'_>)],
    all: &[Evidence<'_>],
) -> PlanItem {
    let candidates = candidates(item, all);
    let asked: Vec<Demand> =
        planning.demands.iter().filter(|demand| demand.item_id == item.item_id).cloned().collect();
    let outstanding =
        used.iter().flat_map(|(_, taken)| outstanding(taken, planning.files)).collect::<Vec<_>>();
    let unread = unread(result);
    let left_to_others = !unread.is_empty() && result.findings.iter().all(|it| unstated(it).is_empty());
    let state = match result.state {
        _ if asked.iter().any(Demand::is_open) => Readiness::Asked,
        ItemState::Missing => Readiness::Missing,
        ItemState::Insufficient => Readiness::Insufficient,
        ItemState::Open if left_to_others => Readiness::ByHand,
        ItemState::Open if result.findings.iter().any(|it| it.code == CheckCode::RuleOpen) => {
            Readiness::Insufficient
        }
        ItemState::Open | ItemState::Met => answered(used, &outstanding),
    };
    let remark = plan_words::remark(&Asked {
        unread: &unread,
        unfit: &plan_words::unfit(item, all, planning.firm.library),
        item,
        uscc: planning.uscc,
        pack,
        state,
        used,
        outstanding: &outstanding,
        findings: told_of(result).filter_map(|finding| text(finding, item)).collect(),
        candidates: &candidates,
        fields: &planning.kept.body.fields,
        files: planning.files,
        library: planning.firm.library,
    });
    let conditions = used.iter().flat_map(|(_, taken)| &taken.findings);
    let mut to_state: Vec<String> =
        result.findings.iter().chain(conditions).flat_map(unstated).map(str::to_owned).collect();
    to_state.sort();
    to_state.dedup();
    let by = result.by.iter().map(|path| {
        let held = planning.held.iter().find(|held| held.row.id == *path);
        held.map_or_else(|| path.clone(), |held| held.label().zh.into_owned())
    });
    PlanItem {
        item_id: item.item_id.clone(),
        title: item.title.clone(),
        required: result.required(),
        state,
        accepted: accepted(planning, pack, item, &candidates),
        by: by.collect(),
        remark,
        to_state,
        candidates: candidates.iter().map(|held| held.row.id.clone()).collect(),
        attachment_kinds: item.evidence.attachment_kinds.clone(),
        basis: item.basis.as_ref().map(Basis::to_string),
        asked,
    }
}

/// How well an item stands that is answered.
fn answered(used: &[(&Evidence<'_>, &Taken<'_>)], outstanding: &[Text]) -> Readiness {
    let modes = || used.iter().map(|(_, taken)| taken.mode);
    if modes().any(|mode| mode == RecognitionMode::None) {
        Readiness::Insufficient
    } else if !outstanding.is_empty()
        || modes().any(|mode| matches!(mode, RecognitionMode::Supplement | RecognitionMode::Recertify))
    {
        Readiness::Supplement
    } else if used.iter().any(|(evidence, _)| evidence.held.looked.standing == Standing::Expiring) {
        Readiness::Expiring
    } else {
        Readiness::Ready
    }
}

/// What the rule wants added and no attachment brings.
fn outstanding(taken: &Taken<'_>, files: &[DraftFile]) -> Vec<Text> {
    let supplements = taken.rule.into_iter().flat_map(|rule| &rule.supplements);
    let lacking = supplements.filter(|wanted| files.iter().all(|file| file.kind != wanted.kind));
    lacking.map(|wanted| wanted.title.clone()).collect()
}

/// Held credentials that answer one of the item's questions, the best first.
pub(crate) fn candidates<'h>(item: &Item, all: &[Evidence<'h>]) -> Vec<&'h Held> {
    let Some(query) = &item.evidence.query else { return Vec::new() };
    let fits = |evidence: &Evidence<'_>| {
        let authorities = evidence.authorities();
        let candidate = evidence.candidate(&authorities);
        query.credentials.iter().any(|asked| asked.matched(0, &candidate).is_some())
    };
    let mut found: Vec<&Held> = all.iter().filter(|evidence| fits(evidence)).map(|it| it.held).collect();
    found.sort_by_key(|held| rank(held));
    found
}

/// What stands comes first, then what ends last, then what came last.
pub(crate) fn rank(held: &Held) -> (bool, bool, std::cmp::Reverse<i64>, std::cmp::Reverse<i64>) {
    let standing = held.looked.standing;
    let left = held.looked.days_left.unwrap_or(i64::MAX);
    let came = held.row.received.timestamp();
    (!standing.usable(), standing == Standing::Unknown, std::cmp::Reverse(left), std::cmp::Reverse(came))
}

/// The types that answer an item, and how the destination takes each.
fn accepted(planning: &Planning<'_>, pack: &RulePack, item: &Item, candidates: &[&Held]) -> Vec<Accepted> {
    let trust = planning.firm.library.trust();
    let queries = item.evidence.query.iter().flat_map(|query| &query.credentials);
    let mut vcts: Vec<&String> = queries.flat_map(|asked| asked.vct_values.iter().flatten()).collect();
    vcts.dedup();
    let each = vcts.into_iter().map(|vct| {
        let type_id = vct.rsplit(':').nth(1).unwrap_or(vct);
        let region = candidates.iter().find(|held| held.row.credential_type == type_id);
        let region = region.and_then(|held| held.row.region);
        let taken = take(pack, type_id, region.as_ref(), planning.kept, planning.firm);
        let title = |id: &str| {
            let vct = format!("{}{id}:1", zizhi_credential::sdjwt::VCT_PREFIX);
            title_of(id, metadata(&vct, Some(trust)).as_ref())
        };
        let maps_to = taken.rule.and_then(|rule| rule.maps_to.as_deref());
        Accepted {
            title: title_of(type_id, metadata(vct, Some(trust)).as_ref()),
            mode: taken.mode,
            supplements: outstanding(&taken, planning.files),
            rule_id: taken.rule.map(|rule| rule.rule_id.clone()),
            grounds: taken.grounds(),
            counts_as: maps_to.filter(|to| *to != type_id).map(title),
        }
    });
    each.collect()
}

/// What a finding says. That something is missing is told with what to do about it.
fn text(finding: &zizhi_rules::Finding, item: &Item) -> Option<Text> {
    if finding.code == CheckCode::ChkMissing {
        return None;
    }
    let names = unstated(finding);
    if !names.is_empty() {
        return Some(plan_words::to_state(&names));
    }
    let title = [
        ("title", item.title.zh.clone().into_owned().into()),
        ("title_en", item.title.en().to_owned().into()),
    ];
    let check = Check {
        code: finding.code,
        outcome: finding.outcome,
        subject: item.item_id.as_str().into(),
        message: finding.message.clone(),
        facts: finding.facts.iter().cloned().chain(title).collect(),
    };
    Some(check.text())
}

/// The facts that a rule is open for and the firm states, if it is open for nothing else.
fn unstated(finding: &zizhi_rules::Finding) -> Vec<&str> {
    open_for(finding, "dossier.facts.")
}

/// The claims that rules look at and no attachment tells, where attachments alone answer the item.
fn unread(result: &ItemResult) -> Vec<&str> {
    if !by_attachments(result) {
        return Vec::new();
    }
    result.findings.iter().flat_map(|finding| open_for(finding, CREDENTIAL)).collect()
}

/// The findings but for those of which [`unread`] has the claims.
fn told_of(result: &ItemResult) -> impl Iterator<Item = &zizhi_rules::Finding> {
    let attached = by_attachments(result);
    result.findings.iter().filter(move |finding| !attached || open_for(finding, CREDENTIAL).is_empty())
}

/// Whether attachments alone answer an item.
fn by_attachments(result: &ItemResult) -> bool {
    result.credentials.is_empty() && !result.by.is_empty()
}

/// What a rule is open for below a fact, if it is open for nothing else.
fn open_for<'f>(finding: &'f zizhi_rules::Finding, fact: &str) -> Vec<&'f str> {
    let missing = finding.facts.iter().find(|(name, _)| *name == "missing").map(|(_, fact)| fact);
    let (CheckCode::RuleOpen, Some(Fact::List(missing))) = (finding.code, missing) else { return Vec::new() };
    let names: Vec<&str> = missing.iter().filter_map(|path| path.strip_prefix(fact)).collect();
    if names.len() == missing.len() { names } else { Vec::new() }
}
