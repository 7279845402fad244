//! What an incubator and a firm hand to others so that what is issued counts: public keys with fingerprints
//! that can be compared by telephone, and status lists that were exported as they stand.

use std::fs;

use serde_json::{Value, json};
use zizhi_model::Uscc;
use zizhi_trust::{IssuerRecord, KeyUse};

use crate::incubator::{SONGJIANG, firm, incubator, jwk, with};
use crate::world::{PASSPHRASE, World};

#[test]
fn a_province_gets_the_keys_of_an_incubator_as_a_record_that_it_can_register() {
    let world = incubator();
    let path = world.outside().join("本单位公钥.json");
    let answer = world.ask("issue.export_keys", json!({"path": path}));
    assert_eq!(answer["written"]["path"], json!(path));
    let bytes = fs::read(&path).expect("a file");
    let uscc = Uscc::parse(SONGJIANG).expect("a code");
    let record = IssuerRecord::read(&bytes, "31", &uscc, 16).expect("a record of the register");
    assert_eq!((record.name.as_str(), record.region.as_str()), ("松江科创孵化器【演示】", "310117"));
    let own = crate::incubator::public_key(&world);
    let key = record.key(own.key_id().as_str()).expect("the key that signs");
    for wanted in [KeyUse::Credential, KeyUse::Status, KeyUse::Decision] {
        assert!(key.uses.contains(&wanted), "{wanted}");
    }
    assert!(!record.seal_to.is_empty(), "and to whom dossiers are sealed");
    let shown = answer["fingerprints"][0].as_str().expect("a fingerprint").to_owned();
    assert_eq!(shown, zizhi_app::keys::fingerprint(&own), "which two people can compare");
    assert!(!String::from_utf8_lossy(&bytes).contains("\"d\""), "nothing private");
}

#[test]
fn the_register_and_the_firm_show_the_same_fingerprint() {
    let held = World::new();
    held.create("firm");
    let file = held.outside().join("公钥.jwk");
    held.ask("hold.export_key", json!({"path": file}));
    let of_firm = held.ask("hold.fingerprint", json!({}));
    let world = incubator();
    let read = world.ask("register.read_key", json!({"path": file}));
    let seen =
        |jwk: &Value| world.ask("register.fingerprint", json!({"jwk": jwk, "uscc": ""}))["text"].clone();
    assert_eq!(seen(&read["jwk"]), of_firm["text"]);
    let groups: Vec<&str> = of_firm["text"].as_str().expect("a text").split(' ').collect();
    assert!(groups.len() == 16 && groups.iter().all(|group| group.len() == 4), "{groups:?}");
    assert_ne!(seen(&json!(jwk())), of_firm["text"]);
    assert_eq!(world.refused("register.fingerprint", json!({"jwk": "{}", "uscc": ""})).code, "KEY-HOLDER");
}

#[test]
fn a_list_that_changed_is_asked_for_until_it_was_exported() {
    let world = incubator();
    let since = || world.ask("issue.list_standing", json!({}))["not_exported_since"].clone();
    assert_eq!(since(), Value::Null, "nothing was issued");
    let id = world.ask("register.save", with(firm(1), "name", "甲公司【演示】"))["id"].clone();
    world.ask(
        "issue.issue",
        json!({
            "kind": "incubatee-certificate", "provenance": "direct", "firms": [id],
            "claims": [{"name": "incubator_level", "value": "provincial"}], "number": "SJ-{1}",
            "valid_until": null, "attested": null, "passphrase": PASSPHRASE,
            "folder": world.outside().join("签发"),
        }),
    );
    let folder = world.outside().join("名单");
    fs::create_dir(&folder).expect("a folder");
    assert_ne!(since(), Value::Null, "a new list");
    let written = world.ask("issue.export_status_list", json!({"path": folder}));
    let file = written["path"].as_str().expect("a path");
    assert!(file.ends_with(".jwt") && fs::exists(file).expect("looked"), "the file itself is named: {file}");
    assert_eq!(since(), Value::Null);

    let alone = world.refused("trust.import", json!({"path": file, "confirmed_root": null}));
    assert_eq!(
        alone.code, "TRUST-LIST",
        "a single list is no trust data, and it is said whose it is to take it"
    );

    let find = json!({"text": "", "kind": null, "status": null, "firm": null, "after": null, "limit": 5});
    let line = world.ask("issue.list", find)["credentials"][0].clone();
    assert_eq!(line["changed"], Value::Null);
    let change =
        json!({"ids": [line["id"]], "status": "revoked", "reason": "信息有误", "passphrase": PASSPHRASE});
    let changed = world.ask("issue.set_status", change)["credentials"][0].clone();
    assert_eq!((&changed["reason"], changed["changed"].is_string()), (&json!("信息有误"), true));
    assert_ne!(since(), Value::Null);
    world.ask("issue.export_status_list", json!({"path": folder}));
    assert_eq!(since(), Value::Null);
}
