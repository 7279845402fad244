//! Which ledger a voucher has, and how it is asked.
//!
//! The hub of the fund's province is the only ledger of its vouchers (docs/hub.md §6). Where that is not the hub that
//! this device has joined, the organisation joins the other one with an invitation as well, with the same devices:
//! for asking its ledger, not for mail.

use zizhi_model::{Limits, Uscc};
use zizhi_store::{Database, Ledger as Row, Reader};
use zizhi_sync::api::{Code, Enrol, Enrolled};
use zizhi_sync::hub_card;
use zizhi_sync::hub_keys::HubKeys;
use zizhi_sync::invitation::{Invitation, Inviter};
use zizhi_sync::object::Unverified;
use zizhi_sync::round::{Answer, Ask, Cause};

use super::Desk;
use super::failures::{ledger_taken, no_ledger};
use crate::failure::Failure;
use crate::hub_ca::{self, Authority};
use crate::hub_http::HubHttp;
use crate::hub_join::{not_by_this_hub, other_hub};
use crate::hub_keys;
use crate::hub_status::joined;
use crate::message_words::{at_join, failure};

/// The ledger of another province, as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The hub's id.
    pub hub: String,
    /// Its address.
    pub url: String,
    /// Its key as people compare it.
    pub hub_key: String,
    /// What the organisation is to it.
    pub role: String,
    /// Whether it is the hub of this device.
    pub own: bool,
    /// Who may vouch for its server; nobody where it is the public authorities.
    pub ca: Vec<Authority>,
}

/// A ledger that can be asked.
pub(super) struct At {
    http: HubHttp,
    /// The keys that sign its receipts.
    pub(super) keys: HubKeys,
    clock_offset: i64,
}

/// The ledgers that can be asked, the own hub's first.
///
/// # Errors
/// As every read of the database.
pub fn list(database: &Database) -> Result<Vec<Listed>, Failure> {
    let reader = database.reader()?;
    let own = reader.hub()?.filter(|hub| hub.joined.is_some());
    let own = own.map(|hub| Listed {
        hub_key: hub_keys::shown(&reader, &hub.id, &hub.card),
        hub: hub.id,
        url: hub.url,
        role: hub.role,
        own: true,
        ca: hub_ca::shown(hub.ca.as_deref()),
    });
    let others = reader.ledgers()?.into_iter().filter_map(|row| listed(&reader, row));
    Ok(own.into_iter().chain(others).collect())
}

fn listed(reader: &Reader<'_>, row: Row) -> Option<Listed> {
    row.joined?;
    Some(Listed {
        hub_key: hub_keys::shown(reader, &row.hub, &row.card),
        hub: row.hub,
        url: row.url,
        role: row.role,
        own: false,
        ca: hub_ca::shown(row.ca.as_deref()),
    })
}

/// Joins the hub of another province for its ledger, with an invitation of that hub's operator and the device list
/// that stands. The desk's certificates are kept with it. Gives the hub's key as people compare it.
///
/// # Errors
/// `HUB-NONE` if this device has joined no hub yet, `HUB-JOINED` if it is this device's own; `INVITE-INVALID`,
/// `INVITE-EXPIRED`, `NET-URL`, `NET-CA`, `HUB-UNREACHABLE`, `HUB-ANSWER`, the code of the hub's refusal; as every
/// write to the database.
pub fn join(desk: &Desk<'_>, invitation: &str, url: &str) -> Result<Listed, Failure> {
    let limits = Limits::default();
    let own = desk.own()?;
    let (home, devices) = {
        let reader = desk.database.reader()?;
        (joined(&reader)?, reader.device_list(own.uscc())?.ok_or_else(crate::hub_status::none)?)
    };
    let text = invitation.trim();
    let invalid = || failure(Cause::Hub(Code::InviteInvalid));
    let unverified =
        Unverified::<Invitation>::parse(text, &limits).map_err(|error| invalid().because(error))?;
    let said = unverified.peek().clone();
    let http = HubHttp::new(url, desk.ca)?;
    let card_text = http.card().map_err(at_join)?;
    let card = hub_card::introduce(card_text.trim(), &limits)
        .map_err(|error| at_join(Cause::Answer).because(error))?;
    let card = card.payload().clone();
    if card.hub.as_str() == home.id {
        return Err(crate::hub_join::joined_already(&home.id));
    }
    if said.hub != card.hub {
        return Err(other_hub(said.hub.as_str(), card.hub.as_str()));
    }
    // Only the hub's operator lets a desk of another province ask its ledger.
    if !matches!(said.iss, Inviter::Hub(_)) {
        return Err(invalid());
    }
    unverified.verify(&card.key).map_err(|error| not_by_this_hub(error, card.hub.as_str()))?;
    // A receipt is believed by the key of its province's hub: a second one does not take its place unseen.
    let reader = desk.database.reader()?;
    for known in reader.ledgers()? {
        let keys = hub_keys::of(&reader, &known.hub, &known.card)?;
        let other_key = keys.at(card.key.key_id().as_str(), card.time).is_none();
        let same_province = known.hub.get(..2) == Some(card.hub.province());
        if same_province && (known.hub != card.hub.as_str() || other_key) {
            return Err(ledger_taken(&known.hub));
        }
    }
    drop(reader);
    if home.id.get(..2) == Some(card.hub.province()) {
        return Err(ledger_taken(&home.id));
    }
    said.admits(&card.hub, &own, card.time)
        .map_err(|refusal| failure(Cause::Hub(refusal.code())).because(refusal))?;
    let offset = card.time.saturating_sub(desk.host.now().timestamp());
    let mut row = Row {
        hub: card.hub.to_string(),
        url: http.origin().to_owned(),
        card: card_text.trim().to_owned(),
        role: said.role.as_str().to_owned(),
        joined: None,
        clock_offset: if offset.abs() > 60 { offset } else { 0 },
        ca: desk.ca.map(<[u8]>::to_vec),
    };
    let mut at = At { http, keys: card.key.into(), clock_offset: row.clock_offset };
    let enrol = Enrol { invitation: text.to_owned(), devices: devices.jws };
    let ask = Ask::enrol(&enrol).map_err(|error| at_join(Cause::Answer).because(error))?;
    let answer = at.ask(&ask, desk)?.map_err(at_join)?;
    let (_, body) = answer.success().map_err(|refusal| at_join(refusal.cause()))?;
    let enrolled = zizhi_sync::api::read_answer::<Enrolled>(&body, body.len(), &limits);
    if enrolled.is_ok_and(|enrolled| enrolled.organisation == own) {
        row.joined = Some(desk.host.now());
        let entry = desk.entry("ledger.joined")?.about("hub", &row.hub);
        let writer = desk.database.writer()?;
        writer.put_ledger(&row)?;
        writer.commit(&entry)?;
        listed(&desk.database.reader()?, row).ok_or_else(|| at_join(Cause::Answer))
    } else {
        Err(at_join(Cause::Answer))
    }
}

