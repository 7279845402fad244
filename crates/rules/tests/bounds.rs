//! Any bytes and any values: no panic, and an end in sight.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zizhi_rules::dcql::{Candidate, Query, SD_JWT_VC};
use zizhi_rules::pack::{RulePack, lint};
use zizhi_rules::{Data, Scope, certlogic};

/// Any JSON, with the words of the two languages among its keys and texts.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("var"),
        Just("if"),
        Just("and"),
        Just("!"),
        Just("==="),
        Just("in"),
        Just("+"),
        Just(">"),
        Just("after"),
        Just("plusTime"),
        Just("reduce"),
        Just("extractFromUVCI"),
        Just("dccDateOfBirth"),
        Just("credentials"),
        Just("id"),
        Just("format"),
        Just("meta"),
        Just("claims"),
        Just("path"),
        Just("values"),
        Just("claim_sets"),
        Just("credential_sets"),
        Just("options"),
        Just("dc+sd-jwt"),
        Just("a"),
        Just("day"),
        Just("2026-02-28"),
        Just("current"),
        Just("accumulator"),
        Just("data"),
        Just(""),
        Just("0"),
    ]
    .prop_map(str::to_owned);
    let text = prop_oneof![4 => word, 1 => ".{0,8}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3i64..4).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner.clone()), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            (text.clone(), prop::collection::vec(inner, 1..4))
                .prop_map(|(key, operands)| json!({ key: operands })),
        ]
    })
}

/// An expression of the right form, so that evaluations get somewhere.
fn any_logic() -> impl Strategy<Value = Value> {
    let path =
        prop_oneof![Just("a"), Just("a.0"), Just(""), Just("current"), Just("accumulator"), Just("data.a")];
    let leaf = prop_oneof![
        path.prop_map(|path| json!({ "var": path })),
        any::<i64>().prop_map(Value::from),
        Just(json!("2026-01-31")),
        Just(json!([])),
        Just(json!(true)),
    ];
    leaf.prop_recursive(5, 48, 3, |inner| {
        let operands = prop::collection::vec(inner.clone(), 3);
        let pair = prop::collection::vec(inner.clone(), 2);
        prop_oneof![
            operands.clone().prop_map(|operands| json!({ "if": operands })),
            operands.clone().prop_map(|operands| json!({ "and": operands })),
            operands.clone().prop_map(|operands| json!({ "reduce": operands })),
            operands.prop_map(|operands| json!({ "<=": operands })),
            pair.clone().prop_map(|pair| json!({ "===": pair })),
            pair.clone().prop_map(|pair| json!({ "in": pair })),
            pair.clone().prop_map(|pair| json!({ "+": pair })),
            pair.prop_map(|pair| json!({ "before": pair })),
            inner.clone().prop_map(|operand| json!({ "!": [operand] })),
            (inner.clone(), any::<i64>())
                .prop_map(|(operand, amount)| json!({ "plusTime": [operand, amount, "month"] })),
            (inner.clone(), any::<i64>())
                .prop_map(|(operand, index)| json!({ "extractFromUVCI": [operand, index] })),
            inner.clone().prop_map(|operand| json!({ "dccDateOfBirth": [operand] })),
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
        ]
    })
}

/// Runs everything that takes an expression and says whether it ended soon.
fn run(logic: &Value, data: &Value) {
    let start = Instant::now();
    if let Ok(expr) = certlogic::parse(logic) {
        let _ = certlogic::evaluate(&expr, data);
        let evaluation = certlogic::judge(&expr, data);
        assert_eq!(
            evaluation.trace.is_empty(),
            evaluation.result == certlogic::Truth::True,
            "only a rule that holds needs no clause"
        );
        let scope = Scope { credential: Some(data.into()), ..Scope::default() };
        let _ = certlogic::trace(&expr, Data::Scope(&scope));
        let _ = (expr.misfits(), expr.accesses());
    }
    assert!(start.elapsed() < Duration::from_secs(2), "took {:?}: {logic} on {data}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_as_an_expression_on_any_data_ends(logic in any_json(), data in any_json()) {
        run(&logic, &data);
    }

    #[test]
    fn any_expression_on_any_data_ends(logic in any_logic(), data in any_json()) {
        prop_assert!(certlogic::parse(&logic).is_ok());
        run(&logic, &json!({ "a": [data, 1, "2026-01-31"] }));
    }

    #[test]
    fn a_missing_fact_never_makes_a_rule_true_that_its_value_makes_false(logic in any_logic(), data in any_json()) {
        // Whatever is judged true or false without a fact is judged the same with it.
        let expr = certlogic::parse(&logic).unwrap();
        let without = certlogic::judge(&expr, &json!({}));
        if matches!(without.result, certlogic::Truth::True | certlogic::Truth::False)
            && expr.accesses().iter().all(|access| !access.path.is_empty())
        {
            let with = certlogic::judge(&expr, &json!({ "a": data }));
            prop_assert_eq!(without.result, with.result);
        }
    }

    #[test]
    fn any_value_as_a_query_on_any_claims_ends(query in any_json(), claims in any_json()) {
        for read in [Query::parse(&query), Query::parse_foreign(&query)].into_iter().flatten() {
            let candidate = Candidate { format: SD_JWT_VC, vct: "a", claims: (&claims).into(), authorities: &[], holder_bound: true };
            let result = read.evaluate(&[candidate, candidate]);
            prop_assert_eq!(result.matches.len(), read.credentials.len());
        }
    }

    #[test]
    fn any_bytes_as_a_pack_get_remarks_or_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(RulePack::parse(&bytes).is_err(), !lint(&bytes).is_empty());
    }

    #[test]
    fn any_json_as_a_pack_gets_remarks(value in any_json()) {
        let text = value.to_string();
        prop_assert!(!lint(text.as_bytes()).is_empty());
    }

    #[test]
    fn a_pack_with_one_byte_changed_is_read_or_remarked_upon(at in 0usize..8000, byte in any::<u8>()) {
        let mut bytes = include_bytes!("../../../tests/data/rules/sh-songjiang.json").to_vec();
        let length = bytes.len();
        bytes[at % length] = byte;
        for remark in lint(&bytes) {
            prop_assert!(remark.line >= 1 && remark.column >= 1);
            prop_assert!(!remark.message.zh.is_empty() && remark.message.en.is_some());
        }
        let _ = RulePack::parse(&bytes);
    }
}

#[test]
fn a_deep_text_is_refused_before_the_stack_is_full() {
    for open in ["[", "{\"a\":"] {
        assert!(RulePack::parse(open.repeat(200_000).as_bytes()).is_err());
    }
}

#[test]
fn a_pack_of_very_many_rules_is_linted_in_time() {
    let rules: Vec<Value> = (0..3000)
        .map(|n| {
            json!({"rule_id": format!("r{n}"), "type": "patent", "mode": "direct",
            "from_regions": [format!("{:06}", n * 7 % 1_000_000)], "valid_from": "2026-01-01"})
        })
        .collect();
    let pack = json!({"pack_id": "p", "version": 1, "publisher": "urn:uscc:91310117DEM000030B",
        "to_regions": ["*"], "valid_from": "2026-01-01", "equivalences": rules});
    let start = Instant::now();
    let remarks = lint(pack.to_string().as_bytes());
    assert!(remarks.iter().any(|remark| remark.code == "PACK-UNCHECKED") || remarks.len() >= 400);
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
}
