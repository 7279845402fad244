//! A desk to try the command line at: the world of `zizhi trust init-demo`, a firm's key, a dossier.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{ended, zizhi};

pub const HEFEI: &str = "91340100DEM0000228";
pub const SONGJIANG: &str = "91310117DEM000030B";
pub const FIRM: &str = "91340100DEM000014D";
pub const LIST: &str = "https://status.example/91340100DEM0000228/1";

/// A desk with the world of `zizhi trust init-demo` and a firm's key.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    pub fn set() -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        desk.ends(&["trust", "init-demo", "world"], 0);
        desk.ends(&["key", "new", "-o", "firm.zzkey"], 0);
        desk
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = zizhi(self.folder.path(), arguments);
        command.env("ZIZHI_PASSPHRASE", "一句足够长的口令");
        command
    }

    /// Runs, expects the exit code, and gives data and talk.
    pub fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        ended(self.command(arguments).output().unwrap(), code, arguments)
    }

    /// Runs, expects a refusal with the code and advice, and gives what was said.
    pub fn refused(&self, arguments: &[&str], code: &str) -> String {
        let (_, talk) = self.ends(arguments, 2);
        assert!(talk.contains(&format!("code: {code}\n")), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?} says what to do: {talk}");
        talk
    }

    pub fn issue(&self, more: &Value) -> Vec<String> {
        let mut claims = json!({
            "iss": format!("urn:uscc:{HEFEI}"), "sub": format!("urn:uscc:{FIRM}"), "name": "星河【演示】",
            "vct": "urn:zizhitong:credential:incubatee-certificate:1", "provenance": "direct", "region": "340104",
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.write("claims.json", claims.to_string());
        let (key, place) = (format!("world/keys/{HEFEI}.jwk"), format!("{LIST}#3"));
        let words = [
            "credential",
            "issue",
            "--key",
            &key,
            "--claims",
            "claims.json",
            "--holder-jwk",
            "firm.pub.jwk",
            "--status",
            &place,
            "-o",
            "a.zzcred",
        ];
        words.map(str::to_owned).to_vec()
    }

    /// A draft, and what was signed from it.
    pub fn dossier(&self) {
        let more = json!({"number": "ZF-1", "issued_on": "2026-01-10", "valid_until": "2030-12-31",
            "entered_on": "2025-01-01", "established_on": "2024-05-01", "incubator_level": "provincial"});
        let words = self.issue(&more);
        self.ends(&words.iter().map(String::as_str).collect::<Vec<_>>(), 0);
        self.ends(&draft("draft", "星河【演示】"), 0);
        self.ends(&["dossier", "add", "draft", "a.zzcred", "--disclose-all"], 0);
        for (name, text) in [("one.pdf", "one"), ("two.pdf", "two")] {
            self.write(name, format!("%PDF-1.7\n{text}"));
            self.ends(&["dossier", "add", "draft", name, "--kind", "lease"], 0);
        }
        self.ends(&["dossier", "sign", "draft", "--key", "firm.zzkey", "-o", "a.zzdossier", "--yes"], 0);
    }
}

pub fn draft<'a>(folder: &'a str, name: &'a str) -> [&'a str; 19] {
    [
        "dossier",
        "new",
        folder,
        "--aud",
        SONGJIANG,
        "--scenario",
        "branch_operation",
        "--origin",
        "340104",
        "--destination",
        "310117",
        "--checklist",
        "SJ-BRANCH",
        "--rule-pack",
        "sh-songjiang@3",
        "--firm-uscc",
        FIRM,
        "--firm-name",
        name,
    ]
}

/// A decision that is whole but for where it goes.
pub fn decide<'a>(key: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    decide_on(key, &[&["--outcome", "rejected", "--reason", "CHK-MISSING"], more].concat())
}

/// A decision that does not say yet what is decided.
pub fn decide_on<'a>(key: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let words =
        ["decide", "a.zzdossier", "--trust", "world", "--as", SONGJIANG, "--key", key, "--operator", "经办"];
    [&words[..], more].concat()
}
