//! 创新券 through the window's commands: a fund issues and enters, a provider redeems, and the money is asked for.

use serde_json::{Value, json};

use crate::hub::{Hub, rested, until};
use crate::incubator::{Province, SONGJIANG, firm, incubator, public_key};
use crate::world::{PASSPHRASE, World};

/// 合肥国家大学科技园【演示】, whose desk redeems here.
const PROVIDER: &str = "91340100DEM0000228";
const NUMBER: &str = "SJQ-2026-0001";
/// The hub has the machine's clock, so that no day that comes may be meant.
const LAST_DAY: &str = "2099-12-31";

/// A provider with a desk of its own.
fn provider() -> World {
    let world = World::new();
    let profile = json!({"uscc": PROVIDER, "name": "合肥国家大学科技园【演示】", "role": "incubator", "region": "340104"});
    world.ask("session.create", json!({ "profile": profile, "passphrase": PASSPHRASE }));
    world
}

/// A fund that has issued a voucher of ¥20,000.00; its id in the list of what was issued.
fn fund() -> (World, String) {
    let world = incubator();
    Province::registers_a_fund(&world);
    let saved = world.ask("register.save", firm(1));
    let claims = json!([
        {"name": "issued_on", "value": "2026-03-01"}, {"name": "valid_from", "value": "2026-03-01"},
        {"name": "quota_fen", "value": "20000"}, {"name": "allowed_service_kinds", "value": "检验检测"},
        {"name": "offset_percent", "value": "50"}, {"name": "scope_regions", "value": "yrd"},
    ]);
    let folder = world.outside().join("签发").display().to_string();
    let issue = json!({"kind": "innovation-voucher", "provenance": "direct", "firms": [saved["id"]], "claims": claims,
        "number": NUMBER, "valid_until": LAST_DAY, "attested": null, "passphrase": PASSPHRASE, "folder": folder});
    let issued = world.ask("issue.issue", issue);
    assert_eq!(issued["refused"], json!([]), "{issued}");
    let find = json!({"text": "", "kind": "innovation-voucher", "status": null, "firm": null, "after": null, "limit": 9});
    let id = world.ask("issue.list", find)["credentials"][0]["id"].as_str().expect("an id").to_owned();
    (world, id)
}

fn redemption(amount: &str, offline: bool) -> Value {
    let document = std::env::current_exe().expect("a file").display().to_string();
    json!({"id": NUMBER, "amount": amount, "kind": "检验检测", "day": "2026-11-16", "region": "310104",
        "document": document, "hold": null, "offline": offline})
}

