//! Nothing is signed that nobody saw: what would be signed is shown before a passphrase is asked for, and a paper
//! of others is not attested without what its readers judge it by.

use serde_json::{Value, json};
use zizhi_app::issue_needs::number_sample;
use zizhi_credential::types::builtin;
use zizhi_model::Outcome;
use zizhi_model::ids::check_number;

use crate::incubator::{Province, firm, incubator, with};
use crate::world::{PASSPHRASE, World};

fn added(world: &World, firm: Value) -> String {
    world.ask("register.save", firm)["id"].as_str().expect("an id").to_owned()
}

fn issuing(kind: &str, provenance: &str, firms: &[String]) -> Value {
    json!({
        "kind": kind, "provenance": provenance, "firms": firms, "claims": [], "number": "HFUSP-2026-{0001}",
        "valid_until": null, "attested": null, "passphrase": "", "folder": "",
    })
}

fn value(preview: &Value, path: &str) -> Option<String> {
    let lines = preview["first"].as_array().expect("lines");
    let line = lines.iter().find(|line| line["path"] == path)?;
    Some(line["value"].as_str().expect("a text").to_owned())
}

#[test]
fn every_claim_is_shown_before_the_passphrase_and_what_differs_is_named() {
    let world = incubator();
    Province::registers(&world);
    let first = added(&world, with(firm(1), "incubation_deadline", "2027-03-01"));
    let second = added(&world, firm(2));
    let keyless = added(&world, with(firm(3), "holder_jwk", Value::Null));
    let request = issuing("incubatee-certificate", "direct", &[first, second, keyless]);
    let preview = world.ask("issue.preview", request.clone());
    assert_eq!((&preview["count"], &preview["refused"][0]["code"]), (&json!(2), &json!("ISSUE-HOLDER")));
    for (path, expected) in [
        ("number", "HFUSP-2026-0001"),
        ("incubator_level", "省级"),
        ("valid_until", "2027-03-01"),
        ("incubation_deadline", "2027-03-01"),
        ("issued_on", "2026-11-23"),
        ("agreement_no", "SJ-XY-0001"),
    ] {
        assert_eq!(value(&preview, path).as_deref(), Some(expected), "{path}");
    }
    let differing = preview["differing"].to_string();
    for (label, differs) in
        [("证明编号", true), ("有效期至", true), ("孵化器级别", false), ("发证日期", false)]
    {
        assert_eq!(differing.contains(label), differs, "{label} in {differing}");
    }
    let place = |name: &str| {
        let claims = preview["differing"].as_array().expect("claims");
        claims.iter().position(|claim| claim["name"] == name).expect(name)
    };
    let rows: Vec<[&Value; 3]> = preview["firms"]
        .as_array()
        .expect("firms")
        .iter()
        .map(|firm| {
            let of = |name| &firm["values"][place(name)];
            [&firm["uscc"], of("number"), of("valid_until")]
        })
        .collect();
    let uscc = |n| firm(n)["uscc"].clone();
    assert_eq!(
        rows,
        [
            [&uscc(1), &json!("HFUSP-2026-0001"), &json!("2027-03-01")],
            [&uscc(2), &json!("HFUSP-2026-0002"), &json!("2027-11-22")],
        ],
        "every firm has a row, with what its own credential says"
    );
    // What cannot be signed is refused before anything else is asked for, and a look takes no number.
    let mut wrong = request.clone();
    wrong["number"] = json!("{");
    assert_eq!(world.refused("issue.preview", wrong).code, "ISSUE-NUMBER");
    let mut over = request.clone();
    over["valid_until"] = json!("2026-11-22");
    assert_eq!(world.refused("issue.preview", over).code, "ISSUE-DATES");
    assert_eq!(value(&world.ask("issue.preview", request), "number").as_deref(), Some("HFUSP-2026-0001"));
}

