//! One change to a repository in memory.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use zizhi_credential::status::{Status, StatusList, StatusToken};
use zizhi_credential::types::{TypeMetadata, builtin};
use zizhi_model::{Json, Region, RegionPattern, Uscc, json};
use zizhi_rules::pack::{Diagnostic, RulePack, Severity, lint};
use zizhi_sync::HubId;
use zizhi_trust::authoring::{AuthoringError, Repository};
use zizhi_trust::{IssuerRecord, KeyUse, Trust, TrustLimits, status_name};

use super::failures::{self, failed};
use super::grant::{self, Grant, Registered};
use super::{Change, uses};
use crate::failure::Failure;
use crate::read_json::not_json;
use crate::read_keys::public_key;
use crate::trust_overview::{fingerprint, fingerprints};
use crate::type_forms::known_types;
use crate::{files, keep_status};

/// Bytes of one record, rule pack, type or list.
const LIMIT: u64 = 8 * 1024 * 1024;

/// What is to be told of a change that was applied.
#[derive(Default)]
pub(super) struct Applied {
    /// Remarks that do not keep it from being published.
    pub(super) remarks: Vec<Diagnostic>,
    /// The fingerprints of keys that were taken in.
    pub(super) fingerprints: Vec<String>,
    /// The issuer that was registered.
    pub(super) registered: Option<Registered>,
}

/// Applies the change.
pub(super) fn apply(
    repository: &mut Repository,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<Applied, Failure> {
    let mut applied = Applied::default();
    match change {
        Change::AddIssuer { record, grant } => {
            let record = add_issuer(repository, record, grant, now)?;
            applied.fingerprints = fingerprints(&record, now);
            applied.registered = Some(grant::registered(&record));
        }
        Change::RotateKey { issuer, new, uses: words, hub, from } => {
            let province = province_of(repository, issuer)?;
            let (new, from) = (public_key(new)?, from.unwrap_or(now));
            let (uses, hub) = (uses(words)?, hub.as_deref());
            hub_of(&province, &uses, hub)?;
            applied.fingerprints = vec![fingerprint(&new, &uses)];
            repository.rotate_issuer_key(&province, issuer, new, (&uses, hub), from).map_err(failed)?;
        }
        Change::RevokeKey { issuer, kid, at, reason } => {
            let province = province_of(repository, issuer)?;
            let at = at.unwrap_or(now);
            repository.revoke_issuer_key(&province, issuer, kid, at, reason).map_err(failed)?;
        }
        Change::AddRules { pack, province } => {
            applied.remarks = add_rules(repository, pack, province.as_deref())?;
        }
        Change::AddType { file } => add_type(repository, file)?,
        Change::AddStatus { token, force } => add_status(repository, token, *force, now)?,
        Change::Sign { renew: false } => {}
        Change::Sign { renew: true } => repository.renew_all(),
        Change::RotateRoot { old, new } => {
            let (old, new) = (public_key(old)?, public_key(new)?);
            match repository.replace_root_key(&old, &new) {
                Err(AuthoringError::Key(_)) => repository.replace_distributor_key(&old, &new),
                other => other,
            }
            .map_err(failed)?;
        }
        Change::RotateProvince { province, new } => {
            repository.replace_province_key(province, &public_key(new)?).map_err(failed)?;
        }
    }
    Ok(applied)
}

/// A key of a hub is for that alone and names the hub, which is one of the province: elsewhere nobody looks for it.
fn hub_of(province: &str, uses: &[KeyUse], hub: Option<&str>) -> Result<(), Failure> {
    match hub {
        None if !uses.contains(&KeyUse::Hub) => Ok(()),
        Some(hub)
            if *uses == [KeyUse::Hub] && HubId::parse(hub).is_ok_and(|id| id.province() == province) =>
        {
            Ok(())
        }
        _ => Err(failures::hub_key(province)),
    }
}

fn add_issuer(
    repository: &mut Repository,
    path: &Path,
    granted: &Grant,
    now: DateTime<Utc>,
) -> Result<IssuerRecord, Failure> {
    let bytes = files::read(path, LIMIT)?;
    let depth = TrustLimits::default().json_depth;
    let value = json::strict(&bytes, depth).map_err(|error| not_json(path, error))?;
    let text = |name| value.get(name).and_then(Json::as_str);
    let uscc = text("uscc").and_then(|text| Uscc::parse(text).ok());
    let uscc = uscc.ok_or_else(|| failures::record(path, "uscc"))?;
    let region = text("region").and_then(|text| Region::parse(text).ok());
    let region = region.ok_or_else(|| failures::record(path, "region"))?;
    let mut record = IssuerRecord::read(&bytes, region.province(), &uscc, depth)
        .map_err(|defect| failures::record_defect(path, defect))?;
    // A reader passes over words that it does not know. A writer who mistyped one wants to be told.
    let written = record.to_json().map_err(failed)?;
    let written: Value = serde_json::from_slice(&written).unwrap_or_default();
    if let Some(member) = lost(&value.to_value(), &written) {
        return Err(failures::record(path, &member));
    }
    // Only who names a type has to be held to those that there are.
    let types = if granted.may_issue.is_empty() {
        Vec::new()
    } else {
        let trust = Trust::open(Arc::new(repository.clone()), None, None, now);
        trust.map_or_else(|_| builtin().to_vec(), |trust| known_types(&trust))
    };
    grant::decide(&mut record, granted, &types)?;
    repository.put_issuer(region.province(), &record).map_err(failed)?;
    Ok(record)
}

/// The first member of a record whose words or members a reader would pass over.
fn lost(given: &Value, written: &Value) -> Option<String> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => given.iter().find_map(|(name, value)| {
            let kept = written.get(name);
            let inner = kept.map_or_else(|| Some(String::new()), |kept| lost(value, kept));
            // A JWK may hold more than a public key has; the rest is left out on purpose.
            let told = inner.filter(|_| name != "jwk" && !value.is_null())?;
            Some(if told.is_empty() { name.clone() } else { format!("{name}.{told}") })
        }),
        (Value::Array(given), Value::Array(written)) if given.len() == written.len() => {
            given.iter().zip(written).find_map(|(given, written)| lost(given, written))
        }
        (Value::Array(_), _) => Some(String::new()),
        _ => None,
    }
}

