//! The incubator's register of firms.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::OptionalExtension as _;
use serde_json::Value;
use zizhi_model::region::Prefix;
use zizhi_model::{Region, Uscc};

use crate::error::{Result, StoreError};
use crate::page::{After, Page};
use crate::row::{self, As, get, words};
use crate::search::{self, Query, Searchable, Span, Words};
use crate::{Reader, Writer};

words! {
    /// Where a firm stands.
    FirmState {
        /// 在孵
        In = "in",
        /// 毕业
        Graduated = "graduated",
        /// 退出
        Left = "left",
    }
}

row::row! {
    /// A firm of the register.
    Firm in "firm" {
        /// Its id.
        id: String,
        /// Its code, by which it is one firm.
        uscc: Uscc,
        /// Its name.
        name: String,
        /// 曾用名
        former_names: Vec<String>,
        /// Where it is registered.
        region: Option<Region>,
        /// 成立日期
        established_on: Option<NaiveDate>,
        /// 入驻日期
        entered_on: Option<NaiveDate>,
        /// Where in the incubator it works.
        site_address: Option<String>,
        /// Whom to ask.
        contact_name: Option<String>,
        /// How to reach that person.
        contact_phone: Option<String>,
        /// Level, field, agreement and whatever else the register holds.
        extra: Value,
        /// Where it stands.
        state: FirmState,
        /// When the row last changed.
        updated: DateTime<Utc>,
    }
}

/// A firm with the public key of its credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmKey {
    /// Its code.
    pub uscc: Uscc,
    /// Its name.
    pub name: String,
    /// Its key, as JSON without white space, in the order in which every key is written.
    pub jwk: String,
}

/// Which firms to list. The default is all.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct FirmFilter {
    /// What was typed: parts of a name, pinyin or its initials, the beginning or a part of a code.
    pub text: String,
    /// Where they stand.
    pub state: Option<FirmState>,
    /// Where they are registered: a province, a city, a county.
    pub region: Option<Prefix>,
    /// Whether they come by name as it is read, and not as they entered.
    pub by_name: bool,
}

impl FirmFilter {
    fn query(&self) -> Query {
        let mut query = Query::new(&self.text);
        query.filter("state", self.state.map(FirmState::as_str));
        query.filter("region", self.region.as_ref().map(Prefix::as_str));
        query
    }
}

impl Searchable for Firm {
    const INDEX: &'static str = "firm_search";
    const BY_NAME: &'static str = "firm_by_name";

    fn words(&self) -> Words<'_> {
        let mut words = Words::default();
        words.names.push(&self.name);
        words.names.extend(self.former_names.iter().map(String::as_str));
        words.names.extend(self.contact_name.as_deref());
        words.codes.push(Cow::Borrowed(self.uscc.as_str()));
        words.filters.push(("state", Cow::Borrowed(self.state.as_str())));
        words.region("region", self.region.as_ref());
        words
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Reader<'_> {
    /// One firm.
    ///
    /// # Errors
    /// As every read.
    pub fn firm(&self, id: &str) -> Result<Option<Firm>> {
        row::one(self.sql(), "id = ?", [id])
    }

    /// The firm with a code.
    ///
    /// # Errors
    /// As every read.
    pub fn firm_by_uscc(&self, uscc: &Uscc) -> Result<Option<Firm>> {
        row::one(self.sql(), "uscc = ?", [As(uscc)])
    }

    /// The firms that have a public key, with it. Reads the whole register.
    ///
    /// # Errors
    /// As every read.
    pub fn firm_keys(&self) -> Result<Vec<FirmKey>> {
        self.with_keys("NOT INDEXED WHERE jwk IS NOT NULL ORDER BY seq", [])
    }

    /// The firms that have this public key, as [`FirmKey`] has it.
    ///
    /// # Errors
    /// As every read.
    pub fn firms_with_key(&self, jwk: &str) -> Result<Vec<FirmKey>> {
        self.with_keys(
            "INDEXED BY firm_by_key WHERE json_extract(extra, '$.holder_jwk') = ? ORDER BY seq",
            [jwk],
        )
    }

    fn with_keys(&self, which: &str, values: impl rusqlite::Params) -> Result<Vec<FirmKey>> {
        let sql = format!("SELECT uscc, name, json_extract(extra, '$.holder_jwk') AS jwk FROM firm {which}");
        let mut statement = self.sql().prepare_cached(&sql)?;
        let rows = statement.query_map(values, |row| {
            Ok(FirmKey { uscc: get(row, 0)?, name: get(row, 1)?, jwk: get(row, 2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Firms, those that entered the register last first, or by name.
    ///
    /// # Errors
    /// As every read.
    pub fn firms(&self, filter: &FirmFilter, after: Option<After>, limit: usize) -> Result<Page<Firm>> {
        let query = filter.query();
        if filter.by_name {
            return search::page_by_name(self.sql(), &query, Span::default(), after, |_| true, limit);
        }
        search::page(self.sql(), &query, after, limit)
    }

    /// How many firms there are in all, which the database tells without reading them.
    ///
    /// # Errors
    /// As every read.
    pub fn count_all_firms(&self) -> Result<u64> {
        let mut statement = self.sql().prepare_cached("SELECT count(*) FROM firm")?;
        Ok(statement.query_row([], |row| get(row, 0))?)
    }

    /// How many firms fit, counted up to `at_most`, since counting takes as long as reading.
    ///
    /// # Errors
    /// As every read.
    pub fn count_firms(&self, filter: &FirmFilter, at_most: usize) -> Result<usize> {
        search::count::<Firm>(self.sql(), &filter.query(), at_most)
    }
}

impl Writer<'_> {
    /// Enters a firm that is not in the register yet.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if its id or its code is there.
    pub fn add_firm(&self, firm: &Firm) -> Result<()> {
        let seq = row::insert(self.sql(), firm)?;
        search::index(self.sql(), seq, firm)
    }

    /// Enters a firm, or replaces the row with the same id.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if another row has the same code.
    pub fn put_firm(&self, firm: &Firm) -> Result<()> {
        row::put(self.sql(), firm, "id")?;
        let seq = self.firm_seq(&firm.id)?.ok_or(StoreError::Absent("firm"))?;
        search::replace(self.sql(), seq, firm)
    }

    /// Takes a firm out of the register.
    ///
    /// # Errors
    /// [`StoreError::Absent`].
    pub fn remove_firm(&self, id: &str) -> Result<()> {
        let seq = self.firm_seq(id)?.ok_or(StoreError::Absent("firm"))?;
        search::forget::<Firm>(self.sql(), seq)?;
        self.sql().execute("DELETE FROM firm WHERE seq = ?", [seq])?;
        Ok(())
    }

    fn firm_seq(&self, id: &str) -> Result<Option<i64>> {
        let mut statement = self.sql().prepare_cached("SELECT seq FROM firm WHERE id = ?")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }
}
