//! Earlier versions of cases: dossiers in whose place the firm sent another. The newest stands in the
//! [`Case`](crate::Case) itself.

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::row::{self, Digest};
use crate::{Reader, Writer};

row::row! {
    /// A dossier of a case that another took the place of.
    CaseVersion in "case_version" {
        /// The case.
        case_id: String,
        /// Its place among the versions of the case, from 1.
        version: u32,
        /// When it came in.
        received: DateTime<Utc>,
        /// The name of the file.
        file_name: String,
        /// The file's bytes, among the originals.
        original: Digest,
        /// The signed `jti`, if the file could be read so far.
        dossier_id: Option<String>,
        /// The last judgement of this version.
        judgement: u32,
    }
}

impl Reader<'_> {
    /// The earlier versions of a case, the oldest first; none where only one dossier came in.
    ///
    /// # Errors
    /// As every read.
    pub fn case_versions(&self, case_id: &str) -> Result<Vec<CaseVersion>> {
        row::all(self.sql(), "case_id = ? ORDER BY version", [case_id])
    }
}

impl Writer<'_> {
    /// Keeps what is no longer the newest version of its case.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if the version is there already, or its case, file or judgement is not.
    pub fn add_case_version(&self, version: &CaseVersion) -> Result<()> {
        row::insert(self.sql(), version).map(drop)
    }
}
