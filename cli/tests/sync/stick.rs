//! A stick that somebody has had in hands: files on it are cut, edited, renamed or added.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use zizhi_app::{Host as _, SystemHost};
use zizhi_crypto::{b64, sealed};
use zizhi_model::civil;

use crate::world::{FIRM, World};

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_message_on_a_stick_that_was_cut_edited_or_renamed_is_refused_and_named() {
    let world = World::parted();
    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    world.incubator.json(&["sync", "export", "../stick"], 0);

    let messages = world.path("stick/zizhitong-exchange/messages");
    let files = files(&messages);
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

/// Runs the public `age` tool in the world's folder and gives what it wrote.
fn age(world: &World, arguments: &[&str], input: &Path) -> Vec<u8> {
    let mut tool = Command::new("age");
    let ran = tool.args(arguments).arg(input).current_dir(world.folder.path()).output().unwrap();
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    ran.stdout
}

#[test]
fn the_age_tool_opens_a_message_and_what_it_seals_again_is_taken_in() {
    let world = World::parted();
    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    world.incubator.json(&["sync", "export", "../stick"], 0);
    let message = files(&world.path("stick/zizhitong-exchange/messages")).remove(0);
    let identity = world.firm.unlocked().inbox.identities()[0].clone();
    world.write("identity", identity.as_bytes());

    let opened = age(&world, &["--decrypt", "--identity", "identity"], &message);
    let decision = fs::read(world.path("a.zzdecision")).unwrap();
    let end = opened.iter().position(|byte| *byte == b'\n').unwrap();
    let (line, rest) = (std::str::from_utf8(&opened[..end]).unwrap(), &opened[end + 1..]);
    let envelope = b64::decode(line.split('.').nth(1).unwrap()).unwrap();
    let envelope: Value = serde_json::from_slice(&envelope).unwrap();
    assert_eq!(envelope["aud"], format!("urn:uscc:{FIRM}"), "{envelope}");
    assert_eq!((&envelope["kind"], &envelope["body_len"]), (&json!("decision"), &json!(decision.len())));
    let (body, zeros) = rest.split_at(decision.len());
    assert!(body == decision, "byte by byte what was sent");
    assert!(zeros.iter().all(|byte| *byte == 0) && opened.len().is_power_of_two(), "up to a size class");

    world.write("opened", &opened);
    let recipient = sealed::recipient_of(&identity).unwrap();
    let again = age(&world, &["--encrypt", "--recipient", &recipient], &world.path("opened"));
    assert!(again != fs::read(&message).unwrap(), "it sealed anew");
    fs::write(&message, again).unwrap();
    let read = world.firm.json(&["sync", "import", "../stick"], 0);
    assert_eq!((&read["received"], &read["applied"][0]["became"]), (&json!(1), &json!("decision")), "{read}");
}

/// What somebody does to the trust data of a stick, in its folder.
type Meddle = fn(&World, &Path);

/// What a firm reads from the stick of an incubator whose trust data somebody has had in hands.
fn trust_data_after(meddle: impl FnOnce(&World, &Path), code: i32) -> (World, Value) {
    let world = World::parted();
    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    world.on_files(&["trust", "sign", "world", "--renew"], 0);
    world.incubator.ends(&["trust", "import", "../world"], 0);
    world.incubator.json(&["sync", "export", "../stick"], 0);
    meddle(&world, &world.path("stick/zizhitong-exchange/public"));
    let (data, _) = world.firm.ends(&["sync", "import", "../stick", "--json"], code);
    let read: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(read["applied"][0]["became"], "decision", "messages come all the same: {read}");
    (world, read)
}

fn snapshot(world: &World) -> Value {
    world.firm.json(&["trust", "show"], 0)["snapshot_version"].clone()
}

#[test]
fn newer_trust_data_comes_by_stick_once() {
    let (world, read) = trust_data_after(|_, _| (), 0);
    assert_eq!((&read["trust"], &read["trust_refused"]), (&json!(true), &Value::Null), "{read}");
    let again = world.firm.json(&["sync", "import", "../stick"], 0);
    assert_eq!((&again["trust"], &again["trust_refused"]), (&json!(false), &Value::Null), "{again}");
}

#[test]
fn older_trust_data_on_a_stick_is_told_in_a_sentence_and_fails_nothing() {
    let kept = std::cell::Cell::new(Value::Null);
    let (world, read) = trust_data_after(
        |world, public| {
            world.firm.ends(&["trust", "import", "../stick/zizhitong-exchange/public"], 0);
            world.on_files(&["trust", "sign", "world", "--renew"], 0);
            world.firm.ends(&["trust", "import", "../world"], 0);
            assert!(public.is_dir(), "what is on the stick is older now");
            kept.set(snapshot(world));
        },
        0,
    );
    let told = (&read["trust"], &read["trust_older"], &read["trust_refused"]);
    assert_eq!(told, (&json!(false), &json!(true), &Value::Null), "{read}");
    assert_eq!(snapshot(&world), kept.take(), "what was kept stays");
    let (_, talk) = world.firm.ends(&["sync", "import", "../stick"], 0);
    assert!(talk.contains("the trust data on the stick is older") && !talk.contains("TRUST-"), "{talk}");
    // By hand it is a rollback as before: there somebody asks for this very package.
    let package = ["trust", "import", "../stick/zizhitong-exchange/public"];
    let (_, talk) = world.firm.ends(&package, 1);
    assert!(talk.contains("TRUST-ROLLBACK"), "{talk}");
}

#[test]
fn trust_data_that_was_set_back_or_cut_on_a_stick_is_refused_and_told() {
    // A newer timestamp over a snapshot that is older than that here, all of it properly signed.
    let set_back = |world: &World, public: &Path| {
        let copied = |from: &str, to: &Path| {
            let from = world.path(from);
            let done =
                std::process::Command::new("cp").arg("-rT").args([from.as_path(), to]).status().unwrap();
            assert!(done.success(), "{}", to.display());
        };
        // Signed again at the same time, a snapshot has not aged and stays.
        let at = civil::rfc3339(SystemHost.now());
        let fork = world.path("fork");
        world.on_files(&["trust", "sign", "world", "--renew", "--at", &at], 0);
        copied("world", &fork);
        for _ in 0..2 {
            world.on_files(&["trust", "sign", "world", "--renew"], 0);
        }
        world.firm.ends(&["trust", "import", "../world"], 0);
        for _ in 0..3 {
            world.on_files(&["trust", "sign", "fork", "--at", &at], 0);
        }
        for part in ["metadata", "targets", "status"] {
            fs::remove_dir_all(public.join(part)).unwrap();
            copied(&format!("fork/{part}"), &public.join(part));
        }
    };
    let cut = |_: &World, public: &Path| {
        let timestamp = public.join("metadata/timestamp.json");
        let whole = fs::read(&timestamp).unwrap();
        fs::write(&timestamp, &whole[..whole.len() / 2]).unwrap();
    };
    let without_its_end = |_: &World, public: &Path| {
        fs::remove_file(public.join("metadata/timestamp.json")).unwrap();
    };
    let cases: [(Meddle, &str); 3] =
        [(set_back, "TRUST-ROLLBACK"), (cut, "TRUST-INVALID"), (without_its_end, "TRUST-INVALID")];
    for (meddle, code) in cases {
        let kept = std::cell::Cell::new(Value::Null);
        let (world, read) = trust_data_after(
            |world, public| {
                meddle(world, public);
                kept.set(snapshot(world));
            },
            1,
        );
        let refused = &read["trust_refused"];
        assert_eq!((&refused["code"], &read["trust"]), (&json!(code), &json!(false)), "{read}");
        for text in ["fact", "advice"] {
            assert!(!refused[text]["zh"].as_str().unwrap().is_empty(), "in words: {read}");
        }
        assert_eq!(snapshot(&world), kept.take(), "what was kept stays: {code}");
        let (_, talk) = world.firm.ends(&["sync", "import", "../stick"], 1);
        assert!(talk.contains("trust data was not taken in") && talk.contains(code), "{talk}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_not_made_and_one_without_an_exchange_is_told() {
    let world = World::joined();
    world.firm.refused(&["sync", "export", "../no-stick/in"], "IO-WRITE");
    assert!(!world.path("no-stick").exists(), "a mistyped path leaves nothing behind");
    std::fs::create_dir(world.path("empty")).unwrap();
    world.firm.refused(&["sync", "import", "../empty"], "EXCHANGE-NONE");
    world.firm.refused(&["sync", "import", "../no-stick"], "IO-READ");
}
