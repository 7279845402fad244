//! What a desktop asks a ledger (docs/hub.md §6), and what the answer to a redemption means.

use std::collections::BTreeSet;

use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId};

use super::{Hold, RedemptionReceipt, VoucherEntry};
use crate::api::{
    self, Code, Decide, Decided, HoldAnswer, HoldRequest, IDEMPOTENCY_KEY, PutVoucher, Reason, ReceiptAnswer,
    Redemption, VoucherView,
};
use crate::hub_keys::HubKeys;
use crate::object::{ObjectError, Unverified};
use crate::round::{Answer, Ask, Cause, Refusal};
use crate::{Id, Token};

impl Ask {
    /// Enters a voucher.
    ///
    /// # Errors
    /// As [`api::write`], as all of these.
    pub fn enter_voucher(voucher: &Token, body: &PutVoucher) -> Result<Self, ObjectError> {
        Ok(Self { method: "PUT", ..Self::post(&path(voucher), api::write(body)?) })
    }

    /// Asks for a voucher.
    #[must_use]
    pub fn voucher(voucher: &Token) -> Self {
        Self::get(path(voucher))
    }

    /// Revokes a voucher.
    pub fn revoke_voucher(voucher: &Token, body: &Reason) -> Result<Self, ObjectError> {
        Ok(Self::post(&format!("{}/revoke", path(voucher)), api::write(body)?))
    }

    /// Redeems under a key that gives the same answer for ever.
    pub fn redeem(voucher: &Token, key: &Token, body: &Redemption) -> Result<Self, ObjectError> {
        let ask = Self::post(&format!("{}/redemptions", path(voucher)), api::write(body)?);
        Ok(ask.with(IDEMPOTENCY_KEY, &key.as_str()))
    }

    /// Holds under a key that gives the same answer for ever.
    pub fn hold(voucher: &Token, key: &Token, body: &HoldRequest) -> Result<Self, ObjectError> {
        let ask = Self::post(&format!("{}/holds", path(voucher)), api::write(body)?);
        Ok(ask.with(IDEMPOTENCY_KEY, &key.as_str()))
    }

    /// Gives a hold back.
    #[must_use]
    pub fn release_hold(voucher: &Token, hold: Id) -> Self {
        let path = format!("{}/holds/{hold}/release", path(voucher));
        Self { method: "POST", ..Self::get(path) }
    }

    /// Closes a hold that is over.
    pub fn close_hold(voucher: &Token, hold: Id, body: &Reason) -> Result<Self, ObjectError> {
        Ok(Self::post(&format!("{}/holds/{hold}/close", path(voucher)), api::write(body)?))
    }

    /// Decides a conflict.
    pub fn decide_conflict(voucher: &Token, conflict: Id, body: &Decide) -> Result<Self, ObjectError> {
        Ok(Self::post(&format!("{}/conflicts/{conflict}", path(voucher)), api::write(body)?))
    }
}

fn path(voucher: &Token) -> String {
    format!("/v1/vouchers/{}", voucher.as_str())
}

/// A redemption that a desk has booked.
#[derive(Debug, Clone, Copy)]
pub struct Booked<'a> {
    /// The voucher.
    pub voucher: &'a Token,
    /// Who redeems.
    pub redeemer: &'a OrgId,
    /// The key of the request.
    pub key: &'a Token,
    /// How much.
    pub amount: Fen,
}

/// What became of a redemption. Only a receipt that verified says that it was redeemed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// 已核销: the ledger's receipt.
    Redeemed(Box<RedemptionReceipt>, String),
    /// 重复核销待裁定: it does not fit, and people decide.
    Conflicted(Id, Code),
    /// It will never be redeemed under this key.
    Rejected(Code),
    /// Nothing is known: the same request is made again.
    Unknown {
        /// Why.
        cause: Cause,
        /// How long the hub wants to be left alone, in seconds.
        after: Option<u64>,
    },
}

impl Became {
    /// Reads the answer to [`Ask::redeem`], or why none came.
    #[must_use]
    pub fn of(
        answer: Result<Answer, Cause>,
        booked: &Booked<'_>,
        hub_keys: &HubKeys,
        limits: &Limits,
    ) -> Self {
        let unknown = |cause, after| Self::Unknown { cause, after };
        let answer = match answer {
            Ok(answer) => answer,
            Err(cause) => return unknown(cause, None),
        };
        match answer.success() {
            Ok((_, body)) => {
                let given = api::read_answer::<ReceiptAnswer>(&body, api::ANSWER_BYTES, limits).ok();
                let receipt = given.and_then(|given| {
                    let receipt = receipt(&given.receipt, booked, hub_keys, limits)?;
                    Some(Self::Redeemed(Box::new(receipt), given.receipt))
                });
                receipt.unwrap_or_else(|| unknown(Cause::Receipt, None))
            }
            Err(refusal) => Self::refused(&refusal),
        }
    }

    fn refused(refusal: &Refusal) -> Self {
        let after = refusal.after;
        match (refusal.code, refusal.conflict) {
            (Some(code), Some(conflict)) => Self::Conflicted(conflict, code),
            // What the voucher's entry itself forbids stays so. A voucher that the ledger does not know may be
            // entered later.
            (Some(code @ (Code::VoucherPeriod | Code::VoucherScope | Code::VoucherRedeemer)), None) => {
                Self::Rejected(code)
            }
            (_, None) => Self::Unknown { cause: refusal.cause(), after },
            (None, Some(_)) => Self::Unknown { cause: Cause::Answer, after },
        }
    }
}

