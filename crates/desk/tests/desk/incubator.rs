//! An incubator at its desk: the register that its province keeps, tables as other people make them, and
//! firms with keys.

#[path = "../../../app/benches/common/code.rs"]
mod codes;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use zizhi_app::inspect_credential::{Against, inspect_credential};
use zizhi_app::open_trust::open_trust;
use zizhi_app::{FixedTime, vault};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, SystemRandom};
use zizhi_model::{Outcome, Provenance, Region, Uscc, civil};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};
use zizhi_verify::Library;

use crate::world::{PASSPHRASE, World};

pub const NOW: &str = "2026-11-23T10:00:00+08:00";
/// 松江科创孵化器【演示】, whose desk this is.
pub const SONGJIANG: &str = "91310117DEM000030B";

pub fn now() -> DateTime<Utc> {
    civil::parse_time(NOW).expect("a time")
}

/// An incubator with an empty register and no trust data.
pub fn incubator() -> World {
    let world = World::new();
    world.create("incubator");
    world
}

/// What the province publishes about the incubator.
pub struct Province {
    keys: Keys,
    record: IssuerRecord,
    /// A rule pack of Shanghai.
    pack: Option<String>,
    version: u64,
    /// How long what is published holds.
    pub terms: Terms,
}

impl Province {
    /// Registers the incubator with the key of its database, and gives it the trust data.
    pub fn registers(world: &World) -> Self {
        let own = Self::with_key(public_key(world));
        own.publish(world, &[]);
        own
    }

    /// Registers another key under the incubator's name.
    pub fn registers_another_key(world: &World) -> Self {
        let other = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
        let own = Self::with_key(other.public().clone());
        own.publish(world, &[]);
        own
    }

    /// Registers the desk's organisation as one that also gives out vouchers.
    pub fn registers_a_fund(world: &World) -> Self {
        let mut own = Self::with_key(public_key(world));
        own.record.roles.push(IssuerRole::VoucherFund);
        let (credential_type, provenance) = ("innovation-voucher".to_owned(), vec![Provenance::Direct]);
        own.record.may_issue.push(MayIssue { credential_type, provenance });
        own.publish(world, &[]);
        own
    }

    /// Registers the incubator as one that also attests licences, beside this rule pack.
    pub fn registers_for_licences(world: &World, pack: &Value) -> Self {
        let mut own = Self::with_key(public_key(world));
        let (credential_type, provenance) = ("business-licence".to_owned(), vec![Provenance::Attested]);
        own.record.may_issue.push(MayIssue { credential_type, provenance });
        own.pack = Some(pack.to_string());
        own.publish(world, &[]);
        own
    }

    /// A register of the incubator with this key that nobody has been given yet.
    pub fn with_key(key: PublicKey) -> Self {
        let may = |kind: &str, provenance: &[Provenance]| MayIssue {
            credential_type: kind.to_owned(),
            provenance: provenance.to_vec(),
        };
        let from = civil::parse_time("2026-01-01T00:00:00+08:00").expect("a time");
        let record = IssuerRecord {
            uscc: Uscc::parse(SONGJIANG).expect("a code"),
            name: "松江科创孵化器【演示】".to_owned(),
            former_names: Vec::new(),
            roles: vec![IssuerRole::Incubator],
            level: Some("provincial".to_owned()),
            region: Region::parse("310117").expect("a region"),
            keys: vec![IssuerKey::new(key, vec![KeyUse::Credential, KeyUse::Status, KeyUse::Decision], from)],
            seal_to: Vec::new(),
            may_issue: vec![
                may("incubatee-certificate", &[Provenance::Direct]),
                may("graduation-certificate", &[Provenance::Direct]),
                may("recognition-decision", &[Provenance::Direct]),
                may("high-tech-enterprise", &[Provenance::Attested]),
                may("patent", &[Provenance::Attested]),
            ],
        };
        let keys = Keys::generate(&["31", "32", "33", "34"], &mut SystemRandom).expect("keys");
        Self { keys, record, pack: None, version: 1, terms: Terms::issued(now() - TimeDelta::hours(1)) }
    }

    /// Publishes the register with these status lists, and the incubator imports it.
    pub fn publish(&self, world: &World, lists: &[(&str, String)]) {
        let path = self.pack(world, lists);
        let path = path.display().to_string();
        let asked = world.ask("trust.import", json!({"path": path, "confirmed_root": null}));
        if let Some(root) = asked["confirm_root"].as_str() {
            world.ask("trust.import", json!({"path": path, "confirmed_root": root}));
        }
    }

