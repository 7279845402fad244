//! Messages and mailboxes.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use zizhi_model::OrgId;

use super::{End, Result, org, relay};
use crate::store::{Body, Delivered, Message, NewMessage, Page, Route};

const COLUMNS: &str = "id, sender, recipient, len, sha256, seq, epoch, receipt, at";

/// The counter of a mailbox here, and of the messages to one organisation of another hub.
const HERE: &str = "UPDATE mailboxes SET last_seq = last_seq + 1, bytes = bytes + ?2 \
    WHERE org = ?1 AND bytes + ?2 <= ?3 RETURNING last_seq";
const ELSEWHERE: &str = "UPDATE remote_organisations SET last_seq = last_seq + 1, bytes = bytes + ?2 \
    WHERE org = ?1 AND bytes + ?2 <= ?3 RETURNING last_seq";

pub(super) fn deliver(
    tx: &Transaction<'_>,
    new: &NewMessage,
    route: &Route,
    quota: i64,
) -> Result<End<Delivered>> {
    if let Some(before) = by_id(tx, &new.id)? {
        return again(tx, new, before);
    }
    let to = new.to.to_string();
    let (counter, via) = match route {
        Route::Here => (HERE, None),
        Route::From { hub, .. } => (HERE, Some(hub)),
        Route::To { .. } => (ELSEWHERE, None),
    };
    let seq: Option<i64> =
        tx.prepare_cached(counter)?.query_row(params![to, new.len, quota], |row| row.get(0)).optional()?;
    let Some(seq) = seq else {
        let known = match route {
            Route::To { .. } => relay::remote(tx, new.to)?.is_some(),
            _ => super::joining::has_mailbox(tx, new.to)?,
        };
        return Ok(End::Rollback(if known { Delivered::Full } else { Delivered::NoRecipient }));
    };
    if relay::is_full(tx, route, new.len)? {
        return Ok(End::Rollback(Delivered::Full));
    }
    let epoch = super::epoch(tx)?;
    let inline = if let Body::Inline(bytes) = &new.body { Some(bytes) } else { None };
    tx.prepare_cached(
        "INSERT INTO messages (id, sender, recipient, seq, epoch, len, sha256, receipt, at, waiting, body, via) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11)",
    )?
    .execute(params![
        new.id,
        new.from.to_string(),
        to,
        seq,
        epoch,
        new.len,
        new.sha256,
        new.receipt,
        new.at,
        inline,
        via
    ])?;
    if let Body::Parts(parts) = &new.body {
        let mut insert = tx.prepare_cached(
            "INSERT INTO message_parts (message, place, name, len) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (place, (name, len)) in (0_i64..).zip(parts) {
            insert.execute(params![new.id, place, name, len])?;
        }
    }
    relay::queue(tx, new, route)?;
    Ok(End::Commit(Delivered::New(Message {
        id: new.id.clone(),
        from: new.from,
        to: new.to,
        len: new.len,
        sha256: new.sha256.clone(),
        seq,
        epoch,
        receipt: new.receipt.clone(),
        at: new.at,
        body: None,
    })))
}

/// The answer to a message whose id is here already.
fn again(tx: &Transaction<'_>, new: &NewMessage, before: Message) -> Result<End<Delivered>> {
    let same = before.from == new.from
        && before.to == new.to
        && before.len == new.len
        && before.sha256 == new.sha256;
    if !same {
        return Ok(End::Rollback(Delivered::Other));
    }
    // Written, so that this answer too waits for the disk behind the first one.
    tx.prepare_cached("UPDATE messages SET asked = asked + 1 WHERE id = ?1")?.execute([&new.id])?;
    Ok(End::Commit(Delivered::Same(before)))
}

pub(super) fn by_id(tx: &Transaction<'_>, id: &str) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE id = ?1");
    let found = tx.prepare_cached(&sql)?.query_row([id], columns).optional()?;
    found.map(parsed).transpose()
}

