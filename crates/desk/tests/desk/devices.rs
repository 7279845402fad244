//! 设备 through the window's commands, with a real hub: a second computer asks, is added, works and is removed.

use serde_json::{Value, json};

use crate::hub::{Hub, rested, until};
use crate::line::{Line, Lost};
use crate::world::{PASSPHRASE, World};

const SONGJIANG: &str = "91310117DEM000030B";
const INCUBATOR: &str = "松江科创孵化器【演示】";

/// A file that both computers reach, as on a stick.
fn carried(world: &World, name: &str) -> String {
    world.outside().join(name).display().to_string()
}

fn devices(world: &World) -> Value {
    world.ask("sync.devices", json!({}))
}

fn asks(new: &World, path: &str) -> Value {
    new.ask("sync.device_request", json!({"name": "二楼电脑", "passphrase": PASSPHRASE, "path": path}))
}

#[test]
fn a_second_computer_asks_is_added_works_and_is_removed() {
    let hub = Hub::start();
    let (first, second) = (World::new(), World::new());
    first.create("incubator");
    second.create("incubator");
    hub.takes_in(&first, SONGJIANG, INCUBATOR, "incubator");
    rested(&first);
    assert_eq!(
        devices(&second),
        json!({"devices": [], "asked": null, "inbox_missing": false, "ledgers": []})
    );

    let (ask, answer) = (carried(&second, "申请.jwt"), carried(&second, "答复.age"));
    let asked = asks(&second, &ask);
    assert_eq!(devices(&second)["asked"]["fingerprint"], asked["fingerprint"], "it waits for the answer");
    let read = first.ask("sync.device_read", json!({"path": ask}));
    assert_eq!(read, asked, "what two people compare");
    let add = |passphrase: &str| json!({"request": ask, "kid": asked["kid"], "passphrase": passphrase, "path": answer});
    assert_eq!(first.refused("sync.device_add", add("a wrong passphrase")).code, "KEY-PASSPHRASE");
    assert_eq!(devices(&first)["devices"].as_array().map(Vec::len), Some(1), "and nothing was done");
    first.ask("sync.device_add", add(PASSPHRASE));
    let at = json!({"path": answer});
    assert_eq!(
        first.refused("sync.device_answer", at.clone()).code,
        "DEVICE-ANSWER",
        "it is not for this one"
    );
    let shown = second.ask("sync.device_answer", at);
    assert_eq!(second.ask("sync.status", json!({}))["state"], "none", "nothing is joined by looking");
    let accept = |compared: &Value| json!({"answer": answer, "compared": compared, "passphrase": PASSPHRASE});
    let other = accept(&shown["hub_key"]);
    assert_eq!(
        second.refused("sync.device_accept", other).code,
        "DEVICE-COMPARED",
        "people compared another"
    );
    assert_eq!(second.ask("sync.status", json!({}))["state"], "none", "and nothing is joined by that");
    let accepted = second.ask("sync.device_accept", accept(&shown["by_fingerprint"]));
    assert_eq!(accepted, shown, "what was compared");
    assert_eq!(accepted["hub_key"], first.ask("sync.status", json!({}))["hub"]["key"], "to be compared");
    assert_eq!(accepted["by_fingerprint"], devices(&first)["devices"][0]["fingerprint"], "and this");
    assert_eq!(rested(&second)["state"], "synced", "it synchronises by itself from then on");
    let own = |world: &World| {
        let found = devices(world);
        let listed = found["devices"].as_array().expect("a list").clone();
        listed.iter().map(|it| (it["own"] == true, it["mail"] == true)).collect::<Vec<_>>()
    };
    assert_eq!(
        (own(&first), own(&second)),
        (vec![(true, true), (false, false)], vec![(false, true), (true, false)])
    );
    assert_eq!(devices(&second)["asked"], Value::Null, "nothing waits any more");

    let kid = devices(&first)["devices"][1]["kid"].clone();
    let removed = first.ask("sync.device_remove", json!({"kid": kid, "passphrase": PASSPHRASE}));
    assert_eq!(
        removed,
        json!({"name": "二楼电脑", "to_ask_again": [], "ledgers": []}),
        "nobody else is there to ask again"
    );
    second.ask("sync.now", json!({"passphrase": null}));
    let off = until(&second, "sync.status", &json!({}), |status| status["state"] == "refused");
    assert_eq!(off["refused"]["code"], "AUTH-KEY", "in words: {off}");
    assert_eq!(rested(&first)["state"], "synced", "and the other goes on");

    // What was removed comes back with the key that it has.
    let again = asks(&second, &ask);
    assert_eq!(again["fingerprint"], asked["fingerprint"]);
    first.ask("sync.device_add", add(PASSPHRASE));
    second.ask("sync.device_accept", accept(&shown["by_fingerprint"]));
    assert_eq!(rested(&second)["state"], "synced");
    assert_eq!(devices(&second)["inbox_missing"], false, "with the new inbox key");
}

