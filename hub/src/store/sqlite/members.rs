//! What an operator does about organisations and their devices.

use rusqlite::{OptionalExtension as _, Transaction, params};
use zizhi_model::OrgId;

use super::{End, Result, joining, org};
use crate::store::{BegunAgain, Member};

pub(super) fn all(tx: &Transaction<'_>) -> Result<Vec<Member>> {
    let mut rows = tx.prepare_cached("SELECT org, again IS NOT NULL FROM organisations ORDER BY org")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut members = Vec::new();
    for row in rows.collect::<rusqlite::Result<Vec<(String, bool)>>>()? {
        let (code, waiting) = row;
        let Some(organisation) = joining::organisation(tx, org(&code)?)? else { continue };
        let mut devices = tx.prepare_cached("SELECT kid FROM devices WHERE org = ?1 ORDER BY kid")?;
        let devices = devices.query_map([&code], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        members.push(Member { organisation, devices, waiting });
    }
    Ok(members)
}

pub(super) fn remove_device(tx: &Transaction<'_>, org: OrgId, kid: &str, at: i64) -> Result<End<bool>> {
    let org = org.to_string();
    let removed = tx.execute("DELETE FROM devices WHERE org = ?1 AND kid = ?2", [&org, kid])?;
    if removed == 0 {
        return Ok(End::Rollback(false));
    }
    tx.execute("INSERT INTO removed_devices (org, kid, at) VALUES (?1, ?2, ?3)", params![org, kid, at])?;
    Ok(End::Commit(true))
}

pub(super) fn begin_again(
    tx: &Transaction<'_>,
    org: OrgId,
    invitation: &str,
    at: i64,
) -> Result<End<BegunAgain>> {
    let code = org.to_string();
    // What another hub told of it may be a list with a higher number than its new one will have.
    let told: Option<String> = tx
        .query_row(
            "UPDATE remote_organisations SET list_seq = 1, seen = 0 WHERE org = ?1 RETURNING hub",
            [&code],
            |row| row.get(0),
        )
        .optional()?;
    let Some(organisation) = joining::organisation(tx, org)? else {
        return Ok(told.map_or(End::Rollback(BegunAgain::Unknown), |hub| End::Commit(BegunAgain::There(hub))));
    };
    let none = "INSERT INTO removed_devices (org, kid, at) SELECT org, kid, ?2 FROM devices WHERE org = ?1";
    tx.execute(none, params![code, at])?;
    tx.execute("DELETE FROM devices WHERE org = ?1", [&code])?;
    tx.execute("UPDATE organisations SET again = ?2 WHERE org = ?1", [&code, invitation])?;
    Ok(End::Commit(BegunAgain::Here(organisation)))
}
