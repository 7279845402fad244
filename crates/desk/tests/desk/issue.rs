//! Issuing to firms of the register, the status of what was issued, and the files, through the commands
//! of the window.

mod files;
mod numbers;
mod refused;
mod status;

use std::collections::HashSet;
use std::path::Path;

use serde_json::{Value, json};
use zizhi_credential::status::{Status, StatusToken, UnverifiedToken};
use zizhi_model::{Limits, Outcome};

use crate::incubator::{
    Province, SONGJIANG, credentials, firm, incubator, jwk, place, public_key, spreadsheet, with,
};
use crate::world::{PASSPHRASE, World};

/// An incubator that its province registered, with so many firms in order.
fn settled(firms: usize) -> (World, Province, Vec<String>) {
    let world = incubator();
    let province = Province::registers(&world);
    let ids = (1..=firms).map(|n| added(&world, firm(n))).collect();
    (world, province, ids)
}

fn added(world: &World, firm: Value) -> String {
    world.ask("register.save", firm)["id"].as_str().expect("an id").to_owned()
}

fn issuing(world: &World, firms: &[String]) -> Value {
    json!({
        "kind": "incubatee-certificate",
        "provenance": "direct",
        "firms": firms,
        "claims": [],
        "number": "HFUSP-2026-{0001}",
        "valid_until": null,
        "attested": null,
        "passphrase": PASSPHRASE,
        "folder": out(world),
    })
}

fn out(world: &World) -> String {
    world.outside().join("签发").display().to_string()
}

fn listed(world: &World, change: &Value) -> Vec<Value> {
    let mut find =
        json!({"text": "", "kind": null, "status": null, "firm": null, "after": null, "limit": 500});
    for (name, value) in change.as_object().expect("changes") {
        find[name] = value.clone();
    }
    world.ask("issue.list", find)["credentials"].as_array().expect("credentials").clone()
}

/// The status lists as they are written out: name and token.
fn exported(world: &World) -> (String, String) {
    let path = world.outside().join("list.jwt");
    let written = world.ask("issue.export_status_list", json!({"path": path.display().to_string()}));
    assert_eq!(written["count"], 1);
    let token = std::fs::read_to_string(path).expect("a file");
    let uri = UnverifiedToken::parse(&token, &Limits::default())
        .expect("a token")
        .uri()
        .expect("a name")
        .to_owned();
    (uri, token)
}

fn verified(token: &str, world: &World) -> StatusToken {
    let key = public_key(world);
    UnverifiedToken::parse(token, &Limits::default())
        .and_then(|token| token.verify(&key, None))
        .expect("it holds")
}

fn set_status(world: &World, ids: &[&Value], status: &str) -> Value {
    world.ask(
        "issue.set_status",
        json!({"ids": ids, "status": status, "reason": "已毕业", "passphrase": PASSPHRASE}),
    )
}

#[test]
fn shows_the_types_that_the_register_allows() {
    let (world, ..) = settled(0);
    let shown = world.ask("issue.types", json!({}));
    let types: Vec<(&str, &Value)> = shown["types"]
        .as_array()
        .expect("types")
        .iter()
        .map(|form| (form["id"].as_str().expect("an id"), &form["provenance"]))
        .collect();
    let expected = [
        ("graduation-certificate", &json!(["direct"])),
        ("high-tech-enterprise", &json!(["attested"])),
        ("incubatee-certificate", &json!(["direct"])),
        ("patent", &json!(["attested"])),
    ];
    assert_eq!(types, expected, "and no decision, which is made by deciding");
    assert!(shown["remark"].is_null());
    let incubatee = &shown["types"][2];
    assert!(incubatee["number"] == true && incubatee["valid_until"] == true);
    let names: Vec<&str> = incubatee["claims"]
        .as_array()
        .expect("claims")
        .iter()
        .map(|claim| claim["name"].as_str().expect("a name"))
        .collect();
    assert!(names.contains(&"number") && !names.contains(&"valid_until") && names.contains(&"entered_on"));
    let filled = incubatee["from_register"].as_array().expect("names");
    for name in ["established_on", "entered_on", "site_address", "incubation_deadline", "incubator_level"] {
        assert!(filled.contains(&json!(name)), "{name}");
    }
}

