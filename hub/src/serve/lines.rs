//! The lines to other hubs as this copy of the hub knows them: in use, or left alone for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_sync::backoff::next_wait;

/// What is known of each line in this copy of the hub.
#[derive(Default)]
pub(super) struct Lines(Mutex<HashMap<String, State>>);

#[derive(Default)]
struct State {
    /// Whether somebody is at it.
    busy: bool,
    /// How long it was left alone last.
    wait: Duration,
    /// Until when it is left alone, in milliseconds since 1970.
    until: i64,
}

impl Lines {
    /// The line, if it may be used now.
    pub(super) fn begin<'l>(&'l self, peer: &'l str, now: i64) -> Option<InUse<'l>> {
        self.with(peer, |state| {
            let free = !state.busy && state.until <= now;
            state.busy |= free;
            free.then(|| InUse { lines: self, peer })
        })
    }

    /// Something went over the line.
    pub(super) fn up(&self, peer: &str) {
        self.with(peer, |state| state.wait = Duration::ZERO);
    }

    /// The line is down at the time `now`; how long it is left alone.
    pub(super) fn down(&self, peer: &str, now: i64, retry_after: Option<u64>) -> Duration {
        self.with(peer, |state| {
            state.wait = next_wait(state.wait, random(), retry_after);
            state.until = now.saturating_add(i64::try_from(state.wait.as_millis()).unwrap_or(i64::MAX));
            state.wait
        })
    }

    fn with<T>(&self, peer: &str, work: impl FnOnce(&mut State) -> T) -> T {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(lines.entry(peer.to_owned()).or_default())
    }
}

/// A line that nobody else uses meanwhile.
pub(super) struct InUse<'l> {
    lines: &'l Lines,
    peer: &'l str,
}

impl Drop for InUse<'_> {
    fn drop(&mut self) {
        self.lines.with(self.peer, |state| state.busy = false);
    }
}

/// 64 random bits.
pub(super) fn random() -> u64 {
    let mut bytes = [0; 8];
    SystemRandom.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