#[test]
fn a_voucher_goes_from_the_fund_to_the_provider_and_the_money_is_settled() {
    let mut hub = Hub::start();
    let (fund, issued) = fund();
    let provider = provider();
    let refused = fund.refused("vouchers.enter", json!({ "id": issued }));
    assert_eq!(refused.code, "HUB-NONE", "nobody has joined yet");
    hub.takes_in(&fund, SONGJIANG, "松江科创孵化器【演示】", "voucher_fund");
    hub.takes_in(&provider, PROVIDER, "合肥国家大学科技园【演示】", "service_provider");
    for world in [&fund, &provider] {
        rested(world);
    }

    let page = fund.ask("vouchers.enter", json!({ "id": issued }));
    assert_eq!(
        (&page["line"]["part"], &page["line"]["free"]),
        (&json!("fund"), &json!("¥20,000.00")),
        "{page}"
    );
    let ask = json!({"id": NUMBER, "fund": SONGJIANG});
    let page = provider.ask("vouchers.ask", ask.clone());
    assert_eq!(
        (&page["line"]["part"], &page["line"]["state"]),
        (&json!("redeemer"), &json!("open")),
        "{page}"
    );
    assert_eq!((&page["kinds"], &page["regions"]), (&json!(["检验检测"]), &json!(["31", "32", "33", "34"])));

    let page = provider.ask("vouchers.redeem", redemption("14,400.00", false));
    let row = &page["redemptions"][0];
    assert_eq!((&row["state"], &row["amount"]), (&json!("redeemed"), &json!("¥14,400.00")), "{page}");
    assert_eq!(provider.refused("vouchers.redeem", redemption("5600.01", false)).code, "VOUCHER-BALANCE");
    assert_eq!(provider.refused("vouchers.redeem", redemption("多少", false)).code, "VOUCHER-AMOUNT");
    let early = json!({"id": NUMBER, "of": "", "reason": "不是发券单位"});
    assert_eq!(provider.refused("vouchers.revoke", early).code, "AUTH-FORBIDDEN");

    // Without a network it is provisional, and the round that has one again brings the receipt by itself.
    hub.kill();
    // Trust data that are past their time would forbid it; here there are none, which is not past.
    let page = provider.ask("vouchers.redeem", redemption("600", true));
    assert_eq!(page["redemptions"][0]["state"], "provisional", "{page}");
    assert_eq!(page["redemptions"][0]["same_document"], true, "one file for both: {page}");
    assert_eq!(page["line"]["provisional"], "¥600.00", "{page}");
    hub.go_on();
    provider.ask("sync.now", json!({"passphrase": null}));
    let asked = json!({ "id": NUMBER });
    let page =
        until(&provider, "vouchers.page", &asked, |page| page["redemptions"][0]["state"] == "redeemed");
    assert_eq!(page["line"]["provisional"], Value::Null, "{page}");

    let find = |text: &str| json!({"text": text, "after": null, "limit": 50});
    let found = provider.ask("vouchers.list", find(NUMBER));
    assert_eq!((&found["vouchers"][0]["id"], &found["next"]), (&json!(NUMBER), &Value::Null), "{found}");
    assert_eq!(provider.ask("vouchers.list", find("none"))["vouchers"], json!([]));
    let list = provider.ask("vouchers.accounts", json!({}));
    assert_eq!(list["owed"], json!([{"fund": SONGJIANG, "amount": "¥15,000.00", "count": 2}]), "{list}");
    let list = provider.ask("vouchers.settle", json!({ "id": SONGJIANG }));
    assert_eq!((&list["owed"], &list["settlements"][0]["state"]), (&json!([]), &json!("waiting")), "{list}");
    until(&provider, "sync.status", &json!({}), |status| {
        status["state"] == "synced" && status["waiting"] == 0
    });
    fund.ask("sync.now", json!({"passphrase": null}));
    let came = until(&fund, "vouchers.accounts", &json!({}), |list| list["settlements"][0]["id"].is_string());
    let request = &came["settlements"][0];
    assert_eq!((&request["made"], &request["amount"]), (&json!(false), &json!("¥15,000.00")), "{came}");
    assert_eq!(request["parts"], json!([{"voucher": NUMBER, "amount": "¥15,000.00"}]));
    let answer =
        |paid: Value, returned: Value| json!({"id": request["id"], "paid": paid, "returned": returned});
    assert_eq!(fund.refused("vouchers.answer", answer(json!(""), Value::Null)).code, "SETTLE-ANSWER");
    fund.ask("vouchers.answer", answer(json!("2026-0117"), Value::Null));
    until(&fund, "sync.status", &json!({}), |status| status["state"] == "synced" && status["waiting"] == 0);
    provider.ask("sync.now", json!({"passphrase": null}));
    let page = until(&provider, "vouchers.page", &asked, |page| page["redemptions"][0]["state"] == "settled");
    assert_eq!(page["redemptions"][1]["state"], "settled", "{page}");

    let path = provider.outside().join("对账单.xlsx").display().to_string();
    let of = |path: &str| json!({"from": "2026-11-01", "until": null, "path": path, "language": "zh"});
    let written = provider.ask("vouchers.export", of(&path));
    assert_eq!(written["count"], 2, "{written}");
    let page = provider.outside().join("对账单.pdf");
    assert_eq!(provider.ask("vouchers.export", of(&page.display().to_string()))["count"], 2);
    assert!(std::fs::read(&page).expect("a page").starts_with(b"%PDF-"), "to stamp and file");
    let other = provider.outside().join("对账单.doc");
    let between = |from: &str, until: &str, path: &std::path::Path| {
        let request =
            json!({"from": from, "until": until, "path": path.display().to_string(), "language": "zh"});
        provider.refused("vouchers.export", request).code
    };
    assert_eq!(between("2026-11-01", "2026-11-02", &other), "TABLE-ENDING");
    for (from, until) in
        [("2026-11-30", "2026-11-01"), ("2026-11-01", "2099-01-01"), ("2099-01-01", "2099-01-02")]
    {
        assert_eq!(
            between(from, until, &provider.outside().join("b.pdf")),
            "STATEMENT-DAYS",
            "{from} {until}"
        );
    }
    assert!(!other.exists() && !provider.outside().join("b.pdf").exists(), "nothing was written");
}

