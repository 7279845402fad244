//! Dossiers in preparation, saved as they are written, and the files attached to them.

use chrono::{DateTime, Utc};
use serde_json::Value;
use zizhi_model::{Region, Scenario, Uscc};

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, Digest, changed};
use crate::{Reader, Writer};

row::row! {
    /// A dossier in preparation.
    Draft in "draft" {
        /// Its id.
        id: String,
        /// What people call it.
        title: String,
        /// Why it will be sent, once chosen.
        scenario: Option<Scenario>,
        /// Where it will be sent, once chosen.
        destination_region: Option<Region>,
        /// To whom, once chosen.
        aud: Option<Uscc>,
        /// What the form holds. Its meaning is the caller's.
        body: Value,
        /// When it was last saved.
        updated: DateTime<Utc>,
    }
}

row::row! {
    /// A file attached to a draft.
    DraftFile in "draft_file" {
        /// The draft.
        draft: String,
        /// Its bytes, among the originals.
        sha256: Digest,
        /// The file's name.
        name: String,
        /// What it is evidence of, as the checklist calls it.
        kind: String,
        /// Its media type.
        media_type: String,
        /// The items of the checklist that it answers.
        answers: Vec<String>,
    }
}

impl Reader<'_> {
    /// One draft.
    ///
    /// # Errors
    /// As every read.
    pub fn draft(&self, id: &str) -> Result<Option<Draft>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// Drafts, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn drafts(&self, after: Option<After>, limit: usize) -> Result<Page<Draft>> {
        row::page(self.sql(), "true", &[], after, limit)
    }

    /// The files of a draft, by name.
    ///
    /// # Errors
    /// As every read.
    pub fn draft_files(&self, draft: &str) -> Result<Vec<DraftFile>> {
        row::all(self.sql(), "draft = ? ORDER BY name, sha256", [draft])
    }
}

impl Writer<'_> {
    /// Adds or saves a draft.
    ///
    /// # Errors
    /// As every write.
    pub fn put_draft(&self, draft: &Draft) -> Result<()> {
        row::put(self.sql(), draft, "id")
    }

    /// Removes a draft and forgets which files belonged to it. Dossiers signed from it stay.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn remove_draft(&self, id: &str) -> Result<()> {
        changed::<Draft>(self.sql().execute("DELETE FROM draft WHERE id = ?", [id])?)
    }

    /// Attaches a file whose bytes are among the originals, or changes what is said about it.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if there is no such draft or no such original.
    pub fn put_draft_file(&self, file: &DraftFile) -> Result<()> {
        row::put(self.sql(), file, "draft, sha256")
    }

    /// Takes a file off a draft.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn remove_draft_file(&self, draft: &str, sha256: &Digest) -> Result<()> {
        let sql = "DELETE FROM draft_file WHERE draft = ? AND sha256 = ?";
        changed::<DraftFile>(self.sql().execute(sql, (draft, As(sha256)))?)
    }
}
