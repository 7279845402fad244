//! 台账: searched, filtered, exported, counted by the month.

use super::*;

#[test]
fn the_ledger_is_searched_filtered_exported_and_counted() {
    let world = incubator(SONGJIANG, "demo.zztrust");
    let mine: Vec<&Shown> = demonstration()
        .1
        .shown
        .iter()
        .filter(|one| one.trust == "demo.zztrust" && one.story == "1-hefei-songjiang")
        // Nothing can be read of one, and one is the same file again.
        .filter(|one| !["cut-off", "for-another-recipient"].iter().any(|name| one.file.contains(name)))
        .collect();
    for one in &mine {
        receive(&world, &file(&one.file));
    }
    let list = |request: Value| -> Vec<Value> {
        world.ask("cases.list", request)["cases"].as_array().expect("cases").clone()
    };
    assert_eq!(list(find("")).len(), mine.len());
    assert_eq!(list(find("")).first().expect("one")["number"], json!(format!("收〔2026〕{:04}", mine.len())));
    assert!(!list(find("量子")).is_empty() && !list(find("xhlz")).is_empty(), "two characters, and initials");
    assert_eq!(list(find("0003")).len(), 1, "the number's last part");
    assert!(list(find("没有这家企业")).is_empty());
    let failed = json!({"verdicts": ["failed"]});
    let with = |more: &Value| {
        let mut request = find("");
        more.as_object().expect("members").iter().for_each(|(name, value)| request[name] = value.clone());
        request
    };
    let expected = |word: &str| mine.iter().filter(|one| one.expected.as_str() == word).count();
    assert_eq!(list(with(&failed)).len(), expected("failed"));
    let two = json!({"verdicts": ["failed", "pending"], "states": ["received", "closed"]});
    assert_eq!(list(with(&two)).len(), expected("failed") + expected("pending"));
    assert_eq!(list(with(&json!({"from": "2026-11-24"}))).len(), 0, "nothing came tomorrow");
    assert_eq!(list(with(&json!({"from": "2026-11-23", "to": "2026-11-23"}))).len(), mine.len());
    assert_eq!(list(with(&json!({"scenario": "financing"}))).len(), 0);

    let mut seen = BTreeSet::new();
    let mut after = Value::Null;
    loop {
        let answer = world.ask("cases.list", with(&json!({"limit": 4, "after": after})));
        for case in answer["cases"].as_array().expect("cases") {
            assert!(seen.insert(case["id"].as_str().expect("an id").to_owned()), "no case twice");
        }
        after = answer["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(seen.len(), mine.len(), "page by page");
    assert_eq!(world.refused("cases.list", with(&json!({"after": "x"}))).code, "CURSOR");
    assert_eq!(world.refused("cases.list", with(&json!({"from": "yesterday"}))).code, "DATE");

    for name in ["台账.xlsx", "台账.csv"] {
        let path = world.outside().join(name);
        let written = world.ask("cases.export", json!({"filter": with(&failed), "path": path}));
        assert_eq!(written["count"], json!(expected("failed")), "{name}");
        assert!(path.exists());
    }
    let odd = json!({"filter": find(""), "path": world.outside().join("台账.pdf")});
    assert_eq!(world.refused("cases.export", odd).code, "TABLE-ENDING");

    let month = world.ask("cases.month", json!({"month": "2026-11"}));
    assert_eq!(month["received"], json!(mine.len()));
    let verdicts = ["passed", "passed_with_conditions", "pending", "failed"].map(expected);
    assert_eq!(month["verdicts"], json!(verdicts));
    assert!(!month["problems"].as_array().expect("problems").is_empty() && month["decided"] == json!(0));
    assert_eq!(world.refused("cases.month", json!({"month": "11"})).code, "MONTH");
    let mut settings = world.ask("session.status", json!({}))["settings"].clone();
    settings["operator"] = json!("月报经办");
    world.ask("session.save_settings", settings);
    for name in ["月报.xlsx", "月报.csv", "月报.pdf"] {
        let path = world.outside().join(name);
        world.ask("cases.export_month", json!({"month": "2026-11", "path": path, "language": "zh"}));
        assert!(path.exists(), "{name}");
    }
    let page = std::fs::read(world.outside().join("月报.pdf")).expect("a page");
    assert!(page.starts_with(b"%PDF-"), "a page to stamp");
    let page = on_paper(&world.outside().join("月报.pdf"));
    assert!(page.contains("经办人：月报经办"), "as on a report: {page}");
    let csv = std::fs::read_to_string(world.outside().join("月报.csv")).expect("a table");
    let tenths = month["passed_tenths"].as_u64().expect("some were judged");
    for (what, figure) in [
        ("收件数", month["received"].to_string()),
        ("办结数", month["decided"].to_string()),
        ("通过率（含有条件通过）", format!("{}.{}", tenths / 10, tenths % 10)),
        ("核验结论：不通过", month["verdicts"][3].to_string()),
    ] {
        let line = csv.lines().find(|line| line.starts_with(what)).expect(what);
        assert!(line.starts_with(&format!("{what},{figure},")), "the figure of the screen: {line}");
    }
    for problem in month["problems"].as_array().expect("problems") {
        let title = problem["title"]["zh"].as_str().expect("zh");
        assert!(csv.contains(&format!("主要问题：{title},{}", problem["count"])), "{title} in {csv}");
    }
    assert!(csv.contains(month["definition"]["zh"].as_str().expect("zh")), "how it is counted");
    let odd = json!({"month": "2026-11", "path": world.outside().join("月报.doc"), "language": "zh"});
    assert_eq!(world.refused("cases.export_month", odd).code, "TABLE-ENDING");
}
