//! Redemptions and conflicts.

use rusqlite::{OptionalExtension, ToSql, Transaction, params};

use super::lines::{ASKED, conflict_by_key, conflict_of, hold_by_id, redemption_by_id, redemption_by_key};
use super::{End, Result, vouchers};
use crate::store::ledger::{fits, usable};
use crate::store::{
    Conflict, Decided, Decision, Ending, NewRedemption, Redeemed, Redemption, Refusal, Standing, Term, judge,
};

pub(super) fn redeem(tx: &Transaction<'_>, new: &NewRedemption, term: Term) -> Result<End<Redeemed>> {
    if vouchers::find(tx, &new.voucher)?.is_none() {
        return Ok(End::Rollback(Redeemed::Unknown));
    }
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
    let Some(standing) = standing(tx, new)? else { return Ok(End::Rollback(Redeemed::Unknown)) };
    match judge(&standing, new, term) {
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
        tx.prepare_cached("UPDATE holds SET closed = ?3, reason = '', ended = ?2 WHERE id = ?1")?
            .execute(params![hold, new.at, Ending::Redeemed.as_str()])?;
    }
    let epoch = super::epoch(tx)?;
    insert(tx, "redemptions", new, &[("seq", &seq), ("spent", &spent), ("epoch", &epoch)])?;
    redemption_by_id(tx, &new.id)
}

fn keep(tx: &Transaction<'_>, new: &NewRedemption, why: Refusal) -> Result<()> {
    insert(tx, "conflicts", new, &[("why", &why.code())])
}

/// Inserts what was asked into a table, with what that table has besides.
fn insert(
    tx: &Transaction<'_>,
    table: &str,
    new: &NewRedemption,
    besides: &[(&str, &dyn ToSql)],
) -> Result<()> {
    let redeemer = new.redeemer.to_string();
    // In the order of `ASKED`.
    let mut values: Vec<&dyn ToSql> = vec![
        &new.id,
        &new.voucher,
        &redeemer,
        &new.key,
        &new.request,
        &new.amount,
        &new.kind,
        &new.day,
        &new.region,
        &new.document,
        &new.hold,
        &new.made,
        &new.at,
    ];
    let mut columns = ASKED.to_owned();
    for (column, value) in besides {
        columns.extend([", ", column]);
        values.push(*value);
    }
    let places = vec!["?"; values.len()].join(", ");
    tx.prepare_cached(&format!("INSERT INTO {table} ({columns}) VALUES ({places})"))?
        .execute(values.as_slice())?;
    Ok(())
}
