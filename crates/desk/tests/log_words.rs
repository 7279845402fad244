//! The activity log reads as sentences: what was done, to which thing by its name, and the reason that was typed.
//! The ids that the log itself holds stay beside them.
#![cfg(test)]

#[expect(dead_code, reason = "a few firms are enough")]
mod incubator;
mod world;

use incubator::{Province, firm, incubator};
use serde_json::{Value, json};
use world::{PASSPHRASE, World};

fn log(world: &World, text: &str) -> Vec<Value> {
    let find = json!({"text": text, "action": null, "from": null, "to": null, "before": null, "limit": 100});
    world.ask("upkeep.activity", find)["entries"].as_array().expect("entries").clone()
}

/// What the newest entry under `action` says: what was done, to what, and why.
fn said(world: &World, action: &str) -> [Option<String>; 3] {
    let entries = log(world, "");
    let entry = entries.iter().find(|entry| entry["action"] == action).expect(action);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    [text(&entry["done"]["zh"]), text(&entry["about"]["zh"]), text(&entry["reason"])]
}

fn told(done: &str, about: &str, reason: Option<&str>) -> [Option<String>; 3] {
    [Some(done.to_owned()), Some(about.to_owned()), reason.map(str::to_owned)]
}

#[test]
fn issued_and_revoked_credentials_are_named_with_the_reason_that_was_typed() {
    let world = incubator();
    Province::registers(&world);
    let ids: Vec<String> = (1..=3)
        .map(|n| world.ask("register.save", firm(n))["id"].as_str().expect("an id").to_owned())
        .collect();
    let first = world.ask("register.get", json!({"id": ids[0]}));
    let (name, uscc) = (first["name"].as_str().expect("a name"), first["uscc"].as_str().expect("a code"));
    let added = log(&world, &ids[0]);
    assert_eq!(added[0]["about"]["zh"], json!(format!("{name}（{uscc}）")));
    assert!(added[0]["object"].as_str().is_some_and(|object| object.contains(&ids[0])), "the id stays");

    let folder = world.outside().join("签发").display().to_string();
    world.ask(
        "issue.issue",
        json!({"kind": "incubatee-certificate", "provenance": "direct", "firms": ids, "claims": [],
            "number": "HFUSP-2026-{0001}", "valid_until": null, "attested": null, "passphrase": PASSPHRASE,
            "folder": folder}),
    );
    assert_eq!(said(&world, "credentials.issued"), told("签发凭证 3 份", "在孵企业证明", None));

    let find = json!({"text": "", "kind": null, "status": null, "firm": null, "after": null, "limit": 500});
    let listed = world.ask("issue.list", find)["credentials"].as_array().expect("credentials").clone();
    let one = listed.iter().find(|line| line["number"] == "HFUSP-2026-0001").expect("it was issued");
    let set = |ids: Vec<&Value>, status: &str, reason: &str| {
        world.ask(
            "issue.set_status",
            json!({"ids": ids, "status": status, "reason": reason, "passphrase": PASSPHRASE}),
        );
    };
    set(vec![&one["id"]], "suspended", "资料待核实");
    let number = format!("HFUSP-2026-0001（{name}）");
    assert_eq!(said(&world, "credentials.status_set"), told("暂停凭证", &number, Some("资料待核实")));
    let others = listed.iter().filter(|line| line["number"] != "HFUSP-2026-0001");
    set(others.map(|line| &line["id"]).collect(), "revoked", "企业已迁出");
    let [done, about, reason] = said(&world, "credentials.status_set");
    assert_eq!((done.as_deref(), reason.as_deref()), (Some("撤销凭证"), Some("企业已迁出")));
    assert!(about.as_deref().is_some_and(|about| about.ends_with("等 2 份")), "{about:?}");
    for typed in ["HFUSP-2026-0001", "HFUSP-2026-0003", "企业已迁出"] {
        let found = log(&world, typed);
        assert!(found.iter().any(|entry| entry["action"] == "credentials.status_set"), "{typed}");
    }

    let list = world.outside().join("list.jwt");
    world.ask("issue.export_status_list", json!({"path": list}));
    assert_eq!(said(&world, "status_list.exported")[0].as_deref(), Some("导出吊销名单"));
    for entry in log(&world, "") {
        let shown = format!("{}{}", entry["done"]["zh"], entry["about"]["zh"]);
        assert!(!shown.contains("urn:") && !shown.contains('_'), "no id and no code is shown: {entry}");
        assert!(ids.iter().all(|id| !shown.contains(id.as_str())), "{entry}");
    }
}
