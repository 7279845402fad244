//! An issuer is registered, a key is changed, and what they sign that very week is sent at once: one round has it all.

use serde_json::{Value, json};
use zizhi_app::vault;

use crate::world::{FIRM, FIRM_NAME, SONGJIANG, World};

const YUHANG: &str = "91330110DEM000073U";
/// What the three messages become at the firm, in the order in which they were sent.
const ALL: [&str; 3] = ["credential", "decision", "status_list"];

/// A firm that has the trust data of last week. The province has registered an issuer and a key since, and nobody has
/// seen that yet; the incubator has sent a credential, a decision and a status list that need it.
fn sent() -> World {
    let world = World::joined();
    world.dossier(0);
    publish(&world);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    world.incubator.sync();

    for name in ["yuhang.zzkey", "songjiang.zzkey"] {
        world.on_files(&["key", "new", "-o", name, "--passphrase-file", "pass.txt"], 0);
    }
    let jwk: Value = serde_json::from_slice(&std::fs::read(world.path("yuhang.pub.jwk")).unwrap()).unwrap();
    let record = json!({
        "uscc": YUHANG, "name": "余杭科创孵化器【演示】", "former_names": [], "roles": ["incubator"],
        "level": "provincial", "region": "330110",
        "keys": [{ "jwk": jwk, "use": ["credential", "status"], "valid_from": "2026-01-01T00:00:00+08:00",
                   "valid_until": null, "revoked_at": null, "revoked_reason": null }],
        "seal_to": [], "may_issue": [{ "type": "incubatee-certificate", "provenance": ["direct"] }]
    });
    world.write("record.json", record.to_string().as_bytes());
    world.on_files(&["trust", "add-issuer", "world", "record.json"], 0);
    let rotate = ["trust", "rotate-key", "world", "--issuer", SONGJIANG, "--new", "songjiang.pub.jwk"];
    world.on_files(&rotate, 0);

    let holder = vault::holder_public(&world.firm.unlocked().database).unwrap();
    world.write("holder.jwk", &serde_json::to_vec(&holder.to_jwk()).unwrap());
    let claims = json!({
        "iss": format!("urn:uscc:{YUHANG}"), "sub": format!("urn:uscc:{FIRM}"),
        "vct": "urn:zizhitong:credential:incubatee-certificate:1", "name": FIRM_NAME, "region": "330110",
        "provenance": "direct", "number": "YH-2026-0001", "issued_on": "2026-01-05",
        "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15",
        "rd_on_site": true, "incubator_level": "ministry_standard", "valid_until": "2030-12-15"
    });
    world.write("claims.json", claims.to_string().as_bytes());
    let by = |name| ["--key", name, "--passphrase-file", "pass.txt"];
    let issue = ["credential", "issue", "--claims", "claims.json", "--holder-jwk", "holder.jwk"];
    let place = ["--status", "https://status.example/yuhang#1", "-o", "new.zzcred"];
    world.on_files(&[&issue[..], &place, &by("yuhang.zzkey")].concat(), 0);
    world.decision_by(&by("songjiang.zzkey"));
    let list = ["status", "build", "--uri", "https://status.example/yuhang", "--entries", "64"];
    world.on_files(&[&list[..], &["-o", "new.jwt"], &by("yuhang.zzkey")].concat(), 0);
    for file in ["../new.zzcred", "../a.zzdecision", "../new.jwt"] {
        world.incubator.ends(&["sync", "send", file, "--to", FIRM], 0);
    }
    world
}

fn publish(world: &World) {
    world.hub.run(&["publish", &world.path("world").display().to_string()]);
}

/// What each of a round's messages became, or why it did not.
fn came(round: &Value) -> Vec<&str> {
    let applied = round["applied"].as_array().unwrap().iter();
    applied.map(|it| it["became"].as_str().or(it["code"].as_str()).unwrap()).collect()
}

/// The firm's round before the province publishes: all three are parked, once, and each is told.
fn parked(world: &World) {
    assert_eq!(world.incubator.sync()["sent"], 3, "all of it is at the hub");
    let round = world.firm.json(&["sync"], 1);
    assert_eq!(came(&round), ["ISS-UNKNOWN", "SIG-UNKNOWN-KEY", "LIST-ISSUER"], "{round}");
    assert_eq!(world.firm.sync()["applied"], json!([]), "it is told once");
    assert!(world.firm.is_idle(), "and tried again for no reason but other trust data");
}

#[test]
fn what_a_new_issuer_and_a_new_key_signed_counts_in_the_round_that_brings_it() {
    let world = sent();
    assert_eq!(world.incubator.sync()["sent"], 3, "all of it is at the hub");
    publish(&world);
    let round = world.firm.sync();
    assert_eq!((&round["received"], &round["trust"]["code"]), (&json!(3), &Value::Null), "{round}");
    assert_eq!(came(&round), ALL, "by what was published meanwhile: {round}");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["inbox_parked"], 0, "nothing is left for a person");
    assert!(world.firm.is_idle(), "and that is all");
}

#[test]
fn what_was_parked_is_taken_in_by_itself_once_the_trust_data_can_tell() {
    let world = sent();
    parked(&world);
    publish(&world);
    let round = world.firm.sync();
    assert_eq!((round["received"].clone(), came(&round)), (json!(0), ALL.to_vec()), "{round}");
    assert!(world.firm.is_idle(), "nothing twice");
    let database = world.firm.unlocked().database;
    let held = database.reader().unwrap().credentials(&Default::default(), None, 9).unwrap().rows;
    assert_eq!(held.len(), 1, "the firm holds it once");
}

#[test]
fn trust_data_on_a_stick_does_it_as_well() {
    let world = sent();
    parked(&world);
    world.incubator.ends(&["trust", "import", "../world"], 0);
    world.incubator.ends(&["sync", "export", "../stick"], 0);
    let read = world.firm.json(&["sync", "import", "../stick"], 0);
    assert_eq!((read["trust"].clone(), came(&read)), (json!(true), ALL.to_vec()), "{read}");
}

#[test]
fn trust_data_that_says_nothing_of_it_leaves_it_parked_in_silence() {
    let world = sent();
    parked(&world);
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let list = ["status", "build", "--uri", "https://status.example/other", "--entries", "64", "--key", &key];
    world.on_files(&[&list[..], &["-o", "other.jwt"]].concat(), 0);
    world.incubator.ends(&["sync", "send", "../other.jwt", "--to", FIRM], 0);
    world.incubator.sync();
    let round = world.firm.sync();
    assert_eq!(came(&round), ["status_list"], "the trust data is another one now: {round}");
    assert_eq!(world.firm.sync()["applied"], json!([]), "the three are tried, and nobody hears of it again");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["inbox_parked"], 3, "they stay for a person");
    assert!(world.firm.is_idle(), "until the next change");
}
