//! What the ledger said of a voucher last, moved on by what it has told this desk since: a receipt or a hold is the
//! ledger's word as well, and mostly newer than the last look at the whole.

use std::collections::BTreeMap;

use zizhi_model::Limits;
use zizhi_model::money::Fen;
use zizhi_store::{Hold, HoldState, Redemption, Voucher};
use zizhi_sync::api::{HoldLine, HoldState as LedgerHold, VoucherView};
use zizhi_sync::ledger::{Hold as SignedHold, RedemptionReceipt};
use zizhi_sync::object::Unverified;

/// How much of a voucher is redeemed and how much held, as far as this desk knows: by its ledger's word, or by that of
/// its credential where no ledger has shown it yet.
pub(super) fn known(
    row: &Voucher,
    view: Option<&VoucherView>,
    booked: &[Redemption],
    holds: &[Hold],
) -> (Fen, Fen) {
    let said = row.balance.map_or(0, |balance| row.amount.saturating_sub(balance).max(0));
    view.map_or((Fen(said), Fen(0)), |view| taken(view, booked, holds))
}

/// How much of a voucher is redeemed and how much held. What was stored was verified when it came.
fn taken(view: &VoucherView, booked: &[Redemption], holds: &[Hold]) -> (Fen, Fen) {
    let limits = Limits::default();
    let receipts = booked.iter().filter_map(|row| row.receipt.as_deref());
    // Every receipt says how much was redeemed with it, by everybody; that only grows.
    let spent = receipts
        .filter_map(|text| Some(Unverified::<RedemptionReceipt>::parse(text, &limits).ok()?.peek().spent.0))
        .fold(view.spent.0, i64::max);
    let seen: BTreeMap<String, &HoldLine> =
        view.holds.iter().filter_map(|line| Some((id_of(line)?, line))).collect();
    let since: i64 = holds
        .iter()
        .filter_map(|hold| {
            let open = hold.state == HoldState::Open;
            let was = seen.get(hold.id.as_deref()?).map(|line| line.state == LedgerHold::Open);
            Some(match (was, open) {
                (None, true) => hold.amount,
                (Some(true), false) => -hold.amount,
                _ => 0,
            })
        })
        .sum();
    (Fen(spent), Fen(view.held.0.saturating_add(since).max(0)))
}

/// The ledger's line of a hold, closed if it was closed since.
pub(super) fn moved_on(mut line: HoldLine, holds: &[Hold]) -> HoldLine {
    let id = id_of(&line);
    let own = holds.iter().find(|hold| hold.id.is_some() && hold.id == id);
    line.state = match own.map(|hold| hold.state) {
        Some(HoldState::Redeemed) if line.state == LedgerHold::Open => LedgerHold::Redeemed,
        Some(HoldState::Released) if line.state == LedgerHold::Open => LedgerHold::Released,
        _ => line.state,
    };
    line
}

fn id_of(line: &HoldLine) -> Option<String> {
    let unverified = Unverified::<SignedHold>::parse(&line.hold, &Limits::default()).ok()?;
    Some(unverified.peek().jti.to_string())
}
