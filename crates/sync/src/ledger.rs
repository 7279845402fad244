//! What a ledger of vouchers is told and what it says (docs/hub.md §6). Amounts are whole fen.
//!
//! Only the ledger knows how much is left. This module tells what a voucher is for, and which receipt
//! answers which question.

mod ask;
mod entry;
mod settlement;
mod statement;

use zizhi_model::money::Fen;

use crate::object::Fault;

pub use ask::{Became, Booked, Shown, decided, held, receipt};
pub use entry::{ARRIVES_DAYS, ScopeRefusal, VoucherEntry};
pub use settlement::{RECEIPTS_MOST, Settled, SettlementNotice, SettlementRequest};
pub use statement::{Hold, RedemptionReceipt};

/// The largest amount that is meant, in fen: 10 万亿 yuan. Sums of thousands of such stay within 64 bits.
pub const AMOUNT_MOST: i64 = 1_000_000_000_000_000;

fn amount(member: &'static str, amount: Fen) -> Result<(), Fault> {
    if (1..=AMOUNT_MOST).contains(&amount.0) { Ok(()) } else { Err(Fault::Number(member)) }
}

/// A civil day as JSON has it: `YYYY-MM-DD` and no other spelling.
pub(crate) mod day {
    use chrono::NaiveDate;
    use serde::{Deserialize as _, Deserializer, Serializer};
    use zizhi_model::civil;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        civil::parse_date(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
