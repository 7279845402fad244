//! A small world: two incubators that issue, one destination that takes in, one firm; trust data that is
//! published again and again, each time a version later.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_app::FixedTime;
use zizhi_app::import_trust::{Imported, import_trust};
use zizhi_app::receive_dossier::{Received, Receiving, receive_dossier};
use zizhi_app::rejudge::catch_up;
use zizhi_app::trust_data::TrustData;
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::status::{Bits, Status, StatusList, TokenClaims, sign};
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom, sealed};
use zizhi_dossier::manifest::Firm;
use zizhi_dossier::request::{self, RulePackRef};
use zizhi_dossier::{Attached, Digest, Manifest, Presented, Request, assemble, ids};
use zizhi_model::{Limits, OrgId, Provenance, Region, Scenario, Uscc, civil};
use zizhi_store::{Case, Database, DatabaseKey, Entry, Profile, Role};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};
use zizhi_verify::Library;

pub const FIRM: &str = "91340100DEM000014D";
pub const HEFEI: &str = "91340100DEM0000228";
pub const SUZHOU: &str = "91320594DEM0000657";
pub const SONGJIANG: &str = "91310117DEM000030B";
pub const NAME: &str = "合肥星河量子传感技术有限公司【演示】";

const ENTRIES: u64 = 8192;

pub struct World {
    pub folder: TempDir,
    pub now: DateTime<Utc>,
    pub firm: SigningKey,
    hefei: SigningKey,
    suzhou: SigningKey,
    songjiang: SigningKey,
    keys: Keys,
    pub repository: Repository,
    lists: Vec<(&'static str, StatusList)>,
    published: u32,
}

/// What is particular to one dossier.
#[derive(Clone)]
pub struct Dossier {
    pub issuer: &'static str,
    pub idx: u64,
    pub request: Option<(Request, String)>,
    pub attachments: Vec<(&'static str, &'static str, Vec<u8>)>,
    pub valid_until: &'static str,
    /// What the certificate calls the firm.
    pub name: &'static str,
}

impl Default for Dossier {
    fn default() -> Self {
        Self {
            issuer: HEFEI,
            idx: 0,
            request: None,
            attachments: Vec::new(),
            valid_until: "2027-10-19",
            name: NAME,
        }
    }
}

impl World {
    pub fn fresh() -> Self {
        let key = || SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap();
        let now = civil::parse_time("2026-11-23T10:00:00+08:00").unwrap();
        let keys = Keys::generate(&["31", "32", "34"], &mut SystemRandom).unwrap();
        let repository = Repository::init(&keys, &Terms::issued(now - TimeDelta::days(20))).unwrap();
        let list = || StatusList::new(Bits::Two, ENTRIES).unwrap();
        let mut world = Self {
            folder: tempfile::tempdir().unwrap(),
            now,
            firm: key(),
            hefei: key(),
            suzhou: key(),
            songjiang: key(),
            keys,
            repository,
            lists: vec![(HEFEI, list()), (SUZHOU, list())],
            published: 0,
        };
        world.register(HEFEI, "合肥国家大学科技园【演示】", "340104");
        world.register(SUZHOU, "苏州工业园区孵化器【演示】", "320594");
        world.register(SONGJIANG, "松江科创孵化器【演示】", "310117");
        world.put_pack(3);
        world.put_lists(1);
        world
    }

    pub fn key(&self, org: &str) -> &SigningKey {
        match org {
            HEFEI => &self.hefei,
            SUZHOU => &self.suzhou,
            _ => &self.songjiang,
        }
    }

    fn register(&mut self, org: &str, name: &str, region: &str) {
        let record = self.record(org, name, region);
        self.repository.put_issuer(record.region.province(), &record).unwrap();
    }

    fn record(&self, org: &str, name: &str, region: &str) -> IssuerRecord {
        let uses =
            vec![KeyUse::Credential, KeyUse::Status, KeyUse::Decision, KeyUse::Request, KeyUse::Report];
        let from = civil::parse_time("2026-01-01T00:00:00+08:00").unwrap();
        IssuerRecord {
            uscc: Uscc::parse(org).unwrap(),
            name: name.to_owned(),
            former_names: Vec::new(),
            roles: vec![IssuerRole::Incubator],
            level: Some("ministry_standard".to_owned()),
            region: Region::parse(region).unwrap(),
            keys: vec![IssuerKey::new(self.key(org).public().clone(), uses, from)],
            seal_to: Vec::new(),
            may_issue: vec![MayIssue {
                credential_type: "incubatee-certificate".to_owned(),
                provenance: vec![Provenance::Direct],
            }],
        }
    }

