//! A stick that somebody has had in hands: files on it are cut, edited, renamed or added.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::world::World;

#[test]
fn a_message_on_a_stick_that_was_cut_edited_or_renamed_is_refused_and_named() {
    let world = World::parted();
    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    world.incubator.json(&["sync", "export", "../stick"], 0);

    let messages = world.path("stick/zizhitong-exchange/messages");
    let files: Vec<PathBuf> = fs::read_dir(&messages).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "one message waits: {files:?}");
    let whole = fs::read(&files[0]).unwrap();
    let named = |digit: &str| format!("0190a000-0000-7000-8000-00000000000{digit}.zzmsg");
    let mut edited = whole.clone();
    edited[whole.len() / 2] ^= 1;
    let altered = [
        (named("1"), whole[..whole.len() - 1].to_vec(), "MESSAGE-SEALED"),
        (named("2"), edited, "MESSAGE-SEALED"),
        (named("3"), whole.clone(), "MESSAGE-ENVELOPE"),
        ("decision.zzmsg".to_owned(), whole, "MESSAGE-ENVELOPE"),
    ];
    for (name, bytes, _) in &altered {
        fs::write(messages.join(name), bytes).unwrap();
    }
    let (data, _) = world.firm.ends(&["sync", "import", "../stick", "--json"], 1);
    let read: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!((&read["received"], &read["applied"][0]["became"]), (&json!(1), &json!("decision")), "{read}");
    let refused = read["refused"].as_array().unwrap();
    assert_eq!(refused.len(), altered.len(), "each is named: {read}");
    for (name, _, code) in &altered {
        assert!(refused.iter().any(|it| it["file"] == *name && it["code"] == *code), "{name}: {read}");
    }
    assert_eq!(
        world.firm.json(&["sync", "inbox"], 0).as_array().unwrap().len(),
        1,
        "and none of them is kept"
    );
}
