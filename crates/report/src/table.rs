//! A plain table, as the register of dossiers (台账) and the monthly figures are exported.

use chrono::NaiveDate;
use zizhi_model::money::Fen;

use crate::error::ReportError;

/// A table with one kind of value to a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is called: the title of the sheet and of the file's own description.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading. Units stand here: 金额（万元）, 通过率（%）.
    pub title: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, and every number that is a name: codes and certificate numbers keep their zeros.
    Text,
    /// Days, as 2026-11-23.
    Date,
    /// Numbers.
    Number,
    /// Amounts in 万元 with two decimals.
    Money,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words. Hostile: whatever they begin with, they stay words.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// `digits` with the last `places` of them behind the point: 955 with 1 is 95.5.
    Number {
        /// The digits as a whole number.
        digits: i64,
        /// How many of them stand behind the point.
        places: u8,
    },
    /// An amount of money.
    Money(Fen),
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self::Number { digits: number, places: 0 }
    }
}

impl Table {
    /// Says which row does not have a cell for every column, if one does not.
    pub(crate) fn check(&self) -> Result<(), ReportError> {
        let columns = self.columns.len();
        match (1..).zip(&self.rows).find(|(_, cells)| cells.len() != columns) {
            Some((row, cells)) => Err(ReportError::Row { row, cells: cells.len(), columns }),
            None => Ok(()),
        }
    }
}

/// `955` with one place as `95.5`.
pub(crate) fn decimal(digits: i64, places: u8) -> String {
    let places = usize::from(places);
    if places == 0 {
        return digits.to_string();
    }
    let sign = if digits < 0 { "-" } else { "" };
    let padded = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{fraction}")
}
