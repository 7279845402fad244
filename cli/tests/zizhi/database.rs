//! `zizhi db` and `zizhi log` as a person runs them.

use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;
use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::settings::{Habits, save_habits};
use zizhi_app::{SystemHost, vault};

use crate::run::{ended, zizhi};

const PASSPHRASE: &str = "松江 孵化器 2026";

/// A folder with a local database, closed.
struct Desk {
    folder: TempDir,
    recovery: String,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let owner = Owner {
            uscc: "91310117DEM000030B",
            name: "松江科创孵化器【演示】",
            role: Role::Incubator,
            region: "310117",
        };
        let place = folder.path().join("data/database");
        let created = create_database(&place, &owner, PASSPHRASE, &SystemHost).unwrap();
        let recovery = created.recovery_key.to_string();
        std::fs::write(folder.path().join("口令.txt"), format!("{PASSPHRASE}\n")).unwrap();
        Self { folder, recovery }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str], secret: Option<&str>) -> Output {
        let mut command = zizhi(self.folder.path(), arguments);
        command.envs(secret.map(|secret| ("ZIZHI_PASSPHRASE", secret)));
        command.output().unwrap()
    }

    /// Runs and gives both outputs; the exit code must be `code`.
    fn ends_with(&self, arguments: &[&str], secret: Option<&str>, code: i32) -> (String, String) {
        ended(self.run(arguments, secret), code, arguments)
    }

    fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        self.ends_with(arguments, Some(PASSPHRASE), code)
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.ends(arguments, code).0).unwrap()
    }

    /// Leaves a trace in the log and the settings.
    fn work(&self, operator: &str) {
        let open = vault::open(&self.path("data/database"), PASSPHRASE, &SystemHost).unwrap();
        let habits = Habits { operator: operator.to_owned(), ..Habits::default() };
        save_habits(&open.database, &habits, &SystemHost).unwrap();
    }
}

#[test]
fn a_whole_database_is_found_whole_and_not_changed() {
    let desk = Desk::new();
    let (data, talk) = desk.ends(&["db", "check"], 0);
    assert!(data.contains("the database is whole") && talk.is_empty(), "{data}{talk}");
    let first = desk.json(&["db", "check", "--json"], 0);
    assert_eq!(first["whole"], true);
    assert_eq!(desk.json(&["db", "check", "--json"], 0), first, "looking leaves no trace");
}

#[test]
fn a_damaged_page_is_found() {
    let desk = Desk::new();
    let path = desk.path("data/database/zizhi.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let output = desk.run(&["db", "check"], Some(PASSPHRASE));
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(1) => assert!(!output.stdout.is_empty(), "it says what is damaged"),
        code => assert!(code == Some(2) && talk.contains("DB-DAMAGED"), "{code:?} {talk}"),
    }
}

#[test]
fn whoever_cannot_open_it_is_told_why() {
    let desk = Desk::new();
    for (arguments, secret, code) in [
        (&["db", "check"][..], Some("不是这一句话"), "KEY-PASSPHRASE"),
        (&["db", "backup"], Some("不是这一句话"), "KEY-PASSPHRASE"),
        (&["log", "verify"], Some("不是这一句话"), "KEY-PASSPHRASE"),
        (&["db", "check"], None, "KEY-PASSPHRASE"),
        (&["db", "check", "--data", "none"], Some(PASSPHRASE), "DB-NONE"),
        (&["db", "restore", "none.zzbackup"], Some(PASSPHRASE), "IO-READ"),
        (&["db", "restore", "口令.txt"], Some(PASSPHRASE), "BACKUP-FORMAT"),
        (&["db", "backup", "none"], Some(PASSPHRASE), "BACKUP-FOLDER"),
    ] {
        let (data, talk) = desk.ends_with(arguments, secret, 2);
        assert!(data.is_empty() && talk.contains(code), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?}: {talk}");
    }
    let open = vault::open(&desk.path("data/database"), PASSPHRASE, &SystemHost).unwrap();
    let (_, talk) = desk.ends(&["db", "check"], 2);
    assert!(talk.contains("DB-IN-USE"), "{talk}");
    drop(open);
}

