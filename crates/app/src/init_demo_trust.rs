//! Makes a small trust repository for demonstrations, complete with fresh keys: four provinces, a
//! distributor, and two incubators that exist in no register.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_credential::status::{Bits, StatusList, TokenClaims, sign};
use zizhi_credential::types::builtin;
use zizhi_crypto::{Algorithm, Random, SigningKey, sealed};
use zizhi_model::{Provenance, Region, Text, Uscc};
use zizhi_trust::authoring::{AuthoringError, Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};

use crate::author_trust::{failed, publish};
use crate::failure::{Cause, Failure, told};
use crate::show_trust::ShownTrust;
use crate::{Host, files};

/// The provinces of the demonstration: Shanghai, Jiangsu, Zhejiang, Anhui.
const PROVINCES: [&str; 4] = ["31", "32", "33", "34"];
/// Days before now from which the demonstration's keys are in force.
const KEY_DAYS: i64 = 365;
/// Credentials that the demonstration's status list has room for.
const ENTRIES: u64 = 1024;
/// The rule pack of the receiving incubator.
const RULES: &[u8] = include_bytes!("../../../tests/data/rules/sh-songjiang.json");

const README: &str = "\
【演示】这里的机构、密钥和规则都是虚构的，只用于练习，不得用于真实业务。
keys/ 中是全部私钥，未加密；真实使用时各省各持自己的密钥，任何人都不持有全部。

DEMO: the organisations, keys and rules in this folder are made up, for practice only.
keys/ holds every private key, unprotected; in earnest each province keeps its own and nobody has all.
";

/// An incubator of the demonstration.
struct Demo {
    uscc: &'static str,
    name: &'static str,
    level: &'static str,
    province: &'static str,
    region: &'static str,
}

const INCUBATORS: [Demo; 2] = [
    Demo {
        uscc: "91340100DEM0000228",
        name: "合肥国家大学科技园【演示】",
        level: "ministry_standard",
        province: "34",
        region: "340104",
    },
    Demo {
        uscc: "91310117DEM000030B",
        name: "松江科创孵化器【演示】",
        level: "provincial",
        province: "31",
        region: "310117",
    },
];

/// What was made.
#[derive(Debug)]
pub struct MadeDemo {
    /// The repository as a reader sees it.
    pub trust: ShownTrust,
    /// The folder with the keys.
    pub keys: PathBuf,
    /// The name of the status list of the first incubator.
    pub status_uri: String,
}

/// Makes the repository in `folder`, which must be empty or not there yet.
///
/// # Errors
/// `IO-EXISTS` if something is there already; `IO-WRITE`.
pub fn init_demo_trust(folder: &Path, host: &dyn Host) -> Result<MadeDemo, Failure> {
    if std::fs::read_dir(folder).is_ok_and(|mut listing| listing.next().is_some()) || folder.is_file() {
        return Err(exists(folder));
    }
    let now = host.now();
    let mut random = host.random();
    let keys = Keys::generate(&PROVINCES, random.as_mut()).map_err(failed)?;
    let terms = Terms::issued(now);
    let mut repository = Repository::init(&keys, &terms).map_err(failed)?;
    let mut files: Vec<(String, String)> = Vec::new();
    for (province, own) in &keys.provinces {
        files.push((format!("{province}-root.jwk"), own.root.to_jwk_private_json().to_string()));
        files.push((format!("{province}-province.jwk"), own.province.to_jwk_private_json().to_string()));
    }
    files.push(("distributor.jwk".to_owned(), keys.distributor.to_jwk_private_json().to_string()));
    let mut status_uri = String::new();
    for demo in &INCUBATORS {
        let key = new_key(random.as_mut())?;
        let (identity, recipient) = sealed::generate_identity();
        let record = record(demo, &key, recipient, now)?;
        repository.put_issuer(demo.province, &record).map_err(failed)?;
        let uri = format!("https://status.example/{}/1", demo.uscc);
        repository.put_status(&uri, &empty_list(demo, &uri, &key, now)?);
        files.push((format!("{}.jwk", demo.uscc), key.to_jwk_private_json().to_string()));
        files.push((format!("{}.age", demo.uscc), identity.to_string()));
        if status_uri.is_empty() {
            status_uri = uri;
        }
    }
    for metadata in builtin() {
        let bytes = serde_json::to_vec(metadata).map_err(|error| unexpected().because(error))?;
        repository.put_type(metadata.id(), &bytes).map_err(failed)?;
    }
    repository.put_rule_pack("31", "sh-songjiang", RULES).map_err(failed)?;
    repository.publish(&keys.all(), &terms).map_err(failed)?;
    let trust = publish(&repository, folder, now)?;
    let beside = folder.join("keys");
    for (name, text) in files {
        files::write(&beside.join(name), format!("{text}\n").as_bytes())?;
    }
    files::write_shared(&folder.join("README.txt"), README.as_bytes())?;
    Ok(MadeDemo { trust, keys: beside, status_uri })
}

