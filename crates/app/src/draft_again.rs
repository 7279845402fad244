//! Begins a dossier from one that was signed, for a destination that asked for something to be added or decided with
//! conditions: what was typed, chosen and attached is there again.
//!
//! Until the destination has decided, the new one answers the same request: a destination that asks for more lets it be
//! answered once more. What was decided is over, and another dossier goes out on the firm's own account.

use zizhi_store::{DecisionOutcome, Direction, DraftFile, Reader, Request};

use crate::draft_begin::{Begun, in_work};
use crate::draft_body::{KIND, Kept, Stage, read, save};
use crate::failure::Failure;
use crate::firm::Firm;
use crate::receive_decision::decisions_on;
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
    let answered = answered(&writer, &signed)?;
    let over = |row: &Request| signed.stage != Stage::Signed || row.exp <= firm.host.now();
    let lapsed = answered.as_ref().map_or(signed.body.request.is_some(), over);
    let open = answered.filter(|_| !lapsed).map(|row| row.id);
    if let Some(request) = &open
        && let Some(id) = in_work(&writer, request, firm.host.now())?
    {
        return Ok(Begun { id, continued: true });
    }
    let before = signed.sent.last().map(|last| last.dossier_id.clone());
    let follows = follows(&writer, &signed)?;
    let mut new = Kept { sent: Vec::new(), stage: Stage::Draft, ..signed };
    new.row.id.clone_from(&id);
    new.body.added.clear();
    new.body.lapsed = lapsed;
    new.body.follows = follows;
    new.body.before = open.as_ref().and(before);
    new.body.request = open;
    save(&writer, new, firm.host)?;
    for file in writer.draft_files(draft)? {
        writer.put_draft_file(&DraftFile { draft: id.clone(), ..file })?;
    }
    writer.commit(&entry)?;
    Ok(Begun { id, continued: false })
}

/// The dossier whose conditions the new one is to meet: this one, or while it is not decided the one that it followed.
fn follows(reader: &Reader<'_>, signed: &Kept) -> Result<Option<String>, Failure> {
    if signed.stage == Stage::Signed {
        return Ok(signed.body.follows.clone());
    }
    let Some(last) = signed.sent.last().map(|last| &last.dossier_id) else { return Ok(None) };
    let stands = decisions_on(reader, last)?.pop();
    let asks = stands.is_some_and(|stands| stands.outcome == DecisionOutcome::AcceptedWithConditions);
    Ok(asks.then(|| last.clone()))
}

/// The request that the dossier which was signed last answered.
fn answered(reader: &Reader<'_>, signed: &Kept) -> Result<Option<Request>, Failure> {
    let last = signed.sent.last().map(|last| &last.dossier_id);
    let mut rows = reader.requests(Direction::Received, None, MOST)?.rows.into_iter();
    Ok(rows.find(|row| row.answered_by.is_some() && row.answered_by.as_ref() == last))
}
