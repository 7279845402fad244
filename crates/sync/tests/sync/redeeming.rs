//! What an answer to a redemption means, and what a hostile ledger can make of it: nothing that looks paid.

use serde_json::{Value, json};
use zizhi_model::money::Fen;
use zizhi_sync::api::{Code, Problem, Redemption};
use zizhi_sync::ledger::{
    Became, Booked, RECEIPTS_MOST, RedemptionReceipt, Settled, SettlementNotice, SettlementRequest, Shown,
    decided, held,
};
use zizhi_sync::object::{Fault, ObjectError, sign};
use zizhi_sync::round::{Answer, Ask, AskBody, Cause};
use zizhi_sync::{Digest, Id, Token};

use crate::support::{
    NOW, date, entry, firm, hold, id, key, limits, other_firm, redemption_receipt, settlement_notice,
    settlement_request, token,
};

fn answer(status: u16, body: &Value) -> Answer {
    Answer { status, retry_after: None, body: body.to_string().into_bytes() }
}

fn problem(code: Code, conflict: Option<Id>) -> Answer {
    let body = serde_json::to_vec(&Problem { conflict, ..Problem::from(code) }).unwrap();
    Answer { status: code.status(), retry_after: Some(7), body }
}

/// What the booked redemption of [`redemption_receipt`] became by this answer.
fn became(answer: Option<Answer>) -> Became {
    let (voucher, redeemer, booked_key) = (token("ZJ-2026-000123"), firm(), token("desk-1-0001"));
    let booked = Booked { voucher: &voucher, redeemer: &redeemer, key: &booked_key, amount: Fen(300) };
    Became::of(answer.ok_or(Cause::Unreachable), &booked, &key(1).public().clone().into(), &limits())
}

fn receipt_by(seed: u64, receipt: &RedemptionReceipt) -> Answer {
    answer(201, &json!({ "receipt": sign(&key(seed), receipt).unwrap() }))
}

#[test]
fn only_the_ledgers_receipt_for_what_was_booked_is_a_redemption() {
    let right = redemption_receipt();
    let Became::Redeemed(receipt, text) = became(Some(receipt_by(1, &right))) else {
        panic!("it is redeemed")
    };
    assert_eq!((*receipt, text), (right.clone(), sign(&key(1), &right).unwrap()));
    let wrong = Became::Unknown { cause: Cause::Receipt, after: None };
    for receipt in [
        RedemptionReceipt { voucher: token("ZJ-2026-000124"), ..right.clone() },
        RedemptionReceipt { redeemer: other_firm(), ..right.clone() },
        RedemptionReceipt { key: token("desk-1-0002"), ..right.clone() },
        RedemptionReceipt { amount: Fen(301), ..right.clone() },
    ] {
        assert_eq!(became(Some(receipt_by(1, &receipt))), wrong, "{receipt:?}");
    }
    assert_eq!(became(Some(receipt_by(2, &right))), wrong, "another key signed it");
    let hold = sign(&key(1), &hold()).unwrap();
    for body in [json!({ "receipt": hold }), json!({ "receipt": "" }), json!({}), json!([])] {
        assert_eq!(became(Some(answer(201, &body))), wrong, "{body}");
    }
}

#[test]
fn what_is_not_known_stays_open_and_only_the_entry_rejects() {
    let unknown = |cause, after| Became::Unknown { cause, after };
    assert_eq!(became(None), unknown(Cause::Unreachable, None));
    assert_eq!(became(Some(answer(500, &json!("no")))), unknown(Cause::Answer, None));
    for code in Code::ALL {
        let found = became(Some(problem(*code, None)));
        match code {
            Code::VoucherPeriod | Code::VoucherScope | Code::VoucherRedeemer => {
                assert_eq!(found, Became::Rejected(*code));
            }
            // Among them: a voucher that is not entered yet, a key that another request has, a commit that may
            // have been lost. None of them says that the money is not gone.
            other => assert_eq!(found, unknown(Cause::Hub(*other), Some(7))),
        }
    }
    assert_eq!(
        became(Some(problem(Code::VoucherOverdrawn, Some(id(9))))),
        Became::Conflicted(id(9), Code::VoucherOverdrawn)
    );
    assert_eq!(
        became(Some(problem(Code::VoucherRevoked, Some(id(9))))),
        Became::Conflicted(id(9), Code::VoucherRevoked)
    );
}

#[test]
fn a_request_is_what_the_page_says() {
    let asked = Redemption {
        redeemer: None,
        amount: Fen(300),
        kind: "检验检测".to_owned(),
        day: date("2026-11-16"),
        region: zizhi_model::Region::parse("310104").unwrap(),
        document: Digest::of(b"invoice"),
        hold: None,
        made: NOW,
    };
    let ask = Ask::redeem(&token("v-1"), &token("k-1"), &asked).unwrap();
    assert_eq!((ask.method, ask.path.as_str()), ("POST", "/v1/vouchers/v-1/redemptions"));
    assert!(ask.fields.contains(&("idempotency-key", "k-1".to_owned())), "{:?}", ask.fields);
    let release = Ask::release_hold(&token("v-1"), id(4));
    assert_eq!((release.method, &release.body), ("POST", &AskBody::Empty));
    assert_eq!(release.path, format!("/v1/vouchers/v-1/holds/{}/release", id(4)));
}

