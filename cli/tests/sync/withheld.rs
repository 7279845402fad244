//! Redemptions that a ledger counts and does not show.

use rusqlite::Connection;
use serde_json::json;
use zizhi_app::{Host as _, SystemHost};
use zizhi_store::Entry;

use crate::voucher_world::Vouchers;
use crate::world::World;

#[test]
fn the_status_tells_what_a_ledger_does_not_show_since_when_and_what_to_do() {
    let world = World::joined();
    assert_eq!(world.incubator.json(&["sync", "status"], 0)["withheld"], json!([]), "nothing is missing");
    let missing = json!({ "ZJ-2026-000123": { "hub": "33-main", "numbers": [2, 4], "onwards": true, "amount": 20_000,
        "since": "2026-11-20T08:00:00+08:00" } });
    let database = world.incubator.unlocked().database;
    let writer = database.writer().unwrap();
    writer.put_setting("withheld_lines", &missing).unwrap();
    writer.commit(&Entry::new(SystemHost.now(), "", "voucher.seen")).unwrap();
    drop(database);
    let told = world.incubator.json(&["sync", "status"], 0)["withheld"][0].clone();
    assert_eq!((&told["voucher"], &told["numbers"]), (&json!("ZJ-2026-000123"), &json!([2, 4])), "{told}");
    assert_eq!((&told["hub"], &told["amount"]), (&json!("33-main"), &json!(20_000)), "{told}");
    let (data, _) = world.incubator.ends(&["sync", "status"], 0);
    for part in
        ["33-main", "2, 4 and later ones", "ZJ-2026-000123", "2026-11-20", "LEDGER-WITHHELD", "hint: "]
    {
        assert!(data.contains(part), "{part}: {data}");
    }
}

#[test]
fn a_ledger_that_leaves_a_redemption_out_is_noticed_by_its_fund_until_it_shows_it() {
    let world = Vouchers::new();
    let number = world.voucher(3_000_000);
    world.show(&world.other, &number);
    for yuan in ["1000", "2000", "3000"] {
        world.redeem(&world.other, &number, yuan, &[], 0);
    }
    let withheld = || {
        world.show(&world.fund, &number);
        world.fund.json(&["sync", "status"], 0)["withheld"].clone()
    };
    assert_eq!(withheld(), json!([]), "all three are shown");
    // Its operator takes the second one out of the tables of the hub that serves.
    let ledger = Connection::open(world.zhejiang.database()).unwrap();
    ledger
        .execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM redemptions WHERE seq = 2; DELETE FROM redemptions WHERE seq = 2")
        .unwrap();
    let told = withheld();
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    let (line, missing) = (&told[0], json!([2]));
    assert_eq!((&line["voucher"], &line["numbers"]), (&json!(number), &missing), "{told}");
    assert_eq!((&line["hub"], &line["amount"]), (&json!("33-main"), &json!(200_000)), "{told}");
    assert_eq!(line["onwards"], false, "what follows it is there: {told}");
    // The last one as well: how many came behind the first cannot be told any more.
    ledger
        .execute_batch(
            "INSERT INTO kept SELECT * FROM redemptions WHERE seq = 3; DELETE FROM redemptions WHERE seq = 3",
        )
        .unwrap();
    let told = withheld();
    assert_eq!((&told[0]["numbers"], &told[0]["onwards"]), (&missing, &json!(true)), "{told}");
    assert_eq!(told[0]["amount"], 500_000, "{told}");
    ledger.execute_batch("INSERT INTO redemptions SELECT * FROM kept").unwrap();
    assert_eq!(withheld(), json!([]), "nothing is missing any more");
}
