//! Tables that fill the register: shown with every bad cell before anything is written.

use super::*;

fn preview(world: &World, path: &str) -> Value {
    world.ask("register.preview", json!({"path": path, "mapping": null}))
}

fn counts(preview: &Value) -> [u64; 4] {
    ["new", "changed", "same", "refused"].map(|name| preview[name].as_u64().expect("a count"))
}

/// A roster as an incubator keeps it: a title, remarks in the headings, dates of every kind.
fn roster() -> Vec<Vec<Value>> {
    let row = |n: usize, uscc: String, established: Value, entered: Value| -> Vec<Value> {
        vec![
            json!(n),
            json!(uscc),
            json!(format!("松江第{n}科技有限公司【演示】")),
            json!("上海市松江区"),
            established,
            entered,
            json!("120.4"),
            json!("是"),
            json!("13800000012"),
            json!(jwk()),
            json!("备注"),
        ]
    };
    let wide: String =
        code(2).chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("wide")).collect();
    let spaced = format!("{} {} {}", &code(3)[..4], &code(3)[4..10], &code(3)[10..]);
    vec![
        vec![json!("松江科创孵化器【演示】在孵企业名册（2026年11月）")],
        vec![],
        [
            "序号",
            "统一社会信用代码*",
            "企业名称",
            "所属区域",
            "成立时间",
            "入驻日期（以协议为准）",
            "租赁面积（㎡）",
            "主要研发场所在孵化器内",
            "联系人电话",
            "企业公钥",
            "备注",
        ]
        .map(Value::from)
        .to_vec(),
        row(1, code(1), json!("2025-3-5"), json!("2026/3/5")),
        row(2, wide, json!("2025年3月5日"), json!("２０２６年３月５日")),
        row(3, spaced, json!(45721), json!(46086.5)),
        row(4, code(4).to_lowercase(), json!("20250305"), json!("2026.3.5")),
        row(5, code(5), json!("2025/03/05 00:00:00"), json!("2026-03-05T08:30:00")),
    ]
}

#[test]
fn imports_a_spreadsheet_as_it_was_shown() {
    let world = incubator();
    let path = spreadsheet(&world, "名册.xlsx", &roster());
    let shown = preview(&world, &path);
    assert_eq!(shown["problems"], json!([]), "every cell can be read");
    assert_eq!(counts(&shown), [5, 0, 0, 0]);
    let fields: Vec<&Value> =
        shown["mapping"].as_array().expect("columns").iter().map(|choice| &choice["field"]).collect();
    let known = [
        "uscc",
        "name",
        "region",
        "established_on",
        "entered_on",
        "area_sqm",
        "rd_on_site",
        "contact_phone",
        "holder_key",
    ];
    assert_eq!(fields[1..10].iter().map(|field| field.as_str().expect("a field")).collect::<Vec<_>>(), known);
    assert!(fields[0].is_null() && fields[10].is_null(), "what is no field is left out");
    assert_eq!(shown["sample"][0]["row"], 4, "rows are numbered as the spreadsheet numbers them");
    assert!(all_firms(&world).is_empty(), "nothing was written");

    let done = world.ask("register.import", json!({"id": shown["id"]}));
    assert_eq!(done, json!({"new": 5, "changed": 0, "refused": 0}));
    let firms = all_firms(&world);
    let codes: Vec<&Value> = firms.iter().map(|firm| &firm["uscc"]).collect();
    assert_eq!(json!(codes), json!([1, 2, 3, 4, 5].map(code)), "in the order of the table");
    for firm in &firms {
        assert_eq!(
            (&firm["established_on"], &firm["entered_on"]),
            (&json!("2025-03-05"), &json!("2026-03-05")),
            "{firm}"
        );
        assert_eq!(
            (&firm["region"], &firm["area_sqm"], &firm["rd_on_site"]),
            (&json!("310117"), &json!(120), &json!(true))
        );
        assert_eq!((&firm["contact_phone"], &firm["state"]), (&json!("138****0012"), &json!("in")));
        assert!(firm["holder_jwk"].is_string());
    }
    assert_eq!(
        world.refused("register.import", json!({"id": shown["id"]})).code,
        "ROSTER-GONE",
        "once is enough"
    );
    assert_eq!(counts(&preview(&world, &path)), [0, 0, 5, 0], "the same table again changes nothing");
}

