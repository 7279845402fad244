//! What is known of a list from elsewhere, added to what the database knows. Nothing is ever taken away: what
//! is revoked stays revoked, and the time at which a list was signed never goes back.

use chrono::{DateTime, Utc};
use zizhi_credential::status::{Bits, Status, StatusList, StatusToken, UnverifiedToken};
use zizhi_model::{Limits, civil};
use zizhi_store::{Credential, Reader, StatusList as Stored, Writer};
use zizhi_trust::{KeyUse, Trust};

use super::{PLACES, inflated, state_of, status_of, unusable};
use crate::failure::Failure;
use crate::vault;

/// Why a credential has a status that the database learnt from a list.
const FROM_LIST: &str = "核对时按较新的吊销名单记下";

/// From now on the list gives no more places.
pub(crate) fn close(writer: &Writer<'_>, uri: &str) -> Result<(), Failure> {
    let Some(mut row) = writer.status_list(uri)? else { return Ok(()) };
    row.next_idx = row.size;
    Ok(writer.put_status_list(&row)?)
}

/// A list that this database hears of for the first time, by the place of a credential in it: as far as is known
/// everything on it is valid, and it gives no places. Nothing if no list has such a place.
pub(crate) fn heard_of(uri: &str, idx: u64) -> Option<Stored> {
    let list = StatusList::new(Bits::Two, PLACES.max(idx.checked_add(1)?)).ok()?;
    let size = list.entries();
    let entries = list.deflate().ok()?;
    let bits = Bits::Two.count();
    Some(Stored { uri: uri.to_owned(), bits, next_idx: size, size, iat: None, entries, published: None })
}

/// What a list says of a place; nothing if it has no such place.
pub(crate) fn at(row: &Stored, idx: u64) -> Result<Option<Status>, Failure> {
    Ok(inflated(row)?.get(idx).ok())
}

/// Places that are not valid.
pub(crate) fn exceptions(row: &Stored) -> Result<Vec<(u64, Status)>, Failure> {
    Ok(inflated(row)?.exceptions().collect())
}

/// Adds what another database knows of a list. One that is not here comes along, and gives no places.
pub(crate) fn absorb(writer: &Writer<'_>, other: &Stored) -> Result<(), Failure> {
    match writer.status_list(&other.uri)? {
        None => Ok(writer.put_status_list(&Stored { next_idx: other.size, ..other.clone() })?),
        Some(row) => add(writer, row, &inflated(other)?, other.iat, other.published.as_deref()),
    }
}

/// Adds what the trust data at hand knows of a list, if that is newer and of this organisation.
pub(crate) fn learn(writer: &Writer<'_>, uri: &str, trust: &Trust, at: DateTime<Utc>) -> Result<(), Failure> {
    let Some(row) = writer.status_list(uri)? else { return Ok(()) };
    let held = trust.state().and_then(|state| state.status.get(uri));
    let newer = held.filter(|held| row.iat.is_none_or(|iat| iat.timestamp() < held.iat));
    let Some(held) = newer else { return Ok(()) };
    match own_token(writer, &held.jwt)? {
        Some(token) if token.uri == uri => take_in(writer, row, &token, &held.jwt, at),
        // Another organisation's list of this name says nothing about these credentials.
        _ => Ok(()),
    }
}

/// A list that a key of this organisation signed, of today or of before.
pub(crate) fn own_token(reader: &Reader<'_>, text: &str) -> Result<Option<StatusToken>, Failure> {
    let limits = Limits::default();
    let keys = vault::publics(reader, KeyUse::Status)?;
    Ok(keys.iter().find_map(|key| UnverifiedToken::parse(text, &limits).ok()?.verify(key, None).ok()))
}

/// Adds what a list says that was signed before, and notes it with the credentials.
pub(crate) fn take_in(
    writer: &Writer<'_>,
    row: Stored,
    token: &StatusToken,
    text: &str,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let uri = row.uri.clone();
    add(writer, row, &token.list, civil::from_numeric_date(token.issued_at), Some(text.as_bytes()))?;
    for (idx, status) in token.list.exceptions() {
        if let Some(credential) = writer.credential_at(&uri, idx)? {
            worsen(writer, &credential, status, None, at)?;
        }
    }
    Ok(())
}

/// Notes a status at a place of a list that is here, unless the one that it has says more.
pub(crate) fn worsen_place(writer: &Writer<'_>, uri: &str, idx: u64, status: Status) -> Result<(), Failure> {
    let Some(mut row) = writer.status_list(uri)? else { return Ok(()) };
    let mut list = inflated(&row)?;
    if weight(status) > weight(list.get(idx).map_err(unusable)?) {
        list.set(idx, status).map_err(unusable)?;
        row.published = None;
        row.entries = list.deflate().map_err(unusable)?;
        writer.put_status_list(&row)?;
    }
    Ok(())
}

/// Notes a status with a credential, unless the one that it has says more. Whether it changed.
pub(crate) fn worsen(
    writer: &Writer<'_>,
    credential: &Credential,
    status: Status,
    reason: Option<&str>,
    at: DateTime<Utc>,
) -> Result<bool, Failure> {
    if weight(status) <= weight(status_of(credential.state)) {
        return Ok(false);
    }
    writer.set_credential_state(&credential.id, state_of(status), Some(reason.unwrap_or(FROM_LIST)), at)?;
    Ok(true)
}

fn add(
    writer: &Writer<'_>,
    mut row: Stored,
    other: &StatusList,
    iat: Option<DateTime<Utc>>,
    token: Option<&[u8]>,
) -> Result<(), Failure> {
    let before = inflated(&row)?;
    let mut list = widened(&before, other.entries())?;
    for (idx, status) in other.exceptions() {
        if weight(status) > weight(list.get(idx).map_err(unusable)?) {
            list.set(idx, status).map_err(unusable)?;
        }
    }
    // A list that was signed counts as it is only if it says all that is known.
    let newer = iat > row.iat;
    if newer {
        row.published = token.filter(|_| list == *other).map(<[u8]>::to_vec);
    } else if list != before {
        row.published = None;
    }
    row.iat = row.iat.max(iat);
    row.entries = list.deflate().map_err(unusable)?;
    if list.entries() > row.size {
        // Only a list that was begun elsewhere is larger, and gives no places here.
        (row.size, row.next_idx) = (list.entries(), list.entries());
    }
    Ok(writer.put_status_list(&row)?)
}

/// The same list with room for as many entries.
fn widened(list: &StatusList, entries: u64) -> Result<StatusList, Failure> {
    if entries <= list.entries() {
        return Ok(list.clone());
    }
    let mut wide = StatusList::new(list.bits(), entries).map_err(unusable)?;
    for (idx, status) in list.exceptions() {
        wide.set(idx, status).map_err(unusable)?;
    }
    Ok(wide)
}

/// How much a status says against a credential.
fn weight(status: Status) -> u8 {
    match status {
        Status::Valid => 0,
        Status::Suspended | Status::Other(_) => 1,
        Status::Ended => 2,
        Status::Revoked => 3,
    }
}
