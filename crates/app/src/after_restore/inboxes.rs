//! What is taken over of inbox keys: others seal to the newest one, which may have been made after the backup.

use zizhi_store::{InboxIdentity, Reader, Writer};

use crate::device_inboxes;
use crate::failure::Failure;

/// Adds the keys of the old database that open in the restored one, with what they are for. Gives their number.
pub(super) fn merge(
    old: &Reader<'_>,
    writer: &Writer<'_>,
    opens: &dyn Fn(&InboxIdentity) -> bool,
) -> Result<usize, Failure> {
    let here = writer.inbox_identities()?;
    let is_here = |there: &InboxIdentity| here.iter().any(|here| here.recipient == there.recipient);
    let mut merged = 0;
    for there in old.inbox_identities()?.iter().filter(|there| !is_here(there) && opens(there)) {
        writer.add_inbox_identity(there)?;
        merged += 1;
    }
    // A list that cannot be read any more keeps nobody from restoring.
    device_inboxes::note_all(writer, &device_inboxes::named(old).unwrap_or_default())?;
    let known = device_inboxes::attempts(writer)?;
    for attempt in device_inboxes::attempts(old)? {
        if known.iter().all(|known| known.kid != attempt.kid) {
            device_inboxes::put_attempt(writer, attempt)?;
        }
    }
    Ok(merged)
}
