//! Credentials that come back, and the lists that they are on: whoever did not know of one knows less of its list.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zizhi_credential::status::Status;

use super::recovered::{place, signed};
use super::{Story, incubator, stating};
use crate::incubator::{Province, credentials};
use crate::world::PASSPHRASE;

impl Story {
    /// The lists that are not settled.
    fn unsettled(&self) -> Vec<Value> {
        let open = self.open();
        open["lists"].as_array().expect("lists").iter().map(|list| list["uri"].clone()).collect()
    }

    /// The file of a credential.
    fn file(&self, number: &str) -> PathBuf {
        let file = credentials(&self.out()).into_iter().find(|file| file.to_string_lossy().contains(number));
        file.expect("a file")
    }

    /// The only list as it was signed last, in a file.
    fn list_file(&self, name: &str) -> PathBuf {
        let path = self.world.outside().join(name);
        fs::write(&path, self.export_texts(false).remove(0)).expect("written");
        path
    }

    /// The same organisation at another time.
    fn at(self, time: &str) -> Self {
        self.world.ask("session.lock", json!({}));
        let story = Self { world: self.world.later(time), ..self };
        story.world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        story
    }

    /// What somebody does who copies the folder of the database, works on, and copies it back by hand.
    fn copied_back(&self, work: impl FnOnce(&Self)) {
        let (database, aside) = (self.world.data().join("database"), self.world.outside().join("手工"));
        let copy = |from: &Path, to: &Path| {
            self.world.ask("session.lock", json!({}));
            fs::create_dir_all(to).expect("a folder");
            for name in ["zizhi.db", "keys.json"] {
                fs::copy(from.join(name), to.join(name)).expect("copied");
            }
        };
        copy(&database, &aside);
        self.world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        work(self);
        self.world.ask("session.lock", json!({}));
        fs::remove_dir_all(&database).expect("removed");
        copy(&aside, &database);
        self.world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    }
}

#[test]
fn a_list_that_was_settled_by_a_statement_is_open_again_once_a_credential_comes_back() {
    let story = Story::new();
    let (uri, _) = story.issue();
    let backup = story.back_up();
    story.issue();
    story.revoke("SJ-2026-0002");
    let list = story.list_file("最后一次.jwt");
    story.lose_and_restore(&backup);

    let refused = story.world.refused("issue.settle", stating(&json!([]), "登记簿"));
    assert_eq!(
        refused.code, "STATUS-UNKNOWN",
        "nobody can state what became of a credential that is not here"
    );
    assert_eq!(story.unsettled(), [json!(uri)]);
    story.look_back();
    assert_eq!(story.state(&json!([]), "登记簿")["lists"], json!([]));

    story.recover(&[&story.file("0002")]);
    assert_eq!(story.unsettled(), [json!(uri)], "the statement did not speak of it");
    let refused = story.world.refused("issue.set_status", story.setting("SJ-2026-0001", "suspended"));
    assert_eq!(refused.code, "STATUS-RESTORED", "so that nothing calls it valid");
    story.settle_by(&list);
    assert_eq!(story.line("SJ-2026-0002")["status"], "revoked");
}

#[test]
fn a_list_that_was_settled_by_an_older_one_than_a_credential_is_open_again_once_that_comes_back() {
    let story = Story::new();
    let (uri, _) = story.issue();
    let backup = story.back_up();
    story.export(true);
    let list = story.list_file("早先.jwt");
    let story = story.at("2026-11-23T18:00:00+08:00");
    story.issue();
    story.lose_and_restore(&backup);
    story.settle_by(&list);
    assert!(story.unsettled().is_empty());
    story.recover(&[&story.file("0002")]);
    assert_eq!(story.unsettled(), [json!(uri)]);
}

#[test]
fn a_list_that_is_older_than_a_credential_on_it_was_not_the_last() {
    let story = Story::new();
    let backup = story.back_up();
    story.issue();
    let early = story.list_file("早先.jwt");
    let story = story.at("2026-11-23T18:00:00+08:00");
    story.issue();
    let even = story.list_file("同时.jwt");
    story.revoke("SJ-2026-0001");
    let last = story.list_file("最后一次.jwt");
    story.lose_and_restore(&backup);
    story.recover(&[&story.out()]);

    let refused = story.world.refused("issue.read_lists", json!({ "path": early }));
    assert!(refused.code == "STATUS-OLDER" && refused.fact.zh.contains("一份凭证"), "{refused:?}");
    story.world.ask("issue.read_lists", json!({ "path": even }));
    story.settle_by(&last);
    assert_eq!(story.line("SJ-2026-0001")["status"], "revoked");
}

