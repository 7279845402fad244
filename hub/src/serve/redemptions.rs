//! Redeeming, holding, and what people decide about both (docs/hub.md §6).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use zizhi_model::money::Fen;
use zizhi_sync::api::{self, Code, Problem};
use zizhi_sync::ledger::{self, RedemptionReceipt, ScopeRefusal, VoucherEntry};
use zizhi_sync::{Digest, Id, Token, object};

use super::answer::{Answer, Path, Refused, json, read};
use super::mail::{field, id, unsigned};
use super::vouchers::{find, find_for_fund};
use super::{Caller, Hub};
use crate::store::{
    Closing, Decided, Decision, Held, Hold, HoldClosed, NewHold, NewRedemption, Redeemed, Redemption,
    Refusal, Term,
};

/// Redeems a part of a voucher.
#[utoipa::path(
    post,
    path = "/v1/vouchers/{id}/redemptions",
    operation_id = "redeem",
    params(
        ("id" = inline(Token), Path, description = "The voucher."),
        ("Idempotency-Key" = inline(Token), Header, description = "The same key gives the same answer for ever."),
    ),
    request_body = api::Redemption,
    responses((status = 201, description = "Redeemed, now or before.", body = api::ReceiptAnswer))
)]
pub(super) async fn redeem(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let key = key(&headers)?;
    let asked: api::Redemption = read(&body, &hub.limits)?;
    asked.check().map_err(|_| Code::RequestInvalid)?;
    let known = find(&hub, &path).await?;
    let redeemer = asked.redeemer.unwrap_or(caller.org);
    // Who redeems says so itself; the fund may book what reached it on paper.
    if redeemer != caller.org && known.voucher.fund != caller.org {
        return Err(Code::AuthForbidden.into());
    }
    // What the entry itself forbids is the same answer for ever, and nobody need decide about it.
    if !known.redeemable_by(redeemer) {
        return Err(ScopeRefusal::Redeemer.code().into());
    }
    known.entry.covers(&asked.kind, &asked.region, asked.day, &redeemer).map_err(ScopeRefusal::code)?;
    let request = api::write(&asked).map_err(|_| Code::HubFailed)?;
    let new = NewRedemption {
        voucher: known.voucher.id,
        redeemer,
        key,
        request: Digest::of(&request).to_string(),
        amount: asked.amount.0,
        kind: asked.kind,
        day: asked.day.to_string(),
        region: asked.region.as_str().to_owned(),
        document: asked.document.to_string(),
        hold: asked.hold.map(|hold| hold.to_string()),
        made: asked.made,
        id: hub.new_id().to_string(),
        at: hub.now(),
    };
    let (became, answer) = match hub.parts.store.redeem(&new, term(&known.entry)).await? {
        Redeemed::New(redemption) => ("new", redeemed(&hub, &redemption)),
        Redeemed::Same(redemption) => ("same", redeemed(&hub, &redemption)),
        Redeemed::Conflict(conflict) => {
            let mut problem = Problem::from(code(conflict.why));
            problem.conflict = Some(id(&conflict.asked.id)?);
            ("conflict", Err(Refused(Box::new(problem))))
        }
        Redeemed::KeyOther => ("key_other", Err(Code::KeyOther.into())),
        Redeemed::Unknown => ("unknown", Err(Code::VoucherUnknown.into())),
    };
    hub.metrics.outcome("redemption", became);
    answer
}

/// The same answer every time: the status too.
fn redeemed(hub: &Hub, redemption: &Redemption) -> Answer {
    json(StatusCode::CREATED, &api::ReceiptAnswer { receipt: receipt(hub, redemption)? })
}

