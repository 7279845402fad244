//! A firm's and an incubator's office in one folder, with the world of `zizhi trust init-demo`: what the incubator asks
//! for, and the papers and documents with which the firm answers.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{ended, zizhi};

pub const SONGJIANG: &str = "91310117DEM000030B";
pub const FIRM: &str = "91340100DEM000014D";
pub const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
pub const PASSPHRASE: &str = "七个字的口令不够长，这一句够长";
const HEFEI: &str = "91340100DEM0000228";
const LIST: &str = "https://status.example/91340100DEM0000228/1";

/// Songjiang's request to the firm, without its rule pack.
pub const ASK: [&str; 12] = [
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

pub struct Offices {
    folder: TempDir,
}

impl Offices {
    /// Both, with nothing of their own yet.
    pub fn new() -> Self {
        let offices = Self { folder: TempDir::new().unwrap() };
        offices.ends(&["trust", "init-demo", "world"], 0);
        offices
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs, expects the exit code, and gives data and talk.
    pub fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = zizhi(self.folder.path(), arguments);
        ended(command.env("ZIZHI_PASSPHRASE", PASSPHRASE).output().unwrap(), code, arguments)
    }

    /// Issues to the firm's key in the file `holder` what Songjiang's checklist asks for; one of it ends on the day
    /// `until`.
    pub fn issue_papers(&self, holder: &str, until: &str) {
        let seen = json!({"by": format!("urn:uscc:{HEFEI}"), "method": "original",
            "system": "国家企业信用信息公示系统", "checked_on": "2026-11-01", "operator": "经办【演示】"});
        self.issue(
            (holder, "business-licence", 1),
            &json!({"provenance": "attested", "number": FIRM, "issued_on": "2024-03-18", "attested": seen,
                "established_on": "2024-03-18", "legal_representative": "（略）", "registrar": "合肥市市场监督管理局【演示】"}),
        );
        self.issue(
            (holder, "incubatee-certificate", 2),
            &json!({"provenance": "direct", "number": "HFUSP-2026-0117", "issued_on": "2026-01-05",
                "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15",
                "rd_on_site": true, "incubator_level": "ministry_standard", "valid_until": until}),
        );
    }

    /// Issues a credential of the Hefei incubator to the firm.
    fn issue(&self, (holder, kind, place): (&str, &str, u32), more: &Value) {
        let mut claims = json!({
            "iss": format!("urn:uscc:{HEFEI}"), "sub": format!("urn:uscc:{FIRM}"),
            "vct": format!("urn:zizhitong:credential:{kind}:1"), "name": NAME, "region": "340104",
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.write("claims.json", claims.to_string());
        let (key, file) = (format!("world/keys/{HEFEI}.jwk"), format!("{kind}.zzcred"));
        let place = format!("{LIST}#{place}");
        let words = ["credential", "issue", "--key", &key, "--claims", "claims.json", "--status", &place];
        self.ends(&[&words[..], &["--holder-jwk", holder, "-o", &file]].concat(), 0);
    }

    /// Adds to a draft the papers, documents, and what the firm says of itself. `from` says where trust data and the
    /// draft are, if that has to be said.
    pub fn add_all(&self, draft: &str, documents: &[(&str, &str)], from: &[&str]) {
        for kind in ["business-licence", "incubatee-certificate"] {
            let paper = format!("{kind}.zzcred");
            self.ends(&[&["dossier", "add", draft, &paper, "--minimum"], from].concat(), 0);
        }
        for (file, kind) in documents {
            let document = sample(file).display().to_string();
            self.ends(&[&["dossier", "add", draft, &document, "--kind", kind], from].concat(), 0);
        }
    }
}

/// A document to attach.
pub fn sample(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/attachments").join(file)
}
