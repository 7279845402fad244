//! Vouchers that cannot be spent twice, from the fund to the settlement.

use std::time::Duration;

use serde_json::{Value, json};

use crate::line::Lost;
use crate::voucher_world::{FIRM, FUND, OTHER, PLATFORM, Vouchers};
use crate::world::{Hub, Office};

#[test]
fn a_zhejiang_voucher_is_redeemed_in_shanghai_and_everybody_sees_it() {
    let world = Vouchers::new();
    let number = world.voucher(10_000_000);
    world.fund.ends(&["voucher", "enter", "../voucher.zzcred"], 0);
    let seen = world.show(&world.platform, &number);
    assert_eq!((&seen["part"], &seen["free"]), (&json!("redeemer"), &json!(10_000_000)), "{seen}");

    let row = world.redeem(&world.platform, &number, "14400", &[], 0);
    assert_eq!((&row["state"], &row["amount"]), (&json!("redeemed"), &json!(1_440_000)), "{row}");
    assert!(row["receipt"].as_str().is_some_and(|receipt| receipt.starts_with("ey")), "the receipt is here");

    for (desk, part) in [(&world.fund, "fund"), (&world.firm, "firm"), (&world.platform, "redeemer")] {
        let seen = world.show(desk, &number);
        assert_eq!((&seen["part"], &seen["spent"]), (&json!(part), &json!(1_440_000)), "{seen}");
        assert_eq!(seen["receipts"][0]["redeemer"], PLATFORM, "{seen}");
        let statement = desk.json(&["voucher", "statement"], 0);
        assert_eq!(
            (&statement["redeemed"], &statement["provisional"]),
            (&json!(1_440_000), &json!(0)),
            "{statement}"
        );
        assert_eq!(statement["lines"][0]["state"], "redeemed", "{statement}");
    }
    let listed = world.platform.json(&["voucher", "list"], 0);
    assert_eq!(listed[0]["id"], json!(number));
    world.platform.ends(&["voucher", "statement", "-o", "../statement.xlsx"], 0);
    assert!(std::fs::read(world.folder.path().join("statement.xlsx")).unwrap().starts_with(b"PK"));
    let (_, talk) = world.platform.ends(&["voucher", "statement", "-o", "../statement.doc"], 2);
    assert!(talk.contains("TABLE-ENDING") && talk.contains(".pdf"), "{talk}");
    let reversed = ["voucher", "statement", "--from", "2026-11-30", "--until", "2026-11-01"];
    world.platform.refused(&reversed, "STATEMENT-DAYS");
    world.platform.refused(&["voucher", "statement", "--until", "2099-01-01"], "STATEMENT-DAYS");
    let hold = ["voucher", "hold", &number, "--amount", "1"];
    for until in ["2026-03-01T00:00:00+08:00", "2100-01-01T00:00:00+08:00"] {
        world.platform.refused(&[&hold[..], &["--until", until]].concat(), "VOUCHER-UNTIL");
    }
}

