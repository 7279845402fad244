//! A firm's day under the same kills: what was saved is there after each, and what was signed is kept with its file.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use zizhi_crypto::digest;
use zizhi_model::Scenario;

use crate::child::{child_folder, moments, rounds, said_until_killed};
use crate::firm::{Around, Paper, SONGJIANG, XINGHE, hold, settled};
use crate::tell;
use crate::world::{PASSPHRASE, World};

const TEST: &str = "firm_day::nothing_that_a_firm_saved_or_signed_is_lost_when_the_program_is_killed";
const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
const TOLD: [&str; 2] = ["saved", "signed"];

#[test]
fn nothing_that_a_firm_saved_or_signed_is_lost_when_the_program_is_killed() {
    if let Some(folder) = child_folder() {
        let world = World::over(&folder);
        world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        tell("opened", "");
        work_until_killed(&world);
    }
    let world = begun();
    let rounds = rounds(10);
    let mut told = BTreeMap::<String, usize>::new();
    for (round, random) in (0..rounds * 5).zip(moments()) {
        if round >= rounds && TOLD.iter().all(|what| told.contains_key(*what)) {
            break;
        }
        let things = 1 + (random % 6) as usize;
        let said = said_until_killed(TEST, world.outside(), things, Duration::from_millis(random % 97));
        world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        for line in &said {
            let (what, which) = line.split_once(' ').expect("what and which");
            holds(&world, what, which).unwrap_or_else(|lost| panic!("round {round}: {line}: {lost}"));
            *told.entry(what.to_owned()).or_default() += 1;
        }
        let checked = world.ask("upkeep.check", json!({}));
        assert_eq!(checked["whole"], true, "round {round}: {checked}");
        world.ask("session.lock", json!({}));
    }
    println!("at least {rounds} kills of a firm's day, told and kept: {told:?}");
    for what in TOLD {
        assert!(told.contains_key(what), "{what} was never told: {told:?}");
    }
}

/// The firm with a credential, and a request of Songjiang that everything answers.
fn begun() -> World {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, XINGHE, NAME, "340104");
    let paper = Paper {
        issuer: crate::firm::HEFEI,
        kind: "incubatee-certificate",
        provenance: "direct",
        sub: XINGHE,
        name: NAME,
        region: "340104",
        claims: json!({"number": "HFUSP-2026-0117", "issued_on": "2026-10-20", "valid_until": "2027-10-19", "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15", "field": "量子传感", "area_sqm": 260}),
    };
    around.issue("incubatee.zzcred", &key, &paper);
    hold(&world, &around, &["incubatee.zzcred"]);
    let terms = (Scenario::BranchOperation, "310117", "SJ-BRANCH", ("sh-songjiang", 3));
    around.request("ask.zzrequest", SONGJIANG, terms, Some(XINGHE), "2026-11-20T09:00:00+08:00");
    let asked = world.ask("request.import", json!({"path": around.text("ask.zzrequest")}));
    fs::write(world.outside().join("request.txt"), asked["id"].as_str().expect("an id")).expect("kept");
    world.ask("session.lock", json!({}));
    world
}

/// The child: one dossier after the other, each with a number of its own in what the firm says.
fn work_until_killed(world: &World) -> ! {
    let request = fs::read_to_string(world.outside().join("request.txt")).expect("a request");
    let begin = json!({"request_id": request, "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null});
    for percent in (1..100).cycle() {
        let page = world.ask("draft.begin", begin.clone());
        let id = page["line"]["id"].as_str().expect("an id").to_owned();
        let mut fields = page["fields"].clone();
        fields["facts"] = json!([{"name": "rd_staff_at_destination_percent", "value": percent.to_string()}]);
        world.ask("draft.save", json!({"id": id, "fields": fields}));
        tell("saved", &format!("{id} {percent}"));
        let path = dossier(world, &id);
        world.ask("draft.sign", json!({"id": id, "passphrase": PASSPHRASE, "path": path, "seal": false}));
        tell("signed", &id);
    }
    unreachable!("numbers go round")
}

/// Holds the database and the files to one thing that was told; what is not so is lost.
fn holds(world: &World, what: &str, which: &str) -> Result<(), String> {
    let page = |id: &str| world.ask("draft.get", json!({ "id": id }));
    match what {
        "opened" => Ok(()),
        "saved" => {
            let (id, percent) = which.split_once(' ').expect("a draft and a number");
            let facts = page(id)["fields"]["facts"].clone();
            let kept = json!([{"name": "rd_staff_at_destination_percent", "value": percent}]);
            if facts == kept { Ok(()) } else { Err(facts.to_string()) }
        }
        "signed" => {
            let page = page(which);
            let file = fs::read(dossier(world, which)).map_err(|error| error.to_string())?;
            let told: String =
                page["signed_sha256"].as_str().unwrap_or_default().split_whitespace().collect();
            let kept = page["line"]["signed"] != Value::Null && told == digest::hex(&digest::sha256(&file));
            if kept { Ok(()) } else { Err(page["line"].to_string()) }
        }
        other => Err(format!("{other} is nothing that is told")),
    }
}

fn dossier(world: &World, id: &str) -> PathBuf {
    world.outside().join(format!("{id}.zzdossier"))
}
