//! What is done beside the work after every opening: cases are judged again by trust data that came while
//! the database was closed, and the backup of the day is made.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use zizhi_app::{backups, rejudge};
use zizhi_wire::{Changed, Event};

use crate::desk::{Desk, Open};

impl Desk {
    /// Begins both. Locking stops the backup; one that was stopped or could not be made leaves nothing
    /// behind, and what is due stays told. What was not judged again is judged after the next opening.
    pub(crate) fn begin_the_day(&self, open: Arc<Open>) {
        let (host, events, at_hand) = (Arc::clone(&self.host), Arc::clone(&self.events), self.at_hand().ok());
        thread::spawn(move || {
            if let Some(at_hand) = at_hand {
                let judged = rejudge::catch_up(&open.database, &at_hand.library, host.as_ref());
                if judged.is_ok_and(|judged| judged.rejudged > 0) {
                    events(Event::Changed { what: vec![Changed::Cases, Changed::Session] });
                }
            }
            if open.drill || backups::made_today(&open.database, host.as_ref()).unwrap_or(true) {
                return;
            }
            let mut go_on = |_| {
                let closing = open.closing.load(Ordering::Relaxed);
                if closing { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let made = backups::make_backup(&open.database, None, host.as_ref(), &mut go_on);
            drop(open);
            if matches!(made, Ok(Some(_))) {
                events(Event::Changed { what: vec![Changed::Upkeep, Changed::Session] });
            }
        });
    }
}
