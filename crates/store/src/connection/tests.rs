use rusqlite::config::DbConfig;

use super::{Access, make_durable, open};
use crate::DatabaseKey;

#[test]
fn every_connection_is_suspicious_of_its_file_and_a_commit_waits_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let key = DatabaseKey::new([7; 32]);
    let writer = open(&path, &key, Access::Create).unwrap();
    make_durable(&writer).unwrap();
    let reader = open(&path, &key, Access::Read).unwrap();
    for connection in [&writer, &reader] {
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(number("cell_size_check"), 1);
        assert_eq!(number("secure_delete"), 1);
        assert_eq!(number("trusted_schema"), 0);
        assert_eq!(number("foreign_keys"), 1);
        assert_eq!(number("cache_size"), -64 * 1024, "in KiB: with the usual 2 MB reading is slow");
        assert!(connection.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE).unwrap());
        assert!(!connection.db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML).unwrap());
        assert!(connection.execute_batch("ATTACH ':memory:' AS other").is_err(), "nothing is attached");
    }
    let number = |name| writer.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("synchronous"), 2, "FULL");
    assert_eq!((number("fullfsync"), number("checkpoint_fullfsync")), (1, 1));
}
