//! The activity log only grows, and whoever edits it is found out.

use crate::common::{at, entry, fresh, raw};
use rusqlite::Connection;
use serde_json::json;
use zizhi_store::{ActivityFilter, Database, Entry, Head, LogEnd, LogFault, StoreError};

fn log(database: &Database, rows: u64) -> LogEnd {
    let mut end = LogEnd { seq: 0, hash: [0; 32] };
    for number in 1..=rows {
        let entry = Entry::new(at(number as i64), if number % 2 == 0 { "王" } else { "李" }, "case.accepted")
            .about("case", &format!("{}", number % 3))
            .with(json!({"n": number}));
        end = database.writer().unwrap().commit(&entry).unwrap();
    }
    end
}

fn verify(database: &Database) -> Result<LogEnd, LogFault> {
    database.reader().unwrap().verify_log().unwrap()
}

#[test]
fn an_untouched_log_verifies_to_its_end() {
    let (_folder, database) = fresh();
    assert_eq!(verify(&database), Ok(LogEnd { seq: 0, hash: [0; 32] }), "empty");
    let end = log(&database, 20);
    assert_eq!(end.seq, 20);
    assert_eq!(verify(&database), Ok(end));
    assert_eq!(database.reader().unwrap().log_end().unwrap(), end);
}

#[test]
fn the_hash_is_the_documented_one() {
    let (_folder, database) = fresh();
    let entry = Entry::new(at(0), "王", "case.accepted").about("case", "7").with(json!({"a": 1}));
    let end = database.writer().unwrap().commit(&entry).unwrap();
    let mut bytes = b"zizhi activity 1\0".to_vec();
    bytes.extend([0; 32]);
    bytes.extend(1_u64.to_be_bytes());
    bytes.extend(1_795_000_000_i64.to_be_bytes());
    for word in ["王", "case.accepted", "case", "7", r#"{"a":1}"#] {
        bytes.extend((word.len() as u64).to_be_bytes());
        bytes.extend(word.as_bytes());
    }
    assert_eq!(end.hash, zizhi_crypto::digest::sha256(&bytes), "as a second implementation computes it");
}

#[test]
fn edits_are_found_at_the_row_where_they_begin() {
    let edits: [(&str, &str, Result<(), LogFault>); 14] = [
        ("nothing", "SELECT 1", Ok(())),
        ("the time", "UPDATE activity SET at = at + 1 WHERE seq = 7", Err(LogFault::Changed(7))),
        ("the person", "UPDATE activity SET actor = '李' WHERE seq = 8", Err(LogFault::Changed(8))),
        ("the deed", "UPDATE activity SET action = 'case.rejected' WHERE seq = 3", Err(LogFault::Changed(3))),
        ("the kind", "UPDATE activity SET object_kind = 'firm' WHERE seq = 1", Err(LogFault::Changed(1))),
        ("the object", "UPDATE activity SET object_id = '9' WHERE seq = 20", Err(LogFault::Changed(20))),
        ("the summary", "UPDATE activity SET summary = '{ }' WHERE seq = 5", Err(LogFault::Changed(5))),
        ("a hash", "UPDATE activity SET hash = zeroblob(32) WHERE seq = 6", Err(LogFault::Changed(6))),
        ("a link", "UPDATE activity SET prev_hash = zeroblob(32) WHERE seq = 6", Err(LogFault::Changed(6))),
        ("a removed row", "DELETE FROM activity WHERE seq = 4", Err(LogFault::Missing(4))),
        ("the first row", "DELETE FROM activity WHERE seq = 1", Err(LogFault::Missing(1))),
        (
            "a row put between, the rest moved up",
            "UPDATE activity SET seq = seq + 1000 WHERE seq > 9;
             UPDATE activity SET seq = seq - 999 WHERE seq > 1000;
             INSERT INTO activity SELECT 10, at, actor, action, object_kind, object_id, summary, prev_hash, hash
             FROM activity WHERE seq = 9",
            Err(LogFault::Changed(10)),
        ),
        (
            "two rows exchanged",
            "UPDATE activity SET seq = 99 WHERE seq = 5; UPDATE activity SET seq = 5 WHERE seq = 6;
             UPDATE activity SET seq = 6 WHERE seq = 99",
            Err(LogFault::Changed(5)),
        ),
        (
            "words moved from one column to the next",
            "UPDATE activity SET actor = actor || action, action = '' WHERE seq = 2",
            Err(LogFault::Changed(2)),
        ),
    ];
    for (what, edit, expected) in edits {
        let (folder, database) = fresh();
        log(&database, 20);
        drop(database);
        tamper(&raw(folder.path()), edit);
        let database = Database::open(folder.path(), &crate::common::key()).unwrap();
        assert_eq!(verify(&database).map(drop), expected, "{what}");
        assert_eq!(database.check().unwrap().is_whole(), expected.is_ok(), "{what}");
    }
}

