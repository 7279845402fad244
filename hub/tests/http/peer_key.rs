//! A hub that changes its key, seen from its peer: mail stops with a reason that both operators see, goes on after the step
//! of docs/operating.md, and is there once.

use crate::mail::message;
use crate::peer_program::{Program, until};
use crate::world::{new_id, party, party_of};

/// What a verb says to a person.
fn talk(hub: &Program, arguments: &[&str]) -> String {
    let output = hub.run(arguments);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {talk}");
    talk
}

#[test]
fn a_changed_key_stops_mail_with_a_reason_until_the_peer_is_added_anew_and_nothing_is_lost_or_doubled() {
    let (mut a, b) = (Program::start("31-main"), Program::start("33-main"));
    a.knows(&b);
    b.knows(&a);
    let (firm, incubator) = (party(1), party_of("33", 2));
    a.join(&firm, "firm");
    b.join(&incubator, "incubator");
    let [first, there, back] = [new_id(), new_id(), new_id()];
    assert_eq!(a.send(&firm, message(first, incubator.org, b"sealed")).0, 201, "taken in");
    assert!(until(|| b.mailbox(&incubator) == [first]), "and brought over under the first key");

    let next = talk(&a, &["key", "next"]);
    let switched = talk(&a, &["key", "switch"]);
    let new = switched.split_whitespace().next().expect("the id of the key").to_owned();
    assert!(next.contains(&format!("key id {new};")), "the key that was announced: {next}");
    a.kill();
    a.restart();
    assert_eq!(a.send(&firm, message(there, incubator.org, b"sealed there")).0, 201, "taken in");
    assert_eq!(b.send(&incubator, message(back, firm.org, b"sealed back")).0, 201, "taken in");
    assert!(
        until(|| a.said(&["peer", "list"]).contains("AUTH-KEY")),
        "B does not know who speaks: A is told"
    );
    assert!(
        until(|| b.said(&["peer", "list"]).contains("PEER-RECEIPT")),
        "what A gives as a receipt counts for nothing: B is told"
    );
    assert_eq!(b.mailbox(&incubator), [first], "nothing comes in under a key that nobody compared");

    let card = a.run(&["card"]);
    let shown = String::from_utf8_lossy(&card.stderr).into_owned();
    let fingerprint = switched.split_once("desktops show it as ").expect("how desktops show it").1;
    let fingerprint = fingerprint.split_once('.').expect("the end of a sentence").0;
    assert!(shown.contains(&new) && shown.contains(fingerprint), "the card is of that key: {shown}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &card.stdout).expect("written");
    let add = ["peer", "add", &file.path().display().to_string(), "--origin", &a.origin];
    let refused = b.run(&add);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("remove it first"), "not unseen: {why}");
    let removed = talk(&b, &["peer", "remove", "31-main"]);
    assert!(removed.contains("1 messages go on waiting"), "nothing is thrown away: {removed}");
    let added = talk(&b, &add);
    assert!(
        added.contains("by telephone") && added.contains(&new),
        "what operators compare is the key: {added}"
    );
    let listed = b.said(&["peer", "list"]);
    assert!(listed.lines().any(|line| line.starts_with("31-main") && line.ends_with(&new)), "{listed}");

    let quiet = |hub: &Program| !hub.said(&["peer", "list"]).contains("waiting");
    assert!(until(|| quiet(&a)) && until(|| quiet(&b)), "it goes on by itself, both ways");
    let mut arrived = b.mailbox(&incubator);
    arrived.sort();
    let mut sent = vec![first, there];
    sent.sort();
    assert_eq!(arrived, sent, "each is there once");
    assert_eq!(a.mailbox(&firm), [back], "and what came while the receipt did not count is there once");
}

#[test]
fn providers_of_whose_devices_nobody_is_asked_are_named_to_the_operator() {
    let (a, b) = (Program::start("31-main"), Program::start("33-main"));
    assert!(!a.said(&["peer", "list"]).contains("provider"), "there is none");
    // One joins before its hub is a peer, one after.
    let (early, later) = (party_of("33", 3), party_of("33", 4));
    a.join(&early, "service_provider");
    let listed = a.said(&["peer", "list"]);
    let line =
        |org: &crate::world::Party, told: &str| format!("33\tprovider {}\t{told}", org.org.uscc().as_str());
    assert!(listed.contains(&line(&early, "no peer had it when it joined")), "{listed}");
    assert!(talk(&a, &["peer", "list"]).contains("`zizhi-hub peer add`"), "and what to do");

    a.knows(&b);
    b.knows(&a);
    b.join(&later, "service_provider");
    a.join(&later, "service_provider");
    let listed = a.said(&["peer", "list"]);
    assert_eq!(listed.matches("provider").count(), 1, "of the second its hub is asked: {listed}");
    talk(&a, &["peer", "remove", "33-main"]);
    let listed = a.said(&["peer", "list"]);
    assert!(listed.contains(&line(&later, "its hub is no peer any more")), "{listed}");
}
