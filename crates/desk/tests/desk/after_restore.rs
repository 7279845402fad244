//! What was revoked stays revoked, and no place or number is given twice, whatever a restored backup knows.

mod come_back;
mod exported;
mod received;
mod recovered;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zizhi_credential::status::{Status, StatusToken, UnverifiedToken};
use zizhi_crypto::PublicKey;
use zizhi_model::Limits;

use crate::incubator::{Province, credentials, firm, incubator, public_key};
use crate::world::{PASSPHRASE, World};

const BACKUP: &str = "之前.zzbackup";

struct Story {
    world: World,
    firm: String,
    key: PublicKey,
}

impl Story {
    fn new() -> Self {
        Self::of(incubator())
    }

    fn of(world: World) -> Self {
        let firm = world.ask("register.save", firm(1))["id"].as_str().expect("an id").to_owned();
        // None is made beside the work later on.
        world.ask("upkeep.backup", json!({"path": ""}));
        let key = public_key(&world);
        Self { world, firm, key }
    }

    fn issuing(&self, number: &str, looked: bool) -> Value {
        json!({
            "kind": "incubatee-certificate",
            "provenance": "direct",
            "firms": [self.firm],
            "claims": [{"name": "incubator_level", "value": "provincial"}],
            "number": number,
            "number_looked_at": looked,
            "valid_until": null,
            "attested": null,
            "passphrase": PASSPHRASE,
            "folder": self.out(),
        })
    }

    fn out(&self) -> PathBuf {
        self.world.outside().join("签发")
    }

    /// Issues the next number of the series and gives the list and the place that it got.
    fn issue(&self) -> (String, u64) {
        self.issue_looking(false)
    }

    fn issue_looking(&self, looked: bool) -> (String, u64) {
        let before: HashSet<PathBuf> = credentials(&self.out()).into_iter().collect();
        let batch = self.world.ask("issue.issue", self.issuing("SJ-2026-{0001}", looked));
        assert_eq!(batch["issued"], 1, "{batch}");
        let file = credentials(&self.out()).into_iter().find(|file| !before.contains(file)).expect("a file");
        (batch["status_list"].as_str().expect("a list").to_owned(), crate::incubator::place(&file))
    }

    fn lines(&self) -> Vec<Value> {
        let find =
            json!({"text": "", "kind": null, "status": null, "firm": null, "after": null, "limit": 500});
        self.world.ask("issue.list", find)["credentials"].as_array().expect("lines").clone()
    }

    fn line(&self, number: &str) -> Value {
        let found = self.lines().into_iter().find(|line| line["number"] == number);
        found.unwrap_or_else(|| panic!("no {number}"))
    }

    fn setting(&self, number: &str, status: &str) -> Value {
        let id = self.line(number)["id"].clone();
        json!({"ids": [id], "status": status, "reason": "信息有误", "passphrase": PASSPHRASE})
    }

    fn revoke(&self, number: &str) {
        self.world.ask("issue.set_status", self.setting(number, "revoked"));
    }

    /// The lists as they are exported, signed anew if asked, by name.
    fn export(&self, anew: bool) -> Vec<StatusToken> {
        self.export_texts(anew).iter().map(|text| self.verified(text)).collect()
    }

    fn export_texts(&self, anew: bool) -> Vec<String> {
        let folder = self.world.outside().join("名单");
        drop(fs::remove_dir_all(&folder));
        fs::create_dir(&folder).expect("a folder");
        self.world.ask("issue.export_status_list", exporting(&folder, anew));
        credentials(&folder).iter().map(|file| fs::read_to_string(file).expect("a list")).collect()
    }

    fn verified(&self, text: &str) -> StatusToken {
        let token = UnverifiedToken::parse(text, &Limits::default());
        token.and_then(|token| token.verify(&self.key, None)).expect("it holds")
    }

    /// What the newest list says about a place.
    fn says(&self, uri: &str, idx: u64) -> Status {
        let lists = self.export(true);
        let list = lists.iter().find(|list| list.uri == uri).unwrap_or_else(|| panic!("no {uri}"));
        list.list.get(idx).expect("a place")
    }

