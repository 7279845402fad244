//! Vouchers and holds.

use super::lines::{hold_by_id, hold_by_key};
use super::{End, Result, StoreError, Tx, org};
use crate::store::ledger::against;
use crate::store::{
    Closing, Held, Hold, HoldClosed, NewHold, NewVoucher, Refusal, Revoked, Stored, Term, Voucher,
};

pub(super) async fn enter(tx: &Tx, new: &NewVoucher) -> Result<End<Stored>> {
    if let Some(stands) = find(tx, &new.id).await? {
        let same = stands.entry == new.entry;
        return Ok(End::Rollback(if same { Stored::Same } else { Stored::Other }));
    }
    let (fund, firm) = (new.fund.to_string(), new.firm.to_string());
    tx.run(
        "INSERT INTO vouchers (id, fund, firm, amount, entry, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&new.id, &fund, &firm, &new.amount, &new.entry, &new.at],
    )
    .await?;
    Ok(End::Commit(Stored::New))
}

/// Locks the voucher to the end of the transaction, so that everything that changes it happens one by one. False
/// without a voucher.
pub(super) async fn lock(tx: &Tx, id: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM vouchers WHERE id = $1 FOR UPDATE", &[&id]).await?.is_some())
}

/// A voucher, in a transaction of its own.
pub(super) async fn show(tx: &Tx, id: &str) -> Result<End<Option<Voucher>>> {
    Ok(End::Rollback(find(tx, id).await?))
}

pub(super) async fn find(tx: &Tx, id: &str) -> Result<Option<Voucher>> {
    let row = tx
        .one("SELECT fund, firm, amount, entry, spent, revoked, reason FROM vouchers WHERE id = $1", &[&id])
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (revoked, reason): (Option<i64>, Option<String>) = (row.try_get(5)?, row.try_get(6)?);
    Ok(Some(Voucher {
        id: id.to_owned(),
        fund: org(row.try_get(0)?)?,
        firm: org(row.try_get(1)?)?,
        amount: row.try_get(2)?,
        entry: row.try_get(3)?,
        spent: row.try_get(4)?,
        revoked: revoked.map(|at| (at, reason.unwrap_or_default())),
    }))
}

pub(super) async fn hold(tx: &Tx, new: &NewHold, term: Term) -> Result<End<Held>> {
    lock(tx, &new.voucher).await?;
    let Some(voucher) = find(tx, &new.voucher).await? else { return Ok(End::Rollback(Held::Unknown)) };
    let redeemer = new.redeemer.to_string();
    if let Some(before) = hold_by_key(tx, &redeemer, &new.key).await? {
        if before.asked.request != new.request || before.asked.voucher != new.voucher {
            return Ok(End::Rollback(Held::KeyOther));
        }
        // Written, so that this commit waits for the standby behind the first one.
        tx.run("UPDATE holds SET asked = asked + 1 WHERE id = $1", &[&before.asked.id]).await?;
        return Ok(End::Commit(Held::Same(before)));
    }
    // An exclusive right leaves room for every other one, the redeemer's own included.
    let held = tx
        .one(
            "SELECT coalesce(sum(amount), 0)::BIGINT FROM holds WHERE voucher = $1 AND closed IS NULL",
            &[&new.voucher],
        )
        .await?;
    let held: i64 = held.ok_or(StoreError::Corrupt("sum"))?.try_get(0)?;
    let free = voucher.amount.saturating_sub(voucher.spent).saturating_sub(held);
    if let Some(answer) = against(new, term, voucher.revoked.is_some(), free) {
        return Ok(End::Rollback(answer));
    }
    let epoch = super::epoch(tx).await?;
    tx.run(
        "INSERT INTO holds (id, voucher, redeemer, key, request, amount, until, at, epoch) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[&new.id, &new.voucher, &redeemer, &new.key, &new.request, &new.amount, &new.until, &new.at, &epoch],
    )
    .await?;
    Ok(End::Commit(Held::New(Hold { asked: new.clone(), epoch, closed: None })))
}

pub(super) async fn close(tx: &Tx, closing: &Closing) -> Result<End<HoldClosed>> {
    lock(tx, &closing.voucher).await?;
    if find(tx, &closing.voucher).await?.is_none() {
        return Ok(End::Rollback(HoldClosed::Unknown));
    }
    let found = hold_by_id(tx, &closing.hold).await?.filter(|hold| hold.asked.voucher == closing.voucher);
    let Some(hold) = found else { return Ok(End::Rollback(HoldClosed::Refused(Refusal::HoldUnknown))) };
    if let Err(answer) = hold.may_close(closing) {
        return Ok(End::Rollback(answer));
    }
    tx.run(
        "UPDATE holds SET closed = $2, reason = $3, ended = $4 WHERE id = $1",
        &[&closing.hold, &closing.how().as_str(), &closing.reason, &closing.at],
    )
    .await?;
    Ok(End::Commit(HoldClosed::Done))
}

pub(super) async fn revoke(tx: &Tx, id: &str, reason: &str, at: i64) -> Result<End<Revoked>> {
    let touched = tx
        .run(
            "UPDATE vouchers SET reason = CASE WHEN revoked IS NULL THEN $3 ELSE reason END, \
             revoked = coalesce(revoked, $2) WHERE id = $1",
            &[&id, &at, &reason],
        )
        .await?;
    Ok(if touched == 0 { End::Rollback(Revoked::Unknown) } else { End::Commit(Revoked::Done) })
}
