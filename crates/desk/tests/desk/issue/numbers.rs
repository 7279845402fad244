//! Numbers of a series, and those that are taken already.

use serde_json::json;

use super::{issuing, listed, settled};

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
fn a_series_grows_by_a_digit_and_passes_over_what_is_taken() {
    let (world, _, ids) = settled(5);
    let issue = |firms: &[String], number: &str| {
        let mut issue = issuing(&world, firms);
        issue["number"] = json!(number);
        world.ask("issue.issue", issue);
    };
    for taken in ["B-9", "B-11"] {
        issue(&ids[..1], taken);
    }
    issue(&ids, "B-{8}");
    let mut numbers: Vec<String> = listed(&world, &json!({}))
        .iter()
        .map(|line| line["number"].as_str().expect("a number").to_owned())
        .collect();
    numbers.sort_by_key(|number| (number.len(), number.clone()));
    assert_eq!(numbers, ["B-8", "B-9", "B-10", "B-11", "B-12", "B-13", "B-14"]);
}