    fn back_up(&self) -> PathBuf {
        let status = self.world.ask("upkeep.backup", json!({"path": ""}));
        let copy = self.world.outside().join(BACKUP);
        fs::copy(status["made"]["path"].as_str().expect("a path"), &copy).expect("copied");
        copy
    }

    fn restore(&self, backup: &Path) {
        self.world.ask("upkeep.restore", json!({"path": backup, "secret": PASSPHRASE}));
    }

    /// Loses the database before it is restored, so that nothing is left to compare with.
    fn lose_and_restore(&self, backup: &Path) {
        self.world.ask("session.lock", json!({}));
        fs::remove_dir_all(self.world.data().join("database")).expect("lost");
        self.restore(backup);
    }

    fn open(&self) -> Value {
        self.world.ask("issue.after_restore", json!({}))
    }

    /// Settles by a file, as it was read and shown.
    fn settle_by(&self, path: &Path) -> Value {
        self.settle_from(&json!(path))
    }

    /// Settles by the lists of a file, or of the trust data at hand.
    fn settle_from(&self, path: &Value) -> Value {
        let read = self.world.ask("issue.read_lists", json!({ "path": path }));
        let lists = read["lists"].as_array().expect("lists");
        let sums: Vec<&Value> = lists.iter().map(|list| &list["sha256"]).collect();
        let read = json!({ "path": path, "sha256": sums });
        self.world.ask(
            "issue.settle",
            json!({ "read": read, "since": [], "reason": null, "passphrase": PASSPHRASE }),
        )
    }

    /// Enters credentials again from files or folders.
    fn recover(&self, paths: &[&Path]) -> Value {
        self.world.ask("issue.recover", json!({ "paths": paths }))
    }

    /// What the badge at the menu counts.
    fn badge(&self) -> Value {
        self.world.ask("session.status", json!({}))["waiting"]["after_restore"].clone()
    }

    /// Says that what was issued after the backup is here again, or that nothing was.
    fn look_back(&self) {
        self.world.ask("issue.look_back", json!({}));
    }

    fn state(&self, since: &Value, reason: &str) -> Value {
        self.world.ask("issue.settle", stating(since, reason))
    }
}

fn by_file(path: &Path, sha256: &str) -> Value {
    let read = json!({"path": path, "sha256": [sha256]});
    json!({"read": read, "since": [], "reason": null, "passphrase": PASSPHRASE})
}

fn stating(since: &Value, reason: &str) -> Value {
    json!({"read": null, "since": since, "reason": reason, "passphrase": PASSPHRASE})
}

fn exporting(folder: &Path, anew: bool) -> Value {
    match anew {
        true => json!({"path": folder, "passphrase": PASSPHRASE}),
        false => json!({"path": folder}),
    }
}

#[test]
fn the_replaced_database_tells_what_was_revoked_and_given_after_the_backup() {
    let story = Story::new();
    let first = story.issue();
    let backup = story.back_up();
    let second = story.issue();
    story.revoke("SJ-2026-0001");
    story.revoke("SJ-2026-0002");
    story.export(false);

    story.restore(&backup);
    assert_eq!((&story.open()["lists"], &story.open()["numbers"]), (&json!([]), &json!(false)));
    for number in ["SJ-2026-0001", "SJ-2026-0002"] {
        let line = story.line(number);
        assert_eq!((&line["status"], &line["reason"]), (&json!("revoked"), &json!("信息有误")), "{number}");
    }
    let third = story.issue();
    assert_ne!(third.0, second.0, "the list of before gives no more places");
    assert_eq!(story.lines()[0]["number"], "SJ-2026-0003", "nor is a number given twice");
    assert_eq!(story.says(&first.0, first.1), Status::Revoked);
    assert_eq!(story.says(&second.0, second.1), Status::Revoked);
    assert_eq!(story.says(&third.0, third.1), Status::Valid);
}

