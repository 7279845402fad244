//! The numbers on qualifications. Real numbers are those that standards or public notices print.

use chrono::NaiveDate;
use proptest::prelude::*;
use zizhi_model::check::{CheckCode, Outcome};
use zizhi_model::ids::elicence::ELicenceError;
use zizhi_model::ids::high_tech::HighTechError;
use zizhi_model::ids::patent::PatentError;
use zizhi_model::ids::software_copyright::SoftwareCopyrightError;
use zizhi_model::ids::tech_contract::TechContractError;
use zizhi_model::ids::tech_sme::TechSmeError;
use zizhi_model::ids::{
    ELicenceId, HighTechNumber, PatentKind, PatentNumber, SoftwareCopyright, TechContractNumber,
    TechSmeNumber, check_number, check_uscc,
};

#[test]
fn patent_numbers_of_both_forms_hold() {
    for (text, shown, kind, year) in [
        ("201710601862.3", "201710601862.3", PatentKind::Invention, 2017),
        ("ZL95115608.X", "ZL95115608.X", PatentKind::Invention, 1995),
        ("ZL202419900001.2", "ZL202419900001.2", PatentKind::Invention, 2024),
        ("ZL202429900002.2", "ZL202429900002.2", PatentKind::UtilityModel, 2024),
        ("ZL202519900003.6", "ZL202519900003.6", PatentKind::Invention, 2025),
        ("ZL202339900004.2", "ZL202339900004.2", PatentKind::Design, 2023),
        ("zl 2024 1 9900001.2", "ZL202419900001.2", PatentKind::Invention, 2024),
        ("ＺＬ２０２４１９９００００１．２", "ZL202419900001.2", PatentKind::Invention, 2024),
        ("2017106018623", "201710601862.3", PatentKind::Invention, 2017),
        ("CN201710601862.3", "201710601862.3", PatentKind::Invention, 2017),
        ("zl95115608x", "ZL95115608.X", PatentKind::Invention, 1995),
    ] {
        let patent = PatentNumber::parse(text).unwrap();
        assert_eq!(
            (patent.to_string().as_str(), patent.kind(), patent.year()),
            (shown, kind, year),
            "{text}"
        );
        assert_eq!(patent.is_granted(), shown.starts_with("ZL"));
    }
}

#[test]
fn pct_applications_are_inventions_or_utility_models() {
    let number = |body: &str| {
        (b'0'..=b'9')
            .chain([b'X'])
            .find_map(|c| PatentNumber::parse(&format!("{body}.{}", char::from(c))).ok())
    };
    let (invention, model) = (number("202480000001").unwrap(), number("202490000001").unwrap());
    assert!(invention.is_pct() && invention.kind() == PatentKind::Invention);
    assert!(model.is_pct() && model.kind() == PatentKind::UtilityModel);
    assert!(!number("202410000001").unwrap().is_pct());
}

