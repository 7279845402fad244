//! Finding credentials among millions.
//!
//! Without a text, a list is filtered by an index that holds what filters ask for; the rows of each type
//! and state are a run of it, the newest last, and the newest of all runs make the page.
//!
//! With a text, credentials are found by the organisations that they are about, and by their numbers:
//!
//! - If a word is part of a name, pinyin or a whole USCC, the organisations that have all such words are
//!   found first, and then the credentials about each, the newest first.
//! - If every word has a digit in it, credentials whose number begins with the longest word come first,
//!   by number; then those about organisations whose code begins with it.
//!
//! An organisation is asked for a state other than valid only if it ever had a credential in that state. Where a type is
//! asked for that few organisations have, those are looked at and not all that a name finds.
//!
//! A word with a digit may always be the beginning of the number instead of belonging to the
//! organisation. Letters alone are never looked for in numbers.

mod by_subject;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, params};
use zizhi_model::Uscc;
use zizhi_model::region::Prefix;

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{As, Row as _};
use crate::search::{self, INSIDE, Query, Searchable as _, Words};
use crate::table::credential::{Credential, CredentialDirection, CredentialFilter, CredentialState};
use crate::table::subject::{self, Subject};
use by_subject::by_subject;

/// The directory of the credentials' numbers.
pub(crate) const NUMBERS: &str = "credential_number";

/// What is done with each credential found; `false` ends the search.
type Visit<'v> = &'v mut dyn FnMut(i64, Credential) -> bool;

pub(super) fn page(
    connection: &Connection,
    filter: &CredentialFilter,
    after: Option<After>,
    limit: usize,
) -> Result<Page<Credential>> {
    let query = Query::new(&filter.text);
    let mut found = Vec::new();
    if query.is_blank() && !filter.by_name {
        for seq in newest(connection, filter, after, limit.saturating_add(1))? {
            found.extend(at(connection, seq)?.map(|row| (seq, row)));
        }
    } else {
        by_text(connection, filter, &query, after, &mut |seq, row| {
            found.push((seq, row));
            found.len() <= limit
        })?;
    }
    Ok(Page::cut(found, limit))
}

pub(super) fn count(connection: &Connection, filter: &CredentialFilter, at_most: usize) -> Result<usize> {
    let query = Query::new(&filter.text);
    let mut count = 0;
    if query.is_blank() {
        let sql = format!("SELECT count(*) FROM (SELECT 1 {RUN} LIMIT ?8)");
        for (kind, state) in runs(connection, filter)? {
            let left = i64::try_from(at_most.saturating_sub(count)).unwrap_or(i64::MAX);
            count += in_run(connection, &sql, filter, &kind, state, (i64::MIN, i64::MAX), left)?
                .first()
                .map_or(0, |found| usize::try_from(*found).unwrap_or(usize::MAX));
        }
    } else if at_most > 0 {
        by_text(connection, filter, &query, None, &mut |_, _| {
            count += 1;
            count < at_most
        })?;
    }
    Ok(count)
}

/// Makes the directories that search uses again from the credentials.
pub(crate) fn rebuild(connection: &Connection) -> Result<()> {
    connection.execute_batch("DELETE FROM credential_number; DELETE FROM subject")?;
    search::rebuild::<Subject>(connection)?;
    let sql = format!("SELECT seq, {} FROM credential", Credential::COLUMNS.join(", "));
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        note(connection, row.get(0)?, &Credential::read(row, 1)?)?;
    }
    Ok(())
}

