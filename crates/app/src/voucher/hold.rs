//! 预约: a redeemer asks the ledger for the exclusive right to a part of a voucher, and gives it back.

use chrono::{DateTime, Utc};
use zizhi_model::civil;
use zizhi_model::money::Fen;
use zizhi_store::{Hold, HoldState, Redemption, RedemptionState};
use zizhi_sync::Id;
use zizhi_sync::round::Ask;

use super::failures::{absent, amount, hold_in_use, no_hold, passed, past_the_end};
use super::{Desk, ledger, new_key, round, take, token};
use crate::failure::Failure;
use crate::receive_dossier::recipient;

/// Asks for a hold until `until`. An answer that is lost is asked for again by the next round.
///
/// # Errors
/// `CASE-ROLE`, `VOUCHER-ABSENT`, `VOUCHER-AMOUNT`, `VOUCHER-UNTIL`, `VOUCHER-LEDGER`, `VOUCHER-CURRENT`; as every write to the
/// database.
pub fn hold(desk: &Desk<'_>, voucher: &str, asked: Fen, until: DateTime<Utc>) -> Result<Hold, Failure> {
    recipient(desk.database)?;
    if asked.0 <= 0 {
        return Err(amount());
    }
    let known = desk.database.reader()?.voucher(voucher)?.ok_or_else(absent)?;
    let (now, last) = (desk.host.now(), take::entry_of(&known)?.until);
    if until <= now {
        return Err(passed(until));
    }
    if civil::date_in_shanghai(until) > last {
        return Err(past_the_end(last));
    }
    // Without a ledger nothing is kept: a hold that nobody can ask for helps nobody.
    take::ask(desk, voucher, &known.fund)?;
    let row = Hold {
        key: new_key(desk.host)?.as_str().to_owned(),
        voucher: voucher.to_owned(),
        amount: asked.0,
        until,
        made: now,
        state: HoldState::Asked,
        id: None,
        jws: None,
        code: None,
        reason: None,
    };
    let log = desk.entry("voucher.hold_asked")?.about("voucher", voucher);
    let writer = desk.database.writer()?;
    writer.put_hold(&row)?;
    writer.commit(&log)?;
    // It is asked for, whatever comes now: the next round asks again under the same key.
    Ok(round::hold(desk, &row).unwrap_or(row))
}

/// Gives a hold back, by the ledger's id of it.
///
/// # Errors
/// `HOLD-ABSENT`, `VOUCHER-LEDGER`, `VOUCHER-CURRENT`, the code of the hub's refusal; as every write to the database.
pub fn release(desk: &Desk<'_>, voucher: &str, id: &str) -> Result<(), Failure> {
    let fund = desk.database.reader()?.voucher(voucher)?.ok_or_else(absent)?.fund;
    let held = desk.database.reader()?.holds_of(voucher)?;
    let held = held.into_iter().find(|hold| hold.id.as_deref() == Some(id) && hold.state == HoldState::Open);
    let (held, hold) = held.zip(Id::parse(id).ok()).ok_or_else(no_hold)?;
    let booked = desk.database.reader()?.redemptions_of(voucher)?;
    let waits =
        |row: &Redemption| row.state == RedemptionState::Provisional && row.hold.as_deref() == Some(id);
    if booked.iter().any(waits) {
        return Err(hold_in_use());
    }
    ledger::of(&fund, desk)?.done(&Ask::release_hold(&token(voucher)?, hold), desk)?;
    let log = desk.entry("voucher.released")?.about("voucher", voucher);
    let writer = desk.database.writer()?;
    writer.put_hold(&Hold { state: HoldState::Released, ..held })?;
    writer.commit(&log)?;
    Ok(())
}
