//! What goes into the store and what comes out. Times are seconds since 1970, amounts fen, digests base64url.

use zizhi_model::OrgId;

use super::Refusal;

/// A device that may sign for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The organisation.
    pub org: OrgId,
    /// Its role, as in the invitation.
    pub role: String,
    /// The key's thumbprint.
    pub kid: String,
    /// The key itself, a JWK.
    pub jwk: String,
}

/// A device list that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceList {
    /// Its number, from 1.
    pub seq: i64,
    /// The JWS.
    pub jws: String,
    /// The digest of the JWS, which its successor names.
    pub sha256: String,
    /// The digest that it names as its predecessor's.
    pub previous: Option<String>,
    /// Thumbprint and JWK of each device.
    pub devices: Vec<(String, String)>,
}

/// An organisation that wants to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// `firm`, `incubator`, `voucher_fund` or `service_provider`.
    pub role: String,
    /// The invitation's `jti`.
    pub invitation: String,
    /// The first device list.
    pub list: DeviceList,
    /// When.
    pub at: i64,
}

/// What became of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enrolled {
    /// It joined.
    New,
    /// It had joined with this list before.
    Same,
    /// The invitation was used with another list.
    InvitationUsed,
    /// The organisation is here with another list.
    Stale,
    /// A key of the list belongs to another organisation.
    KeyTaken,
}

/// What became of a new device list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// It stands now.
    New,
    /// It stood before.
    Same,
    /// It does not follow the one that stands.
    Stale,
    /// A key of the list belongs to another organisation.
    KeyTaken,
}

/// An organisation with what one needs to seal something to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: String,
    /// The JWS of the device list that stands.
    pub list: String,
}

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

/// Whether something was stored, or stood there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Stored.
    New,
    /// The same was there.
    Same,
    /// Something else is there.
    Other,
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
    /// Uploads that were removed.
    pub uploads: u64,
    /// Names of blobs that nothing needs any more.
    pub blobs: Vec<String>,
}

/// A voucher to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVoucher {
    /// Its id.
    pub id: String,
    /// The fund.
    pub fund: OrgId,
    /// The firm.
    pub firm: OrgId,
    /// What it is worth.
    pub amount: i64,
    /// The JWS of the entry.
    pub entry: String,
    /// When.
    pub at: i64,
}

/// A voucher as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Its id.
    pub id: String,
    /// The fund.
    pub fund: OrgId,
    /// The firm.
    pub firm: OrgId,
    /// What it is worth.
    pub amount: i64,
    /// The JWS of the entry.
    pub entry: String,
    /// What was redeemed.
    pub spent: i64,
    /// When and why it was revoked.
    pub revoked: Option<(i64, String)>,
}

/// A voucher with everything that was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherLines {
    /// The voucher.
    pub voucher: Voucher,
    /// In the order of their numbers.
    pub redemptions: Vec<Redemption>,
    /// In the order in which they came.
    pub holds: Vec<Hold>,
    /// In the order in which they came.
    pub conflicts: Vec<Conflict>,
}

/// What a desk asks for when it redeems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRedemption {
    /// The voucher.
    pub voucher: String,
    /// Who redeems.
    pub redeemer: OrgId,
    /// The idempotency key.
    pub key: String,
    /// Digest of the request, for telling the same from another.
    pub request: String,
    /// How much.
    pub amount: i64,
    /// The kind of service.
    pub kind: String,
    /// The day of the service, `YYYY-MM-DD`.
    pub day: String,
    /// The region, six digits.
    pub region: String,
    /// Digest of the invoice or record.
    pub document: String,
    /// The hold that it uses.
    pub hold: Option<String>,
    /// When the desk booked it.
    pub made: i64,
    /// The id of the receipt, or of the conflict if it comes to that.
    pub id: String,
    /// When it came in.
    pub at: i64,
}

