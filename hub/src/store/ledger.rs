//! The rule of the ledger, apart from any engine (docs/hub.md §6).

use super::{Held, Hold, NewHold, NewRedemption};

/// Why something does not fit a voucher as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The fund has revoked the voucher.
    Revoked,
    /// The voucher is over, and the time in which the ledger still books by itself.
    Over,
    /// More than is left.
    Overdrawn,
    /// No hold with that id on this voucher.
    HoldUnknown,
    /// A hold of another redeemer.
    HoldOther,
    /// A hold that is closed.
    HoldClosed,
}

impl Refusal {
    /// The code, as in docs/hub.md §6 and as the tables keep it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Revoked => "VOUCHER-REVOKED",
            Self::Over => "VOUCHER-PERIOD",
            Self::Overdrawn => "VOUCHER-OVERDRAWN",
            Self::HoldUnknown => "HOLD-UNKNOWN",
            Self::HoldOther => "HOLD-OTHER",
            Self::HoldClosed => "HOLD-CLOSED",
        }
    }

    /// Reads what [`Self::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Revoked, Self::Over, Self::Overdrawn, Self::HoldUnknown, Self::HoldOther, Self::HoldClosed]
            .into_iter()
            .find(|refusal| refusal.code() == code)
    }
}

/// When a voucher ends, as its entry says, in seconds since 1970. An entry never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The last second of its last day.
    pub ends: i64,
    /// The last second in which the ledger books by itself what arrives late.
    pub books_until: i64,
}

/// What a redemption meets, read under the voucher's lock. Amounts in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What the voucher is worth.
    pub amount: i64,
    /// What was redeemed so far.
    pub spent: i64,
    /// The open holds of other redeemers.
    pub held_by_others: i64,
    /// Whether the fund has revoked it.
    pub revoked: bool,
    /// The hold that is named, if one is: whether it is there, the redeemer's own, and open.
    pub hold: Option<Result<(), Refusal>>,
}

/// Whether what is asked for can be redeemed. When it was asked for is the hub's to say; the day of the invoice is whatever
/// the redeemer wrote.
///
/// # Errors
/// The first [`Refusal`] in the order revoked, over, hold, amount.
pub fn judge(standing: &Standing, new: &NewRedemption, term: Term) -> Result<(), Refusal> {
    if standing.revoked {
        return Err(Refusal::Revoked);
    }
    if new.at > term.books_until {
        return Err(Refusal::Over);
    }
    standing.hold.unwrap_or(Ok(()))?;
    fits(standing, new.amount)
}

/// What stands against a new hold on a voucher of which `free` fen are neither redeemed nor held.
pub(super) fn against(new: &NewHold, term: Term, revoked: bool, free: i64) -> Option<Held> {
    if new.until < new.at {
        return Some(Held::Past);
    }
    if revoked {
        return Some(Held::Refused(Refusal::Revoked));
    }
    // docs/hub.md §6: nothing is held that the ledger could not book by itself in the end.
    if new.at > term.ends || new.until > term.books_until {
        return Some(Held::Refused(Refusal::Over));
    }
    if new.amount <= 0 || new.amount > free {
        return Some(Held::Refused(Refusal::Overdrawn));
    }
    None
}

/// Whether the amount alone would fit, which is all that counts once the fund has accepted a conflict.
///
/// # Errors
/// [`Refusal::Overdrawn`].
pub(super) fn fits(standing: &Standing, amount: i64) -> Result<(), Refusal> {
    // docs/hub.md §6: spent + held by others + amount ≤ amount of the voucher. A sum beyond 64 bits fits nothing.
    let taken = standing.spent.checked_add(standing.held_by_others);
    match taken.and_then(|taken| taken.checked_add(amount)) {
        Some(sum) if amount > 0 && sum <= standing.amount => Ok(()),
        _ => Err(Refusal::Overdrawn),
    }
}

/// Whether the hold that a redemption names, as it was found, may be used for it.
pub(super) fn usable(found: Option<&Hold>, new: &NewRedemption) -> Result<(), Refusal> {
    match found.filter(|hold| hold.asked.voucher == new.voucher) {
        None => Err(Refusal::HoldUnknown),
        Some(hold) if hold.asked.redeemer != new.redeemer => Err(Refusal::HoldOther),
        Some(hold) if hold.closed.is_some() => Err(Refusal::HoldClosed),
        Some(_) => Ok(()),
    }
}