fn new_key(random: &mut dyn Random) -> Result<SigningKey, Failure> {
    SigningKey::generate(Algorithm::Es256, random).map_err(|_| failed(AuthoringError::Sign))
}

fn record(
    demo: &Demo,
    key: &SigningKey,
    recipient: String,
    now: DateTime<Utc>,
) -> Result<IssuerRecord, Failure> {
    let uses = vec![KeyUse::Credential, KeyUse::Status, KeyUse::Decision, KeyUse::Request, KeyUse::Report];
    let may = |credential_type: &str, provenance| MayIssue {
        credential_type: credential_type.to_owned(),
        provenance: vec![provenance],
    };
    let own = ["incubatee-certificate", "graduation-certificate", "recognition-decision"];
    let attested = builtin().iter().map(|metadata| metadata.id()).filter(|id| !own.contains(id));
    Ok(IssuerRecord {
        uscc: Uscc::parse(demo.uscc).map_err(|error| unexpected().because(error))?,
        name: demo.name.to_owned(),
        former_names: Vec::new(),
        roles: vec![IssuerRole::Incubator],
        level: Some(demo.level.to_owned()),
        region: Region::parse(demo.region).map_err(|error| unexpected().because(error))?,
        keys: vec![IssuerKey::new(key.public().clone(), uses, now - TimeDelta::days(KEY_DAYS))],
        seal_to: vec![recipient],
        may_issue: own
            .into_iter()
            .map(|id| may(id, Provenance::Direct))
            .chain(attested.map(|id| may(id, Provenance::Attested)))
            .collect(),
    })
}

/// A status list on which everything is in force.
fn empty_list(demo: &Demo, uri: &str, key: &SigningKey, now: DateTime<Utc>) -> Result<String, Failure> {
    let issuer = format!("urn:uscc:{}", demo.uscc);
    let claims = TokenClaims {
        issuer: Some(&issuer),
        uri,
        issued_at: now.timestamp(),
        expires: Some((now + TimeDelta::days(30)).timestamp()),
        ttl: Some(TimeDelta::days(1).num_seconds()),
    };
    let list = StatusList::new(Bits::Two, ENTRIES);
    list.and_then(|list| sign(&list, &claims, key)).map_err(|error| unexpected().because(error))
}

fn exists(folder: &Path) -> Failure {
    Failure::input(
        "IO-EXISTS",
        told(
            format!("{} 已存在且不是空文件夹，没有写入任何内容。", folder.display()),
            format!("{} exists and is not an empty folder; nothing was written", folder.display()),
        ),
        Text::fixed("请另选一个新文件夹。", "choose a new folder"),
    )
}

fn unexpected() -> Failure {
    Failure {
        cause: Cause::Internal,
        ..Failure::input(
            "INTERNAL",
            Text::fixed("演示数据没有做成。", "the demonstration could not be made"),
            Text::fixed("请把这条信息告诉开发者。", "tell the developers what you see here"),
        )
    }
}
