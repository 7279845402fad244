//! A demo repository with fixed keys, a source in memory, and a way to sign anything at all.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]
#![expect(dead_code, reason = "every test file takes what it needs")]

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde_json::Value;
use zizhi_crypto::{Algorithm, PublicKey, Random, SigningKey, digest};
use zizhi_model::region::Region;
use zizhi_model::{CheckCode, Provenance, Uscc, json};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::client::State;
use zizhi_trust::{
    IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue, Source, SourceError, Trust, TrustError, canonical,
};

pub const HEFEI: &str = "91340100DEM0000228";
pub const SONGJIANG: &str = "91310117DEM000030B";
pub const SUZHOU: &str = "91320594DEM0000657";
pub const YUHANG: &str = "91330110DEM000073U";

/// Bytes that look random and are the same in every run.
pub struct Fixed(pub u64);

impl Random for Fixed {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 33) as u8;
        }
    }
}

pub fn key(seed: u64) -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut Fixed(seed)).unwrap()
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).unwrap()
}

pub fn days(days: i64) -> TimeDelta {
    TimeDelta::days(days)
}

/// Issued a day ago.
pub fn terms() -> Terms {
    Terms::issued(now() - days(1))
}

pub fn uscc(code: &str) -> Uscc {
    Uscc::parse(code).unwrap()
}

pub fn record(code: &str, region: &str, signing: &SigningKey) -> IssuerRecord {
    IssuerRecord {
        uscc: uscc(code),
        name: "国家大学科技园【演示】".to_owned(),
        former_names: Vec::new(),
        roles: vec![IssuerRole::Incubator],
        level: Some("ministry_standard".to_owned()),
        region: Region::parse(region).unwrap(),
        keys: vec![IssuerKey::new(
            signing.public().clone(),
            vec![KeyUse::Credential, KeyUse::Status],
            now() - days(300),
        )],
        seal_to: Vec::new(),
        may_issue: vec![MayIssue {
            credential_type: "incubatee-certificate".to_owned(),
            provenance: vec![Provenance::Direct],
        }],
    }
}

/// Four provinces, one issuer in each, a rule pack in two of them, one type.
pub struct World {
    /// Leaked, so that a test may sign with them while it changes the repository.
    pub keys: &'static Keys,
    pub repository: Repository,
}

pub const ISSUERS: [(&str, &str, &str); 4] = [
    ("31", SONGJIANG, "310117"),
    ("32", SUZHOU, "320571"),
    ("33", YUHANG, "330110"),
    ("34", HEFEI, "340104"),
];

impl World {
    pub fn new() -> Self {
        let keys: &Keys =
            Box::leak(Box::new(Keys::generate(&["31", "32", "33", "34"], &mut Fixed(1)).unwrap()));
        let mut repository = Repository::init(keys, &terms()).unwrap();
        for (index, (province, code, region)) in ISSUERS.iter().enumerate() {
            repository.put_issuer(province, &record(code, region, &key(100 + index as u64))).unwrap();
        }
        repository.put_rule_pack("31", "sh-songjiang", br#"{"pack_id":"sh-songjiang"}"#).unwrap();
        repository.put_rule_pack("33", "zj-yuhang", br#"{"pack_id":"zj-yuhang"}"#).unwrap();
        repository.put_type("high-tech-enterprise", b"{}").unwrap();
        repository.publish(&keys.all(), &terms()).unwrap();
        Self { keys, repository }
    }

    /// Publishes once more with everything signed anew.
    pub fn renew(&mut self, terms: &Terms) {
        self.repository.renew_all();
        self.repository.publish(&self.keys.all(), terms).unwrap();
    }

    pub fn memory(&self) -> Memory {
        Memory::of(&self.repository)
    }

    pub fn root_keys(&self) -> Vec<&'static SigningKey> {
        self.keys.provinces.values().map(|keys| &keys.root).collect()
    }

    pub fn province_key(&self, province: &str) -> &'static SigningKey {
        &self.keys.provinces[province].province
    }
}

