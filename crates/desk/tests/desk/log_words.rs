//! The activity log reads as sentences: what was done, to which thing by its name, and the reason that was typed.
//! The ids that the log itself holds stay beside them.

use serde_json::{Value, json};

use crate::incubator::{Province, code, firm, incubator, spreadsheet};
use crate::world::{PASSPHRASE, World};

fn log(world: &World, text: &str) -> Vec<Value> {
    let find = json!({"text": text, "action": null, "from": null, "to": null, "before": null, "limit": 100});
    world.ask("upkeep.activity", find)["entries"].as_array().expect("entries").clone()
}

/// What was done, oldest first, without the backup of the day: it is made beside all else, at a time of its own.
fn acts(world: &World) -> Vec<String> {
    let mut acts: Vec<String> =
        log(world, "").iter().map(|entry| entry["action"].as_str().expect("an action").to_owned()).collect();
    acts.retain(|act| act != "backup.made");
    acts.reverse();
    acts
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
    let province = Province::registers(&world);
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
    let numbers = "在孵企业证明 HFUSP-2026-0001 至 HFUSP-2026-0003";
    assert_eq!(said(&world, "credentials.issued"), told("签发凭证 3 份", numbers, None));

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
    let file = "吊销名单 1 份；文件 list.jwt";
    assert_eq!(said(&world, "status_list.exported"), told("导出吊销名单", file, None));

    // The same edition packed with another list is told from the one before by the list.
    let token = std::fs::read_to_string(list).expect("a list");
    province.publish(&world, &[(one["status_list"].as_str().expect("a list"), token)]);
    let about = "信任数据第 2 版（根第 1 版）；吊销名单截至2026年11月23日10:00；文件 trust-1.zztrust";
    assert_eq!(said(&world, "trust.imported")[1].as_deref(), Some(about));
    for entry in log(&world, "") {
        let shown = format!("{}{}", entry["done"]["zh"], entry["about"]["zh"]);
        assert!(!shown.contains("urn:") && !shown.contains('_'), "no id and no code is shown: {entry}");
        assert!(ids.iter().all(|id| !shown.contains(id.as_str())), "{entry}");
    }
}

#[test]
fn one_credential_is_named_with_its_firm_and_a_batch_tells_who_got_none() {
    let world = incubator();
    Province::registers(&world);
    let graduated = crate::incubator::with(firm(2), "state", "graduated");
    let ids = [firm(1), graduated].map(|firm| world.ask("register.save", firm)["id"].clone());
    let folder = world.outside().join("签发");
    let issue = json!({"kind": "incubatee-certificate", "provenance": "direct", "firms": ids, "claims": [],
        "number": "HFUSP-2026-{0001}", "valid_until": null, "attested": null, "passphrase": PASSPHRASE,
        "folder": folder});
    world.ask("issue.issue", issue);
    let name = firm(1)["name"].as_str().expect("a name").to_owned();
    let about = format!("在孵企业证明 HFUSP-2026-0001（{name}）；另有 1 家没有签发");
    assert_eq!(said(&world, "credentials.issued"), told("签发凭证 1 份", &about, None));
}

#[test]
fn an_import_is_one_row_that_names_its_file_and_what_came_of_it() {
    let world = incubator();
    Province::registers(&world);
    assert_eq!(acts(&world), ["session.created", "trust.imported"], "one row for one act");
    let [done, about, _] = said(&world, "trust.imported");
    assert_eq!(done.as_deref(), Some("导入信任数据"));
    assert_eq!(about.as_deref(), Some("信任数据第 2 版（根第 1 版）；文件 trust-1.zztrust"));

    let rows = [
        vec![json!("统一社会信用代码"), json!("企业名称")],
        vec![json!(code(1)), json!("松江新企业科技有限公司【演示】")],
        vec![json!("91340100"), json!("松江代码不全科技有限公司【演示】")],
    ];
    let shown = world
        .ask("register.preview", json!({"path": spreadsheet(&world, "名册.xlsx", &rows), "mapping": null}));
    world.ask("register.import", json!({"id": shown["id"]}));
    assert_eq!(acts(&world), ["session.created", "trust.imported", "roster.imported"], "one row for one act");
    let about = "文件 名册.xlsx；新增企业 1 家，修改 0 家；没有导入 1 行";
    assert_eq!(said(&world, "roster.imported"), told("导入名册", about, None));
}

#[test]
fn a_changed_firm_is_named_with_what_was_changed_and_nothing_of_a_person() {
    let world = incubator();
    let mut firm = world.ask("register.save", firm(1));
    let name = format!("甲公司【演示】（{}）", code(1));
    for (field, value) in [
        ("name", json!("甲公司【演示】")),
        ("incubation_deadline", json!("2029-01-31")),
        ("state", json!("graduated")),
        ("region", json!("310115")),
        ("contact_name", json!("赵某")),
        ("contact_phone", json!("13900001234")),
    ] {
        firm[field] = value;
    }
    world.ask("register.save", firm);
    let [done, about, _] = said(&world, "firm.changed");
    assert_eq!(done.as_deref(), Some("修改名册中的企业"));
    let about = about.expect("which firm");
    assert!(about.starts_with(&name), "{about}");
    for part in [
        "企业名称：",
        " → 甲公司【演示】",
        " → 2029-01-31",
        "在园状态：在孵 → 毕业",
        " → 上海市浦东新区",
        "联系人",
    ] {
        assert!(about.contains(part), "{part} in {about}");
    }
    assert!(!about.contains("赵某") && !about.contains("1390000"), "{about}");
    let entries = log(&world, "");
    let kept = serde_json::to_string(&entries).expect("text");
    assert!(!kept.contains("赵某"), "nor in what the log itself holds");
}

#[test]
fn a_changed_setting_says_from_what_to_what() {
    let world = incubator();
    let mut settings = world.ask("session.status", json!({}))["settings"].clone();
    settings["idle_minutes"] = json!(0);
    settings["four_eyes"] = json!(true);
    settings["operator"] = json!("王某【演示】");
    world.ask("session.save_settings", settings);
    let [done, about, _] = said(&world, "setting.changed");
    assert_eq!(done.as_deref(), Some("更改设置"));
    let about = about.expect("what was changed");
    for moved in ["无操作后锁定：10 分钟 → 从不", "决定需要复核人：否 → 是", "经办人改为 王某【演示】"]
    {
        assert!(about.contains(moved), "{about}");
    }
}
