//! Opening a database: the right key, the right version, one program, a fit place.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::common::{WRAPPED, assert_filled, at, entry, fill, firm, fresh, key, other_key, raw};
use zizhi_store::place::{Unfit, judge_by};
use zizhi_store::{
    DATABASE_FILE, Database, Findings, SCHEMA_VERSION, StoreError, read_wrapped_keys, replace_wrapped_keys,
};

fn reopen(folder: &Path) -> zizhi_store::Result<Database> {
    Database::open(folder, &key())
}

#[test]
fn sqlite_is_new_enough_not_to_corrupt_a_wal_database() {
    let (_folder, database) = fresh();
    let (sqlite, cipher) = database.engine_versions().unwrap();
    let parts: Vec<u32> = sqlite.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "SQLite {sqlite}: below 3.51.3 two connections can corrupt the file");
    assert!(cipher.starts_with('4'), "SQLCipher {cipher}");
}

#[test]
fn connections_are_set_up_for_durability_and_suspicion() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    // Seen from outside: what another connection finds in the file, and what the crate refuses.
    drop(writer);
    let file = raw(database.folder());
    let mode: String = file.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    let strict: Vec<String> = file
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(strict, ["sqlite_schema"], "every table of ours is STRICT");
}

#[test]
fn what_was_stored_is_there_after_closing_and_opening() {
    let (folder, database) = fresh();
    let world = fill(&database);
    database.close().unwrap();
    let left: Vec<String> = names(folder.path());
    assert_eq!(left, ["keys.json", "zizhi.db", "zizhi.lock"], "an orderly end leaves one file of data");
    let database = reopen(folder.path()).unwrap();
    assert!(!database.was_interrupted());
    assert_filled(&database, &world);
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
fn nothing_readable_is_on_the_disk() {
    let (folder, database) = fresh();
    fill(&database);
    for name in names(folder.path()) {
        if name == "keys.json" {
            continue;
        }
        let bytes = fs::read(folder.path().join(&name)).unwrap();
        for clear in ["SQLite format 3", "CREATE TABLE", "合肥", "sealed elsewhere", "王经办"] {
            let found = bytes.windows(clear.len()).any(|window| window == clear.as_bytes());
            assert!(!found, "{name} contains {clear}");
        }
    }
}

#[test]
fn a_wrong_key_is_told_and_changes_nothing() {
    let (folder, database) = fresh();
    let world = fill(&database);
    database.close().unwrap();
    let before = fs::read(folder.path().join(DATABASE_FILE)).unwrap();
    let refused = Database::open(folder.path(), &other_key()).err();
    assert!(matches!(refused, Some(StoreError::WrongKey)), "{refused:?}");
    assert!(fs::read(folder.path().join(DATABASE_FILE)).unwrap() == before, "the file is untouched");
    assert_filled(&reopen(folder.path()).unwrap(), &world);
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let (folder, database) = fresh();
    fill(&database);
    database.close().unwrap();
    {
        let file = raw(folder.path());
        file.pragma_update(None, "user_version", 999).unwrap();
        file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    }
    let before = fs::read(folder.path().join(DATABASE_FILE)).unwrap();
    let refused = reopen(folder.path()).err();
    assert!(matches!(refused, Some(StoreError::Newer { found: 999, known: SCHEMA_VERSION })), "{refused:?}");
    assert!(fs::read(folder.path().join(DATABASE_FILE)).unwrap() == before, "not one byte changed");
    assert!(!folder.path().join("backups").exists(), "and nothing was put beside it");
}

#[test]
fn a_database_that_is_not_there_is_not_made_by_opening() {
    let folder = tempfile::tempdir().unwrap();
    let refused = reopen(folder.path()).err();
    let not_found = |source: &std::io::Error| source.kind() == std::io::ErrorKind::NotFound;
    assert!(matches!(&refused, Some(StoreError::Io { source, .. }) if not_found(source)), "{refused:?}");
    assert!(names(folder.path()).is_empty());
    assert!(!Database::exists(folder.path()));
}

#[test]
fn a_database_is_not_made_over_another() {
    let (folder, database) = fresh();
    let world = fill(&database);
    database.close().unwrap();
    let refused = Database::create(folder.path(), &other_key(), b"other").err();
    assert!(matches!(refused, Some(StoreError::Conflict(_))), "{refused:?}");
    assert_eq!(read_wrapped_keys(folder.path()).unwrap().as_deref(), Some(WRAPPED), "nor are its keys");
    assert_filled(&reopen(folder.path()).unwrap(), &world);
}

#[test]
fn a_creation_that_was_cut_short_is_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zizhi.db.new"), b"half of a database").unwrap();
    fs::write(folder.path().join("zizhi.db.new-wal"), b"half of a log").unwrap();
    let database = Database::create(folder.path(), &key(), WRAPPED).unwrap();
    fill(&database);
    assert!(database.check().unwrap().is_whole());
}

