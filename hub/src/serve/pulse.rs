//! Whether commits come back: a small row that is committed again and again, one at a time.
//!
//! A commit that waits for a standby is never cut short: it would be taken for one that is on the standby. So nothing is
//! asked of a commit but when the last one came back, and at the most one connection waits for this.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Hub;
use crate::cause::causes;
use crate::store::Standby;

/// How often a row is committed.
const EVERY: Duration = Duration::from_secs(5);
/// After this long without one that came back, the hub is not ready.
const STALE: Duration = Duration::from_secs(15);

/// What is known of the commits of this copy.
#[derive(Debug, Default)]
pub(super) struct Pulse(Mutex<State>);

#[derive(Debug, Default, Clone, Copy)]
struct State {
    /// Whether [`keep_beating`] runs.
    watched: bool,
    /// When the last commit came back.
    last: Option<Instant>,
    standby: Option<Standby>,
}

impl Pulse {
    fn state(&self) -> State {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, state: State) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// Whether a commit came back lately. Where nobody watches, nothing is known against it.
    pub(super) fn beats(&self) -> bool {
        let state = self.state();
        !state.watched || state.last.is_some_and(|last| last.elapsed() < STALE)
    }

    /// Whole seconds since a commit came back, and whether commits wait for a standby; each where it is known.
    pub(super) fn told(&self) -> (Option<u64>, Option<bool>) {
        let state = self.state();
        let awaited = match state.standby {
            None | Some(Standby::NotMeant) => None,
            Some(Standby::Awaited) => Some(true),
            Some(Standby::Missing) => Some(false),
        };
        (state.last.map(|last| last.elapsed().as_secs()), awaited)
    }

    fn came_back(&self, standby: Standby) {
        let before = self.state().standby;
        self.set(State { watched: true, last: Some(Instant::now()), standby: Some(standby) });
        match standby {
            Standby::Missing if before != Some(standby) => tracing::warn!(
                "no commit waits for a standby (synchronous_standby_names is empty, or synchronous_commit is off or local): \
                 receipts are signed all the same, and what they say is lost with this database server; set up a synchronous \
                 standby as docs/operating.md does before vouchers are redeemed here"
            ),
            Standby::Awaited if before == Some(Standby::Missing) => {
                tracing::info!("commits wait for a standby from now on");
            }
            _ => {}
        }
    }
}

/// Commits a small row every few seconds, for as long as it is polled.
pub async fn keep_beating(hub: Arc<Hub>) {
    let pulse = &hub.pulse;
    pulse.set(State { watched: true, ..State::default() });
    let copy = hub.new_id().to_string();
    loop {
        let mut beat = pin!(hub.parts.store.beat(&copy, hub.now()));
        let came = loop {
            match tokio::time::timeout(STALE, &mut beat).await {
                Ok(came) => break came,
                Err(_) => tracing::warn!(
                    "commits do not come back: nothing is redeemed or taken in, and /ready says 503; see whether the standby \
                     and the database answer. It goes on by itself; cancel no backend that waits"
                ),
            }
        };
        match came {
            Ok(standby) => pulse.came_back(standby),
            Err(error) => tracing::warn!(error = causes(&error), "a commit did not come back"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
