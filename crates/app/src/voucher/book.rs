//! 核销 at the redeemer's desk: books a redemption, and asks the ledger at once where there is a network.
//!
//! A redemption is booked before the ledger is asked, with the key under which it is asked for ever: an answer that
//! is lost costs nothing. Offline, what is not held is booked only on what was seen in the last days, no more than the
//! ledger (or, before it was seen, the credential) was seen to have, and no more than ¥10,000 on one voucher; the redeemer
//! bears the risk, and the screen says so. With a clock that cannot be right nothing is.

use std::fs::File;
use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use zizhi_dossier::Digest;
use zizhi_model::Region;
use zizhi_model::money::Fen;
use zizhi_store::{HoldState, Reader, Redemption, RedemptionState};
use zizhi_sync::api::VoucherView;
use zizhi_sync::ledger::VoucherEntry;
use zizhi_verify::Library;

use super::failures::{
    absent, amount, clock, dated, hold_in_use, no_hold, no_redemption, offline, overdrawn, reason, revoked,
    scope, seen_long_ago, under_way,
};
use super::{Desk, ledger, new_key, round, standing, take};
use crate::clock_behind::clock_behind;
use crate::failure::Failure;
use crate::receive_dossier::recipient;

/// What is booked on one voucher without a network and without a hold, in fen: ¥10,000.
pub const OFFLINE_MOST: Fen = Fen(1_000_000);
/// For how many days what was seen of a voucher, at its ledger or in a dossier, is enough to book on without a network.
pub const SEEN_DAYS: i64 = 7;
/// The longest reason, in characters.
const REASON_MOST: usize = 500;

/// A redemption to book.
#[derive(Debug, Clone, Copy)]
pub struct Booking<'a> {
    /// The voucher.
    pub voucher: &'a str,
    /// How much the voucher offsets.
    pub amount: Fen,
    /// The kind of service.
    pub kind: &'a str,
    /// The day of the service or invoice.
    pub day: NaiveDate,
    /// Where the service was given.
    pub region: Region,
    /// The invoice or record: only its digest leaves this desk.
    pub document: &'a Path,
    /// The hold that it closes.
    pub hold: Option<&'a str>,
    /// 预核销: the ledger is not asked now.
    pub offline: bool,
}

/// Books a redemption and, unless it is to be offline, asks the ledger at once. Without an answer it stays
/// provisional and the next round asks again.
///
/// # Errors
/// `VOUCHER-ABSENT`, `CASE-ROLE`, `VOUCHER-AMOUNT`; `VOUCHER-PERIOD`, `VOUCHER-SCOPE`, `VOUCHER-REDEEMER`,
/// `VOUCHER-REVOKED`, `VOUCHER-BALANCE`, `VOUCHER-OFFLINE`, `VOUCHER-CLOCK`, `VOUCHER-DATED`, `VOUCHER-SEEN`,
/// `HOLD-ABSENT`, `HOLD-IN-USE`; `IO-READ`; as every write to the database. Nothing is booked then.
pub fn book(desk: &Desk<'_>, booking: &Booking<'_>, library: &Library) -> Result<Redemption, Failure> {
    recipient(desk.database)?;
    let own = desk.own()?;
    if booking.amount.0 <= 0 {
        return Err(amount());
    }
    let document = digest(booking.document)?;
    let mut row = desk.database.reader()?.voucher(booking.voucher)?.ok_or_else(absent)?;
    // What is left is asked for now where it can be; what was seen before counts otherwise.
    let mut asked = false;
    if !booking.offline {
        match take::ask(desk, booking.voucher, &row.fund) {
            Ok(seen) => (row, asked) = (seen, true),
            Err(failure) if round::is_away(&failure) => {}
            Err(failure) => return Err(failure),
        }
    }
    let entry = take::entry_of(&row)?;
    entry.covers(booking.kind, &booking.region, booking.day, &own).map_err(scope)?;
    if !asked {
        // Whoever sets a clock back would make old data new.
        if clock_behind(None, Some(desk.database), desk.host)? {
            return Err(clock());
        }
        if library.trust().basis().stale_role(ledger::province(&row.fund)).is_some() {
            return Err(dated());
        }
    }
    let key = new_key(desk.host)?;
    let log = desk.entry("voucher.booked")?.about("voucher", booking.voucher);
    let writer = desk.database.writer()?;
    fits(&writer, &entry, booking, (!asked).then(|| desk.host.now()))?;
    let redemption = Redemption {
        key: key.as_str().to_owned(),
        voucher: booking.voucher.to_owned(),
        amount: booking.amount.0,
        kind: booking.kind.to_owned(),
        day: booking.day,
        region: booking.region,
        document,
        document_name: booking.document.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        hold: booking.hold.map(str::to_owned),
        made: desk.host.now(),
        state: RedemptionState::Provisional,
        attempts: 0,
        code: None,
        reason: None,
        conflict: None,
        receipt: None,
        redeemed: None,
        settlement: None,
    };
    writer.add_redemption(&redemption)?;
    let summary = serde_json::json!({ "amount_fen": redemption.amount, "key": redemption.key });
    writer.commit(&log.with(summary))?;
    // It is booked, whatever comes now: without an answer it is provisional, and the next round asks again.
    if asked {
        round::redeem(desk, &redemption).ok();
    }
    let stands = desk.database.reader().ok().and_then(|reader| reader.redemption(&redemption.key).ok()?);
    Ok(stands.unwrap_or(redemption))
}