pub(super) fn page(
    tx: &Transaction<'_>,
    org: OrgId,
    after: i64,
    items: usize,
    bytes: i64,
    inline: i64,
) -> Result<Page> {
    let sql = format!(
        "SELECT {COLUMNS}, CASE WHEN len <= ?3 THEN body END FROM messages \
         WHERE recipient = ?1 AND waiting = 1 AND seq > ?2 ORDER BY seq"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query(params![org.to_string(), after, inline])?;
    let (mut page, mut sum) = (Page::default(), 0_i64);
    while let Some(row) = rows.next()? {
        let message = parsed(columns(row)?)?;
        sum = sum.saturating_add(if message.len <= inline { message.len } else { 0 });
        if page.messages.len() >= items || sum > bytes {
            page.more = true;
            break;
        }
        let body: Option<Vec<u8>> = row.get(9)?;
        page.messages.push(Message { body: body.map(Body::Inline), ..message });
    }
    page.refused = relay::refused(tx, &org.to_string())?;
    Ok(page)
}

pub(super) fn message(tx: &Transaction<'_>, org: OrgId, id: &str) -> Result<Option<Message>> {
    let sql =
        format!("SELECT {COLUMNS}, body FROM messages WHERE id = ?1 AND recipient = ?2 AND waiting = 1");
    let found = tx
        .prepare_cached(&sql)?
        .query_row([id, &org.to_string()], |row| Ok((columns(row)?, row.get::<_, Option<Vec<u8>>>(9)?)))
        .optional()?;
    let Some((columns, body)) = found else { return Ok(None) };
    let body = if let Some(bytes) = body { Body::Inline(bytes) } else { Body::Parts(parts(tx, id)?) };
    Ok(Some(Message { body: Some(body), ..parsed(columns)? }))
}

/// A message that still waits, whoever it is for, with the place of its body.
pub(super) fn with_body(tx: &Transaction<'_>, id: &str) -> Result<Option<Message>> {
    let Some(found) = by_id(tx, id)? else { return Ok(None) };
    message(tx, found.to, id)
}

/// Lets go of a message that another hub has. Returns its blobs.
pub(super) fn let_go(tx: &Transaction<'_>, id: &str) -> Result<Vec<String>> {
    let gone: Option<(String, i64)> = tx
        .prepare_cached(
            "UPDATE messages SET waiting = 0, body = NULL WHERE id = ?1 AND waiting = 1 RETURNING recipient, len",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((to, len)) = gone else { return Ok(Vec::new()) };
    tx.prepare_cached("UPDATE remote_organisations SET bytes = max(0, bytes - ?2) WHERE org = ?1")?
        .execute(params![to, len])?;
    let blobs = parts(tx, id)?.into_iter().map(|(name, _)| name).collect();
    tx.prepare_cached("DELETE FROM message_parts WHERE message = ?1")?.execute([id])?;
    Ok(blobs)
}

/// The blobs of a message, in order.
fn parts(tx: &Transaction<'_>, id: &str) -> Result<Vec<(String, i64)>> {
    let mut statement =
        tx.prepare_cached("SELECT name, len FROM message_parts WHERE message = ?1 ORDER BY place")?;
    let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn acknowledge(tx: &Transaction<'_>, org: OrgId, ids: &[String]) -> Result<End<Vec<String>>> {
    let org = org.to_string();
    let mut blobs = Vec::new();
    let mut let_go = tx.prepare_cached(
        "UPDATE messages SET waiting = 0, body = NULL WHERE id = ?1 AND recipient = ?2 AND waiting = 1 RETURNING len",
    )?;
    let mut give_back =
        tx.prepare_cached("UPDATE mailboxes SET bytes = max(0, bytes - ?2) WHERE org = ?1")?;
    let mut forget = tx.prepare_cached("DELETE FROM message_parts WHERE message = ?1")?;
    for id in ids {
        let len: Option<i64> = let_go.query_row([id, &org], |row| row.get(0)).optional()?;
        let Some(len) = len else { continue };
        give_back.execute(params![org, len])?;
        blobs.extend(parts(tx, id)?.into_iter().map(|(name, _)| name));
        forget.execute([id])?;
    }
    Ok(End::Commit(blobs))
}

type Columns = (String, String, String, i64, String, i64, i64, String, i64);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
    ))
}

fn parsed((id, from, to, len, sha256, seq, epoch, receipt, at): Columns) -> Result<Message> {
    let (from, to) = (org(&from)?, org(&to)?);
    Ok(Message { id, from, to, len, sha256, seq, epoch, receipt, at, body: None })
}
