//! 兑付: a redeemer hands the ledger's receipts to the fund and asks for their sum; the fund pays, or gives the request
//! back. Both travel as sealed messages; a receipt is paid once.

use std::collections::BTreeMap;
use std::io::Cursor;

use serde_json::json;
use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId, Uscc, civil};
use zizhi_store::{
    Database, Reader, Redemption, RedemptionState, SettledReceipt, Settlement, SettlementDirection,
    SettlementState,
};
use zizhi_sync::Id;
use zizhi_sync::envelope::Kind;
use zizhi_sync::ledger::{RECEIPTS_MOST, RedemptionReceipt, Settled, SettlementNotice, SettlementRequest};
use zizhi_sync::object::{self, Payload, Unverified};

use super::failures::{
    absent, no_settlement, nothing_to_settle, settlement_restored, settlement_unfit, settlement_unpayable,
    unfit_answer,
};
use super::{Desk, ledger, new_id};
use crate::after_restore::payments_unknown;
use crate::failure::Failure;
use crate::send_message::queue;
use crate::{Host, hub_join, peer_devices};

/// The media type of both bodies.
const JWT: &str = "application/jwt";
/// What a fund answers.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// 已兑付.
    Paid {
        /// The number of the payment.
        number: &'a str,
        /// Whether somebody has looked, after a restore, that it was not paid before ([`to_look_at`]).
        looked: bool,
    },
    /// Given back, and why.
    Returned(&'a str),
}

/// Puts a request for everything that was redeemed on the vouchers of `fund` and not asked for yet into the outbox,
/// at most [`RECEIPTS_MOST`] receipts at a time, the oldest first.
///
/// # Errors
/// `SETTLE-NOTHING`; as every write to the database.
pub fn request(desk: &Desk<'_>, fund: &Uscc) -> Result<Settlement, Failure> {
    let own = desk.own()?;
    let log = desk.entry("settlement.requested")?;
    let writer = desk.database.writer()?;
    let rows = writer.redeemed_of(fund, RECEIPTS_MOST)?;
    if rows.is_empty() {
        return Err(nothing_to_settle());
    }
    let amount = rows.iter().map(|row| row.amount).sum();
    let request = SettlementRequest {
        jti: new_id(desk.host),
        iss: own,
        aud: OrgId::from(*fund),
        iat: desk.host.now().timestamp(),
        amount: Fen(amount),
        receipts: rows.iter().filter_map(|row| row.receipt.clone()).collect(),
    };
    let jws = object::sign(desk.key, &request).map_err(|error| nothing_to_settle().because(error))?;
    let settlement = Settlement {
        id: request.jti.to_string(),
        direction: SettlementDirection::Made,
        other: *fund,
        amount,
        jws: jws.clone(),
        at: desk.host.now(),
        state: SettlementState::Waiting,
        notice: None,
        day: None,
        reference: None,
        reason: None,
    };
    writer.add_settlement(&settlement)?;
    for row in rows {
        writer.update_redemption(&Redemption {
            state: RedemptionState::SettlementRequested,
            settlement: Some(settlement.id.clone()),
            ..row
        })?;
    }
    let body = writer.add_original(&mut Cursor::new(jws.as_bytes()), JWT, desk.host.now())?;
    queue(&writer, *fund, Kind::Receipt, ("settlement", &settlement.id), body.sha256, desk.host)?;
    writer.commit(&log.about("settlement", &settlement.id))?;
    Ok(settlement)
}

/// Takes in a request that came to this fund. Gives its id.
///
/// # Errors
/// `SETTLE-RECEIPTS` says what is wrong with it; `VOUCHER-LEDGER`; as every write to the database.
pub(crate) fn received(
    database: &Database,
    text: &str,
    sender: &OrgId,
    host: &dyn Host,
) -> Result<String, Failure> {
    let log = hub_join::entry(database, "settlement.received", host)?;
    let writer = database.writer()?;
    let request: SettlementRequest = signed(&writer, text, sender)?;
    let own = writer.profile()?.map(|profile| OrgId::from(profile.uscc));
    if request.iss != *sender || Some(request.aud) != own {
        return Err(settlement_unfit(
            "申请单位或收件单位与消息不符",
            "it names another sender or recipient than its message",
        ));
    }
    let id = request.jti.to_string();
    if let Some(known) = writer.settlement(&id)? {
        return if known.jws == text {
            Ok(id)
        } else {
            Err(settlement_unfit(
                "同一编号的申请已经收到过，内容不同",
                "a request of this id came before and says something else",
            ))
        };
    }
    let lines = lines_of(&writer, &request, sender, &id);
    writer.add_settlement(&Settlement {
        id: id.clone(),
        direction: SettlementDirection::Received,
        other: *sender.uscc(),
        amount: request.amount.0,
        jws: text.to_owned(),
        at: host.now(),
        state: SettlementState::Waiting,
        notice: None,
        day: None,
        reference: None,
        // What is wrong with it stands beside it: it can be returned, and not be paid.
        reason: lines.as_ref().err().map(|failure| failure.fact.zh.to_string()),
    })?;
    for line in lines.unwrap_or_default() {
        writer.add_settled_receipt(&line)?;
    }
    writer.commit(&log.about("settlement", &id))?;
    Ok(id)
}