#[test]
fn warns_who_is_in_no_register() {
    let world = incubator();
    let shown = world.ask("issue.types", json!({}));
    let ids: Vec<&str> = shown["types"]
        .as_array()
        .expect("types")
        .iter()
        .map(|form| form["id"].as_str().expect("an id"))
        .collect();
    assert!(ids.contains(&"incubatee-certificate") && !ids.contains(&"high-tech-enterprise"), "{ids:?}");
    assert!(shown["remark"]["zh"].as_str().expect("zh").contains("不在已导入的信任数据中"));

    let world = incubator();
    Province::registers_another_key(&world);
    let shown = world.ask("issue.types", json!({}));
    assert!(
        shown["remark"]["zh"].as_str().expect("zh").contains("没有本机的签名密钥"),
        "{}",
        shown["remark"]
    );
}

#[test]
fn issues_a_thousand_from_a_roster() {
    let world = incubator();
    let province = Province::registers(&world);
    let heading = ["统一社会信用代码", "企业名称", "所在地区", "成立日期", "入驻日期", "企业公钥"]
        .map(Value::from)
        .to_vec();
    let key = jwk();
    let rows = (1..=1000).map(|n| {
        vec![
            json!(crate::incubator::code(n)),
            json!(format!("松江第{n}科技有限公司【演示】")),
            json!("310117"),
            json!("2025-03-05"),
            json!("2026-03-05"),
            json!(key),
        ]
    });
    let path = spreadsheet(&world, "一千家.xlsx", &std::iter::once(heading).chain(rows).collect::<Vec<_>>());
    let shown = world.ask("register.preview", json!({"path": path, "mapping": null}));
    // Stopped half way it is as if it had not begun, and can be imported as it was shown.
    assert_eq!(world.stopped("register.import", json!({"id": shown["id"]})).code, "WORK-STOPPED");
    assert_eq!(crate::incubator::all_firms(&world).len(), 0);
    world.ask("register.import", json!({"id": shown["id"]}));
    let ids: Vec<String> = crate::incubator::all_firms(&world)
        .iter()
        .map(|firm| firm["id"].as_str().expect("an id").to_owned())
        .collect();

    assert_eq!(world.stopped("issue.issue", issuing(&world, &ids)).code, "WORK-STOPPED");
    assert_eq!(listed(&world, &json!({})).len(), 0);
    let left = std::fs::read_dir(out(&world)).expect("a folder").count();
    assert_eq!(left, 0, "no file of what was not issued");

    let batch = world.ask("issue.issue", issuing(&world, &ids));
    assert_eq!((&batch["issued"], &batch["refused"]), (&json!(1000), &json!([])));
    let files = credentials(Path::new(&out(&world)));
    assert_eq!(files.len(), 1000, "one file each, and nothing else in the folder");
    let places: HashSet<u64> = files.iter().map(|file| place(file)).collect();
    assert_eq!(places, (0..1000).collect(), "each has a place of its own");
    let numbers: HashSet<String> = listed(&world, &json!({}))
        .iter()
        .chain(&listed(&world, &json!({"text": "HFUSP-2026-0"})))
        .map(|line| line["number"].as_str().expect("a number").to_owned())
        .collect();
    assert!(numbers.len() > 500, "a list is no longer than 500, and the two are not the same");
    let series = |number: &String| {
        number.strip_prefix("HFUSP-2026-").is_some_and(|n| (1..=1000).contains(&n.parse().unwrap_or(0)))
    };
    assert!(numbers.iter().all(series), "every number is of the series: {numbers:?}");

    // Before the list is published nobody can know the status; with it everything holds.
    let (uri, token) = exported(&world);
    assert_eq!(batch["status_list"], uri.as_str());
    let (outcome, codes) = province.inspects(&world, &files[0], &[]);
    assert_eq!((outcome, codes.as_slice()), (Outcome::Pending, &["STAT-MISSING"][..]));
    for file in files.iter().step_by(250) {
        let (outcome, codes) = province.inspects(&world, file, &[(&uri, token.clone())]);
        assert_eq!(outcome, Outcome::Pass, "{codes:?}");
    }

    // One is revoked: the list says so about it and about nobody else.
    let revoked = listed(&world, &json!({"text": "HFUSP-2026-0500"}));
    assert_eq!(revoked.len(), 1);
    let idx = files
        .iter()
        .find(|file| file.display().to_string().contains("HFUSP-2026-0500"))
        .map(|file| place(file))
        .expect("its file");
    let line = &set_status(&world, &[&revoked[0]["id"]], "revoked")["credentials"][0];
    assert_eq!((&line["status"], &line["reason"]), (&json!("revoked"), &json!("已毕业")));
    let (_, later) = exported(&world);
    let (before, after) = (verified(&token, &world), verified(&later, &world));
    assert!(after.issued_at > before.issued_at, "a later list replaces the earlier one");
    assert_eq!(after.issuer.as_deref(), Some(format!("urn:uscc:{SONGJIANG}").as_str()));
    let exceptions: Vec<(u64, Status)> = after.list.exceptions().collect();
    assert_eq!(exceptions, [(idx, Status::Revoked)]);
    assert!(after.list.entries() >= 100_000, "its length tells nobody how many there are");
    let file = files.iter().find(|file| place(file) == idx).expect("its file");
    let (outcome, codes) = province.inspects(&world, file, &[(&uri, later)]);
    assert_eq!((outcome, codes.as_slice()), (Outcome::Fail, &["STAT-REVOKED"][..]));
}

