//! The world around a firm: a register with four provinces, issuers whose keys are at hand, status lists and
//! rule packs; and a firm at its desk, from an empty database on.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use zizhi_app::decide::{Decision, DecisionOutcome, Grounds, Wanted, decide};
use zizhi_app::issue_credential::StatusPlace;
use zizhi_app::requests::{Asking, make_request};
use zizhi_app::verify_file::{Settings, verify_file};
use zizhi_app::{FixedTime, Output};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::status::{Bits, Status, StatusList, TokenClaims, sign};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, SystemRandom, sealed};
use zizhi_model::{Limits, Provenance, Region, Scenario, Uscc, civil};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};
use zizhi_verify::Library;

use crate::world::{PASSPHRASE, World};

pub const NOW: &str = "2026-11-23T10:00:00+08:00";
pub const XINGHE: &str = "91340100DEM000014D";
pub const XINGHE_BRANCH: &str = "91310117DEM0000498";
pub const YUNZHAN: &str = "91320594DEM000057C";
pub const CHENGBO: &str = "91330421DEM0000814";
pub const HEFEI: &str = "91340100DEM0000228";
pub const SONGJIANG: &str = "91310117DEM000030B";
pub const SUZHOU: &str = "91320594DEM0000657";
pub const YUHANG: &str = "91330110DEM000073U";
pub const FUND: &str = "11330000DEM000102T";
pub const PLATFORM: &str = "12310000DEM00009XN";

const PACKS: [(&str, &str, &str); 5] = [
    ("31", "sh-songjiang", include_str!("../../../app/data/demo/rules/sh-songjiang.json")),
    ("31", "sh-voucher", include_str!("../../../app/data/demo/rules/sh-voucher.json")),
    ("31", "sh-qingpu-zone", include_str!("../../../app/data/demo/rules/sh-qingpu-zone.json")),
    ("33", "hz-yuhang", include_str!("../../../app/data/demo/rules/hz-yuhang.json")),
    ("33", "nb-yinzhou", include_str!("../../../app/data/demo/rules/nb-yinzhou.json")),
];

/// An organisation of the register, with its keys.
pub struct Issuer {
    pub uscc: &'static str,
    name: &'static str,
    region: &'static str,
    role: IssuerRole,
    pub key: SigningKey,
    inbox: (String, String),
}

/// Everybody else.
pub struct Around {
    folder: PathBuf,
    issuers: Vec<Issuer>,
    next: std::cell::RefCell<BTreeMap<&'static str, u64>>,
    keys: Keys,
    /// The rule packs that are published, each with its province and id.
    pub packs: Vec<(&'static str, &'static str, String)>,
    /// The key that Shanghai registers for its hub, if it registers one.
    pub hub: Option<PublicKey>,
}

/// What a credential says beside what all say.
pub struct Paper<'p> {
    pub issuer: &'static str,
    pub kind: &'p str,
    pub provenance: &'static str,
    pub sub: &'p str,
    pub name: &'p str,
    pub region: &'p str,
    pub claims: Value,
}

impl Around {
    /// The world, with its trust package at `trust.zztrust` in `folder`.
    pub fn new(folder: &Path) -> Self {
        let around = Self::unpublished(folder);
        around.publish("trust.zztrust", 1, &[]);
        around
    }

