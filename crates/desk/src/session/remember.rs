//! Opening without a passphrase where this computer remembers the database: once, when the program starts.
//! After a lock the passphrase is asked for, since a lock that opens itself is none.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread;

use zizhi_app::Failure;
use zizhi_app::draft_folder;
use zizhi_app::open_remembered::open_remembered;
use zizhi_app::vault::{self, Orphan, Unlocked};
use zizhi_wire::*;

use super::convert::everything_changed;
use crate::desk::{Desk, Open};
use crate::refusal::refusal;

/// Where opening by the keychain stands. Whoever opens the database holds it, so that one opening waits for
/// the other.
#[derive(Default)]
pub(crate) struct Remembering {
    stage: Stage,
    why_not: Option<Refusal>,
}

/// It goes forward only.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The program has started.
    #[default]
    Begun,
    /// The keychain is being asked, which may wait for the person.
    Asking,
    /// The keychain opens nothing any more.
    Over,
}

impl Desk {
    /// Opens the database if this computer remembers it. For the host to call once when it starts, beside its
    /// window: a keychain may ask the person first. If a passphrase was faster, or something was opened and
    /// locked, nothing happens.
    pub fn open_remembered(&self) {
        let folder = self.database_folder();
        {
            let mut remembering = self.remembering();
            if remembering.stage != Stage::Begun || !vault::is_remembered(&folder) {
                return;
            }
            remembering.stage = Stage::Asking;
        }
        self.tell(Event::Changed { what: vec![Changed::Session] });
        let asked = vault::ask(&folder, self.keychain.as_ref());
        {
            let mut remembering = self.remembering();
            if remembering.stage != Stage::Asking || self.open_if_any().is_some() {
                return;
            }
            remembering.stage = Stage::Over;
            let opened = asked.and_then(|reading| {
                let opening =
                    |reading| open_remembered(&folder, &reading, &self.trust_data(), self.host.as_ref());
                reading.map(opening).transpose()
            });
            match opened {
                Ok(Some(unlocked)) => self.sit_down(unlocked),
                Ok(None) => {}
                Err(failure) => remembering.why_not = Some(refusal(&failure)),
            }
        }
        self.tell(everything_changed());
    }

    /// Opens the database with the passphrase or the recovery key, unless it is open.
    pub(super) fn open_with_secret(
        &self,
        opening: impl FnOnce() -> Result<Unlocked, Failure>,
    ) -> Result<bool, Refusal> {
        let mut remembering = self.remembering();
        if self.open_if_any().is_some() {
            return Ok(false);
        }
        let unlocked = opening().map_err(|failure| refusal(&failure))?;
        remembering.stage = Stage::Over;
        self.sit_down(unlocked);
        Ok(true)
    }

    /// Remembers the database that was just opened with a secret, or forgets it, as the person wished. That it
    /// cannot be done is told in the status; the database is open all the same.
    pub(super) fn remember_as_wished(&self, secret: &str, wished: bool) {
        let on = vault::is_remembered(&self.database_folder());
        let lost = self.remembering().why_not.take().is_some_and(|refusal| refusal.code == "KEYCHAIN-LOST");
        let done = match (wished, on) {
            // A keychain that only did not answer this time still has what is needed.
            (true, true) if !lost => Ok(()),
            (true, _) => self.remember(secret),
            (false, _) => self.forget().and_then(|orphan| self.remove(orphan)),
        };
        self.note(done);
    }

    /// Forgets the open database on this computer.
    pub(super) fn forget_database(&self) -> Result<(), Refusal> {
        self.open()?;
        let orphan = self.forget().map_err(|failure| refusal(&failure))?;
        self.note(self.remove(orphan));
        Ok(())
    }

    /// Forgets a database that came from a backup: it may be another than was remembered, and another's. It is
    /// there all the same if that fails.
    pub(crate) fn forget_what_was_replaced(&self) {
        match self.forget() {
            Ok(orphan) => {
                let keychain = Arc::clone(&self.keychain);
                // Nobody waits for what opens nothing any more.
                thread::spawn(move || drop(orphan.map(|orphan| orphan.remove(keychain.as_ref()))));
            }
            failed => self.note(failed.map(drop)),
        }
    }

    /// The database is not held open while the keychain waits for the person: a lock would have to wait, too.
    fn remember(&self, secret: &str) -> Result<(), Failure> {
        let Some(open) = self.open_if_any() else { return Ok(()) };
        let halves = vault::halves(&open.database, secret, self.host.as_ref())?;
        let still_open = Arc::downgrade(&open);
        drop(open);
        halves.hand_over(self.keychain.as_ref())?;
        let kept = still_open.upgrade().map(|open| halves.keep(&open.database, self.host.as_ref()));
        // Of two entries the one that opens nothing goes; if it stays, it opens nothing all the same.
        let (orphan, done) = match kept {
            Some(Ok(before)) => (before, Ok(())),
            Some(Err(failure)) => (Some(halves.orphan()), Err(failure)),
            None => (Some(halves.orphan()), Ok(())),
        };
        drop(self.remove(orphan));
        done
    }

    fn forget(&self) -> Result<Option<Orphan>, Failure> {
        let open = self.open_if_any();
        open.map_or(Ok(None), |open| vault::forget(&open.database, self.host.as_ref()))
    }

    fn remove(&self, orphan: Option<Orphan>) -> Result<(), Failure> {
        orphan.map_or(Ok(()), |orphan| orphan.remove(self.keychain.as_ref()))
    }

    /// From now on only a passphrase opens.
    pub(crate) fn only_by_passphrase(&self) {
        *self.remembering() = Remembering { stage: Stage::Over, why_not: None };
    }

    /// What the status tells of it.
    pub(super) fn remembered(&self) -> Remembered {
        let remembering = self.remembering();
        Remembered {
            on: vault::is_remembered(&self.database_folder()),
            asking: remembering.stage == Stage::Asking,
            why_not: remembering.why_not.clone(),
        }
    }

    fn note(&self, done: Result<(), Failure>) {
        self.remembering().why_not = done.err().as_ref().map(refusal);
        self.tell(Event::Changed { what: vec![Changed::Session] });
    }

    fn sit_down(&self, unlocked: Unlocked) {
        draft_folder::sweep(&self.database_folder());
        let open = Arc::new(Open::new(unlocked, self.drill().is_some()));
        self.set_open(Some(Arc::clone(&open)));
        self.begin_rounds(&open);
        self.begin_the_day(open);
    }

    fn remembering(&self) -> MutexGuard<'_, Remembering> {
        self.remembering.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
