//! Files of lists: what they are called, and which of them settle what is open.

use std::fs;

use serde_json::{Value, json};
use zizhi_credential::status::Status;

use super::{Story, exporting, incubator};
use crate::incubator::{Province, credentials};

const NAME: &str = "吊销名单-松江科创孵化器【演示】-2026-11-23";

#[test]
fn an_exported_list_is_named_after_the_organisation_and_the_day_and_replaces_no_file() {
    let story = Story::new();
    story.issue();
    let folder = story.world.outside().join("名单");
    fs::create_dir(&folder).expect("a folder");
    let written = |anew: bool| {
        let written = story.world.ask("issue.export_status_list", exporting(&folder, anew));
        written["path"].as_str().expect("a path").to_owned()
    };
    let first = written(false);
    assert!(first.ends_with(&format!("{NAME}.jwt")), "{first}");
    let before = fs::read(&first).expect("a list");
    let second = written(true);
    assert!(second.ends_with(&format!("{NAME} (2).jwt")), "{second}");
    assert_eq!(fs::read(&first).expect("a list"), before, "the earlier file is as it was");
    assert_ne!(fs::read(&second).expect("a list"), before);
}

#[test]
fn several_lists_are_numbered_in_the_order_in_which_they_were_begun() {
    let story = Story::new();
    story.issue();
    let backup = story.back_up();
    story.restore(&backup);
    story.issue();
    let folder = story.world.outside().join("名单");
    fs::create_dir(&folder).expect("a folder");
    story.world.ask("issue.export_status_list", exporting(&folder, true));
    let names: Vec<String> = credentials(&folder)
        .iter()
        .map(|file| file.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, [format!("{NAME}-1.jwt"), format!("{NAME}-2.jwt")]);
}

#[test]
fn trust_data_that_hold_the_list_settle_it_as_the_list_does() {
    let world = incubator();
    let province = Province::registers(&world);
    let story = Story::of(world);
    let first = story.issue();
    let backup = story.back_up();
    story.revoke("SJ-2026-0001");
    let token = story.export_texts(false).remove(0);
    story.lose_and_restore(&backup);
    assert_eq!(story.open()["lists"][0]["in_trust"], Value::Null, "the trust data at hand hold none");
    let none = story.world.refused("issue.read_lists", json!({"path": null}));
    assert_eq!(none.code, "STATUS-FOREIGN");

    let empty = province.pack(&story.world, &[]);
    assert_eq!(story.world.refused("issue.read_lists", json!({"path": empty})).code, "STATUS-FOREIGN");
    let package = province.pack(&story.world, &[(&first.0, token)]);
    assert_eq!(story.settle_from(&json!(package))["lists"], json!([]));
    assert_eq!(story.line("SJ-2026-0001")["status"], "revoked");
    assert_eq!(story.says(&first.0, first.1), Status::Revoked);
}
