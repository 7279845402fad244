//! Messages that come in pieces, and the sweep.

use tokio_postgres::Row;
use zizhi_model::OrgId;

use super::{End, Result, StoreError, Tx, mail, org, relay};
use crate::store::{Body, Finished, NewMessage, NewUpload, Opened, Part, Route, Stored, Swept, Upload};

const COLUMNS: &str = "upload, id, sender, recipient, len, sha256, at, \"offset\"";

pub(super) async fn open(tx: &Tx, new: &NewUpload, route: &Route, quota: i64) -> Result<End<Opened>> {
    if let Some(arrived) = mail::by_id(tx, &new.id).await? {
        let same = arrived.from == new.from
            && arrived.to == new.to
            && arrived.len == new.len
            && arrived.sha256 == new.sha256;
        return Ok(End::Rollback(if same { Opened::Arrived(arrived) } else { Opened::Other }));
    }
    let sql = format!("SELECT {COLUMNS} FROM uploads WHERE id = $1");
    if let Some(row) = tx.one(&sql, &[&new.id]).await? {
        let stands = read(tx, &row).await?;
        let said = &stands.announced;
        let same =
            said.from == new.from && said.to == new.to && said.len == new.len && said.sha256 == new.sha256;
        return Ok(End::Rollback(if same { Opened::Same(stands) } else { Opened::Other }));
    }
    let (from, to) = (new.from.to_string(), new.to.to_string());
    let (counter, via) = match route {
        Route::Here => ("SELECT bytes FROM mailboxes WHERE org = $1", None),
        Route::From { hub, .. } => ("SELECT bytes FROM mailboxes WHERE org = $1", Some(hub)),
        Route::To { .. } => ("SELECT bytes FROM remote_organisations WHERE org = $1", None),
    };
    let Some(used) = tx.one(counter, &[&to]).await? else {
        return Ok(End::Rollback(Opened::NoRecipient));
    };
    // Asked again when the last byte is there; here only so that nobody sends in vain.
    let full = used.try_get::<_, i64>(0)?.saturating_add(new.len) > quota;
    if full || relay::is_full(tx, route, new.len).await? {
        return Ok(End::Rollback(Opened::Full));
    }
    let added = tx
        .run(
            "INSERT INTO uploads (upload, id, sender, recipient, len, sha256, at, via) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
            &[&new.upload, &new.id, &from, &to, &new.len, &new.sha256, &new.at, &via],
        )
        .await?;
    if added == 0 {
        let ours = tx.one("SELECT 1 FROM uploads WHERE id = $1", &[&new.id]).await?.is_some();
        return Ok(if ours { End::Again } else { End::Rollback(Opened::Other) });
    }
    Ok(End::Commit(Opened::New(Upload { announced: new.clone(), offset: 0, parts: Vec::new() })))
}

/// An upload of `org`, in a transaction of its own.
pub(super) async fn show(tx: &Tx, org: OrgId, upload: &str) -> Result<End<Option<Upload>>> {
    Ok(End::Rollback(find(tx, org, upload).await?))
}