#[test]
fn says_what_the_register_knows() {
    let (world, _, ids) = settled(1);
    let mut issue = issuing(&world, &ids);
    issue["claims"] = json!([{"name": "site_address", "value": "另一处地址【演示】"}]);
    world.ask("issue.issue", issue);
    let line = &listed(&world, &json!({}))[0];
    assert_eq!(
        (&line["number"], &line["valid_until"]),
        (&json!("HFUSP-2026-0001"), &json!("2027-11-22")),
        "a year at most"
    );
    let view = world.ask("issue.get", json!({"id": line["id"]}));
    let said = |path: &str| {
        let lines = view["lines"].as_array().expect("lines");
        lines
            .iter()
            .find(|line| line["path"] == path)
            .map(|line| line["value"].as_str().expect("a value").to_owned())
    };
    for (path, value) in [
        ("name", "松江星火智能科技1有限公司【演示】"),
        ("established_on", "2025-03-18"),
        ("entered_on", "2026-01-16"),
        ("site_address", "另一处地址【演示】"),
        ("area_sqm", "120"),
        ("rd_on_site", "是"),
        ("field", "人工智能"),
        ("agreement_no", "SJ-XY-0001"),
        ("incubator_level", "省级"),
        ("issued_on", "2026-11-23"),
        // 48 months after entry, less a day.
        ("incubation_deadline", "2030-01-15"),
    ] {
        assert_eq!(said(path).as_deref(), Some(value), "{path}");
    }
}