/// A redemption that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redemption {
    /// What was asked.
    pub asked: NewRedemption,
    /// Its number among those of the voucher, from 1.
    pub seq: i64,
    /// What was redeemed of the voucher including it.
    pub spent: i64,
    /// The hub's epoch.
    pub epoch: i64,
}

/// A redemption that did not fit when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What was asked; its id is the conflict's.
    pub asked: NewRedemption,
    /// Why it did not fit.
    pub why: Refusal,
    /// What the fund decided.
    pub decision: Option<(bool, String, i64)>,
}

/// What became of a redemption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeemed {
    /// It counts.
    New(Redemption),
    /// It counted before.
    Same(Redemption),
    /// It did not fit, now or when it first came.
    Conflict(Conflict),
    /// The key belongs to another request.
    KeyOther,
    /// No such voucher.
    Unknown,
}

/// What a redeemer asks for when it reserves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// The hold's id.
    pub id: String,
    /// The voucher.
    pub voucher: String,
    /// Whose it will be.
    pub redeemer: OrgId,
    /// The idempotency key.
    pub key: String,
    /// Digest of the request.
    pub request: String,
    /// How much.
    pub amount: i64,
    /// After this the fund may close it.
    pub until: i64,
    /// When it came in.
    pub at: i64,
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// What was asked.
    pub asked: NewHold,
    /// The hub's epoch.
    pub epoch: i64,
    /// How it was closed (`redeemed`, `released`, `fund`), the reason, and when.
    pub closed: Option<(String, String, i64)>,
}

/// What became of a hold that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// It holds.
    New(Hold),
    /// It was given before.
    Same(Hold),
    /// It does not fit.
    Refused(Refusal),
    /// The key belongs to another request.
    KeyOther,
    /// No such voucher.
    Unknown,
}

/// A wish to close a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The voucher.
    pub voucher: String,
    /// The hold.
    pub hold: String,
    /// Its redeemer if the redeemer releases it, `None` if the fund closes it.
    pub redeemer: Option<OrgId>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: i64,
}

/// What became of that wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldClosed {
    /// Closed now, or in the same way before.
    Done,
    /// Not possible.
    Refused(Refusal),
    /// Its time is not over, so the fund may not close it.
    Running,
    /// No such voucher.
    Unknown,
}

/// What became of a revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// Revoked, now or before.
    Done,
    /// No such voucher.
    Unknown,
}

/// What the fund decides about a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it shall count.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// The id of the receipt, if it counts.
    pub receipt: String,
    /// When.
    pub at: i64,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// It counts.
    Accepted(Box<Redemption>),
    /// It is rejected.
    Rejected,
    /// It was decided differently before.
    Other,
    /// It still does not fit; nothing was decided.
    Refused(Refusal),
    /// No such voucher or conflict.
    Unknown,
}

impl NewRedemption {
    /// Whether two requests under one key are the same one.
    pub(super) fn is_request(&self, other: &Self) -> bool {
        self.request == other.request && self.voucher == other.voucher
    }
}

impl Closing {
    /// How the tables call it.
    pub(super) fn how(&self) -> &'static str {
        if self.redeemer.is_some() { "released" } else { "fund" }
    }
}

impl Hold {
    /// Whether this hold can be closed so; otherwise the answer that stands.
    pub(super) fn may_close(&self, closing: &Closing) -> Result<(), HoldClosed> {
        if closing.redeemer.is_some_and(|redeemer| redeemer != self.asked.redeemer) {
            return Err(HoldClosed::Refused(Refusal::HoldOther));
        }
        if let Some((how, ..)) = &self.closed {
            let same = how == closing.how();
            return Err(if same { HoldClosed::Done } else { HoldClosed::Refused(Refusal::HoldClosed) });
        }
        // docs/hub.md §6: the fund closes it after `until` only.
        if closing.redeemer.is_none() && closing.at <= self.asked.until {
            return Err(HoldClosed::Running);
        }
        Ok(())
    }
}
