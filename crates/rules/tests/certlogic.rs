//! CertLogic beyond the published vectors: what is refused, what an evaluation does at its limits, and
//! what a judgement says about missing facts.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise")]

use serde_json::{Value, json};
use zizhi_rules::certlogic::{self, Evaluation, Expr, LogicError, Truth};
use zizhi_rules::{Data, Scope};

fn parse(logic: &Value) -> Expr {
    certlogic::parse(logic).unwrap()
}

fn refused(logic: &Value) -> String {
    certlogic::parse(logic).unwrap_err().to_string()
}

fn value(logic: &Value, data: &Value) -> Result<Value, LogicError> {
    certlogic::evaluate(&parse(logic), data)
}

fn judge(logic: &Value, data: &Value) -> Evaluation {
    certlogic::judge(&parse(logic), data)
}

fn missing(paths: &[&str]) -> Truth {
    Truth::Open { missing: paths.iter().map(ToString::to_string).collect(), fault: None }
}

mod form {
    use super::*;

    macro_rules! refuses {
        ($($name:ident: $logic:tt => $message:literal;)+) => {
            $(#[test] fn $name() { assert_eq!(refused(&json!($logic)), $message); })+
        };
    }

    refuses! {
        null: null => ": null and numbers that are not whole cannot be written in an expression";
        fraction: {"===": [1, 1.5]} => "/===/1: null and numbers that are not whole cannot be written in an expression";
        beyond_64_bits: 9223372036854775808u64 => ": null and numbers that are not whole cannot be written in an expression";
        object_without_operation: {} => ": an operation is an object with one member, this one has 0";
        object_with_two_operations: {"!": [true], "and": [true, true]} => ": an operation is an object with one member, this one has 2";
        or_which_certlogic_has_not: {"or": [true, false]} => "/or: there is no operation \"or\"";
        loose_equality: {"==": [1, 1]} => "/==: there is no operation \"==\"";
        operator_in_the_depth: {"if": [true, {"and": [true, {"xor": [1, 2]}]}, 1]} => "/if/1/and/1/xor: there is no operation \"xor\"";
        operator_with_a_slash: {"a/b~c": []} => "/a~1b~0c: there is no operation \"a/b~c\"";
        operands_not_in_an_array: {"!": true} => "/!: ! needs an array of operands here";
        if_with_two: {"if": [true, 1]} => "/if: if takes 3 operands, this one has 2";
        if_with_four: {"if": [true, 1, 2, 3]} => "/if: if takes 3 operands, this one has 4";
        and_with_one: {"and": [true]} => "/and: and takes 2 or more operands, this one has 1";
        not_with_two: {"!": [true, false]} => "/!: ! takes 1 operand, this one has 2";
        equality_with_three: {"===": [1, 1, 1]} => "/===: === takes 2 operands, this one has 3";
        comparison_with_four: {"<": [1, 2, 3, 4]} => "/<: < takes 2 or 3 operands, this one has 4";
        date_comparison_with_one: {"after": [1]} => "/after: after takes 2 or 3 operands, this one has 1";
        reduce_with_two: {"reduce": [[], 1]} => "/reduce: reduce takes 3 operands, this one has 2";
        plus_time_with_two: {"plusTime": ["2026-01-01", 0]} => "/plusTime: plusTime takes 3 operands, this one has 2";
        plus_time_by_a_computed_amount: {"plusTime": ["2026-01-01", {"+": [1, 1]}, "day"]} => "/plusTime/1: plusTime needs a whole number, written out here";
        plus_time_in_weeks: {"plusTime": ["2026-01-01", 1, "week"]} => "/plusTime/2: plusTime needs \"year\", \"month\", \"day\" or \"hour\" here";
        fragment_by_text: {"extractFromUVCI": ["", "1"]} => "/extractFromUVCI/1: extractFromUVCI needs a whole number, written out here";
        var_by_number: {"var": 0} => "/var: var needs a path as text, without empty steps here";
        var_by_array: {"var": ["a", 1]} => "/var: var needs a path as text, without empty steps here";
        path_ending_in_a_dot: {"var": "x."} => "/var: var needs a path as text, without empty steps here";
        path_with_an_empty_step: {"var": "x..y"} => "/var: var needs a path as text, without empty steps here";
    }

    #[test]
    fn refuses_what_is_nested_too_deep_and_reads_what_is_not() {
        let nest = |levels| (0..levels).fold(json!(true), |inner, _| json!({ "!": [inner] }));
        assert!(certlogic::parse(&nest(certlogic::MAX_DEPTH)).is_ok());
        let error = certlogic::parse(&nest(certlogic::MAX_DEPTH + 1)).unwrap_err();
        assert!(matches!(error, LogicError::Size { .. }), "{error}");
    }

    #[test]
    fn refuses_what_is_too_large() {
        let large = Value::Array(vec![json!(1); certlogic::MAX_NODES as usize]);
        assert!(matches!(certlogic::parse(&large), Err(LogicError::Size { .. })));
    }

    #[test]
    fn every_error_has_chinese_words() {
        for logic in [json!(null), json!({}), json!({"or": []}), json!({"if": []}), json!({"!": 1})] {
            let text = certlogic::parse(&logic).unwrap_err().text();
            assert!(!text.zh.is_ascii(), "{}", text.zh);
            assert!(!text.en().starts_with('/'), "the place is told apart: {}", text.en());
        }
    }
}

mod dates {
    use super::*;

