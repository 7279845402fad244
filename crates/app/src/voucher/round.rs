//! What is under way with ledgers: asks again for every answer that is not here, and takes in what they decided.
//!
//! Each request stands by itself and may be repeated for ever under its key, so that a round that is cut short
//! leaves nothing half-done.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId, Text, Uscc, civil};
use zizhi_store::{Hold, HoldState, Redemption, RedemptionState, Role, Voucher, Writer};
use zizhi_sync::api::{Code, Decision, HoldRequest, HoldState as Line, Redemption as Asked};
use zizhi_sync::ledger::{ARRIVES_DAYS, Became, Booked, RedemptionReceipt, Shown, held};
use zizhi_sync::object::Unverified;
use zizhi_sync::round::{Ask, Cause};
use zizhi_sync::{Digest, Id};

use super::failures::{absent, number};
use super::{Desk, ledger, take, token};
use crate::failure::Failure;
use crate::message_words::failure;

/// Redemptions and holds that one round asks for.
const ASKS: usize = 1000;
/// Vouchers of one fund that a round asks for news of, those first that were seen longest ago.
const VIEWS: usize = 50;
/// Vouchers that a round asks for news of in all. One that was not asked, as its ledger is away, takes nobody's place.
const LOOKS: usize = 200;
/// A voucher that was seen less than so many minutes ago is not asked for again by a round that nobody asked for.
const FRESH: i64 = 15;
/// The kind of service of a redemption of which only the receipt is known.
const ADOPTED: &str = "（据登记方回执补记）";

/// What a round came to.
#[derive(Debug, Default)]
pub struct Came {
    /// Redemptions that have their receipt now.
    pub redeemed: Vec<Redemption>,
    /// Redemptions that wait for the fund's decision.
    pub conflicted: Vec<Redemption>,
    /// Redemptions that will not be redeemed.
    pub rejected: Vec<Redemption>,
    /// Redemptions and holds of which nothing is known yet.
    pub unknown: usize,
    /// Vouchers whose ledger was heard.
    pub seen: usize,
    /// Why some ledgers were not asked or did not answer.
    pub remarks: Vec<Failure>,
}

impl Came {
    /// Whether nothing came of it and nothing is open.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.redeemed.len() + self.conflicted.len() + self.rejected.len() + self.unknown + self.seen == 0
    }

    /// The answer, if there is one; what was asked is unknown otherwise.
    fn take<T>(&mut self, heard: Heard<T>) -> Option<T> {
        match heard {
            Heard::Answer(answer) => return Some(answer),
            Heard::Failed(failure) => self.remarks.push(failure),
            Heard::NotAsked => {}
        }
        self.unknown += 1;
        None
    }

    fn note(&mut self, row: Redemption) {
        match row.state {
            RedemptionState::Redeemed => self.redeemed.push(row),
            RedemptionState::Conflicted => self.conflicted.push(row),
            RedemptionState::Rejected => self.rejected.push(row),
            _ => self.unknown += 1,
        }
    }
}

/// What came of asking a ledger.
enum Heard<T> {
    /// It answered.
    Answer(T),
    /// Why it did not.
    Failed(Failure),
    /// It was not asked: it did not answer before in this round, or the round is to stop.
    NotAsked,
}

/// Asks the ledger of a fund, unless it is one of those that are `silent`; a ledger that is not there becomes one.
fn hear<T>(
    desk: &Desk<'_>,
    silent: &mut BTreeSet<Uscc>,
    fund: Uscc,
    ask: impl FnOnce() -> Result<T, Failure>,
) -> Result<Heard<T>, Failure> {
    if desk.stop.is_asked() || silent.contains(&fund) {
        return Ok(Heard::NotAsked);
    }
    match ask() {
        Ok(answer) => Ok(Heard::Answer(answer)),
        Err(failure) if is_of_ledger(&failure) => {
            // What it says of one voucher says nothing of the others.
            if is_silence(&failure) {
                silent.insert(fund);
            }
            Ok(Heard::Failed(failure))
        }
        Err(failure) => Err(failure),
    }
}