#[test]
fn wrapped_keys_are_there_before_the_database_and_are_replaced_whole() {
    let (folder, _database) = fresh();
    assert_eq!(read_wrapped_keys(folder.path()).unwrap().as_deref(), Some(WRAPPED));
    replace_wrapped_keys(folder.path(), b"a new passphrase").unwrap();
    assert_eq!(read_wrapped_keys(folder.path()).unwrap().as_deref(), Some(b"a new passphrase".as_slice()));
    assert!(!names(folder.path()).iter().any(|name| name.ends_with(".part")));
}

#[test]
fn a_second_program_is_refused_until_the_first_has_ended() {
    let (folder, database) = fresh();
    let refused = reopen(folder.path()).err();
    assert!(matches!(refused, Some(StoreError::AlreadyOpen)), "{refused:?}");
    drop(database);
    reopen(folder.path()).unwrap();
}

#[test]
fn an_interrupted_end_is_noticed_and_damage_after_it_found() {
    let (folder, database) = fresh();
    fill(&database);
    // What a killed program leaves: its files as they are, the lock free, the word not changed.
    let crashed = tempfile::tempdir().unwrap();
    for name in names(folder.path()) {
        fs::copy(folder.path().join(&name), crashed.path().join(&name)).unwrap();
    }
    let reopened = reopen(crashed.path()).unwrap();
    assert!(reopened.was_interrupted());
    reopened.close().unwrap();
    assert!(!reopen(crashed.path()).unwrap().was_interrupted(), "an orderly end clears it");

    let path = crashed.path().join(DATABASE_FILE);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    fs::write(crashed.path().join("zizhi.lock"), "open\n").unwrap();
    let refused = reopen(crashed.path()).err();
    assert!(matches!(refused, Some(StoreError::Damaged(_))), "one bit flipped: {refused:?}");
}

#[test]
fn a_large_database_opens_at_once_and_is_examined_while_it_is_open() {
    let (folder, database) = fresh();
    let writer = database.writer().unwrap();
    let mut noise = std::io::repeat(7).take(72 * 1024 * 1024);
    writer.add_original(&mut noise, "application/octet-stream", at(0)).unwrap();
    writer.commit(&entry("large")).unwrap();
    database.close().unwrap();
    let lock = folder.path().join("zizhi.lock");
    let interrupt = || fs::write(&lock, "open\n").unwrap();

    interrupt();
    let database = reopen(folder.path()).unwrap();
    assert!(database.was_interrupted() && database.is_unexamined());
    database.close().unwrap();
    let database = reopen(folder.path()).unwrap();
    assert!(database.is_unexamined(), "it stays due until it is made");
    assert!(matches!(database.examine(|| true), Err(StoreError::Stopped)));
    assert!(matches!(database.check_until(|| true), Err(StoreError::Stopped)));
    assert!(database.is_unexamined());
    assert!(database.check().unwrap().is_whole());
    assert!(!database.is_unexamined(), "the whole examination is one as well");
    database.close().unwrap();
    interrupt();
    let database = reopen(folder.path()).unwrap();
    database.examine(|| false).unwrap();
    assert!(!database.is_unexamined() && !database.is_damaged());
    database.close().unwrap();
    assert!(!reopen(folder.path()).unwrap().was_interrupted());

    let path = folder.path().join(DATABASE_FILE);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    interrupt();
    let database = reopen(folder.path()).unwrap();
    let found = database.examine(|| false);
    assert!(matches!(found, Err(StoreError::Damaged(_))) && database.is_damaged(), "{found:?}");
    assert_eq!(fs::read_to_string(&lock).unwrap(), "damaged\n", "whoever is killed now leaves that behind");
    database.close().unwrap();
    let refused = reopen(folder.path()).err();
    assert!(matches!(refused, Some(StoreError::Damaged(_))), "known before it opens again: {refused:?}");
}

#[test]
fn a_bit_that_flips_anywhere_is_found_by_the_examination() {
    let (folder, database) = fresh();
    fill(&database);
    database.close().unwrap();
    let path = folder.path().join(DATABASE_FILE);
    let whole = fs::read(&path).unwrap();
    for page in (1..whole.len() / 4096).step_by(17) {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 100] ^= 0x40;
        fs::write(&path, &bytes).unwrap();
        let found = reopen(folder.path()).and_then(|database| database.check());
        assert!(!found.as_ref().is_ok_and(Findings::is_whole), "page {page}: {found:?}");
    }
}

