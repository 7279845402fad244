//! Between the wire's data and the program's.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_app::voucher as app;
use zizhi_app::voucher::list::{self, Line, Part};
use zizhi_app::voucher::{ledger, settle};
use zizhi_app::{Failure, Text};
use zizhi_model::civil::{self, rfc3339};
use zizhi_model::money::Fen;
use zizhi_store::Database;
use zizhi_wire::*;

use crate::incubator::count;
use crate::refusal::{refusal, told};
use crate::sync::convert::authority;

/// Requests for settlement that are listed, of each direction.
const SETTLEMENTS: usize = 200;

/// What stands between a desk, funds and redeemers, and the ledgers.
pub(super) fn accounts(database: &Database) -> Result<VoucherAccounts, Failure> {
    let mut settlements = Vec::new();
    for row in settle::list(database, SETTLEMENTS)? {
        let parts = settle::lines(database, &row.id)?;
        let look = settle::to_look_at(&database.reader()?, &row)?;
        settlements.push(settlement(row, parts, look.as_ref().map(refusal)));
    }
    let owed = settle::owed(database)?.into_iter();
    Ok(VoucherAccounts {
        settlements,
        ledgers: ledger::list(database)?
            .into_iter()
            .map(|it| LedgerLine {
                hub: it.hub,
                url: it.url,
                key: it.hub_key,
                own: it.own,
                ca: it.ca.into_iter().map(authority).collect(),
            })
            .collect(),
        owed: owed
            .map(|(fund, (amount, rows))| OwedLine {
                fund: fund.to_string(),
                amount: amount.yuan(),
                count: count(rows),
            })
            .collect(),
    })
}

/// A voucher in a line.
pub(super) fn line(line: &Line, today: NaiveDate) -> VoucherLine {
    let state = if line.revoked.is_some() {
        VoucherState::Revoked
    } else if line.is_over(today) {
        VoucherState::Over
    } else if today < line.entry.from {
        VoucherState::Early
    } else if line.free().0 == 0 && line.taken.0 >= line.entry.amount {
        VoucherState::Spent
    } else {
        VoucherState::Open
    };
    VoucherLine {
        id: line.id.clone(),
        part: match line.part {
            Part::Fund => VoucherPart::Fund,
            Part::Firm => VoucherPart::Firm,
            Part::Redeemer => VoucherPart::Redeemer,
        },
        fund: line.fund.0.to_string(),
        fund_name: line.fund.1.clone(),
        firm: line.firm.to_string(),
        amount: line.entry.amount.yuan(),
        free: line.free().yuan(),
        provisional: (line.provisional.0 > 0).then(|| line.provisional.yuan()),
        from: line.entry.from.to_string(),
        until: line.entry.until.to_string(),
        seen: line.seen.map(rfc3339),
        state,
        undecided: count(line.undecided),
    }
}

/// A voucher in full.
pub(super) fn page(page: &list::Page, now: DateTime<Utc>) -> VoucherPage {
    let today = civil::date_in_shanghai(now);
    let own = page.redemptions.iter().rev().map(|row| redemption(row, &page.redemptions)).collect();
    let mut conflicts: Vec<ConflictLine> = page.conflicts.iter().rev().map(conflict).collect();
    conflicts.sort_by_key(|it| it.accepted.is_some());
    VoucherPage {
        spent: page.line.seen.map(|_| page.line.taken.0.yuan()),
        held: page.line.seen.map(|_| page.line.taken.1.yuan()),
        revoked: page.line.revoked.clone(),
        kinds: page.line.entry.kinds.clone(),
        regions: page.line.entry.regions.iter().map(ToString::to_string).collect(),
        redeemers: page.line.entry.redeemers.iter().map(|it| it.uscc().to_string()).collect(),
        redemptions: own,
        holds: holds(page, now),
        receipts: page
            .receipts
            .iter()
            .rev()
            .map(|it| ReceiptLine {
                id: it.jti.to_string(),
                redeemer: it.redeemer.uscc().to_string(),
                seq: count(it.seq),
                amount: it.amount.yuan(),
                at: at(it.at),
            })
            .collect(),
        conflicts,
        line: line(&page.line, today),
    }
}