/// Does what is under way. `asked` if somebody asked for it: then news of vouchers are asked for whenever they were seen
/// last.
///
/// # Errors
/// As every write to the database. A ledger that does not answer is a remark.
pub fn round(desk: &Desk<'_>, asked: bool) -> Result<Came, Failure> {
    let mut came = Came::default();
    // A ledger that did not answer is not asked again in this round.
    let mut silent = BTreeSet::new();
    let (booked, holds) = {
        let reader = desk.database.reader()?;
        (reader.redemptions_in(RedemptionState::Provisional, ASKS)?, reader.asked_holds(ASKS)?)
    };
    for row in booked {
        let fund = voucher(desk, &row.voucher)?.fund;
        let heard = hear(desk, &mut silent, fund, || redeem(desk, &row))?;
        if let Some(row) = came.take(heard) {
            came.note(row);
        }
    }
    for row in holds {
        let fund = voucher(desk, &row.voucher)?.fund;
        let heard = hear(desk, &mut silent, fund, || hold(desk, &row))?;
        if came.take(heard).is_some_and(|row| row.state == HoldState::Asked) {
            came.unknown += 1;
        }
    }
    let fresh = if asked { TimeDelta::zero() } else { TimeDelta::minutes(FRESH) };
    look(desk, fresh, &mut came, &mut silent)?;
    Ok(came)
}

/// Asks for news of vouchers that were not seen for so long: of those with something undecided first, then of those seen
/// longest ago.
fn look(
    desk: &Desk<'_>,
    fresh: TimeDelta,
    came: &mut Came,
    silent: &mut BTreeSet<Uscc>,
) -> Result<(), Failure> {
    let now = desk.host.now();
    let (undecided, due) = {
        let reader = desk.database.reader()?;
        let rows = reader.redemptions_in(RedemptionState::Conflicted, ASKS)?;
        let undecided: BTreeSet<String> = rows.into_iter().map(|row| row.voucher).collect();
        let over = civil::date_in_shanghai(now) - TimeDelta::days(ARRIVES_DAYS.into());
        let due = reader.vouchers_to_ask(over, now - fresh, VIEWS)?;
        let waiting: Vec<Voucher> = undecided.iter().filter_map(|id| reader.voucher(id).ok()?).collect();
        let due = due.into_iter().filter(|row| !undecided.contains(&row.id));
        let due: Vec<Voucher> = waiting.into_iter().chain(due).collect();
        (undecided, due)
    };
    let mut looks = 0;
    for row in due {
        if looks == LOOKS {
            break;
        }
        if !silent.contains(&row.fund) {
            looks += 1;
        }
        let before = desk.database.reader()?.redemptions_of(&row.id)?;
        match hear(desk, silent, row.fund, || take::ask(desk, &row.id, &row.fund))? {
            Heard::Answer(_) => {
                came.seen += 1;
                let after = desk.database.reader()?.redemptions_of(&row.id)?;
                let moved = after
                    .into_iter()
                    .filter(|line| before.iter().any(|old| old.key == line.key && old.state != line.state));
                moved.for_each(|line| came.note(line));
            }
            // That this desk may not ask some ledger is said once something waits for it.
            Heard::Failed(failure) if undecided.contains(&row.id) => came.remarks.push(failure),
            Heard::Failed(_) | Heard::NotAsked => {}
        }
    }
    Ok(())
}

/// Whether a failure says something of the ledger and not of this machine.
fn is_of_ledger(failure: &Failure) -> bool {
    is_unheard(failure) || Cause::parse(failure.code).is_some()
}

/// Whether a ledger is not there for anything now: no answer, no hub, no leave to ask, or it wants to be left alone.
fn is_silence(failure: &Failure) -> bool {
    let by_hub = match Cause::parse(failure.code) {
        Some(Cause::Hub(code)) => code.retry() || matches!(code, Code::AuthKey | Code::AuthForbidden),
        Some(_) => true,
        None => false,
    };
    by_hub || is_unheard(failure)
}

/// Whether nobody was asked or answered, as there is no network or this desk has not joined the ledger's hub.
pub(super) fn is_unheard(failure: &Failure) -> bool {
    matches!(failure.code, "VOUCHER-LEDGER" | "VOUCHER-CURRENT" | "HUB-ISSUER" | "HUB-CERTIFICATE")
}

