//! Messages and mailboxes.

use tokio_postgres::Row;
use zizhi_model::OrgId;

use super::{End, Result, Tx, org, relay};
use crate::store::{Body, Delivered, Message, NewMessage, Page, Route};

const COLUMNS: &str = "id, sender, recipient, len, sha256, seq, epoch, receipt, at";

/// The counter of a mailbox here, and of the messages to one organisation of another hub.
const HERE: &str = "UPDATE mailboxes SET last_seq = last_seq + 1, bytes = bytes + $2 \
    WHERE org = $1 AND bytes + $2 <= $3 RETURNING last_seq";
const ELSEWHERE: &str = "UPDATE remote_organisations SET last_seq = last_seq + 1, bytes = bytes + $2 \
    WHERE org = $1 AND bytes + $2 <= $3 RETURNING last_seq";

pub(super) async fn deliver(tx: &Tx, new: &NewMessage, route: &Route, quota: i64) -> Result<End<Delivered>> {
    if let Some(before) = by_id(tx, &new.id).await? {
        return again(tx, new, before).await;
    }
    let (from, to) = (new.from.to_string(), new.to.to_string());
    let (counter, via) = match route {
        Route::Here => (HERE, None),
        Route::From { hub, .. } => (HERE, Some(hub)),
        Route::To { .. } => (ELSEWHERE, None),
    };
    // The row stays locked to the end of the transaction: whoever takes the next number commits later, so no
    // reader ever sees a number whose predecessor is still under way.
    let seq = tx.one(counter, &[&to, &new.len, &quota]).await?;
    let Some(seq) = seq else {
        let known = match route {
            Route::To { .. } => relay::is_known(tx, new.to).await?,
            _ => super::joining::has_mailbox(tx, new.to).await?,
        };
        return Ok(End::Rollback(if known { Delivered::Full } else { Delivered::NoRecipient }));
    };
    let seq: i64 = seq.try_get(0)?;
    if relay::is_full(tx, route, new.len).await? {
        return Ok(End::Rollback(Delivered::Full));
    }
    let epoch = super::epoch(tx).await?;
    let inline = if let Body::Inline(bytes) = &new.body { Some(bytes) } else { None };
    let added = tx
        .run(
            "INSERT INTO messages (id, sender, recipient, seq, epoch, len, sha256, receipt, at, waiting, body, via) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10, $11) ON CONFLICT (id) DO NOTHING",
            &[&new.id, &from, &to, &seq, &epoch, &new.len, &new.sha256, &new.receipt, &new.at, &inline, &via],
        )
        .await?;
    if added == 0 {
        // Another request with this id was faster, or it belongs to a sender whose rows are not ours to see.
        let ours = by_id(tx, &new.id).await?.is_some();
        return Ok(if ours { End::Again } else { End::Rollback(Delivered::Other) });
    }
    if let Body::Parts(parts) = &new.body {
        for (place, (name, len)) in (0_i64..).zip(parts) {
            tx.run(
                "INSERT INTO message_parts (message, place, name, len) VALUES ($1, $2, $3, $4)",
                &[&new.id, &place, name, len],
            )
            .await?;
        }
    }
    relay::queue(tx, new, route).await?;
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
async fn again(tx: &Tx, new: &NewMessage, before: Message) -> Result<End<Delivered>> {
    if !is_same(new, &before) {
        return Ok(End::Rollback(Delivered::Other));
    }
    // Written, so that this commit waits for the standby behind the first one, which may have been cut short.
    tx.run("UPDATE messages SET asked = asked + 1 WHERE id = $1", &[&new.id]).await?;
    Ok(End::Commit(Delivered::Same(before)))
}

fn is_same(new: &NewMessage, before: &Message) -> bool {
    before.from == new.from && before.to == new.to && before.len == new.len && before.sha256 == new.sha256
}

/// A message that the one who asks has sent or received.
pub(super) async fn by_id(tx: &Tx, id: &str) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE id = $1");
    tx.one(&sql, &[&id]).await?.as_ref().map(parsed).transpose()
}

