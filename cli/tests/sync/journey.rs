//! A dossier goes to the incubator and a decision comes back, through the hub.

use serde_json::{Value, json};

use crate::world::{FIRM, SONGJIANG, World};

#[test]
fn a_dossier_and_its_decision_travel_through_a_hub_that_is_killed_in_between() {
    let mut world = World::joined();
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let sent = world.firm.sync();
    assert_eq!((&sent["sent"], &sent["parked"]), (&json!(1), &json!(0)), "the hub has it: {sent}");
    assert!(world.firm.is_idle(), "a second round has nothing to do");

    world.hub.kill();
    world.incubator.refused(&["sync"], "HUB-UNREACHABLE");
    world.hub.go_on();
    let came = world.incubator.sync();
    assert_eq!(came["received"], 1, "what was cut off came later: {came}");
    let applied = &came["applied"][0];
    assert_eq!((&applied["from"], &applied["became"]), (&json!(FIRM), &json!("case")), "{came}");
    assert!(world.incubator.is_idle(), "a second round has nothing to do");
    {
        let database = world.incubator.unlocked().database;
        let reader = database.reader().unwrap();
        let case = reader.case(applied["as"].as_str().unwrap()).unwrap().unwrap();
        assert_eq!(case.firm_uscc.unwrap().as_str(), FIRM, "the case is the firm's");
    }

    world.decision();
    world.incubator.ends(&["sync", "send", "../a.zzdecision"], 0);
    world.hub.kill();
    world.incubator.refused(&["sync"], "HUB-UNREACHABLE");
    world.hub.go_on();
    assert_eq!(world.incubator.sync()["sent"], 1, "the decision is at the hub");
    let came = world.firm.sync();
    let applied = &came["applied"][0];
    assert_eq!((&applied["from"], &applied["became"]), (&json!(SONGJIANG), &json!("decision")), "{came}");
    assert!(world.firm.is_idle(), "a second round has nothing to do");
    let database = world.firm.unlocked().database;
    let sent = database.reader().unwrap().sent(applied["as"].as_str().unwrap()).unwrap().unwrap();
    assert_eq!(sent.state.as_str(), "supplement", "the firm knows what became of its dossier");
}

#[test]
fn a_large_dossier_goes_up_and_comes_down_in_pieces() {
    let world = World::joined();
    world.dossier(9 * 1024 * 1024);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    assert_eq!(world.firm.sync()["sent"], 1, "in three pieces");
    let came = world.incubator.sync();
    assert_eq!(came["applied"][0]["became"], "case", "{came}");
    let database = world.incubator.unlocked().database;
    let reader = database.reader().unwrap();
    let case = reader.case(came["applied"][0]["as"].as_str().unwrap()).unwrap().unwrap();
    let mut original = reader.open_original(&case.original).unwrap().unwrap();
    let mut arrived = Vec::new();
    std::io::Read::read_to_end(&mut original, &mut arrived).unwrap();
    assert!(arrived == std::fs::read(world.path("a.zzdossier")).unwrap(), "every byte is there");
}

#[test]
fn newer_trust_data_comes_with_a_round_and_only_once() {
    let world = World::joined();
    world.hub.run(&["publish", &world.path("world").display().to_string()]);
    let round = world.firm.sync();
    assert_eq!(round["trust"]["code"], Value::Null, "what the hub publishes is taken in: {round}");
    assert_eq!(round["trust"]["rejudged"], 0, "it was there: {round}");
    let round = world.firm.sync();
    assert!(round["trust"].is_null(), "and then not asked for again: {round}");
}
