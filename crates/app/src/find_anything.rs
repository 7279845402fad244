//! Finds by a few letters whatever can be opened: cases, firms, credentials, drafts. By any part of a
//! name, its pinyin or initials, or the beginning of a code.

use zizhi_credential::types::builtin;
use zizhi_model::civil;
use zizhi_store::{
    CaseFilter, CredentialDirection, CredentialFilter, Database, Draft, FirmFilter, Reader, fits,
};

use crate::failure::Failure;

/// At most so many of each kind: a palette is a short list.
const EACH: usize = 8;
/// Rows of a short list without an index of its own that are looked through.
const LOOKED_THROUGH: usize = 500;

/// What something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A case.
    Case,
    /// A firm of the register.
    Firm,
    /// A held credential.
    Held,
    /// An issued credential.
    Issued,
    /// A draft.
    Draft,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// Finds what fits `typed`; nothing for white space.
///
/// # Errors
/// As every read of the database.
pub fn find_anything(database: &Database, typed: &str) -> Result<Vec<Found>, Failure> {
    if typed.trim().is_empty() {
        return Ok(Vec::new());
    }
    let reader = database.reader()?;
    let mut found = cases(&reader, typed)?;
    found.extend(firms(&reader, typed)?);
    found.extend(held(&reader, typed)?);
    found.extend(issued(&reader, typed)?);
    found.extend(drafts(&reader, typed)?);
    Ok(found)
}

fn cases(reader: &Reader<'_>, typed: &str) -> Result<Vec<Found>, Failure> {
    let filter = CaseFilter { text: typed.to_owned(), ..CaseFilter::default() };
    let cases = reader.cases(&filter, None, EACH)?.rows;
    let found = cases.into_iter().map(|case| Found {
        kind: Kind::Case,
        id: case.id,
        title: case.firm_name.unwrap_or(case.file_name),
        detail: format!("{} {}", case.number, civil::date_in_shanghai(case.received)),
    });
    Ok(found.collect())
}

fn firms(reader: &Reader<'_>, typed: &str) -> Result<Vec<Found>, Failure> {
    let filter = FirmFilter { text: typed.to_owned(), ..FirmFilter::default() };
    let firms = reader.firms(&filter, None, EACH)?.rows;
    let found = firms.into_iter().map(|firm| Found {
        kind: Kind::Firm,
        id: firm.id,
        title: firm.name,
        detail: firm.uscc.to_string(),
    });
    Ok(found.collect())
}

/// A firm holds a few hundred credentials, all about itself: what tells them apart is their type.
fn held(reader: &Reader<'_>, typed: &str) -> Result<Vec<Found>, Failure> {
    let credentials = reader.credentials(&CredentialFilter::default(), None, LOOKED_THROUGH)?.rows;
    let found = credentials.into_iter().filter_map(|held| {
        let name = type_name(&held.credential_type);
        let number = held.number.clone().unwrap_or_default();
        let fits = fits(typed, &[&name, &held.subject_name], &[&number, held.issuer_uscc.as_str()]);
        let detail = if number.is_empty() { held.issuer_uscc.to_string() } else { number };
        fits.then_some(Found { kind: Kind::Held, id: held.id, title: name, detail })
    });
    Ok(found.take(EACH).collect())
}

fn issued(reader: &Reader<'_>, typed: &str) -> Result<Vec<Found>, Failure> {
    let direction = CredentialDirection::Issued;
    let filter = CredentialFilter { direction, text: typed.to_owned(), ..CredentialFilter::default() };
    let credentials = reader.credentials(&filter, None, EACH)?.rows;
    let found = credentials.into_iter().map(|issued| Found {
        kind: Kind::Issued,
        title: format!("{} {}", issued.subject_name, type_name(&issued.credential_type)),
        detail: issued.number.unwrap_or_else(|| issued.subject_uscc.to_string()),
        id: issued.id,
    });
    Ok(found.collect())
}

/// What a type is called; a type that is not built in is called by its id.
fn type_name(id: &str) -> String {
    let known = builtin().iter().find(|known| known.id() == id);
    known.map_or_else(|| id.to_owned(), |known| known.name().zh.into_owned())
}

fn drafts(reader: &Reader<'_>, typed: &str) -> Result<Vec<Found>, Failure> {
    let drafts = reader.drafts(None, LOOKED_THROUGH)?.rows;
    let aud = |draft: &Draft| draft.aud.map(|aud| aud.to_string()).unwrap_or_default();
    let found = drafts.into_iter().filter(|draft| fits(typed, &[&draft.title], &[&aud(draft)]));
    let found = found.take(EACH).map(|draft| Found {
        kind: Kind::Draft,
        detail: aud(&draft),
        id: draft.id,
        title: draft.title,
    });
    Ok(found.collect())
}
