//! Mail (docs/hub.md §5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;

#[cfg(feature = "openapi")]
use super::schema;
use super::{Cursor, Organisation};
use crate::ledger::day;
use crate::{Digest, Id, Token};

/// The answer to a message that was taken in whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailAnswer {
    /// The mail receipt, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub receipt: String,
}

/// `POST /v1/uploads`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewUpload {
    /// The message id.
    pub id: Id,
    /// The recipient.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::OrgUrn))]
    pub to: OrgId,
    /// The length of the message in bytes.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub len: u64,
    /// Its digest.
    pub sha256: Digest,
}

/// The answer to [`NewUpload`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    /// The upload's name in later requests.
    pub upload: Id,
    /// The bytes that the hub has.
    pub offset: u64,
}

/// The answer to a piece that is not the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offset {
    /// The bytes that the hub has.
    pub offset: u64,
}

/// `POST /v1/sync`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncRequest {
    /// The cursor of the last answer, or null.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub cursor: Option<Cursor>,
    /// Messages that are stored and may go.
    pub acks: Vec<Id>,
    /// The `ETag` of the public timestamp that the client has, or null.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub public: Option<String>,
}

/// The answer to [`SyncRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncAnswer {
    /// The hub's epoch.
    pub epoch: u64,
    /// The hub's time, in seconds since 1970.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
    pub time: i64,
    /// What to send next time, once the items are stored.
    pub cursor: Cursor,
    /// At most [`super::PAGE_ITEMS`], at most [`super::PAGE_BYTES`], in the order of `seq`.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub items: Vec<Item>,
    /// Whether there are more.
    pub more: bool,
    /// Who sent these items, as far as they are of this hub and there is room for them; the others are looked up.
    pub senders: Vec<Organisation>,
    /// The `ETag` of the public timestamp, or null where it is the one that the client has.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub public: Option<String>,
    /// What the asker sent and another hub refused for good, the newest first, at most [`super::REFUSED_ITEMS`].
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub refused: Vec<Refused>,
}

/// A message that its recipient's hub does not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refused {
    /// The message.
    pub id: Id,
    /// Why: a code of that hub, which may be one that this program does not know.
    pub code: Token,
    /// The day in China on which it was first refused.
    #[serde(with = "day")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Day))]
    pub day: NaiveDate,
}

/// One message of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    /// Its place in the mailbox, from 1.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub seq: u64,
    /// The message id.
    pub id: Id,
    /// The sender, as the hub knows it.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::OrgUrn))]
    pub from: OrgId,
    /// When the hub took it in, in seconds since 1970.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
    pub at: i64,
    /// Its length in bytes.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub len: u64,
    /// Its digest.
    pub sha256: Digest,
    /// The message in base64url where it has at most [`super::INLINE_BYTES`], else null.
    #[cfg_attr(feature = "openapi", schema(required, pattern = "^[A-Za-z0-9_-]*$", max_length = 87382))]
    pub body: Option<String>,
}
