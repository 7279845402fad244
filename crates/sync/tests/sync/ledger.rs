//! Vouchers: what one covers, what a hold and a receipt say.

use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Region, RegionPattern, civil};
use zizhi_sync::Payload;
use zizhi_sync::api::Code;
use zizhi_sync::ledger::{AMOUNT_MOST, ARRIVES_DAYS, Hold, RedemptionReceipt, ScopeRefusal, VoucherEntry};
use zizhi_sync::object::{Fault, ObjectError, sign};

use crate::support::{
    NOW, accept, date, entry, firm, hold, key, other_firm, redemption_receipt, rewritten, token,
};

fn fault<P: Payload>(payload: &P) -> Option<Fault> {
    match sign(&key(1), payload) {
        Ok(_) => None,
        Err(ObjectError::Fault(fault)) => Some(fault),
        Err(other) => panic!("a fault was expected: {other:?}"),
    }
}

fn covers(entry: &VoucherEntry, kind: &str, region: &str, day: &str) -> Result<(), ScopeRefusal> {
    entry.covers(kind, &Region::parse(region).unwrap(), date(day), &firm())
}

#[test]
fn a_voucher_covers_its_period_with_both_ends() {
    let on = |day| covers(&entry(), "检验检测", "330100", day);
    assert_eq!(on("2026-01-01"), Ok(()), "the first day");
    assert_eq!(on("2026-12-31"), Ok(()), "the last day");
    assert_eq!(on("2025-12-31"), Err(ScopeRefusal::Early));
    assert_eq!(on("2027-01-01"), Err(ScopeRefusal::Over));
}

#[test]
fn a_voucher_ends_with_a_day_in_china_and_is_booked_for_ninety_more() {
    let last = |day| civil::end_of_day_shanghai(date(day)).timestamp();
    assert_eq!(entry().ends(), 1_798_732_799, "2026-12-31 23:59:59 in China");
    assert_eq!(entry().books_until(), last("2027-03-31"), "90 days later");
    assert_eq!(ARRIVES_DAYS, 90, "as docs/hub.md says");
    let longest = VoucherEntry { until: date("9999-12-31"), ..entry() };
    assert!(longest.ends() < longest.books_until(), "however late it ends");
}

#[test]
fn a_voucher_covers_its_kinds_and_regions() {
    let at = |kind, region| covers(&entry(), kind, region, "2026-06-01");
    assert_eq!(at("research", "330421"), Ok(()));
    assert_eq!(at("Research", "330421"), Err(ScopeRefusal::Kind), "a kind is a word, not a likeness");
    assert_eq!(at("research", "310117"), Ok(()), "3101 covers what begins so");
    assert_eq!(at("research", "320500"), Err(ScopeRefusal::Region));
    assert_eq!(
        covers(&VoucherEntry { regions: vec![], ..entry() }, "research", "650100", "2026-06-01"),
        Ok(())
    );
}

#[test]
fn a_voucher_covers_its_redeemers() {
    let region = Region::parse("330100").unwrap();
    let by = |entry: &VoucherEntry, who: &OrgId| entry.covers("research", &region, date("2026-06-01"), who);
    assert_eq!(by(&entry(), &firm()), Ok(()));
    assert_eq!(by(&entry(), &other_firm()), Err(ScopeRefusal::Redeemer));
    assert_eq!(by(&VoucherEntry { redeemers: vec![], ..entry() }, &other_firm()), Ok(()), "none for any");
}

#[test]
fn every_refusal_has_its_code() {
    for (refusal, code) in [
        (ScopeRefusal::Early, Code::VoucherPeriod),
        (ScopeRefusal::Over, Code::VoucherPeriod),
        (ScopeRefusal::Kind, Code::VoucherScope),
        (ScopeRefusal::Region, Code::VoucherScope),
        (ScopeRefusal::Redeemer, Code::VoucherRedeemer),
    ] {
        assert_eq!(refusal.code(), code, "{refusal}");
    }
}

