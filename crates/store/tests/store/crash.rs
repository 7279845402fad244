//! A program that is killed loses nothing that it said was stored.
//!
//! A child writes and says after every commit what is stored; it is killed at some moment; the database
//! is opened and held to what was said. `ZIZHI_ROUNDS` sets how often, 30 times if it does not.

use std::time::Duration;

use crate::child::{child_folder, moments, rounds, said_until_killed, say};
use crate::common::{at, credential, entry, firm, fresh, key};
use zizhi_store::{CredentialDirection, Database};

const NAME: &str = "crash::nothing_acknowledged_is_lost_when_the_program_is_killed";
const CONTROL: &str = "crash::what_is_acknowledged_before_the_commit_is_lost_when_the_program_is_killed";

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    if let Some(folder) = child_folder() {
        let database = Database::open(&folder, &key()).unwrap();
        let first = database.reader().unwrap().log_end().unwrap().seq as u32;
        for number in first.. {
            store(&database, number, || ());
            say(&number.to_string());
        }
    }
    let (folder, database) = fresh();
    store(&database, 0, || ());
    database.close().unwrap();
    let rounds = rounds(30);
    let mut said = 0;
    for (round, random) in (0..rounds).zip(moments()) {
        let words = said_until_killed(NAME, folder.path(), 1, Duration::from_micros(random % 60_000));
        said = said.max(words.last().map_or(0, |number| number.parse().unwrap()));
        let database = Database::open(folder.path(), &key()).unwrap();
        assert!(database.was_interrupted(), "round {round}");
        assert_stored(&database, said, round);
        if round % 10 == 9 {
            assert!(database.check().unwrap().is_whole(), "round {round}");
        }
        database.close().unwrap();
    }
    assert!(said > 0, "something was acknowledged");
    println!("{rounds} kills, {} commits acknowledged, none lost", said + 1);
}

/// The control: a child that says so before it has committed is found out.
#[test]
fn what_is_acknowledged_before_the_commit_is_lost_when_the_program_is_killed() {
    if let Some(folder) = child_folder() {
        let database = Database::open(&folder, &key()).unwrap();
        let first = database.reader().unwrap().log_end().unwrap().seq as u32;
        for number in first.. {
            store(&database, number, || say(&number.to_string()));
        }
    }
    let (folder, database) = fresh();
    store(&database, 0, || ());
    database.close().unwrap();
    let lost = moments().take(100).any(|random| {
        let words = said_until_killed(CONTROL, folder.path(), 1, Duration::from_micros(random % 60_000));
        let said: u64 = words.last().unwrap().parse().unwrap();
        Database::open(folder.path(), &key()).unwrap().reader().unwrap().log_end().unwrap().seq <= said
    });
    assert!(lost, "one of a hundred kills fell between the word and the commit");
}

/// One transaction over four tables: all of it is stored, or nothing. `before` is done before it is committed.
fn store(database: &Database, number: u32, before: impl FnOnce()) {
    let writer = database.writer().unwrap();
    writer.put_firm(&firm(number, "合肥星河量子传感技术有限公司【演示】")).unwrap();
    let bytes = number.to_be_bytes().repeat(1 + number as usize * 7919 % 40_000);
    let original = writer.add_original(&mut bytes.as_slice(), "", at(0)).unwrap();
    let mut issued = credential(number, "合肥星河量子传感技术有限公司【演示】");
    issued.sha256 = original.sha256;
    writer.add_credential(&issued, &number.to_be_bytes()).unwrap();
    before();
    writer.commit(&entry("stored").about("firm", &issued.id)).unwrap();
}

fn assert_stored(database: &Database, said: u32, round: u32) {
    let reader = database.reader().unwrap();
    let end = reader.verify_log().unwrap().unwrap_or_else(|fault| panic!("round {round}: {fault}"));
    assert!(end.seq > u64::from(said), "round {round}: said {said}, the log ends at {}", end.seq);
    // What was said is there; what comes after was stored but not said, or never was.
    for number in said.saturating_sub(200)..said + 3 {
        let (firm, issued) = (firm(number, ""), credential(number, ""));
        let firm = reader.firm(&firm.id).unwrap();
        let bytes = reader.credential_bytes(&issued.id).unwrap();
        let stored = u64::from(number) < end.seq;
        assert!(number > said || stored, "round {round}: {number} was acknowledged");
        assert_eq!(
            (firm.is_some(), bytes.is_some()),
            (stored, stored),
            "round {round}: {number} is all or nothing"
        );
        if stored {
            let row = reader.credential(&issued.id).unwrap().unwrap();
            assert_eq!(row.direction, CredentialDirection::Issued);
            let original = reader.original(&row.sha256).unwrap().unwrap();
            assert_eq!(original.size % 4, 0, "round {round}: its original is there");
        }
    }
}
