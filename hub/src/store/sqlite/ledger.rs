//! Redemptions and conflicts.

use rusqlite::{OptionalExtension, Transaction, params};

use super::lines::{conflict_by_key, conflict_of, hold_by_id, redemption_by_id, redemption_by_key};
use super::{End, Result};
use crate::store::ledger::{fits, usable};
use crate::store::{
    Conflict, Decided, Decision, NewRedemption, Redeemed, Redemption, Refusal, Standing, judge,
};

pub(super) fn redeem(tx: &Transaction<'_>, new: &NewRedemption) -> Result<End<Redeemed>> {
    let Some(standing) = standing(tx, new)? else { return Ok(End::Rollback(Redeemed::Unknown)) };
    let redeemer = new.redeemer.to_string();
    if let Some(before) = redemption_by_key(tx, &redeemer, &new.key)? {
        if !before.asked.is_request(new) {
            return Ok(End::Rollback(Redeemed::KeyOther));
        }
        // Written, so that this answer too waits for the disk behind the first one.
        tx.prepare_cached("UPDATE redemptions SET asked = asked + 1 WHERE id = ?1")?
            .execute([&before.asked.id])?;
        return Ok(End::Commit(Redeemed::Same(before)));
    }
    if let Some(before) = conflict_by_key(tx, &redeemer, &new.key)? {
        let same = before.asked.is_request(new);
        return Ok(End::Rollback(if same { Redeemed::Conflict(before) } else { Redeemed::KeyOther }));
    }
    match judge(&standing, new.amount) {
        Ok(()) => Ok(End::Commit(Redeemed::New(count(tx, new)?))),
        Err(why) => {
            keep(tx, new, why)?;
            Ok(End::Commit(Redeemed::Conflict(Conflict { asked: new.clone(), why, decision: None })))
        }
    }
}

pub(super) fn decide(
    tx: &Transaction<'_>,
    voucher: &str,
    conflict: &str,
    decision: &Decision,
) -> Result<End<Decided>> {
    let Some(found) = conflict_of(tx, voucher, conflict)? else {
        return Ok(End::Rollback(Decided::Unknown));
    };
    if let Some((accepted, ..)) = found.decision {
        if accepted != decision.accepted {
            return Ok(End::Rollback(Decided::Other));
        }
        let redeemed = redemption_by_key(tx, &found.asked.redeemer.to_string(), &found.asked.key)?;
        tx.prepare_cached("UPDATE vouchers SET at = at WHERE id = ?1")?.execute([voucher])?;
        return Ok(End::Commit(
            redeemed.map_or(Decided::Rejected, |redeemed| Decided::Accepted(redeemed.into())),
        ));
    }
    let mut answer = Decided::Rejected;
    if decision.accepted {
        let Some(standing) = standing(tx, &found.asked)? else { return Ok(End::Rollback(Decided::Unknown)) };
        if let Err(refusal) = fits(&standing, found.asked.amount) {
            return Ok(End::Rollback(Decided::Refused(refusal)));
        }
        // A hold is used up only where it is the redeemer's own and open.
        let hold = found.asked.hold.clone().filter(|_| standing.hold == Some(Ok(())));
        let counted = NewRedemption { id: decision.receipt.clone(), at: decision.at, hold, ..found.asked };
        answer = Decided::Accepted(count(tx, &counted)?.into());
    }
    tx.prepare_cached("UPDATE conflicts SET accepted = ?2, reason = ?3, decided = ?4 WHERE id = ?1")?
        .execute(params![conflict, decision.accepted, decision.reason, decision.at])?;
    Ok(End::Commit(answer))
}

/// What the redemption meets; `None` without a voucher.
fn standing(tx: &Transaction<'_>, new: &NewRedemption) -> Result<Option<Standing>> {
    let redeemer = new.redeemer.to_string();
    let voucher: Option<(i64, i64, bool)> = tx
        .prepare_cached("SELECT amount, spent, revoked IS NOT NULL FROM vouchers WHERE id = ?1")?
        .query_row([&new.voucher], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((amount, spent, revoked)) = voucher else { return Ok(None) };
    let held_by_others: i64 = tx
        .prepare_cached(
            "SELECT coalesce(sum(amount), 0) FROM holds WHERE voucher = ?1 AND redeemer <> ?2 AND closed IS NULL",
        )?
        .query_row([&new.voucher, &redeemer], |row| row.get(0))?;
    let hold = match &new.hold {
        None => None,
        Some(id) => Some(usable(hold_by_id(tx, id)?.as_ref(), new)),
    };
    Ok(Some(Standing { amount, spent, held_by_others, revoked, hold }))
}

/// Lets it count: the sum grows, the redemption takes the next number, the hold that it names is closed.
fn count(tx: &Transaction<'_>, new: &NewRedemption) -> Result<Redemption> {
    let (seq, spent): (i64, i64) = tx
        .prepare_cached(
            "UPDATE vouchers SET spent = spent + ?2, last_seq = last_seq + 1 WHERE id = ?1 RETURNING last_seq, spent",
        )?
        .query_row(params![new.voucher, new.amount], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some(hold) = &new.hold {
        tx.prepare_cached("UPDATE holds SET closed = 'redeemed', reason = '', ended = ?2 WHERE id = ?1")?
            .execute(params![hold, new.at])?;
    }
    let epoch = super::epoch(tx)?;
    tx.prepare_cached(
        "INSERT INTO redemptions (id, voucher, redeemer, key, request, amount, kind, day, region, document, hold, \
         made, at, seq, spent, epoch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        new.id,
        new.voucher,
        new.redeemer.to_string(),
        new.key,
        new.request,
        new.amount,
        new.kind,
        new.day,
        new.region,
        new.document,
        new.hold,
        new.made,
        new.at,
        seq,
        spent,
        epoch
    ])?;
    redemption_by_id(tx, &new.id)
}

fn keep(tx: &Transaction<'_>, new: &NewRedemption, why: Refusal) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO conflicts (id, voucher, redeemer, key, request, amount, kind, day, region, document, hold, \
         made, at, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        new.id,
        new.voucher,
        new.redeemer.to_string(),
        new.key,
        new.request,
        new.amount,
        new.kind,
        new.day,
        new.region,
        new.document,
        new.hold,
        new.made,
        new.at,
        why.code()
    ])?;
    Ok(())
}
