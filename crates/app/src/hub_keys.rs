//! The keys of hubs over time, as their provinces register them (docs/formats.md, trust package).
//!
//! A desk that joins a hub believes the key of its card, which people compare. Once the hub's province has registered
//! keys for it, these count instead, each for its time: a hub changes its key without anybody joining anew. What was
//! registered stays known here when the register is not at hand.

use serde::{Deserialize, Serialize};
use serde_json::json;
use zizhi_crypto::{Jwk, PublicKey};
use zizhi_model::Limits;
use zizhi_store::{Database, Reader};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::hub_card;
use zizhi_sync::hub_keys::{HubKey, HubKeys};
use zizhi_sync::round::Cause;
use zizhi_trust::{IssuerKey, Material};
use zizhi_verify::Library;

use crate::Host;
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::message_words::failure;

/// The settings that keep them, each with the hub's id behind it.
const SETTING: &str = "hub_keys.";

/// A registered key as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    jwk: Jwk,
    until: Option<i64>,
    revoked: Option<i64>,
}

/// The keys of a hub with this card: those that are registered, or else the one of the card.
///
/// # Errors
/// `HUB-ANSWER` if none can be read; as every read of the database.
pub(crate) fn of(reader: &Reader<'_>, hub: &str, card: &str) -> Result<HubKeys, Failure> {
    let kept = kept(reader, hub)?;
    if kept.is_empty() {
        let card = hub_card::introduce(card, &Limits::default());
        let card = card.map_err(|error| failure(Cause::Answer).because(error))?;
        return Ok(card.into_payload().key.into());
    }
    let key = |one: &Kept| {
        let key = PublicKey::try_from(&one.jwk).map_err(|error| failure(Cause::Answer).because(error))?;
        Ok(HubKey { key, until: one.until, revoked: one.revoked })
    };
    Ok(HubKeys::new(kept.iter().map(key).collect::<Result<_, Failure>>()?))
}

fn kept(reader: &Reader<'_>, hub: &str) -> Result<Vec<Kept>, Failure> {
    let kept = reader.setting(&format!("{SETTING}{hub}"))?.unwrap_or_else(|| json!([]));
    serde_json::from_value(kept).map_err(|error| failure(Cause::Answer).because(error))
}

/// The key of a hub as people compare it: the one of its card, unless that has ended and another took its place. Empty
/// where there is none.
pub(crate) fn shown(reader: &Reader<'_>, hub: &str, card: &str) -> String {
    let Ok(keys) = of(reader, hub, card) else { return String::new() };
    let card = hub_card::introduce(card, &Limits::default()).ok().map(|card| card.into_payload().key);
    let open = |one: &&HubKey| one.until.is_none() && one.revoked.is_none();
    let of_card = keys.all().iter().filter(open).find(|one| Some(&one.key) == card.as_ref());
    let key = of_card.or_else(|| keys.all().iter().rfind(open));
    key.map(|one| fingerprint(&one.key)).unwrap_or_default()
}

/// Takes in what the trust data registers for the hubs that this desk has joined. A register that names no key for a
/// hub, or cannot be asked, changes nothing.
///
/// # Errors
/// As every write to the database.
pub(crate) fn take_in(database: &Database, library: &Library, host: &dyn Host) -> Result<(), Failure> {
    let hubs: Vec<String> = {
        let reader = database.reader()?;
        let own = reader.hub()?.map(|hub| hub.id);
        own.into_iter().chain(reader.ledgers()?.into_iter().map(|ledger| ledger.hub)).collect()
    };
    for hub in hubs {
        let Ok(found) = library.trust().hub_keys(&hub) else { continue };
        let found: Vec<Kept> = found.iter().filter_map(registered).collect();
        if found.is_empty() || found == kept(&database.reader()?, &hub)? {
            continue;
        }
        let entry = entry(database, "hub.keys", host)?.about("hub", &hub);
        let writer = database.writer()?;
        writer.put_setting(&format!("{SETTING}{hub}"), &json!(found))?;
        writer.commit(&entry.with(json!({ "keys": found.len() })))?;
    }
    Ok(())
}

fn registered(key: &IssuerKey) -> Option<Kept> {
    let Material::Usable(material) = &key.material else { return None };
    Some(Kept {
        jwk: material.to_jwk(),
        until: key.valid_until.map(|time| time.timestamp()),
        revoked: key.revoked_at.map(|time| time.timestamp()),
    })
}
