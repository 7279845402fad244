//! Vouchers, redemptions, holds and settlements: nothing counts as paid without the ledger's word.

use serde_json::json;
use zizhi_store::{
    Database, Hold, HoldState, Ledger, Redemption, RedemptionState, SettledReceipt, Settlement,
    SettlementDirection, SettlementState, StoreError, Voucher,
};

use crate::common::{at, day, entry, fresh, uscc};

fn ledger() -> Ledger {
    Ledger {
        hub: "33-main".to_owned(),
        url: "https://hub.zj.example".to_owned(),
        card: "eyJ...".to_owned(),
        role: "service_provider".to_owned(),
        joined: Some(at(0)),
        clock_offset: 0,
        ca: Some(b"-----BEGIN CERTIFICATE-----".to_vec()),
    }
}

fn voucher() -> Voucher {
    Voucher {
        id: "CSJQ-1".to_owned(),
        fund: uscc(1),
        firm: uscc(2),
        amount: 10_000_000,
        balance: Some(9_000_000),
        terms: json!({"jti": "CSJQ-1"}),
        about_kind: "case".to_owned(),
        about_id: "case-1".to_owned(),
        view: None,
        seen: None,
        created: at(1),
    }
}

fn redemption(key: &str) -> Redemption {
    Redemption {
        key: key.to_owned(),
        voucher: "CSJQ-1".to_owned(),
        amount: 1_440_000,
        kind: "检验检测".to_owned(),
        day: day("2026-11-16"),
        region: zizhi_model::Region::parse("310104").unwrap(),
        document: "digest".to_owned(),
        document_name: "发票.pdf".to_owned(),
        hold: None,
        made: at(2),
        state: RedemptionState::Provisional,
        attempts: 0,
        code: None,
        reason: None,
        conflict: None,
        receipt: None,
        redeemed: None,
        settlement: None,
    }
}

fn redeemed(key: &str) -> Redemption {
    Redemption {
        state: RedemptionState::Redeemed,
        receipt: Some("eyJ...".to_owned()),
        redeemed: Some(at(3)),
        ..redemption(key)
    }
}

fn hold() -> Hold {
    Hold {
        key: "hold-key".to_owned(),
        voucher: "CSJQ-1".to_owned(),
        amount: 100,
        until: at(100),
        made: at(2),
        state: HoldState::Asked,
        id: None,
        jws: None,
        code: None,
        reason: None,
    }
}

fn settlement(id: &str, direction: SettlementDirection) -> Settlement {
    Settlement {
        id: id.to_owned(),
        direction,
        other: uscc(1),
        amount: 1_440_000,
        jws: "eyJ...".to_owned(),
        at: at(4),
        state: SettlementState::Waiting,
        notice: None,
        day: None,
        reference: None,
        reason: None,
    }
}

fn receipt(settlement: &str) -> SettledReceipt {
    SettledReceipt {
        receipt: "receipt-1".to_owned(),
        settlement: settlement.to_owned(),
        voucher: "CSJQ-1".to_owned(),
        redeemer: uscc(3),
        key: "key-1".to_owned(),
        seq: 1,
        amount: 1_440_000,
    }
}

/// One row of each table.
pub fn fill_vouchers(database: &Database) {
    let writer = database.writer().unwrap();
    writer.put_ledger(&ledger()).unwrap();
    writer.put_voucher(&voucher()).unwrap();
    writer.add_redemption(&redeemed("key-1")).unwrap();
    writer.put_hold(&hold()).unwrap();
    writer.add_settlement(&settlement("asked", SettlementDirection::Received)).unwrap();
    writer.add_settled_receipt(&receipt("asked")).unwrap();
    writer.commit(&entry("vouchers.filled")).unwrap();
}

/// What the tables of a version have, which before version 5 knew nothing of private authorities.
pub fn assert_vouchers(database: &Database, version: u32) {
    let reader = database.reader().unwrap();
    let ledger = Ledger { ca: ledger().ca.filter(|_| version >= 5), ..ledger() };
    assert_eq!(reader.ledgers().unwrap(), [ledger], "the ledger of another province");
    let voucher = Voucher { balance: voucher().balance.filter(|_| version >= 10), ..voucher() };
    assert_eq!(reader.voucher("CSJQ-1").unwrap(), Some(voucher), "the voucher");
    assert_eq!(reader.redemption("key-1").unwrap(), Some(redeemed("key-1")), "what was redeemed");
    assert_eq!(reader.asked_holds(9).unwrap(), [hold()], "the hold that was asked for");
    assert_eq!(
        reader.settlement("asked").unwrap(),
        Some(settlement("asked", SettlementDirection::Received)),
        "the request"
    );
    assert_eq!(reader.settled_receipt("receipt-1").unwrap(), Some(receipt("asked")), "its receipt");
}