fn add_rules(
    repository: &mut Repository,
    path: &Path,
    province: Option<&str>,
) -> Result<Vec<Diagnostic>, Failure> {
    let bytes = files::read(path, LIMIT)?;
    let remarks = lint(&bytes);
    if let Some(first) = remarks.iter().find(|remark| remark.severity == Severity::Error) {
        return Err(failures::rules(path, first));
    }
    let pack = RulePack::parse(&bytes).map_err(|found| {
        found.first().map_or_else(|| failures::no_province(path), |it| failures::rules(path, it))
    })?;
    let province = match province {
        Some(province) => province.to_owned(),
        None => its_province(&pack).ok_or_else(|| failures::no_province(path))?,
    };
    repository.put_rule_pack(&province, &pack.pack_id, &bytes).map_err(failed)?;
    Ok(remarks)
}

/// The one province in which all destinations of a pack lie.
fn its_province(pack: &RulePack) -> Option<String> {
    let mut provinces = pack.to_regions.iter().map(|pattern| match pattern {
        RegionPattern::Prefix(prefix) => prefix.as_str().get(..2).map(str::to_owned),
        _ => None,
    });
    let first = provinces.next()??;
    provinces.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

fn add_type(repository: &mut Repository, path: &Path) -> Result<(), Failure> {
    let bytes = files::read(path, LIMIT)?;
    let metadata =
        TypeMetadata::parse(&bytes).map_err(|error| failures::credential_type(path).because(error))?;
    repository.put_type(metadata.id(), &bytes).map_err(failed)
}

fn add_status(
    repository: &mut Repository,
    path: &Path,
    force: bool,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let text = files::read_text(path, LIMIT)?;
    let text = text.trim();
    let refused = |zh, en: &str| failures::status(path, zh, en);
    let uri = keep_status::uri(text).ok_or_else(|| refused("不是吊销名单", "it is no status list token"))?;
    let name = status_name(&uri);
    let before = newest(repository, &name, now)?.ok();
    repository.put_status(&uri, text);
    let offered = newest(repository, &name, now)?.map_err(|reason| refused("签名或内容不成立", &reason))?;
    let Some(before) = before else { return Ok(()) };
    if before.issued_at > offered.issued_at {
        return Err(refused("已发布的比它新", "the one that is published is newer"));
    }
    match milder(&before.list, &offered.list) {
        places if places.is_empty() || force => Ok(()),
        places => Err(failures::milder(path, &places)),
    }
}

/// Places at which a list says less than the one before it: what was revoked or ended stays so.
fn milder(before: &StatusList, after: &StatusList) -> Vec<(u64, Status, Status)> {
    let is_final = |status: Status| matches!(status, Status::Revoked | Status::Ended);
    let now = |idx| after.get(idx).unwrap_or(Status::Valid);
    let places = before.exceptions().map(|(idx, was)| (idx, was, now(idx)));
    places.filter(|(_, was, now)| is_final(*was) && !is_final(*now)).collect()
}

/// The status list of a repository, if readers would use it.
fn newest(
    repository: &Repository,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Result<StatusToken, String>, Failure> {
    let trust = Trust::open(Arc::new(repository.clone()), None, None, now).map_err(super::refuses_itself)?;
    Ok(keep_status::usable(&trust, repository, name, now))
}

/// The province that registers an issuer.
fn province_of(repository: &Repository, uscc: &Uscc) -> Result<String, Failure> {
    let ending = format!(".{uscc}.json");
    let found = repository.files().find_map(|(path, _)| {
        let (province, file) = path.strip_prefix("targets/issuers/")?.split_once('/')?;
        file.ends_with(&ending).then(|| province.to_owned())
    });
    found.ok_or_else(|| failed(AuthoringError::Issuer(uscc.to_string())))
}
