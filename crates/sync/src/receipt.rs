//! The mail receipt (docs/hub.md §5): a hub's word that it has a message.

use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;

use crate::object::{Fault, Payload, time};
use crate::{Digest, Id};

/// What a mail receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailReceipt {
    /// Its own id.
    pub jti: Id,
    /// The message.
    pub msg: Id,
    /// The digest of the message as it was sent.
    pub sha256: Digest,
    /// Its length in bytes.
    pub len: u64,
    /// The sender.
    pub from: OrgId,
    /// The recipient.
    pub to: OrgId,
    /// Its place in the recipient's mailbox, from 1.
    pub seq: u64,
    /// The hub's epoch.
    pub epoch: u64,
    /// When the hub took it in, in seconds since 1970.
    pub at: i64,
}

impl Payload for MailReceipt {
    const TYP: &'static str = "mail-receipt+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("at", wire.at)?;
        if wire.len == 0 {
            return Err(Fault::Number("len"));
        }
        if wire.seq == 0 { Err(Fault::Number("seq")) } else { Ok(wire) }
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

impl MailReceipt {
    /// Whether it is for the message `id` that `from` sent `to`, with this digest and length in bytes. A
    /// hub that answers with the receipt of another message has not said that it has this one.
    #[must_use]
    pub fn is_for(&self, id: Id, from: &OrgId, to: &OrgId, sha256: Digest, len: u64) -> bool {
        self.msg == id && self.from == *from && self.to == *to && self.sha256 == sha256 && self.len == len
    }
}
