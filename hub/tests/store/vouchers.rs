//! The ledger, one request at a time.

use zizhi_hub::store::{
    Closing, Conflict, Decided, Decision, Ending, Held, HoldClosed, NewHold, NewRedemption, NewVoucher,
    Redeemed, Redemption, Refusal, Revoked, Stored, Term,
};

use crate::common::org;
use crate::engine::{Engine, TERM, redemption, voucher};

crate::on_both! {
    enters_a_voucher_once
    redeems_up_to_the_amount_and_keeps_the_rest_as_a_conflict
    gives_the_same_answer_for_the_same_key
    keeps_others_from_what_is_held
    closes_a_hold_by_redemption_release_or_the_fund
    redeems_nothing_of_a_revoked_voucher
    lets_the_fund_decide_a_conflict
    counts_no_sum_beyond_64_bits
    books_nothing_by_itself_once_a_voucher_is_long_over
    holds_nothing_beyond_the_end_of_a_voucher
    answers_a_hold_that_was_given_after_its_time
}

fn counted(redeemed: Redeemed) -> Redemption {
    match redeemed {
        Redeemed::New(redemption) => redemption,
        other => panic!("a redemption, not {other:?}"),
    }
}

fn conflict(redeemed: Redeemed, why: Refusal) -> Conflict {
    match redeemed {
        Redeemed::Conflict(conflict) if conflict.why == why => conflict,
        other => panic!("a conflict for {why:?}, not {other:?}"),
    }
}

fn hold(id: &str, redeemer: u32, amount: i64) -> NewHold {
    NewHold {
        id: id.to_owned(),
        voucher: "v".to_owned(),
        redeemer: org(redeemer),
        key: id.to_owned(),
        request: format!("{amount}"),
        amount,
        until: 5_000,
        at: 4_000,
    }
}

fn closing(hold: &str, redeemer: Option<u32>, at: i64) -> Closing {
    let reason = "到期".to_owned();
    Closing { voucher: "v".to_owned(), hold: hold.to_owned(), redeemer: redeemer.map(org), reason, at }
}

fn decision(accepted: bool) -> Decision {
    Decision { accepted, reason: "核实".to_owned(), receipt: "decided".to_owned(), at: 6_000 }
}

async fn enters_a_voucher_once(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let known = store.voucher("v").await.unwrap().expect("it is here");
    assert_eq!((known.fund, known.firm, known.amount, known.spent), (org(1), org(2), 100, 0), "as entered");
    let same = NewVoucher {
        id: "v".to_owned(),
        fund: org(1),
        firm: org(2),
        amount: 100,
        entry: "entry v 100".to_owned(),
        at: 9_000,
    };
    assert_eq!(store.enter_voucher(&same).await.unwrap(), Stored::Same, "the same entry");
    let other = NewVoucher { entry: "entry v 200".to_owned(), amount: 200, ..same };
    assert_eq!(store.enter_voucher(&other).await.unwrap(), Stored::Other, "another entry");
}

async fn redeems_up_to_the_amount_and_keeps_the_rest_as_a_conflict(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let first = counted(store.redeem(&redemption("v", 3, "a", 60), TERM).await.unwrap());
    assert_eq!((first.seq, first.spent, first.epoch), (1, 60, 1), "the first");
    conflict(store.redeem(&redemption("v", 4, "a", 41), TERM).await.unwrap(), Refusal::Overdrawn);
    let last = counted(store.redeem(&redemption("v", 4, "b", 40), TERM).await.unwrap());
    assert_eq!((last.seq, last.spent), (2, 100), "exactly what is left");
    let lines = store.voucher_lines("v").await.unwrap().expect("it is here");
    assert_eq!(lines.redemptions, [first, last], "in order");
    assert_eq!(lines.conflicts.len(), 1, "and the one that did not fit");
    assert_eq!(
        store.redeem(&redemption("w", 3, "a", 1), TERM).await.unwrap(),
        Redeemed::Unknown,
        "no voucher"
    );
}