pub(super) async fn page(
    tx: &Tx,
    org: OrgId,
    after: i64,
    items: usize,
    bytes: i64,
    inline: i64,
) -> Result<End<Page>> {
    let limit = i64::try_from(items).unwrap_or(i64::MAX).saturating_add(1);
    // The sum of the bodies up to a row decides whether its own body is read at all.
    let sql = format!(
        "WITH next AS (SELECT * FROM messages WHERE recipient = $1 AND waiting AND seq > $2 ORDER BY seq LIMIT $4), \
         summed AS (SELECT *, (sum(CASE WHEN len <= $3 THEN len ELSE 0 END) OVER (ORDER BY seq))::BIGINT > $5 \
         AS beyond FROM next) \
         SELECT {COLUMNS}, CASE WHEN len <= $3 AND NOT beyond THEN body END, beyond FROM summed ORDER BY seq"
    );
    let rows = tx.all(&sql, &[&org.to_string(), &after, &inline, &limit, &bytes]).await?;
    let mut page = Page::default();
    for row in &rows {
        if page.messages.len() >= items || row.try_get(10)? {
            page.more = true;
            break;
        }
        let body: Option<Vec<u8>> = row.try_get(9)?;
        page.messages.push(Message { body: body.map(Body::Inline), ..parsed(row)? });
    }
    page.refused = relay::refused(tx, &org.to_string()).await?;
    Ok(End::Rollback(page))
}

pub(super) async fn message(tx: &Tx, org: OrgId, id: &str) -> Result<End<Option<Message>>> {
    let found = with_body(tx, id).await?;
    Ok(End::Rollback(found.filter(|message| message.to == org)))
}

/// A message that still waits, whoever it is for, with the place of its body.
pub(super) async fn with_body(tx: &Tx, id: &str) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS}, body FROM messages WHERE id = $1 AND waiting");
    let Some(row) = tx.one(&sql, &[&id]).await? else { return Ok(None) };
    let body = match row.try_get::<_, Option<Vec<u8>>>(9)? {
        Some(bytes) => Body::Inline(bytes),
        None => Body::Parts(parts(tx, id).await?),
    };
    Ok(Some(Message { body: Some(body), ..parsed(&row)? }))
}

/// Lets go of a message that another hub has. Returns its blobs.
pub(super) async fn let_go(tx: &Tx, id: &str) -> Result<Vec<String>> {
    let gone = tx
        .one(
            "UPDATE messages SET waiting = false, body = NULL WHERE id = $1 AND waiting RETURNING recipient, len",
            &[&id],
        )
        .await?;
    let Some(row) = gone else { return Ok(Vec::new()) };
    let (to, len): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
    tx.run("UPDATE remote_organisations SET bytes = greatest(0, bytes - $2) WHERE org = $1", &[&to, &len])
        .await?;
    let blobs = parts(tx, id).await?.into_iter().map(|(name, _)| name).collect();
    tx.run("DELETE FROM message_parts WHERE message = $1", &[&id]).await?;
    Ok(blobs)
}

/// The blobs of a message, in order.
async fn parts(tx: &Tx, id: &str) -> Result<Vec<(String, i64)>> {
    let rows =
        tx.all("SELECT name, len FROM message_parts WHERE message = $1 ORDER BY place", &[&id]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

pub(super) async fn acknowledge(tx: &Tx, org: OrgId, ids: &[String]) -> Result<End<Vec<String>>> {
    let org = org.to_string();
    // The mailbox first, as whoever delivers does: two that meet wait for each other in one order.
    tx.one("SELECT 1 FROM mailboxes WHERE org = $1 FOR UPDATE", &[&org]).await?;
    let mut blobs = Vec::new();
    for id in ids {
        let gone = tx
            .one(
                "UPDATE messages SET waiting = false, body = NULL WHERE id = $1 AND recipient = $2 AND waiting \
                 RETURNING len",
                &[id, &org],
            )
            .await?;
        let Some(row) = gone else { continue };
        let len: i64 = row.try_get(0)?;
        tx.run("UPDATE mailboxes SET bytes = greatest(0, bytes - $2) WHERE org = $1", &[&org, &len]).await?;
        blobs.extend(parts(tx, id).await?.into_iter().map(|(name, _)| name));
        tx.run("DELETE FROM message_parts WHERE message = $1", &[id]).await?;
    }
    Ok(End::Commit(blobs))
}

fn parsed(row: &Row) -> Result<Message> {
    let (from, to): (&str, &str) = (row.try_get(1)?, row.try_get(2)?);
    Ok(Message {
        id: row.try_get(0)?,
        from: org(from)?,
        to: org(to)?,
        len: row.try_get(3)?,
        sha256: row.try_get(4)?,
        seq: row.try_get(5)?,
        epoch: row.try_get(6)?,
        receipt: row.try_get(7)?,
        at: row.try_get(8)?,
        body: None,
    })
}
