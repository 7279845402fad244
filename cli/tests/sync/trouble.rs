//! What does not go through, and what people are told.

use serde_json::json;

use crate::world::{FIRM, FIRM_NAME, HEFEI, SONGJIANG, World};

#[test]
fn a_message_to_nobody_is_parked_with_advice_and_can_be_given_up() {
    let world = World::joined();
    world.dossier(0);
    world.request(&[]);
    world.incubator.refused(&["sync", "send", "../ask.zzrequest"], "SEND-RECIPIENT");
    world.incubator.refused(&["sync", "send", "../ask.zzrequest", "--to", SONGJIANG], "SEND-SELF");
    world.incubator.refused(&["sync", "send", "../pass.txt", "--to", FIRM], "SEND-KIND");
    world.on_files(&["dossier", "seal", "a.zzdossier", "--trust", "world", "-o", "a.zzdossier.age"], 0);
    world.firm.refused(&["sync", "send", "../a.zzdossier.age", "--to", SONGJIANG], "SEND-KIND");

    let (id, _) = world.incubator.ends(&["sync", "send", "../ask.zzrequest", "--to", HEFEI], 0);
    let id = id.trim();
    let round = world.incubator.json(&["sync"], 1);
    assert_eq!((&round["parked"], &round["sent"]), (&json!(1), &json!(0)), "{round}");
    let parked = &world.incubator.json(&["sync", "outbox"], 0)[0];
    assert_eq!((&parked["state"], &parked["code"]), (&json!("parked"), &json!("ORG-UNKNOWN")), "{parked}");
    assert!(!parked["advice"]["zh"].as_str().unwrap().is_empty(), "and it says what to do: {parked}");
    assert!(world.incubator.is_idle(), "it is not tried again by itself");
    let written = world.incubator.json(&["sync", "export", "../stick"], 1);
    assert_eq!(
        (&written["messages"], &written["left_out"]),
        (&json!(0), &json!([id])),
        "nor left out in silence"
    );
    let (_, talk) = world.incubator.ends(&["sync", "export", "../stick"], 1);
    assert!(talk.contains("hand over the file itself"), "{talk}");

    world.incubator.ends(&["sync", "outbox", "retry", id], 0);
    assert_eq!(world.incubator.json(&["sync"], 1)["parked"], 1, "a person has it tried again");
    world.incubator.ends(&["sync", "outbox", "discard", id, "--reason", "已当面递交"], 0);
    let given_up = &world.incubator.json(&["sync", "outbox"], 0)[0];
    assert_eq!(given_up["reason"], "已当面递交", "it stays in the list with the reason");
    world.incubator.refused(&["sync", "outbox", "retry", id], "OUTBOX-STATE");
    world.incubator.refused(&["sync", "outbox", "retry", "none"], "OUTBOX-ABSENT");
}

#[test]
fn an_invitation_is_for_one_organisation_and_one_hub_and_is_used_once() {
    let world = World::apart();
    let hub = world.hub.url.clone();
    world.firm.refused(&["sync"], "HUB-NONE");
    world.firm.refused(&["sync", "status"], "HUB-NONE");
    let invited =
        world.hub.run(&["invite", "--org", SONGJIANG, "--name", "某孵化器【演示】", "--role", "incubator"]);
    world.write("incubator.jwt", invited.as_bytes());
    world.firm.refused(&["sync", "join", "../incubator.jwt", "--hub", &hub], "INVITE-INVALID");
    world.write("broken.jwt", invited.replacen('A', "B", 3).as_bytes());
    world.incubator.refused(&["sync", "join", "../broken.jwt", "--hub", &hub], "INVITE-INVALID");
    world.incubator.refused(&["sync", "join", "../incubator.jwt", "--hub", "http://hub.example"], "NET-URL");
    let nobody = "http://127.0.0.1:9";
    world.incubator.refused(&["sync", "join", "../incubator.jwt", "--hub", nobody], "HUB-UNREACHABLE");
    let (_, talk) = world.incubator.ends(&["sync", "join", "../incubator.jwt", "--hub", nobody], 2);
    assert!(talk.contains("does not try again by itself"), "{talk}");
    let other_name = hub.replace("127.0.0.1", "localhost");
    let (_, talk) = world.incubator.ends(&["sync", "join", "../incubator.jwt", "--hub", &other_name], 2);
    assert!(talk.contains("AUTH-SIGNATURE") && talk.contains("exactly the one that came with"), "{talk}");
    let elsewhere = World::apart();
    let invite = ["invite", "--org", SONGJIANG, "--name", "某孵化器【演示】", "--role", "incubator"];
    world.write("elsewhere.jwt", elsewhere.hub.run(&invite).as_bytes());
    let (_, talk) = world.incubator.ends(&["sync", "join", "../elsewhere.jwt", "--hub", &hub], 2);
    assert!(talk.contains("INVITE-INVALID") && talk.contains("another hub than the one"), "{talk}");
    assert!(!talk.contains("the header does not name"), "in words of people: {talk}");
    world.incubator.refused(&["sync"], "HUB-NONE");

    world.incubator.ends(&["sync", "join", "../incubator.jwt", "--hub", &hub], 0);
    world.incubator.refused(&["sync", "join", "../incubator.jwt", "--hub", &hub], "HUB-JOINED");
    let status = world.incubator.json(&["sync", "status"], 0);
    assert_eq!((&status["hub"], &status["role"]), (&json!("31-main"), &json!("incubator")), "{status}");
    world.firm.refused(&["sync", "invite", FIRM, "--name", FIRM_NAME, "-o", "../x.jwt"], "HUB-NONE");
}