#[test]
fn who_holds_a_valid_one_is_named_before_another_is_signed() {
    let world = incubator();
    Province::registers(&world);
    let ids: Vec<String> = (1..=3).map(|n| added(&world, firm(n))).collect();
    let holding = || {
        let preview = world.ask("issue.preview", issuing("incubatee-certificate", "direct", &ids));
        let holding = preview["holding"].as_array().expect("firms").clone();
        holding.iter().map(|one| (one["id"].clone(), one["until"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(holding(), []);
    let mut issue = issuing("incubatee-certificate", "direct", &ids[..2]);
    issue["passphrase"] = json!(PASSPHRASE);
    issue["folder"] = json!(world.outside().join("签发").display().to_string());
    world.ask("issue.issue", issue);
    let until = json!("2027-11-22");
    assert_eq!(holding(), [(json!(ids[0]), until.clone()), (json!(ids[1]), until.clone())]);
    let find = json!({"text": "HFUSP-2026-0001", "kind": null, "status": null, "firm": null, "after": null, "limit": 9});
    let first = world.ask("issue.list", find)["credentials"][0]["id"].clone();
    let revoked =
        json!({"ids": [first], "status": "revoked", "reason": "信息有误", "passphrase": PASSPHRASE});
    world.ask("issue.set_status", revoked);
    assert_eq!(holding(), [(json!(ids[1]), until)], "a revoked one is none");
    world.ask("session.lock", json!({}));
    let at = |time: &str| {
        let world = world.later(time);
        world.ask("session.unlock", json!({"secret": PASSPHRASE, "remember": null}));
        world.ask("issue.preview", issuing("incubatee-certificate", "direct", &ids[..1]))
    };
    let name = firm(1)["name"].clone();
    let told = json!([{"id": ids[0], "name": name, "on": "2026-11-23", "reason": "信息有误"}]);
    let soon = at("2026-12-23T10:00:00+08:00");
    assert_eq!(soon["revoked"], told, "whoever issues again hears when and why the one before was revoked");
    let late = at("2027-11-25T10:00:00+08:00");
    assert_eq!((&late["count"], &late["revoked"]), (&json!(1), &json!([])), "that is long ago by then");
}

#[test]
fn firms_that_share_a_key_are_named_before_anything_is_signed() {
    let world = incubator();
    Province::registers(&world);
    let first = with(firm(1), "name", "甲公司【演示】");
    let key = first["holder_jwk"].clone();
    let one = added(&world, first);
    let other = added(&world, with(with(firm(2), "name", "乙公司【演示】"), "holder_jwk", key));
    let alone = added(&world, firm(3));
    let ids = [one, other.clone(), alone];
    let preview = world.ask("issue.preview", issuing("incubatee-certificate", "direct", &ids));
    let sharing = preview["sharing"].as_array().expect("firms");
    assert_eq!((sharing.len(), preview["count"].as_u64()), (2, Some(3)), "told, and not forbidden");
    assert_eq!(sharing[1]["id"], json!(other));
    assert!(sharing[1]["warning"]["zh"].as_str().is_some_and(|words| words.contains("甲公司【演示】")));
    assert!(sharing[0]["warning"]["zh"].as_str().is_some_and(|words| words.contains("乙公司【演示】")));
}

#[test]
fn the_form_says_what_is_signed_where_a_field_stays_empty() {
    let world = incubator();
    Province::registers(&world);
    let types = world.ask("issue.types", json!({}));
    let types = types["types"].as_array().expect("types");
    let form = types.iter().find(|form| form["id"] == "incubatee-certificate").expect("the type");
    let hint = |name: &str| {
        let hints = form["hints"].as_array().expect("hints");
        let found = hints.iter().find(|hint| hint["name"] == name);
        found.map(|hint| hint["hint"]["zh"].as_str().expect("zh").to_owned()).unwrap_or_default()
    };
    assert!(hint("valid_until").contains("2027年11月22日"), "{}", hint("valid_until"));
    assert!(hint("incubator_level").contains("省级"), "{}", hint("incubator_level"));
    assert!(hint("incubation_deadline").contains("推算"), "{}", hint("incubation_deadline"));
    assert!(hint("issued_on").contains("2026年11月23日"), "{}", hint("issued_on"));
}

#[test]
fn a_paper_of_others_is_not_attested_by_a_number_alone() {
    let world = incubator();
    Province::registers(&world);
    let firms = [added(&world, firm(1))];
    let mut request = issuing("high-tech-enterprise", "attested", &firms);
    request["number"] = json!("GR202531990001");
    request["attested"] = json!({"method": "官网查询", "system": "高新技术企业认定管理工作网", "url": null, "checked_on": "2026-11-20", "operator": "经办员【演示】"});
    let refused = world.refused("issue.preview", request.clone());
    assert_eq!(refused.code, "ISSUE-CLAIMS");
    for label in ["认定机构", "发证日期", "有效期至"] {
        assert!(refused.fact.zh.contains(label), "{label}: {}", refused.fact.zh);
    }
    request["claims"] = json!([{"name": "authority", "value": "上海市认定机构【演示】"}, {"name": "issued_on", "value": "2025-11-19"}]);
    request["valid_until"] = json!("2028-11-18");
    assert_eq!(world.ask("issue.preview", request)["count"], 1);
}

#[test]
fn the_sample_of_a_number_is_one() {
    let kinds: Vec<&str> = builtin().iter().map(zizhi_credential::types::TypeMetadata::id).collect();
    let with_sample = kinds.iter().filter_map(|kind| Some((*kind, number_sample(kind)?)));
    for (kind, sample) in with_sample {
        let found = check_number(kind, sample, None);
        assert!(found.iter().all(|(_, outcome, _)| *outcome == Outcome::Pass), "{kind}: {sample} {found:?}");
    }
}

#[test]
fn the_code_on_a_licence_is_the_firms_own_and_what_destinations_ask_for_is_said() {
    let mut pack: Value =
        serde_json::from_str(include_str!("../../../../tests/data/rules/sh-songjiang.json")).expect("JSON");
    let asked = &mut pack["checklists"][0]["items"][0]["evidence"]["dcql"]["credentials"][0]["claims"];
    *asked = json!([{"path": ["number"]}, {"path": ["legal_representative"]}, {"path": ["registrar"]}]);
    let world = incubator();
    Province::registers_for_licences(&world, &pack);
    let types = world.ask("issue.types", json!({}));
    let types = types["types"].as_array().expect("types");
    let form = types.iter().find(|form| form["id"] == "business-licence").expect("the type");
    assert!(form["from_register"].as_array().expect("names").contains(&json!("number")), "{form}");
    assert!(form["number_sample"].is_null(), "nothing in grey that looks as if it were typed");
    let hinted: Vec<&Value> = form["hints"].as_array().expect("hints").iter().map(|it| &it["name"]).collect();
    assert_eq!(hinted, ["legal_representative"], "the rest is starred or filled in");
    assert!(form["hints"][0]["hint"]["zh"].as_str().is_some_and(|hint| hint.contains("要求出示")));

    let firms = [added(&world, firm(1)), added(&world, firm(2))];
    let mut request = issuing("business-licence", "attested", &firms);
    request["number"] = Value::Null;
    request["claims"] = json!([{"name": "registrar", "value": "松江区市场监督管理局【演示】"}, {"name": "issued_on", "value": "2025-03-18"}]);
    request["attested"] = json!({"method": "官网查询", "system": "国家企业信用信息公示系统", "url": null, "checked_on": "2026-11-20", "operator": "经办员【演示】"});
    let preview = world.ask("issue.preview", request.clone());
    assert_eq!(value(&preview, "number").as_deref(), firm(1)["uscc"].as_str());
    request["passphrase"] = json!(PASSPHRASE);
    request["folder"] = json!(world.outside().join("licences").display().to_string());
    world.ask("issue.issue", request);
    let list = world.ask("issue.list", json!({"text": "", "kind": "business-licence", "status": null, "firm": firms[1], "after": null, "limit": 10}));
    assert_eq!(list["credentials"][0]["number"], firm(2)["uscc"], "in the database too");
}
