//! 备份、日志、诊断: what is backed up comes back, what was done is told, and what is damaged is said so.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use serde_json::{Value, json};
use zizhi_app::vault;
use zizhi_store::{DATABASE_FILE, Entry};
use zizhi_wire::Event;

use crate::world::{PASSPHRASE, World};

const NEXT: &str = "另一句只有自己知道的话";

fn find(text: &str, action: Option<&str>) -> Value {
    json!({"text": text, "action": action, "from": null, "to": null, "before": null, "limit": 100})
}

fn actions(world: &World) -> Vec<String> {
    let log = world.ask("upkeep.activity", find("", None));
    let entries = log["entries"].as_array().expect("entries").iter();
    entries.map(|entry| entry["action"].as_str().expect("a word").to_owned()).collect()
}

/// Keeps who is at the desk, which leaves a trace in the log and the database.
fn operator(world: &World, name: &str) {
    let mut settings = world.ask("session.status", json!({}))["settings"].clone();
    settings["operator"] = json!(name);
    world.ask("session.save_settings", settings);
}

fn operator_now(world: &World) -> String {
    world.ask("session.status", json!({}))["settings"]["operator"].as_str().expect("a text").to_owned()
}

fn backup(world: &World) -> PathBuf {
    let status = world.ask("upkeep.backup", json!({"path": ""}));
    PathBuf::from(status["made"]["path"].as_str().expect("a backup"))
}

fn restore(path: &Path, secret: &str) -> Value {
    json!({"path": path, "secret": secret})
}

#[test]
fn a_backup_is_due_after_a_key_was_made_and_then_no_longer() {
    let world = World::new();
    world.create("incubator");
    let before = world.ask("upkeep.backups", json!({}));
    assert!(before["due"]["zh"].as_str().is_some_and(|zh| zh.contains("还没有备份")), "{before}");
    assert_eq!(world.stopped("upkeep.backup", json!({"path": ""})).code, "WORK-STOPPED");
    assert_eq!(world.ask("upkeep.backups", json!({}))["backups"], json!([]), "one that was stopped is none");
    let after = world.ask("upkeep.backup", json!({"path": ""}))["status"].clone();
    assert_eq!(after["due"], Value::Null);
    assert_eq!(after["backups"][0]["at"], "2026-11-23T10:00:00+08:00");
    assert_eq!(world.ask("session.status", json!({}))["waiting"]["backup_due"], false);
    assert!(
        world.events().iter().any(|event| matches!(event, Event::Progress { .. })),
        "its progress is told"
    );
}

#[test]
fn a_chosen_folder_is_remembered_and_holds_each_organisation_apart() {
    let world = World::new();
    world.create("incubator");
    let stick = world.outside().join("U盘");
    let missing = world.refused("upkeep.backup", json!({"path": stick}));
    assert_eq!(missing.code, "BACKUP-FOLDER", "a stick that is not there");
    fs::create_dir(&stick).expect("a folder");
    let status = world.ask("upkeep.backup", json!({"path": stick}))["status"].clone();
    assert_eq!(status["folder"], json!(stick));
    let path = Path::new(status["backups"][0]["path"].as_str().expect("a path")).to_owned();
    let own = path.parent().and_then(|own| own.file_name()?.to_str()).expect("a folder of its own");
    assert!(own.starts_with("zizhitong-91310117DEM000030B-") && path.ends_with("zizhi-2026-11-23.zzbackup"));
    assert_eq!(path.parent().and_then(Path::parent), Some(stick.as_path()));
    let bytes = fs::read(&path).expect("the backup");
    let name = "松江科创孵化器".as_bytes();
    assert!(!bytes.windows(name.len()).any(|window| window == name), "it is encrypted");

    fs::remove_dir_all(&stick).expect("pulled out");
    let without = world.ask("upkeep.backups", json!({}));
    assert_eq!(without["backups"], json!([]), "what is elsewhere today is left out");
    assert_eq!(world.refused("upkeep.backup", json!({"path": ""})).code, "BACKUP-FOLDER");
}

