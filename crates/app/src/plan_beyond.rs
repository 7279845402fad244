//! What a destination asked for when it sent a dossier back, on its checklist or beyond it, and what was added
//! for each of it since.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_rules::pack::Item;
use zizhi_store::{DraftFile, Reader, SentState};

use crate::draft_body::{Chosen, Kept};
use crate::failure::Failure;
use crate::hold_credentials::Held;
use crate::receive_decision::Wanted;

/// Something that the destination asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// For which item of the checklist; an item that the checklist does not have for what lies beyond it.
    pub item_id: String,
    /// What, in its words.
    pub text: String,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// What was added for it since: names of files and of credentials. While there is nothing, it is open.
    pub by: Vec<String>,
}

/// What the destination asked for: first what belongs to an item of its checklist, then what no item covers.
pub(crate) fn demands(
    reader: &Reader<'_>,
    kept: &Kept,
    asked: &[Wanted],
    items: &[Item],
    held: &[Held],
    files: &[DraftFile],
) -> Result<(Vec<Demand>, Vec<Demand>), Failure> {
    let Some(since) = sent_back(kept) else { return Ok(Default::default()) };
    let mut added = Vec::new();
    for file in files {
        if came_after(reader, file, since)? {
            added.push(file);
        }
    }
    let credentials: Vec<(&Chosen, &Held)> = kept
        .body
        .credentials
        .iter()
        .filter_map(|chosen| Some((chosen, held.iter().find(|held| held.row.id == chosen.id)?)))
        .filter(|(_, held)| held.row.received > since)
        .collect();
    let listed = |id: &str| items.iter().any(|item| item.item_id == id);
    let demand = |wanted: &Wanted| {
        let by = if listed(&wanted.item_id) {
            let files = added.iter().filter(|file| answers(file, &wanted.item_id, items));
            let credentials = credentials
                .iter()
                .filter(|(chosen, _)| chosen.answers.is_empty() || chosen.answers.contains(&wanted.item_id));
            let names = credentials.map(|(_, held)| held.label().zh.into_owned());
            files.map(|file| file.name.clone()).chain(names).collect()
        } else {
            let elsewhere = |file: &DraftFile| items.iter().any(|item| answers(file, &item.item_id, items));
            added.iter().filter(|file| !elsewhere(file)).map(|file| file.name.clone()).collect()
        };
        Demand { item_id: wanted.item_id.clone(), text: wanted.text.clone(), due: wanted.due, by }
    };
    Ok(asked.iter().map(demand).partition(|demand| listed(&demand.item_id)))
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
