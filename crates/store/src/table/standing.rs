//! How many firms of the register have a qualification on a day, of those in incubation.

use chrono::NaiveDate;

use crate::Reader;
use crate::error::Result;
use crate::row::{As, get};
use crate::table::credential::CredentialDirection;

/// How firms in incubation stand to one type of credential. Each firm is counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Firms in incubation.
    pub firms: u32,
    /// Those with a credential that stands and is valid on the day.
    pub valid: u32,
    /// Those with some credential of the type, valid or not.
    pub recorded: u32,
}

impl Reader<'_> {
    /// How the firms that are in incubation and had entered by `day` stand on that day to credentials of a type that
    /// were issued here. A firm without a date of entry counts. Whether a firm is in, and whether a credential was
    /// revoked, is what is known now.
    ///
    /// # Errors
    /// As every read.
    pub fn standing(&self, credential_type: &str, day: NaiveDate) -> Result<Standing> {
        // The condition follows the index `credential_by_subject`, which holds all but the dates.
        let sql = "
            WITH inside AS (
                SELECT uscc FROM firm WHERE state = 'in' AND (entered_on IS NULL OR entered_on <= ?3)
            )
            SELECT count(*),
                   coalesce(sum(EXISTS (
                       SELECT 1 FROM credential
                       WHERE direction = ?1 AND subject_uscc = uscc AND state = 'valid' AND credential_type = ?2
                         AND (valid_until IS NULL OR valid_until >= ?3)
                         AND coalesce(issued_on, date(iat, 'unixepoch', '+8 hours')) <= ?3
                   )), 0),
                   coalesce(sum(EXISTS (
                       SELECT 1 FROM credential
                       WHERE direction = ?1 AND subject_uscc = uscc AND credential_type = ?2
                   )), 0)
            FROM inside";
        let parameters = (As(&CredentialDirection::Issued), credential_type, As(&day));
        Ok(self.sql().prepare_cached(sql)?.query_row(parameters, |row| {
            Ok(Standing { firms: get(row, 0)?, valid: get(row, 1)?, recorded: get(row, 2)? })
        })?)
    }
}
