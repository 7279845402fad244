//! The incubator at its desk: what its use cases work with.

use std::sync::Arc;

use zizhi_app::Failure;
use zizhi_app::incubator::Incubator;
use zizhi_app::kept_library::KeptLibrary;
use zizhi_store::After;
use zizhi_wire::Refusal;

use crate::desk::{Desk, Open};
use crate::refusal::{refusal, refused};

/// Rows of one answer at most; a screen shows a tenth of them.
const MOST: u32 = 500;

/// An open database with the trust data at hand.
pub(crate) struct AtDesk<'d> {
    desk: &'d Desk,
    pub(crate) open: Arc<Open>,
    at_hand: Arc<KeptLibrary>,
}

impl Desk {
    /// The incubator at its desk.
    ///
    /// # Errors
    /// `SESSION-LOCKED`, `TRUST-DATA`.
    pub(crate) fn incubator(&self) -> Result<AtDesk<'_>, Refusal> {
        Ok(AtDesk { desk: self, open: self.open()?, at_hand: self.at_hand()? })
    }
}

impl AtDesk<'_> {
    /// Does one thing.
    ///
    /// # Errors
    /// The failure of the use case as a refusal.
    pub(crate) fn work<T>(
        &self,
        work: impl FnOnce(&Incubator<'_>) -> Result<T, Failure>,
    ) -> Result<T, Refusal> {
        let incubator = Incubator {
            database: &self.open.database,
            library: &self.at_hand.library,
            host: self.desk.host.as_ref(),
        };
        work(&incubator).map_err(|failure| refusal(&failure))
    }
}

/// Where a list goes on, by a cursor that was given out before.
pub(crate) fn after(cursor: Option<&str>) -> Result<Option<After>, Refusal> {
    let read = |cursor: &str| {
        cursor.parse().map(After::from_number).map_err(|_| {
            refused(
                "WIRE-CURSOR",
                ("列表的位置无效，没有读取。", "The place in the list is not valid; nothing was read."),
                ("请从列表开头重新打开。", "Open the list from its beginning."),
            )
        })
    };
    cursor.map(read).transpose()
}

/// The cursor of a place in a list.
pub(crate) fn cursor(next: Option<After>) -> Option<String> {
    next.map(|next| next.to_number().to_string())
}

/// How many rows an answer may have.
pub(crate) fn limit(wanted: u32) -> usize {
    usize::try_from(wanted.clamp(1, MOST)).unwrap_or(1)
}

/// A count, as the wire has it.
pub(crate) fn count(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
