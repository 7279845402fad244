//! Seals a message of the outbox to an inbox (docs/hub.md §1), and keeps it: what is offered again later are
//! these very bytes.

use std::io::{Read as _, Seek as _};

use zizhi_crypto::SigningKey;
use zizhi_model::{OrgId, Text};
use zizhi_store::{Outgoing, Writer};
use zizhi_sync::api::MESSAGE_TYPE;
use zizhi_sync::envelope::{self, Envelope, Kind};
use zizhi_sync::round::Sealed;
use zizhi_sync::{Digest, Id};

use crate::Host;
use crate::failure::Failure;

/// The code of a message that cannot be sealed.
pub(crate) const UNSEALED: &str = "OUTBOX-SEAL";

/// From whom and to where a message is sealed.
#[derive(Clone, Copy)]
pub(crate) struct SealFor<'a> {
    /// This organisation.
    pub(crate) own: OrgId,
    /// This device's key.
    pub(crate) key: &'a SigningKey,
    /// The recipient's inbox, `age1…`.
    pub(crate) inbox: &'a str,
}

/// Seals the message of `row` and notes it there, inside the transaction that is open. A message that was
/// sealed before is given as it is.
///
/// # Errors
/// `OUTBOX-SEAL` if it cannot be sealed; as every write to the database.
pub(crate) fn seal_message(
    writer: &Writer<'_>,
    row: &mut Outgoing,
    order: &SealFor<'_>,
    host: &dyn Host,
) -> Result<Sealed, Failure> {
    if let Some(sha256) = &row.message
        && let Some(known) = writer.original(sha256)?
    {
        return Ok(Sealed { sha256: Digest(known.sha256), len: known.size });
    }
    let (Ok(jti), Some(kind)) =
        (Id::parse(&row.id), Kind::ALL.into_iter().find(|it| it.as_str() == row.kind))
    else {
        return Err(unsealed());
    };
    let body = writer.open_original(&row.body)?.ok_or_else(unsealed)?;
    let now = host.now();
    let envelope = Envelope {
        jti,
        iss: order.own,
        aud: OrgId::from(row.recipient),
        kind,
        iat: now.timestamp(),
        body_sha256: Digest(row.body),
        body_len: body.size(),
    };
    let folder = std::env::temp_dir();
    let unwritable = |error| Failure::unwritable(&folder, error);
    // It is sealed already while it lies there, and has no name.
    let mut file = tempfile::tempfile().map_err(unwritable)?;
    envelope::seal(&envelope, order.key, &[order.inbox], body, &file)
        .map_err(|error| unsealed().because(error))?;
    file.rewind().map_err(unwritable)?;
    let original = writer.add_original(&mut file.by_ref(), MESSAGE_TYPE, now)?;
    row.message = Some(original.sha256);
    writer.update_outgoing(row)?;
    Ok(Sealed { sha256: Digest(original.sha256), len: original.size })
}

fn unsealed() -> Failure {
    Failure::input(
        UNSEALED,
        Text::fixed(
            "一条消息无法加密给收件单位，没有发出。",
            "a message could not be sealed to its recipient; it was not sent",
        ),
        Text::fixed(
            "请重新生成该文件并再次发送；旧的一条请在发件箱中放弃。",
            "make the document anew and send that; give the old message up in the outbox",
        ),
    )
}
