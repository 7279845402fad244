//! Tells what trust data says: versions and age, provinces, packs, and one issuer of the register.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use zizhi_crypto::digest;
use zizhi_model::check::{Check, CheckCode, Outcome};
use zizhi_model::civil::rfc3339;
use zizhi_model::{Region, Text, Uscc};
use zizhi_trust::client::State;
use zizhi_trust::{IssuerRecord, Material, ProvinceState, Trust};

use crate::failure::{Failure, told};
use crate::import_trust::lists_offered;
use crate::open_trust::open_trust;
use crate::trust_data::TrustData;

/// Trust data in short.
#[derive(Debug, Clone, Serialize)]
pub struct ShownTrust {
    /// The root that was pinned, where the chain of roots begins.
    pub pinned_root: Option<ShownRoot>,
    /// The newest root.
    pub root: Option<ShownRoot>,
    /// Version of the top-level targets.
    pub targets_version: u64,
    /// Version of the snapshot.
    pub snapshot_version: u64,
    /// Version of the timestamp.
    pub timestamp_version: u64,
    /// When the timestamp was signed, RFC 3339, if it says so.
    pub timestamp: Option<String>,
    /// Seconds since then.
    pub age_seconds: Option<i64>,
    /// Whether a role that everything rests on has expired.
    pub stale: bool,
    /// Every role with its end.
    pub roles: Vec<ShownRole>,
    /// The provinces, in the order of the package.
    pub provinces: Vec<ShownProvince>,
    /// Issuers that usable provinces register.
    pub issuer_count: usize,
    /// Rule packs, as `<province>/<id>`.
    pub rule_packs: Vec<String>,
    /// Files of type metadata.
    pub types: Vec<String>,
    /// Status lists that are remembered; of a package that was only looked at, those that importing it would keep.
    pub status_lists: Vec<ShownList>,
    /// What is wrong.
    pub checks: Vec<Check>,
    /// Where it is kept; nothing for a package that was only looked at.
    pub kept: Option<ShownPlace>,
}

/// A root.
#[derive(Debug, Clone, Serialize)]
pub struct ShownRoot {
    /// Its version.
    pub version: u64,
    /// SHA-256 of its file in groups of four, to be compared with the stamped paper.
    pub fingerprint: String,
}

/// One role.
#[derive(Debug, Clone, Serialize)]
pub struct ShownRole {
    /// Its name.
    pub role: String,
    /// Its version.
    pub version: u64,
    /// When it ends, RFC 3339.
    pub expires: String,
    /// Whether that has passed.
    pub expired: bool,
}

/// One province.
#[derive(Debug, Clone, Serialize)]
pub struct ShownProvince {
    /// Two digits.
    pub province: String,
    /// Its name, where it is known.
    pub name: Option<&'static str>,
    /// `ok`, `stale`, `disabled` or `absent`.
    pub state: &'static str,
    /// Why it is disabled, or when it expired.
    pub reason: Option<String>,
}

/// One remembered status list.
#[derive(Debug, Clone, Serialize)]
pub struct ShownList {
    /// Its name.
    pub uri: String,
    /// When it was signed, NumericDate.
    pub iat: i64,
}

/// Where trust data is kept.
#[derive(Debug, Clone, Serialize)]
pub struct ShownPlace {
    /// The data folder.
    pub folder: String,
    /// Where it came from.
    pub source: String,
    /// When it was imported, RFC 3339.
    pub imported_at: String,
}

/// Opens the package at `path`, or without one what the data folder keeps.
///
/// # Errors
/// `IO-READ`, `TRUST-DATA`; `TRUST-NONE` if nothing was imported yet.
pub fn look(
    path: Option<&Path>,
    pin: Option<&Path>,
    data: &TrustData,
    now: DateTime<Utc>,
) -> Result<(Trust, Option<ShownPlace>), Failure> {
    if let Some(path) = path {
        return Ok((open_trust(path, pin, None, now)?, None));
    }
    let kept = data.read()?.ok_or_else(|| nothing(data.folder()))?;
    let place = ShownPlace {
        folder: data.folder().display().to_string(),
        source: kept.source,
        imported_at: rfc3339(kept.imported_at),
    };
    let trust = data.open(now)?.ok_or_else(|| nothing(data.folder()))?;
    Ok((trust, Some(place)))
}

