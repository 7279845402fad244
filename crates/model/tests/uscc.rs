//! Unified social credit codes (GB 32100-2015).

use proptest::prelude::*;
use zizhi_model::uscc::{Uscc, UsccError};
use zizhi_model::{OrgId, org::OrgIdError};

/// Every invented organisation of the demonstration.
const DEMO: [&str; 11] = [
    "91340100DEM000014D",
    "91340100DEM0000228",
    "91310117DEM0000498",
    "91310117DEM000030B",
    "91320594DEM000057C",
    "91320594DEM0000657",
    "91330110DEM000073U",
    "91330421DEM0000814",
    "11330000DEM000102T",
    "12310000DEM00009XN",
    "91350100M000100Y43",
];

#[test]
fn demonstration_codes_pass_both_checks() {
    for code in DEMO {
        assert!(Uscc::parse(code).unwrap().inner_check_holds(), "{code}");
    }
}

#[test]
fn a_sum_divisible_by_31_gives_the_check_character_0() {
    let code = Uscc::parse("91310117MA1J100280").unwrap();
    assert_eq!(code.as_str(), "91310117MA1J100280");
}

#[test]
fn a_wrong_inner_check_is_still_a_code() {
    assert!(!Uscc::parse("91340100DEM000015G").unwrap().inner_check_holds());
}

#[test]
fn the_first_registrar_need_not_be_in_the_tables() {
    assert_eq!(Uscc::parse("91320594DEM000057C").unwrap().first_registrar(), "320594");
}

#[test]
fn wrong_codes_say_what_is_wrong() {
    for (text, error) in [
        ("91350100M000100Y44", UsccError::Check { expected: '3' }),
        ("91350100M000100Y4Z", UsccError::Character { position: 18 }),
        ("", UsccError::Length(0)),
        ("91350100M000100Y4", UsccError::Length(17)),
        ("91350100M000100Y433", UsccError::Length(19)),
        ("9135010OM000100Y43", UsccError::Character { position: 8 }),
        ("9135010AM000100Y43", UsccError::Region),
        ("91350100m000100y43", UsccError::Character { position: 9 }),
        (" 91350100M000100Y4", UsccError::Character { position: 1 }),
        ("９１３５０１００Ｍ０００１００Ｙ４３", UsccError::Character { position: 1 }),
        ("中中中中中中", UsccError::Length(6)),
    ] {
        assert_eq!(Uscc::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn typed_and_pasted_forms_are_read_leniently() {
    for text in [
        "91350100m000100y43",
        "  91350100M000100Y43\r\n",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "\u{3000}91350100M000100Y43",
    ] {
        assert_eq!(Uscc::parse_lenient(text), Uscc::parse("91350100M000100Y43"), "{text:?}");
    }
    assert!(Uscc::parse_lenient("9135 0100M000100Y43").is_err());
}

#[test]
fn organisations_are_named_by_urn() {
    let id = OrgId::parse("urn:uscc:91340100DEM000014D").unwrap();
    assert_eq!(id.to_string(), "urn:uscc:91340100DEM000014D");
    assert_eq!(serde_json::to_string(&id).unwrap(), "\"urn:uscc:91340100DEM000014D\"");
    assert_eq!(OrgId::parse("91340100DEM000014D"), Err(OrgIdError::Prefix));
    assert_eq!(OrgId::parse("URN:USCC:91340100DEM000014D"), Err(OrgIdError::Prefix));
    assert!(matches!(OrgId::parse("urn:uscc:91340100DEM000014E"), Err(OrgIdError::Uscc(_))));
}

proptest! {
    #[test]
    fn any_changed_character_is_found(code in 0..DEMO.len(), at in 0_usize..18, to in "[0-9A-HJ-NPQRTUWXY]") {
        let mut changed = DEMO[code].to_owned();
        changed.replace_range(at..=at, &to);
        prop_assert_eq!(Uscc::parse(&changed).is_ok(), changed == DEMO[code]);
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        prop_assert_eq!(Uscc::parse(&text).is_ok() && text.len() != 18, false);
        let _ = (Uscc::parse_lenient(&text), OrgId::parse(&text));
    }
}