#[test]
fn what_is_booked_offline_is_provisional_until_the_ledger_has_answered() {
    let mut world = Vouchers::new();
    let number = world.voucher(10_000_000);
    world.show(&world.platform, &number);
    world.zhejiang.kill();

    let refused = Vouchers::redemption(&number, "10000.01");
    world.platform.refused(&refused, "VOUCHER-OFFLINE");
    let row = world.redeem(&world.platform, &number, "9000", &[], 3);
    assert_eq!((&row["state"], &row["receipt"]), (&json!("provisional"), &Value::Null), "{row}");
    world.platform.refused(&Vouchers::redemption(&number, "1000.01"), "VOUCHER-OFFLINE");
    let second = world.redeem(&world.platform, &number, "1000", &["--offline"], 3);
    let key = second["key"].as_str().unwrap();
    world.platform.ends(&["voucher", "withdraw", key, "--reason", "金额写错"], 0);
    let (_, told) = world.platform.ends(&["voucher", "send"], 3);
    assert!(told.contains("no answer of their ledger yet"), "{told}");
    let key = row["key"].as_str().unwrap();
    world.platform.refused(&["voucher", "withdraw", key, "--reason", "晚了"], "REDEMPTION-SENT");
    let statement = world.platform.json(&["voucher", "statement"], 0);
    assert_eq!(
        (&statement["redeemed"], &statement["provisional"]),
        (&json!(0), &json!(900_000)),
        "{statement}"
    );

    world.zhejiang.go_on();
    let round = world.platform.json(&["sync"], 0);
    assert_eq!(round["vouchers"]["redeemed"], json!([key]), "{round}");
    let again = world.platform.json(&["voucher", "send"], 0);
    assert_eq!((&again["redeemed"], &again["unknown"]), (&json!([]), &json!(0)), "{again}");
    let seen = world.show(&world.fund, &number);
    assert_eq!(seen["spent"], 900_000, "what was taken back was never redeemed: {seen}");
}

#[test]
fn a_ledger_that_is_busy_is_one_that_is_away() {
    let (world, line) = Vouchers::over_a_line();
    let number = world.voucher(10_000_000);
    world.show(&world.platform, &number);
    line.cut_at("GET /v1/vouchers/", 1, Lost::Busy);
    let row = world.redeem(&world.platform, &number, "9000", &[], 3);
    assert!(line.was_cut(), "the ledger was asked");
    assert_eq!(row["state"], "provisional", "as during a failover: {row}");
    let round = world.platform.json(&["sync"], 0);
    assert_eq!(round["vouchers"]["redeemed"], json!([row["key"]]), "{round}");

    // A ledger that hears nothing of this organisation's devices says no more than that it is busy.
    line.cut_at("POST /v1/vouchers/", 1, Lost::HubBusy);
    let (data, _) = world.platform.ends(&Vouchers::redemption(&number, "1000"), 3);
    assert!(line.was_cut() && data.contains("[HUB-BUSY]"), "{data}");
    assert!(data.contains("zizhi-hub peer add"), "whoever waits is told whom to ask for what: {data}");
}

#[test]
fn an_answer_that_is_lost_redeems_nothing_twice() {
    let (world, line) = Vouchers::over_a_line();
    let number = world.voucher(10_000_000);
    world.show(&world.platform, &number);
    line.cut_at("POST /v1/vouchers", 1, Lost::Answer);
    let row = world.redeem(&world.platform, &number, "8000", &[], 3);
    assert!(line.was_cut(), "the ledger has it, and nobody here knows");
    assert_eq!(row["state"], "provisional", "{row}");
    assert_eq!(world.show(&world.fund, &number)["spent"], 800_000, "the ledger has it");
    let came = world.platform.json(&["voucher", "send"], 0);
    assert_eq!(came["redeemed"], json!([row["key"]]), "{came}");
    let seen = world.show(&world.fund, &number);
    assert_eq!((&seen["spent"], seen["receipts"].as_array().unwrap().len()), (&json!(800_000), 1), "{seen}");
}

/// The control: the key under which it is asked again is what keeps it from being redeemed twice.
#[test]
fn whoever_asks_under_a_new_key_after_an_answer_was_lost_redeems_twice() {
    let (world, line) = Vouchers::over_a_line();
    let number = world.voucher(10_000_000);
    world.show(&world.platform, &number);
    line.cut_at("POST /v1/vouchers", 1, Lost::Answer);
    world.redeem(&world.platform, &number, "8000", &[], 3);
    assert!(line.was_cut(), "the ledger has it, and nobody here knows");
    world.redeem(&world.platform, &number, "8000", &[], 0);
    assert_eq!(world.show(&world.fund, &number)["spent"], 1_600_000, "two keys are two redemptions");
}