#[test]
fn holds_and_double_redemptions_are_the_ledgers_and_people_decide() {
    let hub = Hub::start();
    let (fund, issued) = fund();
    let provider = provider();
    hub.takes_in(&fund, SONGJIANG, "松江科创孵化器【演示】", "voucher_fund");
    hub.takes_in(&provider, PROVIDER, "合肥国家大学科技园【演示】", "service_provider");
    fund.ask("vouchers.enter", json!({ "id": issued }));
    provider.ask("vouchers.ask", json!({"id": NUMBER, "fund": SONGJIANG}));

    for until in ["2026-03-01", "2100-01-01"] {
        let refused = provider.refused("vouchers.hold", json!({"id": NUMBER, "amount": "1", "until": until}));
        assert_eq!(refused.code, "VOUCHER-UNTIL", "over already, or beyond its end: {until}");
    }
    let elsewhere = provider.refused("vouchers.ask", json!({"id": NUMBER, "fund": "11330000DEM000102T"}));
    assert_eq!(elsewhere.code, "VOUCHER-LEDGER");
    let advice = &elsewhere.advice;
    assert!(advice.zh.contains("加入外省枢纽") && !advice.zh.contains("zizhi "), "what to click: {advice:?}");

    let page = provider.ask("vouchers.hold", json!({"id": NUMBER, "amount": "15000", "until": "2099-12-20"}));
    let hold = page["holds"][0].clone();
    assert_eq!(
        (&hold["state"], &hold["own"], &hold["over"]),
        (&json!("open"), &json!(true), &json!(false)),
        "{page}"
    );
    assert_eq!(
        (&page["held"], &page["line"]["free"]),
        (&json!("¥15,000.00"), &json!("¥5,000.00")),
        "what the ledger gave counts before it is asked again: {page}"
    );
    let close = json!({"id": NUMBER, "of": hold["id"], "reason": "早了"});
    fund.ask("vouchers.ask", json!({"id": NUMBER, "fund": SONGJIANG}));
    assert_eq!(fund.refused("vouchers.close_hold", close).code, "HOLD-EARLY");

    for amount in ["4000", "900"] {
        provider.ask("vouchers.redeem", redemption(amount, true));
    }
    let beside = provider.refused("vouchers.redeem", redemption("200", true));
    assert_eq!(beside.code, "VOUCHER-OFFLINE", "what is held is not free for what is booked without it");
    let second = provider.refused("vouchers.redeem", redemption("9000", true));
    assert_eq!(second.code, "VOUCHER-OFFLINE", "what is booked counts");
    let key = provider.ask("vouchers.page", json!({ "id": NUMBER }))["redemptions"][0]["key"].clone();
    let withdraw = |reason: &str| json!({"id": NUMBER, "of": key, "reason": reason});
    assert_eq!(provider.refused("vouchers.withdraw", withdraw(" ")).code, "VOUCHER-REASON");
    let page = provider.ask("vouchers.withdraw", withdraw("金额写错"));
    assert_eq!(page["redemptions"][0]["state"], "withdrawn", "{page}");
    let release = json!({"id": NUMBER, "of": hold["id"], "reason": ""});
    let page = provider.ask("vouchers.release", release);
    assert_eq!(page["holds"][0]["state"], "released", "{page}");
    assert_eq!(page["held"], "¥0.00", "{page}");

    // A hold that the ledger was seen to have, and that this desk redeems: no look at the ledger comes after it.
    provider.ask("vouchers.hold", json!({"id": NUMBER, "amount": "1000", "until": "2099-12-20"}));
    let page = provider.ask("vouchers.ask", json!({"id": NUMBER, "fund": SONGJIANG}));
    let mut with_hold = redemption("800", false);
    with_hold["hold"] = page["holds"][0]["id"].clone();
    let page = provider.ask("vouchers.redeem", with_hold);
    assert_eq!(page["redemptions"][0]["state"], "redeemed", "{page}");
    assert_eq!(page["holds"][0]["state"], "redeemed", "it cannot be used again: {page}");
    assert_eq!((&page["spent"], &page["held"]), (&json!("¥800.00"), &json!("¥0.00")), "{page}");
    assert_eq!(page["line"]["free"], "¥15,200.00", "less what is booked and has no answer yet: {page}");

    let decide = json!({"id": NUMBER, "conflict": hold["id"], "accepted": false, "reason": "没有这一项"});
    assert_eq!(fund.refused("vouchers.decide", decide).code, "CONFLICT-UNKNOWN");
    let revoke = json!({"id": NUMBER, "of": "", "reason": "企业已迁出"});
    let page = fund.ask("vouchers.revoke", revoke);
    assert_eq!(
        (&page["line"]["state"], &page["revoked"]),
        (&json!("revoked"), &json!("企业已迁出")),
        "{page}"
    );
    let late = provider.refused("vouchers.redeem", redemption("100", false));
    assert_eq!(late.code, "VOUCHER-REVOKED");
    assert_eq!(provider.refused("vouchers.take", json!({"id": "case-0"})).code, "CASE-ABSENT");
    let joined = json!({"invitation": provider.outside().join("none.jwt"), "url": hub.url});
    assert_eq!(provider.refused("vouchers.join", joined).code, "IO-READ");
}

