//! What is asked of other hubs, and what they may ask here (docs/hub.md §7).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use zizhi_crypto::PublicKey;
use zizhi_model::OrgId;
use zizhi_sync::api::{self, Code};
use zizhi_sync::devices::Standing;
use zizhi_sync::invitation::Role;

use super::Hub;
use super::answer::Refused;
use crate::asking::{Asking, Silent};
use crate::peer::{homes, province};
use crate::store::{Peer, Remote, Route};

/// Seconds for which the answer of another hub about an organisation is given without asking again.
const FRESH: i64 = 600;
/// Seconds for which nobody is asked again about an organisation that no peer knew.
const UNKNOWN: i64 = 60;
/// Organisations that no peer knew, above which those are forgotten.
const MANY: usize = 10_000;

/// Seconds for which the devices that its hub told last of an organisation may ask the ledger here.
const CONFIRMED: i64 = 24 * 3600;
/// How long a request at the ledger waits for the hub of its organisation.
const PATIENCE: Duration = Duration::from_secs(5);

/// Organisations that no peer knew or answered about, and until when that counts.
#[derive(Default)]
pub(super) struct Unknown(Mutex<HashMap<OrgId, i64>>);

impl Unknown {
    fn holds(&self, org: &OrgId, now: i64) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(org).is_some_and(|until| *until > now)
    }

    fn note(&self, org: OrgId, now: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.clear();
        }
        known.insert(org, now.saturating_add(UNKNOWN));
    }
}

/// For whom a request of a peer is: the organisation in `Zizhi-From`, which must be one that the peer speaks for.
pub(super) async fn spoken_for(hub: &Hub, peer: &Peer, headers: &HeaderMap) -> Result<OrgId, Refused> {
    let from =
        OrgId::parse(super::mail::field(headers, api::ZIZHI_FROM)?).map_err(|_| Code::RequestInvalid)?;
    let store = &hub.parts.store;
    if store.organisation(from).await?.is_some_and(|found| found.mailbox) {
        return Err(Code::AuthForbidden.into());
    }
    let (peers, seen) = (store.peers().await?, store.remote(from).await?);
    let homes = homes(&peers, seen.as_ref().map(|seen| seen.hub.as_str()), &from);
    if homes.iter().any(|home| home.hub == peer.hub) { Ok(from) } else { Err(Code::AuthForbidden.into()) }
}

/// Whether an organisation that joins as `role` has its mail at another hub and is here for the ledger: a provider of
/// services of another province whose hub has it. `HUB-BUSY` while that hub does not answer.
pub(super) async fn is_for_the_ledger(hub: &Hub, org: OrgId, role: Role) -> Result<bool, Refused> {
    let province = province(&org);
    if role != Role::ServiceProvider || province == hub.parts.id.province() {
        return Ok(false);
    }
    match look_up(hub, org).await {
        Ok(_) => Ok(true),
        Err(Refused(problem)) if problem.code == Code::OrgUnknown => {
            tracing::warn!(
                province,
                "a provider of another province joins, and no peer has it: nobody is asked which devices it removes; \
                 `zizhi-hub peer list` names it"
            );
            Ok(false)
        }
        Err(refused) => Err(refused),
    }
}

/// Lets a device of an organisation whose mail is at another hub ask the ledger here, as long as that hub still lists it.
/// The ledger's own list is the one of its enrolment: the other hub can take a device from it, and can add none. `HUB-BUSY`
/// where it has not been heard of for a day.
pub(super) async fn still_lists(hub: &Hub, org: OrgId, kid: &str) -> Result<(), Refused> {
    let now = hub.now();
    if !hub.unanswered.holds(&org, now) {
        match tokio::time::timeout(PATIENCE, look_up(hub, org)).await {
            Ok(Ok((_, age))) if age < FRESH => {}
            // Nobody waits for it again so soon.
            _ => hub.unanswered.note(org, now),
        }
    }
    let told = hub.parts.store.remote(org).await?.ok_or(Code::HubBusy)?;
    if now.saturating_sub(told.seen) >= CONFIRMED {
        tracing::warn!(
            province = province(&org),
            peer = told.hub,
            "the devices of a provider are turned away, as its hub has not told of them for a day; see `zizhi-hub peer list`"
        );
        return Err(Code::HubBusy.into());
    }
    let list = Standing::kept(&told.list, &hub.limits).map_err(|_| Code::HubFailed)?;
    match list.list().device(kid) {
        Some(_) => Ok(()),
        None => Err(Code::AuthKey.into()),
    }
}

/// The way to an organisation that is none of this hub; `ORG-UNKNOWN` if no peer has it either.
pub(super) async fn route(hub: &Hub, org: OrgId) -> Result<Route, Refused> {
    let store = &hub.parts.store;
    let peers = store.peers().await?;
    if let Some(seen) = store.remote(org).await?
        && homes(&peers, Some(&seen.hub), &org).iter().any(|home| home.hub == seen.hub)
    {
        return Ok(Route::To { hub: seen.hub });
    }
    Ok(Route::To { hub: look_up(hub, org).await?.0.hub })
}

/// An organisation of another hub, and how old the answer is, in seconds. Where its hub does not answer, what
/// it said before is better than nothing: the list is signed, and who seals to it looks at the signature.
pub(super) async fn look_up(hub: &Hub, org: OrgId) -> Result<(Remote, i64), Refused> {
    let (store, now) = (&hub.parts.store, hub.now());
    let (peers, seen) = (store.peers().await?, store.remote(org).await?);
    let homes = homes(&peers, seen.as_ref().map(|seen| seen.hub.as_str()), &org);
    let seen = seen.filter(|seen| homes.iter().any(|home| home.hub == seen.hub));
    if let Some(seen) = &seen
        && (0..FRESH).contains(&now.saturating_sub(seen.seen))
    {
        return Ok((seen.clone(), now.saturating_sub(seen.seen)));
    }
    if hub.unknown.holds(&org, now) {
        return Err(Code::OrgUnknown.into());
    }
    let mut silent = false;
    for home in homes {
        match hub.asking().organisation(home, org).await {
            Ok(Some(told)) => {
                // An older list than the one that was seen says nothing new.
                let told = match &seen {
                    Some(seen) if seen.seq > told.seq => Remote { seen: now, ..seen.clone() },
                    _ => told,
                };
                if !store.keep_remote(&told).await? {
                    return Err(Code::HubBusy.into());
                }
                return Ok((told, 0));
            }
            Ok(None) => {}
            Err(Silent) => silent = true,
        }
    }
    match seen {
        Some(seen) if silent => Ok((seen.clone(), now.saturating_sub(seen.seen).max(0))),
        _ if silent => Err(Code::HubBusy.into()),
        _ => {
            hub.unknown.note(org, now);
            Err(Code::OrgUnknown.into())
        }
    }
}

impl Hub {
    /// Asks other hubs in this one's name.
    pub(super) fn asking(&self) -> Asking<'_> {
        Asking { line: &self.parts.line, key: &self.parts.key, now: self.now() }
    }
}

/// The key of a peer.
pub(super) fn key(peer: &Peer) -> Result<PublicKey, Refused> {
    PublicKey::from_jwk_bytes(peer.jwk.as_bytes()).map_err(|_| Code::HubFailed.into())
}
