//! `zizhi trust`, the publishing side: issuers, keys, rules, types, lists, roots.

use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{ended, zizhi};

const HEFEI: &str = "91340100DEM0000228";
const YUHANG: &str = "91330110DEM000073U";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        desk.ends(&["trust", "init-demo", "demo"], 0);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        ended(zizhi(self.folder.path(), arguments).output().unwrap(), code, arguments)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ends(arguments, 0).0).unwrap()
    }

    fn read(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.path(name)).unwrap()).unwrap()
    }

    fn write(&self, name: &str, value: &Value) {
        std::fs::write(self.path(name), value.to_string()).unwrap();
    }

    /// The public half of a key of the demo.
    fn public(&self, key: &str) -> Value {
        let mut jwk = self.read(&format!("demo/keys/{key}.jwk"));
        jwk.as_object_mut().unwrap().remove("d");
        jwk
    }

    fn issuer(&self, uscc: &str) -> Value {
        self.json(&["trust", "show", "demo", "--issuer", uscc, "--json"])
    }

    /// All that a writer could have changed.
    fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path("demo")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), std::fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    /// A command that must fail with `code` in its talk and leave the repository as it was.
    fn refused(&self, arguments: &[&str], code: &str) {
        let before = self.snapshot();
        let (_, talk) = self.ends(arguments, 2);
        assert!(talk.contains(code), "{arguments:?}: {talk}");
        assert!(self.snapshot() == before, "{arguments:?} changed something");
    }
}

fn record(jwk: &Value) -> Value {
    json!({
        "uscc": YUHANG, "name": "余杭科创孵化器【演示】", "former_names": [], "roles": ["incubator"],
        "level": "provincial", "region": "330110",
        "keys": [{ "jwk": jwk, "use": ["credential"], "valid_from": "2026-01-01T00:00:00+08:00",
                   "valid_until": null, "revoked_at": null, "revoked_reason": null }],
        "seal_to": [], "may_issue": [{ "type": "incubatee-certificate", "provenance": ["direct"] }]
    })
}

#[test]
fn an_issuer_is_registered_by_its_own_province() {
    let desk = Desk::new();
    desk.write("record.json", &record(&desk.public(HEFEI)));
    let province = ["--key", "demo/keys/33-province.jwk", "--key", "demo/keys/distributor.jwk"];
    let command = [&["trust", "add-issuer", "demo", "record.json", "--json"][..], &province].concat();
    let shown = desk.json(&command);
    assert_eq!(shown["issuer_count"], 3);
    assert_eq!(desk.issuer(YUHANG)["region"], "330110");
}

#[test]
fn too_few_keys_publish_nothing() {
    let desk = Desk::new();
    desk.write("record.json", &record(&desk.public(HEFEI)));
    let add = ["trust", "add-issuer", "demo", "record.json", "--key"];
    desk.refused(&[&add[..], &["demo/keys/34-province.jwk"]].concat(), "TRUST-THRESHOLD");
    desk.refused(&[&add[..], &["demo/keys/33-province.jwk"]].concat(), "TRUST-THRESHOLD");
    let two =
        ["demo/keys/31-root.jwk", "--key", "demo/keys/32-root.jwk", "--key", "demo/keys/distributor.jwk"];
    let renew = ["trust", "sign", "demo", "--renew", "--key"];
    desk.refused(&[&renew[..], &two].concat(), "TRUST-THRESHOLD");
}

