//! How a redeemer asks a fund for its money, and what the fund answers (docs/hub.md §6).
//!
//! Both travel as sealed messages, `receipt` and `notice`, and are signed by a device of their sender. The hub
//! takes no part in paying.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;
use zizhi_model::money::Fen;

use super::{AMOUNT_MOST, amount, day};
use crate::Id;
use crate::object::{Fault, Payload, distinct, text, time};

/// Receipts in one request: with these an object stays well below [`crate::OBJECT_BYTES`].
pub const RECEIPTS_MOST: usize = 50;
/// The longest reference of a payment, in characters.
const REFERENCE_MOST: usize = 64;
/// The longest reason, in characters.
const REASON_MOST: usize = 500;

/// 申请兑付: a redeemer hands in receipts and asks for their sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementRequest {
    /// Its id.
    pub jti: Id,
    /// The redeemer.
    pub iss: OrgId,
    /// The fund.
    pub aud: OrgId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// The sum of the receipts.
    pub amount: Fen,
    /// The redemption receipts, JWS of the ledger; 1 to [`RECEIPTS_MOST`].
    pub receipts: Vec<String>,
}

impl Payload for SettlementRequest {
    const TYP: &'static str = "settlement-request+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        sum(wire.amount)?;
        if !(1..=RECEIPTS_MOST).contains(&wire.receipts.len()) {
            return Err(Fault::Count("receipts"));
        }
        distinct("receipts", &wire.receipts)?;
        Ok(wire)
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

/// What a fund did with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// 已兑付: it paid.
    Paid,
    /// It did not, and says why; the receipts stand and can be handed in again.
    Returned,
}

/// 兑付通知: a fund answers a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementNotice {
    /// Its id.
    pub jti: Id,
    /// The fund.
    pub iss: OrgId,
    /// The redeemer.
    pub aud: OrgId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// The request.
    pub request: Id,
    /// What was done.
    pub outcome: Settled,
    /// How much was asked for.
    pub amount: Fen,
    /// The day of the payment or of the refusal.
    #[serde(with = "day")]
    pub day: NaiveDate,
    /// The number of the payment, 1 to 64 characters; exactly where it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why not, 1 to 500 characters; exactly where it was returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Payload for SettlementNotice {
    const TYP: &'static str = "settlement-notice+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        sum(wire.amount)?;
        let paid = wire.outcome == Settled::Paid;
        match &wire.reference {
            Some(reference) if paid => text("reference", reference, REFERENCE_MOST)?,
            None if !paid => {}
            _ => return Err(Fault::Text("reference")),
        }
        match &wire.reason {
            Some(reason) if !paid => text("reason", reason, REASON_MOST)?,
            None if paid => {}
            _ => return Err(Fault::Text("reason")),
        }
        Ok(wire)
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

/// Receipts of several vouchers together can come to more than one voucher is worth.
fn sum(sum: Fen) -> Result<(), Fault> {
    let most = AMOUNT_MOST.saturating_mul(i64::try_from(RECEIPTS_MOST).unwrap_or(i64::MAX));
    if sum.0 <= most { amount("amount", Fen(sum.0.min(AMOUNT_MOST))) } else { Err(Fault::Number("amount")) }
}
