//! Judgements of cases: every one that was made, with what it was made by, and what the latest one of
//! each case rests on.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;
use zizhi_model::Verdict;

use crate::error::Result;
use crate::row::{self, As, Digest, Stored as _, get, words};
use crate::table::case::Case;
use crate::{Reader, Writer};

words! {
    /// Why a case was judged.
    Why {
        /// It came in.
        Received = "received",
        /// The trust data changed.
        Trust = "trust",
        /// A status list changed.
        Status = "status",
        /// A rule pack changed.
        Rules = "rules",
        /// Time passed: something expired, or became stale.
        Time = "time",
        /// A person asked.
        Asked = "asked",
    }
}

row::row! {
    /// One judgement of a case. Its report is read with [`Reader::report`].
    Judgement in "judgement" {
        /// The case.
        case_id: String,
        /// Its place among the case's judgements, from 1; given by the store.
        seq: u32,
        /// The time that it was made by.
        judged_at: DateTime<Utc>,
        /// The verdict.
        verdict: Verdict,
        /// Why it was made.
        why: Why,
        /// The digest of the report.
        report_sha256: Digest,
        /// The version of the trusted root.
        root_version: Option<u64>,
        /// The version of the trust data.
        snapshot_version: Option<u64>,
        /// The rule pack.
        pack_id: Option<String>,
        /// Its version.
        pack_version: Option<u64>,
        /// Its digest.
        pack_sha256: Option<Digest>,
        /// The status lists: their addresses, times and digests.
        statuses: Value,
    }
}

words! {
    /// A kind of thing that a judgement rests on.
    InputKind {
        /// An issuer's record, by USCC.
        Issuer = "issuer",
        /// An entry of a status list, by address and index.
        Status = "status",
        /// A rule pack, by id.
        Pack = "pack",
        /// A credential type's metadata, by id.
        Type = "type",
    }
}

/// Something that a judgement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Of what kind.
    pub kind: InputKind,
    /// Which one.
    pub key: String,
    /// The index of a status entry. A status list without one is a list that the judgement waits for.
    pub idx: Option<u64>,
}

impl Reader<'_> {
    /// The judgements of a case, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn judgements(&self, case_id: &str) -> Result<Vec<Judgement>> {
        row::all(self.sql(), "case_id = ? ORDER BY seq", [case_id])
    }

    /// The cases that a report was made of, by its digest, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_of_report(&self, sha256: &Digest) -> Result<Vec<Case>> {
        let ids = "id IN (SELECT case_id FROM judgement WHERE report_sha256 = ?) ORDER BY seq";
        row::all(self.sql(), ids, [As(sha256)])
    }

    /// The latest judgement of a case.
    ///
    /// # Errors
    /// As every read.
    pub fn latest_judgement(&self, case_id: &str) -> Result<Option<Judgement>> {
        row::one(self.sql(), "case_id = ? ORDER BY seq DESC LIMIT 1", [case_id])
    }

    /// The report of a judgement, byte by byte as it was made.
    ///
    /// # Errors
    /// As every read.
    pub fn report(&self, case_id: &str, seq: u32) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT report FROM judgement_report WHERE case_id = ? AND seq = ?";
        Ok(self.sql().prepare_cached(sql)?.query_row((case_id, seq), |row| get(row, 0)).optional()?)
    }

    /// The cases whose latest judgement rests on something, in the order of their ids. All entries of a
    /// status list count here; [`Reader::cases_on_status_entries`] asks for some of them.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_resting_on(&self, kind: InputKind, key: &str) -> Result<BTreeSet<String>> {
        let sql = "SELECT DISTINCT case_id FROM judgement_input WHERE kind = ? AND key = ?";
        let mut statement = self.sql().prepare_cached(sql)?;
        let rows = statement.query_map((As(&kind), key), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The cases whose latest judgement rests on one of certain entries of a status list. What this
    /// costs grows with the number of entries, not with that of cases.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_on_status_entries(
        &self,
        uri: &str,
        indexes: impl IntoIterator<Item = u64>,
    ) -> Result<BTreeSet<String>> {
        let sql = "SELECT case_id FROM judgement_input WHERE kind = 'status' AND key = ? AND idx = ?";
        let mut statement = self.sql().prepare_cached(sql)?;
        let mut cases = BTreeSet::new();
        for index in indexes {
            let mut rows = statement.query((uri, As(&index)))?;
            while let Some(row) = rows.next()? {
                cases.insert(row.get(0)?);
            }
        }
        Ok(cases)
    }
}

impl Reader<'_> {
    /// The cases that wait for a status list: their latest judgement named it as an input without an index.
    ///
    /// # Errors
    /// As every read.
    pub fn cases_waiting_for_list(&self, uri: &str) -> Result<BTreeSet<String>> {
        let sql = "SELECT case_id FROM judgement_input WHERE kind = 'status' AND key = ? AND idx = -1";
        let mut statement = self.sql().prepare_cached(sql)?;
        let rows = statement.query_map([uri], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Everything of one kind that latest judgements rest on, each once and in order. What this costs
    /// grows with the number of different things, not with that of cases.
    ///
    /// # Errors
    /// As every read.
    pub fn rested_on(&self, kind: InputKind) -> Result<Vec<String>> {
        let sql = "SELECT key FROM judgement_input WHERE kind = ? AND key > ? ORDER BY kind, key LIMIT 1";
        let mut statement = self.sql().prepare_cached(sql)?;
        let mut keys: Vec<String> = Vec::new();
        loop {
            let last = keys.last().map_or("", String::as_str);
            let next = statement.query_row((As(&kind), last), |row| row.get(0)).optional()?;
            match next {
                Some(key) => keys.push(key),
                None => return Ok(keys),
            }
        }
    }
}

impl Writer<'_> {
    /// Says that a case is not to be judged again: nothing that changes touches it from now on.
    ///
    /// # Errors
    /// As every write.
    pub fn remove_judgement_inputs(&self, case_id: &str) -> Result<()> {
        self.sql().prepare_cached("DELETE FROM judgement_input WHERE case_id = ?")?.execute([case_id])?;
        Ok(())
    }

    /// Adds a judgement with its report, makes `inputs` what its case rests on and its verdict the
    /// case's, and returns its place; `judgement.seq` is not read.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`] if there is no such case.
    pub fn add_judgement(&self, judgement: &Judgement, report: &[u8], inputs: &[Input]) -> Result<u32> {
        let case_id = &judgement.case_id;
        self.set_case_verdict(case_id, judgement.verdict, judgement.judged_at)?;

        let sql = "SELECT coalesce(max(seq), 0) + 1 FROM judgement WHERE case_id = ?";
        let seq: u32 = self.sql().prepare_cached(sql)?.query_row([case_id], |row| row.get(0))?;
        row::insert(self.sql(), &Judgement { seq, ..judgement.clone() })?;
        let sql = "INSERT INTO judgement_report (case_id, seq, report) VALUES (?, ?, ?)";
        self.sql().prepare_cached(sql)?.execute((case_id, seq, report))?;

        self.remove_judgement_inputs(case_id)?;
        let sql = "INSERT OR IGNORE INTO judgement_input (kind, key, idx, case_id) VALUES (?, ?, ?, ?)";
        let mut statement = self.sql().prepare_cached(sql)?;
        for Input { kind, key, idx } in inputs {
            let none = rusqlite::types::ToSqlOutput::from(-1_i64);
            let idx = idx.as_ref().map_or(none, |idx| idx.stored());
            statement.execute(params![As(kind), key, idx, case_id])?;
        }
        Ok(seq)
    }
}
