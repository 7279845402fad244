//! Credentials: those that a firm holds, and those that an incubator issued.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::OptionalExtension as _;
use zizhi_model::region::Prefix;
use zizhi_model::{Provenance, Region, Uscc};

use crate::error::{Result, StoreError};
use crate::page::{After, Page};
use crate::row::{self, As, Digest, get, words};
use crate::table::credential_search;
use crate::{Reader, Writer};

words! {
    /// Which side of a credential this organisation is on.
    CredentialDirection {
        /// It is the subject.
        Held = "held",
        /// It is the issuer.
        Issued = "issued",
    }
}

words! {
    /// What became of a credential, as far as is known here.
    CredentialState {
        /// It stands.
        Valid = "valid",
        /// 暂停
        Suspended = "suspended",
        /// 撤销
        Revoked = "revoked",
        /// 注销
        Ended = "ended",
    }
}

row::row! {
    /// What is known about a credential. Its bytes are read with [`Reader::credential_bytes`].
    Credential in "credential" {
        /// Its id.
        id: String,
        /// Which side this organisation is on.
        direction: CredentialDirection,
        /// The digest of its bytes.
        sha256: Digest,
        /// Its type, as domain.md §2.2 names it: `incubatee-certificate`.
        credential_type: String,
        /// Its number.
        number: Option<String>,
        /// Who issued it.
        issuer_uscc: Uscc,
        /// About whom.
        subject_uscc: Uscc,
        /// The subject's name at issue.
        subject_name: String,
        /// Who stands behind it.
        provenance: Provenance,
        /// Where it was issued.
        region: Option<Region>,
        /// 颁发日期
        issued_on: Option<NaiveDate>,
        /// 有效期至; the last day on which it is valid.
        valid_until: Option<NaiveDate>,
        /// When it was signed.
        iat: DateTime<Utc>,
        /// The status list that says whether it stands.
        status_uri: Option<String>,
        /// Its place there. It has a place if and only if it has a list.
        status_idx: Option<u64>,
        /// What became of it.
        state: CredentialState,
        /// Why.
        reason: Option<String>,
        /// When.
        changed: Option<DateTime<Utc>>,
        /// When it came here or was issued here.
        received: DateTime<Utc>,
    }
}

/// Which credentials to list. The default is all that are held.
#[derive(Debug, Clone, PartialEq)]
pub struct CredentialFilter {
    /// Which side this organisation is on.
    pub direction: CredentialDirection,
    /// What was typed: parts of the subject's name, pinyin or its initials, the beginning of a code or
    /// number.
    pub text: String,
    /// Of what type.
    pub credential_type: Option<String>,
    /// What became of them.
    pub state: Option<CredentialState>,
    /// Who stands behind them.
    pub provenance: Option<Provenance>,
    /// Where they were issued: a province, a city, a county.
    pub region: Option<Prefix>,
    /// Whether they come by the name of whom they are about, as it is read. What is found by a number comes by number.
    pub by_name: bool,
}

impl Default for CredentialFilter {
    fn default() -> Self {
        Self {
            direction: CredentialDirection::Held,
            text: String::new(),
            credential_type: None,
            state: None,
            provenance: None,
            region: None,
            by_name: false,
        }
    }
}

impl CredentialFilter {
    /// Whether a credential has everything that is asked for but the direction and the text.
    pub(super) fn allows(&self, row: &Credential) -> bool {
        let in_region = |prefix: &Prefix| {
            row.region.as_ref().is_some_and(|region| region.as_str().starts_with(prefix.as_str()))
        };
        self.credential_type.as_ref().is_none_or(|kind| *kind == row.credential_type)
            && self.state.is_none_or(|state| state == row.state)
            && self.provenance.is_none_or(|provenance| provenance == row.provenance)
            && self.region.as_ref().is_none_or(in_region)
    }
}

