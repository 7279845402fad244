//! Before the window closes, or the database is locked from outside: the page has what was typed a moment ago kept.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use zizhi_wire::Event;

use crate::desk::Desk;

/// How long a page is waited for: longer than keeping takes, and shorter than anybody takes for a fault.
const AT_MOST: Duration = Duration::from_secs(2);

/// Whether the page was asked and has not answered yet.
#[derive(Default)]
pub(crate) struct Keeping {
    asked: Mutex<bool>,
    answered: Condvar,
}

impl Desk {
    /// Has the page keep what was typed, and returns once it did. A page that hangs is waited for two seconds, and one that
    /// does not listen yet not at all: it holds nothing. Gives whether the page answered.
    pub fn have_typed_kept(&self) -> bool {
        if !self.is_listened_to() {
            return true;
        }
        let Keeping { asked, answered } = &self.keeping;
        *asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.tell(Event::KeepNow);
        let waiting = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let (open, _) = answered
            .wait_timeout_while(waiting, AT_MOST, |asked| *asked)
            .unwrap_or_else(PoisonError::into_inner);
        !*open
    }

    /// The page has kept what it could.
    pub(crate) fn typed_is_kept(&self) {
        let Keeping { asked, answered } = &self.keeping;
        *asked.lock().unwrap_or_else(PoisonError::into_inner) = false;
        answered.notify_all();
    }
}