    fn plus(date: &str, amount: i64, unit: &str) -> Result<String, String> {
        value(&json!({"plusTime": [date, amount, unit]}), &Value::Null)
            .map(|value| value.as_str().unwrap().to_owned())
            .map_err(|error| error.to_string())
    }

    macro_rules! moves {
        ($($name:ident: $date:literal, $amount:literal, $unit:literal => $result:literal;)+) => {
            $(#[test] fn $name() { assert_eq!(plus($date, $amount, $unit).unwrap(), $result); })+
        };
    }

    moves! {
        a_year_means_its_last_day: "2026", 0, "day" => "2026-12-31T00:00:00.000Z";
        a_month_means_its_last_day: "2024-02", 0, "day" => "2024-02-29T00:00:00.000Z";
        a_day_means_midnight_utc: "2026-11-23", 0, "hour" => "2026-11-23T00:00:00.000Z";
        without_an_offset_it_is_utc: "2026-11-23T10:20:30", 0, "day" => "2026-11-23T10:20:30.000Z";
        offset_of_an_hour: "2026-11-23T10:00:00+8", 0, "day" => "2026-11-23T02:00:00.000Z";
        offset_of_two_digits: "2026-11-23T10:00:00-08", 0, "day" => "2026-11-23T18:00:00.000Z";
        offset_of_three_digits: "2026-11-23T10:00:00+530", 0, "day" => "2026-11-23T04:30:00.000Z";
        offset_of_four_digits: "2026-11-23T10:00:00+0530", 0, "day" => "2026-11-23T04:30:00.000Z";
        offset_with_a_colon: "2026-11-23T10:00:00+08:00", 0, "day" => "2026-11-23T02:00:00.000Z";
        offset_with_a_colon_and_one_digit: "2026-11-23T10:00:00+8:00", 0, "day" => "2026-11-23T02:00:00.000Z";
        one_decimal: "2026-11-23T10:00:00.5Z", 0, "day" => "2026-11-23T10:00:00.500Z";
        more_than_three_decimals_are_cut: "2026-11-23T10:00:00.123999999999Z", 0, "day" => "2026-11-23T10:00:00.123Z";
        leap_day_and_a_day: "2020-02-29", 1, "day" => "2020-03-01T00:00:00.000Z";
        leap_day_and_a_month: "2020-02-29", 1, "month" => "2020-03-29T00:00:00.000Z";
        leap_day_and_a_year: "2020-02-29", 1, "year" => "2021-03-01T00:00:00.000Z";
        the_end_of_january_runs_over: "2026-01-31", 1, "month" => "2026-03-03T00:00:00.000Z";
        months_back_over_a_year: "2026-01-15", -13, "month" => "2024-12-15T00:00:00.000Z";
        hours_over_a_day: "2026-12-31T23:30:00Z", 1, "hour" => "2027-01-01T00:30:00.000Z";
        the_first_day_of_all: "0000-01-01", 0, "day" => "0000-01-01T00:00:00.000Z";
    }

    macro_rules! no_dates {
        ($($name:ident: $text:literal;)+) => {
            $(#[test] fn $name() {
                let expected = format!(": {:?} is not a date or date-time", $text);
                assert_eq!(plus($text, 0, "day").unwrap_err(), expected);
            })+
        };
    }