async fn find(tx: &Tx, org: OrgId, upload: &str) -> Result<Option<Upload>> {
    let sql = format!("SELECT {COLUMNS} FROM uploads WHERE upload = $1 AND sender = $2");
    match tx.one(&sql, &[&upload, &org.to_string()]).await? {
        Some(row) => read(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn read(tx: &Tx, row: &Row) -> Result<Upload> {
    let upload: String = row.try_get(0)?;
    let parts = tx
        .all("SELECT name, len FROM upload_parts WHERE upload = $1 ORDER BY \"offset\"", &[&upload])
        .await?
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect::<Result<_>>()?;
    let announced = NewUpload {
        upload,
        id: row.try_get(1)?,
        from: org(row.try_get(2)?)?,
        to: org(row.try_get(3)?)?,
        len: row.try_get(4)?,
        sha256: row.try_get(5)?,
        at: row.try_get(6)?,
    };
    Ok(Upload { announced, offset: row.try_get(7)?, parts })
}

pub(super) async fn add(tx: &Tx, org: OrgId, upload: &str, part: &Part) -> Result<End<Option<Stored>>> {
    let moved = tx
        .run(
            "UPDATE uploads SET \"offset\" = \"offset\" + $4 \
             WHERE upload = $1 AND sender = $2 AND \"offset\" = $3 AND \"offset\" + $4 <= len",
            &[&upload, &org.to_string(), &part.offset, &part.len],
        )
        .await?;
    if moved == 0 {
        let there = find(tx, org, upload).await?.is_some();
        return Ok(End::Rollback(there.then_some(Stored::Other)));
    }
    tx.run(
        "INSERT INTO upload_parts (upload, \"offset\", name, len) VALUES ($1, $2, $3, $4)",
        &[&upload, &part.offset, &part.name, &part.len],
    )
    .await?;
    Ok(End::Commit(Some(Stored::New)))
}

pub(super) async fn finish(
    tx: &Tx,
    new: &NewMessage,
    upload: &str,
    route: &Route,
    quota: i64,
) -> Result<End<Finished>> {
    tx.one("SELECT 1 FROM uploads WHERE upload = $1 FOR UPDATE", &[&upload]).await?;
    let Some(stands) = find(tx, new.from, upload).await? else {
        return Ok(End::Rollback(Finished::NoUpload));
    };
    if stands.offset != stands.announced.len || stands.announced.id != new.id {
        return Ok(End::Rollback(Finished::NoUpload));
    }
    let message = NewMessage { body: Body::Parts(stands.parts), ..new.clone() };
    // Its parts go with it; what does not become a message rolls back, and is an upload again.
    remove(tx, upload).await?;
    match mail::deliver(tx, &message, route, quota).await? {
        End::Commit(delivered) => Ok(End::Commit(Finished::Delivered(delivered))),
        End::Rollback(delivered) => Ok(End::Rollback(Finished::Delivered(delivered))),
        End::Again => Ok(End::Again),
    }
}

pub(super) async fn drop(tx: &Tx, org: OrgId, upload: &str) -> Result<End<bool>> {
    let there = find(tx, org, upload).await?.is_some();
    if there {
        remove(tx, upload).await?;
    }
    Ok(End::Commit(there))
}

async fn remove(tx: &Tx, upload: &str) -> Result<()> {
    tx.run("DELETE FROM uploads WHERE upload = $1", &[&upload]).await?;
    Ok(())
}

pub(super) async fn sweep(
    tx: &Tx,
    now: i64,
    messages_before: i64,
    uploads_before: i64,
) -> Result<End<Swept>> {
    tx.run("DELETE FROM nonces WHERE expires < $1", &[&now]).await?;
    // Copies that have ended for a day.
    tx.run("DELETE FROM heartbeats WHERE at < $1", &[&(now - 24 * 3600)]).await?;
    // The mailboxes first and in order, as whoever delivers locks them before the messages.
    tx.all(
        "SELECT 1 FROM mailboxes WHERE org IN (SELECT recipient FROM messages WHERE at < $1) ORDER BY org FOR UPDATE",
        &[&messages_before],
    )
    .await?;
    let mut blobs = names(
        tx,
        "SELECT name FROM message_parts JOIN messages ON messages.id = message WHERE at < $1",
        messages_before,
    )
    .await?;
    blobs.extend(
        names(tx, "SELECT name FROM upload_parts JOIN uploads USING (upload) WHERE at < $1", uploads_before)
            .await?,
    );
    tx.run(
        "UPDATE mailboxes SET bytes = greatest(0, bytes - gone.len) FROM (SELECT recipient, sum(len)::BIGINT AS len \
         FROM messages WHERE at < $1 AND waiting GROUP BY recipient) AS gone WHERE gone.recipient = mailboxes.org",
        &[&messages_before],
    )
    .await?;
    tx.run(
        "UPDATE remote_organisations SET bytes = greatest(0, bytes - gone.len) FROM (SELECT recipient, \
         sum(len)::BIGINT AS len FROM messages WHERE at < $1 AND waiting GROUP BY recipient) AS gone \
         WHERE gone.recipient = remote_organisations.org",
        &[&messages_before],
    )
    .await?;
    let undelivered = tx
        .one(
            "SELECT count(*) FROM outbox JOIN messages ON messages.id = message WHERE at < $1",
            &[&messages_before],
        )
        .await?;
    let undelivered: i64 = undelivered.ok_or(StoreError::Corrupt("count"))?.try_get(0)?;
    let undelivered = u64::try_from(undelivered).map_err(|_| StoreError::Corrupt("count"))?;
    let messages = tx.run("DELETE FROM messages WHERE at < $1", &[&messages_before]).await?;
    let uploads = tx.run("DELETE FROM uploads WHERE at < $1", &[&uploads_before]).await?;
    Ok(End::Commit(Swept { messages, undelivered, uploads, blobs }))
}

async fn names(tx: &Tx, sql: &str, before: i64) -> Result<Vec<String>> {
    tx.all(sql, &[&before]).await?.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Which of these blobs some row names.
pub(super) async fn named(tx: &Tx, blobs: &[String]) -> Result<End<Vec<String>>> {
    let rows = tx
        .all(
            "SELECT name FROM message_parts WHERE name = ANY($1) UNION SELECT name FROM upload_parts WHERE name = ANY($1)",
            &[&blobs],
        )
        .await?;
    Ok(End::Rollback(rows.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<_>>()?))
}
