//! Takes in the trust data that the hub publishes (docs/hub.md §3), and judges again what it touches.
//!
//! The hub is trusted with nothing here: what it serves passes our own TUF client like a package from a
//! stick. Where nothing was trusted before, a hub cannot begin it: the first root comes by hand, with its
//! fingerprint on paper.

use std::time::Duration;

use zizhi_model::Text;
use zizhi_store::Hub;
use zizhi_trust::Trust;
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::hub_join::entry;
use crate::hub_status::joined;
use crate::import_trust::Imported;
use crate::open_trust::refused;
use crate::refresh_trust::{Http, refresh_from, unchanged};
use crate::rejudge::{Rejudged, until_stopped};
use crate::sync_hub::Syncing;
use crate::trust_data::kept_or_nothing;
use crate::trust_seen::edition;

/// Longest time for one file.
const PER_FILE: Duration = Duration::from_secs(60);
/// Longest time for all of it.
const WHOLE: Duration = Duration::from_secs(15 * 60);

/// Without news of the timestamp a round that nobody asked for asks for the status lists no more often than this, in
/// seconds.
const LISTS: i64 = 3600;

/// What a refresh from the hub came to.
#[derive(Debug, Default)]
pub struct Refreshed {
    /// Why the hub's trust data was not taken in; what was kept before stays then.
    pub refused: Option<Failure>,
    /// Cases that were judged again, and how many verdicts moved: each of these has a change notice.
    pub rejudged: Rejudged,
    /// What is kept now, if it was taken in.
    pub(crate) library: Option<Library>,
}

/// Refreshes the trust data from the hub, if it is time to: where a round told the `ETag` of another timestamp
/// than was taken in last, and otherwise once an hour or when somebody asks, since status lists change between
/// timestamps. What the hub still has as it is here is not sent again. Nothing, if it is not time.
///
/// # Errors
/// As [`refresh_trust`](crate::refresh_trust::refresh_trust), and as every write to the database.
pub fn refresh(syncing: &Syncing<'_>, etag: Option<&str>) -> Result<Option<Refreshed>, Failure> {
    let Syncing { database, host, stop, trust: data, .. } = *syncing;
    let Some(kept) = data.read()? else {
        // Nobody is told again and again that a hub without trust data has none.
        return Ok(etag.map(|_| Refreshed { refused: Some(not_begun()), ..Refreshed::default() }));
    };
    let soon = etag.is_none() && (host.now() - kept.imported_at).num_seconds() < LISTS;
    if soon && !syncing.asked {
        return Ok(None);
    }
    let hub = joined(&database.reader()?)?;
    if etag.is_none() && hub.public_etag.is_none() {
        return Ok(None);
    }
    let url = format!("{}/v1/public", hub.url);
    let http = Http::new(&url, syncing.ca.or(hub.ca.as_deref()), PER_FILE, WHOLE)?.until(stop);
    if soon && unchanged(&http, data, &url)? {
        return Ok(None);
    }
    let previous: Trust = kept_or_nothing(Some(data.folder()), host.now())?.0;
    if let Imported::Refused(error) = refresh_from(http, Vec::new(), None, data, &url, host)? {
        return Ok(Some(Refreshed { refused: Some(refused(&error)), ..Refreshed::default() }));
    }
    let library = Library::new(kept_or_nothing(Some(data.folder()), host.now())?.0);
    let rejudged = until_stopped(database, &library, Some(&previous), host, stop)?;
    if let Some(etag) = etag {
        let entry =
            entry(database, "trust.imported", host)?.about("hub", &hub.id).with(edition(library.trust()));
        let writer = database.writer()?;
        let hub = joined(&writer)?;
        writer.put_hub(&Hub { public_etag: Some(etag.to_owned()), ..hub })?;
        writer.commit(&entry)?;
    }
    Ok(Some(Refreshed { refused: None, rejudged, library: Some(library) }))
}

fn not_begun() -> Failure {
    Failure::input(
        "TRUST-BEGIN",
        Text::fixed(
            "本机还没有信任数据，枢纽发布的没有采用：第一份根要由人核对。",
            "there is no trust data here yet, and what the hub publishes was not taken: people compare the first root",
        ),
        Text::fixed(
            "请先用 zizhi trust import 导入信任数据包，并与盖章的纸质文件核对根指纹。",
            "first import a trust package with zizhi trust import, and compare its root with the stamped paper",
        ),
    )
}
