//! Messages that come in pieces, and the sweep.

use rusqlite::{OptionalExtension, Transaction, params};
use zizhi_model::OrgId;

use super::{End, Result, mail, org, relay};
use crate::store::{
    Body, Finished, NewMessage, NewUpload, Opened, Part, Route, StoreError, Stored, Swept, Upload,
};

const COLUMNS: &str = "upload, id, sender, recipient, len, sha256, at, \"offset\"";

pub(super) fn open(tx: &Transaction<'_>, new: &NewUpload, route: &Route, quota: i64) -> Result<End<Opened>> {
    if let Some(arrived) = mail::by_id(tx, &new.id)? {
        let same = arrived.from == new.from
            && arrived.to == new.to
            && arrived.len == new.len
            && arrived.sha256 == new.sha256;
        return Ok(End::Rollback(if same { Opened::Arrived(arrived) } else { Opened::Other }));
    }
    let sql = format!("SELECT {COLUMNS} FROM uploads WHERE id = ?1");
    if let Some(stands) = one(tx, &sql, &[&new.id])? {
        let said = &stands.announced;
        let same =
            said.from == new.from && said.to == new.to && said.len == new.len && said.sha256 == new.sha256;
        return Ok(End::Rollback(if same { Opened::Same(stands) } else { Opened::Other }));
    }
    let (counter, via) = match route {
        Route::Here => ("SELECT bytes FROM mailboxes WHERE org = ?1", None),
        Route::From { hub, .. } => ("SELECT bytes FROM mailboxes WHERE org = ?1", Some(hub)),
        Route::To { .. } => ("SELECT bytes FROM remote_organisations WHERE org = ?1", None),
    };
    let used: Option<i64> =
        tx.prepare_cached(counter)?.query_row([new.to.to_string()], |row| row.get(0)).optional()?;
    match used {
        None => return Ok(End::Rollback(Opened::NoRecipient)),
        // Asked again when the last byte is there; here only so that nobody sends in vain.
        Some(used) if used.saturating_add(new.len) > quota => return Ok(End::Rollback(Opened::Full)),
        Some(_) if relay::is_full(tx, route, new.len)? => return Ok(End::Rollback(Opened::Full)),
        Some(_) => {}
    }
    let (from, to) = (new.from.to_string(), new.to.to_string());
    tx.prepare_cached(
        "INSERT INTO uploads (upload, id, sender, recipient, len, sha256, at, via) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![new.upload, new.id, from, to, new.len, new.sha256, new.at, via])?;
    Ok(End::Commit(Opened::New(Upload { announced: new.clone(), offset: 0, parts: Vec::new() })))
}

pub(super) fn find(tx: &Transaction<'_>, org: OrgId, upload: &str) -> Result<Option<Upload>> {
    let sql = format!("SELECT {COLUMNS} FROM uploads WHERE upload = ?1 AND sender = ?2");
    one(tx, &sql, &[&upload, &org.to_string()])
}

fn one(tx: &Transaction<'_>, sql: &str, of: &[&dyn rusqlite::ToSql]) -> Result<Option<Upload>> {
    let found = tx
        .prepare_cached(sql)?
        .query_row(of, |row| {
            let sender: String = row.get(2)?;
            let recipient: String = row.get(3)?;
            Ok((
                row.get(0)?,
                row.get(1)?,
                sender,
                recipient,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
            ))
        })
        .optional()?;
    let Some((upload, id, sender, recipient, len, sha256, at, offset)) = found else { return Ok(None) };
    let upload: String = upload;
    let mut statement =
        tx.prepare_cached("SELECT name, len FROM upload_parts WHERE upload = ?1 ORDER BY \"offset\"")?;
    let parts = statement
        .query_map([&upload], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let (from, to) = (org(&sender)?, org(&recipient)?);
    let announced = NewUpload { upload, id, from, to, len, sha256, at };
    Ok(Some(Upload { announced, offset, parts }))
}

pub(super) fn add(
    tx: &Transaction<'_>,
    org: OrgId,
    upload: &str,
    part: &Part,
) -> Result<End<Option<Stored>>> {
    let moved = tx
        .prepare_cached(
            "UPDATE uploads SET \"offset\" = \"offset\" + ?4 \
             WHERE upload = ?1 AND sender = ?2 AND \"offset\" = ?3 AND \"offset\" + ?4 <= len",
        )?
        .execute(params![upload, org.to_string(), part.offset, part.len])?;
    if moved == 0 {
        let there = find(tx, org, upload)?.is_some();
        return Ok(End::Rollback(there.then_some(Stored::Other)));
    }
    tx.prepare_cached("INSERT INTO upload_parts (upload, \"offset\", name, len) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![upload, part.offset, part.name, part.len])?;
    Ok(End::Commit(Some(Stored::New)))
}

pub(super) fn finish(
    tx: &Transaction<'_>,
    new: &NewMessage,
    upload: &str,
    route: &Route,
    quota: i64,
) -> Result<End<Finished>> {
    let Some(stands) = find(tx, new.from, upload)? else { return Ok(End::Rollback(Finished::NoUpload)) };
    if stands.offset != stands.announced.len || stands.announced.id != new.id {
        return Ok(End::Rollback(Finished::NoUpload));
    }
    let message = NewMessage { body: Body::Parts(stands.parts), ..new.clone() };
    // Its parts go with it; what does not become a message rolls back, and is an upload again.
    remove(tx, upload)?;
    match mail::deliver(tx, &message, route, quota)? {
        End::Commit(delivered) => Ok(End::Commit(Finished::Delivered(delivered))),
        End::Rollback(delivered) => Ok(End::Rollback(Finished::Delivered(delivered))),
        End::Again => Ok(End::Again),
    }
}

pub(super) fn drop(tx: &Transaction<'_>, org: OrgId, upload: &str) -> Result<End<bool>> {
    let there = find(tx, org, upload)?.is_some();
    if there {
        remove(tx, upload)?;
    }
    Ok(End::Commit(there))
}

fn remove(tx: &Transaction<'_>, upload: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM uploads WHERE upload = ?1")?.execute([upload])?;
    Ok(())
}

pub(super) fn sweep(
    tx: &Transaction<'_>,
    now: i64,
    messages_before: i64,
    uploads_before: i64,
) -> Result<End<Swept>> {
    tx.execute("DELETE FROM nonces WHERE expires < ?1", [now])?;
    let mut blobs = names(
        tx,
        "SELECT name FROM message_parts JOIN messages ON messages.id = message WHERE at < ?1",
        messages_before,
    )?;
    blobs.extend(names(
        tx,
        "SELECT name FROM upload_parts JOIN uploads USING (upload) WHERE at < ?1",
        uploads_before,
    )?);
    tx.execute(
        "UPDATE mailboxes SET bytes = max(0, bytes - gone.len) FROM (SELECT recipient, sum(len) AS len FROM messages \
         WHERE at < ?1 AND waiting = 1 GROUP BY recipient) AS gone WHERE gone.recipient = mailboxes.org",
        [messages_before],
    )?;
    tx.execute(
        "UPDATE remote_organisations SET bytes = max(0, bytes - gone.len) FROM (SELECT recipient, sum(len) AS len \
         FROM messages WHERE at < ?1 AND waiting = 1 GROUP BY recipient) AS gone \
         WHERE gone.recipient = remote_organisations.org",
        [messages_before],
    )?;
    let undelivered: i64 = tx.query_row(
        "SELECT count(*) FROM outbox JOIN messages ON messages.id = message WHERE at < ?1",
        [messages_before],
        |row| row.get(0),
    )?;
    let undelivered = u64::try_from(undelivered).map_err(|_| StoreError::Corrupt("count"))?;
    let count = |removed: usize| u64::try_from(removed).map_err(|_| StoreError::Corrupt("count"));
    let messages = count(tx.execute("DELETE FROM messages WHERE at < ?1", [messages_before])?)?;
    let uploads = count(tx.execute("DELETE FROM uploads WHERE at < ?1", [uploads_before])?)?;
    Ok(End::Commit(Swept { messages, undelivered, uploads, blobs }))
}

fn names(tx: &Transaction<'_>, sql: &str, before: i64) -> Result<Vec<String>> {
    let mut statement = tx.prepare(sql)?;
    let rows = statement.query_map([before], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Which of these blobs some row names.
pub(super) fn named(tx: &Transaction<'_>, blobs: Vec<String>) -> Result<Vec<String>> {
    let mut asked = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM message_parts WHERE name = ?1) OR EXISTS (SELECT 1 FROM upload_parts WHERE name = ?1)",
    )?;
    let mut found = Vec::new();
    for blob in blobs {
        if asked.query_row([&blob], |row| row.get(0))? {
            found.push(blob);
        }
    }
    Ok(found)
}
