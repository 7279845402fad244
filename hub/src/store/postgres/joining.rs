//! Organisations, their devices, and nonces.

use zizhi_model::OrgId;

use super::{End, Result, Tx, org};
use crate::store::{Device, DeviceList, Enrolled, Enrolment, Organisation, Provider, Replaced};

pub(super) async fn enrol(tx: &Tx, new: &Enrolment) -> Result<End<Enrolled>> {
    let org = new.org.to_string();
    let used = tx.one("SELECT org, list_sha256 FROM invitations WHERE jti = $1", &[&new.invitation]).await?;
    if let Some(row) = used {
        let same = row.try_get::<_, String>(0)? == org && row.try_get::<_, String>(1)? == new.list.sha256;
        return Ok(End::Rollback(if same { Enrolled::Same } else { Enrolled::InvitationUsed }));
    }
    let added = tx
        .run(
            "INSERT INTO organisations (org, name, role, enrolled, list_seq, list, list_sha256) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            &[&org, &new.name, &new.role, &new.at, &new.list.seq, &new.list.jws, &new.list.sha256],
        )
        .await?;
    // One that lost every device begins again, by the invitation that an operator made for it.
    let again = added == 0
        && tx
            .run(
                "UPDATE organisations SET list_seq = $3, list = $4, list_sha256 = $5, again = NULL \
                 WHERE org = $1 AND again = $2",
                &[&org, &new.invitation, &new.list.seq, &new.list.jws, &new.list.sha256],
            )
            .await?
            > 0;
    if added == 0 && !again {
        return Ok(End::Rollback(Enrolled::Stale));
    }
    tx.run(
        "INSERT INTO invitations (jti, org, list_sha256, used) VALUES ($1, $2, $3, $4)",
        &[&new.invitation, &org, &new.list.sha256, &new.at],
    )
    .await?;
    if new.mailbox && !again {
        // Mail from before, when it was at another hub, keeps its numbers.
        super::relay::arrive(tx, &org).await?;
        tx.run(
            "INSERT INTO mailboxes (org, last_seq, bytes) SELECT $1, coalesce(max(seq), 0), \
             coalesce(sum(len) FILTER (WHERE waiting), 0)::BIGINT FROM messages WHERE recipient = $1",
            &[&org],
        )
        .await?;
    }
    match add_devices(tx, &org, &new.list).await? {
        Some(1..) => Ok(End::Commit(Enrolled::New)),
        _ => Ok(End::Rollback(Enrolled::KeyTaken)),
    }
}

pub(super) async fn replace(tx: &Tx, org: OrgId, list: &DeviceList) -> Result<End<Replaced>> {
    let org = org.to_string();
    let stands =
        tx.one("SELECT list_seq, list_sha256 FROM organisations WHERE org = $1 FOR UPDATE", &[&org]).await?;
    let Some(row) = stands else { return Ok(End::Rollback(Replaced::Stale)) };
    let (seq, sha256): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
    if sha256 == list.sha256 {
        return Ok(End::Rollback(Replaced::Same));
    }
    // docs/hub.md §1: one more than the list before, whose digest it names.
    if list.seq != seq + 1 || list.previous.as_deref() != Some(sha256.as_str()) {
        return Ok(End::Rollback(Replaced::Stale));
    }
    tx.run(
        "UPDATE organisations SET list_seq = $2, list = $3, list_sha256 = $4 WHERE org = $1",
        &[&org, &list.seq, &list.jws, &list.sha256],
    )
    .await?;
    tx.run("DELETE FROM devices WHERE org = $1", &[&org]).await?;
    match add_devices(tx, &org, list).await? {
        Some(_) => Ok(End::Commit(Replaced::New)),
        None => Ok(End::Rollback(Replaced::KeyTaken)),
    }
}

/// Enters the devices of a list and returns how many there are, without those that an operator removed. `None` if a key
/// belongs to another organisation, or stands twice in the list.
async fn add_devices(tx: &Tx, org: &str, list: &DeviceList) -> Result<Option<u32>> {
    let mut count = 0;
    for (kid, jwk) in &list.devices {
        let removed = "SELECT 1 FROM removed_devices WHERE org = $1 AND kid = $2";
        if tx.one(removed, &[&org, kid]).await?.is_some() {
            continue;
        }
        let added = tx
            .run(
                "INSERT INTO devices (kid, org, jwk) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[kid, &org, jwk],
            )
            .await?;
        if added == 0 {
            return Ok(None);
        }
        count += 1;
    }
    Ok(Some(count))
}

/// Whether the mailbox of an organisation is here. Every transaction may see that.
pub(super) async fn has_mailbox(tx: &Tx, org: OrgId) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM mailboxes WHERE org = $1", &[&org.to_string()]).await?.is_some())
}

pub(super) async fn organisation(tx: &Tx, org: OrgId) -> Result<End<Option<Organisation>>> {
    let row = tx
        .one(
            "SELECT name, role, list, EXISTS (SELECT 1 FROM mailboxes WHERE org = $1) FROM organisations \
             WHERE org = $1",
            &[&org.to_string()],
        )
        .await?;
    let Some(row) = row else { return Ok(End::Rollback(None)) };
    Ok(End::Rollback(Some(Organisation {
        org,
        name: row.try_get(0)?,
        role: row.try_get(1)?,
        list: row.try_get(2)?,
        mailbox: row.try_get(3)?,
    })))
}

pub(super) async fn providers(tx: &Tx) -> Result<End<Vec<Provider>>> {
    let rows = tx
        .all(
            "SELECT org, EXISTS (SELECT 1 FROM mailboxes WHERE mailboxes.org = organisations.org), \
             (SELECT hub FROM remote_organisations WHERE remote_organisations.org = organisations.org) \
             FROM organisations WHERE role = 'service_provider' ORDER BY org",
            &[],
        )
        .await?;
    let read = rows.iter().map(|row| {
        Ok(Provider { org: org(row.try_get(0)?)?, mailbox: row.try_get(1)?, hub: row.try_get(2)? })
    });
    Ok(End::Rollback(read.collect::<Result<_>>()?))
}

pub(super) async fn device(tx: &Tx, kid: &str) -> Result<End<Option<Device>>> {
    let row = tx
        .one(
            "SELECT org, role, jwk, EXISTS (SELECT 1 FROM mailboxes WHERE mailboxes.org = devices.org) \
             FROM devices JOIN organisations USING (org) WHERE kid = $1",
            &[&kid],
        )
        .await?;
    let Some(row) = row else { return Ok(End::Rollback(None)) };
    Ok(End::Rollback(Some(Device {
        org: org(row.try_get(0)?)?,
        role: row.try_get(1)?,
        kid: kid.to_owned(),
        jwk: row.try_get(2)?,
        mailbox: row.try_get(3)?,
    })))
}

pub(super) async fn remember(tx: &Tx, kid: &str, nonce: &str, expires: i64) -> Result<End<bool>> {
    // A nonce promises nothing to anybody: it waits neither for the disk nor for the standby.
    let added = tx
        .run(
            "INSERT INTO nonces (kid, nonce, expires) SELECT $1::TEXT, $2::TEXT, $3::BIGINT \
             FROM set_config('synchronous_commit', 'off', true) ON CONFLICT DO NOTHING",
            &[&kid, &nonce, &expires],
        )
        .await?;
    Ok(End::Commit(added == 1))
}
