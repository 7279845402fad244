//! One round with the hub: receives what came, sends what waits, refreshes the trust data, takes in what came by that,
//! and tells what became of each.
//!
//! What order it goes in is [`zizhi_sync::round`]; this module does what a round says, with the database
//! and the network. A round that is cut short anywhere leaves the database as its last transaction left
//! it, and the next round goes on from there.

mod broken;
mod keep;
mod pieces;
mod post;
mod refused;

use std::sync::MutexGuard;
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId, Text};
use zizhi_store::{Database, Hub};
use zizhi_sync::api::KEPT_SECONDS;
use zizhi_sync::devices::Standing;
use zizhi_sync::round::{Action, AskBody, End, Round, Start};
use zizhi_sync::{Id, backoff};
use zizhi_verify::Library;

use crate::apply_messages::{Applied, Taking, apply_stored, waits_for};
use crate::devices::{self, Place};
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::hub_http::HubHttp;
use crate::hub_join::entry;
use crate::hub_status::joined;
use crate::message_words::failure;
use crate::stop::Stop;
use crate::sync_public::{Refreshed, refresh};
use crate::trust_data::TrustData;
use crate::{Host, hub_keys, peer_devices};
use pieces::Pieces;

/// Acknowledgements in one request.
const ACKS: usize = 1000;
/// Messages that one round sends at most; the others are due in the next.
const SENDS: usize = 1000;
/// Messages whose senders one round looks up, and that it takes in.
const APPLIES: usize = 1000;
/// Old messages whose sealed bytes go with one round.
const RELEASES: usize = 20;
/// A place in the mailbox behind every message.
const BEHIND: u64 = i64::MAX as u64;
/// How often it is looked whether another round is through.
const LOOK: Duration = Duration::from_millis(50);
/// A round in which nothing happened is noted no more often than this, in seconds.
const NOTED: i64 = 3600;

/// What a round takes.
#[derive(Clone, Copy)]
pub struct Syncing<'a> {
    /// The open database.
    pub database: &'a Database,
    /// The trust data at hand.
    pub library: &'a Library,
    /// Where it is kept.
    pub trust: &'a TrustData,
    /// The secrets that open what is sealed to this organisation.
    pub identities: &'a [String],
    /// This device's key ([`vault::device_key`](crate::vault::device_key)).
    pub key: &'a SigningKey,
    /// Certificates (PEM) of those who may vouch for the server, in the place of those that are kept with the hub.
    pub ca: Option<&'a [u8]>,
    /// Time and randomness.
    pub host: &'a dyn Host,
    /// Ends the round before its time: what was done stays, and nothing is noted about the hub.
    pub stop: &'a Stop,
    /// Whether somebody asked for it: then status lists are asked for whenever that was last.
    pub asked: bool,
}

/// What a round came to.
#[derive(Debug, Default)]
pub struct Synced {
    /// Messages that came and were not here before.
    pub received: usize,
    /// Messages that the hub has now.
    pub sent: usize,
    /// Messages that cannot be sent as they are.
    pub parked: usize,
    /// Messages that stay in the outbox for a later attempt.
    pub later: usize,
    /// Messages of which the hub tells for the first time that their recipient's hub refused them.
    pub refused: usize,
    /// What became of messages that came.
    pub applied: Vec<Applied>,
    /// What else a person should know: device lists that contradict what was seen before or the register, an
    /// inbox key that is not here.
    pub remarks: Vec<Failure>,
    /// Whether the hub was restored since, so that messages are offered again.
    pub restored: bool,
    /// What became of the trust data that the hub publishes, if it was time to ask for it.
    pub trust: Option<Refreshed>,
    /// Why the round ended early; what it did until then stays.
    pub cut: Option<Failure>,
}

impl Synced {
    /// Whether nothing was done.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.received + self.sent + self.parked + self.later + self.refused + self.applied.len() == 0
            && !self.restored
    }
}

