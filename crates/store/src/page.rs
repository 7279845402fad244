//! Lists in pages. A page begins after a row, never at a number of rows, so that page 10 000 costs
//! what the first one does and rows that arrive meanwhile move nothing.

/// Where the next page begins. It belongs to one list, and stays good while rows come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After(pub(crate) i64);

impl After {
    /// As a number, for a caller that must pass it through text.
    #[must_use]
    pub fn to_number(self) -> i64 {
        self.0
    }

    /// The reverse of [`After::to_number`]. A number that came from elsewhere gives some other page.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        Self(number)
    }
}

/// Some rows of a list, and where it goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` after the last one.
    pub next: Option<After>,
}

impl<T> Page<T> {
    /// Makes a page of `limit` rows from up to one row more, which only shows that there are more.
    pub(crate) fn cut(mut found: Vec<(i64, T)>, limit: usize) -> Self {
        let more = found.len() > limit;
        found.truncate(limit);
        let next = if more { found.last().map(|(seq, _)| After(*seq)) } else { None };
        Self { rows: found.into_iter().map(|(_, row)| row).collect(), next }
    }
}
