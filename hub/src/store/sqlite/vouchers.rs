//! Vouchers and holds.

use rusqlite::{OptionalExtension, Transaction, params};

use super::lines::{hold_by_id, hold_by_key};
use super::{End, Result, org};
use crate::store::ledger::against;
use crate::store::{
    Closing, Held, Hold, HoldClosed, NewHold, NewVoucher, Refusal, Revoked, Stored, Term, Voucher,
};

pub(super) fn enter(tx: &Transaction<'_>, new: &NewVoucher) -> Result<End<Stored>> {
    if let Some(stands) = find(tx, &new.id)? {
        let same = stands.entry == new.entry;
        return Ok(End::Rollback(if same { Stored::Same } else { Stored::Other }));
    }
    tx.prepare_cached(
        "INSERT INTO vouchers (id, fund, firm, amount, entry, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        new.id,
        new.fund.to_string(),
        new.firm.to_string(),
        new.amount,
        new.entry,
        new.at
    ])?;
    Ok(End::Commit(Stored::New))
}

pub(super) fn find(tx: &Transaction<'_>, id: &str) -> Result<Option<Voucher>> {
    type Columns = (String, String, i64, String, i64, Option<i64>, Option<String>);
    let found: Option<Columns> = tx
        .prepare_cached(
            "SELECT fund, firm, amount, entry, spent, revoked, reason FROM vouchers WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
        })
        .optional()?;
    let Some((fund, firm, amount, entry, spent, revoked, reason)) = found else { return Ok(None) };
    let revoked = revoked.map(|at| (at, reason.unwrap_or_default()));
    Ok(Some(Voucher {
        id: id.to_owned(),
        fund: org(&fund)?,
        firm: org(&firm)?,
        amount,
        entry,
        spent,
        revoked,
    }))
}

pub(super) fn hold(tx: &Transaction<'_>, new: &NewHold, term: Term) -> Result<End<Held>> {
    let Some(voucher) = find(tx, &new.voucher)? else { return Ok(End::Rollback(Held::Unknown)) };
    let redeemer = new.redeemer.to_string();
    if let Some(before) = hold_by_key(tx, &redeemer, &new.key)? {
        if before.asked.request != new.request || before.asked.voucher != new.voucher {
            return Ok(End::Rollback(Held::KeyOther));
        }
        // Written, so that this answer too waits for the disk behind the first one.
        tx.prepare_cached("UPDATE holds SET asked = asked + 1 WHERE id = ?1")?.execute([&before.asked.id])?;
        return Ok(End::Commit(Held::Same(before)));
    }
    // An exclusive right leaves room for every other one, the redeemer's own included.
    let held: i64 = tx
        .prepare_cached("SELECT coalesce(sum(amount), 0) FROM holds WHERE voucher = ?1 AND closed IS NULL")?
        .query_row([&new.voucher], |row| row.get(0))?;
    let free = voucher.amount.saturating_sub(voucher.spent).saturating_sub(held);
    if let Some(answer) = against(new, term, voucher.revoked.is_some(), free) {
        return Ok(End::Rollback(answer));
    }
    let epoch = super::epoch(tx)?;
    tx.prepare_cached(
        "INSERT INTO holds (id, voucher, redeemer, key, request, amount, until, at, epoch) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        new.id,
        new.voucher,
        redeemer,
        new.key,
        new.request,
        new.amount,
        new.until,
        new.at,
        epoch
    ])?;
    Ok(End::Commit(Held::New(Hold { asked: new.clone(), epoch, closed: None })))
}

pub(super) fn close(tx: &Transaction<'_>, closing: &Closing) -> Result<End<HoldClosed>> {
    if find(tx, &closing.voucher)?.is_none() {
        return Ok(End::Rollback(HoldClosed::Unknown));
    }
    let found = hold_by_id(tx, &closing.hold)?.filter(|hold| hold.asked.voucher == closing.voucher);
    let Some(hold) = found else { return Ok(End::Rollback(HoldClosed::Refused(Refusal::HoldUnknown))) };
    if let Err(answer) = hold.may_close(closing) {
        return Ok(End::Rollback(answer));
    }
    tx.prepare_cached("UPDATE holds SET closed = ?2, reason = ?3, ended = ?4 WHERE id = ?1")?
        .execute(params![closing.hold, closing.how().as_str(), closing.reason, closing.at])?;
    Ok(End::Commit(HoldClosed::Done))
}

pub(super) fn revoke(tx: &Transaction<'_>, id: &str, reason: &str, at: i64) -> Result<End<Revoked>> {
    let Some(voucher) = find(tx, id)? else { return Ok(End::Rollback(Revoked::Unknown)) };
    if voucher.revoked.is_none() {
        tx.prepare_cached("UPDATE vouchers SET revoked = ?2, reason = ?3 WHERE id = ?1")?
            .execute(params![id, at, reason])?;
    }
    Ok(End::Commit(Revoked::Done))
}