#[test]
fn two_desks_that_overdraw_are_told_apart_by_the_ledger_and_the_fund_decides() {
    let mut world = Vouchers::new();
    let number = world.voucher(1_500_000);
    for desk in [&world.platform, &world.other] {
        world.show(desk, &number);
    }
    world.zhejiang.kill();
    let first = world.redeem(&world.platform, &number, "9000", &[], 3);
    let second = world.redeem(&world.other, &number, "8000", &[], 3);
    world.zhejiang.go_on();
    let came = world.platform.json(&["voucher", "send"], 0);
    assert_eq!(came["redeemed"], json!([first["key"]]), "the ledger's order counts: {came}");
    let came = world.other.json(&["voucher", "send"], 3);
    assert_eq!(came["conflicted"], json!([second["key"]]), "{came}");

    let seen = world.show(&world.fund, &number);
    assert_eq!((&seen["undecided"], &seen["spent"]), (&json!(1), &json!(900_000)), "{seen}");
    let conflict = seen["conflicts"][0]["id"].as_str().unwrap();
    let decide = ["voucher", "decide", &number, conflict];
    let accepted = [&decide[..], &["accepted", "--reason", "两笔都有服务记录"]].concat();
    world.fund.refused(&accepted, "VOUCHER-OVERDRAWN");
    world.other.refused(&[&decide[..], &["rejected", "--reason", "不是发券单位"]].concat(), "AUTH-FORBIDDEN");
    world.fund.ends(&[&decide[..], &["rejected", "--reason", "同一台仪器同一时段"]].concat(), 0);
    world.fund.refused(&accepted, "CONFLICT-UNKNOWN");
    let came = world.other.json(&["voucher", "send"], 1);
    assert_eq!(came["rejected"], json!([second["key"]]), "{came}");
    let page = world.other.json(&["voucher", "show", &number, "--offline"], 0);
    assert_eq!(page["redemptions"][0]["reason"], "同一台仪器同一时段", "the desk is told why: {page}");
    assert_eq!(page["receipts"], json!([]), "and sees nothing of the other desk");
}

#[test]
fn a_desk_whose_conflict_is_accepted_gets_its_receipt_and_is_paid() {
    let world = Vouchers::new();
    let number = world.voucher(1_500_000);
    for desk in [&world.platform, &world.other] {
        world.show(desk, &number);
    }
    let held = world.hold(&world.platform, &number, "10000", 0);
    let row = world.redeem(&world.other, &number, "8000", &["--offline"], 3);
    let came = world.other.json(&["voucher", "send"], 3);
    assert_eq!(came["conflicted"], json!([row["key"]]), "another desk's hold excludes it: {came}");

    let seen = world.show(&world.fund, &number);
    let conflict = seen["conflicts"][0]["id"].as_str().unwrap();
    for asked in [&["voucher", "list"][..], &["sync", "status"], &["sync"]] {
        let (data, talk) = world.fund.ends(asked, 0);
        assert!(talk.contains("1 redemptions wait for your decision"), "{asked:?}: {data}{talk}");
    }
    let (page, _) = world.fund.ends(&["voucher", "show", &number], 0);
    for told in ["hold of another", "to be decided", conflict] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let decide = ["voucher", "decide", &number, conflict, "accepted", "--reason", "预留的一方不再使用"];
    world.fund.refused(&decide, "VOUCHER-OVERDRAWN");
    let (_, talk) = world.fund.ends(&decide, 2);
    assert!(talk.contains("close-hold") && !talk.contains("wait for the fund"), "{talk}");
    world.platform.ends(&["voucher", "release", &number, held["id"].as_str().unwrap()], 0);
    world.fund.ends(&decide, 0);

    let page = world.other.json(&["voucher", "show", &number, "--offline"], 0);
    assert_eq!(page["redemptions"][0]["receipt"], Value::Null, "the desk has not asked yet: {page}");
    let came = world.other.json(&["voucher", "send"], 0);
    assert_eq!(came["redeemed"], json!([row["key"]]), "{came}");
    let page = world.other.json(&["voucher", "show", &number, "--offline"], 0);
    let redeemed = &page["redemptions"][0];
    assert_eq!((&redeemed["state"], &redeemed["key"]), (&json!("redeemed"), &row["key"]), "{page}");
    assert!(
        redeemed["receipt"].as_str().is_some_and(|it| it.starts_with("ey")),
        "the receipt is here: {page}"
    );
    let seen = world.show(&world.fund, &number);
    assert_eq!((&seen["spent"], &seen["undecided"], &seen["held"]), (&json!(800_000), &json!(0), &json!(0)));
    let asked = world.other.json(&["voucher", "settle", FUND], 0);
    assert_eq!(asked["amount"], 800_000, "and the money is asked for: {asked}");
}

