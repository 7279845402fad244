//! What another hub refuses after the own one has taken it in: the sender hears of it, and what can be done.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use zizhi_app::{Host as _, SystemHost};
use zizhi_store::Entry;

use crate::world::{FIRM, FIRM_NAME, Hub, INCUBATOR_NAME, Office, SONGJIANG, World};

/// The firm's hub and the incubator's, which know each other.
struct Two {
    world: World,
    /// The incubator's hub.
    other: Hub,
}

impl Two {
    fn joined() -> Self {
        let world = World::apart();
        let mut other = Hub::new(world.path("other"), "33-main");
        other.go_on();
        let join = |office: &Office, hub: &Hub, (org, name, role): (&str, &str, &str)| {
            let whom = ["invite", "--org", org, "--name", name, "--role", role];
            world.write("invitation.jwt", hub.run(&whom).as_bytes());
            office.ends(&["sync", "join", "../invitation.jwt", "--hub", &hub.url], 0);
        };
        join(&world.firm, &world.hub, (FIRM, FIRM_NAME, "firm"));
        join(&world.incubator, &other, (SONGJIANG, INCUBATOR_NAME, "incubator"));
        world.write("other.jwt", other.run(&["card"]).as_bytes());
        let card = world.path("other.jwt").display().to_string();
        world.hub.run(&["peer", "add", &card, "--origin", &other.url, "--organisation", SONGJIANG]);
        Self { world, other }
    }

    /// Whether the incubator's hub takes what the firm's hub brings in the firm's name.
    fn accepts(&self, accepts: bool) {
        let card = self.world.path("own.jwt").display().to_string();
        self.world.write("own.jwt", self.world.hub.run(&["card"]).as_bytes());
        let provinces = if accepts { "34" } else { "32" };
        self.other.run(&["peer", "add", &card, "--origin", &self.world.hub.url, "--province", provinces]);
    }