#[test]
fn a_backup_goes_to_the_folder_that_is_set_now_and_says_which_file_it_is() {
    let world = World::new();
    world.create("incubator");
    let folders = ["旧", "新"].map(|name| world.outside().join(name));
    for folder in &folders {
        fs::create_dir(folder).expect("a folder");
        let mut settings = world.ask("session.status", json!({}))["settings"].clone();
        settings["backup_folder"] = json!(folder);
        world.ask("session.save_settings", settings);
        assert!(
            world.events().iter().any(|event| matches!(event, Event::Changed { what } if what.contains(&zizhi_wire::Changed::Upkeep))),
            "where backups stand is asked again"
        );
        let answer = world.ask("upkeep.backup", json!({"path": ""}));
        let made = Path::new(answer["made"]["path"].as_str().expect("a path")).to_owned();
        assert!(made.starts_with(folder) && made.exists(), "{answer}");
        assert_eq!(answer["status"]["folder"], json!(folder));
    }
    // Where nothing can be written nothing is said to be made.
    fs::remove_dir_all(&folders[1]).expect("removed");
    fs::write(&folders[1], b"a file").expect("written");
    assert_eq!(world.refused("upkeep.backup", json!({"path": ""})).code, "BACKUP-FOLDER");
}

#[test]
fn a_trial_touches_nothing_and_tells_what_is_inside() {
    let world = World::new();
    world.create("incubator");
    let path = backup(&world);
    operator(&world, "王某【演示】");
    let drilled = world.ask("upkeep.drill", restore(&path, PASSPHRASE));
    assert_eq!(drilled["log_whole"], true);
    assert!(drilled["contents"].to_string().contains("松江科创孵化器【演示】"), "{drilled}");
    assert_eq!(operator_now(&world), "王某【演示】", "the database at the desk is as it was");
    let data: Vec<_> =
        fs::read_dir(world.data()).expect("listed").map(|entry| entry.expect("one").file_name()).collect();
    assert!(!data.iter().any(|name| name.to_string_lossy().starts_with(".trial")), "{data:?}");
    assert_eq!(world.ask("upkeep.backups", json!({}))["drilled_at"], "2026-11-23T10:00:00+08:00");
}

#[test]
fn a_restored_database_is_the_one_of_that_day_and_the_other_is_kept() {
    let world = World::new();
    let recovery = world.create("incubator")["recovery_key"].as_str().expect("a key").to_owned();
    operator(&world, "王某【演示】");
    let path = backup(&world);
    operator(&world, "李某【演示】");
    world.ask("session.change_passphrase", json!({"present": PASSPHRASE, "next": NEXT}));

    let refusal = world.refused("upkeep.restore", restore(&path, NEXT));
    assert_eq!(refusal.code, "KEY-PASSPHRASE", "the passphrase of that day opens it");
    assert_eq!(operator_now(&world), "李某【演示】", "the database is still open and as it was");

    let status = world.ask("upkeep.restore", restore(&path, PASSPHRASE));
    assert_eq!(status["database"], "open");
    assert_eq!(status["settings"]["operator"], "王某【演示】");
    assert_eq!(actions(&world).first().map(String::as_str), Some("backup.restored"));
    assert!(world.data().join("database/replaced-1.db").exists(), "the other one is kept");
    assert_eq!(world.ask("upkeep.check", json!({}))["whole"], true);

    world.ask("session.lock", json!({}));
    assert_eq!(world.refused("session.unlock", json!({"secret": NEXT})).code, "KEY-PASSPHRASE");
    world.ask("session.unlock", json!({ "secret": recovery }));
}

