//! The destination's rule pack and checklist as the trust data has them.

use chrono::NaiveDate;
use zizhi_model::{Region, Text};
use zizhi_rules::pack::{Checklist, RulePack};
use zizhi_verify::Library;

use crate::draft_body::Kept;
use crate::failure::{Failure, told};
use crate::trust_overview::packs;

/// The rule pack of a province.
///
/// # Errors
/// `RULE-MISSING` if the trust data holds none of that name that can be used.
pub fn rule_pack(library: &Library, destination: &Region, id: &str) -> Result<RulePack, Failure> {
    let found = library.trust().rule_pack_in(destination.province(), id);
    let target = found.map_err(|error| no_pack(id).because(error))?.ok_or_else(|| no_pack(id))?;
    RulePack::parse(&target.bytes).map_err(|_| no_pack(id))
}

/// The rule packs in force that the trust data has, each with its province. One that cannot be read decides nothing.
pub(crate) fn packs_in_force(library: &Library, today: NaiveDate) -> Vec<(Region, RulePack)> {
    let mut packs = packs(library.trust());
    packs.retain(|(_, pack)| pack.in_force(today));
    packs
}

/// Whether a pack of that province speaks for a region.
pub(crate) fn speaks_for(province: &Region, pack: &RulePack, region: &Region) -> bool {
    province.province() == region.province() && pack.covers(region)
}

/// The checklist of a pack.
///
/// # Errors
/// `RULE-MISSING`.
pub fn checklist<'p>(pack: &'p RulePack, id: &str) -> Result<&'p Checklist, Failure> {
    pack.checklist(id).ok_or_else(|| no_checklist(&pack.pack_id, id))
}

/// What a draft is prepared by, and what is to be said about that.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// The pack, if it is at hand.
    pub(crate) pack: Option<RulePack>,
    /// What is in the way of relying on it.
    pub(crate) remarks: Vec<Text>,
}

impl Rules {
    /// Finds the pack of a draft.
    pub(crate) fn of(library: &Library, kept: &Kept, today: NaiveDate) -> Self {
        let body = &kept.body;
        let pack = match rule_pack(library, &kept.destination, &body.pack_id) {
            Ok(pack) => pack,
            Err(failure) => {
                return Self { pack: None, remarks: vec![joined(&failure.fact, &failure.advice)] };
            }
        };
        let mut remarks = Vec::new();
        if pack.checklist(&body.checklist_id).is_none() {
            let failure = no_checklist(&pack.pack_id, &body.checklist_id);
            remarks.push(joined(&failure.fact, &failure.advice));
        }
        if !pack.in_force(today) {
            remarks.push(not_in_force(&pack));
        }
        if !pack.covers(&kept.destination) {
            remarks.push(elsewhere(&pack, &kept.destination));
        }
        let version = i64::try_from(pack.version).unwrap_or(i64::MAX);
        if version != body.pack_version {
            remarks.push(other_version(&pack.pack_id, body.pack_version, version));
        }
        Self { pack: Some(pack), remarks }
    }

    /// The checklist of the draft.
    pub(crate) fn checklist(&self, id: &str) -> Option<(&RulePack, &Checklist)> {
        let pack = self.pack.as_ref()?;
        Some((pack, pack.checklist(id)?))
    }
}

fn joined(fact: &Text, advice: &Text) -> Text {
    told(format!("{}{}", fact.zh, advice.zh), format!("{}; {}", fact.en(), advice.en()))
}

fn no_pack(id: &str) -> Failure {
    Failure::refused(
        "RULE-MISSING",
        format!("信任数据中没有可用的规则包 {id}，无法得知接收方要求什么材料。"),
        format!(
            "the trust data holds no usable rule pack {id}, so what the destination asks for is not known"
        ),
        "请导入接收方所在省最新的信任数据。",
        "import the newest trust data of the destination's province",
    )
}

fn no_checklist(pack: &str, id: &str) -> Failure {
    Failure::refused(
        "RULE-MISSING",
        format!("规则包 {pack} 中没有材料清单 {id}，无法得知接收方要求什么材料。"),
        format!("the rule pack {pack} has no checklist {id}, so what the destination asks for is not known"),
        "请向接收方核对清单编号，或导入最新的信任数据。",
        "check the checklist with the destination, or import the newest trust data",
    )
}

fn not_in_force(pack: &RulePack) -> Text {
    let until = pack.valid_until.map_or_else(|| "—".to_owned(), |day| day.to_string());
    told(
        format!(
            "规则包 {} 的有效期为 {} 至 {until}，今天不在其中，接收方会判为待复核。",
            pack.pack_id, pack.valid_from
        ),
        format!(
            "the rule pack {} is in force from {} to {until} and not today; the destination would leave it pending",
            pack.pack_id, pack.valid_from
        ),
    )
}

fn elsewhere(pack: &RulePack, destination: &Region) -> Text {
    told(
        format!("规则包 {} 不适用于{}，各项资质只作参考。", pack.pack_id, destination.label()),
        format!(
            "the rule pack {} does not speak for {}: everything is for reference only",
            pack.pack_id,
            destination.label()
        ),
    )
}

fn other_version(id: &str, before: i64, now: i64) -> Text {
    told(
        format!(
            "规则包 {id} 现为第{now}版，这份档案按第{before}版开始准备；接收方按现行版本核验，下面的清单已是现行版本。"
        ),
        format!(
            "the rule pack {id} is at version {now} now and this was begun with version {before}; the destination \
             judges by the present one, and so does the list below"
        ),
    )
}