#[test]
fn an_entry_keeps_its_bounds() {
    let group = RegionPattern::parse("yrd").unwrap();
    let prefix = RegionPattern::parse("33").unwrap();
    for (entry, expected) in [
        (VoucherEntry { amount: Fen(0), ..entry() }, Fault::Number("amount")),
        (VoucherEntry { amount: Fen(-1), ..entry() }, Fault::Number("amount")),
        (VoucherEntry { amount: Fen(AMOUNT_MOST + 1), ..entry() }, Fault::Number("amount")),
        (VoucherEntry { until: date("2025-12-31"), ..entry() }, Fault::Time("until")),
        (VoucherEntry { kinds: vec![], ..entry() }, Fault::Count("kinds")),
        (VoucherEntry { kinds: vec![String::new()], ..entry() }, Fault::Text("kinds")),
        (VoucherEntry { kinds: vec!["a".into(), "a".into()], ..entry() }, Fault::Repeated("kinds")),
        (VoucherEntry { regions: vec![group], ..entry() }, Fault::Text("regions")),
        (VoucherEntry { regions: vec![RegionPattern::Any], ..entry() }, Fault::Text("regions")),
        (VoucherEntry { regions: vec![prefix, prefix], ..entry() }, Fault::Repeated("regions")),
        (VoucherEntry { redeemers: vec![firm(), firm()], ..entry() }, Fault::Repeated("redeemers")),
    ] {
        assert_eq!(fault(&entry), Some(expected), "{entry:?}");
    }
    assert_eq!(fault(&VoucherEntry { amount: Fen(AMOUNT_MOST), ..entry() }), None);
    assert_eq!(fault(&VoucherEntry { until: date("2026-01-01"), ..entry() }), None, "a single day");
}

#[test]
fn days_have_one_spelling() {
    for wrong in ["2026-1-01", "2026-01-1", "+2026-01-01", " 2026-01-01", "2026-02-30", "20260101"] {
        let text = rewritten(&key(1), &entry(), "2026-01-01", wrong);
        let outcome = accept::<VoucherEntry>(&text, key(1).public());
        assert!(matches!(outcome, Err(ObjectError::Form(_))), "{wrong}: {outcome:?}");
    }
}

#[test]
fn a_hold_does_not_end_by_itself() {
    let hold = hold();
    assert!(!hold.fund_may_close(hold.until - 1));
    assert!(!hold.fund_may_close(hold.until), "that second still holds");
    assert!(hold.fund_may_close(hold.until + 1));
    assert_eq!(fault(&Hold { until: NOW, ..hold.clone() }), None, "over at once");
    assert_eq!(fault(&Hold { until: NOW - 1, ..hold.clone() }), Some(Fault::Time("until")));
    assert_eq!(fault(&Hold { amount: Fen(0), ..hold }), Some(Fault::Number("amount")));
}

#[test]
fn a_receipt_answers_one_request() {
    let receipt = redemption_receipt();
    let (voucher, key_of_request) = (receipt.voucher.clone(), receipt.key.clone());
    assert!(receipt.is_for(&voucher, &firm(), &key_of_request, Fen(300)));
    assert!(!receipt.is_for(&token("other"), &firm(), &key_of_request, Fen(300)), "another voucher");
    assert!(!receipt.is_for(&voucher, &other_firm(), &key_of_request, Fen(300)), "another redeemer");
    assert!(!receipt.is_for(&voucher, &firm(), &token("desk-1-0002"), Fen(300)), "another request");
    assert!(!receipt.is_for(&voucher, &firm(), &key_of_request, Fen(301)), "another amount");
}

#[test]
fn a_receipt_keeps_its_bounds() {
    let receipt = redemption_receipt();
    for (receipt, expected) in [
        (RedemptionReceipt { seq: 0, ..receipt.clone() }, Fault::Number("seq")),
        (RedemptionReceipt { amount: Fen(0), ..receipt.clone() }, Fault::Number("amount")),
        (RedemptionReceipt { spent: Fen(299), ..receipt.clone() }, Fault::Number("spent")),
        (RedemptionReceipt { spent: Fen(AMOUNT_MOST + 1), ..receipt.clone() }, Fault::Number("spent")),
    ] {
        assert_eq!(fault(&receipt), Some(expected), "{receipt:?}");
    }
    let without = RedemptionReceipt { hold: None, ..receipt };
    let text = sign(&key(1), &without).unwrap();
    assert_eq!(accept::<RedemptionReceipt>(&text, key(1).public()).unwrap(), without, "a hold is no must");
}
