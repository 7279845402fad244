//! Finding rows by what people remember of them: two characters from the middle of a name, the initials
//! of its pinyin, its pinyin, the beginning of a code or four characters from the middle of one.
//!
//! A row is described by [`Words`]. The index (an FTS5 table) holds [`tokens`](tokens::of) made from
//! them, and a [`Query`] is turned into tokens in the same way. Tokens find every row that fits and a few
//! that do not; [`Query::fits`] then reads the row itself. Filters are tokens as well, so that a page
//! with several filters is one intersection of lists and never a walk through the table.
//!
//! This is for registers of some hundred thousand rows that change now and then. The millions of
//! credentials are found by the organisations that they are about (`table::credential_search`).
//!
//! Everything typed becomes letters and digits before it reaches FTS5, and arrives there as a parameter:
//! no text can be read as part of a statement.

pub(crate) mod order;
mod query;
mod sounds;
mod text;
mod tokens;

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension as _};

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::Row;
pub(crate) use query::Query;
pub(crate) use text::key;
pub(crate) use tokens::{INSIDE, of as tokens};

/// What a row can be found by.
#[derive(Default)]
pub(crate) struct Words<'a> {
    /// Names: found by any part, by initials and by pinyin.
    pub names: Vec<&'a str>,
    /// Codes and numbers: found by how they begin, and by any four or more of their characters.
    pub codes: Vec<Cow<'a, str>>,
    /// Properties to filter by: which one, and the value.
    pub filters: Vec<(&'static str, Cow<'a, str>)>,
}

impl<'a> Words<'a> {
    /// Adds the province, the city and the county of a region as filters.
    pub(crate) fn region(&mut self, name: &'static str, region: Option<&'a zizhi_model::Region>) {
        let digits = region.map(zizhi_model::Region::as_str).unwrap_or_default();
        self.filters
            .extend([2, 4, 6].iter().filter_map(|len| Some((name, Cow::Borrowed(digits.get(..*len)?)))));
    }
}

/// Whether what was typed would find a row with these names and codes. For short lists that have no index.
#[must_use]
pub fn fits(typed: &str, names: &[&str], codes: &[&str]) -> bool {
    let codes = codes.iter().copied().map(Cow::Borrowed).collect();
    Query::new(typed).fits(&Words { names: names.to_vec(), codes, filters: Vec::new() })
}

/// A row that can be searched for.
pub(crate) trait Searchable: Row {
    /// The FTS5 table.
    const INDEX: &'static str;
    /// The index by name.
    const BY_NAME: &'static str;
    fn words(&self) -> Words<'_>;
    /// The name that it has its place by; empty where it has none.
    fn name(&self) -> &str;
}

/// Puts a new row into the index.
pub(crate) fn index<R: Searchable>(connection: &Connection, seq: i64, row: &R) -> Result<()> {
    add_line(connection, seq, row)?;
    put_in_order(connection, seq, row)
}

fn add_line<R: Searchable>(connection: &Connection, seq: i64, row: &R) -> rusqlite::Result<()> {
    let sql = format!("INSERT INTO {} (rowid, tokens) VALUES (?, ?)", R::INDEX);
    connection.prepare_cached(&sql)?.execute((seq, tokens::of(&row.words()))).map(drop)
}

/// Puts a row into the index in the place of what the index says about it.
pub(crate) fn replace<R: Searchable>(connection: &Connection, seq: i64, row: &R) -> Result<()> {
    let sql = format!("INSERT OR REPLACE INTO {} (rowid, tokens) VALUES (?, ?)", R::INDEX);
    connection.prepare_cached(&sql)?.execute((seq, tokens::of(&row.words())))?;
    put_in_order(connection, seq, row)
}

/// Gives a row its place among the names. One that has it is not written.
fn put_in_order<R: Searchable>(connection: &Connection, seq: i64, row: &R) -> Result<()> {
    let sql = format!("UPDATE {} SET name_order = ?2 WHERE seq = ?1 AND name_order <> ?2", R::TABLE);
    connection.prepare_cached(&sql)?.execute((seq, order::order(row.name())))?;
    Ok(())
}

/// Takes a row out of the index.
pub(crate) fn forget<R: Searchable>(connection: &Connection, seq: i64) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE rowid = ?", R::INDEX);
    connection.prepare_cached(&sql)?.execute([seq])?;
    Ok(())
}

/// Makes the index again from the table, whatever has become of it, and gives every row its place among the names.
pub(crate) fn rebuild<R: Searchable>(connection: &Connection) -> Result<()> {
    emptied(connection, self::index::<R>)
}

/// Makes the lines of the index again for a step of the tables, which tells the errors of the database itself.
pub(crate) fn again<R: Searchable>(connection: &Connection) -> rusqlite::Result<()> {
    emptied(connection, add_line::<R>)
}

/// Empties the index and puts every row of the table into it.
fn emptied<R: Searchable, E: From<rusqlite::Error>>(
    connection: &Connection,
    put: impl Fn(&Connection, i64, &R) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let index = R::INDEX;
    let sql = "SELECT sql FROM sqlite_schema WHERE name = ?";
    let definition: String = connection.query_row(sql, [index], |row| row.get(0))?;
    connection.execute_batch(&format!("DROP TABLE {index}; {definition}"))?;
    let sql = format!("SELECT seq, {} FROM {}", R::COLUMNS.join(", "), R::TABLE);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        put(connection, row.get(0)?, &R::read(row, 1)?)?;
    }
    Ok(())
}

/// Rows from one to another, both included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub first: i64,
    pub last: i64,
}

