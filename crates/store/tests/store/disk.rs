//! A disk that is full, a file that may not grow, a folder that cannot be written: a clear error, nothing
//! half stored, and work goes on after.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::child::{can_mount, child_folder, child_in_shell};
use crate::common::{at, entry, firm, fresh, key};
use zizhi_store::{Database, FirmFilter, StoreError};

/// Writes firms one by one until it cannot, and says how many and why.
fn write_until_refused(database: &Database) -> (u32, StoreError) {
    for number in 0.. {
        let written = database.writer().and_then(|writer| {
            writer.put_firm(&firm(number, "合肥某公司【演示】"))?;
            writer.add_original(&mut number.to_be_bytes().repeat(8_000).as_slice(), "", at(0))?;
            writer.commit(&entry("firm.entered"))
        });
        if let Err(error) = written {
            return (number, error);
        }
    }
    unreachable!("the loop ends only by returning")
}

/// Every row up to `count` is there and nothing of a later one.
fn assert_whole(database: &Database, count: u32) {
    let reader = database.reader().unwrap();
    assert_eq!(reader.count_firms(&FirmFilter::default(), 100_000).unwrap(), count as usize);
    assert_eq!(reader.verify_log().unwrap().unwrap().seq, u64::from(count));
    drop(reader);
    assert!(database.check().unwrap().is_whole());
}

#[test]
fn a_full_disk_is_told_and_work_goes_on_when_there_is_room() {
    if let Some(folder) = child_folder() {
        // On a file system of 8 MB, of which a ballast takes a part.
        fs::write(folder.join("ballast"), vec![0; 2 << 20]).unwrap();
        let database = Database::create(&folder.join("db"), &key(), b"{}").unwrap();
        let (count, error) = write_until_refused(&database);
        assert!(matches!(error, StoreError::Full), "after {count}: {error:?}");
        assert!(count > 10, "some fitted: {count}");
        assert_whole(&database, count);
        let refused = database.backup(&folder.join("db/a.zzbackup"), at(0), &mut crate::common::to_the_end);
        assert!(matches!(refused, Err(StoreError::Full)), "nor is there room for a backup: {refused:?}");
        assert!(!folder.join("db/a.zzbackup").exists());

        fs::remove_file(folder.join("ballast")).unwrap();
        let (more, error) = {
            let writer = database.writer().unwrap();
            writer.put_firm(&firm(900_000, "合肥后来公司【演示】")).unwrap();
            writer.commit(&entry("firm.entered")).unwrap();
            write_until_refused(&database)
        };
        assert!(matches!(error, StoreError::Full), "{error:?}");
        assert!(more > count, "what was freed was used: {more} > {count}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "disk::a_full_disk_is_told_and_work_goes_on_when_there_is_room";
    // Where a test may mount nothing, `a_file_that_may_not_grow` has to stand for this.
    if can_mount() {
        let mount = "mount -t tmpfs -o size=8m tmpfs \"$F\"";
        let done = child_in_shell(name, folder.path(), mount, true).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
}

#[test]
fn a_file_that_may_not_grow_is_told_and_loses_nothing() {
    if let Some(folder) = child_folder() {
        let database = Database::open(&folder, &key()).unwrap();
        let (count, error) = write_until_refused(&database);
        assert!(matches!(error, StoreError::Io { .. } | StoreError::Full), "after {count}: {error:?}");
        fs::write(folder.join("count"), count.to_string()).unwrap();
        assert_whole(&database, count);
        return;
    }
    let (folder, database) = fresh();
    database.close().unwrap();
    let name = "disk::a_file_that_may_not_grow_is_told_and_loses_nothing";
    // 2 MiB, in blocks of 512 bytes; the signal that comes with it is ignored, as a program of a desktop
    // would have it.
    let limit = "trap '' XFSZ && ulimit -f 4096";
    let done = child_in_shell(name, folder.path(), limit, false).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    let count = fs::read_to_string(folder.path().join("count")).unwrap().parse().unwrap();
    assert!(count > 10, "some fitted: {count}");
    let database = Database::open(folder.path(), &key()).unwrap();
    assert_whole(&database, count);
    database.writer().unwrap().commit(&entry("work.goes.on")).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_left_alone() {
    if let Some(folder) = child_folder() {
        assert_read_only(&folder);
        return;
    }
    let (folder, database) = fresh();
    database.writer().unwrap().commit(&entry("one")).unwrap();
    database.close().unwrap();
    let set = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let may_still_write = fs::write(folder.path().join("try"), b"").is_ok();
    if may_still_write {
        // Permissions do not bind this user: let the file system itself be read-only.
        fs::remove_file(folder.path().join("try")).unwrap();
        assert!(can_mount(), "a user whom permissions do not bind can mount");
        let mount = "mount --bind \"$F\" \"$F\" && mount -o remount,ro,bind \"$F\"";
        let name = "disk::a_folder_that_cannot_be_written_is_told_and_left_alone";
        let done = child_in_shell(name, folder.path(), mount, true).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    } else {
        fs::set_permissions(folder.path().join("zizhi.lock"), fs::Permissions::from_mode(0o444)).unwrap();
        assert_read_only(folder.path());
    }
    set(0o755);
    fs::set_permissions(folder.path().join("zizhi.lock"), fs::Permissions::from_mode(0o644)).unwrap();
    let database = Database::open(folder.path(), &key()).unwrap();
    assert_eq!(database.reader().unwrap().log_end().unwrap().seq, 1);
}

fn assert_read_only(folder: &Path) {
    let refused = Database::open(folder, &key()).err();
    assert!(matches!(refused, Some(StoreError::ReadOnly)), "{refused:?}");
    let refused = Database::create(&folder.join("new"), &key(), b"{}").err();
    assert!(matches!(refused, Some(StoreError::ReadOnly)), "{refused:?}");
}
