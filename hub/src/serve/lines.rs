//! The lines to other hubs as this copy of the hub knows them: in use, or left alone for a while.
//!
//! A line has two lanes that know nothing of each other, so that what goes in pieces holds up nothing else. A message
//! that does not go may have met a line that is down, or may itself be why. Only the next message tells: the line is
//! left alone once two different ones failed and none went in between.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_sync::backoff::next_wait;

/// One lane of the line to a hub.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Lane {
    /// The peer.
    pub(super) hub: String,
    /// Whether it is the one of messages that go in pieces.
    pub(super) large: bool,
}

/// What is known of each lane in this copy of the hub.
#[derive(Default)]
pub(super) struct Lines(Mutex<HashMap<Lane, State>>);

#[derive(Default)]
struct State {
    /// Whether somebody is at it.
    busy: bool,
    /// The message that failed last, if none has gone since.
    suspect: Option<String>,
    /// How long it was left alone last.
    wait: Duration,
    /// Until when it is left alone, in milliseconds since 1970.
    until: i64,
}

impl Lines {
    /// The lane, if it may be used now.
    pub(super) fn begin<'l>(&'l self, lane: &'l Lane, now: i64) -> Option<InUse<'l>> {
        self.with(lane, |state| {
            let free = !state.busy && state.until <= now;
            state.busy |= free;
            free.then(|| InUse { lines: self, lane })
        })
    }

    /// Something went over the lane, or was refused by a hub that had understood it.
    pub(super) fn up(&self, lane: &Lane) {
        self.with(lane, |state| {
            state.suspect = None;
            state.wait = Duration::ZERO;
        });
    }

    /// A message met trouble at the time `now` that may be the line's; `failed_before` says whether it had already.
    /// Returns how long the lane is left alone, if it is.
    pub(super) fn trouble(
        &self,
        lane: &Lane,
        message: &str,
        failed_before: bool,
        now: i64,
        retry_after: Option<u64>,
    ) -> Option<Duration> {
        self.with(lane, |state| {
            // Others went since it failed: this is its own.
            if failed_before && state.suspect.is_none() {
                return None;
            }
            let another = state.suspect.as_deref().is_some_and(|suspect| suspect != message);
            state.suspect = Some(message.to_owned());
            if !another && retry_after.is_none() {
                return None;
            }
            state.wait = next_wait(state.wait, random(), retry_after);
            state.until = now.saturating_add(i64::try_from(state.wait.as_millis()).unwrap_or(i64::MAX));
            Some(state.wait)
        })
    }

    fn with<T>(&self, lane: &Lane, work: impl FnOnce(&mut State) -> T) -> T {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(lines.entry(lane.clone()).or_default())
    }
}

/// A lane that nobody else uses meanwhile.
pub(super) struct InUse<'l> {
    lines: &'l Lines,
    lane: &'l Lane,
}

impl Drop for InUse<'_> {
    fn drop(&mut self) {
        self.lines.with(self.lane, |state| state.busy = false);
    }
}

/// 64 random bits.
pub(super) fn random() -> u64 {
    let mut bytes = [0; 8];
    SystemRandom.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
