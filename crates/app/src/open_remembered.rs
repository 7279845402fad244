//! Opens the local database without a passphrase, where this computer remembers it.

use std::path::Path;

use crate::Host;
use crate::failure::Failure;
use crate::trust_data::TrustData;
use crate::unlock_database::catch_up_on_time;
use crate::vault::{self, Reading, Unlocked};

/// Opens the database in `folder` with what [`vault::ask`] gave, for a person who sits down at the desk. The end
/// of the activity log is signed by the next opening with the passphrase.
///
/// # Errors
/// As [`vault::open_reading`].
pub fn open_remembered(
    folder: &Path,
    reading: &Reading,
    trust: &TrustData,
    host: &dyn Host,
) -> Result<Unlocked, Failure> {
    let unlocked = vault::open_reading(folder, reading)?;
    catch_up_on_time(&unlocked, trust, host)?;
    Ok(unlocked)
}