#[test]
fn a_list_of_which_somebody_else_gives_places_is_open_as_well_and_once() {
    let world = incubator();
    let province = Province::registers(&world);
    let story = Story::of(world);
    let (uri, _) = story.issue();
    story.copied_back(|story| {
        story.issue();
        story.revoke("SJ-2026-0002");
        let token = story.export_texts(false).remove(0);
        province.publish(&story.world, &[(&uri, token)]);
        story.issue();
    });
    let done = story.recover(&[&story.file("0002")]);
    assert_eq!(done["taken"][0]["status"], "revoked", "the trust data at hand tell it: {done}");
    assert_eq!(story.unsettled(), [json!(uri)]);
    story.recover(&[&story.file("0003")]);
    assert_eq!(story.unsettled(), [json!(uri)]);
    let refused = story.world.refused("issue.set_status", story.setting("SJ-2026-0001", "suspended"));
    assert_eq!(refused.code, "STATUS-RESTORED");
}

#[test]
fn a_number_that_a_credential_has_is_passed_over_whatever_its_series_knows() {
    let story = Story::new();
    let backup = story.back_up();
    story.issue();
    story.lose_and_restore(&backup);
    story.recover(&[&story.file("0001")]);
    story.issue_looking(true);
    assert_eq!(story.lines()[0]["number"], "SJ-2026-0002", "the series was begun after the backup");
}

#[test]
fn the_number_of_anothers_paper_moves_no_series() {
    let story = Story::new();
    let (uri, idx) = story.issue();
    let more = json!({"provenance": "attested", "number": "SJ-2026-0500"});
    let file = story.world.outside().join("另一份.zzcred");
    fs::write(&file, signed(&story, place(&uri, idx + 7), &more)).expect("written");
    let done = story.recover(&[&file]);
    assert_eq!(done["taken"].as_array().map(Vec::len), Some(1), "{done}");
    story.issue();
    assert!(story.lines().iter().any(|line| line["number"] == "SJ-2026-0002"), "{:?}", story.lines());
}

#[test]
fn a_credential_that_comes_back_with_a_number_of_another_is_pointed_out() {
    let story = Story::new();
    let (uri, idx) = story.issue();
    let file = story.world.outside().join("同号.zzcred");
    let same = json!({"number": "SJ-2026-0001"});
    fs::write(&file, signed(&story, place(&uri, idx + 7), &same)).expect("written");
    let done = story.recover(&[&file]);
    assert_eq!(done["taken"].as_array().map(Vec::len), Some(1), "it is entered all the same: {done}");
    let remarks = done["remarks"].as_array().expect("remarks");
    let said = remarks[0]["zh"].as_str().expect("zh");
    assert!(remarks.len() == 1 && said.contains("编号“SJ-2026-0001”有两份凭证"), "{done}");
    assert!(said.contains("星河【演示】") && said.ends_with("请核对后撤销有误的一份。"), "{said}");
    let again = story.recover(&[&file]);
    assert_eq!((&again["known"], &again["remarks"]), (&json!(1), &json!([])), "what is known is not new");

    let other = story.world.outside().join("另一号.zzcred");
    let free = json!({"number": "SJ-2026-0777"});
    fs::write(&other, signed(&story, place(&uri, idx + 8), &free)).expect("written");
    assert_eq!(story.recover(&[&other])["remarks"], json!([]));
}

#[test]
fn a_list_that_was_only_heard_of_is_as_large_as_its_credentials_need() {
    let story = Story::new();
    let far = "urn:zizhitong:status:91310117DEM000030B:202611010000000001";
    for (number, idx) in [("SJ-2026-0001", 3), ("SJ-2026-0002", 131_072)] {
        let file = story.world.outside().join(format!("{number}.zzcred"));
        fs::write(&file, signed(&story, place(far, idx), &json!({"number": number}))).expect("written");
        let done = story.recover(&[&file]);
        assert_eq!(done["taken"].as_array().map(Vec::len), Some(1), "{done}");
    }
    let refused = story.world.refused("issue.set_status", story.setting("SJ-2026-0001", "revoked"));
    assert_eq!(refused.code, "STATUS-RESTORED");
    assert!(!refused.fact.zh.contains("备份"), "this database came from none: {refused:?}");
    story.state(&json!([]), "登记簿");
    story.revoke("SJ-2026-0002");
    assert_eq!(story.says(far, 131_072), Status::Revoked);
}

#[test]
fn a_backup_of_what_is_still_open_keeps_since_when() {
    let story = Story::new();
    story.issue();
    let backup = story.back_up();
    story.revoke("SJ-2026-0001");
    let list = story.list_file("最后一次.jwt");
    story.lose_and_restore(&backup);
    let story = story.at("2026-11-23T18:00:00+08:00");
    let second = story.back_up();
    story.lose_and_restore(&second);
    story.settle_by(&list);
    assert_eq!(story.line("SJ-2026-0001")["status"], "revoked", "it is of after the first backup");
}
