//! A program that is killed loses nothing that it said was stored.
//!
//! A child writes and says after every commit what is stored; it is killed at some moment; the database
//! is opened and held to what was said. `ZIZHI_ROUNDS` sets how often, 30 times if it does not.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::child::{child, child_folder};
use crate::common::{at, credential, entry, firm, fresh, key};
use zizhi_store::{CredentialDirection, Database};

const SAID: &str = "stored ";

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    if let Some(folder) = child_folder() {
        let database = Database::open(&folder, &key()).unwrap();
        let first = database.reader().unwrap().log_end().unwrap().seq as u32;
        for number in first.. {
            store(&database, number);
            let mut out = std::io::stdout().lock();
            writeln!(out, "{SAID}{number}").and_then(|()| out.flush()).unwrap();
        }
    }
    let (folder, database) = fresh();
    store(&database, 0);
    database.close().unwrap();
    let rounds = std::env::var("ZIZHI_ROUNDS").ok().map_or(30, |rounds| rounds.parse().unwrap());
    let (mut said, mut random) = (0, 0x9E37_79B9_7F4A_7C15_u64);
    for round in 0..rounds {
        // Xorshift: the moments differ from round to round and repeat from run to run.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let patience = Duration::from_micros(random % 60_000);
        said = said.max(write_until_killed(folder.path(), patience).unwrap_or(0));
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

/// One transaction over four tables: all of it is stored, or nothing.
fn store(database: &Database, number: u32) {
    let writer = database.writer().unwrap();
    writer.put_firm(&firm(number, "合肥星河量子传感技术有限公司【演示】")).unwrap();
    let bytes = number.to_be_bytes().repeat(1 + number as usize * 7919 % 40_000);
    let original = writer.add_original(&mut bytes.as_slice(), "", at(0)).unwrap();
    let mut issued = credential(number, "合肥星河量子传感技术有限公司【演示】");
    issued.sha256 = original.sha256;
    writer.add_credential(&issued, &number.to_be_bytes()).unwrap();
    writer.commit(&entry("stored").about("firm", &issued.id)).unwrap();
}

/// Starts the child, waits until it said something and then for `patience`, kills it, and returns the
/// last number that it said.
fn write_until_killed(folder: &Path, patience: Duration) -> Option<u32> {
    let name = "crash::nothing_acknowledged_is_lost_when_the_program_is_killed";
    let mut running = child(name, folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines().map_while(Result::ok);
    let number = |line: String| line.rsplit(SAID).next().and_then(|number| number.parse().ok());
    let mut last = lines.by_ref().find_map(number);
    thread::sleep(patience);
    running.kill().unwrap();
    running.wait().unwrap();
    for line in lines {
        last = number(line).or(last);
    }
    last
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
