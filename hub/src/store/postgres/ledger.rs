//! Redemptions and conflicts.

use futures_util::future;
use tokio_postgres::types::ToSql;

use super::lines::{ASKED, conflict_by_key, conflict_of, hold_by_id, redemption_by_key};
use super::{End, Result, StoreError, Tx, vouchers};
use crate::store::ledger::{fits, usable};
use crate::store::{
    Conflict, Decided, Decision, Ending, NewRedemption, Redeemed, Redemption, Refusal, Standing, Term, judge,
};

pub(super) async fn redeem(tx: &Tx, new: &NewRedemption, term: Term) -> Result<End<Redeemed>> {
    if !vouchers::lock(tx, &new.voucher).await? {
        return Ok(End::Rollback(Redeemed::Unknown));
    }
    let redeemer = new.redeemer.to_string();
    // Behind the lock nothing moves: what is there is asked for at once.
    let (redeemed, conflict, standing) = future::try_join3(
        redemption_by_key(tx, &redeemer, &new.key),
        conflict_by_key(tx, &redeemer, &new.key),
        standing(tx, new),
    )
    .await?;
    if let Some(before) = redeemed {
        if !before.asked.is_request(new) {
            return Ok(End::Rollback(Redeemed::KeyOther));
        }
        // Written, so that this commit waits for the standby behind the first one, which may have been cut
        // short: what a receipt is signed for is on the standby.
        tx.run("UPDATE redemptions SET asked = asked + 1 WHERE id = $1", &[&before.asked.id]).await?;
        return Ok(End::Commit(Redeemed::Same(before)));
    }
    if let Some(before) = conflict {
        let same = before.asked.is_request(new);
        return Ok(End::Rollback(if same { Redeemed::Conflict(before) } else { Redeemed::KeyOther }));
    }
    let Some(standing) = standing else { return Ok(End::Rollback(Redeemed::Unknown)) };
    match judge(&standing, new, term) {
        Ok(()) => Ok(End::Commit(Redeemed::New(count(tx, new).await?))),
        Err(why) => {
            keep(tx, new, why).await?;
            Ok(End::Commit(Redeemed::Conflict(Conflict { asked: new.clone(), why, decision: None })))
        }
    }
}

pub(super) async fn decide(
    tx: &Tx,
    voucher: &str,
    conflict: &str,
    decision: &Decision,
) -> Result<End<Decided>> {
    vouchers::lock(tx, voucher).await?;
    let Some(found) = conflict_of(tx, voucher, conflict).await? else {
        return Ok(End::Rollback(Decided::Unknown));
    };
    if let Some((accepted, ..)) = found.decision {
        if accepted != decision.accepted {
            return Ok(End::Rollback(Decided::Other));
        }
        let redeemed = redemption_by_key(tx, &found.asked.redeemer.to_string(), &found.asked.key).await?;
        tx.run("UPDATE vouchers SET at = at WHERE id = $1", &[&voucher]).await?;
        return Ok(End::Commit(
            redeemed.map_or(Decided::Rejected, |redeemed| Decided::Accepted(redeemed.into())),
        ));
    }
    let mut answer = Decided::Rejected;
    if decision.accepted {
        let Some(standing) = standing(tx, &found.asked).await? else {
            return Ok(End::Rollback(Decided::Unknown));
        };
        if let Err(refusal) = fits(&standing, found.asked.amount) {
            return Ok(End::Rollback(Decided::Refused(refusal)));
        }
        // A hold is used up only where it is the redeemer's own and open.
        let hold = found.asked.hold.clone().filter(|_| standing.hold == Some(Ok(())));
        let counted = NewRedemption { id: decision.receipt.clone(), at: decision.at, hold, ..found.asked };
        answer = Decided::Accepted(count(tx, &counted).await?.into());
    }
    tx.run(
        "UPDATE conflicts SET accepted = $2, reason = $3, decided = $4 WHERE id = $1",
        &[&conflict, &decision.accepted, &decision.reason, &decision.at],
    )
    .await?;
    Ok(End::Commit(answer))
}

/// What the redemption meets; `None` without a voucher.
async fn standing(tx: &Tx, new: &NewRedemption) -> Result<Option<Standing>> {
    let redeemer = new.redeemer.to_string();
    let row = tx
        .one(
            "SELECT amount, spent, revoked IS NOT NULL, (SELECT coalesce(sum(amount), 0)::BIGINT FROM holds \
             WHERE voucher = $1 AND redeemer <> $2 AND closed IS NULL) FROM vouchers WHERE id = $1",
            &[&new.voucher, &redeemer],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let hold = match &new.hold {
        None => None,
        Some(id) => Some(usable(hold_by_id(tx, id).await?.as_ref(), new)),
    };
    Ok(Some(Standing {
        amount: row.try_get(0)?,
        spent: row.try_get(1)?,
        revoked: row.try_get(2)?,
        held_by_others: row.try_get(3)?,
        hold,
    }))
}

/// Lets it count: the sum grows, the redemption takes the next number, the hold that it names is closed.
async fn count(tx: &Tx, new: &NewRedemption) -> Result<Redemption> {
    let counted = async {
        let sql = "UPDATE vouchers SET spent = spent + $2, last_seq = last_seq + 1 WHERE id = $1 \
             RETURNING last_seq, spent";
        tx.one(sql, &[&new.voucher, &new.amount]).await?.ok_or(StoreError::Corrupt("voucher"))
    };
    let (row, epoch) = future::try_join(counted, super::epoch(tx)).await?;
    let (seq, spent): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    if let Some(hold) = &new.hold {
        tx.run(
            "UPDATE holds SET closed = $3, reason = '', ended = $2 WHERE id = $1",
            &[hold, &new.at, &Ending::Redeemed.as_str()],
        )
        .await?;
    }
    insert(tx, "redemptions", new, &[("seq", &seq), ("spent", &spent), ("epoch", &epoch)]).await?;
    Ok(Redemption { asked: new.clone(), seq, spent, epoch })
}

async fn keep(tx: &Tx, new: &NewRedemption, why: Refusal) -> Result<()> {
    insert(tx, "conflicts", new, &[("why", &why.code())]).await
}

/// Inserts what was asked into a table, with what that table has besides.
async fn insert(
    tx: &Tx,
    table: &str,
    new: &NewRedemption,
    besides: &[(&str, &(dyn ToSql + Sync))],
) -> Result<()> {
    let redeemer = new.redeemer.to_string();
    // In the order of `ASKED`.
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![
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
    let (mut columns, mut places) = (ASKED.to_owned(), String::new());
    for (column, value) in besides {
        columns.extend([", ", column]);
        values.push(*value);
    }
    for place in 1..=values.len() {
        let comma = if place == 1 { "" } else { ", " };
        places.push_str(&format!("{comma}${place}"));
    }
    tx.run(&format!("INSERT INTO {table} ({columns}) VALUES ({places})"), &values).await?;
    Ok(())
}
