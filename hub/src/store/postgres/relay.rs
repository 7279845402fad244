//! Peers, organisations of other hubs, and the outbox.

use zizhi_model::OrgId;
use zizhi_sync::api::{Code, REFUSED_ITEMS};

use super::{End, Result, StoreError, Tx, mail, org};
use crate::store::rows::{WHOLE, is_large, unreadable};
use crate::store::{
    Claimed, Moved, NewMessage, Peer, PeerAdded, Queue, RefusedMessage, Remote, Route, Settled, Stuck,
};

pub(super) async fn add_peer(tx: &Tx, new: &Peer) -> Result<End<PeerAdded>> {
    let with_key = tx.one("SELECT hub FROM peers WHERE kid = $1", &[&new.kid]).await?;
    let with_key: Option<String> = with_key.map(|row| row.try_get(0)).transpose()?;
    let before = tx.one("SELECT 1 FROM peers WHERE hub = $1", &[&new.hub]).await?.is_some();
    let same = with_key.as_deref() == Some(new.hub.as_str());
    if !same && (before || with_key.is_some()) {
        return Ok(End::Rollback(PeerAdded::OtherKey));
    }
    tx.run(
        "INSERT INTO peers (hub, kid, jwk, origin, provinces, added) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (hub) DO UPDATE SET origin = excluded.origin, provinces = excluded.provinces",
        &[&new.hub, &new.kid, &new.jwk, &new.origin, &new.provinces.join(" "), &new.added],
    )
    .await?;
    tx.run("DELETE FROM peer_organisations WHERE hub = $1", &[&new.hub]).await?;
    for named in &new.organisations {
        let named = named.to_string();
        let other = tx
            .one("SELECT hub FROM peer_organisations WHERE org = $1 AND hub <> $2", &[&named, &new.hub])
            .await?;
        if let Some(other) = other {
            return Ok(End::Rollback(PeerAdded::OrganisationOf(other.try_get(0)?)));
        }
        tx.run(
            "INSERT INTO peer_organisations (org, hub) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[&named, &new.hub],
        )
        .await?;
    }
    Ok(End::Commit(if same { PeerAdded::Changed } else { PeerAdded::New }))
}

pub(super) async fn remove_peer(tx: &Tx, hub: &str) -> Result<End<bool>> {
    Ok(End::Commit(tx.run("DELETE FROM peers WHERE hub = $1", &[&hub]).await? == 1))
}

pub(super) async fn peers(tx: &Tx) -> Result<End<Vec<Peer>>> {
    let rows = tx.all("SELECT hub, kid, jwk, origin, provinces, added FROM peers ORDER BY hub", &[]).await?;
    let mut peers = Vec::with_capacity(rows.len());
    for row in rows {
        let (hub, provinces): (String, &str) = (row.try_get(0)?, row.try_get(4)?);
        let named = tx.all("SELECT org FROM peer_organisations WHERE hub = $1 ORDER BY org", &[&hub]).await?;
        peers.push(Peer {
            hub,
            kid: row.try_get(1)?,
            jwk: row.try_get(2)?,
            origin: row.try_get(3)?,
            provinces: provinces.split_whitespace().map(str::to_owned).collect(),
            organisations: named.iter().map(|row| org(row.try_get(0)?)).collect::<Result<_>>()?,
            added: row.try_get(5)?,
        });
    }
    Ok(End::Rollback(peers))
}

pub(super) async fn remote(tx: &Tx, of: OrgId) -> Result<End<Option<Remote>>> {
    let row = tx
        .one(
            "SELECT hub, name, role, list_seq, list, seen FROM remote_organisations WHERE org = $1",
            &[&of.to_string()],
        )
        .await?;
    let Some(row) = row else { return Ok(End::Rollback(None)) };
    Ok(End::Rollback(Some(Remote {
        org: of,
        hub: row.try_get(0)?,
        name: row.try_get(1)?,
        role: row.try_get(2)?,
        seq: row.try_get(3)?,
        list: row.try_get(4)?,
        seen: row.try_get(5)?,
    })))
}

