//! Messages and uploads.

use zizhi_model::OrgId;

use super::RefusedMessage;

/// Where the bytes of a message are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// In the row.
    Inline(Vec<u8>),
    /// In the blobs, one after the other: name and number of bytes.
    Parts(Vec<(String, i64)>),
}

/// A message to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The message id, which is its idempotency key.
    pub id: String,
    /// Who sends it.
    pub from: OrgId,
    /// Whom it is for.
    pub to: OrgId,
    /// Bytes of the body.
    pub len: i64,
    /// Digest of the body.
    pub sha256: String,
    /// The body; for an upload, the parts that the store knows count.
    pub body: Body,
    /// The id that the mail receipt will have.
    pub receipt: String,
    /// When.
    pub at: i64,
}

/// A message as it was stored: everything that its receipt says. The body is there only where it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The message id.
    pub id: String,
    /// Who sent it.
    pub from: OrgId,
    /// Whom it is for.
    pub to: OrgId,
    /// Bytes of the body.
    pub len: i64,
    /// Digest of the body.
    pub sha256: String,
    /// Its number in the mailbox.
    pub seq: i64,
    /// The hub's epoch when it was stored.
    pub epoch: i64,
    /// The id of the mail receipt.
    pub receipt: String,
    /// When it was stored.
    pub at: i64,
    /// Where the body is; `None` where it was not read.
    pub body: Option<Body>,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// Stored.
    New(Message),
    /// Stored before.
    Same(Message),
    /// The id belongs to another message.
    Other,
    /// No such recipient here.
    NoRecipient,
    /// The mailbox is full.
    Full,
}

/// A stretch of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The messages in the order of their numbers.
    pub messages: Vec<Message>,
    /// Whether there are more.
    pub more: bool,
    /// What the owner of the mailbox sent and other hubs refused for good, the newest first.
    pub refused: Vec<RefusedMessage>,
}

/// A message that is to come in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// The upload's id.
    pub upload: String,
    /// The message id.
    pub id: String,
    /// Who sends it.
    pub from: OrgId,
    /// Whom it is for.
    pub to: OrgId,
    /// Bytes that are to come.
    pub len: i64,
    /// Their digest.
    pub sha256: String,
    /// When.
    pub at: i64,
}

/// An upload under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// What was announced.
    pub announced: NewUpload,
    /// Bytes that are here.
    pub offset: i64,
    /// Where they are: name and number of bytes, in order.
    pub parts: Vec<(String, i64)>,
}

/// What became of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A new upload.
    New(Upload),
    /// The one that was announced before.
    Same(Upload),
    /// The message has arrived already.
    Arrived(Message),
    /// The id belongs to another message or upload.
    Other,
    /// No such recipient here.
    NoRecipient,
    /// The mailbox has no room for it.
    Full,
}

/// A piece of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in the blobs.
    pub name: String,
    /// The byte it begins at.
    pub offset: i64,
    /// Its bytes.
    pub len: i64,
}

/// What became of a finished upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// A message, or why not.
    Delivered(Delivered),
    /// There is no such upload, or bytes are missing.
    NoUpload,
}

/// What a sweep found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Swept {
    /// Messages that were removed.
    pub messages: u64,
    /// Of these, how many had not reached the recipient's hub.
    pub undelivered: u64,
    /// Uploads that were removed.
    pub uploads: u64,
    /// Names of blobs that nothing needs any more.
    pub blobs: Vec<String>,
}
