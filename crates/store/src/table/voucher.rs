//! Vouchers that this desk knows, and the ledgers of other provinces.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use zizhi_model::Uscc;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As};
use crate::{Reader, Writer};

row::row! {
    /// The ledger of another province.
    Ledger in "ledger" {
        /// The hub's id.
        hub: String,
        /// Scheme, host and port, without a slash at the end.
        url: String,
        /// Its card as it was first seen, a JWS: its key is in it.
        card: String,
        /// What the organisation is to the hub.
        role: String,
        /// When the hub confirmed that the organisation may ask; nothing before.
        joined: Option<DateTime<Utc>>,
        /// The hub's time less this machine's, in seconds, where they were too far apart.
        clock_offset: i64,
        /// Certificates (PEM) of those who may vouch for the server, in the place of the public ones.
        ca: Option<Vec<u8>>,
    }
}

row::row! {
    /// A voucher. Amounts are fen.
    Voucher in "voucher" {
        /// Its id.
        id: String,
        /// The fund.
        fund: Uscc,
        /// The firm that holds it.
        firm: Uscc,
        /// What it is worth.
        amount: i64,
        /// What its credential said is left, where it was taken from a dossier and says so.
        balance: Option<i64>,
        /// What it pays for.
        terms: Value,
        /// Where it was seen: `case`, `credential` or `ledger`.
        about_kind: String,
        /// Which one.
        about_id: String,
        /// What its ledger said last.
        view: Option<Value>,
        /// When it said so.
        seen: Option<DateTime<Utc>>,
        /// When it came to this desk.
        created: DateTime<Utc>,
    }
}

impl Reader<'_> {
    /// The ledgers of other provinces, by the hubs' ids.
    ///
    /// # Errors
    /// As every read.
    pub fn ledgers(&self) -> Result<Vec<Ledger>> {
        row::all(self.sql(), "true ORDER BY hub", [])
    }

    /// One voucher.
    ///
    /// # Errors
    /// As every read.
    pub fn voucher(&self, id: &str) -> Result<Option<Voucher>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// The vouchers, the newest first: all, or those whose number, or whose fund's or firm's code, begins with `text`,
    /// in large or small letters.
    ///
    /// # Errors
    /// As every read.
    pub fn vouchers(&self, text: &str, after: Option<After>, limit: usize) -> Result<Page<Voucher>> {
        if text.is_empty() {
            return row::page(self.sql(), "true", &[], after, limit);
        }
        let begins = "upper(?1) IN (upper(substr(id, 1, length(?1))), substr(fund, 1, length(?1)), substr(firm, 1, length(?1)))";
        row::page(self.sql(), begins, &[&text], after, limit)
    }

    /// Vouchers that are not over before `over` and were not seen after `since`, those seen longest ago first and those
    /// that no ledger has shown yet last; at most `limit` of each fund, so that a ledger that is away takes no other's
    /// place.
    ///
    /// # Errors
    /// As every read.
    pub fn vouchers_to_ask(
        &self,
        over: NaiveDate,
        since: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<Voucher>> {
        let due = "id IN (SELECT id FROM (
                       SELECT id, row_number() OVER (PARTITION BY fund ORDER BY seen IS NULL, seen, seq) AS place
                       FROM voucher WHERE (seen IS NULL OR seen <= ?) AND json_extract(terms, '$.until') >= ?
                   ) WHERE place <= ?) ORDER BY seen IS NULL, seen, seq";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        row::all(self.sql(), due, (As(&since), As(&over), limit))
    }
}

impl Writer<'_> {
    /// Adds a ledger, or replaces what is known of it.
    ///
    /// # Errors
    /// As every write.
    pub fn put_ledger(&self, ledger: &Ledger) -> Result<()> {
        row::put(self.sql(), ledger, "hub")
    }

    /// Lets go of a ledger that did not take this organisation in.
    ///
    /// # Errors
    /// As every write.
    pub fn remove_ledger(&self, hub: &str) -> Result<()> {
        self.sql().execute("DELETE FROM ledger WHERE hub = ?", [hub])?;
        Ok(())
    }

    /// Adds a voucher, or replaces what is known of it.
    ///
    /// # Errors
    /// As every write.
    pub fn put_voucher(&self, voucher: &Voucher) -> Result<()> {
        row::put(self.sql(), voucher, "id")
    }

    /// Keeps what a ledger said of a voucher.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn set_voucher_view(&self, id: &str, view: &Value, seen: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE voucher SET view = ?, seen = ? WHERE id = ?";
        row::changed::<Voucher>(self.sql().execute(sql, (As(view), As(&seen), id))?)
    }
}
