//! Whose database this is: one row.

use chrono::{DateTime, Utc};
use rusqlite::params;
use zizhi_model::{Region, Uscc};

use crate::error::Result;
use crate::row::{self, As, words};
use crate::{Reader, Writer};

words! {
    /// What the organisation does here.
    Role {
        /// It holds qualifications and sends dossiers.
        Firm = "firm",
        /// It receives dossiers and decides.
        Incubator = "incubator",
        /// Both.
        Both = "both",
    }
}

row::row! {
    /// The organisation that the database belongs to.
    Profile in "profile" {
        /// Its code.
        uscc: Uscc,
        /// Its name.
        name: String,
        /// What it does here.
        role: Role,
        /// Where it is.
        region: Option<Region>,
        /// When the database was set up.
        created: DateTime<Utc>,
    }
}

impl Reader<'_> {
    /// The organisation, once it was told.
    ///
    /// # Errors
    /// As every read.
    pub fn profile(&self) -> Result<Option<Profile>> {
        row::one(self.sql(), "only = 1", [])
    }
}

impl Writer<'_> {
    /// Sets the organisation.
    ///
    /// # Errors
    /// As every write.
    pub fn put_profile(&self, profile: &Profile) -> Result<()> {
        self.sql().execute(
            "INSERT OR REPLACE INTO profile (only, uscc, name, role, region, created) VALUES (1, ?, ?, ?, ?, ?)",
            params![
                As(&profile.uscc),
                profile.name,
                As(&profile.role),
                As(&profile.region),
                As(&profile.created)
            ],
        )?;
        Ok(())
    }
}