/// Does one round, after another one on this database is through. A hub that does not answer or refuses is in the
/// result, since what was done before stays.
///
/// # Errors
/// `HUB-NONE`, `NET-URL`, `NET-CA`, `SYNC-STOPPED`; as [`refresh`], and as every write to the database.
pub fn sync(syncing: &Syncing<'_>) -> Result<Synced, Failure> {
    let Syncing { database, key, host, stop, library, .. } = *syncing;
    let _alone = alone(database, stop)?;
    hub_keys::take_in(database, library, host)?;
    let (hub, own, place) = {
        let reader = database.reader()?;
        let hub = joined(&reader)?;
        let place = devices::place(&reader, &hub)?;
        (hub, OrgId::from(reader.profile()?.ok_or_else(no_profile)?.uscc), place)
    };
    let http = HubHttp::new(&hub.url, syncing.ca.or(hub.ca.as_deref()))?;
    let pieces = Pieces::of(database.folder());
    let mut work = Work { syncing, own, place, looked: false, done: Synced::default(), pieces };
    let mut round = Round::new(work.start(&hub)?).go_on(work.begun()?);
    let end = loop {
        if stop.is_asked() {
            return Err(stopped());
        }
        match round.step() {
            Action::Ask(ask) => {
                let body = match &ask.body {
                    AskBody::Empty => Vec::new(),
                    AskBody::Bytes(bytes) => bytes.clone(),
                    AskBody::Piece { id, from, len } => work.piece(*id, *from, *len)?,
                };
                match http.call(&ask, body, key, round.clock_offset(), (host, stop))? {
                    Ok(answer) => round.answer(answer, host.now().timestamp()),
                    Err(_) if stop.is_asked() => return Err(stopped()),
                    Err(cause) => round.lost(cause),
                }
            }
            Action::Keep { id, sha256, from, bytes } => work.keep((id, sha256), from, &bytes)?,
            Action::Store(page) => round.stored(work.store(&page)?),
            Action::Outbox => round.send(work.due()?),
            Action::Seal { id, organisation } => round.sealed(work.seal(id, &organisation)?),
            Action::Note { id, fate } => work.note(id, fate)?,
            Action::Senders => round.look_up(work.senders()?),
            Action::Found(organisation) => work.found(&organisation)?,
            Action::End(end) => break end,
        }
    };
    // What was published by then counts for what came with it. A hub in trouble is not asked for it.
    let refreshed = match end.cause {
        Some(_) => Ok(None),
        None => refresh(syncing, end.public.as_deref()),
    };
    let fresh = refreshed.as_ref().ok().and_then(|it| it.as_ref()?.library.as_ref());
    let Syncing { library, trust, identities, .. } = *syncing;
    let library = fresh.unwrap_or(library);
    let taking = Taking { database, library, trust, identities, host, stop, looked: work.looked };
    work.done.applied.extend(apply_stored(&taking, APPLIES)?);
    let came = matches!(&refreshed, Ok(Some(_)));
    work.ended(&end, came, round.clock_offset())?;
    work.done.trust = refreshed?;
    Ok(work.done)
}

/// Waits for a round that goes on already: what that sends and takes in is none of this one's any more.
fn alone<'d>(database: &'d Database, stop: &Stop) -> Result<MutexGuard<'d, ()>, Failure> {
    loop {
        if let Some(alone) = database.begin_exchange() {
            return Ok(alone);
        }
        if stop.is_asked() {
            return Err(stopped());
        }
        thread::sleep(LOOK);
    }
}

/// A round under way.
struct Work<'a> {
    syncing: &'a Syncing<'a>,
    own: OrgId,
    /// Whether this device takes the organisation's mail in, and asks for its list, as it was at the beginning.
    place: Place,
    /// Whether the hub has shown the organisation's own list in this round.
    looked: bool,
    done: Synced,
    /// Large messages that come in pieces, until they are stored.
    pieces: Pieces,
}