    no_dates! {
        a_day_that_is_not: "2026-02-30";
        a_month_that_is_not: "2022-13";
        a_month_zero: "2022-00";
        an_hour_that_is_not: "2026-01-01T24:00:00Z";
        a_leap_second: "2026-12-31T23:59:60Z";
        an_offset_that_is_not: "2026-01-01T00:00:00+24:00";
        an_offset_with_a_colon_alone: "2026-01-01T00:00:00+8:";
        decimals_that_are_missing: "2026-01-01T00:00:00.Z";
        a_space_for_the_t: "2026-01-01 00:00:00Z";
        without_seconds: "2026-01-01T00:00Z";
        slashes: "2026/01/01";
        full_width_digits: "２０２６";
        something_after_the_zone: "2026-01-01T00:00:00Z ";
        nothing: "";
    }

    #[test]
    fn dates_beyond_the_calendar_are_an_error_and_no_wrong_date() {
        for (amount, unit) in
            [(i64::MAX, "year"), (i64::MIN, "month"), (i64::MAX, "day"), (i64::MIN, "hour"), (7974, "year")]
        {
            assert_eq!(plus("2026-01-01", amount, unit).unwrap_err(), ": the result is out of range");
        }
    }

    #[test]
    fn a_date_of_birth_takes_no_time() {
        let logic = json!({"dccDateOfBirth": ["2026-01-01T00:00:00Z"]});
        assert!(matches!(value(&logic, &Value::Null), Err(LogicError::Date { .. })));
    }
}

mod evaluation {
    use super::*;

    macro_rules! errors {
        ($($name:ident: $logic:tt on $data:tt => $message:literal;)+) => {
            $(#[test] fn $name() {
                assert_eq!(value(&json!($logic), &json!($data)).unwrap_err().to_string(), $message);
            })+
        };
    }

    errors! {
        texts_do_not_compare: {">": [{"var": "a"}, 1]} on {"a": "2"} => ": > needs whole numbers";
        null_does_not_compare: {"<": [{"var": "a"}, 1]} on {} => ": < needs whole numbers";
        fractions_do_not_compare: {"<": [{"var": "a"}, 1]} on {"a": 0.5} => ": < needs whole numbers";
        dates_do_not_compare_as_texts: {"before": ["2026-01-01", "2026-01-02"]} on null => ": before needs date-times made with plusTime";
        numbers_beyond_64_bits_do_not_add: {"+": [{"var": "a"}, 1]} on {"a": 9223372036854775807i64} => ": the result is out of range";
        texts_do_not_add: {"+": ["1", 1]} on null => ": + needs whole numbers";
        membership_needs_an_array: {"and": [true, {"in": ["a", "abc"]}]} on null => "/and/1: in needs an array on the right";
        a_date_time_is_not_true: {"if": [{"plusTime": ["2026-01-01", 0, "day"]}, 1, 2]} on null => ": if needs something true or false, not a date-time";
        plus_time_takes_no_date_time: {"plusTime": [{"plusTime": ["2026-01-01", 0, "day"]}, 0, "day"]} on null => ": plusTime needs a date as text";
        plus_time_takes_no_number: {"plusTime": [{"var": ""}, 0, "day"]} on 2026 => ": plusTime needs a date as text";
        reduce_takes_an_array: {"reduce": [{"var": ""}, 1, 2]} on "abc" => ": reduce needs an array or null";
        fragments_come_from_text: {"extractFromUVCI": [{"var": ""}, 0]} on 1 => ": extractFromUVCI needs a text or null";
    }

