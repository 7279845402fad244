//! Amounts as people write them.

use proptest::prelude::*;
use zizhi_model::money::{Fen, MoneyError};

#[test]
fn amounts_are_read_exactly() {
    for (text, fen) in [
        ("28,800.00", 2_880_000),
        ("¥14,400.00", 1_440_000),
        ("￥14,400.00", 1_440_000),
        ("14400", 1_440_000),
        ("14400.5元", 1_440_050),
        ("120.00 万元", 120_000_000),
        ("1.44万元", 1_440_000),
        ("0.000001万元", 1),
        ("１２０．００万元", 120_000_000),
        ("0", 0),
        ("0.01", 1),
        ("1.000", 100),
        ("-5.20", -520),
        ("1,234,567.89", 123_456_789),
        (" 600.00万元 ", 600_000_000),
        ("92233720368547758.07", i64::MAX),
    ] {
        assert_eq!(Fen::parse(text), Ok(Fen(fen)), "{text:?}");
    }
}

#[test]
fn doubtful_amounts_are_refused() {
    for (text, error) in [
        ("", MoneyError::Form),
        ("元", MoneyError::Form),
        (".5", MoneyError::Form),
        ("5.", MoneyError::Form),
        ("1.2.3", MoneyError::Form),
        ("1e3", MoneyError::Form),
        ("--5", MoneyError::Form),
        ("1 000", MoneyError::Form),
        ("12万", MoneyError::Form),
        ("USD 5", MoneyError::Form),
        ("1.005", MoneyError::TooFine),
        ("0.0000001万元", MoneyError::TooFine),
        ("28,80.00", MoneyError::Grouping),
        (",800", MoneyError::Grouping),
        ("1234,567", MoneyError::Grouping),
        ("92233720368547758.08", MoneyError::TooLarge),
        ("99999999999999999999", MoneyError::TooLarge),
    ] {
        assert_eq!(Fen::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn amounts_are_shown_in_yuan_and_wan_yuan() {
    for (fen, yuan, wan) in [
        (1_440_000, "¥14,400.00", "1.44"),
        (2_880_000, "¥28,800.00", "2.88"),
        (8_560_000, "¥85,600.00", "8.56"),
        (120_000_000, "¥1,200,000.00", "120.00"),
        (1_234_567_890_000, "¥12,345,678,900.00", "1,234,567.89"),
        (0, "¥0.00", "0.00"),
        (5, "¥0.05", "0.00"),
        (5_000, "¥50.00", "0.01"),
        (4_999, "¥49.99", "0.00"),
        (-1_440_000, "-¥14,400.00", "-1.44"),
        (-5, "-¥0.05", "0.00"),
        (i64::MAX, "¥92,233,720,368,547,758.07", "9,223,372,036,854.78"),
        (i64::MIN, "-¥92,233,720,368,547,758.08", "-9,223,372,036,854.78"),
    ] {
        assert_eq!((Fen(fen).yuan().as_str(), Fen(fen).wan_yuan().as_str()), (yuan, wan));
    }
}

#[test]
fn capital_characters_follow_the_rules_for_bills() {
    for (fen, capitals) in [
        (1_440_000, "人民币壹万肆仟肆佰元整"),
        (2_880_000, "人民币贰万捌仟捌佰元整"),
        (0, "人民币零元整"),
        (1, "人民币壹分"),
        (10, "人民币壹角整"),
        (5_005, "人民币伍拾元零伍分"),
        (140_950, "人民币壹仟肆佰零玖元伍角整"),
        (600_714, "人民币陆仟零柒元壹角肆分"),
        (168_032, "人民币壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
        (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (32_504, "人民币叁佰贰拾伍元零肆分"),
        (1_000, "人民币壹拾元整"),
        (10_000_100, "人民币壹拾万零壹元整"),
        (1_000_000_000, "人民币壹仟万元整"),
        (10_000_000_000, "人民币壹亿元整"),
        (10_000_123_400, "人民币壹亿零壹仟贰佰叁拾肆元整"),
        (10_001_000_000, "人民币壹亿零壹万元整"),
        (12_000_030_000, "人民币壹亿贰仟万零叁佰元整"),
        (1_002_000_300, "人民币壹仟零贰万零叁元整"),
        (100_000_000_000_000, "人民币壹万亿元整"),
        (100_010_000_000_000, "人民币壹万零壹亿元整"),
        (1_000_000_000_000_000_000, "人民币壹亿亿元整"),
        (-500, "人民币负伍元整"),
        (i64::MAX, "人民币玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"),
    ] {
        assert_eq!(Fen(fen).capitals(), capitals, "{fen}");
    }
    assert!(Fen(i64::MIN).capitals().starts_with("人民币负玖亿"));
}

#[test]
fn sums_do_not_overflow() {
    assert_eq!(Fen(10).checked_sub(Fen(12)), Some(Fen(-2)));
    assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
    assert_eq!(Fen::from_yuan(i64::MAX), None);
    assert_eq!(Fen::from_yuan(14_400), Some(Fen(1_440_000)));
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(fen in any::<i64>()) {
        prop_assume!(fen != i64::MIN);
        prop_assert_eq!(Fen::parse(&Fen(fen).yuan()), Ok(Fen(fen)));
    }

    #[test]
    fn capitals_have_no_doubled_or_dangling_zero(fen in 1_i64..i64::MAX) {
        let text = Fen(fen).capitals();
        for wrong in ["零零", "零万", "零亿", "零元", "零角", "零分", "零整", "零仟", "零佰", "零拾"] {
            prop_assert!(!text.contains(wrong), "{} {}", fen, text);
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = Fen::parse(&text);
    }
}
