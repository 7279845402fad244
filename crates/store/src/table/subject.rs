//! The organisations that credentials are about, by which people look for credentials.
//!
//! There are ten times fewer of them than of credentials, and they rarely change: an index of their
//! names is kept up to date at a tenth of the cost. What became of their credentials is a filter of that
//! index, so that the few with a revoked one are found without asking after the credentials of all.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use zizhi_model::Uscc;

use crate::error::Result;
use crate::row::{self, As, Row as _, get};
use crate::search::{self, Searchable, Words};

row::row! {
    /// An organisation that some credential is about.
    Subject in "subject" {
        /// Its code.
        uscc: Uscc,
        /// Every name that a credential gives it, the last one first.
        names: Vec<String>,
        /// What became of credentials about it, in either direction: `issued:revoked`. It may say more
        /// than holds now, never less; that a credential stands is not said.
        states: Vec<String>,
    }
}

/// The filter by what became of credentials.
pub(crate) const STATE: &str = "credential";

impl Searchable for Subject {
    const INDEX: &'static str = "subject_search";
    const BY_NAME: &'static str = "subject_by_name";

    fn words(&self) -> Words<'_> {
        Words {
            names: self.names.iter().map(String::as_str).collect(),
            codes: vec![Cow::Borrowed(self.uscc.as_str())],
            filters: self.states.iter().map(|state| (STATE, Cow::Borrowed(state.as_str()))).collect(),
        }
    }

    fn name(&self) -> &str {
        self.names.first().map(String::as_str).unwrap_or_default()
    }
}

/// The row about an organisation, and its place.
pub(crate) fn find(connection: &Connection, uscc: &Uscc) -> Result<Option<(i64, Subject)>> {
    let sql = format!("SELECT seq, {} FROM subject WHERE uscc = ?", Subject::COLUMNS.join(", "));
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([As(uscc)], |row| Ok((row.get(0)?, Subject::read(row, 1)?))).optional()?)
}

/// Notes that a credential is about an organisation, under a name, and what became of it.
pub(crate) fn note(connection: &Connection, uscc: &Uscc, name: &str, state: Option<String>) -> Result<()> {
    match find(connection, uscc)? {
        None => {
            let states = state.into_iter().collect();
            let subject = Subject { uscc: *uscc, names: vec![name.to_owned()], states };
            let seq = row::insert(connection, &subject)?;
            search::index(connection, seq, &subject)
        }
        Some((seq, mut subject)) => {
            let new_name = !subject.names.iter().any(|known| known == name);
            let new_state = state.filter(|state| !subject.states.contains(state));
            if !new_name && new_state.is_none() {
                return Ok(());
            }
            if new_name {
                subject.names.insert(0, name.to_owned());
            }
            subject.states.extend(new_state);
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

/// Whether every organisation has what became of the credentials about it.
pub(crate) fn has_states(connection: &Connection) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (
            SELECT 1 FROM credential JOIN subject ON uscc = subject_uscc
            WHERE state <> 'valid'
              AND direction || ':' || state NOT IN (SELECT value FROM json_each(states)))";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// The last part of the second step of the tables: what that step wrote into `states` enters the index.
pub(crate) fn index_states(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut found =
        transaction.prepare("SELECT seq, uscc, names, states FROM subject WHERE states <> '[]'")?;
    let mut put =
        transaction.prepare("INSERT OR REPLACE INTO subject_search (rowid, tokens) VALUES (?, ?)")?;
    let mut rows = found.query([])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let subject = Subject { uscc: get(row, 1)?, names: get(row, 2)?, states: get(row, 3)? };
        put.execute((seq, search::tokens(&subject.words())))?;
    }
    Ok(())
}
