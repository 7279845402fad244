//! The firm at its desk: what its use cases work with.

use std::path::PathBuf;
use std::sync::Arc;

use zizhi_app::firm::Firm;
use zizhi_app::kept_library::KeptLibrary;
use zizhi_app::{Failure, drill};
use zizhi_wire::{Changed, Event, Refusal, Role};

use crate::desk::{Desk, Open};
use crate::refusal::refusal;

/// An open database with the trust data at hand.
pub(crate) struct AtDesk<'d> {
    desk: &'d Desk,
    open: Arc<Open>,
    at_hand: Arc<KeptLibrary>,
}

impl Desk {
    /// The firm at its desk.
    ///
    /// # Errors
    /// `SESSION-LOCKED`, `TRUST-DATA`.
    pub(crate) fn firm(&self) -> Result<AtDesk<'_>, Refusal> {
        Ok(AtDesk { desk: self, open: self.open()?, at_hand: self.at_hand()? })
    }

    /// Tells the window that data of these kinds changed.
    pub(crate) fn changed(&self, what: &[Changed]) {
        self.tell(Event::Changed { what: what.to_vec() });
    }
}

impl AtDesk<'_> {
    /// Does one thing.
    ///
    /// # Errors
    /// The failure of the use case as a refusal.
    pub(crate) fn work<T>(&self, work: impl FnOnce(&Firm<'_>) -> Result<T, Failure>) -> Result<T, Refusal> {
        let firm = Firm {
            database: &self.open.database,
            library: &self.at_hand.library,
            host: self.desk.host.as_ref(),
        };
        work(&firm).map_err(|failure| refusal(&failure))
    }

    /// Whether it is a drill.
    pub(crate) fn drill(&self) -> bool {
        self.open.drill
    }

    /// In a firm's drill: the file with the destination's answer to a draft, until it is taken in. A destination
    /// that cannot answer says nothing; the firm's own page does not depend on it.
    pub(crate) fn drill_answer(&self, draft: &str) -> Option<PathBuf> {
        let folder = self.open.drill.then(|| self.desk.drill_data(Role::Firm))?;
        self.work(|firm| drill::answer(&folder, firm, draft)).ok().flatten()
    }
}
