//! The repository keeps its own rules, and the rules find what they are for.

use std::collections::BTreeSet;

use xtask::causes::causes;
use xtask::steps::{Tally, count};
use xtask::tidy::dependencies::{judge, read};
use xtask::tidy::metadata::Member;
use xtask::tidy::tree::Tree;
use xtask::tidy::{RULES, attacks, codes, decisions, licences};

#[test]
fn every_rule_of_the_repository_holds() {
    let tree = Tree::read().unwrap();
    let broken: Vec<String> = RULES
        .iter()
        .flat_map(|rule| {
            (rule.find)(&tree).unwrap().into_iter().map(|line| format!("{}: {line}", rule.claim))
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

const TABLE: &str = "\
| crate | of ours | outside |
|---|---|---|
| `model` | – | `serde` |
| `crypto`, `rules` | `model` | `ring` |

text after the table, with | a bar
";

fn member(folder: &str, name: &str, uses: &[&str]) -> Member {
    let uses = uses.iter().map(|used| (*used).to_owned()).collect();
    Member { name: name.to_owned(), folder: folder.to_owned(), uses, features: BTreeSet::new() }
}

fn edges(model: &[&str], crypto: &[&str]) -> Vec<String> {
    let members = [
        member("crates/model", "zizhi-model", model),
        member("crates/crypto", "zizhi-crypto", crypto),
        member("crates/rules", "zizhi-rules", &[]),
    ];
    judge(&read(TABLE).unwrap_or_default(), &members)
}

#[test]
fn accepts_the_edges_of_the_table() {
    assert_eq!(edges(&["serde"], &["zizhi-model", "ring"]), Vec::<String>::new(), "all of these are granted");
}

#[test]
fn finds_an_edge_against_the_direction_of_the_table() {
    assert_eq!(edges(&["zizhi-crypto"], &[]).len(), 1, "model may not use crypto");
}

#[test]
fn finds_a_dependency_outside_its_row() {
    assert_eq!(edges(&["ring"], &[]).len(), 1, "only crypto names ring");
}

#[test]
fn finds_a_crate_without_a_row_and_a_row_without_a_crate() {
    let members = [member("crates/model", "zizhi-model", &[]), member("hub", "zizhi-hub", &[])];
    let found = judge(&read(TABLE).unwrap(), &members);
    assert_eq!(found.len(), 3, "hub has no row; crypto and rules have no crate: {found:?}");
}

#[test]
fn a_page_without_the_table_is_an_error_and_not_an_empty_grant() {
    assert!(read("# Architecture\n").is_err(), "no table would otherwise grant nothing and find nothing");
}

#[test]
fn reads_licence_expressions() {
    let allowed = ["MIT".to_owned(), "Apache-2.0".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
    let cases = [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Apache-2.0", true),
        ("GPL-3.0 OR MIT AND ISC", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("MIT WITH LLVM-exception", false),
        ("(MIT", false),
        ("MIT )", false),
        ("", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(licences::satisfied(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn a_decision_without_its_parts_is_found() {
    let good = "# Title\n\nDate: 2026-11-24\nStatus: accepted\n\n## Question\n\nq\n\n## Decision\n\nd\n\n## Consequences\n\nc\n";
    assert_eq!(decisions::lacks(good), Vec::<String>::new(), "this is the shape");
    assert_eq!(decisions::lacks(&good.replace("2026-11-24", "soon")).len(), 1, "the date is no date");
    assert_eq!(decisions::lacks(&good.replace("## Decision", "## Choice")).len(), 1, "one part is missing");
    assert_eq!(decisions::lacks("").len(), 6, "everything is missing");
}

#[test]
fn an_attack_without_a_test_that_is_there_is_found() {
    let files = |path: &str| match path {
        "a/tests/one.rs" => Some("#[test]\nfn it_is_refused() {}\n\nfn helps() {}\n"),
        "a/tests/both.rs" => {
            Some("crate::on_both! {\n    it_stays\n}\n\npub async fn it_stays(engine: Engine) {}\n")
        }
        "ui/two.test.ts" => Some("test(\"no text becomes markup\", () => {});"),
        _ => None,
    };
    let found = |cell: &str| {
        attacks::judge(&format!("| attack | tests |\n|---|---|\n| one | {cell} |\n"), files).len()
    };
    let good = "`a/tests/one.rs` `it_is_refused`, `ui/two.test.ts` `no text becomes markup`";
    assert_eq!(found(good), 0, "both are there");
    assert_eq!(found("`a/tests/both.rs` `it_stays`"), 0, "on both engines");
    assert_eq!(found("`a/tests/one.rs` `it_is`"), 1, "a test of another name");
    assert_eq!(found("`a/tests/one.rs` `helps`"), 1, "no test");
    assert_eq!(found("`a/tests/none.rs` `it_is_refused`"), 2, "no such file, and so no such test");
    assert_eq!(found("`a/tests/one.rs`"), 1, "a file alone says nothing");
    assert_eq!(found("nothing yet"), 1, "a gap");
    assert_eq!(attacks::judge("# Attacks\n", files).len(), 1, "a page without a table proves nothing");
}

#[test]
fn a_code_that_is_not_declared_made_told_or_listed_is_found() {
    const SOURCE: &str = "fn gone() -> Failure {\n    Failure::refused(\n        \"CASE-GONE\",\n        \"没有这个办件。\",\n        \"there is no such case\",\n        \"请刷新后再试。\",\n        \"refresh and try again\",\n    )\n}\n";
    let others = BTreeSet::from(["SIG-INVALID"]);
    let found = |table: &str, page: &str, source: &str| {
        codes::judge(table, page, &others, [("a.rs", source)].into_iter())
    };
    let table = "pub const REFUSALS: &[&str] = &[\n    \"CASE-GONE\",\n];\n";
    let none: Vec<String> = Vec::new();
    assert_eq!(found(table, "| `CASE-GONE` |", SOURCE), none, "this is how it should be");
    let one = |table: &str, page: &str, source: &str, says: &str| {
        let found = found(table, page, source);
        assert!(found.len() == 1 && found[0].contains(says), "{says}: {found:?}");
    };
    one("", "", SOURCE, "CASE-GONE is declared nowhere");
    one(table, "| `CASE-GONE` |", "", "nothing makes CASE-GONE");
    one(
        table,
        "| `CASE-GONE` |",
        "fn a() {\n    if code == \"CASE-GONE\" {}\n}\n",
        "nothing makes CASE-GONE",
    );
    one(table, "| `CASE-GONE` |", "fn a() {\n    // \"CASE-GONE\"\n}\n", "nothing makes CASE-GONE");
    for lacking in ["没有这个办件。", "there is no such case", "请刷新后再试。", "refresh and try again"]
    {
        let poorer = SOURCE.replace(lacking, "");
        one(table, "| `CASE-GONE` |", &poorer, "has not fact and advice in both languages");
    }
    one(table, "nothing", SOURCE, "docs/codes.md: CASE-GONE is not listed");
    one(table, "`CASE-GONE` `CASE-OTHER`", SOURCE, "CASE-OTHER is not in the table");
    one(&table.replace("];", "    \"CASE-GONE\",\n];"), "`CASE-GONE`", SOURCE, "CASE-GONE is declared twice");
    let checks = SOURCE.replace("CASE-GONE", "SIG-INVALID");
    assert_eq!(found("", "", &checks), none, "a refusal may have the code of a check");
}

#[test]
fn counts_the_closing_lines_of_the_runners() {
    let cases = [
        (
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.1s",
            12,
            0,
        ),
        ("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured", 3, 2),
        ("      Tests  1 failed | 7 passed (8)", 7, 1),
        ("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m9 passed\u{1b}[39m\u{1b}[22m (9)", 9, 0),
        (" Test Files  2 passed (2)", 0, 0),
        ("14 passed, 1 failed", 14, 1),
        ("nothing of the kind passed here", 0, 0),
    ];
    for (line, passed, failed) in cases {
        assert_eq!(count(line), Tally { passed, failed }, "{line}");
    }
}

#[test]
fn tells_each_cause_of_failed_tests_once() {
    let full = "called `Result::unwrap()` on an `Err` value: Os { code: 28 }";
    let output = format!(
        "test a ... FAILED\n\nthread 'a' (7) panicked at crates/a.rs:1:2:\nrare\nthread 'b' panicked at b.rs:3:4:\n{full}\nnote: run with\nthread 'c' (9) panicked at c.rs:5:6:\n  {full}\n"
    );
    let expected = [format!("2 × {full} (b, b.rs:3:4)"), "1 × rare (a, crates/a.rs:1:2)".to_owned()];
    assert_eq!(causes(&output), expected, "the place is the first one");

    let journey = "ok - it opens\nFAILED - it is signed\n  seen: Error: nothing to act on\n    at click\n\n1 passed, 1 failed";
    assert_eq!(causes(journey), ["1 × it is signed: seen: Error: nothing to act on"]);

    let many: String =
        (0..20).map(|number| format!("thread 't' panicked at t.rs:1:1:\ncause {number}\n")).collect();
    let told = causes(&many);
    assert_eq!((told.len(), told.last().map(String::as_str)), (13, Some("and 8 more kinds")));
    assert_eq!(causes("test result: ok. 1 passed; 0 failed"), Vec::<String>::new());
}