#[test]
fn changes_only_what_the_table_says() {
    let world = incubator();
    let before = saved(&world, firm(1));
    let rows = vec![
        vec![json!("统一社会信用代码"), json!("企业名称"), json!("面积"), json!("联系人")],
        vec![json!(code(1)), json!("松江改名科技有限公司【演示】"), json!(200), Value::Null],
    ];
    let shown = preview(&world, &spreadsheet(&world, "变更.xlsx", &rows));
    assert_eq!(counts(&shown), [0, 1, 0, 0]);
    world.ask("register.import", json!({"id": shown["id"]}));
    let after = world.ask("register.get", json!({"id": before["id"]}));
    let expected = with(with(before.clone(), "name", "松江改名科技有限公司【演示】"), "area_sqm", 200);
    let expected = with(expected, "former_names", json!([{"name": before["name"], "until": "2026-11-23"}]));
    assert_eq!(after, expected, "an empty cell changes nothing");
}

#[test]
fn reports_every_bad_cell_of_a_gb18030_table() {
    let world = incubator();
    saved(&world, firm(90));
    let wrong_check = format!("{}{}", &code(4)[..17], if code(4).ends_with('Q') { 'R' } else { 'Q' });
    // Heading, then one row for each way of being wrong. 㐂 is in GB 18030 and in no smaller set.
    let heading = "统一社会信用代码,企业名称,所在地区,成立日期,入驻日期,孵化截止日期,面积,研发场所在孵化器内,联系电话\r\n";
    let row = |cells: [&str; 9]| cells.map(|cell| format!("\"{cell}\"")).join(",") + "\r\n";
    let good = |n: usize| [code(n), format!("松江㐂乐科技{n}有限公司【演示】")];
    let mut text = heading.to_owned();
    let [c, n] = good(1);
    text += &row([&c, &n, "310117", "2025-01-01", "2026-01-01", "", "12.5㎡", "是", "021-67678901"]);
    text += &row(["", "松江无码有限公司【演示】", "", "", "", "", "", "", ""]);
    text += &row(["9131011", "松江短码有限公司【演示】", "", "", "", "", "", "", ""]);
    text += &row([&wrong_check, "松江错码有限公司【演示】", "", "", "", "", "", "", ""]);
    text += &row(["9.13101E+17", "松江失码有限公司【演示】", "", "", "", "", "", "", ""]);
    text += &row([&c, "松江重复有限公司【演示】", "", "", "", "", "", "", ""]);
    text += &row([&code(7), "", "", "", "", "", "", "", ""]);
    text += &row([&code(8), "松江无日有限公司【演示】", "", "2025-02-30", "", "", "", "", ""]);
    text += &row([&code(9), "松江短年有限公司【演示】", "", "25/3/5", "", "", "", "", ""]);
    text += &row([&code(10), "松江倒序有限公司【演示】", "", "2025-03-05", "2024-03-05", "", "", "", ""]);
    text += &row([&code(11), "松江何处有限公司【演示】", "桃花源", "", "", "", "", "", ""]);
    text += &row([&code(12), "松江公式有限公司【演示】", "", "#N/A", "", "", "", "", ""]);
    text += &row([&code(13), "松江面积有限公司【演示】", "", "", "", "", "很大", "", ""]);
    text += &row([&code(14), "松江研发有限公司【演示】", "", "", "", "", "", "大概", ""]);
    text += &row([&code(15), "松江电话有限公司【演示】", "", "", "", "", "", "", "8888"]);
    text += &row([&code(16), "松江超龄有限公司【演示】", "", "2020-01-01", "2026-01-01", "", "", "", ""]);
    text += &row([
        &code(17),
        "松江超期有限公司【演示】",
        "",
        "2025-01-01",
        "2026-01-01",
        "2036-01-01",
        "",
        "",
        "",
    ]);
    text += &row([&code(18), "松江㐂乐科技1有限公司【演示】", "", "", "", "", "", "", ""]);
    text += &row([&code(19), "松江旧区有限公司【演示】", "330103", "", "", "", "", "", ""]);
    text += &row([&code(20), "松江未来有限公司【演示】", "", "2025-01-01", "2026-12-01", "", "", "", ""]);
    text += &row([&code(21), "松江半日有限公司【演示】", "", "2025年3月", "", "", "", "", ""]);
    text += &row([&code(22), "松江去年有限公司【演示】", "", "", "去年", "", "", "", ""]);
    let (bytes, _, lossy) = GB18030.encode(&text);
    assert!(!lossy);
    let shown = preview(&world, &file(&world, "名册.csv", &bytes));

    // Row, column, what is left out, and what the sentence says.
    let expected = [
        (3, 0, "row", "缺少统一社会信用代码"),
        (4, 0, "row", "18位，这里是7位"),
        (5, 0, "row", "最后一位应为"),
        (6, 0, "row", "后几位已丢失"),
        (7, 0, "row", "与第2行是同一家企业"),
        (8, 1, "row", "缺少它的名称"),
        (9, 3, "row", "没有2025年2月30日这一天"),
        (10, 3, "row", "年份不是四位数"),
        (11, 4, "row", "早于成立日期2025年3月5日"),
        (12, 2, "row", "没有找到这个地区"),
        (13, 3, "row", "公式出错（#N/A）"),
        (14, 6, "cell", "不是面积"),
        (15, 7, "cell", "请填写“是”或“否”"),
        (16, 8, "cell", "不是电话号码"),
        (17, 4, "nothing", "超过上限"),
        (18, 5, "nothing", "孵化时限"),
        (19, 1, "nothing", "第2行企业名称相同"),
        (20, 2, "nothing", "2021年撤销"),
        (21, 4, "nothing", "还没有到"),
        (22, 3, "row", "缺少日"),
        (23, 4, "row", "不是日期"),
    ];
    let problems = shown["problems"].as_array().expect("problems");
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, (row, column, left_out, zh)) in problems.iter().zip(expected) {
        assert_eq!((&problem["row"], &problem["column"]), (&json!(row), &json!(column)), "{problem}");
        assert_eq!(problem["left_out"], left_out, "{problem}");
        assert!(problem["problem"]["zh"].as_str().expect("zh").contains(zh), "{problem}");
        assert!(!problem["problem"]["en"].as_str().expect("en").is_empty(), "{problem}");
    }
    assert_eq!(counts(&shown), [9, 0, 0, 13]);
    assert_eq!(shown["sample"][0]["cells"][1], "松江㐂乐科技1有限公司【演示】");

    let done = world.ask("register.import", json!({"id": shown["id"]}));
    assert_eq!(done, json!({"new": 9, "changed": 0, "refused": 13}));
    let kept = found(&world, "松江电话");
    assert_eq!(kept, [code(15)], "a row with an unusable phone is taken without it");
}