/// What `trust` says.
#[must_use]
pub fn describe(trust: &Trust, kept: Option<ShownPlace>) -> ShownTrust {
    let basis = trust.basis();
    let root = |version, sha256: &[u8; 32]| ShownRoot { version, fingerprint: digest::hex_groups(sha256) };
    ShownTrust {
        pinned_root: basis.pinned.as_ref().map(|pinned| root(pinned.version, &pinned.sha256)),
        root: (basis.root_version > 0).then(|| root(basis.root_version, &basis.root_sha256)),
        targets_version: basis.targets_version,
        snapshot_version: basis.snapshot_version,
        timestamp_version: basis.timestamp_version,
        timestamp: basis.timestamp.map(rfc3339),
        age_seconds: basis.age_seconds,
        stale: basis.stale,
        roles: basis
            .expires
            .iter()
            .map(|role| ShownRole {
                role: role.role.clone(),
                version: role.version,
                expires: rfc3339(role.expires),
                expired: role.expired,
            })
            .collect(),
        provinces: trust.provinces().iter().map(|(name, state)| province(name, state)).collect(),
        issuer_count: trust.issuer_count(),
        rule_packs: trust.rule_packs().iter().map(|pack| format!("{}/{}", pack.province, pack.id)).collect(),
        types: trust.types(),
        status_lists: trust.state().map(status_lists).unwrap_or_default(),
        checks: problems(trust),
        kept,
    }
}

/// What a package or folder that was only looked at says, with the status lists in it.
///
/// # Errors
/// `IO-READ` if it is gone meanwhile.
pub fn describe_package(trust: &Trust, path: &Path, now: DateTime<Utc>) -> Result<ShownTrust, Failure> {
    let mut shown = describe(trust, None);
    if let Some((state, left_out)) = lists_offered(trust, path, now)? {
        shown.status_lists = status_lists(&state);
        shown.checks.extend(left_out);
    }
    Ok(shown)
}

/// The status lists that are remembered.
pub(crate) fn status_lists(state: &State) -> Vec<ShownList> {
    state.status.iter().map(|(uri, held)| ShownList { uri: uri.clone(), iat: held.iat }).collect()
}

/// What is wrong with trust data, as checks.
#[must_use]
pub fn problems(trust: &Trust) -> Vec<Check> {
    let problems = trust.problems().iter().map(|problem| {
        let mut check = Check::new(problem.code, Outcome::Pending, &Arc::from(problem.role.as_str()));
        check.facts = problem.facts.clone();
        if problem.code == CheckCode::TrustStale {
            let basis = trust.basis();
            if let (Some(at), Some(age)) = (basis.timestamp, basis.age_seconds) {
                check = check.with("at", rfc3339(at)).with("age_days", age / 86_400);
            }
        }
        check
    });
    problems.collect()
}

fn province(name: &str, state: &ProvinceState) -> ShownProvince {
    let (state, reason) = match state {
        ProvinceState::Ok => ("ok", None),
        ProvinceState::Stale { expired } => ("stale", Some(rfc3339(*expired))),
        ProvinceState::Disabled { reason } => ("disabled", Some(reason.clone())),
        ProvinceState::Absent => ("absent", None),
    };
    let region = Region::parse(&format!("{name}0000")).ok();
    ShownProvince { province: name.to_owned(), name: region.and_then(|region| region.name()), state, reason }
}

