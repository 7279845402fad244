//! Requests for a dossier: those that an incubator issued, and those that a firm received.

use chrono::{DateTime, Utc};
use zizhi_model::{Scenario, Uscc};

use crate::error::Result;
use crate::page::{After, Page};
use crate::row::{self, As, changed, words};
use crate::{Reader, StoreError, Writer};

words! {
    /// Which way something went.
    Direction {
        /// This organisation made it.
        Issued = "issued",
        /// Another one did.
        Received = "received",
    }
}

row::row! {
    /// A request for a dossier.
    Request in "request" {
        /// Who made it.
        direction: Direction,
        /// The signed `jti`.
        id: String,
        /// The other side: of an issued request the firm or, if it names none, this incubator itself; of
        /// a received one the incubator.
        counterparty: Uscc,
        /// The firm that may answer, if it names one.
        firm: Option<Uscc>,
        /// Why a dossier is wanted.
        scenario: Scenario,
        /// Which checklist it asks for.
        checklist_id: String,
        /// Until when it may be answered.
        exp: DateTime<Utc>,
        /// The id of the dossier that answered it.
        answered_by: Option<String>,
        /// The signed request.
        bytes: Vec<u8>,
    }
}

impl Reader<'_> {
    /// One request.
    ///
    /// # Errors
    /// As every read.
    pub fn request(&self, direction: Direction, id: &str) -> Result<Option<Request>> {
        row::one(self.sql(), "direction = ? AND id = ?", (As(&direction), id))
    }

    /// Requests, the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn requests(
        &self,
        direction: Direction,
        after: Option<After>,
        limit: usize,
    ) -> Result<Page<Request>> {
        row::page(self.sql(), "direction = ?", &[&As(&direction)], after, limit)
    }
}

impl Writer<'_> {
    /// Adds a request.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is there already.
    pub fn add_request(&self, request: &Request) -> Result<()> {
        row::insert(self.sql(), request).map(drop)
    }

    /// Notes the dossier that answers a request. A request is answered once (`REPLAY`): that the same
    /// dossier answers it again changes nothing, and another one is refused.
    ///
    /// # Errors
    /// [`StoreError::Absent`]; [`StoreError::Conflict`] if another dossier answered it.
    pub fn answer_request(&self, direction: Direction, id: &str, dossier_id: &str) -> Result<()> {
        let sql = "UPDATE request SET answered_by = ?3
                   WHERE direction = ?1 AND id = ?2 AND coalesce(answered_by, ?3) = ?3";
        let rows = self.sql().execute(sql, (As(&direction), id, dossier_id))?;
        if rows == 0 && self.request(direction, id)?.is_some() {
            return Err(StoreError::Conflict("another dossier answered this request".to_owned()));
        }
        changed::<Request>(rows)
    }

    /// Lets a request be answered once more, because the destination asked for something to be added.
    ///
    /// # Errors
    /// [`StoreError::Absent`].
    pub fn reopen_request(&self, direction: Direction, id: &str) -> Result<()> {
        let sql = "UPDATE request SET answered_by = NULL WHERE direction = ? AND id = ?";
        changed::<Request>(self.sql().execute(sql, (As(&direction), id))?)
    }
}