pub(super) async fn keep_remote(tx: &Tx, new: &Remote) -> Result<End<bool>> {
    if super::joining::has_mailbox(tx, new.org).await? {
        return Ok(End::Rollback(false));
    }
    tx.run(
        "INSERT INTO remote_organisations (org, hub, name, role, list_seq, list, seen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org) DO UPDATE SET hub = excluded.hub, \
         name = excluded.name, role = excluded.role, list_seq = excluded.list_seq, list = excluded.list, \
         seen = excluded.seen",
        &[&new.org.to_string(), &new.hub, &new.name, &new.role, &new.seq, &new.list, &new.seen],
    )
    .await?;
    Ok(End::Commit(true))
}

pub(super) async fn is_known(tx: &Tx, org: OrgId) -> Result<bool> {
    let row = tx.one("SELECT 1 FROM remote_organisations WHERE org = $1", &[&org.to_string()]).await?;
    Ok(row.is_some())
}

/// Whether there is no room for `len` more bytes of what the peer of the route brings. Requests at once may pass
/// together; each is at most as long as a message. Rows of every sender count, so that the transaction has to be
/// in the hub's own name.
pub(super) async fn is_full(tx: &Tx, route: &Route, len: i64) -> Result<bool> {
    let Route::From { hub, quota } = route else { return Ok(false) };
    let held = tx
        .one(
            "SELECT ((SELECT coalesce(sum(len), 0) FROM messages WHERE via = $1 AND waiting) \
             + (SELECT coalesce(sum(len), 0) FROM uploads WHERE via = $1))::BIGINT",
            &[hub],
        )
        .await?;
    let held: i64 = held.ok_or(StoreError::Corrupt("sum"))?.try_get(0)?;
    Ok(held.saturating_add(len) > *quota)
}

/// Puts a message that is stored into the outbox, if that is its way.
pub(super) async fn queue(tx: &Tx, message: &NewMessage, route: &Route) -> Result<()> {
    let Route::To { hub } = route else { return Ok(()) };
    tx.run(
        "INSERT INTO outbox (message, hub, due, large, sender) VALUES ($1, $2, $3, $4, $5)",
        &[&message.id, hub, &message.at.saturating_mul(1000), &is_large(message), &message.from.to_string()],
    )
    .await?;
    Ok(())
}

/// What waits here goes where the organisation is; its numbers go on, and what another peer brought stays.
pub(super) async fn move_mailbox(tx: &Tx, to: &Remote, now: i64) -> Result<End<Option<Moved>>> {
    let org = to.org.to_string();
    // The mailbox first, as whoever delivers does: what was delivered before is seen, and nothing is after.
    let last = tx.one("DELETE FROM mailboxes WHERE org = $1 RETURNING last_seq", &[&org]).await?;
    let Some(last) = last else { return Ok(End::Rollback(None)) };
    let last: i64 = last.try_get(0)?;
    let messages = tx
        .run(
            "INSERT INTO outbox (message, hub, due, large, sender) SELECT id, $2, $3, len > $4, sender \
             FROM messages WHERE recipient = $1 AND waiting AND via IS NULL",
            &[&org, &to.hub, &now, &WHOLE],
        )
        .await?;
    keep_remote(tx, to).await?;
    tx.run(
        "UPDATE remote_organisations SET last_seq = $2, bytes = (SELECT coalesce(sum(len), 0)::BIGINT FROM messages \
         WHERE recipient = $1 AND waiting AND via IS NULL) WHERE org = $1",
        &[&org, &last],
    )
    .await?;
    let left = tx
        .one("SELECT count(*) FROM messages WHERE recipient = $1 AND waiting AND via IS NOT NULL", &[&org])
        .await?;
    let left = left.ok_or(StoreError::Corrupt("count"))?.try_get(0)?;
    let messages = i64::try_from(messages).unwrap_or(i64::MAX);
    Ok(End::Commit(Some(Moved { messages, left })))
}

