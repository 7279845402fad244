//! Vouchers and what is done to them.

use zizhi_model::OrgId;

use crate::store::Refusal;

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

/// How a hold was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A redemption used it.
    Redeemed,
    /// Its redeemer gave it back.
    Released,
    /// The fund closed it after its time.
    Fund,
}

impl Ending {
    /// How the tables call it.
    pub(in crate::store) fn as_str(self) -> &'static str {
        match self {
            Self::Redeemed => "redeemed",
            Self::Released => "released",
            Self::Fund => "fund",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub(in crate::store) fn parse(text: &str) -> Option<Self> {
        [Self::Redeemed, Self::Released, Self::Fund].into_iter().find(|ending| ending.as_str() == text)
    }
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// What was asked.
    pub asked: NewHold,
    /// The hub's epoch.
    pub epoch: i64,
    /// How it was closed, the reason, and when.
    pub closed: Option<(Ending, String, i64)>,
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
    /// Its `until` is over already.
    Past,
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
    pub(in crate::store) fn is_request(&self, other: &Self) -> bool {
        self.request == other.request && self.voucher == other.voucher
    }
}

impl Closing {
    /// How the hold will have been closed.
    pub(in crate::store) fn how(&self) -> Ending {
        if self.redeemer.is_some() { Ending::Released } else { Ending::Fund }
    }
}

impl Hold {
    /// Whether this hold can be closed so; otherwise the answer that stands.
    pub(in crate::store) fn may_close(&self, closing: &Closing) -> Result<(), HoldClosed> {
        if closing.redeemer.is_some_and(|redeemer| redeemer != self.asked.redeemer) {
            return Err(HoldClosed::Refused(Refusal::HoldOther));
        }
        if let Some((how, ..)) = &self.closed {
            let same = *how == closing.how();
            return Err(if same { HoldClosed::Done } else { HoldClosed::Refused(Refusal::HoldClosed) });
        }
        // docs/hub.md §6: the fund closes it after `until` only.
        if closing.redeemer.is_none() && closing.at <= self.asked.until {
            return Err(HoldClosed::Running);
        }
        Ok(())
    }
}
