//! `zizhi rules` as a person runs it: packs checked, conditions tried, queries asked.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::zizhi;

/// Runs in `folder` and gives exit code, data and talk.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = zizhi(folder, arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn data(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data").join(name);
    path.canonicalize().unwrap().display().to_string()
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_remark_stands_at_its_place_like_a_compilers() {
    let file = data("rules/defects/float.json");
    let (code, shown, talk) = run(here(), &["rules", "check", &file]);
    assert_eq!(code, Some(1));
    let expected = format!(
        "{file}:3:14: error PACK-FLOAT only whole 64-bit numbers may stand here: no fraction, exponent or -0\n \
         3 |   \"version\": 1.0,\n   |              ^\n   = hint: use a whole number; money is counted in fen\n"
    );
    assert_eq!(shown, expected);
    assert_eq!(talk, "checked: 1 errors, 0 warnings\n");
}

#[test]
fn the_caret_stands_under_its_place_behind_wide_characters() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("pack.json"), "{\"pack_id\": \"资质互认\", \"zzzzzzzzz\": 1}").unwrap();
    let (_, shown, _) = run(folder.path(), &["rules", "check", "pack.json"]);
    let caret =
        shown.lines().find(|line| line.trim_end().ends_with('^') && line.contains('\u{3000}')).unwrap();
    // Four full-width spaces stand for four characters that take two columns each.
    assert_eq!(caret.matches('\u{3000}').count(), 4, "{shown}");
}

#[test]
fn a_line_of_a_megabyte_is_shown_around_the_place() {
    let folder = TempDir::new().unwrap();
    let pack = format!("{{\"pack_id\": \"{}\", \"version\": 1.5}}", "a".repeat(1_000_000));
    std::fs::write(folder.path().join("pack.json"), pack).unwrap();
    let (code, shown, _) = run(folder.path(), &["rules", "check", "pack.json"]);
    assert_eq!(code, Some(1));
    assert!(shown.lines().all(|line| line.chars().count() < 300), "{}", shown.len());
    assert!(shown.contains("PACK-FLOAT"));
}

#[test]
fn warnings_alone_are_no_failure() {
    let (code, shown, talk) = run(here(), &["rules", "check", &data("rules/sh-songjiang.json")]);
    assert_eq!(code, Some(0));
    assert!(shown.contains("PACK-DEMO"));
    assert_eq!(talk, "checked: 0 errors, 4 warnings\n");
}

#[test]
fn remarks_are_stable_json() {
    let (code, shown, _) = run(here(), &["rules", "check", "--json", &data("rules/defects/float.json")]);
    assert_eq!(code, Some(1));
    let told: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&told["errors"], &told["warnings"]), (&json!(1), &json!(0)));
    let remark = &told["diagnostics"][0];
    assert_eq!(
        (&remark["severity"], &remark["code"], &remark["line"], &remark["column"], &remark["path"]),
        (&json!("error"), &json!("PACK-FLOAT"), &json!(3), &json!(14), &json!("/version"))
    );
    assert!(remark["message"]["zh"].is_string() && remark["advice"]["en"].is_string());
}

/// Evaluates `logic` on `facts`.
fn eval(logic: &Value, facts: &Value, more: &[&str]) -> (Option<i32>, String, String) {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("logic.json"), logic.to_string()).unwrap();
    std::fs::write(folder.path().join("data.json"), facts.to_string()).unwrap();
    let arguments = [&["rules", "eval", "--logic", "logic.json", "--data", "data.json"][..], more].concat();
    run(folder.path(), &arguments)
}

#[test]
fn an_expression_gives_its_plain_value() {
    for (logic, facts, value) in [
        (json!({ "+": [{ "var": "a" }, 1] }), json!({ "a": 41 }), "42"),
        (json!({ "var": "gone" }), json!({}), "null"),
        (json!({ "===": [{ "var": "c" }, "合肥"] }), json!({ "c": "上海" }), "false"),
        (json!({ "plusTime": ["2026-11-23", 1, "day"] }), json!({}), "\"2026-11-24T00:00:00.000Z\""),
    ] {
        assert_eq!(eval(&logic, &facts, &[]), (Some(0), format!("{value}\n"), String::new()));
    }
}

