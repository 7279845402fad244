//! Rounds with the hub in the background, for as long as a database is open: at once, when something is to go
//! out, and then at the pace of the hub.
//!
//! The thread holds the database during a round only, so that closing waits for that and for nothing else; a
//! round that is asked to stop leaves the network behind and ends. A drill has no rounds.

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use zizhi_app::hub_status::hub_status;
use zizhi_app::kept_library::Shelf;
use zizhi_app::sync_hub::{Synced, Syncing, sync};
use zizhi_app::sync_public::Refreshed;
use zizhi_app::trust_data::TrustData;
use zizhi_app::voucher::Desk as AtLedger;
use zizhi_app::voucher::round::{Came, round as vouchers};
use zizhi_app::{Failure, Host, SigningKey, outbox};
use zizhi_wire::{Changed, Event};

use super::bell::{Bell, Woken};
use super::convert;
use crate::desk::{Desk, Events, Open};
use crate::refusal::refusal;

/// The time between rounds in which nothing happens: a fifth of all firms of the delta at their desks make 45
/// requests a second then.
const PACE: Duration = Duration::from_secs(15 * 60);
/// How often the clock is looked at: a machine that slept has less time left than a thread that waited.
const LOOK: Duration = Duration::from_secs(15);

impl Desk {
    /// Begins rounds for a database that was just opened.
    pub(crate) fn begin_rounds(&self, open: &Arc<Open>) {
        if open.drill {
            return;
        }
        let line = Line {
            open: Arc::downgrade(open),
            bell: Arc::clone(&open.bell),
            host: Arc::clone(&self.host),
            events: Arc::clone(&self.events),
            shelf: Arc::clone(&self.shelf),
            data: self.data(),
        };
        open.bell.ring();
        thread::spawn(move || line.go_on());
    }
}

/// The line to the hub.
struct Line {
    open: Weak<Open>,
    bell: Arc<Bell>,
    host: Arc<dyn Host + Send + Sync>,
    events: Events,
    shelf: Arc<Shelf>,
    data: PathBuf,
}

impl Line {
    fn go_on(&self) {
        let mut last = (Instant::now(), self.host.now());
        loop {
            let woken = self.bell.wait(LOOK);
            if woken == Woken::Over {
                return;
            }
            let Some(open) = self.open.upgrade() else { return };
            if woken != Woken::Time || self.is_due(last) {
                self.round(&open, woken == Woken::Asked);
                last = (Instant::now(), self.host.now());
            }
        }
    }

    /// Whether the time for a round has come, by the clock or, where that was put back, by the time that passed.
    fn is_due(&self, (waited, at): (Instant, DateTime<Utc>)) -> bool {
        let Some(next) = self.bell.stands().next else { return false };
        let planned = (next - at).to_std().unwrap_or_default();
        self.host.now() >= next || waited.elapsed() >= planned
    }

    /// When the next round begins by itself: when the hub said, else when a message is due, else after a while.
    fn next(&self, open: &Open, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let status = hub_status(&open.database).ok()?;
        open.device()?;
        let mut random = [0; 1];
        self.host.random().fill(&mut random);
        // Desks that were opened in the same minute do not ask in the same minute for ever.
        let pace = now + PACE + TimeDelta::milliseconds(i64::from(u8::from_le_bytes(random)) * 250);
        let message = outbox::next_due(&open.database).ok().flatten();
        let soon = message.map_or(pace, |due| due.max(now + TimeDelta::seconds(1)).min(pace));
        Some(status.retry_at.unwrap_or(soon))
    }

    /// One round, if a hub was joined and this device's key is at hand. `asked` if a person wants news.
    fn round(&self, open: &Open, asked: bool) {
        let Some(key) = open.device().filter(|_| hub_status(&open.database).is_ok()) else {
            self.bell.note(|state| state.busy = false);
            return;
        };
        self.bell.note(|state| state.busy = true);
        self.tell(open, &[Changed::Sync]);
        let done = self.exchange(open, &key, asked);
        let (mut what, mut remarks) = (vec![Changed::Sync, Changed::Upkeep], Vec::new());
        let refused = match done {
            Ok(done) => {
                what.extend(convert::moved(&done.applied));
                if done.sent > 0 {
                    what.extend([Changed::Drafts, Changed::Cases]);
                }
                remarks.extend(done.remarks.iter().map(refusal));
                if let Some(Refreshed { refused, rejudged, .. }) = &done.trust {
                    remarks.extend(refused.as_ref().map(refusal));
                    what.extend(refused.is_none().then_some(Changed::Trust));
                    what.extend((rejudged.rejudged > 0).then_some(Changed::Cases));
                    what.extend((rejudged.moved > 0).then_some(Changed::Held));
                }
                None
            }
            Err(failure) => Some(refusal(&failure)),
        };
        // Ledgers of other provinces answer whether or not the own hub does.
        match self.ask_ledgers(open, &key, asked) {
            Ok(came) => {
                what.extend((!came.is_idle()).then_some(Changed::Vouchers));
                remarks.extend(came.remarks.iter().map(refusal));
            }
            Err(failure) => remarks.push(refusal(&failure)),
        }
        let next = self.next(open, self.host.now());
        self.bell.note(|state| {
            (state.busy, state.next, state.refused, state.remarks) = (false, next, refused, remarks);
        });
        self.tell(open, &what);
    }

    fn exchange(&self, open: &Open, key: &SigningKey, asked: bool) -> Result<Synced, Failure> {
        let at_hand = self.shelf.library(&self.data, self.host.now())?;
        let (inbox, trust) = (open.inbox(), TrustData::at(&self.data));
        let syncing = Syncing {
            database: &open.database,
            library: &at_hand.library,
            trust: &trust,
            identities: inbox.identities(),
            key,
            ca: None,
            host: self.host.as_ref(),
            stop: &open.closing,
            asked,
        };
        sync(&syncing)
    }

    fn ask_ledgers(&self, open: &Open, key: &SigningKey, asked: bool) -> Result<Came, Failure> {
        let host = self.host.as_ref();
        let desk = AtLedger { database: &open.database, key, ca: None, host, stop: &open.closing };
        vouchers(&desk, asked)
    }

    /// Tells the window, unless the database closes: then there is nothing to show any more.
    fn tell(&self, open: &Open, what: &[Changed]) {
        if !open.closing.is_asked() {
            (self.events)(Event::Changed { what: what.to_vec() });
        }
    }
}
