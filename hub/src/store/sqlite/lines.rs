//! Reading what was done to a voucher.

use rusqlite::{Row, Transaction};

use super::{Result, StoreError, org, vouchers};
use crate::store::{Conflict, Ending, Hold, NewHold, NewRedemption, Redemption, Refusal, VoucherLines};

/// The columns of what was asked, in the tables of redemptions and of conflicts.
pub(super) const ASKED: &str =
    "id, voucher, redeemer, key, request, amount, kind, day, region, document, hold, made, at";
const HOLD: &str = "id, voucher, redeemer, key, request, amount, until, at, epoch, closed, reason, ended";

pub(super) fn of_voucher(tx: &Transaction<'_>, id: &str) -> Result<Option<VoucherLines>> {
    let Some(voucher) = vouchers::find(tx, id)? else { return Ok(None) };
    let redemptions =
        format!("SELECT {ASKED}, seq, spent, epoch FROM redemptions WHERE voucher = ?1 ORDER BY seq");
    let holds = format!("SELECT {HOLD} FROM holds WHERE voucher = ?1 ORDER BY at, id");
    let conflicts = format!(
        "SELECT {ASKED}, why, accepted, reason, decided FROM conflicts WHERE voucher = ?1 ORDER BY at, id"
    );
    Ok(Some(VoucherLines {
        voucher,
        redemptions: all(tx, &redemptions, &[id], redemption)?,
        holds: all(tx, &holds, &[id], hold)?,
        conflicts: all(tx, &conflicts, &[id], conflict)?,
    }))
}

pub(super) fn redemption_by_key(
    tx: &Transaction<'_>,
    redeemer: &str,
    key: &str,
) -> Result<Option<Redemption>> {
    let sql = format!("SELECT {ASKED}, seq, spent, epoch FROM redemptions WHERE redeemer = ?1 AND key = ?2");
    Ok(all(tx, &sql, &[redeemer, key], redemption)?.pop())
}

pub(super) fn redemption_by_id(tx: &Transaction<'_>, id: &str) -> Result<Redemption> {
    let sql = format!("SELECT {ASKED}, seq, spent, epoch FROM redemptions WHERE id = ?1");
    all(tx, &sql, &[id], redemption)?.pop().ok_or(StoreError::Corrupt("redemption"))
}

pub(super) fn conflict_by_key(tx: &Transaction<'_>, redeemer: &str, key: &str) -> Result<Option<Conflict>> {
    let sql = format!(
        "SELECT {ASKED}, why, accepted, reason, decided FROM conflicts WHERE redeemer = ?1 AND key = ?2"
    );
    Ok(all(tx, &sql, &[redeemer, key], conflict)?.pop())
}

pub(super) fn conflict_of(tx: &Transaction<'_>, voucher: &str, id: &str) -> Result<Option<Conflict>> {
    let sql = format!(
        "SELECT {ASKED}, why, accepted, reason, decided FROM conflicts WHERE voucher = ?1 AND id = ?2"
    );
    Ok(all(tx, &sql, &[voucher, id], conflict)?.pop())
}

pub(super) fn hold_by_key(tx: &Transaction<'_>, redeemer: &str, key: &str) -> Result<Option<Hold>> {
    let sql = format!("SELECT {HOLD} FROM holds WHERE redeemer = ?1 AND key = ?2");
    Ok(all(tx, &sql, &[redeemer, key], hold)?.pop())
}

pub(super) fn hold_by_id(tx: &Transaction<'_>, id: &str) -> Result<Option<Hold>> {
    let sql = format!("SELECT {HOLD} FROM holds WHERE id = ?1");
    Ok(all(tx, &sql, &[id], hold)?.pop())
}

fn all<T>(tx: &Transaction<'_>, sql: &str, of: &[&str], read: fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(of))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn asked(row: &Row<'_>) -> Result<NewRedemption> {
    Ok(NewRedemption {
        id: row.get(0)?,
        voucher: row.get(1)?,
        redeemer: org(&row.get::<_, String>(2)?)?,
        key: row.get(3)?,
        request: row.get(4)?,
        amount: row.get(5)?,
        kind: row.get(6)?,
        day: row.get(7)?,
        region: row.get(8)?,
        document: row.get(9)?,
        hold: row.get(10)?,
        made: row.get(11)?,
        at: row.get(12)?,
    })
}

fn redemption(row: &Row<'_>) -> Result<Redemption> {
    Ok(Redemption { asked: asked(row)?, seq: row.get(13)?, spent: row.get(14)?, epoch: row.get(15)? })
}

fn conflict(row: &Row<'_>) -> Result<Conflict> {
    let why = Refusal::from_code(&row.get::<_, String>(13)?).ok_or(StoreError::Corrupt("refusal"))?;
    let accepted: Option<bool> = row.get(14)?;
    let (reason, decided): (Option<String>, Option<i64>) = (row.get(15)?, row.get(16)?);
    let decision =
        accepted.map(|accepted| (accepted, reason.unwrap_or_default(), decided.unwrap_or_default()));
    Ok(Conflict { asked: asked(row)?, why, decision })
}

fn hold(row: &Row<'_>) -> Result<Hold> {
    let asked = NewHold {
        id: row.get(0)?,
        voucher: row.get(1)?,
        redeemer: org(&row.get::<_, String>(2)?)?,
        key: row.get(3)?,
        request: row.get(4)?,
        amount: row.get(5)?,
        until: row.get(6)?,
        at: row.get(7)?,
    };
    let closed: Option<String> = row.get(9)?;
    let (reason, ended): (Option<String>, Option<i64>) = (row.get(10)?, row.get(11)?);
    let how = closed.map(|how| Ending::parse(&how).ok_or(StoreError::Corrupt("hold"))).transpose()?;
    let closed = how.map(|how| (how, reason.unwrap_or_default(), ended.unwrap_or_default()));
    Ok(Hold { asked, epoch: row.get(8)?, closed })
}