async fn gives_the_same_answer_for_the_same_key(store: &Engine) {
    voucher(&**store, "v", 100).await;
    voucher(&**store, "w", 100).await;
    let first = counted(store.redeem(&redemption("v", 3, "a", 60), TERM).await.unwrap());
    let again = NewRedemption { id: "another".to_owned(), at: 9_000, ..redemption("v", 3, "a", 60) };
    assert_eq!(store.redeem(&again, TERM).await.unwrap(), Redeemed::Same(first.clone()), "the same");
    assert_eq!(
        store.redeem(&redemption("v", 3, "a", 61), TERM).await.unwrap(),
        Redeemed::KeyOther,
        "another amount"
    );
    assert_eq!(
        store.redeem(&redemption("w", 3, "a", 60), TERM).await.unwrap(),
        Redeemed::KeyOther,
        "another voucher"
    );
    counted(store.redeem(&redemption("v", 4, "a", 10), TERM).await.unwrap());
    let refused =
        conflict(store.redeem(&redemption("v", 3, "b", 50), TERM).await.unwrap(), Refusal::Overdrawn);
    let again = NewRedemption { id: "another".to_owned(), ..redemption("v", 3, "b", 50) };
    assert_eq!(store.redeem(&again, TERM).await.unwrap(), Redeemed::Conflict(refused), "a conflict too");
    assert_eq!(
        store.redeem(&redemption("v", 3, "b", 1), TERM).await.unwrap(),
        Redeemed::KeyOther,
        "though it would fit"
    );
    store.revoke_voucher("v", "停用", 5_000).await.unwrap();
    assert_eq!(
        store.redeem(&redemption("v", 3, "a", 60), TERM).await.unwrap(),
        Redeemed::Same(first),
        "for ever"
    );
}

async fn keeps_others_from_what_is_held(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let held = store.hold(&hold("h", 3, 70), TERM).await.unwrap();
    let Held::New(given) = held else { panic!("a hold, not {held:?}") };
    assert_eq!(store.hold(&hold("h", 3, 70), TERM).await.unwrap(), Held::Same(given), "the same key");
    assert_eq!(store.hold(&hold("h", 3, 60), TERM).await.unwrap(), Held::KeyOther, "another amount");
    assert_eq!(
        store.hold(&hold("i", 4, 31), TERM).await.unwrap(),
        Held::Refused(Refusal::Overdrawn),
        "no room"
    );
    conflict(store.redeem(&redemption("v", 4, "a", 31), TERM).await.unwrap(), Refusal::Overdrawn);
    counted(store.redeem(&redemption("v", 4, "b", 30), TERM).await.unwrap());
    let naming = |redeemer, key: &str, hold: &str| NewRedemption {
        hold: Some(hold.to_owned()),
        ..redemption("v", redeemer, key, 70)
    };
    conflict(store.redeem(&naming(4, "c", "h"), TERM).await.unwrap(), Refusal::HoldOther);
    conflict(store.redeem(&naming(3, "c", "none"), TERM).await.unwrap(), Refusal::HoldUnknown);
    let used = counted(store.redeem(&naming(3, "d", "h"), TERM).await.unwrap());
    assert_eq!((used.spent, used.asked.hold.as_deref()), (100, Some("h")), "its redeemer has it all");
    conflict(store.redeem(&naming(3, "e", "h"), TERM).await.unwrap(), Refusal::HoldClosed);
}