/// The receipts of a request, if each can be paid.
fn lines_of(
    reader: &Reader<'_>,
    request: &SettlementRequest,
    sender: &OrgId,
    id: &str,
) -> Result<Vec<SettledReceipt>, Failure> {
    let mut lines: Vec<SettledReceipt> = Vec::new();
    for text in &request.receipts {
        let line = line(reader, text, sender, id)?;
        let again =
            lines.iter().any(|it| it.key == line.key || (it.voucher == line.voucher && it.seq == line.seq));
        if again {
            return Err(handed_in(&line, None));
        }
        if let Some(before) = reader.settled_like(&line)? {
            return Err(handed_in(&line, reader.settlement(&before.settlement)?.as_ref()));
        }
        lines.push(line);
    }
    if lines.iter().map(|line| line.amount).sum::<i64>() != request.amount.0 {
        return Err(settlement_unfit("申请金额与回执合计不符", "its amount is not the sum of its receipts"));
    }
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &lines {
        *sums.entry(line.voucher.as_str()).or_default() += line.amount;
    }
    for (voucher, sum) in sums {
        let before: i64 = reader.settled_receipts_of(voucher)?.iter().map(|line| line.amount).sum();
        let worth = reader.voucher(voucher)?.map_or(0, |row| row.amount);
        if before.saturating_add(sum) > worth {
            return Err(settlement_unfit("合计超过券的额度", "the sum is more than a voucher is worth"));
        }
    }
    Ok(lines)
}

/// A receipt that was handed in before: in this request or in one that stands.
fn handed_in(line: &SettledReceipt, before: Option<&Settlement>) -> Failure {
    let SettledReceipt { voucher, seq, .. } = line;
    let paid = before.and_then(|row| row.day.zip(row.reference.as_deref()));
    match paid {
        Some((day, number)) => settlement_unfit(
            &format!("券 {voucher} 的第 {seq} 笔核销已于 {day} 兑付，付款编号 {number}"),
            &format!("redemption {seq} of the voucher {voucher} was paid on {day} under the number {number}"),
        ),
        None => settlement_unfit(
            &format!("券 {voucher} 的第 {seq} 笔核销已经申请过兑付"),
            &format!("redemption {seq} of the voucher {voucher} was handed in before"),
        ),
    }
}

/// What has to be looked at before a request is paid: the database came from a backup, and what was redeemed before the
/// restore may have been paid by the one that was lost. Nothing where no such question is open.
///
/// # Errors
/// As every read of the database.
pub fn to_look_at(reader: &Reader<'_>, row: &Settlement) -> Result<Option<Failure>, Failure> {
    if row.direction != SettlementDirection::Received || row.state != SettlementState::Waiting {
        return Ok(None);
    }
    let Some(restored) = payments_unknown(reader)? else { return Ok(None) };
    let limits = Limits::default();
    // A receipt has the hub's time.
    let restored_there = restored.at.timestamp() + reader.hub()?.map_or(0, |hub| hub.clock_offset);
    // Both were verified when the request came; what cannot be read any more may be of before the restore.
    let mut earlier = Vec::new();
    let request = Unverified::<SettlementRequest>::parse(&row.jws, &limits).map_err(|_| no_settlement())?;
    for text in &request.peek().receipts {
        let receipt = Unverified::<RedemptionReceipt>::parse(text, &limits).map_err(|_| no_settlement())?;
        if receipt.peek().at <= restored_there {
            earlier.push(receipt.peek().clone());
        }
    }
    Ok((!earlier.is_empty()).then(|| settlement_restored(restored, &earlier)))
}

