//! What a hub remembers, and the one transaction in which each thing happens.
//!
//! A method of [`Store`] is a transaction of the business, never an access to a table: what must hold together
//! is held together inside, and a caller cannot do half of it. Two engines implement it, and one suite of
//! tests runs over both: [`Sqlite`] for one machine, [`Postgres`] for several copies with a standby.
//!
//! The store judges no signature and reads no clock. Ids, times and digests arrive as arguments.

mod error;
mod ledger;
mod postgres;
mod rows;
mod sqlite;

use async_trait::async_trait;
use zizhi_model::OrgId;
#[cfg(doc)]
use zizhi_sync::api::REFUSED_ITEMS;

pub use error::StoreError;
pub use ledger::{Refusal, Standing, Term, judge};
pub use postgres::Postgres;
pub use rows::{
    BegunAgain, Body, Claimed, Closing, Conflict, Decided, Decision, Delivered, Device, DeviceList, Ending,
    Enrolled, Enrolment, Finished, Held, Hold, HoldClosed, Member, Message, Moved, NewHold, NewMessage,
    NewRedemption, NewUpload, NewVoucher, Opened, Organisation, Page, Part, Peer, PeerAdded, Provider, Queue,
    Redeemed, Redemption, RefusedMessage, Remote, Replaced, Revoked, Route, Settled, Standby, Stored, Stuck,
    Swept, Upload, Voucher, VoucherLines,
};
pub use sqlite::Sqlite;

/// The result of a transaction.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Everything that a hub does to its data.
///
/// `Ok` means that the transaction is as durable as the engine can make it: on the disk, and with PostgreSQL on
/// the synchronous standby where one is set up. An answer that says "as before" (`Same`) is as durable as the
/// first one was meant to be.
///
/// # Errors
/// Every method: [`StoreError`]. Only [`StoreError::OutcomeUnknown`] leaves open whether something happened.
#[async_trait]
pub trait Store: Send + Sync {
    /// The number that a hub raises when it was restored from a backup (docs/hub.md §1, hub card).
    async fn epoch(&self) -> Result<i64>;

    /// Raises the epoch by one and returns it.
    async fn raise_epoch(&self) -> Result<i64>;

    /// The ids of the keys that the hub is known by, the newest first. Where there is none yet, `kid` becomes the first.
    async fn keys(&self, kid: &str) -> Result<Vec<String>>;

    /// Makes a key the newest that the hub is known by, or the only one (`alone`).
    async fn admit_key(&self, kid: &str, alone: bool) -> Result<()>;

    /// Whether the engine answers and would write.
    async fn ready(&self) -> Result<()>;

    /// Commits a small row of this copy of the hub, as durably as everything else, and says whether commits wait for a
    /// standby. An engine that has none does nothing.
    async fn beat(&self, copy: &str, at: i64) -> Result<Standby>;

    /// Takes in an organisation with its first device list and uses up its invitation (docs/hub.md §4).
    async fn enrol(&self, enrolment: &Enrolment) -> Result<Enrolled>;

    /// An organisation with the device list that stands.
    async fn organisation(&self, org: OrgId) -> Result<Option<Organisation>>;

    /// The providers of services, in the order of their codes.
    async fn providers(&self) -> Result<Vec<Provider>>;

    /// The device with this key.
    async fn device(&self, kid: &str) -> Result<Option<Device>>;

    /// Replaces the device list that stands by its successor.
    async fn replace_devices(&self, org: OrgId, list: &DeviceList) -> Result<Replaced>;

    /// Every organisation that joined, in the order of their codes.
    async fn members(&self) -> Result<Vec<Member>>;

    /// Removes a device of an organisation for ever: it asks nothing any more, also where a later list names it. False if
    /// it is none of its devices.
    async fn remove_device(&self, org: OrgId, kid: &str, at: i64) -> Result<bool>;

    /// Removes every device of an organisation, and lets it join again with its first list by the invitation with this
    /// `jti` and by no other. Its mail and its vouchers stay.
    async fn begin_again(&self, org: OrgId, invitation: &str, at: i64) -> Result<BegunAgain>;

    /// Remembers a nonce of a key until `expires` (seconds since 1970); false if it was there already. The last
    /// ones may be forgotten by a power cut or a failover: what comes twice then finds that it was done, by its
    /// own id.
    async fn remember_nonce(&self, kid: &str, nonce: &str, expires: i64) -> Result<bool>;

    /// Stores a message under the next number of its recipient's mailbox (docs/hub.md §5), or where it goes to
    /// another hub in the outbox (§7). `quota` is the number of bytes that may wait for one recipient.
    async fn deliver(&self, message: &NewMessage, route: &Route, quota: i64) -> Result<Delivered>;

    /// The messages of a mailbox after `after`, in order, up to `items` of them and `bytes` of bodies; reads no
    /// body longer than `inline`, which is at most `bytes`. With them, at most [`REFUSED_ITEMS`] that its owner sent and
    /// other hubs refused.
    async fn mail(&self, org: OrgId, after: i64, items: usize, bytes: i64, inline: i64) -> Result<Page>;

    /// One message that still waits in the mailbox of `org`.
    async fn message(&self, org: OrgId, id: &str) -> Result<Option<Message>>;

