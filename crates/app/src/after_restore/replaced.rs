//! What is taken over from the database that a restored one replaces: numbers, issued credentials, lists.

use serde_json::Value;
use zizhi_model::Uscc;
use zizhi_store::{CredentialDirection, CredentialFilter, Reader, Writer};

use super::NEXT_NUMBER;
use crate::failure::Failure;
use crate::own_status_lists::{self as lists, own_lists};

/// Credentials that are looked at together.
const PAGE: usize = 500;

/// What was taken over.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Credentials that the backup did not have.
    pub credentials: usize,
    /// Credentials that the backup took for valid, or for suspended only.
    pub changed: usize,
}

/// Adds to the restored database what the old one has beyond it. Where its log goes on from the backup's, it
/// has nothing new behind the first credential that both have.
pub(super) fn merge(
    old: &Reader<'_>,
    writer: &Writer<'_>,
    owner: &Uscc,
    goes_on: bool,
) -> Result<Merged, Failure> {
    numbers(old, writer)?;
    let mut merged = Merged { credentials: credentials(old, writer, goes_on)?, changed: 0 };
    for uri in own_lists(old, owner)? {
        let Some(row) = old.status_list(&uri)? else { continue };
        lists::absorb(writer, &row)?;
        for (idx, status) in lists::exceptions(&row)? {
            let Some(here) = writer.credential_at(&uri, idx)? else { continue };
            let there = old.credential_at(&uri, idx)?;
            let at = there.as_ref().and_then(|there| there.changed).unwrap_or(here.iat);
            let reason = there.and_then(|there| there.reason);
            if lists::worsen(writer, &here, status, reason.as_deref(), at)? {
                merged.changed += 1;
            }
        }
    }
    Ok(merged)
}

/// A series goes on from the higher of both.
fn numbers(old: &Reader<'_>, writer: &Writer<'_>) -> Result<(), Failure> {
    for (name, next) in old.settings()? {
        if !name.starts_with(NEXT_NUMBER) {
            continue;
        }
        let here = writer.setting(&name)?.as_ref().and_then(Value::as_u64).unwrap_or_default();
        if next.as_u64().is_some_and(|next| next > here) {
            writer.put_setting(&name, &next)?;
        }
    }
    Ok(())
}

/// Brings over what was issued after the backup, in the order in which it was issued.
fn credentials(old: &Reader<'_>, writer: &Writer<'_>, goes_on: bool) -> Result<usize, Failure> {
    let filter = CredentialFilter { direction: CredentialDirection::Issued, ..CredentialFilter::default() };
    let mut missing = Vec::new();
    let mut after = None;
    loop {
        let page = old.credentials(&filter, after, PAGE)?;
        let mut known = false;
        for row in page.rows {
            let here = writer.credential_by_digest(row.direction, &row.sha256)?;
            if here.is_some() || writer.credential(&row.id)?.is_some() {
                known = true;
            } else {
                missing.push(row);
            }
        }
        after = page.next;
        if after.is_none() || (known && goes_on) {
            break;
        }
    }
    for row in missing.iter().rev() {
        let bytes = old.credential_bytes(&row.id)?.unwrap_or_default();
        writer.add_credential(row, &bytes)?;
    }
    Ok(missing.len())
}