#[test]
fn a_hold_is_one_desks_alone_also_without_a_network() {
    let mut world = Vouchers::new();
    let number = world.voucher(5_000_000);
    for desk in [&world.platform, &world.other] {
        world.show(desk, &number);
    }
    let held = world.hold(&world.platform, &number, "40000", 0);
    let id = held["id"].as_str().unwrap().to_owned();
    world.other.refused(&Vouchers::redemption(&number, "10000.01"), "VOUCHER-BALANCE");
    world.fund.refused(&["voucher", "close-hold", &number, &id, "--reason", "早了"], "HOLD-EARLY");

    world.zhejiang.kill();
    let row = world.redeem(&world.platform, &number, "40000", &["--hold", &id], 3);
    assert_eq!(
        row["state"], "provisional",
        "held, so that the limit without a network does not count: {row}"
    );
    world
        .platform
        .refused(&[&Vouchers::redemption(&number, "0.01")[..], &["--hold", &id]].concat(), "HOLD-IN-USE");
    world.platform.refused(&["voucher", "release", &number, &id], "HOLD-IN-USE");
    world.zhejiang.go_on();
    let came = world.platform.json(&["voucher", "send"], 0);
    assert_eq!(came["redeemed"], json!([row["key"]]), "{came}");
    let page = world.show(&world.platform, &number);
    assert_eq!((&page["holds"][0]["state"], &page["held"]), (&json!("redeemed"), &json!(0)), "{page}");

    let held = world.hold(&world.other, &number, "10000", 0);
    let id = held["id"].as_str().unwrap();
    world.other.ends(&["voucher", "release", &number, id], 0);
    world.other.refused(&["voucher", "release", &number, id], "HOLD-ABSENT");
    assert_eq!(world.show(&world.fund, &number)["held"], 0, "it was given back");
    let refused = world.hold(&world.other, &number, "10000.01", 1);
    assert_eq!(
        (&refused["state"], &refused["code"]),
        (&json!("refused"), &json!("VOUCHER-OVERDRAWN")),
        "{refused}"
    );
}

#[test]
fn what_the_voucher_does_not_pay_for_is_not_booked() {
    let world = Vouchers::new();
    let number = world.voucher(1_000_000);
    world.platform.refused(&Vouchers::redemption(&number, "100"), "VOUCHER-ABSENT");
    world.show(&world.platform, &number);
    let with = |flag: &str, value: &'static str| {
        let mut arguments: Vec<String> =
            Vouchers::redemption(&number, "100").iter().map(|it| (*it).to_owned()).collect();
        let at = arguments.iter().position(|it| it == flag).unwrap();
        value.clone_into(&mut arguments[at + 1]);
        arguments
    };
    for (flag, value, code) in [
        ("--kind", "批量生产检测", "VOUCHER-SCOPE"),
        ("--region", "110101", "VOUCHER-SCOPE"),
        ("--day", "2026-02-28", "VOUCHER-PERIOD"),
        ("--day", "2100-01-01", "VOUCHER-PERIOD"),
        ("--amount", "0", "VOUCHER-AMOUNT"),
        ("--amount", "10000.01", "VOUCHER-BALANCE"),
        ("--document", "../absent.pdf", "IO-READ"),
    ] {
        let arguments = with(flag, value);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        world.platform.refused(&arguments, code);
    }
    assert_eq!(world.show(&world.fund, &number)["conflicts"], json!([]), "the ledger was not troubled");

    world.issue(1_000_000, &json!({ "allowed_providers": [OTHER] }));
    world.fund.ends(&["voucher", "enter", "../voucher.zzcred"], 0);
    let closed = world.number();
    world.platform.refused(&["voucher", "show", &closed, "--fund", FUND], "VOUCHER-UNKNOWN");

    world.fund.ends(&["voucher", "revoke", &number, "--reason", "企业已迁出"], 0);
    world.platform.refused(&Vouchers::redemption(&number, "100"), "VOUCHER-REVOKED");
    world.platform.refused(&["voucher", "revoke", &number, "--reason", "不是发券单位"], "AUTH-FORBIDDEN");
    world.platform.refused(&["voucher", "enter", "../voucher.zzcred"], "VOUCHER-FUND");
    world.firm.refused(&Vouchers::redemption(&number, "100"), "CASE-ROLE");
}

