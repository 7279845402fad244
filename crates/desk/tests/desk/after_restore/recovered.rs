//! What was issued after the backup: that it is missing is said, and it is entered again from its files.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use zizhi_app::{FixedTime, vault};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::status::Status;
use zizhi_crypto::{PublicKey, SystemRandom};
use zizhi_trust::KeyUse;

use super::{Story, incubator};
use crate::incubator::{all_firms, credentials, jwk, now};
use crate::world::PASSPHRASE;

/// A credential of after the backup, the only file in its folder.
fn last_issued(story: &Story) -> PathBuf {
    credentials(&story.out()).pop().expect("a file")
}

/// A text that the organisation's own key signed, about a place of its choice.
pub(super) fn signed(story: &Story, place: StatusRef<'_>, more: &Value) -> String {
    story.world.ask("session.lock", json!({}));
    let folder = story.world.data().join("database");
    let unlocked = vault::open(&folder, PASSPHRASE, &FixedTime(now())).expect("opened");
    let key = vault::signing_key(&unlocked.database, &folder, PASSPHRASE, KeyUse::Credential).expect("a key");
    unlocked.database.close().expect("closed");
    story.world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let mut claims: Map<String, Value> = json!({
        "iss": "urn:uscc:91310117DEM000030B", "sub": "urn:uscc:91340100DEM000014D", "name": "星河【演示】",
        "vct": "urn:zizhitong:credential:incubatee-certificate:1", "provenance": "direct", "region": "310117",
        "iat": now().timestamp(), "number": "SJ-2026-0099",
    })
    .as_object()
    .expect("claims")
    .clone();
    claims.extend(more.as_object().expect("claims").clone());
    let holder = PublicKey::from_jwk_bytes(jwk().as_bytes()).expect("a key");
    let statement =
        Statement { claims: &claims, holder: &holder, status: Some(place), decoys: 0, metadata: None };
    issue(&statement, &key, &mut SystemRandom).expect("signed")
}

pub(super) fn place<'u>(uri: &'u str, idx: u64) -> StatusRef<'u> {
    StatusRef { uri: uri.into(), idx }
}

#[test]
fn a_backup_of_before_the_first_list_says_that_what_came_after_it_is_unknown() {
    let story = Story::new();
    let backup = story.back_up();
    assert_eq!((&story.open()["unknown"], story.badge()), (&json!(false), json!(0)));
    story.issue();
    story.lose_and_restore(&backup);
    let open = story.open();
    assert_eq!((&open["lists"], &open["unknown"]), (&json!([]), &json!(true)));
    assert_eq!(story.badge(), 1, "the menu shows it");

    let open = story.world.ask("issue.look_back", json!({}));
    assert_eq!(
        (&open["unknown"], &open["numbers"]),
        (&json!(false), &json!(true)),
        "numbers are another question"
    );
    assert_eq!(story.badge(), 0);
    assert_eq!(story.world.refused("issue.look_back", json!({})).code, "RESTORE-NONE");
    let log = story.world.ask(
        "upkeep.activity",
        json!({"text": "", "action": "restore.looked_back", "from": null, "to": null, "before": null, "limit": 9}),
    );
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(1), "who said so is in the log");
    assert_eq!(log["entries"][0]["about"]["zh"], "2026年11月23日10:00的备份", "and of which backup");
}

#[test]
fn the_replaced_database_leaves_nothing_unknown() {
    let story = Story::new();
    let backup = story.back_up();
    story.issue();
    story.restore(&backup);
    assert_eq!((&story.open()["unknown"], story.badge()), (&json!(false), json!(0)));
}

#[test]
fn what_was_issued_after_the_backup_is_entered_again_and_can_be_revoked_again() {
    let story = Story::new();
    let backup = story.back_up();
    let (uri, first) = story.issue();
    let (_, second) = story.issue();
    story.revoke("SJ-2026-0002");
    let list = story.world.outside().join("最后一次.jwt");
    fs::write(&list, story.export_texts(false).remove(0)).expect("written");
    story.lose_and_restore(&backup);
    assert!(story.lines().is_empty());

    let done = story.recover(&[&story.out()]);
    assert_eq!(done["taken"].as_array().map(Vec::len), Some(2), "{done}");
    assert_eq!((&done["known"], &done["refused"], &done["firms"]), (&json!(0), &json!([]), &json!(0)));
    let line = story.line("SJ-2026-0001");
    assert_eq!((&line["kind"], &line["status_list"]), (&json!("incubatee-certificate"), &json!(uri)));
    assert_eq!(line["valid_until"], "2027-11-22");
    let again = story.recover(&[&story.out()]);
    assert_eq!((&again["taken"], &again["known"]), (&json!([]), &json!(2)));
    let find = json!({"text": "", "action": null, "from": null, "to": null, "before": null, "limit": 9});
    let log = story.world.ask("upkeep.activity", find);
    let said = |n: usize, part: &str| log["entries"][n][part]["zh"].as_str().unwrap_or_default().to_owned();
    assert_eq!(said(0, "done"), "补登已签发的凭证 2 份");
    assert!(said(0, "about").ends_with("等 2 份"), "{}", said(0, "about"));
    assert!(said(1, "about").starts_with("2026年11月23日10:00的备份；文件 "), "{}", said(1, "about"));

    // The database knows the list now, and not what is on it.
    assert_eq!((&story.open()["lists"][0]["uri"], story.badge()), (&json!(uri), json!(2)));
    let refused = story.world.refused("issue.set_status", story.setting("SJ-2026-0001", "revoked"));
    assert_eq!(refused.code, "STATUS-RESTORED");
    story.settle_by(&list);
    assert_eq!(story.line("SJ-2026-0002")["status"], "revoked", "the list told it");
    story.revoke("SJ-2026-0001");
    assert_eq!(story.says(&uri, first), Status::Revoked);
    assert_eq!(story.says(&uri, second), Status::Revoked);
    let third = story.issue_looking(true);
    assert_ne!(third.0, uri, "a list of before gives no more places");
}