/// The tree as a map, to be damaged at will.
#[derive(Clone, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    pub fn of(repository: &Repository) -> Self {
        Self(repository.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect())
    }

    /// The newest file of a role, such as `metadata/3.34.json`.
    pub fn path(&self, role: &str) -> String {
        if role == "timestamp" {
            return "metadata/timestamp.json".to_owned();
        }
        let version = |path: &&String| {
            let rest = path.strip_prefix("metadata/")?.strip_suffix(&format!(".{role}.json"))?;
            rest.parse::<u64>().ok()
        };
        self.0.keys().filter(|path| version(path).is_some()).max_by_key(version).unwrap().clone()
    }

    pub fn bytes(&self, role: &str) -> Vec<u8> {
        self.0[&self.path(role)].clone()
    }

    /// Changes the signed part of a role and signs it with `keys`, whoever they are.
    pub fn forge(&mut self, role: &str, keys: &[&SigningKey], edit: impl FnOnce(&mut Value)) {
        let path = self.path(role);
        let forged = forge(&self.0[&path], keys, edit);
        self.0.insert(path, forged);
    }

    pub fn open(&self, state: Option<State>) -> Result<Trust, TrustError> {
        self.open_at(state, now())
    }

    pub fn open_at(&self, state: Option<State>, now: DateTime<Utc>) -> Result<Trust, TrustError> {
        Trust::open(Arc::new(self.clone()), None, state, now)
    }

    fn get(&self, path: String, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        match self.0.get(&path) {
            Some(bytes) if bytes.len() as u64 > max => Err(SourceError::TooLarge { name: path, max }),
            found => Ok(found.cloned()),
        }
    }
}

impl Source for Memory {
    fn metadata(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(format!("metadata/{name}"), max)
    }

    fn target(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(format!("targets/{path}"), max)
    }

    fn status(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(format!("status/{name}.jwt"), max)
    }

    fn lowest_root(&self) -> Result<Option<u64>, SourceError> {
        let numbers = self
            .0
            .keys()
            .filter_map(|path| path.strip_prefix("metadata/")?.strip_suffix(".root.json")?.parse().ok());
        Ok(numbers.min())
    }
}

pub fn signed(file: &[u8]) -> Value {
    serde_json::from_slice::<Value>(file).unwrap()["signed"].clone()
}

/// The file with its signed part changed and signed by `keys`, each once, under its true id.
pub fn forge(file: &[u8], keys: &[&SigningKey], edit: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut body = signed(file);
    edit(&mut body);
    let body = canonical_value(&body);
    let signatures: Vec<Value> =
        keys.iter().map(|key| signature(&key_id(key.public()), key, &body)).collect();
    assemble(&signatures, &body)
}

pub fn signature(key_id: &str, key: &SigningKey, body: &[u8]) -> Value {
    serde_json::json!({ "keyid": key_id, "sig": digest::hex(&key.sign(body).unwrap()) })
}

pub fn assemble(signatures: &[Value], body: &[u8]) -> Vec<u8> {
    let mut file = format!("{{\"signatures\":{},\"signed\":", Value::from(signatures)).into_bytes();
    file.extend_from_slice(body);
    file.push(b'}');
    file
}

pub fn canonical_value(value: &Value) -> Vec<u8> {
    let text = serde_json::to_vec(value).unwrap();
    canonical::write(&json::strict(&text, 32).unwrap())
}

pub fn tuf_key(public: &PublicKey) -> Value {
    serde_json::json!({
        "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": digest::hex(public.raw()) }
    })
}

pub fn key_id(public: &PublicKey) -> String {
    digest::hex(&digest::sha256(&canonical_value(&tuf_key(public))))
}

/// The codes of the problems with the role of each.
pub fn problems(trust: &Trust) -> Vec<(CheckCode, &str)> {
    trust.problems().iter().map(|problem| (problem.code, problem.role.as_str())).collect()
}