    /// Renames a registered incubator, as a change of its record.
    pub fn rename(&mut self, org: &str, name: &str) {
        let region = if org == HEFEI { "340104" } else { "320594" };
        self.register(org, name, region);
    }

    pub fn unregister(&mut self, org: &str) {
        let province = if org == HEFEI { "34" } else { "32" };
        self.repository.remove_issuer(province, &Uscc::parse(org).unwrap()).unwrap();
    }

    /// Hefei's key is known to others since `at`: it is revoked from then on, and another one signs.
    pub fn compromise_hefei(&mut self, at: DateTime<Utc>) {
        let (hefei, kid) = (Uscc::parse(HEFEI).unwrap(), self.hefei.public().key_id().as_str().to_owned());
        self.hefei = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap();
        let (new, uses) = (self.hefei.public().clone(), [KeyUse::Credential, KeyUse::Status]);
        self.repository.rotate_issuer_key("34", &hefei, new, (&uses, None), at).unwrap();
        self.repository.revoke_issuer_key("34", &hefei, &kid, at, "私钥泄露").unwrap();
        self.put_lists(1);
    }

    pub fn put_pack(&mut self, version: u64) {
        self.put_pack_with(version, |_| ());
    }

    /// The same with something changed in it.
    pub fn put_pack_with(&mut self, version: u64, change: impl FnOnce(&mut Value)) {
        let mut pack = pack(version);
        change(&mut pack);
        self.repository.put_rule_pack("31", "sh-songjiang", pack.to_string().as_bytes()).unwrap();
    }

    /// Sets an entry of an issuer's list; it is told with the next [`World::put_lists`].
    pub fn mark(&mut self, org: &str, idx: u64, status: Status) {
        let list = self.lists.iter_mut().find(|(issuer, _)| *issuer == org).unwrap();
        list.1.set(idx, status).unwrap();
    }

    /// Signs both lists, so many days before now.
    pub fn put_lists(&mut self, days_ago: i64) {
        for (org, list) in &self.lists {
            let (uri, urn) = (status_uri(org), format!("urn:uscc:{org}"));
            let claims = TokenClaims {
                issuer: Some(&urn),
                uri: &uri,
                issued_at: (self.now - TimeDelta::days(days_ago)).timestamp(),
                expires: None,
                ttl: None,
            };
            let jwt = sign(list, &claims, self.key(org)).unwrap();
            self.repository.put_status(&uri, &jwt);
        }
    }

    /// Puts something that is no list in the place of one.
    pub fn break_list(&mut self, org: &str) {
        self.repository.put_status(&status_uri(org), "this is no list");
    }

    /// Publishes what there is and imports it into the data folder, `days_ago` before now.
    pub fn publish(&mut self, days_ago: i64) {
        self.published += 1;
        let issued = self.now - TimeDelta::days(days_ago) + TimeDelta::minutes(i64::from(self.published));
        self.repository.publish(&self.keys.all(), &Terms::issued(issued)).unwrap();
        let path = self.folder.path().join(format!("trust-{}.zztrust", self.published));
        let bytes = self.repository.pack(Cursor::new(Vec::new())).unwrap().into_inner();
        std::fs::write(&path, bytes).unwrap();
        let imported = import_trust(&path, None, &self.data(), &self.host()).unwrap();
        assert!(matches!(imported, Imported::Accepted(_)), "the package may follow the one before");
    }

    pub fn data(&self) -> TrustData {
        TrustData::at(self.folder.path().join("data"))
    }

    /// The trust data that was imported last.
    pub fn library(&self) -> Library {
        Library::new(self.data().open(self.now).unwrap().unwrap())
    }

    pub fn host(&self) -> FixedTime {
        FixedTime(self.now)
    }

