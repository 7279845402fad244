//! 对账单: what was redeemed in a span of days, for the fund, the redeemer and the firm. Each line of what counts as
//! paid is a receipt that verified.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, Text, Uscc, civil};
use zizhi_store::{Database, Reader, Redemption, RedemptionState, Voucher};
use zizhi_sync::ledger::RedemptionReceipt;
use zizhi_sync::{Unverified, Verified};

use super::ledger;
use super::list::shown;
use crate::failure::{Failure, told};
use crate::firm::no_profile;

/// Vouchers that a statement looks at.
const MOST: usize = 1_000_000;

/// The days of a statement, both included, by the ledger's time in China.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl Span {
    /// Refuses days that are not in order, or that are still to come.
    ///
    /// # Errors
    /// `STATEMENT-DAYS`.
    pub fn check(self, now: DateTime<Utc>) -> Result<(), Failure> {
        let today = civil::date_in_shanghai(now);
        if let (Some(from), Some(until)) = (self.from, self.until)
            && from > until
        {
            return Err(reversed(from, until));
        }
        match self.from.max(self.until).filter(|last| *last > today) {
            Some(last) => Err(to_come(last, today)),
            None => Ok(()),
        }
    }
}

/// A line of a statement.
#[derive(Debug, Clone)]
pub struct StatementLine {
    /// The ledger's time; for what has no receipt the time when it was booked here.
    pub at: DateTime<Utc>,
    /// The voucher.
    pub voucher: String,
    /// The fund.
    pub fund: Uscc,
    /// The firm.
    pub firm: Uscc,
    /// The redeemer.
    pub redeemer: Uscc,
    /// The number among the voucher's redemptions; absent without a receipt.
    pub seq: Option<u64>,
    /// How much.
    pub amount: Fen,
    /// How far it got.
    pub state: RedemptionState,
    /// The receipt's id.
    pub receipt: Option<String>,
}

/// The lines of a statement and their sum, without what is not redeemed.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The lines, the oldest first.
    pub lines: Vec<StatementLine>,
    /// The sum of the lines with a receipt.
    pub redeemed: Fen,
    /// The sum of what is booked here and not answered.
    pub provisional: Fen,
}

/// Puts a statement together from what is known here.
///
/// # Errors
/// `STATEMENT-DAYS`, `PROFILE-NONE`; as every read of the database.
pub fn statement(database: &Database, span: Span, now: DateTime<Utc>) -> Result<Statement, Failure> {
    span.check(now)?;
    let reader = database.reader()?;
    let own = reader.profile()?.ok_or_else(no_profile)?.uscc;
    let mut lines = Vec::new();
    for row in reader.vouchers("", None, MOST)?.rows {
        of_voucher(&reader, &row, own, &mut lines)?;
    }
    lines.retain(|line| {
        let day = civil::date_in_shanghai(line.at);
        span.from.is_none_or(|from| day >= from) && span.until.is_none_or(|until| day <= until)
    });
    lines.sort_by(|a, b| (a.at, &a.voucher, a.seq).cmp(&(b.at, &b.voucher, b.seq)));
    let sum = |paid: bool| {
        let of = lines.iter().filter(|line| match line.state {
            RedemptionState::Redeemed | RedemptionState::SettlementRequested | RedemptionState::Settled => {
                paid
            }
            RedemptionState::Provisional => !paid,
            _ => false,
        });
        Fen(of.map(|line| line.amount.0).sum())
    };
    Ok(Statement { redeemed: sum(true), provisional: sum(false), lines })
}

