//! What a destination asked for when it sent a dossier back: which of it is still to be added, and what no
//! item of its checklist covers.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_rules::pack::Item;
use zizhi_store::{DraftFile, Reader, SentState};

use crate::draft_body::Kept;
use crate::failure::Failure;
use crate::hold_credentials::Held;
use crate::receive_decision::Wanted;

/// What the destination asked for that is on no checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// What, in its words.
    pub text: String,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// The files that were added since and answer no item of the checklist, by name.
    pub by: Vec<String>,
}

/// What of `asked` nothing was added for since it was asked, item by item.
pub(crate) fn wanted(
    reader: &Reader<'_>,
    kept: &Kept,
    asked: &[Wanted],
    items: &[Item],
    held: &[Held],
    files: &[DraftFile],
) -> Result<Vec<Wanted>, Failure> {
    let Some(since) = sent_back(kept) else { return Ok(Vec::new()) };
    let mut open = asked.to_vec();
    for file in files {
        if came_after(reader, file, since)? {
            open.retain(|wanted| !answers(file, &wanted.item_id, items));
        }
    }
    for chosen in &kept.body.credentials {
        let held = held.iter().find(|held| held.row.id == chosen.id);
        if held.is_some_and(|held| held.row.received > since) {
            let given = &chosen.answers;
            open.retain(|wanted| !given.is_empty() && !given.contains(&wanted.item_id));
        }
    }
    Ok(open)
}

/// What of `asked` stands on no checklist, with what was added for it.
pub(crate) fn beyond(
    reader: &Reader<'_>,
    kept: &Kept,
    asked: &[Wanted],
    items: &[Item],
    files: &[DraftFile],
) -> Result<Vec<Beyond>, Failure> {
    let Some(since) = sent_back(kept) else { return Ok(Vec::new()) };
    let mut by = Vec::new();
    for file in files {
        let elsewhere = items.iter().any(|item| answers(file, &item.item_id, items));
        if !elsewhere && came_after(reader, file, since)? {
            by.push(file.name.clone());
        }
    }
    let listed = |wanted: &Wanted| items.iter().any(|item| item.item_id == wanted.item_id);
    let asked = asked.iter().filter(|wanted| !listed(wanted));
    Ok(asked.map(|wanted| Beyond { text: wanted.text.clone(), due: wanted.due, by: by.clone() }).collect())
}

/// When the dossier was signed that came back for more.
fn sent_back(kept: &Kept) -> Option<DateTime<Utc>> {
    kept.sent.last().filter(|last| last.state == SentState::Supplement).map(|last| last.signed_at)
}

fn came_after(reader: &Reader<'_>, file: &DraftFile, since: DateTime<Utc>) -> Result<bool, Failure> {
    Ok(reader.original(&file.sha256)?.is_some_and(|original| original.received > since))
}

/// Whether a file answers an item: by what the person said, and where nothing was said by its kind.
fn answers(file: &DraftFile, item_id: &str, items: &[Item]) -> bool {
    if !file.answers.is_empty() {
        return file.answers.iter().any(|id| id == item_id);
    }
    let item = items.iter().find(|item| item.item_id == item_id);
    item.is_some_and(|item| item.evidence.attachment_kinds.contains(&file.kind))
}
