//! The trust network of the stories: four provinces, the register, the rule packs, the status lists.

use std::io::Cursor;
use std::path::Path;

use chrono::TimeDelta;
use zizhi_credential::status::{Bits, StatusList, TokenClaims, sign};
use zizhi_crypto::SystemRandom;
use zizhi_model::region::Region;
use zizhi_model::{Provenance, Uscc, civil};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};

use super::cast::{Cast, FUND, HEFEI, Issuer, PLATFORM, status_uri};
use super::fault;
use crate::failure::Failure;
use crate::files;

/// As it is at the time of verification.
pub(super) const CURRENT: &str = "demo.zztrust";
/// With status lists of nine days ago, from before anything was taken back.
pub(super) const OLD_LISTS: &str = "demo-lists-9-days-old.zztrust";
/// Without 合肥国家大学科技园 in the register.
pub(super) const WITHOUT_HEFEI: &str = "demo-without-hefei.zztrust";

/// Places in each status list.
const ENTRIES: u64 = 1024;

const PACKS: [(&str, &str, &str); 9] = [
    ("31", "sh-songjiang", include_str!("../../data/demo/rules/sh-songjiang.json")),
    ("31", "sh-voucher", include_str!("../../data/demo/rules/sh-voucher.json")),
    ("31", "sh-qingpu-zone", include_str!("../../data/demo/rules/sh-qingpu-zone.json")),
    ("33", "hz-yuhang", include_str!("../../data/demo/rules/hz-yuhang.json")),
    ("33", "nb-yinzhou", include_str!("../../data/demo/rules/nb-yinzhou.json")),
    ("31", "kit", KIT),
    ("32", "kit", KIT),
    ("33", "kit", KIT),
    ("34", "kit", KIT),
];

const KIT: &str = include_str!("../../data/demo/rules/kit.json");

/// What an incubator may attest, having seen the original.
const ATTESTED: [&str; 10] = [
    "business-licence",
    "branch-licence",
    "high-tech-enterprise",
    "tech-sme",
    "srdi-sme",
    "patent",
    "software-copyright",
    "tech-contract-registration",
    "management-cert",
    "innovation-voucher",
];

/// What an incubator issues itself.
const DIRECT: [&str; 3] = ["incubatee-certificate", "graduation-certificate", "recognition-decision"];

/// Writes the three packages.
pub(super) fn make(cast: &Cast, dir: &Path) -> Result<(), Failure> {
    let keys = Keys::generate(&["31", "32", "33", "34"], &mut SystemRandom).map_err(fault)?;
    for (name, list_days, marked, hefei) in
        [(CURRENT, 1, true, true), (OLD_LISTS, 9, false, true), (WITHOUT_HEFEI, 1, true, false)]
    {
        let terms = Terms::issued(cast.now - TimeDelta::days(1));
        let mut repository = Repository::init(&keys, &terms).map_err(fault)?;
        for issuer in cast.issuers.iter().filter(|issuer| hefei || issuer.uscc != HEFEI) {
            let record = record(issuer)?;
            repository.put_issuer(record.region.province(), &record).map_err(fault)?;
            let list = list(cast, issuer, marked)?;
            let uri = status_uri(issuer.uscc);
            let urn = format!("urn:uscc:{}", issuer.uscc);
            let claims = TokenClaims {
                issuer: Some(&urn),
                uri: &uri,
                issued_at: (cast.now - TimeDelta::days(list_days)).timestamp(),
                expires: None,
                ttl: Some(86_400),
            };
            repository.put_status(&uri, &sign(&list, &claims, &issuer.key).map_err(fault)?);
        }
        for (province, id, text) in PACKS {
            let text = for_province(id, province, text);
            repository.put_rule_pack(province, id, text.as_bytes()).map_err(fault)?;
        }
        for (file, text) in zizhi_credential::types::SOURCES {
            let name = file.strip_suffix(".json").unwrap_or(file);
            repository.put_type(name, text.as_bytes()).map_err(fault)?;
        }
        repository.publish(&keys.all(), &terms).map_err(fault)?;
        let packed = repository.pack(Cursor::new(Vec::new())).map_err(fault)?;
        files::write(&dir.join("trust").join(name), &packed.into_inner())?;
    }
    Ok(())
}

/// Each province publishes the pack of the recognition kit for its own regions.
fn for_province(id: &str, province: &str, text: &str) -> String {
    if id == "kit" {
        text.replace("\"yrd\"\n ],\n \"valid_from\"", &format!("\"{province}\"\n ],\n \"valid_from\""))
    } else {
        text.to_owned()
    }
}

fn list(cast: &Cast, issuer: &Issuer, marked: bool) -> Result<StatusList, Failure> {
    let mut list = StatusList::new(Bits::Two, ENTRIES).map_err(fault)?;
    let taken_back = cast.marked.borrow();
    for place in taken_back.iter().filter(|place| marked && place.issuer == issuer.uscc) {
        list.set(place.idx, place.status).map_err(fault)?;
    }
    Ok(list)
}

fn record(issuer: &Issuer) -> Result<IssuerRecord, Failure> {
    let scope = |kinds: &[&str], provenance| -> Vec<MayIssue> {
        let one =
            |kind: &&str| MayIssue { credential_type: (*kind).to_owned(), provenance: vec![provenance] };
        kinds.iter().map(one).collect()
    };
    let (role, may_issue) = match issuer.uscc {
        FUND => (IssuerRole::VoucherFund, scope(&["innovation-voucher"], Provenance::Direct)),
        PLATFORM => (IssuerRole::ServiceProvider, scope(&["instrument-eligibility"], Provenance::Direct)),
        _ => {
            let mut scopes = scope(&DIRECT, Provenance::Direct);
            scopes.extend(scope(&ATTESTED, Provenance::Attested));
            (IssuerRole::Incubator, scopes)
        }
    };
    let uses = vec![KeyUse::Credential, KeyUse::Status, KeyUse::Decision, KeyUse::Request, KeyUse::Report];
    let from = civil::parse_time("2026-01-01T00:00:00+08:00").map_err(fault)?;
    Ok(IssuerRecord {
        uscc: Uscc::parse(issuer.uscc).map_err(fault)?,
        name: issuer.name.to_owned(),
        former_names: Vec::new(),
        roles: vec![role],
        level: (role == IssuerRole::Incubator).then(|| "ministry_standard".to_owned()),
        region: Region::parse(issuer.region).map_err(fault)?,
        keys: vec![IssuerKey::new(issuer.key.public().clone(), uses, from)],
        seal_to: Vec::new(),
        may_issue,
    })
}