#[test]
fn without_the_replaced_database_a_list_of_before_is_not_signed_until_it_was_settled() {
    let story = Story::new();
    let first = story.issue();
    let backup = story.back_up();
    let second = story.issue();
    story.revoke("SJ-2026-0002");
    story.revoke("SJ-2026-0001");
    let exported = story.export_texts(false);
    story.lose_and_restore(&backup);

    let open = story.open();
    assert_eq!((&open["lists"][0]["uri"], &open["numbers"]), (&json!(first.0), &json!(true)));
    assert_eq!(open["lists"][0]["not_valid"], 0, "as far as the backup knows");
    let refused = story.world.refused("issue.set_status", story.setting("SJ-2026-0001", "suspended"));
    assert_eq!(refused.code, "STATUS-RESTORED");
    let folder = story.world.outside().join("名单");
    for anew in [true, false] {
        let refused = story.world.refused("issue.export_status_list", exporting(&folder, anew));
        assert_eq!(refused.code, "STATUS-RESTORED", "nor is the old one handed over, {anew}");
    }

    let file = story.world.outside().join("最后一次.jwt");
    fs::write(&file, &exported[0]).expect("written");
    let read = story.world.ask("issue.read_lists", json!({ "path": file }))["lists"][0].clone();
    let adds = read["adds"].as_array().expect("credentials");
    assert_eq!((&adds[0]["number"], &adds[0]["status"]), (&json!("SJ-2026-0001"), &json!("revoked")));
    assert_eq!((adds.len(), &read["unknown"]), (1, &json!(1)), "one was issued after the backup");
    // Nothing is settled by a wrong passphrase, nor by another file than was read.
    let mut wrong = by_file(&file, read["sha256"].as_str().expect("a digest"));
    wrong["passphrase"] = json!("不是口令");
    assert_eq!(story.world.refused("issue.settle", wrong).code, "KEY-PASSPHRASE");
    assert_eq!(story.world.refused("issue.settle", by_file(&file, "00")).code, "STATUS-CHANGED");
    assert_eq!(story.open()["lists"].as_array().map(Vec::len), Some(1));
    assert_eq!(story.settle_by(&file)["lists"], json!([]));
    let line = story.line("SJ-2026-0001");
    assert_eq!(line["status"], "revoked", "the list told it");
    assert_eq!(story.says(&first.0, first.1), Status::Revoked);
    assert_eq!(
        story.says(&second.0, second.1),
        Status::Revoked,
        "of a credential that is not known any more"
    );
    let before = story.verified(&exported[0]).issued_at;
    assert!(story.export(false).iter().all(|list| list.issued_at > before), "no list goes back in time");
}

#[test]
fn a_list_is_settled_by_a_newer_one_of_this_organisation_alone() {
    let story = Story::new();
    story.issue();
    let old = story.export_texts(false);
    story.export(true);
    let backup = story.back_up();
    story.lose_and_restore(&backup);
    let other = Story::new();
    other.issue();
    let foreign = other.export_texts(false);
    let file = story.world.outside().join("名单.jwt");
    for (text, code) in [
        (old[0].as_str(), "STATUS-OLDER"),
        (foreign[0].as_str(), "STATUS-FOREIGN"),
        ("photo", "STATUS-FOREIGN"),
    ] {
        fs::write(&file, text).expect("written");
        assert_eq!(story.world.refused("issue.read_lists", json!({ "path": file })).code, code, "{text:.9}");
        assert_eq!(story.world.refused("issue.settle", by_file(&file, "00")).code, code, "{text:.9}");
    }
    story.look_back();
    assert_eq!(story.world.refused("issue.settle", stating(&json!([]), " ")).code, "STATUS-REASON");
    assert_eq!(story.open()["lists"].as_array().map(Vec::len), Some(1), "nothing is settled by these");
    assert_eq!(story.state(&json!([]), "备份之后没有上班")["lists"], json!([]));
    assert_eq!(story.world.refused("issue.settle", stating(&json!([]), "x")).code, "STATUS-SETTLED");
    let log = story.world.ask(
        "upkeep.activity",
        json!({"text": "没有上班", "action": "status_list.settled", "from": null, "to": null, "before": null, "limit": 9}),
    );
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(1), "who stated it is in the log");
    story.revoke("SJ-2026-0001");
}