    /// A database of the destination, without a vault: nothing is signed with it.
    pub fn database(&self, name: &str, role: Role) -> Database {
        let folder = self.folder.path().join(name);
        let database = Database::create(&folder, &DatabaseKey::new([7; 32]), b"{}").unwrap();
        let writer = database.writer().unwrap();
        writer
            .put_profile(&Profile {
                uscc: Uscc::parse(SONGJIANG).unwrap(),
                name: "松江科创孵化器【演示】".to_owned(),
                role,
                region: Some(Region::parse("310117").unwrap()),
                created: self.now,
            })
            .unwrap();
        writer.commit(&Entry::new(self.now, "", "test.profile")).unwrap();
        // As whoever opens it does: what is judged from then on is judged by these data.
        if let Some(trust) = self.data().open(self.now).unwrap() {
            let go_on = &mut || ControlFlow::Continue(());
            catch_up(&database, &Library::new(trust), &self.host(), go_on).unwrap();
        }
        database
    }

    /// A request of the destination, which anybody may answer.
    pub fn ask(&self) -> (Request, String) {
        let jti = ids::uuid_v7(self.now, &mut SystemRandom);
        let request = Request {
            iss: org(SONGJIANG),
            iat: self.now.timestamp() - 86_400,
            exp: self.now.timestamp() + 86_400,
            nonce: format!("nonce-{jti}"),
            jti,
            scenario: Scenario::BranchOperation,
            destination_region: Region::parse("310117").unwrap(),
            checklist_id: "SJ-BRANCH".to_owned(),
            rule_pack: RulePackRef { id: "sh-songjiang".to_owned(), version: 3 },
            only_for: None,
            other: zizhi_model::json::Object::default(),
        };
        let text = request::sign(&self.songjiang, &request).unwrap();
        (request, text)
    }

    /// The bytes of a dossier with one certificate.
    pub fn dossier(&self, wanted: &Dossier) -> Vec<u8> {
        self.dossier_showing(wanted, |binding| {
            present(&self.certificate(wanted), Choice::All, Some(binding), &Limits::default()).unwrap()
        })
    }

