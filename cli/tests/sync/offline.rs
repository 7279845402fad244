//! The same messages by a stick.

use serde_json::json;

use crate::world::World;

#[test]
fn a_stick_carries_what_waits_and_reading_it_twice_changes_nothing() {
    let mut world = World::parted();

    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    let written = world.incubator.json(&["sync", "export", "../stick"], 0);
    assert_eq!(written["messages"], 1, "{written}");
    assert!(written["public_files"].as_u64().unwrap() > 3, "the trust data goes with it: {written}");
    let read = world.firm.json(&["sync", "import", "../stick"], 0);
    assert_eq!((&read["received"], &read["applied"][0]["became"]), (&json!(1), &json!("decision")), "{read}");
    let again = world.firm.json(&["sync", "import", "../stick"], 0);
    assert_eq!((&again["received"], &again["applied"]), (&json!(0), &json!([])), "{again}");
    let other = world.incubator.json(&["sync", "import", "../stick"], 0);
    assert_eq!(other["received"], 0, "what is for somebody else is passed over: {other}");

    world.hub.go_on();
    assert_eq!(world.incubator.sync()["sent"], 1, "it goes through the hub as well");
    let came = world.firm.sync();
    assert_eq!((&came["received"], &came["applied"]), (&json!(0), &json!([])), "and is known there: {came}");
    assert!(world.firm.is_idle(), "the hub was told");
}

#[test]
fn a_message_whose_recipient_is_not_known_yet_is_left_out_and_named() {
    let world = World::joined();
    world.dossier(0);
    let (id, _) = world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let written = world.firm.json(&["sync", "export", "../stick"], 1);
    assert_eq!(written["left_out"], json!([id.trim()]), "{written}");
}
