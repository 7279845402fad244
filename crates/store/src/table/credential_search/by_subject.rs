//! Credentials by the organisations that they are about.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use zizhi_model::Uscc;

use super::{Visit, begins_with, mark, runs, words};
use crate::error::Result;
use crate::row::{As, Row as _, get};
use crate::search::{self, Query, Searchable as _, Span, order};
use crate::table::credential::{Credential, CredentialFilter};
use crate::table::subject::{self, Subject};

/// Organisations that are looked at one by one; where more have what is asked for, it is common enough to be met soon
/// among those that a name finds.
const FEW: u16 = 2_000;

/// Credentials about the organisations that `names` finds, if `rest` fits them as well; without those
/// whose number begins with `except`.
pub(super) fn by_subject(
    connection: &Connection,
    filter: &CredentialFilter,
    names: &Query,
    rest: &Query,
    last: Option<&(i64, Credential)>,
    except: Option<&str>,
    visit: Visit<'_>,
) -> Result<()> {
    // Where the last page ended: the organisation and its place, and the credential's.
    let resumed = match last {
        None => None,
        Some((last, row)) => {
            subject::find(connection, &row.subject_uscc)?.map(|(seq, subject)| (seq, subject, *last))
        }
    };
    let sql = format!(
        "SELECT seq, {} FROM credential INDEXED BY credential_by_subject
         WHERE direction = ?1 AND subject_uscc = ?2 AND seq < ?3
           AND (?4 IS NULL OR state = ?4) AND (?5 IS NULL OR credential_type = ?5) ORDER BY seq DESC",
        Credential::COLUMNS.join(", ")
    );
    let visit_all = |seq: i64, subject: Subject| -> Result<bool> {
        let before =
            resumed.as_ref().filter(|(resumed, ..)| *resumed == seq).map_or(i64::MAX, |(.., last)| *last);
        let mut statement = connection.prepare_cached(&sql)?;
        let state = filter.state.as_ref().map(As);
        let mut rows = statement.query(params![
            As(&filter.direction),
            As(&subject.uscc),
            before,
            state,
            filter.credential_type
        ])?;
        while let Some(row) = rows.next()? {
            let (seq, row) = (row.get(0)?, Credential::read(row, 1)?);
            let fits = filter.allows(&row)
                && except.is_none_or(|code| !begins_with(&row, code))
                && rest.fits(&words(&row, &subject.names));
            if fits && !visit(seq, row) {
                return Ok(false);
            }
        }
        Ok(true)
    };
    let begin = resumed.as_ref().map(|(seq, subject, _)| (*seq, subject));
    if let Some(few) = few(connection, filter)? {
        return each_of(few, names, filter.by_name, begin, visit_all);
    }
    let mut names = names.clone();
    names.filter(subject::STATE, filter.state.and_then(|state| mark(filter.direction, state)).as_deref());
    let begin = begin.map(|(seq, _)| seq);
    if filter.by_name {
        return search::each_by_name(connection, &names, begin, visit_all);
    }
    search::each(connection, &names, Span { last: begin.unwrap_or(i64::MAX), ..Span::default() }, visit_all)
}

/// The organisations that have a credential of the type that is asked for, if they are few.
fn few(connection: &Connection, filter: &CredentialFilter) -> Result<Option<Vec<(i64, Subject)>>> {
    if filter.credential_type.is_none() {
        return Ok(None);
    }
    let sql = "SELECT DISTINCT subject_uscc FROM credential INDEXED BY credential_by_kind
               WHERE direction = ? AND credential_type = ? AND state = ? LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut codes = BTreeSet::new();
    for (kind, state) in runs(connection, filter)? {
        let run = params![As(&filter.direction), kind, As(&state), i64::from(FEW) + 1];
        for code in statement.query_map(run, |row| get::<Uscc>(row, 0))? {
            codes.insert(code?);
        }
        if codes.len() > usize::from(FEW) {
            return Ok(None);
        }
    }
    let mut few = Vec::with_capacity(codes.len());
    for code in codes {
        few.extend(subject::find(connection, &code)?);
    }
    Ok(Some(few))
}

/// Visits those of a few organisations that fit in the order of the list, from `begin` on, which is visited as well, as
/// long as `visit` says so.
fn each_of(
    few: Vec<(i64, Subject)>,
    names: &Query,
    by_name: bool,
    begin: Option<(i64, &Subject)>,
    mut visit: impl FnMut(i64, Subject) -> Result<bool>,
) -> Result<()> {
    // The newest first, or by name.
    let place = |seq: i64, subject: &Subject| {
        if by_name { (order::order(subject.name()), seq) } else { (String::new(), seq.saturating_neg()) }
    };
    let begin = begin.map(|(seq, subject)| place(seq, subject));
    let mut found: Vec<_> = few
        .into_iter()
        .filter(|(_, subject)| names.fits(&subject.words()))
        .map(|(seq, subject)| (place(seq, &subject), seq, subject))
        .filter(|(place, ..)| begin.as_ref().is_none_or(|begin| place >= begin))
        .collect();
    found.sort_unstable_by(|(a, ..), (b, ..)| a.cmp(b));
    for (_, seq, subject) in found {
        if !visit(seq, subject)? {
            break;
        }
    }
    Ok(())
}
