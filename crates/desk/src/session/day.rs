//! What is done beside the work after every opening: what was typed and not saved long ago is forgotten, cases are judged
//! again by trust data that came while the database was closed, the examination after an interrupted end is made, and the
//! backup of the day.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use zizhi_app::{backups, check_database, keep_unsaved, rejudge};
use zizhi_wire::{Changed, Event};

use crate::desk::{Desk, Open};

/// How long a large database is left to the person who has just opened it, before all of it is read.
const AT_FIRST: Duration = Duration::from_secs(10);

impl Desk {
    /// Begins all of it. Locking and ending stop them: a backup that was stopped or could not be made leaves nothing
    /// behind, and what was not judged again stays due.
    pub(crate) fn begin_the_day(&self, open: Arc<Open>) {
        let (host, events, at_hand) = (Arc::clone(&self.host), Arc::clone(&self.events), self.at_hand().ok());
        thread::spawn(move || {
            // Where nothing can be written, one may still read.
            drop(keep_unsaved::drop_old(&open.database, host.as_ref()));
            if let Some(at_hand) = at_hand {
                let judged = rejudge::catch_up(&open.database, &at_hand.library, host.as_ref(), &mut || {
                    open.closing.goes_on()
                });
                if judged.is_ok_and(|judged| judged.rejudged + judged.moved > 0) {
                    events(Event::Changed { what: vec![Changed::Cases, Changed::Held, Changed::Session] });
                }
            }
            if open.database.is_large() && open.closing.is_asked_within(AT_FIRST) {
                return;
            }
            if check_database::examine_if_due(&open.database, &open.closing) {
                events(Event::Changed { what: vec![Changed::Session] });
                // Nothing is copied over backups that are whole.
                return;
            }
            if open.drill || backups::made_today(&open.database, host.as_ref()).unwrap_or(true) {
                return;
            }
            let made =
                backups::make_backup(&open.database, None, host.as_ref(), &mut |_| open.closing.goes_on());
            drop(open);
            if matches!(made, Ok(Some(_))) {
                events(Event::Changed { what: vec![Changed::Upkeep, Changed::Session] });
            }
        });
    }
}