/// Whether every number and every organisation of a credential is in its directory, and no other number.
pub(crate) fn is_whole(connection: &Connection) -> Result<bool> {
    let sql = "SELECT (SELECT count(*) FROM credential WHERE number IS NOT NULL)
                    = (SELECT count(*) FROM credential_number)
        AND NOT EXISTS (SELECT 1 FROM credential_number WHERE seq NOT IN (SELECT seq FROM credential))
        AND NOT EXISTS (SELECT 1 FROM credential WHERE subject_uscc NOT IN (SELECT uscc FROM subject))";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Notes what a credential will be found by.
pub(super) fn note(connection: &Connection, seq: i64, row: &Credential) -> Result<()> {
    if let Some(number) = &row.number {
        let sql = "INSERT INTO credential_number (key, seq) VALUES (?, ?)";
        connection.prepare_cached(sql)?.execute((search::key(number), seq))?;
    }
    note_state(connection, row.direction, &row.subject_uscc, &row.subject_name, row.state)
}

/// Notes what became of a credential about an organisation.
pub(super) fn note_state(
    connection: &Connection,
    direction: CredentialDirection,
    uscc: &Uscc,
    name: &str,
    state: CredentialState,
) -> Result<()> {
    subject::note(connection, uscc, name, mark(direction, state))
}

/// How the index of the organisations tells what became of credentials; of those that stand, which are
/// nearly all, it tells nothing.
fn mark(direction: CredentialDirection, state: CredentialState) -> Option<String> {
    (state != CredentialState::Valid).then(|| format!("{}:{}", direction.as_str(), state.as_str()))
}

/// The reverse of [`note`], once the credential itself is gone.
pub(super) fn forget(connection: &Connection, seq: i64, number: Option<&str>, uscc: &Uscc) -> Result<()> {
    if let Some(number) = number {
        let sql = "DELETE FROM credential_number WHERE key = ? AND seq = ?";
        connection.execute(sql, (search::key(number), seq))?;
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM credential WHERE direction IN (?, ?) AND subject_uscc = ?)";
    let [held, issued] = [CredentialDirection::Held, CredentialDirection::Issued];
    let others: bool = connection.query_row(sql, (As(&held), As(&issued), As(uscc)), |row| row.get(0))?;
    if others { Ok(()) } else { subject::forget(connection, uscc) }
}

/// The rows of one run of the index that a filter lets through, between two places, both excluded.
const RUN: &str = "FROM credential INDEXED BY credential_by_type
    WHERE direction = ?1 AND credential_type = ?2 AND state = ?3 AND seq > ?4 AND seq < ?5
      AND (?6 IS NULL OR provenance = ?6) AND (?7 IS NULL OR substr(region, 1, length(?7)) = ?7)";

/// The places of the newest credentials that a filter lets through, the newest first.
fn newest(
    connection: &Connection,
    filter: &CredentialFilter,
    after: Option<After>,
    most: usize,
) -> Result<Vec<i64>> {
    let sql = format!("SELECT seq {RUN} ORDER BY seq DESC LIMIT ?8");
    let before = after.map_or(i64::MAX, |after| after.0);
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut newest: Vec<i64> = Vec::new();
    for (kind, state) in runs(connection, filter)? {
        // Once there are enough, only what is newer than the last of them matters.
        let floor = if newest.len() < most { i64::MIN } else { newest.last().copied().unwrap_or(i64::MIN) };
        newest.extend(in_run(connection, &sql, filter, &kind, state, (floor, before), limit)?);
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest.truncate(most);
    }
    Ok(newest)
}

fn in_run(
    connection: &Connection,
    sql: &str,
    filter: &CredentialFilter,
    kind: &str,
    state: CredentialState,
    (floor, before): (i64, i64),
    limit: i64,
) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    let region = filter.region.as_ref().map(Prefix::as_str);
    let provenance = filter.provenance.as_ref().map(As);
    let rows = statement.query_map(
        params![As(&filter.direction), kind, As(&state), floor, before, provenance, region, limit],
        |row| row.get(0),
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The runs that a filter needs: every type and state, unless it names one.
fn runs(connection: &Connection, filter: &CredentialFilter) -> Result<Vec<(String, CredentialState)>> {
    let kinds = match &filter.credential_type {
        Some(kind) => vec![kind.clone()],
        None => kinds(connection, filter.direction)?,
    };
    let states = match filter.state {
        Some(state) => vec![state],
        None => CredentialState::ALL.to_vec(),
    };
    let with_states =
        |kind: String| states.iter().map(move |state| (kind.clone(), *state)).collect::<Vec<_>>();
    Ok(kinds.into_iter().flat_map(with_states).collect())
}

/// The types that there are, each found behind the last one.
fn kinds(connection: &Connection, direction: CredentialDirection) -> Result<Vec<String>> {
    let sql = "SELECT credential_type FROM credential INDEXED BY credential_by_type
               WHERE direction = ? AND credential_type > ? ORDER BY credential_type LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut kinds: Vec<String> = Vec::new();
    loop {
        let last = kinds.last().map_or("", String::as_str);
        match statement.query_row((As(&direction), last), |row| row.get(0)).optional()? {
            Some(kind) => kinds.push(kind),
            None => return Ok(kinds),
        }
    }
}

fn by_text(
    connection: &Connection,
    filter: &CredentialFilter,
    query: &Query,
    after: Option<After>,
    visit: Visit<'_>,
) -> Result<()> {
    let last = match after {
        None => None,
        Some(After(seq)) => match at(connection, seq)? {
            Some(row) => Some((seq, row)),
            // The row that the last page ended with was removed meanwhile: there is no way on from it.
            None => return Ok(()),
        },
    };
    let (numbers, names) = query.split();
    if !names.is_blank() || (filter.by_name && numbers.is_blank()) {
        return by_subject(connection, filter, &names, &numbers, last.as_ref(), None, visit);
    }
    let Some((code, as_query)) = query.longest_code() else { return Ok(()) };
    let has_number = |row: &Credential| begins_with(row, code);
    let is_about = |row: &Credential| about(connection, row, &as_query);
    // In which of the three ways the last page ended.
    let inside = match &last {
        Some((_, row)) => !has_number(row) && !is_about(row)?,
        None => false,
    };
    let (more, any) = (Cell::new(true), Cell::new(last.is_some()));
    let mut seen = |seq, row| {
        any.set(true);
        more.set(visit(seq, row));
        more.get()
    };
    if last.as_ref().is_none_or(|(_, row)| has_number(row)) {
        by_number(connection, filter, code, query, last.as_ref(), &mut seen)?;
    }
    if more.get() && !inside {
        let last = last.as_ref().filter(|(_, row)| !has_number(row));
        by_subject(connection, filter, &as_query, query, last, Some(code), &mut seen)?;
    }
    if more.get() && (inside || !any.get() || few(connection)?) {
        let last = last.as_ref().filter(|_| inside);
        by_part(
            connection,
            filter,
            code,
            query,
            last,
            &mut |seq, row| Ok(is_about(&row)? || seen(seq, row)),
        )?;
    }
    Ok(())
}

/// Whether the organisation that a credential is about is found by `query`.
fn about(connection: &Connection, row: &Credential, query: &Query) -> Result<bool> {
    let found = subject::find(connection, &row.subject_uscc)?;
    Ok(found.is_some_and(|(_, subject)| query.fits(&subject.words())))
}

/// Credentials up to which numbers are looked through whenever a part of one may have been typed. Beyond, that is done
/// where nothing else was found.
const FEW: i64 = 50_000;

fn few(connection: &Connection) -> Result<bool> {
    let last: Option<i64> =
        connection.prepare_cached("SELECT max(seq) FROM credential")?.query_row([], |row| row.get(0))?;
    Ok(last.unwrap_or(0) <= FEW)
}

/// Credentials that have `code` inside their number and not at its beginning, by number, if all of `query` fits them.
/// It walks through all numbers.
fn by_part(
    connection: &Connection,
    filter: &CredentialFilter,
    code: &str,
    query: &Query,
    last: Option<&(i64, Credential)>,
    visit: &mut dyn FnMut(i64, Credential) -> Result<bool>,
) -> Result<()> {
    if code.len() < INSIDE {
        return Ok(());
    }
    let sql = format!(
        "SELECT credential.seq, {} FROM credential_number CROSS JOIN credential USING (seq)
         WHERE (key, credential_number.seq) > (?1, ?2) AND instr(key, ?3) > 1
         ORDER BY key, credential_number.seq",
        Credential::COLUMNS.join(", ")
    );
    let (key, seq) = last.map_or((String::new(), i64::MIN), |(seq, row)| (number_key(row), *seq));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((key, seq, code))?;
    while let Some(row) = rows.next()? {
        let (seq, row) = (row.get(0)?, Credential::read(row, 1)?);
        let fits = row.direction == filter.direction && filter.allows(&row) && {
            let names = [row.subject_name.clone()];
            query.fits(&words(&row, &names))
        };
        if fits && !visit(seq, row)? {
            break;
        }
    }
    Ok(())
}

fn number_key(row: &Credential) -> String {
    search::key(row.number.as_deref().unwrap_or_default())
}

/// Credentials whose number begins with `code`, by number, if all of `query` fits them.
fn by_number(
    connection: &Connection,
    filter: &CredentialFilter,
    code: &str,
    query: &Query,
    last: Option<&(i64, Credential)>,
    visit: Visit<'_>,
) -> Result<()> {
    let sql = format!(
        "SELECT credential.seq, {} FROM credential_number CROSS JOIN credential USING (seq)
         WHERE (key, credential_number.seq) > (?1, ?2) AND key < ?3 ORDER BY key, credential_number.seq",
        Credential::COLUMNS.join(", ")
    );
    let (key, seq) = match last {
        Some((seq, row)) => (number_key(row), *seq),
        None => (code.to_owned(), i64::MIN),
    };
    // Keys have small letters and digits and what lies behind them; a brace comes right behind `z`.
    let end = format!("{code}{}", char::MAX);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((key, seq, end))?;
    while let Some(row) = rows.next()? {
        let (seq, row) = (row.get(0)?, Credential::read(row, 1)?);
        let fits = row.direction == filter.direction && filter.allows(&row) && {
            let names = [row.subject_name.clone()];
            query.fits(&words(&row, &names))
        };
        if fits && !visit(seq, row) {
            break;
        }
    }
    Ok(())
}

/// Issued credentials with this very number, the oldest first.
pub(super) fn issued_with_number(connection: &Connection, number: &str) -> Result<Vec<Credential>> {
    let sql = format!(
        "SELECT {} FROM credential_number CROSS JOIN credential USING (seq)
         WHERE key = ? ORDER BY credential_number.seq",
        Credential::COLUMNS.join(", ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([search::key(number)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Credential::read(row, 0)?;
        if row.direction == CredentialDirection::Issued && row.number.as_deref() == Some(number) {
            found.push(row);
        }
    }
    Ok(found)
}

/// The numbers between two, both included, of issued credentials of a type.
pub(super) fn issued_numbers(
    connection: &Connection,
    kind: &str,
    first: &str,
    last: &str,
) -> Result<HashSet<String>> {
    let sql = "SELECT number FROM credential_number CROSS JOIN credential USING (seq)
               WHERE key BETWEEN ? AND ? AND direction = ? AND credential_type = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let (first, last) = (search::key(first), search::key(last));
    let rows = statement
        .query_map((first, last, As(&CredentialDirection::Issued), kind), |row| row.get::<_, String>(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn at(connection: &Connection, seq: i64) -> Result<Option<Credential>> {
    crate::row::one(connection, "seq = ?", [seq])
}

fn begins_with(row: &Credential, code: &str) -> bool {
    row.number.as_deref().is_some_and(|number| search::key(number).starts_with(code))
}

fn words<'w>(row: &'w Credential, names: &'w [String]) -> Words<'w> {
    let mut codes = vec![Cow::Borrowed(row.subject_uscc.as_str())];
    codes.extend(row.number.as_deref().map(|number| Cow::Owned(search::key(number))));
    Words { names: names.iter().map(String::as_str).collect(), codes, filters: Vec::new() }
}