    /// The same with what the firm shows in the certificate's place.
    pub fn dossier_showing(&self, wanted: &Dossier, show: impl FnOnce(&Binding<'_>) -> String) -> Vec<u8> {
        let iat = self.now.timestamp() - 3600;
        let jti = ids::uuid_v7(self.now, &mut SystemRandom);
        let nonce = wanted.request.as_ref().map_or_else(|| jti.clone(), |(request, _)| request.nonce.clone());
        let aud = format!("urn:uscc:{SONGJIANG}");
        let binding = Binding { key: &self.firm, aud: &aud, nonce: &nonce, iat };
        let presented = [Presented {
            text: show(&binding),
            kind: "incubatee-certificate".to_owned(),
            answers: vec!["incubatee".to_owned()],
        }];
        let mut attached: Vec<Attached<&[u8]>> = wanted
            .attachments
            .iter()
            .map(|(name, media_type, bytes)| Attached {
                content: bytes.as_slice(),
                sha256: Digest::of(bytes),
                size: bytes.len() as u64,
                media_type: (*media_type).to_owned(),
                name: (*name).to_owned(),
                kind: "lease".to_owned(),
                answers: Vec::new(),
            })
            .collect();
        let manifest = Manifest {
            iss: org(FIRM),
            aud: org(SONGJIANG),
            iat,
            jti,
            nonce,
            request: wanted.request.as_ref().map(|(_, text)| text.clone()),
            key: self.firm.public().clone(),
            scenario: Scenario::BranchOperation,
            origin_region: Region::parse("340104").unwrap(),
            destination_region: Region::parse("310117").unwrap(),
            firm: Firm { uscc: Uscc::parse(FIRM).unwrap(), name: NAME.to_owned(), former_names: Vec::new() },
            checklist_id: "SJ-BRANCH".to_owned(),
            rule_pack: RulePackRef { id: "sh-songjiang".to_owned(), version: 3 },
            credentials: Vec::new(),
            attachments: Vec::new(),
            facts: zizhi_model::json::Object::default(),
            consents: Vec::new(),
            other: zizhi_model::json::Object::default(),
        };
        let mut out = Cursor::new(Vec::new());
        assemble(&mut out, manifest, &presented, &mut attached, &self.firm, &Limits::default()).unwrap();
        out.into_inner()
    }

    pub fn certificate(&self, wanted: &Dossier) -> String {
        let Value::Object(claims) = json!({
            "iss": format!("urn:uscc:{}", wanted.issuer),
            "sub": format!("urn:uscc:{FIRM}"),
            "vct": "urn:zizhitong:credential:incubatee-certificate:1",
            "iat": self.now.timestamp() - 30 * 86_400,
            "provenance": "direct",
            "name": wanted.name,
            "region": "340104",
            "number": format!("HFUSP-2026-{:04}", wanted.idx),
            "issued_on": "2026-10-20",
            "valid_until": wanted.valid_until,
            "established_on": "2024-03-18",
            "entered_on": "2024-12-16",
        }) else {
            unreachable!("an object")
        };
        let uri = status_uri(wanted.issuer);
        let statement = Statement {
            claims: &claims,
            holder: self.firm.public(),
            status: Some(StatusRef { uri: uri.as_str().into(), idx: wanted.idx }),
            decoys: 1,
            metadata: None,
        };
        issue(&statement, self.key(wanted.issuer), &mut SystemRandom).unwrap()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Takes a dossier in and gives its case.
    pub fn receive(&self, database: &Database, name: &str, wanted: &Dossier) -> Case {
        let path = self.write(name, &self.dossier(wanted));
        let received = self.take_in(database, &path);
        assert!(!received.known, "a new dossier");
        database.reader().unwrap().case(&received.case_id).unwrap().unwrap()
    }

    pub fn take_in(&self, database: &Database, path: &Path) -> Received {
        let library = self.library();
        let receiving = Receiving { path, operator: "王某", identities: &[], library: &library };
        receive_dossier(database, &receiving, &self.host()).unwrap()
    }

    /// Takes a dossier in that was sealed on its way; gives the sealed file as well.
    pub fn take_in_sealed(&self, database: &Database, bytes: &[u8]) -> (Received, PathBuf) {
        let (secret, recipient) = sealed::generate_identity();
        let mut wrapped = Vec::new();
        zizhi_dossier::seal(&[recipient], bytes, &mut wrapped).unwrap();
        let path = self.write("c.zzdossier.age", &wrapped);
        let (library, identities) = (self.library(), [secret.as_str().to_owned()]);
        let receiving =
            Receiving { path: &path, operator: "王某", identities: &identities, library: &library };
        (receive_dossier(database, &receiving, &self.host()).unwrap(), path)
    }
}

pub fn org(uscc: &str) -> OrgId {
    OrgId::parse(&format!("urn:uscc:{uscc}")).unwrap()
}

pub fn status_uri(org: &str) -> String {
    format!("https://status.example/{org}/1")
}

fn pack(version: u64) -> Value {
    json!({"pack_id": "sh-songjiang", "version": version, "publisher": format!("urn:uscc:{SONGJIANG}"),
        "to_regions": ["310117"], "valid_from": "2026-07-01", "valid_until": "2027-06-30",
        "status_max_age_days": 7, "trust_max_age_days": 30,
        "equivalences": [{"rule_id": "E-1", "type": "incubatee-certificate", "from_regions": ["yrd"],
            "to_regions": ["310117"], "scenarios": ["branch_operation"], "mode": "equivalent",
            "conditions": [], "basis": {"title": "双方互认协议"}, "valid_from": "2026-07-01",
            "valid_until": null, "demo": true}],
        "checklists": [{"checklist_id": "SJ-BRANCH", "scenario": "branch_operation",
            "title": {"zh": "异地经营"}, "items": [{"item_id": "incubatee",
                "title": {"zh": "在孵企业证明", "en": "incubatee certificate"}, "required": "yes",
                "evidence": {"dcql": {"credentials": [{"id": "c", "format": "dc+sd-jwt",
                    "meta": {"vct_values": ["urn:zizhitong:credential:incubatee-certificate:1"]},
                    "claims": [{"path": ["number"]}]}]}},
                "provenance_min": "direct", "rules": []}]}]})
}
