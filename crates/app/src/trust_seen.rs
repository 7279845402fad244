//! What the database remembers of the trust data: the newest time that anything trusted was signed at, by
//! which a clock that was set back is found out, and each import in the activity log.

use serde_json::json;
use zizhi_model::civil;
use zizhi_store::{Database, Entry};
use zizhi_trust::Trust;

use crate::failure::Failure;
use crate::{Host, settings};

/// Notes the newest signed time that trust data tells, if it is newer than any that was seen.
///
/// # Errors
/// As every write to the database.
pub fn note_signed_time(database: &Database, newest: Option<i64>, host: &dyn Host) -> Result<(), Failure> {
    let Some(newest) = newest.and_then(civil::from_numeric_date) else { return Ok(()) };
    let writer = database.writer()?;
    if writer.note_signed_time(newest)? {
        writer.commit(&Entry::new(host.now(), "", "trust.time_seen"))?;
    }
    Ok(())
}

/// Notes that trust data was imported, and its newest signed time.
///
/// # Errors
/// As every write to the database.
pub fn note_import(database: &Database, trust: &Trust, host: &dyn Host) -> Result<(), Failure> {
    let actor = settings::actor(&database.reader()?)?;
    let basis = trust.basis();
    let newest = trust.state().and_then(|state| state.newest_signed).and_then(civil::from_numeric_date);
    let writer = database.writer()?;
    if let Some(newest) = newest {
        writer.note_signed_time(newest)?;
    }
    let entry = Entry::new(host.now(), &actor, "trust.imported");
    writer.commit(&entry.with(json!({ "root": basis.root_version, "snapshot": basis.snapshot_version })))?;
    Ok(())
}