#[test]
fn receipts_are_paid_once_and_a_request_that_was_returned_can_be_made_again() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.other, &number);
    world.other.refused(&["voucher", "settle", FUND], "SETTLE-NOTHING");
    world.redeem(&world.other, &number, "5000", &[], 0);
    world.redeem(&world.other, &number, "2500.50", &[], 0);
    let asked = world.other.json(&["voucher", "settle", FUND], 0);
    assert_eq!((&asked["amount"], &asked["state"]), (&json!(750_050), &json!("waiting")), "{asked}");
    world.other.refused(&["voucher", "settle", FUND], "SETTLE-NOTHING");
    assert_eq!(world.other.sync()["sent"], 1, "the request is at the hub");

    let came = world.fund.sync();
    assert_eq!(came["applied"][0]["became"], "settlement", "{came}");
    let id = asked["id"].as_str().unwrap();
    world.other.refused(&["voucher", "answer", id, "--paid", "1"], "SETTLE-ABSENT");
    world.fund.ends(&["voucher", "answer", id, "--returned", "发票抬头有误"], 0);
    world.fund.sync();
    assert_eq!(world.other.sync()["applied"][0]["became"], "settlement");
    let listed = world.other.json(&["voucher", "settlements"], 0);
    assert_eq!(
        (&listed[0]["state"], &listed[0]["reason"]),
        (&json!("returned"), &json!("发票抬头有误")),
        "{listed}"
    );

    let again = world.other.json(&["voucher", "settle", FUND], 0);
    world.other.sync();
    world.fund.sync();
    let second = again["id"].as_str().unwrap();
    world.fund.ends(&["voucher", "answer", second, "--paid", "2026-0117"], 0);
    world.fund.refused(&["voucher", "answer", second, "--paid", "2026-0118"], "SETTLE-ABSENT");
    world.fund.sync();
    world.other.sync();
    for desk in [&world.other, &world.fund] {
        let statement = desk.json(&["voucher", "statement"], 0);
        let states: Vec<&Value> =
            statement["lines"].as_array().unwrap().iter().map(|line| &line["state"]).collect();
        assert_eq!(states, ["settled", "settled"], "{statement}");
    }
    assert_eq!(world.fund.json(&["voucher", "settlements"], 0)[0]["reference"], "2026-0117");
    assert_eq!(world.fund.json(&["voucher", "list"], 0)[0]["firm"], FIRM);
}