    pub fn unpublished(folder: &Path) -> Self {
        let issuer = |uscc, name, region, role| Issuer {
            uscc,
            name,
            region,
            role,
            key: SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key"),
            inbox: {
                let (secret, recipient) = sealed::generate_identity();
                (secret.to_string(), recipient)
            },
        };
        use IssuerRole::{Incubator, ServiceProvider, VoucherFund};
        let issuers = vec![
            issuer(HEFEI, "合肥国家大学科技园【演示】", "340104", Incubator),
            issuer(SONGJIANG, "松江科创孵化器【演示】", "310117", Incubator),
            issuer(SUZHOU, "苏州工业园区孵化器【演示】", "320594", Incubator),
            issuer(YUHANG, "余杭孵化器【演示】", "330110", Incubator),
            issuer(FUND, "浙江券管理方【演示】", "330000", VoucherFund),
            issuer(PLATFORM, "上海材料表征平台【演示】", "310000", ServiceProvider),
        ];
        let keys = Keys::generate(&["31", "32", "33", "34"], &mut SystemRandom).expect("keys");
        let packs = PACKS.map(|(province, id, text)| (province, id, text.to_owned())).to_vec();
        Self { folder: folder.to_owned(), issuers, next: Default::default(), keys, packs, hub: None }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    pub fn issuer(&self, uscc: &str) -> &Issuer {
        self.issuers.iter().find(|issuer| issuer.uscc == uscc).expect("an issuer")
    }

    /// Publishes the register, with status lists that are so many days old and say these statuses.
    pub fn publish(&self, file: &str, list_days: i64, marked: &[(&str, u64, Status)]) {
        let now = now();
        let terms = Terms::issued(now - TimeDelta::days(1));
        let mut repository = Repository::init(&self.keys, &terms).expect("a repository");
        for issuer in &self.issuers {
            let mut record = issuer.record();
            if let Some(key) = self.hub.as_ref().filter(|_| issuer.uscc == SONGJIANG) {
                let key = IssuerKey::new(key.clone(), vec![KeyUse::Hub], now - TimeDelta::days(9));
                record.keys.push(IssuerKey { hub: Some("31-main".to_owned()), ..key });
            }
            repository.put_issuer(record.region.province(), &record).expect("an issuer");
            let mut list = StatusList::new(Bits::Two, 1024).expect("a list");
            for (_, idx, status) in marked.iter().filter(|(uscc, ..)| *uscc == issuer.uscc) {
                list.set(*idx, *status).expect("a place");
            }
            let (uri, urn) = (status_uri(issuer.uscc), format!("urn:uscc:{}", issuer.uscc));
            let claims = TokenClaims {
                issuer: Some(&urn),
                uri: &uri,
                issued_at: (now - TimeDelta::days(list_days)).timestamp(),
                expires: None,
                ttl: Some(86_400),
            };
            repository.put_status(&uri, &sign(&list, &claims, &issuer.key).expect("signed"));
        }
        for (province, id, text) in &self.packs {
            repository.put_rule_pack(province, id, text.as_bytes()).expect("a pack");
        }
        for (name, text) in zizhi_credential::types::SOURCES {
            repository.put_type(name.trim_end_matches(".json"), text.as_bytes()).expect("a type");
        }
        repository.publish(&self.keys.all(), &terms).expect("published");
        let packed = repository.pack(Cursor::new(Vec::new())).expect("packed").into_inner();
        std::fs::write(self.path(file), packed).expect("written");
    }

    /// Issues a credential for the holder of `key` into a file, and gives its place in the status list.
    pub fn issue(&self, file: &str, key: &PublicKey, paper: &Paper<'_>) -> u64 {
        let issuer = self.issuer(paper.issuer);
        let mut claims: Map<String, Value> = paper.claims.as_object().expect("claims").clone();
        for (name, value) in [
            ("iss", json!(format!("urn:uscc:{}", paper.issuer))),
            ("sub", json!(format!("urn:uscc:{}", paper.sub))),
            ("vct", json!(format!("urn:zizhitong:credential:{}:1", paper.kind))),
            ("iat", json!((now() - TimeDelta::days(30)).timestamp())),
            ("provenance", json!(paper.provenance)),
            ("name", json!(paper.name)),
            ("region", json!(paper.region)),
        ] {
            claims.insert(name.to_owned(), value);
        }
        let mut next = self.next.borrow_mut();
        let idx = next.entry(issuer.uscc).or_insert(0);
        *idx += 1;
        let uri = status_uri(issuer.uscc);
        let statement = Statement {
            claims: &claims,
            holder: key,
            status: Some(StatusRef { uri: uri.as_str().into(), idx: *idx }),
            decoys: 1,
            metadata: None,
        };
        let text = issue(&statement, &issuer.key, &mut SystemRandom).expect("issued");
        std::fs::write(self.path(file), text).expect("written");
        *idx
    }

    /// A request of a destination to a firm.
    pub fn request(
        &self,
        file: &str,
        from: &str,
        (scenario, region, checklist, pack): (Scenario, &str, &str, (&str, i64)),
        only_for: Option<&str>,
        at: &str,
    ) {
        let asking = Asking {
            from: Uscc::parse(from).expect("a code"),
            scenario,
            region: Region::parse(region).expect("a region"),
            checklist_id: checklist.to_owned(),
            rule_pack: (pack.0.to_owned(), pack.1),
            only_for: only_for.map(|code| Uscc::parse(code).expect("a code")),
            days: 30,
        };
        let path = self.path(file);
        let host = FixedTime(civil::parse_time(at).expect("a time"));
        make_request(&asking, &self.issuer(from).key, &Output { path: &path, force: true }, &host)
            .expect("a request");
    }

    /// What the destination finds in a file, as `zizhi verify --as` would.
    pub fn verify(&self, file: &Path, by: &str) -> Value {
        let library = self.library();
        let limits = Limits::default();
        let identities = [self.issuer(by).inbox.0.clone()];
        let settings = Settings {
            library: &library,
            now: now(),
            recipient: Uscc::parse(by).ok(),
            identities: &identities,
            limits: &limits,
            memory: None,
        };
        serde_json::to_value(verify_file(file, &settings).expect("a report")).expect("JSON")
    }

    /// The decision of a destination on a dossier.
    pub fn decide(&self, dossier: &Path, by: &str, outcome: DecisionOutcome, wanted: Vec<Wanted>, to: &str) {
        self.decide_at(dossier, by, (outcome, now()), wanted, to);
    }

    pub fn decide_at(
        &self,
        dossier: &Path,
        by: &str,
        (outcome, at): (DecisionOutcome, DateTime<Utc>),
        wanted: Vec<Wanted>,
        to: &str,
    ) {
        let library = self.library();
        let issuer = self.issuer(by);
        let identities = [issuer.inbox.0.clone()];
        let grounds = Grounds { file: dossier, library: &library, identities: &identities };
        let decision = Decision {
            by: Uscc::parse(by).expect("a code"),
            outcome,
            reasons: vec![("CHK-MISSING".to_owned(), Some("材料已核验，高企仅作参考".to_owned()))],
            supplements: wanted,
            operator: "经办员【演示】".to_owned(),
            reviewer: Some("复核员【演示】".to_owned()),
            number: Some("核〔2026〕松孵第0017号".to_owned()),
            status: Some(StatusPlace { uri: status_uri(issuer.uscc), idx: 900 }),
            holder: None,
            despite_verdict: false,
        };
        let path = self.path(to);
        decide(&grounds, &decision, &issuer.key, &Output { path: &path, force: true }, None, &FixedTime(at))
            .expect("a decision");
    }

    pub fn library(&self) -> Library {
        let path = self.path("trust.zztrust");
        Library::new(zizhi_app::open_trust::open_trust(&path, None, None, now()).expect("trust data"))
    }
}

/// What a destination asks for: a page that is missing.
pub fn wanted(item: &str, due: &str) -> Vec<Wanted> {
    let due = Some(due.parse().expect("a day"));
    vec![Wanted { item_id: item.to_owned(), text: "请补齐盖章页".to_owned(), due }]
}

impl Issuer {
    fn record(&self) -> IssuerRecord {
        let direct = ["incubatee-certificate", "graduation-certificate", "recognition-decision"];
        let may = |kind: &str, provenance| MayIssue {
            credential_type: kind.to_owned(),
            provenance: vec![provenance],
        };
        let may_issue = match self.role {
            IssuerRole::VoucherFund => vec![may("innovation-voucher", Provenance::Direct)],
            _ => zizhi_credential::types::builtin()
                .iter()
                .map(|known| {
                    let own = direct.contains(&known.id());
                    may(known.id(), if own { Provenance::Direct } else { Provenance::Attested })
                })
                .chain([may("wind-permit", Provenance::Attested)])
                .collect(),
        };
        let uses =
            vec![KeyUse::Credential, KeyUse::Status, KeyUse::Decision, KeyUse::Request, KeyUse::Report];
        let from = civil::parse_time("2026-01-01T00:00:00+08:00").expect("a time");
        IssuerRecord {
            uscc: Uscc::parse(self.uscc).expect("a code"),
            name: self.name.to_owned(),
            former_names: Vec::new(),
            roles: vec![self.role],
            level: (self.role == IssuerRole::Incubator).then(|| "ministry_standard".to_owned()),
            region: Region::parse(self.region).expect("a region"),
            keys: vec![IssuerKey::new(self.key.public().clone(), uses, from)],
            seal_to: if self.uscc == YUHANG { Vec::new() } else { vec![self.inbox.1.clone()] },
            may_issue,
        }
    }
}

pub fn now() -> DateTime<Utc> {
    civil::parse_time(NOW).expect("a time")
}

pub fn status_uri(issuer: &str) -> String {
    format!("https://status.example/{issuer}/1")
}

/// A firm at its desk, with trust data at hand and a key for its issuers.
pub fn settled(world: &World, around: &Around, uscc: &str, name: &str, region: &str) -> PublicKey {
    let profile = json!({"uscc": uscc, "name": name, "role": "firm", "region": region});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    import_trust(world, &around.text("trust.zztrust"));
    let path = around.text("holder.jwk");
    world.ask("hold.export_key", json!({ "path": path }));
    PublicKey::from_jwk_bytes(&std::fs::read(path).expect("a file")).expect("a key")
}

pub fn import_trust(world: &World, path: &str) {
    let asked = world.ask("trust.import", json!({"path": path, "confirmed_root": null}));
    if let Some(root) = asked["confirm_root"].as_str() {
        world.ask("trust.import", json!({"path": path, "confirmed_root": root}));
    }
}

/// Takes files in and gives the ids by type.
pub fn hold(world: &World, around: &Around, files: &[&str]) -> Vec<(String, String)> {
    let paths: Vec<String> = files.iter().map(|file| around.text(file)).collect();
    let done = world.ask("hold.import", json!({ "paths": paths }));
    assert_eq!(done["refused"], json!([]), "everything is taken in");
    let imported = done["imported"].as_array().expect("a list");
    assert_eq!(imported.len(), files.len());
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    imported.iter().map(|line| (text(&line["kind"]), text(&line["id"]))).collect()
}

pub fn id_of<'i>(ids: &'i [(String, String)], kind: &str) -> &'i str {
    &ids.iter().find(|(known, _)| known == kind).expect("it is held").1
}