/// The ledger of a fund's vouchers.
///
/// # Errors
/// `VOUCHER-LEDGER` if this desk has not joined that hub; `NET-URL`, `NET-CA`; as every read of the database.
pub(super) fn of(fund: &Uscc, desk: &Desk<'_>) -> Result<At, Failure> {
    let reader = desk.database.reader()?;
    let Found { hub, url, card, clock_offset, ca } = found(&reader, fund)?;
    let keys = hub_keys::of(&reader, &hub, &card)?;
    Ok(At { http: HubHttp::new(&url, desk.ca.or(ca.as_deref()))?, keys, clock_offset })
}

/// The keys that sign the receipts for a fund's vouchers.
///
/// # Errors
/// `VOUCHER-LEDGER`; as every read of the database.
pub(super) fn keys(reader: &Reader<'_>, fund: &Uscc) -> Result<HubKeys, Failure> {
    let Found { hub, card, .. } = found(reader, fund)?;
    hub_keys::of(reader, &hub, &card)
}

/// The id of the hub with a fund's ledger.
///
/// # Errors
/// `VOUCHER-LEDGER`; as every read of the database.
pub(super) fn hub(reader: &Reader<'_>, fund: &Uscc) -> Result<String, Failure> {
    Ok(found(reader, fund)?.hub)
}

/// What is known here of a ledger's hub.
struct Found {
    hub: String,
    url: String,
    card: String,
    clock_offset: i64,
    ca: Option<Vec<u8>>,
}

/// The province whose hub has the ledger of a fund's vouchers.
pub(super) fn province(fund: &Uscc) -> &str {
    fund.first_registrar().get(..2).unwrap_or_default()
}

/// The hub of a fund's province.
fn found(reader: &Reader<'_>, fund: &Uscc) -> Result<Found, Failure> {
    let province = province(fund);
    let of_it = |id: &str| id.split_once('-').is_some_and(|(digits, _)| digits == province);
    if let Some(hub) = reader.hub()?.filter(|hub| hub.joined.is_some() && of_it(&hub.id)) {
        return Ok(Found {
            hub: hub.id,
            url: hub.url,
            card: hub.card,
            clock_offset: hub.clock_offset,
            ca: hub.ca,
        });
    }
    let ledger = reader.ledgers()?.into_iter().find(|row| row.joined.is_some() && of_it(&row.hub));
    let row = ledger.ok_or_else(|| no_ledger(fund))?;
    Ok(Found { hub: row.hub, url: row.url, card: row.card, clock_offset: row.clock_offset, ca: row.ca })
}

impl At {
    /// Signs a request and brings back the answer, or why there is none. A clock that is off is put right for
    /// the signature, and a request whose answer was lost goes out under a new nonce.
    ///
    /// # Errors
    /// `INTERNAL` if the request cannot be signed.
    pub(super) fn ask(&mut self, ask: &Ask, desk: &Desk<'_>) -> Result<Result<Answer, Cause>, Failure> {
        self.http.ask(ask, desk.key, &mut self.clock_offset, (desk.host, desk.stop))
    }

    /// The same where only success is of use: the body.
    ///
    /// # Errors
    /// `VOUCHER-CURRENT`, `HUB-ISSUER`, `HUB-CERTIFICATE`, the code of the hub's refusal, `HUB-ANSWER`.
    pub(super) fn done(&mut self, ask: &Ask, desk: &Desk<'_>) -> Result<Vec<u8>, Failure> {
        let answer = self.ask(ask, desk)?.map_err(super::failures::not_done)?;
        answer.success().map(|(_, body)| body).map_err(|refusal| super::failures::not_done(refusal.cause()))
    }
}
