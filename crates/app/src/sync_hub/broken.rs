//! Messages at which rounds end, one after the other: after a few of them the message is set aside, and the mailbox is
//! read on (docs/hub.md §5).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use zizhi_store::{InboxState, Reader, Writer};
use zizhi_sync::Id;
use zizhi_sync::round::{Begun, Broke, End};

use super::Work;
use crate::failure::Failure;
use crate::unfetched::is_unfetched;

/// The setting that remembers at which messages the last rounds ended: id, how far each was fetched by then, and how
/// many rounds ended there.
const BROKE: &str = "mail_broke";
/// Rounds that end at the same place of one message before the next one sets it aside.
const ROUNDS: u64 = 2;
/// Messages that did not come, of which it is looked whether they do; a mailbox with more of them wants its operator.
const MOST: usize = 1000;

impl Work<'_> {
    /// What earlier rounds left: pieces, and messages that are not waited for any more.
    pub(super) fn begun(&self) -> Result<Begun, Failure> {
        if !self.place.takes_mail {
            return Ok(Begun::default());
        }
        let reader = self.syncing.database.reader()?;
        let mut breaking = unfetched(&reader)?;
        for (id, times) in known(&reader)? {
            let often = times.get(1).and_then(Value::as_u64).is_some_and(|times| times >= ROUNDS);
            breaking.extend(Id::parse(&id).ok().filter(|_| often));
        }
        Ok(Begun { breaking, ..self.pieces.begun() })
    }

    /// Lets go of pieces that are of no more use, and of those that are too many.
    pub(super) fn tidy(&self, end: &End) -> Result<(), Failure> {
        match end.cause {
            Some(_) => self.pieces.bound(),
            None => self.pieces.only(&unfetched(&self.syncing.database.reader()?)?),
        }
        Ok(())
    }
}

/// Notes in the transaction that is open at which messages the round ended, and tells whether that is any news.
pub(super) fn note(writer: &Writer<'_>, end: &End) -> Result<bool, Failure> {
    let before = known(writer)?;
    let mut now = if end.cause.is_some() { before.clone() } else { Map::new() };
    for Broke { id, from } in &end.broke {
        let last = before.get(&id.to_string()).and_then(Value::as_array);
        let same = last.filter(|last| last.first().and_then(Value::as_u64) == Some(*from));
        let times = same.and_then(|last| last.get(1)?.as_u64()).unwrap_or(0);
        now.insert(id.to_string(), json!([from, times.saturating_add(1)]));
    }
    if now == before {
        return Ok(false);
    }
    writer.put_setting(BROKE, &Value::Object(now))?;
    Ok(true)
}

fn known(reader: &Reader<'_>) -> Result<Map<String, Value>, Failure> {
    let known = reader.setting(BROKE)?;
    Ok(known.as_ref().and_then(Value::as_object).cloned().unwrap_or_default())
}

/// Messages that were set aside: one that a person has fetched again keeps nothing back.
fn unfetched(reader: &Reader<'_>) -> Result<BTreeSet<Id>, Failure> {
    let parked = reader.inbox(Some(InboxState::Parked), None, MOST)?.rows;
    Ok(parked.iter().filter(|row| is_unfetched(row)).filter_map(|row| Id::parse(&row.id).ok()).collect())
}
