//! How rows become values and back. The tables' modules say what a row holds; this one knows how each
//! kind of value is stored, so that it is stored in one way only.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::{FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Params, params_from_iter};
use serde_json::Value;
use zizhi_model::{Provenance, Region, Scenario, Uscc, Verdict, civil};

use crate::error::Result;
use crate::page::{After, Page};

/// A SHA-256, as it is stored: its 32 bytes.
pub type Digest = [u8; 32];

/// A value with one stored form.
pub(crate) trait Stored: Sized {
    fn stored(&self) -> ToSqlOutput<'_>;
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

/// A value as a parameter of a statement.
pub(crate) struct As<'a, T>(pub &'a T);

impl<T: Stored> ToSql for As<'_, T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.stored())
    }
}

/// Reads one column.
pub(crate) fn get<T: Stored>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<T> {
    let value = row.get_ref(at)?;
    T::restore(value).map_err(|error| unreadable(at, value.data_type(), error))
}

fn unreadable(at: usize, found: Type, error: FromSqlError) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, found, Box::new(error))
}

fn text(text: &str) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
}

fn other(error: impl std::error::Error + Send + Sync + 'static) -> FromSqlError {
    FromSqlError::Other(Box::new(error))
}

macro_rules! as_rusqlite_does {
    ($($type:ty),+) => { $(
        impl Stored for $type {
            fn stored(&self) -> ToSqlOutput<'_> {
                ToSqlOutput::from(self.clone())
            }
            fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
                rusqlite::types::FromSql::column_result(value)
            }
        }
    )+ };
}
as_rusqlite_does!(i64, u32, u8);

impl Stored for String {
    fn stored(&self) -> ToSqlOutput<'_> {
        text(self)
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Stored for Vec<u8> {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Blob(self))
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob().map(<[u8]>::to_vec)
    }
}

impl Stored for Digest {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Blob(self))
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob()?.try_into().map_err(other)
    }
}

/// SQLite counts to 2^63.
impl Stored for u64 {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(i64::try_from(*self).unwrap_or(i64::MAX))
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64()?.try_into().map_err(other)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn stored(&self) -> ToSqlOutput<'_> {
        self.as_ref().map_or(ToSqlOutput::Borrowed(ValueRef::Null), Stored::stored)
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        if value == ValueRef::Null { Ok(None) } else { T::restore(value).map(Some) }
    }
}

/// Whole seconds since 1970.
impl Stored for DateTime<Utc> {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(self.timestamp())
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let seconds = value.as_i64()?;
        Self::from_timestamp(seconds, 0).ok_or(FromSqlError::OutOfRange(seconds))
    }
}

impl Stored for NaiveDate {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(self.format("%Y-%m-%d").to_string())
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        civil::parse_date(value.as_str()?).map_err(other)
    }
}

impl Stored for Uscc {
    fn stored(&self) -> ToSqlOutput<'_> {
        text(self.as_str())
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::parse(value.as_str()?).map_err(other)
    }
}

impl Stored for Region {
    fn stored(&self) -> ToSqlOutput<'_> {
        text(self.as_str())
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::parse(value.as_str()?).map_err(other)
    }
}

/// JSON as text. Its meaning is the caller's.
impl Stored for Value {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(self.to_string())
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map_err(other)
    }
}

/// A short list of texts, as a JSON array.
impl Stored for Vec<String> {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(Value::from(self.as_slice()).to_string())
    }
    fn restore(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map_err(other)
    }
}

/// Stores the words of an enumeration that has `as_str` and `parse`.
macro_rules! stored_as_word {
    ($($type:ty),+) => { $(
        impl $crate::row::Stored for $type {
            fn stored(&self) -> rusqlite::types::ToSqlOutput<'_> {
                rusqlite::types::ToSqlOutput::from(self.as_str())
            }
            fn restore(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                Self::parse(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    )+ };
}
pub(crate) use stored_as_word;

stored_as_word!(Provenance, Scenario, Verdict);

/// Declares an enumeration together with the words by which it is stored.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word by which it is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value whose word is `text`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        $crate::row::stored_as_word!($name);
    };
}
pub(crate) use words;

