//! What a round keeps of messages that the hub took in and another hub refused (docs/hub.md §5).

use zizhi_store::{OutboxState, Writer};
use zizhi_sync::round::RefusedMail;

use crate::failure::Failure;
use crate::message_words;

/// What became of messages by what the hub tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusals {
    /// Refused, and not known as such before, or for another reason.
    pub(super) new: usize,
    /// On their way again, or there.
    pub(super) taken_back: usize,
}

/// Notes what is refused and takes back what is no more, in the transaction that is open. Messages of other computers
/// are none of this one's outbox.
pub(super) fn take_in(writer: &Writer<'_>, told: &RefusedMail) -> Result<Refusals, Failure> {
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
    for mut row in writer.refused_outgoing()? {
        if told.messages.iter().any(|named| named.id.to_string() == row.id) {
            continue;
        }
        (row.refused, row.code, row.told) = (None, None, None);
        writer.update_outgoing(&row)?;
        became.taken_back += 1;
    }
    Ok(became)
}
