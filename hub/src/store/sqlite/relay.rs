//! Peers, organisations of other hubs, and the outbox.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use zizhi_model::OrgId;
use zizhi_sync::api::{Code, REFUSED_ITEMS};

use super::{End, Result, mail, org};
use crate::store::rows::{WHOLE, is_large, unreadable};
use crate::store::{
    Claimed, Moved, NewMessage, Peer, PeerAdded, Queue, RefusedMessage, Remote, Route, Settled, StoreError,
    Stuck,
};

pub(super) fn add_peer(tx: &Transaction<'_>, new: &Peer) -> Result<End<PeerAdded>> {
    let with_key: Option<String> = tx
        .prepare_cached("SELECT hub FROM peers WHERE kid = ?1")?
        .query_row([&new.kid], |row| row.get(0))
        .optional()?;
    let before: bool = tx.prepare_cached("SELECT 1 FROM peers WHERE hub = ?1")?.exists([&new.hub])?;
    let same = with_key.as_deref() == Some(new.hub.as_str());
    if !same && (before || with_key.is_some()) {
        return Ok(End::Rollback(PeerAdded::OtherKey));
    }
    tx.prepare_cached(
        "INSERT INTO peers (hub, kid, jwk, origin, provinces, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (hub) DO UPDATE SET origin = excluded.origin, provinces = excluded.provinces",
    )?
    .execute(params![new.hub, new.kid, new.jwk, new.origin, new.provinces.join(" "), new.added])?;
    tx.prepare_cached("DELETE FROM peer_organisations WHERE hub = ?1")?.execute([&new.hub])?;
    for named in &new.organisations {
        let named = named.to_string();
        let other: Option<String> = tx
            .prepare_cached("SELECT hub FROM peer_organisations WHERE org = ?1 AND hub <> ?2")?
            .query_row([&named, &new.hub], |row| row.get(0))
            .optional()?;
        if let Some(other) = other {
            return Ok(End::Rollback(PeerAdded::OrganisationOf(other)));
        }
        tx.prepare_cached(
            "INSERT INTO peer_organisations (org, hub) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute([&named, &new.hub])?;
    }
    Ok(End::Commit(if same { PeerAdded::Changed } else { PeerAdded::New }))
}

pub(super) fn remove_peer(tx: &Transaction<'_>, hub: &str) -> Result<End<bool>> {
    Ok(End::Commit(tx.prepare_cached("DELETE FROM peers WHERE hub = ?1")?.execute([hub])? == 1))
}

pub(super) fn peers(tx: &Transaction<'_>) -> Result<Vec<Peer>> {
    let mut statement =
        tx.prepare_cached("SELECT hub, kid, jwk, origin, provinces, added FROM peers ORDER BY hub")?;
    let mut peers = statement
        .query_map([], |row| {
            let provinces: String = row.get(4)?;
            Ok(Peer {
                hub: row.get(0)?,
                kid: row.get(1)?,
                jwk: row.get(2)?,
                origin: row.get(3)?,
                provinces: provinces.split_whitespace().map(str::to_owned).collect(),
                organisations: Vec::new(),
                added: row.get(5)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut named = tx.prepare_cached("SELECT org FROM peer_organisations WHERE hub = ?1 ORDER BY org")?;
    for peer in &mut peers {
        let orgs = named.query_map([&peer.hub], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>();
        peer.organisations = orgs?.iter().map(|text| org(text)).collect::<Result<_>>()?;
    }
    Ok(peers)
}

pub(super) fn remote(tx: &Transaction<'_>, of: OrgId) -> Result<Option<Remote>> {
    Ok(tx
        .prepare_cached(
            "SELECT hub, name, role, list_seq, list, seen FROM remote_organisations WHERE org = ?1",
        )?
        .query_row([of.to_string()], |row| {
            Ok(Remote {
                org: of,
                hub: row.get(0)?,
                name: row.get(1)?,
                role: row.get(2)?,
                seq: row.get(3)?,
                list: row.get(4)?,
                seen: row.get(5)?,
            })
        })
        .optional()?)
}

pub(super) fn keep_remote(tx: &Transaction<'_>, new: &Remote) -> Result<End<bool>> {
    if super::joining::has_mailbox(tx, new.org)? {
        return Ok(End::Rollback(false));
    }
    tx.prepare_cached(
        "INSERT INTO remote_organisations (org, hub, name, role, list_seq, list, seen) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (org) DO UPDATE SET hub = excluded.hub, \
         name = excluded.name, role = excluded.role, list_seq = excluded.list_seq, list = excluded.list, \
         seen = excluded.seen",
    )?
    .execute(params![new.org.to_string(), new.hub, new.name, new.role, new.seq, new.list, new.seen])?;
    Ok(End::Commit(true))
}

/// Whether there is no room for `len` more bytes of what the peer of the route brings.
pub(super) fn is_full(tx: &Transaction<'_>, route: &Route, len: i64) -> Result<bool> {
    let Route::From { hub, quota } = route else { return Ok(false) };
    let held: i64 = tx
        .prepare_cached(
            "SELECT (SELECT coalesce(sum(len), 0) FROM messages WHERE via = ?1 AND waiting = 1) \
             + (SELECT coalesce(sum(len), 0) FROM uploads WHERE via = ?1)",
        )?
        .query_row([hub], |row| row.get(0))?;
    Ok(held.saturating_add(len) > *quota)
}

/// Puts a message that is stored into the outbox, if that is its way.
pub(super) fn queue(tx: &Transaction<'_>, message: &NewMessage, route: &Route) -> Result<()> {
    let Route::To { hub } = route else { return Ok(()) };
    tx.prepare_cached("INSERT INTO outbox (message, hub, due, large, sender) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
        message.id,
        hub,
        message.at.saturating_mul(1000),
        is_large(message),
        message.from.to_string()
    ])?;
    Ok(())
}

/// What waits here goes where the organisation is; its numbers go on, and what another peer brought stays.
pub(super) fn move_mailbox(tx: &Transaction<'_>, to: &Remote, now: i64) -> Result<End<Option<Moved>>> {
    let org = to.org.to_string();
    let last: Option<i64> = tx
        .prepare_cached("DELETE FROM mailboxes WHERE org = ?1 RETURNING last_seq")?
        .query_row([&org], |row| row.get(0))
        .optional()?;
    let Some(last) = last else { return Ok(End::Rollback(None)) };
    let messages = tx
        .prepare_cached(
            "INSERT INTO outbox (message, hub, due, large, sender) SELECT id, ?2, ?3, len > ?4, sender \
             FROM messages WHERE recipient = ?1 AND waiting = 1 AND via IS NULL",
        )?
        .execute(params![org, to.hub, now, WHOLE])?;
    keep_remote(tx, to)?;
    tx.prepare_cached(
        "UPDATE remote_organisations SET last_seq = ?2, bytes = (SELECT coalesce(sum(len), 0) FROM messages \
         WHERE recipient = ?1 AND waiting = 1 AND via IS NULL) WHERE org = ?1",
    )?
    .execute(params![org, last])?;
    let left = tx
        .prepare_cached(
            "SELECT count(*) FROM messages WHERE recipient = ?1 AND waiting = 1 AND via IS NOT NULL",
        )?
        .query_row([&org], |row| row.get(0))?;
    let messages = i64::try_from(messages).unwrap_or(i64::MAX);
    Ok(End::Commit(Some(Moved { messages, left })))
}

/// What was on its way to an organisation that joins here stays here.
pub(super) fn arrive(tx: &Transaction<'_>, org: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM outbox WHERE message IN (SELECT id FROM messages WHERE recipient = ?1)")?
        .execute([org])?;
    tx.prepare_cached("DELETE FROM remote_organisations WHERE org = ?1")?.execute([org])?;
    Ok(())
}

pub(super) fn claim(
    tx: &Transaction<'_>,
    (hub, large): (&str, bool),
    now: i64,
    until: i64,
    count: i64,
) -> Result<End<Vec<Claimed>>> {
    let mut statement = tx.prepare_cached(
        "UPDATE outbox SET due = ?3, tries = tries + 1 WHERE message IN \
         (SELECT message FROM outbox WHERE hub = ?1 AND large = ?5 AND due <= ?2 \
         ORDER BY wait, due, message LIMIT ?4) RETURNING wait, message",
    )?;
    let mut taken = statement
        .query_map(params![hub, now, until, count, large], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    taken.sort();
    let mut claimed = Vec::with_capacity(taken.len());
    for (wait, id) in taken {
        match mail::with_body(tx, &id) {
            Ok(Some(message)) => claimed.push(Claimed { message, wait }),
            // One row that cannot be read holds up none of the others.
            Ok(None) | Err(StoreError::Corrupt(_)) => settle_row(tx, &id, &unreadable(now))?,
            Err(error) => return Err(error),
        }
    }
    Ok(End::Commit(claimed))
}

pub(super) fn settle(tx: &Transaction<'_>, message: &str, settled: &Settled) -> Result<End<Vec<String>>> {
    if *settled == Settled::Delivered {
        let left = tx.prepare_cached("DELETE FROM outbox WHERE message = ?1")?.execute([message])? == 1;
        return Ok(End::Commit(if left { mail::let_go(tx, message)? } else { Vec::new() }));
    }
    settle_row(tx, message, settled)?;
    Ok(End::Commit(Vec::new()))
}

/// Writes down when a message is tried again, and why.
fn settle_row(tx: &Transaction<'_>, message: &str, settled: &Settled) -> Result<()> {
    match settled {
        Settled::Delivered => {}
        Settled::Kept(until) => {
            tx.prepare_cached("UPDATE outbox SET due = ?2 WHERE message = ?1")?
                .execute(params![message, until])?;
        }
        Settled::Later { due, wait, code } => {
            tx.prepare_cached(
                "UPDATE outbox SET due = ?2, wait = ?3, code = ?4, parked = NULL WHERE message = ?1",
            )?
            .execute(params![message, due, wait, code])?;
        }
        Settled::Unheard { due, wait, code } => {
            tx.prepare_cached(
                "UPDATE outbox SET due = ?2, wait = ?3, code = CASE WHEN parked IS NULL THEN ?4 ELSE code END \
                 WHERE message = ?1",
            )?
            .execute(params![message, due, wait, code])?;
        }
        Settled::Behind { due, code } => {
            tx.prepare_cached(
                "UPDATE outbox SET due = ?2, code = CASE WHEN wait = 0 THEN ?3 ELSE code END WHERE message = ?1",
            )?
            .execute(params![message, due, code])?;
        }
        Settled::Parked { due, wait, code, at } => {
            tx.prepare_cached(
                "UPDATE outbox SET due = ?2, wait = ?3, code = ?4, parked = coalesce(parked, ?5) WHERE message = ?1",
            )?
            .execute(params![message, due, wait, code, at])?;
        }
    }
    Ok(())
}

pub(super) fn queues(tx: &Transaction<'_>) -> Result<Vec<Queue>> {
    let mut statement = tx.prepare_cached(
        "SELECT outbox.hub, count(*), count(parked), min(at), max(code) FROM outbox JOIN messages ON messages.id = message \
         GROUP BY outbox.hub ORDER BY outbox.hub",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Queue {
            hub: row.get(0)?,
            messages: row.get(1)?,
            parked: row.get(2)?,
            oldest: row.get(3)?,
            code: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What an organisation sent and other hubs refused for good.
pub(super) fn refused(tx: &Transaction<'_>, sender: &str) -> Result<Vec<RefusedMessage>> {
    let mut statement = tx.prepare_cached(REFUSED)?;
    let rows = statement
        .query_map(params![sender, Code::HubFailed.as_str(), REFUSED_ITEMS as i64], |row| {
            Ok(RefusedMessage { id: row.get(0)?, code: row.get(1)?, at: row.get(2)? })
        })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const REFUSED: &str = "SELECT message, coalesce(code, ?2), parked FROM outbox \
    WHERE sender = ?1 AND parked IS NOT NULL \
    UNION ALL SELECT message, code, refused FROM given_up WHERE sender = ?1 \
    ORDER BY 3 DESC, 1 DESC LIMIT ?3";

const STUCK: &str = "SELECT id, hub, messages.sender, recipient, len, at, tries, due, code, parked \
    FROM outbox JOIN messages ON messages.id = message";

pub(super) fn stuck(tx: &Transaction<'_>, hub: &str) -> Result<Vec<Stuck>> {
    let mut statement = tx.prepare_cached(&format!("{STUCK} WHERE hub = ?1 AND wait > 0 ORDER BY at, id"))?;
    let rows = statement.query_map([hub], shown)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn shown(row: &Row<'_>) -> rusqlite::Result<Stuck> {
    Ok(Stuck {
        id: row.get(0)?,
        hub: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        len: row.get(4)?,
        at: row.get(5)?,
        tries: row.get(6)?,
        due: row.get(7)?,
        code: row.get(8)?,
        parked: row.get(9)?,
    })
}

pub(super) fn retry(tx: &Transaction<'_>, hub: &str, message: Option<&str>, now: i64) -> Result<End<u64>> {
    let retried = tx
        .prepare_cached(
            "UPDATE outbox SET due = ?3, wait = 0, parked = NULL \
             WHERE hub = ?1 AND (?2 IS NULL OR message = ?2) AND wait > 0",
        )?
        .execute(params![hub, message, now])?;
    Ok(End::Commit(retried as u64))
}

pub(super) fn discard(tx: &Transaction<'_>, message: &str) -> Result<End<Option<Stuck>>> {
    let mut statement = tx.prepare_cached(&format!("{STUCK} WHERE message = ?1 AND parked IS NOT NULL"))?;
    let found = statement.query_row([message], shown).optional()?;
    let Some(stuck) = found else { return Ok(End::Rollback(None)) };
    tx.prepare_cached(
        "INSERT INTO given_up (message, sender, code, refused) \
         SELECT message, sender, coalesce(code, ?2), parked FROM outbox WHERE message = ?1",
    )?
    .execute(params![message, Code::HubFailed.as_str()])?;
    tx.prepare_cached("DELETE FROM outbox WHERE message = ?1")?.execute([message])?;
    mail::let_go(tx, message)?;
    Ok(End::Commit(Some(stuck)))
}