#[test]
fn lets_a_person_say_what_a_column_is() {
    let world = incubator();
    let rows = vec![
        vec![json!("甲"), json!("乙"), json!("丙")],
        vec![json!(code(1)), json!("松江甲有限公司【演示】"), json!("2025-01-01")],
    ];
    let path = spreadsheet(&world, "无标题.xlsx", &rows);
    let shown = preview(&world, &path);
    assert_eq!(counts(&shown), [0, 0, 0, 1]);
    assert!(shown["problems"][0]["problem"]["zh"].as_str().expect("zh").contains("请指定"), "{shown}");
    let mapping = json!([{"column": 0, "field": "uscc"}, {"column": 1, "field": "name"}, {"column": 2, "field": "established_on"}]);
    let shown = world.ask("register.preview", json!({"path": path, "mapping": mapping}));
    assert_eq!(counts(&shown), [1, 0, 0, 0]);
    assert_eq!(shown["mapping"], mapping);
}

#[test]
fn knows_the_day_on_which_an_agreement_ends_by_its_usual_names() {
    let world = incubator();
    for (n, heading) in
        ["孵化协议到期", "孵化协议到期日", "入孵协议到期", "协议到期日", "合同到期日", "合同到期（年月日）"]
            .iter()
            .enumerate()
    {
        let rows = [
            vec![json!("企业名称"), json!("统一社会信用代码"), json!(heading)],
            vec![json!("甲公司【演示】"), json!(code(n + 1)), json!("2028-12-31")],
        ];
        let path = spreadsheet(&world, &format!("{n}.xlsx"), &rows);
        let preview = preview(&world, &path);
        assert_eq!(preview["mapping"][2]["field"], "incubation_deadline", "{heading}");
        assert_eq!(preview["sample"][0]["cells"][2], "2028-12-31", "{heading}");
    }
}

