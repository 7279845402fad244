//! Backups are whole or refused, and restoring keeps what was there.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use crate::common::{WRAPPED, assert_filled, at, entry, fill, fresh, key, other_key, raw, to_the_end};
use serde_json::json;
use zizhi_store::{
    BackupDefect, DATABASE_FILE, Database, DatabaseKey, Progress, Replaced, Restored, SCHEMA_VERSION,
    StoreError, backups_by_day_in, read_backup_header, read_wrapped_keys, replace_wrapped_keys, restore,
};

fn put_back(folder: &Path, backup: &Path, key: &DatabaseKey) -> Result<Restored, StoreError> {
    restore(folder, backup, key, |_, _| Ok(()))
}

fn backup_of(database: &Database, path: &Path) {
    let made = database.backup(path, at(0), &mut to_the_end).unwrap().unwrap();
    assert_eq!(made.size, fs::metadata(path).unwrap().len());
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_becomes_the_database_again_on_another_machine() {
    let (_folder, database) = fresh();
    let world = fill(&database);
    let away = tempfile::tempdir().unwrap();
    let path = away.path().join("a.zzbackup");
    backup_of(&database, &path);
    assert_eq!(names(away.path()), ["a.zzbackup"], "nothing but the backup is left");

    let header = read_backup_header(&path).unwrap();
    assert_eq!(
        (header.created, header.schema, header.wrapped_keys.as_slice()),
        (Some(at(0)), SCHEMA_VERSION, WRAPPED)
    );
    let target = tempfile::tempdir().unwrap();
    assert_eq!(put_back(target.path(), &path, &key()).unwrap().kept, None, "there was nothing to keep");
    assert_eq!(read_wrapped_keys(target.path()).unwrap().as_deref(), Some(WRAPPED), "the keys came along");
    let restored = Database::open(target.path(), &key()).unwrap();
    assert_filled(&restored, &world);
    assert!(restored.check().unwrap().is_whole());
    assert!(!restored.was_interrupted());
}

#[test]
fn a_backup_is_one_moment_while_rows_are_written() {
    let (_folder, database) = fresh();
    fill(&database);
    let path = database.folder().join("a.zzbackup");
    let mut steps = 0;
    database
        .backup(&path, at(0), &mut |progress: Progress| {
            steps += 1;
            assert!(progress.done <= progress.total && progress.total > 0, "{progress:?}");
            let writer = database.writer().unwrap();
            writer.put_setting("during", &json!(steps)).unwrap();
            writer.commit(&entry("setting")).unwrap();
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(steps > 0);
    let target = tempfile::tempdir().unwrap();
    put_back(target.path(), &path, &key()).unwrap();
    let restored = Database::open(target.path(), &key()).unwrap();
    let reader = restored.reader().unwrap();
    assert_eq!(reader.setting("during").unwrap(), None, "what came later is not in it");
    assert!(reader.verify_log().unwrap().is_ok());
}

#[test]
fn a_backup_can_be_stopped_and_leaves_the_last_one_alone() {
    let (_folder, database) = fresh();
    let path = database.folder().join("a.zzbackup");
    backup_of(&database, &path);
    let before = fs::read(&path).unwrap();
    fill(&database);
    let stopped = database.backup(&path, at(1), &mut |_| ControlFlow::Break(())).unwrap();
    assert_eq!(stopped, None);
    assert!(fs::read(&path).unwrap() == before, "the earlier backup is as it was");
    let beside: Vec<String> =
        names(database.folder()).into_iter().filter(|name| name.starts_with("a.")).collect();
    assert_eq!(beside, ["a.zzbackup"]);
}

#[test]
fn a_damaged_backup_is_refused_and_the_database_stays() {
    let (folder, database) = fresh();
    let world = fill(&database);
    let away = tempfile::tempdir().unwrap();
    let path = away.path().join("a.zzbackup");
    backup_of(&database, &path);
    let whole = fs::read(&path).unwrap();
    let line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let header = String::from_utf8(whole[..line].to_vec()).unwrap();
    let with_header = |header: String| [header.as_bytes(), &whole[line..]].concat();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    drop(database);

    let cases: Vec<(&str, Vec<u8>, BackupDefect)> = vec![
        ("nothing", vec![], BackupDefect::NotABackup),
        ("something else", b"PK\x03\x04".repeat(100), BackupDefect::NotABackup),
        ("other JSON", b"{\"format\":\"x\"}\n".to_vec(), BackupDefect::NotABackup),
        ("another format", with_header(header.replace("zzbackup", "zzdossier")), BackupDefect::NotABackup),
        (
            "a later version",
            with_header(header.replace(r#""version":1"#, r#""version":2"#)),
            BackupDefect::Version(2),
        ),
        ("the first line only", whole[..=line].to_vec(), BackupDefect::Incomplete),
        ("half of it", whole[..whole.len() / 2].to_vec(), BackupDefect::Incomplete),
        ("all but a byte", whole[..whole.len() - 1].to_vec(), BackupDefect::Incomplete),
        ("a byte too many", [whole.as_slice(), b"x"].concat(), BackupDefect::Incomplete),
        ("another size", with_header(header.replace(r#""size":"#, r#""size":1"#)), BackupDefect::Incomplete),
        ("a flipped bit in a page", flipped(whole.len() / 2), BackupDefect::Altered),
        ("a flipped bit in the digest", flipped(whole.len() - 1), BackupDefect::Altered),
        ("another time", with_header(header.replace("2026", "2025")), BackupDefect::Altered),
    ];
    for (what, bytes, expected) in cases {
        fs::write(&path, bytes).unwrap();
        let refused = put_back(folder.path(), &path, &key());
        assert!(
            matches!(&refused, Err(StoreError::Backup(found)) if *found == expected),
            "{what}: {refused:?}"
        );
    }
    fs::write(&path, &whole).unwrap();
    let refused = put_back(folder.path(), &path, &other_key());
    assert!(matches!(refused, Err(StoreError::Backup(BackupDefect::Key))), "{refused:?}");
    assert_eq!(names(folder.path()), ["keys.json", "zizhi.db", "zizhi.lock"], "nothing is left behind");
    assert_filled(&Database::open(folder.path(), &key()).unwrap(), &world);
}

#[test]
fn restoring_keeps_the_database_that_was_there() {
    let (folder, database) = fresh();
    let path = folder.path().join("a.zzbackup");
    backup_of(&database, &path);
    let world = fill(&database);
    assert!(
        matches!(put_back(folder.path(), &path, &key()), Err(StoreError::AlreadyOpen)),
        "while it is open"
    );
    drop(database);
    replace_wrapped_keys(folder.path(), b"a later passphrase").unwrap();

    for number in 1..=2 {
        let kept = put_back(folder.path(), &path, &key()).unwrap().kept.unwrap();
        assert_eq!(kept, folder.path().join(format!("replaced-{number}.db")));
    }
    let restored = Database::open(folder.path(), &key()).unwrap();
    assert_eq!(restored.reader().unwrap().log_end().unwrap().seq, 0, "the backup is from before");
    drop(restored);

    // The kept one is a whole database, with the keys that it had.
    let old = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("replaced-1.db"), old.path().join(DATABASE_FILE)).unwrap();
    let keys = fs::read(folder.path().join("replaced-1.keys.json")).unwrap();
    assert_eq!(keys, b"a later passphrase");
    assert_filled(&Database::open(old.path(), &key()).unwrap(), &world);
}

#[test]
fn restoring_over_a_killed_program_s_database_keeps_what_was_only_in_its_log() {
    let (folder, database) = fresh();
    let backup = tempfile::tempdir().unwrap();
    let path = backup.path().join("a.zzbackup");
    backup_of(&database, &path);
    let world = fill(&database);
    let crashed = tempfile::tempdir().unwrap();
    for name in names(folder.path()) {
        fs::copy(folder.path().join(&name), crashed.path().join(&name)).unwrap();
    }
    assert!(fs::metadata(crashed.path().join("zizhi.db-wal")).unwrap().len() > 0, "rows are in the log");
    let kept = put_back(crashed.path(), &path, &key()).unwrap().kept.unwrap();
    let old = tempfile::tempdir().unwrap();
    fs::copy(kept, old.path().join(DATABASE_FILE)).unwrap();
    assert_filled(&Database::open(old.path(), &key()).unwrap(), &world);
    let restored = Database::open(crashed.path(), &key()).unwrap();
    assert_eq!(restored.reader().unwrap().log_end().unwrap().seq, 0);
    assert!(restored.check().unwrap().is_whole(), "the old log did not get into the new database");
}

#[test]
fn a_destroyed_database_is_replaced_and_its_remains_kept() {
    let (folder, database) = fresh();
    let world = fill(&database);
    let path = folder.path().join("a.zzbackup");
    backup_of(&database, &path);
    drop(database);
    let file = folder.path().join(DATABASE_FILE);
    fs::write(&file, b"rubbish").unwrap();
    fs::write(folder.path().join("zizhi.db-wal"), b"more rubbish").unwrap();
    let kept = put_back(folder.path(), &path, &key()).unwrap().kept.unwrap();
    assert_eq!(fs::read(&kept).unwrap(), b"rubbish");
    assert_filled(&Database::open(folder.path(), &key()).unwrap(), &world);
}

#[test]
fn a_backup_from_a_newer_program_is_refused() {
    let (folder, database) = fresh();
    drop(database);
    raw(folder.path()).pragma_update(None, "user_version", 999).unwrap();
    // Only a newer program opens it, so its backup is put together as that one would.
    let copy = fs::read(folder.path().join(DATABASE_FILE)).unwrap();
    let header = json!({"format": "zzbackup", "version": 1, "created": null, "schema": 999, "size": copy.len(), "keys": ""});
    let mut bytes = [header.to_string().as_bytes(), b"\n", &copy].concat();
    bytes.extend(zizhi_crypto::digest::sha256(&bytes));
    let path = folder.path().join("newer.zzbackup");
    fs::write(&path, bytes).unwrap();
    let target = tempfile::tempdir().unwrap();
    let refused = put_back(target.path(), &path, &key());
    assert!(matches!(refused, Err(StoreError::Newer { found: 999, known: SCHEMA_VERSION })), "{refused:?}");
    assert!(!Database::exists(target.path()));
}

#[test]
fn seven_days_and_four_weeks_are_kept() {
    let (_folder, database) = fresh();
    let day = |offset: i64| at(offset * 86_400);
    let folder = database.backups_folder();
    fs::create_dir(&folder).unwrap();
    for offset in 0..60 {
        database.backup_of_the_day_in(&folder, day(offset), &mut to_the_end).unwrap();
        database.backup_of_the_day_in(&folder, day(offset), &mut to_the_end).unwrap();
    }
    fs::write(folder.join("mine.zzbackup"), b"not ours to remove").unwrap();
    database.backup_of_the_day_in(&folder, day(60), &mut to_the_end).unwrap();
    let kept = backups_by_day_in(&folder).unwrap();
    // at(0) is 2026-11-18 in Shanghai, a Wednesday; the last day is 2027-01-17, a Sunday.
    let days: Vec<String> = kept.iter().map(|(day, _)| day.to_string()).collect();
    let expected = [
        "2027-01-17",
        "2027-01-16",
        "2027-01-15",
        "2027-01-14",
        "2027-01-13",
        "2027-01-12",
        "2027-01-11",
        "2027-01-10",
        "2027-01-03",
        "2026-12-27",
        "2026-12-20",
    ];
    assert_eq!(days, expected);
    assert!(folder.join("mine.zzbackup").exists(), "what has another name is left alone");
    assert_eq!(names(&folder).len(), expected.len() + 1);
    for (_, path) in kept {
        read_backup_header(&path).unwrap();
    }
}

#[test]
fn what_is_restored_is_set_right_before_it_takes_the_place() {
    let (folder, database) = fresh();
    let path = folder.path().join("a.zzbackup");
    backup_of(&database, &path);
    fill(&database);
    let end = database.reader().unwrap().log_end().unwrap();
    drop(database);

    let set_right = |restored: &Database, replaced: &Replaced| -> Result<(), StoreError> {
        assert_eq!(replaced.kept, Some(folder.path().join("replaced-1.db")));
        let old = replaced.reader()?.expect("the same key opens it");
        assert_eq!(old.log_end()?, end, "what is replaced can be read to its end");
        let before = restored.reader()?.log_end()?;
        assert_eq!(
            old.log_hash(before.seq)?.unwrap_or_default(),
            before.hash,
            "its log goes on from the backup's"
        );
        let writer = restored.writer()?;
        writer.put_setting("restored", &json!(old.log_end()?.seq))?;
        writer.commit(&entry("setting")).map(drop)
    };
    restore(folder.path(), &path, &key(), set_right).unwrap();
    let restored = Database::open(folder.path(), &key()).unwrap();
    assert_eq!(restored.reader().unwrap().setting("restored").unwrap(), Some(json!(end.seq)));
    assert!(restored.check().unwrap().is_whole() && !restored.was_interrupted());
}

#[test]
fn what_cannot_be_set_right_is_not_restored() {
    let (folder, database) = fresh();
    let path = folder.path().join("a.zzbackup");
    backup_of(&database, &path);
    let world = fill(&database);
    drop(database);
    let before = names(folder.path());
    let refused = restore(folder.path(), &path, &key(), |restored, _| {
        restored.writer()?.commit(&entry("half"))?;
        Err(StoreError::ReadOnly)
    });
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    assert_eq!(names(folder.path()), before, "nothing is left behind");
    assert_filled(&Database::open(folder.path(), &key()).unwrap(), &world);
}

#[test]
fn a_database_of_another_key_is_kept_and_not_read() {
    let (folder, database) = fresh();
    let path = folder.path().join("a.zzbackup");
    backup_of(&database, &path);
    drop(database);
    let elsewhere = tempfile::tempdir().unwrap();
    drop(Database::create(elsewhere.path(), &other_key(), WRAPPED).unwrap());
    let restored = restore(elsewhere.path(), &path, &key(), |_, replaced| {
        assert!(replaced.kept.is_some() && replaced.reader()?.is_none());
        Ok::<(), StoreError>(())
    });
    assert_eq!(restored.unwrap().kept, Some(elsewhere.path().join("replaced-1.db")));
}

#[test]
fn two_backups_at_once_do_not_write_into_each_other() {
    let (_folder, database) = fresh();
    fill(&database);
    let path = database.folder().join("a.zzbackup");
    std::thread::scope(|scope| {
        let made: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| database.backup(&path, at(0), &mut to_the_end).map(|made| made.is_some()))
            })
            .collect();
        for made in made {
            assert!(made.join().unwrap().unwrap());
        }
    });
}