fn view(receipts: &[String], holds: &Value) -> Vec<u8> {
    let entry = sign(&key(3), &entry()).unwrap();
    let view = json!({"entry": entry, "revoked": null, "spent": 800, "held": 500, "redemptions": receipts,
        "holds": holds, "conflicts": []});
    view.to_string().into_bytes()
}

#[test]
fn a_voucher_is_shown_only_with_objects_of_its_ledger_and_its_own() {
    let line = |seed, held: &zizhi_sync::ledger::Hold| json!([{"hold": sign(&key(seed), held).unwrap(), "state": "open", "closed_at": null, "reason": null}]);
    let right = sign(&key(1), &redemption_receipt()).unwrap();
    let read = |bytes: &[u8], voucher: &Token| {
        Shown::read(bytes, voucher, &key(1).public().clone().into(), &limits())
    };
    let voucher = token("ZJ-2026-000123");
    let shown = read(&view(std::slice::from_ref(&right), &line(1, &hold())), &voucher).unwrap();
    assert_eq!((shown.receipts, shown.holds), (vec![redemption_receipt()], vec![hold()]));
    assert_eq!(shown.entry.amount, Fen(10_000_000));
    let shown = read(&view(&[], &json!([])), &voucher).unwrap();
    assert_eq!(shown.free(), Fen(10_000_000 - 800 - 500));

    let other = RedemptionReceipt { voucher: token("ZJ-2026-000124"), ..redemption_receipt() };
    for (why, bytes) in [
        ("a receipt of another key", view(&[sign(&key(2), &redemption_receipt()).unwrap()], &json!([]))),
        ("a receipt of another voucher", view(&[sign(&key(1), &other).unwrap()], &json!([]))),
        ("a hold of another key", view(&[], &line(2, &hold()))),
        ("an entry in the place of a receipt", view(&[sign(&key(1), &entry()).unwrap()], &json!([]))),
        ("a list in the place of a voucher", b"[]".to_vec()),
    ] {
        assert!(read(&bytes, &voucher).is_err(), "{why}");
    }
    assert!(
        read(&view(&[], &json!([])), &token("ZJ-2026-000124")).is_err(),
        "another voucher than was asked for"
    );
}

#[test]
fn a_hold_is_the_ledgers_word_for_what_was_asked() {
    let body = |seed, held: &zizhi_sync::ledger::Hold| {
        json!({ "hold": sign(&key(seed), held).unwrap() }).to_string().into_bytes()
    };
    let read = |bytes: &[u8], voucher: &str, amount| {
        held(bytes, (&token(voucher), &firm(), Fen(amount)), &key(1).public().clone().into(), &limits())
            .map(|(hold, _)| hold)
    };
    assert_eq!(read(&body(1, &hold()), "ZJ-2026-000123", 500), Ok(hold()));
    assert_eq!(read(&body(2, &hold()), "ZJ-2026-000123", 500), Err(Cause::Receipt), "another key");
    assert_eq!(read(&body(1, &hold()), "ZJ-2026-000124", 500), Err(Cause::Receipt), "another voucher");
    assert_eq!(read(&body(1, &hold()), "ZJ-2026-000123", 501), Err(Cause::Receipt), "another amount");
    assert_eq!(read(b"{}", "ZJ-2026-000123", 500), Err(Cause::Answer));
    assert_eq!(decided(b"{}", &limits()), Ok(None));
    assert_eq!(decided(br#"{"receipt":"eyJ"}"#, &limits()), Ok(Some("eyJ".to_owned())));
    assert_eq!(decided(b"[]", &limits()), Err(Cause::Answer));
}

#[test]
fn settlement_objects_keep_their_bounds() {
    fn refused<P: zizhi_sync::Payload>(payload: &P) -> Option<Fault> {
        match sign(&key(1), payload) {
            Err(ObjectError::Fault(fault)) => Some(fault),
            _ => None,
        }
    }
    let request = settlement_request();
    let many = |count: usize| (0..count).map(|n| format!("eyJ.{n}.b")).collect::<Vec<_>>();
    for (request, expected) in [
        (SettlementRequest { amount: Fen(0), ..request.clone() }, Fault::Number("amount")),
        (SettlementRequest { receipts: vec![], ..request.clone() }, Fault::Count("receipts")),
        (
            SettlementRequest { receipts: many(RECEIPTS_MOST + 1), ..request.clone() },
            Fault::Count("receipts"),
        ),
        (
            SettlementRequest { receipts: vec!["a".to_owned(); 2], ..request.clone() },
            Fault::Repeated("receipts"),
        ),
    ] {
        assert_eq!(refused(&request), Some(expected));
    }
    assert_eq!(refused(&SettlementRequest { receipts: many(RECEIPTS_MOST), ..request }), None);
    let notice = settlement_notice();
    for (notice, expected) in [
        (SettlementNotice { reference: None, ..notice.clone() }, Fault::Text("reference")),
        (SettlementNotice { reason: Some("x".to_owned()), ..notice.clone() }, Fault::Text("reason")),
        (SettlementNotice { outcome: Settled::Returned, ..notice.clone() }, Fault::Text("reference")),
        (
            SettlementNotice { outcome: Settled::Returned, reference: None, ..notice.clone() },
            Fault::Text("reason"),
        ),
        (SettlementNotice { reference: Some(" ".to_owned()), ..notice.clone() }, Fault::Text("reference")),
    ] {
        assert_eq!(refused(&notice), Some(expected));
    }
}