/// What somebody who holds the key can do.
fn tamper(file: &Connection, edit: &str) {
    let triggers = "DROP TRIGGER activity_keeps_rows; DROP TRIGGER activity_keeps_words;
                    DROP TRIGGER activity_head_keeps_rows; DROP TRIGGER activity_head_keeps_words;";
    file.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    file.execute_batch(triggers).unwrap();
    file.execute_batch(edit).unwrap();
}

#[test]
fn a_signed_head_shows_that_the_log_was_cut_or_written_anew() {
    let edits = [
        ("cut before the head", "DELETE FROM activity WHERE seq > 15", Err(LogFault::Head(18))),
        ("cut after the head", "DELETE FROM activity WHERE seq > 18", Ok(())),
        ("another head", "UPDATE activity_head SET hash = zeroblob(32)", Err(LogFault::Head(18))),
    ];
    for (what, edit, expected) in edits {
        let (folder, database) = fresh();
        let end = log(&database, 18);
        database.add_head(&Head { seq: 18, hash: end.hash, at: at(99), jws: b"a.b.c".to_vec() }).unwrap();
        log(&database, 2);
        assert_eq!(database.reader().unwrap().heads().unwrap().len(), 1);
        drop(database);
        tamper(&raw(folder.path()), edit);
        let database = Database::open(folder.path(), &crate::common::key()).unwrap();
        assert_eq!(verify(&database).map(drop), expected, "{what}");
    }
}

#[test]
fn a_head_of_another_log_is_not_kept() {
    let (_folder, database) = fresh();
    let end = log(&database, 3);
    let head = |seq, hash| Head { seq, hash, at: at(0), jws: vec![] };
    for (what, head) in [
        ("another hash", head(3, [0; 32])),
        ("a place to come", head(4, end.hash)),
        ("another place", head(2, end.hash)),
    ] {
        assert!(matches!(database.add_head(&head), Err(StoreError::Conflict(_))), "{what}");
    }
    database.add_head(&head(3, end.hash)).unwrap();
    assert!(matches!(database.add_head(&head(3, end.hash)), Err(StoreError::Conflict(_))), "signed already");
}

#[test]
fn rows_cannot_be_changed_by_mistake() {
    let (folder, database) = fresh();
    log(&database, 3);
    drop(database);
    let file = raw(folder.path());
    for mistake in ["DELETE FROM activity", "UPDATE activity SET actor = ''", "DELETE FROM activity_head"] {
        let refused = file.execute_batch(mistake);
        let expected = mistake.contains("head") == refused.is_ok();
        assert!(expected, "{mistake}: an empty table has nothing to refuse, the others do: {refused:?}");
    }
}

#[test]
fn the_log_is_listed_by_object_person_and_time() {
    let (_folder, database) = fresh();
    log(&database, 20);
    let reader = database.reader().unwrap();
    let seqs = |filter: ActivityFilter| -> Vec<u64> {
        reader.activity(&filter, None, 100).unwrap().rows.iter().map(|row| row.seq).collect()
    };
    let case_2 = Some(("case".to_owned(), "2".to_owned()));
    let (wang, time) = (Some("王".to_owned()), (Some(at(5)), Some(at(9))));
    assert_eq!(seqs(ActivityFilter::default()).len(), 20);
    assert_eq!(
        seqs(ActivityFilter { object: case_2.clone(), ..Default::default() }),
        [20, 17, 14, 11, 8, 5, 2]
    );
    assert_eq!(seqs(ActivityFilter { from: time.0, until: time.1, ..Default::default() }), [8, 7, 6, 5]);
    assert_eq!(
        seqs(ActivityFilter {
            object: case_2,
            actor: wang,
            from: time.0,
            until: time.1,
            ..Default::default()
        }),
        [8]
    );
}

#[test]
fn a_transaction_may_tell_several_things() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    writer.log(&entry("one")).unwrap();
    writer.log(&entry("two")).unwrap();
    let end = writer.commit(&entry("three")).unwrap();
    assert_eq!(end.seq, 3);
    assert_eq!(verify(&database), Ok(end));
}