/// Whether the amount can be booked, as far as this desk knows: with `alone` the ledger was not asked at that time. Under
/// the writer's lock, so that two clerks do not book the same money.
fn fits(
    reader: &Reader<'_>,
    entry: &VoucherEntry,
    booking: &Booking<'_>,
    alone: Option<DateTime<Utc>>,
) -> Result<(), Failure> {
    // As it stands under the lock: a round may have heard of the ledger since.
    let row = reader.voucher(booking.voucher)?.ok_or_else(absent)?;
    let view: Option<VoucherView> = row.view.clone().and_then(|view| serde_json::from_value(view).ok());
    if view.as_ref().is_some_and(|view| view.revoked.is_some()) {
        return Err(revoked());
    }
    let booked = reader.redemptions_of(&row.id)?;
    let under_way = |hold: Option<&str>| -> i64 {
        let open = booked.iter().filter(|line| line.state == RedemptionState::Provisional);
        open.filter(|line| line.hold.as_deref() == hold).map(|line| line.amount).sum()
    };
    if let Some(id) = booking.hold {
        let held = reader.holds_of(&row.id)?.into_iter().find(|hold| hold.id.as_deref() == Some(id));
        let held = held.filter(|hold| hold.state == HoldState::Open).ok_or_else(no_hold)?;
        // The first redemption closes the hold, so that a second would be left without it.
        if under_way(Some(id)) > 0 {
            return Err(hold_in_use());
        }
        let left = Fen(held.amount);
        return if booking.amount <= left { Ok(()) } else { Err(overdrawn(left)) };
    }
    let holds = reader.holds_of(&row.id)?;
    let (spent, held) = standing::known(&row, view.as_ref(), &booked, &holds);
    let free =
        entry.amount.0.saturating_sub(spent.0).saturating_sub(held.0).saturating_sub(under_way(None)).max(0);
    let Some(now) = alone else {
        return if booking.amount.0 <= free { Ok(()) } else { Err(overdrawn(Fen(free))) };
    };
    let ago = now - row.seen.unwrap_or(row.created);
    if ago > TimeDelta::days(SEEN_DAYS) {
        return Err(seen_long_ago(ago.num_days()));
    }
    let most = OFFLINE_MOST.0.saturating_sub(under_way(None)).max(0).min(free);
    if booking.amount.0 <= most { Ok(()) } else { Err(offline(Fen(most))) }
}

/// Takes back what was booked and never reached the ledger.
///
/// # Errors
/// `REDEMPTION-ABSENT`, `REDEMPTION-SENT` if the ledger was asked or it is over, `VOUCHER-REASON`; as every write to
/// the database.
pub fn withdraw(desk: &Desk<'_>, key: &str, why: &str) -> Result<(), Failure> {
    let why = why.trim();
    if !(1..=REASON_MOST).contains(&why.chars().count()) {
        return Err(reason());
    }
    let log = desk.entry("voucher.withdrawn")?.about("redemption", key);
    let writer = desk.database.writer()?;
    let row = writer.redemption(key)?.ok_or_else(no_redemption)?;
    if row.state != RedemptionState::Provisional || row.attempts > 0 {
        return Err(under_way());
    }
    writer.update_redemption(&Redemption {
        state: RedemptionState::Withdrawn,
        reason: Some(why.to_owned()),
        ..row
    })?;
    writer.commit(&log)?;
    Ok(())
}

/// The SHA-256 of a file, base64url.
fn digest(path: &Path) -> Result<String, Failure> {
    let unreadable = |error| Failure::unreadable(path, error);
    let file = File::open(path).map_err(unreadable)?;
    let (digest, _) = Digest::of_reader(file).map_err(unreadable)?;
    Ok(zizhi_sync::Digest(digest.0).to_string())
}