/// One issuer of the register.
#[derive(Debug, Clone, Serialize)]
pub struct ShownIssuer {
    /// Its code.
    pub uscc: String,
    /// Its name.
    pub name: String,
    /// Names it bore, each with its last day where that is known.
    pub former_names: Vec<(String, Option<String>)>,
    /// What it is.
    pub roles: Vec<&'static str>,
    /// Level of an incubator.
    pub level: Option<String>,
    /// Its region.
    pub region: String,
    /// The region's name.
    pub region_name: Option<&'static str>,
    /// Its keys.
    pub keys: Vec<ShownKey>,
    /// Recipients to seal dossiers to.
    pub seal_to: Vec<String>,
    /// What it may issue: the type and the provenances.
    pub may_issue: Vec<(String, Vec<&'static str>)>,
}

/// One key of an issuer.
#[derive(Debug, Clone, Serialize)]
pub struct ShownKey {
    /// RFC 7638 thumbprint.
    pub kid: String,
    /// `ES256`, `EdDSA` or `SM2-SM3`; nothing for a key that is refused.
    pub algorithm: Option<&'static str>,
    /// What it may sign.
    pub uses: Vec<&'static str>,
    /// From when, RFC 3339.
    pub valid_from: String,
    /// Until when, RFC 3339.
    pub valid_until: Option<String>,
    /// When it was revoked, RFC 3339.
    pub revoked_at: Option<String>,
    /// Why it was revoked.
    pub revoked_reason: Option<String>,
}

/// Looks an issuer up. Nothing if no province registers it.
///
/// # Errors
/// `TRUST-ROLE` if its record cannot be used, or may be in a province that is disabled.
pub fn issuer(trust: &Trust, uscc: &Uscc) -> Result<Option<ShownIssuer>, Failure> {
    let found = trust.issuer(uscc).map_err(|error| {
        Failure::input(
            error.code().as_str(),
            told(
                format!("无法确定 {uscc} 是否在名录中。"),
                format!("whether {uscc} is in the register cannot be told"),
            ),
            Text::fixed(
                "请导入最新的信任数据包；仍然如此时请联系该省的名录管理方。",
                "import the newest trust package; if that does not help, ask the province that keeps the register",
            ),
        )
        .because(error)
    })?;
    Ok(found.map(|record| shown(&record)))
}

/// A record as it is shown.
pub(crate) fn shown(record: &IssuerRecord) -> ShownIssuer {
    let keys = record.keys.iter().map(|key| ShownKey {
        kid: key.kid.clone(),
        algorithm: match &key.material {
            Material::Usable(key) => Some(key.algorithm().as_str()),
            Material::Refused(_) => None,
        },
        uses: key.uses.iter().map(|wanted| wanted.as_str()).collect(),
        valid_from: rfc3339(key.valid_from),
        valid_until: key.valid_until.map(rfc3339),
        revoked_at: key.revoked_at.map(rfc3339),
        revoked_reason: key.revoked_reason.clone(),
    });
    let former = record.former_names.iter();
    let scopes = record.may_issue.iter();
    ShownIssuer {
        uscc: record.uscc.to_string(),
        name: record.name.clone(),
        former_names: former.map(|it| (it.name.clone(), it.until.map(|day| day.to_string()))).collect(),
        roles: record.roles.iter().map(|role| role.as_str()).collect(),
        level: record.level.clone(),
        region: record.region.to_string(),
        region_name: record.region.name(),
        keys: keys.collect(),
        seal_to: record.seal_to.clone(),
        may_issue: scopes
            .map(|scope| {
                (scope.credential_type.clone(), scope.provenance.iter().map(|it| it.as_str()).collect())
            })
            .collect(),
    }
}

fn nothing(folder: &Path) -> Failure {
    Failure::input(
        "TRUST-NONE",
        told(
            format!("数据文件夹 {} 里还没有信任数据。", folder.display()),
            format!("no trust data was imported into {} yet", folder.display()),
        ),
        Text::fixed(
            "请用 zizhi trust import 导入信任数据包，或在命令后写上要查看的文件。",
            "import a package with zizhi trust import, or name the one to look at",
        ),
    )
}
