//! The register of firms and the tables that fill it, through the commands of the window.

mod tables;

use encoding_rs::GB18030;
use serde_json::{Value, json};

use crate::incubator::{all_firms, code, file, firm, incubator, jwk, spreadsheet, with};
use crate::world::World;

fn saved(world: &World, firm: Value) -> Value {
    world.ask("register.save", firm)
}

fn found(world: &World, text: &str) -> Vec<String> {
    let page = world.ask("register.list", json!({"text": text, "state": null, "after": null, "limit": 50}));
    page["firms"]
        .as_array()
        .expect("firms")
        .iter()
        .map(|firm| firm["uscc"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn finds_firms_by_what_people_remember() {
    let world = incubator();
    let names = [
        "上海星河量子传感技术有限公司【演示】",
        "上海云栈机器人科技有限公司【演示】",
        "松江澄波新材料有限公司【演示】",
    ];
    for (n, name) in names.iter().enumerate() {
        saved(&world, with(firm(n + 1), "name", *name));
    }
    for (typed, n) in [("量子", 1), ("yunzhan", 2), ("cbxcl", 3), (&code(2)[..16], 2), ("星河 传感", 1)]
    {
        assert_eq!(found(&world, typed), [code(n)], "{typed}");
    }
    assert_eq!(found(&world, "上海").len(), 2);
    assert!(found(&world, "不存在的企业").is_empty());

    let page = |after: Value| {
        world.ask("register.list", json!({"text": "", "state": null, "after": after, "limit": 2}))
    };
    let first = page(Value::Null);
    assert_eq!((first["firms"].as_array().expect("firms").len(), &first["total"]), (2, &json!(3)));
    let second = page(first["next"].clone());
    assert_eq!((second["firms"].as_array().expect("firms").len(), &second["next"]), (1, &Value::Null));
    assert_eq!(
        world.refused("register.list", json!({"text": "", "state": null, "after": "x", "limit": 2})).code,
        "WIRE-CURSOR"
    );
}

#[test]
fn keeps_what_was_typed_in_one_form() {
    let world = incubator();
    let typed = with(firm(1), "uscc", format!(" {} ", code(1).to_lowercase()));
    let typed = with(typed, "established_on", "2025年3月8日");
    let typed = with(typed, "entered_on", "2026/1/6");
    let typed = with(typed, "region", "上海市松江区");
    let typed = with(typed, "contact_phone", "021-6767 8901");
    let firm = saved(&world, typed);
    assert_eq!(firm["uscc"], code(1));
    assert_eq!((&firm["established_on"], &firm["entered_on"]), (&json!("2025-03-08"), &json!("2026-01-06")));
    assert_eq!(firm["region"], "310117");
    assert_eq!(firm["contact_phone"], "021-****8901", "no whole number is kept");
    assert_eq!(world.ask("register.get", json!({"id": firm["id"]})), firm);
    assert_eq!(saved(&world, firm.clone()), firm, "saving what was shown changes nothing");
}

#[test]
fn names_the_firm_of_a_code_as_it_is_typed() {
    let world = incubator();
    let known = saved(&world, firm(1));
    let check = |text: &str| world.ask("session.check_uscc", json!({ "text": text }));
    assert_eq!(check(&code(1).to_lowercase())["name"], known["name"]);
    assert_eq!(check(&code(2))["name"], Value::Null, "it never occurred here");
    world.ask("session.lock", json!({}));
    assert_eq!(check(&code(1))["name"], Value::Null, "a locked window tells no names");
}

#[test]
fn keeps_no_private_part_of_a_key() {
    let world = incubator();
    let key =
        zizhi_crypto::SigningKey::generate(zizhi_crypto::Algorithm::Es256, &mut zizhi_crypto::SystemRandom);
    let key = key.expect("a key");
    let firm = saved(&world, with(firm(1), "holder_jwk", key.to_jwk_private_json().as_str()));
    let kept: Value = serde_json::from_str(firm["holder_jwk"].as_str().expect("a key")).expect("JSON");
    assert!(kept["x"].is_string() && kept.get("d").is_none(), "{kept}");
}

#[test]
fn reads_the_key_in_the_file_that_a_firm_handed_over() {
    let world = incubator();
    let key = jwk();
    let file = world.outside().join("合肥星河.jwk");
    std::fs::write(&file, format!("{key}\n")).expect("a file");
    let read = world.ask("register.read_key", json!({"path": file}));
    let firm = saved(&world, with(firm(1), "holder_jwk", read["jwk"].as_str().expect("a key")));
    assert_eq!(firm["holder_jwk"], read["jwk"], "what was read is what is kept");

    let secret =
        zizhi_crypto::SigningKey::generate(zizhi_crypto::Algorithm::Es256, &mut zizhi_crypto::SystemRandom);
    std::fs::write(&file, secret.expect("a key").to_jwk_private_json().as_bytes()).expect("a file");
    let read = world.ask("register.read_key", json!({"path": file}));
    let public: Value = serde_json::from_str(read["jwk"].as_str().expect("a key")).expect("JSON");
    assert!(public["x"].is_string() && public.get("d").is_none(), "no secret goes to the window: {public}");

    std::fs::write(&file, "孵化协议").expect("a file");
    let refusal = world.refused("register.read_key", json!({"path": file}));
    assert_eq!(refusal.code, "KEY-HOLDER");
    assert!(refusal.advice.zh.contains(".jwk"), "the clerk is told which file to choose: {refusal:?}");
    std::fs::remove_file(&file).expect("a file");
    assert_eq!(world.refused("register.read_key", json!({"path": file})).code, "IO-READ");
    world.ask("session.lock", json!({}));
    assert_eq!(world.refused("register.read_key", json!({"path": file})).code, "SESSION-LOCKED");
}

#[test]
fn remembers_the_name_that_a_firm_gave_up() {
    let world = incubator();
    let before = saved(&world, firm(1));
    let after = saved(&world, with(before.clone(), "name", "松江新名科技有限公司【演示】"));
    assert_eq!(after["former_names"], json!([{"name": before["name"], "until": "2026-11-23"}]));
    assert_eq!(
        found(&world, before["name"].as_str().expect("a name")),
        [code(1)],
        "it is found by its old name"
    );
}

#[test]
fn names_the_field_that_cannot_be_kept() {
    let world = incubator();
    let cases: [(&str, Value, &str, &str); 16] = [
        ("uscc", json!("91310117DEM0000"), "FMT-USCC", "18位"),
        ("uscc", json!(code(1).replace('D', "I")), "FMT-USCC", "统一社会信用代码"),
        ("uscc", json!(format!("{}Q", &code(1)[..17])), "FMT-USCC", "最后一位应为"),
        ("name", json!(""), "FIRM-FIELD", "企业名称"),
        ("name", json!("12345"), "FIRM-FIELD", "企业名称"),
        ("name", json!("长".repeat(201)), "FIRM-FIELD", "201"),
        ("region", json!("鼓楼区"), "FIRM-FIELD", "有多个地区"),
        ("region", json!("31011"), "FIRM-FIELD", "6位"),
        ("established_on", json!("2025-02-30"), "FIRM-FIELD", "成立日期"),
        ("established_on", json!("2027-01-01"), "DATE-ORDER", "还没有到"),
        ("entered_on", json!("2024-01-01"), "DATE-ORDER", "早于成立日期"),
        ("incubation_deadline", json!("2025-12-31"), "DATE-ORDER", "早于入驻日期"),
        ("contact_phone", json!("12345"), "FIRM-FIELD", "联系电话"),
        ("site_address", json!("一\u{202e}二"), "FIRM-FIELD", "控制字符"),
        ("former_names", json!([{"name": "1", "until": null}]), "FIRM-FIELD", "曾用名"),
        ("holder_jwk", json!("{\"kty\":\"EC\"}"), "KEY-HOLDER", "公钥"),
    ];
    for (name, value, code, zh) in cases {
        let refusal = world.refused("register.save", with(firm(1), name, value.clone()));
        assert_eq!(refusal.code, code, "{name} {value}");
        assert!(refusal.fact.zh.contains(zh), "{name} {value}: {}", refusal.fact.zh);
    }
    assert!(all_firms(&world).is_empty(), "nothing was kept");
}

#[test]
fn keeps_one_firm_under_one_code() {
    let world = incubator();
    let first = saved(&world, firm(1));
    assert_eq!(world.refused("register.save", firm(1)).code, "FIRM-TWICE");
    let second = saved(&world, firm(2));
    let taken = with(second, "uscc", code(1));
    assert_eq!(world.refused("register.save", taken).code, "FIRM-TWICE");
    let corrected = saved(&world, with(first, "uscc", code(3)));
    assert_eq!(corrected["uscc"], code(3), "a code may be corrected as long as nothing was issued to it");
    assert_eq!(world.refused("register.save", with(firm(4), "id", "none")).code, "FIRM-NONE");
    assert_eq!(world.refused("register.get", json!({"id": "none"})).code, "FIRM-NONE");
}

#[test]
fn needs_an_open_database() {
    let world = incubator();
    world.ask("session.lock", json!({}));
    for (word, payload) in [
        ("register.list", json!({"text": "", "state": null, "after": null, "limit": 1})),
        ("register.get", json!({"id": "x"})),
        ("register.save", firm(1)),
        ("register.preview", json!({"path": "x", "mapping": null})),
        ("register.import", json!({"id": "x"})),
    ] {
        assert_eq!(world.refused(word, payload).code, "SESSION-LOCKED", "{word}");
    }
}
