//! The quick way and the long way read the same.

use proptest::prelude::*;

use super::*;

const READING: Reading = Reading { max_depth: 4, profile: Profile::Strict };

/// What the long way makes of it.
fn long(bytes: &[u8]) -> Option<Member<'_>> {
    match <[Json<'_>; 3]>::try_from(READING.parts(bytes, rule::MEMBER_FORM).ok()?).ok()? {
        [Json::Str(salt), Json::Str(name), value] => Some((salt, name, value)),
        _ => None,
    }
}

fn agree(text: &str) {
    if let Some(quick) = READING.usual_member(text.as_bytes()) {
        assert_eq!(Some(quick), long(text.as_bytes()), "{text}");
    }
}

#[test]
fn takes_what_is_usual() {
    for text in [
        r#"["salt","name","value"]"#,
        r#"["salt", "name", "value"]"#,
        r#"["salt","name",true]"#,
        r#"["salt","name",[1,2]]"#,
        r#"["salt","name",{"a":[]}]"#,
        r#"["salt","name","企业"]"#,
    ] {
        assert!(READING.usual_member(text.as_bytes()).is_some(), "{text} is usual");
        agree(text);
    }
}

#[test]
fn leaves_everything_else_to_the_long_way() {
    for text in [
        r#"["salt","name"]"#,
        r#"["salt","name",1,2]"#,
        r#"["salt","name","a","b"]"#,
        r#"["salt","name",]"#,
        r#"["salt","name","a"b]"#,
        r#"["salt","na\u006de",1]"#,
        r#"["salt","名",1]"#,
        r#"["salt" ,"name",1]"#,
        r#" ["salt","name",1]"#,
        r#"["salt","name",1.5]"#,
        r#"["salt","name",[[[[1]]]]]"#,
        "[\"salt\",\"name\",\"e\u{301}\"]",
        "[\"sa\nlt\",\"name\",1]",
        r#"["salt","name","x"]]"#,
        r#"["salt","name""#,
        "[]",
        "",
    ] {
        assert_eq!(READING.usual_member(text.as_bytes()), None, "{text} is not usual");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_read_the_same(
        salt in r#""[a-z\\"é ]{0,4}"?"#, name in r#""[a-z_.\\n]{0,4}"?"#,
        value in r#"("[a-z\\"é ]{0,4}"|[0-9.]{1,3}|true|\[1,?\[?2\]?\]|\{"a":1,?("a":2)?\})"#,
        between in ", ?", end in r"\]?[\],1 ]?"
    ) {
        agree(&format!("[{salt}{between}{name}{between}{value}{end}"));
        agree(&format!("[{salt},{name},{value}]"));
    }
}
