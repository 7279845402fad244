//! Vouchers (docs/hub.md §6).

use chrono::NaiveDate;
use zizhi_model::money::Fen;
use zizhi_model::{Region, RegionPattern};
use zizhi_sync::api::{self, Code, Decision};
use zizhi_sync::invitation::Role;
use zizhi_sync::ledger::{Hold, RedemptionReceipt, VoucherEntry};
use zizhi_sync::{Digest, Id, Token, object};

use crate::world::{Ask, NOW, Party, World, ask, world};

pub struct Cast {
    pub world: World,
    fund: Party,
    firm: Party,
    pub desk: Party,
    other: Party,
}

fn day(text: &str) -> NaiveDate {
    zizhi_model::civil::parse_date(text).expect("a day")
}

fn entry(cast: &Cast, redeemers: Vec<zizhi_model::OrgId>) -> VoucherEntry {
    VoucherEntry {
        jti: Token::parse("SH-2026-0001").expect("a token"),
        iss: cast.fund.org,
        sub: cast.firm.org,
        amount: Fen(10_000),
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        regions: vec![RegionPattern::parse("31").expect("a pattern")],
        kinds: vec!["检验检测".to_owned()],
        redeemers,
        iat: NOW,
    }
}

fn put(signer: &Party, entry: &VoucherEntry) -> Ask {
    let entry = object::sign(&signer.key, entry).expect("an entry");
    ask("PUT", "/v1/vouchers/SH-2026-0001").json(&api::PutVoucher { entry })
}

pub fn redemption(amount: i64) -> api::Redemption {
    api::Redemption {
        redeemer: None,
        amount: Fen(amount),
        kind: "检验检测".to_owned(),
        day: day("2026-03-01"),
        region: Region::parse("310104").expect("a region"),
        document: Digest::of(b"invoice"),
        hold: None,
        made: NOW,
    }
}

pub fn redeem(key: &str, redemption: &api::Redemption) -> Ask {
    ask("POST", "/v1/vouchers/SH-2026-0001/redemptions").field("idempotency-key", key).json(redemption)
}

fn at(path: &str) -> String {
    format!("/v1/vouchers/SH-2026-0001/{path}")
}

fn reason() -> api::Reason {
    api::Reason { reason: "核实后处理".to_owned() }
}

async fn cast_of(world: World) -> Cast {
    let fund = world.joined(1, Role::VoucherFund).await;
    let firm = world.joined(2, Role::Firm).await;
    let desk = world.joined(3, Role::ServiceProvider).await;
    let other = world.joined(4, Role::ServiceProvider).await;
    Cast { world, fund, firm, desk, other }
}

async fn cast() -> Cast {
    cast_of(world()).await
}

async fn with_voucher() -> Cast {
    with_voucher_at(world()).await
}

/// With the voucher entered at this hub, for the desk and the other one.
pub async fn with_voucher_at(world: World) -> Cast {
    let cast = cast_of(world).await;
    let entry = entry(&cast, vec![cast.desk.org, cast.other.org]);
    cast.world.from(&cast.fund, put(&cast.fund, &entry)).await.is(201);
    cast
}

#[tokio::test]
async fn enters_the_entry_of_a_fund_and_of_nobody_else() {
    let cast = cast().await;
    let Cast { world, fund, firm, .. } = &cast;
    let good = entry(&cast, Vec::new());
    world
        .from(firm, put(firm, &VoucherEntry { iss: firm.org, ..good.clone() }))
        .await
        .refuses(Code::AuthForbidden);
    world.from(fund, put(firm, &good)).await.refuses(Code::AuthForbidden);
    world.from(fund, put(fund, &good)).await.is(201);
    world.from(fund, put(fund, &good)).await.is(200);
    let other = VoucherEntry { amount: Fen(20_000), ..good.clone() };
    world.from(fund, put(fund, &other)).await.refuses(Code::VoucherOther);
    let elsewhere = VoucherEntry { jti: Token::parse("SH-2026-0002").expect("a token"), ..good };
    world.from(fund, put(fund, &elsewhere)).await.refuses(Code::RequestInvalid);
}