/// The ledger's holds, and those of this desk of which the ledger has said nothing yet.
fn holds(page: &list::Page, now: DateTime<Utc>) -> Vec<VoucherHold> {
    let mine: BTreeMap<&str, &app::Hold> =
        page.holds.iter().filter_map(|hold| Some((hold.id.as_deref()?, hold))).collect();
    let told = page.held.iter().map(|(hold, line)| {
        let id = hold.jti.to_string();
        VoucherHold {
            redeemer: hold.redeemer.uscc().to_string(),
            own: mine.contains_key(id.as_str()),
            amount: hold.amount.yuan(),
            until: at(hold.until),
            state: match line.state {
                app::LedgerHold::Open => VoucherHoldState::Open,
                app::LedgerHold::Redeemed => VoucherHoldState::Redeemed,
                app::LedgerHold::Released => VoucherHoldState::Released,
                app::LedgerHold::Closed => VoucherHoldState::Closed,
            },
            over: hold.fund_may_close(now.timestamp()),
            reason: line.reason.clone(),
            id: Some(id),
        }
    });
    let known: Vec<String> = page.held.iter().map(|(hold, _)| hold.jti.to_string()).collect();
    let alone = page.holds.iter().filter(|hold| !hold.id.as_ref().is_some_and(|id| known.contains(id)));
    let mut all: Vec<VoucherHold> = told
        .chain(alone.map(|hold| VoucherHold {
            id: hold.id.clone(),
            redeemer: String::new(),
            own: true,
            amount: Fen(hold.amount).yuan(),
            until: rfc3339(hold.until),
            state: match hold.state {
                app::HoldState::Asked => VoucherHoldState::Asked,
                app::HoldState::Open => VoucherHoldState::Open,
                app::HoldState::Redeemed => VoucherHoldState::Redeemed,
                app::HoldState::Released => VoucherHoldState::Released,
                app::HoldState::Closed => VoucherHoldState::Closed,
                app::HoldState::Refused => VoucherHoldState::Refused,
            },
            over: now > hold.until,
            reason: hold.reason.clone(),
        }))
        .collect();
    all.reverse();
    all
}

fn redemption(row: &app::Redemption, all: &[app::Redemption]) -> RedemptionLine {
    RedemptionLine {
        key: row.key.clone(),
        amount: Fen(row.amount).yuan(),
        kind: row.kind.clone(),
        day: row.day.to_string(),
        document: row.document_name.clone(),
        made: rfc3339(row.made),
        state: match row.state {
            app::RedemptionState::Provisional => RedemptionState::Provisional,
            app::RedemptionState::Redeemed => RedemptionState::Redeemed,
            app::RedemptionState::Conflicted => RedemptionState::Conflicted,
            app::RedemptionState::Rejected => RedemptionState::Rejected,
            app::RedemptionState::Withdrawn => RedemptionState::Withdrawn,
            app::RedemptionState::SettlementRequested => RedemptionState::SettlementRequested,
            app::RedemptionState::Settled => RedemptionState::Settled,
        },
        redeemed: row.redeemed.map(rfc3339),
        withdrawable: row.state == app::RedemptionState::Provisional && row.attempts == 0,
        same_document: list::same_document(row, all),
        why: row.code.as_deref().and_then(why),
        reason: row.reason.clone(),
    }
}

fn conflict(it: &app::Conflict) -> ConflictLine {
    ConflictLine {
        id: it.id.to_string(),
        redeemer: it.redeemer.uscc().to_string(),
        amount: it.redemption.amount.yuan(),
        kind: it.redemption.kind.clone(),
        day: it.redemption.day.to_string(),
        made: at(it.redemption.made),
        why: why(it.code.as_str())
            .unwrap_or_else(|| told(it.code.as_str(), &Text::fixed("", ""), &Text::fixed("", ""))),
        accepted: it.judgement.as_ref().map(|it| it.decision == app::Decision::Accepted),
        reason: it.judgement.as_ref().map(|it| it.reason.clone()),
    }
}

fn settlement(row: app::Settlement, parts: Vec<(String, Fen)>, look: Option<Refusal>) -> SettlementLine {
    SettlementLine {
        made: row.direction == app::SettlementDirection::Made,
        other: row.other.to_string(),
        amount: Fen(row.amount).yuan(),
        at: rfc3339(row.at),
        state: match row.state {
            app::SettlementState::Waiting => SettlementState::Waiting,
            app::SettlementState::Paid => SettlementState::Paid,
            app::SettlementState::Returned => SettlementState::Returned,
        },
        day: row.day.map(|day| day.to_string()),
        said: row.reference.or(row.reason),
        look,
        parts: together(parts)
            .into_iter()
            .map(|(voucher, fen)| SettlementPart { voucher, amount: Fen(fen).yuan() })
            .collect(),
        id: row.id,
    }
}

/// Each voucher once, with the sum of its receipts in fen.
fn together(parts: Vec<(String, Fen)>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (voucher, amount) in parts {
        let sum: &mut i64 = sums.entry(voucher).or_default();
        *sum = sum.saturating_add(amount.0);
    }
    sums
}

fn why(code: &str) -> Option<Refusal> {
    let (fact, advice) = app::round::why(code)?;
    Some(told(code, &fact, &advice))
}

/// Seconds since 1970 as the wire has times.
fn at(seconds: i64) -> String {
    rfc3339(DateTime::from_timestamp(seconds, 0).unwrap_or_default())
}
