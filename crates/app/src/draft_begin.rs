//! Begins a dossier: in answer to a request, or on the firm's own account. What the destination requires
//! and the firm holds is chosen at once, each with the least that it has to show.

use chrono::{DateTime, Utc};
use zizhi_model::{Region, Scenario, Text, Uscc};
use zizhi_rules::pack::{Checklist, Required, RulePack};
use zizhi_store::{Direction, Draft as Row, Reader};

use crate::draft_body::{Chosen, DraftBody, Fields, KIND, Kept, Stage, every, read, save};
use crate::draft_choose::least_of;
use crate::failure::{Failure, told};
use crate::firm::Firm;
use crate::hold_credentials::{self, Held};
use crate::plan_evidence::Evidence;
use crate::plan_pack::{checklist, rule_pack};
use crate::plan_readiness::{candidates, rank};
use crate::requests_stored::{known, request_of, still_open};

/// What the firm wants.
#[derive(Debug, Clone)]
pub enum Purpose<'a> {
    /// To answer the request with this `jti`.
    Answer(&'a str),
    /// To show its qualifications unasked.
    Unasked {
        /// What it wants to do.
        scenario: Scenario,
        /// Where to.
        destination: Region,
        /// To whom.
        aud: Uscc,
        /// The checklist.
        checklist_id: &'a str,
        /// The rule pack.
        pack_id: &'a str,
    },
}

/// A draft to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its id.
    pub id: String,
    /// Whether it was in work already.
    pub continued: bool,
}

/// Makes the draft; where one in work answers the request already, gives that one.
///
/// # Errors
/// `PROFILE-NONE`, `REQUEST-ABSENT`, `REQ-EXPIRED`, `REPLAY`, `RULE-MISSING`, `REG-SCOPE`; as every write to
/// the database.
pub fn begin(firm: &Firm<'_>, purpose: &Purpose<'_>) -> Result<Begun, Failure> {
    let owner = firm.owner()?;
    let fields = Fields {
        name: owner.name.clone(),
        origin_region: owner.region.map(|region| region.to_string()).unwrap_or_default(),
        ..Fields::default()
    };
    let (scenario, destination, aud, mut body) = match purpose {
        Purpose::Answer(id) => {
            let row = firm.database.reader()?.request(Direction::Received, id)?;
            let known = row.as_ref().and_then(known).ok_or_else(no_request)?;
            still_open(firm, &known, None)?;
            let request = known.request;
            let pack = (request.rule_pack.id, request.rule_pack.version);
            let mut body = DraftBody::new(pack, request.checklist_id, fields);
            body.request = Some(request.jti);
            (request.scenario, request.destination_region, *request.iss.uscc(), body)
        }
        Purpose::Unasked { scenario, destination, aud, checklist_id, pack_id } => {
            let pack = rule_pack(firm.library, destination, pack_id)?;
            let list = checklist(&pack, checklist_id)?;
            if list.scenario != *scenario || !pack.covers(destination) {
                return Err(out_of_scope(&pack, destination, *scenario));
            }
            let version = i64::try_from(pack.version).unwrap_or(i64::MAX);
            let body = DraftBody::new((pack.pack_id.clone(), version), list.checklist_id.clone(), fields);
            (*scenario, *destination, *aud, body)
        }
    };
    let record = firm.library.trust().issuer(&aud).ok().flatten();
    let to = record.map_or_else(|| destination.label().into_owned(), |record| record.name.clone());
    body.fields.title = format!("{}·{to}", scenario.zh());
    let row = Row {
        id: firm.new_id(),
        title: body.fields.title.clone(),
        scenario: Some(scenario),
        destination_region: Some(destination),
        aud: Some(aud),
        body: serde_json::Value::Null,
        updated: firm.host.now(),
    };
    let id = row.id.clone();
    let mut new = Kept { row, body, scenario, destination, aud, sent: Vec::new(), stage: Stage::Draft };
    if let Ok(pack) = rule_pack(firm.library, &destination, &new.body.pack_id)
        && let Some(list) = pack.checklist(&new.body.checklist_id)
    {
        new.body.credentials = required(firm, &pack, list, owner.uscc)?;
    }
    let entry = firm.entry("draft.begun")?.about(KIND, &id);
    let writer = firm.database.writer()?;
    // Under the writer's lock, so that two calls at once do not make two.
    if let Some(request) = &new.body.request
        && let Some(id) = in_work(&writer, request, firm.host.now())?
    {
        return Ok(Begun { id, continued: true });
    }
    save(&writer, new, firm.host)?;
    // What was written can be read again.
    read(&writer, &id)?;
    writer.commit(&entry)?;
    Ok(Begun { id, continued: false })
}

