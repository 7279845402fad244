//! What this desk booked on vouchers, and the holds that it has. Amounts are fen.

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_model::{Region, Uscc};

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, get, words};
use crate::{Reader, Writer};

words! {
    /// How far a redemption got (domain: 预核销 → 已核销 → 申请兑付 → 已兑付).
    RedemptionState {
        /// 预核销，未到账: booked here; no answer of the ledger is known.
        Provisional = "provisional",
        /// 已核销: the ledger's receipt is here.
        Redeemed = "redeemed",
        /// 重复核销待裁定: it did not fit, and the fund decides.
        Conflicted = "conflicted",
        /// 已拒绝: it will not be redeemed.
        Rejected = "rejected",
        /// 已撤回: taken back here before the ledger was asked.
        Withdrawn = "withdrawn",
        /// 申请兑付: the fund was asked for the money.
        SettlementRequested = "settlement_requested",
        /// 已兑付: the fund says that it paid.
        Settled = "settled",
    }
}

words! {
    /// What became of a hold.
    HoldState {
        /// The ledger was asked, and no answer is known.
        Asked = "asked",
        /// It holds.
        Open = "open",
        /// A redemption closed it.
        Redeemed = "redeemed",
        /// It was given back.
        Released = "released",
        /// The fund closed it.
        Closed = "closed",
        /// The ledger did not give it.
        Refused = "refused",
    }
}

row::row! {
    /// A redemption that this desk booked.
    Redemption in "redemption" {
        /// The key of the request.
        key: String,
        /// The voucher.
        voucher: String,
        /// How much.
        amount: i64,
        /// The kind of service.
        kind: String,
        /// The day of the service or invoice.
        day: NaiveDate,
        /// Where the service was given.
        region: Region,
        /// The digest of the invoice or record, base64url.
        document: String,
        /// What its file was called.
        document_name: String,
        /// The ledger's id of the hold that it closes.
        hold: Option<String>,
        /// When it was booked.
        made: DateTime<Utc>,
        /// How far it got.
        state: RedemptionState,
        /// How often the ledger was asked.
        attempts: u32,
        /// What came of it the last time, where that was no receipt.
        code: Option<String>,
        /// Why it was rejected or withdrawn, in a person's words.
        reason: Option<String>,
        /// The ledger's id of the conflict.
        conflict: Option<String>,
        /// The ledger's receipt, a JWS.
        receipt: Option<String>,
        /// When the ledger redeemed it.
        redeemed: Option<DateTime<Utc>>,
        /// The request for settlement that it is in.
        settlement: Option<String>,
    }
}

row::row! {
    /// A hold that this desk asked for.
    Hold in "hold" {
        /// The key of the request.
        key: String,
        /// The voucher.
        voucher: String,
        /// To how much.
        amount: i64,
        /// Until when the fund may not close it.
        until: DateTime<Utc>,
        /// When it was asked for.
        made: DateTime<Utc>,
        /// What became of it.
        state: HoldState,
        /// The ledger's id of it.
        id: Option<String>,
        /// The ledger's word, a JWS.
        jws: Option<String>,
        /// Why it was not given, or what the last attempt brought.
        code: Option<String>,
        /// Why the fund closed it.
        reason: Option<String>,
    }
}

impl Reader<'_> {
    /// One redemption.
    ///
    /// # Errors
    /// As every read.
    pub fn redemption(&self, key: &str) -> Result<Option<Redemption>> {
        row::one(self.sql(), "key = ?", [key])
    }

    /// The redemptions of a voucher, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn redemptions_of(&self, voucher: &str) -> Result<Vec<Redemption>> {
        row::all(self.sql(), "voucher = ? ORDER BY seq", [voucher])
    }

    /// The redemptions in one state, the oldest first, at most `limit`.
    ///
    /// # Errors
    /// As every read.
    pub fn redemptions_in(&self, state: RedemptionState, limit: usize) -> Result<Vec<Redemption>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        row::all(self.sql(), "state = ? ORDER BY seq LIMIT ?", (As(&state), limit))
    }

    /// What is redeemed on the vouchers of `fund` and not asked for yet, the oldest first, at most `limit`.
    ///
    /// # Errors
    /// As every read.
    pub fn redeemed_of(&self, fund: &Uscc, limit: usize) -> Result<Vec<Redemption>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let of_fund = "state = 'redeemed' AND voucher IN (SELECT id FROM voucher WHERE fund = ?)
                       ORDER BY seq LIMIT ?";
        row::all(self.sql(), of_fund, (As(fund), limit))
    }

    /// The same of every fund: the sum in fen, and how many there are.
    ///
    /// # Errors
    /// As every read.
    pub fn redeemed_by_fund(&self) -> Result<Vec<(Uscc, i64, usize)>> {
        let sql = "SELECT fund, sum(redemption.amount), count(*)
                   FROM redemption JOIN voucher ON voucher.id = redemption.voucher
                   WHERE state = 'redeemed' GROUP BY fund";
        let mut statement = self.sql().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let count: i64 = get(row, 2)?;
            Ok((get(row, 0)?, get(row, 1)?, usize::try_from(count).unwrap_or(usize::MAX)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every redemption, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn redemptions(&self, after: Option<After>, limit: usize) -> Result<Page<Redemption>> {
        row::page(self.sql(), "true", &[], after, limit)
    }

    /// The redemptions in a request for settlement, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn redemptions_of_settlement(&self, settlement: &str) -> Result<Vec<Redemption>> {
        row::all(self.sql(), "settlement = ? ORDER BY seq", [settlement])
    }

    /// The holds of a voucher, the oldest first.
    ///
    /// # Errors
    /// As every read.
    pub fn holds_of(&self, voucher: &str) -> Result<Vec<Hold>> {
        row::all(self.sql(), "voucher = ? ORDER BY seq", [voucher])
    }

    /// Holds of which the ledger's answer is not known, the oldest first, at most `limit`.
    ///
    /// # Errors
    /// As every read.
    pub fn asked_holds(&self, limit: usize) -> Result<Vec<Hold>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        row::all(self.sql(), "state = 'asked' ORDER BY seq LIMIT ?", [limit])
    }
}

impl Writer<'_> {
    /// Books a redemption.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if the key is taken.
    pub fn add_redemption(&self, redemption: &Redemption) -> Result<()> {
        row::insert(self.sql(), redemption).map(drop)
    }

    /// Notes what became of a redemption.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`]; [`crate::StoreError::Conflict`] if it would be redeemed without a receipt.
    pub fn update_redemption(&self, redemption: &Redemption) -> Result<()> {
        if self.redemption(&redemption.key)?.is_none() {
            return row::changed::<Redemption>(0);
        }
        row::put(self.sql(), redemption, "key")
    }

    /// Adds a hold, or notes what became of it.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if it would be open without the ledger's word.
    pub fn put_hold(&self, hold: &Hold) -> Result<()> {
        row::put(self.sql(), hold, "key")
    }
}
