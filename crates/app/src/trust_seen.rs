//! What the database remembers of the trust data: the newest time that anything trusted was signed at, by
//! which a clock that was set back is found out, and each import in the activity log.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_model::civil;
use zizhi_store::{Database, Entry};
use zizhi_trust::Trust;
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::files::file_name;
use crate::{Host, rejudge, settings};

/// Notes the newest signed time that trust data tells, if it is newer than any that was seen.
///
/// # Errors
/// As every write to the database.
pub fn note_signed_time(database: &Database, newest: Option<i64>, host: &dyn Host) -> Result<(), Failure> {
    let Some(newest) = newest.and_then(civil::from_numeric_date) else { return Ok(()) };
    let writer = database.writer()?;
    if writer.note_signed_time(newest)? {
        let summary = json!({ "newest": civil::rfc3339(newest) });
        writer.commit(&Entry::new(host.now(), "", "trust.time_seen").with(summary))?;
    }
    Ok(())
}

/// Notes that trust data was imported from the file or folder at `path`, its newest signed time, and, where the change
/// from `previous` touches no case, that the cases are judged by it: one row of the log for one act.
///
/// # Errors
/// As every read of and write to the database.
pub fn note_import(
    database: &Database,
    library: &Library,
    previous: Option<&Trust>,
    path: &Path,
    host: &dyn Host,
) -> Result<(), Failure> {
    let actor = settings::actor(&database.reader()?)?;
    let trust = library.trust();
    let newest = trust.state().and_then(|state| state.newest_signed).and_then(civil::from_numeric_date);
    let writer = database.writer()?;
    if let Some(newest) = newest {
        writer.note_signed_time(newest)?;
    }
    rejudge::note_untouched(&writer, library, previous)?;
    let mut summary = edition(trust);
    if let Some(said) = summary.as_object_mut() {
        said.insert("file".to_owned(), file_name(path).into());
    }
    writer.commit(&Entry::new(host.now(), &actor, "trust.imported").with(summary))?;
    Ok(())
}

/// Which edition of the trust data a row of the log is about. The same edition is packed anew with newer status lists,
/// so that the newest one's time belongs to it.
pub(crate) fn edition(trust: &Trust) -> Value {
    let basis = trust.basis();
    let newest = trust.state().and_then(|state| state.status.values().map(|list| list.iat).max());
    let lists = newest.and_then(civil::from_numeric_date).map(civil::rfc3339);
    json!({ "root": basis.root_version, "snapshot": basis.snapshot_version, "lists": lists })
}
