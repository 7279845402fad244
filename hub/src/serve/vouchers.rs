//! Vouchers of the ledger (docs/hub.md §6): entering, showing, revoking.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use zizhi_crypto::PublicKey;
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, Region, civil};
use zizhi_sync::api::{self, Code, Decision, HoldLine, HoldState, Judgement};
use zizhi_sync::invitation::Role;
use zizhi_sync::ledger::VoucherEntry;
use zizhi_sync::object::Unverified;
use zizhi_sync::{Digest, Token};

use super::answer::{Answer, Path, Refused, json, read};
use super::mail::id;
use super::redemptions::{hold_object, receipt};
use super::{Caller, Hub};
use crate::store::{Conflict, Ending, Hold, NewVoucher, Revoked, Stored, Voucher};

/// A voucher with what its entry says.
pub(super) struct Known {
    pub(super) voucher: Voucher,
    pub(super) entry: VoucherEntry,
}

impl Known {
    /// Whether the voucher is some of the organisation's business.
    fn concerns(&self, org: OrgId) -> bool {
        self.whole_for(org) || self.redeemable_by(org)
    }

    /// Whether the organisation sees everything that was done to it.
    fn whole_for(&self, org: OrgId) -> bool {
        org == self.voucher.fund || org == self.voucher.firm
    }

    /// Whether the organisation may redeem it.
    pub(super) fn redeemable_by(&self, org: OrgId) -> bool {
        self.entry.redeemers.is_empty() || self.entry.redeemers.contains(&org)
    }
}

/// The voucher at this path.
pub(super) async fn find(hub: &Hub, path: &str) -> Result<Known, Refused> {
    let token = Token::parse(path).map_err(|_| Code::VoucherUnknown)?;
    let voucher = hub.parts.store.voucher(token.as_str()).await?.ok_or(Code::VoucherUnknown)?;
    // Its signature was verified when it was entered; the device that signed it may have gone since.
    let entry = Unverified::<VoucherEntry>::parse(&voucher.entry, &hub.limits)
        .map_err(|_| Code::HubFailed)?
        .peek()
        .clone();
    Ok(Known { voucher, entry })
}

/// The voucher at this path, for its fund.
pub(super) async fn find_for_fund(hub: &Hub, path: &str, caller: &Caller) -> Result<Known, Refused> {
    let known = find(hub, path).await?;
    if known.voucher.fund == caller.org {
        return Ok(known);
    }
    Err(if known.concerns(caller.org) { Code::AuthForbidden } else { Code::VoucherUnknown }.into())
}

/// Enters a voucher.
#[utoipa::path(
    put,
    path = "/v1/vouchers/{id}",
    operation_id = "enterVoucher",
    params(("id" = inline(Token), Path, description = "The voucher.")),
    request_body = api::PutVoucher,
    responses(
        (status = 201, description = "Entered."),
        (status = 200, description = "Entered before."),
    )
)]
pub(super) async fn enter(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(path): Path<String>,
    body: Bytes,
) -> Answer {
    const INVALID: Code = Code::RequestInvalid;
    if caller.role != Role::VoucherFund {
        return Err(Code::AuthForbidden.into());
    }
    let asked: api::PutVoucher = read(&body, &hub.limits)?;
    let unverified = Unverified::<VoucherEntry>::parse(&asked.entry, &hub.limits).map_err(|_| INVALID)?;
    let device = hub.parts.store.device(unverified.kid().ok_or(INVALID)?).await?.ok_or(INVALID)?;
    if device.org != caller.org || unverified.peek().iss != caller.org {
        return Err(Code::AuthForbidden.into());
    }
    let key = PublicKey::from_jwk_bytes(device.jwk.as_bytes()).map_err(|_| Code::HubFailed)?;
    let entry = unverified.verify(&key).map_err(|_| INVALID)?.into_payload();
    if entry.jti.as_str() != path {
        return Err(INVALID.into());
    }
    let new = NewVoucher {
        id: path,
        fund: entry.iss,
        firm: entry.sub,
        amount: entry.amount.0,
        entry: asked.entry,
        at: hub.now(),
    };
    match hub.parts.store.enter_voucher(&new).await? {
        Stored::New => Ok(StatusCode::CREATED.into_response()),
        Stored::Same => Ok(StatusCode::OK.into_response()),
        Stored::Other => Err(Code::VoucherOther.into()),
    }
}

