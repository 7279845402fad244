//! Which rule decides: specificity, ties, validity, conditions.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise")]

use chrono::NaiveDate;
use serde_json::{Value, json};
use zizhi_model::{Outcome, Region, Scenario};
use zizhi_rules::certlogic::Truth;
use zizhi_rules::equivalence::{Selected, conditions, select};
use zizhi_rules::pack::RulePack;

/// A pack for all of 松江 and 宁波 whose rules differ from a plain one as given.
fn pack(rules: &[Value]) -> RulePack {
    let rules: Vec<Value> = rules
        .iter()
        .map(|extra| {
            let mut rule = json!({"rule_id": "?", "type": "patent", "mode": "direct"});
            rule.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            rule
        })
        .collect();
    let pack = json!({"pack_id": "p", "version": 1, "publisher": "urn:uscc:91310117DEM000030B",
        "to_regions": ["31", "33"], "valid_from": "2026-01-01", "valid_until": null, "equivalences": rules});
    RulePack::parse(pack.to_string().as_bytes()).unwrap()
}

/// The ids of the rules chosen for a firm from Hefei that sets up a branch in 松江.
fn chosen(rules: &[Value]) -> Vec<String> {
    chosen_for(rules, "340104", "310117", Scenario::BranchOperation, "2026-11-23")
}

fn chosen_for(rules: &[Value], origin: &str, destination: &str, scenario: Scenario, on: &str) -> Vec<String> {
    let pack = pack(rules);
    let (origin, destination) = (Region::parse(origin).unwrap(), Region::parse(destination).unwrap());
    let on: NaiveDate = on.parse().unwrap();
    match select(&pack, "patent", &origin, &destination, scenario, on) {
        Selected::NoRule => Vec::new(),
        Selected::Rule(rule) => vec![rule.rule_id.clone()],
        Selected::Conflict(rules) => rules.iter().map(|rule| rule.rule_id.clone()).collect(),
    }
}

fn rule(id: &str, to: &[&str], from: &[&str]) -> Value {
    json!({"rule_id": id, "to_regions": to, "from_regions": from})
}

#[test]
fn without_a_rule_nothing_is_chosen() {
    assert!(chosen(&[]).is_empty());
    assert!(chosen(&[json!({"rule_id": "a", "type": "high-tech-enterprise"})]).is_empty());
    assert!(chosen(&[rule("a", &["310117"], &["32"])]).is_empty(), "from another province");
    assert!(chosen(&[rule("a", &["310118"], &["34"])]).is_empty(), "to another district");
}

#[test]
fn the_longest_destination_wins() {
    let rules = [
        rule("any", &["*"], &["*"]),
        rule("group", &["yrd"], &["*"]),
        rule("2", &["31"], &["*"]),
        rule("4", &["3101"], &["*"]),
        rule("6", &["310117"], &["*"]),
    ];
    for length in 1..=rules.len() {
        let last = rules[length - 1]["rule_id"].as_str().unwrap();
        assert_eq!(chosen(&rules[..length]), [last]);
    }
}

#[test]
fn the_destination_counts_before_the_origin() {
    assert_eq!(chosen(&[rule("to", &["310117"], &["*"]), rule("from", &["31"], &["340104"])]), ["to"]);
}

#[test]
fn of_equal_destinations_the_longest_origin_wins() {
    assert_eq!(chosen(&[rule("wide", &["31"], &["34"]), rule("narrow", &["31"], &["3401"])]), ["narrow"]);
    assert_eq!(chosen(&[rule("group", &["31"], &["g60"]), rule("province", &["31"], &["34"])]), ["province"]);
}

#[test]
fn the_longest_of_several_patterns_counts() {
    assert_eq!(chosen(&[rule("many", &["31"], &["*", "340104"]), rule("one", &["31"], &["3401"])]), ["many"]);
}