    macro_rules! gives {
        ($($name:ident: $logic:tt on $data:tt => $result:tt;)+) => {
            $(#[test] fn $name() {
                assert_eq!(value(&json!($logic), &json!($data)).unwrap(), json!($result));
            })+
        };
    }

    gives! {
        and_stops_at_the_first_falsy: {"and": [0, {">": ["a", 1]}]} on null => 0;
        and_gives_its_last: {"and": [1, "x"]} on null => "x";
        the_branch_not_taken_is_not_evaluated: {"if": [true, 1, {">": ["a", 1]}]} on null => 1;
        objects_are_equal_by_what_they_hold: {"===": [{"var": "a"}, {"var": "b"}]} on {"a": {"x": [1]}, "b": {"x": [1]}} => true;
        arrays_of_the_rule_equal_those_of_the_data: {"===": [{"var": "a"}, [1, "b"]]} on {"a": [1, "b"]} => true;
        nothing_is_a_member_of_null: {"in": [{"var": "b"}, {"var": "a"}]} on {} => false;
        a_whole_number_written_with_a_fraction: {"<=": [{"var": "a"}, 2]} on {"a": 2.0} => true;
        an_index_into_an_object_is_a_key: {"var": "a.0"} on {"a": {"0": "x"}} => "x";
        an_index_with_a_leading_zero_is_none: {"var": "a.01"} on {"a": [1, 2]} => null;
        texts_have_no_members: {"var": "a.length"} on {"a": "xyz"} => null;
        arrays_have_no_length: {"var": "a.length"} on {"a": [1]} => null;
        reduce_sees_the_data: {"reduce": [{"var": "list"}, {"+": [{"var": "accumulator"}, {"var": "data.step"}]}, 0]} on {"list": [1, 1, 1], "step": 5} => 15;
        reduce_counts: {"reduce": [{"var": ""}, {"+": [{"var": "accumulator"}, 1]}, 0]} on [null, null] => 2;
        three_dates_in_order: {"not-after": [{"plusTime": ["2026-01-01", 0, "day"]}, {"plusTime": ["2026-01-01", 0, "day"]}, {"plusTime": ["2026-01-02", 0, "day"]}]} on null => true;
    }

    #[test]
    fn an_evaluation_that_takes_too_long_ends() {
        // Three nested folds over 200 elements are eight million steps.
        let data = Value::Array(vec![json!(1); 200]);
        let list = json!({"reduce": [{"var": "l"}, {"reduce": [{"var": "data.l"}, {"reduce": [{"var": "data.data.l"}, 1, 0]}, 0]}, 0]});
        let result = value(&list, &json!({ "l": data }));
        assert!(matches!(result, Err(LogicError::Budget { .. })), "{result:?}");
    }

    #[test]
    fn a_value_that_doubles_with_every_step_stays_small() {
        let logic = json!({"reduce": [{"var": ""}, [{"var": "accumulator"}, {"var": "accumulator"}], 1]});
        let result = value(&logic, &Value::Array(vec![json!(1); 60]));
        assert!(
            matches!(result, Err(LogicError::Budget { .. })),
            "2^60 elements are not written out: {result:?}"
        );
    }

    #[test]
    fn a_value_that_nests_with_every_step_ends() {
        for lambda in [json!([{"var": "accumulator"}]), json!({"var": ""})] {
            let logic = json!({"reduce": [{"var": ""}, lambda, 1]});
            let result = value(&logic, &Value::Array(vec![json!(1); 5000]));
            assert!(matches!(result, Err(LogicError::Budget { .. })), "{result:?}");
        }
    }
}

mod judgement {
    use super::*;

    fn facts() -> Value {
        json!({
            "now": "2026-11-23T10:00:00+08:00",
            "firm": {"uscc": "91340100DEM000014D"},
            "credential": {"level": "provincial", "valid_until": null, "owners": [{"id": 1}, {}], "amount_fen": 5},
        })
    }

    #[test]
    fn a_missing_fact_leaves_a_rule_open_and_is_named() {
        let evaluation = judge(&json!({"===": [{"var": "credential.number"}, "1"]}), &facts());
        assert_eq!(evaluation.result, missing(&["credential.number"]));
        assert_eq!(evaluation.value, Value::Null);
    }

    #[test]
    fn a_missing_fact_is_neither_true_nor_false() {
        for logic in [json!({"var": "credential.number"}), json!({"!": [{"var": "credential.number"}]})] {
            assert_eq!(judge(&logic, &facts()).result, missing(&["credential.number"]));
        }
    }

    #[test]
    fn an_element_that_was_not_disclosed_is_missing() {
        let logic = json!({"===": [{"var": "credential.owners.5.id"}, 1]});
        assert_eq!(judge(&logic, &facts()).result, missing(&["credential.owners.5.id"]));
    }

    #[test]
    fn a_gap_inside_an_array_is_named_by_the_path_of_the_lambda() {
        let lambda = json!({"and": [{"var": "accumulator"}, {"var": "current.id"}]});
        let logic = json!({"reduce": [{"var": "credential.owners"}, lambda, true]});
        assert_eq!(judge(&logic, &facts()).result, missing(&["current.id"]));
    }

    #[test]
    fn null_is_a_statement_and_not_missing() {
        let logic = json!({"if": [{"var": "credential.valid_until"}, false, true]});
        assert_eq!(judge(&logic, &facts()).result, Truth::True, "the credential says that it does not end");
    }

    #[test]
    fn a_fact_in_a_branch_not_taken_is_not_touched() {
        let lacking = json!({"var": "credential.number"});
        let logic = json!({"if": [{"===": [1, 1]}, true, lacking]});
        assert_eq!(judge(&logic, &facts()).result, Truth::True);
        assert_eq!(judge(&json!({"and": [false, lacking]}), &facts()).result, Truth::False);
        assert_eq!(
            judge(&json!({"and": [lacking, false]}), &facts()).result,
            missing(&["credential.number"])
        );
    }