/// The receipt of a redemption that the store has: the same text every time.
pub(super) fn receipt(hub: &Hub, redemption: &Redemption) -> Result<String, Refused> {
    let asked = &redemption.asked;
    let receipt = RedemptionReceipt {
        jti: id(&asked.id)?,
        voucher: Token::parse(&asked.voucher).map_err(|_| Code::HubFailed)?,
        redeemer: asked.redeemer,
        key: Token::parse(&asked.key).map_err(|_| Code::HubFailed)?,
        seq: unsigned(redemption.seq)?,
        amount: Fen(asked.amount),
        spent: Fen(redemption.spent),
        hold: asked.hold.as_deref().map(id).transpose()?,
        at: asked.at,
        hub: hub.parts.id.clone(),
        epoch: unsigned(redemption.epoch)?,
    };
    Ok(object::sign(&hub.parts.key, &receipt).map_err(|_| Code::HubFailed)?)
}

/// Holds a part of a voucher for the asker.
#[utoipa::path(
    post,
    path = "/v1/vouchers/{id}/holds",
    operation_id = "hold",
    params(
        ("id" = inline(Token), Path, description = "The voucher."),
        ("Idempotency-Key" = inline(Token), Header, description = "The same key gives the same answer for ever."),
    ),
    request_body = api::HoldRequest,
    responses((status = 201, description = "Held, now or before.", body = api::HoldAnswer))
)]
pub(super) async fn hold(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let key = key(&headers)?;
    let asked: api::HoldRequest = read(&body, &hub.limits)?;
    asked.check().map_err(|_| Code::RequestInvalid)?;
    let known = find(&hub, &path).await?;
    if !known.redeemable_by(caller.org) {
        return Err(ScopeRefusal::Redeemer.code().into());
    }
    let request = api::write(&asked).map_err(|_| Code::HubFailed)?;
    let new = NewHold {
        id: hub.new_id().to_string(),
        voucher: known.voucher.id,
        redeemer: caller.org,
        key,
        request: Digest::of(&request).to_string(),
        amount: asked.amount.0,
        until: asked.until,
        at: hub.now(),
    };
    let (became, answer) = match hub.parts.store.hold(&new, term(&known.entry)).await? {
        Held::New(hold) => ("new", held(&hub, &hold)),
        Held::Same(hold) => ("same", held(&hub, &hold)),
        Held::Refused(refusal) => ("refused", Err(code(refusal).into())),
        Held::Past => ("refused", Err(Code::RequestInvalid.into())),
        Held::KeyOther => ("key_other", Err(Code::KeyOther.into())),
        Held::Unknown => ("unknown", Err(Code::VoucherUnknown.into())),
    };
    hub.metrics.outcome("hold", became);
    answer
}

fn held(hub: &Hub, hold: &Hold) -> Answer {
    json(StatusCode::CREATED, &api::HoldAnswer { hold: hold_object(hub, hold)? })
}

/// The signed hold: the same text every time.
pub(super) fn hold_object(hub: &Hub, hold: &Hold) -> Result<String, Refused> {
    let asked = &hold.asked;
    let hold = ledger::Hold {
        jti: id(&asked.id)?,
        voucher: Token::parse(&asked.voucher).map_err(|_| Code::HubFailed)?,
        redeemer: asked.redeemer,
        amount: Fen(asked.amount),
        until: asked.until,
        at: asked.at,
        hub: hub.parts.id.clone(),
        epoch: unsigned(hold.epoch)?,
    };
    Ok(object::sign(&hub.parts.key, &hold).map_err(|_| Code::HubFailed)?)
}

/// Gives a hold back, by its redeemer. The body, if there is one, says nothing.
#[utoipa::path(
    post,
    path = "/v1/vouchers/{id}/holds/{hold}/release",
    operation_id = "releaseHold",
    params(
        ("id" = inline(Token), Path, description = "The voucher."),
        ("hold" = inline(Id), Path, description = "The hold."),
    ),
    responses((status = 200, description = "Released."))
)]
pub(super) async fn release(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path((path, hold)): Path<(String, String)>,
) -> Answer {
    let known = find(&hub, &path).await?;
    closed(&hub, known.voucher.id, &hold, Some(caller), String::new()).await
}