#[test]
fn a_provider_of_another_province_is_paid_through_both_hubs() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.platform, &number);
    world.redeem(&world.platform, &number, "14400", &[], 0);
    let asked = world.platform.json(&["voucher", "settle", FUND], 0);
    assert_eq!(world.platform.sync()["sent"], 1, "its own hub has it");
    let came = until_it_comes(&world.fund);
    assert_eq!((&came["from"], &came["became"]), (&json!(PLATFORM), &json!("settlement")), "{came}");
    let id = asked["id"].as_str().unwrap();
    world.fund.ends(&["voucher", "answer", id, "--paid", "2026-0117"], 0);
    assert_eq!(world.fund.sync()["sent"], 1, "and the answer is on its way back");
    let came = until_it_comes(&world.platform);
    assert_eq!((&came["from"], &came["became"]), (&json!(FUND), &json!("settlement")), "{came}");
    let page = world.platform.json(&["voucher", "show", &number, "--offline"], 0);
    assert_eq!(page["redemptions"][0]["state"], "settled", "{page}");
}

#[test]
fn a_desk_that_was_restored_learns_what_it_redeemed_since() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.other, &number);
    let waits = world.redeem(&world.other, &number, "100", &["--offline"], 3);
    std::fs::create_dir(world.folder.path().join("stick")).unwrap();
    let made = world.other.json(&["db", "backup", "../stick"], 0);
    let backup = made["path"].as_str().unwrap();
    world.redeem(&world.other, &number, "5000", &[], 0);
    // Onto a new computer: nothing is left of the database that was in use.
    std::fs::remove_dir_all(world.other.folder.join("data/database")).unwrap();
    world.other.ends(&["db", "restore", backup], 0);
    let key = waits["key"].as_str().unwrap();
    let taken_back = ["voucher", "withdraw", key, "--reason", "备份之后可能已报出"];
    world.other.refused(&taken_back, "REDEMPTION-SENT");
    let page = world.show(&world.other, &number);
    let states: Vec<&Value> =
        page["redemptions"].as_array().unwrap().iter().map(|row| &row["state"]).collect();
    assert_eq!(states, ["provisional", "redeemed"], "the ledger's receipt tells: {page}");
    world.other.ends(&["voucher", "send"], 0);
    let asked = world.other.json(&["voucher", "settle", FUND], 0);
    assert_eq!(asked["amount"], 510_000, "and the money is asked for, once: {asked}");
}

#[test]
fn a_second_hub_of_the_funds_province_does_not_become_its_ledger() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.platform, &number);
    // It has the id of the first, and another key: whoever asked it would believe its receipts.
    let mut second = Hub::new(world.folder.path().join("second"), "33-main");
    second.go_on();
    let invited = world.invitation(&second, PLATFORM, "service_provider");
    world.platform.refused(&second.named(&["voucher", "join", &invited]), "LEDGER-OTHER");
    world.show(&world.platform, &number);
    world.redeem(&world.platform, &number, "100", &[], 0);
    assert_eq!(world.show(&world.fund, &number)["spent"], 10_000, "the first is asked as before");
}

#[test]
fn whoever_redeems_on_the_same_invoice_again_is_told_so() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.platform, &number);
    let redeem = |yuan| world.platform.ends(&Vouchers::redemption(&number, yuan), 0).1;
    assert!(!redeem("100").contains("the same document"), "the first");
    assert!(redeem("200").contains("the same document"), "the second");
    world.write("invoice.pdf", b"%PDF-1.7 another invoice");
    assert!(!redeem("300").contains("the same document"), "another invoice");

    // Each is shown once: by this desk as it was booked, by the fund as the ledger has it.
    let shown = |desk: &Office| desk.ends(&["voucher", "show", &number, "--fund", FUND], 0).0;
    assert!(!shown(&world.platform).contains("of the ledger"), "{}", shown(&world.platform));
    assert_eq!(shown(&world.fund).matches("of the ledger").count(), 3, "{}", shown(&world.fund));
}

/// What a round takes in once the hubs have handed it on.
fn until_it_comes(desk: &Office) -> Value {
    let mut rounds = (0..100).map(|_| {
        std::thread::sleep(Duration::from_millis(200));
        desk.sync()["applied"][0].clone()
    });
    rounds.find(Value::is_object).unwrap()
}
