//! The whole line on the command line, as two offices would walk it: keys, credentials, a request, a draft
//! with real attachments, self-check, signature, seal, verdict, decision, and the firm that reads it.

use std::process::Command;

use serde_json::Value;

use crate::offices::{ASK, FIRM, NAME, Offices, SONGJIANG, sample};

/// Documents of the firm: a PDF, an OFD and an image.
const DOCUMENTS: [(&str, &str); 3] =
    [("lease.pdf", "lease"), ("licence.ofd", "business_licence_scan"), ("site.png", "photo")];

impl Offices {
    /// The firm with a key of its own.
    fn open() -> Self {
        let offices = Self::new();
        offices.ends(&["key", "new", "-o", "firm.zzkey"], 0);
        offices
    }

    fn refused(&self, arguments: &[&str], code: &str) {
        let (_, talk) = self.ends(arguments, 2);
        assert!(talk.contains(&format!("code: {code}")), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?} says what to do: {talk}");
    }

    fn report(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.ends(arguments, code).0).unwrap()
    }

    /// The request, and a draft in answer to it.
    fn draft(&self) {
        let key = format!("world/keys/{SONGJIANG}.jwk");
        let by = ["--rule-pack", "sh-songjiang@3", "--key", &key, "--from", SONGJIANG];
        self.ends(&[&ASK[..], &by].concat(), 0);
        self.issue_papers("firm.pub.jwk", "2030-12-15");
        let firm = ["--firm-uscc", FIRM, "--firm-name", NAME, "--origin", "340104"];
        self.ends(&[&["dossier", "new", "draft", "--request", "ask.zzrequest"][..], &firm].concat(), 0);
        self.add_all("draft", &DOCUMENTS, &["--trust", "world"]);
        self.ends(&["dossier", "facts", "draft", "claims_high_tech=false"], 0);
    }

    fn sign(&self) {
        let words = ["dossier", "sign", "draft", "-o", "a.zzdossier", "--yes", "--key", "firm.zzkey"];
        let (_, talk) = self.ends(&words, 0);
        assert!(talk.contains("zizhi dossier check tells first"), "{talk}");
    }
}

#[test]
fn two_offices_walk_the_whole_line() {
    let offices = Offices::open();
    offices.draft();
    let check = ["dossier", "check", "draft", "--trust", "world", "--key", "firm.zzkey", "--json"];
    let checked = offices.report(&check, 0);
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
    // The words of the window, in its order; what else is signed comes after them.
    let mut place = 0;
    for part in ["accepted", "Reasons", "材料齐全 (OK)", "Decided on", "Handled by", "经办一", "Details"]
    {
        let at = page.get(place..).and_then(|rest| rest.find(part));
        place += at.unwrap_or_else(|| panic!("{part}: {page}"));
    }
}

#[test]
fn only_the_least_is_disclosed_and_what_is_hidden_stays_hidden() {
    let offices = Offices::open();
    offices.draft();
    offices.sign();
    let (inside, _) = offices.ends(&["dossier", "open", "a.zzdossier", "--extract", "out", "--json"], 0);
    assert!(!inside.contains("（略）"), "the legal representative was not asked for: {inside}");
    for (file, _) in DOCUMENTS {
        let came_out = std::fs::read(offices.path("out").join(file)).unwrap();
        assert!(came_out == std::fs::read(sample(file)).unwrap(), "{file} comes out as it went in");
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
    offices.refused(&sign, "CONFIRM");
    assert!(!offices.path("a.zzdossier").exists(), "nothing half-made stays");
    offices.sign();
    offices.refused(&[&sign[..], &["--yes"]].concat(), "IO-EXISTS");
    let firm = ["--firm-uscc", FIRM, "--firm-name", NAME, "--origin", "340104"];
    let anew = [&["dossier", "new", "draft", "--request", "ask.zzrequest"][..], &firm].concat();
    offices.refused(&anew, "IO-EXISTS");
    assert!(offices.ends(&anew, 2).1.contains("holds a draft already"), "and no draft goes on unsaid");
    offices.refused(&["dossier", "add", "draft", "wrong.txt", "--kind", "lease"], "ATTACH-TYPE");
    offices.refused(&["dossier", "seal", "wrong.txt", "--trust", "world", "-o", "x.age"], "SEAL-INPUT");
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
    let both = said(&["verify", "a", "--json", "--summary"]);
    assert!(both.contains("--json 不能与 --summary 一起用"), "which two: {both}");
    for wrong in [
        &["verfy"][..],
        &["verify", "a", "--jsno"],
        &["verify", "a", "--json", "--summary"],
        &["key", "new", "-o", "k", "--alg", "RSA"],
        &["status", "set", "a", "--idx", "1", "--value", "lost", "--key", "k"],
        &["dossier", "new", "d", "--former-name", "@"],
        &["log", "verify", "--through", "1"],
    ] {
        for line in said(wrong).lines().filter(|line| !line.contains("用法：")) {
            let words = line.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_lowercase()));
            assert!(words.count() < 3, "no English sentence: {line}");
        }
    }
    // What only the parser has words for is told as its own.
    assert!(said(&["credential", "issue", "--decoys", "300"]).contains("原因（原文）：300"), "a range");
    for talk in [said(&["verify"]), said(&["verfy"])] {
        assert!(talk.contains("建议：") && talk.contains("代码：USAGE"), "{talk}");
    }
}
