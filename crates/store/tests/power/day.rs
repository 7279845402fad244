//! What is done while the record runs, and what must be there whenever the power was cut.

use std::fmt;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use zizhi_store::{CredentialDirection, DATABASE_FILE, Database, LogEnd, Reader, StoreError};

use crate::common::{at, credential, entry, firm, fresh, key};
use crate::record::{Event, Synchronous, note, record};

/// How often the database is opened, and what is committed until it is closed: enough for SQLite to move its
/// log into the file by itself, and to begin the log anew.
const SESSIONS: u32 = 4;
const COMMITS: u32 = 50;

/// A day's work on the record.
pub struct Day {
    /// The database before it, closed in good order.
    pub before: Vec<u8>,
    pub events: Vec<Event>,
    /// The end of the activity log before the first commit, and after each.
    pub ends: Vec<LogEnd>,
}

/// What is wrong after a power cut.
pub enum Harm {
    /// So many commits were acknowledged, and only so many are there.
    Lost { told: usize, found: usize },
    /// Something is there that nobody stored, or half of it, or nothing can be read.
    Broken(String),
}

impl fmt::Display for Harm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { told, found } => write!(out, "of {told} acknowledged commits {found} are there"),
            Self::Broken(what) => write!(out, "{what}"),
        }
    }
}

impl From<StoreError> for Harm {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Works, and records it. The database itself is made before: its file gets its name by a renaming, which
/// does not go through SQLite.
pub fn recorded_day(synchronous: Synchronous) -> Day {
    let (folder, database) = fresh();
    let mut ends = vec![database.reader().unwrap().log_end().unwrap()];
    database.close().unwrap();
    let before = fs::read(folder.path().join(DATABASE_FILE)).unwrap();
    let events = record(folder.path(), synchronous, || {
        for session in 0..SESSIONS {
            let database = Database::open(folder.path(), &key()).unwrap();
            let mut held = None;
            for number in session * COMMITS..(session + 1) * COMMITS {
                ends.push(store(&database, number).unwrap());
                note(Event::Acknowledged);
                // Now and then somebody reads for a while, and the log cannot begin anew.
                match number % 30 {
                    10 => held = Some(reading(&database)),
                    20 => drop(held.take()),
                    _ => {}
                }
            }
            drop(held);
            database.close().unwrap();
        }
    });
    Day { before, events, ends }
}

/// Holds the database in `folder` to what was told before the power was cut.
///
/// # Errors
/// The first harm that is found.
pub fn examine(folder: &Path, ends: &[LogEnd], told: usize, open: bool, thorough: bool) -> Result<(), Harm> {
    let database = Database::open(folder, &key())?;
    assert_eq!(database.was_interrupted(), open, "the program knows that it was cut off");
    whole(&database, thorough)?;
    let reader = database.reader()?;
    let end = reader.verify_log()?.map_err(|fault| Harm::Broken(fault.to_string()))?;
    let found = usize::try_from(end.seq).unwrap();
    if found < told {
        return Err(Harm::Lost { told, found });
    }
    // The one that was under way may have come through; it was not told yet.
    if found > told + 1 || ends.get(found) != Some(&end) {
        return Err(Harm::Broken(format!("told {told}, the log ends at {end:?}")));
    }
    let first = if thorough { 0 } else { found.saturating_sub(10) };
    for number in first..found + 2 {
        stored(&reader, u32::try_from(number).unwrap(), number < found)?;
    }
    drop(reader);

    // Work goes on where it was cut off.
    store(&database, u32::try_from(found).unwrap())?;
    whole(&database, thorough)?;
    Ok(database.close()?)
}

fn whole(database: &Database, thorough: bool) -> Result<(), Harm> {
    match thorough.then(|| database.check()).transpose()? {
        Some(mut findings) if !findings.is_whole() => {
            findings.structure.truncate(3);
            Err(Harm::Broken(format!("{findings:?}")))
        }
        _ => Ok(()),
    }
}

fn reading(database: &Database) -> Reader<'_> {
    let reader = database.reader().unwrap();
    reader.log_end().unwrap();
    reader
}

/// One transaction over four tables.
fn store(database: &Database, number: u32) -> Result<LogEnd, StoreError> {
    let writer = database.writer()?;
    writer.put_firm(&firm(number, "合肥星河量子传感技术有限公司【演示】"))?;
    let original = writer.add_original(&mut bytes(number).as_slice(), "", at(0))?;
    let mut issued = credential(number, "合肥星河量子传感技术有限公司【演示】");
    issued.sha256 = original.sha256;
    writer.add_credential(&issued, &number.to_be_bytes())?;
    writer.commit(&entry("stored").about("firm", &issued.id))
}

/// The original bytes that belong to one transaction, of 4 bytes to 80 KB.
fn bytes(number: u32) -> Vec<u8> {
    number.to_be_bytes().repeat(1 + number as usize * 7919 % 20_000)
}

/// Whether one transaction is there as a whole, or as a whole is not.
fn stored(reader: &Reader<'_>, number: u32, expected: bool) -> Result<(), Harm> {
    let id = credential(number, "").id;
    let firm = reader.firm(&firm(number, "").id)?;
    let (row, kept) = (reader.credential(&id)?, reader.credential_bytes(&id)?);
    let mut original = Vec::new();
    if let Some(row) = &row
        && let Some(mut opened) = reader.open_original(&row.sha256)?
    {
        opened.read_to_end(&mut original).map_err(|error| Harm::Broken(error.to_string()))?;
    }
    let there = [
        firm.is_some(),
        row.is_some_and(|row| row.direction == CredentialDirection::Issued),
        kept.is_some_and(|bytes| bytes == number.to_be_bytes()),
        original == bytes(number),
    ];
    if there == [expected; 4] {
        return Ok(());
    }
    Err(Harm::Broken(format!(
        "{number} should be there: {expected}; firm, credential, bytes, original: {there:?}"
    )))
}
