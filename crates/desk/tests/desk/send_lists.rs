//! An incubator sends its status lists to somebody who rests on them, before they are published.

use serde_json::json;

use crate::incubator::{Province, firm, incubator};
use crate::world::PASSPHRASE;

const TO: &str = "91340100DEM0000228";

#[test]
fn lists_go_out_as_last_signed_and_the_same_list_once() {
    let world = incubator();
    Province::registers(&world);
    let nobody = world.refused("sync.send_lists", json!({"to": TO}));
    assert_eq!(nobody.code, "STATUS-NONE", "nothing was issued yet");
    let id = world.ask("register.save", firm(1))["id"].clone();
    let folder = world.outside().join("签发");
    world.ask(
        "issue.issue",
        json!({
            "kind": "incubatee-certificate", "provenance": "direct", "firms": [id],
            "claims": [], "number": "HFUSP-2026-{0001}", "valid_until": null, "attested": null,
            "passphrase": PASSPHRASE, "folder": folder.display().to_string(),
        }),
    );
    let sent = world.ask("sync.send_lists", json!({"to": TO}));
    assert_eq!((&sent["queued"], &sent["before"]), (&json!(1), &json!(0)), "{sent}");
    let outbox = world.ask("sync.outbox", json!({}));
    let line = &outbox["messages"][0];
    assert_eq!((&line["kind"], &line["to"]), (&json!("status_list"), &json!(TO)), "{outbox}");
    let again = world.ask("sync.send_lists", json!({"to": TO}));
    assert_eq!((&again["queued"], &again["before"]), (&json!(0), &json!(1)), "it is there: {again}");

    let listed = world.ask(
        "issue.list",
        json!({"text": "", "kind": null, "status": null, "firm": null, "after": null, "limit": 9}),
    );
    let credential = listed["credentials"][0]["id"].clone();
    world.ask(
        "issue.set_status",
        json!({"ids": [credential], "status": "revoked", "reason": "信息有误", "passphrase": PASSPHRASE}),
    );
    let changed = world.ask("sync.send_lists", json!({"to": TO}));
    assert_eq!(changed["queued"], 1, "a list that changed is another one: {changed}");
    let own = world.refused("sync.send_lists", json!({"to": "91310117DEM000030B"}));
    assert_eq!(own.code, "SEND-SELF");
}
