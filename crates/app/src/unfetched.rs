//! Messages that the hub announced and that did not come: their content is gone there, or it broke off again and again.
//! Others are not kept back by them. A person is told, and may have them fetched once more.

use std::io;

use chrono::{DateTime, Utc};
use zizhi_model::{Text, Uscc};
use zizhi_store::{InboxState, Incoming, Writer};
use zizhi_sync::api::{Code, Item, MESSAGE_TYPE};
use zizhi_sync::round::Cause;

use crate::failure::Failure;
use crate::message_words;

/// The code of what broke off, or came otherwise than it was announced, as often as it was tried.
const BROKEN: &str = "MAIL-BROKEN";

/// Why a message did not come.
pub(crate) fn failure(cause: Cause) -> Failure {
    match cause {
        Cause::Hub(Code::MailLost) => message_words::failure(cause),
        _ => broken(),
    }
}

/// Whether a message that is parked did not come.
pub(crate) fn is_unfetched(row: &Incoming) -> bool {
    let lost = Code::MailLost.as_str();
    row.state == InboxState::Parked && row.code.as_deref().is_some_and(|code| [lost, BROKEN].contains(&code))
}

/// Parks a message without its content; the hub is not told that it is here. Gives whom it is from, unless the message
/// is here already.
pub(crate) fn park(
    writer: &Writer<'_>,
    item: &Item,
    failure: &Failure,
    now: DateTime<Utc>,
) -> Result<Option<Uscc>, Failure> {
    let (id, sender) = (item.id.to_string(), *item.from.uscc());
    let told = Some(message_words::of_failure(failure, ""));
    let code = Some(failure.code.to_owned());
    match writer.incoming(&id)? {
        Some(known) if !is_unfetched(&known) => return Ok(None),
        Some(known) => writer.update_incoming(&Incoming { code, told, ..known })?,
        None => {
            let nothing = writer.add_original(&mut io::empty(), MESSAGE_TYPE, now)?;
            writer.add_incoming(&Incoming {
                id,
                sender,
                kind: None,
                message: nothing.sha256,
                received: now,
                state: InboxState::Parked,
                code,
                told,
                about_kind: None,
                about_id: None,
                owed: 0,
            })?;
        }
    }
    Ok(Some(sender))
}

/// Adds a message, and tells whether it is new. One that did not come before is here now.
pub(crate) fn add(writer: &Writer<'_>, incoming: &Incoming) -> Result<bool, Failure> {
    match writer.incoming(&incoming.id)?.filter(is_unfetched) {
        Some(_) => writer.update_incoming(incoming).map(|()| true),
        None => writer.add_incoming(incoming),
    }
    .map_err(Failure::from)
}

fn broken() -> Failure {
    Failure::input(
        BROKEN,
        Text::fixed(
            "一条消息多次下载都在同一处中断或与通告不符，没有收下；其他消息照常收取。",
            "a message broke off at the same place, or was not the one announced, each time it was fetched; it was not taken in, and others go on coming",
        ),
        Text::fixed(
            "请在收到的消息中对它再次处理，下次同步会重新下载；仍收不到的，请对方再次发送，并把代码告诉枢纽运维人员。",
            "take it in again among the messages that came: the next round fetches it anew; if it still does not come, ask the sender to send it again, and tell the hub's operator the code",
        ),
    )
}