#[test]
fn nothing_counts_as_redeemed_without_a_receipt() {
    let (_folder, database) = fresh();
    fill_vouchers(&database);
    let writer = database.writer().unwrap();
    writer.add_redemption(&redemption("key-2")).unwrap();
    for wrong in [
        Redemption { receipt: None, ..redeemed("key-2") },
        Redemption { redeemed: None, ..redeemed("key-2") },
        Redemption { receipt: redeemed("").receipt, ..redemption("key-2") },
        Redemption { state: RedemptionState::Conflicted, ..redemption("key-2") },
        Redemption { state: RedemptionState::Settled, ..redeemed("key-2") },
        Redemption { state: RedemptionState::SettlementRequested, ..redeemed("key-2") },
    ] {
        let refused = writer.update_redemption(&wrong);
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{wrong:?}: {refused:?}");
    }
    assert_eq!(writer.redemption("key-2").unwrap(), Some(redemption("key-2")), "it is as it was");
    writer.update_redemption(&redeemed("key-2")).unwrap();
    let refused = writer.put_hold(&Hold { state: HoldState::Open, ..hold() });
    assert!(
        matches!(refused, Err(StoreError::Conflict(_))),
        "no hold without the ledger's word: {refused:?}"
    );
    let twice = writer.add_redemption(&redemption("key-1"));
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "one key is one redemption: {twice:?}");
    let refused = writer.update_redemption(&redemption("nobody"));
    assert!(matches!(refused, Err(StoreError::Absent(_))), "{refused:?}");
}

#[test]
fn a_receipt_is_in_one_request_at_a_time() {
    let (_folder, database) = fresh();
    fill_vouchers(&database);
    let writer = database.writer().unwrap();
    writer.add_settlement(&settlement("again", SettlementDirection::Received)).unwrap();
    let twice = writer.add_settled_receipt(&receipt("again"));
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "it is paid once: {twice:?}");
    // A ledger that was restored signs anew; the redemption is the same.
    let other = SettledReceipt { receipt: "receipt-2".to_owned(), ..receipt("again") };
    let fresh = SettledReceipt { key: "key-2".to_owned(), seq: 2, ..other.clone() };
    for same in [
        SettledReceipt { seq: 2, ..other.clone() },
        SettledReceipt { key: "key-2".to_owned(), ..other.clone() },
    ] {
        assert_eq!(writer.settled_like(&same).unwrap(), Some(receipt("asked")), "{same:?}");
        let twice = writer.add_settled_receipt(&same);
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{same:?}: {twice:?}");
    }
    assert_eq!(writer.settled_like(&fresh).unwrap(), None, "another redemption is another");
    writer.remove_settled_receipts("asked").unwrap();
    writer.add_settled_receipt(&receipt("again")).unwrap();
    assert_eq!(writer.settled_receipts_of("CSJQ-1").unwrap(), [receipt("again")]);
    let made = settlement("made", SettlementDirection::Made);
    writer.add_settlement(&made).unwrap();
    let row = Redemption {
        state: RedemptionState::SettlementRequested,
        settlement: Some("made".to_owned()),
        ..redeemed("key-1")
    };
    writer.update_redemption(&row).unwrap();
    assert_eq!(writer.redemptions_of_settlement("made").unwrap(), [row]);
    assert_eq!(writer.settlements(SettlementDirection::Made, None, 9).unwrap().rows, [made]);
}

#[test]
fn what_is_redeemed_is_found_by_its_fund() {
    let (_folder, database) = fresh();
    fill_vouchers(&database);
    let writer = database.writer().unwrap();
    writer.put_voucher(&Voucher { id: "CSJQ-2".to_owned(), fund: uscc(4), ..voucher() }).unwrap();
    writer.add_redemption(&redeemed("key-2")).unwrap();
    writer.add_redemption(&redemption("key-3")).unwrap();
    let other = Redemption { voucher: "CSJQ-2".to_owned(), ..redeemed("key-4") };
    writer.add_redemption(&other).unwrap();
    assert_eq!(writer.redeemed_of(&uscc(1), 9).unwrap(), [redeemed("key-1"), redeemed("key-2")]);
    assert_eq!(writer.redeemed_of(&uscc(1), 1).unwrap(), [redeemed("key-1")]);
    assert_eq!(writer.redeemed_of(&uscc(2), 9).unwrap(), []);
    let mut sums = writer.redeemed_by_fund().unwrap();
    sums.sort_by_key(|(fund, ..)| fund.to_string());
    let mut expected = vec![(uscc(1), 2_880_000, 2), (uscc(4), 1_440_000, 1)];
    expected.sort_by_key(|(fund, ..)| fund.to_string());
    assert_eq!(sums, expected);
}

