//! What a destination asked for when it sent a dossier back, on its checklist or beyond it, and what was added
//! for each of it since.
//!
//! Only a person says what a file or credential was added for. Nothing is concluded from the kind of a file, from
//! the items that it answers or from the day on which it came.

use chrono::NaiveDate;
use zizhi_crypto::digest;
use zizhi_model::Text;
use zizhi_rules::pack::{Checklist, Item};
use zizhi_store::{DraftFile, Reader, SentState};

use crate::decide::Wanted;
use crate::draft_body::{Added, DraftBody, Kept};
use crate::failure::Failure;
use crate::hold_credentials::Held;
use crate::receive_decision::decisions_on;

/// Something that the destination asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Its id, by which files and credentials are added for it.
    pub id: String,
    /// For which item of the checklist; an item that the checklist does not have for what lies beyond it.
    pub item_id: String,
    /// What, in its words.
    pub text: String,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// What was added for it: names of files and of credentials.
    pub by: Vec<String>,
}

impl Demand {
    /// Whether nothing was added for it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.by.is_empty()
    }
}

/// What the destination asked for: first what belongs to an item of its checklist, then what no item covers.
pub(crate) fn demands(
    reader: &Reader<'_>,
    kept: &Kept,
    items: &[Item],
    held: &[Held],
    files: &[DraftFile],
) -> Result<(Vec<Demand>, Vec<Demand>), Failure> {
    let name = |what: &str| {
        let file = files.iter().find(|file| digest::hex(&file.sha256) == what);
        let credential = || held.iter().find(|held| held.row.id == what);
        file.map(|file| file.name.clone()).or_else(|| Some(credential()?.label().zh.into_owned()))
    };
    let demand = |(id, wanted): (String, Wanted)| {
        let added = kept.body.added.iter().filter(|added| added.demand == id);
        let by = added.filter_map(|added| name(&added.what)).collect();
        Demand { id, item_id: wanted.item_id, text: wanted.text, due: wanted.due, by }
    };
    let listed = |demand: &Demand| items.iter().any(|item| item.item_id == demand.item_id);
    Ok(asked(reader, kept)?.into_iter().map(demand).partition(listed))
}

/// What the decision asks for that sent the dossier back or whose conditions it is to meet, each with its id.
fn asked(reader: &Reader<'_>, kept: &Kept) -> Result<Vec<(String, Wanted)>, Failure> {
    let back = kept.sent.last().filter(|last| last.state == SentState::Supplement);
    let Some(dossier) = back.map(|last| &last.dossier_id).or(kept.followed()) else { return Ok(Vec::new()) };
    let mut all: Vec<(String, Wanted)> = Vec::new();
    for wanted in decisions_on(reader, dossier)?.pop().into_iter().flat_map(|stands| stands.supplements) {
        let id = id(dossier, &wanted);
        if all.iter().all(|(known, _)| *known != id) {
            all.push((id, wanted));
        }
    }
    Ok(all)
}

/// The same words of another decision on the same dossier ask for the same.
fn id(dossier: &str, wanted: &Wanted) -> String {
    digest::hex(&digest::sha256(format!("{dossier}\n{}\n{}", wanted.item_id, wanted.text).as_bytes()))
}

/// Notes for which of the demands something was added, in place of what was said of it before, and gives the items
/// that it is offered for: those that were `said` and those that the demands are about. What is offered for all of
/// them (`before` names none) stays so.
///
/// # Errors
/// `DRAFT-ITEM` for a demand that there is not; as every read of the database.
pub(crate) fn note(
    reader: &Reader<'_>,
    kept: &mut Kept,
    what: &str,
    demands: &[String],
    said: &[String],
    before: Option<&[String]>,
) -> Result<Vec<String>, Failure> {
    let asked = if demands.is_empty() { Vec::new() } else { asked(reader, kept)? };
    let mut about = Vec::new();
    for demand in demands {
        let (_, wanted) = asked.iter().find(|(id, _)| id == demand).ok_or_else(no_demand)?;
        about.push(wanted.item_id.clone());
    }
    forget(&mut kept.body, what);
    let each = demands.iter().map(|demand| Added { demand: demand.clone(), what: what.to_owned() });
    kept.body.added.extend(each);
    let mut offered = said.to_vec();
    if !(said.is_empty() && before.is_some_and(<[String]>::is_empty)) {
        for item in about {
            if !offered.contains(&item) {
                offered.push(item);
            }
        }
    }
    Ok(offered)
}

/// The demands for which something was added.
pub(crate) fn added_for(body: &DraftBody, what: &str) -> Vec<String> {
    body.added.iter().filter(|added| added.what == what).map(|added| added.demand.clone()).collect()
}

/// What was added for something is taken out.
pub(crate) fn forget(body: &mut DraftBody, what: &str) {
    body.added.retain(|added| added.what != what);
}

/// Those of the items that the checklist has, and the others: what was added for something beyond it names an item
/// of which no checklist knows. Without the checklist all are taken for its own.
pub(crate) fn split(answers: &[String], list: Option<&Checklist>) -> (Vec<String>, Vec<String>) {
    let has = |id: &String| list.is_none_or(|list| list.items.iter().any(|item| item.item_id == *id));
    answers.iter().cloned().partition(has)
}

fn no_demand() -> Failure {
    Failure::input(
        "DRAFT-ITEM",
        Text::fixed(
            "接收方没有这样的补正要求，没有改动。",
            "the destination asks for no such thing; nothing was changed",
        ),
        Text::fixed(
            "接收方的决定可能已更新，请重新打开草稿。",
            "its decision may have changed; open the draft again",
        ),
    )
}
