//! Messages that are parked for a reason that other trust data can take away: an issuer that was not registered yet, a
//! key that was not known, a list of nobody. They are taken in once more by themselves whenever the trust data is
//! another one than they were last held against (decision 0026).

use zizhi_model::{CheckCode, check::Question};
use zizhi_store::{Database, InboxState, Incoming, Reader};
use zizhi_verify::Library;

use crate::Host;
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::rejudge::mark;

/// The setting that remembers by which trust data they were last tried.
const TRIED_BY: &str = "mail_tried_by";
/// What a status list is parked for, besides the codes of checks.
const OF_LISTS: [&str; 4] = ["LIST-TRUST", "LIST-ISSUER", "LIST-SIGNATURE", "LIST-NAME"];
/// Messages that are looked at; no desk has so many that wait for a person.
const MOST: usize = 10_000;

/// Those that are due: all of them, if the trust data is not what they were last held against.
pub(crate) fn due(reader: &Reader<'_>, library: &Library) -> Result<Vec<Incoming>, Failure> {
    let parked = all(reader)?;
    Ok(if parked.is_empty() || is_tried(reader, library)? { Vec::new() } else { parked })
}

/// Remembers that those which are still parked were held against this trust data.
pub(crate) fn tried(database: &Database, library: &Library, host: &dyn Host) -> Result<(), Failure> {
    // Every round asks this, and mostly there is nothing to note.
    if due(&database.reader()?, library)?.is_empty() {
        return Ok(());
    }
    let entry = entry(database, "mail.trust_noted", host)?;
    let writer = database.writer()?;
    writer.put_setting(TRIED_BY, &mark(library).into())?;
    writer.commit(&entry)?;
    Ok(())
}

fn all(reader: &Reader<'_>) -> Result<Vec<Incoming>, Failure> {
    let mut parked = reader.inbox(Some(InboxState::Parked), None, MOST)?.rows;
    parked.retain(|row| row.code.as_deref().is_some_and(is_mended_by_trust));
    // The oldest first, as they came.
    parked.reverse();
    Ok(parked)
}

fn is_tried(reader: &Reader<'_>, library: &Library) -> Result<bool, Failure> {
    let tried = reader.setting(TRIED_BY)?;
    Ok(tried.as_ref().and_then(serde_json::Value::as_str) == Some(&mark(library)))
}

/// Whether other trust data may answer this code otherwise. A signature that does not hold may be one by a key that
/// took another's name.
fn is_mended_by_trust(code: &str) -> bool {
    let of_issuer = |check: CheckCode| check.question() == Question::Issuer || check == CheckCode::SigInvalid;
    OF_LISTS.contains(&code) || CheckCode::parse(code).is_some_and(of_issuer)
}