#[test]
fn a_list_of_before_the_backup_settles_nothing() {
    let story = Story::new();
    story.issue();
    story.export(true);
    let before = story.export_texts(false).remove(0);
    // The backup is of a later second than the list in it.
    story.world.ask("session.lock", json!({}));
    let story = Story { world: story.world.later("2026-11-23T18:00:00+08:00"), ..story };
    story.world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let backup = story.back_up();
    story.revoke("SJ-2026-0001");
    story.lose_and_restore(&backup);
    let file = story.world.outside().join("名单.jwt");
    fs::write(&file, before).expect("written");
    let refused = story.world.refused("issue.read_lists", json!({ "path": file }));
    assert!(refused.code == "STATUS-OLDER" && refused.fact.zh.contains("做备份之前"), "{refused:?}");
    for what_to_do in ["吊销名单-", "发布信任数据的一方发回", "逐份勾选", "没有变动"] {
        assert!(refused.advice.zh.contains(what_to_do), "{refused:?}");
    }
    assert_eq!(story.world.refused("issue.settle", by_file(&file, "00")).code, "STATUS-OLDER");
}

#[test]
fn where_no_list_is_left_what_changed_since_the_backup_is_stated() {
    let story = Story::new();
    let first = story.issue();
    let backup = story.back_up();
    story.revoke("SJ-2026-0001");
    story.lose_and_restore(&backup);
    assert_eq!(story.line("SJ-2026-0001")["status"], "valid", "as far as the backup knows");
    let since = |id: &Value| json!([{"credential_id": id, "status": "revoked"}]);
    story.look_back();
    let none = story.world.refused("issue.settle", stating(&since(&json!("none")), "登记簿第3页"));
    assert_eq!(none.code, "CREDENTIAL-NONE");
    assert_eq!(story.open()["lists"].as_array().map(Vec::len), Some(1), "nothing is settled by that");
    let id = story.line("SJ-2026-0001")["id"].clone();
    assert_eq!(story.state(&since(&id), "登记簿第3页")["lists"], json!([]));
    let line = story.line("SJ-2026-0001");
    assert_eq!((&line["status"], &line["reason"]), (&json!("revoked"), &json!("登记簿第3页")));
    story.export(true);
    assert_eq!(story.says(&first.0, first.1), Status::Revoked, "and others hear of it");
}

#[test]
fn trust_data_at_hand_adds_what_it_knows_and_the_rest_is_still_asked() {
    let world = incubator();
    let province = Province::registers(&world);
    let story = Story::of(world);
    let first = story.issue();
    let backup = story.back_up();
    story.revoke("SJ-2026-0001");
    let token = story.export_texts(false).remove(0);
    province.publish(&story.world, &[(&first.0, token.clone())]);
    story.lose_and_restore(&backup);

    assert_eq!(story.line("SJ-2026-0001")["status"], "revoked");
    let open = story.open();
    assert_eq!(open["lists"][0]["not_valid"], 1, "what the trust data knows is in it");
    assert!(open["lists"][0]["in_trust"].is_string(), "and can settle it: {open}");
    let read = story.world.ask("issue.read_lists", json!({"path": null}));
    assert_eq!(read["lists"][0]["uri"], json!(first.0), "nobody has to look for a file: {read}");
    assert_eq!(story.settle_from(&Value::Null)["lists"], json!([]));
    assert_eq!(story.says(&first.0, first.1), Status::Revoked);
    assert!(story.export(false)[0].issued_at > story.verified(&token).issued_at);
}

#[test]
fn each_restore_of_a_backup_begins_lists_of_its_own() {
    let story = Story::new();
    // A backup without lists, and one with.
    let empty = story.back_up();
    let mut lists = vec![story.issue().0];
    for _ in 0..2 {
        story.lose_and_restore(&empty);
        lists.push(story.issue_looking(true).0);
    }
    let full = story.back_up();
    for _ in 0..2 {
        story.lose_and_restore(&full);
        lists.push(story.issue_looking(true).0);
    }
    let different: HashSet<&String> = lists.iter().collect();
    assert_eq!(different.len(), lists.len(), "{lists:?}");
}