/// Closes a hold that is over, by the fund.
#[utoipa::path(
    post,
    path = "/v1/vouchers/{id}/holds/{hold}/close",
    operation_id = "closeHold",
    params(
        ("id" = inline(Token), Path, description = "The voucher."),
        ("hold" = inline(Id), Path, description = "The hold."),
    ),
    request_body = api::Reason,
    responses((status = 200, description = "Closed."))
)]
pub(super) async fn close(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path((path, hold)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let asked: api::Reason = read(&body, &hub.limits)?;
    asked.check().map_err(|_| Code::RequestInvalid)?;
    let known = find_for_fund(&hub, &path, &caller).await?;
    closed(&hub, known.voucher.id, &hold, None, asked.reason).await
}

async fn closed(hub: &Hub, voucher: String, hold: &str, redeemer: Option<Caller>, reason: String) -> Answer {
    let hold = Id::parse(hold).map_err(|_| Code::HoldUnknown)?.to_string();
    let redeemer = redeemer.map(|caller| caller.org);
    let closing = Closing { voucher, hold, redeemer, reason, at: hub.now() };
    match hub.parts.store.close_hold(&closing).await? {
        HoldClosed::Done => Ok(StatusCode::OK.into_response()),
        HoldClosed::Refused(refusal) => Err(code(refusal).into()),
        HoldClosed::Running => Err(Code::HoldEarly.into()),
        HoldClosed::Unknown => Err(Code::VoucherUnknown.into()),
    }
}

/// Decides a conflict, by the fund.
#[utoipa::path(
    post,
    path = "/v1/vouchers/{id}/conflicts/{conflict}",
    operation_id = "decideConflict",
    params(
        ("id" = inline(Token), Path, description = "The voucher."),
        ("conflict" = inline(Id), Path, description = "The conflict."),
    ),
    request_body = api::Decide,
    responses((status = 200, description = "Decided.", body = api::Decided))
)]
pub(super) async fn decide(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path((path, conflict)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let asked: api::Decide = read(&body, &hub.limits)?;
    api::Reason { reason: asked.reason.clone() }.check().map_err(|_| Code::RequestInvalid)?;
    let known = find_for_fund(&hub, &path, &caller).await?;
    let conflict = Id::parse(&conflict).map_err(|_| Code::ConflictUnknown)?.to_string();
    let decision = Decision {
        accepted: asked.decision == api::Decision::Accepted,
        reason: asked.reason,
        receipt: hub.new_id().to_string(),
        at: hub.now(),
    };
    let receipt = match hub.parts.store.decide_conflict(&known.voucher.id, &conflict, &decision).await? {
        Decided::Accepted(redemption) => Some(receipt(&hub, &redemption)?),
        Decided::Rejected => None,
        Decided::Refused(refusal) => return Err(code(refusal).into()),
        Decided::Other | Decided::Unknown => return Err(Code::ConflictUnknown.into()),
    };
    json(StatusCode::OK, &api::Decided { receipt })
}

fn key(headers: &HeaderMap) -> Result<String, Refused> {
    let key = Token::parse(field(headers, api::IDEMPOTENCY_KEY)?).map_err(|_| Code::RequestInvalid)?;
    Ok(key.as_str().to_owned())
}

/// When the voucher of this entry ends.
fn term(entry: &VoucherEntry) -> Term {
    Term { ends: entry.ends(), books_until: entry.books_until() }
}

fn code(refusal: Refusal) -> Code {
    match refusal {
        Refusal::Revoked => Code::VoucherRevoked,
        Refusal::Over => Code::VoucherPeriod,
        Refusal::Overdrawn => Code::VoucherOverdrawn,
        Refusal::HoldUnknown => Code::HoldUnknown,
        Refusal::HoldOther => Code::HoldOther,
        Refusal::HoldClosed => Code::HoldClosed,
    }
}