/// A structure whose fields are columns of a table.
pub(crate) trait Row: Sized {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];
    /// Reads the columns, of which the first is at `from`.
    fn read(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Self>;
    /// The values, in the order of the columns.
    fn values(&self) -> Vec<ToSqlOutput<'_>>;
}

/// Declares a structure together with the table that it is a row of: fields and columns have the same
/// names and cannot drift apart.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident in $table:literal { $($(#[$fmeta:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)+ }

        impl $crate::row::Row for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field),)+];

            fn read(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Self> {
                let mut columns = from..;
                // Fields are evaluated in the order in which they are written.
                Ok(Self { $($field: $crate::row::get(row, columns.next().unwrap_or(usize::MAX))?,)+ })
            }

            fn values(&self) -> Vec<rusqlite::types::ToSqlOutput<'_>> {
                vec![$($crate::row::Stored::stored(&self.$field),)+]
            }
        }
    };
}
pub(crate) use row;

/// Adds a row and gives its `seq`.
pub(crate) fn insert<R: Row>(connection: &Connection, row: &R) -> Result<i64> {
    let marks = vec!["?"; R::COLUMNS.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", R::TABLE, R::COLUMNS.join(", "));
    Ok(connection.prepare_cached(&sql)?.insert(params_from_iter(row.values()))?)
}

/// Adds a row, or replaces the columns of the one with the same `key`.
pub(crate) fn put<R: Row>(connection: &Connection, row: &R, key: &str) -> Result<()> {
    let marks = vec!["?"; R::COLUMNS.len()].join(", ");
    let changes: Vec<String> =
        R::COLUMNS.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {}",
        R::TABLE,
        R::COLUMNS.join(", "),
        changes.join(", ")
    );
    connection.prepare_cached(&sql)?.execute(params_from_iter(row.values()))?;
    Ok(())
}

/// The row for which `condition` holds.
pub(crate) fn one<R: Row>(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Option<R>> {
    let sql = format!("SELECT {} FROM {} WHERE {condition}", R::COLUMNS.join(", "), R::TABLE);
    Ok(connection.prepare_cached(&sql)?.query_row(params, |row| R::read(row, 0)).optional()?)
}

/// All rows for which `condition`, which may end in an order, holds. For lists that stay short.
pub(crate) fn all<R: Row>(connection: &Connection, condition: &str, params: impl Params) -> Result<Vec<R>> {
    let sql = format!("SELECT {} FROM {} WHERE {condition}", R::COLUMNS.join(", "), R::TABLE);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params, |row| R::read(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A page of the rows for which `condition` holds, the newest first.
pub(crate) fn page<R: Row>(
    connection: &Connection,
    condition: &str,
    params: &[&dyn ToSql],
    after: Option<After>,
    limit: usize,
) -> Result<Page<R>> {
    let sql = format!(
        "SELECT seq, {} FROM {} WHERE {condition} AND seq < ? ORDER BY seq DESC LIMIT ?",
        R::COLUMNS.join(", "),
        R::TABLE
    );
    let before = after.map_or(i64::MAX, |after| after.0);
    let wanted = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut all: Vec<&dyn ToSql> = params.to_vec();
    all.push(&before);
    all.push(&wanted);
    let rows = statement.query_map(all.as_slice(), |row| Ok((row.get(0)?, R::read(row, 1)?)))?;
    Ok(Page::cut(rows.collect::<rusqlite::Result<_>>()?, limit))
}

/// Fails with [`crate::StoreError::Absent`] unless a statement changed something.
pub(crate) fn changed<R: Row>(rows: usize) -> Result<()> {
    if rows == 0 { Err(crate::StoreError::Absent(R::TABLE)) } else { Ok(()) }
}
