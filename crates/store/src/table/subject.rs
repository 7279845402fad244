//! The organisations that credentials are about, by which people look for credentials.
//!
//! There are ten times fewer of them than of credentials, and they rarely change: an index of their
//! names is kept up to date at a tenth of the cost.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension as _};
use zizhi_model::Uscc;

use crate::error::Result;
use crate::row::{self, As, Row as _};
use crate::search::{self, Searchable, Words};

row::row! {
    /// An organisation that some credential is about.
    Subject in "subject" {
        /// Its code.
        uscc: Uscc,
        /// Every name that a credential gives it, the last one first.
        names: Vec<String>,
    }
}

impl Searchable for Subject {
    const INDEX: &'static str = "subject_search";

    fn words(&self) -> Words<'_> {
        Words {
            names: self.names.iter().map(String::as_str).collect(),
            codes: vec![Cow::Borrowed(self.uscc.as_str())],
            filters: Vec::new(),
        }
    }
}

/// The row about an organisation, and its place.
pub(crate) fn find(connection: &Connection, uscc: &Uscc) -> Result<Option<(i64, Subject)>> {
    let sql = format!("SELECT seq, {} FROM subject WHERE uscc = ?", Subject::COLUMNS.join(", "));
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([As(uscc)], |row| Ok((row.get(0)?, Subject::read(row, 1)?))).optional()?)
}

/// Notes that a credential is about an organisation, under a name.
pub(crate) fn note(connection: &Connection, uscc: &Uscc, name: &str) -> Result<()> {
    match find(connection, uscc)? {
        None => {
            let subject = Subject { uscc: *uscc, names: vec![name.to_owned()] };
            let seq = row::insert(connection, &subject)?;
            search::index(connection, seq, &subject)
        }
        Some((_, known)) if known.names.iter().any(|known| known == name) => Ok(()),
        Some((seq, mut subject)) => {
            subject.names.insert(0, name.to_owned());
            row::put(connection, &subject, "uscc")?;
            search::replace(connection, seq, &subject)
        }
    }
}

/// Forgets an organisation that no credential is about any more.
pub(crate) fn forget(connection: &Connection, uscc: &Uscc) -> Result<()> {
    if let Some((seq, _)) = find(connection, uscc)? {
        search::forget::<Subject>(connection, seq)?;
        connection.execute("DELETE FROM subject WHERE seq = ?", [seq])?;
    }
    Ok(())
}