impl Reader<'_> {
    /// One credential.
    ///
    /// # Errors
    /// As every read.
    pub fn credential(&self, id: &str) -> Result<Option<Credential>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// The credential with certain bytes.
    ///
    /// # Errors
    /// As every read.
    pub fn credential_by_digest(
        &self,
        direction: CredentialDirection,
        sha256: &Digest,
    ) -> Result<Option<Credential>> {
        let condition = "substr(sha256, 1, 8) = substr(?2, 1, 8) AND sha256 = ?2 AND direction = ?1";
        row::one(self.sql(), condition, (As(&direction), As(sha256)))
    }

    /// The credential at a place of a status list of ours.
    ///
    /// # Errors
    /// As every read.
    pub fn credential_at(&self, status_uri: &str, status_idx: u64) -> Result<Option<Credential>> {
        row::one(self.sql(), "status_uri = ? AND status_idx = ?", (status_uri, As(&status_idx)))
    }

    /// When the newest credential with a place in a status list was issued.
    ///
    /// # Errors
    /// As every read.
    pub fn newest_in(&self, status_uri: &str) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT max(iat) FROM credential WHERE status_uri = ?";
        Ok(self.sql().prepare_cached(sql)?.query_row([status_uri], |row| get(row, 0))?)
    }

    /// Issued credentials with this very number, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn issued_with_number(&self, number: &str) -> Result<Vec<Credential>> {
        credential_search::issued_with_number(self.sql(), number)
    }

    /// The numbers from `first` to `last`, in the order in which numbers are sorted, that issued credentials of a type
    /// have. Of two numbers of a series that are equally long, all between them in the series are between them here,
    /// and others may be as well.
    ///
    /// # Errors
    /// As every read.
    pub fn issued_numbers(&self, kind: &str, first: &str, last: &str) -> Result<HashSet<String>> {
        credential_search::issued_numbers(self.sql(), kind, first, last)
    }

    /// The bytes of a credential, as they came or were issued.
    ///
    /// # Errors
    /// As every read.
    pub fn credential_bytes(&self, id: &str) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT bytes FROM credential_text JOIN credential USING (seq) WHERE id = ?";
        Ok(self.sql().prepare_cached(sql)?.query_row([id], |row| get(row, 0)).optional()?)
    }

    /// Credentials. Without a text the newest here come first. With one they come by the organisations that
    /// they are about; or by their numbers, if that is what was typed.
    ///
    /// # Errors
    /// As every read.
    pub fn credentials(
        &self,
        filter: &CredentialFilter,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Credential>> {
        credential_search::page(self.sql(), filter, after, limit)
    }

    /// How many credentials there are, counted up to `at_most`.
    ///
    /// # Errors
    /// As every read.
    pub fn count_credentials(&self, filter: &CredentialFilter, at_most: usize) -> Result<usize> {
        credential_search::count(self.sql(), filter, at_most)
    }

    /// The credentials about one organisation, the newest here first.
    ///
    /// # Errors
    /// As every read.
    pub fn credentials_about(
        &self,
        direction: CredentialDirection,
        subject: &Uscc,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Credential>> {
        let condition = "direction = ? AND subject_uscc = ?";
        row::page(self.sql(), condition, &[&As(&direction), &As(subject)], after, limit)
    }

    /// The credentials of one type about one organisation that stand, in the order in which they came.
    ///
    /// # Errors
    /// As every read.
    pub fn standing_credentials(
        &self,
        direction: CredentialDirection,
        subject: &Uscc,
        credential_type: &str,
    ) -> Result<Vec<Credential>> {
        row::all(
            self.sql(),
            "direction = ? AND subject_uscc = ? AND credential_type = ? AND state = 'valid' ORDER BY seq",
            (As(&direction), As(subject), credential_type),
        )
    }

    /// The credentials of one type about one organisation that were revoked at or after a moment, the latest first.
    ///
    /// # Errors
    /// As every read.
    pub fn revoked_credentials(
        &self,
        direction: CredentialDirection,
        subject: &Uscc,
        credential_type: &str,
        since: DateTime<Utc>,
    ) -> Result<Vec<Credential>> {
        row::all(
            self.sql(),
            "direction = ? AND subject_uscc = ? AND credential_type = ? AND state = 'revoked' AND changed >= ? \
             ORDER BY changed DESC, seq DESC",
            (As(&direction), As(subject), credential_type, As(&since)),
        )
    }

    /// How many credentials are about one organisation.
    ///
    /// # Errors
    /// As every read.
    pub fn count_credentials_about(&self, direction: CredentialDirection, subject: &Uscc) -> Result<u64> {
        let sql = "SELECT count(*) FROM credential WHERE direction = ? AND subject_uscc = ?";
        let mut statement = self.sql().prepare_cached(sql)?;
        Ok(statement.query_row((As(&direction), As(subject)), |row| get(row, 0))?)
    }

    /// Credentials that stand and whose last day is within `from..=until`, by that day; at most `limit`.
    ///
    /// # Errors
    /// As every read.
    pub fn credentials_ending(
        &self,
        direction: CredentialDirection,
        from: NaiveDate,
        until: NaiveDate,
        limit: usize,
    ) -> Result<Vec<Credential>> {
        row::all(
            self.sql(),
            "direction = ? AND valid_until BETWEEN ? AND ? AND state = 'valid'
             ORDER BY valid_until, seq LIMIT ?",
            (As(&direction), As(&from), As(&until), i64::try_from(limit).unwrap_or(i64::MAX)),
        )
    }
}

impl Writer<'_> {
    /// Adds a credential and its bytes.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the same bytes, or the id, are there already.
    pub fn add_credential(&self, credential: &Credential, bytes: &[u8]) -> Result<()> {
        if self.credential_by_digest(credential.direction, &credential.sha256)?.is_some() {
            return Err(StoreError::Conflict("credential.direction, credential.sha256".to_owned()));
        }
        let seq = row::insert(self.sql(), credential)?;
        let sql = "INSERT INTO credential_text (seq, bytes) VALUES (?, ?)";
        self.sql().prepare_cached(sql)?.execute((seq, bytes))?;
        credential_search::note(self.sql(), seq, credential)
    }

    /// Notes what became of a credential.
    ///
    /// # Errors
    /// [`StoreError::Absent`].
    pub fn set_credential_state(
        &self,
        id: &str,
        state: CredentialState,
        reason: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "UPDATE credential SET state = ?, reason = ?, changed = ? WHERE id = ?
                   RETURNING direction, subject_uscc, subject_name";
        let changed: Option<(CredentialDirection, Uscc, String)> = self
            .sql()
            .prepare_cached(sql)?
            .query_row((As(&state), reason, As(&at), id), |row| {
                Ok((get(row, 0)?, get(row, 1)?, get(row, 2)?))
            })
            .optional()?;
        let (direction, uscc, name) = changed.ok_or(StoreError::Absent("credential"))?;
        credential_search::note_state(self.sql(), direction, &uscc, &name, state)
    }

    /// Removes a credential that is no longer wanted, and its bytes.
    ///
    /// # Errors
    /// [`StoreError::Absent`].
    pub fn remove_credential(&self, id: &str) -> Result<()> {
        let sql = "DELETE FROM credential WHERE id = ? RETURNING seq, number, subject_uscc";
        let removed: Option<(i64, Option<String>, Uscc)> = self
            .sql()
            .prepare(sql)?
            .query_row([id], |row| Ok((row.get(0)?, get(row, 1)?, get(row, 2)?)))
            .optional()?;
        let (seq, number, uscc) = removed.ok_or(StoreError::Absent("credential"))?;
        credential_search::forget(self.sql(), seq, number.as_deref(), &uscc)
    }
}