#[test]
fn vouchers_are_found_by_what_their_number_or_a_code_begins_with() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for (id, fund, firm) in [("CSJQ-1", 1, 2), ("CSJQ-2", 1, 3), ("HZQ-1", 4, 2)] {
        writer
            .put_voucher(&Voucher { id: id.to_owned(), fund: uscc(fund), firm: uscc(firm), ..voucher() })
            .unwrap();
    }
    let ids = |text: &str| -> Vec<String> {
        writer.vouchers(text, None, 9).unwrap().rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(ids(""), ["HZQ-1", "CSJQ-2", "CSJQ-1"]);
    assert_eq!(ids("CSJQ"), ["CSJQ-2", "CSJQ-1"]);
    assert_eq!(ids(uscc(4).as_str()), ["HZQ-1"]);
    assert_eq!(ids(uscc(2).as_str()), ["HZQ-1", "CSJQ-1"]);
    assert_eq!(ids("%"), Vec::<String>::new());
    let first = writer.vouchers("csjq", None, 1).unwrap();
    let next = writer.vouchers("CSJQ", first.next, 1).unwrap();
    assert_eq!((next.rows[0].id.as_str(), next.next), ("CSJQ-1", None));
}

#[test]
fn ledgers_are_asked_first_for_what_was_seen_longest_ago() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    for (id, until, seen) in [
        ("never", "2027-01-31", None),
        ("long-ago", "2027-01-31", Some(1)),
        ("over", "2026-01-31", Some(0)),
        ("lately", "2027-01-31", Some(90)),
        ("yesterday", "2026-11-30", Some(50)),
    ] {
        writer
            .put_voucher(&Voucher { id: id.to_owned(), terms: json!({"until": until}), ..voucher() })
            .unwrap();
        if let Some(seen) = seen {
            writer.set_voucher_view(id, &json!({}), at(seen)).unwrap();
        }
    }
    let ids = |limit: usize| -> Vec<String> {
        let rows = writer.vouchers_to_ask(day("2026-11-30"), at(60), limit).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(ids(9), ["long-ago", "yesterday", "never"]);
    assert_eq!(ids(1), ["long-ago"]);
    // Another fund's stand in nobody's place, nor does anybody in theirs.
    let other =
        Voucher { id: "other".to_owned(), fund: uscc(4), terms: json!({"until": "2027-01-31"}), ..voucher() };
    writer.put_voucher(&other).unwrap();
    writer.set_voucher_view("other", &json!({}), at(55)).unwrap();
    assert_eq!(ids(1), ["long-ago", "other"]);
}

#[test]
fn rows_are_found_by_state_and_voucher_in_order() {
    let (_folder, database) = fresh();
    fill_vouchers(&database);
    let writer = database.writer().unwrap();
    for key in ["key-2", "key-3"] {
        writer.add_redemption(&redemption(key)).unwrap();
    }
    let keys = |rows: Vec<Redemption>| rows.into_iter().map(|row| row.key).collect::<Vec<_>>();
    assert_eq!(keys(writer.redemptions_of("CSJQ-1").unwrap()), ["key-1", "key-2", "key-3"]);
    assert_eq!(keys(writer.redemptions_in(RedemptionState::Provisional, 1).unwrap()), ["key-2"]);
    assert_eq!(keys(writer.redemptions(None, 2).unwrap().rows), ["key-3", "key-2"]);
    writer.set_voucher_view("CSJQ-1", &json!({"spent": 1}), at(9)).unwrap();
    let seen = writer.vouchers("", None, 9).unwrap().rows;
    assert_eq!((seen[0].view.clone(), seen[0].seen), (Some(json!({"spent": 1})), Some(at(9))));
    let open = Hold {
        state: HoldState::Open,
        id: Some("id-1".to_owned()),
        jws: Some("eyJ...".to_owned()),
        ..hold()
    };
    writer.put_hold(&open).unwrap();
    assert_eq!((writer.asked_holds(9).unwrap(), writer.holds_of("CSJQ-1").unwrap()), (vec![], vec![open]));
    writer.remove_ledger("33-main").unwrap();
    assert_eq!(writer.ledgers().unwrap(), []);
}