/// One receipt of a request: signed by this fund's ledger, for the sender.
fn line(reader: &Reader<'_>, text: &str, sender: &OrgId, id: &str) -> Result<SettledReceipt, Failure> {
    let limits = Limits::default();
    let forged = || {
        settlement_unfit(
            "有一张回执不是本单位登记方签发的",
            "a receipt in it is not one of this fund's ledger",
        )
    };
    let unverified =
        Unverified::<RedemptionReceipt>::parse(text, &limits).map_err(|error| forged().because(error))?;
    let own = reader.profile()?.map(|profile| profile.uscc).ok_or_else(forged)?;
    let keys = ledger::keys(reader, &own)?;
    // Only its own signer says when a receipt was signed: one by a key that somebody else has is worth nothing,
    // whatever its date. The ledger signs what it has booked anew.
    if unverified.kid().is_some_and(|kid| keys.is_revoked(kid)) {
        return Err(settlement_unfit(
            "有一张回执的签名密钥已被吊销，请对方同步后重新申请",
            "the key of a receipt in it was revoked; its sender is to synchronise and ask again",
        ));
    }
    let receipt = keys.verify(unverified).map_err(|error| forged().because(error))?;
    let receipt = receipt.into_payload();
    if receipt.redeemer != *sender {
        return Err(settlement_unfit("有一张回执属于其他单位", "a receipt in it is another organisation's"));
    }
    let voucher = receipt.voucher.as_str().to_owned();
    if reader.voucher(&voucher)?.is_none_or(|row| row.fund != own) {
        return Err(settlement_unfit("有一张回执的券不在本机", "a voucher in it is not known at this desk"));
    }
    Ok(SettledReceipt {
        receipt: receipt.jti.to_string(),
        settlement: id.to_owned(),
        voucher,
        redeemer: *sender.uscc(),
        key: receipt.key.as_str().to_owned(),
        seq: receipt.seq,
        amount: receipt.amount.0,
    })
}

/// Answers a request and puts the answer into the outbox.
///
/// # Errors
/// `SETTLE-ABSENT`, `SETTLE-ANSWER`, `SETTLE-RECEIPTS`, `SETTLE-RESTORED` ([`to_look_at`]); as every write to the database.
pub fn answer(desk: &Desk<'_>, id: &str, answer: Answer<'_>) -> Result<Settlement, Failure> {
    let own = desk.own()?;
    let mut log = desk.entry("settlement.answered")?.about("settlement", id);
    let writer = desk.database.writer()?;
    let row = writer.settlement(id)?;
    let row = row.filter(|row| {
        row.direction == SettlementDirection::Received && row.state == SettlementState::Waiting
    });
    let row = row.ok_or_else(no_settlement)?;
    // A request with something wrong has no receipts here, and says what.
    if let Answer::Paid { looked, .. } = answer {
        if writer.settled_receipts(id)?.is_empty() {
            let why = row.reason.clone().unwrap_or_default();
            return Err(settlement_unpayable(&why));
        }
        match to_look_at(&writer, &row)? {
            Some(question) if !looked => return Err(question),
            Some(_) => log = log.with(json!({ "looked": true })),
            None => {}
        }
    }
    let some = |text: &str| Some(text.trim().to_owned());
    let (outcome, state, reference, reason) = match answer {
        Answer::Paid { number, .. } => (Settled::Paid, SettlementState::Paid, some(number), None),
        Answer::Returned(reason) => (Settled::Returned, SettlementState::Returned, None, some(reason)),
    };
    let notice = SettlementNotice {
        jti: new_id(desk.host),
        iss: own,
        aud: OrgId::from(row.other),
        iat: desk.host.now().timestamp(),
        request: Id::parse(id).map_err(|error| no_settlement().because(error))?,
        outcome,
        amount: Fen(row.amount),
        day: civil::date_in_shanghai(desk.host.now()),
        reference,
        reason,
    };
    let jws = object::sign(desk.key, &notice).map_err(|error| unfit_answer().because(error))?;
    let other = row.other;
    let row = noticed_row(row, &notice, state, &jws);
    writer.update_settlement(&row)?;
    if state == SettlementState::Returned {
        writer.remove_settled_receipts(id)?;
    }
    let body = writer.add_original(&mut Cursor::new(jws.as_bytes()), JWT, desk.host.now())?;
    queue(&writer, other, Kind::Notice, ("settlement", id), body.sha256, desk.host)?;
    writer.commit(&log)?;
    Ok(row)
}