    #[test]
    fn data_that_does_not_fit_leaves_a_rule_open_and_says_why() {
        let evaluation = judge(&json!({">": [{"var": "credential.level"}, 3]}), &facts());
        let Truth::Open { missing, fault: Some(fault) } = evaluation.result else { panic!("not open") };
        assert!(missing.is_empty());
        assert_eq!(fault.to_string(), ": > needs whole numbers");
    }

    #[test]
    fn a_rule_that_comes_out_as_a_date_time_is_open() {
        let evaluation = judge(&json!({"plusTime": [{"var": "now"}, 0, "day"]}), &facts());
        assert!(matches!(evaluation.result, Truth::Open { fault: Some(_), .. }));
    }

    #[test]
    fn the_clause_that_failed_is_named_with_its_facts() {
        let logic = json!({"and": [
            {"===": [{"var": "firm.uscc"}, "91340100DEM000014D"]},
            {"if": [{">": [{"var": "credential.amount_fen"}, 3]},
                {"in": [{"var": "credential.level"}, ["national", "ministry_standard"]]},
                true]},
            {"===": [1, 2]},
        ]});
        let evaluation = judge(&logic, &facts());
        assert_eq!(evaluation.result, Truth::False);
        let texts: Vec<(&str, Option<bool>)> =
            evaluation.trace.iter().map(|clause| (clause.text.as_str(), clause.holds)).collect();
        assert_eq!(
            texts,
            [
                ("firm.uscc === \"91340100DEM000014D\"", Some(true)),
                ("credential.amount_fen > 3", Some(true)),
                ("credential.level in [\"national\", \"ministry_standard\"]", Some(false)),
            ],
            "what comes after the clause that decided was not looked at"
        );
        let clause = evaluation.deciding().unwrap();
        assert_eq!(clause.path, "/and/1/if/1");
        assert_eq!(clause.facts[0].path, "credential.level");
        assert_eq!(clause.facts[0].value.as_deref(), Some("provincial"));
    }

    #[test]
    fn dates_read_as_sums_in_a_clause() {
        let until = json!({"plusTime": [{"var": "credential.since"}, 0, "day"]});
        let now = json!({"plusTime": [{"var": "now"}, -90, "day"]});
        let evaluation = judge(
            &json!({"not-before": [until, now]}),
            &json!({"now": "2026-11-23", "credential": {"since": "2026-01-01"}}),
        );
        assert_eq!(evaluation.deciding().unwrap().text, "credential.since not-before now - 90 day");
    }

    #[test]
    fn a_long_trace_still_ends_with_the_clause_that_decided() {
        let mut operands = vec![json!({"===": [1, 1]}); 200];
        operands.push(json!({"===": ["last", {"var": "credential.level"}]}));
        let evaluation = judge(&json!({ "and": operands }), &facts());
        assert!(evaluation.trace.len() <= 64);
        assert_eq!(evaluation.deciding().unwrap().path, "/and/200");
    }

    #[test]
    fn a_scope_of_references_gives_what_one_object_gives() {
        let all = facts();
        let scope = Scope {
            now: Some(&all["now"]),
            firm: Some(&all["firm"]),
            credential: Some((&all["credential"]).into()),
            ..Scope::default()
        };
        for logic in [
            json!({"var": "credential.level"}),
            json!({"var": "firm"}),
            json!({"var": "issuer.level"}),
            json!({"var": ""}),
            json!({"reduce": [{"var": "credential.owners"}, {"var": "data.firm.uscc"}, 0]}),
        ] {
            let expr = parse(&logic);
            assert_eq!(certlogic::evaluate(&expr, &all), certlogic::evaluate(&expr, &scope));
            assert_eq!(certlogic::judge(&expr, Data::Scope(&scope)), certlogic::judge(&expr, &all));
        }
    }
}

#[test]
fn misfits_are_seen_without_data() {
    let after =
        json!({"after": [{"var": "credential.valid_until"}, {"plusTime": [{"var": "now"}, 0, "day"]}]});
    assert_eq!(parse(&after).misfits()[0].to_string(), ": after needs date-times made with plusTime");
    let fine = json!({"reduce": [{"var": "a"}, {"after": [{"var": "accumulator"}, {"plusTime": [{"var": "current"}, 0, "day"]}]}, 1]});
    assert!(parse(&fine).misfits().is_empty(), "an accumulator may be a date-time");
}
