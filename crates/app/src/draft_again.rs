//! Begins a dossier from one that was signed, for a destination that asked for something to be added: what was typed,
//! chosen and attached is there again.
//!
//! Until the destination has decided, the new one answers the same request: a destination that asks for more lets it be
//! answered once more. What was decided is over, and another dossier goes out on the firm's own account.

use zizhi_store::{Direction, DraftFile, Reader};

use crate::draft_begin::{Begun, in_work};
use crate::draft_body::{KIND, Kept, Stage, read, save};
use crate::failure::Failure;
use crate::firm::Firm;
use crate::requests_stored::MOST;

/// Makes the draft; where one in work answers the request already, or this one was sent back itself, gives that one.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-FORM`; as every write to the database.
pub fn again(firm: &Firm<'_>, draft: &str) -> Result<Begun, Failure> {
    let id = firm.new_id();
    let entry = firm.entry("draft.begun")?.about(KIND, &id);
    let writer = firm.database.writer()?;
    let signed = read(&writer, draft)?;
    if signed.stage == Stage::Draft {
        return Ok(Begun { id: signed.row.id, continued: true });
    }
    let answered = answered(&writer, &signed, firm)?;
    if let Some((request, _)) = &answered
        && let Some(id) = in_work(&writer, request, firm.host.now())?
    {
        return Ok(Begun { id, continued: true });
    }
    let mut new = Kept { sent: Vec::new(), stage: Stage::Draft, ..signed };
    new.row.id.clone_from(&id);
    new.body.added.clear();
    new.body.lapsed = new.body.request.is_some() && answered.is_none();
    (new.body.request, new.body.before) = answered.unzip();
    save(&writer, new, firm.host)?;
    for file in writer.draft_files(draft)? {
        writer.put_draft_file(&DraftFile { draft: id.clone(), ..file })?;
    }
    writer.commit(&entry)?;
    Ok(Begun { id, continued: false })
}

/// The request that was answered and can be answered once more, and the dossier that answered it.
fn answered(
    reader: &Reader<'_>,
    signed: &Kept,
    firm: &Firm<'_>,
) -> Result<Option<(String, String)>, Failure> {
    let last = signed.sent.last().filter(|_| signed.stage == Stage::Signed);
    let Some(last) = last else { return Ok(None) };
    let rows = reader.requests(Direction::Received, None, MOST)?.rows.into_iter();
    let mut open = rows.filter(|row| row.exp > firm.host.now());
    let found = open.find(|row| row.answered_by.as_ref() == Some(&last.dossier_id));
    Ok(found.map(|row| (row.id, last.dossier_id.clone())))
}