/// Whether a ledger cannot answer now and may later: nobody is there, the hub has no ledger at hand, or somebody else
/// answers in its place.
pub(super) fn is_away(failure: &Failure) -> bool {
    let away = match Cause::parse(failure.code) {
        Some(Cause::Hub(code)) => code.retry(),
        Some(Cause::Answer) => true,
        _ => false,
    };
    away || is_unheard(failure)
}

fn voucher(desk: &Desk<'_>, id: &str) -> Result<Voucher, Failure> {
    desk.database.reader()?.voucher(id)?.ok_or_else(absent)
}

/// Asks the ledger for one redemption and notes what became of it.
///
/// # Errors
/// `VOUCHER-LEDGER`, `VOUCHER-CURRENT` if the ledger does not answer; as every write to the database.
pub(super) fn redeem(desk: &Desk<'_>, row: &Redemption) -> Result<Redemption, Failure> {
    let fund = voucher(desk, &row.voucher)?.fund;
    let own = desk.own()?;
    let mut at = ledger::of(&fund, desk)?;
    let (number, key) = (token(&row.voucher)?, token(&row.key)?);
    let asked = Asked {
        redeemer: None,
        amount: Fen(row.amount),
        kind: row.kind.clone(),
        day: row.day,
        region: row.region,
        document: Digest::parse(&row.document).ok_or_else(self::number)?,
        hold: row
            .hold
            .as_deref()
            .map(Id::parse)
            .transpose()
            .map_err(|error| self::number().because(error))?,
        made: row.made.timestamp(),
    };
    let ask = Ask::redeem(&number, &key, &asked).map_err(|error| failure(Cause::Answer).because(error))?;
    // From now on the ledger may have it: nobody may take it back any more. Somebody may have, since it was read.
    let log = desk.entry("voucher.asked")?.about("redemption", &row.key);
    let writer = desk.database.writer()?;
    let now = writer.redemption(&row.key)?.ok_or_else(super::failures::no_redemption)?;
    if now.state != RedemptionState::Provisional {
        return Ok(now);
    }
    writer.update_redemption(&Redemption { attempts: now.attempts.saturating_add(1), ..now })?;
    writer.commit(&log)?;
    let answer = at.ask(&ask, desk)?;
    let booked = Booked { voucher: &number, redeemer: &own, key: &key, amount: Fen(row.amount) };
    let became = Became::of(answer, &booked, &at.keys, &Limits::default());
    let log = desk.entry("voucher.answered")?.about("redemption", &row.key);
    let writer = desk.database.writer()?;
    // Another answer to the same key may have been faster: what stands is only ever moved on.
    let row = moved_on(&writer, &row.key, &became)?;
    let summary = serde_json::json!({ "state": row.state.as_str(), "code": row.code });
    writer.commit(&log.with(summary))?;
    match became {
        Became::Unknown {
            cause: cause @ (Cause::Unreachable | Cause::Issuer | Cause::Certificate), ..
        } => Err(super::failures::unanswered(cause)),
        // The hub wants to be left alone, or failed: nothing else is asked of it now.
        Became::Unknown { cause: cause @ Cause::Hub(code), .. } if code.retry() => {
            Err(super::failures::of_ledger(cause))
        }
        _ => Ok(row),
    }
}

/// Moves a redemption on by what became of it: a provisional one by everything, a conflicted one by its receipt, and
/// no other at all. Gives it as it stands then.
fn moved_on(writer: &Writer<'_>, key: &str, became: &Became) -> Result<Redemption, Failure> {
    let row = writer.redemption(key)?.ok_or_else(super::failures::no_redemption)?;
    let moves = match row.state {
        RedemptionState::Provisional => true,
        RedemptionState::Conflicted => matches!(became, Became::Redeemed(..)),
        _ => false,
    };
    if !moves {
        return Ok(row);
    }
    let row = noted(row, became);
    writer.update_redemption(&row)?;
    if let Became::Redeemed(receipt, _) = became
        && let Some(id) = receipt.hold
    {
        close_hold(writer, &row.voucher, &id.to_string(), HoldState::Redeemed, None)?;
    }
    Ok(row)
}