/// The draft that answers a request and was not signed yet.
pub(crate) fn in_work(
    reader: &Reader<'_>,
    request: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>, Failure> {
    for kept in every(reader)?.into_iter().filter(|kept| kept.stage == Stage::Draft) {
        if request_of(reader, &kept, now)?.as_deref() == Some(request) {
            return Ok(Some(kept.row.id));
        }
    }
    Ok(None)
}

/// For every item that has to be answered, the best of what is held.
fn required(firm: &Firm<'_>, pack: &RulePack, list: &Checklist, uscc: Uscc) -> Result<Vec<Chosen>, Failure> {
    let held = hold_credentials::all(firm)?;
    let all: Vec<Evidence<'_>> = held.iter().map(|held| Evidence::whole(firm, held)).collect();
    let mut wanted: Vec<(&Held, Vec<String>)> = Vec::new();
    for item in list.items.iter().filter(|item| item.required == Required::Yes) {
        let fitting = candidates(item, &all);
        let queries = item.evidence.query.iter().flat_map(|query| &query.credentials);
        for asked in queries {
            let fits = |held: &&&Held| {
                let evidence = all.iter().find(|it| it.held.row.id == held.row.id);
                evidence.is_some_and(|evidence| {
                    let authorities = evidence.authorities();
                    let matched = asked.matched(0, &evidence.candidate(&authorities));
                    matched.is_some()
                })
            };
            let best = fitting.iter().filter(fits).filter(|held| held.looked.standing.usable());
            let Some(best) = best.min_by_key(|held| rank(held)) else { continue };
            match wanted.iter_mut().find(|(held, _)| held.row.id == best.row.id) {
                Some((_, answers)) if answers.contains(&item.item_id) => {}
                Some((_, answers)) => answers.push(item.item_id.clone()),
                None => wanted.push((best, vec![item.item_id.clone()])),
            }
        }
    }
    let chosen = wanted.into_iter().map(|(held, answers)| Chosen {
        id: held.row.id.clone(),
        disclose: least_of(held, pack, list, &answers, uscc),
        answers,
    });
    Ok(chosen.collect())
}

fn no_request() -> Failure {
    Failure::input(
        "REQUEST-ABSENT",
        Text::fixed("没有找到这份请求，没有建立草稿。", "there is no such request; no draft was made"),
        Text::fixed(
            "请先导入接收方发来的 .zzrequest 文件。",
            "first import the .zzrequest that the destination sent",
        ),
    )
}

fn out_of_scope(pack: &RulePack, region: &Region, scenario: Scenario) -> Failure {
    Failure::input(
        "REG-SCOPE",
        told(
            format!(
                "规则包 {} 的这份清单不适用于在{}{}，没有建立草稿。",
                pack.pack_id,
                region.label(),
                scenario.zh()
            ),
            format!(
                "that checklist of {} is not for {} in {}; no draft was made",
                pack.pack_id,
                scenario.en(),
                region.label()
            ),
        ),
        Text::fixed(
            "请从目的地列表中重新选择情形和地区。",
            "choose purpose and region from the list of destinations again",
        ),
    )
}
