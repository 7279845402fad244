//! What a ledger says: holds and redemption receipts.

use serde::{Deserialize, Serialize};
use zizhi_model::OrgId;
use zizhi_model::money::Fen;

use super::{AMOUNT_MOST, amount};
use crate::object::{Fault, Payload, time};
use crate::{HubId, Id, Token};

/// The exclusive right of one redeemer to a part of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Its id.
    pub jti: Id,
    /// The voucher.
    pub voucher: Token,
    /// Who has it.
    pub redeemer: OrgId,
    /// To how much.
    pub amount: Fen,
    /// Until when the fund may not close it, in seconds since 1970, that second included. It does not
    /// end by itself.
    pub until: i64,
    /// When it was given, in seconds since 1970.
    pub at: i64,
    /// The hub of the ledger.
    pub hub: HubId,
    /// The hub's epoch.
    pub epoch: u64,
}

impl Payload for Hold {
    const TYP: &'static str = "voucher-hold+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("at", wire.at)?;
        time("until", wire.until)?;
        if wire.until < wire.at {
            return Err(Fault::Time("until"));
        }
        amount("amount", wire.amount)?;
        Ok(wire)
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

impl Hold {
    /// Whether the fund may close it at `now`, in seconds since 1970.
    #[must_use]
    pub const fn fund_may_close(&self, now: i64) -> bool {
        now > self.until
    }
}

/// The ledger's word that an amount was redeemed, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedemptionReceipt {
    /// Its id.
    pub jti: Id,
    /// The voucher.
    pub voucher: Token,
    /// Who redeemed.
    pub redeemer: OrgId,
    /// The key of the request, which gives this receipt for ever.
    pub key: Token,
    /// The number of the redemption among those of the voucher, from 1.
    pub seq: u64,
    /// How much.
    pub amount: Fen,
    /// How much of the voucher was redeemed with it.
    pub spent: Fen,
    /// The hold that it closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Id>,
    /// When, in seconds since 1970.
    pub at: i64,
    /// The hub of the ledger.
    pub hub: HubId,
    /// The hub's epoch.
    pub epoch: u64,
}

impl Payload for RedemptionReceipt {
    const TYP: &'static str = "redemption-receipt+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("at", wire.at)?;
        if wire.seq == 0 {
            return Err(Fault::Number("seq"));
        }
        amount("amount", wire.amount)?;
        if !(wire.amount.0..=AMOUNT_MOST).contains(&wire.spent.0) {
            return Err(Fault::Number("spent"));
        }
        Ok(wire)
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

impl RedemptionReceipt {
    /// Whether it answers the request of `redeemer` to redeem `amount` of `voucher` under `key`. Only such
    /// a receipt makes a provisional redemption a paid one.
    #[must_use]
    pub fn is_for(&self, voucher: &Token, redeemer: &OrgId, key: &Token, amount: Fen) -> bool {
        self.voucher == *voucher && self.redeemer == *redeemer && self.key == *key && self.amount == amount
    }
}