#[test]
fn a_lost_database_comes_back_from_a_backup() {
    let world = World::new();
    world.create("firm");
    let stick = world.outside().join("stick");
    fs::create_dir(&stick).expect("a folder");
    let status = world.ask("upkeep.backup", json!({"path": stick}));
    let path = PathBuf::from(status["made"]["path"].as_str().expect("a path"));
    world.ask("session.lock", json!({}));
    fs::remove_dir_all(world.data()).expect("lost");
    assert_eq!(world.ask("session.status", json!({}))["database"], "none");
    let status = world.ask("upkeep.restore", restore(&path, PASSPHRASE));
    assert_eq!(status["profile"]["name"], "合肥星河量子传感技术有限公司【演示】");
    // It knows where its backups go, and that it has none yet: the one it came from is another database's from now on.
    let backups = world.ask("upkeep.backups", json!({}));
    assert_eq!((&backups["folder"], &backups["backups"]), (&json!(stick), &json!([])));
    assert!(backups["due"]["zh"].as_str().is_some_and(|due| due.contains("恢复之后")), "{backups}");
    assert_eq!(backups["drilled_at"], "2026-11-23T10:00:00+08:00", "and that one can be restored");
    let before = fs::read(&path).expect("the backup");
    let status = world.ask("upkeep.backup", json!({"path": ""}));
    let made = PathBuf::from(status["made"]["path"].as_str().expect("a path"));
    assert!(made.starts_with(&stick) && made != path, "{made:?}");
    assert_eq!(fs::read(&path).expect("it is there"), before, "of the same day, and not written over");
}

#[test]
fn a_backup_that_cannot_be_used_leaves_the_database_open_and_whole() {
    let world = World::new();
    world.create("incubator");
    let path = backup(&world);
    let whole = fs::read(&path).expect("the backup");
    let bad = world.outside().join("坏.zzbackup");
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let newer =
        String::from_utf8_lossy(&whole[..200]).replacen("\"version\":1", "\"version\":9", 1).into_bytes();
    let newer = [newer.as_slice(), &whole[200..]].concat();
    for (what, bytes, code) in [
        ("half written", &whole[..middle], "BACKUP-INCOMPLETE"),
        ("one bit altered", &altered, "BACKUP-DAMAGED"),
        ("something else", b"a photograph", "BACKUP-FORMAT"),
        ("empty", b"", "BACKUP-FORMAT"),
        ("of a newer program", &newer, "BACKUP-NEWER"),
    ] {
        fs::write(&bad, bytes).expect("written");
        for word in ["upkeep.drill", "upkeep.restore"] {
            assert_eq!(world.refused(word, restore(&bad, PASSPHRASE)).code, code, "{what}, {word}");
        }
        assert_eq!(world.ask("session.status", json!({}))["database"], "open", "{what}");
    }
    assert_eq!(
        world.refused("upkeep.drill", restore(&world.outside().join("none"), PASSPHRASE)).code,
        "IO-READ"
    );
    let other = World::new();
    let paper = other.create("firm")["recovery_key"].as_str().expect("a key").to_owned();
    assert_eq!(
        world.refused("upkeep.drill", restore(&path, &paper)).code,
        "BACKUP-KEY",
        "another database's paper"
    );
    assert_eq!(world.ask("upkeep.check", json!({}))["whole"], true);
}

