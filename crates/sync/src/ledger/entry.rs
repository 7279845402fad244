//! The voucher entry, and what it covers.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Region, RegionPattern, civil};

use super::{amount, day};
use crate::Token;
use crate::api::Code;
use crate::object::{Fault, Payload, distinct, text, time};

/// The most elements of one of an entry's lists.
const LIST_MOST: usize = 200;
/// The longest word for a kind of service, in characters.
const KIND_MOST: usize = 64;

/// For so many days after a voucher's last one its ledger books by itself what was done within its period and arrives late.
/// After that, people decide.
pub const ARRIVES_DAYS: u32 = 90;

/// What a fund tells the ledger about a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoucherEntry {
    /// The voucher's id.
    pub jti: Token,
    /// The fund.
    pub iss: OrgId,
    /// The firm that holds it.
    pub sub: OrgId,
    /// What it is worth.
    pub amount: Fen,
    /// The first day.
    #[serde(with = "day")]
    pub from: NaiveDate,
    /// The last day.
    #[serde(with = "day")]
    pub until: NaiveDate,
    /// Where it can be used: two, four or six leading digits of a region; none for everywhere.
    pub regions: Vec<RegionPattern>,
    /// The kinds of service that it pays for; at least one.
    pub kinds: Vec<String>,
    /// Who may redeem it; none for anybody.
    pub redeemers: Vec<OrgId>,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
}

impl Payload for VoucherEntry {
    const TYP: &'static str = "voucher-entry+jwt";

    type Wire = Self;

    fn read(wire: Self) -> Result<Self, Fault> {
        time("iat", wire.iat)?;
        amount("amount", wire.amount)?;
        if wire.until < wire.from {
            return Err(Fault::Time("until"));
        }
        if wire.regions.len() > LIST_MOST {
            return Err(Fault::Count("regions"));
        }
        // A group's members can change with the program that reads it; digits stay what they are.
        if !wire.regions.iter().all(|pattern| matches!(pattern, RegionPattern::Prefix(_))) {
            return Err(Fault::Text("regions"));
        }
        if !(1..=LIST_MOST).contains(&wire.kinds.len()) {
            return Err(Fault::Count("kinds"));
        }
        for kind in &wire.kinds {
            text("kinds", kind, KIND_MOST)?;
        }
        if wire.redeemers.len() > LIST_MOST {
            return Err(Fault::Count("redeemers"));
        }
        distinct("regions", &wire.regions)?;
        distinct("kinds", &wire.kinds)?;
        distinct("redeemers", &wire.redeemers)?;
        Ok(wire)
    }

    fn wire(&self) -> Self {
        self.clone()
    }
}

/// Why a voucher does not pay for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScopeRefusal {
    /// The day is before the voucher's first one.
    #[error("the day is before the voucher's first one")]
    Early,
    /// The day is after the voucher's last one.
    #[error("the day is after the voucher's last one")]
    Over,
    /// It does not pay for this kind of service.
    #[error("the voucher does not pay for this kind of service")]
    Kind,
    /// It cannot be used there.
    #[error("the voucher cannot be used in this region")]
    Region,
    /// This organisation may not redeem it.
    #[error("the organisation is not a redeemer of the voucher")]
    Redeemer,
}

impl ScopeRefusal {
    /// The code of docs/hub.md §6.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Early | Self::Over => Code::VoucherPeriod,
            Self::Kind | Self::Region => Code::VoucherScope,
            Self::Redeemer => Code::VoucherRedeemer,
        }
    }
}

impl VoucherEntry {
    /// The last second of the voucher's last day in China, in seconds since 1970.
    #[must_use]
    pub fn ends(&self) -> i64 {
        civil::end_of_day_shanghai(self.until).timestamp()
    }

    /// The last second in which the ledger books by itself: [`ARRIVES_DAYS`] after [`Self::ends`].
    #[must_use]
    pub fn books_until(&self) -> i64 {
        let last = self.until.checked_add_days(Days::new(ARRIVES_DAYS.into())).unwrap_or(NaiveDate::MAX);
        civil::end_of_day_shanghai(last).timestamp()
    }

    /// Whether the voucher pays `redeemer` for a service of this kind in this region on this day. How much
    /// is left, and whether it was revoked, is for the ledger to know.
    ///
    /// # Errors
    /// [`ScopeRefusal`]: period first, then kind, region and redeemer.
    pub fn covers(
        &self,
        kind: &str,
        region: &Region,
        day: NaiveDate,
        redeemer: &OrgId,
    ) -> Result<(), ScopeRefusal> {
        if day < self.from {
            return Err(ScopeRefusal::Early);
        }
        if day > self.until {
            return Err(ScopeRefusal::Over);
        }
        if !self.kinds.iter().any(|listed| listed == kind) {
            return Err(ScopeRefusal::Kind);
        }
        if !self.regions.is_empty() && !self.regions.iter().any(|pattern| pattern.matches(region)) {
            return Err(ScopeRefusal::Region);
        }
        let open = self.redeemers.is_empty() || self.redeemers.contains(redeemer);
        if open { Ok(()) } else { Err(ScopeRefusal::Redeemer) }
    }
}
