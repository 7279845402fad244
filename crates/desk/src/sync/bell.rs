//! What begins a round before its time, and what is known of the one before.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use zizhi_wire::Refusal;

/// Between whoever wants a round and the thread that does it.
#[derive(Default)]
pub(crate) struct Bell {
    state: Mutex<State>,
    rung: Condvar,
}

/// How rounds stand.
#[derive(Default, Clone)]
pub(crate) struct State {
    rung: bool,
    /// A person rang, who wants news.
    asked: bool,
    over: bool,
    /// A round is under way.
    pub(crate) busy: bool,
    /// When the next one begins by itself.
    pub(crate) next: Option<DateTime<Utc>>,
    /// Why the last one did not go through, where the hub is not the reason.
    pub(crate) refused: Option<Refusal>,
    /// What else a person should know of it.
    pub(crate) remarks: Vec<Refusal>,
}

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// The database closes.
    Over,
    /// Something is to go out.
    Rung,
    /// A person wants news.
    Asked,
    /// Time has passed.
    Time,
}

impl Bell {
    /// Wants a round as soon as possible.
    pub(crate) fn ring(&self) {
        self.state().rung = true;
        self.rung.notify_all();
    }

    /// The same for a person who wants news, however lately they came.
    pub(crate) fn ask(&self) {
        self.state().asked = true;
        self.ring();
    }

    /// There are no more rounds.
    pub(crate) fn end(&self) {
        self.state().over = true;
        self.rung.notify_all();
    }

    /// How rounds stand.
    pub(crate) fn stands(&self) -> State {
        self.state().clone()
    }

    /// Whether a round is wanted that has not begun.
    pub(crate) fn is_rung(&self) -> bool {
        self.state().rung
    }

    /// Changes how rounds stand.
    pub(super) fn note(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
    }

    /// Waits for the bell, for at most so long.
    pub(super) fn wait(&self, most: Duration) -> Woken {
        let quiet = |state: &mut State| !state.rung && !state.over;
        let waited = self.rung.wait_timeout_while(self.state(), most, quiet);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.over {
            Woken::Over
        } else if std::mem::take(&mut state.rung) {
            // Nobody shall see it between two rounds where one was just asked for.
            state.busy = true;
            if std::mem::take(&mut state.asked) { Woken::Asked } else { Woken::Rung }
        } else {
            Woken::Time
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