/// A receipt of the ledger with these keys, for what was booked; nothing where it is none.
#[must_use]
pub fn receipt(
    text: &str,
    booked: &Booked<'_>,
    hub_keys: &HubKeys,
    limits: &Limits,
) -> Option<RedemptionReceipt> {
    let unverified = Unverified::<RedemptionReceipt>::parse(text, limits).ok()?;
    let receipt = hub_keys.verify(unverified).ok()?;
    let receipt = receipt.into_payload();
    receipt.is_for(booked.voucher, booked.redeemer, booked.key, booked.amount).then_some(receipt)
}

/// A voucher as its ledger shows it, every object in it verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What the fund entered. Its signature was the ledger's to verify: a device of then may have gone since.
    pub entry: VoucherEntry,
    /// The receipts that the ledger has signed.
    pub receipts: Vec<RedemptionReceipt>,
    /// The holds that the ledger has signed, in the order of [`VoucherView::holds`].
    pub holds: Vec<Hold>,
    /// The view itself.
    pub view: VoucherView,
}

impl Shown {
    /// Reads the answer to [`Ask::voucher`], or what was kept of it.
    ///
    /// # Errors
    /// [`ObjectError`]; what is of another voucher, and a line that is there twice or out of its order, is
    /// [`ObjectError::Spelling`].
    pub fn read(
        bytes: &[u8],
        voucher: &Token,
        hub_keys: &HubKeys,
        limits: &Limits,
    ) -> Result<Self, ObjectError> {
        let view: VoucherView = api::read_answer(bytes, api::ANSWER_BYTES, limits)?;
        let entry = Unverified::<VoucherEntry>::parse(&view.entry, limits)?.peek().clone();
        let receipts = view
            .redemptions
            .iter()
            .map(|text| {
                Ok(hub_keys.verify(Unverified::<RedemptionReceipt>::parse(text, limits)?)?.into_payload())
            })
            .collect::<Result<Vec<_>, ObjectError>>()?;
        let holds = view
            .holds
            .iter()
            .map(|line| Ok(hub_keys.verify(Unverified::<Hold>::parse(&line.hold, limits)?)?.into_payload()))
            .collect::<Result<Vec<_>, ObjectError>>()?;
        // Sums that cannot be are no word of a ledger.
        let told = receipts.iter().map(|receipt| receipt.spent.0).max().unwrap_or(0);
        let (spent, held) = (view.spent.0, view.held.0);
        let sound =
            spent >= told && held >= 0 && spent.checked_add(held).is_some_and(|sum| sum <= entry.amount.0);
        // docs/hub.md §6: in the order of their numbers, each number once, and each adds its amount.
        let grows = receipts.windows(2).all(|pair| match pair {
            [before, next] => {
                next.seq > before.seq && next.spent.0 >= before.spent.0.saturating_add(next.amount.0)
            }
            _ => false,
        });
        let ids: BTreeSet<Id> = holds.iter().map(|hold| hold.jti).collect();
        let same = sound
            && grows
            && ids.len() == holds.len()
            && entry.jti == *voucher
            && receipts.iter().all(|receipt| receipt.voucher == *voucher)
            && holds.iter().all(|hold| hold.voucher == *voucher);
        if same { Ok(Self { entry, receipts, holds, view }) } else { Err(ObjectError::Spelling) }
    }

    /// What nobody has redeemed and nobody holds, in fen.
    #[must_use]
    pub fn free(&self) -> Fen {
        Fen(self.entry.amount.0.saturating_sub(self.view.spent.0).saturating_sub(self.view.held.0).max(0))
    }
}

/// The hold that answers [`Ask::hold`].
///
/// # Errors
/// [`Cause::Receipt`] where the answer holds none for `redeemer`, `voucher` and `amount`.
pub fn held(
    body: &[u8],
    (voucher, redeemer, amount): (&Token, &OrgId, Fen),
    hub_keys: &HubKeys,
    limits: &Limits,
) -> Result<(Hold, String), Cause> {
    let given: HoldAnswer = api::read_answer(body, api::ANSWER_BYTES, limits).map_err(|_| Cause::Answer)?;
    let hold = Unverified::<Hold>::parse(&given.hold, limits).and_then(|hold| hub_keys.verify(hold));
    let hold = hold.map_err(|_| Cause::Receipt)?.into_payload();
    let right = hold.voucher == *voucher && hold.redeemer == *redeemer && hold.amount == amount;
    if right { Ok((hold, given.hold)) } else { Err(Cause::Receipt) }
}

/// The receipt that answers [`Ask::decide_conflict`] where the conflict was accepted.
///
/// # Errors
/// [`Cause::Answer`].
pub fn decided(body: &[u8], limits: &Limits) -> Result<Option<String>, Cause> {
    let given: Decided = api::read_answer(body, api::ANSWER_BYTES, limits).map_err(|_| Cause::Answer)?;
    Ok(given.receipt)
}
