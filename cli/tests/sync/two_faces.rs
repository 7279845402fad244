//! A ledger that signs the same money twice: the fund, to whom the receipts come, pays it once.

use serde_json::json;
use zizhi_app::{Host as _, SigningKey, SystemHost};
use zizhi_model::Limits;
use zizhi_model::money::Fen;
use zizhi_store::{Entry, Redemption};
use zizhi_sync::ledger::RedemptionReceipt;
use zizhi_sync::object::{Unverified, sign};
use zizhi_sync::{Id, Token};

use crate::voucher_world::{FUND, Vouchers};

#[test]
fn a_ledger_that_signs_the_same_money_twice_is_paid_once() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.other, &number);
    world.redeem(&world.other, &number, "20000", &[], 0);
    let settle = || {
        let asked = world.other.json(&["voucher", "settle", FUND], 0);
        world.other.sync();
        world.fund.sync();
        asked["id"].as_str().unwrap().to_owned()
    };
    let honest = settle();
    world.fund.ends(&["voucher", "answer", &honest, "--paid", "2026-0117"], 0);

    let pem = std::fs::read_to_string(world.folder.path().join("zhejiang/hub.key")).unwrap();
    let ledger = SigningKey::from_pem(&pem).unwrap();
    let row = {
        let database = world.other.unlocked().database;
        let reader = database.reader().unwrap();
        reader.redemptions_of(&number).unwrap().remove(0)
    };
    let text = row.receipt.clone().unwrap();
    let honest = Unverified::<RedemptionReceipt>::parse(&text, &Limits::default()).unwrap().peek().clone();
    for (n, why, receipt) in [
        (1, "one number of a voucher under two keys", honest.clone()),
        (2, "more than the voucher is worth", RedemptionReceipt { seq: 2, spent: Fen(3_000_000), ..honest }),
    ] {
        let key = format!("twice-{n}");
        let jti = Id::new(SystemHost.now().timestamp_millis(), [n; 10]);
        let again = RedemptionReceipt { jti, key: Token::parse(&key).unwrap(), ..receipt };
        let receipt = Some(sign(&ledger, &again).unwrap());
        let database = world.other.unlocked().database;
        let writer = database.writer().unwrap();
        let state = zizhi_store::RedemptionState::Redeemed;
        writer.add_redemption(&Redemption { key, receipt, state, settlement: None, ..row.clone() }).unwrap();
        writer.commit(&Entry::new(SystemHost.now(), "", "voucher.booked")).unwrap();
        drop(database);
        let id = settle();
        world.fund.refused(&["voucher", "answer", &id, "--paid", "2026-0118"], "SETTLE-RECEIPTS");
        let listed = world.fund.json(&["voucher", "settlements"], 0);
        let one = listed.as_array().unwrap().iter().find(|it| it["id"] == json!(id)).unwrap();
        assert!(one["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{why}: and says so: {one}");
    }
}
