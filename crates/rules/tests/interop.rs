//! The same expressions and queries put to other people's implementations: certlogic-js and dcql.
//!
//! Run with the feature `interop` and `ZIZHI_INTEROP_NODE`, the folder that holds `node_modules` with the
//! packages of `tests/interop/package.json`. Where we differ on purpose there is a line in
//! `tests/interop/*/differences.json` that says why, and a test that both still do what it says.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use zizhi_rules::certlogic;
use zizhi_rules::dcql::{Authority, Candidate, Query, SD_JWT_VC};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop")
}

fn differences(of: &str) -> Vec<Value> {
    let text = std::fs::read(folder().join(of).join("differences.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// Puts all cases to a script at once.
fn ask(script: &str, cases: &[Value]) -> Vec<Value> {
    let modules = std::env::var_os("ZIZHI_INTEROP_NODE");
    assert!(modules.is_some(), "ZIZHI_INTEROP_NODE names no folder with node_modules");
    let mut node = Command::new("node")
        .arg(folder().join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = serde_json::to_vec(cases).unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{script} gave up");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), cases.len());
    answers
}

/// The same cases on every run, so that a failure can be looked at.
fn sample<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

mod logic {
    use super::*;

    /// Facts with one path of each type; texts are not indexed, as that is a listed difference.
    fn facts() -> impl Strategy<Value = Value> {
        let text = prop_oneof![Just(""), Just("a"), Just("b"), Just("URN:UVCI:01:NL:187/37#x")];
        let date = prop::option::weighted(0.9, date());
        (prop::option::weighted(0.9, -5i64..6), text, date, prop::collection::vec(-2i64..3, 0..4), any::<bool>())
            .prop_map(|(n, t, d, l, b)| json!({"n": n, "t": t, "d": d, "l": l, "b": b, "o": {"n": 1, "l": [[], {}, null]}}))
    }

    fn date() -> impl Strategy<Value = String> {
        let day = (1950i32..2050, 1u32..13, 1u32..29).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
        let zone = prop_oneof![
            Just(""),
            Just("Z"),
            Just("+8"),
            Just("-08"),
            Just("+530"),
            Just("-0530"),
            Just("+8:30"),
            Just("-11:59"),
        ];
        let part = prop_oneof![Just(""), Just(".5"), Just(".12"), Just(".123"), Just(".987654321")];
        let full = (day.clone(), 0u32..24, 0u32..60, 0u32..60, part, zone)
            .prop_map(|(day, h, m, s, part, zone)| format!("{day}T{h:02}:{m:02}:{s:02}{part}{zone}"));
        let partial = (1950i32..2050, 1u32..13)
            .prop_flat_map(|(y, m)| prop_oneof![Just(format!("{y:04}")), Just(format!("{y:04}-{m:02}"))]);
        let ends =
            prop_oneof![Just("2024-02-29"), Just("2023-01-31"), Just("2000-12-31"), Just("1999-08-31")];
        prop_oneof![3 => day, 3 => full, 1 => partial, 1 => ends.prop_map(str::to_owned), 1 => Just("no date".to_owned())]
    }

    fn var(path: &'static str) -> Value {
        json!({ "var": path })
    }

    /// Any expression. Operands of `===` and `in` are scalars: on others we differ, and say so.
    fn expression() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            (-5i64..6).prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            prop_oneof![Just(""), Just("a"), Just("b")].prop_map(Value::from),
            prop_oneof![
                Just("n"),
                Just("t"),
                Just("d"),
                Just("b"),
                Just("l.0"),
                Just("l.9"),
                Just("o.n"),
                Just("none"),
                Just("none.x"),
                Just("o.l.2.x")
            ]
            .prop_map(var),
        ];
        let unit = prop_oneof![Just("year"), Just("month"), Just("day"), Just("hour")];
        let when = prop_oneof![date().prop_map(Value::from), Just(var("d")), scalar.clone()];
        let time = prop_oneof![
            5 => (when.clone(), prop_oneof![Just(0), -40i64..40], unit).prop_map(|(at, n, unit)| json!({"plusTime": [at, n, unit]})),
            1 => when.prop_map(|at| json!({"dccDateOfBirth": [at]})),
        ];
        let list = prop_oneof![
            Just(var("l")),
            Just(var("o.l")),
            prop::collection::vec(scalar.clone(), 0..4).prop_map(Value::from),
        ];
        let leaf = prop_oneof![4 => scalar.clone(), 2 => time.clone(), 1 => list.clone(), 1 => Just(var("")), 1 => Just(var("o"))];
        leaf.prop_recursive(4, 40, 3, move |inner| {
            let numbers = prop_oneof![scalar.clone(), Just(json!({"+": [1, {"var": "n"}]}))];
            let order = prop_oneof![Just(">"), Just("<"), Just(">="), Just("<=")];
            let time_order = prop_oneof![Just("after"), Just("before"), Just("not-after"), Just("not-before")];
            let times = prop_oneof![9 => time.clone(), 1 => scalar.clone()];
            prop_oneof![
                (inner.clone(), inner.clone(), inner.clone()).prop_map(|(g, t, e)| json!({"if": [g, t, e]})),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|all| json!({ "and": all })),
                inner.clone().prop_map(|a| json!({"!": [a]})),
                (scalar.clone(), scalar.clone()).prop_map(|(a, b)| json!({"===": [a, b]})),
                (scalar.clone(), list.clone()).prop_map(|(a, b)| json!({"in": [a, b]})),
                (numbers.clone(), numbers.clone()).prop_map(|(a, b)| json!({"+": [a, b]})),
                (order, prop::collection::vec(numbers, 2..4)).prop_map(|(by, all)| json!({ by: all })),
                (time_order, prop::collection::vec(times, 2..4)).prop_map(|(by, all)| json!({ by: all })),
                (list.clone(), inner.clone()).prop_map(|(l, i)| json!({"reduce": [l, {"+": [{"var": "accumulator"}, {"var": "current"}]}, i]})),
                (list.clone(), inner.clone()).prop_map(|(l, i)| json!({"reduce": [l, {"if": [{"var": "current"}, {"var": "accumulator"}, 7]}, i]})),
                (scalar.clone(), -1i64..6).prop_map(|(a, n)| json!({"extractFromUVCI": [a, n]})),
                prop::collection::vec(inner, 0..3).prop_map(Value::from),
            ]
        })
    }

    fn ours(logic: &Value, data: &Value) -> Value {
        let value = certlogic::parse(logic).and_then(|expr| certlogic::evaluate(&expr, data));
        value.map_or_else(|_| json!({"error": true}), |value| json!({ "value": value }))
    }

    fn theirs(answer: &Value) -> Value {
        answer.get("value").map_or_else(|| json!({"error": true}), |value| json!({ "value": value }))
    }

    #[test]
    fn certlogic_js_gives_the_same_for_five_thousand_expressions() {
        let cases: Vec<Value> = sample((expression(), facts()), 5000)
            .into_iter()
            .map(|(logic, data)| json!({ "logic": logic, "data": data }))
            .collect();
        let answers = ask("certlogic/evaluate.mjs", &cases);
        let (mut values, mut wrong) = (0, Vec::new());
        for (case, answer) in cases.iter().zip(&answers) {
            let (mine, other) = (ours(&case["logic"], &case["data"]), theirs(answer));
            values += usize::from(mine.get("value").is_some());
            if mine != other {
                wrong.push(format!("{case}\n  ours {mine}\n  theirs {other} {}", answer["error"]));
            }
        }
        assert!(
            wrong.is_empty(),
            "{} differ, such as\n{}",
            wrong.len(),
            wrong[..wrong.len().min(5)].join("\n")
        );
        assert!(values > 2000, "only {values} expressions came to a value");
    }

    #[test]
    fn certlogic_js_finds_the_same_expressions_valid() {
        let word = prop_oneof![
            Just("var"),
            Just("if"),
            Just("and"),
            Just("!"),
            Just("==="),
            Just("in"),
            Just("+"),
            Just(">"),
            Just("<="),
            Just("after"),
            Just("not-after"),
            Just("plusTime"),
            Just("reduce"),
            Just("extractFromUVCI"),
            Just("dccDateOfBirth"),
            Just("or"),
            Just("=="),
            Just(""),
            Just("day"),
            Just("a.b"),
            Just("a."),
            Just("x"),
        ]
        .prop_map(str::to_owned);
        let leaf = prop_oneof![
            1 => Just(Value::Null), 2 => any::<bool>().prop_map(Value::from), 2 => (-3i64..4).prop_map(Value::from),
            1 => Just(json!(0.5)), 4 => word.clone().prop_map(Value::from),
        ];
        let any = leaf.prop_recursive(4, 30, 4, move |inner| {
            prop_oneof![
                1 => prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                6 => (word.clone(), prop::collection::vec(inner.clone(), 0..5)).prop_map(|(name, all)| json!({ name: all })),
                2 => (word.clone(), inner.clone()).prop_map(|(name, operand)| json!({ name: operand })),
                1 => (inner.clone(), inner).prop_map(|(a, b)| json!({"!": [a], "and": [b, 1]})),
            ]
        });
        let mut cases = sample(any, 3000);
        cases.extend(sample(expression(), 1000));
        let asked: Vec<Value> = cases.iter().map(|logic| json!({ "logic": logic, "data": null })).collect();
        let answers = ask("certlogic/evaluate.mjs", &asked);
        for (logic, answer) in cases.iter().zip(&answers) {
            let mine = certlogic::parse(logic);
            assert_eq!(mine.is_ok(), answer["valid"] == json!(true), "{logic}: {mine:?}");
        }
    }

    #[test]
    fn every_listed_difference_is_still_one() {
        let listed = differences("certlogic");
        let cases: Vec<Value> =
            listed.iter().map(|it| json!({"logic": it["logic"], "data": it["data"]})).collect();
        for (it, answer) in listed.iter().zip(ask("certlogic/evaluate.mjs", &cases)) {
            assert_eq!(ours(&it["logic"], &it["data"]), it["ours"], "ours: {}", it["what"]);
            // Beyond 2^53 their numbers come back as floating-point.
            let other = theirs(&answer);
            let same = other == it["theirs"]
                || other["value"].as_f64().is_some_and(|a| it["theirs"]["value"].as_f64() == Some(a));
            assert!(same, "theirs: {}: {other}", it["what"]);
            assert_ne!(it["ours"], it["theirs"], "{}", it["what"]);
            assert!(!it["why"].as_str().unwrap().is_empty());
        }
    }
}

mod queries {
    use super::*;

    /// Claims from a small stock, so that queries often find something. Arrays hold one type and are not
    /// empty: on others we differ, and say so.
    fn claims() -> impl Strategy<Value = Value> {
        let degrees = prop::collection::vec(prop_oneof![Just("bsc"), Just("msc")], 1..3);
        let texts = prop::collection::vec(prop_oneof![Just("x"), Just("y")], 1..3);
        (
            prop::option::of(0i64..3),
            prop::option::of(prop_oneof![Just("a"), Just("b")]),
            degrees,
            texts,
            any::<bool>(),
        )
            .prop_map(|(number, name, degrees, texts, adult)| {
                let degrees: Vec<Value> =
                    degrees.iter().map(|kind| json!({"type": kind, "years": [1, 2]})).collect();
                let mut claims =
                    json!({"degrees": degrees, "texts": texts, "adult": adult, "address": {"city": "c"}});
                if let Some(number) = number {
                    claims["number"] = json!(number);
                }
                if let Some(name) = name {
                    claims["name"] = json!(name);
                }
                claims
            })
    }

    fn credential() -> impl Strategy<Value = Value> {
        let authority = prop_oneof![
            2 => Just(Value::Null),
            1 => Just(json!({"type": "aki", "values": ["k1"]})),
            1 => Just(json!({"type": "openid_federation", "values": ["https://one.example", "https://two.example"]})),
        ];
        (claims(), prop_oneof![Just("v1"), Just("v2")], any::<bool>(), authority).prop_map(|(claims, vct, bound, authority)| {
            let mut credential = json!({"credential_format": "dc+sd-jwt", "vct": vct, "claims": claims, "cryptographic_holder_binding": bound});
            if !authority.is_null() {
                credential["authority"] = authority;
            }
            credential
        })
    }

    fn claim() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(json!({"path": ["number"]})),
            Just(json!({"path": ["number"], "values": [1, 2]})),
            Just(json!({"path": ["number"], "values": ["1"]})),
            Just(json!({"path": ["name"]})),
            Just(json!({"path": ["name"], "values": ["b", "c"]})),
            Just(json!({"path": ["adult"], "values": [true]})),
            Just(json!({"path": ["adult"], "values": [1]})),
            Just(json!({"path": ["address"]})),
            Just(json!({"path": ["address", "city"], "values": ["c"]})),
            Just(json!({"path": ["address", "zip"]})),
            Just(json!({"path": ["address", 0]})),
            Just(json!({"path": ["name", "first"]})),
            Just(json!({"path": ["degrees", null]})),
            Just(json!({"path": ["degrees", null, "type"], "values": ["msc"]})),
            Just(json!({"path": ["degrees", 0, "years", 1], "values": [2]})),
            Just(json!({"path": ["degrees", 1, "type"]})),
            Just(json!({"path": ["texts", 0]})),
            Just(json!({"path": ["texts", null], "values": ["y"]})),
            Just(json!({"path": ["texts"]})),
        ]
    }

    fn credential_query() -> impl Strategy<Value = Value> {
        let meta = prop_oneof![
            Just(json!({})),
            Just(json!({"vct_values": ["v1"]})),
            Just(json!({"vct_values": ["v1", "v2"]}))
        ];
        let authorities = prop_oneof![
            3 => Just(Value::Null),
            1 => Just(json!([{"type": "aki", "values": ["k0", "k1"]}])),
            1 => Just(json!([{"type": "aki", "values": ["k9"]}, {"type": "openid_federation", "values": ["https://two.example"]}])),
        ];
        let sets = prop::collection::vec(prop::collection::vec(0usize..4, 1..3), 0..3);
        (
            meta,
            prop::collection::vec(claim(), 0..4),
            sets,
            authorities,
            prop::option::of(any::<bool>()),
            any::<bool>(),
        )
            .prop_map(|(meta, mut claims, sets, authorities, binding, multiple)| {
                let mut query = json!({"format": "dc+sd-jwt", "meta": meta, "multiple": multiple});
                let mut seen: Vec<Value> = Vec::new();
                claims.retain(|claim| {
                    !seen.contains(&claim["path"]) && {
                        seen.push(claim["path"].clone());
                        true
                    }
                });
                for (index, claim) in claims.iter_mut().enumerate() {
                    claim["id"] = json!(format!("c{index}"));
                }
                let sets: Vec<Vec<String>> = sets
                    .iter()
                    .map(|set| {
                        set.iter().filter(|id| **id < claims.len()).map(|id| format!("c{id}")).collect()
                    })
                    .filter(|set: &Vec<String>| !set.is_empty())
                    .collect();
                if !claims.is_empty() {
                    query["claims"] = json!(claims);
                }
                if !sets.is_empty() {
                    query["claim_sets"] = json!(sets);
                }
                if !authorities.is_null() {
                    query["trusted_authorities"] = authorities;
                }
                if let Some(binding) = binding {
                    query["require_cryptographic_holder_binding"] = json!(binding);
                }
                query
            })
    }

    fn query() -> impl Strategy<Value = Value> {
        let option = prop::collection::vec(0usize..3, 1..3);
        let set = (prop::collection::vec(option, 1..3), prop::option::of(any::<bool>()));
        (prop::collection::vec(credential_query(), 1..4), prop::collection::vec(set, 0..3)).prop_map(
            |(mut credentials, sets)| {
                for (index, credential) in credentials.iter_mut().enumerate() {
                    credential["id"] = json!(format!("q{index}"));
                }
                let count = credentials.len();
                let mut query = json!({ "credentials": credentials });
                let sets: Vec<Value> = sets
                    .into_iter()
                    .map(|(options, required)| {
                        let options: Vec<Vec<String>> = options
                            .iter()
                            .map(|ids| ids.iter().map(|id| format!("q{}", id % count)).collect())
                            .collect();
                        let mut set = json!({ "options": options });
                        if let Some(required) = required {
                            set["required"] = json!(required);
                        }
                        set
                    })
                    .collect();
                if !sets.is_empty() {
                    query["credential_sets"] = json!(sets);
                }
                query
            },
        )
    }

    /// Our answer in the form of the script's.
    fn ours(query: &Value, credentials: &[Value]) -> Value {
        let Ok(query) = Query::parse(query) else { return json!("refused") };
        let known: Vec<Vec<Authority<'_>>> = credentials
            .iter()
            .map(|credential| {
                let kind = credential["authority"]["type"].as_str().unwrap_or_default();
                let values =
                    credential["authority"]["values"].as_array().map(Vec::as_slice).unwrap_or_default();
                values.iter().map(|value| Authority { kind, value: value.as_str().unwrap() }).collect()
            })
            .collect();
        let candidates: Vec<Candidate<'_>> = credentials
            .iter()
            .zip(&known)
            .map(|(credential, known)| Candidate {
                format: SD_JWT_VC,
                vct: credential["vct"].as_str().unwrap(),
                claims: (&credential["claims"]).into(),
                authorities: known,
                holder_bound: credential["cryptographic_holder_binding"] == json!(true),
            })
            .collect();
        let result = query.evaluate(&candidates);
        let matches: Vec<Vec<Value>> = result
            .matches
            .iter()
            .map(|found| found.iter().map(|found| json!([found.candidate, found.claim_set])).collect())
            .collect();
        json!({"satisfied": result.satisfied, "matches": matches})
    }

    #[test]
    fn the_npm_package_gives_the_same_for_three_thousand_queries() {
        let cases: Vec<Value> = sample((query(), prop::collection::vec(credential(), 0..4)), 3000)
            .into_iter()
            .map(|(query, credentials)| json!({ "query": query, "credentials": credentials }))
            .collect();
        let answers = ask("dcql/evaluate.mjs", &cases);
        let (mut satisfied, mut wrong) = (0, Vec::new());
        for (case, answer) in cases.iter().zip(&answers) {
            let mine = ours(&case["query"], case["credentials"].as_array().unwrap());
            satisfied += usize::from(mine["satisfied"] == json!(true));
            if mine != *answer {
                wrong.push(format!("{case}\n  ours {mine}\n  theirs {answer}"));
            }
        }
        assert!(
            wrong.is_empty(),
            "{} differ, such as\n{}",
            wrong.len(),
            wrong[..wrong.len().min(3)].join("\n")
        );
        assert!((500..2500).contains(&satisfied), "{satisfied} queries were satisfied");
    }

    fn word(answer: &Value) -> &'static str {
        if *answer == json!("refused") || answer.get("refused").is_some() {
            return "refused";
        }
        if answer["satisfied"] == json!(true) { "satisfied" } else { "unsatisfied" }
    }

    #[test]
    fn every_listed_difference_is_still_one() {
        let listed = differences("dcql");
        let cases: Vec<Value> = listed
            .iter()
            .map(|it| {
                let mut credential = json!({"id": "q", "format": "dc+sd-jwt", "meta": {}});
                let members = credential.as_object_mut().unwrap();
                members.extend(it["query"].as_object().unwrap().clone());
                if let Some(without) = members.remove("-") {
                    members.remove(without.as_str().unwrap());
                }
                let held = json!({"credential_format": "dc+sd-jwt", "vct": "v1", "claims": it["claims"], "cryptographic_holder_binding": true});
                json!({"query": {"credentials": [credential]}, "credentials": [held]})
            })
            .collect();
        for ((it, case), answer) in listed.iter().zip(&cases).zip(ask("dcql/evaluate.mjs", &cases)) {
            let mine = ours(&case["query"], case["credentials"].as_array().unwrap());
            assert_eq!(
                (word(&mine), word(&answer)),
                (it["ours"].as_str().unwrap(), it["theirs"].as_str().unwrap()),
                "{}: {answer}",
                it["what"]
            );
            assert_ne!(it["ours"], it["theirs"], "{}", it["what"]);
            assert!(!it["why"].as_str().unwrap().is_empty());
        }
    }
}
