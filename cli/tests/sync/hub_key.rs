//! A hub changes its key: nobody joins anew, what the old key signed stays good, and what nobody registered counts for
//! nothing.

use std::time::Duration;

use serde_json::{Value, json};

use crate::run::{ended, zizhi};
use crate::voucher_world::{FUND, Vouchers};
use crate::world::{Hub, SONGJIANG, World};

/// Has the province register the public key that a verb of the hub prints. What the province is told.
fn register(
    folder: &std::path::Path,
    hub: &Hub,
    which: &str,
    (operator, id): (&str, &str),
    from: Option<&str>,
) -> String {
    std::fs::write(folder.join("hub.jwk"), hub.run(&["key", which])).unwrap();
    let rotate = ["trust", "rotate-key", "world", "--issuer", operator, "--new", "hub.jwk"];
    let from = from.map(|from| vec!["--from", from]).unwrap_or_default();
    let arguments = [&rotate[..], &["--uses", "hub", "--hub", id], &from].concat();
    ended(zizhi(folder, &arguments).output().unwrap(), 0, &arguments).1
}

const LONG_AGO: Option<&str> = Some("2026-01-01T00:00:00+08:00");

fn switch(hub: &mut Hub) {
    hub.run(&["key", "next"]);
    hub.run(&["key", "switch"]);
    hub.kill();
    hub.go_on();
}

#[test]
fn a_hub_changes_its_key_and_nobody_joins_anew() {
    let mut world = World::joined();
    let of = (SONGJIANG, "31-main");
    let folder = world.folder.path().to_owned();
    let tree = world.path("world").display().to_string();
    let key_of = |world: &World| world.firm.json(&["sync", "status"], 0)["hub_key"].clone();
    let before = key_of(&world);
    register(&folder, &world.hub, "show", of, LONG_AGO);
    world.hub.run(&["publish", &tree]);
    world.firm.sync();
    assert_eq!(key_of(&world), before, "registered as it is");

    // A change that nobody registered: the control.
    switch(&mut world.hub);
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let round = world.firm.sync();
    assert_eq!((&round["sent"], &round["later"]), (&json!(0), &json!(1)), "no receipt that counts: {round}");
    let waits = world.firm.json(&["sync", "outbox"], 0)[0].clone();
    assert_eq!(waits["code"], "HUB-RECEIPT", "and the page says why: {waits}");
    let advice = |language: &str| waits["advice"][language].as_str().unwrap_or_default();
    assert!(advice("zh").starts_with("请先取得最新的信任数据"), "and what to do: {waits}");
    assert!(advice("en").starts_with("Fetch trust data first"), "and what to do: {waits}");

    // The round that brings the register cannot use it yet; the next one does.
    let told = register(&folder, &world.hub, "show", of, None);
    world.hub.run(&["publish", &tree]);
    world.firm.sync();
    world.firm.ends(&["sync", "outbox", "retry", waits["id"].as_str().unwrap()], 0);
    let round = world.firm.sync();
    assert_eq!(round["sent"], 1, "the hub has it, under a key that its province names: {round}");
    let (shown, after) = (key_of(&world), world.hub.talk(&["key", "show"]));
    let shown = shown.as_str().unwrap();
    assert_ne!(shown, before, "people compare the new one");
    assert!(after.contains(&format!("desktops show it as {shown}")), "the operator reads the same: {after}");
    assert!(told.contains(&format!("fingerprint: {shown}")), "and so does the province: {told}");
    let applied = world.incubator.sync()["applied"].clone();
    assert_eq!(applied[0]["became"], "case", "the other side goes on as well: {applied}");
}

#[test]
fn an_old_receipt_is_paid_and_one_of_a_revoked_key_is_asked_for_anew() {
    let mut world = Vouchers::new();
    let folder = world.folder.path().to_owned();
    let of = (FUND, "33-main");
    let record = json!({"uscc": FUND, "name": "浙江券管理方【演示】", "former_names": [], "roles": ["voucher_fund"],
        "level": null, "region": "330000", "keys": [], "seal_to": [], "may_issue": []});
    world.write("record.json", record.to_string().as_bytes());
    let add = ["trust", "add-issuer", "world", "record.json"];
    ended(zizhi(&folder, &add).output().unwrap(), 0, &add);
    register(&folder, &world.zhejiang, "show", of, LONG_AGO);
    let learn = |world: &Vouchers| {
        for desk in [&world.fund, &world.other] {
            desk.ends(&["trust", "import", "../world"], 0);
            desk.sync();
        }
    };
    // What the provider asks for, and the settlements that the fund has then.
    let asks = |world: &Vouchers| {
        let asked = world.other.json(&["voucher", "settle", FUND], 0);
        world.other.sync();
        world.fund.sync();
        (asked, world.fund.json(&["voucher", "settlements"], 0))
    };
    learn(&world);
    let number = world.voucher(10_000_000);
    world.show(&world.other, &number);
    let first = world.redeem(&world.other, &number, "5000", &[], 0);
    std::thread::sleep(Duration::from_secs(2));

    world.zhejiang.run(&["key", "next"]);
    register(&folder, &world.zhejiang, "next", of, None);
    switch(&mut world.zhejiang);
    learn(&world);
    let (asked, listed) = asks(&world);
    assert_eq!(listed[0]["reason"], Value::Null, "a receipt of the key that has ended is good: {listed}");
    world.fund.ends(&["voucher", "answer", asked["id"].as_str().unwrap(), "--paid", "2026-0117"], 0);
    let second = world.redeem(&world.other, &number, "2500", &[], 0);
    let kid = |row: &Value| header(row["receipt"].as_str().unwrap())["kid"].as_str().unwrap().to_owned();
    assert_ne!(kid(&first), kid(&second), "the new key signs");

    // Stolen: the province revokes the key under which the second receipt was signed, and names a third.
    let stolen = kid(&second);
    world.zhejiang.run(&["key", "next"]);
    register(&folder, &world.zhejiang, "next", of, None);
    let revoke = ["trust", "revoke-key", "world", "--issuer", FUND, "--kid", &stolen, "--reason", "失窃"];
    ended(zizhi(&folder, &revoke).output().unwrap(), 0, &revoke);
    switch(&mut world.zhejiang);
    // The provider asks before its desk has heard of it: whoever looks at the ledger first gets the receipt signed anew.
    let asked = world.other.json(&["voucher", "settle", FUND], 0);
    learn(&world);
    world.fund.sync();
    let listed = world.fund.json(&["voucher", "settlements"], 0);
    assert!(
        listed[0]["reason"].as_str().is_some_and(|reason| reason.contains("吊销")),
        "whatever its date, nobody pays by it: {listed}"
    );
    world.fund.ends(&["voucher", "answer", asked["id"].as_str().unwrap(), "--returned", "密钥已吊销"], 0);
    world.fund.sync();
    world.other.sync();

    // The ledger signs anew what it has booked.
    let seen = world.show(&world.other, &number);
    assert_eq!(seen["spent"], 750_000, "the ledger's word verifies: {seen}");
    let asked = world.other.json(&["voucher", "settle", FUND], 0);
    world.other.sync();
    world.fund.sync();
    world.fund.ends(&["voucher", "answer", asked["id"].as_str().unwrap(), "--paid", "2026-0118"], 0);
    assert_eq!(asked["amount"], 250_000, "{asked}");
}

/// The header of a JWS.
fn header(jws: &str) -> Value {
    let text = zizhi_crypto::b64::decode(jws.split('.').next().unwrap()).unwrap();
    serde_json::from_slice(&text).unwrap()
}
