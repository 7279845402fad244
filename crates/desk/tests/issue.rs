//! Issuing to firms of the register, the status of what was issued, and the files, through the commands
//! of the window.
#![cfg(test)]

#[expect(dead_code, reason = "a fund has a test of its own")]
mod incubator;
mod world;

use std::collections::HashSet;
use std::path::Path;

use incubator::{
    Province, SONGJIANG, credentials, firm, incubator, jwk, place, public_key, spreadsheet, with,
};
use serde_json::{Value, json};
use world::{PASSPHRASE, World};
use zizhi_credential::status::{Status, StatusToken, UnverifiedToken};
use zizhi_model::{Limits, Outcome};

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
            json!(incubator::code(n)),
            json!(format!("松江第{n}科技有限公司【演示】")),
            json!("310117"),
            json!("2025-03-05"),
            json!("2026-03-05"),
            json!(key),
        ]
    });
    let path = spreadsheet(&world, "一千家.xlsx", &std::iter::once(heading).chain(rows).collect::<Vec<_>>());
    let shown = world.ask("register.preview", json!({"path": path, "mapping": null}));
    world.ask("register.import", json!({"id": shown["id"]}));
    let ids: Vec<String> = incubator::all_firms(&world)
        .iter()
        .map(|firm| firm["id"].as_str().expect("an id").to_owned())
        .collect();

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
    assert!(
        numbers.contains("HFUSP-2026-0001") && numbers.contains("HFUSP-2026-1000") || numbers.len() >= 500
    );

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
fn numbers_count_on() {
    let (world, _, ids) = settled(3);
    world.ask("issue.issue", issuing(&world, &ids[..2]));
    world.ask("issue.issue", issuing(&world, &ids[2..]));
    let mut ahead = issuing(&world, &ids[..1]);
    ahead["number"] = json!("HFUSP-2026-{0100}");
    world.ask("issue.issue", ahead);
    world.ask("issue.issue", issuing(&world, &ids[..1]));
    let mut numbers: Vec<String> = listed(&world, &json!({}))
        .iter()
        .map(|line| line["number"].as_str().expect("a number").to_owned())
        .collect();
    numbers.sort();
    let expected = ["0001", "0002", "0003", "0100", "0101"].map(|end| format!("HFUSP-2026-{end}"));
    assert_eq!(numbers, expected);
}

#[test]
fn tells_which_firms_get_none_and_why() {
    let (world, _, mut ids) = settled(1);
    let cases: [(Value, &str, &str); 8] = [
        (with(firm(2), "holder_jwk", Value::Null), "ISSUE-HOLDER", "公钥"),
        (with(firm(3), "established_on", "2023-12-01"), "INC-AGE", "24个月"),
        (
            with(with(firm(4), "established_on", "2020-06-01"), "entered_on", "2021-06-01"),
            "INC-LIMIT",
            "孵化时限",
        ),
        (with(firm(5), "incubation_deadline", "2031-01-01"), "INC-LIMIT", "孵化时限"),
        (with(firm(6), "state", "graduated"), "FIRM-STATE", "已毕业"),
        (with(firm(7), "state", "left"), "FIRM-STATE", "已迁出"),
        (with(firm(8), "entered_on", Value::Null), "ISSUE-CLAIMS", "“入驻日期”"),
        (with(with(firm(9), "field", "生物医药"), "incubation_deadline", "2031-01-15"), "", ""),
    ];
    for (firm, ..) in &cases {
        ids.push(added(&world, firm.clone()));
    }
    ids.push("none".to_owned());
    ids.push(ids[0].clone());
    let batch = world.ask("issue.issue", issuing(&world, &ids));
    let refused = batch["refused"].as_array().expect("refused");
    assert_eq!(batch["issued"], 2, "the one in order, once, and the one whose field has sixty months");
    for ((firm, code, zh), id) in cases.iter().zip(&ids[1..]).filter(|((_, code, _), _)| !code.is_empty()) {
        let told = refused.iter().find(|told| told["id"] == id.as_str()).unwrap_or_else(|| panic!("{code}"));
        assert_eq!((&told["code"], &told["name"]), (&json!(code), &firm["name"]));
        assert!(told["why"]["zh"].as_str().expect("zh").contains(zh), "{told}");
    }
    assert!(refused.iter().any(|told| told["id"] == "none" && told["code"] == "FIRM-NONE"));
    let mut numbers: Vec<String> =
        listed(&world, &json!({})).iter().map(|line| line["number"].to_string()).collect();
    numbers.sort();
    assert_eq!(
        numbers,
        ["\"HFUSP-2026-0001\"", "\"HFUSP-2026-0002\""],
        "no number is lost on a firm that gets none"
    );
}