/// A redemption with what became of it.
fn noted(row: Redemption, became: &Became) -> Redemption {
    match became {
        Became::Redeemed(receipt, text) => Redemption {
            state: RedemptionState::Redeemed,
            code: None,
            receipt: Some(text.clone()),
            redeemed: DateTime::from_timestamp(receipt.at, 0),
            ..row
        },
        Became::Conflicted(id, code) => Redemption {
            state: RedemptionState::Conflicted,
            code: Some(code.as_str().to_owned()),
            conflict: Some(id.to_string()),
            ..row
        },
        Became::Rejected(code) => {
            Redemption { state: RedemptionState::Rejected, code: Some(code.as_str().to_owned()), ..row }
        }
        Became::Unknown { cause, .. } => Redemption { code: Some(cause.as_str().to_owned()), ..row },
    }
}

/// Asks the ledger for one hold and notes what became of it.
///
/// # Errors
/// `VOUCHER-LEDGER`, `VOUCHER-CURRENT`; as every write to the database.
pub(super) fn hold(desk: &Desk<'_>, row: &Hold) -> Result<Hold, Failure> {
    let fund = voucher(desk, &row.voucher)?.fund;
    let own = desk.own()?;
    let mut at = ledger::of(&fund, desk)?;
    let (number, key) = (token(&row.voucher)?, token(&row.key)?);
    let asked = HoldRequest { amount: Fen(row.amount), until: row.until.timestamp() };
    let ask = Ask::hold(&number, &key, &asked).map_err(|error| failure(Cause::Answer).because(error))?;
    let answer = at.ask(&ask, desk)?.map_err(super::failures::unanswered)?;
    let row = match answer.success() {
        Ok((_, body)) => match held(&body, (&number, &own, Fen(row.amount)), &at.keys, &Limits::default()) {
            Ok((hold, jws)) => Hold {
                state: HoldState::Open,
                id: Some(hold.jti.to_string()),
                jws: Some(jws),
                code: None,
                ..row.clone()
            },
            Err(cause) => Hold { code: Some(cause.as_str().to_owned()), ..row.clone() },
        },
        Err(refusal) => {
            let code = refusal.cause().as_str().to_owned();
            // Only what the ledger says of the voucher, or of a time that is over, is final. It looks at the key first, so that
            // it has not given the hold before.
            let of_voucher = matches!(
                refusal.code,
                Some(
                    Code::VoucherOverdrawn
                        | Code::VoucherRevoked
                        | Code::VoucherPeriod
                        | Code::VoucherScope
                        | Code::VoucherRedeemer
                        | Code::RequestInvalid
                )
            );
            let state = if of_voucher { HoldState::Refused } else { HoldState::Asked };
            Hold { state, code: Some(code), ..row.clone() }
        }
    };
    let log = desk.entry("voucher.held")?.about("voucher", &row.voucher);
    let summary = serde_json::json!({ "state": row.state.as_str(), "code": row.code });
    let writer = desk.database.writer()?;
    let stands = writer.holds_of(&row.voucher)?.into_iter().find(|hold| hold.key == row.key);
    if let Some(stands) = stands.filter(|hold| hold.state != HoldState::Asked) {
        return Ok(stands);
    }
    writer.put_hold(&row)?;
    writer.commit(&log.with(summary))?;
    Ok(row)
}