#[test]
fn a_backup_is_tried_and_restored() {
    let desk = Desk::new();
    desk.work("王某【演示】");
    let (data, _) = desk.ends_with(&["db", "backup", "--passphrase-file", "口令.txt"], None, 0);
    let backup = data.trim();
    assert!(backup.ends_with(".zzbackup"), "the path is the data: {data}");
    std::fs::create_dir(desk.path("stick")).unwrap();
    let made = desk.json(&["db", "backup", "stick", "--json"], 0);
    assert!(made["path"].as_str().unwrap().contains("zizhitong-91310117DEM000030B"), "{made}");
    desk.work("李某【演示】");
    let after = desk.json(&["log", "verify", "--json"], 0)["entries"].as_u64().unwrap();

    let tried = desk.json(&["db", "restore", backup, "--trial", "--json"], 0);
    assert_eq!((&tried["restored"], &tried["log_whole"]), (&Value::Bool(false), &Value::Bool(true)));
    assert_eq!(desk.json(&["log", "verify", "--json"], 0)["entries"], after, "nothing was touched");

    let (data, talk) = desk.ends_with(&["db", "restore", backup], Some(&desk.recovery), 0);
    assert!(data.contains("松江科创孵化器【演示】"), "what is in it: {data}");
    assert!(talk.contains("replaced-1.db"), "the other one is kept: {talk}");
    assert!(talk.contains("〕0001"), "from which number cases go on: {talk}");
    desk.ends(&["db", "check"], 0);
    assert!(
        desk.json(&["log", "verify", "--json"], 0)["entries"].as_u64().unwrap() < after,
        "it is that of the backup"
    );
}

#[test]
fn a_half_written_backup_changes_nothing() {
    let desk = Desk::new();
    let (data, _) = desk.ends(&["db", "backup"], 0);
    let whole = std::fs::read(data.trim()).unwrap();
    std::fs::write(desk.path("half.zzbackup"), &whole[..whole.len() / 2]).unwrap();
    let before = std::fs::read(desk.path("data/database/zizhi.db")).unwrap();
    for arguments in [&["db", "restore", "half.zzbackup"][..], &["db", "restore", "half.zzbackup", "--trial"]]
    {
        let (_, talk) = desk.ends(arguments, 2);
        assert!(talk.contains("BACKUP-INCOMPLETE"), "{talk}");
    }
    assert!(std::fs::read(desk.path("data/database/zizhi.db")).unwrap() == before);
}

#[test]
fn the_log_is_proved_from_its_first_row_and_through_a_place_on_paper() {
    let desk = Desk::new();
    desk.work("王某【演示】");
    let first = desk.json(&["log", "verify", "--json"], 0);
    assert_eq!(first["whole"], true);
    assert!(first["heads"].as_u64().unwrap() > 0, "its end was signed at each opening: {first}");
    let end = first["end"].as_str().unwrap().to_owned();
    desk.work("李某【演示】");
    let later = desk.json(&["log", "verify", "--through", &end, "--json"], 0);
    assert_eq!(later["goes_through"], true);
    assert_ne!(later["end"], first["end"], "it went on");

    let (seq, hash) = end.split_once(':').unwrap();
    let other = format!(
        "{seq}:{}",
        hash.replace(|c: char| c == hash.chars().next().unwrap(), "0").replacen('1', "2", 1)
    );
    let (data, _) = desk.ends(&["log", "verify", "--through", &other], 1);
    assert!(data.contains("does not go through"), "{data}");
    let beyond = format!("9999:{hash}");
    desk.ends(&["log", "verify", "--through", &beyond], 1);
    let (_, talk) = desk.ends(&["log", "verify", "--through", "12:abc"], 2);
    assert!(talk.contains("through"), "{talk}");
}

#[test]
fn help_shows_examples() {
    let desk = Desk::new();
    for command in [
        &["db", "check", "--help"][..],
        &["db", "backup", "--help"],
        &["db", "restore", "--help"],
        &["log", "verify", "--help"],
    ] {
        let (data, _) = desk.ends(command, 0);
        assert!(data.contains("Example") && data.contains("Exit codes"), "{data}");
    }
}