/// Takes in a fund's answer to a request of this desk. Gives the request's id.
///
/// # Errors
/// `SETTLE-RECEIPTS` if it answers nothing that this desk asked that fund; as every write to the database.
pub(crate) fn noticed(
    database: &Database,
    text: &str,
    sender: &OrgId,
    host: &dyn Host,
) -> Result<String, Failure> {
    let log = hub_join::entry(database, "settlement.noticed", host)?;
    let writer = database.writer()?;
    let notice: SettlementNotice = signed(&writer, text, sender)?;
    let own = writer.profile()?.map(|profile| OrgId::from(profile.uscc));
    let id = notice.request.to_string();
    let row = writer.settlement(&id)?;
    let row = row.filter(|row| {
        row.direction == SettlementDirection::Made
            && row.other == *sender.uscc()
            && row.amount == notice.amount.0
    });
    let row = row.filter(|_| notice.iss == *sender && Some(notice.aud) == own);
    let row = row.ok_or_else(|| {
        settlement_unfit("这份兑付通知答复的不是本机发出的申请", "the notice answers no request of this desk")
    })?;
    if row.state != SettlementState::Waiting {
        return if row.notice.as_deref() == Some(text) { Ok(id) } else { Err(no_settlement()) };
    }
    let paid = notice.outcome == Settled::Paid;
    let state = if paid { SettlementState::Paid } else { SettlementState::Returned };
    writer.update_settlement(&noticed_row(row, &notice, state, text))?;
    for line in writer.redemptions_of_settlement(&id)? {
        let (state, settlement) = if paid {
            (RedemptionState::Settled, line.settlement.clone())
        } else {
            (RedemptionState::Redeemed, None)
        };
        writer.update_redemption(&Redemption { state, settlement, ..line })?;
    }
    writer.commit(&log.about("settlement", &id))?;
    Ok(id)
}

fn noticed_row(row: Settlement, notice: &SettlementNotice, state: SettlementState, jws: &str) -> Settlement {
    Settlement {
        state,
        notice: Some(jws.to_owned()),
        day: Some(notice.day),
        reference: notice.reference.clone(),
        reason: notice.reason.clone(),
        ..row
    }
}

/// What a device of `sender` signed.
fn signed<P: Payload>(reader: &Reader<'_>, text: &str, sender: &OrgId) -> Result<P, Failure> {
    let forged = || settlement_unfit("签名不是所称单位的设备作出的", "no device of its sender signed it");
    let unverified =
        Unverified::<P>::parse(text, &Limits::default()).map_err(|error| forged().because(error))?;
    let kid = unverified.kid().unwrap_or_default().to_owned();
    let key = peer_devices::key_of(reader, sender, &kid)?.ok_or_else(forged)?;
    Ok(unverified.verify(&key).map_err(|error| forged().because(error))?.into_payload())
}

/// The requests of both directions, the newest first.
///
/// # Errors
/// As every read of the database.
pub fn list(database: &Database, most: usize) -> Result<Vec<Settlement>, Failure> {
    let reader = database.reader()?;
    let mut rows = reader.settlements(SettlementDirection::Made, None, most)?.rows;
    rows.extend(reader.settlements(SettlementDirection::Received, None, most)?.rows);
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    Ok(rows)
}

/// What each fund owes for redemptions that are not asked for yet: the sum, and how many there are.
///
/// # Errors
/// As every read of the database.
pub fn owed(database: &Database) -> Result<BTreeMap<Uscc, (Fen, usize)>, Failure> {
    let owed = database.reader()?.redeemed_by_fund()?;
    Ok(owed.into_iter().map(|(fund, sum, rows)| (fund, (Fen(sum), rows))).collect())
}

/// The vouchers and amounts of a request, in fen.
///
/// # Errors
/// `SETTLE-ABSENT`; as every read of the database.
pub fn lines(database: &Database, id: &str) -> Result<Vec<(String, Fen)>, Failure> {
    let reader = database.reader()?;
    let row = reader.settlement(id)?.ok_or_else(absent)?;
    Ok(match row.direction {
        SettlementDirection::Made => {
            let lines = reader.redemptions_of_settlement(id)?;
            lines.into_iter().map(|line| (line.voucher, Fen(line.amount))).collect()
        }
        SettlementDirection::Received => {
            let lines = reader.settled_receipts(id)?;
            lines.into_iter().map(|line| (line.voucher, Fen(line.amount))).collect()
        }
    })
}