#[test]
fn attests_a_paper_of_others() {
    let (world, province, ids) = settled(2);
    let mut issue = issuing(&world, &ids[..1]);
    issue["kind"] = json!("high-tech-enterprise");
    issue["provenance"] = json!("attested");
    issue["number"] = json!("GR202531990001");
    issue["valid_until"] = json!("2028-11-18");
    issue["claims"] = json!([{"name": "issued_on", "value": "2025-11-19"}, {"name": "authority", "value": "上海市认定机构【演示】"}]);
    assert_eq!(
        world.refused("issue.issue", issue.clone()).code,
        "ISSUE-ATTESTED",
        "how was the original seen?"
    );
    let attested = json!({"method": "官网查询", "system": "高新技术企业认定管理工作网", "url": "https://www.innocom.gov.cn/", "checked_on": "2026-11-20", "operator": "经办员【演示】"});
    for (name, value) in [
        ("method", "猜的"),
        ("system", ""),
        ("url", "ftp://x"),
        ("checked_on", "2026-12-01"),
        ("operator", ""),
    ] {
        issue["attested"] = attested.clone();
        issue["attested"][name] = json!(value);
        assert_eq!(world.refused("issue.issue", issue.clone()).code, "ISSUE-ATTESTED", "{name}");
    }
    issue["attested"] = attested;
    issue["number"] = json!("GR2025");
    assert_eq!(world.refused("issue.issue", issue.clone()).code, "FMT-GR");
    issue["number"] = json!("GR202531990001");
    world.ask("issue.issue", issue.clone());

    let (uri, token) = exported(&world);
    let files = credentials(Path::new(&out(&world)));
    let (outcome, codes) = province.inspects(&world, &files[0], &[(&uri, token)]);
    assert_eq!(outcome, Outcome::Pass, "{codes:?}");
    let line = &listed(&world, &json!({"kind": "high-tech-enterprise"}))[0];
    let view = world.ask("issue.get", json!({"id": line["id"]}));
    let lines = view["lines"].as_array().expect("lines");
    let said = |path: &str| lines.iter().find(|line| line["path"] == path).map(|line| &line["value"]);
    assert_eq!(said("attested.method"), Some(&json!("官网查询")));
    assert_eq!(said("attested.by"), Some(&json!(SONGJIANG)));
    assert_eq!(said("issued_on"), Some(&json!("2025-11-19")), "the paper's own date, not today's");

    issue["firms"] = json!([ids[1]]);
    assert_eq!(
        world.refused("issue.issue", issue.clone()).code,
        "DUP-NUMBER",
        "the number is another firm's"
    );
    issue["firms"] = json!([ids[0]]);
    world.ask("issue.issue", issue);
    assert_eq!(listed(&world, &json!({"firm": ids[0]})).len(), 2, "it may be attested again");
}

#[test]
fn keeps_the_code_of_a_firm_that_has_credentials() {
    let (world, _, ids) = settled(1);
    world.ask("issue.issue", issuing(&world, &ids));
    let firm = world.ask("register.get", json!({"id": ids[0]}));
    assert_eq!(firm["issued"], 1);
    assert_eq!(
        world.refused("register.save", with(firm, "uscc", crate::incubator::code(9))).code,
        "FIRM-CODE"
    );
}

#[test]
fn needs_an_open_database() {
    let world = incubator();
    world.ask("session.lock", json!({}));
    for (word, payload) in [
        ("issue.types", json!({})),
        ("issue.issue", issuing(&world, &[])),
        ("issue.get", json!({"id": "x"})),
        ("issue.set_status", json!({"ids": [], "status": "valid", "reason": "x", "passphrase": "x"})),
        ("issue.export_status_list", json!({"path": "x"})),
        ("issue.export", json!({"ids": [], "folder": "x"})),
    ] {
        assert_eq!(world.refused(word, payload).code, "SESSION-LOCKED", "{word}");
    }
}

#[test]
fn a_few_are_stopped_as_well_and_a_lock_stops_all_work() {
    let (world, _province, ids) = settled(3);
    assert_eq!(world.stopped("issue.issue", issuing(&world, &ids)).code, "WORK-STOPPED");
    assert_eq!(listed(&world, &json!({})).len(), 0);
    assert_eq!(world.ask("issue.issue", issuing(&world, &ids))["issued"], json!(3));
    // Locked where its progress is told: the work ends, and the lock does not wait for the rest of it.
    let refusal = world.locked_meanwhile("upkeep.backup", json!({"path": ""}));
    assert_eq!(refusal.code, "WORK-STOPPED");
    assert_eq!(world.ask("session.status", json!({}))["database"], "locked");
}