#[test]
fn wrong_patent_numbers_say_what_is_wrong() {
    for (text, error) in [
        ("ZL201710601862.4", PatentError::Check { expected: '3' }),
        ("ZL95115608.1", PatentError::Check { expected: 'X' }),
        ("201710601862", PatentError::CheckMissing),
        ("201710601862.", PatentError::CheckMissing),
        ("95115608", PatentError::CheckMissing),
        ("201740601862.3", PatentError::Kind),
        ("199910601862.3", PatentError::Year),
        ("50115608.X", PatentError::Year),
        ("", PatentError::Form),
        ("ZL", PatentError::Form),
        ("ZL20171060186.3", PatentError::Form),
        ("201710601862.33", PatentError::Form),
        ("201710601862.A", PatentError::Form),
        ("2017106O1862.3", PatentError::Form),
        ("201710601862。3", PatentError::Form),
        ("...", PatentError::Form),
    ] {
        assert_eq!(PatentNumber::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn a_design_entered_as_an_invention_is_noticed() {
    let found = |stated| check_number("patent", "ZL202339900004.2", stated);
    assert_eq!(found(Some("发明")), [(CheckCode::FmtPat, Outcome::Warning, "kind_differs")]);
    assert_eq!(found(Some("发明专利")), [(CheckCode::FmtPat, Outcome::Warning, "kind_differs")]);
    assert_eq!(found(Some("invention")), [(CheckCode::FmtPat, Outcome::Warning, "kind_differs")]);
    assert_eq!(found(Some("外观设计")), [(CheckCode::FmtPat, Outcome::Pass, "well_formed")]);
    assert_eq!(found(Some("植物新品种")), [(CheckCode::FmtPat, Outcome::Pass, "well_formed")], "not a kind");
    assert_eq!(found(None), [(CheckCode::FmtPat, Outcome::Pass, "well_formed")]);
}

#[test]
fn high_tech_numbers() {
    for (text, year, province) in [
        ("GR202212000934", 2022, 12),
        ("GR202534990001", 2025, 34),
        ("GR202432990002", 2024, 32),
        (" gr 2025 34 990001 ", 2025, 34),
    ] {
        let number = HighTechNumber::parse(text).unwrap();
        assert_eq!((number.year(), number.province()), (year, province));
    }
    assert_eq!(HighTechNumber::parse("gr202534990001").unwrap().to_string(), "GR202534990001");
    for (text, error) in [
        ("202534990001", HighTechError::Form),
        ("GR20253499001", HighTechError::Form),
        ("GR2025349900011", HighTechError::Form),
        ("GR20253499000X", HighTechError::Form),
        ("GR200734990001", HighTechError::Year),
        ("GR202509990001", HighTechError::Province),
        ("GR+02534990001", HighTechError::Form),
    ] {
        assert_eq!(HighTechNumber::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn tech_sme_numbers_end_with_their_year() {
    for (text, region) in
        [("202634010408990001", "340104"), ("202632050508990002", "320505"), ("202032050508001234", "320505")]
    {
        let number = TechSmeNumber::parse(text).unwrap();
        assert_eq!(number.region().unwrap().as_str(), region);
        assert_eq!(number.established_in_year(), Some(false));
    }
    let number = TechSmeNumber::parse("2026340104a8990001").unwrap();
    assert_eq!(number.established_in_year(), Some(true));
    assert_eq!(number.valid_until(), NaiveDate::from_ymd_opt(2026, 12, 31));
    for (text, error) in [
        ("20263401040899000", TechSmeError::Form),
        ("2026340104089900011", TechSmeError::Form),
        ("2026340104-8990001", TechSmeError::Form),
        ("20263401O408990001", TechSmeError::Form),
        ("201634010408990001", TechSmeError::Year),
        ("科技型中小企业", TechSmeError::Form),
    ] {
        assert_eq!(TechSmeNumber::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn technology_contracts_of_both_lengths() {
    let new = TechContractNumber::parse("2026340104990001").unwrap();
    assert_eq!((new.year(), new.region().unwrap().as_str()), (2026, "340100"));
    let old = TechContractNumber::parse("18310004990001").unwrap();
    assert_eq!((old.year(), old.region().unwrap().as_str()), (2018, "310000"), "3100 is Shanghai");
    for text in ["", "202634010499000", "2026340104990001A", "20263401049900010"] {
        assert_eq!(TechContractNumber::parse(text), Err(TechContractError::Form), "{text:?}");
    }
}

#[test]
fn software_copyrights_by_either_number() {
    for text in ["2025SR9900001", "软著登字第19900001号", "2009SR012345", "软著登字第0123456号"] {
        assert_eq!(SoftwareCopyright::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(SoftwareCopyright::parse("2025sr 9900001").unwrap().to_string(), "2025SR9900001");
    for (text, error) in [
        ("2025SR99000", SoftwareCopyrightError::Form),
        ("2025SR990000123", SoftwareCopyrightError::Form),
        ("25SR9900001", SoftwareCopyrightError::Form),
        ("1985SR9900001", SoftwareCopyrightError::Year),
        ("软著登字第号", SoftwareCopyrightError::Form),
        ("软著登字第19900001", SoftwareCopyrightError::Form),
        ("软著登字第99999999999999999999号", SoftwareCopyrightError::Form),
        ("", SoftwareCopyrightError::Form),
    ] {
        assert_eq!(SoftwareCopyright::parse(text), Err(error), "{text:?}");
    }
}

/// Identifiers that public documents print.
const REAL_ELICENCES: [&str; 3] = [
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S",
    "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
];

#[test]
fn electronic_licences_in_use_hold() {
    for text in REAL_ELICENCES {
        let id = ELicenceId::parse(text).unwrap();
        assert_eq!(id.to_string(), text);
        assert!(id.issuer().is_some(), "the issuer's own code holds");
    }
}

#[test]
fn broken_electronic_licence_identifiers_say_where() {
    for (text, error) in [
        (
            "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.1",
            ELicenceError::Check { expected: '0' },
        ),
        ("1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002", ELicenceError::Form),
        ("1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0.1", ELicenceError::Form),
        ("1.2.156.3005.3.11100000000013338W009.11330105002500287C.2025052201.002.0", ELicenceError::Form),
        ("1.2.156.3005.2.11100000000013338W.11330105002500287C.2025052201.002.0", ELicenceError::Type),
        ("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", ELicenceError::Issuer),
        ("1.2.156.3005.2.11100000000013338W009.11330105002500287C..002.0", ELicenceError::Serial),
        ("1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.02.0", ELicenceError::Serial),
        ("", ELicenceError::Form),
    ] {
        assert_eq!(ELicenceId::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn each_type_has_its_severity() {
    use CheckCode::{FmtEcert, FmtGr, FmtPat, FmtSoft, FmtTcon, FmtTsme};
    for (type_id, good, code, when_bad) in [
        ("patent", "ZL202419900001.2", FmtPat, Outcome::Fail),
        ("high-tech-enterprise", "GR202534990001", FmtGr, Outcome::Fail),
        ("tech-sme", "202634010408990001", FmtTsme, Outcome::Warning),
        ("tech-contract-registration", "2026340104990001", FmtTcon, Outcome::Warning),
        ("software-copyright", "2025SR9900001", FmtSoft, Outcome::Warning),
        ("e-licence", REAL_ELICENCES[0], FmtEcert, Outcome::Warning),
    ] {
        assert_eq!(check_number(type_id, good, None), [(code, Outcome::Pass, "well_formed")]);
        assert_eq!(check_number(type_id, "？", None), [(code, when_bad, "number_form")]);
    }
    assert!(check_number("business-licence", "？", None).is_empty());
    assert!(check_number("", "", None).is_empty());
}

#[test]
fn a_credit_code_fails_by_its_outer_and_warns_by_its_inner_check() {
    use CheckCode::{FmtOrg, FmtUscc};
    assert_eq!(check_uscc("91340100DEM000014D"), [(FmtUscc, Outcome::Pass, "well_formed")]);
    assert_eq!(check_uscc("91350100M000100Y4Z"), [(FmtUscc, Outcome::Fail, "uscc_character")]);
    assert_eq!(check_uscc("91350100M000100Y44"), [(FmtUscc, Outcome::Fail, "check_character")]);
    assert_eq!(
        check_uscc("91340100DEM000015G"),
        [(FmtUscc, Outcome::Pass, "well_formed"), (FmtOrg, Outcome::Warning, "inner_check_character")]
    );
}

proptest! {
    #[test]
    fn no_text_makes_a_check_panic(number in "\\PC{0,40}", bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let junk = String::from_utf8_lossy(&bytes);
        for type_id in ["patent", "high-tech-enterprise", "tech-sme", "tech-contract-registration", "software-copyright", "e-licence"] {
            prop_assert_eq!(check_number(type_id, &number, Some(&junk)).len(), 1);
            prop_assert_eq!(check_number(type_id, &junk, Some(&number)).len(), 1);
        }
        prop_assert!(!check_uscc(&junk).is_empty());
    }

    #[test]
    fn one_changed_character_of_an_electronic_licence_is_found(at in 15_usize..80, to in "[0-9A-Z]") {
        for text in REAL_ELICENCES {
            let mut changed = text.to_owned();
            if at < text.len() && text.as_bytes()[at] != b'.' {
                changed.replace_range(at..=at, &to);
            }
            prop_assert_eq!(ELicenceId::parse(&changed).is_ok(), changed == text, "{}", changed);
        }
    }

    #[test]
    fn one_changed_digit_of_a_patent_is_found(at in 5_usize..12, to in 0_u8..10) {
        let mut changed = "202419900001".to_owned();
        changed.replace_range(at..=at, &to.to_string());
        let same = changed == "202419900001";
        prop_assert_eq!(PatentNumber::parse(&format!("ZL{changed}.2")).is_ok(), same);
    }
}