/// What was on its way to an organisation that joins here stays here.
pub(super) async fn arrive(tx: &Tx, org: &str) -> Result<()> {
    // Its row first: whoever puts a message into the outbox holds it to the end.
    tx.run("DELETE FROM remote_organisations WHERE org = $1", &[&org]).await?;
    tx.run("DELETE FROM outbox WHERE message IN (SELECT id FROM messages WHERE recipient = $1)", &[&org])
        .await?;
    Ok(())
}

pub(super) async fn claim(
    tx: &Tx,
    hub: &str,
    large: bool,
    now: i64,
    until: i64,
    count: i64,
) -> Result<End<Vec<Claimed>>> {
    // A claim that is lost lets a message go twice, which changes nothing: it need not wait for the standby.
    tx.batch("SET LOCAL synchronous_commit = 'local'").await?;
    // Copies that drain at once pass by each other's rows.
    let rows = tx
        .all(
            "WITH next AS (SELECT message FROM outbox WHERE hub = $1 AND large = $5 AND due <= $2 \
             ORDER BY wait, due, message LIMIT $4 FOR UPDATE SKIP LOCKED) \
             UPDATE outbox SET due = $3, tries = tries + 1 FROM next \
             WHERE outbox.message = next.message RETURNING outbox.wait, outbox.message",
            &[&hub, &now, &until, &count, &large],
        )
        .await?;
    let mut taken = Vec::with_capacity(rows.len());
    for row in &rows {
        taken.push((row.try_get::<_, i64>(0)?, row.try_get::<_, String>(1)?));
    }
    taken.sort();
    let mut claimed = Vec::with_capacity(taken.len());
    for (wait, id) in taken {
        match mail::with_body(tx, &id).await {
            Ok(Some(message)) => claimed.push(Claimed { message, wait }),
            // One row that cannot be read holds up none of the others.
            Ok(None) | Err(StoreError::Corrupt(_)) => {
                settle_row(tx, &id, &unreadable(now)).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(End::Commit(claimed))
}

pub(super) async fn settle(tx: &Tx, message: &str, settled: &Settled) -> Result<End<Vec<String>>> {
    if *settled == Settled::Delivered {
        // On the standby before the blobs go: its copy of the row must not name what is gone.
        let left = tx.run("DELETE FROM outbox WHERE message = $1", &[&message]).await? == 1;
        return Ok(End::Commit(if left { mail::let_go(tx, message).await? } else { Vec::new() }));
    }
    tx.batch("SET LOCAL synchronous_commit = 'local'").await?;
    settle_row(tx, message, settled).await?;
    Ok(End::Commit(Vec::new()))
}

/// Writes down when a message is tried again, and why.
async fn settle_row(tx: &Tx, message: &str, settled: &Settled) -> Result<()> {
    match settled {
        Settled::Delivered => {}
        Settled::Kept(until) => {
            tx.run("UPDATE outbox SET due = $2 WHERE message = $1", &[&message, until]).await?;
        }
        Settled::Later { due, wait, code } => {
            tx.run(
                "UPDATE outbox SET due = $2, wait = $3, code = $4, parked = NULL WHERE message = $1",
                &[&message, due, wait, code],
            )
            .await?;
        }
        Settled::Unheard { due, wait, code } => {
            tx.run(
                "UPDATE outbox SET due = $2, wait = $3, code = CASE WHEN parked IS NULL THEN $4 ELSE code END \
                 WHERE message = $1",
                &[&message, due, wait, code],
            )
            .await?;
        }
        Settled::Behind { due, code } => {
            tx.run(
                "UPDATE outbox SET due = $2, code = CASE WHEN wait = 0 THEN $3 ELSE code END WHERE message = $1",
                &[&message, due, code],
            )
            .await?;
        }
        Settled::Parked { due, wait, code, at } => {
            tx.run(
                "UPDATE outbox SET due = $2, wait = $3, code = $4, parked = coalesce(parked, $5) WHERE message = $1",
                &[&message, due, wait, code, at],
            )
            .await?;
        }
    }
    Ok(())
}

pub(super) async fn queues(tx: &Tx) -> Result<End<Vec<Queue>>> {
    let rows = tx
        .all(
            "SELECT outbox.hub, count(*), count(parked), min(at), max(code) FROM outbox JOIN messages ON messages.id = message \
             GROUP BY outbox.hub ORDER BY outbox.hub",
            &[],
        )
        .await?;
    let queue = |row: &tokio_postgres::Row| {
        Ok(Queue {
            hub: row.try_get(0)?,
            messages: row.try_get(1)?,
            parked: row.try_get(2)?,
            oldest: row.try_get(3)?,
            code: row.try_get(4)?,
        })
    };
    Ok(End::Rollback(rows.iter().map(queue).collect::<Result<_>>()?))
}

/// What an organisation sent and other hubs refused for good.
pub(super) async fn refused(tx: &Tx, sender: &str) -> Result<Vec<RefusedMessage>> {
    let rows = tx.all(REFUSED, &[&sender, &Code::HubFailed.as_str(), &(REFUSED_ITEMS as i64)]).await?;
    rows.iter()
        .map(|row| Ok(RefusedMessage { id: row.try_get(0)?, code: row.try_get(1)?, at: row.try_get(2)? }))
        .collect()
}

const REFUSED: &str = "SELECT message, coalesce(code, $2), parked FROM outbox \
    WHERE sender = $1 AND parked IS NOT NULL \
    UNION ALL SELECT message, code, refused FROM given_up WHERE sender = $1 \
    ORDER BY 3 DESC, 1 DESC LIMIT $3";

const STUCK: &str = "SELECT id, hub, messages.sender, recipient, len, at, tries, due, code, parked \
    FROM outbox JOIN messages ON messages.id = message";

pub(super) async fn stuck(tx: &Tx, hub: &str) -> Result<End<Vec<Stuck>>> {
    let rows = tx.all(&format!("{STUCK} WHERE hub = $1 AND wait > 0 ORDER BY at, id"), &[&hub]).await?;
    Ok(End::Rollback(rows.iter().map(shown).collect::<Result<_>>()?))
}

fn shown(row: &tokio_postgres::Row) -> Result<Stuck> {
    Ok(Stuck {
        id: row.try_get(0)?,
        hub: row.try_get(1)?,
        from: row.try_get(2)?,
        to: row.try_get(3)?,
        len: row.try_get(4)?,
        at: row.try_get(5)?,
        tries: row.try_get(6)?,
        due: row.try_get(7)?,
        code: row.try_get(8)?,
        parked: row.try_get(9)?,
    })
}

pub(super) async fn retry(tx: &Tx, hub: &str, message: Option<&str>, now: i64) -> Result<End<u64>> {
    let retried = tx
        .run(
            "UPDATE outbox SET due = $3, wait = 0, parked = NULL \
             WHERE hub = $1 AND ($2::TEXT IS NULL OR message = $2) AND wait > 0",
            &[&hub, &message, &now],
        )
        .await?;
    Ok(End::Commit(retried))
}

pub(super) async fn discard(tx: &Tx, message: &str) -> Result<End<Option<Stuck>>> {
    let row = tx
        .one(&format!("{STUCK} WHERE message = $1 AND parked IS NOT NULL FOR UPDATE OF outbox"), &[&message])
        .await?;
    let Some(row) = row else { return Ok(End::Rollback(None)) };
    let stuck = shown(&row)?;
    tx.run(
        "INSERT INTO given_up (message, sender, code, refused) \
         SELECT message, sender, coalesce(code, $2), parked FROM outbox WHERE message = $1",
        &[&message, &Code::HubFailed.as_str()],
    )
    .await?;
    tx.run("DELETE FROM outbox WHERE message = $1", &[&message]).await?;
    mail::let_go(tx, message).await?;
    Ok(End::Commit(Some(stuck)))
}
