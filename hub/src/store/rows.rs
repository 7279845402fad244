//! What goes into the store and what comes out. Times are seconds since 1970, amounts fen, digests base64url.

mod joining;
mod mail;
mod members;
mod relay;
mod vouchers;

pub use joining::{Device, DeviceList, Enrolled, Enrolment, Organisation, Provider, Replaced};
pub use mail::{
    Body, Delivered, Finished, Message, NewMessage, NewUpload, Opened, Page, Part, Swept, Upload,
};
pub use members::{BegunAgain, Member};
pub use relay::{Claimed, Moved, Peer, PeerAdded, Queue, RefusedMessage, Remote, Route, Settled, Stuck};
pub(super) use relay::{WHOLE, is_large, unreadable};
pub use vouchers::{
    Closing, Conflict, Decided, Decision, Ending, Held, Hold, HoldClosed, NewHold, NewRedemption, NewVoucher,
    Redeemed, Redemption, Revoked, Voucher, VoucherLines,
};

/// Whether a commit waits for a second machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standby {
    /// The engine has none.
    NotMeant,
    /// It does.
    Awaited,
    /// It does not: what is acknowledged is lost with the one machine.
    Missing,
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