#[tokio::test]
async fn redeems_once_and_signs_the_same_receipt_for_ever() {
    let cast = with_voucher().await;
    let Cast { world, desk, .. } = &cast;
    let first: api::ReceiptAnswer = world.from(desk, redeem("k1", &redemption(6_000))).await.json(201);
    let receipt: RedemptionReceipt = world.read(&first.receipt);
    let (voucher, key) =
        (Token::parse("SH-2026-0001").expect("a token"), Token::parse("k1").expect("a token"));
    assert!(receipt.is_for(&voucher, &desk.org, &key, Fen(6_000)), "a receipt for it");
    assert_eq!((receipt.seq, receipt.spent), (1, Fen(6_000)), "the first");
    world.clock.set(NOW + 1000);
    let again: api::ReceiptAnswer = world.from(desk, redeem("k1", &redemption(6_000))).await.json(201);
    assert_eq!(first, again, "byte for byte");
    world.from(desk, redeem("k1", &redemption(6_001))).await.refuses(Code::KeyOther);
    world.from(&cast.other, redeem("k1", &redemption(4_000))).await.is(201);
}

#[tokio::test]
async fn refuses_what_the_entry_does_not_cover() {
    let cast = with_voucher().await;
    let Cast { world, desk, firm, .. } = &cast;
    let good = redemption(1);
    let cases = [
        (api::Redemption { day: day("2025-12-31"), ..good.clone() }, Code::VoucherPeriod),
        (api::Redemption { day: day("2027-01-01"), ..good.clone() }, Code::VoucherPeriod),
        (api::Redemption { kind: "培训".to_owned(), ..good.clone() }, Code::VoucherScope),
        (
            api::Redemption { region: Region::parse("330100").expect("a region"), ..good.clone() },
            Code::VoucherScope,
        ),
        (api::Redemption { redeemer: Some(cast.other.org), ..good.clone() }, Code::AuthForbidden),
        (api::Redemption { amount: Fen(0), ..good.clone() }, Code::RequestInvalid),
    ];
    for (case, code) in cases {
        world.from(desk, redeem("k", &case)).await.refuses(code);
    }
    world.from(firm, redeem("k", &good)).await.refuses(Code::VoucherRedeemer);
    let unknown = ask("POST", "/v1/vouchers/none/redemptions").field("idempotency-key", "k").json(&good);
    world.from(desk, unknown).await.refuses(Code::VoucherUnknown);
    let without_key = ask("POST", at("redemptions")).json(&good);
    world.from(desk, without_key).await.refuses(Code::RequestInvalid);
    world.from(desk, redeem("k", &good)).await.is(201);
}

#[tokio::test]
async fn lets_the_fund_book_for_a_redeemer() {
    let cast = with_voucher().await;
    let on_paper = api::Redemption { redeemer: Some(cast.desk.org), ..redemption(100) };
    let booked: api::ReceiptAnswer =
        cast.world.from(&cast.fund, redeem("paper-1", &on_paper)).await.json(201);
    assert_eq!(
        cast.world.read::<RedemptionReceipt>(&booked.receipt).redeemer,
        cast.desk.org,
        "it is the desk's"
    );
}

#[tokio::test]
async fn keeps_what_does_not_fit_for_the_fund_to_decide() {
    let cast = with_voucher().await;
    let Cast { world, fund, firm, desk, other } = &cast;
    world.from(desk, redeem("k1", &redemption(9_000))).await.is(201);
    let refused = world.from(other, redeem("k1", &redemption(2_000))).await.refuses(Code::VoucherOverdrawn);
    let conflict: Id = refused.conflict.expect("it is kept");
    let again = world.from(other, redeem("k1", &redemption(2_000))).await.refuses(Code::VoucherOverdrawn);
    assert_eq!(again.conflict, Some(conflict), "the same answer");
    let path = at(&format!("conflicts/{conflict}"));
    let decide = |decision| ask("POST", &path).json(&api::Decide { decision, reason: "核实".to_owned() });
    world.from(other, decide(Decision::Accepted)).await.refuses(Code::AuthForbidden);
    world.from(fund, decide(Decision::Accepted)).await.refuses(Code::VoucherOverdrawn);
    let view: api::VoucherView = world.from(firm, ask("GET", "/v1/vouchers/SH-2026-0001")).await.json(200);
    assert_eq!(
        (view.spent, view.conflicts[0].code),
        (Fen(9_000), Code::VoucherOverdrawn),
        "the firm sees it"
    );
    assert_eq!(view.conflicts[0].redemption.amount, Fen(2_000), "with what was asked");
    let decided: api::Decided = world.from(fund, decide(Decision::Rejected)).await.json(200);
    assert_eq!(decided.receipt, None, "no receipt for what is rejected");
    world.from(fund, decide(Decision::Accepted)).await.refuses(Code::ConflictUnknown);
}

