//! Files of what was issued.

use std::path::Path;

use serde_json::{Value, json};

use super::{added, issuing, listed, out, settled};
use crate::incubator::{credentials, firm, with};

#[test]
fn writes_credentials_again() {
    let (world, _, ids) = settled(2);
    world.ask("issue.issue", issuing(&world, &ids));
    let first = credentials(Path::new(&out(&world)));
    let lines = listed(&world, &json!({}));
    let wanted: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    let again = world.outside().join("再次");
    let asked = json!({"ids": wanted, "folder": again.display().to_string()});
    assert_eq!(world.ask("issue.export", asked.clone())["count"], 2);
    let second = credentials(&again);
    for (a, b) in first.iter().zip(&second) {
        assert_eq!(a.file_name(), b.file_name());
        assert_eq!(std::fs::read(a).expect("a file"), std::fs::read(b).expect("a file"), "byte for byte");
    }
    world.ask("issue.export", asked);
    assert_eq!(credentials(&again).len(), 4, "what is there is not written over");
    let none = json!({"ids": ["none"], "folder": again.display().to_string()});
    assert_eq!(world.refused("issue.export", none).code, "CREDENTIAL-NONE");
}

#[test]
fn gives_files_names_that_every_system_takes() {
    let (world, _, _) = settled(0);
    let names = ["../../etc/甲【演示】", "乙\\丙:丁*?\"<>|【演示】", &("戊".repeat(120) + "【演示】")];
    let ids: Vec<String> =
        names.iter().enumerate().map(|(n, name)| added(&world, with(firm(n + 1), "name", *name))).collect();
    let mut issue = issuing(&world, &ids);
    issue["number"] = json!("CON/{1}");
    world.ask("issue.issue", issue);
    let files = credentials(Path::new(&out(&world)));
    assert_eq!(files.len(), 3);
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        assert!(name.len() <= 255 && name.ends_with(".zzcred"), "{name}");
        assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']), "{name}");
    }
}

#[test]
fn what_was_issued_goes_out_as_a_table_with_the_filter_of_the_screen() {
    let (world, _province, ids) = settled(3);
    world.ask("issue.issue", issuing(&world, &ids));
    let lines = listed(&world, &json!({}));
    let one = lines[0]["id"].clone();
    let revoke = json!({"ids": [one], "status": "revoked", "reason": "材料不实【演示】", "passphrase": crate::world::PASSPHRASE});
    world.ask("issue.set_status", revoke);
    let find = |status: Value| json!({"text": "", "kind": null, "status": status, "firm": null, "by_name": false, "after": null, "limit": 0});
    let path = world.outside().join("已签发.csv").display().to_string();
    let export = |status: Value| {
        let written = world.ask("issue.export_table", json!({"filter": find(status), "path": path}));
        (written["count"].clone(), std::fs::read_to_string(&path).expect("a table"))
    };
    let (count, table) = export(Value::Null);
    assert_eq!(count, 3);
    assert!(
        table.contains("编号") && table.contains("HFUSP-2026-0001") && table.contains("在孵企业证明"),
        "{table}"
    );
    let (count, table) = export(json!("revoked"));
    assert_eq!(count, 1);
    assert!(table.contains("材料不实【演示】") && table.contains("2026-11-23"), "{table}");
}
