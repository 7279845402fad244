//! What a round keeps of messages that the hub took in and another hub refused (docs/hub.md §5).

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_store::{OutboxState, Outgoing, Reader, Writer};
use zizhi_sync::api::KEPT_SECONDS;
use zizhi_sync::round::RefusedMail;

use crate::failure::Failure;
use crate::message_words;

/// By how much the clocks of a desktop and its hub may differ, where it matters what the hub keeps still.
const MARGIN: TimeDelta = TimeDelta::days(7);

/// What became of messages by what the hub tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusals {
    /// Refused, and not known as such before, or for another reason.
    pub(super) new: usize,
    /// On their way again, or there.
    pub(super) taken_back: usize,
}

/// Messages with the mark that the hub would take back by not naming them. It names none that it kept no longer, lost
/// when it was restored, or never had in this epoch; of those the mark stays.
pub(super) fn may_be_taken_back(
    reader: &Reader<'_>,
    epoch: u64,
    now: DateTime<Utc>,
) -> Result<Vec<Outgoing>, Failure> {
    Ok(reader.refused_and_held(epoch, now - TimeDelta::seconds(KEPT_SECONDS) + MARGIN)?)
}

/// Notes what is refused and takes back what is no more, in the transaction that is open. Messages of other computers
/// are none of this one's outbox.
pub(super) fn take_in(
    writer: &Writer<'_>,
    told: &RefusedMail,
    epoch: u64,
    now: DateTime<Utc>,
) -> Result<Refusals, Failure> {
    let mut became = Refusals::default();
    for named in &told.messages {
        let row = writer.outgoing(&named.id.to_string())?.filter(|row| row.state == OutboxState::Sent);
        let (code, day) = (Some(named.code.as_str()), Some(named.day));
        let Some(mut row) = row.filter(|row| (row.code.as_deref(), row.refused) != (code, day)) else {
            continue;
        };
        (row.refused, row.code) = (day, code.map(str::to_owned));
        row.told = Some(message_words::of_refused(named.code.as_str(), named.day));
        writer.update_outgoing(&row)?;
        became.new += 1;
    }
    if !told.all {
        return Ok(became);
    }
    for mut row in may_be_taken_back(writer, epoch, now)? {
        if told.messages.iter().any(|named| named.id.to_string() == row.id) {
            continue;
        }
        (row.refused, row.code, row.told) = (None, None, None);
        writer.update_outgoing(&row)?;
        became.taken_back += 1;
    }
    Ok(became)
}
