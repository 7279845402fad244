//! Vouchers (docs/hub.md §6). Amounts are whole fen, times seconds since 1970.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Region};

use super::Code;
use crate::ledger::{AMOUNT_MOST, day};
use crate::object::{Fault, text, time};
use crate::{Digest, Id};

/// `PUT /v1/vouchers/<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutVoucher {
    /// The voucher entry, a JWS.
    pub entry: String,
}

/// `POST /v1/vouchers/<id>/redemptions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redemption {
    /// Who redeems, where it is not the organisation that signs the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemer: Option<OrgId>,
    /// How much.
    pub amount: Fen,
    /// The kind of service.
    pub kind: String,
    /// The day of the service or invoice.
    #[serde(with = "day")]
    pub day: NaiveDate,
    /// Where the service was given.
    pub region: Region,
    /// The digest of the invoice or record.
    pub document: Digest,
    /// The hold that this closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Id>,
    /// When the desk booked it.
    pub made: i64,
}

impl Redemption {
    /// What can be told from it alone.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn check(&self) -> Result<(), Fault> {
        text("kind", &self.kind, 64)?;
        time("made", self.made)?;
        amount(self.amount)
    }
}

/// `POST /v1/vouchers/<id>/holds`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldRequest {
    /// How much.
    pub amount: Fen,
    /// Until when the fund may not close it.
    pub until: i64,
}

impl HoldRequest {
    /// What can be told from it alone.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn check(&self) -> Result<(), Fault> {
        time("until", self.until)?;
        amount(self.amount)
    }
}

fn amount(amount: Fen) -> Result<(), Fault> {
    if (1..=AMOUNT_MOST).contains(&amount.0) { Ok(()) } else { Err(Fault::Number("amount")) }
}

/// The answer to a [`Redemption`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptAnswer {
    /// The redemption receipt, a JWS.
    pub receipt: String,
}

/// The answer to a [`HoldRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldAnswer {
    /// The hold, a JWS.
    pub hold: String,
}

/// Why a person revokes a voucher or closes a hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Their words, 1 to 500 characters.
    pub reason: String,
}

impl Reason {
    /// What can be told from it alone.
    ///
    /// # Errors
    /// [`Fault::Text`].
    pub fn check(&self) -> Result<(), Fault> {
        text("reason", &self.reason, 500)
    }
}

/// What a person decides about a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is redeemed, if the amount is there by now.
    Accepted,
    /// It is not.
    Rejected,
}

/// `POST /v1/vouchers/<id>/conflicts/<conflict>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// What is decided.
    pub decision: Decision,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// The answer to [`Decide`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The redemption receipt, a JWS, where the conflict was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

/// The answer to `GET /v1/vouchers/<id>`, whole for fund and firm, its own lines for a redeemer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoucherView {
    /// The voucher entry, a JWS.
    pub entry: String,
    /// When and why it was revoked, or null.
    pub revoked: Option<Revoked>,
    /// How much was redeemed.
    pub spent: Fen,
    /// How much is held.
    pub held: Fen,
    /// The redemption receipts, JWS, in the order of `seq`.
    pub redemptions: Vec<String>,
    /// The holds in the order in which they were given.
    pub holds: Vec<HoldLine>,
    /// The conflicts in the order in which they arose.
    pub conflicts: Vec<Conflict>,
}

/// That a voucher was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    /// When.
    pub at: i64,
    /// Why.
    pub reason: String,
}

/// What became of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldState {
    /// It holds.
    Open,
    /// A redemption closed it.
    Redeemed,
    /// Its redeemer gave it back.
    Released,
    /// The fund closed it.
    Closed,
}

/// One hold of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldLine {
    /// The hold, a JWS.
    pub hold: String,
    /// What became of it.
    pub state: HoldState,
    /// When it was closed, or null.
    pub closed_at: Option<i64>,
    /// Why the fund closed it, or null.
    pub reason: Option<String>,
}

/// A redemption that did not fit, kept for people to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Its id.
    pub id: Id,
    /// Who wanted to redeem.
    pub redeemer: OrgId,
    /// What was asked.
    pub redemption: Redemption,
    /// Why it did not fit.
    pub code: Code,
    /// When it arose.
    pub at: i64,
    /// What was decided, or null.
    pub judgement: Option<Judgement>,
}

/// What a person decided about a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// When.
    pub at: i64,
}