#[test]
fn refuses_as_a_whole_what_is_wrong_for_all() {
    let (world, _, ids) = settled(2);
    let issue = |name: &str, value: Value| {
        let mut issue = issuing(&world, &ids);
        issue[name] = value;
        issue
    };
    let blocked = incubator::file(&world, "文件", b"x");
    let cases: [(Value, &str); 15] = [
        (issue("passphrase", json!("不是这一句口令")), "KEY-PASSPHRASE"),
        (issue("firms", json!([])), "ISSUE-FIRMS"),
        (issue("kind", json!("little-giant")), "ISS-SCOPE"),
        (issue("kind", json!("recognition-decision")), "ISS-SCOPE"),
        (issue("provenance", json!("attested")), "ISS-SCOPE"),
        (issue("number", json!("HFUSP-2026-0001")), "ISSUE-NUMBER"),
        (issue("number", json!("HFUSP-{x}")), "ISSUE-NUMBER"),
        (issue("number", json!("HFUSP-{0001")), "ISSUE-NUMBER"),
        (issue("number", json!("{1}-{2}")), "ISSUE-NUMBER"),
        (issue("number", json!(null)), "ISSUE-CLAIMS"),
        (issue("valid_until", json!("2026-11-22")), "ISSUE-DATES"),
        (issue("valid_until", json!("2026-11-31")), "FORM-VALUE"),
        (issue("claims", json!([{"name": "wings", "value": "2"}])), "FORM-FIELD"),
        (issue("claims", json!([{"name": "incubator_level", "value": "最高级"}])), "FORM-VALUE"),
        (issue("folder", json!(blocked)), "IO-WRITE"),
    ];
    for (issue, code) in cases {
        assert_eq!(world.refused("issue.issue", issue.clone()).code, code, "{issue}");
    }
    assert!(listed(&world, &json!({})).is_empty(), "nothing was issued");
    assert!(credentials(Path::new(&out(&world))).is_empty(), "and no file was left");
    assert_eq!(world.refused("issue.export_status_list", json!({"path": out(&world)})).code, "STATUS-NONE");
    world.ask("issue.issue", issuing(&world, &ids));
    assert_eq!(listed(&world, &json!({"text": "HFUSP-2026-0001"})).len(), 1, "no number was lost");
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
fn what_is_revoked_or_ended_stays_so() {
    let (world, _, ids) = settled(4);
    world.ask("issue.issue", issuing(&world, &ids));
    let all = listed(&world, &json!({}));
    let [a, b, c, d] = [0, 1, 2, 3].map(|n| &all[n]["id"]);
    set_status(&world, &[a], "revoked");
    set_status(&world, &[b], "ended");
    set_status(&world, &[c], "suspended");
    set_status(&world, &[c], "valid");
    set_status(&world, &[c, d], "suspended");
    let change = |ids: Value, status: &str, reason: &str, passphrase: &str| {
        let asked = json!({"ids": ids, "status": status, "reason": reason, "passphrase": passphrase});
        world.refused("issue.set_status", asked).code
    };
    assert_eq!(change(json!([a]), "valid", "改变主意", PASSPHRASE), "STATUS-FINAL");
    assert_eq!(change(json!([b]), "revoked", "改变主意", PASSPHRASE), "STATUS-FINAL");
    assert_eq!(change(json!([c, a]), "valid", "恢复", PASSPHRASE), "STATUS-FINAL");
    assert_eq!(change(json!([c]), "suspended", "再次", PASSPHRASE), "STATUS-SAME");
    assert_eq!(change(json!([c]), "valid", " ", PASSPHRASE), "STATUS-REASON");
    assert_eq!(change(json!([c]), "valid", "恢复", "不是这一句口令"), "KEY-PASSPHRASE");
    assert_eq!(change(json!(["none"]), "valid", "恢复", PASSPHRASE), "CREDENTIAL-NONE");
    assert_eq!(change(json!([]), "valid", "恢复", PASSPHRASE), "CREDENTIAL-NONE");

    let (_, token) = exported(&world);
    let said: Vec<Status> = verified(&token, &world).list.exceptions().map(|(_, status)| status).collect();
    assert_eq!(
        said.iter().filter(|status| **status == Status::Suspended).count(),
        2,
        "what was refused changed nothing"
    );
    assert_eq!(said.len(), 4);
    for (status, count) in [("revoked", 1), ("ended", 1), ("suspended", 2), ("valid", 0)] {
        assert_eq!(listed(&world, &json!({"status": status})).len(), count, "{status}");
    }
}

#[test]
fn signs_the_list_anew_without_a_change() {
    let (world, _, ids) = settled(1);
    world.ask("issue.issue", issuing(&world, &ids));
    let (uri, first) = exported(&world);
    let folder = world.outside().join("名单");
    std::fs::create_dir(&folder).expect("a folder");
    let asked = json!({"path": folder.display().to_string(), "passphrase": PASSPHRASE});
    assert_eq!(world.ask("issue.export_status_list", asked)["count"], 1);
    let file = folder.join("吊销名单-松江科创孵化器【演示】-2026-11-23.jwt");
    let second = std::fs::read_to_string(file).expect("under a name that tells whose it is and of when");
    assert_eq!(verified(&second, &world).uri, uri);
    assert!(verified(&second, &world).issued_at > verified(&first, &world).issued_at);
    let wrong = json!({"path": folder.display().to_string(), "passphrase": "不是这一句口令"});
    assert_eq!(world.refused("issue.export_status_list", wrong).code, "KEY-PASSPHRASE");
}

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
fn keeps_the_code_of_a_firm_that_has_credentials() {
    let (world, _, ids) = settled(1);
    world.ask("issue.issue", issuing(&world, &ids));
    let firm = world.ask("register.get", json!({"id": ids[0]}));
    assert_eq!(firm["issued"], 1);
    assert_eq!(world.refused("register.save", with(firm, "uscc", incubator::code(9))).code, "FIRM-CODE");
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
