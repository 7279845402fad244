//! A hub that shows another device list of a peer than before: somebody else would read and sign for it.

use serde_json::json;
use zizhi_app::{Algorithm, Host as _, SigningKey, SystemHost, vault};
use zizhi_crypto::{SystemRandom, sealed};
use zizhi_model::{OrgId, Uscc};
use zizhi_store::{DeviceList as Row, Entry};
use zizhi_sync::devices::{Device, DeviceList};
use zizhi_sync::object;

use crate::world::{FIRM, Office, PASSPHRASE, SONGJIANG, World};

/// Has an office believe in a list of `org` that its hub does not show.
fn believe_in_another_list(office: &Office, org: &str) {
    let org = Uscc::parse(org).unwrap();
    let key = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap();
    let now = SystemHost.now();
    let device =
        Device { key: key.public().clone(), name: "另一台设备".to_owned(), added: now.timestamp() };
    let list = DeviceList::begin(OrgId::from(org), device, sealed::generate_identity().1);
    let jws = object::sign(&key, &list).unwrap();
    let open = vault::look(&office.folder.join("data/database"), PASSPHRASE).unwrap();
    let writer = open.database.writer().unwrap();
    let name = "某单位【演示】".to_owned();
    writer.put_device_list(&Row { org, name, seq: 1, jws, updated: now }).unwrap();
    writer.commit(&Entry::new(now, "", "devices.accepted")).unwrap();
}

#[test]
fn nothing_is_sealed_to_a_list_that_contradicts_the_one_seen_before() {
    let world = World::joined();
    believe_in_another_list(&world.firm, SONGJIANG);
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let round = world.firm.json(&["sync"], 1);
    assert_eq!((&round["sent"], &round["parked"]), (&json!(0), &json!(1)), "{round}");
    assert_eq!(world.firm.json(&["sync", "outbox"], 0)[0]["code"], "PEER-DEVICES", "and why");
    assert_eq!(world.incubator.sync()["received"], 0, "nothing reached the hub");
}

#[test]
fn a_message_of_a_sender_whose_list_contradicts_waits_and_a_person_is_told() {
    let world = World::joined();
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    believe_in_another_list(&world.incubator, FIRM);
    let round = world.incubator.sync();
    assert_eq!((&round["received"], &round["applied"]), (&json!(1), &json!([])), "it is kept: {round}");
    assert_eq!(round["remarks"], json!(["PEER-DEVICES"]), "and a person is told: {round}");
    let waits = &world.incubator.json(&["sync", "inbox"], 0)[0];
    assert_eq!((&waits["state"], &waits["code"]), (&json!("stored"), &json!("PEER-DEVICES")), "{waits}");
    assert!(world.incubator.is_idle(), "and is not noted again and again");
}
