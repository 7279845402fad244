//! Redemptions that a ledger counts and does not show.

use serde_json::json;
use zizhi_app::{Host as _, SystemHost};
use zizhi_store::Entry;

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
