//! Where the firm can go: one destination for each checklist of the rule packs at hand, and for each
//! request that it was sent and can still answer.

use std::sync::Arc;

use zizhi_model::{Region, RegionPattern, Scenario, Text, Uscc};
use zizhi_rules::pack::RulePack;
use zizhi_store::Direction;
use zizhi_trust::{IssuerRecord, IssuerRole};
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::firm::Firm;
use crate::plan_pack::{packs_in_force, rule_pack, speaks_for};
use crate::requests_stored::{Known, known};

/// Organisations that are named for one destination.
const MOST: usize = 200;
/// Requests that are looked at, the newest first.
const REQUESTS: usize = 200;

/// A checklist of a destination.
#[derive(Debug, Clone)]
pub struct Destination {
    /// What the firm would do there.
    pub scenario: Scenario,
    /// The rule pack, by id and version.
    pub pack: (String, i64),
    /// The checklist.
    pub checklist_id: String,
    /// What it is called.
    pub title: Text,
    /// The regions of the pack in words.
    pub regions: String,
    /// The regions that can be chosen.
    pub region_codes: Vec<Region>,
    /// The organisations there that take dossiers.
    pub recipients: Vec<Arc<IssuerRecord>>,
    /// The request that asks for it.
    pub request_id: Option<String>,
    /// Whether the pack speaks for where this organisation is, so that it may ask firms by it.
    pub own: bool,
}

/// Where the firm can go: what it was asked for first.
///
/// # Errors
/// As every read of the database.
pub fn destinations(firm: &Firm<'_>) -> Result<Vec<Destination>, Failure> {
    let takers = takers(firm.library);
    let mut all = Vec::new();
    let reader = firm.database.reader()?;
    let here = reader.profile()?.and_then(|profile| profile.region);
    for row in reader.requests(Direction::Received, None, REQUESTS)?.rows {
        let over = row.exp <= firm.host.now() || row.answered_by.is_some();
        if let Some(known) = known(&row).filter(|_| !over) {
            all.push(asked(firm, &known));
        }
    }
    for (province, pack) in packs_in_force(firm.library, firm.today()) {
        let own = here.is_some_and(|here| speaks_for(&province, &pack, &here));
        all.extend(of_pack(&pack, &province, &takers, own));
    }
    Ok(all)
}

/// The destination that a request names.
fn asked(firm: &Firm<'_>, known: &Known) -> Destination {
    let request = &known.request;
    let pack = rule_pack(firm.library, &request.destination_region, &request.rule_pack.id).ok();
    let list = pack.as_ref().and_then(|pack| pack.checklist(&request.checklist_id));
    let record = firm.library.trust().issuer(request.iss.uscc()).ok().flatten();
    Destination {
        scenario: request.scenario,
        pack: (request.rule_pack.id.clone(), request.rule_pack.version),
        checklist_id: request.checklist_id.clone(),
        title: list.map_or_else(
            || Text { zh: request.checklist_id.clone().into(), en: None },
            |list| list.title.clone(),
        ),
        regions: request.destination_region.label().into_owned(),
        region_codes: vec![request.destination_region],
        recipients: record.into_iter().collect(),
        request_id: Some(request.jti.clone()),
        own: false,
    }
}

fn of_pack<'p>(
    pack: &'p RulePack,
    province: &Region,
    takers: &'p [Arc<IssuerRecord>],
    own: bool,
) -> impl Iterator<Item = Destination> + 'p {
    let codes = codes(&pack.to_regions, province);
    pack.checklists.iter().map(move |list| Destination {
        scenario: list.scenario,
        pack: (pack.pack_id.clone(), i64::try_from(pack.version).unwrap_or(i64::MAX)),
        checklist_id: list.checklist_id.clone(),
        title: list.title.clone(),
        regions: in_words(&pack.to_regions),
        region_codes: codes.clone(),
        recipients: recipients(pack, list.scenario, takers),
        request_id: None,
        own,
    })
}

/// Who there takes dossiers of that kind, the publisher of the rules first among them; after those the
/// publisher in any case, who knows whom to ask.
fn recipients(pack: &RulePack, scenario: Scenario, takers: &[Arc<IssuerRecord>]) -> Vec<Arc<IssuerRecord>> {
    let fits = |record: &IssuerRecord| match scenario {
        Scenario::VoucherRedemption => {
            record.has_role(IssuerRole::ServiceProvider) || record.has_role(IssuerRole::VoucherFund)
        }
        Scenario::Financing => record.has_role(IssuerRole::Bank) || record.has_role(IssuerRole::Exchange),
        _ => record.has_role(IssuerRole::Incubator),
    };
    let publisher = *pack.publisher.uscc();
    let there = takers.iter().filter(|record| {
        record.uscc == publisher
            || (fits(record) && pack.to_regions.iter().any(|pattern| pattern.matches(&record.region)))
    });
    let mut there: Vec<Arc<IssuerRecord>> = there.cloned().collect();
    there.sort_by_key(|record| (!fits(record), record.uscc != publisher, record.region, record.uscc));
    there.truncate(MOST);
    there
}

/// Organisations of the register that take dossiers of any kind.
fn takers(library: &Library) -> Vec<Arc<IssuerRecord>> {
    let trust = library.trust();
    let codes = trust.issuer_codes();
    let records = codes.iter().filter_map(|code| trust.issuer(&Uscc::parse(code).ok()?).ok().flatten());
    let mut records: Vec<Arc<IssuerRecord>> = records.collect();
    records.dedup_by_key(|record| record.uscc);
    records
}

/// The regions of a province that patterns mean, cities before their counties.
fn codes(patterns: &[RegionPattern], province: &Region) -> Vec<Region> {
    let cities = Region::cities().filter(|city| city.province() == province.province());
    let listed = cities.flat_map(|city| std::iter::once(city).chain(city.counties()));
    let mut codes: Vec<Region> =
        listed.filter(|region| patterns.iter().any(|pattern| pattern.matches(region))).collect();
    // A development zone is in no table, and can be named all the same.
    for pattern in patterns {
        if let RegionPattern::Prefix(prefix) = pattern
            && let Ok(region) = Region::parse(prefix.as_str())
            && region.province() == province.province()
            && !codes.contains(&region)
        {
            codes.push(region);
        }
    }
    codes
}

/// Patterns as people say them.
pub(crate) fn in_words(patterns: &[RegionPattern]) -> String {
    let word = |pattern: &RegionPattern| match pattern {
        RegionPattern::Any => "不限地区".to_owned(),
        one => one.label().zh.into_owned(),
    };
    patterns.iter().map(word).collect::<Vec<_>>().join("、")
}
