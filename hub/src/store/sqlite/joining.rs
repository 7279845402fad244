//! Organisations, their devices, and nonces.

use rusqlite::{OptionalExtension, Transaction, params};
use zizhi_model::OrgId;

use super::{End, Result};
use crate::store::{Device, DeviceList, Enrolled, Enrolment, Organisation, Provider, Replaced};

pub(super) fn enrol(tx: &Transaction<'_>, new: &Enrolment) -> Result<End<Enrolled>> {
    let org = new.org.to_string();
    let used: Option<(String, String)> = tx
        .prepare_cached("SELECT org, list_sha256 FROM invitations WHERE jti = ?1")?
        .query_row([&new.invitation], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((by, list)) = used {
        let same = by == org && list == new.list.sha256;
        return Ok(End::Rollback(if same { Enrolled::Same } else { Enrolled::InvitationUsed }));
    }
    let added = tx
        .prepare_cached(
            "INSERT INTO organisations (org, name, role, enrolled, list_seq, list, list_sha256) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )?
        .execute(params![org, new.name, new.role, new.at, new.list.seq, new.list.jws, new.list.sha256])?;
    // One that lost every device begins again, by the invitation that an operator made for it.
    let again = added == 0
        && tx
            .prepare_cached(
                "UPDATE organisations SET list_seq = ?3, list = ?4, list_sha256 = ?5, again = NULL \
                 WHERE org = ?1 AND again = ?2",
            )?
            .execute(params![org, new.invitation, new.list.seq, new.list.jws, new.list.sha256])?
            > 0;
    if added == 0 && !again {
        return Ok(End::Rollback(Enrolled::Stale));
    }
    tx.prepare_cached("INSERT INTO invitations (jti, org, list_sha256, used) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![new.invitation, org, new.list.sha256, new.at])?;
    if new.mailbox && !again {
        // Mail from before, when it was at another hub, keeps its numbers.
        super::relay::arrive(tx, &org)?;
        tx.prepare_cached(
            "INSERT INTO mailboxes (org, last_seq, bytes) SELECT ?1, coalesce(max(seq), 0), \
             coalesce(sum(CASE WHEN waiting = 1 THEN len ELSE 0 END), 0) FROM messages WHERE recipient = ?1",
        )?
        .execute([&org])?;
    }
    match add_devices(tx, &org, &new.list)? {
        Some(1..) => Ok(End::Commit(Enrolled::New)),
        _ => Ok(End::Rollback(Enrolled::KeyTaken)),
    }
}

pub(super) fn replace(tx: &Transaction<'_>, org: OrgId, list: &DeviceList) -> Result<End<Replaced>> {
    let org = org.to_string();
    let stands: Option<(i64, String)> = tx
        .prepare_cached("SELECT list_seq, list_sha256 FROM organisations WHERE org = ?1")?
        .query_row([&org], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((seq, sha256)) = stands else { return Ok(End::Rollback(Replaced::Stale)) };
    if sha256 == list.sha256 {
        return Ok(End::Rollback(Replaced::Same));
    }
    // docs/hub.md §1: one more than the list before, whose digest it names.
    if list.seq != seq + 1 || list.previous.as_deref() != Some(sha256.as_str()) {
        return Ok(End::Rollback(Replaced::Stale));
    }
    tx.prepare_cached("UPDATE organisations SET list_seq = ?2, list = ?3, list_sha256 = ?4 WHERE org = ?1")?
        .execute(params![org, list.seq, list.jws, list.sha256])?;
    tx.prepare_cached("DELETE FROM devices WHERE org = ?1")?.execute([&org])?;
    match add_devices(tx, &org, list)? {
        Some(_) => Ok(End::Commit(Replaced::New)),
        None => Ok(End::Rollback(Replaced::KeyTaken)),
    }
}

/// Enters the devices of a list and returns how many there are, without those that an operator removed. `None` if a key
/// belongs to another organisation, or stands twice in the list.
fn add_devices(tx: &Transaction<'_>, org: &str, list: &DeviceList) -> Result<Option<u32>> {
    let mut removed = tx.prepare_cached("SELECT 1 FROM removed_devices WHERE org = ?1 AND kid = ?2")?;
    let mut insert =
        tx.prepare_cached("INSERT INTO devices (kid, org, jwk) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    let mut added = 0;
    for (kid, jwk) in &list.devices {
        if removed.exists([org, kid])? {
            continue;
        }
        if insert.execute(params![kid, org, jwk])? == 0 {
            return Ok(None);
        }
        added += 1;
    }
    Ok(Some(added))
}

/// Whether the mailbox of an organisation is here.
pub(super) fn has_mailbox(tx: &Transaction<'_>, org: OrgId) -> Result<bool> {
    Ok(tx.prepare_cached("SELECT 1 FROM mailboxes WHERE org = ?1")?.exists([org.to_string()])?)
}

pub(super) fn organisation(tx: &Transaction<'_>, org: OrgId) -> Result<Option<Organisation>> {
    Ok(tx
        .prepare_cached(
            "SELECT name, role, list, EXISTS (SELECT 1 FROM mailboxes WHERE org = ?1) FROM organisations \
             WHERE org = ?1",
        )?
        .query_row([org.to_string()], |row| {
            Ok(Organisation {
                org,
                name: row.get(0)?,
                role: row.get(1)?,
                list: row.get(2)?,
                mailbox: row.get(3)?,
            })
        })
        .optional()?)
}

pub(super) fn providers(tx: &Transaction<'_>) -> Result<Vec<Provider>> {
    let mut statement = tx.prepare_cached(
        "SELECT org, EXISTS (SELECT 1 FROM mailboxes WHERE mailboxes.org = organisations.org), \
         (SELECT hub FROM remote_organisations WHERE remote_organisations.org = organisations.org) \
         FROM organisations WHERE role = 'service_provider' ORDER BY org",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (org, mailbox, hub) = row?;
        Ok(Provider { org: super::org(&org)?, mailbox, hub })
    })
    .collect()
}

pub(super) fn device(tx: &Transaction<'_>, kid: &str) -> Result<Option<Device>> {
    let found: Option<(String, String, String, bool)> = tx
        .prepare_cached(
            "SELECT org, role, jwk, EXISTS (SELECT 1 FROM mailboxes WHERE mailboxes.org = devices.org) \
             FROM devices JOIN organisations USING (org) WHERE kid = ?1",
        )?
        .query_row([kid], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((org, role, jwk, mailbox)) = found else { return Ok(None) };
    Ok(Some(Device { org: super::org(&org)?, role, kid: kid.to_owned(), jwk, mailbox }))
}

pub(super) fn remember(tx: &Transaction<'_>, kid: &str, nonce: &str, expires: i64) -> Result<End<bool>> {
    let added = tx
        .prepare_cached(
            "INSERT INTO nonces (kid, nonce, expires) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![kid, nonce, expires])?;
    Ok(End::Commit(added == 1))
}
