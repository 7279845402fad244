//! A firm's and an incubator's day by the command line, each on its local database, from the request to the decision;
//! and what neither lets happen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod run;

use std::path::{Path, PathBuf};

use run::{ended, zizhi};
use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::vault::{self, Unlocked};
use zizhi_app::{SystemHost, keys};
use zizhi_store::{CaseFilter, CaseState, Direction, SentState};

const HEFEI: &str = "91340100DEM0000228";
const SONGJIANG: &str = "91310117DEM000030B";
const FIRM: &str = "91340100DEM000014D";
const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
const LIST: &str = "https://status.example/91340100DEM0000228/1";
const PASSPHRASE: &str = "七个字的口令不够长，这一句够长";

const ASK: [&str; 12] = [
    "request",
    "new",
    "--scenario",
    "branch_operation",
    "--region",
    "310117",
    "--checklist",
    "SJ-BRANCH",
    "--for",
    FIRM,
    "-o",
    "ask.zzrequest",
];
const ACCEPT: [&str; 6] = ["--outcome", "accepted", "--operator", "经办【演示】", "-o", "a.zzdecision"];

/// Two databases in one folder, `firm` and `incubator`, with the world of `zizhi trust init-demo`.
struct Offices {
    folder: TempDir,
}

impl Offices {
    fn open() -> Self {
        let offices = Self { folder: TempDir::new().unwrap() };
        offices.ends(&["trust", "init-demo", "world"], 0);
        for (data, uscc, name, role, region) in [
            ("firm", FIRM, NAME, Role::Firm, "340104"),
            ("incubator", SONGJIANG, "松江科创孵化器【演示】", Role::Incubator, "310117"),
        ] {
            let place = offices.path(data).join("database");
            drop(
                create_database(&place, &Owner { uscc, name, role, region }, PASSPHRASE, &SystemHost)
                    .unwrap(),
            );
            offices.ends(&["trust", "import", "world", "--data", data], 0);
        }
        // The key that the register has for the incubator.
        let key = keys::open_key(&offices.path(format!("world/keys/{SONGJIANG}.jwk")), None).unwrap();
        let open = offices.unlocked("incubator");
        let held = (&key, &vault::INCUBATOR_USES[..], "");
        let place = offices.path("incubator/database");
        vault::adopt_signing_key(&open.database, &place, PASSPHRASE, held, "", &SystemHost).unwrap();
        offices
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn unlocked(&self, data: &str) -> Unlocked {
        vault::look(&self.path(data).join("database"), PASSPHRASE).unwrap()
    }

    fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = zizhi(self.folder.path(), arguments);
        ended(command.env("ZIZHI_PASSPHRASE", PASSPHRASE).output().unwrap(), code, arguments)
    }

    /// Runs on a database.
    fn on(&self, data: &str, arguments: &[&str], code: i32) -> (String, String) {
        self.ends(&[arguments, &["--data", data]].concat(), code)
    }

    fn refused(&self, data: &str, arguments: &[&str], code: &str) -> String {
        let (found, talk) = self.on(data, arguments, 2);
        assert!(found.is_empty() && talk.contains(&format!("code: {code}\n")), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?} says what to do: {talk}");
        talk
    }

    fn json(&self, data: &str, arguments: &[&str], code: i32) -> Value {
        let (found, _) = self.on(data, &[arguments, &["--json"]].concat(), code);
        serde_json::from_str(&found).unwrap()
    }