    /// Lets go of messages that their recipient has stored. The bodies go, the receipts stay. Returns the
    /// blobs that nothing needs any more.
    async fn acknowledge(&self, org: OrgId, ids: &[String]) -> Result<Vec<String>>;

    /// Announces a message that comes in pieces.
    async fn open_upload(&self, upload: &NewUpload, route: &Route, quota: i64) -> Result<Opened>;

    /// An upload of `org` that is under way.
    async fn upload(&self, org: OrgId, id: &str) -> Result<Option<Upload>>;

    /// Adds a piece that lies in the blobs already. Returns the offset that stands afterwards, which is not
    /// behind the piece if it did not begin where the upload ended; `None` if there is no such upload.
    async fn add_part(&self, org: OrgId, id: &str, part: &Part) -> Result<Option<Stored>>;

    /// Makes a message of an upload whose bytes are all there.
    async fn finish_upload(
        &self,
        message: &NewMessage,
        upload: &str,
        route: &Route,
        quota: i64,
    ) -> Result<Finished>;

    /// Forgets an upload, and returns whether it was there.
    async fn drop_upload(&self, org: OrgId, id: &str) -> Result<bool>;

    /// Removes what has expired by `now`: messages and uploads that began before the two times given, and
    /// nonces. Returns blobs that nothing needs any more.
    async fn sweep(&self, now: i64, messages_before: i64, uploads_before: i64) -> Result<Swept>;

    /// Adds a peer, or changes the address and the organisations of one that is there (docs/hub.md §7).
    async fn add_peer(&self, peer: &Peer) -> Result<PeerAdded>;

    /// Removes a peer, and returns whether it was there. What waits for it goes on waiting.
    async fn remove_peer(&self, hub: &str) -> Result<bool>;

    /// Every peer, in the order of their ids.
    async fn peers(&self) -> Result<Vec<Peer>>;

    /// An organisation of another hub, as it was last told.
    async fn remote(&self, org: OrgId) -> Result<Option<Remote>>;

    /// Keeps what a peer tells of an organisation of its own; false if the organisation is one of this hub.
    async fn keep_remote(&self, remote: &Remote) -> Result<bool>;

    /// Has the mailbox of an organisation go to the hub that told of it, with what waits in it; the organisation stays with
    /// the ledger. `None` if it has no mailbox here. `now` is in milliseconds since 1970.
    async fn move_mailbox(&self, to: &Remote, now: i64) -> Result<Option<Moved>>;

    /// Takes up to `count` messages that are due for a peer at the time `now`, of those that go in pieces (`large`) or
    /// of the others: first what has never failed by itself, and of that the oldest. Nobody else gets them before
    /// `until`; both times in milliseconds since 1970. A row that cannot be read is parked.
    async fn claim(&self, hub: &str, large: bool, now: i64, until: i64, count: i64) -> Result<Vec<Claimed>>;

    /// Says what became of a message that was claimed. Returns the blobs that nothing needs any more.
    async fn settle(&self, message: &str, settled: &Settled) -> Result<Vec<String>>;

    /// What waits for each peer.
    async fn queues(&self) -> Result<Vec<Queue>>;

    /// The messages for a peer that failed by themselves, the oldest first.
    async fn stuck(&self, hub: &str) -> Result<Vec<Stuck>>;

    /// Makes what failed by itself due at the time `now` (milliseconds since 1970), as if it had never been tried: one
    /// message, or all of a peer. Returns how many.
    async fn retry(&self, hub: &str, message: Option<&str>, now: i64) -> Result<u64>;

    /// Gives up a message that is parked: its body goes, its receipt stays, and its sender is told as long as that
    /// does. Returns what it was, `None` if no such message is parked. Its blobs go with those that no row names.
    async fn discard(&self, message: &str) -> Result<Option<Stuck>>;

    /// Which of these blobs some row names.
    async fn named(&self, blobs: &[String]) -> Result<Vec<String>>;

    /// Enters a voucher into the ledger (docs/hub.md §6).
    async fn enter_voucher(&self, voucher: &NewVoucher) -> Result<Stored>;

    /// A voucher as it stands.
    async fn voucher(&self, id: &str) -> Result<Option<Voucher>>;

    /// A voucher with everything that was done to it, read at one moment.
    async fn voucher_lines(&self, id: &str) -> Result<Option<VoucherLines>>;

    /// Redeems, or keeps what does not fit as a conflict.
    async fn redeem(&self, redemption: &NewRedemption, term: Term) -> Result<Redeemed>;

    /// Reserves an amount for one redeemer.
    async fn hold(&self, hold: &NewHold, term: Term) -> Result<Held>;

    /// Closes a hold by its redeemer or by the fund.
    async fn close_hold(&self, closing: &Closing) -> Result<HoldClosed>;

    /// Revokes a voucher. Nothing that was redeemed is undone.
    async fn revoke_voucher(&self, id: &str, reason: &str, at: i64) -> Result<Revoked>;

    /// Decides a conflict; accepting redeems it under the next number, if the amount is there.
    async fn decide_conflict(&self, voucher: &str, conflict: &str, decision: &Decision) -> Result<Decided>;
}
