//! Other hubs: whom each may speak for, and how an operator makes one known (docs/hub.md §7).

use std::net::IpAddr;

use zizhi_model::{Limits, OrgId};
use zizhi_sync::HubId;
use zizhi_sync::hub_card::{self, HubCardError};

use crate::store::{Peer, Provider};

/// Why a peer cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// The file holds no hub card, or one that its key has not signed.
    #[error("not a hub card; the other hub's operator makes one with `zizhi-hub card`")]
    Card(#[from] HubCardError),
    /// The card is this hub's own.
    #[error("this is the card of this hub itself; add the other hub's")]
    Own,
    /// The address is not one that mail may go to.
    #[error("{0}: not scheme, host and port of a hub; https:// to other machines, nothing after the port")]
    Origin(String),
    /// A province is not written as two digits.
    #[error("{0}: not the two digits of a province")]
    Province(String),
    /// The key of the card cannot be written down.
    #[error("the key of the card cannot be kept")]
    Key(#[from] serde_json::Error),
}

/// The peer whose card is `card`, to be reached at `origin`. Without `provinces` it speaks for the one in its id.
///
/// # Errors
/// [`PeerError`].
pub fn introduced(
    card: &str,
    own: &HubId,
    origin: &str,
    provinces: &[String],
    organisations: &[OrgId],
    now: i64,
) -> Result<Peer, PeerError> {
    let card = hub_card::introduce(card.trim(), &Limits::default())?.into_payload();
    if card.hub == *own {
        return Err(PeerError::Own);
    }
    if !is_origin(origin) {
        return Err(PeerError::Origin(origin.to_owned()));
    }
    if let Some(wrong) = provinces.iter().find(|code| !is_province(code)) {
        return Err(PeerError::Province(wrong.clone()));
    }
    let provinces =
        if provinces.is_empty() { vec![card.hub.province().to_owned()] } else { provinces.to_vec() };
    Ok(Peer {
        hub: card.hub.as_str().to_owned(),
        kid: card.key.key_id().as_str().to_owned(),
        jwk: serde_json::to_string(&card.key.to_jwk())?,
        origin: origin.to_owned(),
        provinces,
        organisations: organisations.to_vec(),
        added: now,
    })
}

fn is_province(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether mail may go to this address: `https://host[:port]`, or `http://` to this machine itself.
fn is_origin(origin: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let formed = !authority.is_empty() && !authority.contains(['/', '?', '#', '@', ' ']);
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    formed && (scheme == "https" || (scheme == "http" && here))
}

/// The peers that may be the hub of an organisation which is not one of this hub, by the rule of docs/hub.md §7:
/// the one that the operator named it for; else of those that speak for the province of its code, the one that
/// it was `seen` at, or any of them where it was never seen.
#[must_use]
pub fn homes<'p>(peers: &'p [Peer], seen: Option<&str>, org: &OrgId) -> Vec<&'p Peer> {
    if let Some(named) = peers.iter().find(|peer| peer.organisations.contains(org)) {
        return vec![named];
    }
    let of_it = province(org);
    let of_province: Vec<&Peer> =
        peers.iter().filter(|peer| peer.provinces.iter().any(|code| code == of_it)).collect();
    match of_province.iter().find(|peer| Some(peer.hub.as_str()) == seen) {
        Some(peer) => vec![*peer],
        None => of_province,
    }
}

/// Why nobody is asked which devices a provider of another province has by now (docs/hub.md §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unasked {
    /// No peer had it when it joined, so that it has a mailbox here: a device that it removes goes on redeeming.
    Mailbox,
    /// No peer speaks for it any more: its devices are turned away a day after its hub was heard last.
    NoPeer,
}

/// The providers of other provinces of whose devices nobody is asked.
#[must_use]
pub fn unasked(own: &HubId, peers: &[Peer], providers: &[Provider]) -> Vec<(OrgId, Unasked)> {
    let elsewhere = providers.iter().filter(|provider| province(&provider.org) != own.province());
    let why = elsewhere.filter_map(|provider| {
        let homes = homes(peers, provider.hub.as_deref(), &provider.org);
        match (provider.mailbox, homes.is_empty()) {
            (true, _) => Some((provider.org, Unasked::Mailbox)),
            (false, true) => Some((provider.org, Unasked::NoPeer)),
            (false, false) => None,
        }
    });
    why.collect()
}

/// The two digits of the province in which an organisation was first registered.
#[must_use]
pub fn province(org: &OrgId) -> &str {
    org.uscc().first_registrar().get(..2).unwrap_or_default()
}