#[test]
fn restoring_twice_loses_nothing_that_the_first_time_took_over() {
    let story = Story::new();
    let first = story.issue();
    let backup = story.back_up();
    let second = story.issue();
    story.revoke("SJ-2026-0002");
    story.restore(&backup);
    let third = story.issue();
    story.revoke("SJ-2026-0003");
    story.restore(&backup);
    assert_eq!(story.open()["lists"], json!([]));
    let fourth = story.issue();
    assert_eq!(story.lines()[0]["number"], "SJ-2026-0004");
    assert!(![&first.0, &second.0, &third.0].contains(&&fourth.0));
    assert_eq!(story.says(&second.0, second.1), Status::Revoked);
    assert_eq!(story.says(&third.0, third.1), Status::Revoked);
    assert_eq!(story.says(&first.0, first.1), Status::Valid);

    // What was not settled before the second restore is not settled by it.
    story.lose_and_restore(&backup);
    story.restore(&backup);
    let open = story.open();
    assert_eq!((open["lists"].as_array().map(Vec::len), &open["numbers"]), (Some(1), &json!(true)));
}

#[test]
fn a_database_that_is_older_than_the_backup_settles_nothing() {
    let story = Story::new();
    let first = story.issue();
    let (database, aside) = (story.world.data().join("database"), story.world.outside().join("旧电脑"));
    story.world.ask("session.lock", json!({}));
    fs::create_dir(&aside).expect("a folder");
    for name in ["zizhi.db", "keys.json"] {
        fs::copy(database.join(name), aside.join(name)).expect("copied");
    }
    story.world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    story.issue();
    story.revoke("SJ-2026-0001");
    let backup = story.back_up();

    // On the old machine, where work stopped long before the backup.
    story.world.ask("session.lock", json!({}));
    fs::remove_dir_all(&database).expect("removed");
    fs::rename(&aside, &database).expect("moved");
    story.restore(&backup);
    let open = story.open();
    assert_eq!((open["lists"].as_array().map(Vec::len), &open["numbers"]), (Some(1), &json!(true)));
    assert_eq!(story.line("SJ-2026-0001")["status"], "revoked", "the backup's own is not undone");
    story.look_back();
    story.state(&json!([]), "之后没有撤销");
    assert_eq!(story.says(&first.0, first.1), Status::Revoked);
}

#[test]
fn after_a_restore_the_first_number_of_a_series_is_looked_at() {
    let story = Story::new();
    story.issue();
    let backup = story.back_up();
    story.issue();
    story.lose_and_restore(&backup);
    let refused = |number: &str| story.world.refused("issue.issue", story.issuing(number, false)).code;
    assert_eq!(refused("SJ-2026-{0001}"), "NUMBER-RESTORED");
    assert_eq!(refused("SJ-2026-0002"), "NUMBER-RESTORED");
    let looked_at = || story.world.ask("issue.after_restore", json!({}))["series"].clone();
    assert_eq!(looked_at(), json!([]));
    story.world.ask("issue.issue", story.issuing("SJ-2026-{0003}", true));
    story.world.ask("issue.issue", story.issuing("SJ-2026-{0001}", false));
    assert_eq!(story.lines()[0]["number"], "SJ-2026-0004", "once is enough for a series");
    assert_eq!(looked_at(), json!(["SJ-2026-{}"]), "the window need not ask again");
    assert_eq!(refused("HF-2026-{0001}"), "NUMBER-RESTORED", "another series is another question");
    assert_eq!(refused("SJ-2026-0002"), "NUMBER-RESTORED", "and so is each number given by hand");
}

#[test]
fn a_firm_that_restores_has_nothing_to_settle() {
    let world = World::new();
    world.create("firm");
    let status = world.ask("upkeep.backup", json!({"path": ""}));
    world.ask("upkeep.restore", json!({"path": status["made"]["path"], "secret": PASSPHRASE}));
    let open = world.ask("issue.after_restore", json!({}));
    assert_eq!(
        open,
        json!({"at": null, "made": null, "lists": [], "numbers": false, "series": [], "unknown": false,
            "next_case": null})
    );
    assert_eq!(world.ask("session.status", json!({}))["waiting"]["after_restore"], 0);
}