#[test]
fn the_day_begins_with_a_backup() {
    let world = World::new();
    world.create("incubator");
    world.ask("session.lock", json!({}));
    let later = world.later("2026-11-24T08:30:00+08:00");
    later.ask("session.unlock", json!({"secret": PASSPHRASE}));
    // Made beside the work: wait until it is told.
    for _ in 0..500 {
        if later.events().contains(&Event::Changed {
            what: vec![zizhi_wire::Changed::Upkeep, zizhi_wire::Changed::Session],
        }) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let status = later.ask("upkeep.backups", json!({}));
    assert_eq!(status["backups"][0]["at"], "2026-11-24T08:30:00+08:00", "{status}");
}

#[test]
fn damage_of_a_large_database_is_told_while_it_is_open_and_before_it_opens_again() {
    let world = World::new();
    world.create("incubator");
    world.ask("session.lock", json!({}));
    let folder = world.data().join(vault::FOLDER);
    let database = vault::look(&folder, PASSPHRASE).expect("open").database;
    let writer = database.writer().expect("a writer");
    let mut large = std::io::repeat(7).take(72 * 1024 * 1024);
    writer.add_original(&mut large, "application/octet-stream", DateTime::UNIX_EPOCH).expect("added");
    writer.commit(&Entry::new(DateTime::UNIX_EPOCH, "", "test.large")).expect("kept");
    database.close().expect("closed");
    let file = folder.join(DATABASE_FILE);
    let mut bytes = fs::read(&file).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).expect("written");
    fs::write(folder.join("zizhi.lock"), "open\n").expect("as a program that was killed leaves it");

    let unlock = json!({"secret": PASSPHRASE});
    assert_eq!(world.ask("session.unlock", unlock.clone())["database"], "open");
    let damaged = || world.ask("session.status", json!({}))["damaged"]["code"].clone();
    for _ in 0..1500 {
        if damaged() == "DB-DAMAGED" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(damaged(), "DB-DAMAGED");
    world.ask("session.lock", json!({}));
    assert_eq!(world.refused("session.unlock", unlock).code, "DB-DAMAGED");
}

#[test]
fn the_log_is_filtered_paged_and_exported() {
    let world = World::new();
    world.create("incubator");
    for name in ["王某【演示】", "李某【演示】", "=HYPERLINK(\"http://a.example\")"] {
        operator(&world, name);
    }
    let by = world.ask("upkeep.activity", find("李某", None));
    assert_eq!(by["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(by["entries"][0]["title"]["zh"], "更改设置");
    let made = world.ask("upkeep.activity", find("", Some("session.created")));
    assert_eq!(made["entries"].as_array().map(Vec::len), Some(1));
    let mut yesterday = find("", None);
    yesterday["to"] = json!("2026-11-22");
    assert_eq!(world.ask("upkeep.activity", yesterday.clone())["entries"], json!([]));
    yesterday["to"] = json!("22.11.2026");
    assert_eq!(world.refused("upkeep.activity", yesterday).code, "FORM-DATE");

    let mut page = find("", None);
    page["limit"] = json!(2);
    let first = world.ask("upkeep.activity", page.clone());
    page["before"] = first["next"].clone();
    let second = world.ask("upkeep.activity", page);
    assert_eq!(first["entries"][1]["seq"].as_i64(), second["entries"][0]["seq"].as_i64().map(|seq| seq + 1));

    let path = world.outside().join("日志.csv");
    let written = world.ask("upkeep.export_activity", json!({"filter": find("", None), "path": path}));
    assert_eq!(written["count"], 4);
    let text = fs::read_to_string(&path).expect("the table");
    assert!(text.contains("王某【演示】") && text.contains("更改设置"), "{text}");
    assert!(text.contains("'=HYPERLINK") && !text.contains(",=HYPERLINK"), "no formula: {text}");
    let other = world.outside().join("日志.docx");
    let refusal = world.refused("upkeep.export_activity", json!({"filter": find("", None), "path": other}));
    assert_eq!(refusal.code, "TABLE-ENDING");
}

#[test]
fn a_whole_database_is_found_whole() {
    let world = World::new();
    world.create("incubator");
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let checked = world.ask("upkeep.check", json!({}));
    assert_eq!(checked["findings"], json!([]));
    assert_eq!(checked["whole"], true);
    assert!(checked["entries"].as_i64().is_some_and(|entries| entries > 0));
}

#[test]
fn diagnostics_name_nobody() {
    let world = World::new();
    world.create("incubator");
    operator(&world, "王某【演示】");
    let text = world.ask("upkeep.diagnostics", json!({}))["text"].as_str().expect("a text").to_owned();
    assert!(text.contains("SQLCipher") && text.contains("zizhi"), "{text}");
    let folder = world.outside().display().to_string();
    for secret in ["松江", "91310117DEM000030B", "王某", folder.as_str(), PASSPHRASE] {
        assert!(!text.contains(secret), "{secret} stands in {text}");
    }
    world.ask("session.lock", json!({}));
    let locked = world.ask("upkeep.diagnostics", json!({}))["text"].as_str().expect("a text").to_owned();
    assert!(locked.contains("database: locked"), "{locked}");
}
