//! Requests for settlement: those that this desk made as a redeemer, and those that it got as a fund.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::Uscc;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, words};
use crate::{Reader, Writer};

words! {
    /// Whose request it is.
    SettlementDirection {
        /// This desk asks a fund.
        Made = "made",
        /// A redeemer asks this desk.
        Received = "received",
    }
}

words! {
    /// What became of a request.
    SettlementState {
        /// The fund has not answered.
        Waiting = "waiting",
        /// 已兑付.
        Paid = "paid",
        /// The fund gave it back, and said why.
        Returned = "returned",
    }
}

row::row! {
    /// A request for settlement.
    Settlement in "settlement" {
        /// Its id.
        id: String,
        /// Whose it is.
        direction: SettlementDirection,
        /// The fund, or the redeemer.
        other: Uscc,
        /// The sum, in fen.
        amount: i64,
        /// The request, a JWS.
        jws: String,
        /// When it was made or came.
        at: DateTime<Utc>,
        /// What became of it.
        state: SettlementState,
        /// The fund's answer, a JWS.
        notice: Option<String>,
        /// The day of the payment or refusal.
        day: Option<NaiveDate>,
        /// The number of the payment.
        reference: Option<String>,
        /// Why it was given back.
        reason: Option<String>,
    }
}

row::row! {
    /// A receipt in a request that a fund got and has not given back.
    SettledReceipt in "settled_receipt" {
        /// The receipt's id.
        receipt: String,
        /// The request.
        settlement: String,
        /// The voucher.
        voucher: String,
        /// Who redeemed.
        redeemer: Uscc,
        /// The key of the redemption.
        key: String,
        /// Its number among those of the voucher.
        seq: u64,
        /// How much, in fen.
        amount: i64,
    }
}

impl Reader<'_> {
    /// One request.
    ///
    /// # Errors
    /// As every read.
    pub fn settlement(&self, id: &str) -> Result<Option<Settlement>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// Requests of one direction, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn settlements(
        &self,
        direction: SettlementDirection,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Settlement>> {
        row::page(self.sql(), "direction = ?", &[&As(&direction)], after, limit)
    }

    /// The request in which a receipt was handed in; nothing if it was in none that stands.
    ///
    /// # Errors
    /// As every read.
    pub fn settled_receipt(&self, receipt: &str) -> Result<Option<SettledReceipt>> {
        row::one(self.sql(), "receipt = ?", [receipt])
    }

    /// What was handed in for the same redemption: the same receipt, or another one for its key or its number.
    ///
    /// # Errors
    /// As every read.
    pub fn settled_like(&self, receipt: &SettledReceipt) -> Result<Option<SettledReceipt>> {
        let condition = "receipt = ? OR (redeemer = ? AND key = ?) OR (voucher = ? AND seq = ?) LIMIT 1";
        let SettledReceipt { receipt: id, redeemer, key, voucher, seq, .. } = receipt;
        row::one(self.sql(), condition, (id, As(redeemer), key, voucher, As(seq)))
    }

    /// The receipts of a request that a fund got.
    ///
    /// # Errors
    /// As every read.
    pub fn settled_receipts(&self, settlement: &str) -> Result<Vec<SettledReceipt>> {
        row::all(self.sql(), "settlement = ? ORDER BY voucher, receipt", [settlement])
    }

    /// The receipts of a voucher that are in requests which stand.
    ///
    /// # Errors
    /// As every read.
    pub fn settled_receipts_of(&self, voucher: &str) -> Result<Vec<SettledReceipt>> {
        row::all(self.sql(), "voucher = ? ORDER BY receipt", [voucher])
    }
}

impl Writer<'_> {
    /// Adds a request.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if the id is taken.
    pub fn add_settlement(&self, settlement: &Settlement) -> Result<()> {
        row::insert(self.sql(), settlement).map(drop)
    }

    /// Notes what became of a request.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn update_settlement(&self, settlement: &Settlement) -> Result<()> {
        if self.settlement(&settlement.id)?.is_none() {
            return row::changed::<Settlement>(0);
        }
        row::put(self.sql(), settlement, "id")
    }

    /// Notes that a receipt is in a request.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if it is in one already.
    pub fn add_settled_receipt(&self, receipt: &SettledReceipt) -> Result<()> {
        row::insert(self.sql(), receipt).map(drop)
    }

    /// Lets the receipts of a request that was given back be handed in again.
    ///
    /// # Errors
    /// As every write.
    pub fn remove_settled_receipts(&self, settlement: &str) -> Result<()> {
        self.sql().execute("DELETE FROM settled_receipt WHERE settlement = ?", [settlement])?;
        Ok(())
    }
}
