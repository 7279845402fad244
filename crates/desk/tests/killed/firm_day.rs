//! A firm's day under the same kills: what was saved is there after each, and what was signed is kept with its file.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use zizhi_crypto::digest;

use crate::child::{child_folder, rounds};
use crate::firm::{Around, Paper, SONGJIANG, XINGHE, hold, settled};
use crate::world::{PASSPHRASE, World};
use crate::{kept_through, tell};

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
    kept_through(TEST, &world, ("a firm's day", rounds(10), 97), &TOLD, holds);
}

/// The firm with a credential.
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
    world.ask("session.lock", json!({}));
    world
}

/// The child: one dossier after the other, each with a number of its own in what the firm says.
fn work_until_killed(world: &World) -> ! {
    let begin = json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG,
        "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"});
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
