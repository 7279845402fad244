//! What an operator does about organisations and their devices.

use zizhi_model::OrgId;

use super::{End, Result, Tx, joining, org};
use crate::store::{BegunAgain, Member, Organisation};

pub(super) async fn all(tx: &Tx) -> Result<End<Vec<Member>>> {
    let rows = tx
        .all(
            "SELECT org, again IS NOT NULL, name, role, list, \
             EXISTS (SELECT 1 FROM mailboxes WHERE mailboxes.org = organisations.org), \
             ARRAY(SELECT kid FROM devices WHERE devices.org = organisations.org ORDER BY kid) \
             FROM organisations ORDER BY org",
            &[],
        )
        .await?;
    let read = rows.iter().map(|row| {
        let organisation = Organisation {
            org: org(row.try_get(0)?)?,
            name: row.try_get(2)?,
            role: row.try_get(3)?,
            list: row.try_get(4)?,
            mailbox: row.try_get(5)?,
        };
        Ok(Member { organisation, devices: row.try_get(6)?, waiting: row.try_get(1)? })
    });
    Ok(End::Rollback(read.collect::<Result<_>>()?))
}

/// Locks an organisation to the end of the transaction, so that a list that comes at the same time is entered before or
/// after.
async fn lock(tx: &Tx, org: &str) -> Result<()> {
    tx.one("SELECT 1 FROM organisations WHERE org = $1 FOR UPDATE", &[&org]).await?;
    Ok(())
}

pub(super) async fn remove_device(tx: &Tx, org: OrgId, kid: &str, at: i64) -> Result<End<bool>> {
    let org = org.to_string();
    lock(tx, &org).await?;
    let removed = tx.run("DELETE FROM devices WHERE org = $1 AND kid = $2", &[&org, &kid]).await?;
    if removed == 0 {
        return Ok(End::Rollback(false));
    }
    tx.run("INSERT INTO removed_devices (org, kid, at) VALUES ($1, $2, $3)", &[&org, &kid, &at]).await?;
    Ok(End::Commit(true))
}

pub(super) async fn begin_again(tx: &Tx, org: OrgId, invitation: &str, at: i64) -> Result<End<BegunAgain>> {
    let code = org.to_string();
    lock(tx, &code).await?;
    // What another hub told of it may be a list with a higher number than its new one will have.
    let told = tx
        .one("UPDATE remote_organisations SET list_seq = 1, seen = 0 WHERE org = $1 RETURNING hub", &[&code])
        .await?;
    let told: Option<String> = told.map(|row| row.try_get(0)).transpose()?;
    let (End::Commit(found) | End::Rollback(found)) = joining::organisation(tx, org).await? else {
        return Ok(End::Again);
    };
    let Some(organisation) = found else {
        return Ok(told.map_or(End::Rollback(BegunAgain::Unknown), |hub| End::Commit(BegunAgain::There(hub))));
    };
    let none = "INSERT INTO removed_devices (org, kid, at) SELECT org, kid, $2 FROM devices WHERE org = $1";
    tx.run(none, &[&code, &at]).await?;
    tx.run("DELETE FROM devices WHERE org = $1", &[&code]).await?;
    tx.run("UPDATE organisations SET again = $2 WHERE org = $1", &[&code, &invitation]).await?;
    Ok(End::Commit(BegunAgain::Here(organisation)))
}