#[test]
fn what_was_compared_is_what_is_added() {
    let hub = Hub::start();
    let (first, second, third) = (World::new(), World::new(), World::new());
    for world in [&first, &second, &third] {
        world.create("incubator");
    }
    hub.takes_in(&first, SONGJIANG, INCUBATOR, "incubator");
    rested(&first);
    let (ask, answer) = (carried(&second, "申请.jwt"), carried(&second, "答复.age"));
    asks(&second, &ask);
    let read = first.ask("sync.device_read", json!({"path": ask}));
    // Between looking and adding the stick has another file of that name.
    asks(&third, &ask);
    let add = json!({"request": ask, "kid": read["kid"], "passphrase": PASSPHRASE, "path": answer});
    let refused = first.refused("sync.device_add", add);
    assert_eq!(refused.code, "DEVICE-COMPARED", "{refused:?}");
    assert_eq!(devices(&first)["devices"].as_array().map(Vec::len), Some(1), "nothing was added");
    assert!(!std::path::Path::new(&answer).exists(), "and nothing was written");
}

#[test]
fn a_removal_whose_answer_is_lost_leaves_the_window_with_its_new_key() {
    let mut hub = Hub::start();
    let line = Line::to(hub.listen.clone());
    // It is called by the line's address, which its signatures cover.
    hub.kill();
    hub.url.clone_from(&line.url);
    hub.go_on();
    let (first, second, third) = (World::new(), World::new(), World::new());
    for world in [&first, &second, &third] {
        world.create("incubator");
    }
    hub.takes_in(&first, SONGJIANG, INCUBATOR, "incubator");
    rested(&first);
    let (ask, answer) = (carried(&first, "申请.jwt"), carried(&first, "答复.age"));
    let add = |asked: &Value| {
        let add = json!({"request": ask, "kid": asked["kid"], "passphrase": PASSPHRASE, "path": answer});
        first.ask("sync.device_add", add);
    };
    let asked = asks(&second, &ask);
    add(&asked);

    line.cut_at("PUT /v1/devices", 1, Lost::Answer);
    let remove = json!({"kid": asked["kid"], "passphrase": PASSPHRASE});
    assert_eq!(first.refused("sync.device_remove", remove).code, "HUB-UNREACHABLE");
    assert!(line.was_cut(), "the hub has done it");
    first.ask("sync.now", json!({"passphrase": null}));
    let gone = |found: &Value| found["devices"].as_array().is_some_and(|listed| listed.len() == 1);
    until(&first, "sync.devices", &json!({}), gone);
    // What another computer is told comes from what the window has: without the new key it would be no answer.
    let name = json!({"name": "三楼电脑", "passphrase": PASSPHRASE, "path": ask});
    add(&third.ask("sync.device_request", name));
    let shown = third.ask("sync.device_answer", json!({"path": answer}));
    assert_eq!(shown["by_fingerprint"], devices(&first)["devices"][0]["fingerprint"], "{shown}");
}

#[test]
fn a_drill_has_no_devices() {
    let world = World::new();
    world.ask("session.drill", json!({"role": "firm", "story": "branch_operation"}));
    assert_eq!(devices(&world)["devices"], json!([]));
    let ask = json!({"name": "二楼电脑", "passphrase": PASSPHRASE, "path": "x"});
    assert_eq!(world.refused("sync.device_request", ask).code, "SYNC-DRILL");
}
