//! Reading what was done to a voucher.

use tokio_postgres::Row;

use super::tx::Params;
use super::{End, Result, StoreError, Tx, org, vouchers};
use crate::store::{Conflict, Ending, Hold, NewHold, NewRedemption, Redemption, Refusal, VoucherLines};

/// The columns of what was asked, in the tables of redemptions and of conflicts.
pub(super) const ASKED: &str =
    "id, voucher, redeemer, key, request, amount, kind, day, region, document, hold, made, at";
const HOLD: &str = "id, voucher, redeemer, key, request, amount, until, at, epoch, closed, reason, ended";

pub(super) async fn of_voucher(tx: &Tx, id: &str) -> Result<End<Option<VoucherLines>>> {
    // Receipts are made of these rows. Locking writes to the log, so that the commit below waits for the standby
    // behind everything that is read here.
    vouchers::lock(tx, id).await?;
    let Some(voucher) = vouchers::find(tx, id).await? else { return Ok(End::Rollback(None)) };
    let redemptions =
        format!("SELECT {ASKED}, seq, spent, epoch FROM redemptions WHERE voucher = $1 ORDER BY seq");
    let holds = format!("SELECT {HOLD} FROM holds WHERE voucher = $1 ORDER BY at, id");
    let conflicts = format!(
        "SELECT {ASKED}, why, accepted, reason, decided FROM conflicts WHERE voucher = $1 ORDER BY at, id"
    );
    Ok(End::Commit(Some(VoucherLines {
        voucher,
        redemptions: all(tx, &redemptions, &[&id], redemption).await?,
        holds: all(tx, &holds, &[&id], hold).await?,
        conflicts: all(tx, &conflicts, &[&id], conflict).await?,
    })))
}

pub(super) async fn redemption_by_key(tx: &Tx, redeemer: &str, key: &str) -> Result<Option<Redemption>> {
    let sql = format!("SELECT {ASKED}, seq, spent, epoch FROM redemptions WHERE redeemer = $1 AND key = $2");
    Ok(all(tx, &sql, &[&redeemer, &key], redemption).await?.pop())
}

pub(super) async fn conflict_by_key(tx: &Tx, redeemer: &str, key: &str) -> Result<Option<Conflict>> {
    let sql = format!(
        "SELECT {ASKED}, why, accepted, reason, decided FROM conflicts WHERE redeemer = $1 AND key = $2"
    );
    Ok(all(tx, &sql, &[&redeemer, &key], conflict).await?.pop())
}

pub(super) async fn conflict_of(tx: &Tx, voucher: &str, id: &str) -> Result<Option<Conflict>> {
    let sql = format!(
        "SELECT {ASKED}, why, accepted, reason, decided FROM conflicts WHERE voucher = $1 AND id = $2"
    );
    Ok(all(tx, &sql, &[&voucher, &id], conflict).await?.pop())
}

pub(super) async fn hold_by_key(tx: &Tx, redeemer: &str, key: &str) -> Result<Option<Hold>> {
    let sql = format!("SELECT {HOLD} FROM holds WHERE redeemer = $1 AND key = $2");
    Ok(all(tx, &sql, &[&redeemer, &key], hold).await?.pop())
}

pub(super) async fn hold_by_id(tx: &Tx, id: &str) -> Result<Option<Hold>> {
    let sql = format!("SELECT {HOLD} FROM holds WHERE id = $1");
    Ok(all(tx, &sql, &[&id], hold).await?.pop())
}

async fn all<T>(tx: &Tx, sql: &str, of: Params<'_>, read: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    tx.all(sql, of).await?.iter().map(read).collect()
}

fn asked(row: &Row) -> Result<NewRedemption> {
    Ok(NewRedemption {
        id: row.try_get(0)?,
        voucher: row.try_get(1)?,
        redeemer: org(&row.try_get::<_, String>(2)?)?,
        key: row.try_get(3)?,
        request: row.try_get(4)?,
        amount: row.try_get(5)?,
        kind: row.try_get(6)?,
        day: row.try_get(7)?,
        region: row.try_get(8)?,
        document: row.try_get(9)?,
        hold: row.try_get(10)?,
        made: row.try_get(11)?,
        at: row.try_get(12)?,
    })
}

fn redemption(row: &Row) -> Result<Redemption> {
    Ok(Redemption {
        asked: asked(row)?,
        seq: row.try_get(13)?,
        spent: row.try_get(14)?,
        epoch: row.try_get(15)?,
    })
}

fn conflict(row: &Row) -> Result<Conflict> {
    let why = Refusal::from_code(&row.try_get::<_, String>(13)?).ok_or(StoreError::Corrupt("refusal"))?;
    let accepted: Option<bool> = row.try_get(14)?;
    let (reason, decided): (Option<String>, Option<i64>) = (row.try_get(15)?, row.try_get(16)?);
    let decision =
        accepted.map(|accepted| (accepted, reason.unwrap_or_default(), decided.unwrap_or_default()));
    Ok(Conflict { asked: asked(row)?, why, decision })
}

fn hold(row: &Row) -> Result<Hold> {
    let asked = NewHold {
        id: row.try_get(0)?,
        voucher: row.try_get(1)?,
        redeemer: org(&row.try_get::<_, String>(2)?)?,
        key: row.try_get(3)?,
        request: row.try_get(4)?,
        amount: row.try_get(5)?,
        until: row.try_get(6)?,
        at: row.try_get(7)?,
    };
    let closed: Option<String> = row.try_get(9)?;
    let (reason, ended): (Option<String>, Option<i64>) = (row.try_get(10)?, row.try_get(11)?);
    let how = closed.map(|how| Ending::parse(&how).ok_or(StoreError::Corrupt("hold"))).transpose()?;
    let closed = how.map(|how| (how, reason.unwrap_or_default(), ended.unwrap_or_default()));
    Ok(Hold { asked, epoch: row.try_get(8)?, closed })
}