    /// Rounds of an office until one shows what is waited for, each of which ends with 0 or 1.
    fn until(office: &Office, code: i32, mut shows: impl FnMut(&Value) -> bool) -> Value {
        for _ in 0..200 {
            let came = office.run(&["sync", "--json"]);
            let round: Value = serde_json::from_str(&came.0).unwrap();
            if shows(&round) {
                assert_eq!(came.1, Some(code), "{round}");
                return round;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("not within twenty seconds");
    }

    fn outbox(&self) -> Value {
        self.world.firm.json(&["sync", "outbox"], 0)
    }

    /// Has a message of the firm's outbox be there since this time. Gives since when it was.
    fn made(&self, id: &str, at: DateTime<Utc>) -> DateTime<Utc> {
        let database = self.world.firm.unlocked().database;
        let writer = database.writer().unwrap();
        let mut row = writer.outgoing(id).unwrap().unwrap();
        let before = std::mem::replace(&mut row.created, at);
        writer.update_outgoing(&row).unwrap();
        writer.commit(&Entry::new(at, "", "message.sent")).unwrap();
        before
    }

    /// The states of the outbox, the newest message first.
    fn states(&self) -> Vec<String> {
        let outbox = self.outbox();
        outbox.as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn what_the_recipients_hub_refuses_is_told_to_the_sender_and_taken_back_once_it_has_arrived() {
    let two = Two::joined();
    let Two { world, .. } = &two;
    two.accepts(false);
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    assert_eq!(world.firm.sync()["sent"], 1, "its own hub has it");
    Two::until(&world.firm, 1, |round| round["refused"] == 1);
    let refused = two.outbox()[0].clone();
    assert_eq!((&refused["state"], &refused["code"]), (&json!("refused"), &json!("AUTH-FORBIDDEN")));
    assert!(refused["fact"]["zh"].as_str().unwrap().contains("对方没有收到"), "{refused}");
    assert!(refused["advice"]["zh"].as_str().unwrap().contains("运维人员"), "{refused}");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["outbox_refused"], 1);
    assert!(world.firm.is_idle(), "it is told once, and nothing is written for what is known");
    let (talk, _) = world.firm.ends(&["sync", "outbox"], 0);
    assert!(talk.contains("  not passed on  ") && talk.contains("AUTH-FORBIDDEN"), "{talk}");

    // The very message goes by stick, whatever hubs think of it.
    let written = world.firm.json(&["sync", "export", "../stick"], 0);
    assert_eq!(written["messages"], 1, "{written}");
    let came = world.incubator.json(&["sync", "import", "../stick"], 0);
    assert_eq!(came["received"], 1, "{came}");

    // Under another id it goes as well, once the hubs agree.
    two.accepts(true);
    world.firm.ends(&["sync", "outbox", "retry", refused["id"].as_str().unwrap()], 0);
    assert_eq!(two.states(), ["waiting", "resent"], "the old one needs nobody any more");
    world.firm.refused(&["sync", "outbox", "retry", refused["id"].as_str().unwrap()], "OUTBOX-STATE");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["outbox_refused"], 0);
    assert_eq!(world.firm.sync()["sent"], 1);
    Two::until(&world.incubator, 0, |round| round["received"] == 1);

    // The operator brings the old one: it was there by stick, and is there once.
    world.hub.run(&["peer", "retry", "33-main"]);
    let taken_back = || two.states() == ["sent", "sent"];
    Two::until(&world.firm, 0, |_| taken_back());
    assert_eq!(two.outbox()[1]["code"], Value::Null, "as if it had never been refused");
    assert_eq!(Two::until(&world.incubator, 0, |_| true)["received"], 0, "it was here");
}

#[test]
fn the_mark_stays_on_what_was_given_up_and_on_what_the_hub_keeps_no_longer() {
    let two = Two::joined();
    let Two { world, .. } = &two;
    two.accepts(false);
    world.dossier(0);
    for _ in 0..2 {
        world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    }
    world.firm.sync();
    Two::until(&world.firm, 1, |_| two.states() == ["refused", "resent"]);
    let id = two.outbox()[0]["id"].as_str().unwrap().to_owned();
    let made = two.made(&id, SystemHost.now() - TimeDelta::days(174));

    // Both arrive after all, and the firm's hub names none any more: as it does with what it swept away.
    two.accepts(true);
    world.hub.run(&["peer", "retry", "33-main"]);
    Two::until(&world.firm, 0, |_| two.states() == ["refused", "sent"]);
    assert!(world.firm.is_idle(), "silence about what was sent so long ago says nothing");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["outbox_refused"], 1, "a person decides");

    world.firm.ends(&["sync", "outbox", "discard", &id, "--reason", "已当面递交"], 0);
    two.made(&id, made);
    assert!(world.firm.is_idle(), "nor does it change what a person decided");
    assert_eq!(two.states(), ["discarded", "sent"]);
}

#[test]
fn a_person_gives_up_what_was_refused_and_the_receipt_stays() {
    let two = Two::joined();
    let Two { world, .. } = &two;
    two.accepts(false);
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    Two::until(&world.firm, 1, |round| round["refused"] == 1);
    let id = two.outbox()[0]["id"].as_str().unwrap().to_owned();
    // The operator gives it up: it is refused all the same.
    world.hub.run(&["peer", "discard", &id]);
    assert!(world.firm.is_idle(), "nothing new");
    assert_eq!(two.states(), ["refused"]);
    world.firm.ends(&["sync", "outbox", "discard", &id, "--reason", "已当面递交"], 0);
    let given_up = two.outbox()[0].clone();
    assert_eq!((&given_up["state"], &given_up["reason"]), (&json!("discarded"), &json!("已当面递交")));
    assert!(given_up["sent"].is_string(), "that its own hub had it stays true");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["outbox_refused"], 0);
    assert!(world.firm.is_idle(), "and it is not asked about again");
    world.firm.refused(&["sync", "outbox", "discard", &id, "--reason", "again"], "OUTBOX-STATE");
}