#[tokio::test]
async fn holds_an_amount_for_one_redeemer() {
    let cast = with_voucher().await;
    let Cast { world, fund, desk, other, .. } = &cast;
    let asked = api::HoldRequest { amount: Fen(8_000), until: NOW + 3600 };
    let hold = |key: &str, asked: &api::HoldRequest| {
        ask("POST", at("holds")).field("idempotency-key", key).json(asked)
    };
    let given: api::HoldAnswer = world.from(desk, hold("h1", &asked)).await.json(201);
    let signed: Hold = world.read(&given.hold);
    assert_eq!(
        (signed.redeemer, signed.amount, signed.until),
        (desk.org, Fen(8_000), NOW + 3600),
        "the right"
    );
    assert_eq!(
        world.from(desk, hold("h1", &asked)).await.json::<api::HoldAnswer>(201),
        given,
        "the same again"
    );
    world.from(other, hold("h1", &asked)).await.refuses(Code::VoucherOverdrawn);
    world.from(other, redeem("k", &redemption(2_001))).await.refuses(Code::VoucherOverdrawn);
    let close = |id: Id| ask("POST", at(&format!("holds/{id}/close"))).json(&reason());
    world.from(fund, close(signed.jti)).await.refuses(Code::HoldEarly);
    world.from(desk, close(signed.jti)).await.refuses(Code::AuthForbidden);
    let using = api::Redemption { hold: Some(signed.jti), ..redemption(8_000) };
    world.from(other, redeem("k2", &using)).await.refuses(Code::HoldOther);
    let used: api::ReceiptAnswer = world.from(desk, redeem("k", &using)).await.json(201);
    assert_eq!(world.read::<RedemptionReceipt>(&used.receipt).hold, Some(signed.jti), "and it is used up");
    let release = ask("POST", at(&format!("holds/{}/release", signed.jti)));
    world.from(desk, release).await.refuses(Code::HoldClosed);
    let second: api::HoldAnswer =
        world.from(other, hold("h2", &api::HoldRequest { amount: Fen(2_000), ..asked })).await.json(201);
    let second: Hold = world.read(&second.hold);
    world.clock.set(NOW + 3601);
    world.from(fund, close(second.jti)).await.is(200);
}

#[tokio::test]
async fn shows_a_redeemer_its_own_lines_and_a_stranger_nothing() {
    let cast = with_voucher().await;
    let Cast { world, fund, desk, other, .. } = &cast;
    world.from(desk, redeem("k1", &redemption(1_000))).await.is(201);
    world.from(other, redeem("k1", &redemption(2_000))).await.is(201);
    let show = || ask("GET", "/v1/vouchers/SH-2026-0001");
    let all: api::VoucherView = world.from(fund, show()).await.json(200);
    assert_eq!((all.redemptions.len(), all.spent), (2, Fen(3_000)), "everything for the fund");
    let own: api::VoucherView = world.from(desk, show()).await.json(200);
    assert_eq!((own.redemptions.len(), own.spent), (1, Fen(3_000)), "its own lines for the desk");
    let stranger = world.joined(9, Role::Incubator).await;
    world.from(&stranger, show()).await.refuses(Code::VoucherUnknown);
    world.from(&stranger, ask("POST", at("revoke")).json(&reason())).await.refuses(Code::VoucherUnknown);
}

