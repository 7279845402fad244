//! The whole line on the command line, as two offices would walk it: keys, credentials, a request, a draft
//! with real attachments, self-check, signature, seal, verdict, decision, and the firm that reads it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod run;

use std::path::{Path, PathBuf};
use std::process::Command;

use run::{ended, zizhi};
use serde_json::{Value, json};
use tempfile::TempDir;

const HEFEI: &str = "91340100DEM0000228";
const SONGJIANG: &str = "91310117DEM000030B";
const FIRM: &str = "91340100DEM000014D";
const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
const LIST: &str = "https://status.example/91340100DEM0000228/1";
const PASSPHRASE: &str = "七个字的口令不够长，这一句够长";

/// Two offices in one folder: the world of `zizhi trust init-demo` and a firm with its own key.
struct Offices {
    folder: TempDir,
}

impl Offices {
    fn open() -> Self {
        let offices = Self { folder: TempDir::new().unwrap() };
        offices.ends(&["trust", "init-demo", "world"], 0);
        offices.write("pass.txt", PASSPHRASE.as_bytes());
        offices.ends(&["key", "new", "-o", "firm.zzkey", "--passphrase-file", "pass.txt"], 0);
        offices
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs, expects the exit code, and gives data and talk.
    fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        ended(zizhi(self.folder.path(), arguments).output().unwrap(), code, arguments)
    }

    fn refused(&self, arguments: &[&str], code: &str) {
        let (_, talk) = self.ends(arguments, 2);
        assert!(talk.contains(&format!("code: {code}")), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?} says what to do: {talk}");
    }