#[test]
fn what_was_written_since_the_last_examination_is_no_damage() {
    let (_folder, database) = fresh();
    for number in 0..40 {
        let writer = database.writer().unwrap();
        writer.put_firm(&firm(number, "合肥星河量子传感技术有限公司【演示】")).unwrap();
        writer.commit(&entry("stored")).unwrap();
        let findings = database.check().unwrap();
        assert!(findings.is_whole(), "after {number}: {findings:?}");
    }
}

#[test]
fn a_live_database_is_refused_where_files_are_shared_or_synchronised() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("OneDrive - 学校").join("资质通");
    let refused = Database::create(&folder, &key(), WRAPPED).err();
    let unfit = |unfit: &Unfit| *unfit == Unfit::Synchronised("OneDrive");
    assert!(matches!(&refused, Some(StoreError::Place { unfit: u, .. }) if unfit(u)), "{refused:?}");
    assert!(!Database::exists(&folder));

    fs::create_dir(parent.path().join(".stfolder")).unwrap();
    let refused = Database::create(&parent.path().join("a/b"), &key(), WRAPPED).err();
    assert!(matches!(refused, Some(StoreError::Place { .. })), "a folder of Syncthing: {refused:?}");
}

#[test]
fn places_are_told_apart_by_name_and_by_file_system() {
    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
server:/export /mnt/nfs nfs4 rw 0 0
//server/share /mnt/公共\\040盘 cifs rw 0 0
user@host: /data/u/remote fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdb1 /media/u/disk fuse.ntfs-3g rw 0 0
/dev/sdc1 /mnt/nfs/local ext4 rw 0 0
drive /mnt/c 9p rw 0 0
";
    let network = |kind: &str| Err(Unfit::Network(kind.to_owned()));
    let cloud = |program| Err(Unfit::Synchronised(program));
    for (path, expected) in [
        ("/data/u/.local/share/zizhi", Ok(())),
        ("/data/u/Documents", Ok(())),
        ("/mnt/nfs", network("nfs4")),
        ("/mnt/nfs/a/b", network("nfs4")),
        ("/mnt/nfs/local/a", Ok(())),
        ("/mnt/nfsx", Ok(())),
        ("/mnt/公共 盘/a", network("cifs")),
        ("/data/u/remote/a", network("fuse.sshfs")),
        ("/run/user/1/gvfs/smb", network("fuse.gvfsd-fuse")),
        ("/media/u/disk/a", Ok(())),
        ("/mnt/c/Users/u", network("9p")),
        ("/data/u/Dropbox/a", cloud("Dropbox")),
        ("/data/u/Dropbox (个人)/a", cloud("Dropbox")),
        ("/data/u/dropbox-client/a", Ok(())),
        ("/data/u/我的坚果云/a", cloud("坚果云")),
        ("/data/u/Nutstore Files/a", cloud("坚果云")),
        ("/data/u/百度网盘同步空间/a", cloud("百度网盘")),
        ("/data/u/百度网盘/a", cloud("百度网盘")),
        ("/data/u/BaiduSyncdisk/a", cloud("百度网盘")),
        ("/data/u/WPS云盘/a", cloud("WPS 云盘")),
        ("/data/u/OneDrive/a", cloud("OneDrive")),
        ("/data/u/Library/Mobile Documents/a", cloud("iCloud")),
        ("/data/u/Nextcloud/a", cloud("Nextcloud")),
    ] {
        assert_eq!(judge_by(Path::new(path), MOUNTS), expected, "{path}");
    }
}

#[test]
fn entries_are_logged_across_openings() {
    let (folder, database) = fresh();
    database.writer().unwrap().commit(&entry("one")).unwrap();
    database.close().unwrap();
    let database = reopen(folder.path()).unwrap();
    let end = database.writer().unwrap().commit(&entry("two")).unwrap();
    assert_eq!(end.seq, 2);
    assert_eq!(database.reader().unwrap().verify_log().unwrap(), Ok(end), "one chain");
}

#[test]
fn a_page_that_is_damaged_is_called_damage_whichever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create(folder.path(), &key(), WRAPPED).unwrap();
    database.close().unwrap();
    let path = folder.path().join(DATABASE_FILE);
    let whole = std::fs::read(&path).unwrap();
    let mut said = Vec::new();
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 3996] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let found = reopen(folder.path()).and_then(|database| {
            let reader = database.reader()?;
            reader.profile()?;
            reader.inbox_identities()?;
            drop(reader);
            database.check()
        });
        match found {
            Ok(findings) if !findings.is_whole() => {}
            Err(StoreError::Damaged(_) | StoreError::WrongKey) => {}
            other => said.push(format!("page {page}: {other:?}")),
        }
    }
    assert!(said.is_empty(), "of {} pages: {said:#?}", whole.len() / 4096);
}