/// Takes in what a ledger shows of this desk's own redemptions and holds: answers that were lost, and what people
/// decided.
pub(super) fn compare(writer: &Writer<'_>, shown: &Shown) -> Result<(), Failure> {
    let voucher = shown.entry.jti.as_str();
    adopt(writer, shown)?;
    let Some(own) = writer.profile()?.map(|profile| OrgId::from(profile.uscc)) else { return Ok(()) };
    for row in writer.redemptions_of(voucher)? {
        if row.state == RedemptionState::Redeemed {
            signed_anew(writer, shown, row)?;
            continue;
        }
        if !matches!(row.state, RedemptionState::Provisional | RedemptionState::Conflicted) {
            continue;
        }
        let receipt = shown.receipts.iter().zip(&shown.view.redemptions).find(|(receipt, _)| {
            receipt.redeemer == own && receipt.key.as_str() == row.key && receipt.amount.0 == row.amount
        });
        if let Some((receipt, text)) = receipt {
            moved_on(writer, &row.key, &Became::Redeemed(Box::new(receipt.clone()), text.clone()))?;
            continue;
        }
        let conflict = shown
            .view
            .conflicts
            .iter()
            .find(|conflict| row.conflict.as_deref() == Some(conflict.id.to_string().as_str()));
        let judgement = conflict.and_then(|conflict| conflict.judgement.as_ref());
        if let Some(judgement) = judgement.filter(|judgement| judgement.decision == Decision::Rejected) {
            writer.update_redemption(&Redemption {
                state: RedemptionState::Rejected,
                reason: Some(judgement.reason.clone()),
                ..row
            })?;
        }
    }
    for (line, hold) in shown.view.holds.iter().zip(&shown.holds) {
        let state = match line.state {
            Line::Open => continue,
            Line::Redeemed => HoldState::Redeemed,
            Line::Released => HoldState::Released,
            Line::Closed => HoldState::Closed,
        };
        close_hold(writer, voucher, &hold.jti.to_string(), state, line.reason.clone())?;
    }
    Ok(())
}

/// Keeps a receipt as the ledger signs it now, under a key that took the place of another: it is handed in some day.
fn signed_anew(writer: &Writer<'_>, shown: &Shown, row: Redemption) -> Result<(), Failure> {
    let limits = Limits::default();
    let read = |text: &str| {
        let receipt = Unverified::<RedemptionReceipt>::parse(text, &limits).ok()?;
        Some((receipt.kid().map(str::to_owned), receipt.peek().clone()))
    };
    let Some((kid, receipt)) = row.receipt.as_deref().and_then(read) else { return Ok(()) };
    let now = shown
        .view
        .redemptions
        .iter()
        .find(|text| read(text).is_some_and(|(other, same)| other != kid && same == receipt));
    if let Some(text) = now {
        writer.update_redemption(&Redemption { receipt: Some(text.clone()), ..row })?;
    }
    Ok(())
}

/// Takes in receipts for this organisation whose redemption this desk does not know: it was booked after the backup
/// that the database was restored from, at another desk, or by the fund on paper. Only the receipt is known of it.
fn adopt(writer: &Writer<'_>, shown: &Shown) -> Result<(), Failure> {
    let Some(owner) = writer.profile()?.filter(|owner| owner.role != Role::Firm) else { return Ok(()) };
    for (receipt, text) in shown.receipts.iter().zip(&shown.view.redemptions) {
        let ours = *receipt.redeemer.uscc() == owner.uscc;
        let at = DateTime::from_timestamp(receipt.at, 0).filter(|_| ours);
        let (Some(at), Some(region)) = (at, owner.region) else { continue };
        if writer.redemption(receipt.key.as_str())?.is_some() {
            continue;
        }
        writer.add_redemption(&Redemption {
            key: receipt.key.as_str().to_owned(),
            voucher: receipt.voucher.as_str().to_owned(),
            amount: receipt.amount.0,
            kind: ADOPTED.to_owned(),
            day: civil::date_in_shanghai(at),
            region,
            document: String::new(),
            document_name: String::new(),
            hold: receipt.hold.map(|hold| hold.to_string()),
            made: at,
            state: RedemptionState::Redeemed,
            attempts: 1,
            code: None,
            reason: None,
            conflict: None,
            receipt: Some(text.clone()),
            redeemed: Some(at),
            settlement: None,
        })?;
    }
    Ok(())
}

/// Notes that a hold of this desk is over.
fn close_hold(
    writer: &Writer<'_>,
    voucher: &str,
    id: &str,
    state: HoldState,
    reason: Option<String>,
) -> Result<(), Failure> {
    let held = writer.holds_of(voucher)?.into_iter().find(|hold| hold.id.as_deref() == Some(id));
    if let Some(held) = held.filter(|hold| hold.state == HoldState::Open) {
        writer.put_hold(&Hold { state, reason, ..held })?;
    }
    Ok(())
}

/// What a code of a redemption or hold means: fact and advice.
#[must_use]
pub fn why(code: &str) -> Option<(Text, Text)> {
    let failure = Cause::parse(code).map(super::failures::of_ledger)?;
    Some((failure.fact, failure.advice))
}
