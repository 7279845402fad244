//! Firms that get none, and batches of which nothing is issued.

use std::path::Path;

use serde_json::{Value, json};

use super::{added, issuing, listed, out, settled};
use crate::incubator::{self, credentials, firm, with};

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
