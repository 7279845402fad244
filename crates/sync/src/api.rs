//! What is asked of a hub and what it answers (docs/hub.md §3–§7), as both sides read it.
//!
//! Bodies are JSON and read strictly, although nobody signed them: a hub and a desktop must never read one
//! text differently. A request may have no member that is not known; in an answer such a member is passed over, so
//! that a desktop goes on with a hub that is newer (decision 23). Signed objects inside are texts;
//! [`crate::object`] reads those.

mod code;
mod cursor;
mod join;
mod mail;
mod problem;
mod public;
#[cfg(feature = "openapi")]
pub mod schema;
mod vouchers;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zizhi_model::Limits;

use crate::object::{self, ObjectError};

pub use code::Code;
pub use cursor::{Cursor, CursorError};
pub use join::{Enrol, Enrolled, Organisation, ReplaceDevices};
pub use mail::{Item, MailAnswer, NewUpload, Offset, Refused, SyncAnswer, SyncRequest, Upload};
pub use problem::Problem;
pub use public::PublicChanges;
pub use vouchers::{
    Conflict, Decide, Decided, Decision, HoldAnswer, HoldLine, HoldRequest, HoldState, Judgement, PutVoucher,
    Reason, ReceiptAnswer, Redemption, Revoked, VoucherView,
};

/// The field with the key of a request that may be repeated: a message id or a token.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The field with the recipient of a message.
pub const ZIZHI_TO: &str = "zizhi-to";
/// The field with the sender of a message that one hub brings to another.
pub const ZIZHI_FROM: &str = "zizhi-from";
/// The field with the place of a piece in an upload, in bytes.
pub const UPLOAD_OFFSET: &str = "upload-offset";

/// The media type of a message.
pub const MESSAGE_TYPE: &str = "application/age";
/// The media type of a [`Problem`].
pub const PROBLEM_TYPE: &str = "application/problem+json";
/// The media type of every other body.
pub const JSON_TYPE: &str = "application/json";

/// Bytes of a message that goes up in one piece.
pub const MESSAGE_BYTES: u64 = 256 * 1024;
/// Bytes of one piece of an upload.
pub const PIECE_BYTES: u64 = 4 * 1024 * 1024;
/// Items of one answer to a sync.
pub const PAGE_ITEMS: usize = 100;
/// Refused messages that one answer to a sync names.
pub const REFUSED_ITEMS: usize = 100;
/// Bytes of the messages of one answer to a sync.
pub const PAGE_BYTES: u64 = 1024 * 1024;
/// Bytes of a message that stands in the answer itself.
pub const INLINE_BYTES: u64 = 64 * 1024;
/// Seconds that a message and the answer to its key are kept.
pub const KEPT_SECONDS: i64 = 180 * 24 * 3600;
/// Seconds that an unfinished upload is kept.
pub const UPLOAD_SECONDS: i64 = 72 * 3600;
/// Bytes of a request in JSON. A device list, the largest thing in one, has at most
/// [`crate::OBJECT_BYTES`].
pub const REQUEST_BYTES: usize = 256 * 1024;
/// Bytes of an answer in JSON: a page of messages in base64url, with room for the words around it.
pub const ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// Reads a request of at most `most` bytes.
///
/// # Errors
/// [`ObjectError::Size`], [`ObjectError::Json`], [`ObjectError::Form`], [`ObjectError::Spelling`].
pub fn read<T: Serialize + DeserializeOwned>(
    bytes: &[u8],
    most: usize,
    limits: &Limits,
) -> Result<T, ObjectError> {
    object::read(within(bytes, most)?, limits)
}

/// Reads an answer of at most `most` bytes. Members that are not known are passed over; everything else is read as
/// strictly as a request.
///
/// # Errors
/// As [`read`].
pub fn read_answer<T: Serialize + DeserializeOwned>(
    bytes: &[u8],
    most: usize,
    limits: &Limits,
) -> Result<T, ObjectError> {
    object::read_open(within(bytes, most)?, limits)
}

const fn within(bytes: &[u8], most: usize) -> Result<&[u8], ObjectError> {
    if bytes.len() > most { Err(ObjectError::Size(most)) } else { Ok(bytes) }
}

/// Writes a body.
///
/// # Errors
/// [`ObjectError::Form`]; nothing in this module is without a form in JSON.
pub fn write(body: &impl Serialize) -> Result<Vec<u8>, ObjectError> {
    serde_json::to_vec(body).map_err(ObjectError::Form)
}