async fn closes_a_hold_by_redemption_release_or_the_fund(store: &Engine) {
    voucher(&**store, "v", 100).await;
    for (id, redeemer) in [("a", 3), ("b", 3)] {
        assert!(
            matches!(store.hold(&hold(id, redeemer, 50), TERM).await.unwrap(), Held::New(_)),
            "there is room"
        );
    }
    let close = |closing: Closing| async move { store.close_hold(&closing).await.unwrap() };
    assert_eq!(
        close(closing("a", Some(4), 4_500)).await,
        HoldClosed::Refused(Refusal::HoldOther),
        "another's"
    );
    assert_eq!(close(closing("a", None, 5_000)).await, HoldClosed::Running, "its last second belongs to it");
    assert_eq!(close(closing("x", None, 9_000)).await, HoldClosed::Refused(Refusal::HoldUnknown), "no hold");
    conflict(store.redeem(&redemption("v", 4, "a", 1), TERM).await.unwrap(), Refusal::Overdrawn);
    assert_eq!(close(closing("a", None, 5_001)).await, HoldClosed::Done, "the fund, afterwards");
    assert_eq!(close(closing("a", None, 5_002)).await, HoldClosed::Done, "again the same");
    assert_eq!(
        close(closing("a", Some(3), 5_003)).await,
        HoldClosed::Refused(Refusal::HoldClosed),
        "too late"
    );
    assert_eq!(close(closing("b", Some(3), 4_500)).await, HoldClosed::Done, "its redeemer, at any time");
    counted(store.redeem(&redemption("v", 4, "b", 100), TERM).await.unwrap());
    let lines = store.voucher_lines("v").await.unwrap().expect("it is here");
    let how: Vec<_> = lines.holds.iter().map(|hold| hold.closed.as_ref().map(|(how, ..)| *how)).collect();
    assert_eq!(how, [Some(Ending::Fund), Some(Ending::Released)], "and it is told how");
}

async fn redeems_nothing_of_a_revoked_voucher(store: &Engine) {
    voucher(&**store, "v", 100).await;
    assert_eq!(store.revoke_voucher("v", "停用", 5_000).await.unwrap(), Revoked::Done, "revoked");
    assert_eq!(store.revoke_voucher("v", "又停用", 6_000).await.unwrap(), Revoked::Done, "and again");
    let known = store.voucher("v").await.unwrap().expect("it is here");
    assert_eq!(known.revoked, Some((5_000, "停用".to_owned())), "the first reason stays");
    conflict(store.redeem(&redemption("v", 3, "a", 1), TERM).await.unwrap(), Refusal::Revoked);
    assert_eq!(
        store.hold(&hold("h", 3, 1), TERM).await.unwrap(),
        Held::Refused(Refusal::Revoked),
        "nor held"
    );
    assert_eq!(store.revoke_voucher("w", "停用", 5_000).await.unwrap(), Revoked::Unknown, "no voucher");
}

async fn lets_the_fund_decide_a_conflict(store: &Engine) {
    voucher(&**store, "v", 100).await;
    assert!(matches!(store.hold(&hold("h", 3, 50), TERM).await.unwrap(), Held::New(_)), "half of it is held");
    let a = conflict(store.redeem(&redemption("v", 4, "a", 60), TERM).await.unwrap(), Refusal::Overdrawn)
        .asked
        .id;
    let b = conflict(store.redeem(&redemption("v", 4, "b", 70), TERM).await.unwrap(), Refusal::Overdrawn)
        .asked
        .id;
    let decide =
        |id: String, accepted| async move { store.decide_conflict("v", &id, &decision(accepted)).await };
    assert_eq!(decide(a.clone(), true).await.unwrap(), Decided::Refused(Refusal::Overdrawn), "not yet there");
    store.close_hold(&closing("h", Some(3), 4_500)).await.unwrap();
    let accepted = decide(a.clone(), true).await.unwrap();
    let Decided::Accepted(redemption_of_a) = accepted else { panic!("accepted, not {accepted:?}") };
    assert_eq!((redemption_of_a.seq, redemption_of_a.spent), (1, 60), "it counts from now on");
    assert_eq!(decide(a.clone(), true).await.unwrap(), Decided::Accepted(redemption_of_a.clone()), "once");
    assert_eq!(decide(a, false).await.unwrap(), Decided::Other, "and is not taken back");
    assert_eq!(decide(b, false).await.unwrap(), Decided::Rejected, "the other one never counts");
    assert_eq!(decide("none".to_owned(), false).await.unwrap(), Decided::Unknown, "no conflict");
    let again = store.redeem(&redemption("v", 4, "a", 60), TERM).await.unwrap();
    assert_eq!(again, Redeemed::Same(*redemption_of_a), "whoever asked first learns of it under its key");
}

