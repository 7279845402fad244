//! Strict JSON: what is ambiguous under a signature is refused (formats.md §0).
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise")]

use std::fmt::Write as _;
use std::time::Instant;

use proptest::prelude::*;
use zizhi_model::json::{self, Json, JsonError, Profile};

const DEPTH: usize = 32;

fn refusal(text: &str) -> JsonError {
    json::strict(text.as_bytes(), DEPTH).unwrap_err()
}

fn foreign(text: &str) -> Json<'_> {
    json::read(text.as_bytes(), DEPTH, Profile::Foreign).unwrap()
}

fn duplicate(key: &str) -> JsonError {
    JsonError::DuplicateKey(key.to_owned())
}

#[test]
fn refuses_a_key_that_occurs_twice() {
    assert_eq!(refusal(r#"{"a":1,"a":1}"#), duplicate("a"));
    assert_eq!(refusal(r#"{"x":[{"b":{"a":1,"c":2,"a":3}}]}"#), duplicate("a"));
    assert_eq!(refusal(r#"{"":1,"":2}"#), duplicate(""));
}

#[test]
fn refuses_keys_that_are_equal_once_their_escapes_are_read() {
    assert_eq!(refusal(r#"{"a":1,"\u0061":2}"#), duplicate("a"));
    assert_eq!(refusal(r#"{"\u0061":1,"a":2}"#), duplicate("a"));
    assert_eq!(refusal(r#"{"\u0061":1,"\u0061":2}"#), duplicate("a"));
    assert_eq!(refusal(r#"{"a/b":1,"a\/b":2}"#), duplicate("a/b"));
    assert_eq!(refusal(r#"{"名称":1,"\u540d\u79f0":2}"#), duplicate("名称"));
    assert_eq!(refusal(r#"{"😀":1,"\ud83d\ude00":2}"#), duplicate("😀"));
}

#[test]
fn refuses_duplicates_in_objects_of_any_size() {
    for size in [1_usize, 2, 23, 24, 25, 26, 100, 1_000] {
        for repeated in [0, size / 2, size - 1] {
            let mut text = String::from("{");
            for index in 0..size {
                let _ = write!(text, "\"k{index}\":{index},");
            }
            let whole = format!("{}}}", text.trim_end_matches(','));
            assert!(json::strict(whole.as_bytes(), DEPTH).is_ok());
            let _ = write!(text, "\"\\u006b{repeated}\":0}}");
            assert_eq!(refusal(&text), duplicate(&format!("k{repeated}")), "{size} {repeated}");
        }
    }
}

#[test]
fn the_same_key_may_stand_in_different_objects() {
    assert!(json::strict(br#"{"a":{"a":[{"a":1},{"a":2}]},"A":1,"a ":2}"#, DEPTH).is_ok());
}

#[test]
fn refuses_numbers_that_two_programs_could_read_differently() {
    for text in [
        "1.0",
        "0.1",
        "1e2",
        "1E2",
        "1e-2",
        "-0",
        "-0.0",
        "0e0",
        "1e400",
        "-1e400",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "[1,2,3.5]",
        r#"{"a":1e0}"#,
        "123456789012345678901234567890",
    ] {
        assert_eq!(refusal(text), JsonError::Float, "{text}");
    }
}

#[test]
fn keeps_whole_numbers_exactly() {
    for number in
        [0, 1, -1, 9_007_199_254_740_991, 9_007_199_254_740_993, -9_007_199_254_740_993, i64::MAX, i64::MIN]
    {
        assert_eq!(json::strict(number.to_string().as_bytes(), DEPTH), Ok(Json::Int(number)));
    }
}

#[test]
fn refuses_what_is_not_a_number_at_all() {
    for text in ["01", "+1", "1.", ".5", "0x10", "NaN", "Infinity", "-", "1_000", "-01"] {
        assert!(matches!(refusal(text), JsonError::Syntax(_)), "{text}");
    }
}

#[test]
fn refuses_text_that_is_not_composed() {
    // é as e and a combining accent; the ohm sign, whose composed form is omega; Hangul in parts.
    for text in
        ["e\u{301}", "\u{2126}", "\u{1112}\u{1161}\u{11ab}", "\u{f900}", "a\u{323}\u{307}b\u{307}\u{323}"]
    {
        assert_eq!(refusal(&format!("\"{text}\"")), JsonError::NotNfc, "value {text:?}");
        assert_eq!(refusal(&format!("{{\"{text}\":1}}")), JsonError::NotNfc, "key {text:?}");
    }
    assert_eq!(refusal(r#""e\u0301""#), JsonError::NotNfc, "an escape does not hide it");
    assert_eq!(refusal(r#"{"\u212b":1}"#), JsonError::NotNfc);
    for text in ["é", "合肥市【演示】", "ＺＬ２０２４", "🏭", "\u{301}", "x\u{323}\u{301}"] {
        assert!(json::strict(format!("\"{text}\"").as_bytes(), DEPTH).is_ok(), "{text:?} is composed");
    }
}

#[test]
fn other_peoples_json_may_hold_fractions_and_uncomposed_text_but_no_duplicates() {
    assert_eq!(foreign("1.5"), Json::Float(1.5));
    assert_eq!(foreign("18446744073709551615"), Json::Float(18_446_744_073_709_551_615.0));
    assert_eq!(foreign("\"e\u{301}\"").as_str(), Some("e\u{301}"));
    let read = |text: &'static str| json::read(text.as_bytes(), DEPTH, Profile::Foreign);
    assert_eq!(read(r#"{"a":1,"\u0061":2}"#), Err(duplicate("a")));
    assert_eq!(read("1e400"), Err(JsonError::Float));
    assert!(matches!(read("\"\\ud800\""), Err(JsonError::Syntax(_))));
}

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn depth_is_counted_exactly() {
    for depth in [1, 2, 31, 32, 64, 127] {
        let at = nested("[", "]", depth);
        let over = nested("[", "]", depth + 1);
        assert!(json::strict(at.as_bytes(), depth).is_ok(), "{depth} levels under a limit of {depth}");
        assert_eq!(json::strict(over.as_bytes(), depth), Err(JsonError::Depth(depth)));
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        assert!(json::strict(objects.as_bytes(), depth).is_ok());
        assert_eq!(json::strict(format!("[{objects}]").as_bytes(), depth), Err(JsonError::Depth(depth)));
    }
    assert_eq!(json::strict(b"[]", 0), Err(JsonError::Depth(0)));
    assert!(json::strict(b"1", 0).is_ok());
}

#[test]
fn a_limit_beyond_what_the_reader_can_take_is_lowered_and_said_so() {
    let text = nested("[", "]", 200);
    assert_eq!(json::strict(text.as_bytes(), 1_000), Err(JsonError::Depth(127)));
}

#[test]
fn a_million_brackets_end_at_the_limit() {
    for text in ["[".repeat(1_000_000), "{\"a\":".repeat(300_000)] {
        assert_eq!(json::strict(text.as_bytes(), DEPTH), Err(JsonError::Depth(DEPTH)));
    }
}

#[test]
fn refuses_bytes_after_the_end() {
    for text in ["1 1", "{} {}", "[]]", "null,", "\"a\"b", "{}\0", "1\u{feff}", "{}//", "true false"] {
        assert!(matches!(refusal(text), JsonError::Syntax(_)), "{text:?}");
    }
    assert!(json::strict(b" \t\r\n{ } \n", DEPTH).is_ok(), "white space is no content");
}

#[test]
fn refuses_what_is_not_json() {
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "tru",
        "nul",
        "\"",
        "\"\\x41\"",
        "\"\n\"",
        "\"\u{1}\"",
        "\u{feff}{}",
        "{\"a\"}",
        "{1:2}",
        "/* */ 1",
        "\"\\u12\"",
        "[,]",
        "undefined",
    ] {
        assert!(matches!(refusal(text), JsonError::Syntax(_)), "{text:?}");
    }
}

#[test]
fn refuses_bytes_that_are_not_utf_8() {
    for bytes in [
        &b"\"\xff\""[..],
        b"\"\xc0\x80\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xf5\x80\x80\x80\"",
        b"\"\xe5\x90\"",
        b"\xff\xfe{\0}\0",
    ] {
        assert!(matches!(json::strict(bytes, DEPTH), Err(JsonError::Syntax(_))), "{bytes:?}");
    }
}

#[test]
fn refuses_half_of_a_surrogate_pair() {
    for text in
        [r#""\ud800""#, r#""\udc00""#, r#""\ud800x""#, r#""\ud800\ud800""#, r#"{"\udfff":1}"#, r#""\ud800A""#]
    {
        assert!(matches!(refusal(text), JsonError::Syntax(_)), "{text}");
    }
}

#[test]
fn borrows_what_has_no_escapes() {
    let text = r#"{"plain":"合肥","escaped":"a\nb"}"#;
    let value = json::strict(text.as_bytes(), DEPTH).unwrap();
    let borrowed = |key: &str| matches!(value.get(key), Some(Json::Str(std::borrow::Cow::Borrowed(_))));
    assert!(borrowed("plain"));
    assert!(!borrowed("escaped"));
    assert_eq!(value.clone().into_owned(), value);
}

#[test]
fn members_keep_their_order_and_can_be_taken_out() {
    let value = json::strict(br#"{"z":1,"a":[true,null],"m":"x"}"#, DEPTH).unwrap();
    let Json::Object(mut object) = value else { panic!("an object") };
    assert_eq!(object.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["z", "a", "m"]);
    assert_eq!(object.get("a").and_then(Json::as_array).map(<[_]>::len), Some(2));
    assert_eq!(object.remove("z").as_ref().and_then(Json::as_i64), Some(1));
    assert!(object.remove("z").is_none() && object.contains("m"));
    assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"a":[true,null],"m":"x"}"#);
}

/// Nanoseconds per byte of the quickest of five readings.
fn cost(text: &str) -> f64 {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            let _ = std::hint::black_box(json::strict(text.as_bytes(), DEPTH));
            start.elapsed()
        })
        .min()
        .unwrap();
    best.as_nanos() as f64 / text.len() as f64
}

#[test]
fn reading_takes_time_in_proportion_to_the_length() {
    let keys = |count: usize| {
        let members: Vec<String> = (0..count).map(|index| format!("\"\\u006bey{index}\":{index}")).collect();
        format!("{{{}}}", members.join(","))
    };
    let numbers = |count: usize| format!("[{}]", vec!["1234567"; count].join(","));
    let accents = |count: usize| format!("\"x{}\"", "\u{323}\u{301}".repeat(count));
    let escapes = |count: usize| format!("\"{}\"", "\\u00e9\\n".repeat(count));
    let objects = |count: usize| format!("[{}]", vec!["{\"a\":{}}"; count].join(","));
    for (name, make) in [
        ("keys", &keys as &dyn Fn(usize) -> String),
        ("numbers", &numbers),
        ("accents", &accents),
        ("escapes", &escapes),
        ("objects", &objects),
    ] {
        let (small, large) = (cost(&make(4_000)), cost(&make(64_000)));
        // Sixteen times the text; a quadratic reader would need sixteen times as long per byte.
        assert!(large < small * 8.0, "{name}: {small:.1} ns a byte grew to {large:.1}");
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
        "[a-c\\\\\"\u{301}é]{0,4}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            prop::collection::hash_map("[a-c]{0,2}|\\PC{0,3}", inner, 0..8)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// What strict JSON accepts means the same to every reader.
fn agrees_with_serde(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(value) = json::strict(bytes, DEPTH) {
        let theirs: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        prop_assert_eq!(&value.to_value(), &theirs);
        let again = serde_json::to_vec(&value).unwrap();
        prop_assert_eq!(&serde_json::from_slice::<serde_json::Value>(&again).unwrap(), &theirs);
        prop_assert_eq!(json::strict(&again, DEPTH).unwrap(), value);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        agrees_with_serde(&bytes)?;
        let _ = json::read(&bytes, 3, Profile::Foreign);
    }

    #[test]
    fn no_near_json_panics(text in "[\\[\\]{},:\"\\\\u0-9a-f.eE+\\- \u{301}é]{0,60}") {
        agrees_with_serde(text.as_bytes())?;
        let _ = json::read(text.as_bytes(), 3, Profile::Foreign);
    }

    #[test]
    fn what_is_accepted_means_the_same_to_everyone(value in any_json()) {
        let text = serde_json::to_vec(&value).unwrap();
        agrees_with_serde(&text)?;
        prop_assert!(json::read(&text, DEPTH, Profile::Foreign).is_ok());
    }

    #[test]
    fn one_changed_byte_never_panics(value in any_json(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut text = serde_json::to_vec(&value).unwrap();
        let at = at.index(text.len());
        text[at] = to;
        agrees_with_serde(&text)?;
    }
}