    /// The register with these status lists as a package.
    pub fn pack(&self, world: &World, lists: &[(&str, String)]) -> PathBuf {
        let mut repository = Repository::init(&self.keys, &self.terms).expect("a repository");
        repository.put_issuer("31", &self.record).expect("an issuer");
        if let Some(pack) = &self.pack {
            repository.put_rule_pack("31", "sh-songjiang", pack.as_bytes()).expect("a pack");
        }
        for (uri, token) in lists {
            repository.put_status(uri, token);
        }
        for (name, text) in zizhi_credential::types::SOURCES {
            repository.put_type(name.trim_end_matches(".json"), text.as_bytes()).expect("a type");
        }
        repository.publish(&self.keys.all(), &self.terms).expect("published");
        let packed = repository.pack(Cursor::new(Vec::new())).expect("packed").into_inner();
        let path = world.outside().join(format!("trust-{}.zztrust", self.version));
        std::fs::write(&path, packed).expect("written");
        path
    }

    /// What somebody elsewhere finds in a credential, with this register and these lists: the worst
    /// outcome and the codes of what does not simply hold.
    pub fn inspects(
        &self,
        world: &World,
        credential: &Path,
        lists: &[(&str, String)],
    ) -> (Outcome, Vec<&'static str>) {
        let package = self.pack(world, lists);
        let library = Library::new(open_trust(&package, None, None, now()).expect("trust data"));
        let against = Against { issuer: None, holder: None, aud: None, nonce: None, library: Some(&library) };
        let later = FixedTime(now() + TimeDelta::hours(2));
        let found = inspect_credential(credential, &against, &later).expect("inspected");
        let codes = found.checks.iter().filter(|check| check.outcome > Outcome::Pass);
        (found.outcome(), codes.map(|check| check.code.as_str()).collect())
    }
}

/// The public half of the key by which the incubator signs.
pub fn public_key(world: &World) -> PublicKey {
    world.ask("session.lock", json!({}));
    let folder = world.data().join("database");
    let unlocked = vault::open(&folder, PASSPHRASE, &FixedTime(now())).expect("opened");
    let key = vault::signing_public(&unlocked.database, KeyUse::Credential).expect("a key");
    unlocked.database.close().expect("closed");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    key
}

/// A key of a firm, as it would export it.
pub fn jwk() -> String {
    let key = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
    serde_json::to_string(&key.public().to_jwk()).expect("a JWK")
}

/// A made-up code whose check characters hold.
pub fn code(n: usize) -> String {
    codes::code("91310117", n)
}

/// A firm in order, young enough and with a key.
pub fn firm(n: usize) -> Value {
    json!({
        "id": "",
        "uscc": code(n),
        "name": format!("松江星火智能科技{n}有限公司【演示】"),
        "former_names": [],
        "region": "310117",
        "established_on": "2025-03-18",
        "entered_on": "2026-01-16",
        "site_address": "松江区文翔路1号创业大厦【演示】",
        "area_sqm": 120,
        "rd_on_site": true,
        "field": "人工智能",
        "agreement_no": format!("SJ-XY-{n:04}"),
        "incubation_deadline": null,
        "contact_name": "联系人",
        "contact_phone": "13800000012",
        "holder_jwk": jwk(),
        "state": "in",
        "issued": 0,
    })
}

/// The same firm with one thing changed.
pub fn with(mut firm: Value, name: &str, value: impl Into<Value>) -> Value {
    firm[name] = value.into();
    firm
}

/// Every firm of the register.
pub fn all_firms(world: &World) -> Vec<Value> {
    let (mut firms, mut after) = (Vec::new(), Value::Null);
    loop {
        let page =
            world.ask("register.list", json!({"text": "", "state": null, "after": after, "limit": 200}));
        firms.extend(page["firms"].as_array().expect("firms").iter().cloned());
        after = page["next"].clone();
        if after.is_null() {
            return firms;
        }
    }
}

/// A spreadsheet with these rows on its first sheet. Texts go in as text, numbers as numbers.
pub fn spreadsheet(world: &World, name: &str, rows: &[Vec<Value>]) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (number, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Value::String(text) => sheet.write(number, column, text).expect("written"),
                Value::Number(value) => {
                    sheet.write(number, column, value.as_f64().expect("a number")).expect("written")
                }
                Value::Bool(value) => sheet.write(number, column, *value).expect("written"),
                _ => continue,
            };
        }
    }
    let path = world.outside().join(name);
    book.save(&path).expect("saved");
    path.display().to_string()
}

/// A file with these bytes.
pub fn file(world: &World, name: &str, bytes: &[u8]) -> String {
    let path = world.outside().join(name);
    std::fs::write(&path, bytes).expect("written");
    path.display().to_string()
}

/// The files of credentials in a folder, by name.
pub fn credentials(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|listing| listing.map(|entry| entry.expect("an entry").path()).collect())
        .unwrap_or_default();
    files.sort();
    files
}

/// The place of a credential in its list.
pub fn place(file: &Path) -> u64 {
    let text = std::fs::read_to_string(file).expect("a file");
    let claims = text.split('.').nth(1).expect("a payload");
    let claims: Value =
        serde_json::from_slice(&zizhi_crypto::b64::decode(claims).expect("base64url")).expect("JSON");
    claims["status"]["status_list"]["idx"].as_u64().expect("a place")
}
