//! Opens the local database for a person who sits down at the desk.

use std::path::Path;

use crate::Host;
use crate::failure::Failure;
use crate::trust_data::TrustData;
use crate::trust_seen::note_signed_time;
use crate::vault::{self, Unlocked};

/// Opens the database in `folder` with its passphrase or recovery key, and tells it the newest signed time
/// of the trust data, which may have been imported while it was closed.
///
/// # Errors
/// As [`vault::open`].
pub fn unlock_database(
    folder: &Path,
    secret: &str,
    trust: &TrustData,
    host: &dyn Host,
) -> Result<Unlocked, Failure> {
    let unlocked = vault::open(folder, secret, host)?;
    catch_up_on_time(&unlocked, trust, host)?;
    Ok(unlocked)
}

/// Tells a database that was just opened the newest signed time of the trust data.
pub(crate) fn catch_up_on_time(
    unlocked: &Unlocked,
    trust: &TrustData,
    host: &dyn Host,
) -> Result<(), Failure> {
    // Trust data that cannot be read is told wherever it is used; it keeps nobody from the database.
    if let Ok(Some(kept)) = trust.read() {
        match note_signed_time(&unlocked.database, kept.state.newest_signed, host) {
            Err(failure) if ["DB-FULL", "DB-READ-ONLY"].contains(&failure.code) => {}
            noted => noted?,
        }
    }
    Ok(())
}