    fn report(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.ends(arguments, code).0).unwrap()
    }

    /// Issues a credential of the Hefei incubator to the firm.
    fn issue(&self, kind: &str, place: u32, more: &Value) {
        let mut claims = json!({
            "iss": format!("urn:uscc:{HEFEI}"), "sub": format!("urn:uscc:{FIRM}"),
            "vct": format!("urn:zizhitong:credential:{kind}:1"), "name": NAME, "region": "340104",
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.write(&format!("{kind}.json"), claims.to_string().as_bytes());
        let key = format!("world/keys/{HEFEI}.jwk");
        self.ends(
            &[
                "credential",
                "issue",
                "--key",
                &key,
                "--claims",
                &format!("{kind}.json"),
                "--holder-jwk",
                "firm.pub.jwk",
                "--status",
                &format!("{LIST}#{place}"),
                "-o",
                &format!("{kind}.zzcred"),
            ],
            0,
        );
    }

    /// Credentials that Songjiang's checklist asks for.
    fn issue_all(&self) {
        let seen = json!({"by": "urn:uscc:91340100DEM0000228", "method": "original", "system": "国家企业信用信息公示系统",
            "checked_on": "2026-11-01", "operator": "经办"});
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
    }

    fn request(&self) {
        let key = format!("world/keys/{SONGJIANG}.jwk");
        self.ends(
            &[
                "request",
                "new",
                "--key",
                &key,
                "--from",
                SONGJIANG,
                "--scenario",
                "branch_operation",
                "--region",
                "310117",
                "--checklist",
                "SJ-BRANCH",
                "--rule-pack",
                "sh-songjiang@3",
                "--for",
                FIRM,
                "-o",
                "ask.zzrequest",
            ],
            0,
        );
    }

    /// A draft in answer to the request, with a PDF, an OFD and an image.
    fn draft(&self) {
        self.issue_all();
        self.request();
        let firm = ["--firm-uscc", FIRM, "--firm-name", NAME, "--origin", "340104"];
        self.ends(&[&["dossier", "new", "draft", "--request", "ask.zzrequest"][..], &firm].concat(), 0);
        for kind in ["business-licence", "incubatee-certificate"] {
            self.ends(
                &["dossier", "add", "draft", &format!("{kind}.zzcred"), "--minimum", "--trust", "world"],
                0,
            );
        }
        let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/attachments");
        for (file, kind) in
            [("lease.pdf", "lease"), ("licence.ofd", "business_licence_scan"), ("site.png", "photo")]
        {
            let sample = samples.join(file).display().to_string();
            self.ends(&["dossier", "add", "draft", &sample, "--kind", kind], 0);
        }
        self.ends(&["dossier", "facts", "draft", "claims_high_tech=false"], 0);
    }

    fn sign(&self) {
        let key = ["--key", "firm.zzkey", "--passphrase-file", "pass.txt"];
        self.ends(&[&["dossier", "sign", "draft", "-o", "a.zzdossier", "--yes"][..], &key].concat(), 0);
    }
}

#[test]
fn two_offices_walk_the_whole_line() {
    let offices = Offices::open();
    offices.draft();
    let key = ["--key", "firm.zzkey", "--passphrase-file", "pass.txt"];
    let checked =
        offices.report(&[&["dossier", "check", "draft", "--trust", "world", "--json"][..], &key].concat(), 0);
    offices.sign();
    let (sealed_to, _) =
        offices.ends(&["dossier", "seal", "a.zzdossier", "--trust", "world", "-o", "a.zzdossier.age"], 0);
    assert!(sealed_to.starts_with("age1"), "the addressee's own inbox key: {sealed_to}");

    let inbox = format!("world/keys/{SONGJIANG}.age");
    let verify = ["verify", "a.zzdossier.age", "--trust", "world", "--as", SONGJIANG, "--identity", &inbox];
    let report = offices.report(&[&verify[..], &["--json"]].concat(), 0);
    assert_eq!(report["verdict"], checked["verdict"], "the self-check said what the destination finds");
    assert_eq!(report["questions"], checked["questions"]);
    assert_eq!(report["dossier"]["attachments"].as_array().unwrap().len(), 3);
    assert_eq!(report["credentials"][0]["number"], FIRM);
    let (page, _) = offices.ends(&verify, 0);
    assert!(page.contains(NAME) && page.contains("taken as equivalent"), "{page}");
    assert!(!page.contains("HFUSP-2026-0117"), "the checklist does not ask for this number: {page}");

    let sign = format!("world/keys/{SONGJIANG}.jwk");
    offices.ends(
        &[
            "decide",
            "a.zzdossier",
            "--key",
            &sign,
            "--as",
            SONGJIANG,
            "--outcome",
            "accepted",
            "--reason",
            "OK=材料齐全",
            "--operator",
            "经办一",
            "--reviewer",
            "复核一",
            "--trust",
            "world",
            "-o",
            "a.zzdecision",
        ],
        0,
    );
    let show = ["decision", "show", "a.zzdecision", "--trust", "world", "--dossier", "a.zzdossier"];
    let decision = offices.report(&[&show[..], &["--json"]].concat(), 0);
    assert!(decision.to_string().contains("accepted"), "{decision}");
    let (page, _) = offices.ends(&show, 0);
    assert!(page.contains("材料齐全"), "the firm reads the reason: {page}");
}

#[test]
fn only_the_least_is_disclosed_and_what_is_hidden_stays_hidden() {
    let offices = Offices::open();
    offices.draft();
    offices.sign();
    let (inside, _) = offices.ends(&["dossier", "open", "a.zzdossier", "--extract", "out", "--json"], 0);
    assert!(!inside.contains("（略）"), "the legal representative was not asked for: {inside}");
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/attachments");
    for file in ["lease.pdf", "licence.ofd", "site.png"] {
        let came_out = std::fs::read(offices.path("out").join(file)).unwrap();
        assert!(came_out == std::fs::read(samples.join(file)).unwrap(), "{file} comes out as it went in");
    }
}

#[test]
fn one_changed_byte_of_the_dossier_never_passes() {
    let offices = Offices::open();
    offices.draft();
    offices.sign();
    let whole = std::fs::read(offices.path("a.zzdossier")).unwrap();
    for step in 0..40 {
        let mut changed = whole.clone();
        let place = step * (whole.len() / 40) + step;
        changed[place] ^= 1;
        offices.write("b.zzdossier", &changed);
        let report = offices.report(&["verify", "b.zzdossier", "--trust", "world", "--json"], 1);
        assert_eq!(report["verdict"], "failed", "byte {place}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_advice_and_nothing_is_written() {
    let offices = Offices::open();
    offices.draft();
    offices.write("wrong.txt", b"not the passphrase");
    let sign = ["dossier", "sign", "draft", "-o", "a.zzdossier", "--key", "firm.zzkey"];
    offices.refused(&[&sign[..], &["--yes", "--passphrase-file", "wrong.txt"]].concat(), "KEY-PASSPHRASE");
    offices.refused(&[&sign[..], &["--passphrase-file", "pass.txt"]].concat(), "CONFIRM");
    assert!(!offices.path("a.zzdossier").exists(), "nothing half-made stays");
    offices.sign();
    offices.refused(&[&sign[..], &["--yes", "--passphrase-file", "pass.txt"]].concat(), "IO-EXISTS");
    offices.refused(
        &[
            "dossier",
            "new",
            "draft",
            "--request",
            "ask.zzrequest",
            "--firm-uscc",
            FIRM,
            "--firm-name",
            NAME,
            "--origin",
            "340104",
        ],
        "IO-EXISTS",
    );
    offices.refused(&["dossier", "add", "draft", "pass.txt", "--kind", "lease"], "ATTACH-TYPE");
    offices.refused(&["dossier", "seal", "pass.txt", "--trust", "world", "-o", "x.age"], "SEAL-INPUT");
    offices.ends(&["dossier", "seal", "a.zzdossier", "--to", "age1nobody", "-o", "x.age"], 2);
    assert!(!offices.path("x.age").exists(), "nothing half-made stays");
}

#[test]
fn a_command_line_that_cannot_be_used_is_told_in_chinese() {
    let said = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_zizhi"))
            .args(arguments)
            .env_remove("ZIZHI_LANG")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&["verify"]).contains("缺少必须给出的"), "what is missing");
    assert!(said(&["verfy"]).contains("没有命令 verfy"), "which word is unknown");
    assert!(said(&["verify", "a", "--at", "昨天"]).contains("的值“昨天”不能用"), "which value");
    assert!(said(&["verify", "a", "--atx"]).contains("不认识参数"), "which option");
    for talk in [said(&["verify"]), said(&["verfy"])] {
        assert!(talk.contains("建议：") && talk.contains("代码：USAGE"), "{talk}");
    }
}
