//! What a ledger's view leaves out. Fund and firm are shown every redemption of a voucher: a number that is not there, or
//! a sum that the lines do not come to, shows that its hub holds lines back (docs/attacks.md). Whoever has a receipt, a
//! redeemer its own and a fund what was handed in, also sees that the line of it is not there: that hub may have been
//! restored from a backup. It costs nobody money, since whoever holds the receipt has the ledger's word; people are
//! told, and ask the operator.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zizhi_model::money::Fen;
use zizhi_model::{Limits, civil};
use zizhi_store::{Database, Reader, Writer};
use zizhi_sync::ledger::{RedemptionReceipt, Shown};
use zizhi_sync::object::Unverified;

use super::ledger;
use crate::Host;
use crate::failure::Failure;

/// The setting that holds what is left out, by voucher.
const SETTING: &str = "withheld_lines";
/// Numbers of a voucher that are told at most.
const NUMBERS: usize = 50;

/// Redemptions of a voucher that its ledger counts and does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The voucher.
    pub voucher: String,
    /// The hub of its ledger.
    pub hub: String,
    /// The numbers that are not there, at most fifty.
    pub numbers: Vec<u64>,
    /// Whether there may be more behind the last of them.
    pub onwards: bool,
    /// What the ledger counts and its lines do not come to.
    pub amount: Fen,
    /// When it was noticed first.
    pub since: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    hub: String,
    numbers: Vec<u64>,
    onwards: bool,
    amount: i64,
    since: String,
}

/// What is left out of the vouchers of this desk, as far as ledgers were heard.
///
/// # Errors
/// As every read of the database.
pub fn list(database: &Database) -> Result<Vec<Withheld>, Failure> {
    let noted = noted(&database.reader()?)?.into_iter();
    let told = noted.filter_map(|(voucher, noted)| {
        let Noted { hub, numbers, onwards, amount, since } = noted;
        let since = civil::parse_time(&since).ok()?;
        Some(Withheld { voucher, hub, numbers, onwards, amount: Fen(amount), since })
    });
    Ok(told.collect())
}

/// Notes what a view leaves out; what came meanwhile is forgotten.
pub(super) fn note(writer: &Writer<'_>, shown: &Shown, host: &dyn Host) -> Result<(), Failure> {
    let own = writer.profile()?.map(|profile| profile.uscc);
    let fund = shown.entry.iss.uscc();
    let every_line = [fund, shown.entry.sub.uscc()].iter().any(|party| own.as_ref() == Some(*party));
    let before = noted(writer)?;
    let mut after = before.clone();
    let id = shown.entry.jti.as_str();
    let mut left = if every_line { left_out(shown) } else { None };
    for (number, amount) in without_line(writer, shown)? {
        let (numbers, _, sum) = left.get_or_insert_with(|| (Vec::new(), false, Fen(0)));
        if !numbers.contains(&number) {
            numbers.push(number);
            *sum = Fen(sum.0.saturating_add(amount.0));
        }
    }
    match left {
        Some((mut numbers, onwards, amount)) => {
            numbers.sort_unstable();
            numbers.truncate(NUMBERS);
            let since =
                before.get(id).map_or_else(|| civil::rfc3339(host.now()), |known| known.since.clone());
            let hub = ledger::hub(writer, fund)?;
            after.insert(id.to_owned(), Noted { hub, numbers, onwards, amount: amount.0, since });
        }
        None => drop(after.remove(id)),
    }
    if after != before {
        writer.put_setting(SETTING, &json!(after))?;
    }
    Ok(())
}

/// The receipts at hand, by number and amount, of which the view has no line.
fn without_line(reader: &Reader<'_>, shown: &Shown) -> Result<Vec<(u64, Fen)>, Failure> {
    let id = shown.entry.jti.as_str();
    let there: BTreeSet<String> = shown.receipts.iter().map(|receipt| receipt.jti.to_string()).collect();
    let limits = Limits::default();
    let booked = reader.redemptions_of(id)?;
    // What was stored was verified when it came.
    let own = booked.iter().filter_map(|row| {
        let receipt = Unverified::<RedemptionReceipt>::parse(row.receipt.as_deref()?, &limits).ok()?;
        let receipt = receipt.peek();
        Some((receipt.jti.to_string(), receipt.seq, receipt.amount))
    });
    let handed_in = reader.settled_receipts_of(id)?;
    let handed_in = handed_in.into_iter().map(|row| (row.receipt, row.seq, Fen(row.amount)));
    let lost = own.chain(handed_in).filter(|(jti, ..)| !there.contains(jti));
    Ok(lost.map(|(_, number, amount)| (number, amount)).collect())
}

/// The numbers that are not among the lines, whether there may be more behind them, and what they come to; nothing if
/// every line is there.
fn left_out(shown: &Shown) -> Option<(Vec<u64>, bool, Fen)> {
    let told: i64 = shown.receipts.iter().map(|receipt| receipt.amount.0).sum();
    let amount = shown.view.spent.0.saturating_sub(told);
    if amount <= 0 {
        return None;
    }
    let there: BTreeSet<u64> = shown.receipts.iter().map(|receipt| receipt.seq).collect();
    let last = there.last().copied().unwrap_or_default();
    // What is counted beyond the last line has at least the number behind it.
    let behind = shown.receipts.last().map_or(0, |receipt| receipt.spent.0) < shown.view.spent.0;
    let end = if behind { last.saturating_add(1) } else { last };
    let numbers = (1..=end).filter(|number| !there.contains(number)).take(NUMBERS).collect();
    Some((numbers, behind, Fen(amount)))
}

fn noted(reader: &Reader<'_>) -> Result<BTreeMap<String, Noted>, Failure> {
    let kept = reader.setting(SETTING)?;
    // A record that cannot be read is made anew by the next look at each ledger.
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests;