    /// Issues a credential of the Hefei incubator to the firm's key.
    fn issue(&self, kind: &str, place: u32, more: &Value) {
        let mut claims = json!({
            "iss": format!("urn:uscc:{HEFEI}"), "sub": format!("urn:uscc:{FIRM}"),
            "vct": format!("urn:zizhitong:credential:{kind}:1"), "name": NAME, "region": "340104",
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        std::fs::write(self.path("claims.json"), claims.to_string()).unwrap();
        let holder = vault::holder_public(&self.unlocked("firm").database).unwrap();
        std::fs::write(self.path("holder.jwk"), serde_json::to_vec(&holder.to_jwk()).unwrap()).unwrap();
        let (key, file) = (format!("world/keys/{HEFEI}.jwk"), format!("{kind}.zzcred"));
        let place = format!("{LIST}#{place}");
        let words = ["credential", "issue", "--key", &key, "--claims", "claims.json", "--status", &place];
        self.ends(&[&words[..], &["--holder-jwk", "holder.jwk", "-o", &file]].concat(), 0);
    }

    /// The incubator's request, and the firm's draft that answers it with all that is asked for; its id.
    fn draft(&self) -> String {
        let (id, _) = self.on("incubator", &[&ASK[..], &["--rule-pack", "sh-songjiang@3"]].concat(), 0);
        let known =
            self.unlocked("incubator").database.reader().unwrap().request(Direction::Issued, id.trim());
        assert!(known.unwrap().is_some(), "the incubator's window lists it");
        let seen = json!({"by": format!("urn:uscc:{HEFEI}"), "method": "original",
            "system": "国家企业信用信息公示系统", "checked_on": "2026-11-01", "operator": "经办【演示】"});
        self.issue(
            "business-licence",
            1,
            &json!({"provenance": "attested", "number": FIRM, "issued_on": "2024-03-18", "attested": seen,
                "established_on": "2024-03-18", "legal_representative": "（略）", "registrar": "合肥市市场监督管理局【演示】"}),
        );
        self.issue(
            "incubatee-certificate",
            2,
            &json!({"provenance": "direct", "number": "HFUSP-2026-0117", "issued_on": "2026-01-05",
                "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15",
                "rd_on_site": true, "incubator_level": "ministry_standard", "valid_until": "2030-12-15"}),
        );
        let (id, _) = self.on("firm", &["dossier", "new", "--request", "ask.zzrequest"], 0);
        let id = id.trim().to_owned();
        for kind in ["business-licence", "incubatee-certificate"] {
            self.on("firm", &["dossier", "add", &id, &format!("{kind}.zzcred"), "--minimum"], 0);
        }
        let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/attachments");
        for (file, kind) in [("lease.pdf", "lease"), ("licence.ofd", "business_licence_scan")] {
            let sample = samples.join(file).display().to_string();
            self.on("firm", &["dossier", "add", &id, &sample, "--kind", kind], 0);
        }
        self.on("firm", &["dossier", "facts", &id, "claims_high_tech=false"], 0);
        id
    }

    /// The signed dossier, and its case at the incubator: the number.
    fn case(&self) -> String {
        let id = self.draft();
        self.on("firm", &["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"], 0);
        let open = ["dossier", "open", "a.zzdossier", "--operator", "经办【演示】"];
        let received = self.json("incubator", &open, 0);
        received.get("case").and_then(Value::as_str).unwrap().to_owned()
    }
}

#[test]
fn a_day_of_both_on_their_databases_from_the_request_to_the_decision() {
    let offices = Offices::open();
    let id = offices.draft();
    let checked = offices.json("firm", &["dossier", "check", &id], 0);
    let sign = ["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"];
    let signed = offices.json("firm", &sign, 0);
    let (shown, _) = offices.on("firm", &["dossier", "seal", &id, "-o", "a.zzdossier.age"], 0);
    assert!(!shown.trim().is_empty(), "the digest of what was written");
    {
        let firm = offices.unlocked("firm");
        let reader = firm.database.reader().unwrap();
        let sent = reader.sent(signed["id"].as_str().unwrap()).unwrap().unwrap();
        assert_eq!(
            (sent.draft.as_deref(), sent.state),
            (Some(&*id), SentState::Prepared),
            "the window shows it"
        );
    }

    let inbox = format!("world/keys/{SONGJIANG}.age");
    let open = ["dossier", "open", "a.zzdossier.age", "--identity", &inbox, "--operator", "经办【演示】"];
    let came = offices.json("incubator", &open, 0);
    assert_eq!(
        came["report"]["verdict"], checked["verdict"],
        "the self-check said what the destination finds"
    );
    assert_eq!(came["report"]["file"]["sha256"], signed["sha256"], "it is that very dossier");
    let (again, talk) = offices.on("incubator", &open, 0);
    let number = came["case"].as_str().unwrap();
    assert!(again.contains(number) && talk.contains("nothing was added"), "received once: {again}{talk}");

    // As it may be typed, without its brackets.
    let plain: Vec<&str> =
        number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let plain = plain.join("-");
    let decided = offices.json(
        "incubator",
        &[&["decide", &plain, "--reviewer", "复核【演示】"][..], &ACCEPT].concat(),
        0,
    );
    assert_eq!((&decided["case"], &decided["dossier_id"]), (&json!(number), &signed["id"]), "{decided}");
    {
        let incubator = offices.unlocked("incubator");
        let reader = incubator.database.reader().unwrap();
        let case = reader.case(came["id"].as_str().unwrap()).unwrap().unwrap();
        assert_eq!(case.state, CaseState::Decided, "the window shows it as decided");
        let names = (case.operator.as_deref(), case.reviewer.as_deref());
        assert_eq!(names, (Some("经办【演示】"), Some("复核【演示】")));
        let told: Vec<String> =
            reader.case_events(&case.id).unwrap().into_iter().map(|event| event.kind).collect();
        assert_eq!(told, ["received", "accepted", "decided"], "its timeline has every step");
        assert_eq!(reader.decisions_of_case(&case.id).unwrap().len(), 1);
    }
    let show = ["decision", "show", "a.zzdecision", "--trust", "world", "--dossier", "a.zzdossier"];
    // Pending: the list on which the decision stands is published later.
    let (page, _) = offices.ends(&show, 3);
    assert!(
        page.contains("about this dossier") && page.contains("经办【演示】"),
        "the firm reads it: {page}"
    );
    assert_eq!(
        page.matches("pending  ").count(),
        page.matches("STAT-MISSING").count(),
        "nothing else: {page}"
    );
    for data in ["firm", "incubator"] {
        let log = offices.json(data, &["log", "verify"], 0);
        assert_eq!(log["whole"], true, "{data}: {log}");
    }
}

#[test]
fn a_case_is_named_by_the_digest_of_its_report_as_well() {
    let offices = Offices::open();
    offices.case();
    let digest = {
        let incubator = offices.unlocked("incubator");
        let reader = incubator.database.reader().unwrap();
        let case = reader.cases(&CaseFilter::default(), None, 1).unwrap().rows.remove(0);
        reader.latest_judgement(&case.id).unwrap().unwrap().report_sha256
    };
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    offices.on("incubator", &[&["decide", &hex][..], &ACCEPT].concat(), 0);
}

#[test]
fn whoever_cannot_open_the_database_changes_nothing() {
    let offices = Offices::open();
    let id = offices.draft();
    let number = "2026-1";
    let ask = [&ASK[..10], &["--rule-pack", "sh-songjiang@3", "-o", "other.zzrequest"]].concat();
    let every: [(&str, Vec<&str>); 6] = [
        ("incubator", ask),
        ("firm", vec!["dossier", "new", "--request", "ask.zzrequest"]),
        ("firm", vec!["dossier", "check", &id]),
        ("firm", vec!["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"]),
        ("incubator", vec!["dossier", "open", "ask.zzrequest", "--operator", "经办【演示】"]),
        ("incubator", [&["decide", number][..], &ACCEPT].concat()),
    ];
    std::fs::write(offices.path("wrong.txt"), "不是这一句话").unwrap();
    let log = |data: &str| offices.unlocked(data).database.reader().unwrap().log_end().unwrap().seq;
    let before = (log("firm"), log("incubator"));
    for (data, words) in &every {
        let wrong = [&words[..], &["--passphrase-file", "wrong.txt"]].concat();
        offices.refused(data, &wrong, "KEY-PASSPHRASE");
    }
    assert_eq!((log("firm"), log("incubator")), before);
    let windows = (offices.unlocked("firm"), offices.unlocked("incubator"));
    for (data, words) in &every {
        offices.refused(data, words, "DB-IN-USE");
    }
    drop(windows);
    for name in ["other.zzrequest", "a.zzdossier", "a.zzdecision"] {
        assert!(!offices.path(name).exists(), "{name}");
    }
}

#[test]
fn a_case_that_is_not_there_or_was_decided_is_not_decided() {
    let offices = Offices::open();
    let number = offices.case();
    let decide = |case: &str| {
        [vec!["decide".to_owned(), case.to_owned()], ACCEPT.map(str::to_owned).to_vec()].concat()
    };
    let words = |all: &[String]| all.iter().map(|word| word.to_owned()).collect::<Vec<String>>();
    let refused = |case: &str, code: &str| {
        let all = words(&decide(case));
        offices.refused("incubator", &all.iter().map(String::as_str).collect::<Vec<_>>(), code)
    };
    let nowhere = "ab".repeat(32);
    for unknown in ["2026-999", "17", nowhere.as_str(), "a.zzdossier"] {
        refused(unknown, "CASE-ABSENT");
    }
    assert!(!offices.path("a.zzdecision").exists());
    let all = words(&decide(&number));
    offices.on("incubator", &all.iter().map(String::as_str).collect::<Vec<_>>(), 0);
    refused(&number, "IO-EXISTS");
    std::fs::remove_file(offices.path("a.zzdecision")).unwrap();
    let talk = refused(&number, "CASE-STEP");
    assert!(talk.contains("a decision that was made stays"), "{talk}");
    assert!(!offices.path("a.zzdecision").exists(), "nothing was signed a second time");
}

#[test]
fn one_person_is_not_two_and_a_refused_decision_takes_nothing_up() {
    let offices = Offices::open();
    let number = offices.case();
    let alone = [&["decide", &number, "--reviewer", "经办【演示】"][..], &ACCEPT].concat();
    offices.refused("incubator", &alone, "CASE-FOUR-EYES");
    let silent =
        ["decide", &number, "--outcome", "supplement_required", "--operator", "经办【演示】", "-o", "b"];
    offices.refused("incubator", &silent, "DECIDE-REASON");
    let incubator = offices.unlocked("incubator");
    let case =
        incubator.database.reader().unwrap().cases(&CaseFilter::default(), None, 1).unwrap().rows.remove(0);
    assert_eq!(case.state, CaseState::Received, "it waits as before");
}

#[test]
fn files_and_databases_are_not_mixed() {
    let offices = Offices::open();
    let id = offices.draft();
    for (data, words) in [
        ("firm", vec!["dossier", "check", &id, "--trust", "world"]),
        ("firm", vec!["dossier", "check", &id, "--key", "world/keys/x.jwk"]),
        ("firm", vec!["dossier", "seal", &id, "--to", "age1nobody", "-o", "x.age"]),
        ("incubator", [&["decide", "2026-1", "--status", "https://a.example#1"][..], &ACCEPT].concat()),
        ("incubator", [&ASK[..], &["--rule-pack", "sh-songjiang@3", "--from", SONGJIANG]].concat()),
    ] {
        offices.refused(data, &words, "USAGE");
    }
    let other = [&ASK[..10], &["--rule-pack", "sh-songjiang@9", "-o", "x.zzrequest"]].concat();
    let talk = offices.refused("incubator", &other, "RULE-MISSING");
    assert!(talk.contains("sh-songjiang@3"), "it says which one is here: {talk}");
    let unknown = "019a0000-0000-7000-8000-000000000000";
    offices.refused("firm", &["dossier", "check", unknown], "DRAFT-ABSENT");
    offices.refused("firm", &["dossier", "open", "ask.zzrequest", "--operator", "经办【演示】"], "CASE-ROLE");
}
