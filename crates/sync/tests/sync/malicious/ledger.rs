//! Lies about vouchers: a view with lines that are forged, doubled or left out, and a ledger with two faces.

use serde_json::{Value, json};
use zizhi_model::money::Fen;
use zizhi_sync::ObjectError;
use zizhi_sync::ledger::{Became, Booked, Hold, RedemptionReceipt, Shown};
use zizhi_sync::object::sign;
use zizhi_sync::round::Answer;

use crate::support::{entry, firm, hold, id, key, limits, org, redemption_receipt, token};

/// Receipts of one voucher as an honest ledger gave them: 300, 200 and 500.
fn receipts() -> Vec<RedemptionReceipt> {
    let line = |number: u8, amount, spent| RedemptionReceipt {
        jti: id(100 + number),
        key: token(&format!("desk-{number}")),
        seq: u64::from(number),
        amount: Fen(amount),
        spent: Fen(spent),
        hold: None,
        ..redemption_receipt()
    };
    vec![line(1, 300, 300), line(2, 200, 500), line(3, 500, 1000)]
}

fn signed(receipts: &[RedemptionReceipt]) -> Vec<String> {
    receipts.iter().map(|receipt| sign(&key(77), receipt).unwrap()).collect()
}

fn view(spent: i64, redemptions: &[String], holds: &[Hold]) -> Vec<u8> {
    let line = |hold: &Hold| json!({"hold": sign(&key(77), hold).unwrap(), "state": "open", "closed_at": null, "reason": null});
    let holds: Vec<Value> = holds.iter().map(line).collect();
    let view = json!({"entry": sign(&key(3), &entry()).unwrap(), "revoked": null, "spent": spent, "held": 500,
        "redemptions": redemptions, "holds": holds, "conflicts": []});
    view.to_string().into_bytes()
}

fn shown(bytes: &[u8]) -> Result<Shown, ObjectError> {
    Shown::read(bytes, &token("ZJ-2026-000123"), &key(77).public().clone().into(), &limits())
}

#[test]
fn a_view_with_a_line_that_is_forged_doubled_or_out_of_order_is_not_read() {
    let honest = receipts();
    let read = shown(&view(1000, &signed(&honest), &[hold()])).unwrap();
    assert_eq!((read.receipts, read.holds), (honest.clone(), vec![hold()]), "an honest one is");
    let [one, two, three] = <[String; 3]>::try_from(signed(&honest)).unwrap();
    let doubled = RedemptionReceipt { jti: id(110), key: token("desk-9"), ..honest[1].clone() };
    let too_much = RedemptionReceipt { amount: Fen(201), ..honest[1].clone() };
    for (why, spent, lines) in [
        ("a line twice", 1000, vec![one.clone(), two.clone(), two.clone(), three.clone()]),
        ("a number twice", 1000, vec![one.clone(), two.clone(), signed(&[doubled]).remove(0)]),
        ("out of order", 1000, vec![two.clone(), one.clone(), three.clone()]),
        ("more than was added", 1000, vec![one.clone(), signed(&[too_much]).remove(0)]),
        ("less spent than its lines", 999, vec![one.clone(), two, three]),
        ("a line that the ledger did not sign", 1000, vec![one, sign(&key(5), &honest[1]).unwrap()]),
        ("spent beyond the voucher", 10_000_000, Vec::new()),
    ] {
        assert!(shown(&view(spent, &lines, &[])).is_err(), "{why}: detected");
    }
    assert!(shown(&view(1000, &[], &[hold(), hold()])).is_err(), "a hold twice: detected");
    let original = signed(&honest[2..]).remove(0);
    let higher = signed(&[RedemptionReceipt { amount: Fen(900), ..honest[2].clone() }]).remove(0);
    let (said, signature) = (higher.rsplit_once('.').unwrap().0, original.rsplit_once('.').unwrap().1);
    let altered = format!("{said}.{signature}");
    assert!(
        shown(&view(1000, &[altered], &[])).is_err(),
        "an altered line under its old signature: detected"
    );
    assert!(shown(&view(1000, &[original], &[])).is_ok(), "and it was the alteration");
}

#[test]
fn a_line_that_is_left_out_leaves_a_gap_and_takes_nothing_from_whoever_has_its_receipt() {
    let honest = receipts();
    let without = [honest[0].clone(), honest[2].clone()];
    let read = shown(&view(1000, &signed(&without), &[])).unwrap();
    assert_eq!(read.free(), Fen(10_000_000 - 1000 - 500), "what is left is what the ledger counts");
    let missing: Vec<u64> = (1..=3).filter(|seq| read.receipts.iter().all(|it| it.seq != *seq)).collect();
    assert_eq!(missing, [2], "fund and firm, who are shown all lines, can see which number is not there");
    let told: i64 = read.receipts.iter().map(|receipt| receipt.amount.0).sum();
    assert_eq!(read.view.spent.0 - told, 200, "and what it came to");
    let kept = signed(&honest[1..2]).remove(0);
    let (voucher, key_of_it) = (token("ZJ-2026-000123"), token("desk-2"));
    let booked = Booked { voucher: &voucher, redeemer: &firm(), key: &key_of_it, amount: Fen(200) };
    let receipt = zizhi_sync::ledger::receipt(&kept, &booked, &key(77).public().clone().into(), &limits());
    assert_eq!(receipt, Some(honest[1].clone()), "its redeemer holds the ledger's word all the same");
}

#[test]
fn a_ledger_that_gives_the_same_money_to_two_desks_has_signed_the_proof() {
    let (voucher, other) = (token("ZJ-2026-000123"), org("91310117DEM000030B"));
    let face = |redeemer, number: &str| RedemptionReceipt {
        key: token(number),
        redeemer,
        seq: 1,
        amount: Fen(5_000_000),
        spent: Fen(5_000_000),
        hold: None,
        ..redemption_receipt()
    };
    let (here, there) = (face(firm(), "here-1"), face(other, "there-1"));
    for receipt in [&here, &there] {
        let booked = Booked {
            voucher: &voucher,
            redeemer: &receipt.redeemer,
            key: &receipt.key,
            amount: receipt.amount,
        };
        let body = json!({ "receipt": sign(&key(77), receipt).unwrap() }).to_string().into_bytes();
        let answer = Answer { status: 201, retry_after: None, body };
        let became = Became::of(Ok(answer), &booked, &key(77).public().clone().into(), &limits());
        assert!(matches!(became, Became::Redeemed(..)), "each desk alone sees an honest ledger: {became:?}");
    }
    assert_eq!((&here.voucher, here.seq, here.epoch), (&there.voucher, there.seq, there.epoch), "one place");
    assert_ne!((here.redeemer, &here.key), (there.redeemer, &there.key), "two redemptions");
    let [here, there] = <[String; 2]>::try_from(signed(&[here, there])).unwrap();
    assert!(shown(&view(5_000_000, std::slice::from_ref(&here), &[])).is_ok(), "one face alone can be read");
    let both = shown(&view(5_000_000, &[here, there], &[]));
    assert!(both.is_err(), "whoever sees both detects it; the fund does when they are handed in");
}