#[test]
fn a_known_list_tells_what_became_of_a_credential_that_comes_back() {
    let story = Story::new();
    let (uri, _) = story.issue();
    let backup = story.back_up();
    let kept = story.world.outside().join("备份之后");
    fs::create_dir(&kept).expect("a folder");
    story.issue();
    story.revoke("SJ-2026-0002");
    let list = story.world.outside().join("最后一次.jwt");
    fs::write(&list, story.export_texts(false).remove(0)).expect("written");
    let file = credentials(&story.out()).into_iter().find(|file| file.to_string_lossy().contains("0002"));
    story.lose_and_restore(&backup);
    story.settle_by(&list);
    let done = story.recover(&[&file.expect("a file")]);
    assert_eq!(done["taken"][0]["status"], "revoked", "{done}");
    assert_eq!(story.open()["lists"], json!([]), "the list was settled before: {uri}");
    assert_eq!(
        story.world.refused("issue.set_status", story.setting("SJ-2026-0002", "valid")).code,
        "STATUS-FINAL"
    );
}

#[test]
fn a_firm_that_is_not_in_the_register_is_added_and_a_series_goes_on_behind_its_number() {
    let world = incubator();
    world.ask("upkeep.backup", json!({"path": ""}));
    let story = Story::of(world);
    let (uri, idx) = story.issue();
    let backup = story.back_up();
    let more = json!({"sub": "urn:uscc:91340100DEM000014D", "number": "SJ-2026-0041"});
    let text = signed(&story, place(&uri, idx + 7), &more);
    let file = story.world.outside().join("另一家.zzcred");
    fs::write(&file, text).expect("written");
    story.lose_and_restore(&backup);
    let before = all_firms(&story.world).len();
    let done = story.recover(&[&file]);
    assert_eq!(done["firms"], 1, "{done}");
    let firms = all_firms(&story.world);
    let added = firms.iter().find(|firm| firm["uscc"] == "91340100DEM000014D").expect("the firm");
    assert_eq!((firms.len(), &added["name"]), (before + 1, &json!("星河【演示】")));
    assert!(
        added["holder_jwk"].as_str().is_some_and(|key| key.contains("kty")),
        "its key is on the paper: {added}"
    );
    story.issue_looking(true);
    assert_eq!(story.lines()[0]["number"], "SJ-2026-0042");
}

#[test]
fn only_what_is_whole_and_of_this_organisation_is_entered_again_and_nothing_is_overwritten() {
    let story = Story::new();
    let (uri, idx) = story.issue();
    let file = last_issued(&story);
    let text = fs::read_to_string(&file).expect("a credential");
    let other = Story::new();
    other.issue();
    let foreign = fs::read_to_string(last_issued(&other)).expect("a credential");
    let mut parts: Vec<&str> = text.trim_end_matches('~').split('~').collect();
    let turned = format!("{}~{}~", parts[0], parts[1..].iter().rev().copied().collect::<Vec<_>>().join("~"));
    parts.pop();
    let in_part = format!("{}~", parts.join("~"));
    let elsewhere = signed(&story, place("https://status.example/1", 3), &json!({}));
    let no_room = signed(&story, place(&uri, 131_072), &json!({}));
    let differing = signed(&story, place(&uri, idx), &json!({}));
    let path = story.world.outside().join("交来.zzcred");
    for (text, code) in [
        (&foreign, "ISSUED-FOREIGN"),
        (&in_part, "ISSUED-PARTS"),
        (&elsewhere, "ISSUED-LIST"),
        (&no_room, "ISSUED-LIST"),
        (&differing, "ISSUED-PLACE"),
        (&"photo".to_owned(), "SDJWT-INVALID"),
    ] {
        fs::write(&path, text).expect("written");
        let done = story.recover(&[&path]);
        assert_eq!(done["refused"][0]["refusal"]["code"], code, "{done}");
        assert_eq!(done["taken"], json!([]), "{code}");
    }
    fs::write(&path, turned).expect("written");
    assert_eq!(story.recover(&[&path])["known"], 1, "the same credential with its parts in another order");
    assert_eq!(story.lines().len(), 1);
    let empty = story.world.outside().join("空");
    fs::create_dir(&empty).expect("a folder");
    assert_eq!(story.world.refused("issue.recover", json!({"paths": [empty]})).code, "IO-EMPTY");
    let none = story.recover(&[Path::new("/none.zzcred")]);
    assert_eq!(none["refused"][0]["refusal"]["code"], "IO-READ");
}
