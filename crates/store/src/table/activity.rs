//! The activity log: who did what, when, to what. Rows are chained by their hashes, so that none can be
//! changed, removed or put in later without changing every hash after it; a head that was signed, or
//! only written down, proves all that is before it.
//!
//! The hash of a row is the SHA-256 of
//!
//! ```text
//! "zizhi activity 1" 00
//! hash of the row before, 32 bytes; zeros before the first
//! seq, 8 bytes · at, 8 bytes                                  big-endian
//! actor · action · object_kind · object_id · summary          each: its length in bytes, 8 bytes big-endian; UTF-8
//! ```
//!
//! Rows stay for good, so what is said in them should name objects by their ids and no person's data.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, ToSql};
use serde_json::Value;
use zizhi_crypto::digest::Sha256;

use crate::check::LogFault;
use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, Digest, Stored as _, get};
use crate::{Database, Reader, StoreError};

/// What a person or the program did, for the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What was done, as a code of the caller's: `case.accepted`.
    pub action: String,
    /// The kind of thing that it was done to; empty for the database as a whole.
    pub object_kind: String,
    /// The id of that thing.
    pub object_id: String,
    /// Anything else worth telling.
    pub summary: Value,
}

impl Entry {
    /// Something done to nothing in particular.
    #[must_use]
    pub fn new(at: DateTime<Utc>, actor: &str, action: &str) -> Self {
        Self {
            at,
            actor: actor.to_owned(),
            action: action.to_owned(),
            object_kind: String::new(),
            object_id: String::new(),
            summary: Value::Object(serde_json::Map::new()),
        }
    }

    /// The thing that it was done to.
    #[must_use]
    pub fn about(mut self, kind: &str, id: &str) -> Self {
        kind.clone_into(&mut self.object_kind);
        id.clone_into(&mut self.object_id);
        self
    }

    /// Something else worth telling.
    #[must_use]
    pub fn with(mut self, summary: Value) -> Self {
        self.summary = summary;
        self
    }
}

row::row! {
    /// A row of the log.
    Activity in "activity" {
        /// Its place in the log, from 1, without gaps.
        seq: u64,
        /// When.
        at: DateTime<Utc>,
        /// Who.
        actor: String,
        /// What was done.
        action: String,
        /// The kind of thing that it was done to.
        object_kind: String,
        /// The id of that thing.
        object_id: String,
        /// Anything else.
        summary: Value,
        /// The hash of the row before.
        prev_hash: Digest,
        /// The hash of this row.
        hash: Digest,
    }
}

row::row! {
    /// A signed head: somebody's signature over the hash of a row, and so over all rows up to it. What
    /// exactly is signed, and whether the signature holds, is the caller's.
    Head in "activity_head" {
        /// The row.
        seq: u64,
        /// Its hash.
        hash: Digest,
        /// When it was signed.
        at: DateTime<Utc>,
        /// The signature.
        jws: Vec<u8>,
    }
}

/// The last row of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogEnd {
    /// Its place; 0 while the log is empty.
    pub seq: u64,
    /// Its hash; zeros while the log is empty.
    pub hash: Digest,
}

/// Which rows of the log to list. The default is all.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct ActivityFilter {
    /// What was done to one thing: its kind and id.
    pub object: Option<(String, String)>,
    /// What was done by one person.
    pub actor: Option<String>,
    /// Only what was done under this code.
    pub action: Option<String>,
    /// What was typed: a part of the actor, of the summary or a remark, or of the thing's id, name or number.
    pub text: String,
    /// What was done at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// What was done before this time.
    pub until: Option<DateTime<Utc>>,
}

/// Whether a row has what was typed. The log names things by their ids, a person by what they are called; each row is
/// looked at by itself, so that a search reads as much as the log has, whatever else the database holds.
const TEXT: &str = "(instr(actor, ?) OR instr(object_id, ?) OR instr(summary, ?)
    OR EXISTS (SELECT 1 FROM dossier_case WHERE id = object_id AND (instr(number, ?) OR instr(firm_name, ?)))
    OR EXISTS (SELECT 1 FROM case_event WHERE case_id = object_id AND instr(note, ?))
    OR EXISTS (SELECT 1 FROM credential WHERE id = object_id
               AND (instr(number, ?) OR instr(subject_name, ?) OR instr(reason, ?)))
    OR EXISTS (SELECT 1 FROM json_each(summary, '$.credentials') named JOIN credential ON credential.id = named.value
               AND (instr(number, ?) OR instr(subject_name, ?) OR instr(reason, ?)))
    OR EXISTS (SELECT 1 FROM draft WHERE id = object_id AND instr(title, ?))
    OR EXISTS (SELECT 1 FROM firm WHERE id = object_id AND instr(name, ?)))";

