//! What an open database adds to a verification that is no case: which dossier answered a request before,
//! and the newest signed time it has seen.

use chrono::{DateTime, Utc};
use zizhi_model::Uscc;
use zizhi_store::{Database, Direction, Role};
use zizhi_verify::Memory;

use crate::failure::Failure;
use crate::trust_data::Remembered;

/// The memory of a database beside that of the trust data.
pub struct RememberedRequests<'a> {
    database: Option<&'a Database>,
    trust: Remembered,
    newest: Option<DateTime<Utc>>,
}

impl<'a> RememberedRequests<'a> {
    /// What is remembered, with a database or without one.
    ///
    /// # Errors
    /// As every read of the database.
    pub fn new(database: Option<&'a Database>, trust: Remembered) -> Result<Self, Failure> {
        let newest = match database {
            Some(database) => database.reader()?.newest_signed_time()?,
            None => None,
        };
        Ok(Self { database, trust, newest })
    }
}

impl Memory for RememberedRequests<'_> {
    /// A request that cannot be looked up counts as not answered: taking the dossier in asks again, and
    /// refuses then.
    fn answered_by(&self, request: &str) -> Option<String> {
        let known = self.database?.reader().ok()?.request(Direction::Issued, request).ok()??;
        known.answered_by
    }

    fn newest_signed_time(&self) -> Option<DateTime<Utc>> {
        self.newest.max(self.trust.newest_signed_time())
    }
}

/// For whom an open database verifies: an incubator for itself. A firm looks at dossiers that are for
/// others, so that nobody is compared with their destination.
///
/// # Errors
/// As every read of the database.
pub fn recipient_of(database: &Database) -> Result<Option<Uscc>, Failure> {
    let profile = database.reader()?.profile()?;
    Ok(profile.filter(|profile| profile.role != Role::Firm).map(|profile| profile.uscc))
}