fn of_voucher(
    reader: &Reader<'_>,
    row: &Voucher,
    own: Uscc,
    lines: &mut Vec<StatementLine>,
) -> Result<(), Failure> {
    let line = |at, redeemer, seq, amount, state, receipt| StatementLine {
        at,
        voucher: row.id.clone(),
        fund: row.fund,
        firm: row.firm,
        redeemer,
        seq,
        amount: Fen(amount),
        state,
        receipt,
    };
    let booked: BTreeMap<String, Redemption> =
        reader.redemptions_of(&row.id)?.into_iter().map(|booked| (booked.key.clone(), booked)).collect();
    let receipts = shown(reader, row).map(|shown| shown.receipts).unwrap_or_default();
    let mut shown_keys = Vec::new();
    for receipt in receipts {
        let key = receipt.key.as_str().to_owned();
        let mine = booked.get(&key).filter(|_| *receipt.redeemer.uscc() == own);
        let settled = reader.settled_receipt(&receipt.jti.to_string())?;
        let state = match (mine, settled) {
            (Some(mine), _) => mine.state,
            (None, Some(line)) => of_settlement(reader, &line.settlement)?,
            (None, None) => RedemptionState::Redeemed,
        };
        let at = DateTime::from_timestamp(receipt.at, 0).unwrap_or_default();
        let jti = Some(receipt.jti.to_string());
        lines.push(line(at, *receipt.redeemer.uscc(), Some(receipt.seq), receipt.amount.0, state, jti));
        shown_keys.push(key);
    }
    // What was handed in for settlement is known before the ledger was asked again.
    let known =
        |id: &str, lines: &[StatementLine]| lines.iter().any(|line| line.receipt.as_deref() == Some(id));
    for handed_in in reader.settled_receipts_of(&row.id)? {
        let Some(request) = reader.settlement(&handed_in.settlement)? else { continue };
        if !known(&handed_in.receipt, lines) {
            let state = of_settlement(reader, &request.id)?;
            lines.push(line(
                request.at,
                request.other,
                None,
                handed_in.amount,
                state,
                Some(handed_in.receipt),
            ));
        }
    }
    for (_, mine) in booked.into_iter().filter(|(key, _)| !shown_keys.contains(key)) {
        let at = mine.redeemed.unwrap_or(mine.made);
        // The view of the voucher is older than the receipt.
        let receipt = mine.receipt.as_deref().and_then(|text| receipt_of(reader, row, text));
        let (seq, jti) = receipt.map(|receipt| (receipt.seq, receipt.jti.to_string())).unzip();
        lines.push(line(at, own, seq, mine.amount, mine.state, jti));
    }
    Ok(())
}

fn receipt_of(reader: &Reader<'_>, row: &Voucher, text: &str) -> Option<RedemptionReceipt> {
    let keys = ledger::keys(reader, &row.fund).ok()?;
    let receipt = Unverified::<RedemptionReceipt>::parse(text, &Limits::default()).ok()?;
    keys.verify(receipt).ok().map(Verified::into_payload)
}

fn of_settlement(reader: &Reader<'_>, id: &str) -> Result<RedemptionState, Failure> {
    let state = reader.settlement(id)?.map(|row| row.state);
    Ok(match state {
        Some(zizhi_store::SettlementState::Paid) => RedemptionState::Settled,
        Some(zizhi_store::SettlementState::Waiting) => RedemptionState::SettlementRequested,
        _ => RedemptionState::Redeemed,
    })
}

fn reversed(from: NaiveDate, until: NaiveDate) -> Failure {
    Failure::input(
        "STATEMENT-DAYS",
        told(
            format!("起始日期 {from} 在截止日期 {until} 之后，没有生成对账单。"),
            format!("the first day, {from}, is after the last, {until}; no statement was made"),
        ),
        Text::fixed("请对调两个日期。", "swap the two days"),
    )
}

fn to_come(last: NaiveDate, today: NaiveDate) -> Failure {
    Failure::input(
        "STATEMENT-DAYS",
        told(
            format!("{last} 还没有到（今天是 {today}），那天的核销还不能对账，没有生成对账单。"),
            format!(
                "{last} is still to come (today is {today}), and nothing of that day can be stated yet; no statement was made"
            ),
        ),
        Text::fixed(
            "请改为今天或以前的日期；截止日期留空，就到今天为止。",
            "choose a day that is not after today; without a last day the statement goes up to today",
        ),
    )
}