#[test]
fn a_trace_names_the_clause_that_decided_and_its_fact() {
    let logic =
        json!({ "and": [{ "===": [{ "var": "a" }, 1] }, { "===": [{ "var": "level" }, "national"] }] });
    let (code, shown, _) = eval(&logic, &json!({ "a": 1, "level": "provincial" }), &["--trace"]);
    assert_eq!(code, Some(0));
    assert!(shown.contains("level === \"national\"  ← this decides\n      level = provincial"), "{shown}");
    let (_, shown, _) = eval(&logic, &json!({ "a": 1 }), &["--trace", "--json"]);
    let told: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&told["result"], &told["verdict"]), (&json!(false), &json!("open")), "{told}");
    assert_eq!(told["trace"][1]["facts"][0], json!({ "path": "level", "value": null }));
}

#[test]
fn data_that_does_not_fit_is_told_with_the_place() {
    let logic = json!({ "+": [{ "var": "a" }, 1] });
    let (code, shown, talk) = eval(&logic, &json!({ "a": "text" }), &[]);
    assert_eq!((code, shown.as_str()), (Some(1), ""));
    assert!(talk.contains("RULE-LOGIC"), "{talk}");
    let (code, shown, _) = eval(&logic, &json!({ "a": "text" }), &["--json"]);
    assert_eq!(code, Some(1));
    let told: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(told["error"]["code"], "RULE-LOGIC");
}

#[test]
fn what_is_no_expression_is_refused_with_the_place() {
    let (code, _, talk) = eval(&json!({ "and": [{ "nonsense": [] }, true] }), &json!({}), &[]);
    assert_eq!(code, Some(2));
    assert!(talk.contains("RULE-LOGIC") && talk.contains("/and/0"), "{talk}");
}

/// Asks `query` of credentials of RFC 9901, which are no types of ours.
fn query(query: &Value, credentials: &[&str], more: &[&str]) -> (Option<i32>, String, String) {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("query.json"), query.to_string()).unwrap();
    let credentials: Vec<String> = credentials
        .iter()
        .map(|name| {
            // The specification breaks its examples into lines for print.
            let text = std::fs::read_to_string(data(&format!("vectors/{name}"))).unwrap();
            let text: String = text.split_ascii_whitespace().collect();
            let file = name.replace('/', "-");
            std::fs::write(folder.path().join(&file), text).unwrap();
            file
        })
        .collect();
    let mut arguments = vec!["rules", "query", "--dcql", "query.json"];
    arguments.extend(credentials.iter().map(String::as_str));
    arguments.extend(more);
    run(folder.path(), &arguments)
}

fn pid(path: &Value) -> Value {
    json!({ "credentials": [{ "id": "pid", "format": "dc+sd-jwt",
        "meta": { "vct_values": ["urn:eudi:pid:de:1"] }, "claims": [{ "path": path }] }] })
}

#[test]
fn a_query_finds_credentials_of_others_with_the_claims_it_asked_for() {
    let presented = ["rfc9901/arf-pid/sd_jwt_presentation.txt"];
    let (code, shown, _) = query(&pid(&json!(["nationalities", null])), &presented, &["--json"]);
    let told: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(code, Some(0), "{told}");
    assert_eq!((&told["satisfied"], &told["trust_judged"]), (&json!(true), &json!(false)));
    let claim = &told["credentials"][0]["matches"][0]["claims"][0];
    assert_eq!(claim, &json!({ "path": ["nationalities", null], "values": ["DE"] }));

    let (code, _, talk) = query(&pid(&json!(["nationalities", null])), &presented, &[]);
    assert_eq!(code, Some(0));
    assert!(talk.contains("no signature"), "it says that it judges no trust: {talk}");
}

#[test]
fn a_claim_that_was_not_disclosed_answers_nothing() {
    let presented = ["rfc9901/arf-pid/sd_jwt_presentation.txt"];
    let (code, shown, _) = query(&pid(&json!(["address", "street_address"])), &presented, &[]);
    assert_eq!(code, Some(1), "{shown}");
    assert!(shown.contains("nothing matches (needed)"), "{shown}");
}

#[test]
fn a_file_that_is_no_credential_is_named_and_the_others_still_answer() {
    let files = ["rfc9901/arf-pid/sd_jwt_presentation.txt", "keys.json"];
    let (code, shown, _) = query(&pid(&json!(["nationalities"])), &files, &["--json"]);
    assert_eq!(code, Some(2));
    let told: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(told["satisfied"], true);
    assert_eq!(told["unreadable"].as_array().unwrap().len(), 1);
    assert!(told["unreadable"][0]["checks"][0]["code"].is_string(), "{told}");
}
