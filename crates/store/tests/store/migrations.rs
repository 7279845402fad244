//! Tables of every version become those of this one, with all that is in them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{WRAPPED, assert_filled, entry, fill, key, raw, world};
use crate::sync::{assert_sync, fill_sync};
use crate::unsaved::{assert_unsaved, fill_unsaved};
use crate::vouchers::{assert_vouchers, fill_vouchers};
use zizhi_store::{
    CredentialDirection, CredentialFilter, CredentialState, DATABASE_FILE, Database, FirmFilter, KEYS_FILE,
    SCHEMA_VERSION,
};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// A database of this version, filled, as it is stored for the versions to come. With
/// `ZIZHI_KEEP_DATABASE=1` it is put among the data, which is done once for every released version.
#[test]
fn a_database_of_this_version_can_be_stored_for_later_ones() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create(folder.path(), &key(), WRAPPED).unwrap();
    fill(&database);
    fill_sync(&database);
    fill_vouchers(&database);
    fill_unsaved(&database);
    database.close().unwrap();
    let version: u32 = raw(folder.path()).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, SCHEMA_VERSION, "an empty file goes through every step");
    if std::env::var_os("ZIZHI_KEEP_DATABASE").is_some() {
        let target = data().join(format!("version-{SCHEMA_VERSION}"));
        fs::create_dir_all(&target).unwrap();
        for name in [DATABASE_FILE, KEYS_FILE] {
            fs::copy(folder.path().join(name), target.join(name)).unwrap();
        }
    }
    let database = Database::open(folder.path(), &key()).unwrap();
    assert_filled(&database, &world());
    assert_sync(&database, SCHEMA_VERSION);
    assert_vouchers(&database, SCHEMA_VERSION);
    assert_unsaved(&database, SCHEMA_VERSION);
}

#[test]
fn stored_databases_of_every_version_open_with_all_that_is_in_them() {
    let mut versions = 0;
    for version in 1..=SCHEMA_VERSION {
        let stored = data().join(format!("version-{version}"));
        let folder = tempfile::tempdir().unwrap();
        for name in [DATABASE_FILE, KEYS_FILE] {
            fs::copy(stored.join(name), folder.path().join(name)).unwrap();
        }
        let database = Database::open(folder.path(), &key()).unwrap();
        assert_filled(&database, &world());
        match version {
            1 | 2 => assert_eq!(database.reader().unwrap().hub().unwrap(), None, "there was no hub yet"),
            _ => assert_sync(&database, version),
        }
        match version {
            1..=3 => {
                assert_eq!(database.reader().unwrap().voucher("CSJQ-1").unwrap(), None, "no vouchers yet")
            }
            _ => assert_vouchers(&database, version),
        }
        assert_unsaved(&database, version);
        let findings = database.check().unwrap();
        assert!(findings.is_whole(), "version {version}: {findings:?}");
        database.writer().unwrap().commit(&entry("opened.later")).unwrap();
        let backed_up = folder.path().join(format!("backups/tables-{version}.zzbackup")).exists();
        assert_eq!(
            backed_up,
            version < SCHEMA_VERSION,
            "version {version}: a backup comes before a migration"
        );
        versions += 1;
    }
    assert_eq!(versions, SCHEMA_VERSION);
}

#[test]
fn a_credential_that_was_revoked_in_the_first_version_is_found_by_name_and_state() {
    let folder = tempfile::tempdir().unwrap();
    for name in [DATABASE_FILE, KEYS_FILE] {
        fs::copy(data().join("version-1").join(name), folder.path().join(name)).unwrap();
    }
    raw(folder.path()).execute_batch("UPDATE credential SET state = 'revoked'").unwrap();
    let database = Database::open(folder.path(), &key()).unwrap();
    for (state, expected) in [(CredentialState::Revoked, 1), (CredentialState::Suspended, 0)] {
        let direction = CredentialDirection::Issued;
        let filter =
            CredentialFilter { text: "星河".into(), direction, state: Some(state), ..Default::default() };
        let found = database.reader().unwrap().count_credentials(&filter, 9).unwrap();
        assert_eq!(found, expected, "{state:?}");
    }
    assert!(database.check().unwrap().is_whole());
}

#[test]
fn a_code_of_an_earlier_version_is_found_by_its_middle() {
    let folder = tempfile::tempdir().unwrap();
    for name in [DATABASE_FILE, KEYS_FILE] {
        fs::copy(data().join("version-7").join(name), folder.path().join(name)).unwrap();
    }
    let database = Database::open(folder.path(), &key()).unwrap();
    let text = world().firm.uscc.as_str()[4..12].to_owned();
    let filter = FirmFilter { text, ..Default::default() };
    assert_eq!(database.reader().unwrap().count_firms(&filter, 9).unwrap(), 1);
}

#[test]
fn every_step_is_a_numbered_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    names.sort();
    let numbers: Vec<String> = (1..=SCHEMA_VERSION).map(|number| format!("{number:04}_")).collect();
    assert_eq!(names.len(), numbers.len(), "each file is a step: {names:?}");
    for (name, number) in names.iter().zip(&numbers) {
        assert!(name.starts_with(number), "{name} is where {number} should be");
    }
}

#[test]
fn every_reference_has_an_index() {
    let folder = tempfile::tempdir().unwrap();
    drop(Database::create(folder.path(), &key(), WRAPPED).unwrap());
    let file = raw(folder.path());
    // Without one, changing or removing the row that is referred to reads the whole table that refers.
    let sql = "SELECT t.name || '.' || f.\"from\" FROM pragma_table_list t, pragma_foreign_key_list(t.name) f
               WHERE f.seq = 0 AND NOT EXISTS (
                   SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c
                   WHERE c.seqno = 0 AND c.name = f.\"from\")
               AND NOT EXISTS (
                   SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = f.\"from\" AND c.pk = 1)";
    let mut statement = file.prepare(sql).unwrap();
    let missing: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(missing.is_empty(), "no index begins with {missing:?}");
}