#[test]
fn a_record_with_a_mistyped_word_is_refused_by_member() {
    let desk = Desk::new();
    let good = record(&desk.public(HEFEI));
    type Edit = fn(&mut Value);
    let edits: [(&str, Edit); 7] = [
        ("roles", |it| it["roles"] = json!(["incubater"])),
        ("keys.use", |it| it["keys"][0]["use"] = json!(["credentials"])),
        ("may_issue.provenance", |it| it["may_issue"][0]["provenance"] = json!(["directly"])),
        ("lvl", |it| it["lvl"] = json!("provincial")),
        ("uscc", |it| it["uscc"] = json!("91330110DEM000073V")),
        ("region", |it| it["region"] = json!("33")),
        ("keys", |it| it["keys"] = json!("none")),
    ];
    for (member, edit) in edits {
        let mut bad = good.clone();
        edit(&mut bad);
        desk.write("record.json", &bad);
        let (_, talk) = desk.ends(&["trust", "add-issuer", "demo", "record.json"], 2);
        assert!(talk.contains("TRUST-RECORD") && talk.contains(member), "{member}: {talk}");
    }
}

#[test]
fn a_new_key_ends_the_old_one_which_stays_listed() {
    let desk = Desk::new();
    desk.write("new.jwk", &desk.public("91310117DEM000030B"));
    let rotate = ["trust", "rotate-key", "demo", "--issuer", HEFEI, "--new", "new.jwk"];
    desk.ends(&[&rotate[..], &["--from", "2026-12-01T00:00:00+08:00"]].concat(), 0);
    let issuer = desk.issuer(HEFEI);
    let keys = issuer["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0]["valid_until"], "2026-11-30T23:59:59+08:00");
    assert_eq!(keys[1]["valid_from"], "2026-12-01T00:00:00+08:00");
    desk.refused(&rotate, "KEY-UNKNOWN");
    desk.refused(&[&rotate[..], &["--uses", "everything"]].concat(), "KEY-USE");
}

#[test]
fn a_revoked_key_carries_time_and_reason() {
    let desk = Desk::new();
    let kid = desk.issuer(HEFEI)["keys"][0]["kid"].as_str().unwrap().to_owned();
    let revoke = ["trust", "revoke-key", "demo", "--issuer", HEFEI, "--reason", "遗失", "--kid"];
    desk.refused(&[&revoke[..], &["none"]].concat(), "KEY-UNKNOWN");
    // One thumbprint in 64 begins like an option.
    desk.refused(&[&revoke[..], &["-BmYViNR-bpnf5aeLCmi2ZziMFukAsrbWGNfw47P6wA"]].concat(), "KEY-UNKNOWN");
    desk.ends(&[&revoke[..], &[&kid, "--revoked-at", "2026-11-20T00:00:00Z"]].concat(), 0);
    let key = desk.issuer(HEFEI)["keys"][0].clone();
    assert_eq!(
        (&key["revoked_at"], &key["revoked_reason"]),
        (&json!("2026-11-20T08:00:00+08:00"), &json!("遗失"))
    );
}

#[test]
fn rules_are_published_where_they_apply_and_never_with_an_error() {
    let desk = Desk::new();
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/rules");
    let pack = data.join("zj-yuhang.json").display().to_string();
    let shown = desk.json(&["trust", "add-rules", "demo", &pack, "--json"]);
    assert_eq!(shown["rule_packs"], json!(["31/sh-songjiang", "33/zj-yuhang"]));
    let broken = data.join("defects/float.json").display().to_string();
    desk.refused(&["trust", "add-rules", "demo", &broken], "TRUST-RULES");
    let mut everywhere: Value = serde_json::from_slice(&std::fs::read(&pack).unwrap()).unwrap();
    everywhere["to_regions"] = json!(["*"]);
    desk.write("everywhere.json", &everywhere);
    desk.refused(&["trust", "add-rules", "demo", "everywhere.json"], "TRUST-PROVINCE");
    desk.refused(&["trust", "add-rules", "demo", "everywhere.json", "--province", "99"], "TRUST-PROVINCE");
    desk.ends(&["trust", "add-rules", "demo", "everywhere.json", "--province", "33"], 0);
}

#[test]
fn a_type_is_data_that_three_provinces_sign() {
    let desk = Desk::new();
    desk.write("type.json", &json!({ "vct": "urn:zizhitong:credential:swimming-badge:1" }));
    let shown = desk.json(&["trust", "add-type", "demo", "type.json", "--json"]);
    let types = shown["types"].as_array().unwrap();
    assert!(types.contains(&json!("types/swimming-badge.json")), "{types:?}");
    desk.write("type.json", &json!({ "claims": 1 }));
    desk.refused(&["trust", "add-type", "demo", "type.json"], "TRUST-TYPE");
}

#[test]
fn a_status_list_goes_in_only_if_its_issuer_signed_it_and_it_is_not_older() {
    let desk = Desk::new();
    let lists: Vec<PathBuf> =
        std::fs::read_dir(desk.path("demo/status")).unwrap().map(|it| it.unwrap().path()).collect();
    std::fs::copy(&lists[0], desk.path("list.jwt")).unwrap();
    desk.ends(&["trust", "add-status", "demo", "list.jwt"], 0);
    let mut text = std::fs::read_to_string(&lists[0]).unwrap();
    let end = text.len() - 3;
    text.replace_range(end..end + 1, if &text[end..end + 1] == "A" { "B" } else { "A" });
    std::fs::write(desk.path("list.jwt"), text).unwrap();
    desk.refused(&["trust", "add-status", "demo", "list.jwt"], "TRUST-STATUS");
    std::fs::write(desk.path("list.jwt"), "not a token").unwrap();
    desk.refused(&["trust", "add-status", "demo", "list.jwt"], "TRUST-STATUS");
}

#[test]
fn a_root_key_moves_on_and_readers_follow() {
    let desk = Desk::new();
    desk.ends(&["trust", "import", "demo"], 0);
    desk.ends(&["trust", "init-demo", "other"], 0);
    for (old, new) in [("31-root", "31-root"), ("distributor", "distributor")] {
        // Old and new keys are both at hand; the new one lies with the old ones from now on.
        let (old, new) = (format!("demo/keys/{old}.jwk"), format!("other/keys/{new}.jwk"));
        std::fs::copy(desk.path(&new), desk.path("demo/keys/new.jwk")).unwrap();
        desk.ends(&["trust", "rotate-root", "demo", "--old", &old, "--new", &new], 0);
        std::fs::rename(desk.path("demo/keys/new.jwk"), desk.path(&old)).unwrap();
    }
    std::fs::copy(desk.path("other/keys/34-province.jwk"), desk.path("demo/keys/34-province.jwk")).unwrap();
    desk.ends(
        &["trust", "rotate-province", "demo", "--province", "34", "--new", "other/keys/34-province.jwk"],
        0,
    );
    let shown = desk.json(&["trust", "import", "demo", "--json"]);
    assert_eq!(shown["root"]["version"], 3);
    assert_eq!(shown["pinned_root"]["version"], 1);
    desk.refused(
        &[
            "trust",
            "rotate-root",
            "demo",
            "--old",
            "other/keys/32-root.jwk",
            "--new",
            "other/keys/33-root.jwk",
        ],
        "KEY-UNKNOWN",
    );
}

#[test]
fn a_package_is_the_same_each_time() {
    let desk = Desk::new();
    desk.ends(&["trust", "pack", "demo", "-o", "one.zztrust"], 0);
    desk.ends(&["trust", "pack", "demo", "-o", "two.zztrust"], 0);
    assert!(
        std::fs::read(desk.path("one.zztrust")).unwrap() == std::fs::read(desk.path("two.zztrust")).unwrap()
    );
}

#[test]
fn a_list_that_takes_back_what_was_revoked_goes_in_only_by_force() {
    let desk = Desk::new();
    let name = zizhi_trust::status_name("https://status.example/91340100DEM0000228/1");
    let (published, key) = (format!("demo/status/{name}.jwt"), format!("demo/keys/{HEFEI}.jwk"));
    let set = |from: &str, idx: &str, value: &str, to: &str| {
        desk.ends(&["status", "set", from, "--idx", idx, "--value", value, "--key", &key, "-o", to], 0);
    };
    set(&published, "901", "revoked", "1.jwt");
    set("1.jwt", "902", "suspended", "2.jwt");
    desk.ends(&["trust", "add-status", "demo", "2.jwt"], 0);
    set("2.jwt", "902", "valid", "3.jwt");
    desk.ends(&["trust", "add-status", "demo", "3.jwt"], 0);
    set("3.jwt", "901", "valid", "4.jwt");
    desk.refused(&["trust", "add-status", "demo", "4.jwt"], "STATUS-MILDER");
    // Which one is said.
    desk.refused(&["trust", "add-status", "demo", "4.jwt"], "901 from revoked to valid");
    desk.ends(&["trust", "add-status", "demo", "4.jwt", "--force"], 0);
}

#[test]
fn the_fingerprint_of_a_key_that_is_taken_in_is_told() {
    let desk = Desk::new();
    desk.write("record.json", &record(&desk.public(HEFEI)));
    let (_, talk) = desk.ends(&["trust", "add-issuer", "demo", "record.json"], 0);
    let kid = zizhi_crypto::b64::decode(desk.issuer(YUHANG)["keys"][0]["kid"].as_str().unwrap()).unwrap();
    let groups = zizhi_crypto::digest::hex_groups(&kid);
    assert!(talk.contains(&format!("key fingerprint: {groups}")), "{groups}: {talk}");
}

/// As an organisation exports its record: no level, and its own papers alone.
fn exported(jwk: &Value) -> Value {
    let mut exported = record(jwk);
    exported["level"] = Value::Null;
    exported
}

#[test]
fn who_registers_an_incubator_decides_its_level_and_what_it_may_issue() {
    let desk = Desk::new();
    desk.write("record.json", &exported(&desk.public(HEFEI)));
    let (_, talk) = desk.ends(&["trust", "add-issuer", "demo", "record.json"], 0);
    for said in
        ["level: none", "--level ministry_standard", "may attest: nothing", "business-licence=attested"]
    {
        assert!(talk.contains(said), "{said}: {talk}");
    }
    let (_, talk) = desk.ends(
        &[
            "trust",
            "add-issuer",
            "demo",
            "record.json",
            "--level",
            "ministry_standard",
            "--may-issue",
            "business-licence=attested,innovation-voucher=direct+attested",
            "--lang",
            "zh",
        ],
        0,
    );
    for said in [
        "级别：标准级（ministry_standard）",
        "可以直签：在孵企业证明、科技创新券",
        "可以背书：营业执照、科技创新券",
    ] {
        assert!(talk.contains(said), "{said}: {talk}");
    }
    assert!(!talk.contains("注意"), "{talk}");
    let issuer = desk.issuer(YUHANG);
    assert_eq!(issuer["level"], "ministry_standard");
    assert_eq!(issuer["may_issue"][1], json!(["business-licence", ["attested"]]));
    // What the record has of a type is replaced, and can be taken out.
    let words = ["trust", "add-issuer", "demo", "record.json", "--may-issue", "incubatee-certificate=none"];
    desk.ends(&words, 0);
    assert_eq!(desk.issuer(YUHANG)["may_issue"], json!([]));
}

#[test]
fn a_level_a_type_or_a_provenance_that_there_is_not_is_refused() {
    let desk = Desk::new();
    desk.write("record.json", &exported(&desk.public(HEFEI)));
    for (option, value) in [
        ("--level", "standard"),
        ("--may-issue", "business-license=attested"),
        ("--may-issue", "business-licence"),
        ("--may-issue", "business-licence=seen"),
        // Nobody states these for others, or but for themselves.
        ("--may-issue", "incubatee-certificate=attested"),
        ("--may-issue", "business-licence=declared"),
    ] {
        desk.refused(&["trust", "add-issuer", "demo", "record.json", option, value], "TRUST-RECORD");
    }
}
