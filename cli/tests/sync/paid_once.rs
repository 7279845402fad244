//! A fund whose database came from a backup does not pay twice what it paid after the backup.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::voucher_world::{FUND, Vouchers};
use crate::world::Office;

const PAID: &str = "2026-0117";

/// A world with a redemption, and a backup of the desk that redeemed of before it asked for its money.
struct Paid {
    world: Vouchers,
    number: String,
    /// The fund's backup of before it paid.
    fund: String,
    /// The redeemer's, of before it asked.
    other: String,
}

impl Paid {
    fn new() -> Self {
        let world = Vouchers::new();
        let number = world.voucher(3_000_000);
        world.show(&world.other, &number);
        world.redeem(&world.other, &number, "5000", &[], 0);
        for stick in ["stick", "stick-2"] {
            fs::create_dir(world.folder.path().join(stick)).unwrap();
        }
        let backup = |desk: &Office, stick: &str| {
            desk.json(&["db", "backup", stick], 0)["path"].as_str().unwrap().to_owned()
        };
        let (fund, other) = (backup(&world.fund, "../stick"), backup(&world.other, "../stick-2"));
        let paid = Self { world, number, fund, other };
        let id = paid.asked();
        paid.world.fund.ends(&["voucher", "answer", &id, "--paid", PAID], 0);
        paid
    }

    /// The redeemer asks for everything that it takes for not asked; the request's id, at the fund.
    fn asked(&self) -> String {
        let asked = self.world.other.json(&["voucher", "settle", FUND], 0);
        self.world.other.sync();
        self.world.fund.sync();
        asked["id"].as_str().unwrap().to_owned()
    }

    /// The redeemer's desk knows nothing of having asked: it asks once more for the same receipts, under another id.
    fn asked_again(&self) -> String {
        restored(&self.world.other, &self.other);
        self.world.show(&self.world.other, &self.number);
        self.asked()
    }
}

/// Onto a new computer: nothing is left of the database that was in use.
fn restored(desk: &Office, backup: &str) {
    fs::remove_dir_all(desk.folder.join("data/database")).unwrap();
    desk.ends(&["db", "restore", backup], 0);
}

#[test]
fn what_was_redeemed_before_the_restore_is_paid_only_by_who_has_looked() {
    let paid = Paid::new();
    let world = &paid.world;
    restored(&world.fund, &paid.fund);
    let again = paid.asked_again();
    let listed = world.fund.json(&["voucher", "settlements"], 0);
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "the backup knows of no other request: {listed}");
    let pay = ["voucher", "answer", &again, "--paid", "2026-0118"];
    let (_, talk) = world.fund.ends(&pay, 2);
    assert!(talk.contains("SETTLE-RESTORED") && talk.contains(&format!("{}#1", paid.number)), "{talk}");
    assert!(talk.contains("bank's record") && talk.contains("--looked"), "and what to do: {talk}");
    let listed = world.fund.json(&["voucher", "settlements"], 0);
    assert_eq!(listed[0]["state"], "waiting", "nothing was paid: {listed}");
    // Somebody looked and says that it was not paid: it is, and the log tells who.
    world.fund.ends(&[&pay[..], &["--looked"]].concat(), 0);
    let reader = world.fund.unlocked().database;
    let rows =
        reader.reader().unwrap().activity(&zizhi_store::ActivityFilter::default(), None, 99).unwrap().rows;
    let answered = rows.iter().find(|row| row.action == "settlement.answered").unwrap();
    assert_eq!(answered.summary, json!({ "looked": true }), "{answered:?}");
}

#[test]
fn what_was_redeemed_after_the_restore_is_paid_as_ever() {
    let paid = Paid::new();
    let world = &paid.world;
    restored(&world.fund, &paid.fund);
    sleep(Duration::from_millis(1100));
    world.redeem(&world.other, &paid.number, "100", &[], 0);
    let id = paid.asked();
    world.fund.ends(&["voucher", "answer", &id, "--paid", "2026-0118"], 0);
}

#[test]
fn where_the_replaced_database_tells_what_was_paid_the_request_says_when_and_under_which_number() {
    let paid = Paid::new();
    let world = &paid.world;
    world.fund.ends(&["db", "restore", &paid.fund], 0);
    let again = paid.asked_again();
    let (_, talk) = world.fund.ends(&["voucher", "answer", &again, "--paid", "2026-0118", "--looked"], 2);
    assert!(talk.contains("SETTLE-RECEIPTS"), "{talk}");
    let listed = world.fund.json(&["voucher", "settlements"], 0);
    let one = listed.as_array().unwrap().iter().find(|it| it["id"] == json!(again)).unwrap();
    let reason = one["reason"].as_str().unwrap();
    assert!(reason.contains(PAID) && reason.contains(&paid.number), "when and under which number: {one}");
}
