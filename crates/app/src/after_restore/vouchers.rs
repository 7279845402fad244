//! What a restored database has to be told of vouchers: money that was booked, redeemed and paid after the backup.

use zizhi_store::{Reader, Redemption, SettlementDirection, Voucher, Writer};

use crate::failure::Failure;
use crate::pages::whole;

/// Rows that are read together.
const PAGE: usize = 500;

/// Takes over from the database that was replaced what the restored one does not have; where its log goes on from the
/// backup's, what it has counts in every row.
pub(super) fn merge(old: &Reader<'_>, writer: &Writer<'_>, goes_on: bool) -> Result<(), Failure> {
    for ledger in old.ledgers()? {
        if goes_on || writer.ledgers()?.iter().all(|known| known.hub != ledger.hub) {
            writer.put_ledger(&ledger)?;
        }
    }
    let vouchers: Vec<Voucher> = whole(|after| old.vouchers("", after, PAGE))?;
    // Oldest first, as they came.
    for voucher in vouchers.iter().rev() {
        if goes_on || writer.voucher(&voucher.id)?.is_none() {
            writer.put_voucher(voucher)?;
        }
    }
    for direction in [SettlementDirection::Made, SettlementDirection::Received] {
        let settlements = whole(|after| old.settlements(direction, after, PAGE))?;
        for settlement in settlements.iter().rev() {
            match writer.settlement(&settlement.id)? {
                None => writer.add_settlement(settlement)?,
                Some(_) if goes_on => writer.update_settlement(settlement)?,
                Some(_) => {}
            }
            if goes_on {
                // One that was returned has none any more.
                writer.remove_settled_receipts(&settlement.id)?;
            }
            for receipt in old.settled_receipts(&settlement.id)? {
                if writer.settled_like(&receipt)?.is_none() {
                    writer.add_settled_receipt(&receipt)?;
                }
            }
        }
    }
    for voucher in &vouchers {
        for row in old.redemptions_of(&voucher.id)? {
            match writer.redemption(&row.key)? {
                None => writer.add_redemption(&row)?,
                Some(_) if goes_on => writer.update_redemption(&row)?,
                Some(_) => {}
            }
        }
        let known: Vec<String> = writer.holds_of(&voucher.id)?.into_iter().map(|hold| hold.key).collect();
        for hold in old.holds_of(&voucher.id)? {
            if goes_on || !known.contains(&hold.key) {
                writer.put_hold(&hold)?;
            }
        }
    }
    Ok(())
}

/// What the backup took for never asked may have reached its ledger since: nobody takes it back any more.
pub(super) fn close(writer: &Writer<'_>) -> Result<(), Failure> {
    for row in writer.redemptions_in(zizhi_store::RedemptionState::Provisional, usize::MAX)? {
        writer.update_redemption(&Redemption { attempts: row.attempts.max(1), ..row })?;
    }
    Ok(())
}