#[test]
fn one_key_of_two_firms_is_told_with_the_other_s_name_and_forbidden_nowhere() {
    let world = incubator();
    let (key, pair) = (jwk(), jwk());
    let first = with(with(firm(1), "holder_jwk", key.as_str()), "name", "甲公司【演示】");
    saved(&world, first.clone());
    let seen = |uscc: &str| world.ask("register.fingerprint", json!({"jwk": key, "uscc": uscc}));
    let warning = seen(&code(2))["warning"]["zh"].as_str().expect("a warning").to_owned();
    assert!(warning.contains("甲公司【演示】") && warning.contains(&code(1)), "{warning}");
    assert_eq!(seen(&code(1))["warning"], Value::Null, "its own");
    assert!(seen("9134").get("warning").is_some_and(|warning| !warning.is_null()), "while it is typed");

    let rows = [
        vec![json!("企业名称"), json!("统一社会信用代码"), json!("企业公钥")],
        vec![json!("乙公司【演示】"), json!(code(2)), json!(key)],
        vec![json!("丙公司【演示】"), json!(code(3)), json!(pair)],
        vec![json!("丁公司【演示】"), json!(code(4)), json!(pair)],
    ];
    let preview = preview(&world, &spreadsheet(&world, "公钥.xlsx", &rows));
    assert_eq!(counts(&preview), [3, 0, 0, 0], "nothing is forbidden");
    let problems = preview["problems"].as_array().expect("problems");
    let told: Vec<_> = problems.iter().filter(|one| one["column"] == 2).map(|one| &one["row"]).collect();
    assert_eq!(told, [&json!(2), &json!(4)], "{problems:?}");
    assert!(problems[0]["problem"]["zh"].as_str().is_some_and(|words| words.contains("甲公司【演示】")));
    assert!(problems[1]["problem"]["zh"].as_str().is_some_and(|words| words.contains("丙公司【演示】")));
}

#[test]
fn imports_nothing_if_the_register_changed_meanwhile() {
    let world = incubator();
    let before = saved(&world, firm(1));
    let rows = vec![
        vec![json!("统一社会信用代码"), json!("企业名称"), json!("面积")],
        vec![json!(code(2)), json!("松江新来有限公司【演示】"), json!(50)],
        vec![json!(code(1)), json!("松江星火智能科技1有限公司【演示】"), json!(200)],
    ];
    let shown = preview(&world, &spreadsheet(&world, "名册.xlsx", &rows));
    saved(&world, with(before, "area_sqm", 60));
    assert_eq!(world.refused("register.import", json!({"id": shown["id"]})).code, "ROSTER-CHANGED");
    assert_eq!(all_firms(&world).len(), 1, "not even the rows before the changed one");
}

#[test]
fn imports_although_something_else_changed_meanwhile() {
    let world = incubator();
    let rows = vec![
        vec![json!("统一社会信用代码"), json!("企业名称")],
        vec![json!(code(2)), json!("松江新来有限公司【演示】")],
    ];
    let shown = preview(&world, &spreadsheet(&world, "名册.xlsx", &rows));
    saved(&world, firm(1));
    world.ask("register.import", json!({"id": shown["id"]}));
    assert_eq!(all_firms(&world).len(), 2);
}

