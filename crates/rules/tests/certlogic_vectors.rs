//! The published CertLogic test suite: 232 assertions, one a line. Two of its files mark fourteen of
//! them as skipped (membership in `null`, and `data` inside `reduce`); none is skipped here.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

use std::path::PathBuf;

use serde_json::Value;
use zizhi_rules::certlogic;

fn suite(name: &str) -> Value {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("../../tests/data/vectors/certlogic-testsuite").join(format!("{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Evaluates the assertion at `case`, `assertion` of a file, as the suite's own runner does: an
/// assertion may carry its own expression.
fn check(name: &str, case: usize, assertion: usize) {
    let suite = suite(name);
    let case = &suite["cases"][case];
    let assertion = &case["assertions"][assertion];
    let logic = assertion.get("certLogicExpression").unwrap_or(&case["certLogicExpression"]);
    let expr = certlogic::parse(logic).unwrap();
    let value = certlogic::evaluate(&expr, &assertion["data"]).unwrap();
    assert_eq!(value, assertion["expected"], "{} on {}", logic, assertion["data"]);
}

macro_rules! assertions {
    ($($test:ident: $suite:literal, $case:literal, $assertion:literal;)+) => {
        $(#[test] fn $test() { check($suite, $case, $assertion); })+

        #[test]
        fn every_published_assertion_has_its_line() {
            let listed = [$($suite,)+];
            let published: usize = listed
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .map(|name| {
                    let suite = suite(name);
                    let cases = suite["cases"].as_array().unwrap();
                    cases.iter().map(|case| case["assertions"].as_array().unwrap().len()).sum::<usize>()
                })
                .sum();
            assert_eq!(listed.len(), published);
            assert_eq!(published, 232);
        }
    };
}

assertions! {
    jsonlogic_testsuite_0_0: "JsonLogic-testSuite", 0, 0;
    jsonlogic_testsuite_0_1: "JsonLogic-testSuite", 0, 1;
    jsonlogic_testsuite_0_2: "JsonLogic-testSuite", 0, 2;
    jsonlogic_testsuite_0_3: "JsonLogic-testSuite", 0, 3;
    jsonlogic_testsuite_0_4: "JsonLogic-testSuite", 0, 4;
    jsonlogic_testsuite_1_0: "JsonLogic-testSuite", 1, 0;
    jsonlogic_testsuite_1_1: "JsonLogic-testSuite", 1, 1;
    jsonlogic_testsuite_1_2: "JsonLogic-testSuite", 1, 2;
    jsonlogic_testsuite_1_3: "JsonLogic-testSuite", 1, 3;
    jsonlogic_testsuite_1_4: "JsonLogic-testSuite", 1, 4;
    jsonlogic_testsuite_1_5: "JsonLogic-testSuite", 1, 5;
    jsonlogic_testsuite_1_6: "JsonLogic-testSuite", 1, 6;
    jsonlogic_testsuite_1_7: "JsonLogic-testSuite", 1, 7;
    jsonlogic_testsuite_1_8: "JsonLogic-testSuite", 1, 8;
    jsonlogic_testsuite_1_9: "JsonLogic-testSuite", 1, 9;
    jsonlogic_testsuite_1_10: "JsonLogic-testSuite", 1, 10;
    jsonlogic_testsuite_1_11: "JsonLogic-testSuite", 1, 11;
    jsonlogic_testsuite_1_12: "JsonLogic-testSuite", 1, 12;
    jsonlogic_testsuite_1_13: "JsonLogic-testSuite", 1, 13;
    jsonlogic_testsuite_1_14: "JsonLogic-testSuite", 1, 14;
    jsonlogic_testsuite_1_15: "JsonLogic-testSuite", 1, 15;
    jsonlogic_testsuite_1_16: "JsonLogic-testSuite", 1, 16;
    jsonlogic_testsuite_1_17: "JsonLogic-testSuite", 1, 17;
    jsonlogic_testsuite_1_18: "JsonLogic-testSuite", 1, 18;
    jsonlogic_testsuite_1_19: "JsonLogic-testSuite", 1, 19;
    jsonlogic_testsuite_1_20: "JsonLogic-testSuite", 1, 20;
    jsonlogic_testsuite_1_21: "JsonLogic-testSuite", 1, 21;
    jsonlogic_testsuite_1_22: "JsonLogic-testSuite", 1, 22;
    jsonlogic_testsuite_1_23: "JsonLogic-testSuite", 1, 23;
    jsonlogic_testsuite_1_24: "JsonLogic-testSuite", 1, 24;
    jsonlogic_testsuite_1_25: "JsonLogic-testSuite", 1, 25;
    jsonlogic_testsuite_1_26: "JsonLogic-testSuite", 1, 26;
    jsonlogic_testsuite_1_27: "JsonLogic-testSuite", 1, 27;
    jsonlogic_testsuite_1_28: "JsonLogic-testSuite", 1, 28;
    jsonlogic_testsuite_1_29: "JsonLogic-testSuite", 1, 29;
    jsonlogic_testsuite_1_30: "JsonLogic-testSuite", 1, 30;
    jsonlogic_testsuite_1_31: "JsonLogic-testSuite", 1, 31;
    jsonlogic_testsuite_1_32: "JsonLogic-testSuite", 1, 32;
    jsonlogic_testsuite_1_33: "JsonLogic-testSuite", 1, 33;
    jsonlogic_testsuite_2_0: "JsonLogic-testSuite", 2, 0;
    jsonlogic_testsuite_2_1: "JsonLogic-testSuite", 2, 1;
    jsonlogic_testsuite_3_0: "JsonLogic-testSuite", 3, 0;
    jsonlogic_testsuite_3_1: "JsonLogic-testSuite", 3, 1;
    jsonlogic_testsuite_3_2: "JsonLogic-testSuite", 3, 2;
    jsonlogic_testsuite_4_0: "JsonLogic-testSuite", 4, 0;
    jsonlogic_testsuite_4_1: "JsonLogic-testSuite", 4, 1;
    jsonlogic_testsuite_4_2: "JsonLogic-testSuite", 4, 2;
    jsonlogic_testsuite_5_0: "JsonLogic-testSuite", 5, 0;
    jsonlogic_testsuite_6_0: "JsonLogic-testSuite", 6, 0;
    jsonlogic_testsuite_6_1: "JsonLogic-testSuite", 6, 1;
    jsonlogic_testsuite_6_2: "JsonLogic-testSuite", 6, 2;
    jsonlogic_testsuite_7_0: "JsonLogic-testSuite", 7, 0;
    jsonlogic_testsuite_7_1: "JsonLogic-testSuite", 7, 1;
    jsonlogic_testsuite_7_2: "JsonLogic-testSuite", 7, 2;
    jsonlogic_testsuite_7_3: "JsonLogic-testSuite", 7, 3;
    jsonlogic_testsuite_7_4: "JsonLogic-testSuite", 7, 4;
    jsonlogic_testsuite_7_5: "JsonLogic-testSuite", 7, 5;
    jsonlogic_testsuite_7_6: "JsonLogic-testSuite", 7, 6;
    jsonlogic_testsuite_7_7: "JsonLogic-testSuite", 7, 7;
    jsonlogic_testsuite_8_0: "JsonLogic-testSuite", 8, 0;
    jsonlogic_testsuite_8_1: "JsonLogic-testSuite", 8, 1;
    jsonlogic_testsuite_9_0: "JsonLogic-testSuite", 9, 0;
    jsonlogic_testsuite_9_1: "JsonLogic-testSuite", 9, 1;
    jsonlogic_testsuite_10_0: "JsonLogic-testSuite", 10, 0;
    jsonlogic_testsuite_10_1: "JsonLogic-testSuite", 10, 1;
    jsonlogic_testsuite_10_2: "JsonLogic-testSuite", 10, 2;
    jsonlogic_testsuite_11_0: "JsonLogic-testSuite", 11, 0;
    jsonlogic_testsuite_11_1: "JsonLogic-testSuite", 11, 1;
    jsonlogic_testsuite_11_2: "JsonLogic-testSuite", 11, 2;
    jsonlogic_testsuite_11_3: "JsonLogic-testSuite", 11, 3;
    jsonlogic_testsuite_11_4: "JsonLogic-testSuite", 11, 4;
    jsonlogic_testsuite_11_5: "JsonLogic-testSuite", 11, 5;
    jsonlogic_testsuite_11_6: "JsonLogic-testSuite", 11, 6;
    jsonlogic_testsuite_11_7: "JsonLogic-testSuite", 11, 7;
    jsonlogic_testsuite_11_8: "JsonLogic-testSuite", 11, 8;
    jsonlogic_testsuite_11_9: "JsonLogic-testSuite", 11, 9;
    jsonlogic_testsuite_11_10: "JsonLogic-testSuite", 11, 10;
    jsonlogic_testsuite_11_11: "JsonLogic-testSuite", 11, 11;
    jsonlogic_testsuite_12_0: "JsonLogic-testSuite", 12, 0;
    jsonlogic_testsuite_12_1: "JsonLogic-testSuite", 12, 1;
    jsonlogic_testsuite_12_2: "JsonLogic-testSuite", 12, 2;
    and_0_0: "and", 0, 0;
    and_0_1: "and", 0, 1;
    and_0_2: "and", 0, 2;
    and_1_0: "and", 1, 0;
    and_1_1: "and", 1, 1;
    and_1_2: "and", 1, 2;
    and_2_0: "and", 2, 0;
    and_3_0: "and", 3, 0;
    and_3_1: "and", 3, 1;
    comparison_0_0: "comparison", 0, 0;
    comparison_0_1: "comparison", 0, 1;
    comparison_0_2: "comparison", 0, 2;
    comparison_0_3: "comparison", 0, 3;
    comparison_1_0: "comparison", 1, 0;
    comparison_1_1: "comparison", 1, 1;
    comparison_1_2: "comparison", 1, 2;
    comparison_1_3: "comparison", 1, 3;
    comparison_1_4: "comparison", 1, 4;
    comparison_1_5: "comparison", 1, 5;
    date_times_0_0: "date-times", 0, 0;
    date_times_0_1: "date-times", 0, 1;
    date_times_0_2: "date-times", 0, 2;
    date_times_1_0: "date-times", 1, 0;
    date_times_1_1: "date-times", 1, 1;
    date_times_1_2: "date-times", 1, 2;
    date_times_1_3: "date-times", 1, 3;
    date_times_1_4: "date-times", 1, 4;
    date_times_1_5: "date-times", 1, 5;
    date_times_2_0: "date-times", 2, 0;
    date_times_2_1: "date-times", 2, 1;
    date_times_2_2: "date-times", 2, 2;
    detect_missing_values_0_0: "detect-missing-values", 0, 0;
    detect_missing_values_0_1: "detect-missing-values", 0, 1;
    detect_missing_values_0_2: "detect-missing-values", 0, 2;
    detect_missing_values_0_3: "detect-missing-values", 0, 3;
    detect_missing_values_0_4: "detect-missing-values", 0, 4;
    detect_missing_values_1_0: "detect-missing-values", 1, 0;
    detect_missing_values_1_1: "detect-missing-values", 1, 1;
    detect_missing_values_1_2: "detect-missing-values", 1, 2;
    detect_missing_values_1_3: "detect-missing-values", 1, 3;
    detect_missing_values_1_4: "detect-missing-values", 1, 4;
    equality_0_0: "equality", 0, 0;
    equality_0_1: "equality", 0, 1;
    extractfromucvi_0_0: "extractFromUCVI", 0, 0;
    extractfromucvi_0_1: "extractFromUCVI", 0, 1;
    extractfromucvi_0_2: "extractFromUCVI", 0, 2;
    extractfromucvi_1_0: "extractFromUCVI", 1, 0;
    extractfromucvi_1_1: "extractFromUCVI", 1, 1;
    extractfromucvi_1_2: "extractFromUCVI", 1, 2;
    extractfromucvi_2_0: "extractFromUCVI", 2, 0;
    extractfromucvi_2_1: "extractFromUCVI", 2, 1;
    extractfromucvi_2_2: "extractFromUCVI", 2, 2;
    extractfromucvi_2_3: "extractFromUCVI", 2, 3;
    extractfromucvi_2_4: "extractFromUCVI", 2, 4;
    extractfromucvi_2_5: "extractFromUCVI", 2, 5;
    extractfromucvi_3_0: "extractFromUCVI", 3, 0;
    extractfromucvi_3_1: "extractFromUCVI", 3, 1;
    extractfromucvi_3_2: "extractFromUCVI", 3, 2;
    extractfromucvi_4_0: "extractFromUCVI", 4, 0;
    extractfromucvi_4_1: "extractFromUCVI", 4, 1;
    extractfromucvi_4_2: "extractFromUCVI", 4, 2;
    extractfromucvi_4_3: "extractFromUCVI", 4, 3;
    extractfromucvi_4_4: "extractFromUCVI", 4, 4;
    extractfromucvi_4_5: "extractFromUCVI", 4, 5;
    extractfromucvi_5_0: "extractFromUCVI", 5, 0;
    extractfromucvi_5_1: "extractFromUCVI", 5, 1;
    extractfromucvi_5_2: "extractFromUCVI", 5, 2;
    extractfromucvi_5_3: "extractFromUCVI", 5, 3;
    extractfromucvi_5_4: "extractFromUCVI", 5, 4;
    extractfromucvi_5_5: "extractFromUCVI", 5, 5;
    extractfromucvi_6_0: "extractFromUCVI", 6, 0;
    extractfromucvi_6_1: "extractFromUCVI", 6, 1;
    if_0_0: "if", 0, 0;
    if_0_1: "if", 0, 1;
    if_0_2: "if", 0, 2;
    if_0_3: "if", 0, 3;
    if_0_4: "if", 0, 4;
    in_0_0: "in", 0, 0;
    in_0_1: "in", 0, 1;
    in_0_2: "in", 0, 2;
    in_0_3: "in", 0, 3;
    in_1_0: "in", 1, 0;
    in_1_1: "in", 1, 1;
    in_1_2: "in", 1, 2;
    ins_with_nulls_0_0: "ins-with-nulls", 0, 0;
    ins_with_nulls_0_1: "ins-with-nulls", 0, 1;
    ins_with_nulls_0_2: "ins-with-nulls", 0, 2;
    ins_with_nulls_0_3: "ins-with-nulls", 0, 3;
    ins_with_nulls_0_4: "ins-with-nulls", 0, 4;
    ins_with_nulls_0_5: "ins-with-nulls", 0, 5;
    ins_with_nulls_1_0: "ins-with-nulls", 1, 0;
    ins_with_nulls_2_0: "ins-with-nulls", 2, 0;
    ins_with_nulls_2_1: "ins-with-nulls", 2, 1;
    patched_reduce_0_0: "patched-reduce", 0, 0;
    patched_reduce_0_1: "patched-reduce", 0, 1;
    patched_reduce_0_2: "patched-reduce", 0, 2;
    patched_reduce_0_3: "patched-reduce", 0, 3;
    patched_reduce_0_4: "patched-reduce", 0, 4;
    patched_reduce_0_5: "patched-reduce", 0, 5;
    patched_reduce_0_6: "patched-reduce", 0, 6;
    patched_reduce_0_7: "patched-reduce", 0, 7;
    patched_reduce_0_8: "patched-reduce", 0, 8;
    patched_reduce_0_9: "patched-reduce", 0, 9;
    recognising_minors_with_dcc_dob_0_0: "recognising-minors-with-DCC-DOB", 0, 0;
    recognising_minors_with_dcc_dob_0_1: "recognising-minors-with-DCC-DOB", 0, 1;
    recognising_minors_with_dcc_dob_0_2: "recognising-minors-with-DCC-DOB", 0, 2;
    recognising_minors_with_dcc_dob_1_0: "recognising-minors-with-DCC-DOB", 1, 0;
    recognising_minors_with_dcc_dob_1_1: "recognising-minors-with-DCC-DOB", 1, 1;
    recognising_minors_with_dcc_dob_1_2: "recognising-minors-with-DCC-DOB", 1, 2;
    recognising_minors_with_dcc_dob_1_3: "recognising-minors-with-DCC-DOB", 1, 3;
    recognising_minors_with_dcc_dob_2_0: "recognising-minors-with-DCC-DOB", 2, 0;
    recognising_minors_with_dcc_dob_2_1: "recognising-minors-with-DCC-DOB", 2, 1;
    recognising_minors_with_dcc_dob_2_2: "recognising-minors-with-DCC-DOB", 2, 2;
    recognising_minors_with_dcc_dob_2_3: "recognising-minors-with-DCC-DOB", 2, 3;
    recognising_minors_with_dcc_dob_3_0: "recognising-minors-with-DCC-DOB", 3, 0;
    recognising_minors_with_dcc_dob_4_0: "recognising-minors-with-DCC-DOB", 4, 0;
    recognising_minors_with_dcc_dob_4_1: "recognising-minors-with-DCC-DOB", 4, 1;
    recognising_minors_with_dcc_dob_4_2: "recognising-minors-with-DCC-DOB", 4, 2;
    recognising_minors_with_plustime_0_0: "recognising-minors-with-plusTime", 0, 0;
    recognising_minors_with_plustime_0_1: "recognising-minors-with-plusTime", 0, 1;
    recognising_minors_with_plustime_0_2: "recognising-minors-with-plusTime", 0, 2;
    recognising_minors_with_plustime_1_0: "recognising-minors-with-plusTime", 1, 0;
    recognising_minors_with_plustime_1_1: "recognising-minors-with-plusTime", 1, 1;
    recognising_minors_with_plustime_1_2: "recognising-minors-with-plusTime", 1, 2;
    recognising_minors_with_plustime_1_3: "recognising-minors-with-plusTime", 1, 3;
    recognising_minors_with_plustime_2_0: "recognising-minors-with-plusTime", 2, 0;
    recognising_minors_with_plustime_2_1: "recognising-minors-with-plusTime", 2, 1;
    recognising_minors_with_plustime_2_2: "recognising-minors-with-plusTime", 2, 2;
    recognising_minors_with_plustime_2_3: "recognising-minors-with-plusTime", 2, 3;
    recognising_minors_with_plustime_3_0: "recognising-minors-with-plusTime", 3, 0;
    recognising_minors_with_plustime_4_0: "recognising-minors-with-plusTime", 4, 0;
    recognising_minors_with_plustime_4_1: "recognising-minors-with-plusTime", 4, 1;
    recognising_minors_with_plustime_4_2: "recognising-minors-with-plusTime", 4, 2;
    var_0_0: "var", 0, 0;
    var_1_0: "var", 1, 0;
    var_2_0: "var", 2, 0;
    var_3_0: "var", 3, 0;
    var_4_0: "var", 4, 0;
    var_5_0: "var", 5, 0;
    var_6_0: "var", 6, 0;
    var_7_0: "var", 7, 0;
    var_8_0: "var", 8, 0;
    var_9_0: "var", 9, 0;
    var_9_1: "var", 9, 1;
    var_9_2: "var", 9, 2;
    var_9_3: "var", 9, 3;
    var_10_0: "var", 10, 0;
    var_10_1: "var", 10, 1;
    var_10_2: "var", 10, 2;
    var_10_3: "var", 10, 3;
    var_10_4: "var", 10, 4;
}