#[test]
fn the_origin_counts_before_the_scenario() {
    let listed = json!({"rule_id": "listed", "from_regions": ["34"], "scenarios": ["branch_operation"]});
    let narrow = json!({"rule_id": "narrow", "from_regions": ["3401"]});
    assert_eq!(chosen(&[listed.clone(), narrow]), ["narrow"]);
    let plain = json!({"rule_id": "plain", "from_regions": ["34"]});
    assert_eq!(chosen(&[plain, listed]), ["listed"], "a listed scenario wins over none");
}

#[test]
fn a_rule_for_other_scenarios_does_not_apply() {
    let rules = [json!({"rule_id": "move", "scenarios": ["full_relocation", "partial_relocation"]})];
    assert!(chosen(&rules).is_empty());
    let chosen = chosen_for(&rules, "340104", "310117", Scenario::FullRelocation, "2026-11-23");
    assert_eq!(chosen, ["move"]);
}

#[test]
fn a_tie_is_a_conflict_even_between_rules_that_agree() {
    assert_eq!(chosen(&[rule("a", &["31"], &["34"]), rule("b", &["31"], &["34"])]), ["a", "b"]);
    let tied = [rule("a", &["31"], &["34"]), rule("b", &["31"], &["34"]), rule("c", &["310117"], &["34"])];
    assert_eq!(chosen(&tied), ["c"], "a more specific rule settles it");
}

#[test]
fn a_rule_applies_from_its_first_day_to_its_last() {
    let rules = [json!({"rule_id": "a", "valid_from": "2026-07-01", "valid_until": "2026-12-31"})];
    for (day, applies) in
        [("2026-06-30", false), ("2026-07-01", true), ("2026-12-31", true), ("2027-01-01", false)]
    {
        let chosen = chosen_for(&rules, "340104", "310117", Scenario::BranchOperation, day);
        assert_eq!(!chosen.is_empty(), applies, "{day}");
    }
}

#[test]
fn hangzhou_to_ningbo_can_have_a_rule_of_its_own() {
    let rules = [rule("zhejiang", &["33"], &["33"]), rule("ningbo", &["3302"], &["33"])];
    let chosen = chosen_for(&rules, "330110", "330203", Scenario::FullRelocation, "2026-11-23");
    assert_eq!(chosen, ["ningbo"]);
}

#[test]
fn conditions_are_judged_one_by_one() {
    let logic = |level: &str| json!({"===": [{"var": "issuer.level"}, level]});
    let message = json!({"zh": "级别不符", "en": "another level"});
    let rules = [json!({"rule_id": "a", "conditions": [
        {"logic": logic("provincial"), "message": message},
        {"logic": logic("national"), "severity": "warning", "message": message},
        {"logic": {"var": "credential.level"}, "message": message},
    ]})];
    let pack = pack(&rules);
    let facts = json!({"issuer": {"level": "provincial"}, "credential": {}});
    let results = conditions(&pack.equivalences[0], &facts);
    let outcomes: Vec<Outcome> = results.iter().map(|result| result.outcome()).collect();
    assert_eq!(outcomes, [Outcome::Pass, Outcome::Warning, Outcome::Pending]);
    assert_eq!(results[1].rule_id, "a#2");
    assert!(results[0].finding().is_none());
    let failed = results[1].finding().unwrap();
    assert_eq!(failed.message.unwrap().zh, "级别不符");
    assert!(failed.facts.contains(&("clause", "issuer.level === \"national\"".into())));
    assert!(failed.facts.contains(&("values", vec!["issuer.level = provincial".to_owned()].into())));
    assert_eq!(results[2].result, Truth::Open { missing: vec!["credential.level".to_owned()], fault: None });
    assert!(results[2].finding().unwrap().message.is_none(), "an open rule is not called wrong");
}

#[test]
fn values_are_mapped_where_the_rule_knows_them() {
    let rules =
        [json!({"rule_id": "a", "value_map": {"level": {"provincial": "municipal"}, "kind": {"x": "y"}}})];
    let pack = pack(&rules);
    let rule = &pack.equivalences[0];
    assert_eq!(
        rule.mapped(&json!({"level": "provincial", "kind": 3})),
        [("level", "provincial", "municipal")]
    );
    assert!(rule.mapped(&json!({"level": "national"})).is_empty());
}