async fn counts_no_sum_beyond_64_bits(store: &Engine) {
    voucher(&**store, "v", i64::MAX).await;
    counted(store.redeem(&redemption("v", 3, "a", i64::MAX - 1), TERM).await.unwrap());
    conflict(store.redeem(&redemption("v", 3, "b", i64::MAX), TERM).await.unwrap(), Refusal::Overdrawn);
    conflict(store.redeem(&redemption("v", 3, "c", -5), TERM).await.unwrap(), Refusal::Overdrawn);
    conflict(store.redeem(&redemption("v", 3, "d", 0), TERM).await.unwrap(), Refusal::Overdrawn);
}

/// The last day ends at 5000, and what arrives until 6000 is booked.
const ENDING: Term = Term { ends: 5_000, books_until: 6_000 };

async fn books_nothing_by_itself_once_a_voucher_is_long_over(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let at = |key: &str, at| NewRedemption { at, ..redemption("v", 3, key, 10) };
    let first = counted(store.redeem(&at("a", 6_000), ENDING).await.unwrap());
    let late = conflict(store.redeem(&at("b", 6_001), ENDING).await.unwrap(), Refusal::Over);
    let again = store.redeem(&at("a", 9_000), ENDING).await.unwrap();
    assert_eq!(
        again,
        Redeemed::Same(first),
        "what was booked keeps its receipt, however late it is asked for"
    );
    let again = store.redeem(&at("b", 9_000), ENDING).await.unwrap();
    assert_eq!(again, Redeemed::Conflict(late.clone()), "and what was late its answer");
    let lines = store.voucher_lines("v").await.unwrap().expect("it is here");
    assert_eq!(
        (lines.voucher.spent, lines.conflicts),
        (10, vec![late.clone()]),
        "kept for people, and not booked"
    );
    let decided = store.decide_conflict("v", &late.asked.id, &decision(true)).await.unwrap();
    assert!(
        matches!(decided, Decided::Accepted(ref it) if it.spent == 20),
        "who may say that it counts: {decided:?}"
    );
}

async fn holds_nothing_beyond_the_end_of_a_voucher(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let asked = |id: &str, at, until| NewHold { at, until, ..hold(id, 3, 10) };
    let over = Held::Refused(Refusal::Over);
    assert_eq!(
        store.hold(&asked("a", 4_000, 6_001), ENDING).await.unwrap(),
        over,
        "longer than the ledger books"
    );
    assert_eq!(store.hold(&asked("b", 5_001, 5_500), ENDING).await.unwrap(), over, "of what is over");
    assert_eq!(store.hold(&asked("c", 4_000, 3_999), ENDING).await.unwrap(), Held::Past, "its time is over");
    let given = store.hold(&asked("d", 5_000, 6_000), ENDING).await.unwrap();
    assert!(matches!(given, Held::New(_)), "in the last second, as long as it goes: {given:?}");
}

async fn answers_a_hold_that_was_given_after_its_time(store: &Engine) {
    voucher(&**store, "v", 100).await;
    let Held::New(given) = store.hold(&hold("h", 3, 10), ENDING).await.unwrap() else { panic!("a hold") };
    let late = NewHold { id: "another".to_owned(), at: 9_000, ..hold("h", 3, 10) };
    assert_eq!(store.hold(&late, ENDING).await.unwrap(), Held::Same(given), "the same answer for ever");
}