impl Default for Span {
    fn default() -> Self {
        Self { first: i64::MIN, last: i64::MAX }
    }
}

impl Span {
    /// What of it stands behind a page.
    pub(crate) fn after(self, after: Option<After>) -> Self {
        let last = after.map_or(i64::MAX, |after| after.0.saturating_sub(1));
        Self { last: self.last.min(last), ..self }
    }
}

/// A page of the rows that fit, the newest first.
pub(crate) fn page<R: Searchable>(
    connection: &Connection,
    query: &Query,
    after: Option<After>,
    limit: usize,
) -> Result<Page<R>> {
    page_within(connection, query, Span::default().after(after), |_| true, limit)
}

/// A page of the rows of `span` that fit and that `fits` says yes to, the newest first.
pub(crate) fn page_within<R: Searchable>(
    connection: &Connection,
    query: &Query,
    span: Span,
    fits: impl Fn(&R) -> bool,
    limit: usize,
) -> Result<Page<R>> {
    let mut found = Vec::new();
    each(connection, query, span, |seq, row| {
        if fits(&row) {
            found.push((seq, row));
        }
        Ok(found.len() <= limit)
    })?;
    Ok(Page::cut(found, limit))
}

/// How many rows fit, counted up to `at_most`.
pub(crate) fn count<R: Searchable>(connection: &Connection, query: &Query, at_most: usize) -> Result<usize> {
    count_within(connection, query, Span::default(), |_: &R| true, at_most)
}

/// How many rows of `span` fit and have `fits` say yes, counted up to `at_most`.
pub(crate) fn count_within<R: Searchable>(
    connection: &Connection,
    query: &Query,
    span: Span,
    fits: impl Fn(&R) -> bool,
    at_most: usize,
) -> Result<usize> {
    let mut count = 0;
    if at_most > 0 {
        each(connection, query, span, |_, row: R| {
            count += usize::from(fits(&row));
            Ok(count < at_most)
        })?;
    }
    Ok(count)
}

/// Visits the rows of `span` that fit, the newest first, as long as `visit` says so.
pub(crate) fn each<R: Searchable>(
    connection: &Connection,
    query: &Query,
    span: Span,
    mut visit: impl FnMut(i64, R) -> Result<bool>,
) -> Result<()> {
    let (table, index, columns) = (R::TABLE, R::INDEX, R::COLUMNS.join(", "));
    let expression = query.expression();
    let sql = match expression {
        Some(_) => format!(
            "SELECT seq, {columns} FROM {index} CROSS JOIN {table} ON seq = {index}.rowid
             WHERE {index} MATCH ?3 AND {index}.rowid BETWEEN ?1 AND ?2 ORDER BY {index}.rowid DESC"
        ),
        None => format!(
            "SELECT seq, {columns} FROM {table} WHERE seq BETWEEN ?1 AND ?2 AND ?3 IS NULL ORDER BY seq DESC"
        ),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((span.first, span.last, expression))?;
    while let Some(row) = rows.next()? {
        let (seq, row) = (row.get(0)?, R::read(row, 1)?);
        if (query.is_exact() || query.fits(&row.words())) && !visit(seq, row)? {
            break;
        }
    }
    Ok(())
}

/// A page of the rows of `span` that fit and that `fits` says yes to, by name; rows of one name as they came.
pub(crate) fn page_by_name<R: Searchable>(
    connection: &Connection,
    query: &Query,
    span: Span,
    after: Option<After>,
    fits: impl Fn(&R) -> bool,
    limit: usize,
) -> Result<Page<R>> {
    let mut found = Vec::new();
    each_by_name(connection, query, after.map(|After(seq)| seq), |seq, row| {
        let behind = after.is_none_or(|After(last)| last != seq);
        if behind && (span.first..=span.last).contains(&seq) && fits(&row) {
            found.push((seq, row));
        }
        Ok(found.len() <= limit)
    })?;
    Ok(Page::cut(found, limit))
}

/// Visits the rows that fit by name, from `begin` on, which is visited as well, as long as `visit` says so. From a row
/// that was removed there is no way on.
pub(crate) fn each_by_name<R: Searchable>(
    connection: &Connection,
    query: &Query,
    begin: Option<i64>,
    mut visit: impl FnMut(i64, R) -> Result<bool>,
) -> Result<()> {
    let (table, index, by_name, columns) = (R::TABLE, R::INDEX, R::BY_NAME, R::COLUMNS.join(", "));
    let (name, first) = match begin {
        None => (String::new(), i64::MIN),
        Some(seq) => {
            let sql = format!("SELECT name_order FROM {table} WHERE seq = ?");
            match connection.prepare_cached(&sql)?.query_row([seq], |row| row.get(0)).optional()? {
                Some(name) => (name, seq),
                None => return Ok(()),
            }
        }
    };
    let expression = query.expression();
    let found = match expression {
        // The rows that are found are a set by themselves; the index is walked beside it.
        Some(_) => format!("seq IN (SELECT rowid FROM {index} WHERE {index} MATCH ?3)"),
        None => "?3 IS NULL".to_owned(),
    };
    let sql = format!(
        "SELECT seq, {columns} FROM {table} INDEXED BY {by_name}
         WHERE (name_order, seq) >= (?1, ?2) AND {found} ORDER BY name_order, seq"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((name, first, expression))?;
    while let Some(row) = rows.next()? {
        let (seq, row) = (row.get(0)?, R::read(row, 1)?);
        if (query.is_exact() || query.fits(&row.words())) && !visit(seq, row)? {
            break;
        }
    }
    Ok(())
}