impl Work<'_> {
    fn start(&self, hub: &Hub) -> Result<Start, Failure> {
        let limits = Limits::default();
        let Syncing { database, host, .. } = *self.syncing;
        let refused = refused::may_be_taken_back(&database.reader()?, hub.epoch, host.now())?;
        Ok(Start {
            own: self.own,
            hub_keys: hub_keys::of(&self.syncing.database.reader()?, &hub.id, &hub.card)?,
            epoch: hub.epoch,
            // Whoever does not take mail in asks from behind the end: nothing is there.
            cursor: if self.place.takes_mail { hub.cursor } else { BEHIND },
            acks: self.owed()?,
            public: hub.public_etag.clone(),
            refused: !refused.is_empty(),
            clock_offset: hub.clock_offset,
            limits,
        })
    }

    /// Messages of which the hub was not told that they are here.
    fn owed(&self) -> Result<Vec<Id>, Failure> {
        let ids = self.syncing.database.reader()?.owed_acknowledgements(ACKS)?;
        Ok(ids.iter().filter_map(|id| Id::parse(id).ok()).collect())
    }

    /// Who sent what nothing was done with yet.
    fn senders(&self) -> Result<Vec<OrgId>, Failure> {
        let stored = self.syncing.database.reader()?.stored_incoming(APPLIES)?;
        let mut senders: Vec<OrgId> = stored.iter().map(|incoming| OrgId::from(incoming.sender)).collect();
        senders.sort();
        senders.dedup();
        if self.place.asks && !senders.contains(&self.own) {
            senders.push(self.own);
        }
        Ok(senders)
    }

    /// Keeps a device list that was looked up. One that contradicts what stands is passed over here; the
    /// messages of its organisation wait then.
    fn found(&mut self, organisation: &zizhi_sync::api::Organisation) -> Result<(), Failure> {
        let Syncing { database, host, .. } = *self.syncing;
        let entry = entry(database, "devices.accepted", host)?;
        let own = organisation.organisation == self.own;
        let writer = database.writer()?;
        match peer_devices::accept(&writer, organisation, host) {
            Ok((stands, changed)) => {
                self.looked |= own;
                let due = own && devices::looked(&writer)?;
                if changed || due {
                    writer.commit(&entry.about("organisation", organisation.organisation.uscc().as_str()))?;
                } else {
                    drop(writer);
                }
                self.remark(&stands, &organisation.name, changed)
            }
            Err(failure) if peer_devices::is_of_peer(&failure) => {
                drop(writer);
                waits_for(database, organisation.organisation.uscc(), &failure, host)?;
                self.done.remarks.push(failure);
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    /// Tells what a person should know of a list: of the own one as long as it holds, of a peer's when it is new.
    fn remark(&mut self, stands: &Standing, name: &str, changed: bool) -> Result<(), Failure> {
        let Syncing { database, library, .. } = *self.syncing;
        if stands.list().iss == self.own {
            if !devices::holds_inbox(&database.reader()?, stands)? {
                self.done.remarks.push(devices::inbox_missing());
            }
        } else if changed {
            self.done.remarks.extend(peer_devices::unlike_register(stands, name, library));
        }
        Ok(())
    }

    /// Notes how the round ended, and when the next may begin.
    fn ended(&mut self, end: &End, came: bool, clock_offset: i64) -> Result<(), Failure> {
        let Syncing { database, host, .. } = *self.syncing;
        let now = host.now();
        let entry = entry(database, "hub.synced", host)?;
        self.tidy(end)?;
        // What a person changes of the hub meanwhile stays.
        let writer = database.writer()?;
        let before = joined(&writer)?;
        let mut hub = Hub { clock_offset, code: None, wait_ms: 0, retry_at: None, ..before.clone() };
        match end.cause {
            Some(cause) => {
                let mut random = [0; 8];
                host.random().fill(&mut random);
                let previous = Duration::from_millis(before.wait_ms);
                let wait = backoff::next_wait(previous, u64::from_le_bytes(random), end.after);
                hub.code = Some(cause.as_str().to_owned());
                hub.wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                hub.retry_at = Some(now + wait);
                self.done.cut = Some(failure(cause));
            }
            None => {
                let long_ago = before.synced.is_none_or(|synced| (now - synced).num_seconds() >= NOTED);
                if came || !self.done.is_idle() || long_ago || before.code.is_some() {
                    hub.synced = Some(now);
                }
            }
        }
        let broke = broken::note(&writer, end)?;
        if hub == before && !broke {
            return Ok(());
        }
        let entry = entry.about("hub", &hub.id);
        let summary = serde_json::json!({
            "received": self.done.received, "sent": self.done.sent, "parked": self.done.parked,
            "refused": self.done.refused, "code": hub.code,
        });
        writer.put_hub(&hub)?;
        // docs/hub.md §5: no hub keeps a message for longer, so that none can ask for it again.
        writer.release_messages(now - TimeDelta::seconds(KEPT_SECONDS), RELEASES)?;
        writer.commit(&entry.with(summary))?;
        Ok(())
    }
}

fn stopped() -> Failure {
    Failure::input(
        "SYNC-STOPPED",
        Text::fixed(
            "同步没有做完就停下了，已完成的部分保留。",
            "the round was stopped before its end; what was done stays",
        ),
        Text::fixed("下次同步会接着进行。", "the next round goes on from there"),
    )
}