/// An item of a page.
pub fn item<'p>(page: &'p Value, id: &str) -> &'p Value {
    let items = page["items"].as_array().expect("items");
    items.iter().find(|item| item["item_id"] == id).unwrap_or_else(|| panic!("no item {id}"))
}

/// Every credential of a signed dossier is taken in its verdict as the checklist of its draft said, for the same reason
/// and in the same words; and every item cites what the checklist cited.
pub fn taken_alike(world: &World, draft: &str, dossier: &str) {
    let page = world.ask("draft.get", json!({"id": draft}));
    let verified = world.ask("verify.file", json!({"path": dossier, "identity": null}));
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let grounds = |subject: &Value| {
        let lines = list(&verified["grounds"]);
        lines
            .into_iter()
            .find(|line| line["subject"] == *subject)
            .map_or(Value::Null, |line| line["text"].clone())
    };
    let items = list(&page["items"]);
    for (credential, view) in
        list(&verified["report"]["credentials"]).iter().zip(list(&verified["credentials"]))
    {
        let accepted = items.iter().flat_map(|item| list(&item["accepted"]));
        let told: Vec<Value> = accepted.filter(|it| it["title"] == view["title"]).collect();
        assert!(!told.is_empty(), "the checklist tells of {}", view["title"]);
        for told in told {
            let name = &view["title"]["zh"];
            assert_eq!(
                (&told["mode"], &told["rule_id"]),
                (&credential["mode"], &credential["rule_id"]),
                "{name}"
            );
            assert_eq!(told["grounds"], grounds(&credential["path"]), "{name}");
        }
    }
    for item in &items {
        assert_eq!(item["basis"], grounds(&item["item_id"])["zh"], "{}", item["title"]["zh"]);
    }
}

/// What a report found, apart from which file it was.
pub fn findings(report: &Value) -> Vec<String> {
    let checks = report["checks"].as_array().expect("checks");
    let mut found: Vec<String> = checks
        .iter()
        .map(|check| format!("{} {} {}", check["code"], check["outcome"], check["subject"]))
        .collect();
    found.sort();
    found
}

pub fn attachment(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data/attachments")
        .join(name)
        .display()
        .to_string()
}