#[tokio::test]
async fn redeems_nothing_once_the_fund_has_revoked_it() {
    let cast = with_voucher().await;
    let Cast { world, fund, desk, .. } = &cast;
    world.from(desk, redeem("k1", &redemption(1_000))).await.is(201);
    world.from(desk, ask("POST", at("revoke")).json(&reason())).await.refuses(Code::AuthForbidden);
    world.from(fund, ask("POST", at("revoke")).json(&reason())).await.is(200);
    world.from(desk, redeem("k2", &redemption(1_000))).await.refuses(Code::VoucherRevoked);
    world.from(desk, redeem("k1", &redemption(1_000))).await.is(201);
    let view: api::VoucherView = world.from(fund, ask("GET", "/v1/vouchers/SH-2026-0001")).await.json(200);
    assert_eq!(
        view.revoked,
        Some(api::Revoked { at: NOW, reason: "核实后处理".to_owned() }),
        "and it is told why"
    );
}

/// 23:59:59 of that day in China.
fn end_of(text: &str) -> i64 {
    zizhi_model::civil::end_of_day_shanghai(day(text)).timestamp()
}

/// The hub's clock decides, whatever day a redeemer writes on its invoice: the entry ends on 2026-12-31, and 90 days later
/// is 2027-03-31.
#[tokio::test]
async fn keeps_for_people_what_arrives_long_after_the_voucher_is_over() {
    let cast = with_voucher().await;
    let Cast { world, fund, desk, .. } = &cast;
    world.clock.set(end_of("2027-03-31"));
    let booked: api::ReceiptAnswer = world.from(desk, redeem("k1", &redemption(1_000))).await.json(201);
    world.clock.set(end_of("2027-03-31") + 1);
    let late = world.from(desk, redeem("k2", &redemption(1_000))).await.refuses(Code::VoucherPeriod);
    let conflict = late.conflict.expect("it is kept");
    let again: api::ReceiptAnswer = world.from(desk, redeem("k1", &redemption(1_000))).await.json(201);
    assert_eq!(again, booked, "what was booked in time has its receipt for ever");
    let view: api::VoucherView = world.from(fund, ask("GET", "/v1/vouchers/SH-2026-0001")).await.json(200);
    assert_eq!(
        (view.spent, view.conflicts[0].code),
        (Fen(1_000), Code::VoucherPeriod),
        "the fund sees what came late"
    );
    let accept = api::Decide { decision: Decision::Accepted, reason: "发票迟到".to_owned() };
    let path = at(&format!("conflicts/{conflict}"));
    let decided: api::Decided = world.from(fund, ask("POST", path).json(&accept)).await.json(200);
    let receipt: RedemptionReceipt = world.read(&decided.receipt.expect("a receipt"));
    assert_eq!((receipt.seq, receipt.spent), (2, Fen(2_000)), "and may have it booked");
}

#[tokio::test]
async fn holds_within_the_time_of_a_voucher_and_repeats_a_hold_that_is_over() {
    let cast = with_voucher().await;
    let Cast { world, desk, .. } = &cast;
    let hold = |key: &str, until| {
        let asked = api::HoldRequest { amount: Fen(1_000), until };
        ask("POST", at("holds")).field("idempotency-key", key).json(&asked)
    };
    let most = end_of("2027-03-31");
    world.from(desk, hold("h1", most + 1)).await.refuses(Code::VoucherPeriod);
    world.from(desk, hold("h1", NOW - 1)).await.refuses(Code::RequestInvalid);
    let given: api::HoldAnswer = world.from(desk, hold("h1", NOW + 60)).await.json(201);
    world.from(desk, hold("h2", most)).await.is(201);
    world.clock.set(NOW + 3_600);
    let again: api::HoldAnswer = world.from(desk, hold("h1", NOW + 60)).await.json(201);
    assert_eq!(again, given, "the same answer, though its time is over");
    world.clock.set(end_of("2026-12-31") + 1);
    world.from(desk, hold("h3", most)).await.refuses(Code::VoucherPeriod);
}