#[test]
fn nothing_is_booked_offline_once_the_trust_data_of_the_funds_province_is_past_its_time() {
    let mut hub = Hub::start();
    let (fund, issued) = fund();
    let provider = provider();
    let mut province = Province::with_key(public_key(&provider));
    province.terms.province_days = 7;
    province.publish(&provider, &[]);
    hub.takes_in(&fund, SONGJIANG, "松江科创孵化器【演示】", "voucher_fund");
    hub.takes_in(&provider, PROVIDER, "合肥国家大学科技园【演示】", "service_provider");
    fund.ask("vouchers.enter", json!({ "id": issued }));
    provider.ask("vouchers.ask", json!({"id": NUMBER, "fund": SONGJIANG}));
    hub.kill();
    provider.ask("vouchers.redeem", redemption("600", true));
    provider.ask("session.lock", json!({}));

    let later = provider.later("2026-12-02T10:00:00+08:00");
    later.ask("session.unlock", json!({"secret": PASSPHRASE}));
    for offline in [true, false] {
        let refusal = later.refused("vouchers.redeem", redemption("500", offline));
        assert_eq!(refusal.code, "VOUCHER-DATED", "the whole would hold for weeks: {refusal:?}");
    }
    let page = later.ask("vouchers.page", json!({ "id": NUMBER }));
    assert_eq!(page["redemptions"].as_array().map(Vec::len), Some(1), "nothing more was booked: {page}");
    hub.go_on();
    let page = later.ask("vouchers.redeem", redemption("500", false));
    assert_eq!(
        page["redemptions"][0]["state"], "redeemed",
        "the ledger itself has said what is left: {page}"
    );
}
