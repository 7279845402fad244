//! What was typed into forms and not saved. It is nobody's act yet, and so the one table that is written without an entry
//! in the activity log: nothing else can be written that way.

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::row::{self, As};
use crate::{Database, Reader};

row::row! {
    /// What was typed into a form and not saved.
    Unsaved in "unsaved" {
        /// The form, as the caller calls it.
        form: String,
        /// What stands in its fields. Its meaning is the caller's.
        typed: String,
        /// When it was kept last.
        kept: DateTime<Utc>,
    }
}

impl Reader<'_> {
    /// What was typed into forms and not saved, by form.
    ///
    /// # Errors
    /// As every read.
    pub fn unsaved(&self) -> Result<Vec<Unsaved>> {
        row::all(self.sql(), "true ORDER BY form", [])
    }
}

impl Database {
    /// Keeps what was typed into a form, in the place of what was kept of it before. Of all forms the last `most` stay.
    ///
    /// # Errors
    /// As every write.
    pub fn keep_unsaved(&self, unsaved: &Unsaved, most: u32) -> Result<()> {
        let writer = self.writer()?;
        row::put(writer.sql(), unsaved, "form")?;
        let sql = "DELETE FROM unsaved WHERE form IN
                   (SELECT form FROM unsaved ORDER BY kept DESC, form = ? DESC LIMIT -1 OFFSET ?)";
        writer.sql().execute(sql, (&unsaved.form, most))?;
        writer.commit_without_entry()
    }

    /// Forgets what was typed into a form, if anything was kept of it.
    ///
    /// # Errors
    /// As every write.
    pub fn drop_unsaved(&self, form: &str) -> Result<()> {
        let writer = self.writer()?;
        writer.sql().execute("DELETE FROM unsaved WHERE form = ?", [form])?;
        writer.commit_without_entry()
    }

    /// Forgets what was kept before a moment.
    ///
    /// # Errors
    /// As every write.
    pub fn drop_unsaved_before(&self, moment: DateTime<Utc>) -> Result<()> {
        let writer = self.writer()?;
        writer.sql().execute("DELETE FROM unsaved WHERE kept < ?", [As(&moment)])?;
        writer.commit_without_entry()
    }
}