impl Reader<'_> {
    /// Rows of the log, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn activity(
        &self,
        filter: &ActivityFilter,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Activity>> {
        let (mut conditions, mut params) = (vec!["true"], Vec::<&dyn ToSql>::new());
        if let Some((kind, id)) = &filter.object {
            conditions.push("object_kind = ? AND object_id = ?");
            params.extend([kind as &dyn ToSql, id]);
        }
        if let Some(actor) = &filter.actor {
            conditions.push("actor = ?");
            params.push(actor);
        }
        if let Some(action) = &filter.action {
            conditions.push("action = ?");
            params.push(action);
        }
        if !filter.text.is_empty() {
            conditions.push(TEXT);
            params.extend([&filter.text as &dyn ToSql; 14]);
        }
        let (from, until) = (filter.from.as_ref().map(As), filter.until.as_ref().map(As));
        if let Some(from) = &from {
            conditions.push("at >= ?");
            params.push(from);
        }
        if let Some(until) = &until {
            conditions.push("at < ?");
            params.push(until);
        }
        row::page(self.sql(), &conditions.join(" AND "), &params, after, limit)
    }

    /// The last row of the log.
    ///
    /// # Errors
    /// As every read.
    pub fn log_end(&self) -> Result<LogEnd> {
        end(self.sql())
    }

    /// The hash of one row of the log, if there is such a row. A log that goes on from another has the same
    /// hash where the other one ends.
    ///
    /// # Errors
    /// As every read.
    pub fn log_hash(&self, seq: u64) -> Result<Option<Digest>> {
        let mut statement = self.sql().prepare_cached("SELECT hash FROM activity WHERE seq = ?")?;
        Ok(statement.query_row([As(&seq)], |row| get(row, 0)).optional()?)
    }

    /// The signed heads, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn heads(&self) -> Result<Vec<Head>> {
        row::all(self.sql(), "true ORDER BY seq", [])
    }

    /// Computes every hash of the log again and compares it with what is stored and with the heads. The
    /// first thing that is wrong is returned, if anything is.
    ///
    /// # Errors
    /// As every read.
    pub fn verify_log(&self) -> Result<std::result::Result<LogEnd, LogFault>> {
        verify(self.sql())
    }
}

impl Database {
    /// Keeps a signed head. It belongs to the log itself and so is not told there.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the log has another hash at that place, or none, or a head.
    pub fn add_head(&self, head: &Head) -> Result<()> {
        let writer = self.writer()?;
        if writer.log_hash(head.seq)? != Some(head.hash) {
            return Err(StoreError::Conflict("the head is not of this log".to_owned()));
        }
        row::insert(writer.sql(), head)?;
        Ok(writer.sql().execute_batch("COMMIT")?)
    }
}

pub(crate) fn end(connection: &Connection) -> Result<LogEnd> {
    let sql = "SELECT seq, hash FROM activity ORDER BY seq DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let end = statement.query_row([], |row| Ok(LogEnd { seq: get(row, 0)?, hash: get(row, 1)? }));
    Ok(end.optional()?.unwrap_or(LogEnd { seq: 0, hash: [0; 32] }))
}

/// Appends to the log, inside the transaction that is open.
pub(crate) fn append(connection: &Connection, entry: &Entry) -> Result<LogEnd> {
    let before = end(connection)?;
    let seq = before.seq + 1;
    let summary = entry.summary.to_string();
    let words = [&entry.actor, &entry.action, &entry.object_kind, &entry.object_id, &summary];
    let hash = hash(&before.hash, seq, entry.at.timestamp(), words.map(String::as_bytes));
    let sql =
        "INSERT INTO activity (seq, at, actor, action, object_kind, object_id, summary, prev_hash, hash)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let [actor, action, kind, id, summary] = words;
    let (at, prev, own, place) = (entry.at.stored(), before.hash.stored(), hash.stored(), seq.stored());
    connection.prepare_cached(sql)?.execute((place, at, actor, action, kind, id, summary, prev, own))?;
    Ok(LogEnd { seq, hash })
}

fn hash(before: &Digest, seq: u64, at: i64, words: [&[u8]; 5]) -> Digest {
    let mut hash = Sha256::new();
    hash.update(b"zizhi activity 1\0");
    hash.update(before);
    hash.update(&seq.to_be_bytes());
    hash.update(&at.to_be_bytes());
    for word in words {
        hash.update(&(word.len() as u64).to_be_bytes());
        hash.update(word);
    }
    hash.finish()
}

fn verify(connection: &Connection) -> Result<std::result::Result<LogEnd, LogFault>> {
    let heads: Vec<Head> = row::all(connection, "true ORDER BY seq", [])?;
    let mut heads = heads.iter().peekable();
    let mut end = LogEnd { seq: 0, hash: [0; 32] };

    // The words are read as bytes: the hash is of what is stored, whatever that has become.
    let sql = "SELECT seq, at, actor, action, object_kind, object_id, summary, prev_hash, hash
               FROM activity ORDER BY seq";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let seq = end.seq + 1;
        if get::<i64>(row, 0)?.try_into() != Ok(seq) {
            return Ok(Err(LogFault::Missing(seq)));
        }
        let bytes = |at| row.get_ref(at).map(|value| value.as_bytes().unwrap_or_default());
        let words = [bytes(2)?, bytes(3)?, bytes(4)?, bytes(5)?, bytes(6)?];
        let expected = hash(&end.hash, seq, get(row, 1)?, words);
        if bytes(7)? != end.hash || bytes(8)? != expected {
            return Ok(Err(LogFault::Changed(seq)));
        }
        end = LogEnd { seq, hash: expected };
        if heads.next_if(|head| head.seq == seq).is_some_and(|head| head.hash != expected) {
            return Ok(Err(LogFault::Head(seq)));
        }
    }
    Ok(match heads.next() {
        Some(head) => Err(LogFault::Head(head.seq)),
        None => Ok(end),
    })
}
