//! Takes in the trust data that the hub publishes (docs/hub.md §3), and judges again what it touches.
//!
//! The hub is trusted with nothing here: what it serves passes our own TUF client like a package from a
//! stick. Where nothing was trusted before, a hub cannot begin it: the first root comes by hand, with its
//! fingerprint on paper.

use std::time::Duration;

use zizhi_store::Hub;
use zizhi_trust::Trust;
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::hub_join::entry;
use crate::hub_status::joined;
use crate::import_trust::Imported;
use crate::refresh_trust::{Http, refresh_from};
use crate::rejudge::{Rejudged, after_trust_change};
use crate::sync_hub::Syncing;
use crate::trust_data::{TrustData, kept_or_nothing};

/// Longest time for one file.
const PER_FILE: Duration = Duration::from_secs(60);
/// Longest time for all of it.
const WHOLE: Duration = Duration::from_secs(15 * 60);

/// What a refresh from the hub came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refreshed {
    /// Whether the hub's trust data is the one that is kept now.
    pub accepted: bool,
    /// Cases that were judged again, and how many verdicts moved: each of these has a change notice.
    pub rejudged: Rejudged,
}

/// Refreshes the trust data from the hub. `etag` is that of the hub's timestamp, as a round told it: it is
/// remembered once the data is taken in, so that a round in which nothing changed asks for nothing more.
///
/// # Errors
/// As [`refresh_trust`](crate::refresh_trust::refresh_trust), and as every write to the database.
pub fn refresh(syncing: &Syncing<'_>, data: &TrustData, etag: &str) -> Result<Refreshed, Failure> {
    let Syncing { database, host, .. } = *syncing;
    let left = Refreshed { accepted: false, rejudged: Rejudged::default() };
    if data.read()?.is_none() {
        return Ok(left);
    }
    let hub = joined(&database.reader()?)?;
    let previous: Trust = kept_or_nothing(Some(data.folder()), host.now())?.0;
    let url = format!("{}/v1/public", hub.url);
    let http = Http::new(&url, syncing.ca, PER_FILE, WHOLE)?;
    match refresh_from(http, Vec::new(), None, data, &url, host)? {
        Imported::Refused(_) => Ok(left),
        Imported::Accepted(_) => {
            let library = Library::new(kept_or_nothing(Some(data.folder()), host.now())?.0);
            let rejudged = after_trust_change(database, &library, Some(&previous), host)?;
            let entry = entry(database, "trust.imported", host)?.about("hub", &hub.id);
            let writer = database.writer()?;
            let hub = joined(&writer)?;
            writer.put_hub(&Hub { public_etag: Some(etag.to_owned()), ..hub })?;
            writer.commit(&entry)?;
            Ok(Refreshed { accepted: true, rejudged })
        }
    }
}