/// Revokes a voucher, by its fund.
#[utoipa::path(
    post,
    path = "/v1/vouchers/{id}/revoke",
    operation_id = "revokeVoucher",
    params(("id" = inline(Token), Path, description = "The voucher.")),
    request_body = api::Reason,
    responses((status = 200, description = "Revoked."))
)]
pub(super) async fn revoke(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(path): Path<String>,
    body: Bytes,
) -> Answer {
    let asked: api::Reason = read(&body, &hub.limits)?;
    asked.check().map_err(|_| Code::RequestInvalid)?;
    let known = find_for_fund(&hub, &path, &caller).await?;
    match hub.parts.store.revoke_voucher(&known.voucher.id, &asked.reason, hub.now()).await? {
        Revoked::Done => Ok(StatusCode::OK.into_response()),
        Revoked::Unknown => Err(Code::VoucherUnknown.into()),
    }
}

/// A voucher, whole for fund and firm, its own lines for a redeemer.
#[utoipa::path(
    get,
    path = "/v1/vouchers/{id}",
    operation_id = "showVoucher",
    params(("id" = inline(Token), Path, description = "The voucher.")),
    responses((status = 200, description = "The voucher.", body = api::VoucherView))
)]
pub(super) async fn show(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(path): Path<String>,
) -> Answer {
    let known = find(&hub, &path).await?;
    if !known.concerns(caller.org) {
        return Err(Code::VoucherUnknown.into());
    }
    let lines = hub.parts.store.voucher_lines(&known.voucher.id).await?.ok_or(Code::VoucherUnknown)?;
    let shown = |redeemer: OrgId| known.whole_for(caller.org) || redeemer == caller.org;
    let open = lines.holds.iter().filter(|hold| hold.closed.is_none());
    let view = api::VoucherView {
        entry: lines.voucher.entry,
        revoked: lines.voucher.revoked.map(|(at, reason)| api::Revoked { at, reason }),
        spent: Fen(lines.voucher.spent),
        held: Fen(open.map(|hold| hold.asked.amount).sum()),
        redemptions: lines
            .redemptions
            .iter()
            .filter(|line| shown(line.asked.redeemer))
            .map(|line| receipt(&hub, line))
            .collect::<Result<_, _>>()?,
        holds: lines
            .holds
            .iter()
            .filter(|line| shown(line.asked.redeemer))
            .map(|line| hold_line(&hub, line))
            .collect::<Result<_, _>>()?,
        conflicts: lines
            .conflicts
            .iter()
            .filter(|line| shown(line.asked.redeemer))
            .map(conflict)
            .collect::<Result<_, _>>()?,
    };
    json(StatusCode::OK, &view)
}

fn hold_line(hub: &Hub, hold: &Hold) -> Result<HoldLine, Refused> {
    let (state, closed_at, reason) = match &hold.closed {
        None => (HoldState::Open, None, None),
        Some((how, reason, at)) => {
            let state = match how {
                Ending::Redeemed => HoldState::Redeemed,
                Ending::Released => HoldState::Released,
                Ending::Fund => HoldState::Closed,
            };
            (state, Some(*at), Some(reason.clone()).filter(|_| state == HoldState::Closed))
        }
    };
    Ok(HoldLine { hold: hold_object(hub, hold)?, state, closed_at, reason })
}

fn conflict(conflict: &Conflict) -> Result<api::Conflict, Refused> {
    let asked = &conflict.asked;
    let redemption = api::Redemption {
        redeemer: None,
        amount: Fen(asked.amount),
        kind: asked.kind.clone(),
        day: civil::parse_date(&asked.day).map_err(|_| Code::HubFailed)?,
        region: Region::parse(&asked.region).map_err(|_| Code::HubFailed)?,
        document: Digest::parse(&asked.document).ok_or(Code::HubFailed)?,
        hold: asked.hold.as_deref().map(id).transpose()?,
        made: asked.made,
    };
    let judgement = conflict.decision.as_ref().map(|(accepted, reason, at)| Judgement {
        decision: if *accepted { Decision::Accepted } else { Decision::Rejected },
        reason: reason.clone(),
        at: *at,
    });
    Ok(api::Conflict {
        id: id(&asked.id)?,
        redeemer: asked.redeemer,
        redemption,
        code: Code::parse(conflict.why.code()).ok_or(Code::HubFailed)?,
        at: asked.at,
        judgement,
    })
}