#[test]
fn tells_what_a_file_is_that_is_no_table() {
    let world = incubator();
    let whole = std::fs::read(spreadsheet(&world, "whole.xlsx", &roster())).expect("a file");
    let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let mut stump = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    stump.resize(600, 7);
    let cases: [(&str, &[u8], &str); 8] = [
        ("空.csv", b"", "ROSTER-EMPTY"),
        ("空白.csv", b"\n , ,\n", "ROSTER-EMPTY"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "ROSTER-FORMAT"),
        ("档案.pdf", b"%PDF-1.7\n\0\0\0", "ROSTER-FORMAT"),
        ("半截.xlsx", &whole[..whole.len() / 2], "ROSTER-DAMAGED"),
        ("加密.xlsx", &encrypted, "ROSTER-PASSWORD"),
        ("残片.xls", &stump, "ROSTER-DAMAGED"),
        ("空包.xlsx", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "ROSTER-FORMAT"),
    ];
    for (name, bytes, code) in cases {
        let path = file(&world, name, bytes);
        let refusal = world.refused("register.preview", json!({"path": path, "mapping": null}));
        assert_eq!(refusal.code, code, "{name}: {refusal:?}");
    }
    let absent = world.outside().join("没有.xlsx").display().to_string();
    assert_eq!(world.refused("register.preview", json!({"path": absent, "mapping": null})).code, "IO-READ");
}

#[test]
fn reads_text_in_every_encoding_that_excel_writes() {
    let world = incubator();
    let text = format!("统一社会信用代码\t企业名称\r\n{}\t松江文本有限公司【演示】\r\n", code(1));
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let semicolons = text.replace('\t', ";");
    let cases: [(&str, Vec<u8>); 4] = [
        ("utf8.txt", text.clone().into_bytes()),
        ("bom.csv", [b"\xef\xbb\xbf", text.replace('\t', ",").as_bytes()].concat()),
        ("utf16.txt", utf16),
        ("semicolons.csv", GB18030.encode(&semicolons).0.into_owned()),
    ];
    for (name, bytes) in cases {
        assert_eq!(counts(&preview(&world, &file(&world, name, &bytes))), [1, 0, 0, 0], "{name}");
    }
}

#[test]
fn a_register_that_was_exported_can_be_imported_again_and_changes_nothing() {
    let world = incubator();
    for n in 1..=3 {
        world.ask(
            "register.save",
            with(firm(n), "former_names", json!([{"name": "旧名【演示】", "until": ""}])),
        );
    }
    world.ask("register.save", with(with(firm(4), "state", "left"), "holder_jwk", ""));
    let all = json!({"text": "", "state": null, "by_name": false, "after": null, "limit": 0});
    for name in ["名册.xlsx", "名册.csv"] {
        let path = world.outside().join(name).display().to_string();
        let written = world.ask("register.export", json!({"filter": all, "path": path}));
        assert_eq!((&written["count"], &written["path"]), (&json!(4), &json!(path)));
        let shown = preview(&world, &path);
        assert_eq!(shown["problems"], json!([]), "{name}");
        assert_eq!(counts(&shown), [0, 0, 4, 0], "{name}: nothing of it is new or changed");
    }
    let only = json!({"text": "", "state": "left", "by_name": false, "after": null, "limit": 0});
    let path = world.outside().join("退出.csv").display().to_string();
    assert_eq!(world.ask("register.export", json!({"filter": only, "path": path}))["count"], 1);
    let text = std::fs::read_to_string(&path).expect("a table");
    assert!(text.contains("退出") && text.contains(&code(4)) && !text.contains(&code(1)), "{text}");
    let other = world.outside().join("名册.doc");
    assert_eq!(world.refused("register.export", json!({"filter": all, "path": other})).code, "TABLE-ENDING");
}
