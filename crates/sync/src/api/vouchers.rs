//! Vouchers (docs/hub.md §6). Amounts are whole fen, times seconds since 1970.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Region};

use super::Code;
#[cfg(feature = "openapi")]
use super::schema;
use crate::ledger::{AMOUNT_MOST, day};
use crate::object::{Fault, text, time};
use crate::{Digest, Id};

/// `PUT /v1/vouchers/<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutVoucher {
    /// The voucher entry, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub entry: String,
}

/// `POST /v1/vouchers/<id>/redemptions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Redemption {
    /// Who redeems, where it is not the organisation that signs the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::OrgUrn, required = false))]
    pub redeemer: Option<OrgId>,
    /// How much.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Amount))]
    pub amount: Fen,
    /// The kind of service.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64, example = "检验检测"))]
    pub kind: String,
    /// The day of the service or invoice.
    #[serde(with = "day")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Day))]
    pub day: NaiveDate,
    /// Where the service was given.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::RegionCode))]
    pub region: Region,
    /// The digest of the invoice or record.
    pub document: Digest,
    /// The hold that this closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Id, required = false))]
    pub hold: Option<Id>,
    /// When the desk booked it.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldRequest {
    /// How much.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Amount))]
    pub amount: Fen,
    /// Until when the fund may not close it.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptAnswer {
    /// The redemption receipt, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub receipt: String,
}

/// The answer to a [`HoldRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldAnswer {
    /// The hold, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub hold: String,
}

/// Why a person revokes a voucher or closes a hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Their words, 1 to 500 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is redeemed, if the amount is there by now.
    Accepted,
    /// It is not.
    Rejected,
}

/// `POST /v1/vouchers/<id>/conflicts/<conflict>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// What is decided.
    pub decision: Decision,
    /// Why, 1 to 500 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub reason: String,
}

/// The answer to [`Decide`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decided {
    /// The redemption receipt, a JWS, where the conflict was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws, required = false))]
    pub receipt: Option<String>,
}

/// The answer to `GET /v1/vouchers/<id>`, whole for fund and firm, its own lines for a redeemer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VoucherView {
    /// The voucher entry, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub entry: String,
    /// When and why it was revoked, or null.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub revoked: Option<Revoked>,
    /// How much was redeemed.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Sum))]
    pub spent: Fen,
    /// How much is held.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Sum))]
    pub held: Fen,
    /// The redemption receipts, JWS, in the order of `seq`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Jws>))]
    pub redemptions: Vec<String>,
    /// The holds in the order in which they were given.
    pub holds: Vec<HoldLine>,
    /// The conflicts in the order in which they arose.
    pub conflicts: Vec<Conflict>,
}

/// That a voucher was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revoked {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
    pub at: i64,
    /// Why.
    pub reason: String,
}

/// What became of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldLine {
    /// The hold, a JWS.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Jws))]
    pub hold: String,
    /// What became of it.
    pub state: HoldState,
    /// When it was closed, or null.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Time>, required))]
    pub closed_at: Option<i64>,
    /// Why the fund closed it, or null.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub reason: Option<String>,
}

/// A redemption that did not fit, kept for people to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conflict {
    /// Its id.
    pub id: Id,
    /// Who wanted to redeem.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::OrgUrn))]
    pub redeemer: OrgId,
    /// What was asked.
    pub redemption: Redemption,
    /// Why it did not fit.
    pub code: Code,
    /// When it arose.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
    pub at: i64,
    /// What was decided, or null.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub judgement: Option<Judgement>,
}

/// What a person decided about a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Judgement {
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Time))]
    pub at: i64,
}
